/* unit test of core/settlement: majority rules and gap filling on the 3 x 3 rasters of flexurba's own tests (cvmigero/flexurba @a99be646, MIT) */
#include "../../src/core/territory/settlement.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static double ones[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};

/* '.' no class, digits are centres, 'w' water (no land, nobody) */
static bool repaired(const char *given, double *land, double *population, int rule, const char *expected)
{
	int32_t x[9], y[9];
	uint32_t centre[9], twice;
	double nothing[9] = {0}, own_land[9], own_population[9];
	TbCells cells = {.population = own_population, .land = own_land, .built = nothing, .area = 1};
	bool right = true;

	for (int i = 0; i < 9; i++) {
		x[i] = i % 3;
		y[i] = i / 3;
		centre[i] = given[i] >= '0' && given[i] <= '9' ? (uint32_t)(given[i] - '0') : TB_NO_CELL;
		own_land[i] = given[i] == 'w' ? 0 : land[i];
		own_population[i] = given[i] == 'w' ? 0 : population[i];
	}
	(void)tb_grid_build(x, y, 9, &cells.grid, &twice);
	if (rule < 0)
		tb_settlement_fill(&cells, centre);
	else
		tb_settlement_smooth(&cells, rule, centre);
	for (int i = 0; i < 9; i++)
		right &= centre[i] == (expected[i] == '.' ? TB_NO_CELL : (uint32_t)(expected[i] - '0'));
	tb_grid_free(&cells.grid);
	return right;
}

typedef struct Cell {
	int32_t x, y;
	double population, land, built;
	int16_t level2, level1;
} Cell;

/* Cells far enough from each other to be read group by group */
static bool classed(const Cell *cell, uint32_t n, int rules, double area)
{
	int32_t x[100] = {0}, y[100] = {0};
	double population[100], land[100], built[100];
	int16_t code[100], level1[100];
	uint32_t twice;
	TbCells cells = {.population = population, .land = land, .built = built, .area = area};
	bool right = true;

	for (uint32_t i = 0; i < n; i++) {
		x[i] = cell[i].x;
		y[i] = cell[i].y;
	}
	(void)tb_grid_build(x, y, n, &cells.grid, &twice);
	for (uint32_t i = 0; i < n; i++) {
		const Cell *c = cell + cells.grid.order[i];

		population[i] = c->population;
		land[i] = c->land;
		built[i] = c->built;
	}
	tb_settlement_class(&cells, tb_settlement_rules + rules, code);
	tb_settlement_class_level1(&cells, tb_settlement_rules + rules, level1);
	for (uint32_t i = 0; i < n; i++) {
		const Cell *c = cell + cells.grid.order[i];

		if (code[i] != c->level2 || level1[i] != c->level1) {
			printf("# cell %d, %d: %d and %d, not %d and %d\n", c->x, c->y, code[i], level1[i], c->level2, c->level1);
			right = false;
		}
	}
	tb_grid_free(&cells.grid);
	return right;
}

