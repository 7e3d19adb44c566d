/* money.c -- exact decimal arithmetic for the instruments */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "arg.h"
#include "money.h"
#include "status.h"

/* From here on a number of years is taken for one of the calendar */
#define CALENDAR_YEAR 1000

#define CALL1(f, a) DatumGetNumeric(DirectFunctionCall1(f, NumericGetDatum(a)))
#define CALL2(f, a, b) DatumGetNumeric(DirectFunctionCall2(f, NumericGetDatum(a), NumericGetDatum(b)))

Numeric money_int(int64 i)
{
	return int64_to_numeric(i);
}

Numeric money_add(Numeric a, Numeric b)
{
	return CALL2(numeric_add, a, b);
}

Numeric money_sub(Numeric a, Numeric b)
{
	return CALL2(numeric_sub, a, b);
}

Numeric money_mul(Numeric a, Numeric b)
{
	CHECK_FOR_INTERRUPTS(); /* products of an array grow without end */
	return CALL2(numeric_mul, a, b);
}

int money_cmp(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

/* Asked several times at every row: what to compare with is made once */
static int compared(Numeric a, Numeric *kept, int64 with)
{
	if (!*kept) {
		MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

		*kept = money_int(with);
		MemoryContextSwitchTo(old);
	}
	return money_cmp(a, *kept);
}

int money_sign(Numeric a)
{
	static Numeric zero = NULL;

	return compared(a, &zero, 0);
}

static Numeric at_scale(Numeric a, int decimals)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(a), Int32GetDatum(decimals)));
}

Numeric money_trim(Numeric a, int decimals)
{
	return CALL1(numeric_trim_scale, at_scale(a, decimals));
}

Numeric money_ratio(Numeric a, Numeric b, int decimals)
{
	if (money_sign(b) == 0)
		return NULL;
	/* The scale of a quotient is at least that of its operands */
	return money_trim(CALL2(numeric_div, at_scale(a, MONEY_WORKING), b), decimals);
}

Numeric money_quotient(Numeric a, Numeric b)
{
	return money_ratio(a, b, MONEY_DECIMALS);
}

Numeric money_positive_part(Numeric a)
{
	return money_sign(a) > 0 ? a : money_int(0);
}

Numeric money_lesser(Numeric a, Numeric b)
{
	return money_cmp(a, b) <= 0 ? a : b;
}

Numeric money_round(Numeric a, Numeric unit)
{
	return money_mul(at_scale(money_quotient(a, unit), 0), unit);
}

Numeric money_growth(Numeric rate, Numeric years)
{
	Numeric factor = at_scale(money_add(money_arg_above(rate, -1, "rate"), money_int(1)), MONEY_WORKING);

	return CALL2(numeric_power, factor, money_arg_finite(years, "years"));
}

Numeric money_discounted(Numeric amount, Numeric rate, Numeric years)
{
	Numeric growth = money_growth(rate, years);

	if (money_sign(growth) == 0)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("growth at rate %s over %s years is too small to divide by", money_text(rate), money_text(years))));
	return CALL2(numeric_div, amount, growth);
}

Numeric money_annuity(Numeric rate, Numeric n)
{
	Numeric discount;

	n = money_arg_nonnegative(n, "number of years");
	if (money_sign(rate) == 0)
		return n;
	discount = money_growth(rate, CALL1(numeric_uminus, n));
	return money_quotient(money_sub(money_int(1), discount), rate);
}

char *money_text(Numeric a)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(a)));
}

Numeric money_exact(double x)
{
	char text[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(arg_finite(x, "value"), text);
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

/* Guards */

Numeric money_arg_finite(Numeric a, const char *name)
{
	if (numeric_is_nan(a) || numeric_is_inf(a))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be finite, not %s", name, money_text(a)),
						errhint("Use NULL for a missing value.")));
	return a;
}

Numeric money_arg_nonnegative(Numeric a, const char *name)
{
	if (money_sign(money_arg_finite(a, name)) < 0)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must not be negative, not %s", name, money_text(a))));
	return a;
}

