/* unit test of core/functional_area: validity by hand, areas of invented systems, zones that take no part */
#include "../../src/core/flow/functional_area.h"
#include "../../src/core/state/bag_kinds.h"

#include <stdlib.h>

#include "flows.h"
#include "unit.h"

static const TbAreaTargets targets = {100, 1000, 0.6, 0.75};

static void validity(void)
{
	NEAR(tb_area_validity(&targets, 1000, 1000, 750), 1.25, 1e-15, "large and at the target: target over minimum");
	NEAR(tb_area_validity(&targets, 1000, 1000, 600), 1, 1e-15, "large: the minimum of self-containment is just enough");
	NEAR(tb_area_validity(&targets, 100, 100, 75), 1, 1e-15, "smallest size: the target is just enough");
	NEAR(tb_area_validity(&targets, 100, 200, 75), 0.5, 1e-15, "the worse of the two sides counts");
	NEAR(tb_area_validity(&targets, 550, 550, 550 * 0.675), 0.9 * 0.9 * 1.25, 1e-14, "half way between the sizes");
	CHECK(tb_area_validity(&targets, 10, 10, 10) == 1, "nobody leaves: valid whatever the size");
	CHECK(tb_area_validity(&targets, 10, 10, 9) < 1, "below the minimum size the factor goes on falling");
}

/* Two towns with two suburbs each, hardly linked; zone 6 lives from itself; zone 7 has no jobs */
static void two_towns(void)
{
	double cell[64] = {0};
	TbFlows flows;
	TbAreas areas;
	uint32_t members[8] = {0};

#define F(o, d, f) cell[(o)*8 + (d)] = f
	F(0, 0, 800), F(1, 0, 150), F(2, 0, 120), F(1, 1, 60), F(2, 2, 70), F(0, 1, 10), F(0, 2, 5);
	F(3, 3, 700), F(4, 3, 90), F(5, 3, 140), F(4, 4, 50), F(5, 5, 40), F(3, 4, 8), F(3, 5, 9);
	F(0, 3, 12), F(3, 0, 11), F(1, 3, 4);
	F(6, 6, 50), F(7, 0, 3);
#undef F
	flows = dense(8, cell);
	CHECK(tb_labour_market_areas(&flows, &targets, &areas) == TB_OK, "solved");
	CHECK(areas.areas == 2, "two areas");
	CHECK(areas.area[0] == 0 && areas.area[1] == 0 && areas.area[2] == 0, "first town");
	CHECK(areas.area[3] == 3 && areas.area[4] == 3 && areas.area[5] == 3, "second town");
	CHECK(areas.area[6] == TB_NO_AREA && areas.status[6] == TB_AREA_NO_LINK, "no link to others: no area");
	CHECK(areas.area[7] == TB_NO_AREA && areas.status[7] == TB_AREA_NO_JOBS, "no jobs: no area");
	CHECK(areas.status[0] == TB_AREA_MEMBER && areas.count[TB_AREA_MEMBER] == 6 && areas.count[TB_AREA_NO_LINK] == 1 &&
			  areas.count[TB_AREA_NO_JOBS] == 1,
		  "and each is counted");
	for (int z = 0; z < 6; z++)
		members[areas.area[z]]++;
	CHECK(members[0] == 3 && members[3] == 3, "three members each");
	NEAR(areas.totals[0].residents + areas.totals[3].residents, 2279, 1e-15, "residents of those who take part");
	CHECK(areas.totals[0].validity >= 1 && areas.totals[3].validity >= 1, "valid");
	NEAR(areas.totals[0].within, 800 + 150 + 120 + 60 + 70 + 10 + 5, 1e-15, "flows inside the first");
}

/* Two places that only have each other are one area with validity exactly 1; parameters at and beyond their limits */
static void edges(void)
{
	const double pair[] = {1, 10, 10, 0}, good[] = {100, 1000, 0.6, 0.75}, whole[] = {1, 2, 1, 1};
	const double no_size[] = {0, 1000, 0.6, 0.75}, no_range[] = {100, 100, 0.6, 0.75}, turned[] = {100, 1000, 0.8, 0.75},
				 percent[] = {100, 1000, 60, 75}, endless[] = {100, INFINITY, 0.6, 0.75};
	TbFlows flows = dense(2, pair);
	TbAreas areas;

	CHECK(tb_labour_market_areas(&flows, &targets, &areas) == TB_OK && areas.area[0] == 0 && areas.area[1] == 0, "a closed pair is one area");
	CHECK(areas.totals[0].validity == 1 && areas.reserved == 0, "valid whatever its size");
	CHECK(tb_labour_market_params_ok(good, 4) && tb_labour_market_params_ok(whole, 4), "targets that make sense");
	CHECK(!tb_labour_market_params_ok(good, 3) && !tb_labour_market_params_ok(no_size, 4) && !tb_labour_market_params_ok(no_range, 4) &&
			  !tb_labour_market_params_ok(turned, 4) && !tb_labour_market_params_ok(percent, 4) && !tb_labour_market_params_ok(endless, 4),
		  "and such that do not");
}

