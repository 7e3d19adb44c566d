/* unit test of core/geometry: GEOS answers for shapes worked out by hand, and failures come back as status with a message */
#include "../../src/core/territory/geometry.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static TbWkb from_text(TbGeos *geos, const char *text)
{
	GEOSGeometry *geometry = GEOSGeomFromWKT_r(geos->handle, text);
	size_t size;
	unsigned char *bytes = GEOSGeomToWKB_buf_r(geos->handle, geometry, &size);
	TbWkb wkb;

	(void)tb_wkb_plane(bytes, size, &wkb);
	GEOSFree_r(geos->handle, bytes);
	GEOSGeom_destroy_r(geos->handle, geometry);
	return wkb;
}

static double frontage(TbGeos *geos, const char *parcel_text, const char *street_text, double tolerance)
{
	TbWkb parcel = from_text(geos, parcel_text), street = from_text(geos, street_text);
	double length;

	if (tb_frontage(geos, &parcel, &street, tolerance, &length) != TB_OK)
		length = -1;
	tb_free(parcel.data);
	tb_free(street.data);
	return length;
}

/* share of a cell that is no rectangle; -1 for a failure, -2 where undefined */
static double share(TbGeos *geos, const char *zone_text, const char *cell_text)
{
	TbWkb zone = from_text(geos, zone_text), cell = from_text(geos, cell_text);
	TbPrepared prepared = {0};
	double result = -1;
	TbStatus status;

	tb_geos_open(&prepared.geos);
	status = tb_prepared_build(&prepared, &zone);
	if (status == TB_OK)
		status = tb_overlap_share(&prepared, &cell, &result);
	if (status != TB_OK)
		result = status == TB_UNDEFINED ? -2 : prepared.geos.message[0] ? -1 : -3;
	if (prepared.zone.n) {
		tb_free(prepared.zone.item);
		tb_free(prepared.zone.first);
		tb_free(prepared.zone.start);
	}
	if (prepared.zone.edge)
		tb_free(prepared.zone.edge);
	tb_prepared_free(&prepared);
	tb_free(zone.data);
	tb_free(cell.data);
	return result;
}

/* Cells whose area leaves float8, and zones as large or small */
static void sizes(TbGeos *geos)
{
	char zone[256], cell[256];
	const double size[] = {1e155, 1e-170, 1e100, 1e-100};

	for (int i = 0; i < 4; i++) {
		double u = size[i];

		snprintf(zone, sizeof(zone), "POLYGON((0 0,%.17g 0,%.17g %.17g,0 %.17g,0 0))", 2 * u, 2 * u, 2 * u, 2 * u);
		snprintf(cell, sizeof(cell), "POLYGON((%.17g 0,%.17g %.17g,%.17g %.17g,%.17g 0))", u, 3 * u, u, 3 * u, 2 * u, u);
		/* cell of area 1.5 over [1, 3]: at x = 2 it runs from 0.5 to 1, so (0.5 * 1 / 2) lies inside */
		NEAR(share(geos, zone, cell), 1. / 4, 1e-14, "a triangle across the edge at any size");
		snprintf(cell, sizeof(cell), "POLYGON((0 0,%.17g 0,0 %.17g,0 0))", u, u);
		NEAR(share(geos, zone, cell), 1, 1e-15, "and one inside");
	}
	NEAR(share(geos, "POLYGON((0 0,1e5 0,1e5 1e5,0 1e5,0 0))", "POLYGON((0 0,1e155 0,0 1e155,0 0))"), 2e-300, 1e-13, "a small zone in a huge cell");
	NEAR(share(geos, "POLYGON((-1e5 -1e5,1e5 -1e5,1e5 1e5,-1e5 1e5,-1e5 -1e5))", "POLYGON((0 0,1e-170 0,0 1e-170,0 0))"), 1, 1e-15,
		 "a tiny cell in a large zone");
	CHECK(share(geos, "POLYGON((0 0,1 0,1 1,0 1,0 0))", "LINESTRING(0 0,1 1)") == -2, "a line has no area");
}

int main(void)
{
	const char *lot = "POLYGON((0 0,20 0,20 30,0 30,0 0))";
	const char *square = "POLYGON((0 0,4 0,4 4,0 4,0 0))";
	TbGeos geos;

	tb_geos_open(&geos);
	NEAR(frontage(&geos, lot, "LINESTRING(-50 0,70 0)", 0), 20, 1e-12, "street on the boundary");
	NEAR(frontage(&geos, lot, "LINESTRING(-50 -3,70 -3)", 4), 20, 1e-12, "street three metres off: the sides do not count");
	CHECK(frontage(&geos, lot, "LINESTRING(-50 -3,70 -3)", 2) == 0, "out of reach");
	NEAR(frontage(&geos, lot, "LINESTRING(-50 -3,23 -3,23 90)", 4), 50, 1e-12, "a corner lot has two fronts");
	NEAR(frontage(&geos, lot, "POLYGON((-50 -10,70 -10,70 0,-50 0,-50 -10))", 0.5), 20, 1e-12, "street as a polygon");
	NEAR(frontage(&geos, lot, "LINESTRING(8 -3,70 -3)", 3), 12, 1e-12, "the street begins beside the lot");
	NEAR(frontage(&geos, "POLYGON((1000 500,1020 500,1020 530,1000 530,1000 500))", "LINESTRING(1023 450,1023 600)", 4), 30, 1e-12,
		 "upright, away from the origin");
	NEAR(frontage(&geos, "POLYGON((700 900,712 905,707 917,695 912,700 900))", "LINESTRING(688 895,724 910)", 0.001), 13, 1e-3, "aslant");
	CHECK(frontage(&geos, "POLYGON((0 0,2 2,2 0,0 2,0 0))", "LINESTRING(0 0,1 0)", 1) == -1 && strstr(geos.message, "Self-intersection"),
		  "an invalid parcel is refused with GEOS's reason");
	sizes(&geos);
	tb_geos_close(&geos);

	tb_geos_open(&geos);
	NEAR(share(&geos, square, "POLYGON((2 2,6 2,4 6,2 2))"), 0.375, 1e-14, "triangle cut by a square");
	CHECK(share(&geos, square, "POLYGON((1 1,2 1,1 2,1 1))") == 1, "inside");
	CHECK(share(&geos, square, "POLYGON((5 5,6 5,5 6,5 5))") == 0, "outside");
	CHECK(share(&geos, square, "LINESTRING(0 0,1 1)") == -2, "a cell without area");
	CHECK(share(&geos, "POLYGON((0 0,2 2,2 0,0 2,0 0))", square) == -1, "an invalid zone");
	CHECK(share(&geos, square, "POLYGON((0 0,3 3,3 0,0 2,0 0))") == -1, "an invalid cell");
	CHECK(share(&geos, "POLYGON EMPTY", square) == 0, "an empty zone covers nothing");
	tb_geos_close(&geos);
	return unit_done();
}
