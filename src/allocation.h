/* allocation.h -- from window arguments to the allocation kernel and back: what every closed-pool function shares
 *
 *   static void *solve(Window *w)
 *   {
 *       Allocation a;
 *       allocation_begin(&a, w, 0, "total", 2);                    // argument 0 is the pool, argument 2 the unit
 *       allocation_slope(&a, 1, "weight", "weights");              // numeric, bigint or float8; all zero is an error
 *       allocation_column(&a, 3, "upper", true, &a.upper);       // optional: &a.base, &a.lower, &a.upper
 *       return allocation_solve(&a);
 *   }
 *   Datum terrbal_x(PG_FUNCTION_ARGS) { return allocation_amount(fcinfo, solve); }
 */
#ifndef TERRBAL_ALLOCATION_H
#define TERRBAL_ALLOCATION_H

#include "compat.h"
#include "window.h"

#include "core/share/pool.h"

typedef struct Allocation {
	Window *w;
	const char *pool_name;
	const char *lower_name, *upper_name; /* in messages, instead of "lower bounds and fixed amounts" and so on */
	const char *lower_hint;
	Decimal pool, unit;
	int unit_scale; /* digits that amounts show behind the point */
	/* Columns without digits are absent: base 0, no bound */
	DecimalColumn base, slope, lower, upper;
} Allocation;

/* What a partition remembers */
typedef struct AllocationAnswer {
	TbInt *units;
	unsigned char *status;
	TbInt unit; /* at unit_scale */
	int unit_scale;
	bool has_lambda;
	double lambda;
	/* lambda = numerator/denominator * 10^(slope scale - money scale) */
	TbInt numerator, denominator;
	int power;
	Datum label[3]; /* of the status enum, once asked for */
	bool labelled;
} AllocationAnswer;

/* Reads the pool (argument < 0: set a->pool later) and the unit, which must be positive */
extern void allocation_begin(Allocation *a, Window *w, int pool_argument, const char *pool_name, int unit_argument);
/* A column of non-negative weights; `all` is what the message calls them when every one is zero (NULL: allowed) */
extern void allocation_slope(Allocation *a, int argument, const char *name, const char *all);
/* A column of money: base, lower or upper. NULL means no bound where allowed. */
extern void allocation_column(Allocation *a, int argument, const char *name, bool null_allowed, DecimalColumn *column);
/* Brings all money to one scale and solves; every status of the kernel that is no success raises with its reason. Frees the columns. */
extern AllocationAnswer *allocation_solve(Allocation *a);

extern bool allocation_peers(const void *window, int64 a, int64 b);
extern _Noreturn void allocation_refuse_tie(const int64 row[2]);
/* A column's sum, 22003 on overflow */
extern TbInt allocation_sum(const DecimalColumn *column, const char *name);
/* Raises unless x is a multiple of the unit */
extern void allocation_check_multiple(Decimal x, Decimal unit, const char *name);

/* The amount of the current row */
extern Datum allocation_numeric(const AllocationAnswer *answer, int64 row);
extern Datum allocation_amount(FunctionCallInfo fcinfo, void *(*solve)(Window *));
/* Its status as the enum of field `field` of the composite result */
extern Datum allocation_label(FunctionCallInfo fcinfo, AllocationAnswer *answer, int field, int64 row);

#endif
