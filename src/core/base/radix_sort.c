/* radix_sort.c -- radix sort of short rows */
#include "radix_sort.h"

#include <stdbool.h>

#include "step.h"

#define DIGIT_BITS 11
#define BUCKETS (1 << DIGIT_BITS)
#define SMALL 40
#define HANDFUL 5
#define INLINE static inline __attribute__((always_inline))

/* Ties of one column by the next ones: the general stride is fast enough there */
static void sort_tied(uint64_t *a, uint64_t *t, size_t n, int stride, int column, int columns);

INLINE void copy_row(uint64_t *to, const uint64_t *from, const int stride)
{
	for (int j = 0; j < stride; j++)
		to[j] = from[j];
}

/* Lexicographic on columns first .. last - 1 */
INLINE bool before(const uint64_t *a, const uint64_t *b, int first, int last)
{
	for (int j = first; j < last; j++)
		if (a[j] != b[j])
			return a[j] < b[j];
	return false;
}

/* Gives up, with all rows there, when it has moved more of them than the budget allows */
INLINE bool insertion(uint64_t *a, size_t n, const int stride, int first, int last, size_t budget)
{
	uint64_t row[TB_SORT_STRIDE];

	TB_ROWS (i, 1, n) {
		size_t at = i;

		if (!before(a + i * stride, a + (i - 1) * stride, first, last))
			continue;
		copy_row(row, a + i * stride, stride);
		do {
			copy_row(a + at * stride, a + (at - 1) * stride, stride);
			at--;
		} while (at > 0 && i - at < budget && before(row, a + (at - 1) * stride, first, last));
		copy_row(a + at * stride, row, stride);
		if (i - at >= budget)
			return false;
		budget -= i - at;
	}
	return true;
}

/* A handful of keys, each to where it belongs: as many as go before it */
INLINE void place(uint64_t *to, const uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		for (size_t j = 0; j < i; j++)
			at += from[j] <= from[i];
		for (size_t j = i + 1; j < n; j++)
			at += from[j] < from[i];
		to[at] = from[i];
	}
}

INLINE void merge(uint64_t *to, const uint64_t *a, const uint64_t *a_end, const uint64_t *b_end)
{
	const uint64_t *b = a_end;

	while (a < a_end && b < b_end) {
		size_t second = *b < *a;

		*to++ = *(second ? b : a);
		b += second;
		a += 1 - second;
	}
	while (a < a_end)
		*to++ = *a++;
	while (b < b_end)
		*to++ = *b++;
}

/* Up to SMALL keys without a branch that asks how two of them compare, which no processor can foresee */
static void sort_keys(uint64_t *a, uint64_t *t, size_t n)
{
	uint64_t *from = t, *to = a;
	size_t sorted = 1;

	tb_steps(n);
	while (sorted < n && a[sorted - 1] <= a[sorted])
		sorted++;
	if (sorted >= n)
		return;
	for (size_t i = 0; i < n; i += HANDFUL)
		place(t + i, a + i, n - i < HANDFUL ? n - i : HANDFUL);
	for (size_t run = HANDFUL; run < n; run *= 2) {
		uint64_t *swap = from;

		for (size_t i = 0; i < n; i += 2 * run) {
			size_t middle = n - i < run ? n : i + run, end = n - i < 2 * run ? n : i + 2 * run;

			merge(to + i, from + i, from + middle, from + end);
		}
		from = to;
		to = swap;
	}
	if (from != a)
		memcpy(a, from, n * sizeof(uint64_t));
}

/* One stable counting pass over a digit of a column */
INLINE void scatter(uint64_t *to, const uint64_t *from, size_t n, const int stride, int column, uint64_t low, int shift)
{
	size_t start[BUCKETS] = {0};
	size_t sum = 0;

	TB_ROWS (i, 0, n)
		start[((from[i * stride + column] - low) >> shift) & (BUCKETS - 1)]++;
	for (int b = 0; b < BUCKETS; b++) {
		size_t size = start[b];

		start[b] = sum;
		sum += size;
	}
	TB_ROWS (i, 0, n) {
		size_t at = start[((from[i * stride + column] - low) >> shift) & (BUCKETS - 1)]++;

		copy_row(to + at * stride, from + i * stride, stride);
	}
}

/* All digits from bit `shift` up to `width`; the result is in a */
INLINE void radix(uint64_t *a, uint64_t *t, size_t n, const int stride, int column, uint64_t low, int shift, int width)
{
	uint64_t *from = a, *to = t;

	for (; shift < width; shift += DIGIT_BITS) {
		uint64_t *swap = from;

		scatter(to, from, n, stride, column, low, shift);
		from = to;
		to = swap;
	}
	if (from != a)
		memcpy(a, from, n * stride * sizeof(uint64_t));
}

INLINE void sort_column(uint64_t *a, uint64_t *t, size_t n, const int stride, int column)
{
	uint64_t low = UINT64_MAX, high = 0, last = 0;
	bool sorted = true;
	int width, top;

	TB_ROWS (i, 0, n) {
		uint64_t key = a[i * stride + column];

		sorted &= key >= last;
		last = key;
		low = key < low ? key : low;
		high = key > high ? key : high;
	}
	if (sorted)
		return;
	width = 64 - __builtin_clzll(high - low);
	top = n > 1 << 17 ? 3 * DIGIT_BITS : 2 * DIGIT_BITS;
	if (width > top + DIGIT_BITS) {
		radix(a, t, n, stride, column, low, width - top, width);
		if (insertion(a, n, stride, column, column + 1, 2 * n))
			return;
	}
	radix(a, t, n, stride, column, low, 0, width);
}

INLINE void sort_from(uint64_t *a, uint64_t *t, size_t n, const int stride, int column, int columns)
{
	size_t end;

	if (n <= SMALL) {
		if (stride == 1)
			sort_keys(a, t, n);
		else
			(void)insertion(a, n, stride, column, columns, SIZE_MAX);
		return;
	}
	sort_column(a, t, n, stride, column);
	if (column + 1 >= columns)
		return;
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && a[end * stride + column] == a[i * stride + column]; end++, tb_step())
			;
		if (end - i > 1)
			sort_tied(a + i * stride, t, end - i, stride, column + 1, columns);
	}
}

static void sort_tied(uint64_t *a, uint64_t *t, size_t n, int stride, int column, int columns)
{
	sort_from(a, t, n, stride, column, columns);
}

void tb_sort_rows(uint64_t *rows, uint64_t *scratch, size_t n, int stride, int columns)
{
	switch (stride) {
	case 1:
		sort_from(rows, scratch, n, 1, 0, columns);
		break;
	case 2:
		sort_from(rows, scratch, n, 2, 0, columns);
		break;
	case 3:
		sort_from(rows, scratch, n, 3, 0, columns);
		break;
	default:
		sort_from(rows, scratch, n, stride, 0, columns);
	}
}
