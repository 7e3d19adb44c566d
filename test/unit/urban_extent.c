/* unit test of core/urban_extent: circles against a count cell by cell, classes of small maps */
#include "../../src/core/territory/urban_extent.h"

#include <math.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

#define SIDE 40

/* Cells of a square, some not given */
static uint32_t random_map(int32_t *x, int32_t *y, uint8_t *built, uint64_t *seed)
{
	uint32_t n = 0;

	for (int32_t i = 0; i < SIDE * SIDE; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		if (*seed >> 60 < 3)
			continue;
		x[n] = i % SIDE - 17;
		y[n] = i / SIDE * (i / SIDE > 20 ? 2 : 1) - 9;
		built[n++] = *seed >> 40 & 1;
	}
	return n;
}

static void check_circles(void)
{
	static int32_t x[SIDE * SIDE], y[SIDE * SIDE];
	static uint8_t built[SIDE * SIDE], sorted[SIDE * SIDE];
	static uint32_t count[SIDE * SIDE];
	uint64_t seed = 7;
	bool right = true;

	for (int round = 0; round < 12; round++) {
		uint32_t n = random_map(x, y, built, &seed), twice;
		double radius = round * 0.7;
		TbGrid grid;

		(void)tb_grid_build(x, y, n, &grid, &twice);
		for (uint32_t i = 0; i < n; i++)
			sorted[i] = built[grid.order[i]];
		tb_circle_counts(&grid, sorted, round % 2 ? sorted : NULL, radius, count);
		for (uint32_t i = 0; i < n; i++) {
			uint32_t wanted = 0, a = grid.order[i];

			for (uint32_t b = 0; b < n; b++)
				wanted += built[b] && hypot(x[a] - x[b], y[a] - y[b]) <= radius * (1 + 1e-9);
			right &= count[i] == (round % 2 && !built[a] ? 0 : wanted);
		}
		tb_grid_free(&grid);
	}
	CHECK(right, "circles of twelve radii, cell by cell");
	CHECK(tb_circle_cells(0) == 1 && tb_circle_cells(1) == 5 && tb_circle_cells(sqrt(2)) == 9 && tb_circle_cells(5) == 81 &&
			  tb_circle_cells(0.3 / 0.1) == 29,
		  "cells of a circle, rounding on its rim left aside");
	right = true;
	for (double r = 0; r < 300; r += 0.37)
		right &= tb_circle_cells(r) % 4 == 1;
	CHECK(right, "one more than a multiple of four");
}

/* # built, . open, ~ neither, blank not given */
static bool gives(const char *map, uint32_t width, double walk, double fringe, double captured, const char *wanted)
{
	static int32_t x[256], y[256];
	static uint8_t ground[256], sorted[256], extent[256];
	uint32_t n = 0, twice, at[256];
	char answer[257] = {0};
	TbGrid grid;

	memset(answer, ' ', strlen(map));
	for (uint32_t i = 0; map[i]; i++) {
		if (map[i] == ' ')
			continue;
		x[n] = (int32_t)(i % width) - 5;
		y[n] = -(int32_t)(i / width);
		ground[n] = map[i] == '#' ? TB_GROUND_BUILT : map[i] == '.' ? TB_GROUND_OPEN : TB_GROUND_UNKNOWN;
		at[n++] = i;
	}
	(void)tb_grid_build(x, y, n, &grid, &twice);
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = ground[grid.order[i]];
	tb_urban_extent(&grid, sorted, walk, fringe, captured, extent);
	for (uint32_t i = 0; i < n; i++)
		answer[at[grid.order[i]]] = "~usrfco"[extent[i]];
	tb_grid_free(&grid);
	if (strcmp(answer, wanted) != 0)
		printf("# %s\n# %s\n", wanted, answer);
	return strcmp(answer, wanted) == 0;
}

int main(void)
{
	check_circles();
	CHECK(gives("#####"
				"#...#"
				"#...#"
				"#...#"
				"#####",
				5, 1, 0.5, 10,
				"uuuuu"
				"ucccu"
				"ucccu"
				"ucccu"
				"uuuuu"),
		  "an open space within, three of five built");
	CHECK(gives("#####"
				"#...#"
				"#...#"
				"#...#"
				"#####",
				5, 1, 0.5, 9,
				"uuuuu"
				"uooou"
				"uooou"
				"uooou"
				"uuuuu"),
		  "one as large as the limit is not captured");
	CHECK(gives("#####"
				"#...#"
				"#.~.#"
				"#...#"
				"#####",
				5, 1, 1, 10,
				"uuuuu"
				"ufffu"
				"uf~fu"
				"ufffu"
				"uuuuu"),
		  "all of it fringe but the pond, which has no class");
	CHECK(gives("##...#"
				"......",
				6, 1, 1, 10,
				"ssfoor"
				"ffoooo"),
		  "two of five are suburban, one of five is rural and has no fringe; the border captures nothing");
	CHECK(gives("#######"
				"#.....#"
				"#.....#"
				"#..#..#"
				"#..... "
				"#.....#"
				"#######",
				7, 1, 1, 30,
				"uuuuuuu"
				"ufffffu"
				"ufooofu"
				"uforofs"
				"ufoooo "
				"ufffffs"
				"uuuuuuu"),
		  "a gap in the map beside the rest: nothing is captured");
	CHECK(gives("#######"
				"#.....#"
				"#.....#"
				"#..#..#"
				"#.....#"
				"#.....#"
				"#######",
				7, 1, 1, 9,
				"uuuuuuu"
				"ufffffu"
				"ufcccfu"
				"ufcrcfu"
				"ufcccfu"
				"ufffffu"
				"uuuuuuu"),
		  "a lone house in a park: the eight open cells around it are captured, it stays rural");
	CHECK(gives("", 1, 1, 1, 1, ""), "no cells");
	return unit_done();
}
