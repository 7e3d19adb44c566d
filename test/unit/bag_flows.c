/* unit test of core/bag_flows: pairs add up, flow 0 registers, names of cities are no zones */
#include "../../src/core/flow/urban_area.h"
#include "../../src/core/state/bag_flows.h"

#include <string.h>

#include "flows.h"
#include "unit.h"

static void add(TbState **state, const char *o, const char *d, const char *city, double flow)
{
	const TbId ids[] = {{o, strlen(o)}, {d, strlen(d)}, {city, city ? strlen(city) : 0}, {NULL, 0}};

	(void)tb_bag_add(&tb_urban_area, state, ids, &flow);
}

int main(void)
{
	const double threshold = 0.15;
	TbState *state = tb_bag_new(&tb_urban_area, &threshold, 1);
	TbBag r;
	TbFlows flows;
	uint32_t *zone, *index, n, *city;

	add(&state, "b", "c", "Town", 2);
	add(&state, "c", "a", NULL, 1);
	add(&state, "b", "c", "Town", 3);
	add(&state, "d", "d", NULL, 0);
	CHECK(tb_bag_view(&tb_urban_area, state, &r) == TB_OK && r.rows == 4 && r.ids == 5, "four rows, five ids");
	CHECK(tb_bag_flows(&r, &flows, &zone) == TB_OK, "flows");
	CHECK(flows.zones == 4 && flows.links == 2, "four zones, two links");
	CHECK(flows.row[1] - flows.row[0] == 0 && flows.row[2] - flows.row[1] == 1 && flows.flow[flows.row[1]] == 5, "repeated pairs add up");
	CHECK(flows.row[4] == 2 && flows.destination[1] == 0, "rows by origin");
	city = tb_bag_distinct(&r, 0xc, &n, &index);
	CHECK(n == 1 && r.id[city[0]].length == 4 && index[city[0]] == 0, "one city");
	CHECK(zone[city[0]] == TB_NO_ID, "which is no zone");

	state = tb_bag_new(&tb_urban_area, &threshold, 1);
	add(&state, "x", "y", NULL, 1);
	add(&state, "x", "z", NULL, 2);
	add(&state, "z", "x", NULL, 3);
	add(&state, "x", "zz", NULL, 4);
	(void)tb_bag_view(&tb_urban_area, state, &r);
	(void)tb_bag_flows(&r, &flows, &zone);
	CHECK(flows.row[0] == 0 && flows.row[1] == 3 && flows.row[2] == 3 && flows.row[3] == 4 && flows.row[4] == 4,
		  "zones that send nothing have empty rows");
	CHECK(flows.destination[0] == 1 && flows.destination[1] == 2 && flows.destination[2] == 3 && flows.flow[3] == 3, "each flow in its place");
	return unit_done();
}
