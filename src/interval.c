/* interval.c -- SQL face of confidence limits: of an estimate and its error, of every composite that has both, and of predictions */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "arg.h"
#include "core/base/probability.h"
#include "regression.h"
#include "row.h"

PG_FUNCTION_INFO_V1(terrbal_confidence_interval);
PG_FUNCTION_INFO_V1(terrbal_confidence_limits);
PG_FUNCTION_INFO_V1(terrbal_confidence_limits_number);
PG_FUNCTION_INFO_V1(terrbal_prediction);

/* A composite argument; anyone can have made it with ROW(), and its type may have grown since: attributes are found by their names */
typedef struct Composite {
	TupleDesc desc;
	Datum *values;
	bool *nulls;
} Composite;

static Composite composite(Datum datum)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(datum);
	TupleDesc desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	Composite row = {CreateTupleDescCopy(desc), palloc(desc->natts * sizeof(Datum)), palloc(desc->natts * sizeof(bool))};

	ReleaseTupleDesc(desc);
	heap_deform_tuple(&tuple, row.desc, row.values, row.nulls);
	return row;
}

/* Place of an attribute, -1 where the type has none of that name */
static int attribute(const Composite *row, const char *name)
{
	for (int i = 0; i < row->desc->natts; i++)
		if (strcmp(NameStr(TupleDescAttr(row->desc, i)->attname), name) == 0)
			return i;
	return -1;
}

/* Its number, NaN where NULL or not there */
static double number(const Composite *row, const char *name)
{
	int i = attribute(row, name);

	if (i < 0 || row->nulls[i])
		return NAN;
	return TupleDescAttr(row->desc, i)->atttypid == INT8OID ? (double)DatumGetInt64(row->values[i])
															: arg_finite(DatumGetFloat8(row->values[i]), name);
}

/* Its array of *n numbers, NaN where an element is NULL; NULL where it is NULL or not there */
static double *array(const Composite *row, const char *name, int *n)
{
	int i = attribute(row, name);

	return i < 0 || row->nulls[i] ? NULL : arg_float8_gaps(DatumGetArrayTypeP(row->values[i]), n, name);
}

static double *array_of(const Composite *row, const char *name, int n)
{
	int found;
	double *x = array(row, name, &found);

	if (x)
		arg_same_length(found, name, n, "its coefficients");
	return x;
}

static double level_arg(FunctionCallInfo fcinfo, int n)
{
	double level = arg_share(PG_GETARG_FLOAT8(n), "level");

	if (level == 0 || level == 1)
		arg_refuse(level, "level", "strictly between 0 and 1", "0.95 is usual.");
	return level;
}

/* Degrees of freedom of t tests: clusters less one where errors are clustered, NaN where unknown, infinite where the type has none: normal */
static double test_df(const Composite *row)
{
	double clusters = number(row, "clusters");

	if (!isnan(clusters))
		return clusters - 1;
	return attribute(row, "df") < 0 ? INFINITY : number(row, "df");
}

Datum terrbal_confidence_interval(PG_FUNCTION_ARGS)
{
	Composite row = composite(PG_GETARG_DATUM(0));
	double level = level_arg(fcinfo, 1), common = test_df(&row), *b, *se, *df, *low, *high;
	Datum bounds[2];
	bool none[2] = {false, false};
	int p;

	b = array(&row, "coefficients", &p);
	if (!b)
		PG_RETURN_NULL();
	se = array_of(&row, "standard_errors", p);
	df = array_of(&row, "test_df", p);
	if (!se)
		PG_RETURN_NULL();
	low = palloc(sizeof(double) * Max(p, 1));
	high = palloc(sizeof(double) * Max(p, 1));
	for (int i = 0; i < p; i++)
		tb_interval(b[i], se[i], df ? df[i] : common, level, low + i, high + i);
	bounds[0] = row_float8_array(low, p);
	bounds[1] = row_float8_array(high, p);
	return row_datum(fcinfo, bounds, none, 2);
}

/* NULL where there is no interval, and never an end beyond float8 */
static Datum limits(FunctionCallInfo fcinfo, double low, double high)
{
	double fields[2] = {low, high};

	if (isnan(low) || isnan(high))
		PG_RETURN_NULL();
	if (isinf(low) || isinf(high))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("limits out of range")));
	return row_doubles(fcinfo, fields, 2);
}

