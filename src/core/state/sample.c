/* sample.c -- growing and merging sample states */
#include "sample.h"

#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"
#include "sample_merge.h"
#include "sample_pack.h"

#define SMALL_STATE (1 << 20)
#define MEDIUM_STATE (1 << 24)
#define FIRST_ROWS 8 /* at least */
#define LEAST_BLOCK 256
#define MOST_BLOCK 8192
#define COPY_ROWS 262144 /* between ticks */
#define LOOK_FROM 8192   /* rows below which looking for duplicates is not worth it */

static const TbShape *shape_of(const TbState *state)
{
	return state->shape == TB_SHAPE_PAIRED ? &tb_paired_shape : state->shape == TB_SHAPE_GROUPED ? &tb_grouped_shape : &tb_sample_shape;
}

static uint64_t capacity(const TbState *state, const TbRows *rows)
{
	return (state->words - tb_state_words(state)[TB_SAMPLE_AT]) / rows->stride;
}

/* Called after every change of an open state: its rows lie behind the head and within the block, and those of closed blocks are among them. */
static void set_limit(TbState *state)
{
	uint64_t *head = tb_state_words(state);
	TbRows rows = tb_sample_rows(state);
	uint64_t room = capacity(state, &rows), block = head[TB_SAMPLE_CLOSED] + TB_SAMPLE_BLOCK, most = TB_MOST_ROWS - head[TB_SAMPLE_BEYOND];

	tb_assert(tb_state_is_open(state) && head[TB_SAMPLE_AT] >= TB_SAMPLE_HEAD && head[TB_SAMPLE_AT] <= state->words);
	tb_assert(rows.closed <= rows.n && rows.n <= room);

	head[TB_SAMPLE_LIMIT] = room < block ? room : block;
	if (head[TB_SAMPLE_LIMIT] > most)
		head[TB_SAMPLE_LIMIT] = most;
}

/* Rows that counts stand for beyond those kept */
static uint64_t beyond(const TbState *state)
{
	TbRows rows = tb_sample_rows(state);
	uint64_t more = 0;

	if (tb_state_is_open(state))
		return tb_state_words(state)[TB_SAMPLE_BEYOND];
	if (!(state->flags & TB_SAMPLE_COUNTED))
		return 0;
	for (size_t i = 0; i < rows.n; i++)
		more += rows.row[i * rows.stride + rows.columns] - 1;
	tb_steps(rows.n);
	return more;
}

/* tb_state_new without its zeros: rows overwrite them, and touching a large block once more costs as much as sorting it */
static TbState *unset_state(const TbShape *shape, uint64_t words)
{
	uint64_t size = sizeof(TbState) + words * 8;
	TbState *state = tb_alloc(size);

	memset(state, 0, sizeof(TbState));
	state->magic = TB_STATE_MAGIC;
	state->version = TB_STATE_VERSION;
	state->shape = shape->code;
	state->size = size;
	state->words = words;
	return state;
}

/* The server hands out small blocks in powers of two: a small state takes all of its own, so that groups of a score of rows never move */
static uint64_t filled(uint64_t words)
{
	uint64_t size = sizeof(TbState) + words * 8, block = LEAST_BLOCK;

	if (size > MOST_BLOCK)
		return words;
	while (block < size)
		block *= 2;
	return (block - sizeof(TbState)) / 8;
}

/* An empty open state */
static TbState *open_state(const TbShape *shape, uint32_t flags, const uint64_t *parameter, TbDictionarySize ids, uint64_t room)
{
	int parameters = flags >> 2 & 3;
	uint64_t at = TB_SAMPLE_HEAD + parameters + (shape->code == TB_SHAPE_GROUPED ? tb_dictionary_words(ids) : 0);
	TbState *state = unset_state(shape, filled(at + room * tb_sample_stride(shape->code, flags)));
	uint64_t *head = tb_state_words(state);

	tb_state_set_open(state, flags);
	head[TB_SAMPLE_N] = head[TB_SAMPLE_CLOSED] = 0;
	head[TB_SAMPLE_AT] = at;
	head[TB_SAMPLE_LOOK] = LOOK_FROM;
	head[TB_SAMPLE_BEYOND] = 0;
	if (parameters)
		memcpy(head + TB_SAMPLE_HEAD, parameter, parameters * sizeof(uint64_t));
	if (shape->code == TB_SHAPE_GROUPED)
		tb_dictionary_begin((uint64_t *)tb_sample_dictionary(state), ids);
	set_limit(state);
	return state;
}

