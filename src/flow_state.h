/* flow_state.h -- flows as an argument: what the finals of every index over a system of zones begin with */
#ifndef TERRBAL_FLOW_STATE_H
#define TERRBAL_FLOW_STATE_H

#include "bag.h"
#include "fmgr.h"

#include "core/state/flow_set.h"

/* The arguments of a transition, as its errors name them */
typedef struct FlowNames {
	const char *from, *to, *flow;
} FlowNames;

/* A transition with arguments (state, from, to, flow) over a state of either shape of flow_set.h; read takes an id of its kind. */
extern Datum flow_add(FunctionCallInfo fcinfo, const TbShape *shape, BagId *read, const FlowNames *name);

/* Tells, once in a statement, of a zone of totals; and where shares of residents and jobs follow, that nobody stays in their zone. */
extern void tell_odd_flows(const TbFlows *flows, bool shares);

/* The flows of a flow_state argument; false where there are none. Lives in the current context. */
extern bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows);

#endif
