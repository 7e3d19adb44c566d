/* geometry.c -- overlap and frontage through GEOS */
#include "geometry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/host.h"

static void keep_message(const char *message, void *userdata)
{
	TbGeos *geos = userdata;

	snprintf(geos->message, sizeof(geos->message), "%s", message);
}

void tb_geos_open(TbGeos *geos)
{
	geos->message[0] = '\0';
	geos->handle = GEOS_init_r();
	GEOSContext_setErrorMessageHandler_r(geos->handle, keep_message, geos);
	geos->reader = GEOSWKBReader_create_r(geos->handle);
}

void tb_geos_close(TbGeos *geos)
{
	if (!geos->handle)
		return;
	GEOSWKBReader_destroy_r(geos->handle, geos->reader);
	GEOS_finish_r(geos->handle);
	geos->handle = NULL;
}

GEOSGeometry *tb_geos_read(TbGeos *geos, const TbWkb *wkb)
{
	return GEOSWKBReader_read_r(geos->handle, geos->reader, wkb->data, wkb->size);
}

static void drop(TbGeos *geos, GEOSGeometry *geometry)
{
	if (geometry)
		GEOSGeom_destroy_r(geos->handle, geometry);
}

static double resized(double x, int exponent)
{
	return fmin(fmax(ldexp(x, -exponent), -1e120), 1e120);
}

static int resize_point(double *x, double *y, void *exponent)
{
	*x = resized(*x, *(const int *)exponent);
	*y = resized(*y, *(const int *)exponent);
	return 1;
}

/* The power of two of the longer side of its box; false where it has none */
static bool size_of(GEOSContextHandle_t handle, const GEOSGeometry *g, int *exponent)
{
	double x0, y0, x1, y1, size = 0;

	if (GEOSGeom_getXMin_r(handle, g, &x0) && GEOSGeom_getYMin_r(handle, g, &y0) && GEOSGeom_getXMax_r(handle, g, &x1) &&
		GEOSGeom_getYMax_r(handle, g, &y1))
		size = fmax(x1 - x0, y1 - y0);
	(void)frexp(size, exponent);
	return size > 0 && isfinite(size);
}

static TbStatus valid(TbGeos *geos, const GEOSGeometry *geometry)
{
	char *reason;

	if (GEOSisValid_r(geos->handle, geometry) == 1)
		return TB_OK;
	reason = GEOSisValidReason_r(geos->handle, geometry);
	if (reason) {
		snprintf(geos->message, sizeof(geos->message), "%s", reason);
		GEOSFree_r(geos->handle, reason);
	}
	return TB_INVALID;
}

TbStatus tb_geos_valid(TbGeos *geos, const GEOSGeometry *geometry)
{
	GEOSGeometry *near;
	TbStatus status;
	int exponent;

	/* where products of coordinates leave float8 GEOS believes that anything crosses itself */
	if (!size_of(geos->handle, geometry, &exponent) || abs(exponent) < 300)
		return valid(geos, geometry);
	near = GEOSGeom_transformXY_r(geos->handle, geometry, resize_point, &exponent);
	status = near ? valid(geos, near) : TB_INVALID;
	drop(geos, near);
	return status;
}

TbStatus tb_prepared_build(TbPrepared *prepared, const TbWkb *wkb)
{
	TbStatus status;

	prepared->srid = wkb->srid;
	prepared->geometry = tb_geos_read(&prepared->geos, wkb);
	if (!prepared->geometry)
		return TB_INVALID;
	status = tb_geos_valid(&prepared->geos, prepared->geometry);
	if (status == TB_OK)
		status = tb_clip_polygon_build(wkb, &prepared->zone);
	return status;
}

void tb_prepared_free(TbPrepared *prepared)
{
	GEOSContextHandle_t handle = prepared->geos.handle;

	if (!handle)
		return;
	if (prepared->prepared)
		GEOSPreparedGeom_destroy_r(handle, prepared->prepared);
	if (prepared->geometry)
		GEOSGeom_destroy_r(handle, prepared->geometry);
	tb_geos_close(&prepared->geos);
}

