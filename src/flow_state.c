/* flow_state.c -- the public state of origin-destination flows */
#include "postgres.h"

#include "arg.h"
#include "flow_state.h"
#include "state.h"
#include "status.h"

TB_STATE(flow)

PG_FUNCTION_INFO_V1(terrbal_flow_transition);

Datum terrbal_flow_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_flow_shape);
	ArgId origin, destination;
	double flow;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	origin = arg_id(PG_GETARG_DATUM(1), "origin");
	destination = arg_id(PG_GETARG_DATUM(2), "destination");
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	if (!state)
		state = tb_flow_new();
	state_ok(tb_flow_add(&state, (TbId){origin.text, origin.length}, (TbId){destination.text, destination.length}, flow), &tb_flow_shape);
	return state_kept(fcinfo, state, &tb_flow_shape);
}

bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows)
{
	return status_ok(tb_flow_view(state_arg(fcinfo, n, &tb_flow_shape), flows));
}
