/* fixed_effects.h -- slopes within units, within units and periods, and of counts within origins and destinations
 *
 * Least squares: y and x less their fixed effects (absorb.h), then regressed; df = n - rank - rank of the dummies. Clusters by unit: factor
 * G / (G - 1) * (n - 1) / (n - k), k the slopes and the effects of periods, not those of units, which lie within clusters.
 * Poisson: E(y) = exp(a_o + b_d + x'c) by iterated weighted least squares with weights mu, each step with its effects absorbed (Santos Silva and
 * Tenreyro 2006; Correia, Guimaraes and Zylkin 2020); errors HC1 with k of slopes and effects. Origins and destinations whose y are all 0 are left out.
 */
#ifndef TB_FIXED_EFFECTS_H
#define TB_FIXED_EFFECTS_H

#include "panel.h"

/* Periods are taken where all rows have one. TB_NOT_CONVERGED as in absorb.h */
extern TbStatus tb_fixed_effects(const TbPanel *panel, TbRegression *fit);
/* TB_OUT_OF_RANGE: y is negative; TB_UNDEFINED: no y above 0; TB_NOT_CONVERGED: some fitted value tends to 0, as x separates the zeros from the rest */
extern TbStatus tb_poisson_effects(const TbPanel *panel, TbRegression *fit);

#endif
