/* migration.c -- rates of migration as scalars */
#include "postgres.h"

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

static Datum rate_per(FunctionCallInfo fcinfo, double movers)
{
	double rate = 0;
	TbStatus status = tb_migration_rate(movers, arg_nonnegative(PG_GETARG_FLOAT8(1), "population"), arg_positive(PG_GETARG_FLOAT8(2), "per"), &rate);

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

Datum terrbal_migration_preference(PG_FUNCTION_ARGS)
{
	double preference = 0;
	TbStatus status = tb_migration_preference(arg_nonnegative(PG_GETARG_FLOAT8(0), "flow"), arg_nonnegative(PG_GETARG_FLOAT8(1), "total_flow"),
											  arg_nonnegative(PG_GETARG_FLOAT8(2), "origin_population"),
											  arg_nonnegative(PG_GETARG_FLOAT8(3), "destination_population"),
											  arg_nonnegative(PG_GETARG_FLOAT8(4), "total_population"), &preference);

	return answer(fcinfo, status, preference);
}

Datum terrbal_migration_velocity(PG_FUNCTION_ARGS)
{
	double velocity = 0;
	TbStatus status = tb_migration_velocity(arg_nonnegative(PG_GETARG_FLOAT8(0), "flow"), arg_nonnegative(PG_GETARG_FLOAT8(1), "origin_population"),
											arg_nonnegative(PG_GETARG_FLOAT8(2), "destination_population"),
											arg_nonnegative(PG_GETARG_FLOAT8(3), "total_population"), &velocity);

	return answer(fcinfo, status, velocity);
}
