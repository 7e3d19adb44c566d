/* arg.h -- argument guards: every argument is checked once, on the way in, with its name and value in the message */
#ifndef TERRBAL_ARG_H
#define TERRBAL_ARG_H

#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "utils/array.h"

/* A text id as UTF-8, whatever the server encoding; valid as long as the datum, not terminated */
typedef struct ArgId {
	const char *text;
	uint32 length;
} ArgId;

extern _Noreturn void arg_not_finite(double x, const char *name);
extern _Noreturn void arg_negative(double x, const char *name);

/* -0 comes back as 0 from all of these */
static inline double arg_finite(double x, const char *name)
{
	if (unlikely(!isfinite(x)))
		arg_not_finite(x, name);
	return x + 0.0; /* -0 + 0 is 0 */
}

static inline double arg_nonnegative(double x, const char *name)
{
	x = arg_finite(x, name);
	if (unlikely(x < 0))
		arg_negative(x, name);
	return x;
}

/* Not negative; a NOTICE where it is a year of the calendar instead of the years between two */
extern double arg_years(double x, const char *name);
extern double arg_positive(double x, const char *name);
extern double arg_share(double x, const char *name); /* 0 to 1 */
/* Below 1e145 in size, so that sums of squares stay in float8 */
extern double arg_squarable(double x, const char *name);

/* The error for a value that a guard of the caller's own refused: 22023, value in the message */
/* A part that is larger than its whole is refused, where there is a whole; the hint may be NULL */
extern void arg_part(double part, const char *name, double whole, const char *whole_name, const char *hint);

/* Is a part half of a whole, as a row of totals is of the sum in which it was left? Never of infinity. */
static inline bool arg_half_of(double part, double whole)
{
	return fabs(part * 2 - whole) < 1e-9 * whole;
}

extern _Noreturn void arg_refuse(double x, const char *name, const char *rule, const char *hint);

/* Do all of these say year and month, as 201512 does, in more than one year? Then their differences are no numbers of months. */
typedef struct ArgPeriods {
	int32 first, last;
	bool any, others;
} ArgPeriods;

extern void arg_period_seen(ArgPeriods *periods, int32 period);
/* A NOTICE where it is so */
extern void arg_periods_told(const ArgPeriods *periods);

/* Argument neighbours of a grid, 4 or 8: do cells that share but a corner touch? */
extern bool arg_queen(int32 neighbours);

extern ArgId arg_id(Datum text, const char *name);
/* The decimal text of a bigint id of argument n, valid until that argument of the next row is read: a number names the zone that its text names */
#define ARG_NUMBERS 8
extern ArgId arg_number_id(Datum number, int n);
/* UTF-8 back to a text datum of the server encoding */
extern Datum arg_id_datum(const char *utf8, size_t length);

/* Position of the text in the list; else an error whose hint lists what is allowed */
extern int arg_choice(Datum choice, const char *name, const char *const *choices, int n);

/* One-dimensional, without NULLs, finite; points into the array */
extern double *arg_float8_array(ArrayType *array, int *n, const char *name);
/* Same, but a NULL element is allowed and shows as false here: the caller skips the row. NaN and infinity still raise. */
extern bool arg_float8_row(ArrayType *array, double **values, int *n, const char *name);
/* n regressors of a row, 1 to most, else an error */
extern void arg_regressors(int n, int most, const char *name);
/* All elements of an array of any dimensions, NaN where NULL, in memory of the caller: for what a composite holds */
extern double *arg_float8_gaps(ArrayType *array, int *n, const char *name);
/* Is one of the arguments from .. to NULL? A transition then skips the row. */
static inline bool arg_any_null(FunctionCallInfo fcinfo, const int from, const int to)
{
	for (int i = from; i <= to; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

extern void arg_same_length(int a, const char *name_a, int b, const char *name_b);

#endif
