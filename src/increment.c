/* increment.c -- transitions of increment financing: sums of base and value, present values, payback, rate of return */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "arg.h"
#include "core/base/rate_of_return.h"
#include "money.h"
#include "status.h"

/* (base_value, current_value, rate [, growth, years]) */
PG_FUNCTION_INFO_V1(terrbal_tax_increment_step);
Datum terrbal_tax_increment_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"rate", "growth", "years"};
	int nparameters = PG_NARGS() - 3;
	Numeric parameters[3], amounts[2];

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	amounts[0] = MONEY_ARG(1, money_arg_nonnegative, "base value");
	amounts[1] = MONEY_ARG(2, money_arg_nonnegative, "current value");
	parameters[0] = money_arg_rate(MONEY_ARG(3, money_arg_nonnegative, "rate"), "rate");
	if (nparameters == 3) {
		parameters[1] = money_arg_rate(MONEY_ARG(4, money_arg_finite, "growth"), "growth");
		parameters[2] = money_arg_years(MONEY_ARG(5, money_arg_finite, "years"));
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
		return state_unchanged(fcinfo);
	base = MONEY_ARG(1, money_arg_nonnegative, "base value");
	parameters[0] = money_arg_rate(MONEY_ARG(3, money_arg_nonnegative, "rate"), "rate");
	if (nparameters == 3) {
		parameters[1] = money_arg_rate(MONEY_ARG(4, money_arg_finite, "growth"), "growth");
		parameters[2] = money_arg_years(MONEY_ARG(5, money_arg_finite, "years"));
		base = money_mul(base, money_growth(parameters[1], parameters[2]));
	}
	increment = money_positive_part(money_sub(MONEY_ARG(2, money_arg_nonnegative, "current value"), base));
	return money_sums_step(fcinfo, parameters, names, nparameters, &increment, 1);
}

/* Each row is cut at MONEY_WORKING decimals before it is added, so the sum does not depend on the order of the rows. */
static Numeric discounted(Numeric amount, Numeric years, Numeric rate)
{
	return money_discounted(money_arg_finite(amount, "amount"), money_arg_rate(rate, "rate"), money_arg_years(years));
}

/* No lender asks for a reserve of a hundred times the payments */
static Numeric coverage_arg(Numeric coverage)
{
	if (money_cmp(coverage, money_int(100)) >= 0)
		notice_once((errmsg("coverage %s is a ratio of income to payments", money_text(coverage)),
					 errhint("It is a number such as 1.25: divide a percentage by 100.")));
	return coverage;
}

/* (amount, years, rate [, coverage]) */
PG_FUNCTION_INFO_V1(terrbal_present_value_step);
Datum terrbal_present_value_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"rate", "coverage"};
	Numeric parameters[2], value;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	value = discounted(PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
	parameters[0] = PG_GETARG_NUMERIC(3);
	if (PG_NARGS() == 5)
		parameters[1] = coverage_arg(MONEY_ARG(4, money_arg_positive, "coverage"));
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
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("rate and cost must be the same in all rows of a group"),
						errhint("GROUP BY what they depend on, or give all rows of a group the same values.")));
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
		return state_unchanged(fcinfo);
	value = discounted(PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
	return payback_step(fcinfo, PG_GETARG_NUMERIC(2), value, PG_GETARG_NUMERIC(3), MONEY_ARG(4, money_arg_nonnegative, "cost"));
}

/* (amount, years) */
PG_FUNCTION_INFO_V1(terrbal_internal_rate_step);
Datum terrbal_internal_rate_step(PG_FUNCTION_ARGS)
{
	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	return payback_step(fcinfo, MONEY_ARG(2, money_arg_finite, "years"), MONEY_ARG(1, money_arg_finite, "amount"), money_int(0), money_int(0));
}

PG_FUNCTION_INFO_V1(terrbal_payback_combine);
Datum terrbal_payback_combine(PG_FUNCTION_ARGS)
{
	MoneyArray a, b;

	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
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
	no_result("the amounts never reach the cost");
	PG_RETURN_NULL();
}

static double nearest(Numeric x)
{
	return strtod(money_text(x), NULL);
}

/* x[i] as float8; where the largest of them does not fit well, all as parts of it. Comes back: what was divided by, 1 where nothing was. */
static double as_doubles(const Numeric *x, int n, Numeric largest, double *result)
{
	double whole = nearest(largest), unit = whole > 1e300 || (whole < 1e-290 && money_sign(largest) > 0) ? whole : 1;

	for (int i = 0; i < n; i++)
		result[i] = nearest(unit == 1 ? x[i] : DatumGetNumeric(DirectFunctionCall2(numeric_div, NumericGetDatum(x[i]), NumericGetDatum(largest))));
	return unit;
}

/* Sums of a state as payments: years from the first one on, and the sign of the sum exactly */
static TbPayments payments_of(MoneyArray state)
{
	int n = (state.n - 2) / 2;
	Numeric *years = palloc(sizeof(Numeric) * Max(n, 1)), *amounts = palloc(sizeof(Numeric) * Max(n, 1)), sum = money_int(0), largest = money_int(0);
	double *year = palloc(sizeof(double) * Max(n, 1)), *amount = palloc(sizeof(double) * Max(n, 1));
	TbPayments payments = {year, amount, n, 1, 0};

	for (int i = 0; i < n; i++) {
		Numeric size = DatumGetNumeric(DirectFunctionCall1(numeric_abs, NumericGetDatum(state.x[3 + 2 * i])));

		years[i] = money_sub(state.x[2 + 2 * i], state.x[2]);
		amounts[i] = state.x[3 + 2 * i];
		sum = money_add(sum, amounts[i]);
		largest = money_cmp(size, largest) > 0 ? size : largest;
	}
	payments.sum = money_sign(sum);
	as_doubles(amounts, n, largest, amount);
	if (n > 0)
		payments.unit = as_doubles(years, n, years[n - 1], year);
	return payments;
}

static void tell_several(const double *rates, size_t n)
{
	StringInfoData list;

	if (n < 2)
		return;
	initStringInfo(&list);
	for (size_t i = 0; i < Min(n, 10); i++)
		appendStringInfo(&list, "%s%.9g", i ? ", " : "", rates[i]);
	notice_once((errmsg("the payments have %zu rates of return", n),
				 errdetail("They are worth nothing at %s%s.", list.data, n > 10 ? " and more" : ""),
				 errhint("The answer is the smallest rate that is not negative, else the largest below 0; compare present values instead.")));
}

/* NULL where no rate above -1 makes the present value 0, as with payments of one sign */
PG_FUNCTION_INFO_V1(terrbal_internal_rate_final);
Datum terrbal_internal_rate_final(PG_FUNCTION_ARGS)
{
	TbPayments payments = payments_of(payback_state(PG_GETARG_ARRAYTYPE_P(0)));
	double *rates, rate;
	size_t n;

	tb_rates_of_return(&payments, &rates, &n);
	rate = tb_rate_of_return(rates, n);
	if (isnan(rate)) {
		no_result("at no rate above -1 are the payments worth nothing, as with amounts of one sign");
		PG_RETURN_NULL();
	}
	tell_several(rates, n);
	PG_RETURN_FLOAT8(rate);
}
