/* spatial_model.c -- SQL face of regression where neighbours matter */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/spatial_model.h"
#include "regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_spatial_model_shape tb_spatial_model_kind.shape
TB_STATE(spatial_model)
PG_FUNCTION_INFO_V1(terrbal_spatial_tests);

/* y and x of a unit into values[0 ..]; false: the row is skipped */
static bool unit_values(FunctionCallInfo fcinfo, int n, const char *y_name, const char *x_name, double *values, int *p)
{
	double *x;

	if (arg_any_null(fcinfo, n, n + 1) || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(n + 1), &x, p, x_name))
		return false;
	if (*p < 1 || *p > TB_SPATIAL_COLUMNS)
		ereport(ERROR, (errcode(*p < 1 ? ERRCODE_ARRAY_SUBSCRIPT_ERROR : ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s has %d elements", x_name, *p),
						errhint("It takes 1 to %d; a constant is an element too.", TB_SPATIAL_COLUMNS)));
	values[0] = arg_finite(PG_GETARG_FLOAT8(n), y_name);
	for (int i = 0; i < *p; i++)
		values[1 + i] = x[i] + 0.0;
	for (int i = 0; i <= *p; i++)
		if (!(fabs(values[i]) < 1e145))
			arg_refuse(values[i], i ? x_name : y_name, "below 1e145 in size", "Choose another unit.");
	return true;
}

/* (state, unit_i, unit_j, y_i, x_i, y_j, x_j, weight[, instrument_lags]); a NULL unit_j registers an island */
static Datum add_pair(FunctionCallInfo fcinfo, BagId *read)
{
	bool island = PG_ARGISNULL(2);
	double values[1 + 2 * (TB_SPATIAL_COLUMNS + 1)] = {0}, params[TB_SPATIAL_PARAMS] = {0, TB_SPATIAL_LAGS};
	int p, q;
	TbId ids[2];

	if (PG_ARGISNULL(1) || (!island && PG_ARGISNULL(7)) || (PG_NARGS() > 8 && PG_ARGISNULL(8)) ||
		!unit_values(fcinfo, 3, "y_i", "x_i", values + 1, &p))
		return state_unchanged(fcinfo);
	if (!island) {
		if (!unit_values(fcinfo, 5, "y_j", "x_j", values + 2 + p, &q))
			return state_unchanged(fcinfo);
		arg_same_length(p, "x_i", q, "x_j");
		values[0] = arg_nonnegative(PG_GETARG_FLOAT8(7), "weight");
	}
	ids[0] = read(fcinfo, 1, "unit_i");
	ids[1] = read(fcinfo, 2, "unit_j");
	params[TB_SPATIAL_WIDTH] = tb_spatial_model_width(p);
	return bag_add(fcinfo, &tb_spatial_model_kind, params, TB_SPATIAL_PARAMS, "the number of regressors and instrument_lags", ids, values);
}
BAG_TRANSITION(terrbal_spatial_model_transition, add_pair, bag_id)
BAG_TRANSITION(terrbal_spatial_model_transition_number, add_pair, bag_number)

/* false: no rows, or no link, which a notice says */
static bool model_arg(FunctionCallInfo fcinfo, TbSpatialModel *model)
{
	TbBag bag;
	uint32 unit = 0;
	TbStatus status;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_spatial_model_kind, &bag))
		return false;
	bag_pairs_once(&bag, "Give each ordered pair of neighbours once: GROUP BY unit_i, unit_j first.");
	status = tb_spatial_model(&bag, model, &unit);
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has more than one value of y or x", bag_text(bag.id[unit])),
						errhint("A unit's values are the same in every pair it is in: join them to the pairs once.")));
	if (status == TB_MISMATCH)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" is its own neighbour", bag_text(bag.id[unit])),
						errhint("Models of neighbours have no weight on the diagonal: WHERE unit_i <> unit_j.")));
	return status_told(status, "no unit has a neighbour with a weight above 0");
}

static void test_fields(Datum *values, bool *nulls, int at, const TbScoreTest *test)
{
	row_double(values, nulls, at, test->statistic);
	row_double(values, nulls, at + 1, test->p);
}

Datum terrbal_spatial_tests(PG_FUNCTION_ARGS)
{
	TbSpatialModel model;
	TbSpatialTests r;
	Datum values[17];
	bool nulls[17] = {false};

	if (!model_arg(fcinfo, &model) || !status_told(tb_spatial_tests(&model, &r), "least squares leaves no residual: too few units, or an exact fit"))
		PG_RETURN_NULL();
	test_fields(values, nulls, 0, &r.error);
	test_fields(values, nulls, 2, &r.lag);
	test_fields(values, nulls, 4, &r.robust_error);
	test_fields(values, nulls, 6, &r.robust_lag);
	test_fields(values, nulls, 8, &r.both);
	row_double(values, nulls, 10, r.moran.value);
	row_double(values, nulls, 11, r.moran.expected);
	row_double(values, nulls, 12, r.moran.variance);
	row_double(values, nulls, 13, r.moran.z);
	row_double(values, nulls, 14, r.moran.p);
	values[15] = Int32GetDatum(model.nb.n);
	values[16] = Int64GetDatum(model.nb.links);
	return row_datum(fcinfo, values, nulls, 17);
}
