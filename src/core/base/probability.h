/* probability.h -- probabilities and quantiles for tests and intervals: Student t, F, chi-square, normal
 *
 * All from the regularised incomplete beta and gamma functions (continued fraction by modified Lentz, series) and erfc. Absolute error near 1e-14, also
 * for millions of degrees of freedom; the tail that is asked for keeps its digits where it is small. NaN where the parameters mean nothing.
 */
#ifndef TB_PROBABILITY_H
#define TB_PROBABILITY_H

#include <stdbool.h>

/* ln B(a, b), by Stirling's correction for large arguments, where differences of lgamma lose digits */
extern double tb_log_beta(double a, double b);
/* I_x(a, b); y = 1 - x is given too, exact where the caller knows it better */
extern double tb_incomplete_beta(double a, double b, double x, double y);
/* P(|T| >= |t|) */
extern double tb_t_two_sided(double t, double df);
/* P(T <= t), and t with P(T <= t) = p, 0 < p < 1 */
extern double tb_t_lower(double t, double df);
extern double tb_t_quantile(double p, double df);
/* P(F >= f), P(F <= f), and f with P(F <= f) = p, 0 < p < 1 */
extern double tb_f_upper(double f, double df1, double df2);
extern double tb_f_lower(double f, double df1, double df2);
extern double tb_f_quantile(double p, double df1, double df2);
/* The regularised incomplete gamma function P(a, x), or Q(a, x) = 1 - P with all its digits where `upper` */
extern double tb_incomplete_gamma(double a, double x, bool upper);
/* P(X <= x) or P(X >= x) of chi-square, and x with P(X <= x) = p, 0 < p < 1 */
extern double tb_chi_square(double x, double df, bool upper);
extern double tb_chi_square_quantile(double p, double df);
/* P(|Z| >= |z|) and P(Z <= z) */
extern double tb_normal_two_sided(double z);
extern double tb_normal(double z);
/* z with P(Z <= z) = p, 0 < p < 1 */
extern double tb_normal_quantile(double p);
/* Limits of an estimate at a level between 0 and 1: estimate -/+ quantile times error, of t with df, or of the normal where df is infinite */
extern void tb_interval(double estimate, double error, double df, double level, double *low, double *high);

#endif
