/* state.h -- the SQL face of flat states: one type, one combine, one final for every shape
 *
 * A shape costs `TB_STATE(sample)` here and its block in sql/: it defines terrbal_sample_state_in, _out, _send, _recv, terrbal_sample_combine (also
 * the transition of rollup) and terrbal_sample_final (packed state), all over the table tb_sample_shape of the core.
 */
#ifndef TERRBAL_STATE_H
#define TERRBAL_STATE_H

#include "compat.h"
#include "fmgr.h"
#include "nodes/nodes.h"

#include "core/state/state.h"
#include "state_object.h"
#include "status.h"

/* What nearly every transition of a small group gets, known by its first byte: no object, nothing to detoast */
static inline bool state_flat(Datum datum)
{
	return VARATT_IS_4B_U(DatumGetPointer(datum));
}

/* AggCheckCallContext where nobody asks for the context */
static inline bool state_in_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context && (IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/* The argument as a state of this shape, header checked. Not to be changed. */
extern const TbState *state_arg(FunctionCallInfo fcinfo, int n, const TbShape *shape);

/* For transition functions: NULL at the first row, argument 0 itself inside an aggregate, elsewhere a copy. May be changed in place, grown by tb_grow,
 * or replaced by a block from tb_alloc or tb_alloc_beside; the old one is the executor's to free. */
extern TbState *state_writable(FunctionCallInfo fcinfo, int n, const TbShape *shape);

/* Argument 0 where it lies, in an aggregate, for transitions that change a few words. What keeps its size goes back as state_unchanged. NULL:
 * state_writable knows the case. */
static inline TbState *state_in_place(FunctionCallInfo fcinfo, const TbShape *shape)
{
	TbState *state;

	if (PG_ARGISNULL(0) || !state_in_aggregate(fcinfo))
		return NULL;
	if (!state_flat(PG_GETARG_DATUM(0)))
		return state_object_in_place(PG_GETARG_DATUM(0), shape);
	state = (TbState *)PG_GETARG_POINTER(0);
	return tb_state_check_header(state, shape, VARSIZE(state)) == TB_OK ? state : NULL;
}

/* What a transition whose first argument is its state returns: in an aggregate a large state becomes an expanded object (state_object.h). Called by hand, as
 * any function may be, it returns what is to be stored: the packed form. */
extern Datum state_kept(FunctionCallInfo fcinfo, TbState *state, const TbShape *shape);

/* What other functions return: packed, with its length word; more than 1 GB is refused. The state is the caller's own. */
extern Datum state_result(TbState *state, const TbShape *shape);

/* For a transition that skips its row, before it touches the state: argument 0 as it came */
static inline Datum state_unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

extern Datum state_in(FunctionCallInfo fcinfo, const TbShape *shape);
extern Datum state_out(FunctionCallInfo fcinfo, const TbShape *shape);
extern Datum state_recv(FunctionCallInfo fcinfo, const TbShape *shape);
extern Datum state_send(FunctionCallInfo fcinfo, const TbShape *shape);
extern Datum state_combine(FunctionCallInfo fcinfo, const TbShape *shape);
extern Datum state_final(FunctionCallInfo fcinfo, const TbShape *shape);

#define TB_STATE_FUNCTION(symbol, body, shape)                                                                                                       \
	PG_FUNCTION_INFO_V1(symbol);                                                                                                                     \
	Datum symbol(PG_FUNCTION_ARGS)                                                                                                                   \
	{                                                                                                                                                \
		return body(fcinfo, &(shape));                                                                                                               \
	}

#define TB_STATE(stem)                                                                                                                               \
	TB_STATE_FUNCTION(terrbal_##stem##_state_in, state_in, tb_##stem##_shape)                                                                        \
	TB_STATE_FUNCTION(terrbal_##stem##_state_out, state_out, tb_##stem##_shape)                                                                      \
	TB_STATE_FUNCTION(terrbal_##stem##_state_recv, state_recv, tb_##stem##_shape)                                                                    \
	TB_STATE_FUNCTION(terrbal_##stem##_state_send, state_send, tb_##stem##_shape)                                                                    \
	TB_STATE_FUNCTION(terrbal_##stem##_combine, state_combine, tb_##stem##_shape)                                                                    \
	TB_STATE_FUNCTION(terrbal_##stem##_final, state_final, tb_##stem##_shape)

#endif
