/* causal.c -- SQL face of effects of a measure: waves of treatment */
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
PG_FUNCTION_INFO_V1(terrbal_group_time_transition);
PG_FUNCTION_INFO_V1(terrbal_group_time_effects);

/* (state, unit, period, outcome, first_treated, controls) */
Datum terrbal_group_time_transition(PG_FUNCTION_ARGS)
{
	double param, values[3];
	TbId id;

	if (arg_any_null(fcinfo, 1, 3) || PG_ARGISNULL(5))
		return state_unchanged(fcinfo);
	id = bag_any(fcinfo, 1, "unit");
	values[0] = PG_GETARG_INT32(2);
	values[1] = arg_finite(PG_GETARG_FLOAT8(3), "outcome");
	values[2] = PG_ARGISNULL(4) ? NAN : PG_GETARG_INT32(4);
	param = arg_choice(PG_GETARG_DATUM(5), "controls", tb_controls_name, TB_CONTROLS);
	return bag_add(fcinfo, &tb_group_time_kind, &param, 1, "controls", &id, values);
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

Datum terrbal_group_time_effects(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbGroupTime r = {0};
	uint32 at = 0;
	TbStatus status;
	Datum values[19];
	bool nulls[19] = {false};

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_group_time_kind, &bag))
		PG_RETURN_NULL();
	status = tb_group_time(&bag, &r, &at);
	if (!usable(status, &bag, at, &r))
		PG_RETURN_NULL();
	values[0] = effects_of(fcinfo, &r);
	values[1] = series_of(fcinfo, 1, &r.exposure);
	values[2] = series_of(fcinfo, 2, &r.group);
	effect_fields(values, nulls, 3, r.exposure.overall);
	effect_fields(values, nulls, 5, r.group.overall);
	effect_fields(values, nulls, 7, r.simple);
	values[9] = series_of(fcinfo, 9, &r.calendar);
	effect_fields(values, nulls, 10, r.calendar.overall);
	row_double(values, nulls, 12, r.pretest);
	values[13] = Int32GetDatum(r.pretest_df);
	row_double(values, nulls, 14, r.pretest_p);
	values[15] = Int32GetDatum(r.units);
	values[16] = Int32GetDatum(r.incomplete);
	values[17] = Int32GetDatum(r.always);
	values[18] = Int32GetDatum(r.never);
	return row_datum(fcinfo, values, nulls, 19);
}
