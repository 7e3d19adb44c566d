/* concentration.c -- curves, concentration indices and progressivity */
#include "concentration.h"

#include "../base/step.h"

size_t tb_curve(const TbDistribution *v, const double *rank, TbCurvePoint **points)
{
	TbSum mass = {0, 0}, total = {0, 0};
	double all = tb_dd_value(v->total);
	size_t n = 0;

	if (all == 0)
		return 0;
	*points = tb_alloc((v->n + 1) * sizeof(TbCurvePoint));
	(*points)[n++] = (TbCurvePoint){0, 0};
	for (size_t i = 0; i < v->n; i++) {
		TbDd product = tb_two_product(tb_mass(v, i), v->x[i]);

		tb_sum_add(&mass, tb_mass(v, i));
		tb_sum_add(&total, product.hi);
		total.lo += product.lo;
		if (i + 1 == v->n || rank[i + 1] != rank[i])
			(*points)[n++] = (TbCurvePoint){tb_sum_value(mass) / v->weight, tb_sum_value(total) / all};
		tb_step();
	}
	(*points)[n - 1] = (TbCurvePoint){1, 1};
	return n;
}

/* Walks groups of equal rank: sum over rows of deviation * (2 * mid rank - all), where ranks count `mass` */
static double ranked_sum(size_t n, const double *rank, const double *mass, const double *deviation, double all)
{
	TbSum sum = {0, 0}, below = {0, 0};
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		TbSum own = {0, 0}, part = {0, 0};

		for (end = i; end < n && rank[end] == rank[i]; end++) {
			tb_sum_add(&own, mass[end]);
			tb_sum_add(&part, deviation[end]);
			tb_step();
		}
		tb_sum_add(&sum, tb_sum_value(part) * (2 * (below.hi - all / 2 + below.lo) + tb_sum_value(own)));
		tb_sum_add(&below, tb_sum_value(own));
	}
	return tb_sum_value(sum);
}

double tb_concentration(const TbDistribution *v, const double *rank)
{
	double *mass, *deviation, sum;

	if (v->mean.hi == 0)
		return NAN;
	mass = tb_alloc(v->n * sizeof(double));
	deviation = tb_alloc(v->n * sizeof(double));
	for (size_t i = 0; i < v->n; i++, tb_step()) {
		mass[i] = tb_mass(v, i);
		deviation[i] = mass[i] * tb_deviation(v, i);
	}
	sum = ranked_sum(v->n, rank, mass, deviation, v->weight);
	tb_free(mass);
	tb_free(deviation);
	return sum / v->mean.hi / v->weight / v->weight + 0.0; /* 0 of a negative mean has no sign */
}

/* rate: mean tax / mean before, both distributions on one scale */
static double suits(const TbDistribution *before, const TbDistribution *tax, double rate)
{
	double *mass, *deviation, sum, all = tb_dd_value(before->total);

	if (before->minimum < 0 || !(all > 0))
		return NAN;
	mass = tb_alloc(before->n * sizeof(double));
	deviation = tb_alloc(before->n * sizeof(double));
	for (size_t i = 0; i < before->n; i++, tb_step()) {
		mass[i] = tb_mass(before, i) * before->x[i];
		deviation[i] = tb_mass(before, i) * (tax->x[i] - rate * before->x[i]);
	}
	sum = ranked_sum(before->n, before->x, mass, deviation, all);
	tb_free(mass);
	tb_free(deviation);
	return sum / all / tb_dd_value(tax->total);
}

/* before - after, on the scale of the sample that comes back: x and y both shrunk where their difference could leave float8 */
static TbSample taxed(const TbSample *sample, double **tax)
{
	TbSample safe = *sample;
	double *x = tb_alloc(sample->n * sizeof(double)), *y = tb_alloc(sample->n * sizeof(double)), largest = 0;
	int exponent;

	for (size_t i = 0; i < sample->n; i++, tb_step())
		largest = fmax(largest, fmax(fabs(sample->x[i]), fabs(sample->y[i])));
	(void)frexp(largest, &exponent); /* 0 for 0 */
	exponent = exponent > 300 ? exponent - 300 : exponent < -300 ? exponent : 0;
	*tax = tb_alloc(sample->n * sizeof(double));
	for (size_t i = 0; i < sample->n; i++, tb_step()) {
		x[i] = ldexp(sample->x[i], -exponent);
		y[i] = ldexp(sample->y[i], -exponent);
		(*tax)[i] = x[i] - y[i];
	}
	safe.x = x;
	safe.y = y;
	return safe;
}

/* No row overtakes or leaves another it was level with: ranks after are those before, and rounding must not say otherwise */
static bool ranks_kept(const TbSample *sample)
{
	for (size_t i = 1; i < sample->n; i++, tb_step())
		if (sample->y[i] < sample->y[i - 1] || (sample->x[i] == sample->x[i - 1] && sample->y[i] != sample->y[i - 1]))
			return false;
	return true;
}

void tb_progressivity(const TbSample *sample, TbProgressivity *r)
{
	TbDistribution before, after, after_sorted, tax;
	TbSample safe, sorted;
	double *paid, c_after, c_tax;

	safe = taxed(sample, &paid);
	tb_sample_by_second(&safe, &sorted);
	tb_distribution(&safe, safe.x, &before);
	tb_distribution(&safe, safe.y, &after);
	tb_distribution(&safe, paid, &tax);
	/* sorted the other way round, y is what a sample calls x */
	sorted.x = sorted.y;
	tb_distribution(&sorted, sorted.x, &after_sorted);
	r->gini_before = tb_gini(&before);
	r->gini_after = tb_gini(&after_sorted);
	c_after = ranks_kept(&safe) ? r->gini_after : after.mean.hi > 0 ? tb_concentration(&after, safe.x) : NAN;
	c_tax = tb_concentration(&tax, safe.x);
	r->reynolds_smolensky = r->gini_before - r->gini_after;
	r->kakwani = c_tax - r->gini_before;
	r->vertical_equity = r->gini_before - c_after;
	r->reranking = r->gini_after - c_after;
	/* never negative but for rounding */
	r->reranking = r->reranking < 0 ? 0 : r->reranking;
	r->musgrave_thin = r->gini_before < 1 ? (1 - r->gini_after) / (1 - r->gini_before) : NAN;
	r->average_rate = before.mean.hi > 0 ? ldexp(tb_dd_value(tb_dd_div(tax.mean, before.mean)), tax.exponent - before.exponent) : NAN;
	r->suits = tax.mean.hi != 0 && before.exponent == tax.exponent ? suits(&before, &tax, r->average_rate) : NAN;
}
