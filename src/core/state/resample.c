/* resample.c -- draws with replacement */
#include "resample.h"

#include <math.h>

#include "../base/merge_sort.h"
#include "../base/random.h"
#include "../base/step.h"
#include "../base/sum.h"

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

static void draw(const uint64_t *last, size_t n, uint64_t rows, uint64_t *drawn, uint64_t *state)
{
	for (size_t i = 0; i < n; i++, tb_step())
		drawn[i] = 0;
	for (uint64_t k = 0; k < rows; k++) {
		uint64_t row = tb_random_below(state, rows);

		drawn[last ? entry_of(last, n, row) : row]++;
		tb_step();
	}
}

double *tb_resample(const uint64_t *count, size_t n, uint64_t rows, TbStatistic statistic, void *context, int replications, uint64_t seed)
{
	uint64_t *last = NULL, *drawn = tb_alloc(n * sizeof(uint64_t)), before = 0;
	double *result = tb_alloc(replications * sizeof(double));

	if (count) {
		last = tb_alloc(n * sizeof(uint64_t));
		for (size_t i = 0; i < n; i++, tb_step())
			last[i] = before += count[i];
	}
	tb_progress("bootstrap, replications", 0, replications);
	for (int r = 0; r < replications; tb_progress("bootstrap, replications", ++r, replications)) {
		uint64_t state = seed + (uint64_t)r * UINT64_C(0xD1342543DE82EF95);

		state = tb_random_bits(&state);
		draw(last, n, rows, drawn, &state);
		result[r] = statistic(drawn, context);
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