/* Copies rows between forms: a weight of 1 and a count of 1 come in where the target has them and the source has not */
static void copy_rows(uint64_t *to, uint32_t to_flags, const uint64_t *from, uint32_t from_flags, size_t n, int shape)
{
	int columns = tb_sample_columns(shape, from_flags), group = shape == TB_SHAPE_GROUPED, numbers = columns - group;
	int from_stride = tb_sample_stride(shape, from_flags), to_stride = tb_sample_stride(shape, to_flags);
	bool weight = (to_flags & TB_SAMPLE_WEIGHTED) && !(from_flags & TB_SAMPLE_WEIGHTED);

	if (from_stride == to_stride && !weight) {
		for (size_t done = 0, part; done < n; done += part) {
			part = n - done < COPY_ROWS ? n - done : COPY_ROWS;
			memcpy(to + done * to_stride, from + done * to_stride, part * to_stride * sizeof(uint64_t));
			tb_steps(part);
		}
		return;
	}
	for (size_t i = 0; i < n; i++, from += from_stride, to += to_stride) {
		int j = 0;

		for (; j < numbers; j++)
			to[j] = from[j];
		if (weight)
			to[j++] = tb_sort_key(1);
		if (group)
			to[j++] = from[numbers];
		if (to_flags & TB_SAMPLE_COUNTED)
			to[j] = from_flags & TB_SAMPLE_COUNTED ? from[columns] : 1;
		tb_step();
	}
}

/* Room that the group ids of a state need, and some more */
static TbDictionarySize group_room(const TbState *state)
{
	if (state->shape != TB_SHAPE_GROUPED)
		return (TbDictionarySize){0, 0};
	if (state->flags & TB_STATE_OPEN)
		return tb_sample_dictionary(state)->room;
	return (TbDictionarySize){*tb_sample_groups(state) + 8, (state->bytes + 71) & ~(uint64_t)7};
}

static void copy_groups(TbState *to, const TbState *from, TbDictionarySize ids)
{
	TbDictionary *dictionary = tb_sample_dictionary(to);
	uint64_t n;
	TbId *id;

	if (from->flags & TB_STATE_OPEN) {
		tb_dictionary_copy((uint64_t *)dictionary, ids, tb_sample_dictionary(from));
		return;
	}
	n = *tb_sample_groups(from);
	id = tb_alloc(n * sizeof(TbId));
	tb_ids_view(id, tb_sample_groups(from) + 1, n, tb_state_bytes(from));
	for (uint64_t i = 0; i < n; i++, tb_step())
		tb_dictionary_add(dictionary, id[i]);
	tb_free(id);
}

/* The same rows in a new open state of these flags with this much room */
static TbState *reopened(const TbState *state, uint32_t flags, uint64_t room, TbDictionarySize ids)
{
	TbRows rows = tb_sample_rows(state);
	TbState *open = open_state(shape_of(state), flags, tb_sample_parameter(state), ids, room);

	if (state->shape == TB_SHAPE_GROUPED)
		copy_groups(open, state, ids);
	copy_rows(tb_sample_rows(open).row, flags, rows.row, state->flags, rows.n, state->shape);
	tb_state_words(open)[TB_SAMPLE_N] = rows.n;
	tb_state_words(open)[TB_SAMPLE_CLOSED] = rows.closed;
	tb_state_words(open)[TB_SAMPLE_BEYOND] = beyond(state);
	if (state->flags & TB_STATE_OPEN)
		tb_state_words(open)[TB_SAMPLE_LOOK] = tb_state_words(state)[TB_SAMPLE_LOOK];
	set_limit(open);
	return open;
}

static void close_block(TbState *state)
{
	TbRows rows = tb_sample_rows(state);
	size_t n = rows.n - rows.closed;
	uint64_t *scratch = tb_alloc(n * rows.stride * sizeof(uint64_t));

	tb_sort_rows(rows.row + rows.closed * rows.stride, scratch, n, rows.stride, 1);
	tb_free(scratch);
	tb_state_words(state)[TB_SAMPLE_CLOSED] = rows.n;
}

