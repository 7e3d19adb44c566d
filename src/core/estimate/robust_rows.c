/* robust_rows.c -- the second pass over the rows of a finished fit: a robust_state */
#include "robust.h"

#include <string.h>

#include "../base/step.h"

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_robust_shape = {"robust_state", TB_SHAPE_ROBUST, check, merge, pack, false};

/* Words: p, kind, n, rows of leverage 1, n and rank of the fit; then numbers, b, bread, lowest x, highest x, and moments weighted by e^2 */
enum { P, KIND, N, SATURATED, FIT_N, FIT_RANK, HEADER };

typedef struct Parts {
	uint64_t *words;
	double *number, *b, *bread, *lowest, *highest, *hi, *lo;
} Parts;

static uint64_t words_for(uint64_t p)
{
	return HEADER + TB_FIT_NUMBERS + p + p * p + 2 * p + 2 * tb_moment_cells(p);
}

static Parts parts(const TbState *state)
{
	Parts s = {.words = tb_state_words(state)};
	uint64_t p = s.words[P];

	s.number = tb_state_doubles(state) + HEADER;
	s.b = s.number + TB_FIT_NUMBERS;
	s.bread = s.b + p;
	s.lowest = s.bread + p * p;
	s.highest = s.lowest + p;
	s.hi = s.highest + p;
	s.lo = s.hi + tb_moment_cells(p);
	return s;
}

static TbState *begin(const TbRegressionFit *fit, TbCovariance kind)
{
	TbState *state = tb_state_new(&tb_robust_shape, words_for(fit->p), 0);
	Parts s;

	tb_state_set_open(state, 0);
	tb_state_words(state)[P] = fit->p;
	s = parts(state);
	s.words[KIND] = kind;
	s.words[FIT_N] = fit->n;
	s.words[FIT_RANK] = fit->rank;
	memcpy(s.number, fit->number, sizeof(fit->number));
	memcpy(s.b, fit->b, fit->p * sizeof(double));
	memcpy(s.bread, fit->bread, (size_t)fit->p * fit->p * sizeof(double));
	for (uint32_t i = 0; i < fit->p; i++) {
		s.lowest[i] = INFINITY;
		s.highest[i] = -INFINITY;
	}
	return state;
}

static bool same_fit(const Parts *s, const TbRegressionFit *fit, TbCovariance kind)
{
	return s->words[P] == fit->p && s->words[KIND] == kind && s->words[FIT_N] == fit->n && s->words[FIT_RANK] == fit->rank &&
		   memcmp(s->b, fit->b, fit->p * sizeof(double)) == 0 && memcmp(s->bread, fit->bread, (size_t)fit->p * fit->p * sizeof(double)) == 0;
}

static double residual(const Parts *s, double y, const double *x)
{
	TbDd rest = tb_dd(y);

	for (uint64_t i = 0; i < s->words[P]; i++, tb_step())
		if (!isnan(s->b[i]))
			rest = tb_dd_sub(rest, tb_two_product(s->b[i], x[i]));
	return tb_dd_value(rest);
}

static double leverage(const Parts *s, const double *x)
{
	uint64_t p = s->words[P];
	double sum = 0;

	for (uint64_t i = 0; i < p; i++) {
		double line = 0;

		for (uint64_t j = 0; j < p; j++)
			line += s->bread[i * p + j] * x[j];
		sum += line * x[i];
	}
	return sum;
}

