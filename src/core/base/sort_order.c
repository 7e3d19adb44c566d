/* sort_order.c -- bottom-up merge sort of positions: stable, no recursion, a tick every few thousand comparisons */
#include "sort_order.h"

#include "step.h"

size_t *tb_sort_order_by(size_t n, bool (*before)(const void *context, size_t a, size_t b), const void *context)
{
	size_t *from = tb_alloc(n * sizeof(size_t)), *to = tb_alloc(n * sizeof(size_t));

	TB_ROWS (i, 0, n)
		from[i] = i;
	for (size_t width = 1; width < n; width *= 2) {
		size_t *swap;

		for (size_t low = 0; low < n; low += 2 * width) {
			size_t middle = low + width < n ? low + width : n, high = middle + width < n ? middle + width : n;
			size_t a = low, b = middle;

			TB_ROWS (k, low, high) {
				if (a < middle && (b >= high || !before(context, from[b], from[a])))
					to[k] = from[a++];
				else
					to[k] = from[b++];
			}
		}
		swap = from;
		from = to;
		to = swap;
	}
	tb_free(to);
	return from;
}

static bool smaller(const void *value, size_t a, size_t b)
{
	return ((const double *)value)[a] < ((const double *)value)[b];
}

size_t *tb_sort_order(const double *value, size_t n)
{
	return tb_sort_order_by(n, smaller, value);
}
