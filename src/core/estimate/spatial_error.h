/* spatial_error.h -- y = Xb + u, u = lambda Wu + e, by generalised moments (Kelejian and Prucha 1999)
 *
 * Residuals u of least squares, v = Wu, w = WWu, t = tr(W'W) / n; of e = u - lambda v with variance s2:
 *   e'e / n = s2,   (We)'(We) / n = t s2,   e'We / n = 0
 * Three equations in lambda, lambda^2 and s2, solved by unweighted least squares. s2 is linear in them, and what is left is a polynomial of degree 4 in lambda: its
 * lowest valley among the lambda for which I - lambda W has an inverse for sure is found from the roots of its derivative, not by search.
 *
 * Error of lambda: with s2 at its best two moments are left, e'A_1e / n and e'A_2e / n, A_1 = (tI - W'W) / sqrt(1 + t^2), A_2 = (W + W') / 2, with slopes d in
 * lambda. For independent e of any distribution their covariance over n is psi_kl = 2 s2^2 tr(A_k A_l) / n + (m4 - 3 s2^2) sum_i A_k,ii A_l,ii / n, m4 the mean
 * of e^4, and the variance of lambda d'psi d / (d'd)^2 / n (the theory of Kelejian and Prucha 2010 for the moments of 1999; regressors that are given add nothing).
 */
#ifndef TB_SPATIAL_ERROR_H
#define TB_SPATIAL_ERROR_H

#include "spatial_model.h"

typedef struct TbSpatialError {
	TbRegression fit; /* lambda first, its error NaN where beyond; then b of y - lambda Wy on X - lambda WX */
	double sigma2;    /* s2 of the moments */
	bool beyond;      /* no valley inside: |lambda| is not below 1 / the largest sum of weights of a unit */
} TbSpatialError;

/* TB_UNDEFINED: no residual, or none that neighbours share */
extern TbStatus tb_spatial_error(const TbSpatialModel *model, TbSpatialError *result);

#endif
