/* mix.h -- the mix of points nearest to a target: weights >= 0 that sum to 1
 *
 * Wolfe 1976, the point of least norm of a polytope: a corral of affinely independent points whose mix of least norm has all weights above 0; the point that
 * lies furthest below the supporting plane enters, and points leave where a weight would pass 0. Ends after finitely many steps, and only where the conditions of Karush,
 * Kuhn and Tucker hold: with x = sum w_j (p_j - target), x'(p_j - target) >= x'x for every j (double-double; short of it by 1e-24 of the largest square at most).
 */
#ifndef TB_MIX_H
#define TB_MIX_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/dd.h"
#include "../base/status.h"

typedef struct TbMix {
	double *weight; /* [n] */
	double square;  /* of the distance to the target */
	double reach;   /* square of the distance of the farthest point */
	bool unique;    /* no point outside the mix would do as well in it */
} TbMix;

/* n points of t coordinates. Squares must stay below 1e290. TB_UNDEFINED: no point */
extern TbStatus tb_mix(const double *const *point, size_t n, const double *target, size_t t, TbMix *mix);

#endif
