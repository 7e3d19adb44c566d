/* migration.c -- rates of migration as scalars */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "arg.h"
#include "core/flow/migration.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_crude_migration_intensity);
PG_FUNCTION_INFO_V1(terrbal_aggregate_net_migration_rate);
PG_FUNCTION_INFO_V1(terrbal_in_migration_rate);
PG_FUNCTION_INFO_V1(terrbal_out_migration_rate);
PG_FUNCTION_INFO_V1(terrbal_net_migration_rate);
PG_FUNCTION_INFO_V1(terrbal_courgeau_k);
PG_FUNCTION_INFO_V1(terrbal_migration_preference);
PG_FUNCTION_INFO_V1(terrbal_migration_velocity);

static Datum answer(FunctionCallInfo fcinfo, TbStatus status, double result)
{
	if (!status_ok(status))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* More movers than people is nearly always a population given in thousands or millions. */
static Datum percentage(FunctionCallInfo fcinfo, double movers, const char *name)
{
	double rate = 0;
	TbStatus status = tb_migration_rate(movers, arg_nonnegative(PG_GETARG_FLOAT8(1), "population"), 100, &rate);

	if (status == TB_OK && rate > 100)
		ereport(WARNING, (errmsg("%s of %.15g exceeds 100 percent", name, rate), errhint("Give flows and population in the same unit, persons.")));
	return answer(fcinfo, status, rate);
}

Datum terrbal_crude_migration_intensity(PG_FUNCTION_ARGS)
{
	return percentage(fcinfo, arg_nonnegative(PG_GETARG_FLOAT8(0), "movers"), "crude migration intensity");
}

Datum terrbal_aggregate_net_migration_rate(PG_FUNCTION_ARGS)
{
	return percentage(fcinfo, arg_nonnegative(PG_GETARG_FLOAT8(0), "net_movers"), "aggregate net migration rate");
}

/* A place may be settled or left within the period, which is twice its mean population; beyond that the units differ */
static Datum rate_per(FunctionCallInfo fcinfo, double movers)
{
	double rate = 0, population = arg_nonnegative(PG_GETARG_FLOAT8(1), "population");
	TbStatus status = tb_migration_rate(movers, population, arg_positive(PG_GETARG_FLOAT8(2), "per"), &rate);

	if (status == TB_OK && fabs(movers) / 2 > population && !told_before("movers of more than twice the population"))
		ereport(WARNING, (errmsg("%.15g movers are more than twice the population of %.15g", fabs(movers), population),
						  errhint("Give flows and population in the same unit, persons.")));
	return answer(fcinfo, status, rate);
}

Datum terrbal_in_migration_rate(PG_FUNCTION_ARGS)
{
	return rate_per(fcinfo, arg_nonnegative(PG_GETARG_FLOAT8(0), "inflow"));
}

Datum terrbal_out_migration_rate(PG_FUNCTION_ARGS)
{
	return rate_per(fcinfo, arg_nonnegative(PG_GETARG_FLOAT8(0), "outflow"));
}

Datum terrbal_net_migration_rate(PG_FUNCTION_ARGS)
{
	return rate_per(fcinfo, arg_finite(PG_GETARG_FLOAT8(0), "net"));
}

Datum terrbal_courgeau_k(PG_FUNCTION_ARGS)
{
	double k = 0;
	TbStatus status = tb_courgeau_k(arg_nonnegative(PG_GETARG_FLOAT8(0), "intensity"), arg_nonnegative(PG_GETARG_FLOAT8(1), "zones"), &k);

	return answer(fcinfo, status, k);
}

/* Of origin, destination and all, from argument n on */
static void populations(FunctionCallInfo fcinfo, int n, double *people)
{
	static const char *const names[] = {"origin_population", "destination_population", "total_population"};

	for (int i = 0; i < 3; i++)
		people[i] = arg_nonnegative(PG_GETARG_FLOAT8(n + i), names[i]);
	for (int i = 0; i < 2; i++)
		arg_part(people[i], names[i], people[2], names[2], NULL);
}

Datum terrbal_migration_preference(PG_FUNCTION_ARGS)
{
	double flow = arg_nonnegative(PG_GETARG_FLOAT8(0), "flow"), total_flow = arg_nonnegative(PG_GETARG_FLOAT8(1), "total_flow"), people[3],
		   preference = 0;
	TbStatus status;

	arg_part(flow, "flow", total_flow, "total_flow", NULL);
	populations(fcinfo, 2, people);
	status = tb_migration_preference(flow, total_flow, people[0], people[1], people[2], &preference);
	return answer(fcinfo, status, preference);
}

Datum terrbal_migration_velocity(PG_FUNCTION_ARGS)
{
	double flow = arg_nonnegative(PG_GETARG_FLOAT8(0), "flow"), people[3], velocity = 0;
	TbStatus status;

	populations(fcinfo, 1, people);
	status = tb_migration_velocity(flow, people[0], people[1], people[2], &velocity);
	return answer(fcinfo, status, velocity);
}
