/* bag_kinds.h -- what the methods over kinds of bag share */
#ifndef TB_BAG_KINDS_H
#define TB_BAG_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#define TB_BAG_MISSING UINT64_C(0x7ff8000000000000) /* the one NaN that means "not given" */

/* Is this a whole number from 0 to n - 1? */
static inline bool tb_is_choice(double x, int n)
{
	return x >= 0 && x < n && x == (double)(int)x;
}

#endif
