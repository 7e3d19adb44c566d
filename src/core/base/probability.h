/* probability.h -- probabilities for tests and intervals: Student t, F, normal
 *
 * All from the regularised incomplete beta function by its continued fraction (modified Lentz), and erfc. Absolute error near 1e-14, also for
 * millions of degrees of freedom. NaN where the parameters mean nothing.
 */
#ifndef TB_PROBABILITY_H
#define TB_PROBABILITY_H

/* ln B(a, b), by Stirling's correction for large arguments, where differences of lgamma lose digits */
extern double tb_log_beta(double a, double b);
/* I_x(a, b); y = 1 - x is given too, exact where the caller knows it better */
extern double tb_incomplete_beta(double a, double b, double x, double y);
/* P(|T| >= |t|) */
extern double tb_t_two_sided(double t, double df);
/* t with P(T <= t) = p, 0 < p < 1 */
extern double tb_t_quantile(double p, double df);
/* P(F >= f) */
extern double tb_f_upper(double f, double df1, double df2);
/* P(|Z| >= |z|) and P(Z <= z) */
extern double tb_normal_two_sided(double z);
extern double tb_normal(double z);

#endif
