/* location.c -- from rows of demand, site and cost to a table by demand, and what the answers say of each site */
#include "location.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

enum { DEMAND, SITE };
enum { WEIGHT, COST, FIXED };

bool tb_location_params_ok(const double *param, uint64_t n)
{
	return n == 2 && param[0] >= 0 && param[0] <= INT32_MAX && param[0] == floor(param[0]) && param[1] >= 0 && !signbit(param[1]);
}

TB_BAG_KIND(tb_location_kind, "location_state", TB_SHAPE_LOCATION, 2, 3, 0x2, 0x2, tb_location_params_ok, 0)

/* place[ids]: number of each id that the column has, or TB_NO_ID */
static uint32_t number(const TbBag *bag, int column, uint32_t *place, const TbId ***id)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		place[i] = TB_NO_ID;
	for (size_t r = 0; r < bag->rows; r++, tb_step())
		if (bag->row_id[column][r] != TB_NO_ID)
			place[bag->row_id[column][r]] = 0;
	*id = tb_alloc(((size_t)bag->ids + 1) * sizeof(TbId *));
	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		if (place[i] != TB_NO_ID) {
			(*id)[n] = &bag->id[i];
			place[i] = n++;
		}
	return n;
}

/* What must be said once of a demand, of a site, or of both */
static bool consistent(const TbBag *bag, TbLocationTable *t, const uint32_t *demand, const uint32_t *site, TbLocationError *e)
{
	bool *seen = tb_alloc_zero((size_t)t->sites + 1, sizeof(bool));

	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		uint32_t d = demand[bag->row_id[DEMAND][r]], s = bag->row_id[SITE][r] == TB_NO_ID ? TB_NO_ID : site[bag->row_id[SITE][r]];

		*e = (TbLocationError){TB_LOCATION_WEIGHTS, bag->row_id[DEMAND][r], bag->row_id[SITE][r]};
		if (r > 0 && bag->row_id[DEMAND][r - 1] == e->demand && t->weight[d] != bag->value[WEIGHT][r])
			return false;
		t->weight[d] = bag->value[WEIGHT][r];
		if (s == TB_NO_ID)
			continue;
		e->fault = TB_LOCATION_TWICE;
		if (r > 0 && bag->row_id[DEMAND][r - 1] == e->demand && bag->row_id[SITE][r - 1] == e->site)
			return false;
		e->fault = TB_LOCATION_FIXED;
		if (seen[s] && t->fixed[s] != (bag->value[FIXED][r] == 1))
			return false;
		seen[s] = true;
		t->fixed[s] = bag->value[FIXED][r] == 1;
	}
	tb_free(seen);
	return true;
}

/* Rows of a bag come by demand, then site */
static void fill(const TbBag *bag, TbLocationTable *t, const uint32_t *demand, const uint32_t *site)
{
	size_t n = 0;

	for (size_t r = 0, end; r < bag->rows; r = end) {
		uint32_t d = demand[bag->row_id[DEMAND][r]];

		for (end = r; end < bag->rows && bag->row_id[DEMAND][end] == bag->row_id[DEMAND][r]; end++)
			tb_step();
		t->row[d] = n;
		for (size_t k = r; k < end; k++, tb_step())
			if (!isnan(bag->value[COST][k]) && bag->row_id[SITE][k] != TB_NO_ID) {
				t->site[n] = site[bag->row_id[SITE][k]];
				t->cost[n++] = bag->value[COST][k];
			}
		t->row[d + 1] = n;
	}
}

static void sort_each(TbLocationTable *t)
{
	uint32_t *site = tb_alloc(((size_t)t->sites + 1) * sizeof(uint32_t));
	double *cost = tb_alloc(((size_t)t->sites + 1) * sizeof(double));

	for (uint32_t d = 0; d < t->demands; d++) {
		size_t from = t->row[d], n = t->row[d + 1] - from, *order = tb_sort_order(t->cost + from, n);

		for (size_t k = 0; k < n; k++, tb_step()) {
			site[k] = t->site[from + order[k]];
			cost[k] = t->cost[from + order[k]];
		}
		memcpy(t->site + from, site, n * sizeof(uint32_t));
		memcpy(t->cost + from, cost, n * sizeof(double));
		tb_free(order);
	}
	tb_free(site);
	tb_free(cost);
}

TbStatus tb_location_table(const TbBag *bag, TbLocationTable *t, TbLocationError *error)
{
	uint32_t *demand = tb_alloc(((size_t)bag->ids + 1) * sizeof(uint32_t)), *site = tb_alloc(((size_t)bag->ids + 1) * sizeof(uint32_t));

	tb_progress("location", 0, 1); /* every solver begins here; what they ask one after the other counts as one call */
	*t = (TbLocationTable){0};
	t->demands = number(bag, DEMAND, demand, &t->demand_id);
	t->sites = number(bag, SITE, site, &t->site_id);
	t->weight = tb_alloc(((size_t)t->demands + 1) * sizeof(double));
	t->fixed = tb_alloc_zero((size_t)t->sites + 1, sizeof(bool));
	t->row = tb_alloc_zero((size_t)t->demands + 1, sizeof(size_t));
	t->site = tb_alloc((bag->rows + 1) * sizeof(uint32_t));
	t->cost = tb_alloc((bag->rows + 1) * sizeof(double));
	if (!consistent(bag, t, demand, site, error))
		return TB_MISMATCH;
	fill(bag, t, demand, site);
	sort_each(t);
	tb_free(demand);
	tb_free(site);
	return t->demands > 0 ? TB_OK : TB_UNDEFINED;
}

void tb_location_sites(const TbLocationTable *t, const TbLocationResult *r, double *users, double *mean, double *worst)
{
	TbDd *people = tb_alloc_zero((size_t)t->sites + 1, sizeof(TbDd)), *sum = tb_alloc_zero((size_t)t->sites + 1, sizeof(TbDd));
	double *weight = tb_alloc(((size_t)t->demands + 1) * sizeof(double)), *cost = tb_alloc(((size_t)t->demands + 1) * sizeof(double));
	int weight_exponent = tb_shrink(t->weight, t->demands, weight), cost_exponent;

	for (uint32_t d = 0; d < t->demands; d++, tb_step())
		cost[d] = isnan(r->cost[d]) ? 0 : r->cost[d];
	cost_exponent = tb_shrink(cost, t->demands, cost);
	for (uint32_t s = 0; s < t->sites; s++, tb_step())
		worst[s] = NAN;
	for (uint32_t d = 0; d < t->demands; d++, tb_step()) {
		uint32_t s = r->assigned[d];

		if (s == TB_NO_ID)
			continue;
		people[s] = tb_dd_add_d(people[s], weight[d]);
		sum[s] = tb_dd_add(sum[s], tb_two_product(weight[d], cost[d]));
		worst[s] = fmax(worst[s], r->cost[d]);
	}
	for (uint32_t s = 0; s < t->sites; s++, tb_step()) {
		users[s] = ldexp(tb_dd_value(people[s]), weight_exponent);
		mean[s] = isnan(worst[s]) ? NAN : ldexp(tb_dd_value(sum[s]) / tb_dd_value(people[s]), cost_exponent);
	}
	tb_free(people);
	tb_free(sum);
	tb_free(weight);
	tb_free(cost);
}
