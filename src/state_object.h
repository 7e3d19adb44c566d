/* state_object.h -- large states of running aggregates as expanded objects
 *
 * The executor copies a flat transition value whenever it moves, slack and all: three copies of a sample would be alive while it grows. As an expanded
 * object in the aggregate's context a state stays where it is and grows in place (tb_grow). Small states remain flat, since each object needs a memory
 * context of its own, and HashAggregate visits every one of them for each new group. Where the executor ships or stores the value, it is flattened, to the
 * packed form unless the shape ships its open one.
 *
 * What the server promises, on which this stands (versions 15 to 18; names of 15):
 * - A new transition value is taken over, not copied, if it is a read-write object whose context is a direct child of the aggregate's
 *   (ExecAggTransReparent in execExprInterp.c for plain and combining steps and, through advance_transition_function in nodeAgg.c, for ordered ones;
 *   advance_windowaggregate in nodeWindowAgg.c). Hence state_object_new makes its context below the one that AggCheckCallContext gave, never elsewhere.
 * - The value before it is deleted if the new one is another datum: DeleteExpandedObject deletes the context, pfree a flat one. So a transition
 *   returns the datum that it was given once that is an object (state_object_replace), and no two objects share a context: an aggregate that a user
 *   puts together from our functions and his own may delete either of them.
 * - Only the transition sees the read-write pointer. Finals get it read-only (finalize_aggregate, finalize_windowaggregate: MakeExpandedObjectReadOnly), since
 *   several may share one state and a window goes on after them; state_object_open refuses that pointer, and its caller copies.
 * - Everything that stores or moves a value copies it flat: datumCopy (initial values, window results, cached parameters), heap_fill_tuple (tuples of a Sort,
 *   a Gather, a spilled hash table, a table), datumSerialize. A partial aggregate's result is such a tuple.
 */
#ifndef TERRBAL_STATE_OBJECT_H
#define TERRBAL_STATE_OBJECT_H

#include "fmgr.h"
#include "utils/expandeddatum.h"

#include "compat.h"
#include "core/state/state.h"

/* In bytes. With n groups at work the visits are n^2 / 2 of some 30 ns. Measured with 20,000 groups of 67 KB: objects 7.5 s, flat ones 3.5 s; copying while it
 * grows to this size costs nothing that could be measured. */
#ifndef STATE_OBJECT_FROM
#define STATE_OBJECT_FROM 524288
#endif

typedef struct StateObject {
	ExpandedObjectHeader header;
	const TbShape *shape;
	TbState *state;      /* in the object's context; its length word is set, so that a final may return it as it is */
	const TbState *flat; /* what the last get_flat_size measured: state itself, or its packed form in the object's context */
} StateObject;

extern const ExpandedObjectMethods state_object_methods;
extern _Noreturn void state_object_other(const StateObject *object, const TbShape *shape);

/* Asked at every row: DatumGetEOHP without the call */
static inline StateObject *state_object_of(Datum datum)
{
	struct varatt_expanded pointer;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
		return NULL;
	memcpy(&pointer, VARDATA_EXTERNAL(DatumGetPointer(datum)), sizeof(pointer));
	return pointer.eohptr->eoh_methods == &state_object_methods ? (StateObject *)pointer.eohptr : NULL;
}

/* The state in a datum that is such an object, else NULL. An object of another shape is an error. */
static inline TbState *state_object_content(Datum datum, const TbShape *shape)
{
	StateObject *object = state_object_of(datum);

	if (!object)
		return NULL;
	if (unlikely(object->shape != shape))
		state_object_other(object, shape);
	return object->state;
}

/* May a transition change the state of this datum in place? A flat one is the executor's copy for it; an object must be writable, and forgets its flat
 * form. */
extern bool state_object_open(Datum datum);

/* The content of an object that may be changed in place, asked at every row: of this shape, writable, no flat form to forget. NULL: the slow way knows. */
static inline TbState *state_object_in_place(Datum datum, const TbShape *shape)
{
	StateObject *object = state_object_of(datum);

	if (!object || object->shape != shape || object->flat || !VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return NULL;
	return object->state;
}

/* A new object with a copy of a state, owned by the aggregate's context */
extern Datum state_object_new(MemoryContext aggregate, const TbState *state, const TbShape *shape);

/* The object with this content: its own block, perhaps grown by tb_grow, or another one, which is copied */
extern Datum state_object_replace(Datum object, TbState *state);

#endif
