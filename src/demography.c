/* demography.c -- SQL face of demographic balances, ratios and legal definitions of rural areas */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/territory/demography.h"
#include "row.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_demographic_balance);
PG_FUNCTION_INFO_V1(terrbal_survival_migration);
PG_FUNCTION_INFO_V1(terrbal_growth_rate);
PG_FUNCTION_INFO_V1(terrbal_ageing_index);
PG_FUNCTION_INFO_V1(terrbal_old_age_dependency);
PG_FUNCTION_INFO_V1(terrbal_youth_dependency);
PG_FUNCTION_INFO_V1(terrbal_total_dependency);
PG_FUNCTION_INFO_V1(terrbal_masculinity_ratio);
PG_FUNCTION_INFO_V1(terrbal_replacement_ratio);
PG_FUNCTION_INFO_V1(terrbal_depopulation_risk);
PG_FUNCTION_INFO_V1(terrbal_depopulation_risk_yearly);
PG_FUNCTION_INFO_V1(terrbal_rural_environment);
PG_FUNCTION_INFO_V1(terrbal_sparse_area);
PG_FUNCTION_INFO_V1(terrbal_oecd_rural_region);
PG_FUNCTION_INFO_V1(terrbal_oecd_rural_region_city);
PG_FUNCTION_INFO_V1(terrbal_oecd_access_region);
PG_FUNCTION_INFO_V1(terrbal_eurostat_rural_region);

static double nonnegative(FunctionCallInfo fcinfo, int n, const char *name)
{
	return arg_nonnegative(PG_GETARG_FLOAT8(n), name);
}

Datum terrbal_demographic_balance(PG_FUNCTION_ARGS)
{
	double start = nonnegative(fcinfo, 0, "population_start"), end = nonnegative(fcinfo, 1, "population_end");
	double births = nonnegative(fcinfo, 2, "births"), deaths = nonnegative(fcinfo, 3, "deaths"), years = arg_years(PG_GETARG_FLOAT8(4), "years");
	Datum values[8];
	bool nulls[8] = {false};
	TbBalance b;

	tb_demographic_balance(start, end, births, deaths, years, &b);
	if (isinf(b.growth_rate) || isinf(b.natural_rate) || isinf(b.migration_rate) || isinf(b.migration))
		(void)status_ok(TB_OUT_OF_RANGE);
	row_double(values, nulls, 0, b.change);
	row_double(values, nulls, 1, b.natural);
	row_double(values, nulls, 2, b.migration);
	row_double(values, nulls, 3, b.growth_rate);
	row_double(values, nulls, 4, b.natural_rate);
	row_double(values, nulls, 5, b.migration_rate);
	values[6] = Int32GetDatum(b.type);
	nulls[6] = nulls[7] = b.type == 0;
	values[7] = PointerGetDatum(cstring_to_text_with_len(&"-ABCDEFGH"[b.type], 1));
	return row_datum(fcinfo, values, nulls, 8);
}

/* Forward P1 - S P0, reverse P1/S - P0, and their mean (UN Manual VI) */
Datum terrbal_survival_migration(PG_FUNCTION_ARGS)
{
	double start = nonnegative(fcinfo, 0, "population_start"), end = nonnegative(fcinfo, 1, "population_end"), ratio;
	double survival = nonnegative(fcinfo, 2, "survival_ratio"), fields[3];

	if (survival > 10 && !told_before("survival ratio in per cent"))
		ereport(WARNING,
				(errmsg("survival_ratio of %.15g: more than ten of each who were there survive", survival), errhint("Divide a percentage by 100.")));
	if (!status_ok(tb_ratio(end, survival, 1, &ratio)))
		PG_RETURN_NULL();
	fields[0] = end - survival * start;
	fields[1] = ratio - start;
	fields[2] = fields[0] / 2 + fields[1] / 2;
	if (isinf(fields[0]) || isinf(fields[1]))
		(void)status_ok(TB_OUT_OF_RANGE);
	return row_doubles(fcinfo, fields, 3);
}

