/* unit test of core/grid: neighbours, clusters and distances against brute force, and flexurba's own cases (cvmigero/flexurba @a99be646, MIT) */
#include "../../src/core/territory/grid.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static uint32_t at(const TbGrid *grid, int64_t x, int64_t y)
{
	for (uint32_t i = 0; i < grid->n; i++)
		if (grid->x[i] == x && grid->y[i] == y)
			return i;
	return TB_NO_CELL;
}

static bool neighbours_right(const TbGrid *grid)
{
	static const int dx[8] = {-1, 1, 0, 0, -1, 1, -1, 1}, dy[8] = {0, 0, 1, -1, 1, 1, -1, -1};
	uint32_t neighbour[8];

	for (uint32_t i = 0; i < grid->n; i++) {
		tb_grid_neighbours(grid, i, neighbour);
		for (int k = 0; k < 8; k++)
			if (neighbour[k] != at(grid, (int64_t)grid->x[i] + dx[k], (int64_t)grid->y[i] + dy[k]))
				return false;
	}
	return true;
}

/* Labels by repeated sweeps: the least index of each connected part */
static bool clusters_right(const TbGrid *grid, const uint8_t *member, bool queen)
{
	uint32_t *cluster = malloc(grid->n * 4), *slow = malloc(grid->n * 4), neighbour[8];
	uint32_t parts, seen = 0;
	bool changed = true, right;

	parts = tb_grid_clusters(grid, member, queen, cluster);
	for (uint32_t i = 0; i < grid->n; i++)
		slow[i] = member[i] ? i : TB_NO_CELL;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < grid->n; i++) {
			tb_grid_neighbours(grid, i, neighbour);
			for (int k = 0; k < (queen ? 8 : 4) && member[i]; k++)
				if (neighbour[k] != TB_NO_CELL && member[neighbour[k]] && slow[neighbour[k]] < slow[i]) {
					slow[i] = slow[neighbour[k]];
					changed = true;
				}
		}
	}
	for (uint32_t i = 0; i < grid->n; i++) /* a first cell comes before the others of its part */
		if (slow[i] != TB_NO_CELL)
			slow[i] = slow[i] == i ? seen++ : slow[slow[i]];
	right = memcmp(cluster, slow, grid->n * 4) == 0 && parts == seen;
	free(cluster);
	free(slow);
	return right;
}

static bool near_right(const TbGrid *grid, uint32_t reach)
{
	uint32_t marked[300], n = 0;

	for (uint32_t i = 0; i < grid->n; i += 23)
		marked[n++] = i;
	for (uint32_t i = 0; i < grid->n; i++) {
		bool near = false;

		for (uint32_t k = 0; k < n; k++)
			near |= llabs((int64_t)grid->x[i] - grid->x[marked[k]]) <= reach && llabs((int64_t)grid->y[i] - grid->y[marked[k]]) <= reach;
		if (near != tb_grid_near(grid, i, marked, n, reach))
			return false;
	}
	return true;
}

/* density >= least and cluster sum >= size on a 3 x 3 raster, row by row; a digit for each kept cell */
static bool raster_clusters(const double *density, double least, double size, bool queen, const char *expected)
{
	int32_t x[9], y[9];
	uint8_t member[9];
	uint32_t cluster[9], twice, parts;
	bool right = true;
	double *sum;
	TbGrid grid;

	for (int i = 0; i < 9; i++) {
		x[i] = i % 3;
		y[i] = i / 3;
		member[i] = density[i] >= least;
	}
	(void)tb_grid_build(x, y, 9, &grid, &twice);
	parts = tb_grid_clusters(&grid, member, queen, cluster);
	sum = tb_grid_sums(&grid, cluster, parts, density);
	for (int i = 0; i < 9; i++)
		right &= (cluster[i] != TB_NO_CELL && sum[cluster[i]] >= size) == (expected[i] == '1');
	tb_free(sum);
	tb_grid_free(&grid);
	return right;
}

