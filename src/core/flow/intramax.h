/* intramax.h -- hierarchies of regions that merge pair by pair: Intramax (Masser & Brown 1975) and average linkage (Tolbert & Sizer 1996)
 *
 * Intramax: where flows most exceed what the margins lead to expect; objective(i, j) = a_ij / (O_i D_j) + a_ji / (O_j D_i), i <> j; margins include the
 * diagonal; merged zones turn their flows into intrazonal ones.
 * Average linkage: proximity p_ij = min(0.999, (a_ij + a_ji) / min(O_i, O_j)) of zones; of regions the mean over their pairs of zones.
 */
#ifndef TB_INTRAMAX_H
#define TB_INTRAMAX_H

#include "../state/flow_set.h"

typedef struct TbMergeStep {
	uint32_t a, b; /* smallest members of the two regions, a < b */
	double objective;
	double intrazonal_share; /* after the merge */
} TbMergeStep;

/* merge has zones - 1 entries. Equal objectives: the smaller a, then the smaller b. Regions without flows between them merge last, objective 0. */
extern TbStatus tb_intramax(const TbFlows *flows, TbMergeStep *merge);
extern TbStatus tb_average_linkage(const TbFlows *flows, TbMergeStep *merge);

#endif
