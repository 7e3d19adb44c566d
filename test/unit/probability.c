/* unit test of core/probability: closed forms, published quantiles, large degrees of freedom, identities */
#include "../../src/core/base/probability.h"

#include "unit.h"

/* mpmath, 40 digits */
static void chi_square(void)
{
	static const double known[][4] = {
		{1e-10, 3, 2.6596152025964295e-16, 0.99999999999999973},       {400, 10, 1, 9.4132919911834761e-80},
		{1003000, 1000000, 0.98298322706673368, 0.017016772933266315}, {991000, 1000000, 8.7006500105454647e-11, 0.9999999999129935},
		{0.5, 0.2, 0.89555924385755561, 0.10444075614244439},          {50, 120.5, 1.6879196457086175e-9, 0.99999999831208035}};

	for (int i = 0; i < 6; i++) {
		NEAR(tb_chi_square(known[i][0], known[i][1], false), known[i][2], 1e-12, "chi-square, lower tail");
		NEAR(tb_chi_square(known[i][0], known[i][1], true), known[i][3], 1e-12, "chi-square, upper tail");
	}
	for (double x = 0.01; x < 700; x *= 3) {
		NEAR(tb_chi_square(x, 2, true), exp(-x / 2), 1e-13, "2 degrees of freedom: exponential");
		NEAR(tb_chi_square(x * x, 1, true), tb_normal_two_sided(x), 1e-12, "1 degree of freedom: a normal squared");
	}
	CHECK(tb_chi_square(-1, 3, false) == 0 && tb_chi_square(0, 3, true) == 1 && tb_chi_square(INFINITY, 3, true) == 0, "ends");
	CHECK(isnan(tb_chi_square(1, 0, true)) && isnan(tb_chi_square(NAN, 2, true)) && isnan(tb_chi_square_quantile(0.5, INFINITY)),
		  "no meaning, no number");
	NEAR(tb_chi_square_quantile(0.95, 1), 3.8414588206941236, 1e-13, "5 % point, 1 degree of freedom");
	NEAR(tb_chi_square_quantile(1e-6, 2), -2 * log1p(-1e-6), 1e-13, "a small lower tail");
}

/* A quantile undone by its probability, in either tail; p and its complement exchange the ends */
static void quantiles(void)
{
	static const double p[] = {1e-12, 1e-5, 0.025, 0.3, 0.5, 0.8, 0.999};

	for (int i = 0; i < 7; i++)
		for (double df = 0.7; df < 1e5; df *= 9) {
			NEAR(tb_chi_square(tb_chi_square_quantile(p[i], df), df, false), p[i], 1e-11, "chi-square there and back");
			NEAR(tb_t_lower(tb_t_quantile(p[i], df), df), p[i], 1e-11, "t there and back");
			NEAR(tb_f_lower(tb_f_quantile(p[i], df, 5), df, 5), p[i], 1e-11, "F there and back");
			NEAR(tb_f_quantile(p[i], df, 5) * tb_f_quantile(1 - p[i], 5, df), 1, p[i] < 1e-6 ? 1e-3 : 1e-9, "F upside down");
		}
	NEAR(tb_normal_quantile(1e-20), -9.2623400897984076, 1e-13, "normal, a far tail");
	NEAR(tb_normal_quantile(0.975), 1.9599639845400542, 1e-13, "normal, 1.96");
	CHECK(tb_normal_quantile(0.5) == 0 && isnan(tb_normal_quantile(0)) && isnan(tb_normal_quantile(1)) && isnan(tb_f_quantile(1, 2, 3)),
		  "open interval");
	NEAR(tb_f_lower(1e-8, 3, 7), 1.5241708451375573e-12, 1e-12, "F, small lower tail");
	NEAR(tb_f_lower(0.2, 4, 1000000), 0.061551999900760192, 1e-12, "F, many degrees of freedom");
	NEAR(tb_f_lower(30, 2, 5), 0.99835887515909696, 1e-14, "F, upper end");
	CHECK(tb_f_lower(0, 2, 3) == 0 && tb_f_lower(1e308, 20, 3) == 1 && isnan(tb_f_lower(NAN, 2, 3)), "ends of F");
}

/* Where a square or a product leaves float8: closed forms, and there and back */
static void far_tails(void)
{
	static const double p[] = {1e-300, 1e-100, 1e-10, 0.01}, df[] = {1, 0.5, 0.06, 0.0131};

	NEAR(tb_t_two_sided(-1e200, 1), 2e-200 / M_PI, 1e-12, "t, a square beyond float8");
	NEAR(tb_t_quantile(1e-300, 1) * 1e-300, -1 / M_PI, 1e-12, "Cauchy, the far quantile");
	NEAR(tb_f_upper(1e308, 20, 0.5), tb_f_upper(1e300, 20, 0.5) / 100, 1e-12, "F, a power law in the far tail");
	NEAR(tb_f_upper(1e307, 2, 0.5), pow(4e307, -0.25), 1e-12, "F(2, m), the far tail");
	NEAR(tb_f_lower(1e-310, 2, 7), 1e-310, 1e-12, "F(2, m), the near tail");
	NEAR(tb_f_lower(1e-310, 2e-2, 2), pow(1e-2 * 1e-310, 1e-2), 1e-12, "F(m, 2), the near tail");
	for (int i = 0; i < 4; i++)
		NEAR(tb_t_lower(tb_t_quantile(p[i], df[i]), df[i]), p[i], 1e-11, "t there and back, far out");
	CHECK(isinf(tb_t_quantile(1e-10, 0.01)) && tb_chi_square_quantile(0.01, 0.01) == 0 && tb_t_two_sided(INFINITY, 3) == 0 &&
			  tb_f_upper(INFINITY, 3, 4) == 0,
		  "beyond float8 on either side");
}

static void intervals(void)
{
	double low, high;

	tb_interval(10, 2, INFINITY, 0.95, &low, &high);
	NEAR(low, 10 - 2 * 1.9599639845400542, 1e-13, "an interval of the normal, below");
	NEAR(high, 10 + 2 * 1.9599639845400542, 1e-13, "and above");
	tb_interval(-1, 0.5, 4, 0.9, &low, &high);
	NEAR(low, -1 - 0.5 * 2.1318467863266499, 1e-12, "an interval of t");
	NEAR(tb_t_two_sided((high + 1) / 0.5, 4), 0.1, 1e-12, "what lies outside is 1 less the level");
	tb_interval(3, 0, 5, 0.5, &low, &high);
	CHECK(low == 3 && high == 3, "no error, no width");
	tb_interval(3, 1, NAN, 0.5, &low, &high);
	CHECK(isnan(low) && isnan(high), "no degrees of freedom, no interval");
	tb_interval(3, NAN, INFINITY, 0.5, &low, &high);
	CHECK(isnan(low) && isnan(high), "no error, no interval");
}

int main(void)
{
	chi_square();
	quantiles();
	far_tails();
	intervals();
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
