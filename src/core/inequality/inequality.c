/* inequality.c -- indices from deviations */
#include "inequality.h"

#include <float.h>

#include "../base/step.h"

#define SAFE_EXPONENT 300

static int scale_of(double largest)
{
	int exponent = 0;

	if (largest > 0)
		(void)frexp(largest, &exponent);
	return exponent > SAFE_EXPONENT ? exponent - SAFE_EXPONENT : exponent < -SAFE_EXPONENT ? exponent : 0;
}

static const double *scaled(const double *x, size_t n, int exponent)
{
	double *y;

	if (exponent == 0)
		return x;
	y = tb_alloc(n * sizeof(double));
	for (size_t i = 0; i < n; i++, tb_step())
		y[i] = ldexp(x[i], -exponent);
	return y;
}

static double largest(const double *x, size_t n)
{
	double largest = 0;

	for (size_t i = 0; i < n; i++, tb_step())
		largest = fmax(largest, fabs(x[i]));
	return largest;
}

void tb_distribution(const TbSample *sample, const double *x, TbDistribution *d)
{
	TbSum weight = {0, 0}, total = {0, 0};
	size_t n = sample->n;
	double minimum, maximum;
	bool zero = false;

	*d = (TbDistribution){.n = n, .count = sample->count, .rows = sample->rows};
	d->exponent = scale_of(x == sample->x ? fmax(fabs(x[0]), fabs(x[n - 1])) : largest(x, n));
	d->weight_exponent = sample->w ? scale_of(largest(sample->w, n)) : 0;
	d->x = scaled(x, n, d->exponent);
	d->raw = x;
	d->w = sample->w ? scaled(sample->w, n, d->weight_exponent) : NULL;
	minimum = maximum = d->x[0];
	for (size_t i = 0; i < n; i++) {
		double mass = tb_mass(d, i);
		TbDd product = tb_two_product(mass, d->x[i]);

		minimum = d->x[i] < minimum ? d->x[i] : minimum;
		maximum = d->x[i] > maximum ? d->x[i] : maximum;
		zero |= x[i] == 0;
		tb_sum_add(&weight, mass);
		tb_sum_add(&total, product.hi);
		total.lo += product.lo;
		tb_step();
	}
	d->minimum = minimum;
	d->maximum = maximum;
	d->zero = zero;
	d->weight = tb_sum_value(weight);
	d->total = tb_sum_dd(total);
	d->mean = tb_dd_div(d->total, tb_sum_dd(weight));
	/* all values equal: the mean is that value, whatever the weights round to */
	if (d->minimum == d->maximum)
		d->mean = tb_dd(d->minimum);
}

/* Relative indices need a positive mean, entropies values that are not negative too */
static bool positive(const TbDistribution *d)
{
	return d->mean.hi > 0;
}

static bool entropic(const TbDistribution *d)
{
	return positive(d) && d->minimum >= 0;
}

static bool entropic_positive(const TbDistribution *d)
{
	return entropic(d) && !d->zero;
}

double tb_absolute_gini(const TbDistribution *d)
{
	TbSum sum = {0, 0}, below = {0, 0};

	for (size_t i = 0; i < d->n; i++) {
		double mass = tb_mass(d, i), rank = 2 * (below.hi - d->weight / 2 + below.lo) + mass;

		tb_sum_add(&sum, mass * tb_deviation(d, i) * rank);
		tb_sum_add(&below, mass);
		tb_step();
	}
	return fmax(0, tb_sum_value(sum) / d->weight / d->weight);
}

double tb_gini(const TbDistribution *d)
{
	return positive(d) ? tb_absolute_gini(d) / d->mean.hi : NAN;
}

double tb_gini_corrected_of(const TbDistribution *d, double gini)
{
	TbSum squares = {0, 0};
	double rest;

	if (d->rows < 2)
		return NAN;
	if (!d->w)
		return gini * ((double)d->rows / (double)(d->rows - 1));
	for (size_t i = 0; i < d->n; i++) {
		tb_sum_add(&squares, tb_mass(d, i) * d->w[i]);
		tb_step();
	}
	rest = 1 - tb_sum_value(squares) / d->weight / d->weight;
	return rest > 0 ? gini / rest : NAN;
}

double tb_gini_corrected(const TbDistribution *d)
{
	return tb_gini_corrected_of(d, tb_gini(d));
}

double tb_extended_gini(const TbDistribution *d, double nu)
{
	TbSum sum = {0, 0}, above = {0, 0};

	if (!positive(d))
		return NAN;
	for (size_t k = d->n; k > 0; k--) {
		double mass = tb_mass(d, k - 1), over = tb_sum_value(above), from = over + mass, step;

		step = over > 0 ? -expm1(nu * log1p(-mass / from)) : 1;
		tb_sum_add(&sum, -tb_deviation(d, k - 1) * pow(fmin(from / d->weight, 1), nu) * step);
		tb_sum_add(&above, mass);
		tb_step();
	}
	return fmax(0, tb_sum_value(sum) / d->mean.hi);
}

