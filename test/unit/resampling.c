#include "../../src/core/inequality/resampling.h"

#include "samples.h"

/* The definition: leave out each row in turn */
static double by_hand(size_t n, const double *x, const double *w)
{
	double g[16], mean = 0, squares = 0;

	for (size_t out = 0; out < n; out++) {
		double left[16], weights[16];
		TbSample sample;
		TbDistribution d;
		size_t m = 0;

		for (size_t i = 0; i < n; i++)
			if (i != out) {
				left[m] = x[i];
				weights[m++] = w ? w[i] : 1;
			}
		sample = values_of(m, left, w ? weights : NULL);
		tb_distribution(&sample, sample.x, &d);
		g[out] = tb_gini(&d);
		mean += g[out] / n;
	}
	for (size_t i = 0; i < n; i++)
		squares += (g[i] - mean) * (g[i] - mean);
	return sqrt((n - 1.) / n * squares);
}

static double fast(size_t n, const double *x, const double *w)
{
	TbSample sample = values_of(n, x, w);
	TbDistribution d;

	tb_distribution(&sample, sample.x, &d);
	return tb_gini_standard_error(&d);
}

static double mean_of(const TbDistribution *d)
{
	return ldexp(tb_dd_value(d->mean), d->exponent);
}

/* Fifteen rows in five entries, i of them i + 1 times: mean 40/15, variance 130/15 less its square, a fifteenth of that for means */
static void counted(void)
{
	double x[5] = {0, 1, 2, 3, 4}, *means, sum = 0, deviation = sqrt((130. / 15 - 64. / 9) / 15);
	uint64_t count[5] = {1, 2, 3, 4, 5};
	TbSample sample = {.n = 5, .rows = 15, .x = x, .count = count};

	means = tb_bootstrap(&sample, mean_of, 4000, 3);
	for (int i = 0; i < 4000; i++)
		sum += means[i];
	CHECK(fabs(sum / 4000 - 8. / 3) < 5 * deviation / sqrt(4000), "means of counted rows lie about theirs, within five deviations");
	CHECK(fabs(tb_spread(means, 4000) / deviation - 1) < 5 / sqrt(8000), "as wide as theory says");
}

int main(void)
{
	const double w[10] = {3, 1, 2, 4, 1, 2, 3, 1, 2, 1}, tied[6] = {1, 1, 1, 2, 2, 9}, equal[3] = {4, 4, 4}, two[2] = {1, 3}, last[2] = {0, 3};
	TbSample sample = values_of(10, incomes, NULL), again;
	double *a, *b;

	NEAR(fast(10, incomes, NULL), by_hand(10, incomes, NULL), 1e-12, "jackknife in one sweep");
	NEAR(fast(10, incomes, w), by_hand(10, incomes, w), 1e-12, "with weights");
	NEAR(fast(6, tied, NULL), by_hand(6, tied, NULL), 1e-12, "with rows that coalesce");
	CHECK(fast(3, equal, NULL) == 0, "equal values: no error");
	CHECK(isnan(fast(1, two, NULL)), "one row: undefined");
	NEAR(fast(2, two, NULL) + 1, 1, 1e-15, "two rows leave one, of which the Gini is 0");
	CHECK(isnan(fast(2, last, NULL)), "undefined where leaving out the last positive row leaves nothing");

	a = tb_bootstrap(&sample, tb_gini, 400, 7);
	b = tb_bootstrap(&sample, tb_gini, 400, 7);
	CHECK(memcmp(a, b, 400 * sizeof(double)) == 0, "the same seed draws the same");
	NEAR(tb_spread(a, 400), 0.09, 0.15, "about the jackknife's size, smaller as bootstraps of ten rows are");
	b = tb_bootstrap(&sample, tb_gini, 400, 8);
	CHECK(memcmp(a, b, 400 * sizeof(double)) != 0, "another seed draws something else");
	again = values_of(6, tied, NULL);
	a = tb_bootstrap(&again, tb_gini, 2000, 1);
	CHECK(tb_spread(a, 2000) > 0.05 && tb_spread(a, 2000) < 0.3, "coalesced rows are drawn as often as they occur");
	counted();
	return unit_done();
}
