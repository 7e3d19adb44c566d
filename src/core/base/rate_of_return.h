/* rate_of_return.h -- the rates at which a stream of payments is worth nothing
 *
 * With u = ln(1 + rate) the present value is sum amount exp(-u year): it has at most as many zeros as the amounts, in order of year, change their sign
 * (Descartes' rule of signs for exponentials, Laguerre 1883). Where s lies between the two years of a change, the derivative of exp(u s) value(u) has one
 * change less, and its zeros part those of the value: so all rates are found, from the stage without any change upwards, each by bisection on its own.
 */
#ifndef TB_RATE_OF_RETURN_H
#define TB_RATE_OF_RETURN_H

#include <stddef.h>

#include "status.h"

typedef struct TbPayments {
	const double *year, *amount; /* [n], years ascending */
	size_t n;
	double unit; /* years count in so many ones: rate = exp(u / unit) - 1; may be infinite */
	int sum;     /* exact sign of the sum of all amounts, which decides whether 0 is a rate */
} TbPayments;

/* All rates above -1, ascending; those beyond float8 are left out */
extern void tb_rates_of_return(const TbPayments *payments, double **rates, size_t *n);

/* Which of them is meant: the smallest that is not negative, else the largest below 0; NaN where there is none */
extern double tb_rate_of_return(const double *rates, size_t n);

#endif
