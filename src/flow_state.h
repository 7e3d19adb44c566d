/* flow_state.h -- flows as an argument: what the finals of every index over a system of zones begin with */
#ifndef TERRBAL_FLOW_STATE_H
#define TERRBAL_FLOW_STATE_H

#include "fmgr.h"

#include "core/state/flow_set.h"

/* The flows of a flow_state argument; false where there are none. Lives in the current context. */
extern bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows);

#endif
