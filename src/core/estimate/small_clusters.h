/* small_clusters.h -- errors for few clusters: CR2, CR3 and the degrees of freedom that belong to each coefficient
 *
 * Bell and McCaffrey 2002, Pustejovsky and Tipton 2018: V = M (sum X_g' A_g e_g e_g' A_g X_g) M, M = (X'X)^-1, A_g = (I - X_g M X_g')^-1/2. With M = C C'
 * and the eigenvalues l and vectors V of C' X_g'X_g C, C' X_g' A_g e = V (1 - l)^-1/2 V' C' X_g'e: cross moments by cluster are enough. Satterthwaite: df =
 * (sum P_gg)^2 / sum P_gh^2, P_gh = the covariance of what clusters g and h contribute, were all errors independent and alike.
 * Clusters of one: HC2. CR3: A_g = (I - X_g M X_g')^-1, the jackknife over clusters about the full fit; clusters of one: HC3.
 */
#ifndef TB_SMALL_CLUSTERS_H
#define TB_SMALL_CLUSTERS_H

#include "robust.h"

/* kind: TB_CR2 or TB_CR3. NaN errors where a cluster determines a coefficient by itself (an eigenvalue of 1), or there are fewer than two; *determined: how many do */
extern TbStatus tb_ols_small_clusters(const TbClusters *clusters, TbCovariance kind, TbRegression *fit, size_t *determined);

#endif
