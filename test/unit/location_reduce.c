/* unit test of core/location_reduce: what remains of a covering question has the answer of the whole, whichever sites are chosen to be fixed */
#include "../../src/core/flow/location_problem.h"
#include "location_cases.h"

int main(void)
{
	static bool must[10] = {false, false, true};
	int smaller = 0;

	for (uint64_t seed = 1; seed <= 60; seed++) {
		TbLocationProblem l = random_problem(seed, 12, 10, 10, 15 + seed % 20);
		double before, entries = (double)l.row[l.demands];
		uint32_t demands = l.demands;
		bool can;

		l.fixed = seed % 3 ? case_fixed : must;
		before = fewest(&l);
		l.p = seed % 2 || isinf(before) ? 10 : (uint32_t)before - 1;
		can = tb_location_reduce(&l);
		CHECK(can || before > l.p, "no is right");
		if (can)
			NEAR(fewest(&l), before, 0, "the same number of sites");
		CHECK(l.demands <= demands && (double)l.row[l.demands] <= entries, "not more than before");
		smaller += l.demands < demands;
	}
	CHECK(smaller > 40, "most questions become smaller");
	return unit_done();
}
