#include "../../src/core/inequality/convergence.h"

#include "samples.h"

/* GDP per head of the Mexican states, 1940 and 2000 (PySAL's example data); R lm() */
static const double first[32] = {10384, 22361, 9573, 3758, 2934, 8578,  8537,  6909, 17816, 12132, 4359, 2181, 4414, 5309, 3408, 3327,
								 6936,  4836,  9073, 1892, 3569, 11016, 21965, 4372, 4840,  6399,  2459, 7508, 3605, 5203, 7990, 3734};
static const double last[32] = {27782, 29855, 26103, 36163, 8684,  30735, 28460, 21358, 54349, 17379, 15585, 11820, 12348, 21610, 16322, 11838,
								18170, 11478, 38672, 9010,  15685, 26149, 33442, 15866, 15242, 24068, 13360, 23546, 11701, 12191, 17509, 11130};

/* Logarithms in units of ln 2, by hand: u = 0, 1, 2 and g = 1, 0, 0 */
static void by_hand(void)
{
	const double x[3] = {1, 2, 4}, y[3] = {2, 2, 4}, cube[3] = {1, 8, 64}, root[3] = {1, pow(2, 0.25), pow(4, 0.25)}, swap[3] = {4, 2, 1},
				 twice[3] = {2, 4, 8};
	TbSample s = pairs_of(3, x, y, NULL);
	TbBeta b;

	CHECK(tb_beta_convergence(&s, 1, &b) == TB_OK, "three territories, one degree of freedom");
	NEAR(b.beta, -0.5, 1e-14, "beta -1/2");
	NEAR(b.intercept, 5 * log(2) / 6, 1e-14, "constant 5/6");
	NEAR(b.r2, 0.75, 1e-14, "R2 3/4");
	NEAR(b.se, sqrt(1. / 12), 1e-13, "error of the slope: residuals 1/6 over squares 2");
	NEAR(b.intercept_se, log(2) * sqrt(5) / 6, 1e-13, "error of the constant: 1/6 (1/3 + 1/2)");
	s = pairs_of(2, x, y, NULL);
	CHECK(tb_beta_convergence(&s, 1, &b) == TB_OK && isnan(b.se) && isnan(b.intercept_se), "two territories make a line without errors");
	NEAR(b.beta, -1, 1e-14, "of slope -1");
	s = pairs_of(3, x, cube, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && isnan(b.half_life), "gaps three times as wide");
	NEAR(b.speed, -log(3) / 10, 1e-14, "negative speed: ln 3 in ten years");
	s = pairs_of(3, x, root, NULL);
	CHECK(tb_beta_convergence(&s, 0.5, &b) == TB_OK, "a quarter of the gap left after half a year");
	NEAR(b.half_life, 0.25, 1e-14, "two halvings, each a quarter of a year");
	s = pairs_of(3, x, swap, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && isnan(b.speed) && isnan(b.half_life), "ranks turned over: no speed");
	for (int i = 0; i < 20; i++) {
		const double one[2] = {1 + i, 40.7}, other[2] = {3 + i * i, 50.1};

		s = pairs_of(2, one, other, NULL);
		CHECK(tb_beta_convergence(&s, 3, &b) == TB_OK && isnan(b.se) && isnan(b.intercept_se), "no error of two, however they round");
	}
	s = pairs_of(3, x, twice, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && b.beta == 0 && b.speed == 0 && !signbit(b.speed) && isnan(b.half_life),
		  "all doubled: no convergence");
}

int main(void)
{
	const double x[3] = {1, 2, 4}, half[3] = {2, 2 * sqrt(2), 4}, bent[3] = {2, 3, 4}, doubled[3] = {2, 4, 8}, overtaking[3] = {4, 2, 1},
				 same[2] = {3, 3}, bad[2] = {1, 0}, u = ldexp(1, -40), near[2] = {1, 1 + u};
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
	s = pairs_of(2, x, half, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && isnan(b.se) && !isnan(b.beta), "two territories: a slope without error");
	s = pairs_of(3, x, bent, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && b.se > 0, "three have an error");
	s = pairs_of(3, x, doubled, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && b.beta == 0 && isnan(b.r2), "equal growth: nothing to explain");
	s = pairs_of(3, x, overtaking, NULL);
	CHECK(tb_beta_convergence(&s, 10, &b) == TB_OK && isnan(b.speed) && isnan(b.half_life), "the poorer overtake: no speed");
	NEAR(b.beta, -0.2, 1e-13, "though there is a slope");
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
	/* one territory at 1, a trillion at e: deviation sqrt(p (1 - p)) */
	s = (TbSample){.n = 2, .rows = 1000000000001, .x = (double[]){1, M_E}, .y = (double[]){1, M_E}, .count = (uint64_t[]){1, 1000000000000}};
	CHECK(tb_sigma_convergence(&s, &sigma) == TB_OK, "a trillion and one");
	NEAR(sigma.sigma_initial, 1e6 / (1e12 + 1), 1e-13, "squares about the mean, not products with levels");
	by_hand();
	return unit_done();
}
