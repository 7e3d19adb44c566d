/* growth.c -- infill, extension, leapfrog */
#include "growth.h"

#include <string.h>

#include "../base/step.h"
#include "../base/radix_sort.h"

enum { PATCH, PLACE, RING };

typedef struct Ring {
	uint64_t *cell; /* {patch, place * 2 + built}: a cell may ring several patches, and be met from several cells of one */
	size_t n, room;
} Ring;

static void put(Ring *r, uint32_t patch, uint64_t place, bool built)
{
	if (r->n == r->room) {
		uint64_t *larger = tb_alloc((r->room * 2 + 64) * RING * sizeof(uint64_t));

		tb_copy(larger, r->cell, r->n * RING * sizeof(uint64_t));
		tb_free(r->cell);
		r->cell = larger;
		r->room = r->room * 2 + 64;
	}
	r->cell[r->n * RING + PATCH] = patch;
	r->cell[r->n++ * RING + PLACE] = place << 1 | built;
}

/* The order of tb_grid_neighbours */
static const int across[8] = {-1, 1, 0, 0, -1, 1, -1, 1}, upwards[8] = {0, 0, 1, -1, 1, 1, -1, -1};

/* A number for the place of a neighbour, there or not. It wraps where the grid has 2^31 rows or 2^32 columns: no patch has both ends. */
static uint64_t place_of(const TbGrid *grid, uint32_t i, int k)
{
	uint64_t x = (uint64_t)grid->x[i] + 1 + (uint64_t)across[k], y = (uint64_t)grid->y[i] + 1 + (uint64_t)upwards[k];

	return (y & 0x7fffffff) << 32 | (x & 0xffffffff);
}

static void ring_around(const TbGrid *grid, const uint8_t *before, const uint32_t *patch, Ring *ring)
{
	uint32_t neighbour[8];

	for (uint32_t i = 0; i < grid->n; i++, tb_step()) {
		if (patch[i] == TB_NO_CELL)
			continue;
		tb_grid_neighbours(grid, i, neighbour);
		for (int k = 0; k < 8; k++)
			if (neighbour[k] == TB_NO_CELL || patch[neighbour[k]] == TB_NO_CELL)
				put(ring, patch[i], place_of(grid, i, k), neighbour[k] != TB_NO_CELL && before[neighbour[k]]);
	}
}

/* Cells of the ring of each patch, each once, and those of them built before */
static uint8_t *types_of(const Ring *ring, uint32_t patches)
{
	uint8_t *type = tb_alloc(patches + 1);
	const uint64_t *cell = ring->cell;

	for (size_t i = 0, end; i < ring->n; i = end) {
		uint64_t cells = 0, built = 0;

		for (end = i; end < ring->n && cell[end * RING + PATCH] == cell[i * RING + PATCH]; end++, tb_step())
			if (end == i || cell[end * RING + PLACE] != cell[(end - 1) * RING + PLACE]) {
				cells++;
				built += cell[end * RING + PLACE] & 1;
			}
		type[cell[i * RING + PATCH]] = built == 0 ? TB_GROWTH_LEAPFROG : 2 * built > cells ? TB_GROWTH_INFILL : TB_GROWTH_EXTENSION;
	}
	return type;
}

void tb_growth_types(const TbGrid *grid, const uint8_t *before, const uint8_t *after, uint8_t *growth)
{
	uint8_t *fresh = tb_alloc(grid->n + 1), *type;
	uint32_t *patch = tb_alloc(((size_t)grid->n + 1) * sizeof(uint32_t)), patches;
	uint64_t *scratch;
	Ring ring = {tb_alloc(RING * sizeof(uint64_t)), 0, 1};

	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		fresh[i] = after[i] && !before[i];
	patches = tb_grid_clusters(grid, fresh, true, patch);
	ring_around(grid, before, patch, &ring);
	scratch = tb_alloc((ring.n + 1) * RING * sizeof(uint64_t));
	tb_sort_rows(ring.cell, scratch, ring.n, RING, RING);
	type = types_of(&ring, patches);
	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		growth[i] = patch[i] == TB_NO_CELL ? TB_GROWTH_NONE : type[patch[i]];
	tb_free(fresh);
	tb_free(patch);
	tb_free(scratch);
	tb_free(ring.cell);
	tb_free(type);
}
