/* local_regression.h -- how wide is near: the bandwidth of local (geographically weighted) regression
 *
 * At each of n points y on p regressors x by least squares with weights kernel(d / b): b one distance for all, or at each point the distance to its k-th
 * nearest row, itself counted (Fotheringham, Brunsdon and Charlton 2002). s_i: leverage of a row in the regression at its own point, T = sum s_i, e_i: what
 * that regression leaves of its y.
 *   AICc = n ln(sum e^2 / n) + n ln(2 pi) + n (n + T) / (n - 2 - T)           (Hurvich, Simonoff and Tsai 1998)
 *   CV   = sum (e / (1 - s))^2 / n, each row foreseen by the others           (Cleveland 1979)
 * A bandwidth at which some local regression is not determined has neither; nothing is repaired by a pseudo-inverse. n^2 p^2 steps for a bandwidth.
 */
#ifndef TB_LOCAL_REGRESSION_H
#define TB_LOCAL_REGRESSION_H

#include "../base/cholesky.h"
#include "../state/bag.h"
#include "../state/moments.h"
#include "price_surface.h"

#define TB_GWR_MOST_ROWS 20000 /* hours */
#define TB_GWR_COLUMNS 64

typedef enum TbGwrCriterion { TB_GWR_AICC, TB_GWR_CV, TB_GWR_CRITERIA } TbGwrCriterion;

extern const char *const tb_gwr_criterion_name[TB_GWR_CRITERIA];

/* Values of a row: easting, northing, y, x */
#define TB_GWR_BEFORE_X 3
typedef enum TbGwrParam { TB_GWR_WIDTH, TB_GWR_KERNEL, TB_GWR_ADAPTIVE, TB_GWR_CRITERION, TB_GWR_PARAMS } TbGwrParam;

extern const TbBagKind tb_local_regression_kind;
extern bool tb_gwr_params_ok(const double *param, uint64_t n);

typedef struct TbGwr {
	size_t n;
	uint32_t p; /* regressors that earlier ones do not explain */
	TbKernel kernel;
	bool adaptive;
	TbGwrCriterion criterion;
	int place_exponent, y_exponent; /* coordinates and y are kept over powers of two */
	double *east, *north;
	double *z; /* (1, x, y) by row, padded */
	size_t stride;
	/* of one regression */
	double *hi, *lo;
	TbDd *factor, *beta;
	bool *dropped;
	double *apart, *near; /* distances of all rows from a point; the same in some order */
} TbGwr;

/* Rows made ready. TB_UNDEFINED without rows, TB_TOO_LARGE beyond TB_GWR_MOST_ROWS */
extern TbStatus tb_gwr(const TbBag *bag, TbGwr *gwr);

/* NaN where there is none. bandwidth as users give it; rss and cv in the square of the unit of y */
typedef struct TbGwrFit {
	double bandwidth, rss, trace, aicc, cv;
} TbGwrFit;

/* bandwidth: a distance, infinite for least squares of all rows together; or a number of neighbours, from 1 to n */
extern TbGwrFit tb_gwr_at(TbGwr *gwr, double bandwidth);
extern TbGwrFit tb_gwr_global(TbGwr *gwr);
extern double tb_gwr_value(const TbGwr *gwr, const TbGwrFit *fit);
/* Does least squares of all rows leave nothing of y? */
extern bool tb_gwr_exact(const TbGwr *gwr, const TbGwrFit *global);

/* Distances of all rows from row i, into gwr->apart and a copy in gwr->near; the k-th least of them, from 1 */
extern void tb_gwr_distances(TbGwr *gwr, size_t i);
extern double tb_gwr_nearest(TbGwr *gwr, size_t k);

typedef enum TbGwrEnd { TB_GWR_INSIDE, TB_GWR_NARROWEST, TB_GWR_WIDEST } TbGwrEnd;

typedef struct TbGwrSearch {
	TbGwrFit best, global;
	TbGwrEnd end;
	int trials;
	double *bandwidth, *value; /* [trials], in the order of the search; NaN: not determined */
} TbGwrSearch;

typedef enum TbGwrFailure { TB_GWR_FOUND, TB_GWR_ONE_PLACE, TB_GWR_EXACT, TB_GWR_UNDETERMINED } TbGwrFailure;

/* The least criterion: a dozen bandwidths in equal ratios from the narrowest at which all points have rows enough to twice the largest distance, or from
 * p + 2 to n neighbours; then golden section between the neighbours of the best */
extern TbGwrFailure tb_gwr_search(TbGwr *gwr, TbGwrSearch *search);

#endif
