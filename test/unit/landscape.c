/* unit test of core/landscape: by hand, against counting cell by cell, least perimeters */
#include "../../src/core/territory/landscape.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/territory/grid.h"
#include "unit.h"

#define W 37
#define H 29

static TbStatus measure(const int32_t *class, bool queen, double size, TbLandscape *l)
{
	TbState *state = tb_class_map_new(size, queen);
	TbClassMap map;
	int32_t at[2];
	bool named;

	for (int32_t i = 0; i < W * H; i++)
		if (class[i] >= 0)
			(void)tb_class_map_add(&state, i % W, i / W, class[i]);
	return tb_class_map_view(state, &map, at, &named) == TB_OK ? tb_landscape(&map, l) : TB_UNDEFINED;
}

/* Patches by the grid kernel, edges and perimeters cell by cell */
static void check_cells(const int32_t *class, bool queen)
{
	static int32_t x[W * H], y[W * H], of[W * H];
	static uint32_t patch[W * H], cells[W * H], around[W * H];
	uint32_t n = 0, twice, parts, edges = 0, like = 0;
	double shape = 0, squares = 0;
	TbGrid grid;
	TbLandscape l;

	for (int32_t i = 0; i < W * H; i++)
		if (class[i] >= 0) {
			x[n] = i % W;
			y[n] = i / W;
			of[n++] = class[i];
		}
	(void)tb_grid_build(x, y, n, &grid, &twice);
	parts = tb_grid_patches(&grid, of, queen, patch);
	memset(cells, 0, sizeof(cells));
	memset(around, 0, sizeof(around));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t neighbour[8];

		tb_grid_neighbours(&grid, i, neighbour);
		cells[patch[i]]++;
		for (int k = 0; k < 4; k++) {
			bool there = neighbour[k] != TB_NO_CELL, alike = there && of[neighbour[k]] == of[i];

			around[patch[i]] += !alike;
			edges += there && !alike;
			like += alike;
		}
	}
	for (uint32_t k = 0; k < parts; k++) {
		shape += around[k] / tb_least_perimeter(cells[k]);
		squares += (double)cells[k] * cells[k];
	}
	CHECK(measure(class, queen, 1, &l) == TB_OK && l.cells == n && l.patches == parts && l.edges == edges / 2,
		  "cells, patches and edges as counted one by one");
	NEAR(l.mean_shape_index, shape / parts, 1e-13, "perimeters too");
	NEAR(l.effective_mesh_size, squares / n, 1e-14, "and squares of patches");
	like /= 2;
	for (size_t i = 0; i < l.classes; i++)
		like -= (uint32_t)l.class[i].like;
	CHECK(like == 0, "and edges within a class");
}

static void check_counts(void)
{
	bool least = true, most = true;

	for (uint64_t n = 1; n < 400; n++) {
		double best = 1e9;

		for (uint64_t a = 1; a <= n; a++) /* the least perimeter of n cells is that of the least box that holds them */
			best = fmin(best, 2 * (double)(a + (n + a - 1) / a));
		least &= tb_least_perimeter(n) == best;
		most &= tb_most_joins(n) == (4 * (double)n - best) / 2;
	}
	CHECK(least && most, "least perimeter and most joins of up to 400 cells");
}

int main(void)
{
	static int32_t class[W * H];
	const int32_t square[4] = {1, 1, 1, 2};
	uint64_t seed = 3;
	TbLandscape l;

	check_counts();
	for (int round = 0; round < 6; round++) {
		for (int i = 0; i < W * H; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			class[i] = (int32_t)((seed >> 33) % (round < 3 ? 3 : 100)) - (round % 3 == 0 ? 1 : 0);
			if (i > 0 && round % 2 && (seed >> 60) > 4)
				class[i] = class[i - 1];
		}
		check_cells(class, round % 2);
		check_cells(class, !(round % 2));
	}
	memset(class, 0xff, sizeof(class));
	CHECK(measure(class, true, 1, &l) == TB_UNDEFINED, "no cells");
	for (int i = 0; i < 4; i++)
		class[i % 2 + i / 2 * W] = square[i];
	CHECK(measure(class, true, 10, &l) == TB_OK && l.classes == 2 && l.area == 400 && l.edge_length == 20 && l.class[0].like == 2 &&
			  l.class[0].edges == 2,
		  "four cells");
	NEAR(l.class[0].aggregation_index, 100, 1e-15, "three cells share two edges at most");
	CHECK(isnan(l.class[1].aggregation_index) && l.class[1].mean_shape_index == 1, "one cell shares none");
	NEAR(l.simpson_diversity, 0.375, 1e-15, "Simpson");
	NEAR(l.contagion, 100 * (1 + (0.75 * 2 / 3 * log(0.5) + 0.25 * log(0.25) + 0.25 * log(0.25)) / (2 * log(2))), 1e-13, "contagion by hand");
	CHECK(measure(class, true, 1e200, &l) == TB_OUT_OF_RANGE, "areas beyond float8");
	return unit_done();
}
