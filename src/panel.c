/* panel.c -- SQL face of estimators over panels: two-way clusters, fixed effects, instruments, counts */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/fixed_effects.h"
#include "core/estimate/two_stage.h"
#include "moment_state.h"
#include "regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_panel_shape tb_panel_kind.shape
TB_STATE(panel)
PG_FUNCTION_INFO_V1(terrbal_panel_transition);
PG_FUNCTION_INFO_V1(terrbal_panel_clustered_transition);
PG_FUNCTION_INFO_V1(terrbal_panel_weighted_transition);
PG_FUNCTION_INFO_V1(terrbal_panel_clustered_weighted_transition);
PG_FUNCTION_INFO_V1(terrbal_instrument_transition);
PG_FUNCTION_INFO_V1(terrbal_ols_cluster2);
PG_FUNCTION_INFO_V1(terrbal_ols_fixed_effects);
PG_FUNCTION_INFO_V1(terrbal_poisson_fixed_effects);
PG_FUNCTION_INFO_V1(terrbal_two_stage);

/* No -0, and no square that sums cannot hold */
static void copy_in_range(double *to, const double *from, int n)
{
	for (int i = 0; i < n; i++) {
		to[i] = from[i] + 0.0;
		if (!(fabs(to[i]) < 1e145))
			moment_ok(TB_OUT_OF_RANGE, 1, 1, &tb_panel_shape);
	}
}

/* The weight, last argument, behind n values; false where it is 0: no row */
static bool add_weight(FunctionCallInfo fcinfo, double *values, int n)
{
	double weight = arg_nonnegative(PG_GETARG_FLOAT8(PG_NARGS() - 1), "weight");

	for (int i = 0; i < n; i++)
		if (!(weight * (values[i] * values[i]) < 1e290))
			moment_ok(TB_OUT_OF_RANGE, 1, 1, &tb_panel_shape);
	if (!(weight < 1e290))
		moment_ok(TB_OUT_OF_RANGE, 1, 1, &tb_panel_shape);
	values[n] = weight;
	return weight > 0;
}

static void check_columns(int n, int least, const char *name)
{
	if (n < least || n > TB_MOMENT_COLUMNS)
		ereport(ERROR, (errcode(n < least ? ERRCODE_ARRAY_SUBSCRIPT_ERROR : ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s has %d elements", name, n),
						errhint("It takes %d to %d.", least, TB_MOMENT_COLUMNS)));
}

static Datum add_row(FunctionCallInfo fcinfo, const double *values, const double *params, const TbId *ids)
{
	return bag_add(fcinfo, &tb_panel_kind, params, TB_PANEL_PARAMS, "the number of regressors, that of instruments, clustered, and weighted", ids,
				   values);
}

/* (state, y, x, first[, second][, clustered][, weight]) */
static Datum add_panel_row(FunctionCallInfo fcinfo, bool flag, bool weighted)
{
	int ids_end = PG_NARGS() - flag - weighted, p;
	double values[TB_MOMENT_COLUMNS + 2], params[TB_PANEL_PARAMS] = {0}, y, *x;
	TbId ids[2] = {{NULL, 0}, {NULL, 0}};

	if (flag)
		bag_not_null(fcinfo, ids_end, "clustered");
	if (arg_any_null(fcinfo, 3, PG_NARGS() - 1) || !moment_row(fcinfo, 1, &y, &x, &p))
		return state_unchanged(fcinfo);
	check_columns(p, 1, "x");
	copy_in_range(values, &y, 1);
	copy_in_range(values + 1, x, p);
	if (weighted && !add_weight(fcinfo, values, p + 1))
		return state_unchanged(fcinfo);
	ids[0] = bag_any(fcinfo, 3, "id");
	if (ids_end > 4)
		ids[1] = bag_any(fcinfo, 4, "id");
	params[TB_PANEL_WIDTH] = p + 1 + weighted;
	params[TB_PANEL_CLUSTERED] = flag && PG_GETARG_BOOL(ids_end);
	params[TB_PANEL_WEIGHTED] = weighted;
	return add_row(fcinfo, values, params, ids);
}

Datum terrbal_panel_transition(PG_FUNCTION_ARGS)
{
	return add_panel_row(fcinfo, false, false);
}

Datum terrbal_panel_clustered_transition(PG_FUNCTION_ARGS)
{
	return add_panel_row(fcinfo, true, false);
}

Datum terrbal_panel_weighted_transition(PG_FUNCTION_ARGS)
{
	return add_panel_row(fcinfo, false, true);
}

Datum terrbal_panel_clustered_weighted_transition(PG_FUNCTION_ARGS)
{
	return add_panel_row(fcinfo, true, true);
}

/* (state, y, endogenous, exogenous, instruments[, weight]) */
Datum terrbal_instrument_transition(PG_FUNCTION_ARGS)
{
	static const char *const name[3] = {"endogenous", "exogenous", "instruments"};
	double values[3 * TB_MOMENT_COLUMNS + 2], params[TB_PANEL_PARAMS] = {0}, y;
	TbId ids[2] = {{NULL, 0}, {NULL, 0}};
	bool weighted = PG_NARGS() > 5;
	int length[3], at = 1;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	y = arg_finite(PG_GETARG_FLOAT8(1), "y");
	copy_in_range(values, &y, 1);
	for (int k = 0; k < 3; k++) {
		double *from;

		if (!arg_float8_row(PG_GETARG_ARRAYTYPE_P(2 + k), &from, length + k, name[k]))
			return state_unchanged(fcinfo);
		check_columns(length[k], k != 1, name[k]);
		copy_in_range(values + at, from, length[k]);
		at += length[k];
	}
	if (length[1] + Max(length[0], length[2]) > TB_MOMENT_COLUMNS)
		check_columns(length[1] + Max(length[0], length[2]), 1, "a stage");
	if (weighted && !add_weight(fcinfo, values, at))
		return state_unchanged(fcinfo);
	params[TB_PANEL_WIDTH] = at + weighted;
	params[TB_PANEL_WEIGHTED] = weighted;
	params[TB_PANEL_ENDOGENOUS] = length[0];
	params[TB_PANEL_INSTRUMENTS] = length[2];
	return add_row(fcinfo, values, params, ids);
}

/* false: no rows. An error where the state was made for another estimator */
static bool panel_arg(FunctionCallInfo fcinfo, TbBag *bag, TbPanel *panel, int ids, bool instruments)
{
	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_panel_kind, bag))
		return false;
	*panel = tb_panel(bag);
	if ((panel->instruments > 0 && panel->endogenous > 0) != instruments)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the state has %s instruments", instruments ? "no" : "endogenous regressors and"),
				 errhint("two_stage takes panel_state(y, endogenous, exogenous, instruments), the others panel_state(y, x, ...).")));
	if ((ids > 0 && !tb_panel_has(panel, panel->a)) || (ids > 1 && !tb_panel_has(panel, panel->b)))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the state has fewer than %d ids in a row", ids),
						errhint("Store it with as many ids as the call over rows takes.")));
	return true;
}