/* Columns and rows times `apart`, so that the grid is sparse: the cells come in the order of a compact one, and no two touch */
static bool same_order(const int32_t *x, const int32_t *y, uint32_t n, const TbGrid *compact, int32_t apart)
{
	int32_t *wide_x = malloc(n * 4), *wide_y = malloc(n * 4);
	uint32_t twice, neighbour[8];
	bool right;
	TbGrid grid;

	for (uint32_t i = 0; i < n; i++) {
		wide_x[i] = x[i] * apart;
		wide_y[i] = y[i] * apart;
	}
	right = tb_grid_build(wide_x, wide_y, n, &grid, &twice) == TB_OK && memcmp(grid.order, compact->order, n * 4) == 0;
	for (uint32_t i = 0; i < n && right; i++) {
		tb_grid_neighbours(&grid, i, neighbour);
		for (int k = 0; k < 8; k++)
			right &= neighbour[k] == TB_NO_CELL;
		right &= grid.x[i] == compact->x[i] * apart && grid.y[i] == compact->y[i] * apart;
	}
	tb_grid_free(&grid);
	free(wide_x);
	free(wide_y);
	return right;
}

/* Two places are given more than once: the one that comes first in the grid is told, at its second input */
static bool told(int32_t apart)
{
	int32_t x[] = {3, 2, 3, 1, 2, 2, 1}, y[] = {2, 1, 2, 2, 1, 1, 1};
	uint32_t twice = 0;
	bool right;
	TbGrid grid;

	for (int i = 0; i < 7; i++) {
		x[i] *= apart;
		y[i] *= apart;
	}
	right = tb_grid_build(x, y, 7, &grid, &twice) == TB_INVALID && twice == 4;
	tb_grid_free(&grid);
	return right;
}

int main(void)
{
	static int32_t x[2001], y[2001];
	static uint8_t member[2001], seen[60][60];
	double flexurba[] = {1, 2, 3, 1, 2, 3, 2, 1, 0};
	int32_t far_x[] = {INT32_MAX, INT32_MIN, INT32_MAX - 1, INT32_MIN}, far_y[] = {INT32_MIN, INT32_MAX, INT32_MIN, INT32_MIN};
	int32_t two_x[] = {5, 6, 5}, two_y[] = {1, 1, 1};
	uint32_t n = 0, twice = 0, seed = 42, neighbour[8];
	TbGrid grid;

	/* 2,000 cells of a 60 x 60 square, in no order, with holes and an empty row */
	while (n < 2000) {
		seed = seed * 1664525 + 1013904223;
		uint32_t cx = (seed >> 16) % 60, cy = (seed >> 8) % 60;

		if (cy == 17 || seen[cx][cy])
			continue;
		seen[cx][cy] = 1;
		x[n] = (int32_t)cx - 30;
		y[n] = (int32_t)cy - 1000;
		member[n] = seed >> 31;
		n++;
	}
	CHECK(tb_grid_build(x, y, n, &grid, &twice) == TB_OK, "cells in any order");
	CHECK(neighbours_right(&grid), "eight neighbours of every cell");
	CHECK(clusters_right(&grid, member, false), "clusters by edges");
	CHECK(clusters_right(&grid, member, true), "clusters by edges and corners");
	CHECK(near_right(&grid, 0) && near_right(&grid, 2) && near_right(&grid, 3), "distances in columns and rows");
	CHECK(same_order(x, y, n, &grid, 7) && same_order(x, y, n, &grid, 1000), "cells far apart come in the same order");
	tb_grid_free(&grid);

	/* with one more, a million columns and rows away */
	x[n] = y[n] = 1000000;
	CHECK(tb_grid_build(x, y, n + 1, &grid, &twice) == TB_OK, "a crowd and one cell");
	CHECK(neighbours_right(&grid), "eight neighbours of every cell in the crowd");
	CHECK(clusters_right(&grid, member, false) && clusters_right(&grid, member, true), "clusters of the crowd");
	tb_grid_free(&grid);

	CHECK(tb_grid_build(far_x, far_y, 4, &grid, &twice) == TB_OK, "the ends of the integers");
	tb_grid_neighbours(&grid, 1, neighbour);
	CHECK(neighbour[1] == 2 && neighbour[0] == TB_NO_CELL && neighbour[2] == TB_NO_CELL && neighbour[3] == TB_NO_CELL,
		  "are not neighbours of each other");
	tb_grid_free(&grid);
	CHECK(tb_grid_build(two_x, two_y, 3, &grid, &twice) == TB_INVALID && twice == 2, "a cell given twice");
	tb_grid_free(&grid);
	CHECK(told(1) && told(1000), "of several, the first in the grid");

	CHECK(raster_clusters(flexurba, 2, 9, false, "011011000"), "flexurba get_clusters, rook");
	CHECK(raster_clusters(flexurba, 2, 15, true, "000000000"), "flexurba get_clusters, queen, too small");
	CHECK(raster_clusters(flexurba, 2, 12, true, "011011100"), "queen reaches the corner");
	return unit_done();
}
