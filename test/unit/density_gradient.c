/* unit test of core/density_gradient: exact forms, standard error by hand, what is left out */
#include "../../src/core/territory/density_gradient.h"

#include "samples.h"

int main(void)
{
	double r[40], e[40], p[40];
	/* ln D = 0, 0, 1 at 0, 1, 2: slope 1/2, residuals 1/6, -1/3, 1/6, se = sqrt(1/6 / 1 / 2) */
	const double three[3] = {0, 1, 2}, few[3] = {1, 1, exp(1)}, gone[3] = {1, 0, exp(1)};
	const double same[3] = {0.7, 0.7, 0.7}, odd[3] = {0.1, 0.3, 1. / 3}, far[3] = {1000, 1001, 1002}, falling[3] = {1, exp(-1), exp(-2)};
	TbSample s;
	TbDensityGradient g;

	for (int i = 0; i < 40; i++) {
		r[i] = i + 1;
		e[i] = 3000 * exp(-0.07 * r[i]);
		p[i] = 3000 * pow(r[i], -1.3);
	}
	s = pairs_of(40, r, e, NULL);
	CHECK(tb_density_gradient_best(&s, &g) == TB_OK && g.form == TB_DENSITY_EXPONENTIAL && g.rows == 40, "an exponential is found");
	NEAR(g.gradient, 0.07, 1e-13, "its gradient");
	NEAR(g.central_density, 3000, 1e-13, "its centre");
	s = pairs_of(40, r, p, NULL);
	CHECK(tb_density_gradient_best(&s, &g) == TB_OK && g.form == TB_DENSITY_POWER, "a power is found");
	NEAR(g.gradient, 1.3, 1e-13, "its exponent");
	s = pairs_of(3, three, few, NULL);
	CHECK(tb_density_gradient(&s, TB_DENSITY_EXPONENTIAL, &g) == TB_OK, "three places");
	NEAR(g.gradient, -0.5, 1e-15, "density that rises");
	NEAR(g.gradient_se, sqrt(1. / 12), 1e-14, "standard error");
	NEAR(g.r2, 0.75, 1e-14, "R2");
	CHECK(tb_density_gradient(&s, TB_DENSITY_POWER, &g) == TB_UNDEFINED && tb_density_gradient_best(&s, &g) == TB_OK,
		  "no power with a place at the centre");
	s = pairs_of(3, three, gone, NULL);
	CHECK(tb_density_gradient(&s, TB_DENSITY_EXPONENTIAL, &g) == TB_OK && g.rows == 2 && g.empty == 1 && isnan(g.gradient_se),
		  "a place without people is left out");
	for (int i = 0; i < 40; i++)
		r[i] *= 1e306;
	s = pairs_of(40, r, e, NULL);
	CHECK(tb_density_gradient_best(&s, &g) == TB_OK && fabs(g.gradient * 1e306 / 0.07 - 1) < 1e-12, "distances near the end of float8");
	s = pairs_of(3, far, falling, NULL);
	CHECK(tb_density_gradient(&s, TB_DENSITY_EXPONENTIAL, &g) == TB_OUT_OF_RANGE, "a centre beyond float8");
	s = pairs_of(1, three, few, NULL);
	CHECK(tb_density_gradient_best(&s, &g) == TB_UNDEFINED, "one place");
	s = pairs_of(3, same, few, odd);
	CHECK(tb_density_gradient(&s, TB_DENSITY_EXPONENTIAL, &g) == TB_UNDEFINED, "one distance, whose weighted mean is rounded");
	s = pairs_of(2, three, few, NULL);
	CHECK(tb_density_gradient_best(&s, &g) == TB_OK && g.gradient == 0 && !signbit(g.gradient),
		  "the same everywhere: a gradient of 0, without a sign");
	return unit_done();
}
