/* sums.c -- the state of the money aggregates: a numeric[] of parameters and sums */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "money.h"

static const char *array_text(MoneyArray array)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < array.n && i < 8; i++)
		appendStringInfo(&text, "%s%s", i ? ", " : "{", money_text(array.x[i]));
	appendStringInfoString(&text, array.n == 0 ? "{}" : array.n > 8 ? ", ...}" : "}");
	return text.data;
}

static Datum sums_datum(Numeric *x, int n)
{
	Datum *elements = palloc(sizeof(Datum) * n);

	for (int i = 0; i < n; i++)
		elements[i] = NumericGetDatum(x[i]);
	return PointerGetDatum(construct_array(elements, n, NUMERICOID, -1, false, TYPALIGN_INT));
}

/* A state anyone may have written: its elements, and how many of them are parameters. expected: what that probably is */
static MoneyArray sums_state(ArrayType *array, int expected, int *nparameters)
{
	MoneyArray state = money_array(array, "state");
	int32 n = -1;

	*nparameters = expected;
	if (expected < state.n && money_cmp(state.x[0], money_int(expected)) == 0)
		return state;
	if (state.n > 0 && money_sign(state.x[0]) >= 0 && money_cmp(state.x[0], money_int(state.n)) < 0)
		n = DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(state.x[0])));
	if (n < 0 || n >= state.n)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid state of sums")));
	*nparameters = n;
	return state;
}

/* Sums that take as much room as before, which is nearly always so, are written over those of the state: it is the executor's copy for the aggregate. False:
 * nothing done. */
static bool sums_replaced(FunctionCallInfo fcinfo, const Numeric *old, const Numeric *sum, int n)
{
	const char *state = PG_GETARG_POINTER(0);

	if (!state_flat(PG_GETARG_DATUM(0)) || !state_in_aggregate(fcinfo))
		return false;
	/* an element with a short header was read from a copy */
	for (int i = 0; i < n; i++)
		if ((const char *)old[i] < state || (const char *)old[i] >= state + VARSIZE(state) || VARSIZE(old[i]) != VARSIZE(sum[i]))
			return false;
	for (int i = 0; i < n; i++)
		memcpy(old[i], sum[i], VARSIZE(sum[i]));
	return true;
}

Datum money_sums_step(FunctionCallInfo fcinfo, const Numeric *parameters, const char *const *names, int nparameters, const Numeric *amounts,
					  int namounts)
{
	int n = 1 + nparameters + namounts, kept;
	Numeric sum[MONEY_MOST_SUMS];
	MoneyArray state;

	Assert(namounts <= MONEY_MOST_SUMS);

	if (PG_ARGISNULL(0)) {
		Numeric *x = palloc(sizeof(Numeric) * n);

		x[0] = money_int(nparameters);
		for (int i = 0; i < nparameters; i++)
			x[1 + i] = parameters[i];
		for (int i = 0; i < namounts; i++)
			x[1 + nparameters + i] = amounts[i];
		return sums_datum(x, n);
	}
	state = sums_state(PG_GETARG_ARRAYTYPE_P(0), nparameters, &kept);
	if (state.n != n || kept != nparameters)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid state of sums")));
	for (int i = 0; i < nparameters; i++)
		if (money_cmp(state.x[1 + i], parameters[i]) != 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("%s must be the same in all rows of a group, not %s and %s", names[i], money_text(state.x[1 + i]),
								   money_text(parameters[i])),
							errhint("GROUP BY what it depends on, or give all rows of a group the same value.")));
	for (int i = 0; i < namounts; i++)
		sum[i] = money_add(state.x[1 + nparameters + i], amounts[i]);
	if (sums_replaced(fcinfo, state.x + 1 + nparameters, sum, namounts))
		return PG_GETARG_DATUM(0);
	memcpy(state.x + 1 + nparameters, sum, namounts * sizeof(Numeric));
	return sums_datum(state.x, n);
}

PG_FUNCTION_INFO_V1(terrbal_sums_combine);
Datum terrbal_sums_combine(PG_FUNCTION_ARGS)
{
	MoneyArray a, b;
	int na, nb;

	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_DATUM(PG_GETARG_DATUM(1));
	a = sums_state(PG_GETARG_ARRAYTYPE_P(0), 0, &na);
	b = sums_state(PG_GETARG_ARRAYTYPE_P(1), na, &nb);
	if (a.n != b.n || na != nb)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s and %s are states of different kinds", array_text(a), array_text(b)),
						errhint("Roll up states that one function made.")));
	for (int i = 1; i <= na; i++)
		if (money_cmp(a.x[i], b.x[i]) != 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("sums with different parameters cannot be merged: %s and %s", money_text(a.x[i]), money_text(b.x[i])),
							errhint("Parameters are those of the whole that is rolled up: make all of its states with the same.")));
	for (int i = na + 1; i < a.n; i++)
		a.x[i] = money_add(a.x[i], b.x[i]);
	return sums_datum(a.x, a.n);
}

/* All money aggregates keep numeric[], so nothing but its shape tells one's state from another's. */
PG_FUNCTION_INFO_V1(terrbal_sums_of);
Datum terrbal_sums_of(PG_FUNCTION_ARGS)
{
	MoneyArray state = money_array(PG_GETARG_ARRAYTYPE_P(0), "state");
	const char *name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int32 sums = PG_GETARG_INT32(2);
	Datum *parameters;
	bool *nulls;
	int n;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(3), INT4OID, sizeof(int32), true, TYPALIGN_INT, &parameters, &nulls, &n);
	for (int i = 0; i < n; i++)
		if (!nulls[i] && state.n == 1 + DatumGetInt32(parameters[i]) + sums && money_cmp(state.x[0], money_int(DatumGetInt32(parameters[i]))) == 0)
			PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s is not a state of %s", array_text(state), name),
					errhint("States of money look alike: give one that %s(...) made, or rollup of such.", name)));
}
