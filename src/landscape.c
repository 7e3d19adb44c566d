/* landscape.c -- SQL face of landscape metrics: patches, edges and mix of a map of classes */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/territory/landscape.h"
#include "row.h"
#include "state.h"
#include "status.h"
#include "window_cells.h"

TB_STATE(landscape)
PG_FUNCTION_INFO_V1(terrbal_landscape_transition);
PG_FUNCTION_INFO_V1(terrbal_class_metrics);
PG_FUNCTION_INFO_V1(terrbal_landscape_metrics);

/* (state, x, y, class, cell_size[, neighbours]) */
Datum terrbal_landscape_transition(PG_FUNCTION_ARGS)
{
	TbState *state;
	double size;
	bool queen;

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	bag_not_null(fcinfo, 4, "cell_size");
	if (PG_NARGS() > 5)
		bag_not_null(fcinfo, 5, "neighbours");
	size = arg_positive(PG_GETARG_FLOAT8(4), "cell_size");
	queen = arg_queen(PG_NARGS() > 5 ? PG_GETARG_INT32(5) : 8);
	state = state_writable(fcinfo, 0, &tb_landscape_shape);
	if (!state)
		state = tb_class_map_new(size, queen);
	else if (!tb_class_map_same(state, size, queen))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell_size and neighbours must be the same in all rows"),
						errhint("Group by what sets them apart.")));
	state_ok(tb_class_map_add(&state, PG_GETARG_INT32(1), PG_GETARG_INT32(2), PG_GETARG_INT32(3)), &tb_landscape_shape);
	return state_kept(fcinfo, state, &tb_landscape_shape);
}

/* false: no cells */
static bool landscape_arg(FunctionCallInfo fcinfo, TbLandscape *landscape)
{
	TbClassMap map;
	int32 twice[2];
	bool named;
	TbStatus status;

	if (PG_ARGISNULL(0))
		return false;
	status = tb_class_map_view(state_arg(fcinfo, 0, &tb_landscape_shape), &map, twice, &named);
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						named ? errmsg("cell (%d, %d) occurs twice", twice[0], twice[1]) : errmsg("a cell of the stored map occurs twice"),
						errhint("Give each cell once: group by year or scenario, or by x and y first.")));
	if (!status_ok(status))
		return false;
	status = tb_landscape(&map, landscape);
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("the map has more than %d classes", TB_LANDSCAPE_CLASSES),
						errhint("A class is a category: group measured values first.")));
	if (!status_ok_message(status, "areas of cells of this size leave float8", NULL, "Give cell_size in a nearer unit, as metres or kilometres."))
		return false;
	if (landscape->cells > 1 && landscape->patches == landscape->cells && landscape->edges == 0)
		warn_apart(landscape->cells);
	return true;
}

Datum terrbal_class_metrics(PG_FUNCTION_ARGS)
{
	TbLandscape l;
	RowArray *array;

	if (!landscape_arg(fcinfo, &l))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, l.classes);
	for (size_t i = 0; i < l.classes; i++) {
		const TbClassMetric *c = &l.class[i];
		double field[] = {c->largest_patch_index, c->mean_patch_area,  c->effective_mesh_size, c->edge_length,
						  c->edge_density,        c->mean_shape_index, c->aggregation_index};
		Datum values[12] = {Int32GetDatum(c->class), Int64GetDatum(c->cells), Float8GetDatum(c->area), Float8GetDatum(c->share),
							Int64GetDatum(c->patches)};
		bool nulls[12] = {false};

		for (int k = 0; k < 7; k++)
			row_double(values, nulls, 5 + k, field[k]);
		row_array_put(array, values, nulls, 12);
	}
	return row_array_end(array);
}

Datum terrbal_landscape_metrics(PG_FUNCTION_ARGS)
{
	TbLandscape l;
	Datum values[15];
	bool nulls[15] = {false};

	if (!landscape_arg(fcinfo, &l))
		PG_RETURN_NULL();
	values[0] = Int64GetDatum(l.patches);
	for (int k = 0; k < 7; k++)
		row_double(values, nulls, 1 + k,
				   (double[]){l.edge_density, l.contagion, l.shannon_diversity, l.shannon_evenness, l.simpson_diversity, l.effective_mesh_size,
							  l.largest_patch_index}[k]);
	values[8] = Int32GetDatum((int32)l.classes);
	values[9] = Int64GetDatum(l.cells);
	for (int k = 0; k < 5; k++)
		row_double(values, nulls, 10 + k, (double[]){l.area, l.edge_length, l.mean_patch_area, l.mean_shape_index, l.aggregation_index}[k]);
	return row_datum(fcinfo, values, nulls, 15);
}
