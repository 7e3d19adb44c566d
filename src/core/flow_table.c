/* flow_table.c -- growing a table of pairs in a flat block
 *
 * The home of a pair is its hash scaled to the number of slots, so a table is in hash order whatever its size: growing by half is one sweep over
 * both tables, and the memory a state holds stays within half again of what it needs.
 */
#include "flow_table.h"

#include <string.h>

#include "host.h"

#define LIMIT ((uint64_t)0x3fffffff) /* the largest value a server takes: 1 GB */
#define SLOW_GROWTH (1024 * 1024)
#define TICK 8192
#define HUGE_FLOW 1e290

typedef struct Size {
	TbDictionarySize ids;
	uint64_t slots;
} Size;

static uint64_t room_for(uint64_t slots)
{
	return slots - slots / 4 - 1; /* one is always free: probing ends there */
}

static uint64_t slots_for(uint64_t pairs)
{
	return pairs + pairs / 3 + 3;
}

static uint64_t home(uint64_t key, uint64_t slots)
{
	uint64_t hash = key * 0x9e3779b97f4a7c15u;

	hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93u;
	hash ^= hash >> 32;
	hash *= 0xa0761d6478bd642fu;
	return (uint64_t)(((unsigned __int128)hash * slots) >> 64);
}

/* The slot that holds the key, or the free one where it belongs */
static TbFlowPair *locate(TbFlowPair *table, uint64_t slots, uint64_t key)
{
	uint64_t s = home(key, slots);

	while (table[s].key != key && table[s].key != 0)
		s = s + 1 == slots ? 0 : s + 1;
	return table + s;
}

static TbState *new_open(Size size)
{
	uint64_t words = sizeof(TbFlowOpen) / 8 + tb_dictionary_words(size.ids) + size.slots * (sizeof(TbFlowPair) / 8);
	TbState *state;

	if (words > (LIMIT - sizeof(TbState)) / 8)
		return NULL;
	state = tb_state_new(&tb_flow_shape, words, 0);
	state->flags = TB_STATE_OPEN;
	tb_flow_open(state)->slots = size.slots;
	return state;
}

TbState *tb_flow_begin(TbDictionarySize ids, uint64_t pairs)
{
	TbState *state = new_open((Size){ids, slots_for(pairs)});

	if (state)
		tb_dictionary_begin((uint64_t *)tb_flow_dictionary(state), ids);
	return state;
}

/* A copy with more room */
static TbStatus resize(TbState **state, Size size)
{
	const TbState *from = *state;
	const TbFlowPair *old = tb_flow_table(from);
	uint64_t slots = tb_flow_open(from)->slots;
	TbState *to = new_open(size);
	TbFlowPair *table;

	if (!to)
		return TB_TOO_LARGE;
	*tb_flow_open(to) = *tb_flow_open(from);
	tb_flow_open(to)->slots = size.slots;
	tb_dictionary_copy((uint64_t *)tb_flow_dictionary(to), size.ids, tb_flow_dictionary(from));
	table = tb_flow_table(to);
	if (slots == size.slots)
		memcpy(table, old, slots * sizeof(TbFlowPair));
	else
		for (uint64_t i = 0; i < slots; i++) {
			if (old[i].key)
				*locate(table, size.slots, old[i].key) = old[i];
			if (i % TICK == TICK - 1)
				tb_tick();
		}
	*state = to;
	return TB_OK;
}

static uint64_t more_slots(const TbState *state, uint64_t pairs)
{
	uint64_t slots = tb_flow_open(state)->slots, need = slots_for(tb_flow_open(state)->pairs + pairs), larger;

	if (tb_flow_open(state)->pairs + pairs <= room_for(slots))
		return slots;
	larger = state->size < SLOW_GROWTH ? slots * 2 : slots + slots / 2;
	return larger > need ? larger : need;
}

