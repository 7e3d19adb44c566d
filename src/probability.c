/* probability.c -- SQL face of distribution functions and quantiles */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/base/probability.h"

PG_FUNCTION_INFO_V1(terrbal_normal_probability);
PG_FUNCTION_INFO_V1(terrbal_normal_quantile);
PG_FUNCTION_INFO_V1(terrbal_student_probability);
PG_FUNCTION_INFO_V1(terrbal_student_quantile);
PG_FUNCTION_INFO_V1(terrbal_chi_square_probability);
PG_FUNCTION_INFO_V1(terrbal_chi_square_quantile);
PG_FUNCTION_INFO_V1(terrbal_f_probability);
PG_FUNCTION_INFO_V1(terrbal_f_quantile);

/* A point where a distribution function is asked for: infinity has an answer */
static double point(FunctionCallInfo fcinfo, const char *name)
{
	double x = PG_GETARG_FLOAT8(0);

	return isinf(x) ? x : arg_finite(x, name);
}

static double probability(FunctionCallInfo fcinfo)
{
	double p = arg_share(PG_GETARG_FLOAT8(0), "p");

	if (p == 0 || p == 1)
		arg_refuse(p, "p", "strictly between 0 and 1", "The quantile at 0 or 1 is the end of the distribution.");
	return p;
}

static double degrees(FunctionCallInfo fcinfo, int n, const char *name)
{
	return arg_positive(PG_GETARG_FLOAT8(n), name);
}

Datum terrbal_normal_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_normal(point(fcinfo, "z")));
}

Datum terrbal_normal_quantile(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_normal_quantile(probability(fcinfo)));
}

Datum terrbal_student_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_t_lower(point(fcinfo, "t"), degrees(fcinfo, 1, "df")));
}

Datum terrbal_student_quantile(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_t_quantile(probability(fcinfo), degrees(fcinfo, 1, "df")));
}

Datum terrbal_chi_square_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_chi_square(point(fcinfo, "x"), degrees(fcinfo, 1, "df"), false));
}

Datum terrbal_chi_square_quantile(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_chi_square_quantile(probability(fcinfo), degrees(fcinfo, 1, "df")));
}

Datum terrbal_f_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_f_lower(point(fcinfo, "f"), degrees(fcinfo, 1, "df1"), degrees(fcinfo, 2, "df2")));
}

Datum terrbal_f_quantile(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_f_quantile(probability(fcinfo), degrees(fcinfo, 1, "df1"), degrees(fcinfo, 2, "df2")));
}
