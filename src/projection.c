/* projection.c -- SQL face of projection: cells moved forward by constant rates */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/territory/projection.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_projection_shape tb_projection_kind.shape
TB_STATE(projection)
PG_FUNCTION_INFO_V1(terrbal_projection_transition);
PG_FUNCTION_INFO_V1(terrbal_projection);

static double steps_arg(FunctionCallInfo fcinfo, int n)
{
	bag_not_null(fcinfo, n, "steps");
	if (PG_GETARG_INT32(n) < 1 || PG_GETARG_INT32(n) > TB_PROJECTION_STEPS)
		arg_refuse(PG_GETARG_INT32(n), "steps", psprintf("between 1 and %d", TB_PROJECTION_STEPS), NULL);
	return PG_GETARG_INT32(n);
}

/* (state, source, destination, rate, population, steps) */
Datum terrbal_projection_transition(PG_FUNCTION_ARGS)
{
	double steps, values[2] = {0, 0};
	TbId ids[2];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(4))
		return state_unchanged(fcinfo);
	steps = steps_arg(fcinfo, 5);
	ids[0] = bag_id(fcinfo, 1, "source");
	ids[1] = bag_id(fcinfo, 2, "destination");
	values[1] = arg_nonnegative(PG_GETARG_FLOAT8(4), "population");
	if (ids[1].text != NULL) {
		if (PG_ARGISNULL(3))
			return state_unchanged(fcinfo);
		values[0] = arg_nonnegative(PG_GETARG_FLOAT8(3), "rate");
	}
	return bag_add(fcinfo, &tb_projection_kind, &steps, 1, "steps", ids, values);
}

static void put(RowArray *array, const TbProjectionTable *t, int step, const double *x)
{
	for (uint32 i = 0; i < t->cells; i++) {
		Datum values[3] = {Int32GetDatum(step), arg_id_datum(t->id[i]->text, t->id[i]->length), Float8GetDatum(x[i])};
		bool nulls[3] = {false};

		row_array_put(array, values, nulls, 3);
	}
}

/* (state[, steps]) */
Datum terrbal_projection(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbProjectionTable t = {0};
	RowArray *array;
	uint32_t fault;
	TbStatus status;
	int steps;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)) || !bag_arg(fcinfo, 0, &tb_projection_kind, &bag))
		PG_RETURN_NULL();
	steps = (int)(PG_NARGS() > 1 ? steps_arg(fcinfo, 1) : bag.param[0]);
	status = tb_projection_table(&bag, &t, &fault);
	if (status == TB_MISMATCH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("cell \"%s\" has different populations in different rows", bag_text(bag.id[fault])),
				 errhint("Each row of a source carries its whole population.")));
	if (!status_ok(status))
		PG_RETURN_NULL();
	row_array_fits((size_t)t.cells * (steps + 1), 64);
	array = row_array_begin(fcinfo, (size_t)t.cells * (steps + 1));
	put(array, &t, 0, t.start);
	for (int step = 1; step <= steps; step++) {
		(void)status_ok_message(tb_projection_step(&t, t.start), psprintf("a population is out of range at step %d", step), NULL, NULL);
		put(array, &t, step, t.start);
		tb_tick();
	}
	PG_RETURN_DATUM(row_array_end(array));
}
