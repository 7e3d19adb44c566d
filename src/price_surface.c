/* price_surface.c -- SQL face of surfaces */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/step.h"
#include "core/estimate/price_surface.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(surface)
TB_STATE(grid)

static TbKernel kernel_arg(FunctionCallInfo fcinfo, int n)
{
	return arg_choice(PG_GETARG_DATUM(n), "kernel", tb_kernel_name, TB_KERNELS);
}

static Datum added(FunctionCallInfo fcinfo, TbStatus status, TbState **state, const TbShape *shape, const char *parameters)
{
	if (status == TB_MISMATCH)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be the same in all rows of a group", parameters),
						errhint("For a bandwidth of each row give the weight to ols or to a weighted mean.")));
	state_ok(status, shape);
	return state_kept(fcinfo, *state, shape);
}

PG_FUNCTION_INFO_V1(terrbal_inverse_distance_transition);

Datum terrbal_inverse_distance_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_surface_shape);
	double value, distance, power;

	bag_not_null(fcinfo, 3, "power");
	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	value = arg_finite(PG_GETARG_FLOAT8(1), "value");
	distance = arg_nonnegative(PG_GETARG_FLOAT8(2), "distance");
	power = arg_nonnegative(PG_GETARG_FLOAT8(3), "power");
	return added(fcinfo, tb_surface_add(&state, value, distance, TB_INVERSE_DISTANCE, power), &state, &tb_surface_shape, "power");
}

PG_FUNCTION_INFO_V1(terrbal_kernel_mean_transition);

Datum terrbal_kernel_mean_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_surface_shape);
	double value, distance, bandwidth;

	bag_not_null(fcinfo, 3, "bandwidth");
	bag_not_null(fcinfo, 4, "kernel");
	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	value = arg_finite(PG_GETARG_FLOAT8(1), "value");
	distance = arg_nonnegative(PG_GETARG_FLOAT8(2), "distance");
	bandwidth = arg_nonnegative(PG_GETARG_FLOAT8(3), "bandwidth");
	return added(fcinfo, tb_surface_add(&state, value, distance, 1 + kernel_arg(fcinfo, 4), bandwidth), &state, &tb_surface_shape,
				 "bandwidth and kernel");
}

PG_FUNCTION_INFO_V1(terrbal_surface);

Datum terrbal_surface(PG_FUNCTION_ARGS)
{
	double value;

	if (PG_ARGISNULL(0) || !status_told(tb_surface(state_arg(fcinfo, 0, &tb_surface_shape), &value), "no observation within reach"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

PG_FUNCTION_INFO_V1(terrbal_kernel_weight);

Datum terrbal_kernel_weight(PG_FUNCTION_ARGS)
{
	double distance = arg_nonnegative(PG_GETARG_FLOAT8(0), "distance"), bandwidth = arg_nonnegative(PG_GETARG_FLOAT8(1), "bandwidth");

	PG_RETURN_FLOAT8(tb_kernel_weight(kernel_arg(fcinfo, 2), distance, bandwidth));
}

PG_FUNCTION_INFO_V1(terrbal_grid_transition);

Datum terrbal_grid_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_grid_shape);
	double x, y, value, size, bandwidth;
	TbStatus status;

	bag_not_null(fcinfo, 4, "cell_size");
	bag_not_null(fcinfo, 5, "bandwidth");
	bag_not_null(fcinfo, 6, "kernel");
	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	x = arg_finite(PG_GETARG_FLOAT8(1), "x");
	y = arg_finite(PG_GETARG_FLOAT8(2), "y");
	value = arg_finite(PG_GETARG_FLOAT8(3), "value");
	size = arg_positive(PG_GETARG_FLOAT8(4), "cell_size");
	bandwidth = arg_positive(PG_GETARG_FLOAT8(5), "bandwidth");
	status = tb_grid_add(&state, x, y, value, size, bandwidth, kernel_arg(fcinfo, 6));
	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "coordinates or values out of range of the grid", NULL, "Give projected coordinates in the unit of cell_size.");
	if (status == TB_TOO_LARGE && bandwidth / size > 100)
		status_ok_message(status, "bandwidth reaches more than 1000000 cells", NULL, "Use larger cells.");
	return added(fcinfo, status, &state, &tb_grid_shape, "cell_size, bandwidth and kernel");
}

/* Rows that all cells have in common lie at one place, as seen from the cells: degrees among metres do */
static void tell_one_place(const TbSurfaceCell *cell, size_t n)
{
	for (size_t i = 0; i < n; i++, tb_step())
		if (cell[i].n < 2 || cell[i].n != cell[0].n)
			return;
	if (n > 1)
		notice_once((errmsg("every cell of the surface rests on the same %llu rows", (unsigned long long)cell[0].n),
					 errhint("Are coordinates, cell_size and bandwidth in one unit? Degrees need ST_Transform.")));
}

PG_FUNCTION_INFO_V1(terrbal_kernel_surface);

Datum terrbal_kernel_surface(PG_FUNCTION_ARGS)
{
	TbSurfaceCell *cell;
	size_t n;
	RowArray *array;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	cell = tb_grid(state_arg(fcinfo, 0, &tb_grid_shape), &n);
	if (n == 0)
		no_result("no centre of a cell lies within the bandwidth of a row");
	tell_one_place(cell, n);
	array = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		Datum values[5];
		bool nulls[5] = {false};

		row_double(values, nulls, 0, cell[i].x);
		row_double(values, nulls, 1, cell[i].y);
		row_double(values, nulls, 2, cell[i].value);
		row_double(values, nulls, 3, cell[i].weight);
		values[4] = Int64GetDatum(cell[i].n);
		row_array_put(array, values, nulls, 5);
	}
	return row_array_end(array);
}
