/* unit test of core/group_time_covariate: cells of a yes or no by hand in all three methods, constants, combinations, separation */
#include "../../src/core/estimate/group_time.h"

#include <string.h>

#include "samples.h"

/* Units a .. in two periods, the first half never treated; x as it is in period 1 */
typedef struct Case {
	size_t n, covariates;
	const double *change, *x;
	const bool *treated;
	const double *before; /* in a period 0; NULL: none */
} Case;

static TbStatus effects_of(const Case *c, TbAdjustment method, TbGroupTime *r)
{
	double param[TB_COVARIATE_PARAMS] = {3 + c->covariates, TB_NEVER, method};
	TbState *state = tb_bag_new(&tb_group_time_covariate_kind, param, TB_COVARIATE_PARAMS);
	static TbBag bag;
	uint32_t at;

	for (size_t i = 0; i < c->n; i++)
		for (int t = c->before ? 0 : 1; t <= 2; t++) {
			char name = (char)('a' + i);
			TbId id = {&name, 1};
			double row[3 + TB_GROUP_TIME_COVARIATES] = {t, t == 0 ? c->before[i] : 5 + i + (t == 2 ? c->change[i] : 0),
														c->treated[i] ? 2 : TB_GROUP_TIME_NEVER};

			/* in other periods another number, which does not count */
			for (size_t j = 0; j < c->covariates; j++)
				row[3 + j] = t == 1 ? c->x[i * c->covariates + j] : 100 + j * (2 * i + 1);
			(void)tb_bag_add(&tb_group_time_covariate_kind, &state, &id, row);
		}
	(void)tb_bag_view(&tb_group_time_covariate_kind, state, &bag);
	return tb_group_time_covariate(&bag, r, &at);
}

int main(void)
{
	/* x 0: treated 4, controls 1, 3, 2; x 1: treated 9, 7, 8, controls 5, 6. Effects by cell 4 - 2, 8 - 5.5; of the treated (2 + 3 * 2.5) / 4 */
	const double change[9] = {4, 1, 3, 2, 9, 7, 8, 5, 6}, x[9] = {0, 0, 0, 0, 1, 1, 1, 1, 1}, same[9] = {3, 3, 3, 3, 3, 3, 3, 3, 3},
				 line[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
	const bool treated[9] = {true, false, false, false, true, true, true, false, false},
			   low[9] = {false, false, false, false, false, true, true, true, true};
	double two[18];
	Case c = {9, 1, change, x, treated, NULL};
	TbGroupTime r;
	double param[TB_COVARIATE_PARAMS] = {3, 0, 3};
	/* by cell: treated mean, controls weighed by the treated; influence: of treated their change less the cell's controls less the effect, over 4; of
	 * controls -(share of the cell's treated) (change - cell mean) / cell controls */
	double squares = (4 - 2 - 2.375) * (4 - 2 - 2.375) / 16, error;

	for (int i = 4; i < 7; i++)
		squares += (change[i] - 5.5 - 2.375) * (change[i] - 5.5 - 2.375) / 16;
	squares += 0.25 * 0.25 * 2 / 9 + 0.75 * 0.75 * 0.5 / 4;
	error = sqrt(squares);
	for (int method = 0; method < TB_ADJUSTMENTS; method++) {
		CHECK(effects_of(&c, (TbAdjustment)method, &r) == TB_OK && r.n == 1 && r.collinear + r.separated == 0, tb_adjustment_name[method]);
		NEAR(r.effect[0].effect.value, 2.375, 1e-14, "effects by cell, weighed with the treated");
		NEAR(r.effect[0].effect.se, error, 1e-14, "error: within cells, and of the cells' shares");
		c.before = change;
		CHECK(effects_of(&c, (TbAdjustment)method, &r) == TB_OK && r.n == 2 && r.effect[1].period == 2, "a period more before");
		NEAR(r.effect[1].effect.value, 2.375, 1e-14, "does not count: the change is from the last one before");
		c.before = NULL;
	}
	c.x = same;
	CHECK(effects_of(&c, TB_ADJUST_DOUBLY_ROBUST, &r) == TB_OK && r.collinear == 0, "a constant is there anyway");
	NEAR(r.effect[0].effect.value, 7 - 17.0 / 5, 1e-15, "no covariate: the difference in differences");
	c.covariates = 0;
	CHECK(effects_of(&c, TB_ADJUST_WEIGHTING, &r) == TB_OK && fabs(r.simple.value - 3.6) < 1e-15, "none at all");
	for (int i = 0; i < 9; i++) {
		two[2 * i] = line[i];
		two[2 * i + 1] = 7 - 2 * line[i];
	}
	c = (Case){9, 2, change, two, treated, NULL};
	CHECK(effects_of(&c, TB_ADJUST_REGRESSION, &r) == TB_OK && r.collinear == 1 && isnan(r.effect[0].effect.value) && isnan(r.simple.value),
		  "a combination");
	CHECK(effects_of(&c, TB_ADJUST_WEIGHTING, &r) == TB_OK && r.collinear == 1 && r.separated == 0, "by weighting too");
	c = (Case){9, 1, change, line, low, NULL};
	CHECK(effects_of(&c, TB_ADJUST_WEIGHTING, &r) == TB_OK && r.separated == 1 && isnan(r.effect[0].effect.value),
		  "treated where x is large: no weights");
	CHECK(effects_of(&c, TB_ADJUST_REGRESSION, &r) == TB_OK && r.separated == 0 && r.effect[0].effect.se > 0, "a line can be drawn out all the same");
	CHECK(!tb_group_time_covariate_params_ok(param, 3) && !tb_group_time_covariate_params_ok(param, 2) &&
			  tb_group_time_covariate_params_ok((double[]){53, 1, 2}, 3) && !tb_group_time_covariate_params_ok((double[]){54, 1, 2}, 3) &&
			  !tb_group_time_covariate_params_ok((double[]){2, 1, 2}, 3),
		  "parameters");
	return unit_done();
}
