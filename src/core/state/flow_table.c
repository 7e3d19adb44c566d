/* flow_table.c -- growing a table or matrix of pairs in a flat block
 *
 * The home of a pair is its hash scaled to the number of slots, so a table is in hash order whatever its size: growing by half is one sweep over
 * both tables, and the memory a state holds stays within half again of what it needs.
 */
#include "flow_table.h"

#include <string.h>

#include "flow_matrix.h"
#include "../base/assert.h"
#include "../base/step.h"

#define SLOW_GROWTH (1024 * 1024)
#define LARGE_MATRIX (16 * 1024 * 1024)
#define HUGE_FLOW 1e290

typedef struct Size {
	TbDictionarySize ids;
	uint64_t slots;
	TbFlowSides sides; /* of a matrix */
	bool low;
} Size;

/* Words of sums */
static uint64_t sum_words(Size size)
{
	uint64_t table = size.slots * (sizeof(TbFlowCell) / 8 + size.low), matrix = size.slots * (1 + size.low);

	return size.sides.rows ? size.ids.ids + matrix : table;
}

/* What a matrix in place of a table may have. A small table has many copies ahead of it, so twice the room is soon what it would take too; tables that come
 * by the thousand, one a group, are smaller still. */
static uint64_t most_words(Size table)
{
	uint64_t words = sum_words(table);

	if (words < SLOW_GROWTH / 8 || words >= LARGE_MATRIX / 8)
		return words;
	return words * 2 < LARGE_MATRIX / 8 ? words * 2 : LARGE_MATRIX / 8;
}

/* With a matrix of these sides instead, if it has any and that is not too large */
static Size with_sides(Size table, TbFlowSides sides)
{
	Size matrix = {table.ids, (uint64_t)sides.rows * sides.columns, sides, table.low};

	return sides.rows && sum_words(matrix) <= most_words(table) ? matrix : table;
}

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
	uint64_t at = sizeof(TbFlowOpen) / 8 + tb_dictionary_words(size.ids), words = at + sum_words(size);
	TbState *state;

	if (words > TB_STATE_MOST_WORDS)
		return NULL;
	state = beside ? tb_state_beside(beside, &tb_flow_shape, words, 0) : tb_state_new(&tb_flow_shape, words, 0);
	if (beside)
		state->shape = beside->shape;
	tb_state_set_open(state, (size.low ? TB_FLOW_LOW : 0) | (size.sides.rows ? TB_FLOW_MATRIX : 0));
	tb_flow_open(state)->slots = size.slots;
	tb_flow_open(state)->at = at + (size.sides.rows ? size.ids.ids : 0);
	tb_flow_open(state)->sides = size.sides;
	return state;
}

TbState *tb_flow_begin(TbDictionarySize ids, uint64_t pairs, TbFlowSides sides)
{
	TbState *state = new_open(with_sides((Size){.ids = ids, .slots = slots_for(pairs)}, sides), NULL);

	if (state)
		tb_dictionary_begin((uint64_t *)tb_flow_dictionary(state), ids);
	return state;
}

