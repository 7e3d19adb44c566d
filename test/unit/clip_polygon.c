/* unit test of core/zone: shares of rectangles against areas known by hand, and rectangles that tile a zone add up to it */
#include "../../src/core/territory/clip_polygon.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

/* A polygon of rings given as x, y pairs */
static TbWkb polygon(const double *points, const uint32_t *sizes, uint32_t rings)
{
	TbWkb wkb = {.type = TB_WKB_POLYGON};
	unsigned char *out;
	uint32_t type = TB_WKB_POLYGON;

	wkb.data = out = tb_alloc(100000);
	*out++ = 1;
	memcpy(out, &type, 4);
	memcpy(out + 4, &rings, 4);
	out += 8;
	for (uint32_t i = 0; i < rings; i++) {
		memcpy(out, sizes + i, 4);
		memcpy(out + 4, points, sizes[i] * 16);
		out += 4 + sizes[i] * 16;
		points += sizes[i] * 2;
	}
	wkb.size = out - wkb.data;
	return wkb;
}

static void forget(TbWkb *wkb, TbClipPolygon *zone)
{
	tb_free(wkb->data);
	if (zone->edge)
		tb_free(zone->edge);
	if (zone->n) {
		tb_free(zone->item);
		tb_free(zone->first);
		tb_free(zone->start);
	}
}

int main(void)
{
	double triangle[] = {0, 0, 4, 0, 0, 4, 0, 0};
	double frame[] = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0, 2, 2, 8, 2, 8, 8, 2, 8, 2, 2};
	double low[] = {-5, 0, 5, 0, 5, 0.5, -5, 0.5, -5, 0};
	double star[2 * 401], sum = 0, area = 0;
	uint32_t three[] = {4}, two[] = {5, 5}, one[] = {5}, many[] = {401};
	TbClipPolygon zone;
	TbWkb wkb = polygon(triangle, three, 1);

	CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK, "triangle");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){0, 0, 4, 4}), 0.5, 1e-15, "half of its box");
	CHECK(tb_clip_polygon_share(&zone, (TbBox){0.5, 0.5, 1, 1}) == 1, "a cell inside is exactly 1");
	CHECK(tb_clip_polygon_share(&zone, (TbBox){3, 3, 4, 4}) == 0, "a cell in the box but outside is exactly 0");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){1, 1, 3, 3}), 0.5, 1e-15, "cut along a diagonal");
	CHECK(tb_clip_polygon_share(&zone, (TbBox){4, 0, 5, 1}) == 0, "touching is not overlapping");
	forget(&wkb, &zone);
	for (int i = 0; i < 4; i++) {
		const double size[] = {1e155, 1e300, 1e-170, 1e-300};
		double u = size[i], large[] = {0, 0, 0, 4 * u, 4 * u, 0, 0, 0};

		wkb = polygon(large, three, 1);
		CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK, "the same at a size whose square float8 does not hold, turned round");
		NEAR(tb_clip_polygon_share(&zone, (TbBox){0, 0, 4 * u, 4 * u}), 0.5, 1e-15, "half of its box");
		NEAR(tb_clip_polygon_share(&zone, (TbBox){1 * u, 1 * u, 3 * u, 3 * u}), 0.5, 1e-15, "cut along a diagonal");
		CHECK(tb_clip_polygon_share(&zone, (TbBox){0.5 * u, 0.5 * u, 1 * u, 1 * u}) == 1, "inside");
		CHECK(tb_clip_polygon_share(&zone, (TbBox){3 * u, 3 * u, 4 * u, 4 * u}) == 0, "outside");
		forget(&wkb, &zone);
	}

	for (int back = 0; back < 2; back++) {
		double far[8];

		for (int i = 0; i < 8; i++)
			far[i] = triangle[back ? 6 - i / 2 * 2 + i % 2 : i] + (i % 2 ? 4e6 : 5e5);
		wkb = polygon(far, three, 1);
		CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK, "the same in a national grid, both ways round");
		NEAR(tb_clip_polygon_share(&zone, (TbBox){5e5, 4e6, 5e5 + 4, 4e6 + 4}), 0.5, 1e-9, "half of its box");
		NEAR(tb_clip_polygon_share(&zone, (TbBox){5e5 - 4, 4e6 - 4, 5e5 + 4, 4e6 + 4}), 0.125, 1e-9, "an eighth of four");
		forget(&wkb, &zone);
	}

	/* heights of which a band would have 0 or infinity: every edge is in some band, and the build is defined */
	for (int i = 0; i < 2; i++) {
		double h = i ? 1.7e308 : 5e-324, crown[2 * 21];
		uint32_t points[] = {21};

		for (int k = 0; k <= 20; k++) {
			crown[2 * k] = k % 20 < 10 ? k % 20 : 19 - k % 20;
			crown[2 * k + 1] = (k % 20 < 10) == (k % 2 == 0) ? (i ? -h : 0) : h;
		}
		wkb = polygon(crown, points, 1);
		CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK && zone.n > 8, "a zone of impossible height");
		for (size_t k = 0; k < zone.n; k++)
			CHECK(zone.first[k] < zone.bands, "an edge has its band");
		forget(&wkb, &zone);
	}

	wkb = polygon(frame, two, 2);
	CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK, "square with a hole, shell and hole turned against the rule");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){0, 0, 10, 10}), 0.64, 1e-15, "hole counts off");
	CHECK(tb_clip_polygon_share(&zone, (TbBox){3, 3, 7, 7}) == 0, "inside the hole");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){0, 0, 4, 4}), 0.75, 1e-15, "a corner of the hole");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){-10, -10, 20, 20}), 64.0 / 900, 1e-15, "zone inside the cell");
	forget(&wkb, &zone);

	wkb = polygon(low, one, 1);
	CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK, "a strip");
	NEAR(tb_clip_polygon_share(&zone, (TbBox){0, 0, 1, 1}), 0.5, 1e-15, "only level edges in the cell");
	forget(&wkb, &zone);

	/* a star of 400 edges far from the origin, tiled by 50 x 50 rectangles */
	for (int i = 0; i <= 400; i++) {
		double radius = i % 2 ? 900 : 1000, angle = 2 * M_PI * (i % 400) / 400;

		star[2 * i] = 4e6 + radius * cos(angle);
		star[2 * i + 1] = 3e6 + radius * sin(angle);
		if (i > 0)
			area += ((star[2 * i - 2] - 4e6) * (star[2 * i + 1] - 3e6) - (star[2 * i] - 4e6) * (star[2 * i - 1] - 3e6)) / 2;
	}
	wkb = polygon(star, many, 1);
	CHECK(tb_clip_polygon_build(&wkb, &zone) == TB_OK && zone.bands > 20, "star with bands");
	for (int i = 0; i < 50; i++)
		for (int j = 0; j < 50; j++) {
			double x = 4e6 - 1000 + 40 * i, y = 3e6 - 1000 + 40 * j;

			sum += 1600 * tb_clip_polygon_share(&zone, (TbBox){x, y, x + 40, y + 40});
		}
	NEAR(sum, area, 1e-12, "tiles add up to the area");
	forget(&wkb, &zone);
	return unit_done();
}
