/* unit test of core/facility: what limits each site is read once, and must be said alike in all its rows */
#include "../../src/core/flow/facility.h"

#include <string.h>

#include "unit.h"

typedef struct Row {
	const char *demand, *site;
	double weight, cost, fixed, capacity, minimum, site_cost;
} Row;

static const double params[3] = {2, INFINITY, 100};

static TbStatus table_of(size_t n, const Row *row, TbFacilityTable *table, TbLocationError *error)
{
	TbState *state = tb_bag_new(&tb_facility_kind, params, 3);
	static TbBag bag;

	for (size_t i = 0; i < n; i++) {
		TbId id[2] = {{row[i].demand, (uint32_t)strlen(row[i].demand)}, {NULL, 0}};

		if (row[i].site)
			id[1] = (TbId){row[i].site, (uint32_t)strlen(row[i].site)};
		(void)tb_bag_add(&tb_facility_kind, &state, id, &row[i].weight);
	}
	return tb_bag_view(&tb_facility_kind, state, &bag) == TB_OK ? tb_facility_table(&bag, table, error) : TB_UNDEFINED;
}

int main(void)
{
	const Row rows[] = {{"b", "Y", 2, 3, 0, 7, 1, 5},
						{"a", "Y", 1, 5, 0, 7, 1, 5},
						{"a", "X", 1, 4, 1, NAN, 0, 0},
						{"c", NULL, 3, NAN, 0, NAN, 0, 0},
						{"b", "X", 2, 1, 1, NAN, 0, 0}};
	Row other[2] = {{"a", "X", 1, 4, 0, 7, 1, 5}, {"b", "X", 2, 4, 0, 7, 1, 5}};
	TbFacilityTable f;
	TbLocationError e;

	CHECK(table_of(5, rows, &f, &e) == TB_OK && f.t.demands == 3 && f.t.sites == 2 && f.budget == 100, "three demands, two sites");
	CHECK(isinf(f.capacity[0]) && f.minimum[0] == 0 && f.site_cost[0] == 0 && f.t.fixed[0], "no limit");
	CHECK(f.capacity[1] == 7 && f.minimum[1] == 1 && f.site_cost[1] == 5 && !f.t.fixed[1], "limits");
	CHECK(table_of(2, other, &f, &e) == TB_OK, "the same twice");
	other[1].capacity = 8;
	CHECK(table_of(2, other, &f, &e) == TB_MISMATCH && e.fault == TB_LOCATION_TERMS, "two capacities");
	other[1].capacity = NAN;
	CHECK(table_of(2, other, &f, &e) == TB_MISMATCH && e.fault == TB_LOCATION_TERMS, "a limit and none");
	other[1] = (Row){"b", "X", 2, 4, 0, 7, 2, 5};
	CHECK(table_of(2, other, &f, &e) == TB_MISMATCH && e.fault == TB_LOCATION_TERMS, "two minima");
	other[1] = (Row){"b", "X", 2, 4, 0, 7, 1, 6};
	CHECK(table_of(2, other, &f, &e) == TB_MISMATCH && e.fault == TB_LOCATION_TERMS, "two costs");
	other[1] = (Row){"b", "X", 2, 4, 1, 7, 1, 5};
	CHECK(table_of(2, other, &f, &e) == TB_MISMATCH && e.fault == TB_LOCATION_FIXED, "open and not");
	CHECK(tb_facility_kind.params_ok(params, 3) && !tb_facility_kind.params_ok(params, 2) && !tb_facility_kind.params_ok((double[]){2, 1, -1}, 3) &&
			  !tb_facility_kind.params_ok((double[]){2, 1, NAN}, 3) && !tb_facility_kind.params_ok((double[]){-1, 1, 1}, 3),
		  "parameters are checked");
	return unit_done();
}