/* Room for more of one kind. In a small state the other kinds grow along once they are half full: few copies matter more than slack there. */
static Size enlarged(const TbState *state, uint64_t ids, uint64_t bytes, uint64_t pairs)
{
	const TbDictionary *d = tb_flow_dictionary(state);
	uint64_t room = room_for(tb_flow_open(state)->slots);

	if (state->size < SLOW_GROWTH) {
		ids = ids == 0 && d->n * 2 > d->room.ids ? d->room.ids - d->n + 1 : ids;
		bytes = bytes == 0 && d->used * 2 > d->room.bytes ? d->room.bytes - d->used + 1 : bytes;
		pairs = pairs == 0 && tb_flow_open(state)->pairs * 2 > room ? room - tb_flow_open(state)->pairs + 1 : pairs;
	}
	return (Size){tb_dictionary_enlarged(d, ids, bytes), more_slots(state, pairs)};
}

/* What the caller gave stays, blocks of our own in between go */
static TbStatus grow(TbState **state, const TbState *original, Size size)
{
	TbState *old = *state;
	TbStatus status = resize(state, size);

	if (status == TB_OK && old != original)
		tb_free(old);
	return status;
}

TbStatus tb_flow_intern(TbState **state, const TbState *original, TbId id, uint32_t *index)
{
	while ((*index = tb_dictionary_add(tb_flow_dictionary(*state), id)) == TB_NO_ID) {
		const TbDictionary *d = tb_flow_dictionary(*state);
		TbStatus status = grow(state, original, enlarged(*state, d->n == d->room.ids, id.length > d->room.bytes - d->used ? id.length : 0, 0));

		if (status != TB_OK)
			return status;
	}
	return TB_OK;
}

TbStatus tb_flow_add_pair(TbState **state, const TbState *original, uint64_t key, TbDd flow)
{
	TbFlowOpen *open = tb_flow_open(*state);
	TbFlowPair *pair = locate(tb_flow_table(*state), open->slots, key);
	TbDd sum;

	if (pair->key) {
		sum = flow.lo == 0 ? tb_dd_add_d((TbDd){pair->hi, pair->lo}, flow.hi) : tb_dd_add((TbDd){pair->hi, pair->lo}, flow);
		if (!isfinite(sum.hi))
			return TB_OUT_OF_RANGE;
		pair->hi = sum.hi;
		pair->lo = sum.lo;
		return TB_OK;
	}
	if (open->pairs >= room_for(open->slots)) {
		TbStatus status = grow(state, original, enlarged(*state, 0, 0, 1));

		if (status != TB_OK)
			return status;
		open = tb_flow_open(*state);
		pair = locate(tb_flow_table(*state), open->slots, key);
	}
	*pair = (TbFlowPair){key, flow.hi, flow.lo};
	open->pairs++;
	return TB_OK;
}

void tb_flow_prefetch(const TbState *state, uint64_t key)
{
	__builtin_prefetch(tb_flow_table(state) + home(key, tb_flow_open(state)->slots));
}

/* Nearly everything arrives here; what is huge is added at once, so that no sum overflows where nobody can be told. */
TbStatus tb_flow_add_row(TbState **state, const TbState *original, uint64_t key, double flow)
{
	TbFlowOpen *open = tb_flow_open(*state);
	TbFlowRow *place = open->waiting + open->turn % TB_FLOW_WAITING, before = *place;

	if (flow > HUGE_FLOW)
		return tb_flow_add_pair(state, original, key, tb_dd(flow));
	tb_flow_prefetch(*state, key);
	open->turn++;
	*place = (TbFlowRow){key, flow};
	return before.key ? tb_flow_add_pair(state, original, before.key, tb_dd(before.flow)) : TB_OK;
}

TbStatus tb_flow_reserve(TbState **state, const TbState *original, uint64_t pairs)
{
	if (pairs <= room_for(tb_flow_open(*state)->slots))
		return TB_OK;
	return grow(state, original, enlarged(*state, 0, 0, pairs - tb_flow_open(*state)->pairs));
}
