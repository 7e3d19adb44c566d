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
	double *population, *land, *built;
} Rows;

#define CHUNK 32
#define ARGUMENTS 5

typedef struct Chunk {
	Datum value[ARGUMENTS][CHUNK];
	bool isnull[ARGUMENTS][CHUNK];
} Chunk;

/* A few rows of every argument. Argument by argument is cheap, but only over a few rows: a partition that has spilled to disk goes back tuple by
 * tuple, and reloads a block for each that lies in an earlier one. */
static void read_chunk(Window *w, const bool *constant, int64 from, int rows, Chunk *chunk)
{
	for (int a = 0; a < ARGUMENTS; a++)
		for (int k = 0; k < rows; k++) {
			if (constant[a] && from + k > 0)
				continue; /* the first row left it here: see spread_constants */
			chunk->value[a][k] = window_value(w, a, from + k, &chunk->isnull[a][k]);
		}
}

static void spread_constants(const bool *constant, Chunk *chunk)
{
	for (int a = 0; a < ARGUMENTS; a++)
		for (int k = 1; constant[a] && k < CHUNK; k++) {
			chunk->value[a][k] = chunk->value[a][0];
			chunk->isnull[a][k] = chunk->isnull[a][0];
		}
}

static double number(const Chunk *chunk, int argument, int k, double otherwise)
{
	return chunk->isnull[argument][k] ? otherwise : DatumGetFloat8(chunk->value[argument][k]);
}

static Rows read_rows(Window *w)
{
	Rows rows = {0,
				 tb_alloc(w->rows * sizeof(uint32)),
				 tb_alloc(w->rows * sizeof(int32)),
				 tb_alloc(w->rows * sizeof(int32)),
				 tb_alloc(w->rows * sizeof(double)),
				 tb_alloc(w->rows * sizeof(double)),
				 tb_alloc(w->rows * sizeof(double))};
	bool constant[ARGUMENTS];
	Chunk chunk;

	for (int a = 0; a < ARGUMENTS; a++)
		constant[a] = window_is_constant(w, a);
	for (int64 from = 0; from < w->rows; from += CHUNK) {
		int count = Min(CHUNK, w->rows - from);

		read_chunk(w, constant, from, count, &chunk);
		if (from == 0)
			spread_constants(constant, &chunk);
		for (int k = 0; k < count; k++) {
			uint32 n = rows.n;

			rows.row[n] = from + k;
			rows.x[n] = DatumGetInt32(chunk.value[0][k]);
			rows.y[n] = DatumGetInt32(chunk.value[1][k]);
			rows.population[n] = arg_nonnegative(number(&chunk, 2, k, 0), "population");
			rows.land[n] = arg_share(number(&chunk, 3, k, 1), "land_share");
			rows.built[n] = arg_share(number(&chunk, 4, k, 0), "built_share");
			if (!chunk.isnull[0][k] && !chunk.isnull[1][k])
				rows.n++;
		}
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

	build_cells(&rows, &cells);
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

	build_cells(&rows, &cells);
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