Numeric money_arg_positive(Numeric a, const char *name)
{
	return money_arg_above(a, 0, name);
}

Numeric money_arg_above(Numeric a, int64 bound, const char *name)
{
	if (money_cmp(money_arg_finite(a, name), money_int(bound)) <= 0) {
		if (bound == 0)
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be positive, not %s", name, money_text(a))));
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be above %d, not %s", name, (int)bound, money_text(a))));
	}
	return a;
}

Numeric money_arg_fraction(Numeric a, const char *name)
{
	a = money_arg_finite(a, name);
	if (money_sign(a) < 0 || money_cmp(a, money_int(1)) > 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be a fraction between 0 and 1, not %s", name, money_text(a)),
						errhint("Divide a percentage by 100.")));
	return a;
}

Numeric money_arg_rate(Numeric a, const char *name)
{
	static Numeric one = NULL;

	if (!numeric_is_nan(a) && !numeric_is_inf(a) && compared(a, &one, 1) > 0)
		notice_once((errmsg("%s %s is %s per cent", name, money_text(a), money_text(CALL1(numeric_trim_scale, money_mul(a, money_int(100))))),
					 errhint("Rates are fractions: divide a percentage by 100.")));
	return a;
}

Numeric money_arg_years(Numeric a)
{
	static Numeric calendar = NULL;

	if (!numeric_is_nan(a) && !numeric_is_inf(a) && compared(a, &calendar, CALENDAR_YEAR) >= 0)
		notice_once(
			(errmsg("a time of %s years", money_text(a)), errhint("Years count from today: subtract the year of today from those of a calendar.")));
	return a;
}

static Datum *array_elements(ArrayType *array, Oid type, const char *name, int *n)
{
	Datum *elements;
	bool *nulls;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("%s must have one dimension, not %d", name, ARR_NDIM(array))));
	if (type == NUMERICOID)
		deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elements, &nulls, n);
	else
		deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements, &nulls, n);
	for (int i = 0; i < *n; i++)
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("element %d of %s must not be NULL", i + 1, name)));
	return elements;
}

MoneyArray money_array(ArrayType *array, const char *name)
{
	MoneyArray result;
	Datum *elements = array_elements(array, NUMERICOID, name, &result.n);

	result.x = palloc(sizeof(Numeric) * Max(result.n, 1));
	for (int i = 0; i < result.n; i++)
		result.x[i] = money_arg_finite(DatumGetNumeric(elements[i]), name);
	return result;
}

MoneyArray money_array_nonnegative(ArrayType *array, const char *name)
{
	MoneyArray result = money_array(array, name);

	for (int i = 0; i < result.n; i++)
		money_arg_nonnegative(result.x[i], name);
	return result;
}

MoneyArray money_array_exact(ArrayType *array, const char *name)
{
	MoneyArray result;
	Datum *elements = array_elements(array, FLOAT8OID, name, &result.n);

	result.x = palloc(sizeof(Numeric) * Max(result.n, 1));
	for (int i = 0; i < result.n; i++)
		result.x[i] = money_exact(arg_finite(DatumGetFloat8(elements[i]), name));
	return result;
}

void money_arg_ascending(MoneyArray array, const char *name)
{
	for (int i = 1; i < array.n; i++)
		if (money_cmp(array.x[i - 1], array.x[i]) >= 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("%s must ascend, but %s is followed by %s", name, money_text(array.x[i - 1]), money_text(array.x[i]))));
}

/* The building blocks that SQL bodies are written in */

#define NAME(n) text_to_cstring(PG_GETARG_TEXT_PP(n))

PG_FUNCTION_INFO_V1(terrbal_finite);
Datum terrbal_finite(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_arg_finite(PG_GETARG_NUMERIC(0), NAME(1)));
}

PG_FUNCTION_INFO_V1(terrbal_nonnegative);
Datum terrbal_nonnegative(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_arg_nonnegative(PG_GETARG_NUMERIC(0), NAME(1)));
}

