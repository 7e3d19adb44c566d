/* tariff.c -- tariffs of equalisation laws, exact for numeric, and the guards that limit the change from one year to the next */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "arg.h"
#include "core/share/tariff.h"
#include "money.h"
#include "status.h"

static double finite_result(double x)
{
	if (!isfinite(x))
		float_overflow_error();
	return x;
}

static void ascending(const double *breaks, int n)
{
	for (int i = 1; i < n; i++)
		if (!(breaks[i - 1] < breaks[i]))
			arg_refuse(breaks[i], "breaks", psprintf("strictly ascending (above %.15g)", breaks[i - 1]), NULL);
}

static double *breaks_arg(FunctionCallInfo fcinfo, int *n)
{
	double *breaks = arg_float8_array(PG_GETARG_ARRAYTYPE_P(1), n, "breaks");

	ascending(breaks, *n);
	return breaks;
}

/* n rows of three columns for breaks that are lower limits, or n + 1 for breaks between the slices: true */
static bool three_columns(ArrayType *array, int n)
{
	if (ARR_NDIM(array) == 0 && n == 0)
		return false;
	if (ARR_NDIM(array) != 2 || (ARR_DIMS(array)[0] != n && ARR_DIMS(array)[0] != n + 1) || ARR_DIMS(array)[1] != 3)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("coefficients must be an array of %d rows {c0, c1, c2}, one for each break (or one more)", n)));
	if (array_contains_nulls(array))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("coefficients must not contain NULL")));
	return ARR_DIMS(array)[0] == n + 1;
}

PG_FUNCTION_INFO_V1(terrbal_tariff_linear_float8);
Datum terrbal_tariff_linear_float8(PG_FUNCTION_ARGS)
{
	int n, m;
	double x = arg_finite(PG_GETARG_FLOAT8(0), "x"), *breaks = breaks_arg(fcinfo, &n);
	double *rates = arg_float8_array(PG_GETARG_ARRAYTYPE_P(2), &m, "rates");

	arg_same_length(n, "breaks", m, "rates");
	PG_RETURN_FLOAT8(finite_result(tb_tariff_linear(x, breaks, rates, n)));
}

PG_FUNCTION_INFO_V1(terrbal_tariff_linear);
Datum terrbal_tariff_linear(PG_FUNCTION_ARGS)
{
	Numeric x = money_arg_finite(PG_GETARG_NUMERIC(0), "x"), amount = money_int(0);
	MoneyArray breaks = money_array(PG_GETARG_ARRAYTYPE_P(1), "breaks"), rates = money_array(PG_GETARG_ARRAYTYPE_P(2), "rates");

	money_arg_ascending(breaks, "breaks");
	arg_same_length(breaks.n, "breaks", rates.n, "rates");
	for (int k = 0; k < breaks.n && money_cmp(x, breaks.x[k]) > 0; k++) {
		Numeric top = k + 1 < breaks.n ? money_lesser(x, breaks.x[k + 1]) : x;

		amount = money_add(amount, money_mul(rates.x[k], money_sub(top, breaks.x[k])));
	}
	PG_RETURN_NUMERIC(amount);
}

PG_FUNCTION_INFO_V1(terrbal_tariff_quadratic_float8);
Datum terrbal_tariff_quadratic_float8(PG_FUNCTION_ARGS)
{
	int n;
	double x = arg_finite(PG_GETARG_FLOAT8(0), "x"), *breaks = breaks_arg(fcinfo, &n), *c;
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(2);
	bool between = three_columns(array, n);

	c = (double *)ARR_DATA_PTR(array);
	for (int i = 0; i < 3 * (n + between); i++)
		arg_finite(c[i], "coefficient");
	PG_RETURN_FLOAT8(finite_result(tb_tariff_quadratic(x, breaks, c, n, between)));
}

