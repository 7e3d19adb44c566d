/* deprivation.c -- totals of the deprived and of the poor among them, dimension by dimension */
#include "deprivation.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/totals.h"

/* Words: dimensions, rows, cutoff, weights; then totals: population, poor, deprived by dimension, poor and deprived by dimension */
enum { DIMENSIONS, ROWS, CUTOFF, HEADER };
enum { POPULATION, POOR, FIRST };

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_deprivation_shape = {"deprivation_state", TB_SHAPE_DEPRIVATION, check, merge, pack, false};

static int dimensions_of(const TbState *state)
{
	return (int)tb_state_words(state)[DIMENSIONS];
}

static uint64_t words_for(uint64_t dimensions)
{
	return HEADER + dimensions + 2 * (FIRST + 2 * dimensions);
}

static int totals_of(const TbState *state)
{
	return FIRST + 2 * dimensions_of(state);
}

static double *weights(const TbState *state)
{
	return tb_state_doubles(state) + HEADER;
}

static TbDd *totals(const TbState *state)
{
	return (TbDd *)(weights(state) + dimensions_of(state));
}

static double sum_of(const double *weight, int n)
{
	TbDd sum = {0, 0};

	for (int i = 0; i < n; i++, tb_step())
		sum = tb_dd_add_d(sum, weight[i]);
	return tb_dd_value(sum);
}

TbState *tb_deprivation_new(const double *weight, int dimensions, double cutoff)
{
	TbState *state = tb_state_new(&tb_deprivation_shape, words_for((uint64_t)dimensions), 0);

	tb_state_words(state)[DIMENSIONS] = (uint64_t)dimensions;
	tb_state_doubles(state)[CUTOFF] = cutoff;
	for (int i = 0; i < dimensions; i++, tb_step())
		weights(state)[i] = weight[i] + 0.0; /* no negative zero */
	return state;
}

bool tb_deprivation_same(const TbState *state, const double *weight, int dimensions, double cutoff)
{
	bool same = dimensions_of(state) == dimensions && tb_state_doubles(state)[CUTOFF] == cutoff;

	for (int i = 0; same && i < dimensions; i++, tb_step())
		same = weights(state)[i] == weight[i];
	return same;
}

TbStatus tb_deprivation_add(TbState *state, const double *deprived, double weight)
{
	int n = dimensions_of(state);
	const double *v = weights(state);
	TbDd *total = totals(state), count = {0, 0}, all = {0, 0};
	bool poor;

	for (int i = 0; i < n; i++, tb_step()) {
		all = tb_dd_add_d(all, v[i]);
		if (deprived[i] == 1)
			count = tb_dd_add_d(count, v[i]);
	}
	poor = tb_dd_value(count) >= tb_state_doubles(state)[CUTOFF] - 1e-12 * tb_dd_value(all);
	/* none of the others is larger than this one */
	if (tb_total_add(&total[POPULATION], weight) != TB_OK)
		return TB_OUT_OF_RANGE;
	if (poor)
		(void)tb_total_add(&total[POOR], weight);
	for (int i = 0; i < n; i++, tb_step()) {
		if (deprived[i] == 1)
			(void)tb_total_add(&total[FIRST + i], weight);
		if (deprived[i] == 1 && poor)
			(void)tb_total_add(&total[FIRST + n + i], weight);
	}
	return tb_count(&tb_state_words(state)[ROWS], 1) ? TB_OK : TB_TOO_MANY;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state);
	double sum, cutoff;

	if (state->words < HEADER || state->bytes != 0 || state->flags != 0 || words[DIMENSIONS] < 1 || words[DIMENSIONS] > TB_DIMENSIONS ||
		state->words != words_for(words[DIMENSIONS]) || words[ROWS] < 1 || words[ROWS] > TB_MOST_ROWS)
		return TB_CORRUPT;
	for (int i = 0; i < dimensions_of(state); i++, tb_step())
		if (!(weights(state)[i] >= 0) || signbit(weights(state)[i]))
			return TB_CORRUPT;
	sum = sum_of(weights(state), dimensions_of(state));
	cutoff = tb_state_doubles(state)[CUTOFF];
	if (!isfinite(sum) || !(cutoff > 0 && cutoff <= sum * (1 + 1e-12)) || tb_totals_check(totals(state), totals_of(state)) != TB_OK ||
		totals(state)[POPULATION].hi <= 0)
		return TB_CORRUPT;
	for (int i = POOR; i < totals_of(state); i++, tb_step()) {
		TbDd whole = totals(state)[i >= FIRST + dimensions_of(state) ? POOR : POPULATION];

		/* a part of the whole; sums of the same numbers in another order may differ in their last bits */
		if (totals(state)[i].hi > whole.hi * (1 + 1e-15))
			return TB_CORRUPT;
	}
	return TB_OK;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	TbStatus status;

	if (!tb_deprivation_same(*target, weights(source), dimensions_of(source), tb_state_doubles(source)[CUTOFF]))
		return TB_MISMATCH;
	status = tb_totals_merge(totals(*target), totals(source), totals_of(source));
	if (status != TB_OK)
		return status;
	return tb_count(&tb_state_words(*target)[ROWS], tb_state_words(source)[ROWS]) ? TB_OK : TB_TOO_MANY;
}

