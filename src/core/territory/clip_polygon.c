/* clip_polygon.c -- the share of a rectangle that a polygon covers */
#include "clip_polygon.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"

static void count_ring(void *state, const unsigned char *points, uint32_t n, bool shell)
{
	(void)points;
	(void)shell;
	*(size_t *)state += n ? n - 1 : 0;
}

static void point(const unsigned char *points, uint32_t i, double *xy)
{
	memcpy(xy, points + (size_t)i * 16, 16);
}

/* The power of two of a ring's reach from its first point */
static int reach(const unsigned char *points, uint32_t n, const double *origin)
{
	double largest = 0, p[2];
	int exponent;

	for (uint32_t i = 1; i < n; i++, tb_step()) {
		point(points, i, p);
		largest = fmax(largest, fmax(fabs(p[0] - origin[0]), fabs(p[1] - origin[1])));
	}
	(void)frexp(largest, &exponent);
	return exponent;
}

/* Sign of the area: about the first point, so that large coordinates do not cost digits, and over its reach, so that no product leaves float8 */
static double turning(const unsigned char *points, uint32_t n)
{
	double origin[2], a[2], b[2], sum = 0, shrink;

	if (n == 0)
		return 0;
	point(points, 0, origin);
	point(points, 0, b);
	shrink = ldexp(1, -(reach(points, n, origin) / 2) - 1);
	for (uint32_t i = 1; i < n; i++, tb_step()) {
		memcpy(a, b, sizeof(a));
		point(points, i, b);
		sum += (a[0] - origin[0]) * shrink * ((b[1] - origin[1]) * shrink) - (b[0] - origin[0]) * shrink * ((a[1] - origin[1]) * shrink);
	}
	return sum;
}

/* Level edges are left out: their dy is 0. Shells are turned anticlockwise, holes clockwise. */
static void add_ring(void *state, const unsigned char *points, uint32_t n, bool shell)
{
	TbClipPolygon *zone = state;
	bool turn = (turning(points, n) > 0) != shell;
	double a[2], b[2];

	if (n == 0)
		return;
	point(points, 0, b);
	for (uint32_t i = 1; i < n; i++) {
		memcpy(a, b, sizeof(a));
		point(points, i, b);
		zone->box.x0 = fmin(zone->box.x0, b[0]);
		zone->box.x1 = fmax(zone->box.x1, b[0]);
		zone->box.y0 = fmin(zone->box.y0, b[1]);
		zone->box.y1 = fmax(zone->box.y1, b[1]);
		if (a[1] != b[1])
			zone->edge[zone->n++] = turn ? (TbEdge){b[0], b[1], a[0], a[1]} : (TbEdge){a[0], a[1], b[0], b[1]};
		tb_step();
	}
}

static uint32_t band_of(const TbClipPolygon *zone, double y)
{
	double band = (y - zone->box.y0) / zone->band_height;

	/* not a number where the height is 0 or infinite */
	return band >= zone->bands - 1 ? zone->bands - 1 : band > 0 ? (uint32_t)band : 0;
}

static size_t band_entries(const TbClipPolygon *zone)
{
	size_t entries = 0;

	for (size_t i = 0; i < zone->n; i++, tb_step())
		entries += 1 + band_of(zone, fmax(zone->edge[i].y0, zone->edge[i].y1)) - band_of(zone, fmin(zone->edge[i].y0, zone->edge[i].y1));
	return entries;
}

/* As many bands as keep the index within a few entries an edge */
static size_t choose_bands(TbClipPolygon *zone)
{
	size_t entries;

	zone->bands = zone->n < 8 ? 1 : zone->n / 4 < 65536 ? zone->n / 4 : 65536;
	for (;;) {
		zone->band_height = (zone->box.y1 - zone->box.y0) / zone->bands;
		entries = band_entries(zone);
		tb_tick();
		if (zone->bands == 1 || entries <= 6 * zone->n)
			return entries;
		zone->bands /= 2;
	}
}

