/* pool_lambda.c -- the segment of the monotone sum in which it crosses the pool, found by halving
 *
 * An open row still has a breakpoint inside the bracket (below, above). Each round takes the median of a few breakpoints as pivot, evaluates the sum
 * there exactly, and settles every row for which one side of the pivot decides: about 2n row visits in all. Breakpoints are compared as doubles where
 * these are far enough apart, else as exact fractions. The choice of pivots cannot change the result.
 */
#include "pool_lambda.h"

#include <math.h>

#include "../base/step.h"
#include "../base/random.h"

#define SAMPLE 9

typedef struct Breakpoint {
	TbInt n, d; /* d > 0 */
	double about;
} Breakpoint;

typedef struct Open {
	int64_t row;
	double low, high; /* about (lower-base)/slope and (upper-base)/slope; infinite without a bound */
	bool low_inside, high_inside;
	signed char low_side, high_side; /* against the pivot */
} Open;

/* The settled part of the sum is fixed + base + slope*lambda */
typedef struct Sums {
	TbInt fixed, slope;
} Sums;

typedef struct Search {
	const TbPool *pool;
	TbPoolSolution *solution;
	Open *open;
	int64_t n;
	Sums settled;
	bool has_upper;
	Breakpoint upper; /* smallest breakpoint at which the sum reaches the pool */
	uint64_t random;
} Search;

static TbInt base_of(const TbPool *p, int64_t i)
{
	return p->base ? p->base[i] : 0;
}

static Breakpoint breakpoint(const TbPool *p, const Open *o, bool low)
{
	return (Breakpoint){(low ? p->lower : p->upper)[o->row] - base_of(p, o->row), p->slope[o->row], low ? o->low : o->high};
}

/* Three roundings make `about`: relative error below 4e-16 */
static int side(const TbPool *p, const Open *o, bool low, const Breakpoint *pivot)
{
	double x = low ? o->low : o->high, y = pivot->about;
	Breakpoint b;

	if (isinf(x) || fabs(x - y) > 1e-15 * (fabs(x) + fabs(y)))
		return x < y ? -1 : 1;
	if (x == 0 && y == 0)
		return 0;
	b = breakpoint(p, o, low);
	return tb_ratio_compare(b.n, b.d, pivot->n, pivot->d);
}

