/* replotting.c -- strips of a rectangle, a triangle, a site with a hole */
#include "../../src/core/base/step.h"
#include "../../src/core/share/replotting.h"
#include "unit.h"

static const TbSegment rectangle[4] = {{0, 0, 10, 0}, {10, 0, 10, 5}, {10, 5, 0, 5}, {0, 5, 0, 0}};
static const TbSegment triangle[3] = {{0, 0, 2, 0}, {2, 0, 0, 2}, {0, 2, 0, 0}};
/* a square of 4 with a square hole of 1 in the middle, the hole the other way round */
static const TbSegment holed[8] = {{0, 0, 2, 0},         {2, 0, 2, 2},         {2, 2, 0, 2},         {0, 2, 0, 0},
								   {0.5, 0.5, 0.5, 1.5}, {0.5, 1.5, 1.5, 1.5}, {1.5, 1.5, 1.5, 0.5}, {1.5, 0.5, 0.5, 0.5}};

static void cuts(void)
{
	double area[3] = {10, 15, 25}, cut[4] = {100, 100, 100, 100}, lack = 0;
	double half = 1, two[2] = {30, 21};
	TbSegment flat[2] = {{0, 0, 3, 1}, {3, 1, 0, 0}};

	CHECK(tb_strip_cuts(rectangle, 4, area, 3, cut, &lack) == TB_OK, "rectangle is cut");
	NEAR(cut[0], 2, 1e-14, "first cut");
	NEAR(cut[1], 5, 1e-14, "second cut");
	CHECK(cut[2] == 10, "strips that fill the site end at its edge");
	CHECK(tb_strip_cuts(triangle, 3, &half, 1, cut, &lack) == TB_OK, "triangle is cut");
	NEAR(cut[0], 2 - sqrt(2), 1e-14, "half of a triangle: 2 - sqrt 2 from its upright side");
	CHECK(tb_strip_cuts(rectangle, 4, two, 2, cut, &lack) == TB_INFEASIBLE, "more than there is");
	NEAR(lack, 1, 1e-12, "by how much");
	CHECK(tb_strip_cuts(rectangle, 0, two, 2, cut, &lack) == TB_UNDEFINED, "no site");
	CHECK(tb_strip_cuts(flat, 2, two, 2, cut, &lack) == TB_UNDEFINED, "a site without area");
}

/* Neighbours in memory must not be read: a segment behind the last, a cut before the first */
static void edges(void)
{
	TbSegment behind[5] = {rectangle[0], rectangle[1], rectangle[2], rectangle[3], {0, 0, 1000, 1000}};
	double buffer[3] = {9, 0, 0}, *cut = buffer + 1, lack = 0;
	double nearly[2] = {20, 30 * (1 - 1e-12)}, over[1] = {50 * (1 + 1e-12)}, much[1] = {50 * (1 + 1e-8)}, little[1] = {50 * (1 - 1e-8)};

	CHECK(tb_strip_cuts(behind, 4, nearly, 2, cut, &lack) == TB_OK, "areas a rounding below the site");
	NEAR(cut[0], 4, 1e-14, "first of them");
	CHECK(cut[1] == 10, "the last ends at the edge");
	CHECK(tb_strip_cuts(rectangle, 4, over, 1, cut, &lack) == TB_OK && cut[0] == 10, "areas a rounding above the site");
	CHECK(tb_strip_cuts(rectangle, 4, much, 1, cut, &lack) == TB_INFEASIBLE, "more than a rounding");
	CHECK(tb_strip_cuts(rectangle, 4, little, 1, cut, &lack) == TB_OK && cut[0] < 10, "less than a rounding leaves a strip");
}

int main(void)
{
	TbSegment far[3];

	NEAR(tb_strip_area(rectangle, 4, 4, 0), 20, 1e-15, "part of a rectangle");
	NEAR(tb_strip_area(rectangle, 4, 4, -77), 20, 1e-14, "whatever the level");
	NEAR(tb_strip_area(holed, 8, 2, 0), 3, 1e-15, "a hole counts off");
	NEAR(tb_strip_area(holed, 8, 1, 0), 1.5, 1e-15, "half of it");
	CHECK(tb_strip_area(rectangle, 4, -1, 0) == 0, "nothing left of the site");
	for (int i = 0; i < 3; i++)
		far[i] = (TbSegment){triangle[i].x1 + 480000, triangle[i].y1 + 4200000, triangle[i].x2 + 480000, triangle[i].y2 + 4200000};
	NEAR(tb_strip_area(far, 3, 480001, 4200000), 1.5, 1e-12, "coordinates of a national grid");
	unit_ticks = 0;
	for (int i = 0; i < TB_STEPS; i++)
		tb_strip_area(rectangle, 4, 4, 0);
	CHECK(unit_ticks == 4, "four sides each time add up to ticks");
	cuts();
	edges();
	return unit_done();
}
