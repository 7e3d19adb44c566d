/* pool.c -- bounds and feasibility, the amounts at the exact lambda, and their closing; the search for lambda is in pool_lambda.c */
#include "pool.h"

#include "../base/step.h"
#include "largest_remainder.h"
#include "pool_lambda.h"

static TbInt base_of(const TbPool *p, int64_t i)
{
	return p->base ? p->base[i] : 0;
}

/* Bounds to whole units; a row that keeps none is at fault */
static TbStatus round_bounds(TbPool *p, TbPoolSolution *s)
{
	for (int64_t i = 0; i < p->rows; i++) {
		if (p->lower && p->lower[i] != TB_POOL_NONE && !tb_int_mul(-tb_int_floor_div(-p->lower[i], p->unit), p->unit, p->lower + i))
			return TB_OUT_OF_RANGE;
		if (p->upper && p->upper[i] != TB_POOL_NONE && !tb_int_mul(tb_int_floor_div(p->upper[i], p->unit), p->unit, p->upper + i))
			return TB_OUT_OF_RANGE;
		if (p->lower && p->upper && p->lower[i] != TB_POOL_NONE && p->upper[i] != TB_POOL_NONE && p->lower[i] > p->upper[i]) {
			s->row[0] = i;
			return TB_INVALID;
		}
		tb_step();
	}
	return TB_OK;
}

/* What the rows together must and can take */
static TbStatus feasible(const TbPool *p, TbPoolSolution *s)
{
	TbInt least = 0, most = 0, value;
	bool bounded_below = true, bounded_above = true;

	for (int64_t i = 0; i < p->rows; i++) {
		TbInt lower = p->lower ? p->lower[i] : TB_POOL_NONE, upper = p->upper ? p->upper[i] : TB_POOL_NONE;

		if (p->slope[i] == 0) {
			value = base_of(p, i);
			value = lower != TB_POOL_NONE && value < lower ? lower : upper != TB_POOL_NONE && value > upper ? upper : value;
			if (!tb_int_add(least, value, &least) || !tb_int_add(most, value, &most))
				return TB_OUT_OF_RANGE;
			continue;
		}
		bounded_below = bounded_below && lower != TB_POOL_NONE;
		bounded_above = bounded_above && upper != TB_POOL_NONE;
		if ((bounded_below && !tb_int_add(least, lower, &least)) || (bounded_above && !tb_int_add(most, upper, &most)))
			return TB_OUT_OF_RANGE;
		tb_step();
	}
	if (bounded_below && least > p->pool)
		return tb_int_sub(least, p->pool, &s->slack) ? TB_INFEASIBLE : TB_OUT_OF_RANGE;
	if (bounded_above && most < p->pool)
		return tb_int_sub(most, p->pool, &s->slack) ? TB_INFEASIBLE : TB_OUT_OF_RANGE;
	return TB_OK;
}

/* The exact amount of a row in units is (a*a_factor + slope*slope_factor) / denominator, with one denominator for all rows */
typedef struct Quota {
	const TbPool *pool;
	TbInt a_divisor; /* the unit, when all bases are multiples of it; else 1 */
	TbInt a_factor, slope_factor;
	TbInt256 denominator;
	TbInt narrow; /* the denominator, when numerators fit in 127 bits too; else 0 */
} Quota;

static TbInt256 wide_quota(const Quota *q, int64_t i)
{
	return tb_int256_dot(base_of(q->pool, i) / q->a_divisor, q->a_factor, q->pool->slope[i], q->slope_factor);
}

static TbInt narrow_quota(const Quota *q, int64_t i)
{
	TbInt share = q->pool->slope[i] * q->slope_factor;

	return q->pool->base ? q->pool->base[i] / q->a_divisor * q->a_factor + share : share;
}

static TbInt256 remainder_of(const void *context, int64_t i)
{
	const Quota *q = *(const Quota *const *)context;
	TbInt256 rest = {{0}};
	TbInt quotient;

	if (q->narrow) {
		TbInt n = narrow_quota(q, i);

		return tb_int256(n - tb_int_floor_div(n, q->narrow) * q->narrow);
	}
	tb_int256_floor_div(wide_quota(q, i), q->denominator, &quotient, &rest);
	return rest;
}

