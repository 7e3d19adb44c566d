/* projection.c -- a sparse matrix times a vector, step by step, in compensated sums */
#include "projection.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "../state/bag_flows.h"
#include "../state/bag_kinds.h"

enum { SOURCE, DESTINATION };
enum { RATE, POPULATION };

bool tb_projection_params_ok(const double *p, uint64_t n)
{
	return n == 1 && p[0] >= 1 && p[0] <= TB_PROJECTION_STEPS && p[0] == floor(p[0]);
}

TB_BAG_KIND(tb_projection_kind, "projection_state", TB_SHAPE_PROJECTION, 2, 2, 0x2, 0, tb_projection_params_ok, 0)

/* Rows of a bag come by source: those of one cell stand together */
static bool begin(const TbBag *bag, const uint32_t *cell, TbProjectionTable *t, uint32_t *fault)
{
	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		*fault = bag->row_id[SOURCE][r];
		if (r > 0 && bag->row_id[SOURCE][r - 1] == *fault && bag->value[POPULATION][r - 1] != bag->value[POPULATION][r])
			return false;
		t->start[cell[*fault]] = bag->value[POPULATION][r];
	}
	return true;
}

static void fill(const TbBag *bag, const uint32_t *cell, TbProjectionTable *t)
{
	size_t *next = tb_alloc_zero((size_t)t->cells + 1, sizeof(size_t));

	for (size_t r = 0; r < bag->rows; r++, tb_step())
		if (bag->row_id[DESTINATION][r] != TB_NO_ID)
			t->row[cell[bag->row_id[DESTINATION][r]] + 1]++;
	for (uint32_t i = 0; i < t->cells; i++, tb_step()) {
		t->row[i + 1] += t->row[i];
		next[i] = t->row[i];
	}
	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		size_t at;

		if (bag->row_id[DESTINATION][r] == TB_NO_ID)
			continue;
		at = next[cell[bag->row_id[DESTINATION][r]]]++;
		t->from[at] = cell[bag->row_id[SOURCE][r]];
		t->rate[at] = bag->value[RATE][r];
	}
	tb_free(next);
}

TbStatus tb_projection_table(const TbBag *bag, TbProjectionTable *t, uint32_t *fault)
{
	uint32_t *cell, *found = tb_bag_distinct(bag, 1 << SOURCE | 1 << DESTINATION, &t->cells, &cell);

	if (t->cells == 0)
		return TB_UNDEFINED;
	t->id = tb_alloc((size_t)t->cells * sizeof(TbId *));
	for (uint32_t i = 0; i < t->cells; i++, tb_step())
		t->id[i] = &bag->id[found[i]];
	t->start = tb_alloc_zero(t->cells, sizeof(double));
	t->row = tb_alloc_zero((size_t)t->cells + 1, sizeof(size_t));
	t->from = tb_alloc(bag->rows * sizeof(uint32_t));
	t->rate = tb_alloc(bag->rows * sizeof(double));
	if (!begin(bag, cell, t, fault))
		return TB_MISMATCH;
	fill(bag, cell, t);
	tb_free(found);
	tb_free(cell);
	return TB_OK;
}

TbStatus tb_projection_step(const TbProjectionTable *t, double *x)
{
	double *small = tb_alloc(t->cells * sizeof(double)), *rate = tb_alloc((t->row[t->cells] + 1) * sizeof(double));
	int exponent = tb_shrink(x, t->cells, small) + tb_shrink(t->rate, t->row[t->cells], rate);
	TbStatus status = TB_OK;

	for (uint32_t i = 0; i < t->cells; i++, tb_step()) {
		TbDd sum = {0, 0};

		for (size_t k = t->row[i]; k < t->row[i + 1]; k++, tb_step())
			sum = tb_dd_add(sum, tb_two_product(small[t->from[k]], rate[k]));
		x[i] = ldexp(tb_dd_value(sum), exponent);
		if (!isfinite(x[i]))
			status = TB_OUT_OF_RANGE;
	}
	tb_free(small);
	tb_free(rate);
	return status;
}
