/* migration.c -- rates of migration, preference and velocity of a flow */
#include "migration.h"

#include <math.h>

static TbStatus quotient(double a, double b, double *result)
{
	if (b == 0)
		return TB_UNDEFINED;
	*result = a / b;
	return isfinite(*result) ? TB_OK : TB_OUT_OF_RANGE;
}

TbStatus tb_migration_rate(double movers, double population, double per, double *rate)
{
	return quotient(per * movers, population, rate);
}

TbStatus tb_courgeau_k(double intensity, double zones, double *k)
{
	if (zones <= 1)
		return TB_UNDEFINED;
	return quotient(intensity, 2 * log(zones), k);
}

/* Shares first: products of populations would overflow sooner than their ratios */
TbStatus tb_migration_preference(double flow, double total_flow, double origin, double destination, double total, double *preference)
{
	if (total_flow == 0 || total == 0)
		return TB_UNDEFINED;
	return quotient(flow / total_flow, (origin / total) * (destination / total), preference);
}

TbStatus tb_migration_velocity(double flow, double origin, double destination, double total, double *velocity)
{
	if (origin == 0)
		return TB_UNDEFINED;
	return quotient(flow / origin * total, destination, velocity);
}