/* Below this the difference of nearly equal numbers gives way to its series */
#define NEAR 0.0625

/* ln r, with its digits near 1 */
static double log_of(double r, double d)
{
	return fabs(d) < 0.5 ? log1p(d) : log(r);
}

/* d^2 times the sum over k >= 2 of (-d)^(k - 2) * term[k - 2] */
static double series(double d, const double term[14])
{
	double sum = 0;

	for (int k = 13; k >= 0; k--)
		sum = term[k] - d * sum;
	return d * d * sum;
}

/* r ln r - d: 1 / (k (k - 1)) */
static double t_series(double d)
{
	static const double term[14] = {1. / 2,  1. / 6,  1. / 12,  1. / 20,  1. / 30,  1. / 42,  1. / 56,
									1. / 72, 1. / 90, 1. / 110, 1. / 132, 1. / 156, 1. / 182, 1. / 210};

	return series(d, term);
}

/* d - ln r: 1 / k */
static double l_series(double d)
{
	static const double term[14] = {1. / 2, 1. / 3,  1. / 4,  1. / 5,  1. / 6,  1. / 7,  1. / 8,
									1. / 9, 1. / 10, 1. / 11, 1. / 12, 1. / 13, 1. / 14, 1. / 15};

	return series(d, term);
}

static double t_of_log(double r, double d, double log)
{
	return (r > 0 ? r * log : 0) - d;
}

/* (r^a - 1 - a d) / (a (a - 1)) for a other than 0 and 1 */
static double entropy_term(double r, double d, double a)
{
	double b = a - 1;

	if (r == 0)
		return 1 / a;
	if (fabs(d) * fmax(1, fabs(a)) < NEAR / 2) {
		double term = d * d / 2, sum = 0;

		for (int k = 2; k < 24 && term != 0; k++) {
			sum += term;
			term *= d * (a - k) / (k + 1);
		}
		return sum;
	}
	/* two forms, so that neither is near the exponent where it would divide 0 by 0 */
	if (a < 0.5)
		return (expm1(a * log(r)) - a * d) / a / b;
	return (r * expm1(b * log(r)) - b * d) / b / a;
}

typedef double (*Term)(double r, double d, double parameter);

static double t_term(double r, double d, double parameter)
{
	(void)parameter;
	return fabs(d) < NEAR ? t_series(d) : t_of_log(r, d, r > 0 ? log_of(r, d) : 0);
}

static double l_term(double r, double d, double parameter)
{
	(void)parameter;
	return fabs(d) < NEAR ? l_series(d) : d - log_of(r, d);
}

static double two_term(double r, double d, double parameter)
{
	(void)r;
	(void)parameter;
	return d * d / 2;
}

static double half_term(double r, double d, double parameter)
{
	double s = 1 + sqrt(r);

	(void)parameter;
	return 2 * (d / s) * (d / s);
}

static double minus_one_term(double r, double d, double parameter)
{
	(void)parameter;
	return d / r * d / 2;
}

static inline __attribute__((always_inline)) double mean_term(const TbDistribution *d, Term term, double parameter)
{
	TbSum sum = {0, 0};
	double mean = d->mean.hi;

	for (size_t i = 0; i < d->n; i++) {
		tb_sum_add(&sum, tb_mass(d, i) * term(d->x[i] / mean, tb_deviation(d, i) / mean, parameter));
		tb_step();
	}
	return tb_sum_value(sum) / d->weight;
}

double tb_theil_t(const TbDistribution *d)
{
	return entropic(d) ? mean_term(d, t_term, 0) : NAN;
}

/* Does a value differ so much from the mean that their quotient leaves float8? */
static bool wide(const TbDistribution *d)
{
	return d->minimum / d->mean.hi < DBL_MIN;
}

/* ln (x / mean) where that may be */
static double far_log(const TbDistribution *d, size_t i)
{
	double r = d->x[i] / d->mean.hi;

	return r >= DBL_MIN ? log_of(r, tb_deviation(d, i) / d->mean.hi) : log(d->raw[i]) - d->exponent * M_LN2 - log(d->mean.hi);
}

static double far_theil_l(const TbDistribution *d)
{
	TbSum sum = {0, 0};

	for (size_t i = 0; i < d->n; i++) {
		tb_sum_add(&sum, tb_mass(d, i) * (tb_deviation(d, i) / d->mean.hi - far_log(d, i)));
		tb_step();
	}
	return tb_sum_value(sum) / d->weight;
}