/* An answer of 2 is an exception: then 2 goes on to the caller */
static char zone_relation(TbPrepared *zone, const GEOSGeometry *cell, bool covers)
{
	GEOSContextHandle_t handle = zone->geos.handle;

	if (!zone->prepared)
		zone->prepared = GEOSPrepare_r(handle, zone->geometry);
	if (!zone->prepared)
		return 2;
	return covers ? GEOSPreparedCovers_r(handle, zone->prepared, cell) : GEOSPreparedIntersects_r(handle, zone->prepared, cell);
}

static TbStatus intersection_area(TbPrepared *zone, const GEOSGeometry *geometry, const GEOSGeometry *cell, double *area)
{
	GEOSContextHandle_t handle = zone->geos.handle;
	GEOSGeometry *common = GEOSIntersection_r(handle, geometry, cell);
	int done = 0;

	if (common) {
		done = GEOSArea_r(handle, common, area);
		GEOSGeom_destroy_r(handle, common);
	}
	return done ? TB_OK : TB_INVALID;
}

/* Areas whose products float8 holds */
static bool ordinary(double area)
{
	return area >= 1e-200 && area <= 1e200;
}

/* Of a cell so large or small that its area leaves float8, or that has none: both are brought to its size first */
static TbStatus share_resized(TbPrepared *zone, const GEOSGeometry *cell, double *share)
{
	GEOSContextHandle_t handle = zone->geos.handle;
	GEOSGeometry *near, *around;
	double cell_area, area;
	int exponent;
	TbStatus status = tb_geos_valid(&zone->geos, cell);

	if (status != TB_OK)
		return status;
	if (!size_of(handle, cell, &exponent))
		return TB_UNDEFINED;
	near = GEOSGeom_transformXY_r(handle, cell, resize_point, &exponent);
	around = GEOSGeom_transformXY_r(handle, zone->geometry, resize_point, &exponent);
	status = near && around && GEOSArea_r(handle, near, &cell_area) ? TB_OK : TB_INVALID;
	if (status == TB_OK && cell_area == 0)
		status = TB_UNDEFINED;
	if (status == TB_OK)
		status = intersection_area(zone, around, near, &area);
	if (status == TB_OK)
		*share = fmin(area / cell_area, 1);
	drop(&zone->geos, near);
	drop(&zone->geos, around);
	return status;
}

static TbStatus share_of(TbPrepared *zone, const GEOSGeometry *cell, double *share)
{
	double cell_area, area;
	TbStatus status;
	char related;

	if (GEOSArea_r(zone->geos.handle, cell, &cell_area) == 0)
		return TB_INVALID;
	if (!ordinary(cell_area))
		return share_resized(zone, cell, share);
	status = tb_geos_valid(&zone->geos, cell);
	if (status != TB_OK)
		return status;
	*share = 0;
	related = zone_relation(zone, cell, false);
	if (related == 1) {
		related = zone_relation(zone, cell, true);
		if (related == 1)
			*share = 1;
		if (related == 0) {
			status = intersection_area(zone, zone->geometry, cell, &area);
			if (status != TB_OK)
				return status;
			*share = fmin(area / cell_area, 1);
		}
	}
	return related == 2 ? TB_INVALID : TB_OK;
}

TbStatus tb_overlap_share(TbPrepared *zone, const TbWkb *wkb, double *share)
{
	GEOSGeometry *cell = tb_geos_read(&zone->geos, wkb);
	TbStatus status;

	if (!cell)
		return TB_INVALID;
	status = share_of(zone, cell, share);
	GEOSGeom_destroy_r(zone->geos.handle, cell);
	return status;
}

