/* grid.c -- sorting cells, finding neighbours, joining clusters */
#include "grid.h"

#include <string.h>

#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"

#define DIGIT_BITS 11
#define DIGITS (1u << DIGIT_BITS)
#define RASTER_PLACES 8 /* a cell */

typedef struct Key {
	uint64_t place;
	uint32_t index;
} Key;

/* One pass of a stable radix sort */
static void sort_digit(const Key *from, Key *to, uint32_t n, int shift)
{
	uint32_t count[DIGITS] = {0}, sum = 0, c;

	for (uint32_t i = 0; i < n; i++, tb_step())
		count[from[i].place >> shift & (DIGITS - 1)]++;
	for (uint32_t d = 0; d < DIGITS; d++) {
		c = count[d];
		count[d] = sum;
		sum += c;
	}
	tb_tick();
	for (uint32_t i = 0; i < n; i++) {
		to[count[from[i].place >> shift & (DIGITS - 1)]++] = from[i];
		tb_step();
	}
}

/* The least rectangle around all cells */
typedef struct Box {
	int32_t x, y; /* the least ones */
	uint64_t width, height;
} Box;

static Box box_of(const int32_t *x, const int32_t *y, uint32_t n)
{
	int32_t least_x = INT32_MAX, least_y = INT32_MAX, most_x = INT32_MIN, most_y = INT32_MIN;

	for (uint32_t i = 0; i < n; i++, tb_step()) {
		least_x = x[i] < least_x ? x[i] : least_x;
		least_y = y[i] < least_y ? y[i] : least_y;
		most_x = x[i] > most_x ? x[i] : most_x;
		most_y = y[i] > most_y ? y[i] : most_y;
	}
	return (Box){least_x, least_y, (uint64_t)((int64_t)most_x - least_x) + 1, (uint64_t)((int64_t)most_y - least_y) + 1};
}

static uint64_t place_of(const Box *box, int32_t x, int32_t y)
{
	return (uint64_t)((int64_t)y - box->y) * box->width + (uint64_t)((int64_t)x - box->x);
}

/* Most grids fill a good part of their rectangle: every place of it is addressed. Never more memory than the keys of sort_cells. */
static bool is_compact(const Box *box, uint32_t n)
{
	return box->width <= (uint64_t)RASTER_PLACES * n / box->height;
}

static void put_cell(TbGrid *grid, uint32_t i, uint32_t input, uint64_t column, uint64_t row)
{
	grid->order[i] = input;
	grid->x[i] = (uint32_t)column;
	grid->y[i] = (uint32_t)row;
}

/* Fills order, x and y. Of several pairs at one place, *twice tells the one that comes first in the grid. */
static TbStatus raster_cells(const int32_t *x, const int32_t *y, const Box *box, TbGrid *grid, uint32_t *twice)
{
	uint64_t places = box->width * box->height, least = UINT64_MAX;
	uint32_t *raster = tb_alloc(places * sizeof(uint32_t)), n = 0;

	for (uint64_t row = 0; row < box->height; row++) {
		memset(raster + row * box->width, 0xff, box->width * sizeof(uint32_t)); /* TB_NO_CELL */
		tb_tick();
	}
	for (uint32_t i = 0; i < grid->n; i++) {
		uint64_t place = place_of(box, x[i], y[i]);

		if (raster[place] == TB_NO_CELL)
			raster[place] = i;
		else if (place < least) {
			least = place;
			*twice = i;
		}
		tb_step();
	}
	for (uint64_t row = 0; row < box->height && least == UINT64_MAX; row++) {
		for (uint64_t column = 0; column < box->width; column++) {
			uint32_t cell = raster[row * box->width + column];

			if (cell != TB_NO_CELL)
				put_cell(grid, n++, cell, column, row);
		}
		tb_tick();
	}
	tb_free(raster);
	return least == UINT64_MAX ? TB_OK : TB_INVALID;
}

