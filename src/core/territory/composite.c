/* composite.c -- normalisation and aggregation of indicators */
#include "composite.h"

#include <math.h>
#include <stdbool.h>

#include "../base/dd.h"
#include "../base/host.h"
#include "../base/merge_sort.h"
#include "../base/scaled.h"

/* To full precision, also where all values share a large offset */
static double deviation(const TbIndicator *indicator, double x)
{
	return (x - indicator->mean.hi) - indicator->mean.lo;
}

void tb_indicator(double *x, size_t n, TbIndicator *indicator)
{
	TbDd squares = tb_dd(0);
	int exponent;

	tb_sort_doubles(x, n);
	*indicator = (TbIndicator){.n = n, .sorted = x, .mean = tb_dd(NAN), .sd = NAN};
	if (n == 0)
		return;
	indicator->mean = tb_mean(x, n);
	(void)frexp(fmax(fabs(x[0] - indicator->mean.hi), fabs(x[n - 1] - indicator->mean.hi)), &exponent);
	for (size_t i = 0; i < n; i++) {
		double z = ldexp(deviation(indicator, x[i]), -exponent);

		squares = tb_dd_add(squares, tb_two_product(z, z));
	}
	if (n > 1)
		indicator->sd = ldexp(sqrt(tb_dd_value(squares) / (n - 1)), exponent);
}

/* Units strictly below x, or strictly above it where less is better */
static double beaten(const TbIndicator *indicator, double x, int direction)
{
	size_t low = 0, high = indicator->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (indicator->sorted[middle] < x || (direction < 0 && indicator->sorted[middle] == x))
			low = middle + 1;
		else
			high = middle;
	}
	return direction < 0 ? indicator->n - low : low;
}

static TbStatus scaled(double numerator, double denominator, double low, double high, double *result)
{
	if (denominator == 0)
		return TB_UNDEFINED;
	*result = low + (high - low) * (numerator / denominator);
	return TB_OK;
}

/* Distance from the worst unit to the goal, as a share: 0 at the worst, 1 at the goal */
static TbStatus to_goal(double x, double worst, double goal, int direction, double *result)
{
	if (direction * (goal - worst) <= 0)
		return goal == worst ? TB_UNDEFINED : TB_INVALID;
	*result = 1 - (goal - x) / (goal - worst);
	return TB_OK;
}

TbStatus tb_normalised(const TbIndicator *indicator, double x, TbNormalisation method, int direction, const double *parameters, int n, double *result)
{
	static const struct {
		int least, most;
	} count[] = {{0, 2}, {0, 2}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {1, 1}, {1, 2}, {2, 3}};
	double min, max, best, worst, score;
	TbStatus status;

	if (n < count[method].least || n > count[method].most || (count[method].least == 0 && n == 1))
		return TB_INVALID;
	if (indicator->n == 0)
		return TB_UNDEFINED;
	min = indicator->sorted[0];
	max = indicator->sorted[indicator->n - 1];
	best = direction < 0 ? min : max;
	worst = direction < 0 ? max : min;
	switch (method) {
	case TB_MIN_MAX:
		return scaled(x - worst, best - worst, n ? parameters[0] : 0, n ? parameters[1] : 1, result);
	case TB_Z_SCORE:
		if (!(indicator->sd > 0))
			return TB_UNDEFINED;
		*result = direction * deviation(indicator, x) / indicator->sd * (n ? parameters[1] : 1) + (n ? parameters[0] : 0);
		return TB_OK;
	case TB_RANK:
		*result = beaten(indicator, x, direction) + 1;
		return TB_OK;
	case TB_BORDA:
		*result = beaten(indicator, x, direction);
		return TB_OK;
	case TB_PERCENTILE_RANK:
		return scaled(beaten(indicator, x, direction), indicator->n - 1.0, 0, 1, result);
	case TB_DISTANCE_TO_MAX:
		return scaled(x - worst, best - worst, 0, 1, result);
	case TB_DISTANCE_TO_REFERENCE:
		return to_goal(x, worst, parameters[0], direction, result);
	case TB_DISTANCE_TO_TARGET:
		status = to_goal(x, worst, parameters[0], direction, result);
		if (status == TB_OK && n == 2 && parameters[1] != 0)
			*result = fmin(*result, 1);
		return status;
	case TB_GOALPOSTS:
		if (!(parameters[0] < parameters[1]))
			return TB_INVALID;
		score = fmin(fmax((x - parameters[0]) / (parameters[1] - parameters[0]), 0), 1);
		*result = (direction < 0 ? 1 - score : score) * (n == 3 ? parameters[2] : 1);
		return TB_OK;
	}
	return TB_INVALID;
}

