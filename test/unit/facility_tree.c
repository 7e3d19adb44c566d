/* unit test of core/facility_tree: proven optima equal those counted over all assignments; without a tree a bound and an answer enclose them */
#include "facility_cases.h"

int main(void)
{
	const TbLocationEffort full = {300, 4000, 1e8}, root = {40, 0, 0};
	static bool must[4] = {false, true};

	for (uint64_t seed = 1; seed <= 30; seed++) {
		TbFacilityProblem f = random_facility(seed, 6, 4, 1 + seed % 3, 1.2);
		TbFacilityAnswer answer;
		double optimum = counted_facility(&f);

		tb_facility_minimise(&f, full, INFINITY, &answer);
		CHECK(facility_holds(&f, answer.site, answer.total), "what the answer says");
		if (optimum <= f.most) {
			NEAR(answer.total, optimum, 0, "the optimum");
			NEAR(answer.bound, optimum, 0, "proven");
			tb_facility_minimise(&f, full, optimum - 1, &answer);
			CHECK(answer.bound > optimum - 1 && answer.total >= optimum, "less cannot be, says the bound");
		} else
			CHECK(answer.bound > f.most, "nobody can serve all, says the bound");
		tb_facility_minimise(&f, root, INFINITY, &answer);
		CHECK(answer.bound <= optimum && optimum <= answer.total, "a bound and an answer enclose it");
		f.l.fixed = must;
		tb_facility_minimise(&f, full, INFINITY, &answer);
		CHECK(isinf(answer.total) || answer.open[1], "what must be open is");
	}
	return unit_done();
}
