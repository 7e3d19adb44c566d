/* patch.c -- SQL face of window functions over cells: patches, types of growth */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/territory/growth.h"
#include "window.h"
#include "window_cells.h"

PG_FUNCTION_INFO_V1(terrbal_patch_id);
PG_FUNCTION_INFO_V1(terrbal_growth_type);

#define UNKNOWN -1 /* a flag that is NULL */

/* Columns by row of the partition; a row with a NULL in the first `needed` arguments has no place */
typedef struct Columns {
	int needed;
	bool flags; /* are those from the third on boolean? */
	bool *left_out;
	int32 *column[4];
} Columns;

static void take_cell(Window *w, void *to, int argument, int64 row, Datum value, bool isnull)
{
	Columns *c = to;

	if (argument < c->needed && isnull)
		c->left_out[row] = true;
	if (isnull)
		c->column[argument][row] = UNKNOWN;
	else
		c->column[argument][row] = c->flags && argument >= 2 ? DatumGetBool(value) : DatumGetInt32(value);
}

/* The first `wanted` arguments: the third and fourth stay by row, the first two become the cells */
static WindowCells read_cells(Window *w, int wanted, Columns *c, TbGrid *grid)
{
	bool wants[FUNC_MAX_ARGS] = {false};
	WindowCells cells;

	c->left_out = tb_alloc_zero(w->rows, sizeof(bool));
	for (int k = 0; k < wanted; k++) {
		wants[k] = true;
		c->column[k] = tb_alloc(w->rows * sizeof(int32));
	}
	window_read(w, wants, take_cell, c);
	cells = window_cells(c->column[0], c->column[1], c->left_out, w->rows);
	window_grid(cells.x, cells.y, cells.n, "Give each cell once: PARTITION BY year or scenario, or GROUP BY x, y first.", grid);
	return cells;
}

/* (x, y, class, neighbours): numbers from 1, 0 for a row without one */
static void *solve_patches(Window *w)
{
	bool queen = arg_queen(window_int(w, 3, "neighbours"));
	int32 *class;
	uint32 *answer = tb_alloc_zero(w->rows, sizeof(uint32)), *patch;
	Columns c = {.needed = 3};
	WindowCells cells;
	TbGrid grid;

	cells = read_cells(w, 3, &c, &grid);
	class = tb_alloc(((size_t)cells.n + 1) * sizeof(int32));
	patch = tb_alloc(((size_t)cells.n + 1) * sizeof(uint32));
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		class[i] = c.column[2][cells.row[grid.order[i]]];
	(void)tb_grid_patches(&grid, class, queen, patch);
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		answer[cells.row[grid.order[i]]] = patch[i] + 1;
	return answer;
}

/* (x, y, built_before, built_after). A cell of which it is not known whether it was built is not new. */
static void *solve_growth(Window *w)
{
	uint8 *answer = tb_alloc_zero(w->rows, 1), *built[2], *growth;
	Columns c = {.needed = 2, .flags = true};
	WindowCells cells;
	TbGrid grid;

	cells = read_cells(w, 4, &c, &grid);
	growth = tb_alloc((size_t)cells.n + 1);
	for (int k = 0; k < 2; k++)
		built[k] = tb_alloc((size_t)cells.n + 1);
	for (uint32 i = 0; i < cells.n; i++, tb_step()) {
		uint32 row = cells.row[grid.order[i]];
		int32 before = c.column[2][row], after = c.column[3][row];

		built[0][i] = before == 1;
		built[1][i] = before != UNKNOWN && after == 1;
	}
	tb_growth_types(&grid, built[0], built[1], growth);
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		answer[cells.row[grid.order[i]]] = growth[i];
	return answer;
}

Datum terrbal_patch_id(PG_FUNCTION_ARGS)
{
	const uint32 *answer = window_solution(fcinfo, solve_patches);
	uint32 patch = answer[window_position(fcinfo)];

	if (patch == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(patch);
}

/* Labels in the order of TbGrowth, looked up once a query */
static const Datum *growth_labels(FunctionCallInfo fcinfo)
{
	static const char *const names[] = {NULL, "infill", "extension", "leapfrog"};
	Datum *label = fcinfo->flinfo->fn_extra;

	if (!label) {
		label = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Datum) * lengthof(names));
		for (int i = 1; i < lengthof(names); i++)
			label[i] = window_label(get_func_rettype(fcinfo->flinfo->fn_oid), names[i]);
		fcinfo->flinfo->fn_extra = label;
	}
	return label;
}

Datum terrbal_growth_type(PG_FUNCTION_ARGS)
{
	const uint8 *answer = window_solution(fcinfo, solve_growth);
	uint8 growth = answer[window_position(fcinfo)];

	if (growth == TB_GROWTH_NONE)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(growth_labels(fcinfo)[growth]);
}