PG_FUNCTION_INFO_V1(terrbal_fraction);
Datum terrbal_fraction(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_arg_fraction(PG_GETARG_NUMERIC(0), NAME(1)));
}

PG_FUNCTION_INFO_V1(terrbal_at_most);
Datum terrbal_at_most(PG_FUNCTION_ARGS)
{
	Numeric x = money_arg_finite(PG_GETARG_NUMERIC(0), NAME(1)), most = PG_GETARG_NUMERIC(2);

	if (money_cmp(x, most) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be at most %s, not %s", NAME(1), money_text(most), money_text(x))));
	PG_RETURN_NUMERIC(x);
}

PG_FUNCTION_INFO_V1(terrbal_at_least);
Datum terrbal_at_least(PG_FUNCTION_ARGS)
{
	Numeric x = money_arg_finite(PG_GETARG_NUMERIC(0), NAME(1)), least = PG_GETARG_NUMERIC(2);

	if (money_cmp(x, least) < 0)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("%s must be at least %s, not %s", NAME(1), money_text(least), money_text(x)), errhint("%s", NAME(3))));
	PG_RETURN_NUMERIC(x);
}

PG_FUNCTION_INFO_V1(terrbal_told_rate);
Datum terrbal_told_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_arg_rate(money_arg_nonnegative(PG_GETARG_NUMERIC(0), NAME(1)), NAME(1)));
}

PG_FUNCTION_INFO_V1(terrbal_one_of);
Datum terrbal_one_of(PG_FUNCTION_ARGS)
{
	Datum *elements;
	bool *nulls;
	int n;
	const char **choices;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	choices = palloc(sizeof(char *) * Max(n, 1));
	for (int i = 0; i < n; i++)
		choices[i] = nulls[i] ? "" : TextDatumGetCString(elements[i]);
	arg_choice(PG_GETARG_DATUM(0), NAME(1), choices, n);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

PG_FUNCTION_INFO_V1(terrbal_positive_part);
Datum terrbal_positive_part(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_positive_part(MONEY_ARG(0, money_arg_finite, "amount")));
}

PG_FUNCTION_INFO_V1(terrbal_lesser);
Datum terrbal_lesser(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_lesser(PG_GETARG_NUMERIC(0), PG_GETARG_NUMERIC(1)));
}

PG_FUNCTION_INFO_V1(terrbal_quotient);
Datum terrbal_quotient(PG_FUNCTION_ARGS)
{
	Numeric quotient = money_quotient(MONEY_ARG(0, money_arg_finite, "dividend"), MONEY_ARG(1, money_arg_finite, "divisor"));

	if (!quotient)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(quotient);
}

PG_FUNCTION_INFO_V1(terrbal_rounded);
Datum terrbal_rounded(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_round(MONEY_ARG(0, money_arg_finite, "amount"), MONEY_ARG(1, money_arg_positive, "unit")));
}

PG_FUNCTION_INFO_V1(terrbal_growth_factor);
Datum terrbal_growth_factor(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_growth(money_arg_rate(PG_GETARG_NUMERIC(0), "rate"), money_arg_years(PG_GETARG_NUMERIC(1))));
}

PG_FUNCTION_INFO_V1(terrbal_annuity_factor);
Datum terrbal_annuity_factor(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_annuity(money_arg_rate(MONEY_ARG(0, money_arg_finite, "rate"), "rate"), money_arg_years(PG_GETARG_NUMERIC(1))));
}

PG_FUNCTION_INFO_V1(terrbal_exact_decimal);
Datum terrbal_exact_decimal(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(money_exact(PG_GETARG_FLOAT8(0)));
}

PG_FUNCTION_INFO_V1(terrbal_projected_area);
Datum terrbal_projected_area(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2) && PG_GETARG_BOOL(2))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("area of a geometry in degrees, SRID %d", PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1)),
				 errhint("Transform it to a projected reference system with ST_Transform, or measure its geography.")));
	PG_RETURN_FLOAT8(arg_finite(PG_GETARG_FLOAT8(0), "area"));
}
