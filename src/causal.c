/* causal.c -- SQL face of effects of a measure: waves of treatment, with covariates or without */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/group_time.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_group_time_shape tb_group_time_kind.shape
TB_STATE(group_time)
#define tb_group_time_covariate_shape tb_group_time_covariate_kind.shape
TB_STATE(group_time_covariate)
PG_FUNCTION_INFO_V1(terrbal_group_time_transition);
PG_FUNCTION_INFO_V1(terrbal_group_time_effects);
PG_FUNCTION_INFO_V1(terrbal_group_time_covariate_transition);
PG_FUNCTION_INFO_V1(terrbal_group_time_covariate_effects);

/* Period, outcome and first treated period, `never` where that is NULL, from arguments 2 to 4 */
static void wave_row(FunctionCallInfo fcinfo, double never, double *values)
{
	values[0] = PG_GETARG_INT32(2);
	values[1] = arg_finite(PG_GETARG_FLOAT8(3), "outcome");
	values[2] = PG_ARGISNULL(4) ? never : PG_GETARG_INT32(4);
}

static TbControls controls_arg(FunctionCallInfo fcinfo)
{
	return arg_choice(PG_GETARG_DATUM(5), "controls", tb_controls_name, TB_CONTROLS);
}

/* (state, unit, period, outcome, first_treated, controls) */
Datum terrbal_group_time_transition(PG_FUNCTION_ARGS)
{
	double param, values[3];
	TbId id;

	bag_not_null(fcinfo, 5, "controls");
	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	id = bag_any(fcinfo, 1, "unit");
	wave_row(fcinfo, NAN, values);
	param = controls_arg(fcinfo);
	return bag_add(fcinfo, &tb_group_time_kind, &param, 1, "controls", &id, values);
}

/* (state, unit, period, outcome, first_treated, controls, covariates[, method]) */
Datum terrbal_group_time_covariate_transition(PG_FUNCTION_ARGS)
{
	double params[TB_COVARIATE_PARAMS] = {0, 0, TB_ADJUST_DOUBLY_ROBUST}, values[3 + TB_GROUP_TIME_COVARIATES], *x;
	int n;
	TbId id;

	bag_not_null(fcinfo, 5, "controls");
	if (PG_NARGS() > 7)
		bag_not_null(fcinfo, 7, "method");
	if (arg_any_null(fcinfo, 1, 3) || PG_ARGISNULL(6) || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(6), &x, &n, "covariates"))
		return state_unchanged(fcinfo);
	if (n > TB_GROUP_TIME_COVARIATES)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("covariates has %d elements", n),
						errhint("It takes up to %d; a constant is there anyway.", TB_GROUP_TIME_COVARIATES)));
	id = bag_any(fcinfo, 1, "unit");
	wave_row(fcinfo, TB_GROUP_TIME_NEVER, values);
	for (int i = 0; i < n; i++)
		values[3 + i] = x[i] + 0.0;
	params[TB_COVARIATE_WIDTH] = 3 + n;
	params[TB_COVARIATE_CONTROLS] = controls_arg(fcinfo);
	if (PG_NARGS() > 7)
		params[TB_COVARIATE_METHOD] = arg_choice(PG_GETARG_DATUM(7), "method", tb_adjustment_name, TB_ADJUSTMENTS);
	return bag_add(fcinfo, &tb_group_time_covariate_kind, params, TB_COVARIATE_PARAMS, "the number of covariates, controls and method", &id, values);
}

/* false: no result, and why has been said */
static bool usable(TbStatus status, const TbBag *bag, uint32 at, const TbGroupTime *r)
{
	if (status == TB_MISMATCH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" is first treated in more than one period", bag_text(bag->id[at])),
				 errhint("first_treated belongs to the unit: the same in all of its rows, NULL in all where it is never treated.")));
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has more than one outcome in a period", bag_text(bag->id[at])),
						errhint("GROUP BY unit, period first.")));
	if (status == TB_TOO_LARGE)
		(void)status_ok_message(status, "too many units, periods and first treated periods", NULL,
								"Take longer periods, such as years in place of months.");
	return status_told(status, r->units == 0   ? "no unit has an outcome in every period and was untreated in the first"
							   : r->waves == 0 ? "no unit is first treated after the first period and by the last"
							   : r->never == 0 ? "no unit is a control; with 'never' some must never be treated, 'not_yet' takes later groups"
											   : "there are fewer than two periods");
}

