/* unit test of core/neighbour: squares that share sides, corners, nothing; parts of one unit; a unit that GEOS refuses */
#include "../../src/core/territory/neighbour.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

static TbState *state;
static double no_srid = 0;
static size_t small; /* of the last call of pairs_of */

static void add(TbGeos *geos, const char *unit, const char *text)
{
	GEOSGeometry *geometry = GEOSGeomFromWKT_r(geos->handle, text);
	size_t size;
	unsigned char *bytes = GEOSGeomToWKB_buf_r(geos->handle, geometry, &size);
	TbWkb wkb;
	TbId ids[2] = {{unit, strlen(unit)}, {NULL, 0}};

	(void)tb_wkb_plane(bytes, size, &wkb);
	ids[1] = (TbId){tb_neighbour_hex(&wkb), wkb.size * 2};
	(void)tb_bag_add(&tb_neighbour, &state, ids, NULL);
	GEOSFree_r(geos->handle, bytes);
	GEOSGeom_destroy_r(geos->handle, geometry);
}

static void forged(const char *hex, const char *what)
{
	TbState *bad = tb_bag_new(&tb_neighbour, &no_srid, 1);
	TbId ids[2] = {{"a", 1}, {hex, strlen(hex)}};
	TbNeighbourWork work = {0};
	TbNeighbourPair *pairs;
	TbBag bag;
	size_t n;
	uint32_t unit;

	(void)tb_bag_add(&tb_neighbour, &bad, ids, NULL);
	(void)tb_bag_view(&tb_neighbour, bad, &bag);
	CHECK(tb_neighbour_pairs(&bag, 0, &work, &pairs, &n, &unit) == TB_CORRUPT, what);
	tb_neighbour_close(&work);
}

/* Two squares and what lies between or over them: pairs, and the length of the first; -1 where refused */
static size_t pairs_of(TbGeos *geos, const char *a, const char *b, double tolerance, double *length)
{
	TbNeighbourWork work = {0};
	TbNeighbourPair *pairs = NULL;
	TbBag bag;
	size_t n = 0;
	uint32_t unit;

	state = tb_bag_new(&tb_neighbour, &no_srid, 1);
	add(geos, "a", a);
	add(geos, "b", b);
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(tb_neighbour_pairs(&bag, tolerance, &work, &pairs, &n, &unit) == TB_OK && n == 2, "two units, two rows");
	small = work.small;
	*length = pairs[0].length;
	n = (pairs[0].b != TB_NO_ID) + (pairs[1].b != TB_NO_ID);
	tb_neighbour_close(&work);
	return n;
}

static void tolerances(TbGeos *geos)
{
	const char *square = "POLYGON((0 0,2 0,2 2,0 2,0 0))", *gap = "POLYGON((2.000000000001 0,4 0,4 2,2.000000000001 2,2.000000000001 0))";
	const char *jagged = "POLYGON((2.01 0,4 0,4 3,1.99 3,1.99 1.2,2.01 0.5,2.01 0))", *corner = "POLYGON((2.5 2.5,9 3,9 9,2.5 2.5))";
	const double with[2] = {25830, 0.5}, below[2] = {25830, -1}, none[2] = {25830, INFINITY};
	double length;

	CHECK(pairs_of(geos, square, gap, 0, &length) == 0 && isnan(length), "a gap of 1e-12 cuts neighbours");
	CHECK(pairs_of(geos, square, gap, 1e-9, &length) == 2, "a tolerance joins them");
	NEAR(length, 2, 1e-9, "along the whole side");
	CHECK(pairs_of(geos, gap, square, 1e-9, &length) == 2 && fabs(length - 2) < 1e-9, "whichever comes first");
	CHECK(pairs_of(geos, square, gap, 1e-13, &length) == 0, "but not a smaller one");
	CHECK(pairs_of(geos, square, jagged, 0.02, &length) == 2, "gaps and overlaps");
	NEAR(length, 2, 0.02, "are laid on each other before the length is taken");
	CHECK(pairs_of(geos, square, corner, 0.8, &length) == 2 && length == 0, "corners half a square apart have no length");
	CHECK(pairs_of(geos, square, corner, 0.7, &length) == 0, "sqrt(1/2) is more than 0.7, though the boxes are nearer");
	CHECK(small == 0, "squares of 2 are wider than 1.4");
	CHECK(pairs_of(geos, square, "POLYGON EMPTY", 5, &length) == 0 && small == 1, "nothing is near nothing, and a tolerance of 5 is too much");
	CHECK(pairs_of(geos, "LINESTRING(0 0,1 0)", "POINT(1 0)", 5, &length) == 2 && small == 0, "but not of lines and points");
	CHECK(tb_neighbour_params_ok(with, 2) && tb_neighbour_params_ok(with, 1) && !tb_neighbour_params_ok(with, 3) && !tb_neighbour_params_ok(with, 0),
		  "SRID and tolerance");
	CHECK(!tb_neighbour_params_ok(below, 2) && !tb_neighbour_params_ok(none, 2) && tb_neighbour_params_ok(below, 1),
		  "a tolerance is finite, not negative");
	CHECK(tb_neighbour_tolerance(&(TbBag){.params = 2, .param = with}) == 0.5 && tb_neighbour_tolerance(&(TbBag){.params = 1, .param = with}) == 0,
		  "and 0 where none was given");
}

