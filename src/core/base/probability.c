/* probability.c -- incomplete beta and what follows from it */
#include "probability.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "host.h"

#define HALF_LOG_2PI 0.91893853320467274178

/* ln gamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2) for x >= 10: Stirling's series, terms B_2k / (2k (2k - 1) x^(2k - 1)) */
static double stirling(double x)
{
	static const double term[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400};
	double square = 1 / (x * x), sum = 0;

	for (int k = 7; k >= 0; k--)
		sum = sum * square + term[k];
	return sum / x;
}

double tb_log_beta(double a, double b)
{
	double p = fmin(a, b), q = fmax(a, b), correction;

	if (!(p > 0) || isinf(q))
		return NAN;
	if (q < 10)
		return lgamma(p) + lgamma(q) - lgamma(p + q);
	correction = stirling(q) - stirling(p + q);
	if (p < 10)
		return lgamma(p) + correction + p - p * log(p + q) + (q - 0.5) * log1p(-p / (p + q));
	return HALF_LOG_2PI - log(q) / 2 + stirling(p) + correction + (p - 0.5) * log(p / (p + q)) + q * log1p(-p / (p + q));
}

/* I_x(a, b) B(a, b) / (x^a y^b) as a continued fraction: DiDonato and Morris 1992, eq. 9, by modified Lentz. excess = a - (a + b) x is formed from
 * the smaller of x and y, which keeps all digits where x is within 1 / a of 1, as with millions of degrees of freedom. */
static double fraction(double a, double b, double x, double y)
{
	double excess = x < y ? a - (a + b) * x : (a + b) * y - b, c, d, value;

	value = a / (a + 1) * (excess + 1);
	value = c = fabs(value) < DBL_MIN ? DBL_MIN : value;
	d = 0;
	for (int n = 1; n <= 1000000; n++) {
		double odd = a + 2.0 * n - 1, step;
		double alpha = (a + n - 1) / odd * ((a + b + n - 1) / odd) * (n * (b - n) * x * x);
		double beta = n + n * (b - n) * x / odd + (a + n) / (odd + 2) * (excess + 1 + n * (1 + y));

		d = beta + alpha * d;
		d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
		c = beta + alpha / c;
		c = fabs(c) < DBL_MIN ? DBL_MIN : c;
		step = c * d;
		value *= step;
		if (fabs(step - 1) < 1e-16)
			break;
		if (n % 10000 == 0)
			tb_tick();
	}
	return 1 / value;
}

double tb_incomplete_beta(double a, double b, double x, double y)
{
	double front, value;
	bool swap;

	if (!(a > 0) || !(b > 0) || isnan(x) || isnan(y) || x < 0 || y < 0)
		return NAN;
	if (x == 0 || y == 0)
		return x == 0 ? 0 : 1;
	front = a * (x < 0.5 ? log(x) : log1p(-y)) + b * (y < 0.5 ? log(y) : log1p(-x)) - tb_log_beta(a, b);
	swap = x > (a + 1) / (a + b + 2);
	value = swap ? exp(front) * fraction(b, a, y, x) : exp(front) * fraction(a, b, x, y);
	return swap ? 1 - value : value;
}

double tb_t_two_sided(double t, double df)
{
	double square = t * t;

	if (!(df > 0) || isnan(t))
		return NAN;
	if (isinf(square))
		return 0;
	return tb_incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square));
}

/* Bisection on the logarithmic scale of the upper half: 200 halvings at most, no starting value to go wrong */
double tb_t_quantile(double p, double df)
{
	double low = 0, high = 1, tail = 2 * fmin(p, 1 - p);

	if (!(df > 0) || !(p > 0) || !(p < 1))
		return NAN;
	while (tb_t_two_sided(high, df) > tail && high < 1e300)
		high *= 2;
	for (int i = 0; i < 200; i++) {
		double middle = (low + high) / 2;

		if (middle == low || middle == high)
			break;
		if (tb_t_two_sided(middle, df) > tail)
			low = middle;
		else
			high = middle;
	}
	return p < 0.5 ? -high : p == 0.5 ? 0 : high;
}

double tb_f_upper(double f, double df1, double df2)
{
	double scaled = df1 * f;

	if (!(df1 > 0) || !(df2 > 0) || isnan(f))
		return NAN;
	if (f <= 0)
		return 1;
	if (isinf(scaled))
		return 0;
	return tb_incomplete_beta(df2 / 2, df1 / 2, df2 / (df2 + scaled), scaled / (df2 + scaled));
}

double tb_normal(double z)
{
	return erfc(-z * M_SQRT1_2) / 2;
}

double tb_normal_two_sided(double z)
{
	return erfc(fabs(z) * M_SQRT1_2);
}
