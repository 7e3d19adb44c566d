/* scaled.c -- numbers beyond float8 */
#include "scaled.h"

#include <math.h>

#include "step.h"

#define FAR 1e300 /* an exponent beyond all others */

static TbScaled made(double m, double e)
{
	int more;

	m = frexp(m, &more);
	return m == 0 ? (TbScaled){0, 0} : (TbScaled){m, fmax(fmin(e + more, FAR), -FAR)};
}

TbScaled tb_scaled(double x)
{
	return made(x, 0);
}

TbScaled tb_scaled_product(TbScaled a, TbScaled b)
{
	return made(a.m * b.m, a.e + b.e);
}

TbScaled tb_scaled_power(double x, double power)
{
	double plain = pow(x, power), m, e;
	int exponent;

	if (isnormal(plain))
		return made(plain, 0);
	/* so that the power of m stays near 1 */
	if (fabs(power) > 1000) {
		TbScaled half = tb_scaled_power(x, power / 2);

		return tb_scaled_product(half, half);
	}
	m = frexp(x, &exponent);
	if (m < M_SQRT1_2) {
		m *= 2;
		exponent--;
	}
	e = rint(exponent * power);
	return made(pow(m, power) * exp2(fma(exponent, power, -e)), e);
}

TbScaled tb_scaled_exp(double x)
{
	/* ln 2 in two parts, the first with zeros at its end, so that its multiples are exact */
	const double high = 0x1.62e42fefap-1, low = 0x1.cf79abc9e3b3ap-40;
	double plain = exp(x), e;

	if (isnormal(plain))
		return made(plain, 0);
	e = rint(x / M_LN2);
	return made(fabs(e) < 1e12 ? exp(fma(-e, high, x) - e * low) : 0.5, e);
}

double tb_scaled_value(TbScaled x, double exponent)
{
	return ldexp(x.m, (int)fmax(fmin(x.e - exponent, 5000), -5000));
}

int tb_shrink(const double *x, size_t n, double *small)
{
	double largest = 0;
	int exponent;

	for (size_t i = 0; i < n; i++, tb_step())
		largest = fmax(largest, fabs(x[i]));
	(void)frexp(largest, &exponent);
	for (size_t i = 0; i < n; i++, tb_step())
		small[i] = ldexp(x[i], -exponent);
	return exponent;
}

TbDd tb_mean(const double *x, size_t n)
{
	TbDd sum = tb_dd(0);
	double largest = 0;
	int exponent;

	for (size_t i = 0; i < n; i++, tb_step())
		largest = fmax(largest, fabs(x[i]));
	(void)frexp(largest, &exponent);
	for (size_t i = 0; i < n; i++) {
		sum = tb_dd_add_d(sum, ldexp(x[i], -exponent));
		tb_step();
	}
	sum = tb_dd_div(sum, tb_dd((double)n));
	return (TbDd){ldexp(sum.hi, exponent), ldexp(sum.lo, exponent)};
}
