/* merge_sort.c -- bottom-up merge sort */
#include "merge_sort.h"

#include <string.h>

#include "step.h"

static void merge_doubles(const double *from, double *to, size_t low, size_t middle, size_t high)
{
	size_t a = low, b = middle;

	for (size_t i = low; i < high; i++, tb_step())
		to[i] = a < middle && (b == high || !(from[b] < from[a])) ? from[a++] : from[b++];
}

void tb_sort_doubles(double *x, size_t n)
{
	double *other = tb_alloc(n * sizeof(double)), *from = x, *to = other, *swap;

	for (size_t run = 1; run < n; run *= 2) {
		for (size_t low = 0; low < n; low += 2 * run) {
			size_t middle = low + run < n ? low + run : n, high = middle + run < n ? middle + run : n;

			merge_doubles(from, to, low, middle, high);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != x)
		memcpy(x, from, n * sizeof(double));
	tb_free(other);
}

static void merge_pointers(const void **from, const void **to, size_t low, size_t middle, size_t high, int (*compare)(const void *, const void *))
{
	size_t a = low, b = middle;

	for (size_t i = low; i < high; i++) {
		to[i] = a < middle && (b == high || compare(from[b], from[a]) >= 0) ? from[a++] : from[b++];
		tb_step();
	}
}

void tb_sort_pointers(const void **p, size_t n, int (*compare)(const void *a, const void *b))
{
	const void **other = tb_alloc(n * sizeof(void *)), **from = p, **to = other, **swap;

	for (size_t run = 1; run < n; run *= 2) {
		for (size_t low = 0; low < n; low += 2 * run) {
			size_t middle = low + run < n ? low + run : n, high = middle + run < n ? middle + run : n;

			merge_pointers(from, to, low, middle, high, compare);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != p)
		memcpy(p, from, n * sizeof(void *));
	tb_free(other);
}

size_t tb_distinct_doubles(double *x, size_t n)
{
	size_t kept = 0;

	tb_sort_doubles(x, n);
	for (size_t i = 0; i < n; i++, tb_step())
		if (kept == 0 || x[kept - 1] != x[i])
			x[kept++] = x[i];
	return kept;
}

size_t tb_place_of(const double *sorted, size_t n, double x)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sorted[middle] < x)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
