/* sum.h -- running sums of float8 */
#ifndef TB_SUM_H
#define TB_SUM_H

#include "dd.h"

/* A running sum with its rounding errors beside it */
typedef struct TbSum {
	double hi, lo;
} TbSum;

static inline void tb_sum_add(TbSum *sum, double x)
{
	TbDd s = tb_two_sum(sum->hi, x);

	sum->hi = s.hi;
	sum->lo += s.lo;
}

static inline TbDd tb_sum_dd(TbSum sum)
{
	return tb_quick_two_sum(sum.hi, sum.lo);
}

/* Past float8 the errors are no numbers any more, but the sum is infinite all the same */
static inline double tb_sum_value(TbSum sum)
{
	return isinf(sum.hi) ? sum.hi : sum.hi + sum.lo;
}

#endif
