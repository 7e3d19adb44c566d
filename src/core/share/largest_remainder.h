/* largest_remainder.h -- who gets the last units: Hamilton's method, O(n), with ties named instead of decided in silence
 *
 * Every row stands at the integer below its exact quota; `count` rows are moved by one unit so that the sum closes. Those with the largest remainder
 * move; equal remainders go to the larger weight, then to the earlier row. Where the earlier of two peer rows would be chosen, nobody is: TB_TIE.
 */
#ifndef TB_LARGEST_REMAINDER_H
#define TB_LARGEST_REMAINDER_H

#include "../base/status.h"
#include "../base/int256.h"

typedef struct TbClosing {
	int64_t rows;
	TbInt *units;           /* moved by `step` in the chosen rows */
	int step;               /* 1 or -1 */
	const double *fraction; /* monotone in the exact remainder, from 0 to 1; negative: cannot be chosen */
	const TbInt *weight;
	bool mirrored; /* reversed ties: the choice for negative totals, where the chosen row is the one that pays less */
	TbInt256 (*remainder)(const void *context, int64_t row); /* exact, on one denominator; only asked near the boundary */
	bool (*peers)(const void *context, int64_t a, int64_t b);
	const void *context;
	int64_t tie[2]; /* out, with TB_TIE: the two rows that nothing tells apart */
} TbClosing;

/* Moves `count` rows; TB_INVALID when fewer can be chosen */
extern TbStatus tb_largest_remainder(TbClosing *closing, int64_t count);

#endif
