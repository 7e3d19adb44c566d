/* transition.c -- SQL face of tables of change and of the likeness of two partitions */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/base/host.h"
#include "core/territory/transition.h"
#include "flow_state.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(transition)
PG_FUNCTION_INFO_V1(terrbal_transition_matrix);
PG_FUNCTION_INFO_V1(terrbal_class_changes);
PG_FUNCTION_INFO_V1(terrbal_partition_similarity);

static Datum transition_add(FunctionCallInfo fcinfo, BagId *read)
{
	static const FlowNames names = {"before", "after", "area"};

	return flow_add(fcinfo, &tb_transition_shape, read, &names);
}
BAG_TRANSITION(terrbal_transition_transition, transition_add, bag_id)
BAG_TRANSITION(terrbal_transition_transition_number, transition_add, bag_number)

static Datum partition_add(FunctionCallInfo fcinfo, BagId *read)
{
	static const FlowNames names = {"area_a", "area_b", "weight"};

	return flow_add(fcinfo, &tb_transition_shape, read, &names);
}
BAG_TRANSITION(terrbal_partition_transition, partition_add, bag_id)
BAG_TRANSITION(terrbal_partition_transition_number, partition_add, bag_number)

typedef struct Table {
	TbFlows flows;
	double *before, *after;
} Table;

static bool table_arg(FunctionCallInfo fcinfo, Table *t)
{
	if (PG_ARGISNULL(0) || !status_ok(tb_flow_view(state_arg(fcinfo, 0, &tb_transition_shape), &t->flows)))
		return false;
	t->before = tb_alloc(t->flows.zones * sizeof(double));
	t->after = tb_alloc(t->flows.zones * sizeof(double));
	return status_ok(tb_transition_margins(&t->flows, t->before, t->after));
}

static Datum name_of(const Table *t, uint32 zone)
{
	return arg_id_datum(t->flows.id[zone].text, t->flows.id[zone].length);
}

Datum terrbal_transition_matrix(PG_FUNCTION_ARGS)
{
	Table t;
	RowArray *array;

	if (!table_arg(fcinfo, &t))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, t.flows.links);
	for (uint32 i = 0; i < t.flows.zones; i++)
		for (size_t k = t.flows.row[i]; k < t.flows.row[i + 1]; k++) {
			uint32 to = t.flows.destination[k];
			Datum values[5] = {name_of(&t, i), name_of(&t, to)};
			bool nulls[5] = {false};

			row_double(values, nulls, 2, t.flows.flow[k]);
			row_double(values, nulls, 3, t.flows.flow[k] / t.before[i]);
			row_double(values, nulls, 4, t.flows.flow[k] / t.after[to]);
			row_array_put(array, values, nulls, 5);
		}
	return row_array_end(array);
}

/* What class i kept: its diagonal cell */
static double kept(const TbFlows *f, uint32 i)
{
	for (size_t k = f->row[i]; k < f->row[i + 1]; k++)
		if (f->destination[k] == i)
			return f->flow[k];
	return 0;
}

Datum terrbal_class_changes(PG_FUNCTION_ARGS)
{
	Table t;
	RowArray *array;

	if (!table_arg(fcinfo, &t))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, t.flows.zones);
	for (uint32 i = 0; i < t.flows.zones; i++) {
		double stays = kept(&t.flows, i), gain = t.after[i] - stays, loss = t.before[i] - stays;
		double field[] = {t.before[i], t.after[i], stays, gain, loss, t.after[i] - t.before[i], 2 * Min(gain, loss)};
		Datum values[8] = {name_of(&t, i)};
		bool nulls[8] = {false};

		for (int k = 0; k < 7; k++)
			row_double(values, nulls, 1 + k, field[k]);
		row_array_put(array, values, nulls, 8);
	}
	return row_array_end(array);
}

Datum terrbal_partition_similarity(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbPartitionSimilarity s;

	if (PG_ARGISNULL(0) || !status_ok(tb_flow_view(state_arg(fcinfo, 0, &tb_transition_shape), &flows)) ||
		!status_told(tb_partition_similarity(&flows, &s), "no weight above 0"))
		PG_RETURN_NULL();
	return row_doubles(fcinfo, (double[]){s.rand, s.adjusted_rand, s.variation_of_information, s.moved_share, s.total}, 5);
}