/* Every threshold of the definition, met exactly and missed by one person */
static void thresholds(void)
{
	static const Cell of_2021[] = {/* 50,000 are a centre; the cell beside it is in the cluster, so suburban */
								   {0, 0, 10000, 1, 0, 30, 3},
								   {1, 0, 10000, 1, 0, 30, 3},
								   {2, 0, 30000, 1, 0, 30, 3},
								   {3, 0, 300, 1, 0, 21, 2},
								   /* 49,999 are a dense cluster */
								   {100, 0, 20000, 1, 0, 23, 2},
								   {101, 0, 29999, 1, 0, 23, 2},
								   /* 5,000 too, and what is semi-dense three cells from it is suburban */
								   {200, 0, 5000, 1, 0, 23, 2},
								   {203, 0, 2500, 1, 0, 23, 2},
								   {204, 0, 2500, 1, 0, 23, 2},
								   {300, 0, 5000, 1, 0, 23, 2},
								   {303, 0, 1400, 1, 0, 21, 2},
								   {304, 0, 1400, 1, 0, 21, 2},
								   {305, 0, 1400, 1, 0, 21, 2},
								   {306, 0, 800, 1, 0, 21, 2},
								   /* four cells from it, semi-dense by itself: 5,000 */
								   {400, 0, 5000, 1, 0, 23, 2},
								   {404, 0, 1400, 1, 0, 22, 2},
								   {405, 0, 1400, 1, 0, 22, 2},
								   {406, 0, 1400, 1, 0, 22, 2},
								   {407, 0, 800, 1, 0, 22, 2},
								   /* 4,999: a village, as are 500 */
								   {500, 0, 4999, 1, 0, 13, 1},
								   {510, 0, 500, 1, 0, 13, 1},
								   {520, 0, 300, 1, 0, 13, 1},
								   {521, 0, 300, 1, 0, 13, 1},
								   {530, 0, 499, 1, 0, 12, 1},
								   /* 299 a km2 are not in the cluster beside them */
								   {540, 0, 299, 1, 0, 12, 1},
								   {541, 0, 400, 1, 0, 12, 1},
								   /* 50 a km2 of land, dispersed below; nobody on less than half land and nothing built: water */
								   {550, 0, 50, 1, 0, 12, 1},
								   {560, 0, 49, 1, 0, 11, 1},
								   {570, 0, 25, 0.5, 0, 12, 1},
								   {580, 0, 1, 0, 0, 12, 1},
								   {590, 0, 0, 1, 0, 11, 1},
								   {600, 0, 0, 0.5, 0, 11, 1},
								   {610, 0, 0, 0.25, 0, 10, 0},
								   {620, 0, 0, 0.25, 0.01, 11, 1},
								   {630, 0, 1, 0.25, 0, 11, 1},
								   /* a fifth of the land built up is as good as density, but not at level 1, which asks for 300 */
								   {700, 0, 4900, 1, 0, 23, 1},
								   {701, 0, 100, 1, 0.2, 23, 1},
								   {710, 0, 4900, 1, 0, 23, 1},
								   {711, 0, 100, 0.5, 0.1, 23, 1},
								   {720, 0, 4900, 1, 0, 13, 1},
								   {721, 0, 100, 1, 0.19, 12, 1},
								   {730, 0, 4900, 1, 0, 23, 2},
								   {731, 0, 100, 0, 0, 23, 2},
								   /* what is built on no land is no share of it */
								   {740, 0, 5000, 1, 0, 23, 2},
								   {741, 0, 0, 0, 0.1, 11, 1},
								   /* dense clusters hold by edges, semi-dense ones by corners too */
								   {800, 0, 2500, 1, 0, 22, 2},
								   {801, 1, 2500, 1, 0, 22, 2}};
	static const Cell of_2024[] = {{0, 0, 5000, 1, 0, 23, 2},   {2, 0, 900, 1, 0, 13, 1},    {3, 0, 900, 1, 0, 13, 1},    {4, 0, 900, 1, 0, 13, 1},
								   {100, 0, 5000, 1, 0, 23, 2}, {103, 0, 900, 1, 0, 22, 1},  {104, 0, 900, 1, 0, 22, 1},  {105, 0, 900, 1, 0, 22, 1},
								   {200, 0, 1250, 1, 0, 22, 1}, {201, 0, 1250, 1, 0, 22, 1}, {300, 0, 1250, 1, 0, 13, 1}, {301, 0, 1249, 1, 0, 13, 1},
								   {400, 0, 1300, 1, 0, 13, 1}, {401, 1, 1300, 1, 0, 13, 1}};
	static const Cell quarters[] = {{0, 0, 2500, 1, 0, 23, 2}, {1, 0, 2125, 1, 0, 23, 2}, {2, 0, 375, 1, 0, 23, 2}, {10, 0, 374, 1, 0, 12, 1}};

	CHECK(classed(of_2021, sizeof(of_2021) / sizeof(Cell), 0, 1), "thresholds of 2021, all inclusive");
	CHECK(classed(of_2024, sizeof(of_2024) / sizeof(Cell), 1, 1), "semi-dense clusters of 2024: 900, 2,500, by edges, more than two cells away");
	CHECK(classed(quarters, 4, 0, 0.25), "density is over the land of the cell");
}

/* Cells at these places with so many people each */
static TbCellDoubt doubt(const int32_t *x, const int32_t *y, uint32_t n, double each, double area, double *people)
{
	double population[100], land[100], built[100] = {0};
	uint32_t twice;
	TbCells cells = {.population = population, .land = land, .built = built, .area = area};
	TbCellDoubt answer;

	for (uint32_t i = 0; i < n; i++) {
		population[i] = each;
		land[i] = 1;
	}
	(void)tb_grid_build(x, y, n, &cells.grid, &twice);
	answer = tb_settlement_doubt(&cells, people);
	tb_grid_free(&cells.grid);
	return answer;
}