Datum terrbal_growth_rate(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"arithmetic", "geometric", "exponential"};
	double start = nonnegative(fcinfo, 0, "start_value"), end = nonnegative(fcinfo, 1, "end_value"), years = arg_years(PG_GETARG_FLOAT8(2), "years"),
		   rate;

	if (!status_ok(tb_growth_rate(start, end, years, arg_choice(PG_GETARG_DATUM(3), "method", methods, lengthof(methods)), &rate)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

static Datum percent(FunctionCallInfo fcinfo, const char *name_a, const char *name_b)
{
	double a = nonnegative(fcinfo, 0, name_a), b = nonnegative(fcinfo, 1, name_b), ratio;

	if (!status_ok(tb_ratio(a, b, 100, &ratio)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ratio);
}

Datum terrbal_ageing_index(PG_FUNCTION_ARGS)
{
	return percent(fcinfo, "older", "young");
}

Datum terrbal_old_age_dependency(PG_FUNCTION_ARGS)
{
	return percent(fcinfo, "older", "working_age");
}

Datum terrbal_youth_dependency(PG_FUNCTION_ARGS)
{
	return percent(fcinfo, "young", "working_age");
}

Datum terrbal_total_dependency(PG_FUNCTION_ARGS)
{
	double dependants = nonnegative(fcinfo, 0, "young") + nonnegative(fcinfo, 1, "older"), ratio;

	if (!status_ok(tb_ratio(dependants, nonnegative(fcinfo, 2, "working_age"), 100, &ratio)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ratio);
}

Datum terrbal_masculinity_ratio(PG_FUNCTION_ARGS)
{
	return percent(fcinfo, "males", "females");
}

Datum terrbal_replacement_ratio(PG_FUNCTION_ARGS)
{
	return percent(fcinfo, "entering", "leaving");
}

static Datum flags(FunctionCallInfo fcinfo, const bool *flag, int n)
{
	Datum values[4];
	bool nulls[4] = {false};

	for (int i = 0; i < n; i++)
		values[i] = BoolGetDatum(flag[i]);
	return row_datum(fcinfo, values, nulls, n);
}

/* One on a thousand km2 lives in no municipality: ST_Area gives m2 */
static double density_km2(FunctionCallInfo fcinfo, int n)
{
	double density = nonnegative(fcinfo, n, "density_km2");

	if (density > 0 && density < 0.001)
		notice_once(
			(errmsg("density_km2 is %.15g: people per m2?", density), errhint("Divide by square kilometres: population / (ST_Area(geom) / 1e6).")));
	return density;
}

/* Banco de Espana 2020: all three conditions, strictly below */
static Datum depopulation_risk(FunctionCallInfo fcinfo, bool natural_decrease)
{
	bool flag[4] = {nonnegative(fcinfo, 1, "population_end") < nonnegative(fcinfo, 0, "population_start"), natural_decrease,
					density_km2(fcinfo, 3) < nonnegative(fcinfo, 4, "density_limit"), false};

	flag[3] = flag[0] && flag[1] && flag[2];
	return flags(fcinfo, flag, 4);
}

Datum terrbal_depopulation_risk(PG_FUNCTION_ARGS)
{
	return depopulation_risk(fcinfo, arg_finite(PG_GETARG_FLOAT8(2), "natural_balance") < 0);
}

Datum terrbal_depopulation_risk_yearly(PG_FUNCTION_ARGS)
{
	double *balances;
	int n;
	bool every_year = true;

	if (!arg_float8_row(PG_GETARG_ARRAYTYPE_P(2), &balances, &n, "natural_balances") || n == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < n; i++)
		every_year &= balances[i] < 0;
	return depopulation_risk(fcinfo, every_year);
}

/* Ley 45/2007, article 3: both limits strictly below */
Datum terrbal_rural_environment(PG_FUNCTION_ARGS)
{
	double population = nonnegative(fcinfo, 0, "population");
	bool flag[4] = {population < nonnegative(fcinfo, 2, "population_limit"), density_km2(fcinfo, 1) < nonnegative(fcinfo, 3, "density_limit"), false,
					false};

	flag[2] = flag[0] && flag[1];
	flag[3] = flag[2] && population < nonnegative(fcinfo, 4, "small_limit");
	return flags(fcinfo, flag, 4);
}

/* Regional aid guidelines: below 12.5 (NUTS 3) sparse, below 8 (NUTS 2) very sparse */
Datum terrbal_sparse_area(PG_FUNCTION_ARGS)
{
	double density = density_km2(fcinfo, 0);
	bool flag[2] = {density < nonnegative(fcinfo, 1, "sparse_limit"), density < nonnegative(fcinfo, 2, "very_sparse_limit")};

	return flags(fcinfo, flag, 2);
}

static Datum region_name(TbRuralRegion region)
{
	static const char *const name[] = {"predominantly urban", "intermediate", "predominantly rural"};

	return PointerGetDatum(cstring_to_text(name[region]));
}

/* Arguments: rural share; city people, city share; limits of intermediate and rural; small and large city; share of a city that counts */
static Datum rural_region(FunctionCallInfo fcinfo, bool limit_is_above, bool half_is_rural)
{
	double share = arg_share(PG_GETARG_FLOAT8(0), "rural_share");
	double people = nonnegative(fcinfo, 1, "city_population");
	double city_share = arg_share(PG_GETARG_FLOAT8(2), "city_share");
	TbRuralLimits limits = {.intermediate = arg_share(PG_GETARG_FLOAT8(3), "intermediate_limit"),
							.rural = arg_share(PG_GETARG_FLOAT8(4), "rural_limit"),
							.small_city = nonnegative(fcinfo, 5, "small_city"),
							.large_city = nonnegative(fcinfo, 6, "large_city"),
							.city_share = arg_share(PG_GETARG_FLOAT8(7), "city_share_limit"),
							.limit_is_above = limit_is_above,
							.half_is_rural = half_is_rural};

	if (limits.rural < limits.intermediate)
		arg_refuse(limits.rural, "rural_limit", "at least intermediate_limit", NULL);
	return region_name(tb_rural_region(share, people, city_share, &limits));
}

/* OECD 1994, from the share of population in local units below 150 per km2, without the third step */
Datum terrbal_oecd_rural_region(PG_FUNCTION_ARGS)
{
	static const TbRuralLimits limits = {.intermediate = 0.15, .rural = 0.5, .city_share = INFINITY, .limit_is_above = true};

	return region_name(tb_rural_region(arg_share(PG_GETARG_FLOAT8(0), "rural_share"), 0, 0, &limits));
}

Datum terrbal_oecd_rural_region_city(PG_FUNCTION_ARGS)
{
	return rural_region(fcinfo, true, false);
}

/* Eurostat: exactly half rural is rural already, exactly 80 % in urban clusters is urban still */
Datum terrbal_eurostat_rural_region(PG_FUNCTION_ARGS)
{
	return rural_region(fcinfo, false, true);
}

/* (large_share, metropolitan_share, near_metropolitan_share, near_city_share, share_limit) */
Datum terrbal_oecd_access_region(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"MR-L", "MR-M", "NMR-M", "NMR-S", "NMR-R"};
	TbAccessShares s = {.large = arg_share(PG_GETARG_FLOAT8(0), "large_share"),
						.metropolitan = arg_share(PG_GETARG_FLOAT8(1), "metropolitan_share"),
						.near_metropolitan = arg_share(PG_GETARG_FLOAT8(2), "near_metropolitan_share"),
						.near_city = arg_share(PG_GETARG_FLOAT8(3), "near_city_share"),
						.limit = arg_share(PG_GETARG_FLOAT8(4), "share_limit")};

	if (s.large > s.metropolitan)
		arg_refuse(s.large, "large_share", "at most metropolitan_share",
				   "Metropolitan areas are large ones and all others of at least 250,000 people.");
	return PointerGetDatum(cstring_to_text(name[tb_access_region(&s)]));
}