/* 0 to 3 are linked, but no area of theirs meets the targets; nobody lives in 4, and 5 has no link but to it; 6 has neither residents nor jobs */
static void reasons(void)
{
	enum { n = 7 };
	static const TbAreaTargets far = {1000, 10000, 0.6667, 0.75};
	static const TbAreaStatus right[n] = {TB_AREA_UNASSIGNED,   TB_AREA_UNASSIGNED, TB_AREA_UNASSIGNED,  TB_AREA_UNASSIGNED,
										  TB_AREA_NO_RESIDENTS, TB_AREA_NO_LINK,    TB_AREA_NO_RESIDENTS};
	static const double four[16] = {6, 0, 0, 0, 7, 9, 0, 0, 8, 7, 0, 0, 5, 4, 4, 7};
	double cell[n * n] = {0};
	bool told = true;
	TbFlows flows;
	TbAreas areas;

	for (int i = 0; i < 16; i++)
		cell[i / 4 * n + i % 4] = four[i];
	cell[5 * n + 4] = 4;
	cell[5 * n + 5] = 9;
	flows = dense(n, cell);
	CHECK(tb_labour_market_areas(&flows, &far, &areas) == TB_OK && areas.areas == 0, "no area");
	for (int z = 0; z < n; z++)
		told &= areas.status[z] == right[z] && areas.area[z] == TB_NO_AREA;
	CHECK(told, "every zone says why");
	CHECK(areas.count[TB_AREA_UNASSIGNED] == 4 && areas.count[TB_AREA_NO_RESIDENTS] == 2 && areas.count[TB_AREA_NO_LINK] == 1, "and is counted");
}

/* What comes out is a partition into areas whose totals are right, and those that no reserve zone joined are valid */
static void random_systems(void)
{
	for (int round = 0; round < 20; round++) {
		enum { n = 40 };
		static double cell[n * n];
		TbFlows flows;
		TbAreas areas;
		double residents = 0, total = 0, within[n] = {0};
		bool right = true;

		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++) {
				double f = floor(uniform() * 400 / (1 + (i / 5 - j / 5) * (i / 5 - j / 5) * 4) * (i == j ? 6 : uniform() < 0.5));

				cell[i * n + j] = f;
				total += f;
			}
		flows = dense(n, cell);
		CHECK(tb_labour_market_areas(&flows, &targets, &areas) == TB_OK, "solved");
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				if (areas.area[i] == areas.area[j] && areas.area[i] != TB_NO_AREA)
					within[areas.area[i]] += cell[i * n + j];
		for (int i = 0; i < n; i++) {
			right &= areas.area[i] != TB_NO_AREA && areas.area[i] <= (uint32_t)i && areas.area[areas.area[i]] == areas.area[i];
			if (areas.area[i] == (uint32_t)i) {
				residents += areas.totals[i].residents;
				right &= areas.totals[i].within == within[i];
				right &= areas.reserved > 0 || areas.totals[i].validity >= 1;
			}
		}
		CHECK(right, "every zone in one area named by its smallest member, flows inside add up, valid");
		CHECK(residents == total, "residents of all areas are all residents");
	}
}

/* The rules of the page, on a dense matrix, everything computed anew at each step */
enum { M = 16 };

static double cell[M * M];
static int of[M]; /* cluster, -1: reserve list */
static const TbAreaTargets *asked;

static double between(int from, int to)
{
	double sum = 0;

	for (int i = 0; i < M; i++)
		for (int j = 0; j < M; j++)
			if ((from < 0 || of[i] == from) && (to < 0 || of[j] == to))
				sum += cell[i * M + j];
	return sum;
}

static double plain_validity(int c)
{
	return tb_area_validity(asked, between(c, -1), between(-1, c), between(c, c));
}

