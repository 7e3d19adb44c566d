/* poverty.c -- poverty measures and polarisation as finals of aggregates and as accessors on stored samples */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/inequality/poverty.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_poverty);
PG_FUNCTION_INFO_V1(terrbal_esteban_ray);

/* The second argument of an accessor, or what an aggregate keeps in its state */
static double parameter(FunctionCallInfo fcinfo)
{
	return sample_parameter(fcinfo, &tb_sample_shape, 1, 0);
}

Datum terrbal_poverty(PG_FUNCTION_ARGS)
{
	double line = arg_positive(parameter(fcinfo), "line"), median, field[7];
	TbSample sample;
	TbDistribution d;
	TbPoverty p;
	Datum values[8];
	bool nulls[8];

	if (!distribution_arg(fcinfo, &sample, &d))
		PG_RETURN_NULL();
	median = tb_quantile(&d, 0.5);
	if (line < median / 100)
		notice_once((errmsg("the line %.15g is less than a hundredth of the median, %.15g", line, median),
					 errhint("It is in the unit of the values: 0.6 * weighted_quantile(value, 0.5) is a line, 0.6 is not.")));
	tb_poverty(&d, line, &p);
	memcpy(field, (double[]){p.headcount, p.gap, p.severity, p.sen_shorrocks_thon, p.watts, p.poor, p.population}, sizeof(field));
	for (int i = 0; i < 7; i++)
		row_double(values, nulls, i, field[i]);
	values[7] = Int64GetDatum(sample.rows);
	nulls[7] = false;
	return row_datum(fcinfo, values, nulls, 8);
}

Datum terrbal_esteban_ray(PG_FUNCTION_ARGS)
{
	double alpha = arg_nonnegative(parameter(fcinfo), "alpha"), index;
	TbSample sample;
	TbDistribution d;

	if (alpha > 1.6)
		arg_refuse(alpha, "alpha", "between 0 and 1.6", "1.3 is usual; above 1.6 the axioms of Esteban and Ray do not hold.");
	if (!distribution_arg(fcinfo, &sample, &d))
		PG_RETURN_NULL();
	index = tb_esteban_ray(&d, alpha);
	if (isinf(index))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("index exceeds the range of float8")));
	PG_RETURN_FLOAT8(index);
}