static TbStatus add_free(const TbPool *p, int64_t row, Sums *sums)
{
	return tb_int_add(sums->fixed, base_of(p, row), &sums->fixed) && tb_int_add(sums->slope, p->slope[row], &sums->slope) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbStatus add_fixed(TbInt amount, Sums *sums)
{
	return tb_int_add(sums->fixed, amount, &sums->fixed) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbStatus settle(Search *s, int64_t row, TbPoolStatus as)
{
	const TbPool *p = s->pool;

	s->solution->status[row] = as;
	return as == TB_POOL_FREE ? add_free(p, row, &s->settled) : add_fixed((as == TB_POOL_FLOOR ? p->lower : p->upper)[row], &s->settled);
}

/* Rows that lambda does not move or that have no bound are settled at once */
static TbStatus begin(Search *s)
{
	const TbPool *p = s->pool;
	TbStatus status = TB_OK;

	for (int64_t i = 0; i < p->rows && status == TB_OK; i++) {
		TbInt lower = p->lower ? p->lower[i] : TB_POOL_NONE, upper = p->upper ? p->upper[i] : TB_POOL_NONE, a = base_of(p, i), distance;
		Open o = {i, -INFINITY, INFINITY, lower != TB_POOL_NONE, upper != TB_POOL_NONE, 0, 0};

		tb_step();
		if (p->slope[i] == 0)
			status = settle(s, i, o.low_inside && a <= lower ? TB_POOL_FLOOR : o.high_inside && a >= upper ? TB_POOL_CAP : TB_POOL_FREE);
		else if (o.low_inside && lower == upper)
			status = settle(s, i, TB_POOL_FLOOR);
		else if (!o.low_inside && !o.high_inside)
			status = settle(s, i, TB_POOL_FREE);
		else {
			double slope = (double)p->slope[i];

			if ((o.low_inside && !tb_int_sub(lower, a, &distance)) || (o.high_inside && !tb_int_sub(upper, a, &distance)))
				return TB_OUT_OF_RANGE;
			if (o.low_inside)
				o.low = (double)(lower - a) / slope;
			if (o.high_inside)
				o.high = (double)(upper - a) / slope;
			s->open[s->n++] = o;
		}
	}
	return status;
}

static Breakpoint pivot(Search *s)
{
	Breakpoint sample[SAMPLE] = {{0, 0, 0}};

	for (int k = 0; k < SAMPLE; k++) {
		const Open *o;
		bool low;
		int j;

		o = s->open + tb_random_below(&s->random, (uint64_t)s->n);
		low = o->low_inside && (!o->high_inside || tb_random_below(&s->random, 2));
		for (j = k; j > 0 && sample[j - 1].about > (low ? o->low : o->high); j--)
			sample[j] = sample[j - 1];
		sample[j] = breakpoint(s->pool, o, low);
	}
	return sample[SAMPLE / 2];
}

/* Does the sum reach the pool at the pivot? Notes on which side of it every open breakpoint lies. */
static TbStatus reaches(Search *s, const Breakpoint *pivot, bool *reached)
{
	const TbPool *p = s->pool;
	Sums sums = s->settled;
	TbStatus status = TB_OK;
	TbInt need;

	for (int64_t k = 0; k < s->n && status == TB_OK; k++) {
		Open *o = s->open + k;

		o->low_side = side(p, o, true, pivot);
		o->high_side = side(p, o, false, pivot);
		status = o->high_side <= 0  ? add_fixed(p->upper[o->row], &sums)
				 : o->low_side >= 0 ? add_fixed(p->lower[o->row], &sums)
									: add_free(p, o->row, &sums);
		tb_step();
	}
	if (status != TB_OK || !tb_int_sub(p->pool, sums.fixed, &need))
		return TB_OUT_OF_RANGE;
	*reached = tb_int256_compare(tb_int256_mul(sums.slope, pivot->n), tb_int256_mul(need, pivot->d)) >= 0;
	return TB_OK;
}

/* The bracket ends at the pivot on one side: rows that this decides leave the open list */
static TbStatus narrow(Search *s, bool reached)
{
	TbStatus status = TB_OK;
	int64_t kept = 0;

	for (int64_t k = 0; k < s->n && status == TB_OK; k++) {
		Open o = s->open[k];

		if (reached ? o.low_side >= 0 : o.high_side <= 0) {
			status = settle(s, o.row, reached ? TB_POOL_FLOOR : TB_POOL_CAP);
			continue;
		}
		if (reached)
			o.high_inside = o.high_inside && o.high_side < 0;
		else
			o.low_inside = o.low_inside && o.low_side > 0;
		if (o.low_inside || o.high_inside)
			s->open[kept++] = o;
		else
			status = settle(s, o.row, TB_POOL_FREE);
	}
	s->n = kept;
	return status;
}

/* Rows with one possible amount: which of their two equal bounds holds them is seen once lambda is known */
static void name_fixed(const TbPool *p, TbPoolSolution *s)
{
	if (!p->lower || !p->upper)
		return;
	for (int64_t i = 0; i < p->rows; i++)
		if (p->lower[i] != TB_POOL_NONE && p->lower[i] == p->upper[i] && p->slope[i] != 0) {
			TbInt256 value = tb_int256_dot(base_of(p, i), s->denominator ? s->denominator : 1, p->slope[i], s->numerator);

			if (tb_int256_compare(value, tb_int256_mul(p->lower[i], s->denominator ? s->denominator : 1)) > 0)
				s->status[i] = TB_POOL_CAP;
		}
}

static void lowest_terms(TbPoolSolution *s, TbInt n, TbInt d)
{
	TbInt common = tb_int_gcd(n, d);

	s->numerator = n / common;
	s->denominator = d / common;
}

TbStatus tb_pool_lambda(const TbPool *p, TbPoolSolution *solution)
{
	Search s = {p, solution, tb_alloc((p->lower || p->upper ? p->rows : 1) * sizeof(Open)), 0, {0, 0}, false, {0, 0, 0}, 42};
	TbStatus status = begin(&s);
	TbInt need;

	/* At the head of each round: the sum at lambda crosses the pool inside the bracket; rows in `settled` keep their form (floor, cap or free) all over the
	 * bracket; every open row has a breakpoint strictly inside it, and the pivot is one of these, so a round takes at least that one away. At the end the sum
	 * is one straight line over the bracket: fixed + slope * lambda. */
	while (status == TB_OK && s.n > 0) {
		Breakpoint middle = pivot(&s);
		bool reached;

		status = reaches(&s, &middle, &reached);
		if (status != TB_OK)
			break;
		if (reached) {
			s.has_upper = true;
			s.upper = middle;
		}
		status = narrow(&s, reached);
	}
	tb_free(s.open);
	if (status != TB_OK || !tb_int_sub(p->pool, s.settled.fixed, &need))
		return TB_OUT_OF_RANGE;
	solution->numerator = solution->denominator = 0;
	if (s.settled.slope > 0)
		lowest_terms(solution, need, s.settled.slope);
	else if (s.has_upper)
		lowest_terms(solution, s.upper.n, s.upper.d);
	name_fixed(p, solution);
	return TB_OK;
}
