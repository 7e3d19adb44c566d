/* unit test of core/location_covering: points in the plane. p-centre and set cover undo each other, answers are covers, bounds hold, more sites never harm */
#include "../../src/core/flow/location.h"

#include "../../src/core/base/host.h"
#include "../../src/core/base/random.h"
#include "unit.h"

enum { POINTS = 120 };

static const bool none[POINTS];

static TbLocationTable points(uint64_t seed)
{
	TbLocationTable t = {.demands = POINTS, .sites = POINTS, .fixed = (bool *)none};
	double x[POINTS], y[POINTS];
	size_t n = 0;

	t.weight = tb_alloc(POINTS * sizeof(double));
	t.row = tb_alloc_zero(POINTS + 1, sizeof(size_t));
	t.site = tb_alloc((size_t)POINTS * POINTS * sizeof(uint32_t));
	t.cost = tb_alloc((size_t)POINTS * POINTS * sizeof(double));
	for (int i = 0; i < POINTS; i++) {
		x[i] = (double)tb_random_below(&seed, 100000);
		y[i] = (double)tb_random_below(&seed, 100000);
		t.weight[i] = 1;
	}
	for (int i = 0; i < POINTS; i++) {
		for (uint32_t j = 0; j < POINTS; j++, n++) {
			double d = hypot(x[i] - x[j], y[i] - y[j]);
			size_t at = n;

			for (; at > t.row[i] && t.cost[at - 1] > d; at--) {
				t.cost[at] = t.cost[at - 1];
				t.site[at] = t.site[at - 1];
			}
			t.cost[at] = d;
			t.site[at] = j;
		}
		t.row[i + 1] = n;
	}
	return t;
}

int main(void)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		TbLocationTable t = points(seed);
		double before = INFINITY;

		for (uint32_t p = 8; p <= 16; p += 4) {
			TbLocationResult centre, cover;
			uint32_t open = 0;
			double worst = 0;

			CHECK(tb_p_centre(&t, p, &centre) == TB_OK && centre.proven, "proven");
			CHECK(centre.objective <= before, "more sites never harm");
			before = centre.objective;
			for (uint32_t j = 0; j < POINTS; j++)
				open += centre.open[j];
			for (uint32_t i = 0; i < POINTS; i++)
				worst = fmax(worst, centre.cost[i]);
			CHECK(open == p && worst == centre.objective && centre.unserved == 0, "p sites, and the worst of all costs");
			CHECK(tb_set_cover(&t, centre.objective, &cover) == TB_OK && cover.proven && cover.objective <= p, "so many cover that radius");
			CHECK(tb_set_cover(&t, nextafter(centre.objective, 0), &cover) == TB_OK && cover.bound > p, "and no smaller one");
		}
	}
	return unit_done();
}
