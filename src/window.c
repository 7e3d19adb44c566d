/* window.c -- partition reader for window functions that solve a partition as a whole */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "arg.h"
#include "compat.h"
#include "core/base/host.h"
#include "row.h"
#include "window.h"
#include "fetched_row.h"

#define READS_PER_RESET 1000
#define KEPT_BLOCK ((Size)64 * 1024)

/* The values of one argument, in order */
struct WindowColumn {
	int64 rows; /* 0: not kept, 1: a constant */
	Datum *values;
	bool *nulls;
	int16 length;
	bool byval;
	Size last; /* size of the value before */
	char *next;
	Size left;
};

/* What WinGetPartitionLocalMemory keeps: it is limited to 1 GB itself, but its context is not. */
typedef struct Local {
	void *solution;
} Local;

void *window_solution(FunctionCallInfo fcinfo, void *(*solve)(Window *window))
{
	WindowObject object = PG_WINDOW_OBJECT();
	Local *local;
	Window w = {.fcinfo = fcinfo, .object = object};
	MemoryContext caller;

	if (!WindowObjectIsValid(object))
		elog(ERROR, "called in a context that is not a window");
	window_refuse_null_treatment(object, fcinfo);
	local = WinGetPartitionLocalMemory(object, sizeof(Local));
	if (local->solution)
		return local->solution;
	w.partition = GetMemoryChunkContext(local);
	w.rows = WinGetPartitionRowCount(object);
	w.scratch = AllocSetContextCreate(w.partition, "terrbal window arguments", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(w.partition);
	local->solution = solve(&w);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(w.scratch);
	if (w.kept)
		MemoryContextDelete(w.kept);
	return local->solution;
}

int64 window_position(FunctionCallInfo fcinfo)
{
	return WinGetCurrentPosition(PG_WINDOW_OBJECT());
}

static Datum fetch(Window *w, int argument, int64 row, bool *isnull)
{
	MemoryContext caller;
	Datum value;
	bool out;

	if (++w->reads >= READS_PER_RESET) {
		MemoryContextReset(w->scratch);
		w->reads = 0;
		CHECK_FOR_INTERRUPTS();
	}
	/* The interface counts rows in 32 bits; a partition beyond that would not fit in memory either. */
	if (row > PG_INT32_MAX)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("partition has more than %d rows", PG_INT32_MAX)));
	caller = MemoryContextSwitchTo(w->scratch);
	value = WinGetFuncArgInPartition(w->object, argument, row, WINDOW_SEEK_HEAD, false, isnull, &out);
	MemoryContextSwitchTo(caller);
	if (out)
		elog(ERROR, "row " INT64_FORMAT " is outside the partition", row);
	return value;
}

static void begin_column(Window *w, int argument, int64 rows)
{
	WindowColumn *c = w->column + argument;

	get_typlenbyval(window_type(w, argument), &c->length, &c->byval);
	c->values = MemoryContextAllocHuge(w->kept, rows * sizeof(Datum));
	c->nulls = MemoryContextAllocHuge(w->kept, rows * sizeof(bool));
}

static Datum keep(Window *w, WindowColumn *c, Datum value, int64 row)
{
	Size size;

	if (c->byval)
		return value;
	if (c->length == -1 && VARATT_IS_EXTERNAL(DatumGetPointer(value)))
		value = PointerGetDatum(PG_DETOAST_DATUM_PACKED(value));
	size = c->length == -1 ? VARSIZE_ANY(DatumGetPointer(value)) : datumGetSize(value, false, c->length);
	if (row > 0 && !c->nulls[row - 1] && c->last == size && memcmp(DatumGetPointer(c->values[row - 1]), DatumGetPointer(value), size) == 0)
		return c->values[row - 1];
	c->last = size;
	if (c->left < MAXALIGN(size)) {
		c->left = Max(MAXALIGN(size), KEPT_BLOCK);
		c->next = MemoryContextAllocHuge(w->kept, c->left);
	}
	memcpy(c->next, DatumGetPointer(value), size);
	value = PointerGetDatum(c->next);
	c->next += MAXALIGN(size);
	c->left -= MAXALIGN(size);
	return value;
}

/* Columns that are kept already are not fetched again. */
static Datum value_at(Window *w, int argument, int64 row, bool *isnull)
{
	const WindowColumn *c = w->column + argument;

	if (c->rows == 0)
		return fetch(w, argument, row, isnull);
	if (c->rows == 1)
		row = 0;
	*isnull = c->nulls[row];
	return c->values[row];
}

static void keep_value(Window *w, void *to, int argument, int64 row, Datum value, bool isnull)
{
	WindowColumn *c = w->column + argument;

	c->nulls[row] = isnull;
	c->values[row] = isnull ? 0 : keep(w, c, value, row);
}

