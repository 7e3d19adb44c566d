/* interaction.c -- the SQL face of balancing, gravity models, fit of flows and radiation */
#include "postgres.h"

#include <math.h>

#include "executor/executor.h"
#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"
#include "window.h"
#include "window_ids.h"

#include "core/base/step.h"
#include "core/flow/interaction.h"
#include "core/base/sort_order.h"
#include "core/state/bag_kinds.h"

static const char *const model_name[] = {"unconstrained", "production", "attraction", "doubly"};
static const char *const decay_name[] = {"exponential", "power"};

/* A mass in the models that use it; elsewhere its value does not matter, so it is not kept */
static double mass_arg(FunctionCallInfo fcinfo, int n, const char *name, bool used)
{
	return used ? arg_positive(PG_GETARG_FLOAT8(n), name) : NAN;
}

static Datum gravity_add(FunctionCallInfo fcinfo, BagId *read)
{
	double values[4], params[2];
	uint64 missing = TB_BAG_MISSING;
	bool origin, destination;
	TbId ids[2];
	int model, decay;

	bag_not_null(fcinfo, 7, "model");
	bag_not_null(fcinfo, 8, "decay");
	model = arg_choice(PG_GETARG_DATUM(7), "model", model_name, lengthof(model_name));
	decay = arg_choice(PG_GETARG_DATUM(8), "decay", decay_name, lengthof(decay_name));
	origin = model == TB_GRAVITY_UNCONSTRAINED || model == TB_GRAVITY_ATTRACTION;
	destination = model == TB_GRAVITY_UNCONSTRAINED || model == TB_GRAVITY_PRODUCTION;
	if (arg_any_null(fcinfo, 1, 3) || PG_ARGISNULL(6) || (origin && PG_ARGISNULL(4)) || (destination && PG_ARGISNULL(5)))
		return state_unchanged(fcinfo);
	values[0] = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	values[1] = mass_arg(fcinfo, 4, "origin_mass", origin);
	values[2] = mass_arg(fcinfo, 5, "destination_mass", destination);
	values[3] = arg_nonnegative(PG_GETARG_FLOAT8(6), "distance");
	if (decay == TB_GRAVITY_POWER && values[3] == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("power decay needs a positive distance, not 0"),
						errhint("Leave the diagonal out, or give it a distance of its own, such as greatest(distance, 0.5).")));
	for (int i = 1; i < 3; i++)
		if (isnan(values[i]))
			memcpy(&values[i], &missing, 8);
	params[0] = model;
	params[1] = decay;
	ids[0] = read(fcinfo, 1, "origin");
	ids[1] = read(fcinfo, 2, "destination");
	return bag_add(fcinfo, &tb_gravity_kind, params, 2, "model and decay", ids, values);
}

BAG_TRANSITION(terrbal_gravity_transition, gravity_add, bag_id)
BAG_TRANSITION(terrbal_gravity_transition_number, gravity_add, bag_number)

PG_FUNCTION_INFO_V1(terrbal_gravity);

Datum terrbal_gravity(PG_FUNCTION_ARGS)
{
	TbBag r;
	TbGravityData data;
	TbGravity fit;
	Datum values[19];
	bool nulls[19] = {false};
	TbStatus status;
	int model, decay;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_gravity_kind, &r))
		PG_RETURN_NULL();
	tell_alike("zones", r.id, r.ids);
	model = (int)r.param[0];
	decay = (int)r.param[1];
	data = (TbGravityData){{r.rows, r.ids, r.ids, r.row_id[0], r.row_id[1]}, r.value[0], r.value[1], r.value[2], r.value[3]};
	status = tb_gravity(&data, model, decay, &fit, NULL);
	if (status == TB_UNDEFINED &&
		!status_told(
			status, "no flow at all, or masses or distances that do not vary, or not apart from each other and from the totals that the model keeps"))
		PG_RETURN_NULL();
	if (!status_ok_message(status, "the gravity model has no finite best fit", NULL,
						   "Flows that only exist at the shortest or the longest distances have no decay to estimate."))
		PG_RETURN_NULL();
	{
		double field[] = {fit.beta,        fit.alpha,    fit.gamma,     fit.constant, fit.beta_se, fit.alpha_se, fit.gamma_se,
						  fit.constant_se, fit.deviance, fit.pseudo_r2, fit.srmse,    fit.ssi,     fit.cpc};

		for (int i = 0; i < 13; i++)
			row_double(values, nulls, i, field[i]);
	}
	values[13] = Int32GetDatum(fit.iterations);
	values[14] = CStringGetTextDatum(model_name[model]);
	values[15] = CStringGetTextDatum(decay_name[decay]);
	values[16] = Int64GetDatum(r.rows);
	row_double(values, nulls, 17, fit.log_likelihood);
	row_double(values, nulls, 18, fit.d2);
	return row_datum(fcinfo, values, nulls, 19);
}

