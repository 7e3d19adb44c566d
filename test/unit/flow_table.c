/* unit test of core/flow_table: pairs survive growth, sums stay exact, memory stays bounded */
#include "../../src/core/flow_table.h"

#include "../../src/core/host.h"
#include "unit.h"

static uint64_t key_at(uint64_t i)
{
	return tb_flow_key(i % 5000, i / 5000);
}

int main(void)
{
	TbState *state = tb_flow_begin((TbDictionarySize){4, 16}, 8);
	uint64_t n = 300000, slots, found = 0;
	bool slack = true;

	for (uint64_t round = 0; round < 2; round++)
		for (uint64_t i = 0; i < n; i++) {
			if (tb_flow_add_pair(&state, NULL, key_at(i), tb_dd(1.0 + i)) != TB_OK)
				CHECK(false, "adding a pair");
			slack = slack && (state->size < 2200000 || tb_flow_open(state)->slots < 2.1 * tb_flow_open(state)->pairs);
		}
	CHECK(tb_flow_open(state)->pairs == n, "a pair is kept once");
	CHECK(slack, "once growth is slow, at most about two slots a pair");
	slots = tb_flow_open(state)->slots;
	for (uint64_t s = 0; s < slots; s++) {
		TbFlowPair pair = tb_flow_table(state)[s];
		uint64_t i = ((uint32_t)pair.key - 1) * (uint64_t)5000 + (pair.key >> 32) - 1;

		found += pair.key != 0 && pair.hi == 2.0 * (1.0 + i) && pair.lo == 0;
	}
	CHECK(found == n, "every sum is there and exact");
	CHECK(tb_flow_open(state)->turn == 0, "pairs do not wait");
	for (uint64_t i = 0; i < 1000; i++)
		slack = slack && tb_flow_add_row(&state, NULL, key_at(n + i % 3), 1) == TB_OK;
	CHECK(slack && tb_flow_open(state)->pairs == n + 3 && tb_flow_open(state)->waiting[0].key == key_at(n + 992 % 3),
		  "rows wait their turn, eight of them");
	CHECK(tb_flow_reserve(&state, NULL, 2 * n) == TB_OK && tb_flow_open(state)->slots > 2 * n, "reserve makes room");
	CHECK(tb_flow_reserve(&state, NULL, 100000000) == TB_TOO_LARGE, "not past 1 GB");
	CHECK(tb_flow_open(state)->pairs == n + 3 && tb_flow_open(state)->turn == 1000, "which changes nothing");
	CHECK(tb_flow_add_pair(&state, NULL, key_at(0), tb_dd(1.7e308)) == TB_OK, "a huge flow");
	CHECK(tb_flow_add_pair(&state, NULL, key_at(0), tb_dd(1.7e308)) == TB_OUT_OF_RANGE, "twice overflows");
	tb_free(state);
	state = tb_flow_begin((TbDictionarySize){4, 16}, 8);
	for (uint32_t i = 0; i < 200; i++) {
		char name[8];
		uint32_t index = 0, again = 0;
		TbId id = {name, (uint32_t)snprintf(name, sizeof name, "z%u", i)};

		if (tb_flow_intern(&state, NULL, id, &index) != TB_OK || tb_flow_intern(&state, NULL, id, &again) != TB_OK || index != i || again != i)
			CHECK(false, "ids are numbered as they come, once");
	}
	CHECK(tb_flow_dictionary(state)->n == 200, "two hundred ids");
	for (int i = 0; i < 3; i++)
		(void)tb_flow_add_pair(&state, NULL, key_at(1), (TbDd){1, 0x1p-60});
	(void)tb_flow_add_pair(&state, NULL, key_at(1), tb_dd(0x1p-61));
	for (uint64_t s = 0; s < tb_flow_open(state)->slots; s++)
		if (tb_flow_table(state)[s].key)
			CHECK(tb_flow_table(state)[s].hi == 3 && tb_flow_table(state)[s].lo == 7 * 0x1p-61, "low parts add up");
	tb_free(state);
	state = tb_flow_new();
	CHECK(state->size <= 1024, "a new state is small");
	tb_free(state);
	return unit_done();
}
