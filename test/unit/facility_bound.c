/* unit test of core/facility_bound: at any prices nothing is better than the bound, and whole knapsacks are the better bound */
#include "facility_cases.h"

int main(void)
{
	for (uint64_t seed = 1; seed <= 40; seed++) {
		TbFacilityProblem f = random_facility(seed, 6, 4, 1 + seed % 3, 1.2);
		TbFacilityRelaxed linear = tb_facility_relaxation(&f, false), whole = tb_facility_relaxation(&f, true);
		double optimum = counted_facility(&f);
		uint64_t prices = seed;

		for (int step = 0; step < 10; step++) {
			for (uint32_t i = 0; i < 6; i++)
				linear.price[i] = whole.price[i] = (double)tb_random_below(&prices, 200);
			tb_facility_relax(&linear);
			tb_facility_relax(&whole);
			CHECK(linear.bound <= optimum + 1e-9 && whole.bound <= optimum + 1e-9, "bounds");
			CHECK(whole.bound >= linear.bound - 1e-9, "a whole knapsack takes in no more than a linear one");
		}
		/* a demand decided for a site, or for none: bounds of fewer answers */
		whole.placed[0] = TB_NO_ID;
		tb_facility_relax(&whole);
		CHECK(whole.bound >= CASE_OUTSIDE || !isfinite(whole.bound) || whole.bound >= linear.bound - 200, "its own charge counts");
		for (uint32_t j = 0; j < 4; j++)
			whole.fix[j] = TB_FACILITY_OPEN;
		tb_facility_relax(&whole);
		CHECK(isinf(whole.bound), "more open sites than p cannot be");
	}
	return unit_done();
}
