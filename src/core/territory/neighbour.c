/* neighbour.c -- pairs of units that touch, through GEOS's STRtree and prepared geometries */
#include "neighbour.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

bool tb_neighbour_params_ok(const double *param, uint64_t n)
{
	return (n == 1 || n == 2) && tb_is_choice(param[0], INT32_MAX) && (n == 1 || (param[1] >= 0 && isfinite(param[1])));
}

double tb_neighbour_tolerance(const TbBag *bag)
{
	return bag->params > 1 ? bag->param[1] : 0;
}

TB_BAG_KIND(tb_neighbour, "neighbour_state", TB_SHAPE_NEIGHBOUR, 2, 0, 0, 0, tb_neighbour_params_ok, 0)

char *tb_neighbour_hex(const TbWkb *wkb)
{
	char *hex = tb_alloc(wkb->size * 2);

	for (size_t i = 0; i < wkb->size; i++, tb_step()) {
		hex[2 * i] = "0123456789abcdef"[wkb->data[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[wkb->data[i] & 15];
	}
	return hex;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Anybody may have made the state: the bytes are checked again */
static TbStatus from_hex(TbId hex, TbWkb *wkb)
{
	unsigned char *bytes = tb_alloc(hex.length / 2 + 1);
	TbStatus status = hex.length % 2 ? TB_CORRUPT : TB_OK;

	for (uint32_t i = 0; i + 1 < hex.length && status == TB_OK; i += 2) {
		int high = digit(hex.text[i]), low = digit(hex.text[i + 1]);

		if (high < 0 || low < 0)
			status = TB_CORRUPT;
		else
			bytes[i / 2] = high << 4 | low;
	}
	wkb->data = NULL;
	if (status == TB_OK)
		status = tb_wkb_plane(bytes, hex.length / 2, wkb);
	tb_free(bytes);
	return status;
}

void tb_neighbour_close(TbNeighbourWork *work)
{
	GEOSContextHandle_t handle = work->geos.handle;

	if (!handle)
		return;
	if (work->prepared)
		GEOSPreparedGeom_destroy_r(handle, work->prepared);
	if (work->tree)
		GEOSSTRtree_destroy_r(handle, work->tree);
	for (size_t i = 0; i < work->n; i++, tb_step()) {
		if (work->geometry[i])
			GEOSGeom_destroy_r(handle, work->geometry[i]);
		if (work->boundary[i])
			GEOSGeom_destroy_r(handle, work->boundary[i]);
	}
	tb_geos_close(&work->geos);
}

static TbStatus read_geometries(const TbBag *bag, TbNeighbourWork *work, uint32_t *unit)
{
	work->geometry = tb_alloc_zero(bag->rows, sizeof(GEOSGeometry *));
	work->boundary = tb_alloc_zero(bag->rows, sizeof(GEOSGeometry *));
	for (size_t i = 0; i < bag->rows; i++) {
		TbWkb wkb;
		TbStatus status = from_hex(bag->id[bag->row_id[1][i]], &wkb);

		*unit = bag->row_id[0][i];
		if (status != TB_OK)
			return TB_CORRUPT;
		work->n = i + 1;
		work->geometry[i] = tb_geos_read(&work->geos, &wkb);
		tb_free(wkb.data);
		if (!work->geometry[i])
			return TB_INVALID;
		status = tb_geos_valid(&work->geos, work->geometry[i]);
		if (status != TB_OK)
			return status;
		tb_tick();
	}
	return TB_OK;
}

typedef struct Found {
	uint32_t *row;
	size_t n;
} Found;

static void found(void *item, void *state)
{
	Found *f = state;

	f->row[f->n++] = *(uint32_t *)item;
}

static GEOSGeometry *boundary_of(TbNeighbourWork *work, size_t i)
{
	if (!work->boundary[i])
		work->boundary[i] = GEOSBoundary_r(work->geos.handle, work->geometry[i]);
	return work->boundary[i];
}

/* Of what two lines have in common; NaN where GEOS fails */
static double common_length(TbNeighbourWork *work, const GEOSGeometry *a, const GEOSGeometry *b)
{
	GEOSGeometry *common = a && b ? GEOSIntersection_r(work->geos.handle, a, b) : NULL;
	double length = NAN;

	if (!common)
		return NAN;
	if (!GEOSLength_r(work->geos.handle, common, &length))
		length = NAN;
	GEOSGeom_destroy_r(work->geos.handle, common);
	return length;
}

/* With the vertices of each brought onto the other where they are no further apart than the tolerance, so that a gap or an overlap is none */
static double snapped_length(TbNeighbourWork *work, const GEOSGeometry *a, const GEOSGeometry *b, double tolerance)
{
	GEOSContextHandle_t handle = work->geos.handle;
	GEOSGeometry *near_b = a && b ? GEOSSnap_r(handle, a, b, tolerance) : NULL, *near_a = near_b ? GEOSSnap_r(handle, b, near_b, tolerance) : NULL;
	double length = near_a ? common_length(work, near_b, near_a) : NAN;

	if (near_a)
		GEOSGeom_destroy_r(handle, near_a);
	if (near_b)
		GEOSGeom_destroy_r(handle, near_b);
	return length;
}

static double boundary_length(TbNeighbourWork *work, size_t i, size_t j, double tolerance)
{
	const GEOSGeometry *a = boundary_of(work, i), *b = boundary_of(work, j);

	return tolerance > 0 ? snapped_length(work, a, b, tolerance) : common_length(work, a, b);
}

typedef struct PairList {
	TbNeighbourPair *pair;
	size_t n, room;
} PairList;

static void add_pair(PairList *list, uint32_t a, uint32_t b, double length)
{
	if (list->n == list->room) {
		TbNeighbourPair *larger = tb_alloc((list->room * 2 + 64) * sizeof(TbNeighbourPair));

		memcpy(larger, list->pair, list->n * sizeof(TbNeighbourPair));
		tb_free(list->pair);
		list->pair = larger;
		list->room = list->room * 2 + 64;
	}
	list->pair[list->n++] = (TbNeighbourPair){a, b, length};
}

/* Rows whose boxes come within the tolerance of that of row i */
static bool query(TbNeighbourWork *work, size_t i, double tolerance, Found *candidates)
{
	GEOSContextHandle_t handle = work->geos.handle;
	const GEOSGeometry *g = work->geometry[i];
	GEOSCoordSequence *corners;
	GEOSGeometry *diagonal;
	double x0, y0, x1, y1;

	candidates->n = 0;
	if (tolerance == 0) {
		GEOSSTRtree_query_r(handle, work->tree, g, found, candidates);
		return true;
	}
	if (GEOSisEmpty_r(handle, g) == 1)
		return true;
	if (!GEOSGeom_getXMin_r(handle, g, &x0) || !GEOSGeom_getYMin_r(handle, g, &y0) || !GEOSGeom_getXMax_r(handle, g, &x1) ||
		!GEOSGeom_getYMax_r(handle, g, &y1))
		return false;
	corners = GEOSCoordSeq_create_r(handle, 2, 2);
	/* outward by an ulp more than the tolerance, whatever the additions round to */
	if (!corners || !GEOSCoordSeq_setXY_r(handle, corners, 0, nextafter(x0 - tolerance, -INFINITY), nextafter(y0 - tolerance, -INFINITY)) ||
		!GEOSCoordSeq_setXY_r(handle, corners, 1, nextafter(x1 + tolerance, INFINITY), nextafter(y1 + tolerance, INFINITY)))
		return false;
	diagonal = GEOSGeom_createLineString_r(handle, corners);
	if (!diagonal)
		return false;
	GEOSSTRtree_query_r(handle, work->tree, diagonal, found, candidates);
	GEOSGeom_destroy_r(handle, diagonal);
	return true;
}

static char meets(TbNeighbourWork *work, size_t j, double tolerance)
{
	if (tolerance > 0)
		return GEOSPreparedDistanceWithin_r(work->geos.handle, work->prepared, work->geometry[j], tolerance);
	return GEOSPreparedIntersects_r(work->geos.handle, work->prepared, work->geometry[j]);
}

/* Neighbours of one row among the later ones, so that each pair of rows is met once */
static TbStatus neighbours_of(const TbBag *bag, TbNeighbourWork *work, size_t i, double tolerance, Found *candidates, PairList *list)
{
	const uint32_t *unit = bag->row_id[0];
	GEOSContextHandle_t handle = work->geos.handle;
	TbStatus status = TB_OK;

	if (!query(work, i, tolerance, candidates))
		return TB_INVALID;
	work->prepared = GEOSPrepare_r(handle, work->geometry[i]);
	if (!work->prepared)
		return TB_INVALID;
	for (size_t k = 0; k < candidates->n && status == TB_OK; k++) {
		uint32_t j = candidates->row[k];
		char touches = j <= i || unit[i] == unit[j] ? 0 : meets(work, j, tolerance);
		double length = touches == 1 ? boundary_length(work, i, j, tolerance) : 0;

		if (touches == 2 || isnan(length))
			status = TB_INVALID;
		else if (touches == 1) {
			add_pair(list, unit[i], unit[j], length);
			add_pair(list, unit[j], unit[i], length);
		}
		tb_tick();
	}
	GEOSPreparedGeom_destroy_r(handle, work->prepared);
	work->prepared = NULL;
	return status;
}

static bool before(const void *context, size_t a, size_t b)
{
	const TbNeighbourPair *pair = context;

	if (pair[a].a != pair[b].a)
		return pair[a].a < pair[b].a;
	if (pair[a].b != pair[b].b)
		return pair[a].b < pair[b].b;
	return pair[a].length < pair[b].length;
}

/* The unit whose first row is i, all its areas together: points and lines have no width to lose */
static TbStatus note_small(const TbBag *bag, TbNeighbourWork *work, size_t i, double tolerance)
{
	GEOSContextHandle_t handle = work->geos.handle;
	TbBox box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

	for (size_t k = i; k < bag->rows && bag->row_id[0][k] == bag->row_id[0][i]; k++, tb_step()) {
		const GEOSGeometry *g = work->geometry[k];
		TbBox part;

		if (GEOSGeom_getDimensions_r(handle, g) < 2 || GEOSisEmpty_r(handle, g) == 1)
			continue;
		if (!GEOSGeom_getXMin_r(handle, g, &part.x0) || !GEOSGeom_getYMin_r(handle, g, &part.y0) || !GEOSGeom_getXMax_r(handle, g, &part.x1) ||
			!GEOSGeom_getYMax_r(handle, g, &part.y1))
			return TB_INVALID;
		box = (TbBox){fmin(box.x0, part.x0), fmin(box.y0, part.y0), fmax(box.x1, part.x1), fmax(box.y1, part.y1)};
	}
	if (box.x0 <= box.x1 && fmin(box.x1 - box.x0, box.y1 - box.y0) <= 2 * tolerance && work->small++ == 0)
		work->example = bag->row_id[0][i];
	return TB_OK;
}

/* A part given twice, as by a join with a table of years, is one part: rows are sorted, so it stands beside itself */
static bool repeated(const TbBag *bag, size_t i)
{
	return i > 0 && bag->row_id[0][i] == bag->row_id[0][i - 1] && bag->row_id[1][i] == bag->row_id[1][i - 1];
}

/* Sorted, parts of the same two units added up, units without neighbours put in */
static void arrange(const TbBag *bag, const PairList *list, TbNeighbourPair **pairs, size_t *n)
{
	size_t *order = tb_sort_order_by(list->n, before, list->pair), at = 0;

	*pairs = tb_alloc((list->n + bag->rows) * sizeof(TbNeighbourPair));
	*n = 0;
	for (size_t i = 0; i < bag->rows; i++, tb_step()) {
		uint32_t unit = bag->row_id[0][i];

		if (i > 0 && unit == bag->row_id[0][i - 1])
			continue;
		if (at == list->n || list->pair[order[at]].a != unit)
			(*pairs)[(*n)++] = (TbNeighbourPair){unit, TB_NO_ID, NAN};
		for (; at < list->n && list->pair[order[at]].a == unit; at++) {
			TbNeighbourPair pair = list->pair[order[at]], *last = *pairs + *n - 1;

			if (*n > 0 && last->a == pair.a && last->b == pair.b)
				last->length += pair.length;
			else
				(*pairs)[(*n)++] = pair;
		}
	}
	tb_free(order);
}

TbStatus tb_neighbour_pairs(const TbBag *bag, double tolerance, TbNeighbourWork *work, TbNeighbourPair **pairs, size_t *n, uint32_t *unit)
{
	uint32_t *row = tb_alloc(bag->rows * sizeof(uint32_t));
	Found candidates = {tb_alloc(bag->rows * sizeof(uint32_t)), 0};
	PairList list = {tb_alloc(64 * sizeof(TbNeighbourPair)), 0, 64};
	TbStatus status;

	tb_geos_open(&work->geos);
	status = read_geometries(bag, work, unit);
	if (status == TB_OK) {
		work->tree = GEOSSTRtree_create_r(work->geos.handle, 10);
		for (size_t i = 0; i < bag->rows; i++, tb_step()) {
			row[i] = i;
			if (!repeated(bag, i) && GEOSisEmpty_r(work->geos.handle, work->geometry[i]) == 0)
				GEOSSTRtree_insert_r(work->geos.handle, work->tree, work->geometry[i], row + i);
		}
	}
	for (size_t i = 0; i < bag->rows && status == TB_OK; i++) {
		*unit = bag->row_id[0][i];
		if (repeated(bag, i))
			continue;
		if (tolerance > 0 && (i == 0 || bag->row_id[0][i] != bag->row_id[0][i - 1]))
			status = note_small(bag, work, i, tolerance);
		if (status == TB_OK)
			status = neighbours_of(bag, work, i, tolerance, &candidates, &list);
	}
	if (status == TB_OK)
		arrange(bag, &list, pairs, n);
	tb_free(row);
	tb_free(candidates.row);
	tb_free(list.pair);
	return status;
}
