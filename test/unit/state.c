/* unit test of core/state: a header is only believed when its arithmetic adds up */
#include "../../src/core/state/state.h"

#include "../../src/core/base/host.h"
#include "unit.h"

static const TbShape shape = {"probe_state", 200, NULL, NULL, NULL, false};

int main(void)
{
	TbState *state = tb_state_new(&shape, 3, 5);
	uint64_t size = state->size;

	CHECK(size == sizeof(TbState) + 24 + 8, "size covers words and bytes, rounded up");
	CHECK(tb_state_check_header(state, &shape, size) == TB_OK, "a new state passes");
	CHECK(tb_state_check_header(state, &shape, size - 8) == TB_CORRUPT, "truncated");
	CHECK(tb_state_check_header(state, &shape, 10) == TB_CORRUPT, "shorter than a header");
	CHECK(tb_state_check_header(state, &shape, size + 8) == TB_CORRUPT, "more than there is");
	CHECK(tb_state_check_header(state, &shape, 0) == TB_CORRUPT, "nothing");
	state->magic++;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "wrong magic");
	state->magic = TB_STATE_MAGIC;
	state->generation = TB_STATE_GENERATION;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "a packed state has no generation");
	state->flags = TB_STATE_OPEN;
	CHECK(tb_state_check_header(state, &shape, size) == TB_OK, "an open state has the one of this library");
	state->generation++;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "open in another generation");
	state->generation = 0;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "open without one");
	state->flags = 0;
	state->version = 2;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "wrong version");
	state->version = TB_STATE_VERSION;
	state->shape = 7;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "wrong shape");
	state->shape = shape.code;
	state->words = UINT64_MAX / 8;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "words that overflow");
	state->words = 3;
	state->bytes = 9;
	CHECK(tb_state_check_header(state, &shape, size) == TB_CORRUPT, "bytes beyond the end");
	state->bytes = 8;
	CHECK(tb_state_check_header(state, &shape, size) == TB_OK, "up to the end");
	tb_free(state);
	state = tb_state_new(&shape, 0, 0);
	CHECK(state->size == sizeof(TbState) && tb_state_check_header(state, &shape, state->size) == TB_OK, "a header alone");
	tb_free(state);
	return unit_done();
}
