/* tariff.h -- scalar tariffs of equalisation laws on doubles; src/tariff.c has the same on numeric, for money
 *
 * breaks ascend strictly. linear: sum rate_k * max(0, min(x, break_{k+1}) - break_k), a marginal rate for each slice. quadratic: c0 + c1*x + c2*x^2 of
 * the slice that holds x, a break belonging to the slice below it (Germany 2005-19: 93 % is in the first slice). Both are 0 below the first break.
 */
#ifndef TB_TARIFF_H
#define TB_TARIFF_H

#include <stdbool.h>

extern double tb_tariff_linear(double x, const double *breaks, const double *rates, int n);
/* coefficients: rows of c0, c1, c2; n of them, or n + 1 when the breaks lie between the slices */
extern double tb_tariff_quadratic(double x, const double *breaks, const double *coefficients, int n, bool between);
/* Which of the n slices holds x: -1 below the first break; `from_above`: a break opens its slice (lower limits), else it closes the one below */
extern int tb_tariff_slice(double x, const double *breaks, int n, bool from_above);
/* value_low at low, value_high at high, linear in log(population) between, constant outside (France CGCT L2334-7) */
extern double tb_log_coefficient(double population, double low, double high, double value_low, double value_high);
/* height * (gap/width)^exponent; 0 for gap <= 0 (Switzerland FiLaG art. 3a) */
extern double tb_power_tariff(double gap, double width, double height, double exponent);

#endif
