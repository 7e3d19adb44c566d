/* dependence.c -- SQL face of likeness between neighbours beside Moran's I */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/dependence.h"
#include "row.h"
#include "spatial.h"
#include "state.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_geary);
PG_FUNCTION_INFO_V1(terrbal_getis_ord);
PG_FUNCTION_INFO_V1(terrbal_local_getis_ord);
PG_FUNCTION_INFO_V1(terrbal_bivariate_moran);
PG_FUNCTION_INFO_V1(terrbal_local_bivariate_moran);
PG_FUNCTION_INFO_V1(terrbal_join_count);

static const char *const nothing = "there are fewer than two units, no link between them, or no variation";

static void dependence_fields(Datum *values, bool *nulls, const TbDependence *r)
{
	row_double(values, nulls, 0, r->value);
	row_double(values, nulls, 1, r->expected);
	row_double(values, nulls, 2, r->z);
	row_double(values, nulls, 3, r->p);
	row_double(values, nulls, 4, r->variance);
}

Datum terrbal_geary(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbDependence randomised, normal;
	Datum values[10];
	bool nulls[10] = {false};

	if (!spatial_neighbours(fcinfo, &neighbours, &permutations) || !status_told(tb_geary(&neighbours, &randomised, &normal), nothing))
		PG_RETURN_NULL();
	dependence_fields(values, nulls, &normal);
	values[5] = Int32GetDatum(neighbours.n);
	values[6] = Int64GetDatum(neighbours.links);
	row_double(values, nulls, 7, randomised.variance);
	row_double(values, nulls, 8, randomised.z);
	row_double(values, nulls, 9, randomised.p);
	return row_datum(fcinfo, values, nulls, 10);
}

Datum terrbal_getis_ord(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbDependence r;
	TbStatus status;
	Datum values[7];
	bool nulls[7] = {false};

	if (!spatial_neighbours(fcinfo, &neighbours, &permutations))
		PG_RETURN_NULL();
	status = tb_getis_ord(&neighbours, &r);
	if (status == TB_INVALID)
		(void)status_ok_message(status, "a value is negative", NULL, "G compares products of values: take it of amounts, or use moran.");
	if (status == TB_MISMATCH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a unit is its own neighbour"), errhint("G is over pairs of different units.")));
	if (!status_told(status, "there are fewer than two units with a value above 0, or no link"))
		PG_RETURN_NULL();
	dependence_fields(values, nulls, &r);
	values[5] = Int32GetDatum(neighbours.n);
	values[6] = Int64GetDatum(neighbours.links);
	return row_datum(fcinfo, values, nulls, 7);
}

Datum terrbal_local_getis_ord(PG_FUNCTION_ARGS)
{
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbLocalGetis *local;
	RowArray *rows;

	if (!spatial_neighbours(fcinfo, &neighbours, &permutations))
		PG_RETURN_NULL();
	local = tb_alloc((neighbours.n + (size_t)1) * sizeof(TbLocalGetis));
	if (!status_told(tb_local_getis(&neighbours, local), "there are fewer than three units, no link between them, or no variation"))
		PG_RETURN_NULL();
	rows = row_array_begin(fcinfo, neighbours.n);
	for (uint32 i = 0; i < neighbours.n; i++) {
		Datum values[6] = {arg_id_datum(neighbours.id[i].text, neighbours.id[i].length)};
		bool nulls[6] = {false};

		row_double(values, nulls, 1, neighbours.value[i]);
		row_double(values, nulls, 2, local[i].g_star);
		row_double(values, nulls, 3, local[i].p_star);
		row_double(values, nulls, 4, local[i].g);
		row_double(values, nulls, 5, local[i].p);
		row_array_put(rows, values, nulls, 6);
	}
	PG_RETURN_DATUM(row_array_end(rows));
}

/* false: no pairs. Pairs given twice are an error */
static bool two_variable_pairs(FunctionCallInfo fcinfo, TbBag *bag)
{
	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_spatial, bag))
		return false;
	bag_neighbours(bag);
	return true;
}

/* false: nothing to measure, which a notice says */
static bool two_variables_usable(TbStatus status, const TbBag *bag, uint32 unit)
{
	if (status == TB_INVALID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has more than one value of a variable", bag_text(bag->id[unit])),
				 errhint("value_i is the first variable of unit_i, value_j the second of unit_j, each the same in all pairs.")));
	return status_told(status, nothing);
}

Datum terrbal_bivariate_moran(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbPermutations permutations;
	TbMoran r;
	uint32 units, unit = 0;
	size_t links;
	Datum values[5];
	bool nulls[5] = {false};

	if (!two_variable_pairs(fcinfo, &bag))
		PG_RETURN_NULL();
	permutations = tb_spatial_permutations(&bag);
	if (!two_variables_usable(tb_bivariate_moran(&bag, permutations, &r, &units, &links, &unit), &bag, unit))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, r.i);
	row_double(values, nulls, 1, r.p);
	values[2] = Int32GetDatum(units);
	values[3] = Int64GetDatum(links);
	values[4] = Int32GetDatum(permutations.n);
	return row_datum(fcinfo, values, nulls, 5);
}

Datum terrbal_local_bivariate_moran(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbLocalMoran *local;
	double *value;
	uint32 unit = 0;
	RowArray *rows;

	if (!two_variable_pairs(fcinfo, &bag))
		PG_RETURN_NULL();
	local = tb_alloc((bag.ids + (size_t)1) * sizeof(TbLocalMoran));
	value = tb_alloc((bag.ids + (size_t)1) * sizeof(double));
	if (!two_variables_usable(tb_local_bivariate_moran(&bag, tb_spatial_permutations(&bag), local, value, &unit), &bag, unit))
		PG_RETURN_NULL();
	rows = row_array_begin(fcinfo, bag.ids);
	for (uint32 i = 0; i < bag.ids; i++)
		if (!isnan(value[i]))
			spatial_local_row(rows, bag.id + i, value[i], local + i);
	PG_RETURN_DATUM(row_array_end(rows));
}

Datum terrbal_join_count(PG_FUNCTION_ARGS)
{
	static const char *const kind[3] = {"1-1", "0-0", "1-0"};
	TbNeighbours neighbours;
	TbPermutations permutations;
	TbJoins r;
	TbStatus status;
	const TbDependence *joins[3] = {&r.ones_joined, &r.zeros_joined, &r.mixed};
	RowArray *rows;

	if (!spatial_neighbours(fcinfo, &neighbours, &permutations))
		PG_RETURN_NULL();
	status = tb_join_count(&neighbours, &r);
	if (status == TB_INVALID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a value is neither 0 nor 1"), errhint("Compare first, as in (crime > 35)::int.")));
	if (!status_told(status, "there are fewer than two units, or no link between them"))
		PG_RETURN_NULL();
	rows = row_array_begin(fcinfo, 3);
	for (int k = 0; k < 3; k++) {
		Datum values[6] = {arg_id_datum(kind[k], 3)};
		bool nulls[6] = {false};

		row_double(values, nulls, 1, joins[k]->value);
		row_double(values, nulls, 2, joins[k]->expected);
		row_double(values, nulls, 3, joins[k]->z);
		row_double(values, nulls, 4, joins[k]->p);
		row_double(values, nulls, 5, joins[k]->variance);
		row_array_put(rows, values, nulls, 6);
	}
	PG_RETURN_DATUM(row_array_end(rows));
}
