/* synthetic_control.c -- SQL face of what one treated unit would have been */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/synthetic_control.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_synthetic_control_shape tb_synthetic_control_kind.shape
TB_STATE(synthetic_control)
PG_FUNCTION_INFO_V1(terrbal_synthetic_control_transition);
PG_FUNCTION_INFO_V1(terrbal_synthetic_control);

/* (state, unit, period, outcome, treated, first_treated) */
Datum terrbal_synthetic_control_transition(PG_FUNCTION_ARGS)
{
	double param, values[2];
	TbId ids[2];

	bag_not_null(fcinfo, 4, "treated");
	bag_not_null(fcinfo, 5, "first_treated");
	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	ids[0] = bag_any(fcinfo, 1, "unit");
	ids[1] = bag_any(fcinfo, 4, "treated");
	values[0] = PG_GETARG_INT32(2);
	values[1] = arg_finite(PG_GETARG_FLOAT8(3), "outcome");
	param = PG_GETARG_INT32(5);
	return bag_add(fcinfo, &tb_synthetic_control_kind, &param, 1, "first_treated", ids, values);
}

/* false: no result, and why has been said */
static bool usable(TbStatus status, const TbBag *bag, uint32 at, int32 period, const TbSynthetic *r)
{
	if (status == TB_MISMATCH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("treated must be the same in all rows, not also \"%s\"", bag_text(bag->id[at])),
				 errhint("It is the one unit that was treated: group by it where there are several.")));
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("unit \"%s\" has more than one outcome in period %d", bag_text(bag->id[at]), period),
						errhint("GROUP BY unit, period first.")));
	return status_told(status, r->periods == 0  ? "the treated unit has no row"
							   : r->before == 0 ? "the treated unit has no period before the treatment"
												: "no other unit has an outcome in every period of the treated one");
}

static void tell(const TbBag *bag, const TbSynthetic *r)
{
	if (r->incomplete > 0)
		notice_once((errmsg("%u of %u units lack a period of the treated one and are no donors; the first is \"%s\"", r->incomplete,
							r->incomplete + r->donors, bag_text(bag->id[r->first_incomplete])),
					 errhint("Take periods in which all have an outcome, or fill the gaps first.")));
	if (!r->unique)
		notice_once((errmsg("the weights are not the only ones that fit as well"),
					 errhint("More periods before the treatment, or fewer donors that are like the treated unit, would tell them apart.")));
}

static Datum weights_of(FunctionCallInfo fcinfo, const TbBag *bag, const TbSynthetic *r)
{
	RowArray *array = row_array_field(fcinfo, 0, r->donors);

	for (uint32 j = 0; j < r->donors; j++) {
		TbId id = bag->id[r->donor[j]];
		Datum values[2] = {arg_id_datum(id.text, id.length), Float8GetDatum(r->weight[j])};
		bool nulls[2] = {false};

		row_array_put(array, values, nulls, 2);
	}
	return row_array_end(array);
}

static Datum gaps_of(FunctionCallInfo fcinfo, const TbSynthetic *r)
{
	RowArray *array = row_array_field(fcinfo, 1, r->periods);

	for (size_t t = 0; t < r->periods; t++) {
		const double field[3] = {r->gap[t], r->observed[t], r->observed[t] - r->gap[t]};
		Datum values[4] = {Int32GetDatum(r->period[t])};
		bool nulls[4] = {false};

		for (int k = 0; k < 3; k++)
			row_double(values, nulls, 1 + k, field[k]);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

static Datum placebos_of(FunctionCallInfo fcinfo, const TbBag *bag, const TbSynthetic *r)
{
	RowArray *array = row_array_field(fcinfo, 6, r->donors);

	for (uint32 j = 0; j < r->donors; j++) {
		TbId id = bag->id[r->donor[j]];
		double ratio = tb_gap_ratio(r->placebo[j]);
		Datum values[4] = {arg_id_datum(id.text, id.length)};
		bool nulls[4] = {false};

		row_double(values, nulls, 1, r->placebo[j].before);
		row_double(values, nulls, 2, r->placebo[j].after);
		row_double(values, nulls, 3, isinf(ratio) ? NAN : ratio);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

Datum terrbal_synthetic_control(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbSynthetic r;
	uint32 at = 0;
	int32 period = 0;
	TbStatus status;
	Datum values[9];
	bool nulls[9] = {false};

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_synthetic_control_kind, &bag))
		PG_RETURN_NULL();
	status = tb_synthetic_control(&bag, &r, &at, &period);
	if (!usable(status, &bag, at, period, &r))
		PG_RETURN_NULL();
	tell(&bag, &r);
	values[0] = weights_of(fcinfo, &bag, &r);
	values[1] = gaps_of(fcinfo, &r);
	row_double(values, nulls, 2, r.own.before);
	row_double(values, nulls, 3, r.own.after);
	values[4] = Int32GetDatum(r.rank);
	nulls[4] = isnan(r.p);
	row_double(values, nulls, 5, r.p);
	values[6] = placebos_of(fcinfo, &bag, &r);
	values[7] = Int32GetDatum(r.donors);
	values[8] = Int32GetDatum(r.incomplete);
	return row_datum(fcinfo, values, nulls, 9);
}
