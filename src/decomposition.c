/* decomposition.c -- inequality by group */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/inequality/decomposition.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

static bool groups_arg(FunctionCallInfo fcinfo, TbSample *sample, TbGroups *groups)
{
	if (!sample_arg(fcinfo, 0, &tb_grouped_shape, sample))
		return false;
	tb_groups(sample, groups);
	return true;
}

static void put_parts(Datum *values, bool *nulls, int i, TbParts parts)
{
	row_double(values, nulls, i, parts.total);
	row_double(values, nulls, i + 1, parts.within);
	row_double(values, nulls, i + 2, parts.between);
}

PG_FUNCTION_INFO_V1(terrbal_inequality_by_group);

Datum terrbal_inequality_by_group(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbGroups groups;
	TbParts gini, theil_t, theil_l;
	Datum values[15];
	bool nulls[15] = {false};

	if (!groups_arg(fcinfo, &sample, &groups))
		PG_RETURN_NULL();
	if (!(groups.all.mean.hi > 0))
		no_result(no_entropy(&groups.all));
	gini = tb_gini_parts(&groups);
	tb_theil_parts(&groups, &theil_t, &theil_l);
	values[0] = Int64GetDatum(groups.n);
	put_parts(values, nulls, 1, theil_t);
	put_parts(values, nulls, 4, theil_l);
	put_parts(values, nulls, 7, gini);
	row_double(values, nulls, 10, tb_gini_overlap(gini));
	put_parts(values, nulls, 11, tb_atkinson_one_parts(&groups, theil_l));
	values[14] = Int64GetDatum(sample.rows);
	return row_datum(fcinfo, values, nulls, 15);
}

/* total, within and between of an index with one parameter */
static Datum parts_by_group(FunctionCallInfo fcinfo, TbParts (*parts)(const TbGroups *groups, double parameter), double parameter)
{
	TbSample sample;
	TbGroups groups;
	Datum values[3];
	bool nulls[3];

	if (!groups_arg(fcinfo, &sample, &groups))
		PG_RETURN_NULL();
	put_parts(values, nulls, 0, parts(&groups, parameter));
	if (nulls[0])
		no_result(no_entropy(&groups.all));
	return row_datum(fcinfo, values, nulls, 3);
}

PG_FUNCTION_INFO_V1(terrbal_entropy_by_group);

Datum terrbal_entropy_by_group(PG_FUNCTION_ARGS)
{
	double alpha = arg_finite(sample_parameter(fcinfo, &tb_grouped_shape, 1, 0), "alpha");

	return parts_by_group(fcinfo, tb_entropy_parts, alpha);
}

PG_FUNCTION_INFO_V1(terrbal_atkinson_by_group);

Datum terrbal_atkinson_by_group(PG_FUNCTION_ARGS)
{
	double epsilon = arg_nonnegative(sample_parameter(fcinfo, &tb_grouped_shape, 1, 0), "epsilon");

	return parts_by_group(fcinfo, tb_atkinson_parts, epsilon);
}

PG_FUNCTION_INFO_V1(terrbal_group_inequality);

/* One row a group */
Datum terrbal_group_inequality(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbGroups groups;
	RowArray *array;

	if (!groups_arg(fcinfo, &sample, &groups))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, groups.n);
	for (size_t g = 0; g < groups.n; g++) {
		const TbDistribution *d = &groups.group[g];
		Datum values[8];
		bool nulls[8] = {false};

		values[0] = arg_id_datum(groups.id[g].text, groups.id[g].length);
		values[1] = Int64GetDatum(d->rows);
		row_double(values, nulls, 2, groups.share[g]);
		row_double(values, nulls, 3, groups.all.mean.hi > 0 ? groups.share[g] * groups.ratio[g] : NAN);
		row_double(values, nulls, 4, ldexp(tb_dd_value(d->mean), d->exponent));
		row_double(values, nulls, 5, tb_gini(d));
		row_double(values, nulls, 6, tb_theil_t(d));
		row_double(values, nulls, 7, tb_theil_l(d));
		row_array_put(array, values, nulls, 8);
	}
	return row_array_end(array);
}
