/* group_time_covariate.c -- effects by group and period against controls that are made like the treated, with the influence of each unit */
#include "group_time.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/dd.h"
#include "../base/merge_sort.h"
#include "../base/scaled.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"
#include "logit.h"
#include "waves.h"

#define FIXED 3 /* values of a row before its covariates */

const char *const tb_adjustment_name[TB_ADJUSTMENTS] = {"regression", "weighting", "doubly_robust"};

bool tb_group_time_covariate_params_ok(const double *param, uint64_t n)
{
	return n == TB_COVARIATE_PARAMS && tb_is_choice(param[TB_COVARIATE_WIDTH], FIXED + TB_GROUP_TIME_COVARIATES + 1) &&
		   param[TB_COVARIATE_WIDTH] >= FIXED && tb_is_choice(param[TB_COVARIATE_CONTROLS], TB_CONTROLS) &&
		   tb_is_choice(param[TB_COVARIATE_METHOD], TB_ADJUSTMENTS);
}

TB_BAG_KIND(tb_group_time_covariate_kind, "group_time_covariate_state", TB_SHAPE_GROUP_TIME_COVARIATE, 1, TB_BAG_WIDE, 0, 0,
			tb_group_time_covariate_params_ok, 0)

/* A form's part is a number for each unit */
typedef struct Panel {
	TbWaves w;
	TbAdjustment method;
	uint32_t covariates;
	double *x;             /* [ids][periods][covariates], from a value of each near 1 in size */
	const TbContrast *all; /* the comparisons */
	double *influence;     /* [comparisons][ids] */
} Panel;

/* The units of one comparison */
typedef struct Pair {
	size_t n;
	uint32_t p, *unit;
	bool *treated;
	double *change, *x; /* [n], which becomes r; [n][p], a constant first */
	double *odds;       /* weights of controls; NULL: none */
} Pair;

static double *column(const TbBag *bag, size_t j)
{
	double *x = tb_alloc((bag->rows + 1) * sizeof(double));

	for (size_t i = 0; i < bag->rows; i++, tb_step())
		x[i] = bag->wide[i * bag->stride + j];
	return x;
}

static void read_covariates(const TbBag *bag, const TbBag *fixed, Panel *p)
{
	const TbWaves *w = &p->w;

	p->x = tb_alloc(((size_t)w->ids * w->periods * p->covariates + 1) * sizeof(double));
	for (uint32_t j = 0; j < p->covariates; j++) {
		double *x = column(bag, FIXED + j);

		(void)tb_shrink(x, bag->rows, x);
		for (size_t i = 0; i < bag->rows; i++, tb_step()) {
			size_t cell = (size_t)bag->row_id[0][i] * w->periods + tb_place_of(w->period, w->periods, fixed->value[0][i]);

			p->x[cell * p->covariates + j] = x[i] - x[0];
		}
		tb_free(x);
	}
}

static bool in_pair(const Panel *p, const TbContrast *c, uint32_t i)
{
	uint32_t g = p->w.group[i];

	return g != TB_NO_ID && (g == c->group || tb_waves_is_control(&p->w, c, g));
}

static const double *covariates_of(const Panel *p, const TbContrast *c, uint32_t i)
{
	return p->x + ((size_t)i * p->w.periods + c->b) * p->covariates;
}

/* The covariates that vary; their number */
static uint32_t varying(const Panel *p, const TbContrast *c, const Pair *pair, uint32_t *kept)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < p->covariates; j++) {
		size_t i = 1;

		while (i < pair->n && covariates_of(p, c, pair->unit[i])[j] == covariates_of(p, c, pair->unit[0])[j]) {
			i++;
			tb_step();
		}
		if (i < pair->n)
			kept[n++] = j;
	}
	return n;
}

