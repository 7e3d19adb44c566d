/* unit test of core/location_change: by hand, no other site, closing undoes opening, units */
#include "../../src/core/flow/location_change.h"

#include "../../src/core/base/random.h"
#include "unit.h"

enum { DEMANDS = 40, SITES = 9 };

/* Whole costs with many ties; every demand reaches about two thirds of the sites */
static TbLocationTable random_table(uint64_t seed, bool *fixed, double unit)
{
	static size_t row[DEMANDS + 1];
	static uint32_t site[DEMANDS * SITES];
	static double cost[DEMANDS * SITES], weight[DEMANDS];
	TbLocationTable t = {.demands = DEMANDS, .sites = SITES, .fixed = fixed, .row = row, .site = site, .cost = cost, .weight = weight};
	size_t n = 0;

	for (uint32_t d = 0; d < DEMANDS; d++) {
		weight[d] = unit * (double)(1 + tb_random_below(&seed, 50));
		row[d] = n;
		for (uint32_t s = 0; s < SITES; s++) {
			double x = unit * (double)tb_random_below(&seed, 20);
			size_t at = n;

			if (tb_random_below(&seed, 3) == 0)
				continue;
			for (; at > row[d] && cost[at - 1] > x; at--) {
				cost[at] = cost[at - 1];
				site[at] = site[at - 1];
			}
			cost[at] = x;
			site[at] = s;
			n++;
		}
		row[d + 1] = n;
	}
	return t;
}

static bool same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

static bool equal(const TbLocationChange *a, const TbLocationChange *b)
{
	return same(a->users, b->users) && same(a->stranded, b->stranded) && same(a->extra, b->extra) && same(a->mean, b->mean) &&
		   same(a->worst_extra, b->worst_extra) && same(a->worst_with, b->worst_with) && same(a->worst_without, b->worst_without) &&
		   same(a->beyond, b->beyond) && a->moves == b->moves;
}

static void by_hand(void)
{
	/* three villages; X and Y open, Z not: a pays 1, 4, 2; b 3, -, 5; c 6, 2, 2 */
	size_t row[] = {0, 3, 5, 8};
	uint32_t site[] = {0, 2, 1, 0, 2, 1, 2, 0};
	double cost[] = {1, 2, 4, 3, 5, 2, 2, 6}, weight[] = {10, 20, 30};
	bool fixed[] = {true, true, false};
	TbLocationTable t = {.demands = 3, .sites = 3, .fixed = fixed, .row = row, .site = site, .cost = cost, .weight = weight};
	TbLocationChanges c;

	CHECK(tb_closures(&t, 3, &c) == TB_OK && c.n == 2, "two sites to close");
	CHECK(c.change[0].site == 0 && c.change[0].users == 30 && c.change[0].stranded == 20, "one village has no other");
	CHECK(c.change[0].extra == 30 && c.change[0].mean == 3 && c.change[0].worst_extra == 3, "the other pays 3 more per head");
	CHECK(c.change[0].worst_with == 3 && c.change[0].worst_without == 4 && c.change[0].beyond == 30, "both leave the threshold");
	CHECK(c.change[0].moves == 2 && c.move[0].other == 1 && c.move[0].users == 10 && c.move[1].other == TB_NO_ID && isnan(c.move[1].extra),
		  "where to");
	CHECK(c.change[1].users == 30 && c.change[1].extra == 120 && c.change[1].beyond == 30 && c.change[1].stranded == 0, "the second site");
	CHECK(tb_openings(&t, 3, &c) == TB_OK && c.n == 1 && c.change[0].site == 2 && c.change[0].users == 0, "equal cost: the first by id keeps them");
	CHECK(c.change[0].extra == 0 && isnan(c.change[0].mean) && c.change[0].moves == 0, "nobody saves");
	fixed[0] = fixed[1] = false;
	CHECK(tb_closures(&t, 3, &c) == TB_OK && c.n == 0, "nothing to close");
	CHECK(tb_openings(&t, 3, &c) == TB_OK && c.n == 3 && c.change[0].stranded == 60 && isnan(c.change[0].extra) && c.change[0].beyond == 30,
		  "the first site serves those who had none");
	weight[0] = 1e308;
	weight[1] = 1e308;
	CHECK(tb_openings(&t, 3, &c) == TB_OUT_OF_RANGE, "more people than float8 holds");
}

int main(void)
{
	const double units[] = {1, 0x1p-500, 0x1p500};
	int alike = 0, tried = 0, scaled = 0;
	double users = 0, extra = 0;

	by_hand();
	for (uint64_t seed = 1; seed <= 20; seed++)
		for (uint32_t s = 0; s < SITES; s++) {
			bool fixed[SITES] = {0};
			TbLocationChanges closed, opened;
			uint32_t at = 0;

			for (uint32_t k = 0; k < SITES; k++)
				fixed[k] = (seed * 7 + k * 5) % 3 == 0;
			fixed[s] = true;
			TbLocationTable t = random_table(seed, fixed, 1);
			(void)tb_closures(&t, 9, &closed);
			fixed[s] = false;
			(void)tb_openings(&t, 9, &opened);
			for (uint32_t k = 0; k < s; k++)
				at += fixed[k];
			tried++;
			alike += equal(&closed.change[at], &opened.change[s - at]);
		}
	CHECK(alike == tried && tried == 20 * SITES, "closing undoes opening");
	for (int i = 0; i < 3; i++) {
		bool fixed[SITES] = {true, false, true, true};
		TbLocationTable t = random_table(5, fixed, units[i]);
		TbLocationChanges c;

		if (tb_closures(&t, 9 * units[i], &c) != TB_OK)
			continue;
		users = i == 0 ? c.change[1].users : users;
		extra = i == 0 ? c.change[1].extra : extra;
		scaled += users > 0 && extra > 0 && c.change[1].users / units[i] == users && c.change[1].extra / units[i] / units[i] == extra;
	}
	CHECK(scaled == 3, "any unit");
	return unit_done();
}
