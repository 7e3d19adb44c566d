/* pool.h -- the one allocation kernel: sum clip(base_i + slope_i*lambda, lower_i, upper_i) = pool, closed exactly in units
 *
 * Proportional shares, caps with redistribution, levelling up, equal cuts, closing items and damping are choices of base, slope and bounds; in the
 * claims literature CEA, CEL and PRO. The sum is monotone and piecewise linear in lambda: a search over breakpoints (lower-base)/slope and
 * (upper-base)/slope that halves the open rows each round finds the segment in O(n), with exact fractions compared in 256 bits, and lambda is a
 * fraction of two integers. Then each row takes the whole units below its exact amount, and the rest goes by largest remainder (Hamilton; Balinski and
 * Young 1982). Bounds are rounded inwards to units first, so they still hold after the closing.
 *
 * Where the sum is flat at the pool, lambda is the smallest that closes it (the largest, when there is no smallest); the amounts do not depend on it.
 */
#ifndef TB_POOL_H
#define TB_POOL_H

#include "../base/status.h"
#include "../base/int256.h"

#define TB_POOL_NONE TB_INT_MIN /* no bound */

typedef enum TbPoolStatus { TB_POOL_FREE, TB_POOL_FLOOR, TB_POOL_CAP } TbPoolStatus;

typedef struct TbPool {
	int64_t rows;
	/* One scale for all money: base, lower, upper, pool, unit. NULL: all 0 (base), no bound at all (lower, upper). */
	const TbInt *base;
	const TbInt *slope;   /* 0 or more, at a scale of its own */
	TbInt *lower, *upper; /* rounded inwards in place */
	TbInt pool, unit;     /* unit > 0; the pool is a multiple of it */
	bool (*peers)(const void *context, int64_t a, int64_t b);
	const void *context;
} TbPool;

typedef struct TbPoolSolution {
	TbInt *units;          /* amounts as multiples of the unit */
	unsigned char *status; /* TbPoolStatus of each row: on its lower bound, on its upper bound, or between */
	/* lambda at the scales given, lowest terms; denominator 0: no row moves with lambda */
	TbInt numerator, denominator;
	TbInt slack;    /* TB_INFEASIBLE: positive, what the floors are above the pool; negative, what the caps fall short of it; money */
	int64_t row[2]; /* TB_INVALID: row without a whole unit between its bounds; TB_TIE: the two rows */
} TbPoolSolution;

/* TB_OK, TB_INFEASIBLE, TB_INVALID, TB_TIE, or TB_OUT_OF_RANGE when a sum or amount exceeds 127 bits */
extern TbStatus tb_pool_solve(TbPool *pool, TbPoolSolution *solution);

/* Rounds amounts that nearly add up: sum units = total, no row moved by more than one unit; TB_INFEASIBLE otherwise, slack as above. Remainders first,
 * then the larger |amount|, then row order; a negative total mirrors. All at one scale. */
extern TbStatus tb_pool_round(int64_t rows, const TbInt *amount, TbInt total, TbInt unit, bool (*peers)(const void *, int64_t, int64_t),
							  const void *context, TbPoolSolution *solution);

#endif