static bool peers_of(const void *context, int64_t a, int64_t b)
{
	const TbPool *p = (*(const Quota *const *)context)->pool;

	return p->peers(p->context, a, b);
}

/* With lambda = n/d a row has (a + slope*n/d) / unit units, that is (a*d + slope*n) / (d*unit). Where the unit divides every a, it is taken out of a, and
 * what n shares with it out of the slope's side: smaller numbers for the same value. The denominator is one for all rows, so remainders compare as they are.
 * Both products below 2^125 leave their sum in 127 bits: then narrow division is exact. */
static Quota quota(const TbPool *p, TbInt n, TbInt d)
{
	Quota q = {p, p->unit, d, n, {{0}}, 0};
	int a_bits = 0, slope_bits = 0;
	TbInt unit = p->unit, common;

	for (int64_t i = 0; i < p->rows; i++) {
		int bits = tb_int_bits(p->slope[i]);

		slope_bits = bits > slope_bits ? bits : slope_bits;
		if (!p->base)
			continue;
		tb_step();
		bits = tb_int_bits(p->base[i]);
		a_bits = bits > a_bits ? bits : a_bits;
		if (q.a_divisor != 1 && p->base[i] % p->unit != 0)
			q.a_divisor = 1;
	}
	if (q.a_divisor == p->unit) {
		/* lambda per unit in lowest terms */
		common = tb_int_gcd(n, unit);
		q.slope_factor = n / common;
		unit /= common;
	}
	q.denominator = tb_int256_mul(d, unit);
	if (q.a_divisor == p->unit && tb_int_mul(d, unit, &common))
		q.a_factor = common;
	else if (q.a_divisor == p->unit) {
		/* too wide for a factor: back to the plain form */
		q = (Quota){p, 1, d, n, tb_int256_mul(d, p->unit), 0};
		unit = p->unit;
	}
	if (tb_int_mul(d, unit, &common) && a_bits + tb_int_bits(q.a_factor) <= 125 && slope_bits + tb_int_bits(q.slope_factor) <= 125)
		q.narrow = common;
	return q;
}

