/* scaled.h -- what float8 cannot hold on the way from finite inputs to a finite answer: numbers with an exponent of their own, columns near 1
 *
 * A power or an exponential may leave float8 although only its share of a sum is wanted. It is kept as m * 2^e until the largest is known.
 */
#ifndef TB_SCALED_H
#define TB_SCALED_H

#include <stddef.h>

#include "dd.h"

/* m * 2^e: |m| in [1/2, 1) and e a whole number, or both 0 */
typedef struct TbScaled {
	double m, e;
} TbScaled;

extern TbScaled tb_scaled(double x);
extern TbScaled tb_scaled_product(TbScaled a, TbScaled b);
/* x > 0 */
extern TbScaled tb_scaled_power(double x, double power);
extern TbScaled tb_scaled_exp(double x);
/* x / 2^exponent as float8 */
extern double tb_scaled_value(TbScaled x, double exponent);

/* Copies of x divided by the power of two that comes back, the largest of them in [1/2, 1); 0 where all are 0 */
extern int tb_shrink(const double *x, size_t n, double *small);
/* To full precision, whatever the size of the values; n > 0 */
extern TbDd tb_mean(const double *x, size_t n);

#endif
