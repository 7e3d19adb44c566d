/* flow_table.c -- growing a table of pairs in a flat block
 *
 * The home of a pair is its hash scaled to the number of slots, so a table is in hash order whatever its size: growing by half is one sweep over
 * both tables, and the memory a state holds stays within half again of what it needs.
 */
#include "flow_table.h"

#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"

#define SLOW_GROWTH (1024 * 1024)
#define HUGE_FLOW 1e290

typedef struct Size {
	TbDictionarySize ids;
	uint64_t slots;
	bool low;
} Size;

static uint64_t room_for(uint64_t slots)
{
	return slots - slots / 4 - 1; /* one is always free: probing ends there */
}

static uint64_t slots_for(uint64_t pairs)
{
	return pairs + pairs / 3 + 3;
}

static uint64_t hash_of(const TbState *state, uint64_t key)
{
	return tb_dictionary_hash_two(tb_flow_dictionary(state), (uint32_t)(key >> 32) - 1, (uint32_t)key - 1);
}

/* The slot that holds the key, or the free one where it belongs */
static uint64_t locate(const TbFlowCell *table, uint64_t slots, uint64_t key, uint64_t hash)
{
	uint64_t s = tb_home_slot(hash, slots);

	while (table[s].key != key && table[s].key != 0)
		s = s + 1 == slots ? 0 : s + 1;
	return s;
}

/* beside: the state whose place it takes, or NULL */
static TbState *new_open(Size size, TbState *beside)
{
	uint64_t at = sizeof(TbFlowOpen) / 8 + tb_dictionary_words(size.ids), words = at + size.slots * (sizeof(TbFlowCell) / 8 + size.low);
	TbState *state;

	if (words > TB_STATE_MOST_WORDS)
		return NULL;
	state = beside ? tb_state_beside(beside, &tb_flow_shape, words, 0) : tb_state_new(&tb_flow_shape, words, 0);
	if (beside)
		state->shape = beside->shape;
	tb_state_set_open(state, size.low ? TB_FLOW_LOW : 0);
	tb_flow_open(state)->slots = size.slots;
	tb_flow_open(state)->at = at;
	return state;
}

TbState *tb_flow_begin(TbDictionarySize ids, uint64_t pairs)
{
	TbState *state = new_open((Size){ids, slots_for(pairs), false}, NULL);

	if (state)
		tb_dictionary_begin((uint64_t *)tb_flow_dictionary(state), ids);
	return state;
}

static void copy_cells(TbState *to, const TbState *from)
{
	const TbFlowCell *old = tb_flow_table(from);
	TbFlowCell *table = tb_flow_table(to);
	const double *old_low = tb_flow_low(from);
	double *low = tb_flow_low(to);
	uint64_t n = tb_flow_open(from)->slots, slots = tb_flow_open(to)->slots;

	for (uint64_t i = 0; i < n; i++) {
		if (old[i].key) {
			uint64_t s = locate(table, slots, old[i].key, hash_of(from, old[i].key));

			table[s] = old[i];
			if (old_low)
				low[s] = old_low[i];
		}
		tb_step();
	}
}

