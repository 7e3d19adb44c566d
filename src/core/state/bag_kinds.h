/* bag_kinds.h -- shape codes of the kinds of bag, and what their methods share */
#ifndef TB_BAG_KINDS_H
#define TB_BAG_KINDS_H

#include <stdbool.h>
#include <stdint.h>

enum {
	TB_SHAPE_SPATIAL = 23,
	TB_SHAPE_NEIGHBOUR = 24,
	TB_SHAPE_LABOUR_MARKET = 40,
	TB_SHAPE_URBAN_AREA = 41,
	TB_SHAPE_CONTIGUITY = 42,
	TB_SHAPE_GRAVITY = 43,
	TB_SHAPE_CATCHMENT = 44,
	TB_SHAPE_ACCESSIBILITY = 45,
	TB_SHAPE_SEGREGATION = 46
};

#define TB_BAG_MISSING UINT64_C(0x7ff8000000000000) /* the one NaN that means "not given" */

/* Is this a whole number from 0 to n - 1? */
static inline bool tb_is_choice(double x, int n)
{
	return x >= 0 && x < n && x == (double)(int)x;
}

#endif