static uint64_t row_hash(const uint64_t *row, int columns)
{
	uint64_t h = 0;

	for (int j = 0; j < columns; j++) {
		h = (h ^ row[j]) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29;
	}
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return h ^ h >> 32;
}

static size_t distinct(uint64_t *hash, uint64_t *scratch, size_t n)
{
	size_t d = 0;

	tb_sort_rows(hash, scratch, n, 1, 1);
	for (size_t i = 0; i < n; i++, tb_step())
		if (i == 0 || hash[i] != hash[d - 1])
			hash[d++] = hash[i];
	return d;
}

/* An estimate of the number of distinct rows, from one in 64 of them chosen by hash: all copies of a row are in or out together */
static size_t distinct_rows(const TbRows *rows)
{
	size_t room = rows->n / 32 + 64, m = 0;
	uint64_t *hash = tb_alloc(room * sizeof(uint64_t)), *scratch = tb_alloc(room * sizeof(uint64_t));

	for (size_t i = 0; i < rows->n; i++) {
		uint64_t h = row_hash(rows->row + i * rows->stride, rows->columns);

		if ((h & 63) == 0)
			hash[m++] = h;
		if (m == room) {
			m = distinct(hash, scratch, m);
			if (m > room / 4 * 3)
				break;
		}
		tb_step();
	}
	m = distinct(hash, scratch, m);
	tb_free(hash);
	tb_free(scratch);
	return m * 64;
}

/* Turns the rows into sorted distinct ones with a count, in place, if they fit the room at hand */
static bool coalesce_in_place(TbState *state)
{
	TbRows rows = tb_sample_rows(state);
	uint64_t room = state->words - tb_state_words(state)[TB_SAMPLE_AT];
	bool counted = state->flags & TB_SAMPLE_COUNTED;
	uint64_t *all = tb_alloc(room * sizeof(uint64_t));
	const uint64_t *chunk;
	size_t d = 0, n;
	TbRunMerge merge;

	tb_merge_begin(&merge, state, NULL);
	while ((n = tb_merge_next(&merge, &chunk)) > 0) {
		if ((d + n) * (rows.columns + 1) > room) {
			/* a chunk that might not fit: judge by what it really needs */
			uint64_t *own = tb_alloc(n * (rows.columns + 1) * sizeof(uint64_t));
			size_t m = tb_coalesce(own, chunk, n, rows.columns, counted);

			if ((d + m) * (rows.columns + 1) > room)
				break;
			memcpy(all + d * (rows.columns + 1), own, m * (rows.columns + 1) * sizeof(uint64_t));
			tb_free(own);
			d += m;
		} else
			d += tb_coalesce(all + d * (rows.columns + 1), chunk, n, rows.columns, counted);
	}
	tb_merge_end(&merge);
	if (n == 0) {
		memcpy(rows.row, all, d * (rows.columns + 1) * sizeof(uint64_t));
		state->flags |= TB_SAMPLE_COUNTED;
		tb_state_words(state)[TB_SAMPLE_LOOK] = 0;
		tb_state_words(state)[TB_SAMPLE_BEYOND] += rows.n - d;
		tb_state_words(state)[TB_SAMPLE_N] = tb_state_words(state)[TB_SAMPLE_CLOSED] = d;
	}
	tb_free(all);
	return n == 0;
}

/* Room for more rows at the end, nothing else changed */
static TbState *lengthened(TbState *state, uint64_t words)
{
	uint64_t size = sizeof(TbState) + words * 8;

	state = tb_grow(state, state->size, size);
	state->size = size;
	state->words = words;
	set_limit(state);
	return state;
}

