/* increment.c -- transitions of increment financing: sums of base and value, present values, payback, rate of return */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "arg.h"
#include "money.h"

/* (base_value, current_value, rate [, growth, years]) */
PG_FUNCTION_INFO_V1(terrbal_tax_increment_step);
Datum terrbal_tax_increment_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"rate", "growth", "years"};
	int nparameters = PG_NARGS() - 3;
	Numeric parameters[3], amounts[2];

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return money_sums_same(fcinfo);
	amounts[0] = MONEY_ARG(1, money_arg_nonnegative, "base value");
	amounts[1] = MONEY_ARG(2, money_arg_nonnegative, "current value");
	parameters[0] = MONEY_ARG(3, money_arg_nonnegative, "rate");
	if (nparameters == 3) {
		parameters[1] = MONEY_ARG(4, money_arg_finite, "growth");
		parameters[2] = MONEY_ARG(5, money_arg_finite, "years");
	}
	return money_sums_step(fcinfo, parameters, names, nparameters, amounts, 2);
}

/* (base_value, current_value, rate [, growth, years]) */
PG_FUNCTION_INFO_V1(terrbal_parcel_increment_step);
Datum terrbal_parcel_increment_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"rate", "growth", "years"};
	int nparameters = PG_NARGS() - 3;
	Numeric parameters[3], base, increment;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return money_sums_same(fcinfo);
	base = MONEY_ARG(1, money_arg_nonnegative, "base value");
	parameters[0] = MONEY_ARG(3, money_arg_nonnegative, "rate");
	if (nparameters == 3) {
		parameters[1] = MONEY_ARG(4, money_arg_finite, "growth");
		parameters[2] = MONEY_ARG(5, money_arg_finite, "years");
		base = money_mul(base, money_growth(parameters[1], parameters[2]));
	}
	increment = money_positive_part(money_sub(MONEY_ARG(2, money_arg_nonnegative, "current value"), base));
	return money_sums_step(fcinfo, parameters, names, nparameters, &increment, 1);
}

/* Each row is cut at MONEY_WORKING decimals before it is added, so the sum does not depend on the order of the rows. */
static Numeric discounted(Numeric amount, Numeric years, Numeric rate)
{
	Numeric growth = money_growth(rate, years);

	return DatumGetNumeric(DirectFunctionCall2(numeric_div, NumericGetDatum(money_arg_finite(amount, "amount")), NumericGetDatum(growth)));
}

/* (amount, years, rate [, coverage]) */
PG_FUNCTION_INFO_V1(terrbal_present_value_step);
Datum terrbal_present_value_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"rate", "coverage"};
	Numeric parameters[2], value;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return money_sums_same(fcinfo);
	value = discounted(PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
	parameters[0] = PG_GETARG_NUMERIC(3);
	if (PG_NARGS() == 5)
		parameters[1] = MONEY_ARG(4, money_arg_positive, "coverage");
	return money_sums_step(fcinfo, parameters, names, PG_NARGS() - 3, &value, 1);
}

/* Payback keeps {rate, cost, year, value, year, value, ...}, years ascending; the rate of return the same with rate and cost 0. */

static Datum payback_datum(Numeric *x, int n)
{
	Datum *elements = palloc(sizeof(Datum) * n);

	for (int i = 0; i < n; i++)
		elements[i] = NumericGetDatum(x[i]);
	return PointerGetDatum(construct_array(elements, n, NUMERICOID, -1, false, TYPALIGN_INT));
}

static void refuse_state(bool ok)
{
	if (!ok)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid state of payback_year")));
}

/* Safe to work on: pairs of finite numbers. That they ascend is looked at where it counts, not at every row. */
static MoneyArray payback_pairs(ArrayType *array)
{
	MoneyArray state = money_array(array, "state");

	refuse_state(state.n >= 2 && state.n % 2 == 0);
	return state;
}

static MoneyArray payback_state(ArrayType *array)
{
	MoneyArray state = payback_pairs(array);

	for (int i = 4; i < state.n; i += 2)
		refuse_state(money_cmp(state.x[i - 2], state.x[i]) < 0);
	return state;
}

static void same_parameters(MoneyArray state, Numeric rate, Numeric cost)
{
	if (money_cmp(state.x[0], rate) != 0 || money_cmp(state.x[1], cost) != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("rate and cost must be the same in all rows of a group")));
}

