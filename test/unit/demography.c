/* unit test of core/demography: Webb's eight sectors and their borders, growth by three definitions */
#include "../../src/core/territory/demography.h"

#include "unit.h"

/* natural and migration balance of a place of 1,000 */
static int webb(double natural, double migration)
{
	TbBalance b;

	tb_demographic_balance(1000, 1000 + natural + migration, natural > 0 ? natural : 0, natural < 0 ? -natural : 0, 1, &b);
	return b.type;
}

static double growth(double a, double b, double years, TbGrowth method)
{
	double rate;

	return tb_growth_rate(a, b, years, method, &rate) == TB_OK ? rate : NAN;
}

/* The limits of the two typologies, and what a city changes */
static void rural_regions(void)
{
	TbRuralLimits oecd = {.intermediate = 0.15, .rural = 0.5, .small_city = 200000, .large_city = 500000, .city_share = 0.25, .limit_is_above = true};
	TbRuralLimits eurostat = {
		.intermediate = 0.2, .rural = 0.5, .small_city = 200000, .large_city = 500000, .city_share = 0.25, .half_is_rural = true};

	CHECK(tb_rural_region(0.5, 0, 0, &oecd) == TB_REGION_INTERMEDIATE && tb_rural_region(0.5001, 0, 0, &oecd) == TB_REGION_RURAL,
		  "OECD: above a half");
	CHECK(tb_rural_region(0.15, 0, 0, &oecd) == TB_REGION_INTERMEDIATE && tb_rural_region(0.1499, 0, 0, &oecd) == TB_REGION_URBAN,
		  "OECD: below 15 %");
	CHECK(tb_rural_region(0.5, 0, 0, &eurostat) == TB_REGION_RURAL && tb_rural_region(0.4999, 0, 0, &eurostat) == TB_REGION_INTERMEDIATE,
		  "Eurostat: at least a half");
	CHECK(tb_rural_region(0.2, 0, 0, &eurostat) == TB_REGION_URBAN && tb_rural_region(0.2001, 0, 0, &eurostat) == TB_REGION_INTERMEDIATE,
		  "Eurostat: at least 80 % urban");
	CHECK(tb_rural_region(0.7, 200001, 0.25, &oecd) == TB_REGION_INTERMEDIATE && tb_rural_region(0.7, 200000, 0.25, &oecd) == TB_REGION_RURAL &&
			  tb_rural_region(0.7, 200001, 0.2499, &oecd) == TB_REGION_RURAL,
		  "a city of more than 200,000 and at least a quarter");
	CHECK(tb_rural_region(0.4, 500001, 0.25, &oecd) == TB_REGION_URBAN && tb_rural_region(0.4, 500000, 0.25, &oecd) == TB_REGION_INTERMEDIATE,
		  "a city of more than 500,000");
	CHECK(tb_rural_region(0.7, 900000, 0.9, &oecd) == TB_REGION_INTERMEDIATE, "one class at most");
}

static void access_regions(void)
{
	static const TbAccessShares of[] = {
		{0.6, 0.7, 0, 0, 0.5}, {0.5, 0.7, 0, 0, 0.5}, {0, 0.5, 0.6, 1, 0.5}, {0, 0, 0.5, 0.6, 0.5}, {0.5, 0.5, 0.5, 0.5, 0.5}};

	for (size_t i = 0; i < 5; i++)
		CHECK(tb_access_region(&of[i]) == (TbAccessRegion)i, "a type of access, where half is not most");
}

int main(void)
{
	static const int around[8][3] = {{5, -2, 1}, {5, 2, 2}, {2, 5, 3}, {-2, 5, 4}, {-5, 2, 5}, {-5, -2, 6}, {-2, -5, 7}, {2, -5, 8}};
	TbBalance b;
	double r;

	for (int i = 0; i < 8; i++)
		CHECK(webb(around[i][0], around[i][1]) == around[i][2], "a sector of Webb's circle");
	CHECK(webb(0, 0) == 0, "no movement, no type");
	CHECK(webb(5, -5) == 1 && webb(5, 5) == 2 && webb(-5, 5) == 4 && webb(-5, -5) == 6, "diagonals");
	CHECK(webb(5, 0) == 2 && webb(0, 5) == 3 && webb(-5, 0) == 5 && webb(0, -5) == 8, "axes");

	tb_demographic_balance(1000, 1100, 60, 20, 2, &b);
	CHECK(b.change == 100 && b.natural == 40 && b.migration == 60, "change = natural + migration");
	NEAR(b.growth_rate, 1000 * 100.0 / 1050 / 2, 1e-14, "per 1,000 of the mean population and year");
	NEAR(b.natural_rate + b.migration_rate, b.growth_rate, 1e-14, "rates add up");
	tb_demographic_balance(0, 0, 0, 0, 1, &b);
	CHECK(isnan(b.growth_rate), "nobody: no rate");

	NEAR(growth(100, 121, 2, TB_GROWTH_ARITHMETIC), 0.105, 1e-14, "arithmetic");
	NEAR(growth(100, 121, 2, TB_GROWTH_GEOMETRIC), 0.1, 1e-13, "geometric");
	NEAR(growth(100, 121, 2, TB_GROWTH_EXPONENTIAL), log(1.1), 1e-13, "exponential");
	CHECK(growth(100, 0, 2, TB_GROWTH_GEOMETRIC) == -1 && isnan(growth(100, 0, 2, TB_GROWTH_EXPONENTIAL)) &&
			  isnan(growth(0, 5, 2, TB_GROWTH_ARITHMETIC)),
		  "extinction and birth of a place");
	for (TbGrowth method = TB_GROWTH_ARITHMETIC; method <= TB_GROWTH_EXPONENTIAL; method++)
		CHECK(tb_growth_rate(0, 5, 1, method, &r) == TB_UNDEFINED && tb_growth_rate(5, 6, 0, method, &r) == TB_UNDEFINED,
			  "no start or no time: NULL");
	CHECK(tb_ratio(1, 0, 100, &r) == TB_UNDEFINED && tb_ratio(1e308, 1e-308, 100, &r) == TB_OUT_OF_RANGE, "ratios without an answer");
	rural_regions();
	access_regions();
	return unit_done();
}
