/* geometry.c -- overlap and frontage through GEOS */
#include "geometry.h"

#include <math.h>
#include <stdio.h>
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

TbStatus tb_geos_valid(TbGeos *geos, const GEOSGeometry *geometry)
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

static TbStatus intersection_area(TbPrepared *zone, const GEOSGeometry *cell, double *area)
{
	GEOSContextHandle_t handle = zone->geos.handle;
	GEOSGeometry *common = GEOSIntersection_r(handle, zone->geometry, cell);
	int done = 0;

	if (common) {
		done = GEOSArea_r(handle, common, area);
		GEOSGeom_destroy_r(handle, common);
	}
	return done ? TB_OK : TB_INVALID;
}

static TbStatus share_of(TbPrepared *zone, const GEOSGeometry *cell, double *share)
{
	double cell_area, area;
	TbStatus status;
	char related;

	if (GEOSArea_r(zone->geos.handle, cell, &cell_area) == 0)
		return TB_INVALID;
	if (cell_area == 0)
		return TB_UNDEFINED;
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
			status = intersection_area(zone, cell, &area);
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

static void drop(TbGeos *geos, GEOSGeometry *geometry)
{
	if (geometry)
		GEOSGeom_destroy_r(geos->handle, geometry);
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