static Pair pair_of(const Panel *p, TbContrast *c)
{
	const TbWaves *w = &p->w;
	Pair pair = {.unit = tb_alloc(((size_t)w->units + 1) * sizeof(uint32_t)),
				 .treated = tb_alloc(((size_t)w->units + 1) * sizeof(bool)),
				 .change = tb_alloc(((size_t)w->units + 1) * sizeof(double))};
	uint32_t kept[TB_GROUP_TIME_COVARIATES];

	for (uint32_t i = 0; i < w->ids; i++, tb_step()) {
		const double *y = w->y + (size_t)i * w->periods;

		if (!in_pair(p, c, i))
			continue;
		pair.unit[pair.n] = i;
		pair.treated[pair.n] = w->group[i] == c->group;
		pair.change[pair.n++] = y[c->t] - y[c->b];
	}
	c->control = pair.n - c->treated;
	pair.p = 1 + varying(p, c, &pair, kept);
	pair.x = tb_alloc((pair.n + 1) * pair.p * sizeof(double));
	for (size_t i = 0; i < pair.n; i++, tb_steps(pair.p)) {
		pair.x[i * pair.p] = 1;
		for (uint32_t j = 1; j < pair.p; j++)
			pair.x[i * pair.p + j] = covariates_of(p, c, pair.unit[i])[kept[j - 1]];
	}
	return pair;
}

static void pair_free(Pair *pair)
{
	tb_free(pair->unit);
	tb_free(pair->treated);
	tb_free(pair->change);
	tb_free(pair->x);
	tb_free(pair->odds);
}

/* Least squares of the change in the controls, whose residuals it becomes in all units; false: collinear */
static bool regress(Pair *pair, TbDd *factor)
{
	uint32_t p = pair->p;
	TbDd *b = tb_alloc_zero(p, sizeof(TbDd));
	bool *dropped = tb_alloc(p * sizeof(bool)), ok;

	for (size_t i = 0; i < pair->n; i++, tb_steps(p)) {
		const double *x = pair->x + i * p;

		for (uint32_t j = 0; j < p && !pair->treated[i]; j++) {
			b[j] = tb_dd_add(b[j], tb_two_product(x[j], pair->change[i]));
			for (uint32_t k = 0; k <= j; k++)
				factor[j * p + k] = tb_dd_add(factor[j * p + k], tb_two_product(x[j], x[k]));
		}
	}
	ok = tb_cholesky(factor, p, TB_PIVOT_TOLERANCE, dropped) == p;
	if (ok)
		tb_cholesky_solve(factor, p, dropped, b);
	for (size_t i = 0; i < pair->n && ok; i++, tb_steps(p))
		pair->change[i] -= tb_dd_value(tb_dd_dot(b, pair->x + i * p, p));
	tb_free(b);
	tb_free(dropped);
	return ok;
}

/* Weight of a unit on its side */
static double weight_of(const Pair *pair, size_t i, bool treated)
{
	return pair->treated[i] != treated ? 0 : treated ? 1 : pair->odds ? pair->odds[i] : 0;
}

/* Mean of r on one side, and of x where asked for; 0 where nothing weighs */
static double side_mean(const Pair *pair, bool treated, double *weight, TbDd *x)
{
	TbDd sum = {0, 0}, total = {0, 0};

	for (size_t i = 0; i < pair->n; i++, tb_steps(pair->p)) {
		double w = weight_of(pair, i, treated);

		if (w == 0)
			continue;
		total = tb_dd_add_d(total, w);
		sum = tb_dd_add(sum, tb_two_product(w, pair->change[i]));
		for (uint32_t j = 0; j < pair->p; j++)
			x[j] = tb_dd_add(x[j], tb_two_product(w, pair->x[i * pair->p + j]));
	}
	*weight = tb_dd_value(total);
	for (uint32_t j = 0; j<pair->p && * weight> 0; j++)
		x[j] = tb_dd_div(x[j], total);
	return *weight > 0 ? tb_dd_value(tb_dd_div(sum, total)) : 0;
}

/* Takes the part of estimated coefficients from the influence: error_i x_i' A^-1 toward */
static void estimated(const Pair *pair, const TbDd *factor, TbDd *toward, const double *error, bool controls_only, double *influence)
{
	bool *dropped = tb_alloc_zero(pair->p, sizeof(bool));

	tb_cholesky_solve(factor, pair->p, dropped, toward);
	for (size_t i = 0; i < pair->n; i++, tb_steps(pair->p))
		if (!controls_only || !pair->treated[i])
			influence[pair->unit[i]] -= error[i] * tb_dd_value(tb_dd_dot(toward, pair->x + i * pair->p, pair->p));
	tb_free(dropped);
}

