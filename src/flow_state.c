/* flow_state.c -- the public state of origin-destination flows */
#include "postgres.h"

#include "arg.h"
#include "bag.h"
#include "flow_state.h"
#include "state.h"
#include "status.h"

TB_STATE(flow)

Datum flow_add(FunctionCallInfo fcinfo, const TbShape *shape, BagId *read, const FlowNames *name)
{
	TbState *state = state_writable(fcinfo, 0, shape);
	TbId from, to;
	double flow;

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	from = read(fcinfo, 1, name->from);
	to = read(fcinfo, 2, name->to);
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), name->flow);
	if (!state)
		state = tb_flow_new(shape);
	state_ok(tb_flow_add(&state, from, to, flow), shape);
	return state_kept(fcinfo, state, shape);
}

static Datum add(FunctionCallInfo fcinfo, BagId *read)
{
	static const FlowNames names = {"origin", "destination", "flow"};

	return flow_add(fcinfo, &tb_flow_shape, read, &names);
}

BAG_TRANSITION(terrbal_flow_transition, add, bag_id)
BAG_TRANSITION(terrbal_flow_transition_number, add, bag_number)

bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows)
{
	return status_ok(tb_flow_view(state_arg(fcinfo, n, &tb_flow_shape), flows));
}