static void effect_fields(Datum *values, bool *nulls, int i, TbEffect effect)
{
	row_double(values, nulls, i, effect.value);
	row_double(values, nulls, i + 1, effect.se);
}

static Datum effects_of(FunctionCallInfo fcinfo, const TbGroupTime *r)
{
	RowArray *array = row_array_field(fcinfo, 0, r->n);

	for (size_t k = 0; k < r->n; k++) {
		Datum values[4] = {Int32GetDatum(r->effect[k].group), Int32GetDatum(r->effect[k].period)};
		bool nulls[4] = {false};

		effect_fields(values, nulls, 2, r->effect[k].effect);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

static Datum series_of(FunctionCallInfo fcinfo, int field, const TbEffectSeries *series)
{
	RowArray *array = row_array_field(fcinfo, field, series->n);

	for (size_t k = 0; k < series->n; k++) {
		Datum values[3] = {Int32GetDatum(series->point[k].at)};
		bool nulls[3] = {false};

		effect_fields(values, nulls, 1, series->point[k].effect);
		row_array_put(array, values, nulls, 3);
	}
	return row_array_end(array);
}

/* Whoever marks the never treated with 0, as other programs do, would lose them in silence */
static void tell_left_out(const TbGroupTime *r)
{
	if (r->always > 0)
		notice_once((errmsg("units that are treated in the first period are left out: %u", r->always),
					 errhint("A unit that is never treated has NULL in first_treated, not 0.")));
}

static void tell_periods(const TbGroupTime *r)
{
	ArgPeriods periods = {0};

	for (size_t k = 0; k < r->n; k++) {
		arg_period_seen(&periods, r->effect[k].group);
		arg_period_seen(&periods, r->effect[k].period);
	}
	arg_periods_told(&periods);
}

/* Effects without a value are told once, by their reason */
static void tell_without_value(const TbGroupTime *r)
{
	if (r->collinear > 0)
		notice_once((errmsg("%u of %zu effects are NULL: a covariate is a combination of others among the units compared, or their controls",
							r->collinear, r->n),
					 errhint("A constant is there anyway. Take fewer covariates, or more controls than covariates.")));
	if (r->separated > 0)
		notice_once((errmsg("%u of %zu effects are NULL: the covariates tell the treated from the controls", r->separated, r->n),
					 errhint("No control is like some of the treated, or the other way round. Take fewer covariates or coarser ones, or leave "
							 "out units that have no match.")));
}

static Datum summary_of(FunctionCallInfo fcinfo, const TbBag *bag, TbStatus status, uint32 at, const TbGroupTime *r)
{
	Datum values[19];
	bool nulls[19] = {false};

	tell_left_out(r);
	if (!usable(status, bag, at, r))
		PG_RETURN_NULL();
	tell_without_value(r);
	tell_periods(r);
	values[0] = effects_of(fcinfo, r);
	values[1] = series_of(fcinfo, 1, &r->exposure);
	values[2] = series_of(fcinfo, 2, &r->group);
	effect_fields(values, nulls, 3, r->exposure.overall);
	effect_fields(values, nulls, 5, r->group.overall);
	effect_fields(values, nulls, 7, r->simple);
	values[9] = series_of(fcinfo, 9, &r->calendar);
	effect_fields(values, nulls, 10, r->calendar.overall);
	row_double(values, nulls, 12, r->pretest);
	values[13] = Int32GetDatum(r->pretest_df);
	row_double(values, nulls, 14, r->pretest_p);
	values[15] = Int32GetDatum(r->units);
	values[16] = Int32GetDatum(r->incomplete);
	values[17] = Int32GetDatum(r->always);
	values[18] = Int32GetDatum(r->never);
	return row_datum(fcinfo, values, nulls, 19);
}

typedef TbStatus Estimator(const TbBag *bag, TbGroupTime *result, uint32_t *at);

static Datum effects_by(FunctionCallInfo fcinfo, const TbBagKind *kind, Estimator *estimator)
{
	TbBag bag;
	TbGroupTime r = {0};
	uint32 at = 0;
	TbStatus status;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, kind, &bag))
		PG_RETURN_NULL();
	status = estimator(&bag, &r, &at);
	return summary_of(fcinfo, &bag, status, at, &r);
}

Datum terrbal_group_time_effects(PG_FUNCTION_ARGS)
{
	return effects_by(fcinfo, &tb_group_time_kind, tb_group_time);
}

Datum terrbal_group_time_covariate_effects(PG_FUNCTION_ARGS)
{
	return effects_by(fcinfo, &tb_group_time_covariate_kind, tb_group_time_covariate);
}
