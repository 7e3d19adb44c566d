/* regression_robust.c -- SQL face of robust and clustered covariances */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/estimate/small_clusters.h"
#include "core/estimate/wild_bootstrap.h"
#include "moment_state.h"
#include "regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(cluster)
TB_STATE_FUNCTION(terrbal_regression_rows_in, state_in, tb_rows_shape)
TB_STATE_FUNCTION(terrbal_regression_rows_out, state_out, tb_rows_shape)
TB_STATE_FUNCTION(terrbal_regression_rows_recv, state_recv, tb_rows_shape)
TB_STATE_FUNCTION(terrbal_regression_rows_send, state_send, tb_rows_shape)
TB_STATE_FUNCTION(terrbal_regression_rows_combine, state_combine, tb_rows_shape)
TB_STATE(robust)

/* One place for `kind`; the classical errors are ols itself */
static TbCovariance kind_arg(FunctionCallInfo fcinfo, int n)
{
	return TB_HC0 + arg_choice(PG_GETARG_DATUM(n), "kind", tb_covariance_name + TB_HC0, 4);
}

/* Argument n: 1 where the function has none, 0 where it is NULL or 0: no row */
static double weight_arg(FunctionCallInfo fcinfo, int n)
{
	if (PG_NARGS() <= n)
		return 1;
	return PG_ARGISNULL(n) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(n), "weight");
}

PG_FUNCTION_INFO_V1(terrbal_cluster_transition);

Datum terrbal_cluster_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_cluster_shape);
	double y, *x, weight = weight_arg(fcinfo, 4);
	int p;

	if (weight == 0 || PG_ARGISNULL(3) || !moment_row(fcinfo, 1, &y, &x, &p))
		return state_unchanged(fcinfo);
	moment_ok(tb_cluster_add(&state, bag_any(fcinfo, 3, "cluster"), y, x, p, weight), p, state ? (int)tb_state_words(state)[0] : 0,
			  &tb_cluster_shape);
	return state_kept(fcinfo, state, &tb_cluster_shape);
}

/* All coefficients there and no standard error: say why */
static void tell_empty_clusters(const TbRegression *fit)
{
	for (uint32_t i = 0; i < fit->p; i++)
		if (!isnan(fit->standard_error[i]))
			return;
	if (fit->df > 0)
		notice_once((errmsg("all standard errors are NULL: %s",
							fit->clusters < 2 ? "all rows are in one cluster" : "the residuals add up to 0 in each cluster"),
					 errhint("Clustered errors need many clusters, each with rows on both sides of the comparison or many on either side.")));
}

PG_FUNCTION_INFO_V1(terrbal_ols_cluster);

Datum terrbal_ols_cluster(PG_FUNCTION_ARGS)
{
	TbRegression fit;

	if (PG_ARGISNULL(0) || !status_told(tb_ols_cluster(state_arg(fcinfo, 0, &tb_cluster_shape), &fit), "no row with a weight above 0"))
		PG_RETURN_NULL();
	tell_empty_clusters(&fit);
	return regression_datum(fcinfo, &fit);
}

PG_FUNCTION_INFO_V1(terrbal_ols_cr2);
PG_FUNCTION_INFO_V1(terrbal_ols_cr3);

static Datum small_clusters(FunctionCallInfo fcinfo, TbCovariance kind)
{
	TbRegression fit;
	TbClusters clusters;
	size_t determined;

	if (PG_ARGISNULL(0) || !status_ok(tb_cluster_view(state_arg(fcinfo, 0, &tb_cluster_shape), &clusters)) ||
		!status_ok(tb_ols_small_clusters(&clusters, kind, &fit, &determined)))
		PG_RETURN_NULL();
	if (determined > 0)
		notice_once((errmsg("all standard errors are NULL: %zu of %zu clusters determine a coefficient by themselves", determined, clusters.clusters),
					 errhint("A dummy of one cluster leaves nothing to judge its error by: take it out, or subtract cluster means.")));
	else
		tell_empty_clusters(&fit);
	return regression_datum(fcinfo, &fit);
}

Datum terrbal_ols_cr2(PG_FUNCTION_ARGS)
{
	return small_clusters(fcinfo, TB_CR2);
}

Datum terrbal_ols_cr3(PG_FUNCTION_ARGS)
{
	return small_clusters(fcinfo, TB_CR3);
}

#define MOST_DRAWS 1000000

PG_FUNCTION_INFO_V1(terrbal_wild_cluster_bootstrap);

