/* unit test of core/group_time: one wave is a difference in differences; two waves by hand; what leaves units out */
#include "../../src/core/estimate/group_time.h"

#include <string.h>

#include "samples.h"

typedef struct Row {
	const char *unit;
	double period, y, first;
} Row;

static TbStatus effects_of(const Row *rows, size_t n, TbControls controls, TbGroupTime *r)
{
	double param = controls;
	TbState *state = tb_bag_new(&tb_group_time_kind, &param, 1);
	static TbBag bag;
	uint32_t at;

	for (size_t i = 0; i < n; i++) {
		TbId id = {rows[i].unit, (uint32_t)strlen(rows[i].unit)};

		(void)tb_bag_add(&tb_group_time_kind, &state, &id, (double[]){rows[i].period, rows[i].y, rows[i].first});
	}
	(void)tb_bag_view(&tb_group_time_kind, state, &bag);
	return tb_group_time(&bag, r, &at);
}

int main(void)
{
	/* changes of the treated 4, 6, of the others 1, 2, 3 */
	const Row one[] = {{"a", 1, 10, 2},  {"a", 2, 14, 2},   {"b", 1, 5, 2},   {"b", 2, 11, 2},  {"c", 1, 7, NAN}, {"c", 2, 8, NAN}, {"d", 1, 0, NAN},
					   {"d", 2, 2, NAN}, {"e", 1, -1, NAN}, {"e", 2, 2, NAN}, {"f", 2, 9, NAN}, {"g", 1, 3, 1},   {"g", 2, 4, 1}};
	const Row twice[] = {{"a", 1, 1, 2}, {"a", 1, 2, 2}}, moved[] = {{"a", 1, 1, 2}, {"a", 2, 2, 3}}, half[] = {{"a", 1.5, 1, 2}};
	/* waves 2 and 3 over periods 1 to 3; a: 0 5 6, b: 0 7 9, c: 0 1 8, d: 0 2 7, n: 0 1 2, m: 0 1 4 */
	const double y[6][3] = {{0, 5, 6}, {0, 7, 9}, {0, 1, 8}, {0, 2, 7}, {0, 1, 2}, {0, 1, 4}}, first[6] = {2, 2, 3, 3, NAN, NAN};
	const char *const name[6] = {"a", "b", "c", "d", "n", "m"};
	Row two[18];
	TbGroupTime r;
	double param[2] = {2, 0};

	CHECK(effects_of(one, 13, TB_NEVER, &r) == TB_OK && r.n == 1 && r.units == 5 && r.incomplete == 1 && r.always == 1 && r.never == 3,
		  "one wave; a unit seen once and one always treated are left out");
	NEAR(r.effect[0].effect.value, 5 - 2, 1e-15, "the difference in differences");
	NEAR(r.effect[0].effect.se, sqrt(2.0 / 4 + 2.0 / 9), 1e-15, "its error: sums of squares over n squared");
	CHECK(r.simple.value == r.effect[0].effect.value && fabs(r.exposure.overall.se - r.effect[0].effect.se) < 1e-15 && r.group.n == 1 &&
			  r.group.point[0].at == 2 && r.exposure.point[0].at == 0 && r.pretest_df == 0 && isnan(r.pretest),
		  "all averages of one effect are that effect");
	for (int i = 0; i < 18; i++)
		two[i] = (Row){name[i / 3], 1 + i % 3, y[i / 3][i % 3], first[i / 3]};
	CHECK(effects_of(two, 18, TB_NOT_YET, &r) == TB_OK && r.n == 4, "two waves in two periods");
	NEAR(r.effect[0].effect.value, 6 - 5.0 / 4, 1e-15, "wave 2 in 2, against wave 3 and those never treated");
	NEAR(r.effect[1].effect.value, 7.5 - 3, 1e-15, "in 3 against those never treated");
	NEAR(r.effect[2].effect.value, 1.5 - 1, 1e-15, "a placebo: wave 3 in 2, against those never treated, as wave 2 is treated then");
	NEAR(r.effect[3].effect.value, 6 - 2, 1e-15, "wave 3 in 3, from period 2");
	NEAR(r.simple.value, (4.75 + 4.5 + 4) / 3, 1e-15, "waves of one size: the plain mean");
	NEAR(r.group.overall.value, (4.625 + 4) / 2, 1e-15, "by group first");
	NEAR(r.exposure.overall.value, ((4.75 + 4) / 2 + 4.5) / 2, 1e-15, "by exposure first");
	NEAR(r.pretest, 0.25 / (0.5 / 4 + 0), 1e-13, "pre-test: the placebo squared over its variance");
	/* influence of wave 2 in 2: (y2 - mean) / 2 in its wave, -(y2 - 1.25) / 4 in the four controls */
	NEAR(r.effect[0].effect.se, sqrt(2.0 / 4 + 0.75 / 16), 1e-15, "controls of two groups share one mean");
	CHECK(effects_of(two, 12, TB_NEVER, &r) == TB_UNDEFINED && r.units == 4, "nobody is never treated");
	CHECK(effects_of(two, 12, TB_NOT_YET, &r) == TB_OK && isnan(r.effect[1].effect.value) && isnan(r.effect[3].effect.value) &&
			  r.simple.value == 6 - 1.5,
		  "without later controls: no effect, and averages over the others");
	CHECK(effects_of(two + 3, 15, TB_NOT_YET, &r) == TB_OK && isnan(r.effect[0].effect.se) && isnan(r.simple.se) && r.effect[3].effect.se > 0,
		  "a group of one unit has no error");
	CHECK(effects_of(twice, 2, TB_NEVER, &r) == TB_INVALID && effects_of(moved, 2, TB_NEVER, &r) == TB_MISMATCH &&
			  effects_of(half, 1, TB_NEVER, &r) == TB_CORRUPT,
		  "two outcomes, two waves, half a period");
	CHECK(!tb_group_time_params_ok(param, 1) && !tb_group_time_params_ok(param + 1, 2) && tb_group_time_params_ok(param + 1, 1), "parameters");
	return unit_done();
}
