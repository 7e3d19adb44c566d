/* compactness.c -- compactness of polygons through GEOS */
#include "compactness.h"

#include <math.h>

const char *const tb_compactness_methods[TB_COMPACTNESS_METHODS] = {"polsby_popper", "reock", "convex_hull"};

/* The area that a shape of this outline could have at most */
static bool possible_area(TbGeos *geos, const GEOSGeometry *g, TbCompactness method, double *area)
{
	GEOSGeometry *around, *centre = NULL;
	double length, radius;
	bool done;

	if (method == TB_POLSBY_POPPER) {
		done = GEOSLength_r(geos->handle, g, &length);
		*area = length * length / (4 * M_PI);
		return done;
	}
	around = method == TB_REOCK ? GEOSMinimumBoundingCircle_r(geos->handle, g, &radius, &centre) : GEOSConvexHull_r(geos->handle, g);
	done = around && (method == TB_REOCK || GEOSArea_r(geos->handle, around, area));
	if (method == TB_REOCK && done)
		*area = M_PI * radius * radius;
	if (around)
		GEOSGeom_destroy_r(geos->handle, around);
	if (centre)
		GEOSGeom_destroy_r(geos->handle, centre);
	return done;
}

static int resize(double *x, double *y, void *exponent)
{
	*x = ldexp(*x, -*(const int *)exponent);
	*y = ldexp(*y, -*(const int *)exponent);
	return 1;
}

/* A copy whose box has a side near 1, so that no square leaves float8; NULL where it has no box */
static GEOSGeometry *near_one(TbGeos *geos, const GEOSGeometry *g)
{
	double x0, y0, x1, y1;
	int exponent;

	if (!GEOSGeom_getXMin_r(geos->handle, g, &x0) || !GEOSGeom_getYMin_r(geos->handle, g, &y0) || !GEOSGeom_getXMax_r(geos->handle, g, &x1) ||
		!GEOSGeom_getYMax_r(geos->handle, g, &y1) || !(fmax(x1 - x0, y1 - y0) > 0) || isinf(fmax(x1 - x0, y1 - y0)))
		return NULL;
	(void)frexp(fmax(x1 - x0, y1 - y0), &exponent);
	return GEOSGeom_transformXY_r(geos->handle, g, resize, &exponent);
}

TbStatus tb_compactness(TbGeos *geos, const TbWkb *wkb, TbCompactness method, double *value)
{
	GEOSGeometry *read = tb_geos_read(geos, wkb), *g = NULL;
	TbStatus status = read ? tb_geos_valid(geos, read) : TB_INVALID;
	double area = 0, possible = 0;

	if (status == TB_OK && GEOSisEmpty_r(geos->handle, read) == 0)
		g = near_one(geos, read);
	if (g)
		status = GEOSArea_r(geos->handle, g, &area) && possible_area(geos, g, method, &possible) ? TB_OK : TB_INVALID;
	if (status == TB_OK && !(area > 0))
		status = TB_UNDEFINED;
	*value = fmin(1, area / possible);
	if (g)
		GEOSGeom_destroy_r(geos->handle, g);
	if (read)
		GEOSGeom_destroy_r(geos->handle, read);
	return status;
}
