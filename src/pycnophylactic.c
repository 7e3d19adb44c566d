/* pycnophylactic.c -- SQL face of smoothing that keeps the totals of zones */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/base/step.h"
#include "core/territory/pycnophylactic.h"
#include "status.h"
#include "window.h"
#include "window_cells.h"
#include "window_ids.h"

PG_FUNCTION_INFO_V1(terrbal_pycnophylactic);
PG_FUNCTION_INFO_V1(terrbal_pycnophylactic_number);

static int32 *places(Window *w, int argument, bool *null)
{
	int32 *place = tb_alloc(w->rows * sizeof(int32));

	for (int64 i = 0; i < w->rows; i++) {
		bool isnull;
		Datum value = window_value(w, argument, i, &isnull);

		place[i] = isnull ? 0 : DatumGetInt32(value);
		null[i] |= isnull;
	}
	return place;
}

/* (x, y, zone, total, relaxation, tolerance); is the zone a number? */
static void *solve_as(Window *w, bool number)
{
	double *answer = tb_alloc(w->rows * sizeof(double)), *people, *total, *by_zone;
	double relaxation = arg_share(window_double(w, 4, "relaxation"), "relaxation"),
		   tolerance = arg_positive(window_double(w, 5, "tolerance"), "tolerance");
	bool *null = tb_alloc_zero(w->rows, sizeof(bool)), *unknown = tb_alloc_zero(w->rows, sizeof(bool));
	uint32 *rank, *zone, zones;
	int32 *x = places(w, 0, null), *y = places(w, 1, null);
	WindowCells c;
	TbGrid grid;
	TbId *id;

	rank = window_ids(w, 2, number, "zone", null, &id, &zones);
	total = window_doubles(w, 3, "total", unknown);
	for (int64 i = 0; i < w->rows; i++, tb_step()) {
		answer[i] = NAN;
		null[i] |= unknown[i];
		total[i] = unknown[i] ? 0 : arg_nonnegative(total[i], "total");
	}
	by_zone = window_totals(w, null, rank, total, id, zones, "zone", "total");
	for (uint32 k = 0; k < zones; k++)
		by_zone[k] = isnan(by_zone[k]) ? 0 : by_zone[k];
	c = window_cells(x, y, null, w->rows);
	window_grid(c.x, c.y, c.n, "Give each cell once, in the zone that has most of it: PARTITION BY year, or DISTINCT ON (x, y) first.", &grid);
	zone = tb_alloc(((size_t)c.n + 1) * sizeof(uint32));
	people = tb_alloc(((size_t)c.n + 1) * sizeof(double));
	for (uint32 i = 0; i < c.n; i++, tb_step())
		zone[i] = rank[c.row[grid.order[i]]];
	(void)status_ok_message(tb_pycnophylactic(&(TbZoneCells){&grid, zone, zones, by_zone}, relaxation, tolerance, people),
							"the surface does not settle", NULL, "Give a larger tolerance.");
	for (uint32 i = 0; i < c.n; i++, tb_step())
		answer[c.row[grid.order[i]]] = people[i];
	return answer;
}

static void *solve(Window *w)
{
	return solve_as(w, false);
}

static void *solve_number(Window *w)
{
	return solve_as(w, true);
}

Datum terrbal_pycnophylactic(PG_FUNCTION_ARGS)
{
	return window_double_answer(fcinfo, solve);
}

Datum terrbal_pycnophylactic_number(PG_FUNCTION_ARGS)
{
	return window_double_answer(fcinfo, solve_number);
}
