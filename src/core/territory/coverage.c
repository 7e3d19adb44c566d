/* coverage.c -- sums of population reached */
#include "coverage.h"

#include <math.h>

#include "../base/totals.h"

#define SUMS 3 /* reached, all, unknown */
#define WORDS (2 + 2 * SUMS)

static TbDd *sums(const TbState *state)
{
	return (TbDd *)(tb_state_doubles(state) + 2);
}

TbState *tb_coverage_new(double limit_a, double limit_b)
{
	TbState *state = tb_state_new(&tb_coverage_shape, WORDS, 0);

	tb_state_doubles(state)[0] = limit_a;
	tb_state_doubles(state)[1] = limit_b;
	return state;
}

int tb_coverage_same(const TbState *state, double limit_a, double limit_b)
{
	return tb_state_doubles(state)[0] == limit_a && tb_state_doubles(state)[1] == limit_b;
}

TbStatus tb_coverage_add(TbState *state, double population, TbReach reach)
{
	TbDd *sum = sums(state);
	TbStatus status = tb_total_add(sum + 1, population);

	if (status == TB_OK && reach == TB_REACHED)
		status = tb_total_add(sum, population);
	if (status == TB_OK && reach == TB_REACH_UNKNOWN)
		status = tb_total_add(sum + 2, population);
	return status;
}

static TbStatus check(const TbState *state)
{
	const double *x = tb_state_doubles(state);

	if (state->words != WORDS || state->bytes != 0 || state->flags != 0)
		return TB_CORRUPT;
	for (int i = 0; i < 2; i++)
		if (!isfinite(x[i]) || x[i] < 0)
			return TB_CORRUPT;
	return tb_totals_check(sums(state), SUMS);
}

static TbStatus merge(TbState **target, const TbState *source)
{
	if (!tb_coverage_same(*target, tb_state_doubles(source)[0], tb_state_doubles(source)[1]))
		return TB_MISMATCH;
	return tb_totals_merge(sums(*target), sums(source), SUMS);
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

const TbShape tb_coverage_shape = {"coverage_state", TB_SHAPE_COVERAGE, check, merge, pack, false};

TbStatus tb_coverage_percent(const TbState *state, double *percent)
{
	double total = tb_dd_value(sums(state)[1]);

	if (total == 0)
		return TB_UNDEFINED;
	*percent = 100 * (tb_dd_value(sums(state)[0]) / total);
	return isfinite(*percent) ? TB_OK : TB_OUT_OF_RANGE;
}
