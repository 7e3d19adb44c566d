/* land_tax.c -- split rates, shift table, bracket tax */
#include "postgres.h"

#include "arg.h"
#include "money.h"

/* (land, building, revenue, ratio) */
PG_FUNCTION_INFO_V1(terrbal_split_rate_step);
Datum terrbal_split_rate_step(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"revenue", "ratio"};
	Numeric parameters[2], amounts[2];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return state_unchanged(fcinfo);
	amounts[0] = MONEY_ARG(1, money_arg_nonnegative, "land value");
	amounts[1] = MONEY_ARG(2, money_arg_nonnegative, "building value");
	parameters[0] = MONEY_ARG(3, money_arg_nonnegative, "revenue");
	parameters[1] = MONEY_ARG(4, money_arg_nonnegative, "ratio");
	return money_sums_step(fcinfo, parameters, names, 2, amounts, 2);
}

/* (before, after): count, sums, sum of absolute changes, number of those who pay less and more */
PG_FUNCTION_INFO_V1(terrbal_tax_shift_step);
Datum terrbal_tax_shift_step(PG_FUNCTION_ARGS)
{
	Numeric amounts[6], change;
	int sign;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return state_unchanged(fcinfo);
	amounts[0] = money_int(1);
	amounts[1] = MONEY_ARG(1, money_arg_finite, "tax before");
	amounts[2] = MONEY_ARG(2, money_arg_finite, "tax after");
	change = money_sub(amounts[2], amounts[1]);
	sign = money_sign(change);
	amounts[3] = sign < 0 ? money_sub(amounts[1], amounts[2]) : change;
	amounts[4] = money_int(sign < 0);
	amounts[5] = money_int(sign > 0);
	return money_sums_step(fcinfo, NULL, NULL, 0, amounts, 6);
}

/* Brackets are multiples of the base, so nothing is divided: the tax is exact. What lies below lower[1] bears nothing. */
PG_FUNCTION_INFO_V1(terrbal_bracket_tax);
Datum terrbal_bracket_tax(PG_FUNCTION_ARGS)
{
	Numeric amount = MONEY_ARG(0, money_arg_finite, "amount"), base = MONEY_ARG(1, money_arg_nonnegative, "base"), tax = money_int(0);
	MoneyArray lower = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(2), "lower"), rate = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(3), "rate");

	arg_same_length(lower.n, "lower", rate.n, "rate");
	money_arg_ascending(lower, "lower");
	for (int k = 0; k < rate.n; k++)
		money_arg_rate(rate.x[k], "rate");
	if (money_sign(base) == 0 || lower.n == 0)
		PG_RETURN_NULL();
	for (int k = 0; k < lower.n; k++) {
		Numeric from = money_mul(lower.x[k], base), to = amount;

		if (money_cmp(amount, from) <= 0)
			break;
		if (k + 1 < lower.n)
			to = money_lesser(amount, money_mul(lower.x[k + 1], base));
		tax = money_add(tax, money_mul(rate.x[k], money_sub(to, from)));
	}
	PG_RETURN_NUMERIC(tax);
}
