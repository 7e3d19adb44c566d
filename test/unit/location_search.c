/* unit test of core/location_search: totals by definition, greedy addition, exchanges that no single exchange improves */
#include "location_cases.h"

#include <string.h>

int main(void)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		TbLocationProblem l = random_problem(seed, 30, 10, 3, seed % 2 ? 100 : 50);
		TbLocationSearch s = tb_location_search(&l);
		bool open[10], better = false;
		double greedy;
		uint32_t count = 0;

		tb_location_greedy(&s);
		greedy = s.total;
		for (int j = 0; j < 10; j++)
			count += s.open[j];
		CHECK(count == 3, "greedy opens p sites");
		NEAR(s.total, tb_location_total(&l, s.open), 0, "and knows what they cost");
		tb_location_interchange(&s);
		CHECK(s.total <= greedy, "exchanges never harm");
		NEAR(s.total, tb_location_total(&l, s.open), 0, "and keep their total");
		memcpy(open, s.open, sizeof(open));
		for (int a = 0; a < 10; a++)
			for (int b = 0; b < 10; b++)
				if (open[a] && !open[b]) {
					open[a] = false;
					open[b] = true;
					better = better || tb_location_total(&l, open) < s.total;
					open[a] = true;
					open[b] = false;
				}
		CHECK(!better, "no exchange is left that saves");
	}
	return unit_done();
}
