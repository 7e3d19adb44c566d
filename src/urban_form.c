/* urban_form.c -- SQL face of the mix of land uses and of density gradients */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/territory/density_gradient.h"
#include "core/territory/land_use.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

#define tb_land_use_shape tb_land_use_kind.shape
TB_STATE(land_use)
PG_FUNCTION_INFO_V1(terrbal_land_use_transition);
PG_FUNCTION_INFO_V1(terrbal_land_use_mix);
PG_FUNCTION_INFO_V1(terrbal_density_gradient_transition);
PG_FUNCTION_INFO_V1(terrbal_density_gradient);

/* (state, use, area) */
Datum terrbal_land_use_transition(PG_FUNCTION_ARGS)
{
	TbId id;
	double area;

	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	area = arg_nonnegative(PG_GETARG_FLOAT8(2), "area");
	id = bag_id(fcinfo, 1, "use");
	return bag_add(fcinfo, &tb_land_use_kind, NULL, 0, "", &id, &area);
}

Datum terrbal_land_use_mix(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbLandUseMix mix;
	Datum values[7];
	bool nulls[7] = {false};

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_land_use_kind, &bag) || !status_told(tb_land_use_mix(&bag, &mix), "no use has any area"))
		PG_RETURN_NULL();
	tell_alike("uses", bag.id, bag.ids);
	values[0] = Int32GetDatum((int32)mix.uses);
	row_double(values, nulls, 1, mix.entropy);
	row_double(values, nulls, 2, mix.simpson);
	row_double(values, nulls, 3, mix.dominance);
	values[4] = arg_id_datum(bag.id[mix.largest].text, bag.id[mix.largest].length);
	row_double(values, nulls, 5, mix.area);
	row_double(values, nulls, 6, mix.shannon);
	return row_datum(fcinfo, values, nulls, 7);
}

/* (state, distance, population, area): a pair of distance and density */
Datum terrbal_density_gradient_transition(PG_FUNCTION_ARGS)
{
	double distance, population, density;

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	distance = arg_nonnegative(PG_GETARG_FLOAT8(1), "distance");
	population = arg_nonnegative(PG_GETARG_FLOAT8(2), "population");
	density = population / arg_positive(PG_GETARG_FLOAT8(3), "area");
	if (isinf(density) || (density == 0 && population > 0))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("a density of %.15g over %.15g is out of range", population, PG_GETARG_FLOAT8(3))));
	return paired_added(fcinfo, distance, density);
}

/* (state[, form]) */
Datum terrbal_density_gradient(PG_FUNCTION_ARGS)
{
	TbSample s;
	TbDensityGradient g;
	TbStatus status;
	Datum values[7];
	bool nulls[7] = {false};

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)) || !sample_arg(fcinfo, 0, &tb_paired_shape, &s))
		PG_RETURN_NULL();
	for (size_t i = 0; i < s.n; i++)
		(void)(arg_nonnegative(s.x[i], "distance"), arg_nonnegative(s.y[i], "density"));
	if (PG_NARGS() > 1)
		status = tb_density_gradient(&s, arg_choice(PG_GETARG_DATUM(1), "form", tb_density_forms, TB_DENSITY_FORMS), &g);
	else
		status = tb_density_gradient_best(&s, &g);
	if (!status_told(status, "a gradient needs people at two distances, and for a power none of them at 0"))
		PG_RETURN_NULL();
	if (g.empty > 0)
		notice_once(
			(errmsg("%llu of %llu places have nobody and are left out", (unsigned long long)g.empty, (unsigned long long)(g.rows + g.empty))));
	values[0] = CStringGetTextDatum(tb_density_forms[g.form]);
	for (int k = 0; k < 4; k++)
		row_double(values, nulls, 1 + k, (double[]){g.central_density, g.gradient, g.gradient_se, g.r2}[k]);
	values[5] = Int64GetDatum((int64)g.rows);
	values[6] = Int64GetDatum((int64)g.empty);
	return row_datum(fcinfo, values, nulls, 7);
}