/* ln of the mean of r^a, the largest r^a taken out first; a zero counts for nothing (a > 0), nor does a weight that is lost beside the largest one */
static double log_power_mean(const TbDistribution *d, double a)
{
	TbSum sum = {0, 0};
	double largest = -INFINITY;

	for (size_t i = 0; i < d->n; i++, tb_step())
		if (d->raw[i] > 0 && tb_mass(d, i) > 0)
			largest = fmax(largest, a * far_log(d, i));
	for (size_t i = 0; i < d->n; i++) {
		if (d->raw[i] > 0 && tb_mass(d, i) > 0)
			tb_sum_add(&sum, tb_mass(d, i) * exp(a * far_log(d, i) - largest));
		tb_step();
	}
	return largest + log(tb_sum_value(sum) / d->weight);
}

double tb_theil_l(const TbDistribution *d)
{
	if (!entropic_positive(d))
		return NAN;
	return wide(d) ? far_theil_l(d) : mean_term(d, l_term, 0);
}

void tb_theils(const TbDistribution *d, double *t, double *l)
{
	TbSum sum_t = {0, 0}, sum_l = {0, 0};
	double mean = d->mean.hi;

	if (!entropic_positive(d) || wide(d)) {
		*t = tb_theil_t(d);
		*l = tb_theil_l(d);
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		double r = d->x[i] / mean, e = tb_deviation(d, i) / mean, mass = tb_mass(d, i);

		if (fabs(e) < NEAR) {
			tb_sum_add(&sum_t, mass * t_series(e));
			tb_sum_add(&sum_l, mass * l_series(e));
		} else {
			double log = log_of(r, e);

			tb_sum_add(&sum_t, mass * t_of_log(r, e, log));
			tb_sum_add(&sum_l, mass * (e - log));
		}
		tb_step();
	}
	*t = tb_sum_value(sum_t) / d->weight;
	*l = tb_sum_value(sum_l) / d->weight;
}

double tb_generalised_entropy(const TbDistribution *d, double alpha)
{
	if (!entropic(d) || (alpha <= 0 && d->zero))
		return NAN;
	if (fabs(alpha) < 1e-200)
		return tb_theil_l(d);
	if (alpha < 1 && !d->zero && wide(d))
		return expm1(log_power_mean(d, alpha)) / alpha / (alpha - 1);
	if (alpha == 1)
		return tb_theil_t(d);
	if (alpha == 2)
		return mean_term(d, two_term, 0);
	if (alpha == 0.5)
		return mean_term(d, half_term, 0);
	if (alpha == -1)
		return mean_term(d, minus_one_term, 0);
	return mean_term(d, entropy_term, alpha);
}

double tb_atkinson_from_entropy(double entropy, double epsilon)
{
	double a = 1 - epsilon;

	if (a == 0)
		return 0 - expm1(-entropy);
	return 0 - expm1(log1p(a * (a - 1) * entropy) / a);
}

double tb_atkinson(const TbDistribution *d, double epsilon)
{
	double entropy;

	if (!entropic(d))
		return NAN;
	if (epsilon == 0)
		return 0;
	if (epsilon >= 1 && d->zero)
		return 1;
	entropy = tb_generalised_entropy(d, 1 - epsilon);
	/* powers past float8 whose mean still has a root */
	if (!isfinite(epsilon * (epsilon - 1) * entropy))
		return 0 - expm1(log_power_mean(d, 1 - epsilon) / (1 - epsilon));
	return tb_atkinson_from_entropy(entropy, epsilon);
}

double tb_hoover(const TbDistribution *d)
{
	TbSum sum = {0, 0};

	if (!positive(d))
		return NAN;
	for (size_t i = 0; i < d->n; i++) {
		tb_sum_add(&sum, tb_mass(d, i) * fabs(tb_deviation(d, i)));
		tb_step();
	}
	return tb_sum_value(sum) / d->mean.hi / d->weight / 2;
}

double tb_coefficient_of_variation(const TbDistribution *d)
{
	return positive(d) ? sqrt(2 * mean_term(d, two_term, 0)) : NAN;
}

/* a - b, which no sample makes negative but by rounding */
static double above(double a, double b)
{
	return a - b < -1e-6 * (1 + fabs(a) + fabs(b)) ? -INFINITY : fmax(0, a - b);
}

double tb_theil_t_from_sums(double weight, double total, double sum)
{
	return weight > 0 && total > 0 ? above(sum / total, log(total / weight)) : NAN;
}

double tb_theil_l_from_sums(double weight, double total, double sum)
{
	return weight > 0 && total > 0 ? above(log(total / weight), sum / weight) : NAN;
}

double tb_cv_from_sums(double weight, double total, double sum)
{
	double mean = total / weight, square = weight > 0 && total > 0 ? above(sum / weight / mean / mean, 1) : NAN;

	return square < 0 ? square : sqrt(square);
}
