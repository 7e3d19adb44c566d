#include "../../src/core/convergence.h"

#include "samples.h"

/* GDP per head of the Mexican states, 1940 and 2000 (PySAL's example data); R lm() */
static const double first[32] = {10384, 22361, 9573, 3758, 2934, 8578,  8537,  6909, 17816, 12132, 4359, 2181, 4414, 5309, 3408, 3327,
								 6936,  4836,  9073, 1892, 3569, 11016, 21965, 4372, 4840,  6399,  2459, 7508, 3605, 5203, 7990, 3734};
static const double last[32] = {27782, 29855, 26103, 36163, 8684,  30735, 28460, 21358, 54349, 17379, 15585, 11820, 12348, 21610, 16322, 11838,
								18170, 11478, 38672, 9010,  15685, 26149, 33442, 15866, 15242, 24068, 13360, 23546, 11701, 12191, 17509, 11130};

int main(void)
{
	const double x[3] = {1, 2, 4}, half[3] = {2, 2 * sqrt(2), 4}, same[2] = {3, 3}, bad[2] = {1, 0}, u = ldexp(1, -40), near[2] = {1, 1 + u};
	TbSample s = pairs_of(3, x, half, NULL);
	TbBeta b;
	TbSigma sigma;

	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK, "three territories");
	NEAR(b.beta, -0.05, 1e-13, "half the gap in ten years: beta -0.05 a year");
	NEAR(b.speed, log(2) / 10, 1e-13, "speed ln 2 / 10");
	NEAR(b.half_life, 10, 1e-13, "half-life ten years");
	NEAR(b.r2, 1, 1e-13, "no residual");
	CHECK(tb_sigma_convergence(&s, &sigma) == TB_OK, "sigma");
	NEAR(sigma.sigma_final, sigma.sigma_initial / 2, 1e-14, "the spread has halved");
	s = pairs_of(3, half, x, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && b.beta > 0 && b.speed < 0 && isnan(b.half_life), "divergence has no half-life");
	s = pairs_of(2, same, x, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_UNDEFINED, "equal starts: undefined");
	s = pairs_of(2, bad, x, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OUT_OF_RANGE && tb_sigma_convergence(&s, &sigma) == TB_OUT_OF_RANGE, "zero has no logarithm");
	s = pairs_of(2, near, x, NULL);
	CHECK(tb_sigma_convergence(&s, &sigma) == TB_OK, "near starts");
	NEAR(sigma.sigma_initial, u / 2, 1e-11, "keep their digits");
	s = pairs_of(32, first, last, NULL);
	CHECK(tb_beta_convergence(&s, 60, &b) == TB_OK && b.n == 32, "32 states");
	NEAR(b.beta, -0.00725480267783852, 1e-12, "beta of lm()");
	NEAR(b.se, 0.00139639300681267, 1e-12, "standard error of lm()");
	NEAR(b.r2, 0.473610798343491, 1e-12, "R2 of lm()");
	NEAR(b.intercept, 0.0822892747359693, 1e-12, "constant of lm()");
	NEAR(b.intercept_se, 0.01215592436601126, 1e-12, "its standard error");
	NEAR(b.speed, 0.009524, 1e-4, "speed");
	NEAR(b.half_life, 72.78, 1e-4, "half-life: the years divide once, not twice");
	CHECK(tb_sigma_convergence(&s, &sigma) == TB_OK, "sigma of the states");
	NEAR(sigma.sigma_initial, 0.620082045009428, 1e-12, "sigma 1940");
	NEAR(sigma.sigma_final, 0.451209342401553, 1e-12, "sigma 2000");
	NEAR(sigma.cv_initial, 0.708520552782018, 1e-12, "CV 1940");
	NEAR(sigma.cv_final, 0.484807444506249, 1e-12, "CV 2000");
	return unit_done();
}
