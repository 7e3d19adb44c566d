/* unit test of core/location_cover_bound: never above the fewest sites; the relaxation of an odd ring is 1/2 each; the tree says yes and no as counting does */
#include "../../src/core/flow/location_cover.h"
#include "../../src/core/flow/location_problem.h"

#include "location_cases.h"

/* Five demands and five sites, each covers two neighbours: 2.5 sites by the relaxation, 3 by counting */
static void ring(void)
{
	size_t row[] = {0, 2, 4, 6, 8, 10};
	uint32_t site[] = {0, 4, 0, 1, 1, 2, 2, 3, 3, 4};
	double charge[10] = {0}, outside[] = {1, 1, 1, 1, 1}, visits = 1e6;
	TbLocationProblem l = {.demands = 5, .sites = 5, .p = 2, .row = row, .site = site, .charge = charge, .outside = outside, .fixed = case_fixed};
	TbCoverBound b;
	bool open[5];

	tb_location_complete(&l, 5);
	tb_cover_start(&l);
	CHECK(outside[0] == 0.5 && outside[4] == 0.5, "each pays half a site");
	b = tb_cover_bound(&l, 500);
	NEAR(b.bound, 2.5, 1e-12, "the relaxation");
	CHECK(tb_cover_tree(&l, &visits, open) == 0, "two are not enough");
	l.p = 3;
	CHECK(tb_cover_tree(&l, &visits, open) == 1 && tb_location_total(&l, open) == 0, "three are");
	visits = 0;
	CHECK(tb_cover_tree(&l, &visits, open) == -1, "no work, no answer");
}

int main(void)
{
	static bool must[12] = {false, false, true};
	int no = 0, yes = 0, near = 0;

	ring();
	for (uint64_t seed = 1; seed <= 80; seed++) {
		TbLocationProblem l = random_problem(seed, 20, 12, 12, 20 + seed % 25);
		double least, visits = 1e7;
		TbCoverBound b;
		bool open[12] = {false};
		int answer;

		l.fixed = seed % 3 ? case_fixed : must;
		memset(l.charge, 0, l.row[l.demands] * sizeof(double));
		memset(l.charge_of, 0, l.row[l.demands] * sizeof(double));
		least = fewest(&l);
		if (isinf(least))
			continue;
		tb_cover_start(&l);
		b = tb_cover_bound(&l, 1000);
		CHECK(b.bound <= least + 1e-9, "a bound");
		near += b.bound > least - 1;
		l.p = (uint32_t)least - 1;
		if (l.p >= 1) {
			CHECK(tb_cover_tree(&l, &visits, open) == 0, "one less is refuted");
			no++;
		}
		l.p++;
		visits = 1e7;
		answer = tb_cover_tree(&l, &visits, open);
		for (uint32_t i = 0; i < l.demands; i++)
			l.outside[i] = 1;
		CHECK(answer == 1 && tb_location_total(&l, open) == 0 && (open[2] || !l.fixed[2]), "the fewest cover all");
		yes += answer;
		tb_cover_release(&b);
	}
	CHECK(yes > 30 && no > 30 && near > 20, "both, and the bound is near");
	return unit_done();
}
