/* unit test of core/location_solve: all four questions against every subset of sites, and what cannot be */
#include "../../src/core/flow/location.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/base/random.h"
#include "unit.h"

#define DEMANDS 25
#define SITES 9

static double distance[DEMANDS][SITES];

static TbLocationTable table_of(uint64_t seed, bool *fixed)
{
	TbLocationTable t = {.demands = DEMANDS, .sites = SITES, .fixed = fixed};
	double x[DEMANDS], y[DEMANDS];
	size_t n = 0;

	t.weight = tb_alloc(DEMANDS * sizeof(double));
	t.row = tb_alloc_zero(DEMANDS + 1, sizeof(size_t));
	t.site = tb_alloc(DEMANDS * SITES * sizeof(uint32_t));
	t.cost = tb_alloc(DEMANDS * SITES * sizeof(double));
	for (int i = 0; i < DEMANDS; i++) {
		x[i] = tb_random_below(&seed, 100);
		y[i] = tb_random_below(&seed, 100);
		t.weight[i] = 1 + tb_random_below(&seed, 50);
	}
	for (int i = 0; i < DEMANDS; i++) {
		for (uint32_t j = 0; j < SITES; j++, n++) {
			size_t at = n;

			distance[i][j] = hypot(x[i] - x[j], y[i] - y[j]);
			for (; at > t.row[i] && t.cost[at - 1] > distance[i][j]; at--) {
				t.cost[at] = t.cost[at - 1];
				t.site[at] = t.site[at - 1];
			}
			t.cost[at] = distance[i][j];
			t.site[at] = j;
		}
		t.row[i + 1] = n;
	}
	return t;
}

typedef struct Counted {
	double median, cover, centre, fewest;
} Counted;

static Counted count(const TbLocationTable *t, int p, double reach)
{
	Counted c = {INFINITY, 0, INFINITY, INFINITY};

	for (unsigned set = 1; set < 1u << SITES; set++) {
		double sum = 0, served = 0, worst = 0;
		bool allowed = true;

		for (int j = 0; j < SITES; j++)
			allowed = allowed && (!t->fixed[j] || set >> j & 1);
		for (int i = 0; i < DEMANDS; i++) {
			double least = INFINITY;

			for (int j = 0; j < SITES; j++)
				if (set >> j & 1)
					least = fmin(least, distance[i][j]);
			sum += t->weight[i] * least;
			served += least <= reach ? t->weight[i] : 0;
			worst = fmax(worst, least);
		}
		if (allowed && worst <= reach)
			c.fewest = fmin(c.fewest, __builtin_popcount(set));
		if (!allowed || __builtin_popcount(set) != p)
			continue;
		c.median = fmin(c.median, sum);
		c.cover = fmax(c.cover, served);
		c.centre = fmin(c.centre, worst);
	}
	return c;
}

int main(void)
{
	static bool fixed[2][SITES] = {{false}, {false, false, true}};
	TbLocationTable t;
	TbLocationResult r;

	for (uint64_t seed = 1; seed <= 12; seed++) {
		int p = 1 + seed % 5;
		Counted c;

		t = table_of(seed, fixed[seed % 2]);
		c = count(&t, p, 30);
		CHECK(tb_p_median(&t, p, &r) == TB_OK && r.proven, "p-median");
		NEAR(r.objective, c.median, 1e-14, "its optimum");
		CHECK(tb_maximal_cover(&t, p, 30, &r) == TB_OK && r.proven, "maximal cover");
		NEAR(r.objective, c.cover, 0, "its optimum");
		CHECK(tb_p_centre(&t, p, &r) == TB_OK && r.proven, "p-centre");
		NEAR(r.objective, c.centre, 0, "its optimum");
		if (isfinite(c.fewest)) {
			CHECK(tb_set_cover(&t, 30, &r) == TB_OK && r.proven, "set cover");
			NEAR(r.objective, c.fewest, 0, "its optimum");
		} else
			CHECK(tb_set_cover(&t, 30, &r) == TB_INFEASIBLE && r.unserved > 0, "somebody reaches nothing");
	}
	CHECK(tb_p_median(&t, 20, &r) == TB_OK && r.proven, "more sites asked for than there are");
	t = table_of(3, fixed[1]);
	CHECK(tb_p_centre(&t, 0, &r) == TB_INVALID, "one is fixed");
	/* two demands that share no site */
	t.demands = 2;
	t.sites = 2;
	t.fixed = fixed[0];
	t.row = (size_t[]){0, 1, 2};
	t.site = (uint32_t[]){0, 1};
	CHECK(tb_p_median(&t, 1, &r) == TB_INFEASIBLE && r.open && r.least == 2 && r.unserved == 1, "one site cannot serve both: two are needed");
	CHECK(tb_p_centre(&t, 1, &r) == TB_INFEASIBLE && r.least == 2, "nor at any radius");
	t.weight[0] = 1e300;
	t.cost[0] = 1e300;
	CHECK(tb_p_median(&t, 2, &r) == TB_OUT_OF_RANGE, "beyond float8");
	return unit_done();
}
