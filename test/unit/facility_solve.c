/* unit test of core/facility_solve: limited sites against every assignment of every demand, and what cannot be */
#include "../../src/core/flow/facility.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/base/random.h"
#include "unit.h"

#define DEMANDS 7
#define SITES 5
#define REACH 45

static double distance[DEMANDS][SITES];

static TbFacilityTable table_of(uint64_t seed, bool *fixed, double fullness)
{
	TbFacilityTable f = {.t = {.demands = DEMANDS, .sites = SITES, .fixed = fixed}, .budget = INFINITY};
	TbLocationTable *t = &f.t;
	double all = 0;
	size_t n = 0;

	t->weight = tb_alloc(DEMANDS * sizeof(double));
	t->row = tb_alloc_zero(DEMANDS + 1, sizeof(size_t));
	t->site = tb_alloc(DEMANDS * SITES * sizeof(uint32_t));
	t->cost = tb_alloc(DEMANDS * SITES * sizeof(double));
	f.capacity = tb_alloc(SITES * sizeof(double));
	f.minimum = tb_alloc_zero(SITES, sizeof(double));
	f.site_cost = tb_alloc_zero(SITES, sizeof(double));
	for (int i = 0; i < DEMANDS; i++) {
		t->weight[i] = 1 + (double)tb_random_below(&seed, 50);
		all += t->weight[i];
		for (uint32_t j = 0; j < SITES; j++, n++) {
			size_t at = n;

			distance[i][j] = (double)tb_random_below(&seed, 100);
			for (; at > t->row[i] && t->cost[at - 1] > distance[i][j]; at--) {
				t->cost[at] = t->cost[at - 1];
				t->site[at] = t->site[at - 1];
			}
			t->cost[at] = distance[i][j];
			t->site[at] = j;
		}
		t->row[i + 1] = n;
	}
	for (int j = 0; j < SITES; j++)
		f.capacity[j] = floor(all * fullness * (0.5 + (double)tb_random_below(&seed, 100) / 100));
	return f;
}

typedef struct Counted {
	double median, cover, centre, fewest;
} Counted;

/* One assignment: site, or SITES for outside; opens what is used and what is fixed */
static void count_one(const TbFacilityTable *f, const int *to, uint32_t p, Counted *c)
{
	double load[SITES + 1] = {0}, sum = 0, worst = 0, served = 0, price = 0;
	uint32_t open = 0;

	for (int i = 0; i < DEMANDS; i++) {
		load[to[i]] += f->t.weight[i];
		if (to[i] == SITES)
			continue;
		sum += f->t.weight[i] * distance[i][to[i]];
		served += f->t.weight[i];
		worst = fmax(worst, distance[i][to[i]]);
	}
	for (int j = 0; j < SITES; j++) {
		if (load[j] == 0 && !f->t.fixed[j])
			continue;
		if (load[j] > f->capacity[j] || load[j] < f->minimum[j])
			return;
		price += f->site_cost[j];
		open++;
	}
	if (price > f->budget)
		return;
	if (load[SITES] == 0 && worst <= REACH)
		c->fewest = fmin(c->fewest, open);
	if (open > p)
		return;
	if (worst <= REACH)
		c->cover = fmax(c->cover, served);
	if (load[SITES] > 0)
		return;
	c->median = fmin(c->median, sum);
	c->centre = fmin(c->centre, worst);
}

static Counted count(const TbFacilityTable *f, uint32_t p)
{
	Counted c = {INFINITY, -1, INFINITY, INFINITY};
	int to[DEMANDS] = {0};

	for (int i = 0; i < DEMANDS;) {
		count_one(f, to, p, &c);
		for (i = 0; i < DEMANDS && ++to[i] > SITES; i++)
			to[i] = 0;
	}
	return c;
}

static void compare(const TbFacilityTable *f, uint32_t p, const char *what)
{
	Counted c = count(f, p);
	TbLocationResult r;
	TbFacilityError e;
	TbStatus status = tb_facility_median(f, p, &r, &e);

	if (isfinite(c.median)) {
		CHECK(status == TB_OK && r.proven, what);
		NEAR(r.objective, c.median, 1e-14, what);
	} else
		CHECK(status == TB_INFEASIBLE && (r.least == 1 || e.lack != TB_FACILITY_SEARCHED), what);
	status = tb_facility_cover(f, p, REACH, &r, &e);
	if (c.cover >= 0) {
		CHECK(status == TB_OK && r.proven, what);
		NEAR(r.objective, c.cover, 0, what);
	} else
		CHECK(status == TB_INFEASIBLE && (r.least == 1 || e.lack != TB_FACILITY_SEARCHED), what);
	status = tb_facility_centre(f, p, &r, &e);
	if (isfinite(c.centre)) {
		CHECK(status == TB_OK && r.proven, what);
		NEAR(r.objective, c.centre, 0, what);
	} else
		CHECK(status == TB_INFEASIBLE, what);
	status = tb_facility_set_cover(f, REACH, &r, &e);
	if (isfinite(c.fewest)) {
		CHECK(status == TB_OK && r.proven, what);
		NEAR(r.objective, c.fewest, 0, what);
	} else
		CHECK(status == TB_INFEASIBLE, what);
}

int main(void)
{
	static bool fixed[2][SITES] = {{false}, {false, false, true}};

	for (uint64_t seed = 1; seed <= 24; seed++) {
		uint32_t p = 1 + seed % 4;
		TbFacilityTable f = table_of(seed, fixed[seed % 5 == 0], 1.3 / p);

		compare(&f, p, "capacity");
		for (int j = 0; j < SITES; j++)
			f.minimum[j] = 15 + 5 * j;
		compare(&f, p, "and minimum");
		for (int j = 0; j < SITES; j++) {
			f.minimum[j] = 0;
			f.site_cost[j] = 10 + (double)((seed * 7 + 13 * (unsigned)j) % 11);
		}
		f.budget = 12 * p;
		compare(&f, p + 1, "capacity and budget");
		for (int j = 0; j < SITES; j++) {
			f.minimum[j] = 25;
			f.capacity[j] = INFINITY;
		}
		compare(&f, p + 1, "minimum and budget");
	}
	return unit_done();
}
