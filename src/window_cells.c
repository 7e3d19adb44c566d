/* window_cells.c -- rows of a partition as cells of a grid */
#include "postgres.h"

#include "core/base/step.h"
#include "window_cells.h"

void warn_apart(uint64_t n)
{
	ereport(WARNING,
			(errmsg("no two of the " UINT64_FORMAT " cells touch", n),
			 errhint("Give column and row numbers, not coordinates: floor(ST_X(centroid) / size)::int and floor(ST_Y(centroid) / size)::int.")));
}

WindowCells window_cells(int32_t *x, int32_t *y, const bool *left_out, int64_t rows)
{
	WindowCells c = {0, x, y, tb_alloc(rows * sizeof(uint32_t))};

	for (int64_t i = 0; i < rows; i++, tb_step()) {
		if (left_out[i])
			continue;
		x[c.n] = x[i];
		y[c.n] = y[i];
		c.row[c.n++] = i;
	}
	return c;
}

void window_grid(const int32_t *x, const int32_t *y, uint32_t n, const char *hint, TbGrid *grid)
{
	uint32_t twice;

	if (tb_grid_build(x, y, n, grid, &twice) != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell (%d, %d) occurs twice", x[twice], y[twice]), errhint("%s", hint)));
	if (n > 1 && !tb_grid_touches(grid))
		warn_apart(n);
}