/* A copy with more room */
static TbStatus resize(TbState **state, Size size)
{
	const TbState *from = *state;
	TbState *to = new_open(size, *state);

	if (!to)
		return TB_TOO_LARGE;
	tb_flow_open(to)->pairs = tb_flow_open(from)->pairs;
	tb_flow_open(to)->turn = tb_flow_open(from)->turn;
	memcpy(tb_flow_open(to)->waiting, tb_flow_open(from)->waiting, sizeof tb_flow_open(to)->waiting);
	tb_dictionary_copy((uint64_t *)tb_flow_dictionary(to), size.ids, tb_flow_dictionary(from));
	if (size.slots != tb_flow_open(from)->slots)
		copy_cells(to, from);
	else {
		tb_copy(tb_flow_table(to), tb_flow_table(from), size.slots * sizeof(TbFlowCell));
		if (from->flags & TB_FLOW_LOW)
			tb_copy(tb_flow_low(to), tb_flow_low(from), size.slots * sizeof(double));
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
	return (Size){tb_dictionary_enlarged(d, ids, bytes), more_slots(state, pairs), state->flags & TB_FLOW_LOW};
}

/* One call may grow more than once: for an id, for the other, for their pair. `original` is the block that the caller gave. It may be a datum that others
 * read, so only the host can say whether it goes (tb_give_back); every later block was made within the call and is freed by the one that replaces it. */
static TbStatus grow(TbState **state, const TbState *original, Size size)
{
	TbState *old = *state;
	TbStatus status = resize(state, size);

	if (status != TB_OK)
		return status;
	if (old != original)
		tb_free(old);
	else
		tb_give_back(old);
	return TB_OK;
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

TbFlowPair tb_flow_pair(const TbState *state, uint64_t key, TbDd flow)
{
	return (TbFlowPair){key, hash_of(state, key), flow};
}

void tb_flow_prefetch(const TbState *state, uint64_t hash)
{
	__builtin_prefetch(tb_flow_table(state) + tb_home_slot(hash, tb_flow_open(state)->slots));
}

static void store(TbState *state, uint64_t slot, TbDd sum)
{
	double *low = tb_flow_low(state);

	tb_flow_table(state)[slot].hi = sum.hi;
	if (low)
		low[slot] = sum.lo;
}

/* The first sum that is no double gives every slot a low part */
static TbStatus put_sum(TbState **state, const TbState *original, uint64_t slot, TbDd sum)
{
	TbStatus status = isfinite(sum.hi) ? TB_OK : TB_OUT_OF_RANGE;

	if (status == TB_OK && sum.lo != 0 && !tb_flow_low(*state))
		status = grow(state, original, (Size){tb_flow_dictionary(*state)->room, tb_flow_open(*state)->slots, true});
	if (status == TB_OK)
		store(*state, slot, sum);
	return status;
}

static inline TbStatus add_to(TbState **state, const TbState *original, uint64_t slot, TbDd flow)
{
	const double *low = tb_flow_low(*state);
	TbFlowCell *cell = tb_flow_table(*state) + slot;
	TbDd sum = {cell->hi, low ? low[slot] : 0};

	sum = flow.lo == 0 ? tb_dd_add_d(sum, flow.hi) : tb_dd_add(sum, flow);
	if (low || sum.lo != 0 || !isfinite(sum.hi))
		return put_sum(state, original, slot, sum);
	cell->hi = sum.hi;
	return TB_OK;
}

TbStatus tb_flow_add_pair(TbState **state, const TbState *original, TbFlowPair pair)
{
	TbFlowOpen *open = tb_flow_open(*state);
	uint64_t slot;

	tb_assert(tb_state_is_open(*state) && open->pairs < open->slots && open->at + open->slots * (sizeof(TbFlowCell) / 8) <= (*state)->words);
	slot = locate(tb_flow_table(*state), open->slots, pair.key, pair.hash);
	if (tb_flow_table(*state)[slot].key)
		return add_to(state, original, slot, pair.flow);
	if (open->pairs >= room_for(open->slots)) {
		TbStatus status = grow(state, original, enlarged(*state, 0, 0, 1));

		if (status != TB_OK)
			return status;
		open = tb_flow_open(*state);
		slot = locate(tb_flow_table(*state), open->slots, pair.key, pair.hash);
	}
	tb_flow_table(*state)[slot].key = pair.key;
	open->pairs++;
	return put_sum(state, original, slot, pair.flow);
}

/* Nearly everything arrives here; what is huge is added at once, so that no sum overflows where nobody can be told. */
TbStatus tb_flow_add_row(TbState **state, const TbState *original, TbFlowRow row)
{
	TbFlowOpen *open = tb_flow_open(*state);
	TbFlowRow *place = open->waiting + open->turn % TB_FLOW_WAITING, before = *place;

	if (row.flow > HUGE_FLOW)
		return tb_flow_add_pair(state, original, (TbFlowPair){row.key, row.hash, tb_dd(row.flow)});
	tb_flow_prefetch(*state, row.hash);
	open->turn++;
	*place = row;
	return before.key ? tb_flow_add_pair(state, original, (TbFlowPair){before.key, before.hash, tb_dd(before.flow)}) : TB_OK;
}

TbStatus tb_flow_reserve(TbState **state, const TbState *original, uint64_t pairs)
{
	if (pairs <= room_for(tb_flow_open(*state)->slots))
		return TB_OK;
	return grow(state, original, enlarged(*state, 0, 0, pairs - tb_flow_open(*state)->pairs));
}

/* Adds the pairs that the target has and lists the others: were they put in at once, the target could fill from one end and probe long runs */
static TbStatus merge_known(TbState **target, const TbState *original, const TbState *source, const uint32_t *map, TbFlowPair *missing, uint64_t *n)
{
	const TbFlowCell *cell = tb_flow_table(source);
	const double *low = tb_flow_low(source);
	uint64_t slots = tb_flow_open(source)->slots;
	TbStatus status = TB_OK;

	*n = 0;
	for (uint64_t i = 0; i < slots && status == TB_OK; i++) {
		if (cell[i].key) {
			TbFlowPair pair = tb_flow_pair(source, cell[i].key, (TbDd){cell[i].hi, low ? low[i] : 0});
			uint64_t slot;

			pair.key = tb_flow_key(map[(pair.key >> 32) - 1], map[(uint32_t)pair.key - 1]);
			slot = locate(tb_flow_table(*target), tb_flow_open(*target)->slots, pair.key, pair.hash);
			if (tb_flow_table(*target)[slot].key)
				status = add_to(target, original, slot, pair.flow);
			else
				missing[(*n)++] = pair;
		}
		tb_step();
	}
	return status;
}

TbStatus tb_flow_merge(TbState **target, const TbState *original, const TbState *source, const uint32_t *map)
{
	const TbFlowOpen *from = tb_flow_open(source);
	TbFlowPair *missing = tb_alloc((from->pairs + 1) * sizeof(TbFlowPair));
	uint64_t n;
	TbStatus status = merge_known(target, original, source, map, missing, &n);

	if (status == TB_OK)
		status = tb_flow_reserve(target, original, tb_flow_open(*target)->pairs + n);
	for (uint64_t i = 0; i < n && status == TB_OK; i++) {
		status = tb_flow_add_pair(target, original, missing[i]);
		tb_step();
	}
	tb_free(missing);
	for (int i = 0; i < TB_FLOW_WAITING && status == TB_OK; i++)
		if (from->waiting[i].key) {
			const TbFlowRow *row = from->waiting + i;
			uint64_t key = tb_flow_key(map[(row->key >> 32) - 1], map[(uint32_t)row->key - 1]);

			status = tb_flow_add_pair(target, original, (TbFlowPair){key, row->hash, tb_dd(row->flow)});
		}
	return status;
}
