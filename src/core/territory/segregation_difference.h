/* segregation_difference.h -- segregation at two dates, and what has changed it
 *
 * M(A; u, g) is the mutual information of a table that has the associations (odds ratios) of A and the margins u of units and g of groups, found by iterative
 * proportional fitting (Deming and Stephan 1940). Over the units and groups that both dates have, 1 and 2 the dates:
 *   structural  mean over both pairs of margins, (u1, g1) and (u2, g2), of M(2; ..) - M(1; ..)
 *   unit        mean over both associations and both group margins of M(..; u2, ..) - M(..; u1, ..)
 *   group       the same for the margins of groups
 * (Elbers 2021, the first of two levels of Shapley values: association against margins, then unit against group.) What is not in both dates:
 *   removals    M of what is common at date 1, less M of all of date 1
 *   additions   M of all of date 2, less M of what is common
 * The five add up to the difference.
 */
#ifndef TB_SEGREGATION_DIFFERENCE_H
#define TB_SEGREGATION_DIFFERENCE_H

#include "segregation.h"

typedef struct TbSegregationDifference {
	double before, after, additions, removals;
	double unit, group, structural; /* NaN: empty cells of one date let no margins of the other be met */
	uint32_t common;                /* units of both */
} TbSegregationDifference;

extern void tb_segregation_difference(const TbSegregationTable *before, const TbSegregationTable *after, TbSegregationDifference *difference);

#endif