static void keep_constant(Window *w, int argument)
{
	bool isnull;
	Datum value = fetch(w, argument, 0, &isnull);

	begin_column(w, argument, 1);
	keep_value(w, NULL, argument, 0, value, isnull);
	w->column[argument].rows = 1;
}

static void begin_columns(Window *w)
{
	w->kept = AllocSetContextCreate(w->partition, "terrbal window columns", ALLOCSET_DEFAULT_SIZES);
	w->column = MemoryContextAllocZero(w->kept, w->fcinfo->nargs * sizeof(WindowColumn));
	for (int i = 0; i < w->fcinfo->nargs; i++)
		if (window_is_constant(w, i))
			keep_constant(w, i);
}

/* Each row is fetched once. */
static void read_by_row(Window *w, const FetchedRow *row, const bool *wanted, WindowTake take, void *to)
{
	for (int64 at = 0; at < w->rows; at++) {
		bool fetched = false, isnull;

		for (int i = 0; i < w->fcinfo->nargs; i++) {
			Datum value;

			if (!wanted[i])
				continue;
			if (w->column[i].rows > 0) {
				value = value_at(w, i, at, &isnull);
			} else if (fetched) {
				MemoryContext caller = MemoryContextSwitchTo(w->scratch);

				value = fetched_row_value(row, i, &isnull);
				MemoryContextSwitchTo(caller);
			} else {
				value = fetch(w, i, at, &isnull);
				fetched = true;
			}
			take(w, to, i, at, value, isnull);
		}
	}
}

/* Two rows at a time, to and fro: the store steps to its neighbour at one move's cost, but to the row that it stands on at two's. */
static void read_by_pair(Window *w, const bool *wanted, WindowTake take, void *to)
{
	bool isnull;

	for (int64 row = 0; row < w->rows; row += 2)
		for (int i = 0; i < w->fcinfo->nargs; i++)
			for (int64 at = row; wanted[i] && at < Min(row + 2, w->rows); at++) {
				Datum value = value_at(w, i, at, &isnull);

				take(w, to, i, at, value, isnull);
			}
}

void window_read(Window *w, const bool *wanted, WindowTake take, void *to)
{
	FetchedRow row = fetched_row_begin(w->fcinfo);

	if (!w->column)
		begin_columns(w);
	if (row.context)
		read_by_row(w, &row, wanted, take, to);
	else
		read_by_pair(w, wanted, take, to);
}

/* Where several arguments vary, all of them in one pass */
static void prefetch(Window *w)
{
	bool varies[FUNC_MAX_ARGS];
	int varying = 0;

	w->prefetched = true;
	for (int i = 0; i < w->fcinfo->nargs; i++) {
		varies[i] = w->column[i].rows == 0;
		varying += varies[i];
	}
	if (varying < 2)
		return;
	for (int i = 0; i < w->fcinfo->nargs; i++)
		if (varies[i])
			begin_column(w, i, w->rows);
	window_read(w, varies, keep_value, NULL);
	for (int i = 0; i < w->fcinfo->nargs; i++)
		if (varies[i])
			w->column[i].rows = w->rows;
}

Datum window_value(Window *w, int argument, int64 row, bool *isnull)
{
	if (!w->column)
		begin_columns(w);
	if (!w->prefetched && w->column[argument].rows == 0)
		prefetch(w);
	if (w->column[argument].rows > 0 && ++w->reads >= READS_PER_RESET * 16) {
		w->reads = 0;
		CHECK_FOR_INTERRUPTS();
	}
	return value_at(w, argument, row, isnull);
}

bool window_is_constant(Window *w, int argument)
{
	return get_fn_expr_arg_stable(w->fcinfo->flinfo, argument);
}

Oid window_type(Window *w, int argument)
{
	return get_fn_expr_argtype(w->fcinfo->flinfo, argument);
}

static char *shown(Datum value, bool isnull, Oid type)
{
	Oid output;
	bool varlena;

	if (isnull)
		return "NULL";
	getTypeOutputInfo(type, &output, &varlena);
	return OidOutputFunctionCall(output, value);
}

static bool same(Datum a, Datum b, Oid type, bool byval, int length)
{
	if (a == b || datumIsEqual(a, b, byval, length))
		return true;
	/* 1.0 and 1.00, -0 and 0, a short and a long header differ in their bytes only */
	if (type == NUMERICOID)
		return DatumGetInt32(DirectFunctionCall2(numeric_cmp, a, b)) == 0;
	if (type == FLOAT8OID)
		return DatumGetFloat8(a) == DatumGetFloat8(b);
	return length == -1 && datum_image_eq(a, b, byval, length);
}

