/* regression.h -- least squares from cross moments, and the covariances that are robust to unequal or clustered errors
 *
 * b = (X'WX)^-1 X'Wy by L D L' in double-double; the residual sum of squares is the last Schur complement, so nothing is lost to subtraction.
 * Columns that earlier ones explain are aliased (coefficient NaN, shown as NULL). R2, F: about the mean where a constant is in the span of x, about 0
 * elsewhere. Log-likelihood of the normal model; AIC = 2 k - 2 L and BIC = k ln n - 2 L with k the rank (R also counts sigma: its AIC is 2 higher).
 */
#ifndef TB_REGRESSION_H
#define TB_REGRESSION_H

#include <stdbool.h>

#include "../state/moments.h"

typedef enum TbCovariance { TB_CLASSICAL, TB_HC0, TB_HC1, TB_HC2, TB_HC3, TB_CLUSTER, TB_CLUSTER2, TB_CR2, TB_CR3, TB_WITHIN } TbCovariance;

extern const char *const tb_covariance_name[];

/* NaN stands for NULL in every number */
typedef struct TbRegression {
	uint32_t p, rank;
	uint64_t n, clusters;
	double df;
	TbCovariance covariance;
	bool constant; /* in the span of x */
	bool *aliased;
	double *coefficient, *standard_error, *t, *p_value; /* [p] */
	double *vcov;                                       /* [p * p] */
	double *test_df;                                    /* [p], or NULL where all tests have the same */
	double r2, adjusted_r2, sigma, rss, f, f_p, aic, bic, log_likelihood, reciprocal_condition;
	TbDd *beta, *bread;      /* b and (X'WX)^-1 in full precision, 0 where aliased */
	int64_t constant_column; /* index of the first regressor that is a constant, else -1 */
} TbRegression;

/* A fit of which nothing is known yet */
extern void tb_regression_empty(TbRegression *fit, uint32_t p);

/* TB_UNDEFINED without rows, TB_OUT_OF_RANGE where sums overflowed */
extern TbStatus tb_regression(const TbMoments *moments, double tolerance, TbRegression *fit);

/* Replaces the covariance by factor * bread * meat * bread; meat is p * p, lower triangle read. t has df degrees of freedom. F becomes the Wald test
 * of all slopes; NaN where the constant is only implied by dummies or the covariance is singular. df not above 0: no standard errors. */
extern void tb_regression_sandwich(TbRegression *fit, const TbDd *meat, double factor, double df, TbCovariance kind);

/* The fit of rows from which so many fixed effects were taken out: df, sigma, errors, R2 within, F of all slopes. AIC and BIC count the effects. */
extern void tb_regression_absorb(TbRegression *fit, double effects);
/* Standard errors from the diagonal of vcov; t with df degrees of freedom, or with test_df where it is set */
extern void tb_regression_tests(TbRegression *fit, double df);
/* F becomes the Wald test of all slopes, as in tb_regression_sandwich */
extern void tb_regression_wald(TbRegression *fit, double df);
/* Adds s s' to the lower triangle of p * p */
extern void tb_meat_lower(TbDd *meat, const TbDd *score, uint32_t p);

/* x, a sum of n squares that are left of a whole: 0 where it is below what double-double sums can tell from 0 */
extern TbDd tb_regression_noise_cut(TbDd x, TbDd whole, double n);
/* y - x'b and the leverage x'(X'X)^-1 x of a row */
extern double tb_regression_residual(const TbDd *beta, uint32_t p, double y, const double *x);
extern double tb_regression_leverage(const TbDd *bread, uint32_t p, const double *x);

/* e^2, e^2 / (1 - h) or e^2 / (1 - h)^2; NaN where a row determines its own fit (h = 1) */
extern double tb_hc_square(TbCovariance kind, double residual, double leverage);

/* n / (n - rank) for HC1, else 1 */
extern double tb_hc_factor(TbCovariance kind, double n, double rank);

/* x'b, and x'Vx where V is given; an aliased column is a combination of the others: its effect is theirs */
extern double tb_regression_at(const double *b, const double *v, const double *x, uint32_t p, double *variance);

/* Kennedy 1981: percentage effect of a dummy in a semi-logarithmic regression, exp(b - se^2 / 2) - 1 */
extern double tb_kennedy(double coefficient, double standard_error);

#endif
