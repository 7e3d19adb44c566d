/* largest_remainder.c -- a histogram of the approximate remainders finds the boundary, and only the rows near it are compared exactly */
#include "largest_remainder.h"

#include "../base/step.h"
#include "../base/random.h"

typedef struct Contender {
	TbInt256 remainder;
	TbInt weight;
	int64_t row;
} Contender;

/* Who is served first */
static bool before(const TbClosing *c, const Contender *a, const Contender *b)
{
	int order = tb_int256_compare(a->remainder, b->remainder);

	if (order != 0)
		return order > 0;
	if (a->weight != b->weight)
		return (a->weight > b->weight) != c->mirrored;
	return a->row != b->row && (a->row < b->row) != c->mirrored;
}

static void swap(Contender *a, Contender *b)
{
	Contender c = *a;

	*a = *b;
	*b = c;
}

/* Median of three rows, so that rows in order split in the middle */
static Contender pivot(const TbClosing *c, const Contender *x, int64_t low, int64_t high, uint64_t *random)
{
	Contender three[3];

	for (int k = 0; k < 3; k++)
		three[k] = x[low + (int64_t)tb_random_below(random, (uint64_t)(high - low + 1))];
	if (before(c, three + 1, three))
		swap(three, three + 1);
	if (before(c, three + 2, three + 1))
		swap(three + 1, three + 2);
	return before(c, three + 1, three) ? three[0] : three[1];
}

/* Brings the `count` that are served first to the front, in any order (Hoare's selection): O(n). No two are equal, rows being different. */
static void select_first(const TbClosing *c, Contender *x, int64_t n, int64_t count)
{
	int64_t low = 0, high = n - 1;
	uint64_t random = 1;

	while (low < high) {
		Contender middle = pivot(c, x, low, high, &random);
		int64_t i = low, j = high;

		while (i <= j) {
			for (; before(c, x + i, &middle); i++)
				tb_step();
			for (; before(c, &middle, x + j); j--)
				tb_step();
			if (i <= j)
				swap(x + i++, x + j--);
			tb_step();
		}
		if (count <= j)
			high = j;
		else if (count >= i)
			low = i;
		else
			return;
	}
}

static int64_t bucket(const TbClosing *c, int64_t row, int64_t buckets)
{
	double f = c->fraction[row];

	return f < 0 ? -1 : f >= 1 ? buckets - 1 : (int64_t)(f * buckets);
}

/* The bucket in which the choice ends; *above: how many rows stand in higher ones, *in: how many in it */
static int64_t boundary(const TbClosing *c, int64_t buckets, int64_t count, int64_t *above, int64_t *in)
{
	uint64_t *histogram = tb_alloc_zero(buckets, sizeof(uint64_t));
	int64_t b = buckets - 1;

	for (int64_t i = 0; i < c->rows; i++) {
		int64_t k = bucket(c, i, buckets);

		if (k >= 0)
			histogram[k]++;
		tb_step();
	}
	*above = 0;
	while (b > 0 && *above + (int64_t)histogram[b] < count)
		*above += histogram[b--];
	*in = histogram[b];
	tb_free(histogram);
	return b;
}

/* Serves `count` of the `n` rows in one bucket */
static TbStatus serve(TbClosing *c, int64_t b, int64_t buckets, int64_t n, int64_t count)
{
	Contender *x = tb_alloc(n * sizeof(Contender));
	TbStatus status = TB_OK;
	int64_t k = 0;

	for (int64_t i = 0; i < c->rows; i++) {
		if (bucket(c, i, buckets) == b)
			x[k++] = (Contender){c->remainder(c->context, i), c->weight[i], i};
		tb_step();
	}
	select_first(c, x, n, count);
	if (count > 0 && count < n) {
		const Contender *last = x, *next = x + count;

		for (int64_t i = 1; i < count; i++)
			last = before(c, last, x + i) ? x + i : last;
		for (int64_t i = count + 1; i < n; i++)
			next = before(c, x + i, next) ? x + i : next;
		if (tb_int256_compare(last->remainder, next->remainder) == 0 && last->weight == next->weight && c->peers(c->context, last->row, next->row)) {
			c->tie[0] = last->row;
			c->tie[1] = next->row;
			status = TB_TIE;
		}
	}
	for (int64_t i = 0; i < count; i++)
		c->units[x[i].row] += c->step;
	tb_free(x);
	return status;
}

TbStatus tb_largest_remainder(TbClosing *c, int64_t count)
{
	int64_t buckets = 16, above, in, b;

	if (count <= 0)
		return count < 0 ? TB_INVALID : TB_OK;
	while (buckets < c->rows / 4 && buckets < 65536)
		buckets *= 2;
	b = boundary(c, buckets, count, &above, &in);
	if (above + in < count)
		return TB_INVALID;
	for (int64_t i = 0; i < c->rows; i++)
		if (bucket(c, i, buckets) > b || (in + above == count && bucket(c, i, buckets) == b))
			c->units[i] += c->step;
	return in + above == count ? TB_OK : serve(c, b, buckets, in, count - above);
}
