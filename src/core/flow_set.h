/* flow_set.h -- origin-destination flows: the state under every index of a system of zones */
#ifndef TB_FLOW_SET_H
#define TB_FLOW_SET_H

#include "dictionary.h"
#include "state.h"

/* What indices read: zones sorted bytewise by id, flows > 0 in compressed rows by origin, destinations ascending. A zone that only occurred with flow
 * 0 is there without links. Repeated pairs are added up (double-double, rounded once). The diagonal is included. */
typedef struct TbFlows {
	uint32_t zones;
	const TbId *id; /* [zones] */
	size_t links;
	const size_t *row;           /* [zones + 1]: links of origin i are row[i] .. row[i + 1] - 1 */
	const uint32_t *destination; /* [links] */
	const double *flow;          /* [links] */
} TbFlows;

extern const TbShape tb_flow_shape;

extern TbStatus tb_flow_view(const TbState *state, TbFlows *flows);

#endif
