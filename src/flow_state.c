/* flow_state.c -- the public state of origin-destination flows */
#include "postgres.h"

#include "arg.h"
#include "bag.h"
#include "flow_state.h"
#include "state.h"
#include "status.h"

TB_STATE(flow)

static Datum add(FunctionCallInfo fcinfo, BagId *read)
{
	TbState *state = state_writable(fcinfo, 0, &tb_flow_shape);
	TbId origin, destination;
	double flow;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	origin = read(fcinfo, 1, "origin");
	destination = read(fcinfo, 2, "destination");
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	if (!state)
		state = tb_flow_new();
	state_ok(tb_flow_add(&state, origin, destination, flow), &tb_flow_shape);
	return state_kept(fcinfo, state, &tb_flow_shape);
}

BAG_TRANSITION(terrbal_flow_transition, add, bag_id)
BAG_TRANSITION(terrbal_flow_transition_number, add, bag_number)

bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows)
{
	return status_ok(tb_flow_view(state_arg(fcinfo, n, &tb_flow_shape), flows));
}
