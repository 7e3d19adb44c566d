/* settlement.c -- SQL face of the degree of urbanisation of grid cells */
#include "postgres.h"

#include "utils/builtins.h"

#include "arg.h"
#include "core/host.h"
#include "core/settlement.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_settlement_class);
PG_FUNCTION_INFO_V1(terrbal_settlement_class_level1);
PG_FUNCTION_INFO_V1(terrbal_settlement_level1);

#define NO_CLASS -1

/* Rows with a place, in the order of the partition */
typedef struct Rows {
	uint32 n;
	uint32 *row;
	int32 *x, *y;
	double *population, *land, *built;
} Rows;

/* One argument of one row, or once for all where the query gives a constant */
typedef struct Argument {
	int number;
	bool constant, known, isnull;
	Datum value;
} Argument;

static Datum argument_value(Window *w, Argument *argument, int64 row, bool *isnull)
{
	if (!argument->constant)
		return window_value(w, argument->number, row, isnull);
	if (!argument->known) {
		argument->value = window_value(w, argument->number, 0, &argument->isnull);
		argument->known = true;
	}
	*isnull = argument->isnull;
	return argument->value;
}

static double number(Window *w, Argument *argument, int64 row, double otherwise)
{
	bool isnull;
	double value = DatumGetFloat8(argument_value(w, argument, row, &isnull));

	return isnull ? otherwise : value;
}

/* Row by row, although window.h prefers columns: a partition that has spilled to disk goes back to its first row tuple by tuple, and reloads a block
 * for each. */
static Rows read_rows(Window *w)
{
	Rows rows = {0,
				 tb_alloc(w->rows * sizeof(uint32)),
				 tb_alloc(w->rows * sizeof(int32)),
				 tb_alloc(w->rows * sizeof(int32)),
				 tb_alloc(w->rows * sizeof(double)),
				 tb_alloc(w->rows * sizeof(double)),
				 tb_alloc(w->rows * sizeof(double))};
	Argument argument[5];
	bool no_x, no_y;

	for (int i = 0; i < 5; i++)
		argument[i] = (Argument){.number = i, .constant = window_is_constant(w, i)};
	for (int64 i = 0; i < w->rows; i++) {
		uint32 n = rows.n;

		rows.row[n] = i;
		rows.x[n] = DatumGetInt32(argument_value(w, argument, i, &no_x));
		rows.y[n] = DatumGetInt32(argument_value(w, argument + 1, i, &no_y));
		rows.population[n] = arg_nonnegative(number(w, argument + 2, i, 0), "population");
		rows.land[n] = arg_share(number(w, argument + 3, i, 1), "land_share");
		rows.built[n] = arg_share(number(w, argument + 4, i, 0), "built_share");
		if (!no_x && !no_y)
			rows.n++;
	}
	return rows;
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
	uint32 twice;

	if (tb_grid_build(rows->x, rows->y, rows->n, &cells->grid, &twice) != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell (%d, %d) occurs twice", rows->x[twice], rows->y[twice]),
						errhint("Give each cell once: PARTITION BY year or scenario, or GROUP BY x, y first.")));
	tb_free(rows->x);
	tb_free(rows->y);
	cells->population = tb_grid_arrange(&cells->grid, rows->population);
	cells->land = tb_grid_arrange(&cells->grid, rows->land);
	cells->built = tb_grid_arrange(&cells->grid, rows->built);
}

typedef void (*Classify)(const TbCells *cells, const TbSettlementRules *rules, int16 *code);

static int16 *solve_with(Window *w, Classify classify)
{
	int16 *answer = tb_alloc(w->rows * sizeof(int16)), *code;
	const TbSettlementRules *rules = read_rules(w);
	TbCells cells = {.area = arg_positive(window_double(w, 6, "cell_area_km2"), "cell_area_km2")};
	Rows rows = read_rows(w);

	build_cells(&rows, &cells);
	code = tb_alloc(rows.n * sizeof(int16));
	classify(&cells, rules, code);
	for (int64 i = 0; i < w->rows; i++)
		answer[i] = NO_CLASS;
	for (uint32 i = 0; i < rows.n; i++)
		answer[rows.row[cells.grid.order[i]]] = code[i];
	tb_free(code);
	tb_free(rows.row);
	tb_free(cells.population);
	tb_free(cells.land);
	tb_free(cells.built);
	tb_grid_free(&cells.grid);
	return answer;
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
