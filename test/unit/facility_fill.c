/* unit test of core/facility_fill: assignments keep to the limits, and are the best ones where nothing limits */
#include "facility_cases.h"

/* What each site bears is what its demands take, whoever came and went before */
static bool loads_hold(const TbFacilityProblem *f, const TbFacilityFill *s)
{
	for (uint32_t j = 0; j < f->l.sites; j++) {
		double load = 0;

		for (uint32_t i = 0; i < f->l.demands; i++)
			load += s->site[i] == j ? f->size[i] : 0;
		if (load != s->load[j])
			return false;
	}
	return true;
}

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
		CHECK(s.total <= quick && loads_hold(&f, &s), "care does no harm");
		for (uint32_t i = 0; i < 6; i += 2) {
			tb_facility_leave(&s, i);
			tb_facility_enter(&s, i, TB_NO_ID, f.l.outside[i]);
		}
		CHECK(loads_hold(&f, &s), "who leaves makes room");
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