Datum terrbal_ols_cluster2(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbPanel panel;
	TbRegression fit;

	if (!panel_arg(fcinfo, &bag, &panel, 2, false) || !status_ok(tb_ols_cluster2(&panel, &fit)))
		PG_RETURN_NULL();
	for (uint32 i = 0; i < fit.p; i++)
		if (!fit.aliased[i] && isnan(fit.standard_error[i]) && fit.df > 0) {
			notice_once((errmsg("some standard errors are NULL: %s",
								fit.clusters < 2 ? "all rows are in one cluster"
												 : "the variances of the two ways, less that of their crossing, are not positive"),
						 errhint("Cluster by the way that has fewer clusters alone.")));
			break;
		}
	return regression_datum(fcinfo, &fit);
}

Datum terrbal_ols_fixed_effects(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbPanel panel;
	TbRegression fit;

	if (!panel_arg(fcinfo, &bag, &panel, 1, false) ||
		!status_ok_message(tb_fixed_effects(&panel, &fit), "fixed effects could not be told apart to full precision", NULL,
						   "Units and periods hang together by too few rows: fit connected parts by themselves."))
		PG_RETURN_NULL();
	if (fit.rank < fit.p)
		notice_once((errmsg("%u of %u coefficients are NULL: the fixed effects, or other regressors, explain them", fit.p - fit.rank, fit.p),
					 errhint("What does not change within a unit, or a constant, has no slope within units.")));
	return regression_datum(fcinfo, &fit);
}

Datum terrbal_poisson_fixed_effects(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbPanel panel;
	TbRegression fit;
	TbStatus status;

	if (!panel_arg(fcinfo, &bag, &panel, 2, false))
		PG_RETURN_NULL();
	status = tb_poisson_effects(&panel, &fit);
	if (status == TB_NOT_CONVERGED) {
		notice_once((errmsg("no result: some expected values tend to 0, as x or the effects tell rows without flow from all others"),
					 errhint("Leave out the regressor that does it, or the rows that it foresees to be 0.")));
		PG_RETURN_NULL();
	}
	if (status == TB_UNDEFINED)
		(void)status_told(status, "y is 0 in all rows");
	if (!status_ok_message(status, "y must not be negative", NULL, "Poisson regression takes counts and flows."))
		PG_RETURN_NULL();
	return regression_datum(fcinfo, &fit);
}

Datum terrbal_two_stage(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbPanel panel;
	TbTwoStage r;
	Datum values[REGRESSION_FIELDS + 6];
	bool nulls[REGRESSION_FIELDS + 6];
	double weakest = INFINITY;
	int at = REGRESSION_FIELDS;

	if (!panel_arg(fcinfo, &bag, &panel, 0, true) || !status_ok(tb_two_stage(&panel, &r)))
		PG_RETURN_NULL();
	if (r.fit.rank < r.fit.p)
		notice_once((errmsg("%u of %u coefficients are NULL: the instruments do not tell them apart", r.fit.p - r.fit.rank, r.fit.p),
					 errhint("Each endogenous regressor needs an instrument of its own.")));
	for (uint32 j = 0; j < panel.endogenous; j++)
		weakest = isnan(r.first_stage_f[j]) || isnan(weakest) ? NAN : Min(weakest, r.first_stage_f[j]);
	regression_values(&r.fit, values, nulls);
	row_double(values, nulls, at, weakest);
	row_double(values, nulls, at + 1, r.sargan);
	row_double(values, nulls, at + 2, r.sargan_p);
	values[at + 3] = Int32GetDatum(r.sargan_df);
	values[at + 4] = row_float8_array(r.first_stage_f, panel.endogenous);
	values[at + 5] = row_float8_array(r.robust_error, r.fit.p);
	memset(nulls + at + 3, 0, 3 * sizeof(bool));
	return row_datum(fcinfo, values, nulls, REGRESSION_FIELDS + 6);
}
