/* spatial_model.c -- SQL face of regression where neighbours matter */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/step.h"
#include "core/estimate/spatial_error.h"
#include "core/estimate/spatial_lag.h"
#include "regression.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_spatial_model_shape tb_spatial_model_kind.shape
TB_STATE(spatial_model)
PG_FUNCTION_INFO_V1(terrbal_spatial_tests);
PG_FUNCTION_INFO_V1(terrbal_spatial_lag);
PG_FUNCTION_INFO_V1(terrbal_spatial_effects);
PG_FUNCTION_INFO_V1(terrbal_spatial_error);

/* y and x of a unit into values[0 ..]; false: the row is skipped */
static bool unit_values(FunctionCallInfo fcinfo, int n, const char *y_name, const char *x_name, double *values, int *p)
{
	double *x;

	if (arg_any_null(fcinfo, n, n + 1) || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(n + 1), &x, p, x_name))
		return false;
	arg_regressors(*p, TB_SPATIAL_COLUMNS, x_name);
	values[0] = arg_squarable(PG_GETARG_FLOAT8(n), y_name);
	for (int i = 0; i < *p; i++)
		values[1 + i] = arg_squarable(x[i], x_name);
	return true;
}

static double lags_arg(FunctionCallInfo fcinfo, int n)
{
	int32 lags = PG_GETARG_INT32(n);

	if (lags < 1 || lags > TB_SPATIAL_LAGS)
		arg_refuse(lags, "instrument_lags", "1 or 2", "1: x of the neighbours; 2: of their neighbours too.");
	return lags;
}

/* (state, unit_i, unit_j, y_i, x_i, y_j, x_j, weight[, instrument_lags]); a NULL unit_j registers an island */
static Datum add_pair(FunctionCallInfo fcinfo, BagId *read)
{
	bool island = PG_ARGISNULL(2);
	double values[1 + 2 * (TB_SPATIAL_COLUMNS + 1)] = {0}, params[TB_SPATIAL_PARAMS] = {0, TB_SPATIAL_LAGS};
	int p, q;
	TbId ids[2];

	if (PG_NARGS() > 8)
		bag_not_null(fcinfo, 8, "instrument_lags");
	if (PG_ARGISNULL(1) || (!island && PG_ARGISNULL(7)) || !unit_values(fcinfo, 3, "y_i", "x_i", values + 1, &p))
		return state_unchanged(fcinfo);
	if (!island) {
		if (!unit_values(fcinfo, 5, "y_j", "x_j", values + 2 + p, &q))
			return state_unchanged(fcinfo);
		arg_same_length(p, "x_i", q, "x_j");
		values[0] = arg_nonnegative(PG_GETARG_FLOAT8(7), "weight");
	}
	if (PG_NARGS() > 8)
		params[TB_SPATIAL_INSTRUMENT_LAGS] = lags_arg(fcinfo, 8);
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
	bag_neighbours(&bag);
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

static uint32 islands(const TbSpatialModel *model)
{
	uint32 n = 0;

	for (uint32 i = 0; i < model->nb.n; i++, tb_step())
		n += model->nb.row[i] == model->nb.row[i + 1];
	return n;
}

/* false: no estimate, as a notice says */
static bool lag_fit(const TbSpatialModel *model, TbTwoStage *r)
{
	TbStatus status = tb_spatial_lag(model, model->lags, r);

	if (status == TB_INFEASIBLE)
		return status_told(TB_UNDEFINED, "no regressor varies, so nothing of the neighbours can stand for their y");
	if (!status_ok_message(status, "a sum, or rho, is out of range", NULL, "Choose another unit of the weights, or of y and x."))
		return false;
	if (r->fit.rank < r->fit.p)
		notice_once((errmsg("%u of %u coefficients are NULL: regressors, or their lags, do not tell them apart", r->fit.p - r->fit.rank, r->fit.p),
					 errhint("rho needs a regressor whose values at the neighbours say something new.")));
	return true;
}

Datum terrbal_spatial_lag(PG_FUNCTION_ARGS)
{
	TbSpatialModel model;
	TbTwoStage r;
	Datum values[REGRESSION_FIELDS + 7];
	bool nulls[REGRESSION_FIELDS + 7];
	int at = REGRESSION_FIELDS;

	if ((PG_NARGS() > 1 && PG_ARGISNULL(1)) || !model_arg(fcinfo, &model))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1)
		model.lags = (uint32)lags_arg(fcinfo, 1);
	if (!lag_fit(&model, &r))
		PG_RETURN_NULL();
	memset(nulls, 0, sizeof(nulls));
	regression_values(&r.fit, values, nulls);
	row_double(values, nulls, at, r.first_stage_f[0]);
	row_double(values, nulls, at + 1, r.sargan);
	row_double(values, nulls, at + 2, r.sargan_p);
	values[at + 3] = Int32GetDatum(r.sargan_df);
	values[at + 4] = row_float8_array(r.robust_error, r.fit.p);
	values[at + 5] = Int32GetDatum(islands(&model));
	values[at + 6] = Int64GetDatum(model.nb.links);
	return row_datum(fcinfo, values, nulls, REGRESSION_FIELDS + 7);
}

