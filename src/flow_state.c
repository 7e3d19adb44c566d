/* flow_state.c -- the public state of origin-destination flows */
#include "postgres.h"

#include "arg.h"
#include "bag.h"
#include "flow_state.h"
#include "state.h"
#include "status.h"

#include "core/flow/flow.h"

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

static bool stays(const TbFlows *flows)
{
	for (uint32_t z = 0; z < flows->zones; z++)
		for (size_t i = flows->row[z]; i < flows->row[z + 1]; i++)
			if (flows->destination[i] == z)
				return true;
	return false;
}

void tell_odd_flows(const TbFlows *flows, bool shares)
{
	uint32_t z = tb_flow_total_zone(flows);

	tell_alike("zones", flows->id, flows->zones);
	if (z != TB_NO_ID)
		notice_once((errmsg("zone \"%s\" sends or receives as much as all others together, zone by zone", bag_text(flows->id[z])),
					 errhint("A row or column of totals? Leave it out: it counts everything twice.")));
	if (shares && flows->links > 0 && !stays(flows))
		notice_once((errmsg("none of %u zones has a flow to itself, so all shares are of those who leave their zone", flows->zones),
					 errhint("Add those who live and work in one zone, a row of each such zone to itself.")));
}

bool flow_arg(FunctionCallInfo fcinfo, int n, TbFlows *flows)
{
	if (!status_ok(tb_flow_view(state_arg(fcinfo, n, &tb_flow_shape), flows)))
		return false;
	tell_odd_flows(flows, false);
	return true;
}
