/* spatial_model.h -- regression where neighbours matter: tests for it, the spatial lag and the spatial error
 *
 * n units with y and p regressors x, a constant among them where one is wanted; W from ordered pairs, never dense, used as given. e, b, s2 = e'e / n of least
 * squares, T = tr(W'W + WW), M = I - X (X'X)^-1 X', D = (WXb)'M(WXb) / s2:
 *   error  (e'We / s2)^2 / T                                                    lag  (e'Wy / s2)^2 / (D + T)
 *   robust (e'We / s2 - T / (D + T) e'Wy / s2)^2 / (T (1 - T / (D + T)))        robust  (e'Wy / s2 - e'We / s2)^2 / D
 *   both   error + robust lag, two degrees of freedom (Anselin 1988; Anselin, Bera, Florax and Yoon 1996)
 *   Moran of residuals  I = n / S0 e'We / e'e, expected n / S0 tr(MW) / (n - k), variance (n / S0)^2 (tr(MWMW') + tr(MWMW) + tr(MW)^2) / ((n - k)(n - k + 2)) less
 *   the square of the expectation (Cliff and Ord 1981)
 * The models themselves: spatial_lag.h, spatial_error.h
 */
#ifndef TB_SPATIAL_MODEL_H
#define TB_SPATIAL_MODEL_H

#include "spatial.h"
#include "two_stage.h"

#define TB_SPATIAL_COLUMNS 64 /* a constant, regressors, and two lags of each stay below TB_MOMENT_COLUMNS */
#define TB_SPATIAL_LAGS 2

/* Parameters of a spatial_model_state: values of a row, lags of x among the instruments */
typedef enum TbSpatialParam { TB_SPATIAL_WIDTH, TB_SPATIAL_INSTRUMENT_LAGS, TB_SPATIAL_PARAMS } TbSpatialParam;

/* A row: weight, y and x of the first unit, y and x of the second, which are 0 where there is none */
extern const TbBagKind tb_spatial_model_kind;
extern bool tb_spatial_model_params_ok(const double *param, uint64_t n);
/* Values of a row with p regressors */
static inline uint32_t tb_spatial_model_width(uint32_t p)
{
	return 1 + 2 * (1 + p);
}

typedef struct TbSpatialModel {
	TbNeighbours nb; /* value: y; weights divided by a power of two, the largest near 1 */
	double unit;     /* what a weight of 1 became */
	uint32_t p, lags;
	double *x; /* [n][p] */
} TbSpatialModel;

/* TB_INVALID: unit *unit has two values of y or an x; TB_MISMATCH: it is its own neighbour; TB_UNDEFINED: no link */
extern TbStatus tb_spatial_model(const TbBag *bag, TbSpatialModel *model, uint32_t *unit);

/* to = W from, or W' from, a column of n numbers each in rows of that stride */
extern void tb_spatial_lagged(const TbNeighbours *nb, const double *from, size_t from_stride, double *to, size_t to_stride);
extern void tb_spatial_lagged_back(const TbNeighbours *nb, const double *from, double *to);
/* The largest sum of weights of a unit, or of those that name it if that is less: no eigenvalue of W is larger */
extern double tb_spatial_bound(const TbNeighbours *nb);
/* Has regressor c one value in all units? */
extern bool tb_spatial_constant(const TbSpatialModel *model, uint32_t c);
/* Least squares of y on x, and its residuals */
extern TbStatus tb_spatial_ols(const TbSpatialModel *model, TbRegression *fit, double *residual);

typedef struct TbScoreTest {
	double statistic, p;
} TbScoreTest;

/* NaN where a test does not exist: both robust ones where WXb is a combination of X */
typedef struct TbSpatialTests {
	TbDependence moran;
	TbScoreTest error, lag, robust_error, robust_lag, both;
} TbSpatialTests;

/* TB_UNDEFINED: no residual, as there are too few rows or the fit is exact */
extern TbStatus tb_spatial_tests(const TbSpatialModel *model, TbSpatialTests *result);

#endif