/* The slice that holds x, as in the core */
static int slice(Numeric x, const MoneyArray *breaks, bool from_above)
{
	int low = 0, high = breaks->n;

	while (low < high) {
		int middle = (low + high) / 2, order = money_cmp(breaks->x[middle], x);

		if (from_above ? order <= 0 : order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

PG_FUNCTION_INFO_V1(terrbal_tariff_quadratic);
Datum terrbal_tariff_quadratic(PG_FUNCTION_ARGS)
{
	Numeric x = money_arg_finite(PG_GETARG_NUMERIC(0), "x"), c[3];
	MoneyArray breaks = money_array(PG_GETARG_ARRAYTYPE_P(1), "breaks");
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(2);
	Datum *elements;
	bool between;
	int n, k;

	money_arg_ascending(breaks, "breaks");
	between = three_columns(array, breaks.n);
	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elements, NULL, &n);
	for (int i = 0; i < n; i++)
		money_arg_finite(DatumGetNumeric(elements[i]), "coefficient");
	if (!between && (breaks.n == 0 || money_cmp(x, breaks.x[0]) < 0))
		PG_RETURN_NUMERIC(money_int(0));
	k = Max(slice(x, &breaks, false) + between, 0);
	for (int i = 0; i < 3; i++)
		c[i] = DatumGetNumeric(elements[3 * k + i]);
	PG_RETURN_NUMERIC(money_add(c[0], money_mul(x, money_add(c[1], money_mul(x, c[2])))));
}

/* step_value(x, breaks, results): as many results as breaks, the breaks are lower limits (x >= break); one result more, or the last break NULL or
 * infinite, and they are upper limits (x <= break). Both kinds of limit belong to their step. */
static bool upper_limits(int *breaks, int results, bool open_end)
{
	if (open_end)
		(*breaks)--;
	if (*breaks != results && *breaks + 1 != results)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("%d breaks do not fit %d results", *breaks + open_end, results),
						errhint("Give one lower limit for each result, or upper limits between the results.")));
	return *breaks + 1 == results;
}

PG_FUNCTION_INFO_V1(terrbal_step_value_float8);
Datum terrbal_step_value_float8(PG_FUNCTION_ARGS)
{
	double x = arg_finite(PG_GETARG_FLOAT8(0), "x"), *breaks, *results;
	Datum *elements;
	bool *nulls, open_end, upper;
	int n, m, k;

	if (ARR_NDIM(PG_GETARG_ARRAYTYPE_P(1)) > 1)
		arg_float8_array(PG_GETARG_ARRAYTYPE_P(1), &n, "breaks");
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), FLOAT8OID, sizeof(float8), true, TYPALIGN_DOUBLE, &elements, &nulls, &n);
	results = arg_float8_array(PG_GETARG_ARRAYTYPE_P(2), &m, "results");
	open_end = n > 0 && (nulls[n - 1] || DatumGetFloat8(elements[n - 1]) == get_float8_infinity());
	upper = upper_limits(&n, m, open_end);
	breaks = palloc((n + 1) * sizeof(double));
	for (int i = 0; i < n; i++) {
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("only the last break may be NULL")));
		breaks[i] = arg_finite(DatumGetFloat8(elements[i]), "breaks");
	}
	ascending(breaks, n);
	k = tb_tariff_slice(x, breaks, n, !upper) + upper;
	if (k < 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(results[k]);
}

PG_FUNCTION_INFO_V1(terrbal_step_value);
Datum terrbal_step_value(PG_FUNCTION_ARGS)
{
	Numeric x = money_arg_finite(PG_GETARG_NUMERIC(0), "x");
	MoneyArray breaks, results = money_array(PG_GETARG_ARRAYTYPE_P(2), "results");
	Datum *elements;
	bool *nulls, open_end, upper;
	int n, k;

	if (ARR_NDIM(PG_GETARG_ARRAYTYPE_P(1)) > 1)
		money_array(PG_GETARG_ARRAYTYPE_P(1), "breaks");
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), NUMERICOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	open_end = n > 0 && (nulls[n - 1] || (numeric_is_inf(DatumGetNumeric(elements[n - 1])) && money_sign(DatumGetNumeric(elements[n - 1])) > 0));
	upper = upper_limits(&n, results.n, open_end);
	breaks = (MoneyArray){palloc((n + 1) * sizeof(Numeric)), n};
	for (int i = 0; i < n; i++) {
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("only the last break may be NULL")));
		breaks.x[i] = money_arg_finite(DatumGetNumeric(elements[i]), "breaks");
	}
	money_arg_ascending(breaks, "breaks");
	k = slice(x, &breaks, !upper) + upper;
	if (k < 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(results.x[k]);
}

PG_FUNCTION_INFO_V1(terrbal_log_coefficient);
Datum terrbal_log_coefficient(PG_FUNCTION_ARGS)
{
	double population = arg_nonnegative(PG_GETARG_FLOAT8(0), "population"), low = arg_positive(PG_GETARG_FLOAT8(1), "low");
	double high = arg_positive(PG_GETARG_FLOAT8(2), "high");

	if (low >= high)
		arg_refuse(low, "low", psprintf("below high (%.15g)", high), NULL);
	PG_RETURN_FLOAT8(finite_result(
		tb_log_coefficient(population, low, high, arg_finite(PG_GETARG_FLOAT8(3), "value_low"), arg_finite(PG_GETARG_FLOAT8(4), "value_high"))));
}

