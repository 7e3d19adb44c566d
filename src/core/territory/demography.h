/* demography.h -- balances, growth and structure of a population */
#ifndef TB_DEMOGRAPHY_H
#define TB_DEMOGRAPHY_H

#include <stdbool.h>

#include "../base/status.h"

/* change = natural + migration; rates per 1,000 of the mean population and year (Bogue, Hinze and White 1982); type after Webb 1963: sector 1 to 8
 * (A to H), 0 where both balances are 0. NaN rates without population or years. */
typedef struct TbBalance {
	double change, natural, migration, growth_rate, natural_rate, migration_rate;
	int type;
} TbBalance;

extern void tb_demographic_balance(double population_start, double population_end, double births, double deaths, double years, TbBalance *balance);

typedef enum TbGrowth { TB_GROWTH_ARITHMETIC, TB_GROWTH_GEOMETRIC, TB_GROWTH_EXPONENTIAL } TbGrowth;

/* Per year, as a fraction: (b - a)/(a n), (b/a)^(1/n) - 1, ln(b/a)/n. TB_UNDEFINED: a or n is 0, or b is 0 under the logarithm. */
extern TbStatus tb_growth_rate(double start, double end, double years, TbGrowth method, double *rate);

typedef enum TbRuralRegion { TB_REGION_URBAN, TB_REGION_INTERMEDIATE, TB_REGION_RURAL } TbRuralRegion;

/* Where the classes of a rural share meet, and the cities that lift a region by one class in the third step: more than small_city people lift a
 * rural region, more than large_city an intermediate one, where they are at least city_share of the region. OECD and Eurostat put a share that
 * lies on a limit on different sides. */
typedef struct TbRuralLimits {
	double intermediate, rural, small_city, large_city, city_share;
	bool limit_is_above; /* rural_share = intermediate: already intermediate? */
	bool half_is_rural;  /* rural_share = rural: already rural? */
} TbRuralLimits;

extern TbRuralRegion tb_rural_region(double rural_share, double city_population, double city_share, const TbRuralLimits *limits);

/* OECD regional typology by access (Fadic and others 2019): more than `limit` of a region's people live in large or in all metropolitan areas, or reach a
 * metropolitan area or a smaller city within the hour */
typedef enum TbAccessRegion { TB_METRO_LARGE, TB_METRO_MIDSIZE, TB_NEAR_METRO, TB_NEAR_CITY, TB_REMOTE } TbAccessRegion;
typedef struct TbAccessShares {
	double large, metropolitan, near_metropolitan, near_city, limit;
} TbAccessShares;
extern TbAccessRegion tb_access_region(const TbAccessShares *shares);

/* scale * a / b; TB_UNDEFINED where b is 0, TB_OUT_OF_RANGE on overflow */
extern TbStatus tb_ratio(double a, double b, double scale, double *ratio);

#endif
