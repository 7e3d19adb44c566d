/* raking.h -- weights that meet several margins at once, as near to the given ones as they can be, within bounds
 *
 * w = d clip(product of one factor for each class that the row is in, low, high): the raking ratio (Deming and Stephan 1940), with bounds the truncated one of Deville and
 * Sarndal 1992 (case 7). Class after class gets the factor that meets its total, exact for the others as they stand; each sweep climbs a concave
 * function, so the order of margins and classes does not matter for where it ends.
 */
#ifndef TB_RAKING_H
#define TB_RAKING_H

#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

#define TB_RAKING_MARGINS 32
#define TB_RAKING_SWEEPS 10000
#define TB_RAKING_GAP 1e-12

typedef struct TbRaking {
	size_t n;
	uint32_t margins;
	uint32_t *class[TB_RAKING_MARGINS]; /* [n] of each margin; UINT32_MAX: in none */
	uint32_t classes[TB_RAKING_MARGINS];
	const double *total[TB_RAKING_MARGINS]; /* [classes] */
	const double *weight;                   /* [n], d >= 0 */
	double low, high;                       /* 0 <= low < high */
} TbRaking;

/* Where a total cannot be met: class and margin, what it gets at most or least, or got */
typedef struct TbRakingGap {
	uint32_t margin, class;
	double got;
} TbRakingGap;

/* raked[n]. TB_INFEASIBLE: bounds, or weights of 0, keep a class from its total; TB_NOT_CONVERGED: the totals together are out of reach */
extern TbStatus tb_raking(const TbRaking *raking, double *raked, TbRakingGap *gap);

#endif
