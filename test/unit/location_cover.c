/* unit test of core/location_cover: a cover that is found is one, of p sites and the fixed ones; where it exists it is found; fewer cannot be */
#include "../../src/core/flow/location_cover.h"

#include "location_cases.h"

static uint32_t count(const bool *open, uint32_t n)
{
	uint32_t sum = 0;

	for (uint32_t j = 0; j < n; j++)
		sum += open[j];
	return sum;
}

int main(void)
{
	static bool must[12] = {false, false, true};
	int asked = 0;

	for (uint64_t seed = 1; seed <= 60; seed++) {
		TbLocationProblem l = random_problem(seed, 20, 12, 12, 25 + seed % 20);
		bool open[12] = {false}, again[12];
		double least;

		memset(l.charge, 0, l.row[l.demands] * sizeof(double));
		l.fixed = seed % 3 ? case_fixed : must;
		least = fewest(&l);
		if (isinf(least))
			continue;
		asked++;
		l.p = (uint32_t)least;
		open[2] = true; /* the first p sites, among them the fixed one */
		for (uint32_t j = 0; count(open, 12) < l.p; j++)
			open[j] = true;
		memcpy(again, open, sizeof open);
		CHECK(tb_cover_search(&l, 1e6, open), "as few as there are");
		CHECK(count(open, 12) == l.p && (open[2] || !l.fixed[2]) && tb_location_total(&l, open) == 0, "they cover all");
		CHECK(tb_cover_search(&l, 1e6, again) && memcmp(open, again, sizeof open) == 0, "the same sites every time");
		if (l.p < 2)
			continue;
		l.p--;
		memset(open, 0, sizeof open);
		open[2] = true;
		for (uint32_t j = 0; count(open, 12) < l.p; j++)
			open[j] = true;
		memcpy(again, open, sizeof open);
		CHECK(!tb_cover_search(&l, 1e5, open) && memcmp(open, again, sizeof open) == 0, "one less is not found, and nothing changes");
	}
	CHECK(asked > 30, "most have a cover");
	return unit_done();
}
