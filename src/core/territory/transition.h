/* transition.h -- what became of what: a table of classes or areas before and after, and how alike two partitions are
 *
 * n_ij is the area (or the people) that was i and is j, a_i and b_j its margins, N the sum of all.
 *   Change of a class    gain b - n_kk, loss a - n_kk, net b - a, swap 2 min(gain, loss), persistence n_kk       Pontius, Shusas & McEachern 2004
 *   Rand                 pairs of items that both partitions join or both part, over all pairs                     Rand 1971
 *   Adjusted Rand        the same above what chance gives with these margins, 1 where equal                        Hubert & Arabie 1985
 *   Variation of information   sum n_ij / N (ln(a_i / n_ij) + ln(b_j / n_ij)), nats, 0 where equal                 Meila 2007
 *   Moved share          1 - sum_i max_j n_ij / N: who is not where most of his old area is
 */
#ifndef TB_TRANSITION_H
#define TB_TRANSITION_H

#include "../state/flow_set.h"

/* before[zones], after[zones]: margins of a table whose names are the zones */
extern TbStatus tb_transition_margins(const TbFlows *flows, double *before, double *after);

typedef struct TbPartitionSimilarity {
	double rand, adjusted_rand, variation_of_information, moved_share, total;
} TbPartitionSimilarity;

/* flow counts items (zones, persons). rand and adjusted_rand are NaN where one item or less is there. */
extern TbStatus tb_partition_similarity(const TbFlows *flows, TbPartitionSimilarity *result);

#endif
