/* state_object.h -- large states of running aggregates as expanded objects
 *
 * The executor copies a flat transition value whenever it moves, slack and all: three copies of a sample would be alive while it grows. As an expanded
 * object in the aggregate's context a state stays where it is and grows in place (tb_grow). Small states remain flat, since each object needs a memory
 * context of its own. Where the executor ships or stores the value, it is flattened, to the packed form unless the shape ships its open one.
 */
#ifndef TERRBAL_STATE_OBJECT_H
#define TERRBAL_STATE_OBJECT_H

#include "fmgr.h"

#include "core/state/state.h"

#define STATE_OBJECT_FROM 65536 /* bytes */

/* The state in a datum that is such an object, else NULL. An object of another shape is an error. */
extern TbState *state_object_content(Datum datum, const TbShape *shape);

/* May a transition change the state of this datum in place? A flat one is the executor's copy for it; an object must be writable, and forgets its flat
 * form. */
extern bool state_object_open(Datum datum);

/* A new object with a copy of a state, owned by the aggregate's context */
extern Datum state_object_new(MemoryContext aggregate, const TbState *state, const TbShape *shape);

/* The object with this content: its own block, perhaps grown by tb_grow, or another one, which is copied */
extern Datum state_object_replace(Datum object, TbState *state);

#endif
