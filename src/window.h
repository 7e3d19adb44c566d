/* window.h -- window functions that solve their whole partition once and then answer row by row
 *
 *   static void *solve(Window *w)          // runs at the first row of a partition; its result lives as long as the partition
 *   {
 *       Answer *answer = tb_alloc(w->rows * sizeof(Answer));
 *       Decimal pool = window_decimal(w, 0, "pool");        // equal in all rows, not NULL
 *       window_decimals(w, 1, "weight", false, &weights);   // a column of exact numbers
 *       double *cost = window_doubles(w, 2, "cost", NULL);  // a column of float8
 *       for (int64 i = 0; i < w->rows; i++) { Datum d = window_value(w, 3, i, &isnull); ... }
 *       ...
 *   }
 *
 *   Datum terrbal_x(PG_FUNCTION_ARGS)
 *   {
 *       Answer *answer = window_solution(fcinfo, solve);
 *       PG_RETURN_FLOAT8(answer[window_position(fcinfo)]);
 *   }
 *
 * Declare it in SQL as `LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE` (never STRICT). Read column by column, not row by row: going on to the next row
 * of one argument is cheap. An argument that is a constant of the query is read once; where two or more vary, all of them are read in one pass at the first
access and kept until solve() returns (9 bytes a row and argument, plus the value where it is passed by reference and differs from the row before),
because going back to the first row of a partition that has spilled to disk costs more than everything else.
 */
#ifndef TERRBAL_WINDOW_H
#define TERRBAL_WINDOW_H

#include "fmgr.h"
#include "funcapi.h"
#include "windowapi.h"

#include "decimal.h"

typedef struct WindowColumn WindowColumn;

typedef struct Window {
	FunctionCallInfo fcinfo;
	WindowObject object;
	int64 rows;              /* of the partition; at least 1 */
	MemoryContext partition; /* current while solving; may hold more than 1 GB through tb_alloc */
	MemoryContext scratch;   /* argument values, emptied every thousand reads */
	int reads;
	MemoryContext kept;
	WindowColumn *column; /* of each argument, from the first access on */
	bool prefetched;
} Window;

/* The solution of the current partition; solve() runs when there is none yet. Raises when not called as a window function. */
extern void *window_solution(FunctionCallInfo fcinfo, void *(*solve)(Window *window));
/* Row of the partition that is being answered, from 0 */
extern int64 window_position(FunctionCallInfo fcinfo);
/* The answer of a function whose solution is one float8 for each row, NaN where it is NULL */
extern Datum window_double_answer(FunctionCallInfo fcinfo, void *(*solve)(Window *window));

/* One argument of one row. What it points to is valid until the next call of this header: it may lie in the executor's own row, which the next read
 * replaces. Use it at once, or copy it. (That kept columns live until solve() returns is no promise: a column is kept only where others vary too.) */
extern Datum window_value(Window *w, int argument, int64 row, bool *isnull);
/* All rows of the arguments where wanted[argument], each of its column's rows in turn, handed on without being kept: where the caller has a smaller
 * place for them. What a value points to is valid during the call. A take makes no call of this header: reading moves the executor's row, and the
 * further arguments of the row at hand are evaluated there. */
typedef void (*WindowTake)(Window *w, void *to, int argument, int64 row, Datum value, bool isnull);
extern void window_read(Window *w, const bool *wanted, WindowTake take, void *to);
/* Is the argument known to be the same in all rows without looking (a constant or a parameter)? */
extern bool window_is_constant(Window *w, int argument);
/* Declared or resolved type of an argument: tells the overloads of one C function apart */
extern Oid window_type(Window *w, int argument);

/* A value that belongs to the partition, not to the row (a pool, a rate, a method): read everywhere, different values are an error (22023) that
 * shows both. Compared as numbers for numeric, else by the type's bytes; text by its content. Copied into the partition's memory. */
extern Datum window_common(Window *w, int argument, const char *name, bool *isnull);
/* The same; NULL is an error. */
extern Datum window_given(Window *w, int argument, const char *name);
/* The same as an exact decimal */
extern Decimal window_decimal(Window *w, int argument, const char *name);
/* The same as a finite float8, text (terminated), int, int of at least 1 */
extern double window_double(Window *w, int argument, const char *name);
extern char *window_text(Window *w, int argument, const char *name);
extern int32 window_int(Window *w, int argument, const char *name);
extern int32 window_count(Window *w, int argument, const char *name);

/* A column of exact numbers (numeric, integer or float8). NULL: DECIMAL_NULL where allowed, else an error (22004) that says why. */
extern void window_decimals(Window *w, int argument, const char *name, bool null_allowed, DecimalColumn *column);
/* A column of finite float8. With `nulls` a NULL is marked there (and 0 here), without it an error. */
extern double *window_doubles(Window *w, int argument, const char *name, bool *nulls);

/* Are two rows equal under the window's ORDER BY (always, without one)? */
extern bool window_peers(Window *w, int64 a, int64 b);

/* A composite of the declared result type; its descriptor is looked up once per query. Field types as in SQL. */
extern Datum window_composite(FunctionCallInfo fcinfo, Datum *values, bool *nulls, int n);
/* The label's datum of the enum type of field `field` (from 0) of the declared composite result */
extern Datum window_enum(FunctionCallInfo fcinfo, int field, const char *label);
/* The same of an enum type */
extern Datum window_label(Oid type, const char *label);

#endif
