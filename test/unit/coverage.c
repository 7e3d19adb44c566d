/* unit test of core/coverage: shares, merging, limits that differ, forged states */
#include "../../src/core/territory/coverage.h"

#include "../../src/core/base/host.h"
#include "unit.h"

int main(void)
{
	TbState *a = tb_coverage_new(500, 1000), *b = tb_coverage_new(500, 1000), *other = tb_coverage_new(400, 400);
	double percent;

	CHECK(tb_coverage_percent(a, &percent) == TB_UNDEFINED, "nobody, no share");
	tb_coverage_add(a, 30, TB_REACHED);
	tb_coverage_add(a, 50, TB_NOT_REACHED);
	tb_coverage_add(b, 20, TB_REACH_UNKNOWN);
	CHECK(tb_coverage_shape.merge(&a, b) == TB_OK && tb_coverage_percent(a, &percent) == TB_OK && percent == 30,
		  "30 of 100, unknown counts as not reached");
	CHECK(tb_state_doubles(a)[6] == 20 && tb_state_doubles(a)[4] == 100, "20 of them unknown");
	CHECK(tb_coverage_shape.merge(&a, other) == TB_MISMATCH, "other limits do not merge");
	CHECK(!tb_coverage_same(a, 500, 999) && !tb_coverage_same(a, 499, 1000) && tb_coverage_same(a, 500, 1000), "nor such as share one");
	CHECK(tb_coverage_shape.check(a) == TB_OK, "a state passes its check");
	tb_state_doubles(a)[2] = -1;
	CHECK(tb_coverage_shape.check(a) == TB_CORRUPT, "negative sum");
	tb_state_doubles(a)[2] = NAN;
	CHECK(tb_coverage_shape.check(a) == TB_CORRUPT, "no number");
	a->words = 4;
	CHECK(tb_coverage_shape.check(a) == TB_CORRUPT, "too short");
	CHECK(tb_coverage_add(other, 1.7e308, TB_REACHED) == TB_OK && tb_coverage_add(other, 1.7e308, TB_REACHED) == TB_OUT_OF_RANGE &&
			  tb_coverage_shape.check(other) == TB_OK,
		  "a sum that overflows is refused before it is kept");
	tb_coverage_add(b, 1e17, TB_REACHED);
	tb_coverage_add(b, 9, TB_REACHED);
	CHECK(tb_state_doubles(b)[2] == 1e17 + 16 && tb_state_doubles(b)[3] == -7 && tb_coverage_shape.check(b) == TB_OK,
		  "a low part below 0 is none too little");
	CHECK(tb_coverage_add(b, 1.7e308, TB_NOT_REACHED) == TB_OK && tb_coverage_add(b, 1.7e308, TB_NOT_REACHED) == TB_OUT_OF_RANGE &&
			  tb_coverage_shape.check(b) == TB_OK,
		  "no sum becomes infinite");
	tb_state_doubles(b)[1] = -1;
	CHECK(tb_coverage_shape.check(b) == TB_CORRUPT, "a negative limit");
	tb_state_doubles(b)[1] = 1000;
	tb_state_doubles(b)[3] = 9;
	CHECK(tb_coverage_shape.check(b) == TB_CORRUPT, "a sum that is not normal");
	tb_state_doubles(b)[3] = -7;
	b->flags = 1;
	CHECK(tb_coverage_shape.check(b) == TB_CORRUPT, "flags");
	b->flags = 0;
	b->bytes = 8;
	CHECK(tb_coverage_shape.check(b) == TB_CORRUPT, "bytes that it has not");
	tb_free(a);
	tb_free(b);
	tb_free(other);
	return unit_done();
}
