/* unit test of core/facility_fill: assignments keep to the limits, and are the best ones where nothing limits */
#include "facility_cases.h"

int main(void)
{
	for (uint64_t seed = 1; seed <= 30; seed++) {
		TbFacilityProblem f = random_facility(seed, 6, 4, 1 + seed % 3, 1.2);
		TbFacilityFill s = tb_facility_fill(&f);
		double optimum = counted_facility(&f), quick;
		bool open[4] = {false};

		for (uint32_t j = 0; j < f.l.p; j++)
			open[(j + seed) % 4] = true;
		tb_facility_assign(&s, open, false);
		quick = s.total;
		CHECK(facility_holds(&f, s.site, s.total) && s.total >= optimum, "an assignment within the limits");
		tb_facility_assign(&s, open, true);
		CHECK(facility_holds(&f, s.site, s.total) && s.total >= optimum, "with care too");
		CHECK(s.total <= quick, "care does no harm");
		f.budget = INFINITY;
		for (uint32_t j = 0; j < 4; j++) {
			f.room[j] = INFINITY;
			f.least[j] = 0;
		}
		tb_facility_assign(&s, open, true);
		NEAR(s.total, tb_location_total(&f.l, open), 0, "without limits everybody goes to the cheapest");
	}
	return unit_done();
}
