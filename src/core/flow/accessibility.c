/* accessibility.c -- decay, Hansen sums, catchments, Huff */
#include "accessibility.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/host.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

#define TICK 8192

const char *tb_decay_problem(const TbDecay *d)
{
	if (d->kind == TB_DECAY_NONE)
		return d->params == 0 ? NULL : "decay none takes no parameters";
	if (d->kind != TB_DECAY_STEP) {
		if (d->params != 1)
			return d->kind == TB_DECAY_LINEAR     ? "decay linear takes one parameter, the cost where nothing is left"
				   : d->kind == TB_DECAY_GAUSSIAN ? "decay gaussian takes one parameter, the standard deviation"
												  : "decay exponential and decay power take one parameter";
		if (d->kind == TB_DECAY_GAUSSIAN || d->kind == TB_DECAY_LINEAR)
			return d->param[0] > 0 ? NULL : "the parameter of this decay must be positive";
		return d->param[0] >= 0 ? NULL : "the parameter of this decay must not be negative";
	}
	if (d->params == 0 || d->params % 2 || d->params > TB_DECAY_MOST)
		return "decay step takes pairs of break and weight";
	for (uint64_t i = 0; i < d->params; i += 2)
		if (d->param[i] < 0 || d->param[i + 1] < 0 || (i > 0 && d->param[i] <= d->param[i - 2]))
			return "breaks of decay step must ascend, weights must not be negative";
	return NULL;
}

TbStatus tb_decay_weight(const TbDecay *d, double cost, double *weight)
{
	switch (d->kind) {
	case TB_DECAY_EXPONENTIAL:
		*weight = exp(-d->param[0] * cost);
		return TB_OK;
	case TB_DECAY_POWER:
		*weight = pow(cost, -d->param[0]);
		return cost > 0 && isfinite(*weight) ? TB_OK : TB_OUT_OF_RANGE;
	case TB_DECAY_GAUSSIAN:
		*weight = exp(-(cost / d->param[0]) * (cost / d->param[0]) / 2);
		return TB_OK;
	case TB_DECAY_STEP:
		*weight = 0;
		for (uint64_t i = 0; i < d->params; i += 2)
			if (cost <= d->param[i]) {
				*weight = d->param[i + 1];
				break;
			}
		return TB_OK;
	case TB_DECAY_LINEAR:
		*weight = fmax(0, 1 - cost / d->param[0]);
		return TB_OK;
	case TB_DECAY_NONE:
	case TB_DECAYS:
		break;
	}
	*weight = 1;
	return TB_OK;
}

enum { SUM_DECAY, SUM_PARAMS, SUM_ROWS, SUM_HI, SUM_LO, SUM_HEADER };

static TbDecay decay_of(const TbState *state)
{
	const uint64_t *w = tb_state_words(state);

	return (TbDecay){(TbDecayKind)w[SUM_DECAY], tb_state_doubles(state) + SUM_HEADER, w[SUM_PARAMS]};
}

TbState *tb_accessibility_new(const TbDecay *d)
{
	TbState *state = tb_state_new(&tb_accessibility_shape, SUM_HEADER + d->params, 0);

	tb_state_words(state)[SUM_DECAY] = d->kind;
	tb_state_words(state)[SUM_PARAMS] = d->params;
	if (d->params > 0)
		memcpy(tb_state_doubles(state) + SUM_HEADER, d->param, d->params * 8);
	return state;
}

bool tb_accessibility_same(const TbState *state, const TbDecay *d)
{
	TbDecay own = decay_of(state);

	return own.kind == d->kind && own.params == d->params && (d->params == 0 || memcmp(own.param, d->param, d->params * 8) == 0);
}

static TbStatus add_sum(TbState *state, TbDd x, uint64_t rows)
{
	double *w = tb_state_doubles(state);
	TbDd sum = tb_dd_add((TbDd){w[SUM_HI], w[SUM_LO]}, x);

	if (!isfinite(sum.hi) || !isfinite(sum.lo))
		return TB_OUT_OF_RANGE;
	w[SUM_HI] = sum.hi;
	w[SUM_LO] = sum.lo;
	tb_state_words(state)[SUM_ROWS] += rows;
	return TB_OK;
}

