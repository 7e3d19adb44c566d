/* plan.c -- what the monitor keeps of a series beside its last value */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/estimate/plan.h"
#include "row.h"

/* series_summary(days, series) */
PG_FUNCTION_INFO_V1(terrbal_series_summary);
Datum terrbal_series_summary(PG_FUNCTION_ARGS)
{
	int days, n;
	double *day = arg_float8_array(PG_GETARG_ARRAYTYPE_P(0), &days, "day"), *value = arg_float8_array(PG_GETARG_ARRAYTYPE_P(1), &n, "value");
	TbSeries s;
	Datum values[4];
	bool nulls[4];

	arg_same_length(days, "days", n, "values");
	for (int i = 1; i < n; i++)
		if (!(day[i] > day[i - 1]))
			arg_refuse(day[i], "day", "later than the one before", NULL);
	tb_series(day, value, n, &s);
	values[0] = Float8GetDatum(s.level);
	values[1] = Float8GetDatum(s.slope);
	values[2] = Int32GetDatum(s.run);
	values[3] = Float8GetDatum(s.jump);
	nulls[0] = nulls[1] = !s.has_line;
	nulls[2] = false;
	nulls[3] = !s.has_jump;
	return row_datum(fcinfo, values, nulls, 4);
}
