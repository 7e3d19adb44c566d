/* unit test of core/urban_area: the rule by hand, merging cities, toy maps for enclaves and exclaves drawn by hand */
#include "../../src/core/flow/urban_area.h"

#include <string.h>

#include "flows.h"
#include "unit.h"

#define NONE TB_NO_CITY

static void rule(void)
{
	/* zones 0, 1 city A; 2 city B; 3 sends 15 % to A; 4 sends 10 % to each; 5 nobody */
	const double cell[36] = {80, 10, 5, 5, 0, 0, 20, 70, 0, 10, 0, 0, 3, 3, 90, 4, 0, 0, 10, 5, 0, 85, 0, 0, 5, 5, 10, 0, 80, 0, 0, 0, 0, 0, 0, 0};
	const uint32_t city[] = {0, 0, 1, NONE, NONE, NONE};
	TbFlows flows = dense(6, cell);
	TbUrbanMember m[6];

	CHECK(tb_functional_urban_areas(&flows, city, 2, 0.15, m) == TB_OK, "solved");
	CHECK(m[0].city == 0 && m[0].role == TB_URBAN_CITY && m[1].city == 0 && m[2].city == 1, "cities");
	NEAR(m[0].share, 0.9, 1e-15, "of its residents 90 % work in the own city");
	CHECK(m[3].city == 0 && m[3].role == TB_URBAN_COMMUTING_ZONE && m[3].share == 0.15, "at the threshold: in");
	CHECK(m[4].city == NONE && m[4].role == TB_URBAN_OUTSIDE && m[4].share == 0.1, "10 % to each of two: outside");
	CHECK(m[5].role == TB_URBAN_OUTSIDE && isnan(m[5].share), "without residents: outside, no share");
	(void)tb_functional_urban_areas(&flows, city, 2, 0.06, m);
	CHECK(m[2].city == 0, "B sends 6 % to A: one city at that threshold");
	NEAR(m[4].share, 0.2, 1e-15, "then both shares add up");
	(void)tb_functional_urban_areas(&flows, city, 2, 1.1, m);
	CHECK(m[3].role == TB_URBAN_OUTSIDE && m[1].role == TB_URBAN_CITY, "beyond 1: cities only");
	(void)tb_functional_urban_areas(&flows, city, 2, 0, m);
	CHECK(m[3].role == TB_URBAN_COMMUTING_ZONE && m[4].role == TB_URBAN_COMMUTING_ZONE && m[5].role == TB_URBAN_OUTSIDE, "0: all who send anybody");
}

/* rook neighbours of a w x h grid */
static void contiguous(uint32_t w, uint32_t h, uint32_t *area, double first)
{
	size_t *row = tb_alloc_zero(w * h + 1, sizeof(size_t)), n = 0;
	double *weight = tb_alloc(w * h * sizeof(double));
	uint32_t *neighbour = tb_alloc(4 * w * h * sizeof(uint32_t));

	for (uint32_t z = 0; z < w * h; z++) {
		if (z >= w)
			neighbour[n++] = z - w;
		if (z % w > 0)
			neighbour[n++] = z - 1;
		if (z % w < w - 1)
			neighbour[n++] = z + 1;
		if (z + w < w * h)
			neighbour[n++] = z + w;
		row[z + 1] = n;
		weight[z] = z ? 1 : first;
	}
	tb_contiguous_areas(w * h, row, neighbour, weight, area);
}

static void maps(void)
{
	uint32_t hole[] = {0, 0, 0, 0, NONE, 0, 0, 0, 0};
	uint32_t foreign[] = {0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1};
	uint32_t part[] = {0, 0, NONE, 0, NONE, NONE, 1, NONE, 1, 1, NONE, NONE};
	uint32_t light[] = {0, NONE, 0}, heavy[] = {0, NONE, 0, 0};
	uint32_t edge[] = {0, 0, NONE, NONE};

	contiguous(3, 3, hole, 1);
	CHECK(hole[4] == 0, "a hole is an enclave");
	contiguous(3, 4, foreign, 1);
	CHECK(foreign[4] == 0, "an exclave of one area inside another belongs to that");
	contiguous(4, 3, part, 1);
	CHECK(part[3] == NONE && part[0] == 0, "a part apart from the largest leaves");
	CHECK(part[6] == NONE && part[8] == 1 && part[9] == 1, "a part that only touches at a corner is apart");
	contiguous(3, 1, light, 1);
	CHECK(light[0] == 0 && light[2] == NONE, "of equal parts the one with the smallest zone stays");
	contiguous(4, 1, heavy, 3);
	CHECK(heavy[0] == 0 && heavy[2] == NONE && heavy[3] == NONE, "a part with more weight stays, however few its zones");
	contiguous(2, 2, edge, 1);
	CHECK(edge[2] == NONE && edge[3] == NONE, "zones with a free neighbour stay free");
}

int main(void)
{
	rule();
	maps();
	return unit_done();
}
