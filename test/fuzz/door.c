/* door.c -- fuzz target: any bytes as a raster tile and as a geometry
 *
 * What the doors open must be read within its block: every row of a raster, every ring of a geometry and every cell of its edges. What they refuse must be refused
 * without reading beyond it. The input lies in a block of exactly its length, which AddressSanitizer watches. Prints at its end how much was opened.
 * Input: what the bytes are and the band (1 byte), then the bytes.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "../../src/core/territory/polygon_cells.h"
#include "../../src/core/territory/raster.h"
#include "../unit/growth.h"
#include "arena.h"

static unsigned long runs, tiles, pixels, shapes, cells;

static void report(void)
{
	fprintf(stderr, "opened: %lu tiles with %lu pixels, %lu geometries with %lu cells in %lu runs\n", tiles, pixels, shapes, cells, runs);
}

static void read_tile(const uint8_t *bytes, size_t size, int32_t band)
{
	const double origin[2] = {0, 0};
	double figure = 0, *row;
	TbRaster raster;

	if (tb_raster_open(bytes, size, band, origin, &raster, &figure) != TB_RASTER_FINE)
		return;
	tiles++;
	row = tb_alloc(((size_t)raster.width + 1) * sizeof(double));
	for (uint32_t y = 0; y < raster.height; y++) {
		uint32_t fine = tb_raster_row(&raster, y, row);

		for (uint32_t x = 0; x < fine; x++)
			if (isinf(row[x]))
				abort();
		pixels += fine;
	}
}

static void count_cell(void *to, int32_t x, int32_t y, double share)
{
	(void)to;
	(void)x;
	(void)y;
	if (!(share > 0 && share <= 1))
		abort();
	cells++;
}

/* Edges are drawn together until few columns and rows are left: a polygon of 2^31 of them is allowed, and slow */
static void read_shape(const uint8_t *bytes, size_t size)
{
	const TbCellGrid grid = {0, 0, 1};
	TbWkb wkb;
	TbClipPolygon zone;
	TbBox box;
	int32_t srid;

	(void)tb_wkb_box(bytes, size, &box, &srid);
	if (tb_wkb_plane(bytes, size, &wkb) != TB_OK || tb_clip_polygon_build(&wkb, &zone) != TB_OK)
		return;
	shapes++;
	for (size_t i = 0; i < zone.n; i++) {
		TbEdge *e = &zone.edge[i];

		*e = (TbEdge){fmod(e->x0, 50), fmod(e->y0, 50), fmod(e->x1, 50), fmod(e->y1, 50)};
	}
	(void)tb_polygon_cells(zone.edge, zone.n, &grid, count_cell, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *exact;

	if (runs++ == 0)
		atexit(report);
	if (size < 1)
		return 0;
	exact = memcpy(tb_alloc(size), data + 1, size - 1);
	if (data[0] & 1)
		read_tile(exact, size - 1, data[0] >> 1);
	else
		read_shape(exact, size - 1);
	arena_reset();
	return 0;
}
