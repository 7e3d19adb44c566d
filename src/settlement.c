/* settlement.c -- SQL face of the degree of urbanisation of grid cells */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/territory/settlement.h"
#include "status.h"
#include "window.h"
#include "window_cells.h"

PG_FUNCTION_INFO_V1(terrbal_settlement_class);
PG_FUNCTION_INFO_V1(terrbal_settlement_class_level1);
PG_FUNCTION_INFO_V1(terrbal_settlement_level1);
PG_FUNCTION_INFO_V1(terrbal_settlement_level1_number);
PG_FUNCTION_INFO_V1(terrbal_built_up_threshold);

#define NO_CLASS -1
#define FIGURES 3
#define TICK 16384

/* Rows with a place, in the order of the partition */
typedef struct Rows {
	uint32 n;
	uint32 *row;    /* NULL: every row has a place */
	bool *unplaced; /* NULL: none yet */
	int32 *x, *y;
	double *figure[FIGURES];
} Rows;

/* What is known of a cell, from the third argument on; NULL reads as `otherwise` */
static const struct {
	const char *name;
	double otherwise;
	double (*guard)(double, const char *);
} figures[FIGURES] = {{"population", 0, arg_nonnegative}, {"land_share", 1, arg_share}, {"built_share", 0, arg_share}};

static void take_cell(Window *w, void *to, int argument, int64 row, Datum value, bool isnull)
{
	Rows *rows = to;

	if (argument >= 2) {
		rows->figure[argument - 2][row] = isnull ? figures[argument - 2].otherwise : DatumGetFloat8(value);
		return;
	}
	(argument == 0 ? rows->x : rows->y)[row] = DatumGetInt32(value);
	if (!isnull)
		return;
	if (!rows->unplaced)
		rows->unplaced = tb_alloc_zero(w->rows, sizeof(bool));
	rows->unplaced[row] = true;
}

/* Closes the ranks over rows without a place */
static void drop_unplaced(Rows *rows, int64 all)
{
	rows->row = tb_alloc(all * sizeof(uint32));
	rows->n = 0;
	for (int64 i = 0; i < all; i++) {
		if (rows->unplaced[i])
			continue;
		rows->row[rows->n] = i;
		rows->x[rows->n] = rows->x[i];
		rows->y[rows->n] = rows->y[i];
		for (int k = 0; k < FIGURES; k++)
			rows->figure[k][rows->n] = rows->figure[k][i];
		rows->n++;
	}
	tb_free(rows->unplaced);
}

static Rows read_rows(Window *w)
{
	static const bool wanted[FUNC_MAX_ARGS] = {true, true, true, true, true};
	Rows rows = {.n = w->rows, .x = tb_alloc(w->rows * sizeof(int32)), .y = tb_alloc(w->rows * sizeof(int32))};

	for (int k = 0; k < FIGURES; k++)
		rows.figure[k] = tb_alloc(w->rows * sizeof(double));
	window_read(w, wanted, take_cell, &rows);
	if (rows.unplaced)
		drop_unplaced(&rows, w->rows);
	return rows;
}

static uint32 row_of(const Rows *rows, uint32 i)
{
	return rows->row ? rows->row[i] : i;
}

/* A figure in the order of the grid, checked */
static double *read_figure(Rows *rows, const TbGrid *grid, int k)
{
	double *column = tb_alloc(rows->n * sizeof(double));

	for (uint32_t i = 0; i < rows->n; i++) {
		column[i] = figures[k].guard(rows->figure[k][grid->order[i]], figures[k].name);
		if (i % TICK == 0)
			tb_tick();
	}
	tb_free(rows->figure[k]);
	return column;
}

static const TbSettlementRules *read_rules(Window *w)
{
	const char *names[TB_SETTLEMENT_RULES];

	for (int i = 0; i < TB_SETTLEMENT_RULES; i++)
		names[i] = tb_settlement_rules[i].name;
	return tb_settlement_rules + arg_choice(PointerGetDatum(cstring_to_text(window_text(w, 5, "rules"))), "rules", names, TB_SETTLEMENT_RULES);
}

static void build_cells(Rows *rows, TbCells *cells)
{
	window_grid(rows->x, rows->y, rows->n, "Give each cell once: PARTITION BY year or scenario, or GROUP BY x, y first.", &cells->grid);
	tb_free(rows->x);
	tb_free(rows->y);
	cells->population = read_figure(rows, &cells->grid, 0);
	cells->land = read_figure(rows, &cells->grid, 1);
	cells->built = read_figure(rows, &cells->grid, 2);
}

