/* local_regression.c -- SQL face of the bandwidth of local regressions */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/estimate/local_regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_local_regression_shape tb_local_regression_kind.shape
TB_STATE(local_regression)
PG_FUNCTION_INFO_V1(terrbal_local_regression_transition);
PG_FUNCTION_INFO_V1(terrbal_local_bandwidth);

/* (state, y, x, easting, northing[, kernel, adaptive, criterion]) */
Datum terrbal_local_regression_transition(PG_FUNCTION_ARGS)
{
	double values[TB_GWR_BEFORE_X + TB_GWR_COLUMNS], params[TB_GWR_PARAMS] = {0, TB_BISQUARE, true, TB_GWR_AICC}, *x;
	int p;

	if (PG_NARGS() > 5) {
		bag_not_null(fcinfo, 5, "kernel");
		bag_not_null(fcinfo, 6, "adaptive");
		bag_not_null(fcinfo, 7, "criterion");
		params[TB_GWR_KERNEL] = arg_choice(PG_GETARG_DATUM(5), "kernel", tb_kernel_name, TB_KERNELS);
		params[TB_GWR_ADAPTIVE] = PG_GETARG_BOOL(6);
		params[TB_GWR_CRITERION] = arg_choice(PG_GETARG_DATUM(7), "criterion", tb_gwr_criterion_name, TB_GWR_CRITERIA);
	}
	if (arg_any_null(fcinfo, 1, 4) || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(2), &x, &p, "x"))
		return state_unchanged(fcinfo);
	arg_regressors(p, TB_GWR_COLUMNS, "x");
	values[0] = arg_squarable(PG_GETARG_FLOAT8(3), "easting");
	values[1] = arg_squarable(PG_GETARG_FLOAT8(4), "northing");
	values[2] = arg_squarable(PG_GETARG_FLOAT8(1), "y");
	for (int i = 0; i < p; i++)
		values[TB_GWR_BEFORE_X + i] = arg_squarable(x[i], "x");
	params[TB_GWR_WIDTH] = TB_GWR_BEFORE_X + p;
	return bag_add(fcinfo, &tb_local_regression_kind, params, TB_GWR_PARAMS, "the number of regressors, kernel, adaptive and criterion", NULL,
				   values);
}

static double bandwidth_arg(FunctionCallInfo fcinfo, int n, const TbGwr *g)
{
	double bandwidth = arg_positive(PG_GETARG_FLOAT8(n), "bandwidth");

	if (g->adaptive && !(bandwidth <= (double)g->n && bandwidth == floor(bandwidth)))
		arg_refuse(bandwidth, "bandwidth", "a number of neighbours, from 1 to that of the rows",
				   "The state is adaptive: its bandwidth is no distance.");
	return bandwidth;
}

/* false: no bandwidth, as a notice says */
static bool found(TbGwrFailure failure, const TbGwrSearch *s)
{
	static const char *const why[] = {"", "all rows are at one place", "y is an exact combination of x, so no bandwidth is better than another",
									  "at no bandwidth are the regressions at all points determined, with rows to spare"};

	if (failure != TB_GWR_FOUND) {
		no_result(why[failure]);
		return false;
	}
	if (s->end == TB_GWR_WIDEST)
		notice_once((errmsg("the best bandwidth is the widest that was tried"),
					 errhint("The rows do not say that coefficients differ from place to place: compare value with global_value, and take ols.")));
	if (s->end == TB_GWR_NARROWEST)
		notice_once((errmsg("the best bandwidth is the narrowest at which all regressions are determined"),
					 errhint("Rows at one place, or a regressor that follows a map, may be what it fits: look at effective_parameters.")));
	return true;
}

/* (state[, bandwidth]): the best bandwidth, or figures at one of the caller's */
Datum terrbal_local_bandwidth(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbGwr g;
	TbGwrSearch s = {.trials = 0};
	Datum values[12];
	bool nulls[12] = {false};

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)) || !bag_arg(fcinfo, 0, &tb_local_regression_kind, &bag) ||
		!status_ok_message(tb_gwr(&bag, &g), "more than 20000 rows: each bandwidth takes their square in steps", NULL,
						   "Search on a random sample; a number of neighbours grows with the share of rows taken."))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1) {
		s.best = tb_gwr_at(&g, bandwidth_arg(fcinfo, 1, &g));
		s.global = tb_gwr_global(&g);
		nulls[7] = true;
		if (isnan(tb_gwr_value(&g, &s.best)))
			no_result("some of the local regressions are not determined at this bandwidth, or have no row to spare");
	} else if (!found(tb_gwr_search(&g, &s), &s))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, s.best.bandwidth);
	row_double(values, nulls, 1, tb_gwr_value(&g, &s.best));
	row_double(values, nulls, 2, s.best.aicc);
	row_double(values, nulls, 3, s.best.cv);
	row_double(values, nulls, 4, s.best.trace);
	row_double(values, nulls, 5, s.best.rss);
	row_double(values, nulls, 6, tb_gwr_value(&g, &s.global));
	values[7] = BoolGetDatum(s.end != TB_GWR_INSIDE);
	values[8] = Int64GetDatum(g.n);
	values[9] = Int32GetDatum(s.trials);
	values[10] = row_float8_array(s.bandwidth, s.trials);
	values[11] = row_float8_array(s.value, s.trials);
	return row_datum(fcinfo, values, nulls, 12);
}
