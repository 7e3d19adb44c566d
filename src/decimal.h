/* decimal.h -- exact decimals between SQL and the core: numeric, integers and float8 as scaled 128-bit integers, and back
 *
 * A Decimal is digits / 10^scale with at most 127 bits of digits (38 decimal digits). A column brings all its values to one common scale, which is
 * the largest that a value needs; what does not fit raises 22003. A float8 counts as its shortest decimal form, as psql prints it: 0.1 is 1/10.
 *
 *   Decimal pool = decimal_from(value, NUMERICOID, "pool");
 *   DecimalColumn weights;
 *   decimal_column_begin(&weights, rows);
 *   for (i ...) decimal_column_put(&weights, i, decimal_from(value, type, "weight"), "weight");
 *   ... weights.digits[i] at weights.scale ...
 *   return decimal_numeric(cents, 2);
 */
#ifndef TERRBAL_DECIMAL_H
#define TERRBAL_DECIMAL_H

#include "core/base/int256.h"

/* The largest scale that decimal_numeric writes */
#define DECIMAL_MAX_SCALE 36
/* In a column: SQL NULL, where the caller allows it */
#define DECIMAL_NULL TB_INT_MIN

typedef struct Decimal {
	TbInt digits;
	int scale; /* 0 or more; trailing zeros may remain */
} Decimal;

/* Exact value of a numeric, int2, int4, int8 or float8 datum. NaN, infinity and more than 38 digits: 22003 with the value and a hint. */
extern Decimal decimal_from(Datum value, Oid type, const char *name);
extern Decimal decimal_from_numeric(Datum value, const char *name);
extern Decimal decimal_from_float8(double x, const char *name);

/* The digits at a larger (or equal) scale; 22003 where they do not fit */
extern TbInt decimal_at_scale(Decimal x, int scale, const char *name);
/* Without trailing zeros behind the point */
extern Decimal decimal_trimmed(Decimal x);
/* -1, 0, 1 by value, whatever the scales */
extern int decimal_compare(Decimal a, Decimal b);
/* n/d rounded half away from zero to `scale` decimals, d > 0; 22003 where it does not fit */
extern TbInt decimal_quotient(TbInt n, TbInt d, int scale, const char *name);
/* The same for wide integers; d below 2^250 */
extern TbInt decimal_wide_quotient(TbInt256 n, TbInt256 d, int scale, const char *name);

/* 22003 where negative */
extern void decimal_nonnegative(Decimal x, const char *name);

/* As text, for messages */
extern char *decimal_text(TbInt digits, int scale);
/* A numeric with exactly `scale` digits behind the point, in the current memory context */
extern Datum decimal_numeric(TbInt digits, int scale);
/* The number of digits that psql shows behind the point of this numeric: 2 for 0.05 and for 1.00 */
extern int decimal_display_scale(Datum numeric);

typedef struct DecimalColumn {
	TbInt *digits; /* from tb_alloc, so it may exceed 1 GB */
	int64 rows;
	int scale;
} DecimalColumn;

extern void decimal_column_begin(DecimalColumn *column, int64 rows);
/* Rows in order, each once, from 0. A value with a finer scale rescales those before it. */
extern void decimal_column_put(DecimalColumn *column, int64 row, Decimal x, const char *name);
extern void decimal_column_put_null(DecimalColumn *column, int64 row);
/* Brings a finished column to a larger scale */
extern void decimal_column_rescale(DecimalColumn *column, int scale, const char *name);
/* 22003 at the first negative value; NULL passes */
extern void decimal_column_nonnegative(const DecimalColumn *column, const char *name);

#endif
