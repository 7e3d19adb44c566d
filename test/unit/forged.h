/* forged.h -- what no state of a fixed layout may carry: flags, and bytes that it has not */
#ifndef FORGED_H
#define FORGED_H

#include "../../src/core/state/state.h"
#include "unit.h"

static void refuses_flags_and_bytes(const TbShape *shape, TbState *state)
{
	state->flags = 1;
	CHECK(shape->check(state) == TB_CORRUPT, "flags");
	state->flags = 0;
	state->bytes = 8;
	CHECK(shape->check(state) == TB_CORRUPT, "bytes that it has not");
	state->bytes = 0;
}

#endif
