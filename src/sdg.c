/* sdg.c -- SQL face of the SDG 11 indicators */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/territory/coverage.h"
#include "core/territory/demography.h"
#include "core/territory/sdg.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(coverage)
PG_FUNCTION_INFO_V1(terrbal_land_consumption_rate);
PG_FUNCTION_INFO_V1(terrbal_population_growth_rate);
PG_FUNCTION_INFO_V1(terrbal_land_use_efficiency);
PG_FUNCTION_INFO_V1(terrbal_open_space_share);
PG_FUNCTION_INFO_V1(terrbal_inadequate_housing_share);
PG_FUNCTION_INFO_V1(terrbal_slum_household);
PG_FUNCTION_INFO_V1(terrbal_coverage_distances);
PG_FUNCTION_INFO_V1(terrbal_coverage_flag);
PG_FUNCTION_INFO_V1(terrbal_coverage_percent);

static const char *const land_rates[] = {"linear", "log"};

static double nonnegative(FunctionCallInfo fcinfo, int n, const char *name)
{
	return arg_nonnegative(PG_GETARG_FLOAT8(n), name);
}

Datum terrbal_land_consumption_rate(PG_FUNCTION_ARGS)
{
	double start = nonnegative(fcinfo, 0, "area_start"), end = nonnegative(fcinfo, 1, "area_end"), years = arg_years(PG_GETARG_FLOAT8(2), "years"),
		   rate;

	if (!status_told(tb_land_consumption_rate(start, end, years, arg_choice(PG_GETARG_DATUM(3), "method", land_rates, lengthof(land_rates)), &rate),
					 "no built-up area, or no years between"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

Datum terrbal_population_growth_rate(PG_FUNCTION_ARGS)
{
	double start = nonnegative(fcinfo, 0, "population_start"), end = nonnegative(fcinfo, 1, "population_end");
	double years = arg_years(PG_GETARG_FLOAT8(2), "years"), rate;

	if (!status_told(tb_population_growth_rate(start, end, years, &rate), "no population, or no years between"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

/* NaN, shown as NULL, where there is no answer */
static double answer(TbStatus status, const double *value)
{
	return status_ok(status) ? *value : NAN;
}

/* Land and population, each with its own number of years: ratio, the two rates, built-up area per head at both ends, total change in per cent */
Datum terrbal_land_use_efficiency(PG_FUNCTION_ARGS)
{
	double area[2] = {nonnegative(fcinfo, 0, "area_start"), nonnegative(fcinfo, 1, "area_end")},
		   area_years = arg_years(PG_GETARG_FLOAT8(2), "area_years");
	double people[2] = {nonnegative(fcinfo, 3, "population_start"), nonnegative(fcinfo, 4, "population_end")};
	double people_years = arg_years(PG_GETARG_FLOAT8(5), "population_years"), fields[6], x = 0;
	int kind = arg_choice(PG_GETARG_DATUM(6), "land_rate", land_rates, lengthof(land_rates));

	fields[1] = answer(tb_land_consumption_rate(area[0], area[1], area_years, kind, &x), &x);
	fields[2] = answer(tb_population_growth_rate(people[0], people[1], people_years, &x), &x);
	fields[0] = isnan(fields[1]) || isnan(fields[2]) ? NAN : answer(tb_ratio(fields[1], fields[2], 1, &x), &x);
	if (isnan(fields[1]))
		no_result("no built-up area, or no years between");
	if (isnan(fields[2]))
		no_result("no population, or no years between");
	else if (fields[2] == 0)
		no_result("the population neither grows nor shrinks");
	fields[3] = answer(tb_ratio(area[0], people[0], 1, &x), &x);
	fields[4] = answer(tb_ratio(area[1], people[1], 1, &x), &x);
	fields[5] = answer(tb_ratio(area[1] - area[0], area[0], 100, &x), &x);
	return row_doubles(fcinfo, fields, 6);
}

Datum terrbal_open_space_share(PG_FUNCTION_ARGS)
{
	double open = nonnegative(fcinfo, 0, "open_space") + nonnegative(fcinfo, 1, "streets"), built_up = nonnegative(fcinfo, 2, "built_up"), result;

	arg_part(open, "open_space and streets", built_up, "built_up",
			 "The built-up area of SDG 11.7.1 is the whole urban extent, open space and streets included, all in one unit.");
	if (!status_told(tb_ratio(open, built_up, 100, &result), "no built-up area"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* (people, population) or (slum, informal, inadequate, population) */
Datum terrbal_inadequate_housing_share(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"slum", "informal", "inadequate"};
	double people = 0, population = nonnegative(fcinfo, PG_NARGS() - 1, "population"), result;

	for (int i = 0; i < PG_NARGS() - 1; i++)
		people += nonnegative(fcinfo, i, PG_NARGS() == 2 ? "people" : names[i]);
	if (people > population)
		arg_refuse(people, "people in inadequate housing", "at most the population",
				   "The three groups are disjoint: count a household once, in the first that applies.");
	if (!status_told(tb_ratio(people, population, 100, &result), "no population"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Transition (state, population, low_capacity_distance, high_capacity_distance[, low_limit, high_limit]), or (state, population, distance[, limit])
 * with one distance. A NULL or infinite distance is out of reach. */
static Datum add_row(FunctionCallInfo fcinfo, double limit_a, double limit_b, TbReach reach)
{
	TbState *state = state_writable(fcinfo, 0, &tb_coverage_shape);

	if (!state)
		state = tb_coverage_new(limit_a, limit_b);
	if (!tb_coverage_same(state, limit_a, limit_b))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("distance limits differ between rows of one group"),
						errhint("Give all rows of a group the same limits, or GROUP BY them.")));
	state_ok(tb_coverage_add(state, arg_nonnegative(PG_GETARG_FLOAT8(1), "population"), reach), &tb_coverage_shape);
	return state_kept(fcinfo, state, &tb_coverage_shape);
}

static bool within(FunctionCallInfo fcinfo, int n, double limit, const char *name)
{
	double distance;

	if (PG_ARGISNULL(n))
		return false;
	distance = PG_GETARG_FLOAT8(n);
	return !(isinf(distance) && distance > 0) && arg_nonnegative(distance, name) <= limit;
}

Datum terrbal_coverage_distances(PG_FUNCTION_ARGS)
{
	int distances = PG_NARGS() > 3 ? 2 : 1;
	double limit[2] = {500, 1000};
	bool reached = false;

	if (distances == 1)
		limit[0] = limit[1] = 400;
	for (int i = 0; i < distances && PG_NARGS() > 4; i++) {
		const char *name = i == 0 ? "low_limit" : "high_limit";

		bag_not_null(fcinfo, 4 + i, name);
		limit[i] = arg_nonnegative(PG_GETARG_FLOAT8(4 + i), name);
	}
	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
	reached |= within(fcinfo, 2, limit[0], distances == 1 ? "distance" : "low_capacity_distance");
	if (distances == 2)
		reached |= within(fcinfo, 3, limit[1], "high_capacity_distance");
	return add_row(fcinfo, limit[0], limit[1], reached ? TB_REACHED : TB_NOT_REACHED);
}

Datum terrbal_coverage_flag(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
	return add_row(fcinfo, 0, 0, PG_ARGISNULL(2) ? TB_REACH_UNKNOWN : PG_GETARG_BOOL(2) ? TB_REACHED : TB_NOT_REACHED);
}

Datum terrbal_coverage_percent(PG_FUNCTION_ARGS)
{
	double result;

	if (PG_ARGISNULL(0) || !status_told(tb_coverage_percent(state_arg(fcinfo, 0, &tb_coverage_shape), &result), "nobody is counted"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Lacks one or more of the five: UN-Habitat's definition of a slum household */
Datum terrbal_slum_household(PG_FUNCTION_ARGS)
{
	for (int i = 0; i < 5; i++)
		if (!PG_GETARG_BOOL(i))
			PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(false);
}
