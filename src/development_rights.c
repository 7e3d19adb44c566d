/* development_rights.c -- floor area beyond the basic right, average entitlement, its split between owners and municipality */
#include "postgres.h"

#include "allocation.h"
#include "arg.h"
#include "money.h"
#include "status.h"

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
		return state_unchanged(fcinfo);
	return entitlement_step(fcinfo, PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2), PG_GETARG_NUMERIC(3));
}

PG_FUNCTION_INFO_V1(terrbal_average_entitlement_step_float8);
Datum terrbal_average_entitlement_step_float8(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	return entitlement_step(fcinfo, money_exact(arg_finite(PG_GETARG_FLOAT8(1), "floor area")),
							money_exact(arg_finite(PG_GETARG_FLOAT8(2), "coefficient")), money_exact(arg_finite(PG_GETARG_FLOAT8(3), "surface")));
}

typedef struct Split {
	AllocationAnswer *subjective, *cession;
} Split;

static AllocationAnswer *by_surface(Window *w, TbInt units, const char *name)
{
	Allocation a;

	allocation_begin(&a, w, -1, name, 3);
	if (!tb_int_mul(units, a.unit.digits, &a.pool.digits))
		status_ok(TB_OUT_OF_RANGE);
	a.pool.scale = a.unit.scale;
	allocation_slope(&a, 1, "surface", "surfaces");
	return allocation_solve(&a);
}

static Numeric common_numeric(Window *w, int argument, const char *name)
{
	return DatumGetNumeric(window_given(w, argument, name));
}

/* How often the unit goes into x, rounded half away from zero */
static TbInt units_of(Numeric x, Numeric unit)
{
	Decimal units = decimal_from_numeric(NumericGetDatum(money_ratio(x, unit, 0)), "objective");

	return decimal_at_scale(units, 0, "objective");
}

/* entitlement_split(objective, surface, share, unit): the owners' part of the objective and the municipality's, each closed over the surfaces */
static void *solve_entitlement_split(Window *w)
{
	Split *split = palloc(sizeof(Split));
	Numeric objective = money_arg_nonnegative(common_numeric(w, 0, "objective"), "objective");
	Numeric share = money_arg_fraction(common_numeric(w, 2, "share"), "share"), unit = money_arg_positive(common_numeric(w, 3, "unit"), "unit");
	TbInt all = units_of(objective, unit), owners = units_of(money_mul(objective, share), unit);

	if (money_cmp(money_round(objective, unit), objective) != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("objective %s is not a multiple of the unit %s", money_text(objective), money_text(unit)),
						errhint("Round it, or choose a smaller unit.")));
	split->subjective = by_surface(w, owners, "owners' part");
	split->cession = by_surface(w, all - owners, "municipal part");
	return split;
}

PG_FUNCTION_INFO_V1(terrbal_entitlement_split);
Datum terrbal_entitlement_split(PG_FUNCTION_ARGS)
{
	Split *split = window_solution(fcinfo, solve_entitlement_split);
	int64 row = window_position(fcinfo);
	Numeric subjective = DatumGetNumeric(allocation_numeric(split->subjective, row)),
			cession = DatumGetNumeric(allocation_numeric(split->cession, row));
	Datum values[3] = {NumericGetDatum(subjective), NumericGetDatum(cession), NumericGetDatum(money_add(subjective, cession))};
	bool nulls[3] = {false};

	return window_composite(fcinfo, values, nulls, 3);
}
