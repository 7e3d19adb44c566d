/* coverage.c -- sums of population reached */
#include "coverage.h"

#include <math.h>

#include "dd.h"

#define WORDS 8

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

/* One form for each sum: no negative zero */
static TbDd plain(TbDd sum)
{
	return (TbDd){sum.hi + 0.0, sum.lo + 0.0};
}

void tb_coverage_add(TbState *state, double population, TbReach reach)
{
	TbDd *sum = sums(state);

	if (reach == TB_REACHED)
		sum[0] = plain(tb_dd_add_d(sum[0], population));
	sum[1] = plain(tb_dd_add_d(sum[1], population));
	if (reach == TB_REACH_UNKNOWN)
		sum[2] = plain(tb_dd_add_d(sum[2], population));
}

static TbStatus check(const TbState *state)
{
	const double *x = tb_state_doubles(state);

	if (state->words != WORDS || state->bytes != 0 || state->flags != 0)
		return TB_CORRUPT;
	for (int i = 0; i < WORDS; i++)
		if (!isfinite(x[i]) || ((i < 2 || i % 2 == 0) && x[i] < 0))
			return TB_CORRUPT;
	for (int i = 0; i < 3; i++)
		if (sums(state)[i].hi + sums(state)[i].lo != sums(state)[i].hi)
			return TB_CORRUPT;
	return TB_OK;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	if (!tb_coverage_same(*target, tb_state_doubles(source)[0], tb_state_doubles(source)[1]))
		return TB_MISMATCH;
	for (int i = 0; i < 3; i++) {
		sums(*target)[i] = plain(tb_dd_add(sums(*target)[i], sums(source)[i]));
		if (!isfinite(sums(*target)[i].hi))
			return TB_OUT_OF_RANGE;
	}
	return TB_OK;
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

const TbShape tb_coverage_shape = {"coverage_state", 22, check, merge, pack};

TbStatus tb_coverage_percent(const TbState *state, double *percent)
{
	double total = tb_dd_value(sums(state)[1]);

	if (total == 0)
		return TB_UNDEFINED;
	*percent = 100 * (tb_dd_value(sums(state)[0]) / total);
	return isfinite(*percent) ? TB_OK : TB_OUT_OF_RANGE;
}
