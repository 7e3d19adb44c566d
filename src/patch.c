/* patch.c -- SQL face of window functions over cells: patches, types of growth, urban extent */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "arg.h"
#include "core/base/step.h"
#include "core/territory/growth.h"
#include "core/territory/urban_extent.h"
#include "status.h"
#include "window.h"
#include "window_cells.h"

PG_FUNCTION_INFO_V1(terrbal_patch_id);
PG_FUNCTION_INFO_V1(terrbal_growth_type);
PG_FUNCTION_INFO_V1(terrbal_urban_extent);
PG_FUNCTION_INFO_V1(terrbal_built_share_around);

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

/* Labels of the result's type from place 1 on, looked up once a query */
static Datum label_of(FunctionCallInfo fcinfo, const char *const *names, int n, int which)
{
	Datum *label = fcinfo->flinfo->fn_extra;

	if (!label) {
		label = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Datum) * n);
		for (int i = 1; i < n; i++)
			label[i] = window_label(get_func_rettype(fcinfo->flinfo->fn_oid), names[i]);
		fcinfo->flinfo->fn_extra = label;
	}
	return label[which];
}

Datum terrbal_growth_type(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {NULL, "infill", "extension", "leapfrog"}; /* TbGrowth */
	const uint8 *answer = window_solution(fcinfo, solve_growth);
	uint8 growth = answer[window_position(fcinfo)];

	if (growth == TB_GROWTH_NONE)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(label_of(fcinfo, names, lengthof(names), growth));
}

/* A radius of the partition in cells */
static double in_cells(Window *w, int argument, const char *name, double cell_size)
{
	double radius = arg_nonnegative(window_double(w, argument, name), name);

	if (radius / cell_size > TB_CIRCLE_REACH)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s is more than %d cells", name, TB_CIRCLE_REACH),
						errhint("Is cell_size in the same unit?")));
	return radius / cell_size;
}

/* The first three arguments; ground by cell of the grid */
static WindowCells read_ground(Window *w, TbGrid *grid, uint8 **ground)
{
	Columns c = {.needed = 2, .flags = true};
	WindowCells cells = read_cells(w, 3, &c, grid);

	*ground = tb_alloc((size_t)cells.n + 1);
	for (uint32 i = 0; i < cells.n; i++, tb_step()) {
		int32 built = c.column[2][cells.row[grid->order[i]]];

		(*ground)[i] = built == UNKNOWN ? TB_GROUND_UNKNOWN : built ? TB_GROUND_BUILT : TB_GROUND_OPEN;
	}
	return cells;
}

/* A circle that holds no cell but its own says nothing of what lies around: nearly always cells too large for the default, or another unit */
static void tell_small(double cells, const char *name, const char *what)
{
	if (cells > 0 && cells < 1 && !told_before(psprintf("%s less than a cell", name)))
		ereport(NOTICE,
				(errmsg("%s is less than a cell: %s", name, what), errhint("Give a larger %s, in the unit of cell_size, or smaller cells.", name)));
}

static const char alone[] = "the circle around a cell is the cell itself";

/* (x, y, built, cell_size, radius, fringe, captured) */
static void *solve_extent(Window *w)
{
	double size = arg_positive(window_double(w, 3, "cell_size"), "cell_size");
	double radius = in_cells(w, 4, "radius", size), fringe = in_cells(w, 5, "fringe", size);
	double captured = arg_nonnegative(window_double(w, 6, "captured"), "captured") / size / size;
	uint8 *answer = tb_alloc_zero(w->rows, 1), *ground, *extent;
	TbGrid grid;
	WindowCells cells = read_ground(w, &grid, &ground);

	tell_small(radius, "radius", alone);
	tell_small(fringe, "fringe", "no cell is fringe");
	extent = tb_alloc((size_t)cells.n + 1);
	tb_urban_extent(&grid, ground, radius, fringe, captured, extent);
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		answer[cells.row[grid.order[i]]] = extent[i];
	return answer;
}

Datum terrbal_urban_extent(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {NULL, "urban", "suburban", "rural", "fringe", "captured", "open"}; /* TbExtent */
	const uint8 *answer = window_solution(fcinfo, solve_extent);
	uint8 extent = answer[window_position(fcinfo)];

	if (extent == TB_EXTENT_NONE)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(label_of(fcinfo, names, lengthof(names), extent));
}

/* (x, y, built, cell_size, radius); NaN for a row without a place */
static void *solve_around(Window *w)
{
	double size = arg_positive(window_double(w, 3, "cell_size"), "cell_size"), radius = in_cells(w, 4, "radius", size);
	double *answer = tb_alloc(w->rows * sizeof(double)), circle = (double)tb_circle_cells(radius);
	uint8 *ground;
	uint32 *count;
	TbGrid grid;
	WindowCells cells = read_ground(w, &grid, &ground);

	tell_small(radius, "radius", alone);
	count = tb_alloc(((size_t)cells.n + 1) * sizeof(uint32));
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		ground[i] = ground[i] == TB_GROUND_BUILT;
	tb_circle_counts(&grid, ground, NULL, radius, count);
	for (int64 row = 0; row < w->rows; row++, tb_step())
		answer[row] = NAN;
	for (uint32 i = 0; i < cells.n; i++, tb_step())
		answer[cells.row[grid.order[i]]] = count[i] / circle;
	return answer;
}

Datum terrbal_built_share_around(PG_FUNCTION_ARGS)
{
	return window_double_answer(fcinfo, solve_around);
}
