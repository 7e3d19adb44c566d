/* unit test of core/synthetic_control: a mix by hand, gaps and placebos, what leaves units out, what rows cannot be */
#include "../../src/core/estimate/synthetic_control.h"

#include "samples.h"

typedef struct Row {
	const char *unit;
	double period, y;
} Row;

static TbStatus solved(const Row *rows, size_t n, const char *treated, double first, TbSynthetic *r, uint32_t *at, int32_t *period)
{
	TbState *state = tb_bag_new(&tb_synthetic_control_kind, &first, 1);
	static TbBag bag;

	for (size_t i = 0; i < n; i++) {
		TbId id[2] = {{rows[i].unit, (uint32_t)strlen(rows[i].unit)}, {treated, (uint32_t)strlen(treated)}};

		(void)tb_bag_add(&tb_synthetic_control_kind, &state, id, (double[]){rows[i].period, rows[i].y});
	}
	(void)tb_bag_view(&tb_synthetic_control_kind, state, &bag);
	return tb_synthetic_control(&bag, r, at, period);
}

int main(void)
{
	/* t is the mean of a and b before, and 3 and 5 above it afterwards; c is far off; d lacks a period */
	Row rows[] = {{"t", -1, 3}, {"t", 0, 5},  {"t", 1, 10}, {"t", 2, 13}, {"a", -1, 2}, {"a", 0, 6},  {"a", 1, 8},
				  {"a", 2, 8},  {"b", -1, 4}, {"b", 0, 4},  {"b", 1, 6},  {"b", 2, 8},  {"c", -1, 9}, {"c", 0, 0},
				  {"c", 1, 1},  {"c", 2, 20}, {"d", -1, 3}, {"d", 0, 5},  {"d", 2, 1},  {"b", 3, 7}};
	Row twice[] = {{"t", 1, 1}, {"a", 1, 1}, {"a", 1, 2}}, half[] = {{"t", 1.5, 1}};
	double param[2] = {0.5, 3};
	TbSynthetic r;
	uint32_t at;
	int32_t period;

	CHECK(solved(rows, 20, "t", 1, &r, &at, &period) == TB_OK && r.donors == 3 && r.incomplete == 1 && r.periods == 4 && r.before == 2,
		  "three donors, two periods before");
	NEAR(r.weight[0], 0.5, 1e-15, "half of the first");
	NEAR(r.weight[1], 0.5, 1e-15, "half of the second");
	CHECK(r.weight[2] == 0 && r.own.before == 0 && r.gap[0] == 0 && r.period[0] == -1, "none of the third: a perfect fit");
	CHECK(r.gap[2] == 3 && r.gap[3] == 5 && r.observed[3] == 13, "gaps afterwards");
	NEAR(r.own.after, sqrt((9 + 25) / 2.0), 1e-15, "their root mean square");
	CHECK(isinf(tb_gap_ratio(r.own)) && r.rank == 1 && r.p == 0.25, "no placebo is as far off: one in four");
	/* a from b alone: 2 + 2 squared; after 2 and 0 */
	NEAR(r.placebo[0].before, 2, 1e-15, "a placebo without the treated unit");
	NEAR(r.placebo[0].after, sqrt(2), 1e-15, "and afterwards");
	CHECK(solved(rows, 20, "t", 3, &r, &at, &period) == TB_OK && isnan(r.own.after) && isnan(r.p) && r.before == 4, "nothing afterwards");
	CHECK(solved(rows, 8, "t", 1, &r, &at, &period) == TB_OK && r.donors == 1 && r.weight[0] == 1 && isnan(r.p) && isnan(r.placebo[0].before),
		  "one donor");
	CHECK(solved(rows, 4, "t", 1, &r, &at, &period) == TB_UNDEFINED && r.before == 2 && r.donors == 0, "none");
	CHECK(solved(rows, 20, "t", -1, &r, &at, &period) == TB_UNDEFINED && r.periods == 4 && r.before == 0, "nothing before");
	CHECK(solved(rows, 20, "x", 1, &r, &at, &period) == TB_UNDEFINED && r.periods == 0, "nobody treated");
	CHECK(solved(twice, 3, "t", 2, &r, &at, &period) == TB_INVALID && at == 0 && period == 1, "two outcomes in a period");
	CHECK(solved(half, 1, "t", 2, &r, &at, &period) == TB_CORRUPT, "half a period");
	for (int i = 0; i < 20; i++)
		rows[i].y = ldexp(rows[i].y - 6, 1019);
	CHECK(solved(rows, 20, "t", 1, &r, &at, &period) == TB_OK && r.gap[3] == ldexp(5, 1019) && r.own.before == 0, "outcomes at the end of float8");
	rows[10].y = ldexp(-14, 1020);
	rows[14].y = ldexp(15, 1020);
	CHECK(solved(rows, 19, "b", 1, &r, &at, &period) == TB_OUT_OF_RANGE, "gaps beyond it");
	CHECK(!tb_synthetic_control_params_ok(param, 1) && tb_synthetic_control_params_ok(param + 1, 1) && !tb_synthetic_control_params_ok(param, 2),
		  "parameters");
	return unit_done();
}
