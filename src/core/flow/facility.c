/* facility.c -- rows of demand, site and cost with what limits each site */
#include "facility.h"

#include <math.h>

#include "../base/step.h"
#include "../state/bag_kinds.h"

enum { DEMAND, SITE };
enum { CAPACITY = 3, MINIMUM, SITE_COST };

static bool params_ok(const double *param, uint64_t n)
{
	return n == 3 && tb_location_params_ok(param, 2) && param[2] >= 0 && !signbit(param[2]);
}

TB_BAG_KIND(tb_facility_kind, "facility_state", TB_SHAPE_FACILITY, 2, 6, 0x2, 0xa, params_ok, 0)

TbStatus tb_facility_table(const TbBag *bag, TbFacilityTable *f, TbLocationError *error)
{
	TbStatus status = tb_location_table(bag, &f->t, error);
	uint32_t *place = tb_alloc(((size_t)bag->ids + 1) * sizeof(uint32_t));
	bool *seen = tb_alloc_zero((size_t)f->t.sites + 1, sizeof(bool));
	size_t size = ((size_t)f->t.sites + 1) * sizeof(double);

	if (status != TB_OK)
		return status;
	f->capacity = tb_alloc(size);
	f->minimum = tb_alloc(size);
	f->site_cost = tb_alloc(size);
	f->budget = bag->param[2];
	for (uint32_t j = 0; j < f->t.sites; j++, tb_step())
		place[f->t.site_id[j] - bag->id] = j;
	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		double capacity = isnan(bag->value[CAPACITY][r]) ? INFINITY : bag->value[CAPACITY][r];
		double minimum = bag->value[MINIMUM][r], cost = bag->value[SITE_COST][r];
		uint32_t j;

		if (bag->row_id[SITE][r] == TB_NO_ID)
			continue;
		j = place[bag->row_id[SITE][r]];
		if (seen[j] && (f->capacity[j] != capacity || f->minimum[j] != minimum || f->site_cost[j] != cost)) {
			*error = (TbLocationError){TB_LOCATION_TERMS, bag->row_id[DEMAND][r], bag->row_id[SITE][r]};
			return TB_MISMATCH;
		}
		seen[j] = true;
		f->capacity[j] = capacity;
		f->minimum[j] = minimum;
		f->site_cost[j] = cost;
	}
	tb_free(place);
	tb_free(seen);
	return TB_OK;
}
