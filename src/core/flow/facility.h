/* facility.h -- where services should stand when sites are limited: by capacity, by the people they need, by a budget
 *
 * The questions of location.h. Demands are undivided: each goes whole to one open site, which the planner chooses, not the user; a site takes in no more
 * than its capacity and, where it opens, no less than its minimum; at most p sites open, whose costs stay within the budget.
 */
#ifndef TB_FACILITY_H
#define TB_FACILITY_H

#include "location.h"

typedef struct TbFacilityTable {
	TbLocationTable t;
	double *capacity, *minimum; /* [sites], in the unit of the weights; capacity may be infinite */
	double *site_cost;          /* [sites] */
	double budget;              /* infinite: none */
} TbFacilityTable;

typedef enum TbFacilityLack {
	TB_FACILITY_SEARCHED, /* nothing was found, or nothing can be: result->least tells */
	TB_FACILITY_ROOM,     /* the p largest sites take in less than all: lack.has of lack.wants */
	TB_FACILITY_DEMAND,   /* result->example is larger than any site that it reaches */
	TB_FACILITY_BUDGET,   /* the fixed sites cost more than the budget */
	TB_FACILITY_MINIMUM   /* site lack.site, which is fixed, does not reach its minimum */
} TbFacilityLack;

typedef struct TbFacilityError {
	TbFacilityLack lack;
	double has, wants;
	uint32_t site;
} TbFacilityError;

/* As tb_location_table; TB_MISMATCH with TB_LOCATION_TERMS where a site has several capacities, minima or costs */
extern TbStatus tb_facility_table(const TbBag *bag, TbFacilityTable *table, TbLocationError *error);

/* As their namesakes in location.h, and the same bits where nothing limits. TB_INFEASIBLE: *error says why; result->open is NULL where nothing at all was
 * found; result->least is 1 where it is proven that nothing is. */
extern TbStatus tb_facility_median(const TbFacilityTable *table, uint32_t p, TbLocationResult *result, TbFacilityError *error);
extern TbStatus tb_facility_cover(const TbFacilityTable *table, uint32_t p, double threshold, TbLocationResult *result, TbFacilityError *error);
extern TbStatus tb_facility_set_cover(const TbFacilityTable *table, double threshold, TbLocationResult *result, TbFacilityError *error);
extern TbStatus tb_facility_centre(const TbFacilityTable *table, uint32_t p, TbLocationResult *result, TbFacilityError *error);

/* Demands in rows with a site and cost; values: weight, cost (missing: out of reach), fixed 0 or 1, capacity (missing: no limit), minimum, cost of the site.
 * Parameters: p (0: none), threshold, budget */
extern const TbBagKind tb_facility_kind;

#endif
