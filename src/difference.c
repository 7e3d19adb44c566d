/* difference.c -- SQL face of differences in differences and rings */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/estimate/difference.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(event)

static TbState *add(FunctionCallInfo fcinfo, TbState *state, int32 treated, int32 period)
{
	double y = arg_finite(PG_GETARG_FLOAT8(1), "y");
	TbStatus status = tb_difference_add(&state, y, treated, period);

	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "square of y out of range", NULL, "Scale y to magnitudes below 1e145.");
	state_ok(status, &tb_event_shape);
	return state;
}

PG_FUNCTION_INFO_V1(terrbal_difference_transition);

Datum terrbal_difference_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_event_shape);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	return state_kept(fcinfo, add(fcinfo, state, PG_GETARG_BOOL(2), PG_GETARG_BOOL(3)), &tb_event_shape);
}

PG_FUNCTION_INFO_V1(terrbal_event_transition);

Datum terrbal_event_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_event_shape);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	return state_kept(fcinfo, add(fcinfo, state, PG_GETARG_BOOL(2), PG_GETARG_INT32(3)), &tb_event_shape);
}

PG_FUNCTION_INFO_V1(terrbal_difference_cluster_transition);

Datum terrbal_difference_cluster_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_cluster_shape);
	double y, x[TB_DIFFERENCE_COLUMNS];
	TbStatus status;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return state_unchanged(fcinfo);
	y = arg_finite(PG_GETARG_FLOAT8(1), "y");
	tb_difference_row(y, PG_GETARG_BOOL(2), PG_GETARG_BOOL(3), x);
	status = tb_cluster_add(&state, bag_any(fcinfo, 4, "cluster"), y, x, TB_DIFFERENCE_COLUMNS, 1);
	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "fourth power of y out of range", NULL, "Scale y to magnitudes below 1e72.");
	state_ok(status, &tb_cluster_shape);
	return state_kept(fcinfo, state, &tb_cluster_shape);
}

enum {
	ESTIMATE,
	SE,
	SE_HC1,
	SE_HC3,
	MEAN_TREATED_POST,
	MEAN_TREATED_PRE,
	MEAN_CONTROL_POST,
	MEAN_CONTROL_PRE,
	N,
	P,
	SE_HC0,
	SE_HC2,
	SIGMA,
	DF,
	CLUSTERS,
	FIELDS
};

static Datum difference_datum(FunctionCallInfo fcinfo, const TbDifference *d, bool clustered)
{
	Datum values[FIELDS];
	bool nulls[FIELDS] = {false};

	row_double(values, nulls, ESTIMATE, d->estimate);
	row_double(values, nulls, SE, d->se);
	row_double(values, nulls, SE_HC1, d->hc1);
	row_double(values, nulls, SE_HC3, d->hc3);
	row_double(values, nulls, MEAN_TREATED_POST, d->mean[1][1]);
	row_double(values, nulls, MEAN_TREATED_PRE, d->mean[1][0]);
	row_double(values, nulls, MEAN_CONTROL_POST, d->mean[0][1]);
	row_double(values, nulls, MEAN_CONTROL_PRE, d->mean[0][0]);
	values[N] = Int64GetDatum(d->n);
	row_double(values, nulls, P, d->p);
	row_double(values, nulls, SE_HC0, d->hc0);
	row_double(values, nulls, SE_HC2, d->hc2);
	row_double(values, nulls, SIGMA, d->sigma);
	nulls[DF] = isnan(d->df);
	values[DF] = Int64GetDatum(nulls[DF] ? 0 : (int64)d->df);
	nulls[CLUSTERS] = !clustered;
	values[CLUSTERS] = Int64GetDatum(d->clusters);
	return row_datum(fcinfo, values, nulls, FIELDS);
}

/* No estimate: which of the four cells is empty */
static void tell_no_difference(const TbDifference *d)
{
	if (!isnan(d->estimate))
		return;
	for (int t = 1; t >= 0; t--)
		for (int p = 0; p < 2; p++)
			if (isnan(d->mean[t][p])) {
				notice_once((errmsg("the estimate is NULL: no %s row %s", t ? "treated" : "control", p ? "after" : "before")));
				return;
			}
}

