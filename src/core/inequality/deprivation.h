/* deprivation.h -- multidimensional poverty by counting deprivations (Alkire & Foster 2011): a state of fixed totals
 *
 * Of a person with deprivations g_j in {0, 1} and weights v_j: poor where c = sum v_j g_j reaches the cutoff, in the unit of the weights. A sum within
 * 1e-12 of all weights reaches it, so that six times 1/18 is a third.
 * H: share of the poor; A: their mean c / sum v; M0 = H A. Censored headcounts: share of those who are poor and deprived in j. M0 is the sum of
 * v_j / sum v times these, so totals by dimension say all of it.
 */
#ifndef TB_DEPRIVATION_H
#define TB_DEPRIVATION_H

#include "../state/state.h"

#define TB_DIMENSIONS 1000

extern const TbShape tb_deprivation_shape;

/* 1 to TB_DIMENSIONS weights >= 0 with a finite sum above 0; 0 < cutoff <= their sum */
extern TbState *tb_deprivation_new(const double *weight, int dimensions, double cutoff);
extern bool tb_deprivation_same(const TbState *state, const double *weight, int dimensions, double cutoff);
/* deprived: 0 or 1 each; weight > 0. TB_OUT_OF_RANGE, TB_TOO_MANY: see totals.h and tb_count. */
extern TbStatus tb_deprivation_add(TbState *state, const double *deprived, double weight);

typedef struct TbDeprivation {
	int dimensions;
	double headcount, intensity, index;                   /* intensity NaN where nobody is poor */
	double *censored, *contribution, *uncensored, *share; /* [dimensions]; contribution NaN where nobody is poor; share: weight in parts of all */
	double poor, population, cutoff;                      /* cutoff in parts of all weights */
	uint64_t n;
	bool union_rule; /* the cutoff is below every weight that is not 0 */
} TbDeprivation;

extern void tb_deprivation(const TbState *state, TbDeprivation *result);

#endif