/* (state, term, replications, seed, level) */
Datum terrbal_wild_cluster_bootstrap(PG_FUNCTION_ARGS)
{
	TbClusters clusters;
	TbWildBootstrap r;
	int32 term = PG_GETARG_INT32(1), replications = PG_GETARG_INT32(2);
	double level = arg_share(PG_GETARG_FLOAT8(4), "level");
	Datum values[8];
	bool nulls[8] = {false};

	if (!status_ok(tb_cluster_view(state_arg(fcinfo, 0, &tb_cluster_shape), &clusters)))
		PG_RETURN_NULL();
	if (term < 1 || term > (int32)clusters.p)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("term %d is not one of 1 to %u", term, clusters.p),
						errhint("It counts the elements of x.")));
	if (replications < 1 || replications > MOST_DRAWS)
		arg_refuse(replications, "replications", "from 1 to 1000000", "999 or 9999 are usual.");
	if (!status_told(tb_wild_bootstrap(&clusters, term - 1, level, replications, PG_GETARG_INT64(3), &r),
					 "there are fewer than two clusters, or the term has no cluster-robust error"))
		PG_RETURN_NULL();
	if (isnan(r.low) || isnan(r.high))
		notice_once((errmsg("the interval is not bounded: %zu clusters have %zu draws of signs that differ", r.clusters, r.draws),
					 errhint("No value of the term can be rejected at this level: take more clusters, or a lower level.")));
	row_double(values, nulls, 0, r.coefficient);
	row_double(values, nulls, 1, r.t);
	row_double(values, nulls, 2, r.p);
	row_double(values, nulls, 3, r.low);
	row_double(values, nulls, 4, r.high);
	values[5] = Int64GetDatum(r.clusters);
	values[6] = Int32GetDatum(r.draws);
	values[7] = BoolGetDatum(r.enumerated);
	return row_datum(fcinfo, values, nulls, 8);
}

PG_FUNCTION_INFO_V1(terrbal_regression_rows_transition);

Datum terrbal_regression_rows_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_rows_shape);
	double y, *x, weight = weight_arg(fcinfo, 4);
	int p;
	TbStatus status;

	bag_not_null(fcinfo, 3, "kind");
	if (weight == 0 || !moment_row(fcinfo, 1, &y, &x, &p))
		return state_unchanged(fcinfo);
	status = tb_rows_add(&state, y, x, p, kind_arg(fcinfo, 3), PG_NARGS() > 4 ? &weight : NULL);
	if (status == TB_INVALID)
		status_ok_message(status, "kind differs between rows, or only some have a weight", NULL, "Run one aggregate per kind.");
	if (status == TB_TOO_LARGE && p >= 1 && p <= TB_MOMENT_COLUMNS)
		status_ok_message(status, "rows of a robust regression exceed 1 GB", NULL,
						  "Fit with ols(y, x) first and give the fit: ols_robust(y, x, fit, kind) keeps no rows.");
	moment_ok(status, p, state ? (int)tb_state_words(state)[0] : 0, &tb_rows_shape);
	return state_kept(fcinfo, state, &tb_rows_shape);
}

PG_FUNCTION_INFO_V1(terrbal_ols_rows);

Datum terrbal_ols_rows(PG_FUNCTION_ARGS)
{
	TbRegression fit;

	if (PG_ARGISNULL(0) || !status_ok(tb_ols_rows(state_arg(fcinfo, 0, &tb_rows_shape), &fit)))
		PG_RETURN_NULL();
	return regression_datum(fcinfo, &fit);
}

PG_FUNCTION_INFO_V1(terrbal_robust_transition);

Datum terrbal_robust_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_robust_shape);
	double y, *x, weight = weight_arg(fcinfo, 5);
	int p;
	TbRegressionFit fit;
	TbStatus status;

	bag_not_null(fcinfo, 4, "kind");
	if (weight == 0 || !moment_row(fcinfo, 1, &y, &x, &p) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	fit = regression_fit(PG_GETARG_DATUM(3));
	status = tb_robust_add(&state, y, x, p, weight, &fit, kind_arg(fcinfo, 4));
	if (status == TB_INVALID)
		status_ok_message(status, "fit or kind differs between rows", NULL, "Cross join the rows with one fitted regression.");
	moment_ok(status, p, fit.p, &tb_robust_shape);
	return state_kept(fcinfo, state, &tb_robust_shape);
}

PG_FUNCTION_INFO_V1(terrbal_ols_robust);

Datum terrbal_ols_robust(PG_FUNCTION_ARGS)
{
	TbRegression fit;
	TbStatus status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	status = tb_ols_robust(state_arg(fcinfo, 0, &tb_robust_shape), &fit);
	if (status == TB_INVALID)
		status_ok_message(status, "the second pass has other rows than the fit", NULL, "Use the same FROM, WHERE and GROUP BY as for ols(y, x).");
	if (!status_ok(status))
		PG_RETURN_NULL();
	return regression_datum(fcinfo, &fit);
}
