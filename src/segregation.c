/* segregation.c -- SQL face of segregation: how unevenly groups are spread over units */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/territory/segregation_difference.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

#define tb_segregation_shape tb_segregation_kind.shape
TB_STATE(segregation)
PG_FUNCTION_INFO_V1(terrbal_segregation);
PG_FUNCTION_INFO_V1(terrbal_segregation_decomposition);
PG_FUNCTION_INFO_V1(terrbal_local_segregation);
PG_FUNCTION_INFO_V1(terrbal_segregation_difference);
PG_FUNCTION_INFO_V1(terrbal_dissimilarity);
PG_FUNCTION_INFO_V1(terrbal_dissimilarity_transition);

/* (state, unit, grp, count[, parent]) */
static Datum segregation_add(FunctionCallInfo fcinfo, BagId *read)
{
	bool with_parent = PG_NARGS() > 4;
	TbId ids[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
	double count;

	if (arg_any_null(fcinfo, 1, 3) || (with_parent && PG_ARGISNULL(4)))
		return state_unchanged(fcinfo);
	count = arg_nonnegative(PG_GETARG_FLOAT8(3), "count");
	ids[0] = read(fcinfo, 1, "unit");
	ids[1] = bag_any(fcinfo, 2, "grp");
	if (with_parent)
		ids[2] = read(fcinfo, 4, "parent");
	return bag_add(fcinfo, &tb_segregation_kind, NULL, 0, "", ids, &count);
}
BAG_TRANSITION(terrbal_segregation_transition, segregation_add, bag_id)
BAG_TRANSITION(terrbal_segregation_transition_number, segregation_add, bag_number)

static const char totals[] = "Totals? Leave them out: they count everybody twice.";

/* Totals left among the data: of more than two groups, one that is half of every unit; of more than three units, one that is half of every group */
static void tell_totals(const TbSegregationTable *t)
{
	bool *half = palloc(t->groups * sizeof(bool));

	for (uint32 u = 0; u < t->units && t->units > 3 && t->groups > 1; u++) {
		size_t i = t->row[u], end = t->row[u + 1];

		if (end - i != t->groups || !arg_half_of(t->unit_total[u], t->total))
			continue;
		while (i < end && arg_half_of(t->x[i], t->group_total[t->group[i]]))
			i++;
		if (i == end)
			notice_once((errmsg("unit \"%s\" has half of every group", bag_text(*t->unit_id[u])), errhint("%s", totals)));
	}

	for (uint32 m = 0; m < t->groups; m++)
		half[m] = t->groups > 2 && t->units > 1 && arg_half_of(t->group_total[m], t->total);
	for (uint32 u = 0; u < t->units; u++)
		for (size_t i = t->row[u]; i < t->row[u + 1]; i++)
			half[t->group[i]] &= arg_half_of(t->x[i], t->unit_total[u]);
	for (uint32 m = 0; m < t->groups; m++)
		if (half[m])
			notice_once((errmsg("group \"%s\" is half of every unit", bag_text(*t->group_id[m])), errhint("%s", totals)));
	pfree(half);
}

static void tell_codes(const char *what, const TbId **id, uint32 n)
{
	TbId *codes = palloc(n * sizeof(TbId));

	for (uint32 i = 0; i < n; i++)
		codes[i] = *id[i];
	tell_alike(what, codes, n);
	pfree(codes);
}

/* false: no people */
static bool table_arg(FunctionCallInfo fcinfo, int n, TbSegregationTable *table)
{
	TbBag *bag = palloc(sizeof(TbBag));
	uint32 at = 0;
	TbStatus status;

	if (PG_ARGISNULL(n) || !bag_arg(fcinfo, n, &tb_segregation_kind, bag))
		return false;
	status = tb_segregation_table(bag, table, &at);
	if (status == TB_MISMATCH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has different parents in different rows", bag_text(bag->id[at])),
				 errhint("Make unit ids unique, as in parent || '/' || unit.")));
	if (!status_told(status, "nobody is counted"))
		return false;
	tell_totals(table);
	tell_codes("units", table->unit_id, table->units);
	tell_codes("groups", table->group_id, table->groups);
	return true;
}