/* The value of a comparison from its residuals, and influences on it */
static double compare(const Pair *pair, const TbDd *outcome, const TbLogit *score, double *influence)
{
	uint32_t p = pair->p;
	TbDd *x = tb_alloc_zero(3 * p, sizeof(TbDd)), *of_controls = x + p, *toward = x + 2 * p;
	double treated, weight, high = side_mean(pair, true, &treated, x), low = side_mean(pair, false, &weight, of_controls);

	for (size_t i = 0; i < pair->n; i++, tb_steps(p)) {
		double share = pair->treated[i] ? 1 / treated
					   : weight > 0     ? -weight_of(pair, i, false) / weight
										: 0,
			   part = share * (pair->change[i] - (pair->treated[i] ? high : low));

		influence[pair->unit[i]] = part;
		for (uint32_t j = 0; j < p && !pair->treated[i]; j++)
			toward[j] = tb_dd_add(toward[j], tb_two_product(-part, pair->x[i * p + j]));
	}
	if (score)
		estimated(pair, score->factor, toward, score->residual, false, influence);
	for (uint32_t j = 0; j < p; j++)
		x[j] = tb_dd_sub(x[j], of_controls[j]);
	if (outcome)
		estimated(pair, outcome, x, pair->change, true, influence);
	tb_free(x);
	return high - low;
}

static void effect(const Panel *p, TbContrast *c, double *influence, TbGroupTime *r)
{
	Pair pair = pair_of(p, c);
	TbDd *outcome = p->method != TB_ADJUST_WEIGHTING ? tb_alloc_zero((size_t)pair.p * pair.p, sizeof(TbDd)) : NULL;
	TbLogit score = {0};
	TbStatus status = TB_OK;

	if (c->control > 0 && outcome && !regress(&pair, outcome))
		status = TB_UNDEFINED;
	if (c->control > 0 && status == TB_OK && p->method != TB_ADJUST_REGRESSION) {
		status = tb_logit(pair.x, pair.treated, pair.n, pair.p, &score);
		pair.odds = score.odds;
	}
	if (c->control > 0 && status == TB_OK) {
		c->value = compare(&pair, outcome, pair.odds ? &score : NULL, influence);
		c->known = c->treated > 1 && c->control > pair.p;
	}
	r->collinear += status == TB_UNDEFINED;
	r->separated += status == TB_NOT_CONVERGED;
	tb_free(outcome);
	tb_free(score.residual);
	tb_free(score.factor);
	pair_free(&pair);
}

static void add(const TbWaves *w, TbForm *f, const TbContrast *c, double weight)
{
	const Panel *p = (const Panel *)w;
	const double *influence = p->influence + (size_t)(c - p->all) * w->ids;

	for (uint32_t i = 0; i < w->ids; i++, tb_step())
		f->part[i] += weight * influence[i];
}

static double product(const TbWaves *w, const TbForm *a, const TbForm *b)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < w->ids; i++, tb_step())
		if (w->group[i] != TB_NO_ID)
			sum = tb_dd_add(sum, tb_two_product(a->part[i] + a->constant[w->group[i]], b->part[i] + b->constant[w->group[i]]));
	return tb_dd_value(sum);
}

TbStatus tb_group_time_covariate(const TbBag *bag, TbGroupTime *r, uint32_t *at)
{
	Panel p = {.method = (TbAdjustment)(int)bag->param[TB_COVARIATE_METHOD], .covariates = (uint32_t)bag->param[TB_COVARIATE_WIDTH] - FIXED};
	TbWaves *w = &p.w;
	TbBag fixed = *bag;
	TbContrast *c;
	TbStatus status;

	*r = (TbGroupTime){0};
	for (int j = 0; j < FIXED; j++)
		fixed.value[j] = column(bag, j);
	status = tb_waves_read(&fixed, (TbControls)(int)bag->param[TB_COVARIATE_CONTROLS], 1 + p.covariates, w, r, at);
	if (status != TB_OK)
		return status;
	c = tb_waves_contrasts(w, &r->n);
	if (!tb_waves_have_controls(w, r))
		return TB_UNDEFINED;
	if ((uint64_t)r->n * w->ids > TB_GROUP_TIME_CELLS)
		return TB_TOO_LARGE;
	read_covariates(bag, &fixed, &p);
	p.all = c;
	p.influence = tb_alloc_zero(r->n * w->ids, sizeof(double));
	w->length = w->ids;
	w->add = add;
	w->product = product;
	for (size_t k = 0; k < r->n; k++) {
		tb_progress("effects of waves", (double)k, (double)r->n);
		effect(&p, c + k, p.influence + k * w->ids, r);
	}
	return tb_waves_effects(w, c, r);
}
