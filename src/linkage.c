/* linkage.c -- flows between urban, peri-urban and rural areas: the aggregate over settlement classes and its state */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/syscache.h"

#include "arg.h"
#include "core/flow/linkage.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(linkage)

PG_FUNCTION_INFO_V1(terrbal_linkage_transition);
PG_FUNCTION_INFO_V1(terrbal_linkage_transition_text);
PG_FUNCTION_INFO_V1(terrbal_linkage);

static const char *const labels[TB_SETTLEMENTS] = {"urban", "peri_urban", "rural"};

static int label_class(Oid value)
{
	HeapTuple tuple = SearchSysCache1(ENUMOID, ObjectIdGetDatum(value));
	int found = -1;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "no enum value %u", value);
	for (int i = 0; i < TB_SETTLEMENTS; i++)
		if (strcmp(NameStr(((Form_pg_enum)GETSTRUCT(tuple))->enumlabel), labels[i]) == 0)
			found = i;
	if (found < 0)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("\"%s\" is not a settlement class", NameStr(((Form_pg_enum)GETSTRUCT(tuple))->enumlabel)),
				errhint("Flows are summed by urban, peri_urban and rural: map added labels of the type to these."));
	ReleaseSysCache(tuple);
	return found;
}

/* Enum values differ between servers; the classes they stand for do not. Where the server offers a cache per call site, it spares the look-up. */
static int class_arg(FunctionCallInfo fcinfo, int n)
{
	Oid *known, value;
	int class;

	if (PG_ARGISNULL(n))
		return -1;
	value = PG_GETARG_OID(n);
	if (!fcinfo->flinfo->fn_extra)
		fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, TB_SETTLEMENTS * sizeof(Oid));
	known = fcinfo->flinfo->fn_extra;
	for (class = 0; class < TB_SETTLEMENTS; class ++)
		if (known[class] == value)
			return class;
	class = label_class(value);
	known[class] = value;
	return class;
}

static int class_text(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? -1 : arg_choice(PG_GETARG_DATUM(n), n == 1 ? "origin_class" : "destination_class", labels, TB_SETTLEMENTS);
}

static Datum add_flow(FunctionCallInfo fcinfo, int (*class)(FunctionCallInfo fcinfo, int n))
{
	TbState *state = state_writable(fcinfo, 0, &tb_linkage_shape);
	double flow;

	if (PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	if (!state)
		state = tb_linkage_new();
	state_ok(tb_linkage_add(state, class(fcinfo, 1), class(fcinfo, 2), flow), &tb_linkage_shape);
	return state_kept(fcinfo, state, &tb_linkage_shape);
}

Datum terrbal_linkage_transition(PG_FUNCTION_ARGS)
{
	return add_flow(fcinfo, class_arg);
}

Datum terrbal_linkage_transition_text(PG_FUNCTION_ARGS)
{
	return add_flow(fcinfo, class_text);
}

static Datum matrix_datum(const TbLinkage *l)
{
	Datum values[TB_SETTLEMENTS * TB_SETTLEMENTS];
	int dims[2] = {TB_SETTLEMENTS, TB_SETTLEMENTS}, lower[2] = {1, 1};

	for (int i = 0; i < TB_SETTLEMENTS * TB_SETTLEMENTS; i++)
		values[i] = Float8GetDatum(l->matrix[i / TB_SETTLEMENTS][i % TB_SETTLEMENTS]);
	return PointerGetDatum(construct_md_array(values, NULL, 2, dims, lower, FLOAT8OID, sizeof(float8), true, 'd'));
}

/* as sql/42-linkage.sql has them */
enum {
	LINKAGE_TOTAL,
	LINKAGE_UNCLASSIFIED,
	LINKAGE_URBAN_TO_RURAL,
	LINKAGE_RURAL_TO_URBAN,
	LINKAGE_URBAN_INTERNAL,
	LINKAGE_RURAL_INTERNAL,
	LINKAGE_PERI_URBAN_EXCHANGE,
	LINKAGE_INTENSITY,
	LINKAGE_BALANCE,
	LINKAGE_OPENNESS,
	LINKAGE_EXTERNAL_INTERNAL,
	LINKAGE_RURAL_RETENTION,
	LINKAGE_RURAL_NET,
	LINKAGE_RURAL_EFFECTIVENESS,
	LINKAGE_MATRIX,
	LINKAGE_FIELDS
};

Datum terrbal_linkage(PG_FUNCTION_ARGS)
{
	TbLinkage l;
	Datum values[LINKAGE_FIELDS];
	bool nulls[LINKAGE_FIELDS] = {false};

	if (!status_ok_message(tb_linkage(state_arg(fcinfo, 0, &tb_linkage_shape), &l), "total flow is out of range", NULL, NULL))
		PG_RETURN_NULL();
	row_double(values, nulls, LINKAGE_TOTAL, l.total);
	row_double(values, nulls, LINKAGE_UNCLASSIFIED, l.unclassified);
	row_double(values, nulls, LINKAGE_URBAN_TO_RURAL, l.urban_to_rural);
	row_double(values, nulls, LINKAGE_RURAL_TO_URBAN, l.rural_to_urban);
	row_double(values, nulls, LINKAGE_URBAN_INTERNAL, l.urban_internal);
	row_double(values, nulls, LINKAGE_RURAL_INTERNAL, l.rural_internal);
	row_double(values, nulls, LINKAGE_PERI_URBAN_EXCHANGE, l.peri_urban_exchange);
	row_double(values, nulls, LINKAGE_INTENSITY, l.intensity);
	row_double(values, nulls, LINKAGE_BALANCE, l.balance);
	row_double(values, nulls, LINKAGE_OPENNESS, l.openness);
	row_double(values, nulls, LINKAGE_EXTERNAL_INTERNAL, l.external_internal);
	row_double(values, nulls, LINKAGE_RURAL_RETENTION, l.rural_retention);
	row_double(values, nulls, LINKAGE_RURAL_NET, l.rural_net);
	row_double(values, nulls, LINKAGE_RURAL_EFFECTIVENESS, l.rural_effectiveness);
	values[LINKAGE_MATRIX] = matrix_datum(&l);
	PG_RETURN_DATUM(row_datum(fcinfo, values, nulls, LINKAGE_FIELDS));
}
