/* progressivity.c -- concentration curves and indices, progressivity of a tax or transfer */
#include "postgres.h"

#include <math.h>

#include "curve.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

/* Values in the order of their ranks; *rank is sorted */
static bool ranked_arg(FunctionCallInfo fcinfo, TbDistribution *values, const double **rank)
{
	TbSample sample, sorted;
	const double *v;

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample))
		return false;
	tb_sample_by_second(&sample, &sorted);
	v = sorted.x;
	*rank = sorted.x = sorted.y;
	tb_distribution(&sorted, v, values);
	return true;
}

PG_FUNCTION_INFO_V1(terrbal_concentration_index);

Datum terrbal_concentration_index(PG_FUNCTION_ARGS)
{
	TbDistribution values;
	const double *rank;
	double index;

	if (!ranked_arg(fcinfo, &values, &rank))
		PG_RETURN_NULL();
	index = tb_concentration(&values, rank);
	if (!isfinite(index)) {
		no_result("the values do not add up to more than 0");
		PG_RETURN_NULL();
	}
	PG_RETURN_FLOAT8(index);
}

PG_FUNCTION_INFO_V1(terrbal_concentration_curve);

Datum terrbal_concentration_curve(PG_FUNCTION_ARGS)
{
	TbDistribution values;
	const double *rank;

	if (!ranked_arg(fcinfo, &values, &rank))
		PG_RETURN_NULL();
	return curve_datum(fcinfo, &values, rank);
}

PG_FUNCTION_INFO_V1(terrbal_progressivity);

Datum terrbal_progressivity(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbProgressivity r;

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample))
		PG_RETURN_NULL();
	tb_progressivity(&sample, &r);
	if (!isfinite(r.gini_before))
		no_result("the values before do not add up to more than 0");
	return row_doubles(fcinfo,
					   (double[]){r.gini_before, r.gini_after, r.reynolds_smolensky, r.kakwani, r.suits, r.vertical_equity, r.reranking,
								  r.musgrave_thin, r.average_rate},
					   9);
}
