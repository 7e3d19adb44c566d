/* absorb.h -- fixed effects taken out of columns: what is left after one or two sets of dummies, without the dummies
 *
 * One set: deviations from (weighted) means. Two sets: the effects of the smaller set solve the normal equations from which the larger has been
 * eliminated, by conjugate gradients preconditioned with the diagonal; each solution is followed by residuals in double-double and solved again until
 * nothing is left. Where the panel hangs together weakly, so that 60 steps are not enough, an approximate elimination (laplacian.h) takes the place of the
 * diagonal, and a chain of a million units takes a few steps.
 */
#ifndef TB_ABSORB_H
#define TB_ABSORB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

/* Effects of each of n rows: dense indices below many and few; few_n 0 where there is one set. weight NULL: all 1 */
typedef struct TbEffects {
	size_t n;
	uint32_t many_n, few_n;
	uint32_t *many, *few;
	bool runs; /* rows of one effect of many stand together */
	double *weight;
	double enough;               /* what may be left of a column, against its size */
	double dummies;              /* rank of both sets: many_n, or many_n + few_n less the connected parts */
	double *total, *few_total;   /* weights by effect: tb_effects_weigh */
	struct TbLaplacian **factor; /* of these weights, made when the diagonal does not do */
} TbEffects;

/* From ids of rows, b NULL for one set; the larger set becomes `many` */
extern TbEffects tb_effects(size_t n, uint32_t ids, const uint32_t *a, const uint32_t *b);
/* New weights, all > 0, or NULL */
extern void tb_effects_weigh(TbEffects *effects, double *weight);
/* x becomes what the effects leave of it; exactly 0 where they explain all. TB_NOT_CONVERGED: the iteration stopped short of it */
extern TbStatus tb_absorb(const TbEffects *effects, double *x);

#endif