int main(void)
{
	TbNeighbourWork work = {0}, second = {0};
	TbBag bag;
	TbNeighbourPair *pairs = NULL;
	TbGeos geos;
	size_t n = 0;
	uint32_t unit = 0, a, b, d;

	tb_geos_open(&geos);
	state = tb_bag_new(&tb_neighbour, &no_srid, 1);
	add(&geos, "a", "POLYGON((0 0,2 0,2 2,0 2,0 0))");
	add(&geos, "b", "POLYGON((2 0,4 0,4 2,2 2,2 0))");
	add(&geos, "b", "POLYGON((0 2,2 2,2 4,0 4,0 2))");
	add(&geos, "c", "POLYGON((4 2,6 2,6 4,4 4,4 2))");
	add(&geos, "d", "POLYGON((25 25,26 25,26 26,25 25))");
	CHECK(tb_bag_view(&tb_neighbour, state, &bag) == TB_OK && bag.rows == 5, "four units in five parts");
	CHECK(tb_neighbour_pairs(&bag, 0, &work, &pairs, &n, &unit) == TB_OK && n == 5, "two pairs in both directions and an island");
	a = bag.row_id[0][0];
	b = bag.row_id[0][1];
	d = bag.row_id[0][4];
	CHECK(n == 5 && pairs[0].a == a && pairs[0].b == b && pairs[0].length == 4, "both parts of b along a");
	CHECK(n == 5 && pairs[2].a == b && pairs[2].length == 0, "a corner has no length");
	CHECK(n == 5 && pairs[4].a == d && pairs[4].b == TB_NO_ID, "the island");
	tb_neighbour_close(&work);

	add(&geos, "b", "POLYGON((2 0,4 0,4 2,2 2,2 0))");
	add(&geos, "a", "POLYGON((0 0,2 0,2 2,0 2,0 0))");
	add(&geos, "d", "POLYGON((25 25,26 25,26 26,25 25))");
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(bag.rows == 8 && tb_neighbour_pairs(&bag, 0, &second, &pairs, &n, &unit) == TB_OK && n == 5 && pairs[0].length == 4 &&
			  pairs[4].b == TB_NO_ID,
		  "a part given twice is one part");
	tb_neighbour_close(&second);
	second = (TbNeighbourWork){0};

	add(&geos, "e", "POLYGON((0 0,2 2,2 0,0 2,0 0))");
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(tb_neighbour_pairs(&bag, 0, &second, &pairs, &n, &unit) == TB_INVALID && bag.id[unit].text[0] == 'e' && second.geos.message[0],
		  "an invalid unit is named");
	tb_neighbour_close(&second);
	second = (TbNeighbourWork){0};
	state = tb_bag_new(&tb_neighbour, &no_srid, 1);
	add(&geos, "e", "POLYGON((0 0,2 2,2 0,0 2,0 0))");
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(tb_neighbour_pairs(&bag, 0, &second, &pairs, &n, &unit) == TB_INVALID, "also where it is the only one");
	tb_neighbour_close(&second);
	tolerances(&geos);
	forged("0g", "one digit of a byte");
	forged("g0", "the other");
	forged("0", "half a byte");
	forged("00", "no geometry");
	tb_geos_close(&geos);
	return unit_done();
}
