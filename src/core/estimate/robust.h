/* robust.h -- covariances that hold under unequal or clustered errors: HC0 to HC3 and the cluster sandwich
 *
 * White 1980; MacKinnon and White 1985; cluster with Stata's correction G / (G - 1) * (n - 1) / (n - k), t with G - 1 degrees of freedom.
 * Two ways to HC: a regression_rows state keeps every row, and one final does both passes; a robust_state takes a finished fit and keeps only its
 * parameters and the meat sum e^2 x x'.
 */
#ifndef TB_ROBUST_H
#define TB_ROBUST_H

#include "../state/cluster_set.h"
#include "regression.h"

extern const TbShape tb_rows_shape, tb_robust_shape;

/* Fewer than two clusters: coefficients without standard errors; NaN too where residuals cancel within each cluster */
extern TbStatus tb_ols_clusters(const TbClusters *clusters, TbRegression *fit);
extern TbStatus tb_ols_cluster(const TbState *state, TbRegression *fit);
/* tb_regression_sandwich for clusters: NaN where scores cancel, so that the sandwich is 0 but for rounding */
extern void tb_cluster_sandwich(TbRegression *fit, const TbDd *meat, double factor, double df, TbCovariance kind);

/* Rows kept. Packed words: p, kind, then n rows of y, x, and a weight where they have one, in lexicographic order. Weights > 0 are inverse variances: meat
 * sum (w e)^2 x x', leverage w x'(X'WX)^-1 x. Status as tb_moments_add; TB_INVALID where kind differs between rows, or only some have a weight */
extern TbStatus tb_rows_add(TbState **state, double y, const double *x, uint32_t p, TbCovariance kind, const double *weight);
extern TbStatus tb_ols_rows(const TbState *state, TbRegression *fit);

/* What the second pass knows of the first; numbers of the fit that the result repeats, b with NaN where aliased, (X'X)^-1 with zeros there */
enum {
	TB_FIT_DF,
	TB_FIT_R2,
	TB_FIT_ADJUSTED,
	TB_FIT_SIGMA,
	TB_FIT_RSS,
	TB_FIT_AIC,
	TB_FIT_BIC,
	TB_FIT_LIKELIHOOD,
	TB_FIT_CONDITION,
	TB_FIT_CONSTANT,
	TB_FIT_NUMBERS
};

typedef struct TbRegressionFit {
	uint32_t p;
	uint64_t n, rank;
	double number[TB_FIT_NUMBERS];
	const double *b, *bread;
} TbRegressionFit;

/* TB_MISMATCH: x has not p elements; TB_INVALID: another fit or kind than in earlier rows */
extern TbStatus tb_robust_add(TbState **state, double y, const double *x, uint32_t p, double weight, const TbRegressionFit *fit, TbCovariance kind);
/* TB_INVALID: the rows are not as many as those of the fit */
extern TbStatus tb_ols_robust(const TbState *state, TbRegression *fit);

#endif
