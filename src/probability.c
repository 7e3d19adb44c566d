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

/* Beyond these the series need minutes and a t is a normal */
#define LEAST_DF 0.001
#define MOST_DF 1e9

static double degrees(FunctionCallInfo fcinfo, int n, const char *name)
{
	double df = arg_positive(PG_GETARG_FLOAT8(n), name);

	if (df < LEAST_DF || df > MOST_DF)
		arg_refuse(df, name, "between 0.001 and 1e9", "With so many degrees of freedom use normal_probability or normal_quantile.");
	return df;
}

static Datum answer(double x)
{
	if (!isfinite(x))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("quantile exceeds the range of float8")));
	PG_RETURN_FLOAT8(x);
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
	return answer(tb_t_quantile(probability(fcinfo), degrees(fcinfo, 1, "df")));
}

Datum terrbal_chi_square_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_chi_square(point(fcinfo, "x"), degrees(fcinfo, 1, "df"), false));
}

Datum terrbal_chi_square_quantile(PG_FUNCTION_ARGS)
{
	return answer(tb_chi_square_quantile(probability(fcinfo), degrees(fcinfo, 1, "df")));
}

Datum terrbal_f_probability(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(tb_f_lower(point(fcinfo, "f"), degrees(fcinfo, 1, "df1"), degrees(fcinfo, 2, "df2")));
}

Datum terrbal_f_quantile(PG_FUNCTION_ARGS)
{
	return answer(tb_f_quantile(probability(fcinfo), degrees(fcinfo, 1, "df1"), degrees(fcinfo, 2, "df2")));
}
