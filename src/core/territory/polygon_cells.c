/* polygon_cells.c -- from edges to shares of cells, row by row */
#include "polygon_cells.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/sort_order.h"

#define NOISE 1e-14 /* of a cell */

/* One row at work: what its edges add to their own column and to all west of it */
typedef struct Row {
	int32_t west; /* column 0 of the arrays */
	TbDd *rise;
	double *own;
	uint32_t first, last; /* columns touched; first > last: none */
} Row;

/* In cells; a coordinate within rounding of a line of the grid lies on it */
static double in_cells(double coordinate, double origin, double size)
{
	double cells = (coordinate - origin) / size, line = rint(cells);

	return fabs(cells - line) <= 4 * DBL_EPSILON * fmax(fabs(coordinate), fabs(origin)) / size ? line : cells;
}

static TbEdge *edges_in_cells(const TbEdge *edge, size_t *n, const TbCellGrid *grid, TbBox *box)
{
	TbEdge *cells = tb_alloc((*n + 1) * sizeof(TbEdge));
	size_t kept = 0;

	*box = (TbBox){INFINITY, INFINITY, -INFINITY, -INFINITY};
	for (size_t i = 0; i < *n; i++, tb_step()) {
		TbEdge e = {in_cells(edge[i].x0, grid->origin_x, grid->size), in_cells(edge[i].y0, grid->origin_y, grid->size),
					in_cells(edge[i].x1, grid->origin_x, grid->size), in_cells(edge[i].y1, grid->origin_y, grid->size)};

		if (e.y0 == e.y1)
			continue;
		cells[kept++] = e;
		*box = (TbBox){fmin(box->x0, fmin(e.x0, e.x1)), fmin(box->y0, fmin(e.y0, e.y1)), fmax(box->x1, fmax(e.x0, e.x1)),
					   fmax(box->y1, fmax(e.y0, e.y1))};
	}
	*n = kept;
	return cells;
}

static void add_piece(Row *row, double middle, uint32_t column, double from, double to)
{
	TbDd rise = tb_two_sum(to, -from);

	row->rise[column] = tb_dd_add(row->rise[column], rise);
	row->own[column] += (middle - row->west - column) * rise.hi;
	row->first = column < row->first ? column : row->first;
	row->last = column > row->last ? column : row->last;
}

/* A piece within one row, y from the row's foot: cut where it passes from column to column, in the order of its run */
static void add_run(Row *row, double xa, double ya, double xb, double yb)
{
	int way = xb > xa ? 1 : -1;
	double slope = xb == xa ? 0 : (yb - ya) / (xb - xa), x = xa, y = ya;

	while (x != xb) {
		double line = way > 0 ? floor(x) + 1 : ceil(x) - 1, next = way > 0 ? fmin(line, xb) : fmax(line, xb);
		double to = next == xb ? yb : ya + (next - xa) * slope;

		to = yb > ya ? fmin(fmax(to, y), yb) : fmax(fmin(to, y), yb);
		add_piece(row, (x + next) / 2, (uint32_t)((way > 0 ? floor(x) : line) - row->west), y, to);
		x = next;
		y = to;
		tb_step();
	}
	if (xa == xb)
		add_piece(row, xa, (uint32_t)(floor(xa) - row->west), ya, yb);
}

/* The part of an edge in the row from `foot` to foot + 1 */
static void add_edge(Row *row, const TbEdge *e, double foot)
{
	double ya = fmin(fmax(e->y0 - foot, 0), 1), yb = fmin(fmax(e->y1 - foot, 0), 1), rise = e->y1 - e->y0, run = e->x1 - e->x0;
	double low = fmin(e->x0, e->x1), high = fmax(e->x0, e->x1);
	double xa = e->x0 + run * ((ya - (e->y0 - foot)) / rise), xb = e->x1 - run * ((e->y1 - foot - yb) / rise);

	if (ya != yb)
		add_run(row, fmin(fmax(xa, low), high), ya, fmin(fmax(xb, low), high), yb);
}

/* From west to east: what rises east of a column is what falls west of it and in it */
static void emit(Row *row, int32_t y, TbCellVisit visit, void *to)
{
	TbDd west = {0, 0};

	for (uint32_t c = row->first; c <= row->last && row->first <= row->last; c++, tb_step()) {
		double share;

		west = tb_dd_add(west, row->rise[c]);
		share = row->own[c] == 0 ? -tb_dd_value(west) : tb_dd_value(tb_dd_sub(tb_dd(row->own[c]), west));
		if (share > NOISE)
			visit(to, row->west + (int32_t)c, y, fmin(share, 1));
		row->rise[c] = (TbDd){0, 0};
		row->own[c] = 0;
	}
	row->first = UINT32_MAX;
	row->last = 0;
}

static void walk_rows(const TbEdge *edge, size_t n, Row *row, TbCellVisit visit, void *to)
{
	double *foot = tb_alloc(n * sizeof(double)), y = 0;
	size_t *order, *active = tb_alloc(n * sizeof(size_t)), next = 0, live = 0;

	for (size_t i = 0; i < n; i++, tb_step())
		foot[i] = floor(fmin(edge[i].y0, edge[i].y1));
	order = tb_sort_order(foot, n);
	for (; next < n || live > 0; y++) {
		size_t kept = 0;

		if (live == 0)
			y = foot[order[next]];
		for (; next < n && foot[order[next]] == y; next++)
			active[live++] = order[next];
		for (size_t k = 0; k < live; k++, tb_step()) {
			const TbEdge *e = edge + active[k];

			add_edge(row, e, y);
			if (fmax(e->y0, e->y1) > y + 1)
				active[kept++] = active[k];
		}
		live = kept;
		emit(row, (int32_t)y, visit, to);
	}
	tb_free(foot);
	tb_free(order);
	tb_free(active);
}

/* In cells: Green's theorem, from the corner of the box, so that far from the origin nothing is lost */
static double area_of(const TbEdge *edge, size_t n, const TbBox *box)
{
	double area = 0;

	for (size_t i = 0; i < n; i++, tb_step())
		area += ((edge[i].x0 - box->x0) + (edge[i].x1 - box->x0)) / 2 * (edge[i].y1 - edge[i].y0);
	return area;
}

TbStatus tb_polygon_cells(const TbEdge *edge, size_t n, const TbCellGrid *grid, TbCellVisit visit, void *to)
{
	TbBox box;
	TbEdge *cells = edges_in_cells(edge, &n, grid, &box);
	double columns = floor(box.x1) - floor(box.x0) + 1;
	Row row = {.first = UINT32_MAX};

	if (n == 0)
		return TB_OK;
	if (!(fmax(fmax(fabs(box.x0), fabs(box.x1)), fmax(fabs(box.y0), fabs(box.y1))) < INT32_MAX))
		return TB_OUT_OF_RANGE;
	if (columns > TB_POLYGON_COLUMNS || area_of(cells, n, &box) > INT32_MAX)
		return TB_TOO_LARGE;
	row.west = (int32_t)floor(box.x0);
	row.rise = tb_alloc_zero((size_t)columns, sizeof(TbDd));
	row.own = tb_alloc_zero((size_t)columns, sizeof(double));
	walk_rows(cells, n, &row, visit, to);
	tb_free(row.rise);
	tb_free(row.own);
	tb_free(cells);
	return TB_OK;
}