/* (state), with its own coefficients, or (state, coefficients) */
Datum terrbal_spatial_effects(PG_FUNCTION_ARGS)
{
	TbSpatialModel model;
	TbTwoStage r;
	double *b, *effect, direct, total;
	Datum values[3];
	bool nulls[3] = {false};
	int n;

	if ((PG_NARGS() > 1 && PG_ARGISNULL(1)) || !model_arg(fcinfo, &model))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1) {
		if (!arg_float8_row(PG_GETARG_ARRAYTYPE_P(1), &b, &n, "coefficients"))
			PG_RETURN_NULL();
		if (n != (int)model.p + 1)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("coefficients has %d elements, not %u", n, model.p + 1),
							errhint("rho first, then one for each element of x, as spatial_lag has them.")));
	} else {
		if (!lag_fit(&model, &r))
			PG_RETURN_NULL();
		b = r.fit.coefficient;
	}
	if (tb_spatial_multipliers(&model, b[0], &direct, &total) != TB_OK) {
		no_result("rho is not below 1 / the largest sum of weights of a unit: effects on neighbours of neighbours do not die out");
		PG_RETURN_NULL();
	}
	effect = tb_alloc(3 * model.p * sizeof(double));
	for (uint32 c = 0; c < model.p; c++) {
		double of = tb_spatial_constant(&model, c) ? NAN : b[1 + c];

		effect[c] = of * direct;
		effect[model.p + c] = of * (total - direct);
		effect[2 * model.p + c] = of * total;
	}
	for (int k = 0; k < 3; k++)
		values[k] = row_float8_array(effect + k * model.p, model.p);
	return row_datum(fcinfo, values, nulls, 3);
}

Datum terrbal_spatial_error(PG_FUNCTION_ARGS)
{
	TbSpatialModel model;
	TbSpatialError r;
	Datum values[REGRESSION_FIELDS + 3];
	bool nulls[REGRESSION_FIELDS + 3];
	int at = REGRESSION_FIELDS;

	if (!model_arg(fcinfo, &model) ||
		!status_told(tb_spatial_error(&model, &r), "least squares leaves no residual that neighbours could share: too few units, or an exact fit"))
		PG_RETURN_NULL();
	if (r.beyond)
		notice_once((errmsg("lambda is %g, not below 1 / the largest sum of weights of a unit in size", r.fit.coefficient[0]),
					 errhint("The moments do not hold for such weights and data: weights that add up to 1, or other regressors.")));
	memset(nulls, 0, sizeof(nulls));
	regression_values(&r.fit, values, nulls);
	row_double(values, nulls, at, r.sigma2);
	values[at + 1] = Int32GetDatum(islands(&model));
	values[at + 2] = Int64GetDatum(model.nb.links);
	return row_datum(fcinfo, values, nulls, REGRESSION_FIELDS + 3);
}
