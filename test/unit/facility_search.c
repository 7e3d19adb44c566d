/* unit test of core/facility_search: exchanges of sites only improve, within the limits, and mostly find the optimum of a small problem */
#include "facility_cases.h"

int main(void)
{
	int found = 0;

	for (uint64_t seed = 1; seed <= 30; seed++) {
		TbFacilityProblem f = random_facility(seed, 6, 4, 1 + seed % 3, 1.3);
		TbFacilityFill s = tb_facility_fill(&f);
		double optimum = counted_facility(&f), before;
		bool open[4] = {false};

		for (uint32_t j = 0; j < f.l.p; j++)
			open[(j + seed) % 4] = true;
		tb_facility_assign(&s, open, true);
		before = s.total;
		tb_facility_relocate(&s);
		CHECK(facility_holds(&f, s.site, s.total) && s.total <= before && s.total >= optimum, "better sites for the same groups");
		before = s.total;
		tb_facility_interchange(&s, 1e6);
		CHECK(facility_holds(&f, s.site, s.total) && s.total <= before && s.total >= optimum, "better sites");
		found += s.total == optimum;
	}
	CHECK(found >= 24, "the optimum of four in five");
	return unit_done();
}
