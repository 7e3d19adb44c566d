/* unit test of core/projection: a Leslie matrix by hand, movers, what has no destination, units */
#include "../../src/core/territory/projection.h"

#include <string.h>

#include "unit.h"

typedef struct Row {
	const char *from, *to;
	double rate, population;
} Row;

static const double steps[1] = {3};

static TbStatus table_of(size_t n, const Row *row, TbProjectionTable *t, uint32_t *fault)
{
	TbState *state = tb_bag_new(&tb_projection_kind, steps, 1);
	static TbBag bag;

	for (size_t i = 0; i < n; i++) {
		TbId id[2] = {{row[i].from, (uint32_t)strlen(row[i].from)}, {NULL, 0}};

		if (row[i].to)
			id[1] = (TbId){row[i].to, (uint32_t)strlen(row[i].to)};
		(void)tb_bag_add(&tb_projection_kind, &state, id, &row[i].rate);
	}
	return tb_bag_view(&tb_projection_kind, state, &bag) == TB_OK ? tb_projection_table(&bag, t, fault) : TB_UNDEFINED;
}

int main(void)
{
	/* young, adult, old; adults have 0.6 children; a tenth of the adults leave for town; the old die out */
	const Row rows[] = {{"1 young", "2 adult", 0.9, 100}, {"2 adult", "3 old", 0.7, 200}, {"2 adult", "1 young", 0.6, 200},
						{"2 adult", "town", 0.1, 200},    {"3 old", NULL, 0, 50},         {"town", "town", 1, 1000}};
	const Row two[] = {{"a", "b", 1, 5}, {"a", "c", 1, 6}}, twice[] = {{"a", "b", 0.25, 8}, {"a", "b", 0.5, 8}};
	const Row huge[] = {{"a", "a", 1e300, 1e300}}, large[] = {{"a", "b", 1e-250, 1e300}, {"b", "b", 1, 1e299}};
	TbProjectionTable t;
	uint32_t fault = 0;
	double x[4];

	CHECK(table_of(6, rows, &t, &fault) == TB_OK && t.cells == 4 && t.start[2] == 50 && t.start[3] == 1000, "four cells");
	memcpy(x, t.start, sizeof(x));
	CHECK(tb_projection_step(&t, x) == TB_OK && x[0] == 120 && x[1] == 90 && x[2] == 140 && x[3] == 1020, "one step");
	CHECK(tb_projection_step(&t, x) == TB_OK, "another");
	NEAR(x[0], 54, 1e-15, "children of 90");
	NEAR(x[1], 108, 1e-15, "grown up");
	NEAR(x[2], 63, 1e-15, "aged");
	NEAR(x[3], 1029, 1e-15, "moved");
	CHECK(table_of(2, two, &t, &fault) == TB_MISMATCH && fault == 0, "a cell of two populations");
	CHECK(table_of(2, twice, &t, &fault) == TB_OK, "a pair given twice");
	memcpy(x, t.start, 2 * sizeof(double));
	CHECK(tb_projection_step(&t, x) == TB_OK && x[0] == 0 && x[1] == 6, "adds up");
	CHECK(table_of(1, huge, &t, &fault) == TB_OK, "huge");
	x[0] = 1e300;
	CHECK(tb_projection_step(&t, x) == TB_OUT_OF_RANGE, "leaves float8");
	CHECK(table_of(2, large, &t, &fault) == TB_OK, "large");
	memcpy(x, t.start, 2 * sizeof(double));
	CHECK(tb_projection_step(&t, x) == TB_OK && x[1] == 1e299 + 1e50, "stays");
	CHECK(table_of(0, huge, &t, &fault) == TB_UNDEFINED, "nothing");
	CHECK(tb_projection_params_ok(steps, 1) && !tb_projection_params_ok((double[]){0}, 1) && !tb_projection_params_ok((double[]){1.5}, 1) &&
			  !tb_projection_params_ok((double[]){1e6}, 1),
		  "parameters are checked");
	return unit_done();
}
