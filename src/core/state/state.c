/* state.c -- making and checking the flat state's header */
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

TbStatus tb_state_check_header(const TbState *state, const TbShape *shape, uint64_t length)
{
	uint64_t room;

	if (length < sizeof(TbState) || state->magic != TB_STATE_MAGIC || state->version != TB_STATE_VERSION || state->shape != shape->code ||
		state->generation != (tb_state_is_open(state) ? TB_STATE_GENERATION : 0) || state->size != length)
		return TB_CORRUPT;
	room = length - sizeof(TbState);
	if (state->words > room / 8 || state->bytes > room - state->words * 8)
		return TB_CORRUPT;
	return TB_OK;
}
