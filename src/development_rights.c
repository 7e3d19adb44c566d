/* development_rights.c -- floor area beyond the basic right, average entitlement */
#include "postgres.h"

#include "arg.h"
#include "money.h"

PG_FUNCTION_INFO_V1(terrbal_additional_floor_area);
Datum terrbal_additional_floor_area(PG_FUNCTION_ARGS)
{
	Numeric land = MONEY_ARG(0, money_arg_nonnegative, "land area"), floor_area = MONEY_ARG(1, money_arg_nonnegative, "floor area");
	Numeric basic = MONEY_ARG(2, money_arg_nonnegative, "basic coefficient"), maximum = MONEY_ARG(3, money_arg_nonnegative, "maximum coefficient");
	Numeric allowed = money_mul(land, maximum);

	if (money_cmp(maximum, basic) < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("maximum coefficient %s is below the basic coefficient %s", money_text(maximum), money_text(basic))));
	if (money_cmp(floor_area, allowed) > 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("floor area %s is more than the %s that the maximum coefficient allows",
																		 money_text(floor_area), money_text(allowed))));
	PG_RETURN_NUMERIC(money_positive_part(money_sub(floor_area, money_mul(land, basic))));
}

static Datum entitlement_step(FunctionCallInfo fcinfo, Numeric floor_area, Numeric coefficient, Numeric surface)
{
	Numeric amounts[2];

	amounts[0] = money_mul(money_arg_nonnegative(floor_area, "floor area"), money_arg_nonnegative(coefficient, "coefficient"));
	amounts[1] = money_arg_nonnegative(surface, "surface");
	return money_sums_step(fcinfo, NULL, NULL, 0, amounts, 2);
}

PG_FUNCTION_INFO_V1(terrbal_average_entitlement_step);
Datum terrbal_average_entitlement_step(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return money_sums_same(fcinfo);
	return entitlement_step(fcinfo, PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
}

PG_FUNCTION_INFO_V1(terrbal_average_entitlement_step_float8);
Datum terrbal_average_entitlement_step_float8(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return money_sums_same(fcinfo);
	return entitlement_step(fcinfo, money_exact(arg_finite(PG_GETARG_FLOAT8(1), "floor area")),
							money_exact(arg_finite(PG_GETARG_FLOAT8(2), "coefficient")), money_exact(arg_finite(PG_GETARG_FLOAT8(3), "surface")));
}