/* Room for `more` rows: by coalescing if that halves the state, else by growing; near 1 GB any coalescing will do */
static TbStatus make_room(TbState **state, uint64_t more)
{
	TbRows rows = tb_sample_rows(*state);
	uint64_t used = rows.n * rows.stride, fixed = (*state)->size - (*state)->words * 8 + tb_state_words(*state)[TB_SAMPLE_AT] * 8, need, size;

	if (rows.n >= tb_state_words(*state)[TB_SAMPLE_LOOK]) {
		tb_state_words(*state)[TB_SAMPLE_LOOK] = rows.n + rows.n / 2;
		if (distinct_rows(&rows) * (rows.columns + 1) <= used / 2 && coalesce_in_place(*state)) {
			rows = tb_sample_rows(*state);
			if (capacity(*state, &rows) - rows.n >= more)
				return TB_OK;
		}
	}
	if (more > TB_VALUE_LIMIT / 8 || rows.n > TB_VALUE_LIMIT / 8)
		return TB_TOO_LARGE;
	need = fixed + (rows.n + more) * rows.stride * 8;
	if (need > TB_VALUE_LIMIT) {
		if (!coalesce_in_place(*state))
			return TB_TOO_LARGE;
		rows = tb_sample_rows(*state);
		need = fixed + (rows.n + more) * rows.stride * 8;
		if (need > TB_VALUE_LIMIT)
			return TB_TOO_LARGE;
	}
	size = (*state)->size;
	size = size < SMALL_STATE ? size * 2 : size < MEDIUM_STATE ? size / 2 * 3 : size / 4 * 5;
	size = size < need ? need : size > TB_VALUE_LIMIT ? TB_VALUE_LIMIT : size;
	*state = lengthened(*state, (size - sizeof(TbState)) / 8);
	return TB_OK;
}

/* After this a row can be pushed */
static TbStatus give_way(TbState **state)
{
	uint64_t *head = tb_state_words(*state);
	TbRows rows = tb_sample_rows(*state);
	TbStatus status = TB_OK;

	if (rows.n + head[TB_SAMPLE_BEYOND] >= TB_MOST_ROWS)
		return TB_TOO_MANY;
	if (rows.n - rows.closed >= TB_SAMPLE_BLOCK)
		close_block(*state);
	if (capacity(*state, &rows) == head[TB_SAMPLE_N])
		status = make_room(state, 1);
	set_limit(*state);
	return status;
}

static bool same_parameters(const TbState *state, uint32_t form, const uint64_t *parameter)
{
	int n = form >> 2 & 3;

	return n == tb_sample_parameters(state) && (n == 0 || memcmp(tb_sample_parameter(state), parameter, n * sizeof(uint64_t)) == 0);
}

/* Makes the state an open one that can hold rows of this form */
static TbStatus open_for(TbState **state, const TbShape *shape, uint32_t form, const uint64_t *parameter)
{
	TbRows rows;

	if (!*state)
		*state = open_state(shape, form, parameter, (TbDictionarySize){8, 64}, FIRST_ROWS);
	if (!same_parameters(*state, form, parameter))
		return TB_MISMATCH;
	if (!((*state)->flags & TB_STATE_OPEN) || (form & ~(*state)->flags & TB_SAMPLE_WEIGHTED)) {
		rows = tb_sample_rows(*state);
		*state = reopened(*state, ((*state)->flags | form) & ~TB_STATE_OPEN, rows.n + rows.n / 4 + FIRST_ROWS, group_room(*state));
	}
	return TB_OK;
}

static TbStatus append(TbState **state, uint32_t form, const uint64_t *row)
{
	TbRows rows;

	if (tb_state_words(*state)[TB_SAMPLE_N] >= tb_state_words(*state)[TB_SAMPLE_LIMIT]) {
		TbStatus status = give_way(state);

		if (status != TB_OK)
			return status;
	}
	rows = tb_sample_rows(*state);
	copy_rows(rows.row + rows.n * rows.stride, (*state)->flags, row, form, 1, (*state)->shape);
	tb_state_words(*state)[TB_SAMPLE_N]++;
	return TB_OK;
}

TbStatus tb_sample_add(TbState **state, const TbShape *shape, uint32_t form, const uint64_t *parameter, const uint64_t *row)
{
	TbStatus status = open_for(state, shape, form, parameter);

	return status == TB_OK ? append(state, form, row) : status;
}

/* The index of a group in an open state, added if new */
static TbStatus intern(TbState **state, TbId group, uint64_t *index)
{
	uint32_t found;

	while ((found = tb_dictionary_add(tb_sample_dictionary(*state), group)) == TB_NO_ID) {
		TbDictionarySize ids = tb_dictionary_enlarged(tb_sample_dictionary(*state), 1, group.length);
		TbRows rows = tb_sample_rows(*state);

		if (ids.ids > TB_VALUE_LIMIT / 32 || ids.bytes > TB_VALUE_LIMIT)
			return TB_TOO_LARGE;
		*state = reopened(*state, (*state)->flags & ~TB_STATE_OPEN, capacity(*state, &rows), ids);
	}
	*index = found;
	return TB_OK;
}

