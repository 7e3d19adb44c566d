/* flow_distance.h -- how far flows go: mean and medians of distance, weighted by flow
 *
 * Rows are (value = distance, weight = flow). First reached: the smallest distance within which at least half of the flow stays. Interpolated: every
 * row, by distance and then flow, at the middle of its step of the cumulated flow, linear in between.
 */
#ifndef TB_FLOW_DISTANCE_H
#define TB_FLOW_DISTANCE_H

#include "../state/sample.h"

typedef struct TbFlowDistance {
	double mean, median, median_interpolated;
} TbFlowDistance;

/* TB_UNDEFINED without any flow, TB_INVALID for a sample without weights or with a negative distance */
extern TbStatus tb_flow_distance(const TbSample *sample, TbFlowDistance *result);

#endif
