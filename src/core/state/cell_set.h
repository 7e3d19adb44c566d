/* cell_set.h -- sums by a pair of small integers: the state of designs whose regressors only say which cell a row belongs to
 *
 * Each cell holds its key, its number of rows and k double-double sums. Differences in differences keep sums of y and y^2 by (treated, period);
 * repeat sales keep seven sums by (first, second period), from which coefficients and
 * every kind of standard error follow without the rows; SPAR keeps prices and appraisals of the base and of the rest;
 * surfaces keep weighted values and weights by column and row of a grid.
 * Words: k, cells, three parameters of the aggregate (0 where it has none), then blocks {key, n, k high and low parts}: packed in key order, open a hash table of a power of two with n = 0 for free.
 */
#ifndef TB_CELL_SET_H
#define TB_CELL_SET_H

#include "../base/dd.h"
#include "state.h"

#define TB_EVENT_SUMS 2
#define TB_REPEAT_SUMS 7
#define TB_SPAR_SUMS 2
#define TB_GRID_SUMS 2
#define TB_CELL_PARAMETERS 3

extern const TbShape tb_event_shape, tb_repeat_sales_shape, tb_spar_shape, tb_grid_shape;

typedef struct TbCell {
	int32_t a, b;
	uint64_t n;
	const double *sum; /* high, low, high, low ... */
} TbCell;

static inline TbDd tb_cell_sum(const TbCell *cell, int i)
{
	return (TbDd){cell->sum[2 * i], cell->sum[2 * i + 1]};
}

/* Makes the first state with these parameters; TB_MISMATCH where a state has others */
extern TbStatus tb_cell_begin(TbState **state, const TbShape *shape, const double *parameter);
extern const double *tb_cell_parameters(const TbState *state);

/* One row with its contributions. *state NULL makes the first state. TB_TOO_LARGE past 1 GB, TB_OUT_OF_RANGE on overflow */
extern TbStatus tb_cell_add(TbState **state, const TbShape *shape, int32_t a, int32_t b, const TbDd *sums);

/* Cells in order of a, then b; pointers into the state */
extern TbCell *tb_cells(const TbState *state, size_t *n);

#endif