/* Whole units of each row that moves with lambda or has no slope, and how much is left; the status where a row lies exactly on its bound */
static TbStatus whole_units(const Quota *q, TbPoolSolution *s, double *fraction, TbInt *left)
{
	const TbPool *p = q->pool;
	double scale = q->narrow ? (double)q->narrow : tb_int256_double(q->denominator);
	TbInt sum = 0;

	for (int64_t i = 0; i < p->rows; i++) {
		TbInt units;

		if (s->status[i] == TB_POOL_FREE) {
			double rest;

			if (q->narrow) {
				TbInt n = narrow_quota(q, i), r;

				units = n / q->narrow;
				r = n - units * q->narrow;
				if (r < 0) {
					units--;
					r += q->narrow;
				}
				rest = (double)r;
			} else {
				TbInt256 r;

				if (!tb_int256_floor_div(wide_quota(q, i), q->denominator, &units, &r))
					return TB_OUT_OF_RANGE;
				rest = tb_int256_double(r);
			}
			fraction[i] = rest == 0 ? -1 : rest / scale;
			if (rest == 0 && p->lower && p->lower[i] != TB_POOL_NONE && units == p->lower[i] / p->unit)
				s->status[i] = TB_POOL_FLOOR;
			else if (rest == 0 && p->upper && p->upper[i] != TB_POOL_NONE && units == p->upper[i] / p->unit)
				s->status[i] = TB_POOL_CAP;
		} else {
			units = (s->status[i] == TB_POOL_FLOOR ? p->lower : p->upper)[i] / p->unit;
			fraction[i] = -1;
		}
		s->units[i] = units;
		if (!tb_int_add(sum, units, &sum))
			return TB_OUT_OF_RANGE;
		tb_step();
	}
	return tb_int_sub(p->pool / p->unit, sum, left) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbStatus close_pool(const TbPool *p, TbPoolSolution *s)
{
	Quota q = quota(p, s->numerator, s->denominator ? s->denominator : 1);
	const Quota *context = &q;
	double *fraction = tb_alloc(p->rows * sizeof(double));
	TbInt left;
	TbStatus status = whole_units(&q, s, fraction, &left);

	if (status == TB_OK) {
		TbClosing closing = {p->rows, s->units, 1, fraction, p->slope, p->pool < 0, remainder_of, peers_of, &context, {0, 0}};

		status = left == (int64_t)left ? tb_largest_remainder(&closing, (int64_t)left) : TB_INVALID;
		s->row[0] = closing.tie[0];
		s->row[1] = closing.tie[1];
	}
	tb_free(fraction);
	return status;
}

TbStatus tb_pool_solve(TbPool *p, TbPoolSolution *s)
{
	TbStatus status;

	s->units = tb_alloc(p->rows * sizeof(TbInt));
	s->status = tb_alloc_zero(p->rows, 1);
	s->numerator = s->denominator = s->slack = 0;
	s->row[0] = s->row[1] = 0;
	status = round_bounds(p, s);
	if (status == TB_OK)
		status = feasible(p, s);
	if (status == TB_OK)
		status = tb_pool_lambda(p, s);
	return status == TB_OK ? close_pool(p, s) : status;
}

typedef struct Rounding {
	const TbInt *amount;
	TbInt unit;
	bool mirrored;
	bool (*peers)(const void *, int64_t, int64_t);
	const void *context;
} Rounding;

static TbInt256 rounding_rest(const void *context, int64_t i)
{
	const Rounding *r = context;
	TbInt x = r->mirrored ? -r->amount[i] : r->amount[i];

	return tb_int256(x - tb_int_floor_div(x, r->unit) * r->unit);
}

static bool rounding_peers(const void *context, int64_t a, int64_t b)
{
	const Rounding *r = context;

	return r->peers(r->context, a, b);
}

TbStatus tb_pool_round(int64_t rows, const TbInt *amount, TbInt total, TbInt unit, bool (*peers)(const void *, int64_t, int64_t), const void *context,
					   TbPoolSolution *s)
{
	Rounding r = {amount, unit, total < 0, peers, context};
	double *fraction = tb_alloc(rows * sizeof(double));
	TbInt *weight = tb_alloc(rows * sizeof(TbInt)), sum = 0, left, exact = 0;
	TbClosing closing = {rows, NULL, 1, fraction, weight, false, rounding_rest, rounding_peers, &r, {0, 0}};
	TbStatus status;

	s->units = closing.units = tb_alloc(rows * sizeof(TbInt));
	s->status = NULL;
	for (int64_t i = 0; i < rows; i++) {
		TbInt x = r.mirrored ? -amount[i] : amount[i], rest;

		s->units[i] = tb_int_floor_div(x, unit);
		rest = x - s->units[i] * unit;
		fraction[i] = (double)rest / (double)unit;
		exact += rest == 0;
		weight[i] = (TbInt)tb_int_abs(amount[i]);
		if (!tb_int_add(sum, s->units[i], &sum))
			return TB_OUT_OF_RANGE;
		tb_step();
	}
	if (!tb_int_sub((r.mirrored ? -total : total) / unit, sum, &left))
		return TB_OUT_OF_RANGE;
	if (left > rows || -left > exact) {
		tb_free(fraction);
		tb_free(weight);
		left = left > 0 ? rows - left : -exact - left;
		return tb_int_mul(r.mirrored ? -left : left, unit, &s->slack) ? TB_INFEASIBLE : TB_OUT_OF_RANGE;
	}
	if (left < 0) {
		/* too much already: only rows that lie on a whole unit can give one without moving further than that */
		for (int64_t i = 0; i < rows; i++)
			fraction[i] = fraction[i] == 0 ? 1 : -1;
		closing.step = -1;
	}
	status = tb_largest_remainder(&closing, (int64_t)(left < 0 ? -left : left));
	s->row[0] = closing.tie[0];
	s->row[1] = closing.tie[1];
	for (int64_t i = 0; r.mirrored && i < rows; i++)
		s->units[i] = -s->units[i];
	tb_free(fraction);
	tb_free(weight);
	return status;
}