static double field_of(HeapTupleHeader row, const char *name, bool *isnull)
{
	Datum value = GetAttributeByName(row, name, isnull);

	return *isnull ? NAN : DatumGetFloat8(value);
}

PG_FUNCTION_INFO_V1(terrbal_predicted_flow);

Datum terrbal_predicted_flow(PG_FUNCTION_ARGS)
{
	HeapTupleHeader fit = PG_GETARG_HEAPTUPLEHEADER(0);
	double origin = arg_positive(PG_GETARG_FLOAT8(1), "origin_mass"), destination = arg_positive(PG_GETARG_FLOAT8(2), "destination_mass");
	double distance = arg_nonnegative(PG_GETARG_FLOAT8(3), "distance"), flow;
	bool isnull;
	Datum decay = GetAttributeByName(fit, "decay", &isnull), model;
	int choice;

	if (isnull)
		PG_RETURN_NULL();
	choice = arg_choice(decay, "decay", decay_name, lengthof(decay_name));
	model = GetAttributeByName(fit, "model", &isnull);
	if (isnull)
		PG_RETURN_NULL();
	if (arg_choice(model, "model", model_name, lengthof(model_name)) != TB_GRAVITY_UNCONSTRAINED)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("a \"%s\" gravity model predicts no flow from masses alone", TextDatumGetCString(model)),
						errhint("Pass exp(beta * distance) or power(distance, beta) as seed to balanced_flow, or as attraction to huff_share.")));
	if (choice == TB_GRAVITY_POWER)
		(void)arg_positive(distance, "distance");
	flow = tb_predicted_flow(&(TbGravity){.constant = field_of(fit, "constant", &isnull),
										  .alpha = field_of(fit, "alpha", &isnull),
										  .gamma = field_of(fit, "gamma", &isnull),
										  .beta = field_of(fit, "beta", &isnull)},
							 choice, origin, destination, distance);
	if (isnan(flow))
		PG_RETURN_NULL();
	if (isinf(flow))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("predicted flow overflows")));
	PG_RETURN_FLOAT8(flow);
}

PG_FUNCTION_INFO_V1(terrbal_flow_fit);

Datum terrbal_flow_fit(PG_FUNCTION_ARGS)
{
	TbSample s;
	TbFlowFit fit;

	if (PG_ARGISNULL(0) || !sample_arg(fcinfo, 0, &tb_paired_shape, &s))
		PG_RETURN_NULL();
	for (size_t i = 0; i < s.n; i++)
		(void)(arg_nonnegative(s.x[i], "observed"), arg_nonnegative(s.y[i], "predicted"));
	if (!status_ok(tb_flow_fit(s.x, s.y, s.count, s.n, &fit)))
		PG_RETURN_NULL();
	if (isnan(fit.nrmse))
		notice_once((errmsg("no relative error and no divergence: nothing was observed in %.0f pairs", fit.n)));
	{
		double field[] = {fit.n, fit.cpc, fit.rmse, fit.nrmse, fit.srmse, fit.ssi, fit.kl};

		return row_doubles(fcinfo, field, 7);
	}
}

/* --- window functions --- */

typedef struct Shares {
	double *share;
	bool *null;
} Shares;

static Shares *no_shares(Window *w)
{
	Shares *s = tb_alloc(sizeof(Shares));

	s->share = tb_alloc_zero(w->rows, sizeof(double));
	s->null = tb_alloc_zero(w->rows, sizeof(bool));
	return s;
}