static int plain_best(int z)
{
	double highest = 0, residents = 0, jobs = 0;
	int best = -1;

	for (int k = 0; k < M; k++) {
		residents += cell[z * M + k];
		jobs += cell[k * M + z];
	}
	for (int c = 0; c < M; c++) {
		double out = 0, in = 0, cohesion;

		if (c == of[z])
			continue;
		for (int k = 0; k < M; k++)
			if (of[k] == c) {
				out += cell[z * M + k];
				in += cell[k * M + z];
			}
		if (out + in == 0)
			continue;
		cohesion = out * out / (residents * between(-1, c)) + in * in / (between(c, -1) * jobs);
		if (cohesion >= highest) {
			highest = cohesion;
			best = c;
		}
	}
	return best;
}

static int plain_members(int c)
{
	int n = 0;

	for (int k = 0; k < M; k++)
		n += of[k] == c;
	return n;
}

/* To the cluster of highest cohesion unless its validity falls, else into the reserve */
static void plain_move(int z)
{
	int from = of[z], to = plain_best(z);
	double was;

	if (to >= 0) {
		was = plain_validity(to);
		of[z] = to;
		if (plain_validity(to) >= was)
			return;
		of[z] = from;
	}
	of[z] = -1;
}

/* What flows into a member from outside what is left of its cluster, and its residents who work elsewhere */
static double plain_pull(int z)
{
	double sum = 0;

	for (int k = 0; k < M; k++)
		sum += (of[k] != of[z] ? cell[k * M + z] : 0) + (k != z ? cell[z * M + k] : 0);
	return sum;
}

static double external_of(int z)
{
	double sum = -2 * cell[z * M + z];

	for (int k = 0; k < M; k++)
		sum += cell[z * M + k] + cell[k * M + z];
	return sum;
}

static bool plain_step(void)
{
	double lowest = 1;
	int worst = -1;

	for (int c = 0; c < M; c++)
		if (plain_members(c) > 0 && plain_validity(c) < lowest) {
			lowest = plain_validity(c);
			worst = c;
		}
	if (worst < 0)
		return false;
	do {
		int next = -1;

		for (int z = 0; z < M; z++)
			if (of[z] == worst && (next < 0 || plain_pull(z) > plain_pull(next)))
				next = z;
		plain_move(next);
	} while (plain_members(worst) > 1);
	return true;
}

/* Small and few flows make ties, and areas of several members that are taken apart */
static void against_the_rules(const TbAreaTargets *size, int most, double density, int rounds)
{
	int reserved = 0;
	bool same = true;

	asked = size;
	for (int round = 0; round < rounds; round++) {
		TbFlows flows;
		TbAreas areas;
		bool changed = true;

		for (int i = 0; i < M; i++)
			for (int j = 0; j < M; j++)
				cell[i * M + j] = i == j                ? most / 3 + floor(uniform() * most * 3)
								  : uniform() < density ? 1 + floor(uniform() * most / (1 + abs(i - j)))
														: 0;
		flows = dense(M, cell);
		(void)tb_labour_market_areas(&flows, size, &areas);
		for (int z = 0; z < M; z++)
			of[z] = z;
		while (plain_step())
			;
		for (int z = 0; z < M; z++)
			reserved += of[z] < 0;
		while (changed) {
			changed = false;
			for (int z = M - 1; z >= 0; z--)
				if (of[z] < 0 && (of[z] = plain_best(z)) >= 0)
					changed = true;
		}
		for (int z = 0; z < M; z++)
			if (external_of(z) == 0)
				of[z] = -1; /* takes no part */
		for (int i = 0; i < M; i++)
			for (int j = 0; j < M; j++)
				same &= (of[i] == of[j]) == (areas.area[i] == areas.area[j]);
	}
	CHECK(same, "the partitions that the rules give");
	CHECK(reserved > 0, "some of them with a reserve list");
}

int main(void)
{
	static const TbAreaTargets small = {40, 400, 0.5, 0.65}, smaller = {20, 200, 0.6, 0.75};
	TbFlows none = {0};
	TbAreas areas;

	validity();
	two_towns();
	edges();
	reasons();
	random_systems();
	against_the_rules(&targets, 60, 0.5, 100);
	against_the_rules(&small, 4, 0.2, 1000);
	against_the_rules(&smaller, 4, 0.2, 1000);
	CHECK(tb_labour_market_areas(&none, &targets, &areas) == TB_UNDEFINED, "no zones: undefined");
	return unit_done();
}