/* Every estimate NULL: why nothing could be compared with the base period */
static void tell_no_events(const TbEvent *events, size_t n, int32 base)
{
	uint64 treated = 0, control = 0;

	for (size_t i = 0; i < n; i++) {
		if (!isnan(events[i].estimate))
			return;
		if (events[i].period == base) {
			treated = events[i].treated;
			control = events[i].control;
		}
	}
	if (n == 0)
		return;
	ereport(
		NOTICE,
		(errmsg("all estimates are NULL: base period %d has no %srows", base,
				treated + control == 0 ? ""
				: treated == 0         ? "treated "
									   : "control "),
		 errdetail("Periods run from %d to %d.", events[0].period, events[n - 1].period),
		 errhint("Choose a base with rows of both groups, event_study(event_state(y, treated, period), base), or count periods from the event on.")));
}

PG_FUNCTION_INFO_V1(terrbal_difference);

Datum terrbal_difference(PG_FUNCTION_ARGS)
{
	TbDifference d;
	TbStatus status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	status = tb_difference(state_arg(fcinfo, 0, &tb_event_shape), &d);
	if (status == TB_INVALID)
		status_ok_message(status, "state has periods other than before and after", NULL, "Use event_study on it.");
	if (!status_ok(status))
		PG_RETURN_NULL();
	tell_no_difference(&d);
	return difference_datum(fcinfo, &d, false);
}

PG_FUNCTION_INFO_V1(terrbal_difference_cluster);

Datum terrbal_difference_cluster(PG_FUNCTION_ARGS)
{
	TbDifference d;
	TbStatus status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	status = tb_difference_cluster(state_arg(fcinfo, 0, &tb_cluster_shape), &d);
	if (status == TB_INVALID)
		status_ok_message(status, "cluster_state is not one of difference_in_differences", NULL, NULL);
	if (!status_ok(status))
		PG_RETURN_NULL();
	tell_no_difference(&d);
	if (!isnan(d.estimate) && isnan(d.se))
		notice_once((errmsg("the clustered standard error is NULL: %s",
							d.clusters < 2 ? "all rows are in one cluster" : "the residuals add up to 0 in each cluster"),
					 errhint("Clustered errors need several clusters in each arm.")));
	if (!isnan(d.se))
		few_clusters(d.clusters, "ols_cr2 and wild_cluster_bootstrap over a cluster_state of the same regression ask what few clusters can bear.");
	return difference_datum(fcinfo, &d, true);
}

PG_FUNCTION_INFO_V1(terrbal_event_study);

Datum terrbal_event_study(PG_FUNCTION_ARGS)
{
	TbEvent *events;
	size_t n;
	RowArray *array;
	int32 base;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)))
		PG_RETURN_NULL();
	base = PG_NARGS() > 1 ? PG_GETARG_INT32(1) : -1;
	if (!status_ok(tb_event_study(state_arg(fcinfo, 0, &tb_event_shape), base, &events, &n)))
		PG_RETURN_NULL();
	tell_no_events(events, n, base);
	array = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		Datum values[8];
		bool nulls[8] = {false};

		values[0] = Int32GetDatum(events[i].period);
		row_double(values, nulls, 1, events[i].estimate);
		row_double(values, nulls, 2, events[i].se);
		row_double(values, nulls, 3, events[i].hc1);
		row_double(values, nulls, 4, events[i].p);
		values[5] = Int64GetDatum(events[i].treated);
		values[6] = Int64GetDatum(events[i].control);
		values[7] = Int64GetDatum((int64)events[i].df);
		nulls[7] = isnan(events[i].se);
		row_array_put(array, values, nulls, 8);
	}
	return row_array_end(array);
}

PG_FUNCTION_INFO_V1(terrbal_ring_index);

Datum terrbal_ring_index(PG_FUNCTION_ARGS)
{
	double distance = arg_nonnegative(PG_GETARG_FLOAT8(0), "distance");
	int n, ring = 0;
	double *breaks = arg_float8_array(PG_GETARG_ARRAYTYPE_P(1), &n, "breaks");

	for (int i = 1; i < n; i++)
		if (!(breaks[i] > breaks[i - 1]))
			arg_refuse(breaks[i], "breaks", "ascending", "Give each distance once, the smallest first.");
	while (ring < n && breaks[ring] <= distance)
		ring++;
	PG_RETURN_INT32(ring);
}
