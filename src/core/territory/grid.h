/* grid.h -- cells of a regular grid by integer column and row: neighbours without geometry, clusters by union-find
 *
 * Cells lie sorted by row and column. A cell's neighbours in the row above or below are at most three consecutive cells, so one index a row suffices.
 */
#ifndef TB_GRID_H
#define TB_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

#define TB_NO_CELL UINT32_MAX

typedef struct TbGrid {
	uint32_t n;
	uint32_t *x, *y; /* from the least column and row, sorted by y, then x */
	uint32_t *order; /* position in the input */
	uint32_t *up;    /* first cell of row y + 1 with column >= x - 1, or where it would be */
	uint32_t *down;  /* the same in row y - 1 */
} TbGrid;

/* TB_INVALID: two cells at one place, *twice is the input position of the second. At most 2^32 - 2 cells. */
extern TbStatus tb_grid_build(const int32_t *x, const int32_t *y, uint32_t n, TbGrid *grid, uint32_t *twice);
extern void tb_grid_free(TbGrid *grid);

/* Up to eight neighbours, four by edge first: rook[0..3], then corners; TB_NO_CELL where there is none */
extern void tb_grid_neighbours(const TbGrid *grid, uint32_t i, uint32_t neighbour[8]);

/* Do any two cells share an edge or a corner? In a grid of columns and rows the first look finds two. */
extern bool tb_grid_touches(const TbGrid *grid);

/* Connected parts of the cells where member is set, numbered from 0 by their first cell: cluster[i] is the part, TB_NO_CELL outside. queen: corners
 * connect too. Answers the number of parts. */
extern uint32_t tb_grid_clusters(const TbGrid *grid, const uint8_t *member, bool queen, uint32_t *cluster);

/* The same by class: connected cells of one class are a patch */
extern uint32_t tb_grid_patches(const TbGrid *grid, const int32_t *class, bool queen, uint32_t *patch);

/* New array: sum of amount by part; compensated, so that order cannot decide a threshold */
extern double *tb_grid_sums(const TbGrid *grid, const uint32_t *cluster, uint32_t parts, const double *amount);

/* Is a marked cell within so many columns and rows? `marked` are grid indices, ascending. */
extern bool tb_grid_near(const TbGrid *grid, uint32_t i, const uint32_t *marked, uint32_t n, uint32_t reach);

#endif
