/* largest_remainder.c -- a histogram of the approximate remainders finds the boundary, and only the rows near it are sorted exactly */
#include "largest_remainder.h"

#include "host.h"

typedef struct Contender {
	TbWide remainder;
	TbInt weight;
	int64_t row;
} Contender;

/* Who is served first */
static bool before(const TbClosing *c, const Contender *a, const Contender *b)
{
	int order = tb_wide_compare(a->remainder, b->remainder);

	if (order != 0)
		return order > 0;
	if (a->weight != b->weight)
		return (a->weight > b->weight) != c->mirrored;
	return (a->row < b->row) != c->mirrored;
}

static void sort(const TbClosing *c, Contender *x, int64_t n)
{
	Contender *from = x, *to = tb_alloc(n * sizeof(Contender)), *spare = to;
	int64_t steps = 0;

	for (int64_t width = 1; width < n; width *= 2) {
		for (int64_t left = 0; left < n; left += 2 * width) {
			int64_t middle = left + width < n ? left + width : n, right = middle + width < n ? middle + width : n;

			for (int64_t i = left, j = middle, k = left; k < right; k++) {
				bool take_left = i < middle && (j >= right || !before(c, from + j, from + i));

				to[k] = take_left ? from[i++] : from[j++];
				if (++steps % 16384 == 0)
					tb_tick();
			}
		}
		Contender *swap = from;

		from = to;
		to = swap;
	}
	if (from != x)
		for (int64_t i = 0; i < n; i++)
			x[i] = from[i];
	tb_free(spare);
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
		if (i % 65536 == 0)
			tb_tick();
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

	for (int64_t i = 0; i < c->rows; i++)
		if (bucket(c, i, buckets) == b)
			x[k++] = (Contender){c->remainder(c->context, i), c->weight[i], i};
	sort(c, x, n);
	if (count > 0 && count < n) {
		const Contender *last = x + count - 1, *next = x + count;

		if (tb_wide_compare(last->remainder, next->remainder) == 0 && last->weight == next->weight && c->peers(c->context, last->row, next->row)) {
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