TbStatus tb_robust_add(TbState **state, double y, const double *x, uint32_t p, double own, const TbRegressionFit *fit, TbCovariance kind)
{
	double z[TB_MOMENT_WIDTH + 4], weight;
	Parts s;

	if (p != fit->p)
		return TB_MISMATCH;
	if (!*state)
		*state = begin(fit, kind);
	s = parts(*state);
	if (!same_fit(&s, fit, kind))
		return TB_INVALID;
	tb_moments_row(z, y, x, p);
	if (!tb_moments_in_range(z, p, fmax(own, 1)))
		return TB_OUT_OF_RANGE;
	tb_state_set_open(*state, 0);
	weight = tb_hc_square(kind, own * residual(&s, y, x), kind < TB_HC2 ? 0 : own * leverage(&s, x));
	if (!tb_count(s.words + N, 1))
		return TB_TOO_MANY;
	if (isnan(weight)) {
		s.words[SATURATED]++;
		weight = 0;
	}
	z[p + 1] = 0;
	if (!tb_moments_in_range(z, p, weight))
		return TB_OUT_OF_RANGE;
	tb_moments_add_lines(s.hi, s.lo, p, z, weight, 1);
	for (uint32_t i = 0; i < p; i++) {
		s.lowest[i] = x[i] < s.lowest[i] ? x[i] : s.lowest[i];
		s.highest[i] = x[i] > s.highest[i] ? x[i] : s.highest[i];
	}
	return TB_OK;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	Parts into = parts(*target), from = parts(source);
	TbRegressionFit fit = {.p = from.words[P], .n = from.words[FIT_N], .rank = from.words[FIT_RANK], .b = from.b, .bread = from.bread};

	if (into.words[P] != from.words[P] || !same_fit(&into, &fit, from.words[KIND]))
		return TB_MISMATCH;
	if (tb_moments_merge(into.hi, into.lo, from.hi, from.lo, tb_moment_cells(fit.p)) != TB_OK)
		return TB_OUT_OF_RANGE;
	tb_state_set_open(*target, 0);
	if (!tb_count(into.words + N, from.words[N]))
		return TB_TOO_MANY;
	into.words[SATURATED] += from.words[SATURATED];
	for (uint32_t i = 0; i < fit.p; i++, tb_step()) {
		into.lowest[i] = fmin(into.lowest[i], from.lowest[i]);
		into.highest[i] = fmax(into.highest[i], from.highest[i]);
	}
	return TB_OK;
}

static TbState *pack(const TbState *state)
{
	TbState *copy = tb_alloc(state->size);
	Parts s;

	memcpy(copy, state, state->size);
	tb_state_set_packed(copy, 0);
	s = parts(copy);
	tb_moments_clean(s.hi, s.lo, s.words[P]);
	return copy;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state);
	const double *doubles = tb_state_doubles(state);
	uint64_t rest;
	Parts s;

	if (state->flags || state->bytes || state->words < HEADER || words[P] < 1 || words[P] > TB_MOMENT_COLUMNS || words[KIND] < TB_HC0 ||
		words[KIND] > TB_HC3 || state->words != words_for(words[P]))
		return TB_CORRUPT;
	if (words[N] < 1 || words[N] > TB_MOST_ROWS || words[SATURATED] > words[N] || words[FIT_N] > TB_MOST_ROWS || words[FIT_RANK] > words[P])
		return TB_CORRUPT;
	rest = state->words - HEADER;
	for (uint64_t i = 0; i < rest; i++, tb_step())
		if (isinf(doubles[HEADER + i]))
			return TB_CORRUPT;
	s = parts(state);
	return tb_moments_check(s.hi, s.lo, words[P]);
}

/* The fit of the first pass with its covariance replaced */
TbStatus tb_ols_robust(const TbState *state, TbRegression *fit)
{
	Parts s = parts(state);
	uint64_t p = s.words[P];
	TbMoments m = {p, s.words[N], {0, 0}, s.hi, s.lo};
	TbDd *meat = tb_alloc_zero(p * p, sizeof(TbDd));

	if (s.words[N] != s.words[FIT_N])
		return TB_INVALID;
	tb_regression_empty(fit, p);
	fit->n = s.words[FIT_N];
	fit->rank = s.words[FIT_RANK];
	fit->df = s.number[TB_FIT_DF];
	fit->r2 = s.number[TB_FIT_R2];
	fit->adjusted_r2 = s.number[TB_FIT_ADJUSTED];
	fit->sigma = s.number[TB_FIT_SIGMA];
	fit->rss = s.number[TB_FIT_RSS];
	fit->aic = s.number[TB_FIT_AIC];
	fit->bic = s.number[TB_FIT_BIC];
	fit->log_likelihood = s.number[TB_FIT_LIKELIHOOD];
	fit->reciprocal_condition = s.number[TB_FIT_CONDITION];
	fit->constant = s.number[TB_FIT_CONSTANT] == 1;
	fit->constant_column = -1;
	for (uint64_t i = 0; i < p; i++) {
		fit->aliased[i] = isnan(s.b[i]);
		fit->coefficient[i] = s.b[i];
		if (fit->constant_column < 0 && !fit->aliased[i] && s.lowest[i] == s.highest[i])
			fit->constant_column = i;
		for (uint64_t j = 0; j < p; j++)
			fit->bread[i * p + j] = tb_dd(s.bread[i * p + j]);
		for (uint64_t j = 0; j <= i; j++, tb_step())
			meat[i * p + j] = tb_moment(&m, i + 1, j + 1);
	}
	tb_regression_sandwich(fit, meat, tb_hc_factor(s.words[KIND], fit->n, fit->rank), s.words[SATURATED] ? NAN : fit->df, s.words[KIND]);
	return TB_OK;
}
