/* unit test of core/flow_table: pairs survive growth, sums stay exact, tables merge whatever their indices, memory stays bounded */
#include "../../src/core/state/flow_table.h"

#include <stdlib.h>

#include "../../src/core/base/host.h"
#include "../../src/core/state/flow_matrix.h"
#include "unit.h"

enum { ZONES = 5000 };

/* Few of all pairs, each once: what stays a hash table */
static uint64_t key_at(uint64_t i)
{
	return tb_flow_key(i % ZONES, (i / ZONES * 83 + i % ZONES * 17) % ZONES);
}

/* i of a key_at(i) */
static uint64_t number_of(uint64_t key)
{
	uint64_t origin = (key >> 32) - 1, destination = (uint32_t)key - 1;

	for (uint64_t k = 0; k * 83 < ZONES; k++)
		if ((k * 83 + origin * 17) % ZONES == destination)
			return k * ZONES + origin;
	return UINT64_MAX;
}

static TbStatus add(TbState **state, uint64_t key, TbDd flow)
{
	return tb_flow_add_pair(state, NULL, tb_flow_pair(*state, key, flow));
}

static TbFlowPair *new_pairs(const TbState *state, uint64_t from, uint64_t n)
{
	TbFlowPair *pair = tb_alloc(n * sizeof(TbFlowPair));

	for (uint64_t i = 0; i < n; i++)
		pair[i] = tb_flow_pair(state, key_at(from + i), tb_dd(1));
	return pair;
}

/* Zones z0, z1, ... in this order, or backwards */
static TbState *begin(uint32_t zones, bool backwards)
{
	TbState *state = tb_flow_begin((TbDictionarySize){4, 16}, 8, (TbFlowSides){0, 0});
	bool ok = true;

	for (uint32_t i = 0; i < zones; i++) {
		char name[16];
		uint32_t index = 0, again = 0;
		TbId id = {name, (uint32_t)snprintf(name, sizeof name, "z%u", backwards ? zones - 1 - i : i)};

		ok = ok && tb_flow_intern(&state, NULL, id, &index) == TB_OK && tb_flow_intern(&state, NULL, id, &again) == TB_OK && index == i && again == i;
	}
	CHECK(ok && tb_flow_dictionary(state)->n == zones, "ids are numbered as they come, once");
	return state;
}

/* The sum of one pair; -1 where there is none */
static TbDd sum_of(const TbState *state, uint64_t key)
{
	TbFlowWalk walk = tb_flow_walk(state);
	TbDd sum = tb_dd(-1);

	while (tb_flow_next(&walk))
		sum = walk.key == key ? walk.flow : sum;
	tb_flow_walk_end(&walk);
	return sum;
}

static void growth(void)
{
	TbState *state = begin(ZONES, false);
	uint64_t n = 300000, found = 0;
	TbFlowPair *coming;
	TbFlowWalk walk;
	bool slack = true;

	for (uint64_t round = 0; round < 2; round++)
		for (uint64_t i = 0; i < n; i++) {
			if (add(&state, key_at(i), tb_dd(1.0 + i)) != TB_OK)
				CHECK(false, "adding a pair");
			slack = slack && (state->size < 2200000 || tb_flow_open(state)->slots < 2.1 * tb_flow_open(state)->pairs);
		}
	CHECK(tb_flow_open(state)->pairs == n, "a pair is kept once");
	CHECK(slack, "once growth is slow, at most about two slots a pair");
	CHECK(state->size < 34 * n + 400000 && !tb_flow_low(state), "whole numbers need 16 bytes a slot");
	CHECK(!tb_flow_is_matrix(state), "few of all pairs are a table");
	walk = tb_flow_walk(state);
	while (tb_flow_next(&walk))
		found += walk.flow.hi == 2.0 * (1.0 + number_of(walk.key));
	tb_flow_walk_end(&walk);
	CHECK(found == n, "every sum is there and exact");
	CHECK(tb_flow_open(state)->turn == 0, "pairs do not wait");
	for (uint64_t i = 0; i < 1000; i++) {
		uint64_t key = key_at(n + i % 3);

		slack = slack && tb_flow_add_row(&state, NULL, (TbFlowRow){key, tb_flow_pair(state, key, tb_dd(1)).hash, 1}) == TB_OK;
	}
	CHECK(slack && tb_flow_open(state)->pairs == n + 3 && tb_flow_open(state)->waiting[0].key == key_at(n + 992 % 3),
		  "rows wait their turn, eight of them");
	coming = new_pairs(state, n, n);
	CHECK(tb_flow_reserve(&state, NULL, coming, n - 3) == TB_OK && tb_flow_open(state)->slots > 2 * n, "reserve makes room");
	CHECK(tb_flow_open(state)->pairs == n + 3 && tb_flow_open(state)->turn == 1000, "which changes nothing");
	CHECK(!tb_flow_begin((TbDictionarySize){8, 128}, 100000000, (TbFlowSides){0, 0}), "not past 1 GB");
	tb_free(coming);
	CHECK(add(&state, key_at(0), tb_dd(1.7e308)) == TB_OK, "a huge flow");
	CHECK(add(&state, key_at(0), tb_dd(1.7e308)) == TB_OUT_OF_RANGE, "twice overflows");
	tb_free(state);
}

