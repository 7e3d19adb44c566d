/* accessibility.c -- decay, Hansen sums, catchments, Huff */
#include "accessibility.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

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

TbStatus tb_decay_scaled(const TbDecay *d, double cost, TbScaled *weight)
{
	double plain, u;

	if (d->kind == TB_DECAY_POWER && cost > 0)
		*weight = tb_scaled_power(cost, -d->param[0]);
	else if (d->kind == TB_DECAY_EXPONENTIAL)
		*weight = tb_scaled_exp(-d->param[0] * cost);
	else if (d->kind == TB_DECAY_GAUSSIAN) {
		u = cost / d->param[0];
		*weight = tb_scaled_exp(-u * u / 2);
	} else {
		TbStatus status = tb_decay_weight(d, cost, &plain);

		*weight = tb_scaled(plain);
		return status;
	}
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
	return tb_count(tb_state_words(state) + SUM_ROWS, rows) ? TB_OK : TB_TOO_MANY;
}

TbStatus tb_accessibility_add(TbState *state, double opportunity, double cost)
{
	TbDecay decay = decay_of(state);
	TbScaled weight = {0, 0};
	TbStatus status = TB_OK;
	double plain = 0;

	/* a weight beyond float8 may still make a product within, and one near its end has no room for the parts of a product */
	if (opportunity < 1e290) {
		if (!isnan(cost))
			(void)tb_decay_weight(&decay, cost, &plain);
		if (isnan(cost) || isnormal(plain))
			return add_sum(state, tb_two_product(opportunity, plain), 1);
	}
	if (!isnan(cost))
		status = tb_decay_scaled(&decay, cost, &weight);
	if (status != TB_OK)
		return status;
	return add_sum(state, tb_dd(tb_scaled_value(tb_scaled_product(tb_scaled(opportunity), weight), 0)), 1);
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
	for (uint64_t i = 0; i < decay.params; i++, tb_step())
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
	for (uint64_t i = 0; i < decay.params; i++, tb_step())
		if (!isfinite(decay.param[i]))
			return false;
	return !tb_decay_problem(&decay);
}

TB_BAG_KIND(tb_catchment, "catchment_state", TB_SHAPE_CATCHMENT, 2, 3, 0x2, 0x4, tb_catchment_params_ok, 0)