Datum window_common(Window *w, int argument, const char *name, bool *isnull)
{
	Oid type = window_type(w, argument);
	int64 rows = window_is_constant(w, argument) ? 1 : w->rows;
	int16 length;
	bool byval, null;
	Datum first, value;

	get_typlenbyval(type, &length, &byval);
	first = window_value(w, argument, 0, isnull);
	if (!*isnull)
		first = length == -1 ? PointerGetDatum(PG_DETOAST_DATUM_COPY(first)) : datumCopy(first, byval, length);
	for (int64 i = 1; i < rows; i++) {
		value = window_value(w, argument, i, &null);
		if (null != *isnull || (!null && !same(first, value, type, byval, length)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s differs between rows of one partition: %s and %s", name, shown(first, *isnull, type), shown(value, null, type)),
					 errhint("PARTITION BY what it depends on, or give all rows of a partition the same value.")));
	}
	return first;
}

static _Noreturn void refuse_null(const char *name, const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be NULL", name), hint ? errhint("%s", hint) : 0));
	pg_unreachable();
}

Datum window_given(Window *w, int argument, const char *name)
{
	bool isnull;
	Datum value = window_common(w, argument, name, &isnull);

	if (isnull)
		refuse_null(name, NULL);
	return value;
}

Decimal window_decimal(Window *w, int argument, const char *name)
{
	return decimal_from(window_given(w, argument, name), window_type(w, argument), name);
}

double window_double(Window *w, int argument, const char *name)
{
	return arg_finite(DatumGetFloat8(window_given(w, argument, name)), name);
}

int32 window_count(Window *w, int argument, const char *name)
{
	int32 count = window_int(w, argument, name);

	if (count < 1)
		arg_refuse(count, name, "at least 1", NULL);
	return count;
}

char *window_text(Window *w, int argument, const char *name)
{
	return TextDatumGetCString(window_given(w, argument, name));
}

int32 window_int(Window *w, int argument, const char *name)
{
	return DatumGetInt32(window_given(w, argument, name));
}

void window_decimals(Window *w, int argument, const char *name, bool null_allowed, DecimalColumn *column)
{
	Oid type = window_type(w, argument);
	bool constant = window_is_constant(w, argument), isnull;

	decimal_column_begin(column, w->rows);
	for (int64 i = 0; i < w->rows; i++) {
		Datum value;

		if (constant && i > 0) {
			column->digits[i] = column->digits[0];
			continue;
		}
		value = window_value(w, argument, i, &isnull);
		if (!isnull)
			decimal_column_put(column, i, decimal_from(value, type, name), name);
		else if (null_allowed)
			decimal_column_put_null(column, i);
		else
			refuse_null(name, "Leaving a row out would change the amounts of all others: give it a value, or filter it out.");
	}
}

double *window_doubles(Window *w, int argument, const char *name, bool *nulls)
{
	double *x = tb_alloc(w->rows * sizeof(double));
	bool isnull;

	for (int64 i = 0; i < w->rows; i++) {
		Datum value = window_value(w, argument, i, &isnull);

		if (isnull && !nulls)
			refuse_null(name, NULL);
		x[i] = isnull ? 0 : arg_finite(DatumGetFloat8(value), name);
		if (nulls)
			nulls[i] = isnull;
	}
	return x;
}

bool window_peers(Window *w, int64 a, int64 b)
{
	return WinRowsArePeers(w->object, a, b);
}

/* The result's descriptor is the same for all rows of a query: kept in fn_extra. */
static TupleDesc result_desc(FunctionCallInfo fcinfo)
{
	FmgrInfo *flinfo = fcinfo->flinfo;

	if (!flinfo->fn_extra) {
		MemoryContext caller = MemoryContextSwitchTo(flinfo->fn_mcxt);

		flinfo->fn_extra = BlessTupleDesc(lookup_rowtype_tupdesc_copy(get_func_rettype(flinfo->fn_oid), -1));
		MemoryContextSwitchTo(caller);
	}
	return flinfo->fn_extra;
}

Datum window_composite(FunctionCallInfo fcinfo, Datum *values, bool *nulls, int n)
{
	return row_of(result_desc(fcinfo), values, nulls, n);
}

Datum window_label(Oid type, const char *label)
{
	Oid input, ioparam;

	getTypeInputInfo(type, &input, &ioparam);
	return OidInputFunctionCall(input, (char *)label, ioparam, -1);
}

Datum window_enum(FunctionCallInfo fcinfo, int field, const char *label)
{
	return window_label(TupleDescAttr(result_desc(fcinfo), field)->atttypid, label);
}

Datum window_double_answer(FunctionCallInfo fcinfo, void *(*solve)(Window *))
{
	const double *answer = window_solution(fcinfo, solve);
	double x = answer[window_position(fcinfo)];

	if (isnan(x))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(x);
}
