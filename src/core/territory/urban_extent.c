/* urban_extent.c -- circles of cells row by row, classes of the urban extent */
#include "urban_extent.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"

/* Columns to either side of the middle at this distance in rows, or -1. Radii such as 100 / 33.3 reach a cell that is there but for rounding. */
static int32_t half_width(double radius, int32_t rows)
{
	double left = radius * radius * (1 + 1e-12) - (double)rows * rows;

	return left < 0 ? -1 : (int32_t)sqrt(left);
}

uint64_t tb_circle_cells(double radius)
{
	int32_t reach = half_width(radius, 0);
	uint64_t cells = 0;

	for (int32_t dy = -reach; dy <= reach; dy++)
		cells += 2 * (uint64_t)half_width(radius, dy) + 1;
	return cells;
}

/* Rows of the grid that have cells: row r is cells start[r] to start[r + 1] */
typedef struct Rows {
	uint32_t n, *start;
} Rows;

static Rows rows_of(const TbGrid *grid)
{
	Rows rows = {0, NULL};

	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		rows.n += i == 0 || grid->y[i] != grid->y[i - 1];
	rows.start = tb_alloc(((size_t)rows.n + 1) * sizeof(uint32_t));
	rows.n = 0;
	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		if (i == 0 || grid->y[i] != grid->y[i - 1])
			rows.start[rows.n++] = i;
	rows.start[rows.n] = grid->n;
	return rows;
}

/* Members of the row `from` to `to` within `half` columns, for each wanted cell of the row `first` to `last`: both ends only move on */
static void add_row(const TbGrid *grid, const uint8_t *member, const uint8_t *wanted, uint32_t first, uint32_t last, uint32_t from, uint32_t to,
					int32_t half, uint32_t *count)
{
	uint32_t left = from, right = from, inside = 0;

	for (uint32_t i = first; i < last; i++) {
		uint64_t x = grid->x[i];

		if (wanted && !wanted[i])
			continue;
		for (; right < to && grid->x[right] <= x + (uint64_t)half; right++)
			inside += member[right];
		for (; left < right && (uint64_t)grid->x[left] + (uint64_t)half < x; left++)
			inside -= member[left];
		count[i] += inside;
	}
	tb_steps((size_t)(last - first) + (right - from));
}

void tb_circle_counts(const TbGrid *grid, const uint8_t *member, const uint8_t *wanted, double radius, uint32_t *count)
{
	Rows rows = rows_of(grid);
	int32_t reach = half_width(radius, 0);

	memset(count, 0, (size_t)grid->n * sizeof(uint32_t));
	for (int32_t dy = -reach; dy <= reach; dy++) {
		int32_t half = half_width(radius, dy);

		for (uint32_t r = 0, s = 0; r < rows.n; r++, tb_step()) {
			int64_t y = (int64_t)grid->y[rows.start[r]] + dy;

			for (; s < rows.n && grid->y[rows.start[s]] < y; s++)
				tb_step();
			if (s < rows.n && grid->y[rows.start[s]] == y)
				add_row(grid, member, wanted, rows.start[r], rows.start[r + 1], rows.start[s], rows.start[s + 1], half, count);
		}
	}
	tb_free(rows.start);
}

/* Parts of the rest: which are surrounded, and how many open cells they have */
static void capture(const TbGrid *grid, double captured, uint8_t *extent)
{
	uint8_t *rest = tb_alloc((size_t)grid->n + 1), *torn;
	uint32_t *part = tb_alloc(((size_t)grid->n + 1) * sizeof(uint32_t)), *open, parts, neighbour[8];

	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		rest[i] = extent[i] != TB_EXTENT_URBAN && extent[i] != TB_EXTENT_SUBURBAN && extent[i] != TB_EXTENT_FRINGE;
	parts = tb_grid_clusters(grid, rest, false, part);
	torn = tb_alloc_zero((size_t)parts + 1, 1);
	open = tb_alloc_zero((size_t)parts + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < grid->n; i++, tb_step()) {
		if (!rest[i])
			continue;
		tb_grid_neighbours(grid, i, neighbour);
		for (int k = 0; k < 4; k++)
			torn[part[i]] |= neighbour[k] == TB_NO_CELL;
		open[part[i]] += extent[i] == TB_EXTENT_OPEN;
	}
	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		if (extent[i] == TB_EXTENT_OPEN && !torn[part[i]] && open[part[i]] < captured)
			extent[i] = TB_EXTENT_CAPTURED;
	tb_free(rest);
	tb_free(torn);
	tb_free(part);
	tb_free(open);
}

void tb_urban_extent(const TbGrid *grid, const uint8_t *ground, double radius, double fringe, double captured, uint8_t *extent)
{
	uint8_t *built = tb_alloc((size_t)grid->n + 1), *open = tb_alloc((size_t)grid->n + 1);
	uint32_t *count = tb_alloc(((size_t)grid->n + 1) * sizeof(uint32_t));
	uint64_t circle = tb_circle_cells(radius);

	for (uint32_t i = 0; i < grid->n; i++, tb_step()) {
		built[i] = ground[i] == TB_GROUND_BUILT;
		open[i] = ground[i] == TB_GROUND_OPEN;
	}
	tb_circle_counts(grid, built, built, radius, count);
	for (uint32_t i = 0; i < grid->n; i++, tb_step()) {
		extent[i] = open[i] ? TB_EXTENT_OPEN : TB_EXTENT_NONE;
		if (built[i])
			extent[i] = count[i] > circle / 2 ? TB_EXTENT_URBAN : count[i] > circle / 4 ? TB_EXTENT_SUBURBAN : TB_EXTENT_RURAL;
		built[i] = extent[i] == TB_EXTENT_URBAN || extent[i] == TB_EXTENT_SUBURBAN;
	}
	tb_circle_counts(grid, built, open, fringe, count);
	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		if (open[i] && count[i] > 0)
			extent[i] = TB_EXTENT_FRINGE;
	capture(grid, captured, extent);
	tb_free(built);
	tb_free(open);
	tb_free(count);
}