/* value[id], and a row that contradicts an earlier one of its id */
static bool by_id(const uint32_t *id, const double *x, size_t n, double *value, size_t *conflict)
{
	for (size_t r = 0; r < n; r++) {
		tb_step();
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
		tb_step();
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
	TbScaled *reach;        /* decay of the cost, whatever the cutoff */
	TbScaled *w;            /* the same, 0 beyond the cutoff */
	double *first, *second; /* weights of the two steps, may be one; those of a supply by any common factor */
} Steps;

/* Weights over the power of two of the largest of their id: a score does not depend on it, and float8 holds them */
static double *near_one(const TbScaled *w, const uint32_t *id, size_t n, uint32_t ids)
{
	double *result = tb_alloc(n * sizeof(double)), *largest = tb_alloc(ids * sizeof(double));

	for (uint32_t i = 0; i < ids; i++)
		largest[i] = -INFINITY;
	for (size_t r = 0; r < n; r++, tb_step())
		if (w[r].m > 0)
			largest[id[r]] = fmax(largest[id[r]], w[r].e);
	for (size_t r = 0; r < n; r++) {
		result[r] = w[r].m > 0 ? tb_scaled_value(w[r], largest[id[r]]) : 0;
		tb_step();
	}
	tb_free(largest);
	return result;
}

/* w over the sum of its id; what a sum takes may be more than w */
static double *shares(const TbScaled *w, const TbScaled *among, const uint32_t *id, size_t n, uint32_t ids)
{
	double *share = near_one(among, id, n, ids), *sum = tb_alloc(ids * sizeof(double));

	add_up(id, share, n, ids, sum);
	for (size_t r = 0; r < n; r++, tb_step())
		share[r] = w[r].m > 0 ? over(share[r], sum[id[r]]) : 0;
	tb_free(sum);
	return share;
}

static void step_weights(const TbCatchment *c, TbCatchmentMethod method, Steps *s)
{
	if (method == TB_2SFCA || method == TB_SPATIAL_AVAILABILITY) {
		s->first = s->second = near_one(s->w, c->supply_id, c->n, c->ids);
		return;
	}
	s->first = shares(s->w, method == TB_3SFCA ? s->reach : s->w, c->demand_id, c->n, c->ids);
	if (method == TB_3SFCA) {
		for (size_t r = 0; r < c->n; r++, tb_step())
			s->w[r] = tb_scaled_product(tb_scaled(s->first[r]), s->w[r]);
		tb_free(s->first);
		s->first = s->second = near_one(s->w, c->supply_id, c->n, c->ids);
		return;
	}
	s->second = shares(s->w, s->w, c->supply_id, c->n, c->ids);
}

static double *missing(uint32_t n)
{
	double *x = tb_alloc(n * sizeof(double));

	for (uint32_t i = 0; i < n; i++, tb_step())
		x[i] = NAN;
	return x;
}

/* Decay of each row's cost, 0 where it cannot be reached */
static TbStatus row_weights(const TbCatchment *c, const TbDecay *decay, double cutoff, Steps *s, size_t *conflict)
{
	s->reach = tb_alloc(c->n * sizeof(TbScaled));
	s->w = tb_alloc(c->n * sizeof(TbScaled));
	for (size_t r = 0; r < c->n; r++) {
		s->reach[r] = tb_scaled(0);
		if (!isnan(c->cost[r]) && tb_decay_scaled(decay, c->cost[r], &s->reach[r]) != TB_OK) {
			*conflict = r;
			return TB_OUT_OF_RANGE;
		}
		s->w[r] = c->cost[r] <= cutoff ? s->reach[r] : tb_scaled(0);
		tb_step();
	}
	return TB_OK;
}

/* Places without a site share one more site, which has nothing and is reached by nobody. */
static TbCatchment with_no_site(const TbCatchment *c)
{
	TbCatchment all = *c;
	uint32_t *site = tb_alloc(c->n * sizeof(uint32_t));

	for (size_t r = 0; r < c->n; r++, tb_step())
		site[r] = c->supply_id[r] == TB_NO_ID ? c->ids : c->supply_id[r];
	all.supply_id = site;
	all.ids++;
	return all;
}

TbStatus tb_catchment_access(const TbCatchment *rows, TbCatchmentMethod method, const TbDecay *decay, double cutoff, double *score, size_t *conflict)
{
	TbCatchment all = with_no_site(rows), *c = &all;
	Steps s;
	double *demand = missing(c->ids), *supply = missing(c->ids), *load = tb_alloc(c->n * sizeof(double)), *total = tb_alloc(c->ids * sizeof(double));

	if (!by_id(c->demand_id, c->demand, c->n, demand, conflict))
		return TB_MISMATCH;
	if (!by_id(c->supply_id, c->supply, c->n, supply, conflict)) {
		*conflict += c->n;
		return TB_MISMATCH;
	}
	if (row_weights(c, decay, cutoff, &s, conflict) != TB_OK)
		return TB_OUT_OF_RANGE;
	step_weights(c, method, &s);
	for (size_t r = 0; r < c->n; r++, tb_step())
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
		tb_step();
	}
	add_up(c->demand_id, load, c->n, rows->ids, score);
	return TB_OK;
}

/* A^alpha or d^-lambda; false where 0 to a negative power is beyond all numbers */
static bool power_of(double x, double power, TbScaled *result)
{
	*result = x > 0 ? tb_scaled_power(x, power) : tb_scaled(power == 0 ? 1 : 0);
	return x > 0 || power >= 0;
}

TbStatus tb_huff(const double *attraction, const double *distance, size_t n, double alpha, double lambda, double *share, size_t *at)
{
	TbDd sum = {0, 0};
	TbScaled *utility = tb_alloc((n + 1) * sizeof(TbScaled));
	double total, largest = -INFINITY;
	size_t *order;

	for (size_t k = 0; k < n; k++, tb_step()) {
		TbScaled a, d;

		utility[k] = tb_scaled(0);
		if (isnan(distance[k]))
			continue;
		if (!power_of(attraction[k], alpha, &a) || !power_of(distance[k], -lambda, &d)) {
			*at = k;
			return TB_OUT_OF_RANGE;
		}
		utility[k] = tb_scaled_product(a, d);
		if (utility[k].m > 0)
			largest = fmax(largest, utility[k].e);
	}
	if (isinf(largest))
		return TB_UNDEFINED;
	/* only the shares are wanted: the largest utility is near 1 */
	for (size_t k = 0; k < n; k++, tb_step())
		share[k] = tb_scaled_value(utility[k], largest);
	tb_free(utility);
	order = tb_sort_order(share, n);
	for (size_t k = 0; k < n; k++, tb_step())
		sum = tb_dd_add_d(sum, share[order[k]]);
	total = tb_dd_value(sum);
	for (size_t k = 0; k < n; k++, tb_step())
		share[k] = share[k] / total;
	tb_free(order);
	return TB_OK;
}