static Datum answer(FunctionCallInfo fcinfo, const Shares *s)
{
	int64 row = window_position(fcinfo);

	if (s->null[row])
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(s->share[row]);
}

static double *nonnegative_column(Window *w, int argument, const char *name, bool *null)
{
	bool *nulls = tb_alloc(w->rows * sizeof(bool));
	double *x = window_doubles(w, argument, name, nulls);

	for (int64 i = 0; i < w->rows; i++) {
		if (nulls[i])
			null[i] = true;
		else
			x[i] = arg_nonnegative(x[i], name);
	}
	return x;
}

typedef struct Cells {
	const uint32_t *origin, *destination;
	const double *seed;
	const int64 *row;
} Cells;

static bool cell_before(const void *context, size_t a, size_t b)
{
	const Cells *c = context;
	int64 i = c->row[a], k = c->row[b];

	if (c->origin[i] != c->origin[k])
		return c->origin[i] < c->origin[k];
	if (c->destination[i] != c->destination[k])
		return c->destination[i] < c->destination[k];
	return c->seed[i] < c->seed[k];
}

/* The totals of both sides, equal afterwards */
static void agree(const double *o, uint32_t origins, double *d, uint32_t destinations)
{
	double out, in;
	TbStatus status = tb_margins_agree(o, origins, d, destinations, &out, &in);

	if (status == TB_OUT_OF_RANGE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("sum of the totals overflows")));
	if (status == TB_MISMATCH)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("origin totals sum to %.15g, destination totals to %.15g", out, in),
						errhint("Scale one side to the other, as in destination_total * %.15g.", in > 0 ? out / in : 0)));
}

static void *solve_balance(Window *w, bool number)
{
	Shares *s = no_shares(w);
	TbId *origin_id, *destination_id;
	TbPairs p = {0};
	double *seed = nonnegative_column(w, 0, "seed", s->null);
	uint32_t *origin = window_ids(w, 1, number, "origin", s->null, &origin_id, &p.origins);
	uint32_t *destination = window_ids(w, 2, number, "destination", s->null, &destination_id, &p.destinations);
	double *o = nonnegative_column(w, 3, "origin_total", s->null), *d = nonnegative_column(w, 4, "destination_total", s->null);
	uint32_t *cell_origin = tb_alloc(w->rows * sizeof(uint32_t)), *cell_destination = tb_alloc(w->rows * sizeof(uint32_t));
	double *cell_seed = tb_alloc(w->rows * sizeof(double)), *flow = tb_alloc(w->rows * sizeof(double));
	int64 *row = tb_alloc(w->rows * sizeof(int64));
	size_t *order;
	TbBalance balance;
	TbStatus status;

	for (int64 i = 0; i < w->rows; i++)
		if (!s->null[i])
			row[p.n++] = i;
	if (p.n == 0)
		return s;
	o = window_totals(w, s->null, origin, o, origin_id, p.origins, "origin", "origin_total");
	d = window_totals(w, s->null, destination, d, destination_id, p.destinations, "destination", "destination_total");
	agree(o, p.origins, d, p.destinations);
	order = tb_sort_order_by(p.n, cell_before, &(Cells){origin, destination, seed, row});
	for (size_t k = 0; k < p.n; k++) {
		cell_origin[k] = origin[row[order[k]]];
		cell_destination[k] = destination[row[order[k]]];
		cell_seed[k] = seed[row[order[k]]];
	}
	p.origin = cell_origin;
	p.destination = cell_destination;
	status = tb_balance(&p, cell_seed, o, d, TB_BALANCED, flow, &balance);
	if (balance.origin != UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("origin \"%s\" has total %.15g but no destination with a seed and a total above 0",
																  bag_text(origin_id[balance.origin]), o[balance.origin])));
	if (balance.destination != UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("destination \"%s\" has total %.15g but no origin with a seed and a total above 0",
																  bag_text(destination_id[balance.destination]), d[balance.destination])));
	(void)status_ok_message(status == TB_NOT_CONVERGED ? TB_INFEASIBLE : status, "no flows with these zeros in the seed have these totals", NULL,
							"Give the pairs that may exchange something a small positive seed.");
	for (size_t k = 0; k < p.n; k++)
		s->share[row[order[k]]] = flow[k];
	return s;
}

