/* probability.c -- incomplete beta, incomplete gamma and what follows from them */
#include "probability.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "step.h"

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
		tb_step();
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

/* Beyond this the square of a number, or a quotient of its size, is not a float8 any more, or one without its digits */
#define FAR 1e150

/* I_x(a, b) of an x that float8 does not hold, by its logarithm: x^a / (a B(a, b)), the next term of the series is smaller by x */
static double smallest_beta(double a, double b, double log_x)
{
	return exp(a * log_x - log(a) - tb_log_beta(a, b));
}

double tb_t_two_sided(double t, double df)
{
	double square = t * t;

	if (!(df > 0) || isnan(t))
		return NAN;
	if (fabs(t) > FAR)
		return isinf(t) ? 0 : fmin(1, smallest_beta(df / 2, 0.5, log(df) - 2 * log(fabs(t))));
	return tb_incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square));
}

double tb_t_lower(double t, double df)
{
	double tail = tb_t_two_sided(t, df) / 2;

	return t < 0 ? tail : 1 - tail;
}

/* A family of distributions on [0, inf): its tail beyond x, the upper or the lower one */
typedef double (*Tail)(double x, double a, double b, bool upper);

/* x > 0 whose tail is p, by halving the 2^63 positive doubles, which lie in the order of their bits: no starting value to go wrong, and as many digits as
 * the tail has. Without a tail function's monotony in the last bits the answer is off by as little. */
static double inverted(Tail tail, double p, double a, double b, bool upper)
{
	uint64_t low = 0, high = UINT64_C(0x7ff0000000000000);
	double x;

	while (high - low > 1) {
		uint64_t middle = low + (high - low) / 2;

		memcpy(&x, &middle, 8);
		if ((tail(x, a, b, upper) > p) == upper)
			low = middle;
		else
			high = middle;
	}
	memcpy(&x, &high, 8);
	return high <= 2 ? 0 : x; /* below what float8 holds */
}

static double t_tail(double x, double df, double unused, bool upper)
{
	(void)unused;
	(void)upper;
	return tb_t_two_sided(x, df);
}

double tb_t_quantile(double p, double df)
{
	double t;

	if (!(df > 0) || !(p > 0) || !(p < 1))
		return NAN;
	if (p == 0.5)
		return 0;
	t = inverted(t_tail, 2 * fmin(p, 1 - p), df, 0, true);
	return p < 0.5 ? -t : t;
}

double tb_f_upper(double f, double df1, double df2)
{
	double scaled = df1 * f;

	if (!(df1 > 0) || !(df2 > 0) || isnan(f))
		return NAN;
	if (f <= 0)
		return 1;
	if (scaled > FAR * FAR)
		return isinf(f) ? 0 : fmin(1, smallest_beta(df2 / 2, df1 / 2, log(df2) - log(df1) - log(f)));
	return tb_incomplete_beta(df2 / 2, df1 / 2, df2 / (df2 + scaled), scaled / (df2 + scaled));
}

double tb_f_lower(double f, double df1, double df2)
{
	double scaled = df1 * f;

	if (!(df1 > 0) || !(df2 > 0) || isnan(f))
		return NAN;
	if (f <= 0)
		return 0;
	if (scaled > FAR * FAR)
		return 1 - tb_f_upper(f, df1, df2);
	if (scaled < 1 / (FAR * FAR))
		return fmin(1, smallest_beta(df1 / 2, df2 / 2, log(df1) + log(f) - log(df2)));
	return tb_incomplete_beta(df1 / 2, df2 / 2, scaled / (df2 + scaled), df2 / (df2 + scaled));
}

static double f_tail(double x, double df1, double df2, bool upper)
{
	return upper ? tb_f_upper(x, df1, df2) : tb_f_lower(x, df1, df2);
}

