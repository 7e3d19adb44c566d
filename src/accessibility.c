/* accessibility.c -- the SQL face of Hansen sums, floating catchments and Huff shares */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "row.h"
#include "state.h"
#include "status.h"
#include "window.h"

#include "core/flow/accessibility.h"
#include "core/base/host.h"
#include "core/base/step.h"

TB_STATE(accessibility)

static const char *const decay_name[] = {"exponential", "power", "gaussian", "step", "linear", "none"};
static const char *const method_name[] = {"2sfca", "3sfca", "bfca", "spatial_availability"};

/* decay and parameters, arguments n and n + 1 */
static TbDecay decay_arg(FunctionCallInfo fcinfo, int n)
{
	TbDecay decay = {0};
	const char *problem;
	int params = 0;

	bag_not_null(fcinfo, n, "decay");
	decay.kind = arg_choice(PG_GETARG_DATUM(n), "decay", decay_name, lengthof(decay_name));
	if (PG_ARGISNULL(n + 1)) {
		if (decay.kind != TB_DECAY_NONE)
			bag_not_null(fcinfo, n + 1, "parameters");
	} else
		decay.param = arg_float8_array(PG_GETARG_ARRAYTYPE_P(n + 1), &params, "parameters");
	decay.params = params;
	problem = tb_decay_problem(&decay);
	if (problem)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", problem),
						params > 0 ? errdetail("%d given, the first is %.15g.", params, decay.param[0]) : errdetail("None given.")));
	return decay;
}

static _Noreturn void refuse_cost(double cost)
{
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("power decay has no weight at cost %.15g", cost),
					errhint("Give the smallest cost a floor, as in greatest(cost, 0.5).")));
}

/* NaN: out of reach, which is what NULL and infinity mean of a cost */
static double cost_of(Datum cost, bool isnull, const char *name)
{
	double x = isnull ? INFINITY : DatumGetFloat8(cost);

	return isinf(x) && x > 0 ? NAN : arg_nonnegative(x, name);
}

/* Here a weight is a share of the opportunities; catchments only compare weights */
static void tell_percentage(const TbDecay *decay)
{
	for (uint64 i = 1; decay->kind == TB_DECAY_STEP && i < decay->params; i += 2)
		if (decay->param[i] > 1)
			notice_once((errmsg("a step has a weight of %.15g, so opportunities count more than once", decay->param[i]),
						 errhint("Divide a percentage by 100.")));
}

PG_FUNCTION_INFO_V1(terrbal_accessibility_transition);

Datum terrbal_accessibility_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_accessibility_shape);
	double opportunity, cost;
	TbDecay decay;
	TbStatus status;

	if (PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		return state_unchanged(fcinfo);
	decay = decay_arg(fcinfo, 3);
	tell_percentage(&decay);
	opportunity = PG_ARGISNULL(1) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(1), "opportunity");
	cost = cost_of(PG_GETARG_DATUM(2), PG_ARGISNULL(2), "cost");
	if (!state)
		state = tb_accessibility_new(&decay);
	else if (!tb_accessibility_same(state, &decay))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("decay and parameters must be the same in all rows"),
						errhint("Group by what sets them apart.")));
	status = tb_accessibility_add(state, opportunity, cost);
	if (status == TB_OUT_OF_RANGE && decay.kind == TB_DECAY_POWER)
		refuse_cost(cost);
	(void)status_ok(status);
	return state_kept(fcinfo, state, &tb_accessibility_shape);
}

PG_FUNCTION_INFO_V1(terrbal_accessibility);

Datum terrbal_accessibility(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(tb_accessibility_sum(state_arg(fcinfo, 0, &tb_accessibility_shape)));
}

static Datum catchment_add(FunctionCallInfo fcinfo, BagId *read)
{
	double params[3 + TB_DECAY_MOST], values[3];
	bool alone = PG_ARGISNULL(2); /* a place without a site, as LEFT JOIN gives */
	TbDecay decay;
	TbId ids[2];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(3) || (!alone && PG_ARGISNULL(4)))
		return state_unchanged(fcinfo);
	bag_not_null(fcinfo, 6, "method");
	params[0] = arg_choice(PG_GETARG_DATUM(6), "method", method_name, lengthof(method_name));
	decay = decay_arg(fcinfo, 7);
	if (decay.params > TB_DECAY_MOST)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("more than %d decay parameters", TB_DECAY_MOST)));
	params[1] = PG_ARGISNULL(9) ? INFINITY : arg_nonnegative(PG_GETARG_FLOAT8(9), "cutoff");
	params[2] = decay.kind;
	if (decay.params > 0)
		memcpy(params + 3, decay.param, decay.params * sizeof(double));
	values[0] = arg_nonnegative(PG_GETARG_FLOAT8(3), "demand");
	values[1] = alone ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(4), "supply");
	values[2] = cost_of(PG_GETARG_DATUM(5), alone || PG_ARGISNULL(5), "cost");
	ids[0] = read(fcinfo, 1, "demand_id");
	ids[1] = read(fcinfo, 2, "supply_id");
	return bag_add(fcinfo, &tb_catchment, params, 3 + decay.params, "method, decay, parameters and cutoff", ids, values);
}
BAG_TRANSITION(terrbal_catchment_transition, catchment_add, bag_id)
BAG_TRANSITION(terrbal_catchment_transition_number, catchment_add, bag_number)

