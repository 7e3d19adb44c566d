/* unit test of core/cell_set: growth, negative periods, merge in any form, canonical bytes, forged states */
#include "../../src/core/state/cell_set.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "forged.h"
#include "unit.h"

#define ROWS 5000

static TbState *build(int from, int to, int step)
{
	TbState *state = NULL;

	for (int i = from; i != to; i += step) {
		TbDd sums[TB_EVENT_SUMS] = {tb_dd(i * 0.1), tb_two_product(i * 0.1, i * 0.1)};

		if (tb_cell_add(&state, &tb_event_shape, i % 2, i % 301 - 150, sums) != TB_OK)
			CHECK(false, "a row");
	}
	return state;
}

static bool same(const TbState *a, const TbState *b)
{
	a = tb_event_shape.pack(a);
	b = tb_event_shape.pack(b);
	return a->size == b->size && memcmp(&a->magic, &b->magic, a->size - 4) == 0;
}

static void parameters(void)
{
	static const double want[TB_CELL_PARAMETERS] = {5, 0.5, 2}, other[TB_CELL_PARAMETERS] = {5, 0.5, 3},
						vast[TB_CELL_PARAMETERS] = {INFINITY, 0.5, 2};
	TbState *state = NULL, *packed;
	TbDd sums[TB_GRID_SUMS] = {{1, 0}, {2, 0}};

	CHECK(tb_cell_begin(&state, &tb_grid_shape, want) == TB_OK, "a grid with parameters");
	CHECK(tb_grid_shape.check(tb_grid_shape.pack(state)) == TB_OK, "that may be stored without a cell");
	for (int i = 0; i < 100; i++)
		tb_cell_add(&state, &tb_grid_shape, i, -i, sums);
	packed = tb_grid_shape.pack(state);
	CHECK(memcmp(tb_cell_parameters(packed), want, sizeof(want)) == 0, "they survive growth and packing");
	CHECK(tb_cell_begin(&packed, &tb_grid_shape, other) == TB_MISMATCH, "and must agree");
	CHECK(tb_cell_begin(&packed, &tb_grid_shape, vast) == TB_OUT_OF_RANGE, "and be finite");
	tb_state_doubles(packed)[5 + 2 + 2] = NAN;
	CHECK(tb_grid_shape.check(packed) == TB_CORRUPT, "NaN in a later sum");
	tb_state_doubles(packed)[5 + 2 + 2] = 2;
	tb_state_doubles(packed)[5 + 2 + 3] = 1;
	CHECK(tb_grid_shape.check(packed) == TB_CORRUPT, "parts that overlap");
	tb_state_doubles(packed)[5 + 2 + 3] = 0;
	CHECK(tb_grid_shape.check(packed) == TB_OK, "repaired");
	tb_state_doubles(packed)[3] = INFINITY;
	CHECK(tb_grid_shape.check(packed) == TB_CORRUPT, "an infinite parameter");
}

int main(void)
{
	TbState *whole = build(0, ROWS, 1), *parts = tb_event_shape.pack(build(3000, ROWS, 1)), *packed = tb_event_shape.pack(whole);
	TbDd huge[TB_EVENT_SUMS] = {{1e308, 0}, {0, 0}};
	size_t n;
	TbCell *cell = tb_cells(whole, &n);

	CHECK(n == 602 && cell[0].a == 0 && cell[0].b == -150 && cell[601].a == 1 && cell[601].b == 150, "cells sorted, negative periods first");
	CHECK(tb_event_shape.merge(&parts, build(0, 500, 1)) == TB_OK && tb_event_shape.merge(&parts, tb_event_shape.pack(build(500, 3000, 1))) == TB_OK,
		  "merge");
	cell = tb_cells(parts, &n);
	CHECK(n == 602, "merged cells");
	for (size_t i = 0, m; i < n; i++) {
		TbCell *other = tb_cells(whole, &m);

		if (other[i].n != cell[i].n || tb_cell_sum(other + i, 1).hi != tb_cell_sum(cell + i, 1).hi)
			CHECK(false, "a merged cell");
	}
	CHECK(same(whole, packed), "packing again changes nothing");
	CHECK(tb_event_shape.check(packed) == TB_OK, "packed form is valid");
	CHECK(tb_cell_add(&parts, &tb_event_shape, 0, 0, huge) == TB_OK && tb_cell_add(&parts, &tb_event_shape, 0, 0, huge) == TB_OUT_OF_RANGE,
		  "overflow");
	tb_state_words(packed)[5 + 6] = tb_state_words(packed)[5];
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "a key twice");
	packed = tb_event_shape.pack(whole);
	tb_state_words(packed)[1] = UINT64_MAX / 6;
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "absurdly many cells");
	tb_state_words(packed)[1] = 602;
	tb_state_words(packed)[0] = 7;
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "sums of another shape");
	packed = tb_event_shape.pack(whole);
	tb_state_words(packed)[5 + 1] = 0;
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "a cell of no rows");
	tb_state_words(packed)[5 + 1] = TB_MOST_ROWS + 1;
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "or of too many");
	packed = tb_event_shape.pack(whole);
	refuses_flags_and_bytes(&tb_event_shape, packed);
	packed->words--;
	CHECK(tb_event_shape.check(packed) == TB_CORRUPT, "a word short");
	parameters();
	return unit_done();
}
