/* resampling.c -- jackknife and bootstrap */
#include "resampling.h"

#include "../base/step.h"

/* Relative change of the Gini without one row of entry i: its three factors as logarithms, so that nothing is lost however many rows there are.
 * apart: sum over all of mass * |x - x_i|; pairs: the sum of that */
static double change(const TbDistribution *d, size_t i, double apart, double pairs)
{
	double w = d->w ? d->w[i] : 1, rest = d->weight - w;

	return expm1(log1p(fmax(-1, -2 * w * apart / pairs)) - 2 * log1p(-w / d->weight) - log1p(-w * tb_deviation(d, i) / rest / d->mean.hi));
}

double tb_gini_standard_error(const TbDistribution *d)
{
	TbSum below = {0, 0}, below_x = {0, 0}, pairs = {0, 0}, total = {0, 0}, mean = {0, 0}, squares = {0, 0};
	double *apart, gini = tb_gini(d), n = (double)d->rows, centre;

	if (d->rows < 2 || isnan(gini))
		return NAN;
	if (d->minimum == d->maximum)
		return 0;
	for (size_t i = 0; i < d->n; i++, tb_step())
		tb_sum_add(&total, tb_mass(d, i) * tb_deviation(d, i));
	apart = tb_alloc(d->n * sizeof(double));
	for (size_t i = 0; i < d->n; i++) {
		double mass = tb_mass(d, i), e = tb_deviation(d, i);

		apart[i] = e * (2 * (below.hi - d->weight / 2 + below.lo) + mass) + (tb_sum_value(total) - 2 * tb_sum_value(below_x) - mass * e);
		tb_sum_add(&pairs, mass * apart[i]);
		tb_sum_add(&below, mass);
		tb_sum_add(&below_x, mass * e);
		tb_step();
	}
	for (size_t i = 0; i < d->n; i++) {
		apart[i] = change(d, i, apart[i], tb_sum_value(pairs));
		tb_sum_add(&mean, apart[i] * (d->count ? (double)d->count[i] : 1));
		tb_step();
	}
	centre = tb_sum_value(mean) / n;
	for (size_t i = 0; i < d->n; i++, tb_step())
		tb_sum_add(&squares, (apart[i] - centre) * (apart[i] - centre) * (d->count ? (double)d->count[i] : 1));
	tb_free(apart);
	return gini * sqrt((n - 1) / n * tb_sum_value(squares));
}

typedef struct Replicate {
	const TbSample *sample;
	TbIndex index;
	double *x, *w;
	uint64_t *count;
} Replicate;

static double index_of(const uint64_t *drawn, void *context)
{
	Replicate *r = context;
	TbSample replicate = *r->sample;
	TbDistribution d;
	size_t m = 0;
	double value;

	for (size_t i = 0; i < r->sample->n; i++, tb_step())
		if (drawn[i] > 0) {
			r->x[m] = r->sample->x[i];
			r->w[m] = r->sample->w ? r->sample->w[i] : 1;
			r->count[m++] = drawn[i];
		}
	replicate.n = m;
	replicate.x = r->x;
	replicate.w = r->sample->w ? r->w : NULL;
	replicate.count = r->count;
	tb_distribution(&replicate, r->x, &d);
	value = r->index(&d);
	if (d.x != r->x)
		tb_free((void *)d.x);
	if (d.w && d.w != r->w)
		tb_free((void *)d.w);
	return value;
}

double *tb_bootstrap(const TbSample *sample, TbIndex index, int replications, uint64_t seed)
{
	size_t n = sample->n;
	Replicate r = {sample, index, tb_alloc(n * sizeof(double)), tb_alloc(n * sizeof(double)), tb_alloc(n * sizeof(uint64_t))};

	return tb_resample(sample->count, n, sample->rows, index_of, &r, replications, seed);
}
