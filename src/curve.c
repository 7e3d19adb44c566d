/* curve.c -- curve_point[] */
#include "postgres.h"

#include <math.h>

#include "curve.h"
#include "row.h"
#include "status.h"

Datum curve_datum(FunctionCallInfo fcinfo, const TbDistribution *v, const double *rank)
{
	TbCurvePoint *points;
	size_t n = tb_curve(v, rank, &points);
	RowArray *array;

	if (n == 0) {
		no_result("the values do not add up to more than 0");
		PG_RETURN_NULL();
	}
	array = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		Datum values[2];
		bool nulls[2];

		row_double(values, nulls, 0, points[i].p);
		row_double(values, nulls, 1, points[i].l);
		row_array_put(array, values, nulls, 2);
	}
	return row_array_end(array);
}
