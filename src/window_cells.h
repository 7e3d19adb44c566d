/* window_cells.h -- rows of a partition as cells of a grid */
#ifndef TERRBAL_WINDOW_CELLS_H
#define TERRBAL_WINDOW_CELLS_H

#include "core/territory/grid.h"

/* Rows with a place: cell i of them is row[i] of the partition */
typedef struct WindowCells {
	uint32_t n;
	int32_t *x, *y;
	uint32_t *row;
} WindowCells;

/* Closes x and y, one a row of the partition, over rows without a place; both stay the caller's, and so do columns by row */
extern WindowCells window_cells(int32_t *x, int32_t *y, const bool *left_out, int64_t rows);

/* Nothing is wrong with any one cell, but hardly anybody means such a grid */
extern void warn_apart(uint64_t n);

/* Grid of n cells; one that stands twice is an error with this hint, and a grid in which no two touch a warning */
extern void window_grid(const int32_t *x, const int32_t *y, uint32_t n, const char *hint, TbGrid *grid);

#endif