TbStatus tb_accessibility_add(TbState *state, double opportunity, double cost)
{
	TbDecay decay = decay_of(state);
	double weight;
	TbStatus status = tb_decay_weight(&decay, cost, &weight);

	return status == TB_OK ? add_sum(state, tb_two_product(opportunity, weight), 1) : status;
}

double tb_accessibility_sum(const TbState *state)
{
	const double *w = tb_state_doubles(state);

	return tb_dd_value((TbDd){w[SUM_HI], w[SUM_LO]});
}

static TbStatus sum_check(const TbState *state)
{
	const uint64_t *w = tb_state_words(state);
	const double *x = tb_state_doubles(state);
	TbDecay decay;

	if (state->flags != 0 || state->bytes != 0 || state->words < SUM_HEADER || w[SUM_DECAY] >= TB_DECAYS || w[SUM_PARAMS] > TB_DECAY_MOST ||
		state->words != SUM_HEADER + w[SUM_PARAMS])
		return TB_CORRUPT;
	decay = decay_of(state);
	for (uint64_t i = 0; i < decay.params; i++)
		if (!isfinite(decay.param[i]))
			return TB_CORRUPT;
	if (!isfinite(x[SUM_HI]) || !isfinite(x[SUM_LO]) || x[SUM_HI] < 0 || x[SUM_HI] + x[SUM_LO] != x[SUM_HI] || tb_decay_problem(&decay))
		return TB_CORRUPT;
	return TB_OK;
}

static TbStatus sum_merge(TbState **target, const TbState *source)
{
	const double *x = tb_state_doubles(source);
	TbDecay decay = decay_of(source);

	if (!tb_accessibility_same(*target, &decay))
		return TB_MISMATCH;
	return add_sum(*target, (TbDd){x[SUM_HI], x[SUM_LO]}, tb_state_words(source)[SUM_ROWS]);
}

static TbState *sum_pack(const TbState *state)
{
	return (TbState *)state;
}

const TbShape tb_accessibility_shape = {"accessibility_state", TB_SHAPE_ACCESSIBILITY, sum_check, sum_merge, sum_pack, false};

bool tb_catchment_params_ok(const double *param, uint64_t n)
{
	TbDecay decay;

	if (n < 3 || !tb_is_choice(param[0], TB_CATCHMENT_METHODS) || !(param[1] >= 0) || !tb_is_choice(param[2], TB_DECAYS) || n - 3 > TB_DECAY_MOST)
		return false;
	decay = (TbDecay){(TbDecayKind)param[2], param + 3, n - 3};
	for (uint64_t i = 0; i < decay.params; i++)
		if (!isfinite(decay.param[i]))
			return false;
	return !tb_decay_problem(&decay);
}

TB_BAG_KIND(tb_catchment, "catchment_state", TB_SHAPE_CATCHMENT, 2, 3, 0, 0, tb_catchment_params_ok, 0)

/* value[id], and a row that contradicts an earlier one of its id */
static bool by_id(const uint32_t *id, const double *x, size_t n, double *value, size_t *conflict)
{
	for (size_t r = 0; r < n; r++) {
		if (r % TICK == TICK - 1)
			tb_tick();
		if (isnan(value[id[r]]))
			value[id[r]] = x[r];
		else if (value[id[r]] != x[r]) {
			*conflict = r;
			return false;
		}
	}
	return true;
}

/* sum[id] += x[r], rows in order */
static void add_up(const uint32_t *id, const double *x, size_t n, uint32_t ids, double *sum)
{
	TbDd *exact = tb_alloc_zero(ids, sizeof(TbDd));

	for (size_t r = 0; r < n; r++) {
		exact[id[r]] = tb_dd_add_d(exact[id[r]], x[r]);
		if (r % TICK == TICK - 1)
			tb_tick();
	}
	for (uint32_t i = 0; i < ids; i++)
		sum[i] = tb_dd_value(exact[i]);
	tb_free(exact);
	tb_tick();
}

static double over(double x, double y)
{
	return y > 0 ? x / y : 0;
}

typedef struct Steps {
	double *reach;          /* decay of the cost, whatever the cutoff */
	double *w;              /* the same, 0 beyond the cutoff */
	double *first, *second; /* weights of the two steps; may be w */
	double *row, *column;   /* sums by demand and by supply */
} Steps;

