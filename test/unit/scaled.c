/* unit test of core/scaled: powers and exponentials beyond float8, columns near 1, means */
#include "../../src/core/base/scaled.h"

#include "unit.h"

static void powers(void)
{
	TbScaled x = tb_scaled_power(10, -400);

	NEAR(x.m, 0.5859144944198497042741, 1e-14, "10^-400 in 40 digits over 2^-1328");
	CHECK(x.e == -1328, "exponent");
	x = tb_scaled_product(tb_scaled_power(10, -400), tb_scaled_power(10, 400));
	NEAR(tb_scaled_value(x, 0), 1, 1e-13, "and its reciprocal");
	x = tb_scaled_product(tb_scaled_power(3, 2000), tb_scaled_power(3, -1999));
	NEAR(tb_scaled_value(x, 0), 3, 1e-12, "large powers are halved");
	x = tb_scaled_product(tb_scaled_power(0.3, 700.5), tb_scaled_power(0.3, -700));
	NEAR(tb_scaled_value(x, 0), sqrt(0.3), 1e-13, "powers that are not whole");
	x = tb_scaled_product(tb_scaled_power(0.3, 700.25), tb_scaled_power(0.3, -700));
	NEAR(tb_scaled_value(x, 0), sqrt(sqrt(0.3)), 1e-13, "nor leave a whole power of 2");
	x = tb_scaled_power(0.75, -2);
	CHECK(tb_scaled_value(x, 0) == pow(0.75, -2) && x.m >= 0.5 && x.m < 1, "what float8 holds is kept as it is");
	x = tb_scaled_power(2, 1e308);
	CHECK(isinf(tb_scaled_value(x, 0)) && tb_scaled_value(tb_scaled_power(2, -1e308), 0) == 0, "powers beyond everything");
	CHECK(tb_scaled(0).m == 0 && tb_scaled(0).e == 0 && tb_scaled_product(tb_scaled(0), tb_scaled_power(10, 400)).e == 0, "zero");
}

static void exponentials(void)
{
	TbScaled x = tb_scaled_product(tb_scaled_exp(-2000), tb_scaled_exp(2001));

	NEAR(tb_scaled_value(x, 0), M_E, 1e-13, "exponentials");
	x = tb_scaled_exp(-1000);
	CHECK(x.e == -1442, "exp(-1000), exponent");
	NEAR(x.m, 0.6176918116509946331939, 1e-15, "and mantissa, in 40 digits over 2^-1442");
	CHECK(tb_scaled_value(tb_scaled_exp(-1), 0) == exp(-1), "what float8 holds is kept");
	CHECK(tb_scaled_value(tb_scaled_exp(-1e300), 0) == 0 && isinf(tb_scaled_value(tb_scaled_exp(1e300), 0)), "beyond everything");
	CHECK(tb_scaled_value((TbScaled){0.5, 1100}, 1098) == 2, "against an exponent");
}

static void columns(void)
{
	const double x[3] = {3e300, -4e300, 1e300}, offset[3] = {1e15, 1e15 + 1, 1e15 + 3}, none[2] = {0, 0}, tiny[2] = {1e-310, 3e-310};
	double small[3];
	TbDd mean;
	int exponent = tb_shrink(x, 3, small);

	CHECK(ldexp(small[1], exponent) == -4e300 && fabs(small[1]) >= 0.5 && fabs(small[1]) < 1, "a column near 1");
	CHECK(tb_shrink(none, 2, small) == 0 && small[0] == 0, "zeros");
	NEAR(tb_dd_value(tb_mean(x, 2)), -5e299, 1e-15, "a mean of huge numbers");
	NEAR(tb_dd_value(tb_mean(tiny, 2)), 2e-310, 1e-10, "of tiny ones");
	mean = tb_mean(offset, 3);
	NEAR((mean.hi - 1e15) + mean.lo, 4. / 3, 1e-15, "an offset leaves all digits");
}

int main(void)
{
	powers();
	exponentials();
	columns();
	return unit_done();
}