double tb_f_quantile(double p, double df1, double df2)
{
	if (!(df1 > 0) || !(df2 > 0) || !(p > 0) || !(p < 1))
		return NAN;
	return p > 0.5 ? inverted(f_tail, 1 - p, df1, df2, true) : inverted(f_tail, p, df1, df2, false);
}

/* ln(1 + d) - d; near 0, where the difference would lose its digits, by the series of 2 atanh(d / (2 + d)) */
static double log1p_less(double d)
{
	double r = d / (2 + d), square = r * r, sum = 0;

	if (fabs(d) > 0.2)
		return log1p(d) - d;
	for (int k = 23; k >= 3; k -= 2)
		sum = sum * square + 1.0 / k;
	return 2 * r * square * sum - d * r;
}

/* x^a e^-x / gamma(a); for large a with the exponents' difference formed first */
static double gamma_front(double a, double x)
{
	if (a < 10)
		return exp(a * log(x) - x - lgamma(a));
	return exp(a * log1p_less((x - a) / a) - stirling(a) - HALF_LOG_2PI) * sqrt(a);
}

/* P / front: 1/a (1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ...) */
static double gamma_series(double a, double x)
{
	double term = 1 / a, sum = term;

	for (double n = 1; term > sum * 1e-17; n++) {
		term *= x / (a + n);
		sum += term;
		tb_tick();
	}
	return sum;
}

/* Q / front by its continued fraction, modified Lentz */
static double gamma_fraction(double a, double x)
{
	double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, value = d;

	for (int i = 1; i <= 10000000; i++) {
		double an = -i * (i - a), step;

		b += 2;
		d = an * d + b;
		d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
		c = b + an / c;
		c = fabs(c) < DBL_MIN ? DBL_MIN : c;
		step = c * d;
		value *= step;
		if (fabs(step - 1) < 1e-16)
			break;
		tb_tick();
	}
	return value;
}

double tb_incomplete_gamma(double a, double x, bool upper)
{
	bool series = x < a + 1;
	double front, value;

	if (!(a > 0) || isinf(a) || isnan(x) || x < 0)
		return NAN;
	if (x == 0 || isinf(x))
		return (x == 0) == upper ? 1 : 0;
	front = gamma_front(a, x);
	value = front == 0 ? 0 : front * (series ? gamma_series(a, x) : gamma_fraction(a, x));
	return series == upper ? 1 - value : value;
}

double tb_chi_square(double x, double df, bool upper)
{
	return tb_incomplete_gamma(df / 2, (x < 0 ? 0 : x) / 2, upper);
}

static double chi_square_tail(double x, double df, double unused, bool upper)
{
	(void)unused;
	return tb_chi_square(x, df, upper);
}

double tb_chi_square_quantile(double p, double df)
{
	if (!(df > 0) || isinf(df) || !(p > 0) || !(p < 1))
		return NAN;
	return p > 0.5 ? inverted(chi_square_tail, 1 - p, df, 0, true) : inverted(chi_square_tail, p, df, 0, false);
}

static double normal_tail(double x, double unused_a, double unused_b, bool upper)
{
	(void)unused_a;
	(void)unused_b;
	(void)upper;
	return tb_normal_two_sided(x);
}

double tb_normal_quantile(double p)
{
	double z;

	if (!(p > 0) || !(p < 1))
		return NAN;
	if (p == 0.5)
		return 0;
	z = inverted(normal_tail, 2 * fmin(p, 1 - p), 0, 0, true);
	return p < 0.5 ? -z : z;
}

double tb_normal(double z)
{
	return erfc(-z * M_SQRT1_2) / 2;
}

double tb_normal_two_sided(double z)
{
	return erfc(fabs(z) * M_SQRT1_2);
}

void tb_interval(double estimate, double error, double df, double level, double *low, double *high)
{
	double half = error * (isinf(df) ? tb_normal_quantile(0.5 + level / 2) : tb_t_quantile(0.5 + level / 2, df));

	*low = estimate - half;
	*high = estimate + half;
}