static void step_weights(const TbCatchment *c, TbCatchmentMethod method, Steps *s)
{
	s->first = s->second = s->w;
	if (method == TB_2SFCA || method == TB_SPATIAL_AVAILABILITY)
		return;
	s->row = tb_alloc(c->ids * sizeof(double));
	s->first = tb_alloc(c->n * sizeof(double));
	add_up(c->demand_id, method == TB_3SFCA ? s->reach : s->w, c->n, c->ids, s->row);
	for (size_t r = 0; r < c->n; r++)
		s->first[r] = over(s->w[r], s->row[c->demand_id[r]]);
	if (method == TB_3SFCA) {
		for (size_t r = 0; r < c->n; r++)
			s->first[r] *= s->w[r];
		s->second = s->first;
		return;
	}
	s->column = tb_alloc(c->ids * sizeof(double));
	s->second = tb_alloc(c->n * sizeof(double));
	add_up(c->supply_id, s->w, c->n, c->ids, s->column);
	for (size_t r = 0; r < c->n; r++)
		s->second[r] = over(s->w[r], s->column[c->supply_id[r]]);
}

static double *missing(uint32_t n)
{
	double *x = tb_alloc(n * sizeof(double));

	for (uint32_t i = 0; i < n; i++)
		x[i] = NAN;
	return x;
}

TbStatus tb_catchment_access(const TbCatchment *c, TbCatchmentMethod method, const TbDecay *decay, double cutoff, double *score, size_t *conflict)
{
	Steps s = {.reach = tb_alloc(c->n * sizeof(double)), .w = tb_alloc(c->n * sizeof(double))};
	double *demand = missing(c->ids), *supply = missing(c->ids), *load = tb_alloc(c->n * sizeof(double)), *total = tb_alloc(c->ids * sizeof(double));

	if (!by_id(c->demand_id, c->demand, c->n, demand, conflict))
		return TB_MISMATCH;
	if (!by_id(c->supply_id, c->supply, c->n, supply, conflict)) {
		*conflict += c->n;
		return TB_MISMATCH;
	}
	for (size_t r = 0; r < c->n; r++) {
		if (tb_decay_weight(decay, c->cost[r], &s.reach[r]) != TB_OK) {
			*conflict = r;
			return TB_OUT_OF_RANGE;
		}
		s.w[r] = c->cost[r] <= cutoff ? s.reach[r] : 0;
		if (r % TICK == 0)
			tb_tick();
	}
	step_weights(c, method, &s);
	for (size_t r = 0; r < c->n; r++)
		load[r] = c->demand[r] * s.first[r];
	tb_tick();
	add_up(c->supply_id, load, c->n, c->ids, total);
	for (size_t r = 0; r < c->n; r++) {
		double weight = method == TB_SPATIAL_AVAILABILITY ? load[r] : s.second[r];

		load[r] = weight > 0 ? over(c->supply[r], total[c->supply_id[r]]) * weight : 0;
		if (!isfinite(load[r])) {
			*conflict = r;
			return TB_OUT_OF_RANGE;
		}
		if (r % TICK == TICK - 1)
			tb_tick();
	}
	add_up(c->demand_id, load, c->n, c->ids, score);
	return TB_OK;
}

TbStatus tb_huff(const double *attraction, const double *distance, size_t n, double alpha, double lambda, double *share, size_t *at)
{
	TbDd sum = {0, 0};
	double total, largest = 0;
	size_t *order;

	for (size_t k = 0; k < n; k++) {
		share[k] = pow(attraction[k], alpha) * pow(distance[k], -lambda);
		if (!isfinite(share[k])) {
			*at = k;
			return TB_OUT_OF_RANGE;
		}
		largest = fmax(largest, share[k]);
	}
	if (!(largest > 0))
		return TB_UNDEFINED;
	order = tb_sort_order(share, n);
	for (size_t k = 0; k < n; k++)
		sum = tb_dd_add_d(sum, share[order[k]] / largest);
	total = tb_dd_value(sum);
	for (size_t k = 0; k < n; k++)
		share[k] = share[k] / largest / total;
	tb_free(order);
	return TB_OK;
}
