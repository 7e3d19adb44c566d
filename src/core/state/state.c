/* state.c -- making the flat state's header */
#include "state.h"

#include <string.h>

#include "../base/host.h"

static uint64_t size_of(uint64_t words, uint64_t bytes)
{
	return sizeof(TbState) + words * 8 + ((bytes + 7) & ~(uint64_t)7);
}

static TbState *begun(TbState *state, const TbShape *shape, uint64_t words, uint64_t bytes)
{
	state->magic = TB_STATE_MAGIC;
	state->version = TB_STATE_VERSION;
	state->shape = shape->code;
	state->size = size_of(words, bytes);
	state->words = words;
	state->bytes = bytes;
	return state;
}

TbState *tb_state_new(const TbShape *shape, uint64_t words, uint64_t bytes)
{
	return begun(tb_alloc_zero(1, size_of(words, bytes)), shape, words, bytes);
}

TbState *tb_state_beside(TbState *state, const TbShape *shape, uint64_t words, uint64_t bytes)
{
	return begun(tb_alloc_beside(state, size_of(words, bytes)), shape, words, bytes);
}