static void free_cells(TbCells *cells)
{
	tb_free(cells->population);
	tb_free(cells->land);
	tb_free(cells->built);
	tb_grid_free(&cells->grid);
}

/* Nothing is wrong with any one cell, so the classes stand, but hardly anybody means such a grid */
static void doubt_cells(const TbCells *cells)
{
	double people = 0;

	switch (tb_settlement_doubt(cells, &people)) {
	case TB_CELLS_THIN:
		notice_once((errmsg("every cell lies below 50 people per km2, and %.15g people live in them", people),
					 errhint("Is a cell of %.15g km2 meant? Give cell_area_km2: 0.01 for cells of 100 m.", cells->area)));
		break;
	case TB_CELLS_APART: /* window_grid has said so */
	case TB_CELLS_PLAUSIBLE:
		break;
	}
}

typedef void (*Classify)(const TbCells *cells, const TbSettlementRules *rules, int16 *code);

static int16 *solve_with(Window *w, Classify classify)
{
	int16 *answer = tb_alloc(w->rows * sizeof(int16)), *code;
	const TbSettlementRules *rules = read_rules(w);
	TbCells cells = {.area = arg_positive(window_double(w, 6, "cell_area_km2"), "cell_area_km2")};
	Rows rows = read_rows(w);

	build_cells(&rows, &cells);
	doubt_cells(&cells);
	code = tb_alloc(rows.n * sizeof(int16));
	classify(&cells, rules, code);
	for (int64 i = 0; i < w->rows; i++)
		answer[i] = NO_CLASS;
	for (uint32 i = 0; i < rows.n; i++)
		answer[row_of(&rows, cells.grid.order[i])] = code[i];
	tb_free(code);
	free_cells(&cells);
	return answer;
}

/* (x, y, population, land_share, built_share, density, size, corners, cell_area_km2): one answer for the whole partition */
static void *solve_threshold(Window *w)
{
	double *answer = tb_alloc(sizeof(double)), least = arg_nonnegative(window_double(w, 5, "density"), "density");
	double size = arg_nonnegative(window_double(w, 6, "size"), "size");
	bool isnull, corners = DatumGetBool(window_common(w, 7, "corners", &isnull)) && !isnull;
	TbCells cells = {.area = arg_positive(window_double(w, 8, "cell_area_km2"), "cell_area_km2")};
	Rows rows = read_rows(w);

	build_cells(&rows, &cells);
	doubt_cells(&cells);
	if (!status_ok(tb_settlement_built(&cells, least, size, corners, answer))) {
		*answer = NAN;
		notice_once((errmsg("the threshold is NULL: no cluster of %.15g people or more with %.15g people per km2", size, least)));
	}
	free_cells(&cells);
	return answer;
}

Datum terrbal_built_up_threshold(PG_FUNCTION_ARGS)
{
	double share = *(double *)window_solution(fcinfo, solve_threshold);

	if (isnan(share))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

static void *solve_class(Window *w)
{
	return solve_with(w, tb_settlement_class);
}

static void *solve_level1(Window *w)
{
	return solve_with(w, tb_settlement_class_level1);
}

static Datum answer_row(FunctionCallInfo fcinfo, void *(*solve)(Window *))
{
	int16 *answer = window_solution(fcinfo, solve), code = answer[window_position(fcinfo)];

	if (code == NO_CLASS)
		PG_RETURN_NULL();
	PG_RETURN_INT16(code);
}

Datum terrbal_settlement_class(PG_FUNCTION_ARGS)
{
	return answer_row(fcinfo, solve_class);
}

Datum terrbal_settlement_class_level1(PG_FUNCTION_ARGS)
{
	return answer_row(fcinfo, solve_level1);
}

static Datum level1_of(double class)
{
	int level1 = tb_settlement_level1(tb_settlement_whole(class));

	if (level1 < 0)
		arg_refuse(class, "class", "a level-2 grid code", "The codes are 30, 23, 22, 21, 13, 12, 11 and 10.");
	PG_RETURN_INT16(level1);
}

Datum terrbal_settlement_level1(PG_FUNCTION_ARGS)
{
	return level1_of(PG_GETARG_INT16(0));
}

Datum terrbal_settlement_level1_number(PG_FUNCTION_ARGS)
{
	return level1_of(PG_GETARG_FLOAT8(0));
}
