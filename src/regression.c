/* regression.c -- SQL face of least squares: the composite, ols, predicted, kennedy_effect */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "arg.h"
#include "core/base/cholesky.h"
#include "regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

/* Fields of the composite, in order */
enum {
	COEFFICIENTS,
	STANDARD_ERRORS,
	T,
	P,
	VCOV,
	R2,
	ADJUSTED_R2,
	SIGMA,
	RSS,
	F,
	AIC,
	BIC,
	N,
	DF,
	RANK,
	RECIPROCAL_CONDITION,
	ALIASED,
	F_P,
	LOG_LIKELIHOOD,
	CONSTANT,
	COVARIANCE,
	CLUSTERS,
	TEST_DF,
	FIELDS
};

StaticAssertDecl(FIELDS == REGRESSION_FIELDS, "regression.h knows the number of fields");

static Datum aliased_array(const TbRegression *fit)
{
	Datum *values = palloc(sizeof(Datum) * fit->p);
	int n = 0;

	for (uint32 i = 0; i < fit->p; i++)
		if (fit->aliased[i])
			values[n++] = Int32GetDatum(i + 1);
	return PointerGetDatum(construct_array(values, n, INT4OID, sizeof(int32), true, 'i'));
}

/* CR2 and CR3 are made for few clusters, and say what they bear by the degrees of freedom of each test */
static void tell_few_clusters(const TbRegression *fit)
{
	if (fit->covariance != TB_CLUSTER && fit->covariance != TB_CLUSTER2)
		return;
	for (uint32_t i = 0; i < fit->p; i++)
		if (!isnan(fit->standard_error[i])) {
			few_clusters(fit->clusters, "ols_cr2, ols_cr3 and wild_cluster_bootstrap ask what few clusters can bear.");
			return;
		}
}

void regression_values(const TbRegression *fit, Datum *values, bool *nulls)
{
	bool clustered = fit->covariance == TB_CLUSTER || fit->covariance == TB_CLUSTER2 || fit->covariance == TB_CR2 || fit->covariance == TB_CR3;

	tell_few_clusters(fit);
	memset(nulls, 0, FIELDS * sizeof(bool));
	values[COEFFICIENTS] = row_float8_array(fit->coefficient, fit->p);
	values[STANDARD_ERRORS] = row_float8_array(fit->standard_error, fit->p);
	values[T] = row_float8_array(fit->t, fit->p);
	values[P] = row_float8_array(fit->p_value, fit->p);
	values[VCOV] = row_float8_matrix(fit->vcov, fit->p, fit->p);
	row_double(values, nulls, R2, fit->r2);
	row_double(values, nulls, ADJUSTED_R2, fit->adjusted_r2);
	row_double(values, nulls, SIGMA, fit->sigma);
	row_double(values, nulls, RSS, fit->rss);
	row_double(values, nulls, F, fit->f);
	row_double(values, nulls, AIC, fit->aic);
	row_double(values, nulls, BIC, fit->bic);
	values[N] = Int64GetDatum(fit->n);
	values[DF] = Int64GetDatum((int64)fit->df);
	values[RANK] = Int32GetDatum(fit->rank);
	row_double(values, nulls, RECIPROCAL_CONDITION, fit->reciprocal_condition);
	values[ALIASED] = aliased_array(fit);
	row_double(values, nulls, F_P, fit->f_p);
	row_double(values, nulls, LOG_LIKELIHOOD, fit->log_likelihood);
	values[CONSTANT] = BoolGetDatum(fit->constant);
	values[COVARIANCE] = CStringGetTextDatum(tb_covariance_name[fit->covariance]);
	nulls[CLUSTERS] = !clustered;
	values[CLUSTERS] = Int64GetDatum(fit->clusters);
	nulls[TEST_DF] = !fit->test_df;
	values[TEST_DF] = fit->test_df ? row_float8_array(fit->test_df, fit->p) : (Datum)0;
}

Datum regression_datum(FunctionCallInfo fcinfo, const TbRegression *fit)
{
	Datum values[FIELDS];
	bool nulls[FIELDS];

	regression_values(fit, values, nulls);
	return row_datum(fcinfo, values, nulls, FIELDS);
}

PG_FUNCTION_INFO_V1(terrbal_ols);

Datum terrbal_ols(PG_FUNCTION_ARGS)
{
	TbRegression fit;
	TbMoments moments;
	double tolerance = TB_PIVOT_TOLERANCE;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1)
		tolerance = arg_share(PG_GETARG_FLOAT8(1), "tolerance");
	moments = tb_moments_view(state_arg(fcinfo, 0, &tb_moment_shape));
	if (!status_told(tb_regression(&moments, tolerance, &fit), "no row with a weight above 0"))
		PG_RETURN_NULL();
	return regression_datum(fcinfo, &fit);
}

/* A composite argument taken apart; anyone can have made it with ROW(). The type may have grown since: fields past those known here are passed over,
 * missing ones are NULL. */
