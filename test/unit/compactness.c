/* unit test of core/compactness: a square, a rectangle, a hole, no area, not valid */
#include "../../src/core/territory/compactness.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

/* Rings of four corners */
static TbWkb polygon(uint32_t rings, const double *xy)
{
	TbWkb wkb = {.data = tb_alloc(512), .type = TB_WKB_POLYGON};
	uint32_t type = TB_WKB_POLYGON, points = 5;
	unsigned char *at = wkb.data;

	*at++ = 1;
	memcpy(at, &type, 4);
	memcpy(at + 4, &rings, 4);
	at += 8;
	for (uint32_t i = 0; i < rings; i++, xy += 8) {
		memcpy(at, &points, 4);
		memcpy(at + 4, xy, 64);
		memcpy(at + 68, xy, 16);
		at += 84;
	}
	wkb.size = (size_t)(at - wkb.data);
	return wkb;
}

int main(void)
{
	const double square[] = {0, 0, 2, 0, 2, 2, 0, 2}, ring[] = {0, 0, 4, 0, 4, 4, 0, 4, 1, 1, 1, 3, 3, 3, 3, 1}, cross[] = {0, 0, 1, 1, 1, 0, 0, 1};
	double far[8], value;
	TbGeos geos;
	TbWkb wkb = polygon(1, square);

	tb_geos_open(&geos);
	CHECK(tb_compactness(&geos, &wkb, TB_POLSBY_POPPER, &value) == TB_OK, "a square");
	NEAR(value, M_PI / 4, 1e-15, "Polsby-Popper of a square");
	CHECK(tb_compactness(&geos, &wkb, TB_REOCK, &value) == TB_OK, "its circle");
	NEAR(value, 2 / M_PI, 1e-14, "Reock of a square");
	CHECK(tb_compactness(&geos, &wkb, TB_CONVEX_HULL, &value) == TB_OK && value == 1, "it is convex");
	wkb = polygon(2, ring);
	CHECK(tb_compactness(&geos, &wkb, TB_POLSBY_POPPER, &value) == TB_OK, "a ring");
	NEAR(value, 4 * M_PI * 12 / (24 * 24), 1e-15, "whose hole has a boundary");
	CHECK(tb_compactness(&geos, &wkb, TB_CONVEX_HULL, &value) == TB_OK && value == 0.75, "and no area");
	CHECK(tb_compactness(&geos, &wkb, TB_COHESION, &value) == TB_OK && value > 0.7 && value < 0.97,
		  "two points of a ring lie farther apart than in a square");
	wkb = polygon(1, square);
	CHECK(tb_compactness(&geos, &wkb, TB_COHESION, &value) == TB_OK, "a square again");
	NEAR(value, 128 / (45 * pow(M_PI, 1.5)) / ((2 + sqrt(2) + 5 * asinh(1)) / 15), 1e-9, "mean distance of a square");
	for (int i = 0; i < 8; i++)
		far[i] = square[i] * 1e250;
	wkb = polygon(1, far);
	CHECK(tb_compactness(&geos, &wkb, TB_POLSBY_POPPER, &value) == TB_OK && fabs(value - M_PI / 4) < 1e-14, "squares of its sides leave float8");
	CHECK(tb_compactness(&geos, &wkb, TB_COHESION, &value) == TB_OK, "their products too");
	NEAR(value, 128 / (45 * pow(M_PI, 1.5)) / ((2 + sqrt(2) + 5 * asinh(1)) / 15), 1e-9, "cohesion asks for no unit");
	for (int i = 0; i < 8; i++)
		far[i] = square[i] + (i % 2 ? 4.5e6 : 4e5);
	wkb = polygon(1, far);
	CHECK(tb_compactness(&geos, &wkb, TB_COHESION, &value) == TB_OK, "metres of a national grid");
	NEAR(value, 128 / (45 * pow(M_PI, 1.5)) / ((2 + sqrt(2) + 5 * asinh(1)) / 15), 1e-9, "nor for an origin");
	wkb = polygon(1, cross);
	CHECK(tb_compactness(&geos, &wkb, TB_POLSBY_POPPER, &value) == TB_INVALID && geos.message[0], "not valid, and why");
	wkb = polygon(0, square);
	CHECK(tb_compactness(&geos, &wkb, TB_REOCK, &value) == TB_UNDEFINED, "nothing");
	tb_geos_close(&geos);
	return unit_done();
}
