/* unit test of core/nodal: chains, ties, loops, modularity of trivial partitions */
#include "../../src/core/flow/nodal.h"

#include "flows.h"
#include "unit.h"

int main(void)
{
	/* 3 -> 2 -> 0 <- 1, zone 4 only to itself; 1 sends as much to 2 as to 0 */
	const double cell[25] = {9, 1, 1, 0, 0, 5, 0, 5, 0, 0, 7, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 8};
	const double one[] = {12}, apart[] = {5, 0, 0, 5}, across[] = {0, 5, 5, 0}, nothing[] = {0};
	TbFlows flows = dense(5, cell), system;
	TbNodalLink link[5];
	double q;

	CHECK(tb_dominant_flows(&flows, link) == TB_OK, "solved");
	CHECK(link[0].dominant == TB_NO_ZONE && link[0].role == TB_NODAL_DOMINANT && link[0].hub == 0, "the root dominates");
	CHECK(link[1].dominant == 0 && link[1].flow == 5 && link[1].role == TB_NODAL_DOMINATED, "equal outflows: the smaller id");
	CHECK(link[2].dominant == 0 && link[2].flow == 7 && link[2].role == TB_NODAL_INTERMEDIATE, "between");
	CHECK(link[3].dominant == 2 && link[3].hub == 0, "the hub is at the end of the chain");
	CHECK(link[4].dominant == TB_NO_ZONE && link[4].role == TB_NODAL_ISOLATED && link[4].hub == 4, "own flows count nothing");

	system = dense(1, one);
	CHECK(tb_modularity(&system, &q) == TB_OK && q == 0, "one area: 0");
	system = dense(2, apart);
	CHECK(tb_modularity(&system, &q) == TB_OK && q == 0.5, "two closed halves: 1/2");
	system = dense(2, across);
	CHECK(tb_modularity(&system, &q) == TB_OK && q == -0.5, "all flows across: -1/2");
	system = dense(1, nothing);
	CHECK(tb_modularity(&system, &q) == TB_UNDEFINED, "no flow: undefined");
	CHECK(tb_dominant_flows(&system, link) == TB_OK && link[0].role == TB_NODAL_ISOLATED, "nothing flows: alone");
	system = dense(2, across);
	CHECK(tb_dominant_flows(&system, link) == TB_OK && link[0].dominant == TB_NO_ZONE && link[1].dominant == TB_NO_ZONE && link[1].hub == 1,
		  "equal inflows: neither dominates");
	system = dense(0, nothing);
	CHECK(tb_dominant_flows(&system, link) == TB_UNDEFINED, "no zones: undefined");
	return unit_done();
}