static void take_apart(Datum regression, Datum *values, bool *nulls)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(regression);
	TupleDesc desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	int found = desc->natts;
	Datum *all = palloc(found * sizeof(Datum));
	bool *missing = palloc(found * sizeof(bool));

	heap_deform_tuple(&tuple, desc, all, missing);
	ReleaseTupleDesc(desc);
	for (int i = 0; i < FIELDS; i++) {
		nulls[i] = i >= found || missing[i];
		values[i] = nulls[i] ? (Datum)0 : all[i];
	}
	pfree(all);
	pfree(missing);
}

/* A float8 array of n elements, NaN where NULL */
static double *numbers(Datum datum, int n, const char *name)
{
	int found;
	double *x = arg_float8_gaps(DatumGetArrayTypeP(datum), &found, name);

	arg_same_length(found, name, n, "its regression");
	return x;
}

static int length_of(Datum array)
{
	ArrayType *a = DatumGetArrayTypeP(array);

	return ArrayGetNItems(ARR_NDIM(a), ARR_DIMS(a));
}

double *regression_coefficients(Datum regression, int *p)
{
	Datum values[FIELDS];
	bool nulls[FIELDS];

	take_apart(regression, values, nulls);
	if (nulls[COEFFICIENTS])
		return NULL;
	return arg_float8_gaps(DatumGetArrayTypeP(values[COEFFICIENTS]), p, "coefficients");
}

static double number(const Datum *values, const bool *nulls, int i)
{
	return nulls[i] ? NAN : arg_finite(DatumGetFloat8(values[i]), "regression");
}

TbRegressionFit regression_fit(Datum regression)
{
	static const int field[TB_FIT_NUMBERS] = {[TB_FIT_R2] = R2,
											  [TB_FIT_ADJUSTED] = ADJUSTED_R2,
											  [TB_FIT_SIGMA] = SIGMA,
											  [TB_FIT_RSS] = RSS,
											  [TB_FIT_AIC] = AIC,
											  [TB_FIT_BIC] = BIC,
											  [TB_FIT_LIKELIHOOD] = LOG_LIKELIHOOD,
											  [TB_FIT_CONDITION] = RECIPROCAL_CONDITION};
	Datum values[FIELDS];
	bool nulls[FIELDS];
	TbRegressionFit fit = {0};
	double *bread, sigma2;

	take_apart(regression, values, nulls);
	if (nulls[COEFFICIENTS] || nulls[VCOV] || nulls[COVARIANCE] || nulls[N] || nulls[DF] || nulls[RANK] || nulls[CONSTANT])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("fit is not a complete regression"), errhint("Give the result of ols(y, x).")));
	if (strcmp(TextDatumGetCString(values[COVARIANCE]), tb_covariance_name[TB_CLASSICAL]) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("fit has covariance %s, not classical", TextDatumGetCString(values[COVARIANCE])),
				 errhint("Give the result of ols(y, x).")));
	fit.p = length_of(values[COEFFICIENTS]);
	if (fit.p < 1 || fit.p > TB_MOMENT_COLUMNS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("fit has %d coefficients", (int)fit.p)));
	fit.n = Max(DatumGetInt64(values[N]), 0);
	fit.rank = Min(Max(DatumGetInt32(values[RANK]), 0), (int)fit.p);
	for (int i = 0; i < TB_FIT_NUMBERS; i++)
		if (i != TB_FIT_DF && i != TB_FIT_CONSTANT)
			fit.number[i] = number(values, nulls, field[i]);
	fit.number[TB_FIT_DF] = DatumGetInt64(values[DF]);
	fit.number[TB_FIT_CONSTANT] = DatumGetBool(values[CONSTANT]);
	fit.b = numbers(values[COEFFICIENTS], fit.p, "coefficients");
	bread = numbers(values[VCOV], fit.p * fit.p, "vcov");
	sigma2 = fit.number[TB_FIT_SIGMA] * fit.number[TB_FIT_SIGMA];
	for (uint32 i = 0; i < fit.p * fit.p; i++) {
		bread[i] /= sigma2;
		if (!isfinite(bread[i]))
			bread[i] = 0;
	}
	fit.bread = bread;
	return fit;
}

PG_FUNCTION_INFO_V1(terrbal_predicted);

Datum terrbal_predicted(PG_FUNCTION_ARGS)
{
	double *b, *x, value, variance;
	int p, n;

	b = regression_coefficients(PG_GETARG_DATUM(0), &p);
	if (!b || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(1), &x, &n, "x"))
		PG_RETURN_NULL();
	arg_same_length(n, "x", p, "the regression");
	value = tb_regression_at(b, NULL, x, p, &variance);
	if (!isfinite(value))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("prediction out of range")));
	PG_RETURN_FLOAT8(value);
}

PG_FUNCTION_INFO_V1(terrbal_kennedy_effect);

Datum terrbal_kennedy_effect(PG_FUNCTION_ARGS)
{
	double coefficient = arg_finite(PG_GETARG_FLOAT8(0), "coefficient");
	double effect = tb_kennedy(coefficient, arg_nonnegative(PG_GETARG_FLOAT8(1), "standard_error"));

	if (!isfinite(effect))
		arg_refuse(coefficient, "coefficient", "below 709", "A coefficient of a logarithmic model is rarely above 5.");
	PG_RETURN_FLOAT8(effect);
}
