/* demography.c -- demographic balance, growth rates, ratios */
#include "demography.h"

#include <math.h>

/* A gain by births outweighing losses by migration (1), and so on round to a loss by migration outweighing births (8) */
static int webb_type(double natural, double migration)
{
	if (natural == 0 && migration == 0)
		return 0;
	if (natural >= 0 && migration < 0)
		return natural >= -migration ? 1 : 8;
	if (natural >= 0)
		return natural >= migration ? 2 : 3;
	if (migration >= 0)
		return migration >= -natural ? 4 : 5;
	return natural <= migration ? 6 : 7;
}

void tb_demographic_balance(double population_start, double population_end, double births, double deaths, double years, TbBalance *b)
{
	double exposure = (population_start / 2 + population_end / 2) * years / 1000;

	b->change = population_end - population_start;
	b->natural = births - deaths;
	b->migration = b->change - b->natural;
	b->growth_rate = b->natural_rate = b->migration_rate = NAN;
	if (exposure > 0) {
		b->growth_rate = b->change / exposure;
		b->natural_rate = b->natural / exposure;
		b->migration_rate = b->migration / exposure;
	}
	b->type = webb_type(b->natural, b->migration);
}

TbStatus tb_growth_rate(double start, double end, double years, TbGrowth method, double *rate)
{
	if (start == 0 || years == 0 || (end == 0 && method == TB_GROWTH_EXPONENTIAL))
		return TB_UNDEFINED;
	if (method == TB_GROWTH_ARITHMETIC)
		*rate = (end - start) / start / years;
	else if (method == TB_GROWTH_EXPONENTIAL)
		*rate = log(end / start) / years;
	else
		*rate = end == 0 ? -1 : expm1(log(end / start) / years); /* (b/a)^(1/n) - 1 without the cancellation */
	return isfinite(*rate) ? TB_OK : TB_OUT_OF_RANGE;
}

TbStatus tb_ratio(double a, double b, double scale, double *ratio)
{
	if (b == 0)
		return TB_UNDEFINED;
	*ratio = scale * (a / b);
	return isfinite(*ratio) ? TB_OK : TB_OUT_OF_RANGE;
}

TbRuralRegion tb_rural_region(double rural_share, double city_population, double city_share, const TbRuralLimits *l)
{
	TbRuralRegion region = TB_REGION_URBAN;

	if (rural_share > l->rural || (l->half_is_rural && rural_share == l->rural))
		region = TB_REGION_RURAL;
	else if (rural_share > l->intermediate || (l->limit_is_above && rural_share == l->intermediate))
		region = TB_REGION_INTERMEDIATE;
	if (city_share >= l->city_share) {
		if (region == TB_REGION_RURAL && city_population > l->small_city)
			return TB_REGION_INTERMEDIATE;
		if (region == TB_REGION_INTERMEDIATE && city_population > l->large_city)
			return TB_REGION_URBAN;
	}
	return region;
}

TbAccessRegion tb_access_region(const TbAccessShares *s)
{
	if (s->metropolitan > s->limit)
		return s->large > s->limit ? TB_METRO_LARGE : TB_METRO_MIDSIZE;
	if (s->near_metropolitan > s->limit)
		return TB_NEAR_METRO;
	return s->near_city > s->limit ? TB_NEAR_CITY : TB_REMOTE;
}
