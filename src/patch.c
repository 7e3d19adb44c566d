/* patch.c -- SQL face of window functions over cells: patches, types of growth */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "core/base/host.h"
#include "core/territory/growth.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_patch_id);
PG_FUNCTION_INFO_V1(terrbal_growth_type);

#define UNKNOWN -1 /* a flag that is NULL */

/* Rows with a place, in the order of the partition: those with a NULL in the first `needed` arguments have none */
typedef struct Cells {
	int needed;
	bool flags; /* are the columns from the third on boolean? */
	uint32 n;
	uint32 *row;
	bool *left_out;
	int32 *column[4];
} Cells;

static void take_cell(Window *w, void *to, int argument, int64 row, Datum value, bool isnull)
{
	Cells *cells = to;

	if (argument < cells->needed && isnull)
		cells->left_out[row] = true;
	if (isnull)
		cells->column[argument][row] = UNKNOWN;
	else
		cells->column[argument][row] = cells->flags && argument >= 2 ? DatumGetBool(value) : DatumGetInt32(value);
}

/* The first `wanted` arguments; a row with a NULL in the first `needed` of them has no place */
static void read_cells(Window *w, int wanted, int needed, bool flags, Cells *cells, TbGrid *grid)
{
	bool wants[FUNC_MAX_ARGS] = {false};
	uint32 twice;

	*cells = (Cells){.needed = needed, .flags = flags, .row = tb_alloc(w->rows * sizeof(uint32)), .left_out = tb_alloc_zero(w->rows, sizeof(bool))};
	for (int k = 0; k < wanted; k++) {
		wants[k] = true;
		cells->column[k] = tb_alloc(w->rows * sizeof(int32));
	}
	window_read(w, wants, take_cell, cells);
	for (int64 i = 0; i < w->rows; i++, tb_step()) {
		if (cells->left_out[i])
			continue;
		for (int k = 0; k < wanted; k++)
			cells->column[k][cells->n] = cells->column[k][i];
		cells->row[cells->n++] = i;
	}
	if (tb_grid_build(cells->column[0], cells->column[1], cells->n, grid, &twice) != TB_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell (%d, %d) occurs twice", cells->column[0][twice], cells->column[1][twice]),
				 errhint("Give each cell once: PARTITION BY year or scenario, or GROUP BY x, y first.")));
}

/* (x, y, class, neighbours): numbers from 1, 0 for a row without one */
static void *solve_patches(Window *w)
{
	int32 neighbours = window_int(w, 3, "neighbours"), *class;
	uint32 *answer = tb_alloc_zero(w->rows, sizeof(uint32)), *patch;
	Cells cells;
	TbGrid grid;

	if (neighbours != 4 && neighbours != 8)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("neighbours must be 4 or 8, not %d", neighbours),
						errhint("4: cells that share an edge are one patch; 8: those that share a corner, too.")));
	read_cells(w, 3, 3, false, &cells, &grid);
	class = tb_alloc(((size_t)cells.n + 1) * sizeof(int32));
	patch = tb_alloc(((size_t)cells.n + 1) * sizeof(uint32));
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		class[i] = cells.column[2][grid.order[i]];
	(void)tb_grid_patches(&grid, class, neighbours == 8, patch);
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		answer[cells.row[grid.order[i]]] = patch[i] + 1;
	return answer;
}

/* (x, y, built_before, built_after). A cell of which it is not known whether it was built is not new. */
static void *solve_growth(Window *w)
{
	uint8 *answer = tb_alloc_zero(w->rows, 1), *built[2], *growth;
	Cells cells;
	TbGrid grid;

	read_cells(w, 4, 2, true, &cells, &grid);
	growth = tb_alloc((size_t)cells.n + 1);
	for (int k = 0; k < 2; k++)
		built[k] = tb_alloc((size_t)cells.n + 1);
	for (uint32 i = 0; i < cells.n; i++, tb_step()) {
		int32 before = cells.column[2][grid.order[i]], after = cells.column[3][grid.order[i]];

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
		Oid input, ioparam;

		label = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Datum) * lengthof(names));
		getTypeInputInfo(get_func_rettype(fcinfo->flinfo->fn_oid), &input, &ioparam);
		for (int i = 1; i < lengthof(names); i++)
			label[i] = OidInputFunctionCall(input, (char *)names[i], ioparam, -1);
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