static void low_parts(void)
{
	TbState *state = begin(200, false);
	uint64_t n = 150;

	for (uint64_t i = 0; i < n; i++)
		(void)add(&state, tb_flow_key(i, 7), tb_dd(5.0 + i));
	CHECK(!tb_flow_low(state), "no low part is needed yet");
	for (int i = 0; i < 3; i++)
		(void)add(&state, tb_flow_key(1, 1), (TbDd){1, 0x1p-60});
	(void)add(&state, tb_flow_key(1, 1), tb_dd(0x1p-61));
	(void)add(&state, tb_flow_key(0, 7), tb_dd(0x1p-70));
	CHECK(tb_flow_low(state) && state->flags == (TB_STATE_OPEN | TB_FLOW_LOW), "the first one makes room for all");
	for (uint64_t i = 0; i < 20 * n; i++)
		(void)add(&state, tb_flow_key(i % 200, 8 + i / 200), tb_dd(1));
	CHECK(sum_of(state, tb_flow_key(1, 1)).hi == 3 && sum_of(state, tb_flow_key(1, 1)).lo == 7 * 0x1p-61, "low parts add up");
	CHECK(sum_of(state, tb_flow_key(0, 7)).hi == 5 && sum_of(state, tb_flow_key(0, 7)).lo == 0x1p-70, "and survive growth");
	CHECK(sum_of(state, tb_flow_key(9, 7)).hi == 14 && sum_of(state, tb_flow_key(9, 7)).lo == 0, "the others have none");
	for (uint64_t i = 0; i < 28; i++)
		(void)add(&state, tb_flow_key(i * 7, 100 + i), tb_dd(1));
	CHECK(sum_of(state, tb_flow_key(0, 7)).lo == 0x1p-70, "also in another form");
	tb_free(state);
}

/* Tables that number their zones in opposite orders have the same pairs in the same order of hashes. */
static void merging(uint64_t known, uint64_t n, bool low)
{
	TbState *target = begin(ZONES, true), *source = begin(ZONES, false);
	uint32_t *map = tb_alloc(ZONES * sizeof(uint32_t));
	uint64_t found = 0;
	double part = low ? 0x1p-60 : 0;
	TbFlowWalk walk;
	TbFlowPair waits = tb_flow_pair(source, key_at(0), tb_dd(1000));

	for (uint32_t i = 0; i < ZONES; i++)
		map[i] = ZONES - 1 - i;
	for (uint64_t i = 0; i < n; i++) {
		if (i < known)
			(void)add(&target, tb_flow_key(map[(key_at(i) >> 32) - 1], map[(uint32_t)key_at(i) - 1]), tb_dd(2));
		(void)add(&source, key_at(i), (TbDd){1.0 + i, part});
	}
	(void)tb_flow_add_row(&source, NULL, (TbFlowRow){waits.key, waits.hash, 1000});
	CHECK(tb_flow_pair(target, tb_flow_key(map[0], map[0]), tb_dd(1)).hash == waits.hash, "a pair hashes by its text");
	CHECK(tb_flow_merge(&target, NULL, source, map) == TB_OK && tb_flow_open(target)->pairs == n, "a merge keeps each pair once");
	CHECK(tb_flow_open(target)->slots < 2.1 * n, "and takes no more room than its pairs need");
	walk = tb_flow_walk(target);
	while (tb_flow_next(&walk)) {
		uint64_t i = number_of(tb_flow_key(ZONES - (walk.key >> 32), ZONES - (uint32_t)walk.key));

		found += walk.flow.hi == 1.0 + i + (i < known ? 2 : 0) + (i == 0 ? 1000 : 0) && walk.flow.lo == part;
	}
	tb_flow_walk_end(&walk);
	CHECK(found == n, "sums, low parts and the row that waits are all there");
	tb_free(map);
	tb_free(source);
	tb_free(target);
}

int main(void)
{
	TbState *state;

	growth();
	low_parts();
	merging(0, 200000, false);
	merging(150000, 200000, false);
	merging(200000, 200000, false);
	merging(1000, 50000, true);
	state = tb_flow_new(&tb_flow_shape);
	CHECK(state->size <= 1024, "a new state is small");
	tb_free(state);
	return unit_done();
}
