/* sdg.h -- land consumption against population growth (SDG 11.3.1) */
#ifndef TB_SDG_H
#define TB_SDG_H

#include "../base/status.h"

typedef enum TbLandRate {
	TB_LAND_LINEAR, /* (V2 - V1)/(V1 n): metadata since 2021 */
	TB_LAND_LOG     /* ln(V2/V1)/n: earlier metadata */
} TbLandRate;

/* Per year, as a fraction. TB_UNDEFINED: no area at the start, no time, or none at the end under the logarithm. */
extern TbStatus tb_land_consumption_rate(double start, double end, double years, TbLandRate kind, double *rate);
/* ln(P2/P1)/n */
extern TbStatus tb_population_growth_rate(double start, double end, double years, double *rate);

#endif