PG_FUNCTION_INFO_V1(terrbal_power_tariff_float8);
Datum terrbal_power_tariff_float8(PG_FUNCTION_ARGS)
{
	double gap = arg_finite(PG_GETARG_FLOAT8(0), "gap"), width = arg_positive(PG_GETARG_FLOAT8(1), "width");

	PG_RETURN_FLOAT8(
		finite_result(tb_power_tariff(gap, width, arg_finite(PG_GETARG_FLOAT8(2), "height"), arg_positive(PG_GETARG_FLOAT8(3), "exponent"))));
}

PG_FUNCTION_INFO_V1(terrbal_power_tariff);
Datum terrbal_power_tariff(PG_FUNCTION_ARGS)
{
	Numeric gap = money_arg_finite(PG_GETARG_NUMERIC(0), "gap"), width = money_arg_positive(PG_GETARG_NUMERIC(1), "width");
	Numeric height = money_arg_finite(PG_GETARG_NUMERIC(2), "height"), exponent = money_arg_positive(PG_GETARG_NUMERIC(3), "exponent");
	Numeric ratio;

	if (money_sign(gap) <= 0)
		PG_RETURN_NUMERIC(money_int(0));
	ratio = money_quotient(gap, width);
	PG_RETURN_NUMERIC(
		money_trim(money_mul(height, DatumGetNumeric(DirectFunctionCall2(numeric_power, NumericGetDatum(ratio), NumericGetDatum(exponent)))), 16));
}

/* Guards on the change of an amount */

/* A part of the amount of the year before: a notice where it reads like a percentage */
static Numeric times_arg(Numeric x, const char *name)
{
	if (money_cmp(money_arg_nonnegative(x, name), money_int(10)) >= 0)
		notice_once(
			(errmsg("%s %s lifts amounts to so many times that of the year before", name, money_text(x)), errhint("Divide a percentage by 100.")));
	return x;
}

PG_FUNCTION_INFO_V1(terrbal_corridor);
Datum terrbal_corridor(PG_FUNCTION_ARGS)
{
	Numeric amount = money_arg_finite(PG_GETARG_NUMERIC(0), "new_amount"), previous = money_arg_nonnegative(PG_GETARG_NUMERIC(1), "previous");
	Numeric low = times_arg(PG_GETARG_NUMERIC(2), "low"), high = money_arg_nonnegative(PG_GETARG_NUMERIC(3), "high");
	Numeric least = money_mul(low, previous);

	if (money_cmp(low, high) > 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("low %s is above high %s", money_text(low), money_text(high))));
	if (money_sign(previous) == 0)
		PG_RETURN_NUMERIC(amount);
	PG_RETURN_NUMERIC(money_cmp(amount, least) < 0 ? least : money_lesser(amount, money_mul(high, previous)));
}

PG_FUNCTION_INFO_V1(terrbal_phase_in);
Datum terrbal_phase_in(PG_FUNCTION_ARGS)
{
	Numeric before = money_arg_finite(PG_GETARG_NUMERIC(0), "old_amount"), after = money_arg_finite(PG_GETARG_NUMERIC(1), "new_amount");

	PG_RETURN_NUMERIC(money_add(before, money_mul(money_arg_fraction(PG_GETARG_NUMERIC(2), "share"), money_sub(after, before))));
}

PG_FUNCTION_INFO_V1(terrbal_phase_out);
Datum terrbal_phase_out(PG_FUNCTION_ARGS)
{
	Numeric amount = money_arg_finite(PG_GETARG_NUMERIC(0), "amount"), year = money_arg_years(money_arg_nonnegative(PG_GETARG_NUMERIC(1), "year"));
	Numeric left = money_sub(money_int(1), money_mul(money_arg_fraction(PG_GETARG_NUMERIC(2), "rate"), year));

	PG_RETURN_NUMERIC(money_mul(amount, money_positive_part(left)));
}

PG_FUNCTION_INFO_V1(terrbal_guarantee);
Datum terrbal_guarantee(PG_FUNCTION_ARGS)
{
	Numeric amount = money_arg_finite(PG_GETARG_NUMERIC(0), "new_amount"), previous = money_arg_finite(PG_GETARG_NUMERIC(1), "previous");
	Numeric least = money_mul(times_arg(PG_GETARG_NUMERIC(2), "ratio"), previous);

	PG_RETURN_NUMERIC(money_cmp(amount, least) < 0 ? least : amount);
}
