/* convergence.h -- do poorer territories catch up (beta), does the spread shrink (sigma)?
 *
 * ln(final / initial) / years = a + beta ln(initial) + e by least squares; speed = -ln(1 + beta * years) / years, half-life = ln 2 / speed
 * (Barro & Sala-i-Martin 1992; beta is per year, so it is not divided by the years again). sigma: standard deviation of ln(value), over n.
 */
#ifndef TB_CONVERGENCE_H
#define TB_CONVERGENCE_H

#include "inequality.h"

/* NaN where undefined */
typedef struct TbBeta {
	double beta, se, r2, speed, half_life, intercept, intercept_se;
	uint64_t n;
} TbBeta;

typedef struct TbSigma {
	double sigma_initial, sigma_final, cv_initial, cv_final;
	uint64_t n;
} TbSigma;

/* x initial, y final. TB_OUT_OF_RANGE where a value is not positive; TB_UNDEFINED where the initial values do not differ */
extern TbStatus tb_beta_convergence(const TbSample *sample, double years, TbBeta *result);
extern TbStatus tb_sigma_convergence(const TbSample *sample, TbSigma *result);

#endif