/* The same for cells far between */
static TbStatus sort_cells(const int32_t *x, const int32_t *y, const Box *box, TbGrid *grid, uint32_t *twice)
{
	uint32_t n = grid->n;
	uint64_t most = box->width * box->height - 1; /* of 2^32 columns and rows: the greatest place, as it wraps */
	Key *keys = tb_alloc((size_t)n * sizeof(Key)), *other = tb_alloc((size_t)n * sizeof(Key)), *swap;
	TbStatus status = TB_OK;

	for (uint32_t i = 0; i < n; i++, tb_step())
		keys[i] = (Key){place_of(box, x[i], y[i]), i};
	for (int shift = 0; shift < 64 && most >> shift != 0; shift += DIGIT_BITS) {
		sort_digit(keys, other, n, shift);
		swap = keys;
		keys = other;
		other = swap;
	}
	for (uint32_t i = 0; i < n && status == TB_OK; i++) {
		put_cell(grid, i, keys[i].index, keys[i].place % box->width, keys[i].place / box->width);
		tb_step();
		if (i > 0 && keys[i].place == keys[i - 1].place) {
			*twice = keys[i].index;
			status = TB_INVALID;
		}
	}
	tb_free(keys);
	tb_free(other);
	return status;
}

/* For each cell, where column x - 1 is or would be in the adjacent row */
static void link_rows(TbGrid *grid)
{
	uint32_t n = grid->n, row = 0;

	/* Cells lie row by row, columns ascending: row .. end is one row, from `next` the next occupied one. Both inner loops walk the two rows side by side and
	 * `at` never goes back, so all is O(n). Before each round every cell of earlier rows has its `up` and every cell up to this row its `down`; where the
	 * adjacent row is empty, `up` is the first cell behind the row (in another row, so it ends the search at once) and `down` is n. */
	while (row < n) {
		uint32_t end = row, next, at;

		while (end < n && grid->y[end] == grid->y[row])
			end++;
		next = end;
		at = next;
		for (uint32_t i = row; i < end; i++) {
			while (at < n && grid->y[at] == grid->y[row] + 1 && (uint64_t)grid->x[at] + 1 < grid->x[i])
				at++;
			grid->up[i] = at;
		}
		at = row;
		for (uint32_t i = next; i < n && grid->y[i] == grid->y[row] + 1; i++) {
			while (at < end && (uint64_t)grid->x[at] + 1 < grid->x[i])
				at++;
			grid->down[i] = at;
		}
		if (next < n && grid->y[next] != grid->y[row] + 1)
			for (uint32_t i = next; i < n && grid->y[i] == grid->y[next]; i++)
				grid->down[i] = n;
		tb_tick();
		row = end;
	}
	for (uint32_t i = 0; i < n && grid->y[i] == 0; i++)
		grid->down[i] = n;
}

TbStatus tb_grid_build(const int32_t *x, const int32_t *y, uint32_t n, TbGrid *grid, uint32_t *twice)
{
	Box box = box_of(x, y, n);
	uint32_t *at[5];
	TbStatus status;

	for (int i = 0; i < 5; i++)
		at[i] = tb_alloc((size_t)n * sizeof(uint32_t));
	*grid = (TbGrid){n, at[0], at[1], at[2], at[3], at[4]};
	status = n > 0 && is_compact(&box, n) ? raster_cells(x, y, &box, grid, twice) : sort_cells(x, y, &box, grid, twice);
	if (status != TB_OK)
		return status;
	link_rows(grid);
	return TB_OK;
}

void tb_grid_free(TbGrid *grid)
{
	tb_free(grid->x);
	tb_free(grid->y);
	tb_free(grid->order);
	tb_free(grid->up);
	tb_free(grid->down);
}

/* The cells at x - 1, x and x + 1 of an adjacent row */
static void row_neighbours(const TbGrid *grid, uint32_t i, uint32_t at, uint32_t row, uint32_t *west, uint32_t *middle, uint32_t *east)
{
	*west = *middle = *east = TB_NO_CELL;
	for (; at < grid->n && grid->y[at] == row && grid->x[at] <= (uint64_t)grid->x[i] + 1; at++)
		*(grid->x[at] < grid->x[i] ? west : grid->x[at] == grid->x[i] ? middle : east) = at;
}

void tb_grid_neighbours(const TbGrid *grid, uint32_t i, uint32_t neighbour[8])
{
	uint32_t x = grid->x[i], y = grid->y[i];

	neighbour[0] = i > 0 && grid->y[i - 1] == y && grid->x[i - 1] + 1 == x ? i - 1 : TB_NO_CELL;
	neighbour[1] = i + 1 < grid->n && grid->y[i + 1] == y && grid->x[i + 1] == x + 1 ? i + 1 : TB_NO_CELL;
	row_neighbours(grid, i, grid->up[i], y + 1, neighbour + 4, neighbour + 2, neighbour + 5);
	row_neighbours(grid, i, grid->down[i], y - 1, neighbour + 6, neighbour + 3, neighbour + 7);
}