TbStatus tb_grouped_add(TbState **state, uint32_t form, const uint64_t *parameter, uint64_t *row, TbId group)
{
	TbStatus status = open_for(state, &tb_grouped_shape, form, parameter);

	if (status == TB_OK)
		status = intern(state, group, row + tb_sample_columns(TB_SHAPE_GROUPED, form) - 1);
	return status == TB_OK ? append(state, form, row) : status;
}

/* Adds the groups of source and tells where each went; NULL where the shape has none */
static TbStatus merge_groups(TbState **target, const TbState *source, uint64_t **map)
{
	bool open = source->flags & TB_STATE_OPEN;
	uint64_t n;
	TbId *id;
	TbStatus status = TB_OK;

	*map = NULL;
	if (source->shape != TB_SHAPE_GROUPED)
		return TB_OK;
	n = open ? tb_sample_dictionary(source)->n : *tb_sample_groups(source);
	id = tb_alloc(n * sizeof(TbId));
	*map = tb_alloc(n * sizeof(uint64_t));
	if (!open)
		tb_ids_view(id, tb_sample_groups(source) + 1, n, tb_state_bytes(source));
	for (uint64_t i = 0; i < n && status == TB_OK; i++)
		status = intern(target, open ? tb_dictionary_id(tb_sample_dictionary(source), i) : id[i], *map + i);
	tb_free(id);
	return status;
}

static void append_all(TbState *target, const TbState *source, const uint64_t *map)
{
	TbRows from = tb_sample_rows(source), to = tb_sample_rows(target);
	uint64_t *row = to.row + to.n * to.stride;

	copy_rows(row, target->flags, from.row, source->flags, from.n, source->shape);
	if (map)
		for (size_t i = 0; i < from.n; i++, tb_step())
			row[i * to.stride + to.columns - 1] = map[row[i * to.stride + to.columns - 1]];
	tb_state_words(target)[TB_SAMPLE_N] = to.n + from.n;
}

/* Large sources come in as the sorted blocks they are, small ones join the open tail */
static TbStatus merge(TbState **target, const TbState *source)
{
	TbRows from = tb_sample_rows(source), to = tb_sample_rows(*target);
	uint32_t flags = ((*target)->flags | source->flags) & ~TB_STATE_OPEN;
	bool blocks = from.n >= TB_SAMPLE_BLOCK / 2;
	uint64_t *map, all = from.n;
	uint64_t more;
	TbStatus status;

	if (!same_parameters(*target, source->flags, tb_sample_parameter(source)))
		return TB_MISMATCH;
	if ((*target)->flags != (flags | TB_STATE_OPEN))
		*target = reopened(*target, flags, to.n + from.n + FIRST_ROWS, group_room(*target));
	to = tb_sample_rows(*target);
	more = beyond(source);
	if (!tb_count(&all, more) || !tb_count(&all, to.n + tb_state_words(*target)[TB_SAMPLE_BEYOND]))
		return TB_TOO_MANY;
	if (to.n > to.closed && (blocks || to.n - to.closed + from.n > TB_SAMPLE_BLOCK))
		close_block(*target);
	if ((status = merge_groups(target, source, &map)) != TB_OK)
		return status;
	if (capacity(*target, &to) - to.n < from.n && (status = make_room(target, from.n)) != TB_OK)
		return status;
	to = tb_sample_rows(*target); /* making room may have coalesced */
	append_all(*target, source, map);
	tb_state_words(*target)[TB_SAMPLE_BEYOND] += more;
	if (blocks)
		tb_state_words(*target)[TB_SAMPLE_CLOSED] = to.n + from.closed;
	/* cppcheck-suppress legacyUninitvar ; a parameter that every path above has read */
	set_limit(*target);
	return TB_OK;
}

static TbState *pack(const TbState *state)
{
	return tb_sample_pack(state, shape_of(state));
}

const TbShape tb_sample_shape = {"sample_state", TB_SHAPE_SAMPLE, tb_sample_check, merge, pack, true};
const TbShape tb_paired_shape = {"paired_state", TB_SHAPE_PAIRED, tb_sample_check, merge, pack, true};
const TbShape tb_grouped_shape = {"grouped_state", TB_SHAPE_GROUPED, tb_sample_check, merge, pack, true};
