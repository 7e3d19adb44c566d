/* sdg.c -- rates of SDG 11.3.1 */
#include "sdg.h"

#include "demography.h"

TbStatus tb_land_consumption_rate(double start, double end, double years, TbLandRate kind, double *rate)
{
	return tb_growth_rate(start, end, years, kind == TB_LAND_LINEAR ? TB_GROWTH_ARITHMETIC : TB_GROWTH_EXPONENTIAL, rate);
}

TbStatus tb_population_growth_rate(double start, double end, double years, double *rate)
{
	return tb_growth_rate(start, end, years, TB_GROWTH_EXPONENTIAL, rate);
}