static double weighted_sum(const double *x, const double *weights, int n, double (*transform)(double, double), double power)
{
	TbDd sum = tb_dd(0);

	for (int i = 0; i < n; i++)
		sum = tb_dd_add(sum, tb_two_product(weights[i], transform(x[i], power)));
	return tb_dd_value(sum);
}

static double plain(double x, double power)
{
	(void)power;
	return x;
}

static double logarithm(double x, double power)
{
	(void)power;
	return log(x);
}

static double squared_distance(double x, double centre)
{
	return (x - centre) * (x - centre);
}

static double total_weight(const double *weights, int n)
{
	TbDd sum = tb_dd(0);

	for (int i = 0; i < n; i++)
		sum = tb_dd_add_d(sum, weights[i]);
	return tb_dd_value(sum);
}

/* Which scores a power mean can take: logarithms and negative powers need > 0, powers above 0 other than 1 need >= 0 */
static bool takes(double power, double x)
{
	return power == 1 || x > 0 || (power > 0 && x == 0);
}

static TbStatus mean_and_spread(const double *x, const double *weights, int n, double total, int sign, double *result)
{
	double mean = weighted_sum(x, weights, n, plain, 1) / total, variance = weighted_sum(x, weights, n, squared_distance, mean) / total;

	if (mean == 0)
		return TB_UNDEFINED;
	*result = mean + sign * variance / mean; /* sd * cv = variance / mean */
	return TB_OK;
}

/* Powers are taken of what each score is of the one that rules the mean: the largest, or the smallest where the power is negative */
static double power_mean(const double *scores, const double *weights, int n, double total, double power, double *part)
{
	double ruling = scores[0], sum;

	for (int i = 1; i < n; i++)
		ruling = power > 0 ? fmax(ruling, scores[i]) : fmin(ruling, scores[i]);
	if (ruling == 0)
		return 0;
	for (int i = 0; i < n; i++)
		part[i] = scores[i] / ruling;
	sum = weighted_sum(part, weights, n, pow, power);
	return ruling * pow(sum / total, 1 / power);
}

TbStatus tb_composite_index(const double *scores, const double *weights, int n, TbAggregation aggregation, double power, double *result, int *at)
{
	double total, *part = tb_alloc((2 * (size_t)n + 1) * sizeof(double)), *weight = part + n;
	TbStatus status = TB_OK;
	int exponent = 0;

	(void)tb_shrink(weights, n, weight);
	total = total_weight(weight, n);
	if (total == 0)
		return TB_UNDEFINED;
	power = aggregation == TB_GEOMETRIC ? 0 : aggregation == TB_HARMONIC ? -1 : aggregation == TB_GENERALISED ? power : 1;
	for (int i = 0; i < n; i++)
		if (!takes(power, scores[i])) {
			*at = i;
			return TB_OUT_OF_RANGE;
		}
	if (power == 1)
		exponent = tb_shrink(scores, n, part);
	if (aggregation == TB_MPI_NEGATIVE || aggregation == TB_MPI_POSITIVE)
		status = mean_and_spread(part, weight, n, total, aggregation == TB_MPI_NEGATIVE ? -1 : 1, result);
	else if (power == 1)
		*result = weighted_sum(part, weight, n, plain, 1) / total;
	else if (power == 0)
		*result = exp(weighted_sum(scores, weight, n, logarithm, 0) / total);
	else
		*result = power_mean(scores, weight, n, total, power, part);
	tb_free(part);
	if (status == TB_OK)
		*result = ldexp(*result, exponent);
	return status == TB_OK && !isfinite(*result) ? TB_INVALID : status;
}

TbStatus tb_outranking(const double *a, const double *b, const double *weights, int n, double *result)
{
	double total = total_weight(weights, n), better = 0;

	if (total == 0)
		return TB_UNDEFINED;
	for (int i = 0; i < n; i++)
		better += weights[i] * (a[i] > b[i] ? 1 : a[i] == b[i] ? 0.5 : 0);
	*result = better / total;
	return TB_OK;
}