static void copy_cells(TbState *to, const TbState *from)
{
	TbFlowCell *table = tb_flow_table(to);
	double *low = tb_flow_low(to);
	uint64_t slots = tb_flow_open(to)->slots;
	TbFlowWalk walk;

	if (tb_flow_is_matrix(to)) {
		tb_flow_fill(to, from);
		return;
	}
	walk = tb_flow_walk(from);
	while (tb_flow_next(&walk)) {
		uint64_t s = locate(table, slots, walk.key, hash_of(from, walk.key));

		table[s] = (TbFlowCell){walk.key, walk.flow.hi};
		if (low)
			low[s] = walk.flow.lo;
	}
	tb_flow_walk_end(&walk);
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
	if (size.slots != tb_flow_open(from)->slots || size.sides.rows || tb_flow_is_matrix(from))
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
static Size enlarged(const TbState *state, uint64_t ids, uint64_t bytes, uint64_t pairs, const TbFlowPair *coming)
{
	const TbDictionary *d = tb_flow_dictionary(state);
	const TbFlowOpen *open = tb_flow_open(state);
	bool matrix = tb_flow_is_matrix(state);
	uint64_t room = room_for(open->slots);
	Size size;

	if (state->size < SLOW_GROWTH) {
		ids = ids == 0 && d->n * 2 > d->room.ids ? d->room.ids - d->n + 1 : ids;
		bytes = bytes == 0 && d->used * 2 > d->room.bytes ? d->room.bytes - d->used + 1 : bytes;
		pairs = pairs == 0 && !matrix && open->pairs * 2 > room ? room - open->pairs + 1 : pairs;
	}
	size = (Size){tb_dictionary_enlarged(d, ids, bytes), matrix ? open->slots : more_slots(state, pairs), open->sides, state->flags & TB_FLOW_LOW};
	return size.slots > open->slots ? with_sides(size, tb_flow_sides_for(state, coming, coming ? pairs : 0, most_words(size))) : size;
}

/* For the rows or columns that a matrix lacks. It becomes a table again where too few of its cells are in use. */
static Size longer(const TbState *state)
{
	uint64_t pairs = tb_flow_open(state)->pairs;
	Size table = {tb_flow_dictionary(state)->room, slots_for(pairs + pairs / 2), {0, 0}, state->flags & TB_FLOW_LOW};

	return with_sides(table, tb_flow_longer_sides(state));
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
		TbStatus status = grow(state, original, enlarged(*state, d->n == d->room.ids, id.length > d->room.bytes - d->used ? id.length : 0, 0, NULL));

		if (status != TB_OK)
			return status;
	}
	return TB_OK;
}

TbFlowPair tb_flow_pair(const TbState *state, uint64_t key, TbDd flow)
{
	return (TbFlowPair){key, hash_of(state, key), flow};
}

/* Where the sum of a pair is, or nearly: for __builtin_prefetch. No function that may be inlined prefetches by itself: gcc 12 drops the call of one that does
 * nothing else. */
static inline const void *near_sum(const TbState *state, uint64_t key, uint64_t hash)
{
	if (tb_flow_is_matrix(state))
		return tb_flow_matrix(state) + tb_flow_place(state, key);
	return tb_flow_table(state) + tb_home_slot(hash, tb_flow_open(state)->slots);
}

void tb_flow_prefetch(const TbState *state, uint64_t key, uint64_t hash)
{
	__builtin_prefetch(near_sum(state, key, hash));
}

static inline double *high(const TbState *state, uint64_t slot)
{
	return tb_flow_is_matrix(state) ? tb_flow_matrix(state) + slot : &tb_flow_table(state)[slot].hi;
}

static void store(TbState *state, uint64_t slot, TbDd sum)
{
	double *low = tb_flow_low(state);

	*high(state, slot) = sum.hi;
	if (low)
		low[slot] = sum.lo;
}

/* The first sum that is no double gives every slot a low part */
static TbStatus put_sum(TbState **state, const TbState *original, uint64_t slot, TbDd sum)
{
	TbStatus status = isfinite(sum.hi) ? TB_OK : TB_OUT_OF_RANGE;

	if (status == TB_OK && sum.lo != 0 && !tb_flow_low(*state))
		status = grow(state, original, (Size){tb_flow_dictionary(*state)->room, tb_flow_open(*state)->slots, tb_flow_open(*state)->sides, true});
	if (status == TB_OK)
		store(*state, slot, sum);
	return status;
}

static inline TbStatus add_to(TbState **state, const TbState *original, uint64_t slot, TbDd flow)
{
	const double *low = tb_flow_low(*state);
	double *hi = high(*state, slot);
	TbDd sum = {*hi, low ? low[slot] : 0};

	sum = flow.lo == 0 ? tb_dd_add_d(sum, flow.hi) : tb_dd_add(sum, flow);
	if (low || sum.lo != 0 || !isfinite(sum.hi))
		return put_sum(state, original, slot, sum);
	*hi = sum.hi;
	return TB_OK;
}

