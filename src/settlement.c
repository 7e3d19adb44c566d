/* settlement.c -- SQL face of the degree of urbanisation of grid cells */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/host.h"
#include "core/settlement.h"
#include "status.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_settlement_class);
PG_FUNCTION_INFO_V1(terrbal_settlement_class_level1);
PG_FUNCTION_INFO_V1(terrbal_settlement_level1);
PG_FUNCTION_INFO_V1(terrbal_built_up_threshold);

#define NO_CLASS -1

/* Rows with a place, in the order of the partition */
typedef struct Rows {
	uint32 n;
	uint32 *row;
	int32 *x, *y;
} Rows;

static Rows read_rows(Window *w)
{
	Rows rows = {0, tb_alloc(w->rows * sizeof(uint32)), tb_alloc(w->rows * sizeof(int32)), tb_alloc(w->rows * sizeof(int32))};
	bool no_x, no_y;

	for (int64 i = 0; i < w->rows; i++) {
		rows.row[rows.n] = i;
		rows.x[rows.n] = DatumGetInt32(window_value(w, 0, i, &no_x));
		rows.y[rows.n] = DatumGetInt32(window_value(w, 1, i, &no_y));
		if (!no_x && !no_y)
			rows.n++;
	}
	return rows;
}

/* A column in the order of the grid; NULL reads as `otherwise` */
static double *read_column(Window *w, const Rows *rows, const TbGrid *grid, int argument, double (*guard)(double, const char *), const char *name,
						   double otherwise)
{
	double *column = tb_alloc(rows->n * sizeof(double)), value;
	bool isnull;

	for (uint32 i = 0; i < rows->n; i++) {
		value = DatumGetFloat8(window_value(w, argument, rows->row[grid->order[i]], &isnull));
		column[i] = isnull ? otherwise : guard(value, name);
	}
	return column;
}

static const TbSettlementRules *read_rules(Window *w)
{
	const char *names[TB_SETTLEMENT_RULES];

	for (int i = 0; i < TB_SETTLEMENT_RULES; i++)
		names[i] = tb_settlement_rules[i].name;
	return tb_settlement_rules + arg_choice(PointerGetDatum(cstring_to_text(window_text(w, 5, "rules"))), "rules", names, TB_SETTLEMENT_RULES);
}

static void build_cells(Window *w, Rows *rows, TbCells *cells)
{
	uint32 twice;

	if (tb_grid_build(rows->x, rows->y, rows->n, &cells->grid, &twice) != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell (%d, %d) occurs twice", rows->x[twice], rows->y[twice]),
						errhint("Give each cell once: PARTITION BY year or scenario, or GROUP BY x, y first.")));
	tb_free(rows->x);
	tb_free(rows->y);
	cells->population = read_column(w, rows, &cells->grid, 2, arg_nonnegative, "population", 0);
	cells->land = read_column(w, rows, &cells->grid, 3, arg_share, "land_share", 1);
	cells->built = read_column(w, rows, &cells->grid, 4, arg_share, "built_share", 0);
}

static void free_cells(TbCells *cells)
{
	tb_free(cells->population);
	tb_free(cells->land);
	tb_free(cells->built);
	tb_grid_free(&cells->grid);
}

typedef void (*Classify)(const TbCells *cells, const TbSettlementRules *rules, int16 *code);

static int16 *solve_with(Window *w, Classify classify)
{
	int16 *answer = tb_alloc(w->rows * sizeof(int16)), *code;
	const TbSettlementRules *rules = read_rules(w);
	TbCells cells = {.area = arg_positive(window_double(w, 6, "cell_area_km2"), "cell_area_km2")};
	Rows rows = read_rows(w);

	build_cells(w, &rows, &cells);
	code = tb_alloc(rows.n * sizeof(int16));
	classify(&cells, rules, code);
	for (int64 i = 0; i < w->rows; i++)
		answer[i] = NO_CLASS;
	for (uint32 i = 0; i < rows.n; i++)
		answer[rows.row[cells.grid.order[i]]] = code[i];
	tb_free(code);
	tb_free(rows.row);
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

	build_cells(w, &rows, &cells);
	if (!status_ok(tb_settlement_built(&cells, least, size, corners, answer)))
		*answer = NAN;
	tb_free(rows.row);
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

Datum terrbal_settlement_level1(PG_FUNCTION_ARGS)
{
	int level1 = tb_settlement_level1(PG_GETARG_INT16(0));

	if (level1 < 0)
		arg_refuse(PG_GETARG_INT16(0), "class", "a level-2 grid code", "The codes are 30, 23, 22, 21, 13, 12, 11 and 10.");
	PG_RETURN_INT16(level1);
}
