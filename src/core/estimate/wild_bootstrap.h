/* wild_bootstrap.h -- p value and interval of one coefficient with few clusters, by changing the signs of their residuals
 *
 * Cameron, Gelbach and Miller 2008, the null imposed: with b = b0, residuals of cluster g times v_g = 1 or -1 (Rademacher), a sample y* of each draw, its fit and
 * its t* by the cluster sandwich, whose factor cancels. Two-sided p: the share of |t*| >= |t|. All of it follows from cross moments by cluster (Roodman, MacKinnon,
 * Nielsen and Webb 2019): with m a row of M = (X'X)^-1, S_g = X_g'X_g and the scores s_g = X_g'u_g,
 *   t* = m'W / root of sum_g (v_g m's_g - m'S_g M W)^2, W = sum_g v_g s_g
 * and s_g moves along a line as b0 does, so each draw is five numbers for every b0. Draws v and -v give one t*: of 2^(clusters - 1) draws all are taken where they are not
 * more than were asked for, else p = (1 + those at least as large) / (1 + draws). The interval has the b0 around the estimate up to the first with p <= 1 - level.
 */
#ifndef TB_WILD_BOOTSTRAP_H
#define TB_WILD_BOOTSTRAP_H

#include "../state/cluster_set.h"
#include "regression.h"

typedef struct TbWildBootstrap {
	double coefficient, t, p, low, high; /* t of the cluster sandwich of ols_cluster; NaN: not bounded on this side */
	size_t clusters, draws;
	bool enumerated;
} TbWildBootstrap;

/* element counts from 0. TB_UNDEFINED: no rows, fewer than two clusters, an aliased coefficient, or scores that cancel in each cluster */
extern TbStatus tb_wild_bootstrap(const TbClusters *clusters, uint32_t element, double level, size_t draws, uint64_t seed, TbWildBootstrap *result);

#endif
