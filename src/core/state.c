/* state.c -- making and checking the flat state's header */
#include "state.h"

#include <string.h>

#include "host.h"

TbState *tb_state_new(const TbShape *shape, uint64_t words, uint64_t bytes)
{
	uint64_t size = sizeof(TbState) + words * 8 + ((bytes + 7) & ~(uint64_t)7);
	TbState *state = tb_alloc_zero(1, size);

	state->magic = TB_STATE_MAGIC;
	state->version = TB_STATE_VERSION;
	state->shape = shape->code;
	state->size = size;
	state->words = words;
	state->bytes = bytes;
	return state;
}

TbStatus tb_state_check_header(const TbState *state, const TbShape *shape, uint64_t length)
{
	uint64_t room;

	if (length < sizeof(TbState) || state->magic != TB_STATE_MAGIC || state->version != TB_STATE_VERSION || state->shape != shape->code ||
		state->spare != 0 || state->size != length)
		return TB_CORRUPT;
	room = length - sizeof(TbState);
	if (state->words > room / 8 || state->bytes > room - state->words * 8)
		return TB_CORRUPT;
	return TB_OK;
}
