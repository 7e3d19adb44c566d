/* small_area.c -- SQL face of estimates of small areas */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/estimate/small_area.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_small_area_shape tb_small_area_kind.shape
TB_STATE(small_area)
PG_FUNCTION_INFO_V1(terrbal_fay_herriot);

/* (state, unit, direct, variance, x); a NULL direct or variance: an area without a survey */
static Datum add_area(FunctionCallInfo fcinfo, BagId *read)
{
	double values[TB_SMALL_AREA_COLUMNS + 2] = {0}, params[1], *x;
	int p;
	TbId id;

	if (arg_any_null(fcinfo, 1, 1) || PG_ARGISNULL(4) || !arg_float8_row(PG_GETARG_ARRAYTYPE_P(4), &x, &p, "x"))
		return state_unchanged(fcinfo);
	arg_regressors(p, TB_SMALL_AREA_COLUMNS, "x");
	if (!arg_any_null(fcinfo, 2, 3)) {
		values[0] = arg_finite(PG_GETARG_FLOAT8(2), "direct");
		values[1] = arg_positive(PG_GETARG_FLOAT8(3), "variance");
	}
	for (int i = 0; i < p; i++)
		values[2 + i] = x[i] + 0.0;
	id = read(fcinfo, 1, "unit");
	params[0] = p + 2;
	return bag_add(fcinfo, &tb_small_area_kind, params, 1, "the number of regressors", &id, values);
}
BAG_TRANSITION(terrbal_small_area_transition, add_area, bag_id)
BAG_TRANSITION(terrbal_small_area_transition_number, add_area, bag_number)

static Datum area_rows(FunctionCallInfo fcinfo, int field, const TbBag *bag, const TbFayHerriot *r)
{
	RowArray *rows = row_array_field(fcinfo, field, bag->rows);

	for (size_t i = 0; i < bag->rows; i++) {
		const TbId *id = bag->id + bag->row_id[0][i];
		const double *row = bag->wide + i * bag->stride;
		bool surveyed = row[1] > 0;
		Datum values[7] = {arg_id_datum(id->text, id->length)};
		bool nulls[7] = {false};

		row_double(values, nulls, 1, r->area[i].estimate);
		row_double(values, nulls, 2, r->area[i].mse);
		row_double(values, nulls, 3, surveyed ? row[0] : NAN);
		row_double(values, nulls, 4, surveyed ? row[1] : NAN);
		row_double(values, nulls, 5, r->area[i].synthetic);
		row_double(values, nulls, 6, r->area[i].share);
		row_array_put(rows, values, nulls, 7);
	}
	return row_array_end(rows);
}

Datum terrbal_fay_herriot(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbFayHerriot r;
	uint32 area = 0;
	TbStatus status;
	Datum values[8];
	bool nulls[8] = {false};

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_small_area_kind, &bag))
		PG_RETURN_NULL();
	status = tb_fay_herriot(&bag, &r, &area);
	if (status == TB_MISMATCH)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has more than one direct estimate", bag_text(bag.id[area])),
						errhint("Pool its surveys first, by their variances.")));
	if (status == TB_UNDEFINED) {
		no_result("no more areas have a direct estimate than the regression has coefficients");
		PG_RETURN_NULL();
	}
	(void)status_ok_message(status, "a sum is out of range", NULL, "Variances, or values of x, are too far apart: choose another unit.");
	if (r.between == 0)
		notice_once((errmsg("the variance between areas is 0: estimates are those of the regression"),
					 errhint("The direct estimates differ no more from it than their own variances explain: their errors say little here.")));
	values[0] = row_float8_array(r.coefficient, r.p);
	values[1] = row_float8_array(r.standard_error, r.p);
	row_double(values, nulls, 2, r.between);
	row_double(values, nulls, 3, r.between_error);
	row_double(values, nulls, 4, r.log_likelihood);
	values[5] = Int32GetDatum((int32)bag.rows);
	values[6] = Int32GetDatum((int32)r.surveyed);
	values[7] = area_rows(fcinfo, 7, &bag, &r);
	return row_datum(fcinfo, values, nulls, 8);
}