static TbState *pack(const TbState *state)
{
	TbState *packed = tb_state_new(&tb_deprivation_shape, state->words, 0);

	memcpy(tb_state_words(packed), tb_state_words(state), state->words * sizeof(uint64_t));
	return packed;
}

static double share(TbDd part, TbDd whole)
{
	return fmin(1, tb_dd_value(tb_dd_div(part, whole)));
}

/* Totals beyond a tenth of float8 would make the quotient NaN */
static TbDd halved(TbDd x)
{
	return (TbDd){ldexp(x.hi, -64), ldexp(x.lo, -64)};
}

void tb_deprivation(const TbState *state, TbDeprivation *r)
{
	int n = dimensions_of(state);
	const TbDd *total = totals(state);
	TbDd all = total[POPULATION].hi > 1e290 ? halved(total[POPULATION]) : total[POPULATION], index = {0, 0};
	double sum = sum_of(weights(state), n), least = INFINITY;

	*r = (TbDeprivation){.dimensions = n, .n = tb_state_words(state)[ROWS]};
	r->censored = tb_alloc((size_t)n * sizeof(double));
	r->contribution = tb_alloc((size_t)n * sizeof(double));
	r->uncensored = tb_alloc((size_t)n * sizeof(double));
	r->share = tb_alloc((size_t)n * sizeof(double));
	r->population = tb_dd_value(total[POPULATION]);
	r->poor = tb_dd_value(total[POOR]);
	r->cutoff = tb_state_doubles(state)[CUTOFF] / sum;
	for (int i = 0; i < n; i++, tb_step()) {
		TbDd deprived = total[FIRST + i], poor = total[FIRST + n + i];

		r->share[i] = weights(state)[i] / sum;
		least = weights(state)[i] > 0 ? fmin(least, r->share[i]) : least;
		r->uncensored[i] = share(all.hi < total[POPULATION].hi ? halved(deprived) : deprived, all);
		r->censored[i] = share(all.hi < total[POPULATION].hi ? halved(poor) : poor, all);
		index = tb_dd_add(index, tb_two_product(r->share[i], r->censored[i]));
	}
	r->union_rule = r->cutoff < least * (1 - 1e-9);
	r->headcount = share(all.hi < total[POPULATION].hi ? halved(total[POOR]) : total[POOR], all);
	r->index = tb_dd_value(index);
	r->intensity = r->headcount > 0 ? fmin(1, r->index / r->headcount) : NAN;
	for (int i = 0; i < n; i++, tb_step())
		r->contribution[i] = r->index > 0 ? r->share[i] * r->censored[i] / r->index : NAN;
}