/* How the composites call an estimate and its error; of an index the logarithm is the symmetric one */
static const struct Measure {
	const char *estimate, *error;
	enum { PLAIN, SQUARED, RATIO } scale;
} measure[] = {{"corrected", "corrected_se", PLAIN}, {"estimate", "se", PLAIN}, {"effect", "se", PLAIN},
			   {"estimate", "mse", SQUARED},         {"index", "se", RATIO},    {"beta", "se", PLAIN}};

Datum terrbal_confidence_limits(PG_FUNCTION_ARGS)
{
	Composite row = composite(PG_GETARG_DATUM(0));
	double level = level_arg(fcinfo, 1), estimate, error, low, high;
	size_t k = 0;

	while (k < lengthof(measure) && (attribute(&row, measure[k].estimate) < 0 || attribute(&row, measure[k].error) < 0))
		k++;
	if (k == lengthof(measure))
		PG_RETURN_NULL();
	estimate = number(&row, measure[k].estimate);
	error = number(&row, measure[k].error);
	if (isnan(estimate) || isnan(error) || (measure[k].scale == RATIO && !(estimate > 0)))
		PG_RETURN_NULL();
	error = measure[k].scale == SQUARED ? sqrt(arg_nonnegative(error, measure[k].error)) : arg_nonnegative(error, measure[k].error);
	if (measure[k].scale != RATIO) {
		tb_interval(estimate, error, strcmp(measure[k].estimate, "beta") == 0 ? number(&row, "n") - 2 : test_df(&row), level, &low, &high);
		return limits(fcinfo, low, high);
	}
	tb_interval(0, error / estimate, INFINITY, level, &low, &high);
	return limits(fcinfo, estimate * exp(low), estimate * exp(high));
}

/* (estimate, standard_error, df or NULL, level) */
Datum terrbal_confidence_limits_number(PG_FUNCTION_ARGS)
{
	double df = INFINITY, low, high;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2)) {
		df = arg_positive(PG_GETARG_FLOAT8(2), "df");
		if (!(df >= 0.001 && df <= 1e9))
			arg_refuse(df, "df", "from 0.001 to 1e9", "Leave it out for the normal distribution.");
	}
	tb_interval(arg_finite(PG_GETARG_FLOAT8(0), "estimate"), arg_nonnegative(PG_GETARG_FLOAT8(1), "standard_error"), df, level_arg(fcinfo, 3), &low,
				&high);
	return limits(fcinfo, low, high);
}

enum { VALUE, SE, LOW, HIGH, FORECAST_SE, FORECAST_LOW, FORECAST_HIGH, PREDICTION_FIELDS };

/* Slopes within units say nothing of a level: a new y needs its unit's effect */
static bool within(const Composite *fit)
{
	int i = attribute(fit, "covariance");

	return !fit->nulls[i] && strcmp(TextDatumGetCString(fit->values[i]), tb_covariance_name[TB_WITHIN]) == 0;
}

Datum terrbal_prediction(PG_FUNCTION_ARGS)
{
	Composite fit = composite(PG_GETARG_DATUM(0));
	double level = level_arg(fcinfo, 2), fields[PREDICTION_FIELDS], variance, df, *b, *v, *x;
	int p, n;

	b = array(&fit, "coefficients", &p);
	if (!b || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(1), &x, &n, "x"))
		PG_RETURN_NULL();
	arg_same_length(n, "x", p, "the regression");
	v = array_of(&fit, "vcov", p * p);
	fields[VALUE] = tb_regression_at(b, v, x, p, &variance);
	fields[SE] = sqrt(variance);
	fields[FORECAST_SE] = within(&fit) ? NAN : hypot(fields[SE], number(&fit, "sigma"));
	/* the degrees of freedom of each coefficient do not make those of a sum */
	df = fit.nulls[attribute(&fit, "test_df")] ? test_df(&fit) : NAN;
	tb_interval(fields[VALUE], fields[SE], df, level, fields + LOW, fields + HIGH);
	tb_interval(fields[VALUE], fields[FORECAST_SE], df, level, fields + FORECAST_LOW, fields + FORECAST_HIGH);
	for (int i = 0; i < PREDICTION_FIELDS; i++)
		if (isinf(fields[i]) || isnan(fields[VALUE]))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("prediction out of range")));
	return row_doubles(fcinfo, fields, PREDICTION_FIELDS);
}
