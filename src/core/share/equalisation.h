/* equalisation.h -- what a transfer system did: ranks turned round, inequality before and after
 *
 * A reversal is a pair of units with before_i < before_j and after_i > after_j; ties on either side are none. Gini and coefficient of variation are
 * weighted; the equalisation degree is 1 - sd(after)/sd(before) (Spanish financing literature).
 */
#ifndef TB_EQUALISATION_H
#define TB_EQUALISATION_H

#include "../state/sample.h"

typedef struct TbEqualisationEffect {
	double gini_before, gini_after; /* NaN where undefined */
	double cv_before, cv_after;
	double minimum_after;
	uint64_t reversals;
	double degree;
} TbEqualisationEffect;

/* O(n log n). TB_UNDEFINED for an empty sample, TB_OUT_OF_RANGE beyond 2^63 pairs */
extern TbStatus tb_rank_reversals(const TbSample *sample, uint64_t *reversals);
extern TbStatus tb_equalisation_effect(const TbSample *sample, TbEqualisationEffect *effect);

#endif
