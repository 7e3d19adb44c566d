/* row.c -- composite results and arrays of composites */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "row.h"

#include "core/base/host.h"

/* The declared result type, not fn_expr: finals are also called by engines that build no expression. */
static TupleDesc result_desc(Oid type)
{
	return lookup_rowtype_tupdesc_copy(type, -1);
}

/* A type of an earlier version, before ALTER EXTENSION UPDATE, lacks fields at its end: it gets those that it has */
static void check_width(TupleDesc desc, int n)
{
	if (desc->natts > n)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE), errmsg("result type has %d fields, not %d", desc->natts, n),
						errhint("The library and the objects of the extension are of different versions: ALTER EXTENSION terrbal UPDATE and a new "
								"session bring them together.")));
}

Datum row_of(TupleDesc desc, Datum *values, bool *nulls, int n)
{
	check_width(desc, n);
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

Datum row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls, int n)
{
	return row_of(result_desc(get_func_rettype(fcinfo->flinfo->fn_oid)), values, nulls, n);
}

Datum row_doubles(FunctionCallInfo fcinfo, const double *fields, int n)
{
	Datum *values = palloc(n * sizeof(Datum));
	bool *nulls = palloc(n * sizeof(bool));

	for (int i = 0; i < n; i++)
		row_double(values, nulls, i, fields[i]);
	return row_datum(fcinfo, values, nulls, n);
}

static void refuse_size(const char *rows)
{
	ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("result array%s exceeds 1 GB", rows),
					errhint("Aggregate smaller groups, such as one region or one year at a time.")));
}

void row_array_fits(size_t n, Size least)
{
	if (n > TB_VALUE_LIMIT / least)
		refuse_size(psprintf(" of %zu rows", n));
}

static RowArray *array_of(Oid type, size_t capacity)
{
	RowArray *array = palloc0(sizeof(RowArray));

	array->element = get_element_type(type);
	array->desc = result_desc(array->element);
	array->capacity = capacity;
	array->rows = MemoryContextAllocHuge(CurrentMemoryContext, Max(capacity, 1) * sizeof(Datum));
	return array;
}

RowArray *row_array_begin(FunctionCallInfo fcinfo, size_t capacity)
{
	return array_of(get_func_rettype(fcinfo->flinfo->fn_oid), capacity);
}

RowArray *row_array_field(FunctionCallInfo fcinfo, int field, size_t capacity)
{
	return array_of(TupleDescAttr(result_desc(get_func_rettype(fcinfo->flinfo->fn_oid)), field)->atttypid, capacity);
}

RowArray *row_array_within(const RowArray *array, int field, size_t capacity)
{
	return array_of(TupleDescAttr(array->desc, field)->atttypid, capacity);
}

void row_array_put(RowArray *array, Datum *values, bool *nulls, int n)
{
	HeapTuple tuple;

	check_width(array->desc, n);
	if (array->n == array->capacity)
		elog(ERROR, "more rows than announced");
	tuple = heap_form_tuple(array->desc, values, nulls);
	array->bytes += MAXALIGN(tuple->t_len);
	if (array->bytes > TB_VALUE_LIMIT - 64)
		refuse_size("");
	array->rows[array->n++] = HeapTupleGetDatum(tuple);
	if (array->n % 4096 == 0)
		CHECK_FOR_INTERRUPTS();
}

Datum row_array_end(RowArray *array)
{
	return PointerGetDatum(construct_array(array->rows, array->n, array->element, -1, false, 'd'));
}

Datum row_float8_array(const double *x, size_t n)
{
	Datum *values = palloc(Max(n, 1) * sizeof(Datum));
	bool *nulls = palloc(Max(n, 1) * sizeof(bool));
	int dims[1] = {n}, lower[1] = {1};

	for (size_t i = 0; i < n; i++)
		row_double(values, nulls, i, x[i]);
	if (n == 0)
		return PointerGetDatum(construct_empty_array(FLOAT8OID));
	return PointerGetDatum(construct_md_array(values, nulls, 1, dims, lower, FLOAT8OID, sizeof(float8), true, 'd'));
}

Datum row_float8_matrix(const double *x, int rows, int columns)
{
	int n = rows * columns, dims[2] = {rows, columns}, lower[2] = {1, 1};
	Datum *values = palloc(sizeof(Datum) * n);
	bool *nulls = palloc(sizeof(bool) * n);

	for (int i = 0; i < n; i++)
		row_double(values, nulls, i, x[i]);
	return PointerGetDatum(construct_md_array(values, nulls, 2, dims, lower, FLOAT8OID, sizeof(float8), true, 'd'));
}
