/* unit test of core/location: rows to a table, faults by name, what is said of each site */
#include "../../src/core/flow/location.h"

#include <string.h>

#include "unit.h"

typedef struct Row {
	const char *demand, *site;
	double weight, cost, fixed;
} Row;

static const double params[2] = {2, INFINITY};

static TbStatus table_of(size_t n, const Row *row, TbLocationTable *table, TbLocationError *error)
{
	TbState *state = tb_bag_new(&tb_location_kind, params, 2);
	static TbBag bag;

	for (size_t i = 0; i < n; i++) {
		TbId id[2] = {{row[i].demand, (uint32_t)strlen(row[i].demand)}, {NULL, 0}};

		if (row[i].site)
			id[1] = (TbId){row[i].site, (uint32_t)strlen(row[i].site)};
		(void)tb_bag_add(&tb_location_kind, &state, id, &row[i].weight);
	}
	return tb_bag_view(&tb_location_kind, state, &bag) == TB_OK ? tb_location_table(&bag, table, error) : TB_UNDEFINED;
}

int main(void)
{
	const Row rows[] = {{"b", "Y", 2, 3, 0},   {"a", "Y", 1, 5, 0},    {"a", "X", 1, 4, 1},
						{"b", "X", 2, NAN, 1}, {"c", NULL, 3, NAN, 0}, {"a", "W", 1, 4, 0}};
	const Row twice[] = {{"a", "X", 1, 4, 0}, {"a", "X", 1, 5, 0}}, weights[] = {{"a", "X", 1, 4, 0}, {"a", "Y", 2, 4, 0}};
	const Row falling[] = {{"a", "X", 1, 3, 0}, {"a", "Y", 1, 2, 0}, {"a", "Z", 1, 1, 0}};
	const Row fixed[] = {{"a", "X", 1, 4, 0}, {"b", "X", 1, 4, 1}};
	TbLocationTable t;
	TbLocationError e;
	TbLocationResult r = {0};
	uint32_t assigned[3] = {1, 2, TB_NO_ID};
	double cost[3] = {4, 3, NAN}, users[3], mean[3], worst[3];

	CHECK(table_of(6, rows, &t, &e) == TB_OK && t.demands == 3 && t.sites == 3, "three demands, three sites");
	CHECK(t.row[1] == 3 && t.row[2] == 4 && t.row[3] == 4, "what each reaches");
	CHECK(t.site[0] == 0 && t.site[1] == 1 && t.site[2] == 2, "cheapest first, then by id");
	CHECK(t.cost[0] == 4 && t.cost[1] == 4 && t.cost[2] == 5 && t.cost[3] == 3, "each with its cost");
	CHECK(table_of(3, falling, &t, &e) == TB_OK && t.site[0] == 2 && t.cost[0] == 1 && t.site[1] == 1 && t.cost[1] == 2 && t.cost[2] == 3,
		  "whatever the order of the ids");
	CHECK(table_of(6, rows, &t, &e) == TB_OK, "the first table again");
	CHECK(t.fixed[1] && !t.fixed[0] && !t.fixed[2], "what must be open");
	CHECK(t.weight[0] == 1 && t.weight[1] == 2 && t.weight[2] == 3, "weights by demand");
	r.assigned = assigned;
	r.cost = cost;
	tb_location_sites(&t, &r, users, mean, worst);
	CHECK(users[0] == 0 && isnan(mean[0]) && users[1] == 1 && mean[1] == 4 && users[2] == 2 && worst[2] == 3, "users, mean and worst cost");
	CHECK(table_of(2, twice, &t, &e) == TB_MISMATCH && e.fault == TB_LOCATION_TWICE, "a pair twice");
	CHECK(table_of(2, weights, &t, &e) == TB_MISMATCH && e.fault == TB_LOCATION_WEIGHTS, "two weights");
	CHECK(table_of(2, fixed, &t, &e) == TB_MISMATCH && e.fault == TB_LOCATION_FIXED, "open and not");
	CHECK(tb_location_params_ok(params, 2) && !tb_location_params_ok((double[]){-1, 0}, 2) && !tb_location_params_ok((double[]){1, -1}, 2) &&
			  !tb_location_params_ok((double[]){1, NAN}, 2) && !tb_location_params_ok(params, 1),
		  "parameters are checked");
	CHECK(tb_location_params_ok((double[]){2147483647, INFINITY}, 2) && !tb_location_params_ok((double[]){2147483648, 0}, 2) &&
			  !tb_location_params_ok((double[]){1.5, 0}, 2),
		  "any int as the number of sites");
	return unit_done();
}
