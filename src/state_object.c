/* state_object.c -- the methods of expanded states */
#include "postgres.h"

#include "utils/memutils.h"

#include "core/base/step.h"

#include "compat.h"
#include "growing.h"
#include "state_object.h"
#include "status.h"

static Size flat_size(ExpandedObjectHeader *header)
{
	StateObject *object = (StateObject *)header;
	MemoryContext old;

	if (!object->flat) {
		old = MemoryContextSwitchTo(header->eoh_context);
		object->flat = tb_state_is_open(object->state) && !object->shape->ships_open ? object->shape->pack(object->state) : object->state;
		MemoryContextSwitchTo(old);
	}
	if (object->flat->size > TB_VALUE_LIMIT)
		state_ok(TB_TOO_LARGE, object->shape);
	return object->flat->size;
}

static void flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	StateObject *object = (StateObject *)header;

	Assert(object->flat && object->flat->size == size);
	tb_copy(result, object->flat, size);
	SET_VARSIZE(result, size);
}

const ExpandedObjectMethods state_object_methods = {flat_size, flatten};

void state_object_other(const StateObject *object, const TbShape *shape)
{
	ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("%s given where %s is expected", object->shape->name, shape->name)));
}

bool state_object_open(Datum datum)
{
	StateObject *object = state_object_of(datum);

	if (!object)
		return true;
	if (!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return false;
	if (object->flat && object->flat != object->state)
		pfree((void *)object->flat);
	object->flat = NULL;
	return true;
}

static TbState *copied(MemoryContext context, const TbState *state)
{
	TbState *copy = MemoryContextAlloc(context, state->size);

	tb_copy(copy, state, state->size);
	return copy;
}

Datum state_object_new(MemoryContext aggregate, const TbState *state, const TbShape *shape)
{
	MemoryContext context = AllocSetContextCreate(aggregate, "terrbal state", ALLOCSET_SMALL_SIZES);
	StateObject *object = MemoryContextAlloc(context, sizeof(StateObject));

	growing_context(context);
	EOH_init_header(&object->header, &state_object_methods, context);
	object->shape = shape;
	object->flat = NULL;
	object->state = copied(context, state);
	SET_VARSIZE(object->state, object->state->size);
	return EOHPGetRWDatum(&object->header);
}

Datum state_object_replace(Datum datum, TbState *state)
{
	StateObject *object = state_object_of(datum);

	if (!growing_owns(state)) {
		pfree(object->state);
		state = copied(object->header.eoh_context, state);
	}
	object->state = state;
	SET_VARSIZE(state, state->size);
	return datum;
}