/* Distance to the street from a point on the line a-b */
static double distance_at(TbGeos *geos, const GEOSGeometry *street, const double *a, const double *b, double t)
{
	GEOSGeometry *point = GEOSGeom_createPointFromXY_r(geos->handle, a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t);
	double distance = NAN;

	if (point && !GEOSDistance_r(geos->handle, point, street, &distance))
		distance = NAN;
	if (point)
		GEOSGeom_destroy_r(geos->handle, point);
	return distance;
}

/* Is the stretch a-b closer to parallel than to perpendicular? The middle is looked at too: a side that crosses the street ends as far as it began. */
static TbStatus add_stretch(TbGeos *geos, const GEOSGeometry *street, const double *a, const double *b, double *length)
{
	double run = hypot(b[0] - a[0], b[1] - a[1]);
	double at_a = distance_at(geos, street, a, b, 0), at_middle = distance_at(geos, street, a, b, 0.5), at_b = distance_at(geos, street, a, b, 1);

	if (isnan(at_a + at_middle + at_b))
		return TB_INVALID;
	if (fabs(at_a - at_middle) + fabs(at_middle - at_b) < run * M_SQRT1_2)
		*length += run;
	return TB_OK;
}

static TbStatus add_line(TbGeos *geos, const GEOSGeometry *line, const GEOSGeometry *street, double *length)
{
	const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(geos->handle, line);
	TbStatus status = TB_OK;
	double a[2], b[2];
	unsigned n;

	if (!points || !GEOSCoordSeq_getSize_r(geos->handle, points, &n))
		return TB_INVALID;
	for (unsigned i = 0; i < n && status == TB_OK; i++) {
		if (!GEOSCoordSeq_getXY_r(geos->handle, points, i, b, b + 1))
			return TB_INVALID;
		if (i > 0)
			status = add_stretch(geos, street, a, b, length);
		memcpy(a, b, sizeof(a));
	}
	return status;
}

/* Lines of a line, multiline or collection; points, where the boundary only touches, have no length */
static TbStatus add_lines(TbGeos *geos, const GEOSGeometry *near, const GEOSGeometry *street, double *length)
{
	int parts = GEOSGetNumGeometries_r(geos->handle, near), kind;
	TbStatus status = parts < 0 ? TB_INVALID : TB_OK;

	for (int i = 0; i < parts && status == TB_OK; i++) {
		const GEOSGeometry *part = GEOSGetGeometryN_r(geos->handle, near, i);

		kind = part ? GEOSGeomTypeId_r(geos->handle, part) : -1;
		if (kind == GEOS_LINESTRING || kind == GEOS_LINEARRING)
			status = GEOSisEmpty_r(geos->handle, part) ? TB_OK : add_line(geos, part, street, length);
	}
	return status;
}

static TbStatus frontage_of(TbGeos *geos, const GEOSGeometry *parcel, const GEOSGeometry *street, double tolerance, double *length)
{
	GEOSGeometry *boundary = NULL, *reach = NULL, *near = NULL;
	TbStatus status = tb_geos_valid(geos, parcel);

	if (status == TB_OK)
		status = tb_geos_valid(geos, street);
	if (status != TB_OK)
		return status;
	boundary = GEOSBoundary_r(geos->handle, parcel);
	reach = tolerance > 0 ? GEOSBuffer_r(geos->handle, street, tolerance, 16) : GEOSGeom_clone_r(geos->handle, street);
	if (boundary && reach)
		near = GEOSIntersection_r(geos->handle, boundary, reach);
	*length = 0;
	status = near ? add_lines(geos, near, street, length) : TB_INVALID;
	drop(geos, boundary);
	drop(geos, reach);
	drop(geos, near);
	return status;
}

TbStatus tb_frontage(TbGeos *geos, const TbWkb *parcel, const TbWkb *street, double tolerance, double *length)
{
	GEOSGeometry *a = tb_geos_read(geos, parcel), *b = a ? tb_geos_read(geos, street) : NULL;
	TbStatus status = b ? TB_OK : TB_INVALID;

	if (status == TB_OK)
		status = frontage_of(geos, a, b, tolerance, length);
	drop(geos, a);
	drop(geos, b);
	return status;
}
