/* raster.c -- reading the bytes of a raster tile (PostGIS, RFC 2 of its rasters as its code writes them) */
#include "raster.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/step.h"

#define OUTSIDE 0x80
#define HAS_NOTHING 0x40
#define TYPE 0x0f

typedef enum Number { NONE, UNSIGNED, SIGNED, FLOAT } Number;

/* Pixel types by code. Those below a byte take a whole one, and no more than `most`. */
static const struct {
	Number number;
	int size;
	unsigned most;
} pixel_type[16] = {
	{UNSIGNED, 1, 1}, {UNSIGNED, 1, 3}, {UNSIGNED, 1, 15}, {SIGNED, 1, 0}, {UNSIGNED, 1, 0}, {SIGNED, 2, 0},
	{UNSIGNED, 2, 0}, {SIGNED, 4, 0},   {UNSIGNED, 4, 0},  {NONE, 0, 0},   {FLOAT, 4, 0},    {FLOAT, 8, 0},
};

typedef struct Reader {
	const unsigned char *at, *end;
	bool swap;
} Reader;

static bool host_is_little(void)
{
	const uint16_t one = 1;

	return *(const unsigned char *)&one;
}

static void copy_number(void *to, const unsigned char *from, int size, bool swap)
{
	unsigned char *byte = to;

	for (int i = 0; i < size; i++)
		byte[i] = from[swap ? size - 1 - i : i];
}

static bool take(Reader *r, void *to, int size)
{
	if (r->end - r->at < size)
		return false;
	copy_number(to, r->at, size, r->swap);
	r->at += size;
	return true;
}

static double number_at(const unsigned char *from, int type, bool swap)
{
	int64_t whole = 0;
	uint64_t bits = 0;
	float single;
	double number;
	int size = pixel_type[type].size;

	if (pixel_type[type].number == FLOAT && size == 8) {
		copy_number(&number, from, 8, swap);
		return number;
	}
	if (pixel_type[type].number == FLOAT) {
		copy_number(&single, from, 4, swap);
		return single;
	}
	for (int i = 0; i < size; i++)
		bits = bits << 8 | from[swap == host_is_little() ? i : size - 1 - i];
	whole = (int64_t)bits;
	if (pixel_type[type].number == SIGNED && bits >> (8 * size - 1))
		whole -= INT64_C(1) << (8 * size);
	return (double)whole;
}

typedef struct Head {
	uint16_t bands, width, height;
	double scale[2], corner[2], skew[2];
} Head;

static TbRasterDoubt take_head(Reader *r, Head *h)
{
	unsigned char order;
	uint16_t version;
	int32_t srid;

	if (!take(r, &order, 1) || order > 1)
		return TB_RASTER_NO_BYTES;
	r->swap = (order == 1) != host_is_little();
	if (!take(r, &version, 2))
		return TB_RASTER_NO_BYTES;
	if (version != 0)
		return TB_RASTER_VERSION;
	return take(r, &h->bands, 2) && take(r, &h->scale[0], 8) && take(r, &h->scale[1], 8) && take(r, &h->corner[0], 8) && take(r, &h->corner[1], 8) &&
				   take(r, &h->skew[0], 8) && take(r, &h->skew[1], 8) && take(r, &srid, 4) && take(r, &h->width, 2) && take(r, &h->height, 2)
			   ? TB_RASTER_FINE
			   : TB_RASTER_NO_BYTES;
}

typedef struct Band {
	unsigned char flags;
	int type;
	double nothing;
	const unsigned char *pixel; /* NULL: outside */
} Band;

static TbRasterDoubt take_band(Reader *r, const Head *h, Band *b, double *figure)
{
	uint64_t size;

	if (!take(r, &b->flags, 1))
		return TB_RASTER_NO_BYTES;
	b->type = b->flags & TYPE;
	*figure = b->type;
	if (pixel_type[b->type].number == NONE)
		return TB_RASTER_PIXELS;
	size = pixel_type[b->type].size;
	if ((uint64_t)(r->end - r->at) < size)
		return TB_RASTER_NO_BYTES;
	b->nothing = number_at(r->at, b->type, r->swap);
	r->at += size;
	b->pixel = NULL;
	if (b->flags & OUTSIDE) {
		const unsigned char *stop = r->at < r->end ? memchr(r->at + 1, 0, r->end - r->at - 1) : NULL;

		if (!stop)
			return TB_RASTER_NO_BYTES;
		r->at = stop + 1;
		return TB_RASTER_FINE;
	}
	b->pixel = r->at;
	size *= (uint64_t)h->width * h->height;
	if ((uint64_t)(r->end - r->at) < size)
		return TB_RASTER_NO_BYTES;
	r->at += size;
	return TB_RASTER_FINE;
}

