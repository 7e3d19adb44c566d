/* wkb.c -- reading well-known binary (OGC 06-103r4, section 8; the extended form is PostGIS's) */
#include "wkb.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"

#define MAX_DEPTH 16
#define EXTENDED_Z 0x80000000u
#define EXTENDED_M 0x40000000u
#define EXTENDED_SRID 0x20000000u

typedef struct Reader {
	const unsigned char *at, *end;
	unsigned char *out; /* NULL while only counting is wanted */
	int32_t srid;
	bool swap;
	int dimensions;
	unsigned steps;
} Reader;

static unsigned char host_order(void)
{
	const uint16_t one = 1;

	return *(const unsigned char *)&one;
}

static bool take(Reader *r, void *value, size_t size)
{
	unsigned char *to = value;

	if ((size_t)(r->end - r->at) < size)
		return false;
	for (size_t i = 0; i < size; i++, tb_step())
		to[i] = r->at[r->swap ? size - 1 - i : i];
	r->at += size;
	return true;
}

static void put(Reader *r, const void *value, size_t size)
{
	memcpy(r->out, value, size);
	r->out += size;
}

/* Byte order, type and SRID. False: not WKB. */
static bool take_head(Reader *r, uint32_t *type)
{
	unsigned char order;
	uint32_t code;

	r->swap = false;
	if (!take(r, &order, 1) || order > 1)
		return false;
	r->swap = order != host_order();
	if (!take(r, &code, 4))
		return false;
	if (code & EXTENDED_SRID && !take(r, &r->srid, 4))
		return false;
	r->dimensions = 2 + ((code & EXTENDED_Z) != 0) + ((code & EXTENDED_M) != 0);
	code &= ~(EXTENDED_Z | EXTENDED_M | EXTENDED_SRID);
	if (code >= 1000 && code < 4000) {
		r->dimensions = code / 1000 == 3 ? 4 : 3;
		code %= 1000;
	}
	*type = code;
	return true;
}

static TbStatus copy_points(Reader *r, uint32_t n, bool may_be_empty)
{
	double point[4];

	if ((uint64_t)(r->end - r->at) / (8 * r->dimensions) < n)
		return TB_CORRUPT;
	for (uint32_t i = 0; i < n; i++) {
		for (int d = 0; d < r->dimensions; d++)
			if (!take(r, point + d, 8))
				return TB_CORRUPT;
		/* an empty point is written as NaN NaN */
		if (!(isfinite(point[0]) && isfinite(point[1])) && !(may_be_empty && isnan(point[0]) && isnan(point[1])))
			return TB_OUT_OF_RANGE;
		put(r, point, 16);
		tb_step();
	}
	return TB_OK;
}

static TbStatus copy_counted_points(Reader *r)
{
	uint32_t n;

	if (!take(r, &n, 4))
		return TB_CORRUPT;
	put(r, &n, 4);
	return copy_points(r, n, false);
}

static TbStatus copy_polygon(Reader *r)
{
	uint32_t rings;
	TbStatus status = TB_OK;

	if (!take(r, &rings, 4) || (size_t)(r->end - r->at) / 4 < rings)
		return TB_CORRUPT;
	put(r, &rings, 4);
	for (uint32_t i = 0; i < rings && status == TB_OK; i++)
		status = copy_counted_points(r);
	return status;
}

static TbStatus copy_geometry(Reader *r, int depth, uint32_t *type)
{
	unsigned char order = host_order();
	uint32_t parts, part;
	TbStatus status = TB_OK;
	bool swap;

	if (depth > MAX_DEPTH || !take_head(r, type))
		return TB_CORRUPT;
	if (*type < TB_WKB_POINT || *type > TB_WKB_COLLECTION)
		return TB_INVALID;
	put(r, &order, 1);
	put(r, type, 4);
	if (*type == TB_WKB_POINT)
		return copy_points(r, 1, true);
	if (*type == TB_WKB_LINE)
		return copy_counted_points(r);
	if (*type == TB_WKB_POLYGON)
		return copy_polygon(r);
	if (!take(r, &parts, 4) || (size_t)(r->end - r->at) / 9 < parts)
		return TB_CORRUPT;
	put(r, &parts, 4);
	swap = r->swap;
	for (uint32_t i = 0; i < parts && status == TB_OK; i++) {
		status = copy_geometry(r, depth + 1, &part);
		if (status == TB_OK && *type != TB_WKB_COLLECTION && part + 3 != *type)
			status = TB_CORRUPT;
	}
	r->swap = swap;
	return status;
}

TbStatus tb_wkb_plane(const unsigned char *bytes, size_t length, TbWkb *wkb)
{
	Reader r = {.at = bytes, .end = bytes + length};
	TbStatus status;

	/* what is left out is never less than nothing: the plane form is no longer than the input */
	wkb->data = r.out = tb_alloc(length + 16);
	status = copy_geometry(&r, 0, &wkb->type);
	if (status == TB_OK && r.at != r.end)
		status = TB_CORRUPT;
	wkb->size = r.out - wkb->data;
	wkb->srid = r.srid;
	return status;
}

bool tb_wkb_box(const unsigned char *bytes, size_t length, TbBox *box, int32_t *srid)
{
	Reader r = {.at = bytes, .end = bytes + length};
	uint32_t type, rings, n;
	double p[10];

	if (!take_head(&r, &type) || type != TB_WKB_POLYGON || r.dimensions != 2 || r.swap || !take(&r, &rings, 4) || rings != 1 || !take(&r, &n, 4) ||
		n != 5 || r.end - r.at != 80)
		return false;
	memcpy(p, r.at, 80);
	for (int i = 0; i < 10; i++)
		if (!isfinite(p[i]))
			return false;
	if (p[0] != p[8] || p[1] != p[9])
		return false;
	/* one pair of opposite sides runs along x and the other along y, whichever comes first */
	if (!(p[0] == p[2] && p[3] == p[5] && p[4] == p[6] && p[7] == p[1]) && !(p[1] == p[3] && p[2] == p[4] && p[5] == p[7] && p[6] == p[0]))
		return false;
	*box = (TbBox){fmin(p[0], p[4]), fmin(p[1], p[5]), fmax(p[0], p[4]), fmax(p[1], p[5])};
	*srid = r.srid;
	return box->x0 < box->x1 && box->y0 < box->y1;
}

static uint32_t read32(const unsigned char **at)
{
	uint32_t value;

	memcpy(&value, *at, 4);
	*at += 4;
	return value;
}

void tb_wkb_rings(const TbWkb *wkb, void (*visit)(void *state, const unsigned char *points, uint32_t n, bool shell), void *state)
{
	const unsigned char *at = wkb->data + 5;
	uint32_t polygons = 1;

	if (wkb->type == TB_WKB_MULTIPOLYGON)
		polygons = read32(&at);
	else if (wkb->type != TB_WKB_POLYGON)
		return;
	for (uint32_t i = 0; i < polygons; i++, tb_step()) {
		if (wkb->type == TB_WKB_MULTIPOLYGON)
			at += 5;
		for (uint32_t ring = 0, rings = read32(&at); ring < rings; ring++, tb_step()) {
			uint32_t n = read32(&at);

			visit(state, at, n, ring == 0);
			at += (size_t)n * 16;
		}
	}
}
