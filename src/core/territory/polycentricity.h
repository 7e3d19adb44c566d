/* polycentricity.h -- is a system of places dominated by one, or balanced?
 *
 * Rank-size: Zipf 1949; shifted ranks and their standard error: Gabaix and Ibragimov 2011. Functional polycentricity: Green 2007.
 */
#ifndef TB_POLYCENTRICITY_H
#define TB_POLYCENTRICITY_H

#include "../state/flow_set.h"
#include "../state/sample.h"
#include "../base/status.h"

/* Straight line y = intercept + slope x by least squares, entry i standing for count[i] rows (NULL: one); NaN where two rows or no spread leave nothing
 * to estimate */
typedef struct TbFitLine {
	double intercept, slope, slope_se, r2;
} TbFitLine;

extern void tb_fit_line(const double *x, const double *y, const uint64_t *count, size_t entries, TbFitLine *line);

typedef struct TbRankSize {
	double slope, slope_se, r2;                  /* ln(size) on ln(rank), largest first */
	double slope_shifted;                        /* ln(rank - 1/2) on ln(size) */
	double primacy, primacy_share, primacy_four; /* p1/p2, p1/sum, p1/(p2 + p3 + p4) */
	double hhi, entropy;                         /* of shares; natural logarithm */
	double intercept, slope_shifted_se;          /* the latter |slope| sqrt(2/n) */
	size_t n;
} TbRankSize;

/* Sizes of 0 are left out. Slopes need three places, primacy two, primacy_four four. TB_OUT_OF_RANGE: a negative size. */
extern TbStatus tb_rank_size(const TbSample *sizes, TbRankSize *result);

/* 50 sum |a_i/A - b_i/B|, per cent. TB_OUT_OF_RANGE: a negative value. TB_UNDEFINED: a total of 0. */
extern TbStatus tb_share_difference(const TbSample *pairs, double *percent);

/* ln(amount/population) on ln(population). Pairs without population or amount are left out. */
extern TbStatus tb_size_elasticity(const TbSample *pairs, TbFitLine *line, size_t *n);

/* Green's special functional polycentricity (1 - s/s_max) D: s is the population sd of the zones' inflows from others, s_max that of {0, largest
 * inflow}, D the share of possible links in use, or total flow over `potential` where that is above 0. */
extern TbStatus tb_functional_polycentricity(const TbFlows *flows, double potential, double *result);

#endif
