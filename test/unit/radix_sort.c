#include "../../src/core/base/radix_sort.h"

#include <stdlib.h>

#include "unit.h"

static uint64_t state = 42;

static uint64_t next(void)
{
	state += UINT64_C(0x9E3779B97F4A7C15);
	uint64_t z = (state ^ state >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static bool ordered(const uint64_t *a, size_t n, int stride, int columns)
{
	for (size_t i = 1; i < n; i++)
		for (int j = 0; j < columns; j++) {
			if (a[(i - 1) * stride + j] < a[i * stride + j])
				break;
			if (a[(i - 1) * stride + j] > a[i * stride + j])
				return false;
		}
	return true;
}

/* The rows hold together if a word that mixes them all is where it was */
static uint64_t mixed(const uint64_t *a, size_t n, int stride)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t h = 7;

		for (int j = 0; j < stride; j++)
			h = (h ^ a[i * stride + j]) * UINT64_C(0x9E3779B97F4A7C15);
		sum += h ^ h >> 32;
	}
	return sum;
}

static void run(size_t n, int stride, int columns, uint64_t mask, const char *what)
{
	uint64_t *a = malloc((n * stride + 1) * 8), *t = malloc((n * stride + 1) * 8), sum;

	for (size_t i = 0; i < n * stride; i++)
		a[i] = next() & mask;
	sum = mixed(a, n, stride);
	tb_sort_rows(a, t, n, stride, columns);
	CHECK(ordered(a, n, stride, columns) && mixed(a, n, stride) == sum, what);
	free(a);
	free(t);
}

int main(void)
{
	const size_t sizes[] = {0, 1, 2, 39, 40, 41, 1000, 40000, 200000};
	uint64_t *a, *t;

	CHECK(tb_sort_key(-2) < tb_sort_key(-1) && tb_sort_key(-1) < tb_sort_key(-5e-324) && tb_sort_key(-5e-324) < tb_sort_key(0) &&
			  tb_sort_key(0) < tb_sort_key(5e-324) && tb_sort_key(1) < tb_sort_key(1e308),
		  "keys keep the order of numbers");
	CHECK(tb_sort_value(tb_sort_key(-1.25e-300)) == -1.25e-300 && tb_sort_value(tb_sort_key(0)) == 0 && tb_sort_value(tb_sort_key(3e200)) == 3e200,
		  "keys turn back into numbers");
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (int stride = 1; stride <= TB_SORT_STRIDE; stride++) {
			run(sizes[s], stride, stride, UINT64_MAX, "random rows");
			run(sizes[s], stride, stride, 3, "few values, ties decided by later columns");
			run(sizes[s], stride, 1, UINT64_C(0xFFFF000000000FFF), "payload stays with its key");
		}

	for (size_t n = 0; n <= 42; n++) {
		run(n, 1, 1, UINT64_MAX, "few keys");
		run(n, 1, 1, 7, "few keys, most of them twice");
	}

	/* one far value takes all leading digits: what is left must not be left to insertion */
	a = malloc(100000 * 8);
	t = malloc(100000 * 8);
	for (int i = 0; i < 100000; i++)
		a[i] = next() & 0xFFFFFFFF;
	a[7] = UINT64_MAX - 1;
	tb_sort_rows(a, t, 100000, 1, 1);
	CHECK(ordered(a, 100000, 1, 1), "near values beside one far away");
	for (int i = 0; i < 100000; i++)
		a[i] = 100000 - i;
	tb_sort_rows(a, t, 100000, 1, 1);
	CHECK(ordered(a, 100000, 1, 1) && a[0] == 1, "descending");
	CHECK(unit_ticks > 10, "long sorts can be interrupted");
	free(a);
	free(t);
	return unit_done();
}
