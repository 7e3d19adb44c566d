/* spatial.c -- SQL face of Moran's I, local Moran and the spatial Gini */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/base/step.h"
#include "bag.h"
#include "row.h"
#include "spatial.h"
#include "state.h"
#include "status.h"

#define tb_spatial_shape tb_spatial.shape
TB_STATE(spatial)
PG_FUNCTION_INFO_V1(terrbal_moran);
PG_FUNCTION_INFO_V1(terrbal_local_moran);
PG_FUNCTION_INFO_V1(terrbal_spatial_gini);

static TbPermutations permutations_arg(FunctionCallInfo fcinfo, int n)
{
	int32 permutations = PG_GETARG_INT32(n);

	if (permutations < 1 || permutations > TB_PERMUTATIONS)
		arg_refuse(permutations, "permutations", "between 1 and 1000000", "999 is usual.");
	return (TbPermutations){permutations, (uint64)PG_GETARG_INT64(n + 1)};
}

/* (state, unit_i, unit_j, value_i, value_j, weight[, permutations, seed]); a NULL unit_j registers an island */
static Datum spatial_add(FunctionCallInfo fcinfo, BagId *read)
{
	bool with_permutations = PG_NARGS() > 6, island = PG_ARGISNULL(2);
	double params[3], values[3] = {0, NAN, NAN};
	TbId ids[2];

	if (with_permutations) {
		bag_not_null(fcinfo, 6, "permutations");
		bag_not_null(fcinfo, 7, "seed");
	}
	if (PG_ARGISNULL(1) || PG_ARGISNULL(3) || (!island && arg_any_null(fcinfo, 4, 5)))
		return state_unchanged(fcinfo);
	ids[0] = read(fcinfo, 1, "unit_i");
	ids[1] = read(fcinfo, 2, "unit_j");
	values[0] = arg_finite(PG_GETARG_FLOAT8(3), "value_i");
	if (!island) {
		values[1] = arg_finite(PG_GETARG_FLOAT8(4), "value_j");
		values[2] = arg_nonnegative(PG_GETARG_FLOAT8(5), "weight");
	}
	if (with_permutations)
		tb_spatial_params(permutations_arg(fcinfo, 6), params);
	return bag_add(fcinfo, &tb_spatial, params, with_permutations ? 3 : 0, "permutations and seed", ids, values);
}
BAG_TRANSITION(terrbal_spatial_transition, spatial_add, bag_id)
BAG_TRANSITION(terrbal_spatial_transition_number, spatial_add, bag_number)

bool spatial_neighbours(FunctionCallInfo fcinfo, TbNeighbours *neighbours, TbPermutations *permutations)
{
	TbBag bag;
	uint32 unit;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && arg_any_null(fcinfo, 1, 2)) || !bag_arg(fcinfo, 0, &tb_spatial, &bag))
		return false;
	bag_neighbours(&bag);
	*permutations = PG_NARGS() > 1 ? permutations_arg(fcinfo, 1) : tb_spatial_permutations(&bag);
	if (tb_neighbours(&bag, neighbours, &unit) != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has more than one value", bag_text(bag.id[unit])),
						errhint("A unit's value is the same in every pair it is in: join the values to the pairs once.")));
	return true;
}

static void warn_of_self(const TbNeighbours *neighbours)
{
	uint32 selves = 0;

	for (uint32 i = 0; i < neighbours->n; i++, tb_step())
		for (size_t k = neighbours->row[i]; k < neighbours->row[i + 1]; k++, tb_step())
			selves += neighbours->neighbour[k] == i;
	if (selves > 0)
		notice_once((errmsg("%u of %u units are neighbours of themselves", selves, neighbours->n),
					 errhint("Expectation and variance are those of weights without a diagonal: leave such pairs out, WHERE unit_i <> unit_j.")));
}

static bool neighbours_arg(FunctionCallInfo fcinfo, TbNeighbours *neighbours, TbPermutations *permutations)
{
	if (!spatial_neighbours(fcinfo, neighbours, permutations))
		return false;
	warn_of_self(neighbours);
	return true;
}

static bool usable(TbStatus status)
{
	return status == TB_UNDEFINED ? status_told(status, "fewer than two units, no pair of neighbours, or one value everywhere")
								  : status_ok_message(status, "sum out of range", NULL, NULL);
}

Datum terrbal_moran(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbMoran r;
	Datum values[11];
	bool nulls[11] = {false};

	if (!neighbours_arg(fcinfo, &neighbours, &permutations) || !usable(tb_moran(&neighbours, permutations, &r)))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, r.i);
	row_double(values, nulls, 1, r.expected);
	row_double(values, nulls, 2, r.z);
	row_double(values, nulls, 3, r.p);
	row_double(values, nulls, 4, r.variance);
	values[5] = Int32GetDatum(neighbours.n);
	values[6] = Int64GetDatum(neighbours.links);
	values[7] = Int32GetDatum(permutations.n);
	row_double(values, nulls, 8, r.randomised.variance);
	row_double(values, nulls, 9, r.randomised.z);
	row_double(values, nulls, 10, r.randomised.p);
	return row_datum(fcinfo, values, nulls, 11);
}

void spatial_local_row(RowArray *rows, const TbId *id, double value, const TbLocalMoran *r)
{
	static const char *const quadrants[] = {NULL, "high-high", "low-high", "low-low", "high-low"};
	Datum values[6];
	bool nulls[6] = {false};

	values[0] = arg_id_datum(id->text, id->length);
	row_double(values, nulls, 1, value);
	row_double(values, nulls, 2, r->quadrant ? r->lag : NAN);
	row_double(values, nulls, 3, r->i);
	nulls[4] = r->quadrant == 0;
	values[4] = nulls[4] ? (Datum)0 : CStringGetTextDatum(quadrants[r->quadrant]);
	row_double(values, nulls, 5, r->p);
	row_array_put(rows, values, nulls, 6);
}

Datum terrbal_local_moran(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbLocalMoran *local;
	RowArray *rows;

	if (!neighbours_arg(fcinfo, &neighbours, &permutations))
		PG_RETURN_NULL();
	local = tb_alloc(neighbours.n * sizeof(TbLocalMoran));
	if (!usable(tb_local_moran(&neighbours, permutations, local)))
		PG_RETURN_NULL();
	rows = row_array_begin(fcinfo, neighbours.n);
	for (uint32 i = 0; i < neighbours.n; i++)
		spatial_local_row(rows, neighbours.id + i, neighbours.value[i], local + i);
	PG_RETURN_DATUM(row_array_end(rows));
}

Datum terrbal_spatial_gini(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbSpatialGini r;
	double fields[5];

	if (!neighbours_arg(fcinfo, &neighbours, &permutations) || !usable(tb_spatial_gini(&neighbours, permutations, &r)))
		PG_RETURN_NULL();
	fields[0] = r.gini;
	fields[1] = r.neighbour;
	fields[2] = r.non_neighbour;
	fields[3] = r.polarisation;
	fields[4] = r.p;
	return row_doubles(fcinfo, fields, 5);
}