bool tb_grid_touches(const TbGrid *grid)
{
	for (uint32_t i = 0; i + 1 < grid->n; i++, tb_step()) {
		uint32_t up = grid->up[i];

		if (grid->y[i + 1] == grid->y[i] && grid->x[i + 1] == grid->x[i] + 1)
			return true;
		if (up < grid->n && grid->y[up] == grid->y[i] + 1 && grid->x[up] <= (uint64_t)grid->x[i] + 1)
			return true;
	}
	return false;
}

/* Which cells belong together: those where member is set, or those of one class */
typedef struct Kinship {
	const uint8_t *member; /* NULL: all */
	const int32_t *class;  /* NULL: one */
} Kinship;

static inline bool is_in(const Kinship *kin, uint32_t i)
{
	return !kin->member || kin->member[i];
}

static inline bool are_kin(const Kinship *kin, uint32_t a, uint32_t b)
{
	return is_in(kin, a) && (!kin->class || kin->class[a] == kin->class[b]);
}

static uint32_t number_parts(const TbGrid *grid, const Kinship *kin, bool queen, uint32_t *cluster)
{
	uint32_t parts = 0;

	for (uint32_t i = 0; i < grid->n; i++) {
		uint32_t x = grid->x[i], y = grid->y[i];

		cluster[i] = is_in(kin, i) ? i : TB_NO_CELL;
		tb_step();
		if (!is_in(kin, i))
			continue;
		if (i > 0 && grid->y[i - 1] == y && grid->x[i - 1] + 1 == x && are_kin(kin, i - 1, i))
			tb_disjoint_join(cluster, i - 1, i);
		for (uint32_t at = grid->down[i]; at < i && grid->y[at] + 1 == y && grid->x[at] <= (uint64_t)x + 1; at++)
			if ((queen || grid->x[at] == x) && are_kin(kin, at, i))
				tb_disjoint_join(cluster, at, i);
	}
	/* a parent lies before its child, so its number is already there */
	for (uint32_t i = 0; i < grid->n; i++, tb_step())
		if (is_in(kin, i))
			cluster[i] = cluster[i] == i ? parts++ : cluster[cluster[i]];
	return parts;
}

uint32_t tb_grid_clusters(const TbGrid *grid, const uint8_t *member, bool queen, uint32_t *cluster)
{
	return number_parts(grid, &(Kinship){.member = member}, queen, cluster);
}

uint32_t tb_grid_patches(const TbGrid *grid, const int32_t *class, bool queen, uint32_t *patch)
{
	return number_parts(grid, &(Kinship){.class = class}, queen, patch);
}

double *tb_grid_sums(const TbGrid *grid, const uint32_t *cluster, uint32_t parts, const double *amount)
{
	TbDd *sum = tb_alloc_zero(parts, sizeof(TbDd));
	double *rounded = tb_alloc((size_t)parts * sizeof(double));

	for (uint32_t i = 0; i < grid->n; i++) {
		if (cluster[i] != TB_NO_CELL)
			sum[cluster[i]] = tb_dd_add_d(sum[cluster[i]], amount[i]);
		tb_step();
	}
	for (uint32_t k = 0; k < parts; k++, tb_step())
		rounded[k] = tb_dd_value(sum[k]);
	tb_free(sum);
	return rounded;
}

static bool before(const TbGrid *grid, uint32_t i, uint64_t y, uint64_t x)
{
	return grid->y[i] < y || (grid->y[i] == y && grid->x[i] < x);
}

bool tb_grid_near(const TbGrid *grid, uint32_t i, const uint32_t *marked, uint32_t n, uint32_t reach)
{
	uint64_t x = grid->x[i] > reach ? grid->x[i] - reach : 0, y = grid->y[i] > reach ? grid->y[i] - reach : 0;

	for (; y <= (uint64_t)grid->y[i] + reach; y++) {
		uint32_t low = 0, high = n;

		while (low < high) {
			uint32_t middle = low + (high - low) / 2;

			if (before(grid, marked[middle], y, x))
				low = middle + 1;
			else
				high = middle;
		}
		if (low < n && grid->y[marked[low]] == y && grid->x[marked[low]] <= (uint64_t)grid->x[i] + reach)
			return true;
	}
	return false;
}