/* Column or row of the first pixel of one axis. A pixel reaches from its corner towards `scale`. */
static TbRasterDoubt place(double corner, double scale, double origin, uint32_t n, int32_t *first, int *step, double *figure)
{
	double cells, whole;

	if (!isfinite(scale) || scale == 0 || !isfinite(corner))
		return TB_RASTER_SIZE;
	cells = (corner - origin) / fabs(scale);
	whole = rint(cells);
	*figure = fabs(cells - whole);
	if (!(fabs(whole) <= INT32_MAX - (double)n - 1))
		return TB_RASTER_FAR;
	if (*figure > TB_RASTER_OFF)
		return TB_RASTER_OFF_GRID;
	*step = scale > 0 ? 1 : -1;
	*first = (int32_t)whole - (scale > 0 ? 0 : 1);
	return TB_RASTER_FINE;
}

TbRasterDoubt tb_raster_open(const unsigned char *bytes, size_t length, int32_t band, const double origin[2], TbRaster *raster, double *figure)
{
	Reader r = {.at = bytes, .end = bytes + length};
	Head h;
	Band b = {0}, mine = {0};
	TbRasterDoubt doubt = take_head(&r, &h);

	*raster = (TbRaster){0};
	for (int32_t i = 1; doubt == TB_RASTER_FINE && i <= h.bands; i++, tb_step()) {
		doubt = take_band(&r, &h, &b, figure);
		if (i == band)
			mine = b;
	}
	if (doubt != TB_RASTER_FINE)
		return doubt;
	if (r.at != r.end)
		return TB_RASTER_NO_BYTES;
	if (h.width == 0 || h.height == 0)
		return TB_RASTER_FINE;
	*figure = h.bands;
	if (band < 1 || band > h.bands)
		return TB_RASTER_NO_BAND;
	*raster = (TbRaster){mine.pixel,  r.swap,      mine.type, h.width, h.height, h.scale[0], h.scale[1],
						 h.corner[0], h.corner[1], 0,         0,       0,        0,          mine.flags & HAS_NOTHING,
						 mine.nothing};
	if (h.skew[0] != 0 || h.skew[1] != 0)
		return TB_RASTER_SKEWED;
	doubt = place(h.corner[0], h.scale[0], origin[0], h.width, &raster->x, &raster->step_x, figure);
	if (doubt == TB_RASTER_FINE)
		doubt = place(h.corner[1], h.scale[1], origin[1], h.height, &raster->y, &raster->step_y, figure);
	if (doubt != TB_RASTER_FINE)
		return doubt;
	return mine.pixel ? TB_RASTER_FINE : TB_RASTER_OUTSIDE;
}

/* Pixels of the host's byte order, one loop a type */
#define DECODE(type)                                                                                                                                 \
	for (size_t i = 0; i < n; i++) {                                                                                                                 \
		type x;                                                                                                                                      \
		memcpy(&x, from + i * sizeof(type), sizeof(type));                                                                                           \
		value[i] = (double)x;                                                                                                                        \
	}                                                                                                                                                \
	break

static void decode(const unsigned char *from, int type, bool swap, size_t n, double *value)
{
	static const signed char plain[16] = {4, 4, 4, 3, 4, 5, 6, 7, 8, 9, 10, 11};

	switch (swap && pixel_type[type].size > 1 ? 9 : plain[type]) {
	case 3:
		DECODE(int8_t);
	case 4:
		DECODE(uint8_t);
	case 5:
		DECODE(int16_t);
	case 6:
		DECODE(uint16_t);
	case 7:
		DECODE(int32_t);
	case 8:
		DECODE(uint32_t);
	case 10:
		DECODE(float);
	case 11:
		DECODE(double);
	default:
		for (size_t i = 0; i < n; i++)
			value[i] = number_at(from + i * pixel_type[type].size, type, swap);
	}
}

uint32_t tb_raster_row(const TbRaster *raster, uint32_t row, double *value)
{
	unsigned most = pixel_type[raster->type].most;
	double above = most > 0 ? most : DBL_MAX;

	decode(raster->pixel + (size_t)row * raster->width * pixel_type[raster->type].size, raster->type, raster->swap, raster->width, value);
	for (uint32_t i = 0; i < raster->width; i++) {
		if (raster->has_nothing && value[i] == raster->nothing)
			value[i] = NAN;
		else if (fabs(value[i]) > above)
			return i;
	}
	tb_steps(raster->width);
	return raster->width;
}
