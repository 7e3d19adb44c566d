/* row.h -- composite results and arrays of composites, of the type the calling function is declared to return */
#ifndef TERRBAL_ROW_H
#define TERRBAL_ROW_H

#include "compat.h"
#include "funcapi.h"

/* A composite from its fields in order; the number must be the type's */
extern Datum row_of(TupleDesc desc, Datum *values, bool *nulls, int n);
/* The same of the declared type, which is looked up in every call: functions of one row a group. Window functions keep it (window_composite). */
extern Datum row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls, int n);
/* All fields float8; what is not finite shows as NULL */
extern Datum row_doubles(FunctionCallInfo fcinfo, const double *fields, int n);

/* An array of composites: begin with the number of rows, put each row, end. Past 1 GB: 54000. */
typedef struct RowArray {
	TupleDesc desc;
	Oid element;
	Datum *rows;
	size_t n, capacity;
	Size bytes;
} RowArray;

/* Refuses what cannot fit before it is computed: n rows of at least so many bytes */
extern void row_array_fits(size_t n, Size least);
extern RowArray *row_array_begin(FunctionCallInfo fcinfo, size_t capacity);
/* The same for a field of the composite that the function returns, counted from 0 */
extern RowArray *row_array_field(FunctionCallInfo fcinfo, int field, size_t capacity);
/* The same for a field of the rows of an array */
extern RowArray *row_array_within(const RowArray *array, int field, size_t capacity);
extern void row_array_put(RowArray *array, Datum *values, bool *nulls, int n);
extern Datum row_array_end(RowArray *array);

/* A float8 field where NaN means NULL, and so does what float8 does not hold; -0 is 0 */
static inline void row_double(Datum *values, bool *nulls, int i, double x)
{
	nulls[i] = !isfinite(x);
	values[i] = Float8GetDatum(x + 0.0);
}

/* A one-dimensional float8[]; elements that are not finite become NULL */
extern Datum row_float8_array(const double *x, size_t n);
/* The same in two dimensions, row by row */
extern Datum row_float8_matrix(const double *x, int rows, int columns);

#endif