static void *solve_balance_text(Window *w)
{
	return solve_balance(w, false);
}

static void *solve_balance_number(Window *w)
{
	return solve_balance(w, true);
}

PG_FUNCTION_INFO_V1(terrbal_balanced_flow);
PG_FUNCTION_INFO_V1(terrbal_balanced_flow_number);

Datum terrbal_balanced_flow(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, window_solution(fcinfo, solve_balance_text));
}

Datum terrbal_balanced_flow_number(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, window_solution(fcinfo, solve_balance_number));
}

/* A float8 that belongs to the origin; NAN where NULL */
static double origin_value(Window *w, int argument, const char *name)
{
	bool isnull;
	Datum value = window_common(w, argument, name, &isnull);

	return isnull ? NAN : arg_nonnegative(DatumGetFloat8(value), name);
}

/* The rows that take part, packed to the front; returns how many */
static size_t compact(Window *w, const bool *null, double *a, double *b, int64 *row)
{
	size_t n = 0;

	for (int64 i = 0; i < w->rows; i++)
		if (!null[i]) {
			a[n] = a[i];
			b[n] = b[i];
			row[n++] = i;
		}
	return n;
}

/* Rows have no ids: a join that doubled them shows as destinations of one mass at one distance */
static void warn_of_twins(const double *mass, const double *distance, size_t n)
{
	size_t *order = tb_sort_order(distance, n), twins = 0, which = 0;
	double *ring = tb_alloc(n * sizeof(double));

	for (size_t from = 0, to; from < n; from = to) {
		size_t *by_mass;

		for (to = from; to < n && distance[order[to]] == distance[order[from]]; to++, tb_step())
			ring[to - from] = mass[order[to]];
		by_mass = tb_sort_order(ring, to - from);
		for (size_t k = 1; k < to - from; k++, tb_step()) {
			if (ring[by_mass[k]] > 0 && ring[by_mass[k]] == ring[by_mass[k - 1]]) {
				twins++;
				which = order[from + by_mass[k]];
			}
		}
		tb_free(by_mass);
	}
	tb_free(ring);
	tb_free(order);
	if (twins > 0)
		notice_once((errmsg("%zu destinations have the mass and distance of another, such as mass %.15g at distance %.15g", twins, mass[which],
							distance[which]),
					 errhint("Each row is read as a destination of its own: was it joined more than once?")));
}

static TbStatus radiation(double origin, double total, const double *mass, const double *distance, size_t n, double *share)
{
	double parts;
	TbStatus status = tb_radiation(origin, total, mass, distance, n, share, &parts);

	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("total_mass (%.15g) is less than the origin and its destinations together (%.15g)", total, parts),
						errhint("The total is that of all places, each once: leave the row from the origin to itself out.")));
	return status;
}

static void *solve_radiation(Window *w)
{
	Shares *s = no_shares(w);
	double origin = origin_value(w, 0, "origin_mass"), total = origin_value(w, 3, "total_mass");
	double *mass = nonnegative_column(w, 1, "destination_mass", s->null), *distance = nonnegative_column(w, 2, "distance", s->null);
	double *share = tb_alloc_zero(w->rows, sizeof(double));
	int64 *row = tb_alloc(w->rows * sizeof(int64));
	size_t n;

	if (total < origin)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("total_mass (%.15g) is less than origin_mass (%.15g)", total, origin),
						errhint("The total mass includes the origin's own.")));
	n = compact(w, s->null, mass, distance, row);
	warn_of_twins(mass, distance, n);
	if (!isnan(origin) && !isnan(total) && status_told(radiation(origin, total, mass, distance, n, share), "an origin of mass 0, or alone"))
		for (size_t k = 0; k < n; k++)
			s->share[row[k]] = share[k];
	else
		memset(s->null, true, w->rows);
	return s;
}

PG_FUNCTION_INFO_V1(terrbal_radiation_share);

Datum terrbal_radiation_share(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, window_solution(fcinfo, solve_radiation));
}
