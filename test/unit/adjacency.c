/* unit test of core/adjacency: both directions of a link in both rows, the diagonal apart, margins */
#include "../../src/core/flow/adjacency.h"

#include "flows.h"
#include "unit.h"

int main(void)
{
	const double cell[] = {5, 2, 0, 1, 7, 0, 0, 4, 0};
	TbFlows flows = dense(3, cell), none = {0};
	TbAdjacency *a = tb_adjacency(&flows);

	CHECK(a->row[1] == 1 && a->row[2] == 3 && a->row[3] == 4, "one tie, two, one");
	CHECK(a->tie[0].zone == 1 && a->tie[0].out == 2 && a->tie[0].in == 1, "zone 0 sees zone 1 both ways");
	CHECK(a->tie[1].zone == 0 && a->tie[1].out == 1 && a->tie[1].in == 2, "and the other way round");
	CHECK(a->tie[2].zone == 2 && a->tie[2].out == 0 && a->tie[2].in == 4, "a one-way link stands in both rows");
	CHECK(a->within[0] == 5 && a->within[1] == 7 && a->within[2] == 0, "diagonal");
	CHECK(a->residents[0] == 7 && a->residents[1] == 8 && a->residents[2] == 4, "row sums");
	CHECK(a->jobs[0] == 6 && a->jobs[1] == 13 && a->jobs[2] == 0, "column sums");
	CHECK(a->total == 19, "total");
	tb_adjacency_free(a);
	none.row = tb_alloc_zero(1, sizeof(size_t));
	CHECK(tb_adjacency(&none)->total == 0, "no zones");
	return unit_done();
}
