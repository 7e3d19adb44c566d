/* polygon_cells.h -- the cells of a regular grid that a polygon covers, and the share of each
 *
 * Every edge is cut at the rows and columns it crosses, once. In a row, a piece that rises by dy in column c adds dy to the share of every column west of c and
 * (x - c) dy to that of c, x its middle (Green's theorem, as tb_clip_polygon_share; the interior lies left of the edges). So a polygon costs its edges plus the
 * cells between the first and last of its row, and a cell within is exactly 1: rises are summed without rounding.
 */
#ifndef TB_POLYGON_CELLS_H
#define TB_POLYGON_CELLS_H

#include "clip_polygon.h"

typedef struct TbCellGrid {
	double origin_x, origin_y, size; /* cell (0, 0) begins at the origin */
} TbCellGrid;

typedef void (*TbCellVisit)(void *to, int32_t x, int32_t y, double share);

/* Cells by row, then column, with shares above 0. TB_OUT_OF_RANGE: columns or rows that int does not hold; TB_TOO_LARGE: more columns than the limit, or more cells than int32 counts.
 * visit may leave by a long jump. */
extern TbStatus tb_polygon_cells(const TbEdge *edge, size_t n, const TbCellGrid *grid, TbCellVisit visit, void *to);

#define TB_POLYGON_COLUMNS (1 << 24)

#endif
