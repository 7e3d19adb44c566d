/* compactness.c -- compactness of polygons through GEOS */
#include "compactness.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "cohesion.h"

const char *const tb_compactness_methods[TB_COMPACTNESS_METHODS] = {"polsby_popper", "reock", "convex_hull", "cohesion"};

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

typedef struct Boundary {
	TbEdge *edge; /* NULL: only counted */
	size_t n;
	double x, y; /* of the first point */
	int exponent;
	TbBox box;
	TbDd area;
} Boundary;

static TbEdge edge_of(const Boundary *b, const unsigned char *points)
{
	double p[4];

	memcpy(p, points, sizeof(p));
	return (TbEdge){ldexp(p[0] - b->x, -b->exponent), ldexp(p[1] - b->y, -b->exponent), ldexp(p[2] - b->x, -b->exponent),
					ldexp(p[3] - b->y, -b->exponent)};
}

static void count_edges(void *state, const unsigned char *points, uint32_t n, bool shell)
{
	Boundary *b = state;
	double p[2];

	(void)shell;
	for (uint32_t i = 0; i < n; i++, tb_step()) {
		memcpy(p, points + i * sizeof(p), sizeof(p));
		if (b->n++ == 0) {
			b->x = p[0];
			b->y = p[1];
		}
		b->box = (TbBox){fmin(b->box.x0, p[0]), fmin(b->box.y0, p[1]), fmax(b->box.x1, p[0]), fmax(b->box.y1, p[1])};
	}
}

/* The interior to the left: shells turn to the left, holes to the right */
static void take_ring(void *state, const unsigned char *points, uint32_t n, bool shell)
{
	Boundary *b = state;
	TbEdge *ring = b->edge + b->n;
	TbDd twice = {0, 0};

	for (uint32_t i = 0; i + 1 < n; i++, tb_step()) {
		ring[i] = edge_of(b, points + i * 2 * sizeof(double));
		twice = tb_dd_add(twice, tb_dd_sub(tb_two_product(ring[i].x0, ring[i].y1), tb_two_product(ring[i].x1, ring[i].y0)));
		b->n++;
	}
	if ((tb_dd_value(twice) > 0) != shell) {
		for (uint32_t i = 0; i + 1 < n; i++, tb_step())
			ring[i] = (TbEdge){ring[i].x1, ring[i].y1, ring[i].x0, ring[i].y0};
		twice = tb_dd_neg(twice);
	}
	b->area = tb_dd_add(b->area, twice);
}

/* From the edges, moved to the first point and brought near 1 */
static double cohesion(const TbWkb *wkb)
{
	Boundary b = {.box = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
	double area, mean;

	tb_wkb_rings(wkb, count_edges, &b);
	(void)frexp(fmax(b.box.x1 - b.box.x0, b.box.y1 - b.box.y0), &b.exponent);
	b.edge = tb_alloc((b.n + 1) * sizeof(TbEdge));
	b.n = 0;
	tb_wkb_rings(wkb, take_ring, &b);
	area = tb_dd_value(b.area) / 2;
	mean = tb_distance_integral(b.edge, b.n) / (area * area);
	tb_free(b.edge);
	return TB_MEAN_DISTANCE_OF_CIRCLE * sqrt(area / M_PI) / mean;
}

TbStatus tb_compactness(TbGeos *geos, const TbWkb *wkb, TbCompactness method, double *value)
{
	GEOSGeometry *read = tb_geos_read(geos, wkb), *g = NULL;
	TbStatus status = read ? tb_geos_valid(geos, read) : TB_INVALID;
	double area = 0, possible = 0;

	if (status == TB_OK && GEOSisEmpty_r(geos->handle, read) == 0)
		g = near_one(geos, read);
	if (g)
		status = GEOSArea_r(geos->handle, g, &area) && (method == TB_COHESION || possible_area(geos, g, method, &possible)) ? TB_OK : TB_INVALID;
	if (status == TB_OK && !(area > 0))
		status = TB_UNDEFINED;
	if (status == TB_OK)
		*value = fmin(1, method == TB_COHESION ? cohesion(wkb) : area / possible);
	if (g)
		GEOSGeom_destroy_r(geos->handle, g);
	if (read)
		GEOSGeom_destroy_r(geos->handle, read);
	return status;
}