/* The state has room for one more pair. */
static void payback_add(MoneyArray *state, Numeric year, Numeric value)
{
	int i = state->n;

	while (i > 2 && money_cmp(state->x[i - 2], year) > 0)
		i -= 2;
	if (i > 2 && money_cmp(state->x[i - 2], year) == 0) {
		state->x[i - 1] = money_add(state->x[i - 1], value);
		return;
	}
	memmove(state->x + i + 2, state->x + i, sizeof(Numeric) * (state->n - i));
	state->x[i] = year;
	state->x[i + 1] = value;
	state->n += 2;
}

static void payback_room(MoneyArray *state, int more)
{
	Numeric *x = palloc(sizeof(Numeric) * (state->n + more));

	memcpy(x, state->x, sizeof(Numeric) * state->n);
	state->x = x;
}

static Datum payback_step(FunctionCallInfo fcinfo, Numeric year, Numeric value, Numeric rate, Numeric cost)
{
	Numeric start[4] = {rate, cost};
	MoneyArray state = {start, 2};

	if (!PG_ARGISNULL(0)) {
		state = payback_pairs(PG_GETARG_ARRAYTYPE_P(0));
		same_parameters(state, rate, cost);
		payback_room(&state, 2);
	}
	payback_add(&state, year, value);
	return payback_datum(state.x, state.n);
}

/* (amount, years, rate, cost) */
PG_FUNCTION_INFO_V1(terrbal_payback_step);
Datum terrbal_payback_step(PG_FUNCTION_ARGS)
{
	Numeric value;

	if (arg_any_null(fcinfo, 1, 4))
		return money_sums_same(fcinfo);
	value = discounted(PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
	return payback_step(fcinfo, PG_GETARG_NUMERIC(2), value, PG_GETARG_NUMERIC(3), MONEY_ARG(4, money_arg_nonnegative, "cost"));
}

/* (amount, years) */
PG_FUNCTION_INFO_V1(terrbal_internal_rate_step);
Datum terrbal_internal_rate_step(PG_FUNCTION_ARGS)
{
	if (arg_any_null(fcinfo, 1, 2))
		return money_sums_same(fcinfo);
	return payback_step(fcinfo, MONEY_ARG(2, money_arg_finite, "years"), MONEY_ARG(1, money_arg_finite, "amount"), money_int(0), money_int(0));
}

PG_FUNCTION_INFO_V1(terrbal_payback_combine);
Datum terrbal_payback_combine(PG_FUNCTION_ARGS)
{
	MoneyArray a, b;

	if (PG_ARGISNULL(1))
		return money_sums_same(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_DATUM(PG_GETARG_DATUM(1));
	a = payback_state(PG_GETARG_ARRAYTYPE_P(0));
	b = payback_state(PG_GETARG_ARRAYTYPE_P(1));
	same_parameters(a, b.x[0], b.x[1]);
	payback_room(&a, b.n);
	for (int i = 2; i < b.n; i += 2)
		payback_add(&a, b.x[i], b.x[i + 1]);
	return payback_datum(a.x, a.n);
}

PG_FUNCTION_INFO_V1(terrbal_payback_final);
Datum terrbal_payback_final(PG_FUNCTION_ARGS)
{
	MoneyArray state = payback_state(PG_GETARG_ARRAYTYPE_P(0));
	Numeric sum = money_int(0);

	for (int i = 2; i < state.n; i += 2) {
		sum = money_add(sum, state.x[i + 1]);
		if (money_cmp(sum, state.x[1]) >= 0)
			PG_RETURN_NUMERIC(state.x[i]);
	}
	PG_RETURN_NULL();
}

static double present_value(const double *flow, int n, double rate)
{
	double sum = 0;

	for (int i = 0; i < n; i += 2)
		sum += flow[i + 1] * pow(1 + rate, -flow[i]);
	return sum;
}

/* Where the present value is 0 between -0.99 and 10, by bisection down to neighbouring numbers; NULL where it does not change its sign */
PG_FUNCTION_INFO_V1(terrbal_internal_rate_final);
Datum terrbal_internal_rate_final(PG_FUNCTION_ARGS)
{
	MoneyArray state = payback_state(PG_GETARG_ARRAYTYPE_P(0));
	double *flow = palloc(sizeof(double) * Max(state.n, 1)), low = -0.99, high = 10, at_low;
	int n = state.n - 2;

	for (int i = 0; i < n; i++)
		flow[i] = DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(state.x[i + 2])));
	at_low = present_value(flow, n, low);
	if (at_low == 0 || present_value(flow, n, high) == 0 || (at_low < 0) == (present_value(flow, n, high) < 0) || !isfinite(at_low))
		PG_RETURN_NULL();
	for (;;) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			PG_RETURN_FLOAT8(middle);
		if ((present_value(flow, n, middle) < 0) == (at_low < 0))
			low = middle;
		else
			high = middle;
	}
}