static void file_edges(TbClipPolygon *zone)
{
	size_t *next;

	zone->item = tb_alloc(choose_bands(zone) * sizeof(uint32_t));
	zone->first = tb_alloc(zone->n * sizeof(uint32_t));
	zone->start = tb_alloc_zero((size_t)zone->bands + 1, sizeof(size_t));
	next = tb_alloc((size_t)zone->bands * sizeof(size_t));
	for (size_t i = 0; i < zone->n; i++, tb_step()) {
		zone->first[i] = band_of(zone, fmin(zone->edge[i].y0, zone->edge[i].y1));
		for (uint32_t band = zone->first[i], last = band_of(zone, fmax(zone->edge[i].y0, zone->edge[i].y1)); band <= last; band++, tb_step())
			zone->start[band + 1]++;
	}
	for (uint32_t band = 0; band < zone->bands; band++, tb_step()) {
		zone->start[band + 1] += zone->start[band];
		next[band] = zone->start[band];
	}
	for (size_t i = 0; i < zone->n; i++, tb_step())
		for (uint32_t band = zone->first[i], last = band_of(zone, fmax(zone->edge[i].y0, zone->edge[i].y1)); band <= last; band++, tb_step())
			zone->item[next[band]++] = i;
	tb_free(next);
}

TbStatus tb_clip_polygon_build(const TbWkb *wkb, TbClipPolygon *zone)
{
	size_t n = 0;

	*zone = (TbClipPolygon){.box = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
	tb_wkb_rings(wkb, count_ring, &n);
	if (n > UINT32_MAX)
		return TB_TOO_LARGE;
	if (n == 0)
		return TB_OK;
	zone->edge = tb_alloc(n * sizeof(TbEdge));
	tb_wkb_rings(wkb, add_ring, zone);
	if (zone->n == 0)
		return TB_OK;
	file_edges(zone);
	return TB_OK;
}

/* Integral of clamp(x, 0, width) along a straight piece over height dy: piecewise linear in x, so split where x passes 0 and width. dy and the answer are
 * over powers of two of height and width, `unit` that of the width: products stay within float8, and where they would anyway the bits are the same. */
static double clamped(double xa, double xb, double width, double dy, double unit)
{
	double lo = fmin(xa, xb), hi = fmax(xa, xb), inside_lo = fmax(lo, 0), inside_hi = fmin(hi, width);

	if (hi <= 0)
		return 0;
	if (lo >= width)
		return width * unit * dy;
	if (lo >= 0 && hi <= width)
		return (lo + hi) / 2 * unit * dy;
	return ((inside_lo + inside_hi) / 2 * unit * (inside_hi - inside_lo) + width * unit * fmax(hi - width, 0)) / (hi - lo) * dy;
}

static double power_below(double x)
{
	int exponent;

	(void)frexp(x, &exponent);
	return ldexp(0.5, exponent < -1000 ? -1000 : exponent);
}

double tb_clip_polygon_share(const TbClipPolygon *zone, TbBox box)
{
	double width = box.x1 - box.x0, height = box.y1 - box.y0, area = 0, across = 1 / power_below(width), up = 1 / power_below(height);
	bool crossed = false;
	uint32_t low, high;

	if (zone->n == 0 || box.x0 >= zone->box.x1 || box.x1 <= zone->box.x0 || box.y0 >= zone->box.y1 || box.y1 <= zone->box.y0)
		return 0;
	low = band_of(zone, box.y0);
	high = band_of(zone, box.y1);
	for (uint32_t band = low; band <= high; band++, tb_step())
		for (size_t k = zone->start[band]; k < zone->start[band + 1]; k++, tb_step()) {
			const TbEdge *edge = zone->edge + zone->item[k];
			uint32_t first = zone->first[zone->item[k]];
			double rise = edge->y1 - edge->y0, run = edge->x1 - edge->x0, ya = edge->y0 - box.y0, yb = edge->y1 - box.y0, xa, xb;

			/* an edge of several bands counts in the first of them that the box meets */
			if ((first > low ? first : low) != band || (ya <= 0 && yb <= 0) || (ya >= height && yb >= height))
				continue;
			ya = fmin(fmax(ya, 0), height);
			yb = fmin(fmax(yb, 0), height);
			xa = edge->x0 - box.x0 + run * ((ya - (edge->y0 - box.y0)) / rise);
			xb = edge->x1 - box.x0 - run * ((edge->y1 - box.y0 - yb) / rise);
			crossed |= fmax(xa, xb) > 0 && fmin(xa, xb) < width;
			area += clamped(xa, xb, width, (yb - ya) * up, across);
		}
	area /= width * across * (height * up);
	/* no sloping edge inside and all but 0 or 1: wholly out or in, and rounding shall not say otherwise */
	if (!crossed && fabs(area - rint(area)) < 1e-12)
		area = rint(area);
	return fmin(fmax(area, 0), 1);
}
