/* price_index.c -- SQL face of price indices */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/estimate/price_index.h"
#include "moment_state.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(repeat_sales)
TB_STATE(spar)

PG_FUNCTION_INFO_V1(terrbal_repeat_sales_transition);

Datum terrbal_repeat_sales_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_repeat_sales_shape);
	double first, second;
	int32 from, to;
	TbStatus status;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	first = arg_positive(PG_GETARG_FLOAT8(1), "price_first");
	from = PG_GETARG_INT32(2);
	second = arg_positive(PG_GETARG_FLOAT8(3), "price_second");
	to = PG_GETARG_INT32(4);
	if (from > to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("period_second must not be before period_first, as %d is before %d", to, from),
				 errhint("Put the earlier sale of a pair first.")));
	if (from == to) {
		left_out("pairs of sales within one period", "Shorter periods keep them.");
		return state_unchanged(fcinfo);
	}
	status = tb_repeat_add(&state, first, from, second, to);
	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "prices of a pair out of range", NULL, NULL);
	state_ok(status, &tb_repeat_sales_shape);
	return state_kept(fcinfo, state, &tb_repeat_sales_shape);
}

static void tell_gaps(const TbIndexPoint *point, size_t n)
{
	size_t gaps = 0;

	for (size_t i = 0; i < n; i++)
		gaps += isnan(point[i].index);
	if (gaps > 0)
		notice_once((errmsg("the index is NULL in %zu of %zu periods: no chain of sales links them to base period %d", gaps, n, point[0].period),
					 errhint("Use longer periods, or begin where sales are frequent.")));
}

static Datum points_datum(FunctionCallInfo fcinfo, const TbIndexPoint *point, size_t n)
{
	RowArray *array = row_array_begin(fcinfo, n);

	tell_gaps(point, n);
	for (size_t i = 0; i < n; i++) {
		Datum values[4];
		bool nulls[4] = {false};

		values[0] = Int32GetDatum(point[i].period);
		row_double(values, nulls, 1, point[i].index);
		row_double(values, nulls, 2, point[i].se);
		values[3] = Int64GetDatum(point[i].n);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

static Datum repeat_sales(FunctionCallInfo fcinfo, TbRepeatMethod method)
{
	TbIndexPoint *points;
	size_t n;
	TbStatus status;
	ArgPeriods periods = {0};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	status = tb_repeat_sales(state_arg(fcinfo, 0, &tb_repeat_sales_shape), method, &points, &n);
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("more than %d periods", TB_INDEX_PERIODS),
						errhint("Use longer periods, such as quarters instead of days.")));
	if (!status_told(status, "no pair of sales in two periods"))
		PG_RETURN_NULL();
	for (size_t i = 0; method == TB_WEIGHTED && i < n; i++)
		arg_period_seen(&periods, points[i].period);
	arg_periods_told(&periods);
	return points_datum(fcinfo, points, n);
}

PG_FUNCTION_INFO_V1(terrbal_repeat_sales);
PG_FUNCTION_INFO_V1(terrbal_arithmetic_repeat_sales);
PG_FUNCTION_INFO_V1(terrbal_weighted_repeat_sales);

Datum terrbal_repeat_sales(PG_FUNCTION_ARGS)
{
	return repeat_sales(fcinfo, TB_GEOMETRIC);
}

Datum terrbal_arithmetic_repeat_sales(PG_FUNCTION_ARGS)
{
	return repeat_sales(fcinfo, TB_ARITHMETIC);
}

Datum terrbal_weighted_repeat_sales(PG_FUNCTION_ARGS)
{
	return repeat_sales(fcinfo, TB_WEIGHTED);
}

PG_FUNCTION_INFO_V1(terrbal_spar_transition);

Datum terrbal_spar_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_spar_shape);
	double price, appraised;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	price = arg_nonnegative(PG_GETARG_FLOAT8(1), "price");
	appraised = arg_nonnegative(PG_GETARG_FLOAT8(2), "appraised");
	state_ok(tb_spar_add(&state, price, appraised, PG_GETARG_BOOL(3)), &tb_spar_shape);
	return state_kept(fcinfo, state, &tb_spar_shape);
}

PG_FUNCTION_INFO_V1(terrbal_spar);

Datum terrbal_spar(PG_FUNCTION_ARGS)
{
	double ratio;

	if (PG_ARGISNULL(0) || !status_told(tb_spar(state_arg(fcinfo, 0, &tb_spar_shape), &ratio),
										"no sale in the base period or none after it, or their prices or appraisals add up to 0"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ratio);
}

/* One sale under its period as key */
static Datum hedonic_add(FunctionCallInfo fcinfo, int32 period)
{
	TbState *state = state_writable(fcinfo, 0, &tb_cluster_shape);
	double price = arg_positive(PG_GETARG_FLOAT8(1), "price"), *x;
	char key[16];
	int p, length = snprintf(key, sizeof(key), "%d", period);

	if (!arg_float8_row(PG_GETARG_ARRAYTYPE_P(3), &x, &p, "x"))
		return state_unchanged(fcinfo);
	moment_ok(tb_cluster_add(&state, (TbId){key, length}, log(price), x, p, 1), p, state ? (int)tb_state_words(state)[0] : 0, &tb_cluster_shape);
	return state_kept(fcinfo, state, &tb_cluster_shape);
}

PG_FUNCTION_INFO_V1(terrbal_hedonic_transition);

Datum terrbal_hedonic_transition(PG_FUNCTION_ARGS)
{
	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	return hedonic_add(fcinfo, PG_GETARG_INT32(2));
}

PG_FUNCTION_INFO_V1(terrbal_hedonic_base_transition);

Datum terrbal_hedonic_base_transition(PG_FUNCTION_ARGS)
{
	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	return hedonic_add(fcinfo, PG_GETARG_BOOL(2) ? 0 : 1);
}

static bool hedonic(FunctionCallInfo fcinfo, TbIndexPoint **points, size_t *n)
{
	TbStatus status;

	if (PG_ARGISNULL(0))
		return false;
	status = tb_hedonic_index(state_arg(fcinfo, 0, &tb_cluster_shape), points, n);
	if (status == TB_INVALID)
		status_ok_message(status, "cluster_state is not one of hedonic_index", NULL, NULL);
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("more than %d periods and characteristics", TB_INDEX_PERIODS / 2),
						errhint("Use longer periods, such as quarters instead of days.")));
	return status_told(status, "fewer sales than characteristics and periods, or no price");
}

PG_FUNCTION_INFO_V1(terrbal_hedonic_index);

Datum terrbal_hedonic_index(PG_FUNCTION_ARGS)
{
	TbIndexPoint *points;
	size_t n;

	if (!hedonic(fcinfo, &points, &n))
		PG_RETURN_NULL();
	return points_datum(fcinfo, points, n);
}

PG_FUNCTION_INFO_V1(terrbal_hedonic_base_index);

Datum terrbal_hedonic_base_index(PG_FUNCTION_ARGS)
{
	TbIndexPoint *points;
	size_t n;

	if (!hedonic(fcinfo, &points, &n))
		PG_RETURN_NULL();
	if (n != 2 || isnan(points[1].index)) {
		no_result("nothing links the sales of the base to the others");
		PG_RETURN_NULL();
	}
	PG_RETURN_FLOAT8(points[1].index);
}
