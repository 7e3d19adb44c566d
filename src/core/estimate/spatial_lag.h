/* spatial_lag.h -- y = rho Wy + Xb + e by two stages, and its effects
 *
 * Two stages with Wy endogenous; instruments WX and, with two lags, WWX of the regressors that are not constant (Kelejian and Prucha 1998). One unit more of a
 * regressor with coefficient b changes y by b (I - rho W)^-1: the direct effect is b times the mean of the diagonal, the total effect b times the mean of the
 * row sums (LeSage and Pace 2009). The diagonal is summed as a power series, row against column, over no more units than a power reaches.
 */
#ifndef TB_SPATIAL_LAG_H
#define TB_SPATIAL_LAG_H

#include "spatial_model.h"

/* rho first. TB_INFEASIBLE: no regressor that is not constant, so no instrument; TB_OUT_OF_RANGE: rho, for weights so small */
extern TbStatus tb_spatial_lag(const TbSpatialModel *model, uint32_t lags, TbTwoStage *result);

/* Means of the diagonal and of the row sums of (I - rho W)^-1, to 1e-15. TB_NOT_CONVERGED: |rho| is not below 1 / the largest sum of weights of a unit (or of
 * those that name it) */
extern TbStatus tb_spatial_multipliers(const TbSpatialModel *model, double rho, double *direct, double *total);

#endif
