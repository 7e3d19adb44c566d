/* discontinuity.c -- SQL face of what changes at a border */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/estimate/discontinuity.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_discontinuity_shape tb_discontinuity_kind.shape
TB_STATE(discontinuity)
PG_FUNCTION_INFO_V1(terrbal_discontinuity_transition);
PG_FUNCTION_INFO_V1(terrbal_regression_discontinuity);

/* (state, y, running, cutoff[, bandwidth[, kernel]]) */
Datum terrbal_discontinuity_transition(PG_FUNCTION_ARGS)
{
	double values[2], params[TB_DISCONTINUITY_PARAMS] = {0, 0, TB_SIDE_TRIANGULAR};

	bag_not_null(fcinfo, 3, "cutoff");
	if (PG_NARGS() > 5) {
		bag_not_null(fcinfo, 5, "kernel");
		params[TB_SIDE_KERNEL] = arg_choice(PG_GETARG_DATUM(5), "kernel", tb_side_kernel_name, TB_SIDE_KERNELS);
	}
	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	values[0] = arg_finite(PG_GETARG_FLOAT8(1), "y");
	values[1] = arg_finite(PG_GETARG_FLOAT8(2), "running");
	params[TB_CUTOFF] = arg_finite(PG_GETARG_FLOAT8(3), "cutoff");
	if (PG_NARGS() > 4 && !PG_ARGISNULL(4))
		params[TB_BANDWIDTH] = arg_positive(PG_GETARG_FLOAT8(4), "bandwidth");
	return bag_add(fcinfo, &tb_discontinuity_kind, params, TB_DISCONTINUITY_PARAMS, "cutoff, bandwidth and kernel", NULL, values);
}

/* (state[, bandwidth]): another bandwidth than that of the state, NULL by rule */
Datum terrbal_regression_discontinuity(PG_FUNCTION_ARGS)
{
	TbBag bag;
	double params[TB_DISCONTINUITY_PARAMS];
	TbDiscontinuity r = {0};
	TbStatus status;
	Datum values[15];
	bool nulls[15] = {false};

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_discontinuity_kind, &bag))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1) {
		memcpy(params, bag.param, sizeof(params));
		params[TB_BANDWIDTH] = PG_ARGISNULL(1) ? 0 : arg_positive(PG_GETARG_FLOAT8(1), "bandwidth");
		bag.param = params;
	}
	status = tb_discontinuity(&bag, &r);
	if (!status_told(status, r.n[0] == 0 || r.n[1] == 0 ? "a side of the cutoff has no rows"
														: "no bandwidth follows from rows in so few places, or without noise: give one"))
		PG_RETURN_NULL();
	if (isnan(r.estimate))
		notice_once(
			(errmsg("the estimate is NULL: a side has rows with weight in fewer than two places"),
			 errhint("Within the bandwidth stand %llu rows on the left and %llu on the right: take a wider one%s.", (unsigned long long)r.n[0],
					 (unsigned long long)r.n[1], r.n[0] == 0 ? ", and give distances on the left of a border as negative" : "")));
	row_double(values, nulls, 0, r.estimate);
	row_double(values, nulls, 1, r.se);
	values[2] = Int64GetDatum(r.n[0]);
	values[3] = Int64GetDatum(r.n[1]);
	row_double(values, nulls, 4, r.limit[0]);
	row_double(values, nulls, 5, r.limit[1]);
	row_double(values, nulls, 6, r.bandwidth);
	row_double(values, nulls, 7, r.bias_bandwidth);
	row_double(values, nulls, 8, r.corrected);
	row_double(values, nulls, 9, r.corrected_se);
	row_double(values, nulls, 10, r.low);
	row_double(values, nulls, 11, r.high);
	row_double(values, nulls, 12, r.p);
	row_double(values, nulls, 13, r.se_hc3);
	row_double(values, nulls, 14, r.se_nearest);
	return row_datum(fcinfo, values, nulls, 15);
}
