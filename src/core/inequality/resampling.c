/* resampling.c -- jackknife and bootstrap */
#include "resampling.h"

#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/random.h"

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

/* The entry that holds row k: last[i] is the number of rows up to and with entry i */
static size_t entry_of(const uint64_t *last, size_t n, uint64_t k)
{
	size_t low = 0, high = n - 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (last[middle] > k)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void draw(const TbSample *sample, const uint64_t *last, uint64_t *drawn, uint64_t *state)
{
	for (size_t i = 0; i < sample->n; i++, tb_step())
		drawn[i] = 0;
	for (uint64_t k = 0; k < sample->rows; k++) {
		uint64_t row = tb_random_below(state, sample->rows);

		drawn[last ? entry_of(last, sample->n, row) : row]++;
		tb_step();
	}
}

double *tb_bootstrap(const TbSample *sample, TbIndex index, int replications, uint64_t seed)
{
	size_t n = sample->n;
	uint64_t *last = NULL, *drawn = tb_alloc(n * sizeof(uint64_t)), rows = 0;
	double *result = tb_alloc(replications * sizeof(double)), *x = tb_alloc(n * sizeof(double)), *w = tb_alloc(n * sizeof(double));

	if (sample->count) {
		last = tb_alloc(n * sizeof(uint64_t));
		for (size_t i = 0; i < n; i++, tb_step())
			last[i] = rows += sample->count[i];
	}
	tb_progress("bootstrap, replications", 0, replications);
	for (int r = 0; r < replications; tb_progress("bootstrap, replications", ++r, replications)) {
		uint64_t state = seed + (uint64_t)r * UINT64_C(0xD1342543DE82EF95);
		TbSample replicate = *sample;
		TbDistribution d;
		size_t m = 0;

		state = tb_random_bits(&state);
		draw(sample, last, drawn, &state);
		for (size_t i = 0; i < n; i++, tb_step())
			if (drawn[i] > 0) {
				x[m] = sample->x[i];
				w[m] = sample->w ? sample->w[i] : 1;
				drawn[m++] = drawn[i];
			}
		replicate.n = m;
		replicate.x = x;
		replicate.w = sample->w ? w : NULL;
		replicate.count = drawn;
		tb_distribution(&replicate, x, &d);
		result[r] = index(&d);
		if (d.x != x)
			tb_free((void *)d.x);
		if (d.w && d.w != w)
			tb_free((void *)d.w);
	}
	return result;
}

double tb_spread(const double *x, int n)
{
	TbSum sum = {0, 0}, squares = {0, 0};
	double mean;

	if (n < 2)
		return NAN;
	for (int i = 0; i < n; i++, tb_step())
		tb_sum_add(&sum, x[i]);
	mean = tb_sum_value(sum) / n;
	for (int i = 0; i < n; i++, tb_step())
		tb_sum_add(&squares, (x[i] - mean) * (x[i] - mean));
	return sqrt(tb_sum_value(squares) / (n - 1));
}

double tb_replicate_quantile(double *x, int n, double p)
{
	double at = p * (n - 1);
	int i = (int)at;

	for (int k = 0; k < n; k++, tb_step())
		if (isnan(x[k]))
			return NAN;
	tb_sort_doubles(x, n);
	return i + 1 < n ? x[i] + (at - i) * (x[i + 1] - x[i]) : x[n - 1];
}
