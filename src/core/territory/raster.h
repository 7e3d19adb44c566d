/* raster.h -- tiles of a raster as PostGIS sends them (ST_AsWKB, ST_AsBinary), without trust
 *
 * Header of 61 bytes: byte order, version 0, number of bands, scale x y, upper left corner x y, skew x y, SRID, width, height. A band: a byte of flags and
 * pixel type, the no-data value in the size of a pixel (always there), then width * height pixels row by row from the top; or, where the pixels lie outside
 * the database, a band number and a path ended by 0. Sizes must add up to the length.
 *
 * Pixel (column, row) becomes the cell of a grid of the whole coverage: x columns of |scale x| from the origin eastwards, y rows of |scale y| northwards, so
 * cell (x, y) reaches from origin + (x, y) * scale to the next. A raster that runs north to south, as most do, is turned over; one that runs the other way is not.
 */
#ifndef TB_RASTER_H
#define TB_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

typedef enum TbRasterDoubt {
	TB_RASTER_FINE,
	TB_RASTER_NO_BYTES, /* not a raster, or cut short, or longer than it says */
	TB_RASTER_VERSION,  /* another version */
	TB_RASTER_PIXELS,   /* an unknown pixel type, *figure */
	TB_RASTER_SKEWED,   /* rotated or skewed */
	TB_RASTER_SIZE,     /* a cell size that is 0 or not finite */
	TB_RASTER_NO_BAND,  /* *figure bands */
	TB_RASTER_OUTSIDE,  /* the band's pixels are in a file */
	TB_RASTER_OFF_GRID, /* a corner that is no corner of a cell, *figure cells off */
	TB_RASTER_FAR,      /* columns or rows that int does not hold */
	TB_RASTER_VALUE     /* a pixel above what its type holds, or an infinite one */
} TbRasterDoubt;

#define TB_RASTER_OFF 1e-3 /* parts of a cell that a corner may lie beside the grid: cell sizes of degrees are rounded in files */

typedef struct TbRaster {
	const unsigned char *pixel; /* of the band */
	bool swap;
	int type;
	uint32_t width, height;
	double scale_x, scale_y, corner_x, corner_y;
	int32_t x, y;       /* of pixel (0, 0) */
	int step_x, step_y; /* 1 or -1 to the next pixel */
	bool has_nothing;
	double nothing; /* no-data */
} TbRaster;

/* Band from 1. origin: where cell (0, 0) begins. figure: what the doubt is about. A raster without pixels has none, whatever the band. */
extern TbRasterDoubt tb_raster_open(const unsigned char *bytes, size_t length, int32_t band, const double origin[2], TbRaster *raster,
									double *figure);

/* Values of a row of pixels, the first row being that of the first pixel; NaN: no data. Returns the width, or the column of a pixel that is not one of its
 * type, or infinite, which value[] tells. */
extern uint32_t tb_raster_row(const TbRaster *raster, uint32_t row, double *value);

#endif
