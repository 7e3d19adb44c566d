/* urban_area.h -- functional urban areas (Dijkstra, Poelman & Veneri 2019) and the enclave and exclave rule on neighbours
 *
 * Cities of which one sends at least `threshold` of its employed residents to the other become one; every zone outside them that sends at least
 * `threshold` of its residents to a city belongs to the commuting zone of the city that takes most. Share = flow to the city / all employed
 * residents, those who work at home included.
 */
#ifndef TB_URBAN_AREA_H
#define TB_URBAN_AREA_H

#include "../state/flow_set.h"
#include "../state/bag.h"

#define TB_NO_CITY UINT32_MAX

typedef enum TbUrbanRole { TB_URBAN_CITY, TB_URBAN_COMMUTING_ZONE, TB_URBAN_OUTSIDE } TbUrbanRole;

typedef struct TbUrbanMember {
	uint32_t city; /* merged city of the area (the smallest of its cities), or TB_NO_CITY */
	TbUrbanRole role;
	double share; /* of residents who work in the city; of the city that takes most when outside; NaN without residents */
} TbUrbanMember;

/* city[zone]: index of the zone's city or TB_NO_CITY; cities are 0 .. cities - 1 in the order of their ids */
extern TbStatus tb_functional_urban_areas(const TbFlows *flows, const uint32_t *city, uint32_t cities, double threshold, TbUrbanMember *member);

/* Neighbour graph: rows as in TbFlows, symmetric. Area in, area out (TB_NO_CITY: none): parts of an area apart from its heaviest part (of equal
 * ones that with the smallest zone) leave it; then zones all of whose neighbours lie in one area join it, until nothing changes. */
extern void tb_contiguous_areas(uint32_t zones, const size_t *row, const uint32_t *neighbour, const double *weight, uint32_t *area);

/* The rows as a state; its parameters: threshold */
extern const TbBagKind tb_urban_area;
extern bool tb_urban_area_params_ok(const double *param, uint64_t n);

/* The rows as a state; its parameters: none */
extern const TbBagKind tb_contiguity;
extern bool tb_contiguity_params_ok(const double *param, uint64_t n);

#endif
