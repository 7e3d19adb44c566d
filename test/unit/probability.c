/* unit test of core/distribution: closed forms, published quantiles, large degrees of freedom, identities */
#include "../../src/core/base/probability.h"

#include "unit.h"

int main(void)
{
	/* t with 1 and 2 degrees of freedom in closed form */
	for (double t = 0.001; t < 1e6; t *= 7) {
		NEAR(tb_t_two_sided(t, 1), 2 * atan2(1, t) / M_PI, 1e-13, "t, 1 degree of freedom: arc tangent");
		NEAR(tb_t_two_sided(-t, 2), 2 / (t * t + 2 + t * sqrt(t * t + 2)), 1e-13, "t, 2 degrees of freedom: algebraic");
	}
	for (double f = 0.01; f < 1e4; f *= 5)
		NEAR(tb_f_upper(f, 2, 9), pow(1 + 2 * f / 9, -4.5), 1e-12, "F(2, m): power law");
	/* R 4.2.2 lm on the houses of MADlib's documentation, 11 degrees of freedom */
	NEAR(tb_t_two_sided(-0.384103179688207, 11), 0.708223134615409, 1e-12, "p of R, intercept");
	NEAR(tb_t_two_sided(1.82156166004196, 11), 0.0958005827189579, 1e-12, "p of R, tax");
	/* spreg on columbus */
	NEAR(tb_f_upper(12.358198885356581, 2, 46), 5.0636903313953024e-05, 1e-11, "F of spreg");
	NEAR(tb_t_two_sided(5, 5e6), tb_normal_two_sided(5), 2e-4, "many degrees of freedom approach the normal");
	NEAR(tb_t_two_sided(1.959963984540054, 5e8), 0.05 + 5.5460e-10, 1e-12, "and with 5e8 are near it");
	NEAR(tb_t_two_sided(1, 1e6), tb_normal_two_sided(1) + 2 * exp(-0.5) / sqrt(2 * M_PI) * 2 / (4 * 1e6), 1e-11,
		 "with the first term of the expansion in 1 / df");
	CHECK(tb_t_two_sided(0, 7) == 1 && tb_t_two_sided(INFINITY, 7) == 0 && tb_t_two_sided(1e300, 7) == 0, "ends");
	CHECK(isnan(tb_t_two_sided(1, 0)) && isnan(tb_t_two_sided(NAN, 3)) && isnan(tb_f_upper(1, 0, 1)), "no meaning, no number");
	NEAR(tb_t_quantile(0.975, 10), 2.2281388519862735, 1e-12, "quantile, 10 degrees of freedom");
	NEAR(tb_t_quantile(0.975, 34), 2.032244509317719, 1e-12, "quantile, 34 degrees of freedom");
	NEAR(tb_t_quantile(0.025, 1), -12.706204736174707, 1e-12, "lower quantile, 1 degree of freedom");
	CHECK(tb_t_quantile(0.5, 3) == 0, "median");
	NEAR(tb_normal(1.959963984540054), 0.975, 1e-14, "normal");
	CHECK(tb_normal(-40) == 0 && tb_normal(40) == 1, "far tails underflow quietly");
	NEAR(tb_log_beta(2.5, 3.5), log(M_PI * 3 / 256), 1e-13, "B(5/2, 7/2) = 3 pi / 256");
	NEAR(tb_log_beta(0.5, 12.5), lgamma(0.5) + lgamma(12.5) - lgamma(13), 1e-13, "one large argument");
	NEAR(tb_log_beta(11, 12), lgamma(11) + lgamma(12) - lgamma(23), 1e-13, "two large arguments");
	NEAR(tb_log_beta(3, 1e9), log(2) - 3 * log(1e9) - 3e-9, 1e-14, "B(3, n) ~ 2 / n^3");
	CHECK(isnan(tb_log_beta(0, 3)) && isnan(tb_log_beta(-1, 3)) && isnan(tb_log_beta(2, INFINITY)), "no beta there");
	for (double x = 0.05; x < 1; x += 0.1)
		NEAR(tb_incomplete_beta(3, 7, x, 1 - x) + tb_incomplete_beta(7, 3, 1 - x, x), 1, 1e-14, "reflection");
	CHECK(tb_incomplete_beta(2, 3, 0, 1) == 0 && tb_incomplete_beta(2, 3, 1, 0) == 1, "ends of the beta");
	return unit_done();
}
