/* unit test of core/neighbour: squares that share sides, corners, nothing; parts of one unit; a unit that GEOS refuses */
#include "../../src/core/territory/neighbour.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

static TbState *state;
static double no_srid = 0;

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
	CHECK(tb_neighbour_pairs(&bag, &work, &pairs, &n, &unit) == TB_CORRUPT, what);
	tb_neighbour_close(&work);
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
	CHECK(tb_neighbour_pairs(&bag, &work, &pairs, &n, &unit) == TB_OK && n == 5, "two pairs in both directions and an island");
	a = bag.row_id[0][0];
	b = bag.row_id[0][1];
	d = bag.row_id[0][4];
	CHECK(n == 5 && pairs[0].a == a && pairs[0].b == b && pairs[0].length == 4, "both parts of b along a");
	CHECK(n == 5 && pairs[2].a == b && pairs[2].length == 0, "a corner has no length");
	CHECK(n == 5 && pairs[4].a == d && pairs[4].b == TB_NO_ID, "the island");
	tb_neighbour_close(&work);

	add(&geos, "e", "POLYGON((0 0,2 2,2 0,0 2,0 0))");
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(tb_neighbour_pairs(&bag, &second, &pairs, &n, &unit) == TB_INVALID && bag.id[unit].text[0] == 'e' && second.geos.message[0],
		  "an invalid unit is named");
	tb_neighbour_close(&second);
	second = (TbNeighbourWork){0};
	state = tb_bag_new(&tb_neighbour, &no_srid, 1);
	add(&geos, "e", "POLYGON((0 0,2 2,2 0,0 2,0 0))");
	(void)tb_bag_view(&tb_neighbour, state, &bag);
	CHECK(tb_neighbour_pairs(&bag, &second, &pairs, &n, &unit) == TB_INVALID, "also where it is the only one");
	tb_neighbour_close(&second);
	forged("0g", "one digit of a byte");
	forged("g0", "the other");
	forged("0", "half a byte");
	forged("00", "no geometry");
	tb_geos_close(&geos);
	return unit_done();
}
