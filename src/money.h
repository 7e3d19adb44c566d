/* money.h -- exact decimal arithmetic for the instruments, over the server's own numeric
 *
 * Sums, differences and products of numeric are exact. A quotient is not: it is cut at 20 decimals here, whatever the scale of its operands.
 * Aggregates over money keep a numeric[] of [number of parameters, parameters..., sums...]: built in, exact, mergeable in any order.
 */
#ifndef TERRBAL_MONEY_H
#define TERRBAL_MONEY_H

#include "fmgr.h"
#include "utils/array.h"
#include "utils/numeric.h"

#include "state.h"

#define MONEY_DECIMALS 20 /* of a quotient */
#define MONEY_WORKING 40  /* of a compound factor, so that quotients by it are good to MONEY_DECIMALS */

typedef struct MoneyArray {
	Numeric *x;
	int n;
} MoneyArray;

extern Numeric money_int(int64 i);
extern Numeric money_add(Numeric a, Numeric b);
extern Numeric money_sub(Numeric a, Numeric b);
extern Numeric money_mul(Numeric a, Numeric b);
extern int money_cmp(Numeric a, Numeric b);
extern int money_sign(Numeric a);
/* a / b at so many decimals (up to MONEY_WORKING), without trailing zeros; NULL where b is 0 */
extern Numeric money_ratio(Numeric a, Numeric b, int decimals);
/* At MONEY_DECIMALS */
extern Numeric money_quotient(Numeric a, Numeric b);
extern Numeric money_positive_part(Numeric a);
extern Numeric money_lesser(Numeric a, Numeric b);
/* Half away from zero to a multiple of unit > 0 */
extern Numeric money_round(Numeric a, Numeric unit);
/* At so many decimals, half away from zero, without trailing zeros */
extern Numeric money_trim(Numeric a, int decimals);
/* (1 + rate)^years at MONEY_WORKING decimals; rate > -1 */
extern Numeric money_growth(Numeric rate, Numeric years);
/* amount / (1 + rate)^years; an error that names both where that power is 0 at MONEY_WORKING decimals */
extern Numeric money_discounted(Numeric amount, Numeric rate, Numeric years);
/* (1 - (1 + rate)^-n) / rate; n where the rate is 0 */
extern Numeric money_annuity(Numeric rate, Numeric n);
/* The shortest decimal that reads back as x: what psql prints, whatever the settings */
extern Numeric money_exact(double x);
extern char *money_text(Numeric a);

/* Guards, as in arg.h: the value is in the message */
extern Numeric money_arg_finite(Numeric a, const char *name);
extern Numeric money_arg_nonnegative(Numeric a, const char *name);
extern Numeric money_arg_positive(Numeric a, const char *name);
extern Numeric money_arg_fraction(Numeric a, const char *name);
extern Numeric money_arg_above(Numeric a, int64 bound, const char *name);
/* A yearly rate, or one on a value: a NOTICE above 1, where it is probably a percentage */
extern Numeric money_arg_rate(Numeric a, const char *name);
/* A number of years from now: a NOTICE where it is probably a year of the calendar */
extern Numeric money_arg_years(Numeric a);
/* One-dimensional, no NULL, finite */
extern MoneyArray money_array(ArrayType *array, const char *name);
extern MoneyArray money_array_nonnegative(ArrayType *array, const char *name);
/* From float8[], through money_exact */
extern MoneyArray money_array_exact(ArrayType *array, const char *name);
extern void money_arg_ascending(MoneyArray array, const char *name);

#define MONEY_MOST_SUMS 8

/* Transition: argument 0 is the state (NULL at first). Parameters must be equal in all rows, names are for the message. */
extern Datum money_sums_step(FunctionCallInfo fcinfo, const Numeric *parameters, const char *const *names, int nparameters, const Numeric *amounts,
							 int namounts);

#define MONEY_ARG(n, guard, name) guard(PG_GETARG_NUMERIC(n), name)

#endif
