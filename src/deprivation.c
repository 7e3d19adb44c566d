/* deprivation.c -- SQL face of deprivation: multidimensional poverty */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/inequality/deprivation.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(deprivation)
PG_FUNCTION_INFO_V1(terrbal_deprivation_transition);
PG_FUNCTION_INFO_V1(terrbal_multidimensional_poverty);

/* The rule, which is the same in all rows: weights of argument 2 and the cutoff of argument 3 */
static double *rule(FunctionCallInfo fcinfo, int *dimensions, double *cutoff)
{
	double *weights, sum = 0;

	bag_not_null(fcinfo, 2, "weights");
	bag_not_null(fcinfo, 3, "cutoff");
	weights = arg_float8_array(PG_GETARG_ARRAYTYPE_P(2), dimensions, "weights");
	*cutoff = arg_positive(PG_GETARG_FLOAT8(3), "cutoff");
	if (*dimensions < 1 || *dimensions > TB_DIMENSIONS)
		arg_refuse(*dimensions, "number of weights", psprintf("between 1 and %d", TB_DIMENSIONS), NULL);
	for (int i = 0; i < *dimensions; i++)
		sum += arg_nonnegative(weights[i], "weight of a dimension");
	if (sum <= 0 || isinf(sum))
		arg_refuse(sum, "sum of weights", "positive and finite", NULL);
	if (*cutoff > sum * (1 + 1e-12))
		arg_refuse(*cutoff, "cutoff", psprintf("at most the sum of weights (%.15g)", sum),
				   "Nobody could be poor. The cutoff is in the unit of the weights.");
	return weights;
}

static bool deprived_arg(FunctionCallInfo fcinfo, int dimensions, double **deprived)
{
	int n;

	if (!arg_float8_row(PG_GETARG_ARRAYTYPE_P(1), deprived, &n, "deprivations"))
		return false;
	arg_same_length(n, "deprivations", dimensions, "weights");
	for (int i = 0; i < n; i++)
		if ((*deprived)[i] != 0 && (*deprived)[i] != 1)
			arg_refuse((*deprived)[i], psprintf("deprivations[%d]", i + 1), "0 or 1",
					   "Compare with the line of each dimension first: (schooling < 6)::int.");
	return true;
}

/* (state, deprivations, weights, cutoff[, weight]) */
Datum terrbal_deprivation_transition(PG_FUNCTION_ARGS)
{
	bool weighted = PG_NARGS() > 4;
	double *weights, *deprived, cutoff, weight = 1;
	int dimensions;
	TbState *state;

	if (PG_ARGISNULL(1) || (weighted && PG_ARGISNULL(4)))
		return state_unchanged(fcinfo);
	weights = rule(fcinfo, &dimensions, &cutoff);
	if (weighted)
		weight = arg_nonnegative(PG_GETARG_FLOAT8(4), "weight");
	if (!deprived_arg(fcinfo, dimensions, &deprived) || weight == 0)
		return state_unchanged(fcinfo);
	state = state_writable(fcinfo, 0, &tb_deprivation_shape);
	if (!state)
		state = tb_deprivation_new(weights, dimensions, cutoff);
	else if (!tb_deprivation_same(state, weights, dimensions, cutoff))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("weights and cutoff must be the same in all rows"),
						errhint("Group by what sets them apart.")));
	state_ok(tb_deprivation_add(state, deprived, weight), &tb_deprivation_shape);
	return state_kept(fcinfo, state, &tb_deprivation_shape);
}

Datum terrbal_multidimensional_poverty(PG_FUNCTION_ARGS)
{
	TbDeprivation d;
	Datum values[9];
	bool nulls[9] = {false};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	tb_deprivation(state_arg(fcinfo, 0, &tb_deprivation_shape), &d);
	if (d.union_rule)
		notice_once((errmsg("the cutoff is %.3g of all weights, below that of every dimension: whoever is deprived at all is poor", d.cutoff),
					 errhint("The cutoff is in the unit of the weights.")));
	row_double(values, nulls, 0, d.headcount);
	row_double(values, nulls, 1, d.intensity);
	row_double(values, nulls, 2, d.index);
	values[3] = row_float8_array(d.censored, d.dimensions);
	values[4] = row_float8_array(d.contribution, d.dimensions);
	values[5] = row_float8_array(d.uncensored, d.dimensions);
	row_double(values, nulls, 6, d.poor);
	row_double(values, nulls, 7, d.population);
	values[8] = Int64GetDatum(d.n);
	return row_datum(fcinfo, values, nulls, 9);
}