Datum terrbal_segregation(PG_FUNCTION_ARGS)
{
	TbSegregationTable t;
	TbSegregation s;
	double *isolation;
	Datum values[12];
	bool nulls[12] = {false};

	if (!table_arg(fcinfo, 0, &t))
		PG_RETURN_NULL();
	if (t.groups > TB_SEGREGATION_GROUPS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%u groups are more than %d", t.groups, TB_SEGREGATION_GROUPS),
						errhint("Are unit and grp exchanged?")));
	(void)status_ok(tb_segregation(&t, &s));
	isolation = palloc(t.groups * sizeof(double));
	for (uint32 m = 0; m < t.groups; m++)
		isolation[m] = s.exposure[(size_t)m * t.groups + m];
	values[0] = Int32GetDatum(t.units);
	values[1] = Int32GetDatum(t.groups);
	row_double(values, nulls, 2, ldexp(t.total, t.exponent));
	row_double(values, nulls, 3, s.dissimilarity);
	row_double(values, nulls, 4, s.gini);
	values[5] = row_float8_array(isolation, t.groups);
	row_double(values, nulls, 6, s.entropy_index);
	row_double(values, nulls, 7, s.mutual_information);
	row_double(values, nulls, 8, s.relative_diversity);
	values[9] = row_float8_matrix(s.exposure, t.groups, t.groups);
	values[10] = bag_id_array(t.group_id, t.groups);
	row_double(values, nulls, 11, s.entropy);
	return row_datum(fcinfo, values, nulls, 12);
}

Datum terrbal_segregation_decomposition(PG_FUNCTION_ARGS)
{
	TbSegregationTable t;
	TbSegregationParts p;
	double field[6];

	if (!table_arg(fcinfo, 0, &t))
		PG_RETURN_NULL();
	for (uint32 i = 0; i < t.units; i++)
		if (t.parent[i] == TB_NO_ID)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unit \"%s\" has no parent", bag_text(*t.unit_id[i])),
							errhint("Store the state with segregation_state(unit, grp, count, parent).")));
	tb_segregation_parts(&t, &p);
	memcpy(field, (double[]){p.total, p.between, p.within, NAN, NAN, NAN}, sizeof(field));
	for (int i = 0; i < 3 && p.entropy > 0; i++)
		field[3 + i] = field[i] / p.entropy;
	return row_doubles(fcinfo, field, 6);
}

Datum terrbal_local_segregation(PG_FUNCTION_ARGS)
{
	TbSegregationTable t;
	RowArray *array;
	double *score;

	if (!table_arg(fcinfo, 0, &t))
		PG_RETURN_NULL();
	score = tb_alloc(t.units * sizeof(double));
	tb_segregation_local(&t, score);
	array = row_array_begin(fcinfo, t.units);
	for (uint32 i = 0; i < t.units; i++) {
		Datum values[4] = {arg_id_datum(t.unit_id[i]->text, t.unit_id[i]->length)};
		bool nulls[4] = {false};

		row_double(values, nulls, 1, ldexp(t.unit_total[i], t.exponent));
		row_double(values, nulls, 2, t.unit_total[i] / t.total);
		row_double(values, nulls, 3, score[i]);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

/* (before, after) */
Datum terrbal_segregation_difference(PG_FUNCTION_ARGS)
{
	TbSegregationTable before, after;
	TbSegregationDifference d;

	if (!table_arg(fcinfo, 0, &before) || !table_arg(fcinfo, 1, &after))
		PG_RETURN_NULL();
	tb_segregation_difference(&before, &after, &d);
	if (isnan(d.structural))
		no_result("units or groups that are empty at one date cannot have the people of the other");
	if (d.common == 0)
		notice_once((errmsg("no unit and group have people at both dates"), errdetail("All of the change is additions and removals.")));
	return row_doubles(fcinfo, (double[]){d.before, d.after, d.after - d.before, d.additions, d.removals, d.unit, d.group, d.structural}, 8);
}

/* As the transition of pairs, for counts */
Datum terrbal_dissimilarity_transition(PG_FUNCTION_ARGS)
{
	double count;

	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	count = arg_nonnegative(PG_GETARG_FLOAT8(1), "count_a");
	return paired_added(fcinfo, count, arg_nonnegative(PG_GETARG_FLOAT8(2), "count_b"));
}

Datum terrbal_dissimilarity(PG_FUNCTION_ARGS)
{
	TbSample s;
	double index, a = 0, b = 0;

	if (PG_ARGISNULL(0) || !sample_arg(fcinfo, 0, &tb_paired_shape, &s))
		PG_RETURN_NULL();
	for (size_t i = 0; i < s.n; i++) {
		a += arg_nonnegative(s.x[i], "count_a");
		b += arg_nonnegative(s.y[i], "count_b");
	}
	for (size_t i = 0; i < s.n && s.n > 3 && a > 0 && b > 0; i++)
		if (arg_half_of(s.x[i], a) && arg_half_of(s.y[i], b))
			notice_once((errmsg("a unit of %.15g and %.15g has half of both groups", s.x[i], s.y[i]), errhint("%s", totals)));
	index = tb_dissimilarity(&s);
	if (isnan(index)) {
		no_result("one of the two groups has nobody");
		PG_RETURN_NULL();
	}
	PG_RETURN_FLOAT8(index);
}