static void doubts(void)
{
	int32_t x[100], y[100], far_x[100], far_y[100], corner_x[] = {0, 7, 8}, corner_y[] = {0, 3, 4}, knight_x[] = {0, 2, 3, INT32_MIN, INT32_MAX},
													knight_y[] = {0, 1, 3, 1, 1};
	double people;

	for (int i = 0; i < 100; i++) {
		x[i] = i % 10;
		y[i] = i / 10;
		far_x[i] = x[i] * 1000;
		far_y[i] = y[i] * 1000;
	}
	CHECK(doubt(x, y, 100, 2000, 1, &people) == TB_CELLS_PLAUSIBLE, "a city is plausible");
	CHECK(doubt(far_x, far_y, 100, 2000, 1, &people) == TB_CELLS_APART, "coordinates are not");
	CHECK(doubt(corner_x, corner_y, 3, 2000, 1, &people) == TB_CELLS_PLAUSIBLE, "a corner is contact");
	CHECK(doubt(corner_y, corner_x, 3, 2000, 1, &people) == TB_CELLS_PLAUSIBLE, "either way");
	CHECK(doubt(knight_x, knight_y, 5, 2000, 1, &people) == TB_CELLS_APART, "a knight's move is not, nor the ends of the integers");
	CHECK(doubt(x, y, 1, 2000, 1, &people) == TB_CELLS_PLAUSIBLE, "one cell has nothing to touch");
	CHECK(doubt(x, y, 0, 0, 1, &people) == TB_CELLS_PLAUSIBLE, "no cell neither");
	CHECK(doubt(x, y, 100, 20, 1, &people) == TB_CELLS_THIN && people == 2000, "2,000 people without a hamlet");
	CHECK(doubt(x, y, 100, 20, 0.01, &people) == TB_CELLS_PLAUSIBLE, "on cells of 100 m they are a village");
	CHECK(doubt(x, y, 100, 5, 1, &people) == TB_CELLS_THIN && people == 500, "500 people");
	CHECK(doubt(x, y, 100, 4.99, 1, &people) == TB_CELLS_PLAUSIBLE, "fewer are a countryside");
	CHECK(doubt(x, y, 100, 50, 1, &people) == TB_CELLS_PLAUSIBLE, "50 a km2 are dense enough");
	CHECK(doubt(x, y, 100, 2000, 1e6, &people) == TB_CELLS_THIN && people == 200000, "an area in square metres");
}

static void codes(void)
{
	CHECK(tb_settlement_whole(30) == 30 && tb_settlement_whole(0) == 0 && tb_settlement_whole(32767) == 32767, "whole numbers are codes");
	CHECK(tb_settlement_whole(30.5) == -1 && tb_settlement_whole(-1) == -1 && tb_settlement_whole(32768) == -1, "fractions and others are none");
	CHECK(tb_settlement_whole(1e300) == -1 && tb_settlement_whole(NAN) == -1, "nor what no integer holds");
}

static void built_up(void)
{
	int32_t x[4] = {0, 1, 10, 11}, y[4] = {0, 0, 0, 0};
	double population[4] = {2000, 3000, 2000, 2999}, land[4] = {1, 1, 1, 1}, built[4] = {0.41, 0.42, 1, 1}, share;
	uint32_t twice;
	TbCells cells = {.population = population, .land = land, .built = built, .area = 1};

	(void)tb_grid_build(x, y, 4, &cells.grid, &twice);
	CHECK(tb_settlement_built(&cells, 1500, 5000, false, &share) == TB_OK, "one cluster is large enough");
	NEAR(share, 0.415, 1e-15, "its mean built-up share");
	CHECK(tb_settlement_built(&cells, 1500, 5001, false, &share) == TB_UNDEFINED, "none is");
	tb_grid_free(&cells.grid);
}

static void level1(void)
{
	static const int code[8] = {30, 23, 22, 21, 13, 12, 11, 10}, level[8] = {3, 2, 2, 2, 1, 1, 1, 0};

	for (int k = 0; k < 8; k++)
		CHECK(tb_settlement_level1(code[k]) == level[k], "every code folds to level 1");
	CHECK(tb_settlement_level1(24) == -1 && tb_settlement_level1(14) == -1 && tb_settlement_level1(9) == -1, "and no other");
}

/* A hole of one cell, of 15 km2 or less */
static void gap_area(void)
{
	for (int large = 0; large < 2; large++) {
		int32_t x[9], y[9];
		uint32_t centre[9], twice;
		TbCells cells = {.population = ones, .land = ones, .built = ones, .area = large ? 15 : 14.9};

		for (int i = 0; i < 9; i++) {
			x[i] = i % 3;
			y[i] = i / 3;
			centre[i] = i == 4 ? TB_NO_CELL : 1;
		}
		(void)tb_grid_build(x, y, 9, &cells.grid, &twice);
		tb_settlement_fill(&cells, centre);
		CHECK(centre[4] == (large ? TB_NO_CELL : 1), "gaps of 15 km2 stay");
		tb_grid_free(&cells.grid);
	}
}

