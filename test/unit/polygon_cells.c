/* unit test of core/polygon_cells: by hand, against the share of each rectangle, a tiling that adds up, limits */
#include "../../src/core/territory/polygon_cells.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

#define SIDE 24

typedef struct Seen {
	double share[SIDE][SIDE];
	size_t n;
	int32_t x, y;
	bool ordered;
} Seen;

static void see(void *to, int32_t x, int32_t y, double share)
{
	Seen *s = to;

	s->ordered &= s->n == 0 || y > s->y || (y == s->y && x > s->x);
	s->n++;
	s->x = x;
	s->y = y;
	if (x >= 0 && x < SIDE && y >= 0 && y < SIDE)
		s->share[y][x] += share;
}

/* A ring of points, anticlockwise, as edges */
static size_t ring(const double *xy, size_t n, TbEdge *edge)
{
	for (size_t i = 0; i < n; i++) {
		const double *a = xy + 2 * i, *b = xy + 2 * ((i + 1) % n);

		edge[i] = (TbEdge){a[0], a[1], b[0], b[1]};
	}
	return n;
}

static TbStatus cells(const TbEdge *edge, size_t n, double size, Seen *seen)
{
	TbCellGrid grid = {0, 0, size};

	*seen = (Seen){.ordered = true};
	return tb_polygon_cells(edge, n, &grid, see, seen);
}

/* As plain WKB, for the share of one rectangle */
static TbWkb wkb_of(const double *xy, uint32_t n)
{
	TbWkb wkb = {.data = tb_alloc(13 + (size_t)(n + 1) * 16), .type = TB_WKB_POLYGON};
	uint32_t type = TB_WKB_POLYGON, rings = 1, points = n + 1;
	unsigned char *at = wkb.data;

	*at = 1;
	memcpy(at + 1, &type, 4);
	memcpy(at + 5, &rings, 4);
	memcpy(at + 9, &points, 4);
	memcpy(at + 13, xy, n * 16);
	memcpy(at + 13 + n * 16, xy, 16);
	wkb.size = 13 + (n + 1) * 16;
	return wkb;
}

static double apart(const double *xy, uint32_t n, const Seen *seen)
{
	TbWkb wkb = wkb_of(xy, n);
	TbClipPolygon zone;
	double most = 0;

	(void)tb_clip_polygon_build(&wkb, &zone);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			most = fmax(most, fabs(seen->share[y][x] - tb_clip_polygon_share(&zone, (TbBox){x, y, x + 1, y + 1})));
	return most;
}

static void check_star(void)
{
	double star[64];
	TbEdge edge[32];
	Seen seen;

	for (int i = 0; i < 32; i++) {
		double r = i % 2 ? 11.3 : 3.7;

		star[2 * i] = 12.1 + r * cos(i * M_PI / 16);
		star[2 * i + 1] = 11.8 + r * sin(i * M_PI / 16);
	}
	CHECK(cells(edge, ring(star, 32, edge), 1, &seen) == TB_OK && seen.ordered, "a star, row by row");
	CHECK(apart(star, 32, &seen) < 1e-13, "as the share of each rectangle");
}

/* Triangles of a fan around one point: together they cover a square */
static void check_tiling(void)
{
	const double corner[] = {1, 1, 22, 1, 22, 22, 1, 22};
	double sum[SIDE][SIDE] = {{0}};
	bool whole = true;
	Seen seen;

	for (int i = 0; i < 4; i++) {
		double triangle[6] = {7.3, 13.9, corner[2 * i], corner[2 * i + 1], corner[2 * ((i + 1) % 4)], corner[2 * ((i + 1) % 4) + 1]};
		TbEdge edge[3];

		(void)cells(edge, ring(triangle, 3, edge), 1, &seen);
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++)
				sum[y][x] += seen.share[y][x];
	}
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			whole &= fabs(sum[y][x] - (x >= 1 && x < 22 && y >= 1 && y < 22)) < 1e-14;
	CHECK(whole, "parts of a square add up to its cells");
}

int main(void)
{
	const double box[] = {2, 3, 5, 3, 5, 7, 2, 7}, tenths[] = {0, 0, 0.3, 0, 0.3, 0.7, 0, 0.7}, half[] = {0.5, 0.5, 2.5, 0.5, 2.5, 1.5, 0.5, 1.5};
	TbEdge edge[8];
	Seen seen;
	size_t n;

	CHECK(cells(edge, ring(box, 4, edge), 1, &seen) == TB_OK && seen.n == 12 && seen.share[3][2] == 1 && seen.share[6][4] == 1,
		  "whole cells, exactly 1");
	CHECK(cells(edge, ring(tenths, 4, edge), 0.1, &seen) == TB_OK && seen.n == 21 && seen.share[6][2] == 1,
		  "no slivers where the size is no binary fraction");
	CHECK(cells(edge, ring(half, 4, edge), 1, &seen) == TB_OK && seen.n == 6 && seen.share[0][1] == 0.5 && seen.share[1][2] == 0.25,
		  "halves and quarters");
	n = ring((double[]){0, 0, 6, 0, 6, 6, 0, 6}, 4, edge);
	n += ring((double[]){2, 2, 2, 4, 4, 4, 4, 2}, 4, edge + n);
	CHECK(cells(edge, n, 1, &seen) == TB_OK && seen.n == 32 && seen.share[2][2] == 0 && seen.share[2][4] == 1, "a hole, clockwise");
	CHECK(cells(edge, ring((double[]){0, 0, 1e12, 0, 1e12, 1}, 3, edge), 1, &seen) == TB_OUT_OF_RANGE, "columns beyond int");
	CHECK(cells(edge, ring((double[]){0, 0, 1e9, 0, 1e9, 1}, 3, edge), 1, &seen) == TB_TOO_LARGE, "more columns than memory is for");
	CHECK(cells(edge, ring((double[]){-1e6, 0, -5e5, 0, -5e5, 1e6, -1e6, 1e6}, 4, edge), 1, &seen) == TB_TOO_LARGE && seen.n == 0,
		  "more cells than anybody wants");
	CHECK(cells(edge, 0, 1, &seen) == TB_OK && seen.n == 0, "nothing");
	check_star();
	check_tiling();
	return unit_done();
}
