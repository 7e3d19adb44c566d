/* spatial_error.h -- y = Xb + u, u = lambda Wu + e, by generalised moments (Kelejian and Prucha 1999)
 *
 * Residuals u of least squares, v = Wu, w = WWu, t = tr(W'W) / n; of e = u - lambda v with variance s2:
 *   e'e / n = s2,   (We)'(We) / n = t s2,   e'We / n = 0
 * Three equations in lambda, lambda^2 and s2, solved by unweighted least squares. s2 is linear in them, and what is left is a polynomial of degree 4 in lambda: its
 * lowest valley among the lambda for which I - lambda W has an inverse for sure is found from the roots of its derivative, not by search.
 */
#ifndef TB_SPATIAL_ERROR_H
#define TB_SPATIAL_ERROR_H

#include "spatial_model.h"

typedef struct TbSpatialError {
	TbRegression fit; /* lambda first, without a standard error; then b of y - lambda Wy on X - lambda WX */
	double sigma2;    /* s2 of the moments */
	bool beyond;      /* no valley inside: |lambda| is not below 1 / the largest sum of weights of a unit */
} TbSpatialError;

/* TB_UNDEFINED: no residual, or none that neighbours share */
extern TbStatus tb_spatial_error(const TbSpatialModel *model, TbSpatialError *result);

#endif