/* Whole patches outside the centres: those below 15 km2 that see one centre and no edge of the data */
static void fill_slowly(const TbCells *cells, uint32_t *centre)
{
	uint32_t n = cells->grid.n, *patch = tb_alloc(n * 4), neighbour[8];
	uint8_t *outside = tb_alloc(n);
	uint32_t patches;

	for (uint32_t i = 0; i < n; i++)
		outside[i] = centre[i] == TB_NO_CELL;
	patches = tb_grid_clusters(&cells->grid, outside, false, patch);
	for (uint32_t p = 0; p < patches; p++) {
		uint32_t size = 0, around = TB_NO_CELL;
		bool closed = true;

		for (uint32_t i = 0; i < n; i++) {
			if (patch[i] != p)
				continue;
			size++;
			tb_grid_neighbours(&cells->grid, i, neighbour);
			for (int k = 0; k < 4; k++) {
				uint32_t at = neighbour[k];

				closed &= at != TB_NO_CELL && (outside[at] || around == TB_NO_CELL || centre[at] == around);
				if (at != TB_NO_CELL && !outside[at])
					around = centre[at];
			}
		}
		for (uint32_t i = 0; i < n && closed && size * cells->area < 15; i++)
			if (patch[i] == p)
				centre[i] = around;
	}
	tb_free(patch);
	tb_free(outside);
}

/* Cells of a 40 x 40 square, some missing, in two centres with holes of all sizes; answers how many were filled, -1 if not the right ones */
static int filled(uint32_t seed, uint32_t holes, double area)
{
	int32_t x[1600], y[1600];
	uint32_t centre[1600], slow[1600], twice, n = 0;
	TbCells cells = {.area = area};
	int count = 0;

	for (int i = 0; i < 1600; i++) {
		seed = seed * 1664525 + 1013904223;
		if (seed >> 24 == 0)
			continue;
		x[n] = i % 40;
		y[n] = i / 40;
		slow[n++] = (seed >> 16 & 255) < holes ? TB_NO_CELL : i % 40 < 20;
	}
	(void)tb_grid_build(x, y, n, &cells.grid, &twice);
	memcpy(centre, slow, n * sizeof(uint32_t));
	tb_settlement_fill(&cells, centre);
	for (uint32_t i = 0; i < n; i++)
		count += centre[i] != slow[i];
	fill_slowly(&cells, slow);
	tb_grid_free(&cells.grid);
	return memcmp(centre, slow, n * sizeof(uint32_t)) == 0 ? count : -1;
}

static void gaps_right(void)
{
	int some = 0, fewer = 0;
	bool right = true;

	for (uint32_t seed = 1; seed <= 20; seed++) {
		int all = filled(seed, 100, 0.1), small = filled(seed, 100, 5);

		right &= all >= 0 && small >= 0;
		some += all;
		fewer += small;
	}
	CHECK(right, "gaps of any shape, as whole patches tell");
	CHECK(fewer > 0 && some > fewer, "of which the small ones are fewer");
}

int main(void)
{
	double land[] = {1, 0.3, 0.3, 1, 1, 0.3, 1, 1, 1}, some[] = {1, 0, 0, 1, 1, 1, 1, 0, 1}, fewer[] = {1, 0, 0, 1, 1, 0, 1, 1, 1};

	CHECK(repaired("1111.1111", ones, ones, -1, "111111111"), "a gap is filled");
	CHECK(repaired("111121111", ones, ones, -1, "111121111"), "another centre is no gap");
	CHECK(repaired("1121.2112", ones, ones, -1, "1121.2112"), "never across two centres");
	CHECK(repaired("1111..111", ones, ones, -1, "1111..111"), "a bay is open to the edge");
	CHECK(repaired("1111..111", ones, ones, TB_MAJORITY_R2022A, "111111111"), "R2022A: five of eight");
	CHECK(repaired("1111.2111", ones, ones, TB_MAJORITY_R2022A, "111112111"), "R2022A: beside another centre");
	CHECK(repaired("1121..21.", ones, ones, TB_MAJORITY_R2022A, "1121..21."), "R2022A: four are not enough");
	CHECK(repaired("1111..111", ones, ones, TB_MAJORITY_R2023A, "111111111"), "R2023A: more than half");
	CHECK(repaired("1111.w111", ones, ones, TB_MAJORITY_R2023A, "11111.111"), "R2023A: water does not join");
	CHECK(repaired("......111", land, some, TB_MAJORITY_R2023A, "......111"), "R2023A: three of six");
	CHECK(repaired("......111", land, fewer, TB_MAJORITY_R2023A, "....1.111"), "R2023A: three of five");
	CHECK(tb_settlement_level1(30) == 3 && tb_settlement_level1(22) == 2 && tb_settlement_level1(12) == 1 && tb_settlement_level1(10) == 0 &&
			  tb_settlement_level1(20) == -1 && tb_settlement_level1(31) == -1,
		  "codes fold to level 1");
	thresholds();
	doubts();
	codes();
	built_up();
	level1();
	gap_area();
	gaps_right();
	return unit_done();
}
