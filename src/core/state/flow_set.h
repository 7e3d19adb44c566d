/* flow_set.h -- origin-destination flows: the state under every index of a system of zones
 *
 * Open: flow_table.h.
 * Packed: words = { zones, links }, end[zones] of the sorted ids, then per link, sorted, origin << 32 | destination; hi[links]; lo[links] if the flag
 * TB_FLOW_LOW says that some sum needs more than a double; bytes = the ids.
 */
#ifndef TB_FLOW_SET_H
#define TB_FLOW_SET_H

#include "../base/dictionary.h"
#include "state.h"

#define TB_FLOW_LOW 1u

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

/* The same sums under two names: a transition goes from a class or area to another and is no flow of a system of zones */
extern const TbShape tb_flow_shape, tb_transition_shape;

extern TbState *tb_flow_new(const TbShape *shape);
/* Adds one row; flow is finite and not negative. *state may be packed or replaced by a larger block; the old one is the caller's.
 * TB_OUT_OF_RANGE where a sum overflows, TB_TOO_LARGE past 1 GB */
extern TbStatus tb_flow_add(TbState **state, TbId origin, TbId destination, double flow);

extern TbStatus tb_flow_view(const TbState *state, TbFlows *flows);
/* Gives the arrays of a view back; the ids stay with their state */
extern void tb_flow_view_free(TbFlows *flows);

#endif
