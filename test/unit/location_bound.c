/* unit test of core/location_bound: proven optima equal those counted over all subsets; without a tree the bound stays below */
#include "location_cases.h"

int main(void)
{
	const TbLocationEffort full = {400, 5000, 1e8}, root = {60, 0, 0};
	static bool must[10] = {false, true, false, false, true};

	for (uint64_t seed = 1; seed <= 300; seed++) {
		TbLocationProblem l = random_problem(seed, 30, 10, 1 + seed % 6, seed % 3 ? 100 : 40);
		TbLocationAnswer answer;
		double optimum;

		if (l.p >= 2 && seed % 4 == 0)
			l.fixed = must;
		optimum = counted_optimum(&l);
		tb_location_minimise(&l, full, INFINITY, &answer);
		NEAR(answer.total, optimum, 0, "the optimum");
		NEAR(answer.bound, optimum, 0, "proven");
		NEAR(tb_location_total(&l, answer.open), optimum, 0, "its sites");
		CHECK(l.fixed == case_fixed || (answer.open[1] && answer.open[4]), "what must be open is");
		tb_location_minimise(&l, root, INFINITY, &answer);
		CHECK(answer.bound <= optimum && optimum <= answer.total, "a bound and an answer enclose it");
		tb_location_minimise(&l, full, optimum - 1, &answer);
		CHECK(answer.bound > optimum - 1 && answer.total >= optimum, "less cannot be, says the bound");
	}
	return unit_done();
}