/* A row and a column for a pair in a matrix, which may become a table */
static TbStatus number_new(TbState **state, const TbState *original, uint64_t key)
{
	TbStatus status = TB_OK;

	while (status == TB_OK && tb_flow_is_matrix(*state) && !tb_flow_number(*state, key))
		status = grow(state, original, longer(*state));
	return status;
}

static inline TbStatus number(TbState **state, const TbState *original, uint64_t key)
{
	if (!tb_flow_is_matrix(*state) || tb_flow_is_numbered(*state, key))
		return TB_OK;
	return number_new(state, original, key);
}

static inline TbStatus add_to_cell(TbState **state, const TbState *original, uint64_t slot, TbDd flow)
{
	tb_assert(slot < tb_flow_open(*state)->slots && tb_flow_open(*state)->at + tb_flow_open(*state)->slots <= (*state)->words);
	if (tb_flow_matrix(*state)[slot] != 0)
		return add_to(state, original, slot, flow);
	tb_flow_open(*state)->pairs++;
	return put_sum(state, original, slot, flow);
}

TbStatus tb_flow_add_pair(TbState **state, const TbState *original, TbFlowPair pair)
{
	TbFlowOpen *open;
	uint64_t slot;

	if (tb_flow_is_matrix(*state)) {
		TbStatus status = number(state, original, pair.key);

		if (status != TB_OK || tb_flow_is_matrix(*state))
			return status == TB_OK ? add_to_cell(state, original, tb_flow_place(*state, pair.key), pair.flow) : status;
		pair.hash = hash_of(*state, pair.key);
	}
	open = tb_flow_open(*state);
	tb_assert(tb_state_is_open(*state) && open->pairs < open->slots && open->at + open->slots * (sizeof(TbFlowCell) / 8) <= (*state)->words);
	slot = locate(tb_flow_table(*state), open->slots, pair.key, pair.hash);
	if (tb_flow_table(*state)[slot].key)
		return add_to(state, original, slot, pair.flow);
	if (open->pairs >= room_for(open->slots)) {
		TbStatus status = grow(state, original, enlarged(*state, 0, 0, 1, NULL));

		if (status != TB_OK || tb_flow_is_matrix(*state))
			return status == TB_OK ? tb_flow_add_pair(state, original, pair) : status;
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
	TbFlowOpen *open;
	TbFlowRow *place, before;
	TbStatus status = number(state, original, row.key);

	if (status != TB_OK)
		return status;
	if (row.flow > HUGE_FLOW)
		return tb_flow_add_pair(state, original, (TbFlowPair){row.key, row.hash, tb_dd(row.flow)});
	__builtin_prefetch(near_sum(*state, row.key, row.hash));
	open = tb_flow_open(*state);
	place = open->waiting + open->turn++ % TB_FLOW_WAITING;
	before = *place;
	*place = row;
	return before.key ? tb_flow_add_pair(state, original, (TbFlowPair){before.key, before.hash, tb_dd(before.flow)}) : TB_OK;
}

TbStatus tb_flow_reserve(TbState **state, const TbState *original, const TbFlowPair *coming, uint64_t n)
{
	if (tb_flow_is_matrix(*state) || n == 0 || tb_flow_open(*state)->pairs + n <= room_for(tb_flow_open(*state)->slots))
		return TB_OK;
	return grow(state, original, enlarged(*state, 0, 0, n, coming));
}

/* Adds the pairs that the target has and lists the others: were they put in at once, a table could fill from one end and probe long runs */
static TbStatus merge_known(TbState **target, const TbState *original, TbFlowWalk *walk, const uint32_t *map, TbFlowPair **missing, uint64_t *n)
{
	const TbState *source = walk->state;
	TbStatus status = TB_OK;

	while (status == TB_OK && tb_flow_next(walk)) {
		TbFlowPair pair = {tb_flow_key(map[(walk->key >> 32) - 1], map[(uint32_t)walk->key - 1]), 0, walk->flow};
		uint64_t slot;

		if (tb_flow_is_matrix(*target)) {
			status = tb_flow_add_pair(target, original, pair);
			continue;
		}
		pair.hash = hash_of(source, walk->key);
		slot = locate(tb_flow_table(*target), tb_flow_open(*target)->slots, pair.key, pair.hash);
		if (tb_flow_table(*target)[slot].key)
			status = add_to(target, original, slot, pair.flow);
		else {
			if (!*missing)
				*missing = tb_alloc(tb_flow_open(source)->pairs * sizeof(TbFlowPair));
			(*missing)[(*n)++] = pair;
		}
	}
	return status;
}

/* Gives all rows and columns of one matrix theirs in another */
static TbStatus number_all(TbState **target, const TbState *original, const TbFlowWalk *source, const uint32_t *map)
{
	TbFlowSides used = tb_flow_open(source->state)->used;
	TbStatus status = TB_OK;

	for (uint32_t i = 0; (i < used.rows || i < used.columns) && status == TB_OK; i++, tb_step())
		status =
			number(target, original, tb_flow_key(map[source->origin[i < used.rows ? i : 0]], map[source->destination[i < used.columns ? i : 0]]));
	return status;
}

/* Row by row, where both are matrices and stay it */
static TbStatus merge_rows(TbState **target, const TbState *original, const TbFlowWalk *source, const uint32_t *map)
{
	const TbFlowOpen *from = tb_flow_open(source->state);
	uint32_t *column = tb_alloc(from->used.columns * sizeof(uint32_t));
	TbStatus status = TB_OK;

	for (uint32_t c = 0; c < from->used.columns; c++, tb_step())
		column[c] = tb_flow_columns(*target)[map[source->destination[c]]] - 1;
	for (uint32_t r = 0; r < from->used.rows && status == TB_OK; r++) {
		uint64_t at = (tb_flow_rows(*target)[map[source->origin[r]]] - 1) * (uint64_t)tb_flow_open(*target)->sides.columns;
		uint64_t line = r * (uint64_t)from->sides.columns;
		const double *hi = tb_flow_matrix(source->state) + line, *low = tb_flow_low(source->state);

		for (uint32_t c = 0; c < from->used.columns && status == TB_OK; c++)
			if (hi[c] != 0)
				status = add_to_cell(target, original, at + column[c], (TbDd){hi[c], low ? low[line + c] : 0});
		tb_steps(from->used.columns);
	}
	tb_free(column);
	return status;
}

static TbStatus merge_waiting(TbState **target, const TbState *original, const TbState *source, const uint32_t *map)
{
	const TbFlowRow *row = tb_flow_open(source)->waiting;
	TbStatus status = TB_OK;

	for (int i = 0; i < TB_FLOW_WAITING && status == TB_OK; i++)
		if (row[i].key) {
			uint64_t key = tb_flow_key(map[(row[i].key >> 32) - 1], map[(uint32_t)row[i].key - 1]);

			status = tb_flow_add_pair(target, original, (TbFlowPair){key, row[i].hash, tb_dd(row[i].flow)});
		}
	return status;
}

TbStatus tb_flow_merge(TbState **target, const TbState *original, const TbState *source, const uint32_t *map)
{
	TbFlowWalk walk = tb_flow_walk(source);
	bool matrices = tb_flow_is_matrix(source) && tb_flow_is_matrix(*target);
	TbStatus status = matrices ? number_all(target, original, &walk, map) : TB_OK;
	TbFlowPair *missing = NULL;
	uint64_t n = 0;

	if (status == TB_OK)
		status = matrices && tb_flow_is_matrix(*target) ? merge_rows(target, original, &walk, map)
														: merge_known(target, original, &walk, map, &missing, &n);
	tb_flow_walk_end(&walk);
	if (status == TB_OK)
		status = tb_flow_reserve(target, original, missing, n);
	for (uint64_t i = 0; i < n && status == TB_OK; i++) {
		status = tb_flow_add_pair(target, original, missing[i]);
		tb_step();
	}
	tb_free(missing);
	return status == TB_OK ? merge_waiting(target, original, source, map) : status;
}
