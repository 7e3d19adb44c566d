/* valuation.c -- capitalisation and depth tables */
#include "postgres.h"

#include "utils/builtins.h"

#include "arg.h"
#include "money.h"

/* rent / (i - g) for ever; rent * (1 - ((1 + g) / (1 + i))^n) / (i - g) for n years; rent * n / (1 + i) where g = i */
PG_FUNCTION_INFO_V1(terrbal_capitalised_value);
Datum terrbal_capitalised_value(PG_FUNCTION_ARGS)
{
	Numeric rent, rate, growth, years, spread, left;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	rent = MONEY_ARG(0, money_arg_finite, "rent");
	rate = money_arg_rate(money_arg_above(PG_GETARG_NUMERIC(1), -1, "rate"), "rate");
	growth = money_arg_rate(money_arg_above(PG_GETARG_NUMERIC(2), -1, "growth"), "growth");
	spread = money_sub(rate, growth);
	if (PG_ARGISNULL(3)) {
		if (money_sign(spread) <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("growth %s must be below the rate %s", money_text(growth), money_text(rate)),
					 errhint("A rent for ever has no finite value here; give a number of years.")));
		PG_RETURN_NUMERIC(money_quotient(rent, spread));
	}
	years = money_arg_years(MONEY_ARG(3, money_arg_nonnegative, "number of years"));
	if (money_sign(spread) == 0)
		PG_RETURN_NUMERIC(money_quotient(money_mul(rent, years), money_add(money_int(1), rate)));
	left = money_discounted(money_growth(growth, years), rate, years);
	PG_RETURN_NUMERIC(money_quotient(money_mul(rent, money_sub(money_int(1), left)), spread));
}

PG_FUNCTION_INFO_V1(terrbal_depth_factor);
Datum terrbal_depth_factor(PG_FUNCTION_ARGS)
{
	Numeric depth = MONEY_ARG(0, money_arg_nonnegative, "depth"), rise;
	MoneyArray depths = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(1), "depths"),
			   factors = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(2), "factors");
	int k = 0;

	arg_same_length(depths.n, "depths", factors.n, "factors");
	money_arg_ascending(depths, "depths");
	if (depths.n == 0)
		PG_RETURN_NULL();
	while (k < depths.n && money_cmp(depths.x[k], depth) < 0)
		k++;
	if (k == depths.n)
		PG_RETURN_NUMERIC(factors.x[k - 1]);
	if (k == 0 || money_cmp(depths.x[k], depth) == 0)
		PG_RETURN_NUMERIC(factors.x[k]);
	rise = money_mul(money_sub(factors.x[k], factors.x[k - 1]), money_sub(depth, depths.x[k - 1]));
	PG_RETURN_NUMERIC(money_add(factors.x[k - 1], money_quotient(rise, money_sub(depths.x[k], depths.x[k - 1]))));
}
