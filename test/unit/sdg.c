/* unit test of core/sdg: both land rates, and the identity (g - 1)/ln g for equal growth */
#include "../../src/core/territory/sdg.h"

#include "unit.h"

int main(void)
{
	double linear, logarithmic, people;

	CHECK(tb_land_consumption_rate(50, 75, 5, TB_LAND_LINEAR, &linear) == TB_OK, "linear");
	NEAR(linear, 0.1, 1e-15, "half more in five years is 10 per cent a year");
	CHECK(tb_land_consumption_rate(50, 75, 5, TB_LAND_LOG, &logarithmic) == TB_OK, "log");
	NEAR(logarithmic, log(1.5) / 5, 1e-15, "ln 1.5 / 5");
	CHECK(tb_population_growth_rate(1000, 1500, 5, &people) == TB_OK, "population");
	NEAR(linear / people, 0.5 / log(1.5), 1e-14, "equal growth g: (g - 1)/ln g");
	NEAR(logarithmic / people, 1, 1e-14, "equal growth by logarithms: 1");
	CHECK(tb_land_consumption_rate(0, 75, 5, TB_LAND_LINEAR, &linear) == TB_UNDEFINED &&
			  tb_population_growth_rate(10, 0, 5, &people) == TB_UNDEFINED && tb_land_consumption_rate(1, 2, 0, TB_LAND_LOG, &linear) == TB_UNDEFINED,
		  "nothing to begin with, nobody left, no time");
	return unit_done();
}