static _Noreturn void refuse_conflict(const TbBag *r, size_t at)
{
	bool supply = at >= r->rows;
	size_t row = supply ? at - r->rows : at;

	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("%s of \"%s\" differs between rows: %.15g is not the first value", supply ? "supply" : "demand",
						   bag_text(r->id[r->row_id[supply][row]]), r->value[supply][row]),
					errhint("Demand belongs to its place and supply to its site: every row of one id repeats the same number.")));
}

/* How far a place can reach by cutoff and decay */
static double reach_of(const TbDecay *decay, double cutoff)
{
	if (decay->kind == TB_DECAY_LINEAR)
		return fmin(cutoff, decay->param[0]);
	if (decay->kind == TB_DECAY_STEP)
		return fmin(cutoff, decay->param[decay->params - 2]);
	return cutoff;
}

/* Nobody within reach of anything: seldom meant, often minutes against metres */
static void tell_nothing_reached(const TbCatchment *data, double reach)
{
	double least = INFINITY;

	for (size_t i = 0; i < data->n; i++, tb_step())
		least = fmin(least, data->cost[i]); /* NaN where out of reach, which fmin passes over */
	if (isfinite(least) && least > reach)
		notice_once((errmsg("all scores are 0: no place has a site within %.15g, the nearest is at %.15g", reach, least),
					 errhint("Are cost, cutoff and decay in one unit?")));
}

PG_FUNCTION_INFO_V1(terrbal_catchment_access);

Datum terrbal_catchment_access(PG_FUNCTION_ARGS)
{
	TbBag r;
	TbDecay decay;
	TbCatchment data;
	TbStatus status;
	RowArray *array;
	double *score;
	size_t conflict = 0;
	bool *listed;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_catchment, &r))
		PG_RETURN_NULL();
	bag_pairs_once(&r, "Give each pair of a place and a site once, with its least cost: min(cost) grouped by the pair.");
	decay = (TbDecay){(TbDecayKind)r.param[2], r.param + 3, r.params - 3};
	data = (TbCatchment){r.rows, r.ids, r.row_id[0], r.row_id[1], r.value[0], r.value[1], r.value[2]};
	score = tb_alloc(r.ids * sizeof(double));
	status = tb_catchment_access(&data, (TbCatchmentMethod)r.param[0], &decay, r.param[1], score, &conflict);
	if (status == TB_MISMATCH)
		refuse_conflict(&r, conflict);
	if (status == TB_OUT_OF_RANGE && decay.kind == TB_DECAY_POWER)
		refuse_cost(r.value[2][conflict]);
	(void)status_ok(status);
	tell_nothing_reached(&data, reach_of(&decay, r.param[1]));
	listed = tb_alloc_zero(r.ids, sizeof(bool));
	for (size_t i = 0; i < r.rows; i++)
		listed[r.row_id[0][i]] = true;
	array = row_array_begin(fcinfo, r.ids);
	for (uint32_t i = 0; i < r.ids; i++) {
		Datum values[2] = {arg_id_datum(r.id[i].text, r.id[i].length)};
		bool nulls[2] = {false, false};

		row_double(values, nulls, 1, score[i]);
		if (listed[i])
			row_array_put(array, values, nulls, 2);
	}
	return row_array_end(array);
}

typedef struct Huff {
	double *share;
	bool *null;
} Huff;

static double power_arg(Window *w, int argument, const char *name, bool *null)
{
	Datum value = window_common(w, argument, name, null);

	return *null ? NAN : arg_finite(DatumGetFloat8(value), name);
}

static void *solve_huff(Window *w)
{
	Huff *h = tb_alloc(sizeof(Huff));
	bool *no_attraction = tb_alloc(w->rows * sizeof(bool)), no_distance, no_alpha, no_lambda;
	double *attraction = window_doubles(w, 0, "attraction", no_attraction), *distance = tb_alloc(w->rows * sizeof(double));
	double alpha = power_arg(w, 2, "alpha", &no_alpha), lambda = power_arg(w, 3, "lambda", &no_lambda);
	double *share = tb_alloc_zero(w->rows, sizeof(double));
	int64 *row = tb_alloc(w->rows * sizeof(int64));
	size_t n = 0, at = 0;
	TbStatus status;

	h->share = tb_alloc_zero(w->rows, sizeof(double));
	h->null = tb_alloc_zero(w->rows, sizeof(bool));
	for (int64 i = 0; i < w->rows; i++) {
		Datum value = window_value(w, 1, i, &no_distance);

		h->null[i] = no_attraction[i] || no_alpha || no_lambda;
		if (h->null[i])
			continue;
		attraction[n] = arg_nonnegative(attraction[i], "attraction");
		distance[n] = cost_of(value, no_distance, "distance");
		row[n++] = i;
	}
	status = n > 0 ? tb_huff(attraction, distance, n, alpha, lambda, share, &at) : TB_UNDEFINED;
	if (status == TB_OUT_OF_RANGE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("utility is not finite at attraction %.15g and distance %.15g", attraction[at], distance[at]),
						errhint("Give the smallest distance a floor, as in greatest(distance, 0.5).")));
	if (!status_told(status, "no destination with attraction is within reach"))
		memset(h->null, true, w->rows);
	for (size_t k = 0; k < n; k++)
		h->share[row[k]] = share[k];
	return h;
}

PG_FUNCTION_INFO_V1(terrbal_huff_share);

Datum terrbal_huff_share(PG_FUNCTION_ARGS)
{
	Huff *h = window_solution(fcinfo, solve_huff);
	int64 row = window_position(fcinfo);

	if (h->null[row])
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(h->share[row]);
}
