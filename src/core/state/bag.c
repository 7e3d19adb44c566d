/* bag.c -- growing, merging, packing and checking tables of ids and numbers */
#include "bag.h"

#include <math.h>
#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"
#include "../base/radix_sort.h"
#include "../base/sort_order.h"
#include "bag_kinds.h"

#define FIRST_ROWS 16
#define SLOW_GROWTH (1024 * 1024)
#define FEW 16

enum { OPEN_PARAMS, OPEN_DICTIONARY, OPEN_ROWS, OPEN_ROOM, OPEN_HEADER };
enum { PACKED_PARAMS, PACKED_IDS, PACKED_ROWS, PACKED_HEADER };

static bool is_open(const TbState *state)
{
	return state->flags & TB_STATE_OPEN;
}

static const double *params_of(const TbState *state)
{
	return tb_state_doubles(state) + (is_open(state) ? (int)OPEN_HEADER : (int)PACKED_HEADER);
}

static uint64_t id_words(const TbBagKind *kind)
{
	return (kind->ids + 1) / 2;
}

static uint64_t values_in(const TbBagKind *kind, const double *params)
{
	return kind->values == TB_BAG_WIDE ? (uint64_t)params[0] : kind->values;
}

static uint64_t row_words(const TbBagKind *kind, const TbState *state)
{
	return id_words(kind) + values_in(kind, params_of(state));
}

static TbDictionary *dictionary_of(const TbState *state)
{
	const uint64_t *w = tb_state_words(state);

	return (TbDictionary *)(w + OPEN_HEADER + w[OPEN_PARAMS]);
}

static uint64_t *rows_of(const TbState *state)
{
	uint64_t *w = tb_state_words(state);

	return is_open(state) ? w + OPEN_HEADER + w[OPEN_PARAMS] + w[OPEN_DICTIONARY] : w + PACKED_HEADER + w[PACKED_PARAMS] + w[PACKED_IDS];
}

static uint64_t rows_in(const TbState *state)
{
	return tb_state_words(state)[is_open(state) ? (int)OPEN_ROWS : (int)PACKED_ROWS];
}

static uint32_t row_id(const uint64_t *row, int i)
{
	return (uint32_t)(row[i / 2] >> (i % 2 ? 0 : 32));
}

static void set_row_id(uint64_t *row, int i, uint32_t id)
{
	row[i / 2] |= (uint64_t)id << (i % 2 ? 0 : 32);
}

/* To take the place of `old`, if there is one */
static TbState *open_block(const TbBagKind *kind, TbState *old, const double *params, uint64_t n, TbDictionarySize dictionary, uint64_t room)
{
	uint64_t words = tb_dictionary_words(dictionary), all = OPEN_HEADER + n + words + room * (id_words(kind) + values_in(kind, params)), *w;
	TbState *state = old ? tb_state_beside(old, &kind->shape, all, 0) : tb_state_new(&kind->shape, all, 0);

	tb_state_set_open(state, 0);
	w = tb_state_words(state);
	w[OPEN_PARAMS] = n;
	w[OPEN_DICTIONARY] = words;
	w[OPEN_ROOM] = room;
	if (n > 0)
		memcpy(w + OPEN_HEADER, params, n * 8);
	return state;
}

TbState *tb_bag_new(const TbBagKind *kind, const double *params, uint64_t n)
{
	TbDictionarySize size = {FIRST_ROWS, FIRST_ROWS * 8};
	TbState *state = open_block(kind, NULL, params, n, size, FIRST_ROWS);

	tb_dictionary_begin((uint64_t *)dictionary_of(state), size);
	return state;
}

/* A larger copy with room for so much more */
static void grow(const TbBagKind *kind, TbState **state, uint64_t rows, uint64_t ids, uint64_t bytes)
{
	const uint64_t *w = tb_state_words(*state);
	TbDictionarySize size = tb_dictionary_enlarged(dictionary_of(*state), ids, bytes);
	uint64_t room = w[OPEN_ROOM], need = w[OPEN_ROWS] + rows;
	TbState *larger;

	if (need > room) {
		room = room * row_words(kind, *state) * 8 < SLOW_GROWTH ? room * 2 : room + room / 2;
		if (room < need)
			room = need;
	}
	larger = open_block(kind, *state, params_of(*state), w[OPEN_PARAMS], size, room);
	tb_dictionary_copy((uint64_t *)dictionary_of(larger), size, dictionary_of(*state));
	tb_state_words(larger)[OPEN_ROWS] = w[OPEN_ROWS];
	tb_copy(rows_of(larger), rows_of(*state), w[OPEN_ROWS] * row_words(kind, *state) * 8);
	tb_give_back(*state);
	*state = larger;
}

/* A packed state opened again: its ids keep their indices */
static TbState *reopen(const TbBagKind *kind, const TbState *packed)
{
	const uint64_t *w = tb_state_words(packed), *end = w + PACKED_HEADER + w[PACKED_PARAMS];
	uint64_t n = w[PACKED_IDS], rows = w[PACKED_ROWS];
	TbDictionarySize size = {n + FIRST_ROWS, (packed->bytes + FIRST_ROWS * 8 + 7) & ~(uint64_t)7};
	TbState *state = open_block(kind, NULL, params_of(packed), w[PACKED_PARAMS], size, rows + FIRST_ROWS);
	TbDictionary *dictionary = tb_dictionary_begin((uint64_t *)dictionary_of(state), size);
	TbId *id = tb_alloc(n * sizeof(TbId));

	tb_ids_view(id, end, n, tb_state_bytes(packed));
	for (uint64_t i = 0; i < n; i++, tb_step())
		(void)tb_dictionary_add(dictionary, id[i]);
	tb_free(id);
	tb_state_words(state)[OPEN_ROWS] = rows;
	tb_copy(rows_of(state), rows_of(packed), rows * row_words(kind, packed) * 8);
	return state;
}

static uint32_t index_of(const TbBagKind *kind, TbState **state, TbId id)
{
	uint32_t index = tb_dictionary_add(dictionary_of(*state), id);

	if (index == TB_NO_ID) {
		grow(kind, state, 0, 1, id.length);
		index = tb_dictionary_add(dictionary_of(*state), id);
	}
	return index;
}

TbStatus tb_bag_add(const TbBagKind *kind, TbState **state, const TbId *id, const double *value)
{
	uint32_t index[TB_BAG_IDS];
	uint64_t *w, *row, width;

	if (!is_open(*state))
		*state = reopen(kind, *state);
	for (int i = 0; i < kind->ids; i++)
		index[i] = id[i].text ? index_of(kind, state, id[i]) : TB_NO_ID;
	w = tb_state_words(*state);
	if (w[OPEN_ROWS] == w[OPEN_ROOM]) {
		grow(kind, state, 1, 0, 0);
		w = tb_state_words(*state);
	}
	width = row_words(kind, *state);
	row = rows_of(*state) + w[OPEN_ROWS]++ * width;
	tb_assert(w[OPEN_ROWS] <= w[OPEN_ROOM] && row + width <= w + (*state)->words);
	memset(row, 0, id_words(kind) * 8);
	for (int i = 0; i < kind->ids; i++)
		set_row_id(row, i, index[i]);
	if (width > id_words(kind))
		memcpy(row + id_words(kind), value, (width - id_words(kind)) * 8);
	return TB_OK;
}

bool tb_bag_same_params(const TbState *state, const double *params, uint64_t n)
{
	return tb_state_words(state)[0] == n && (n == 0 || memcmp(params_of(state), params, n * 8) == 0);
}

TbStatus tb_bag_merge(const TbBagKind *kind, TbState **target, const TbState *source)
{
	TbId *id;
	uint64_t n, rows = rows_in(source), width = row_words(kind, source);
	const uint64_t *from = rows_of(source);
	uint32_t *map;

	if (!tb_bag_same_params(*target, params_of(source), tb_state_words(source)[0]))
		return TB_MISMATCH;
	if (!is_open(*target))
		*target = reopen(kind, *target);
	if (is_open(source)) {
		n = dictionary_of(source)->n;
		id = tb_alloc(n * sizeof(TbId));
		for (uint64_t i = 0; i < n; i++, tb_step())
			id[i] = tb_dictionary_id(dictionary_of(source), i);
	} else {
		n = tb_state_words(source)[PACKED_IDS];
		id = tb_alloc(n * sizeof(TbId));
		tb_ids_view(id, tb_state_words(source) + PACKED_HEADER + tb_state_words(source)[PACKED_PARAMS], n, tb_state_bytes(source));
	}
	map = tb_alloc(n * sizeof(uint32_t));
	for (uint64_t i = 0; i < n; i++, tb_step())
		map[i] = index_of(kind, target, id[i]);
	if (tb_state_words(*target)[OPEN_ROWS] + rows > tb_state_words(*target)[OPEN_ROOM])
		grow(kind, target, rows, 0, 0);
	for (uint64_t r = 0; r < rows; r++, from += width) {
		uint64_t *row = rows_of(*target) + tb_state_words(*target)[OPEN_ROWS]++ * width;

		memset(row, 0, width * 8);
		for (int i = 0; i < kind->ids; i++)
			set_row_id(row, i, row_id(from, i) == TB_NO_ID ? TB_NO_ID : map[row_id(from, i)]);
		memcpy(row + id_words(kind), from + id_words(kind), (width - id_words(kind)) * 8);
		tb_step();
	}
	tb_free(id);
	tb_free(map);
	return TB_OK;
}

typedef struct Sorting {
	const uint64_t *row;
	uint64_t words;
} Sorting;

/* Ids are in the upper and lower halves of the leading words and values are not negative, so whole words in turn compare as the columns do. */
static bool before(const void *context, size_t a, size_t b)
{
	const Sorting *s = context;
	const uint64_t *x = s->row + a * s->words, *y = s->row + b * s->words;

	for (uint64_t i = 0; i < s->words; i++)
		if (x[i] != y[i])
			return x[i] < y[i];
	return false;
}

typedef struct Run {
	const Sorting *sorting;
	const size_t *row;
} Run;

static bool before_in_run(const void *context, size_t a, size_t b)
{
	const Run *run = context;

	return before(run->sorting, run->row[a], run->row[b]);
}

/* Rows of one first word, by the others */
static void order_run(const Sorting *s, size_t *order, size_t n)
{
	size_t *sorted, *copy;

	if (n > FEW) {
		Run run = {s, order};

		sorted = tb_sort_order_by(n, before_in_run, &run);
		copy = tb_alloc(n * sizeof(size_t));
		for (size_t i = 0; i < n; i++, tb_step())
			copy[i] = order[sorted[i]];
		memcpy(order, copy, n * sizeof(size_t));
		tb_free(copy);
		tb_free(sorted);
		return;
	}
	for (size_t i = 1; i < n; i++, tb_step()) {
		size_t row = order[i], k = i;

		for (; k > 0 && before(s, row, order[k - 1]); k--)
			order[k] = order[k - 1];
		order[k] = row;
	}
}

/* Radix sort of the first word, which holds the ids, then what is left */
static size_t *order_rows(const Sorting *s, size_t n)
{
	uint64_t *key = tb_alloc(n * 2 * sizeof(uint64_t)), *scratch = tb_alloc(n * 2 * sizeof(uint64_t));
	size_t *order = tb_alloc(n * sizeof(size_t));

	TB_ROWS (i, 0, n) {
		key[2 * i] = s->row[i * s->words];
		key[2 * i + 1] = i;
	}
	tb_sort_rows(key, scratch, n, 2, 2);
	TB_ROWS (i, 0, n)
		order[i] = key[2 * i + 1];
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && key[2 * to] == key[2 * from]; to++)
			;
		order_run(s, order + from, to - from);
		tb_steps(to - from);
	}
	tb_free(key);
	tb_free(scratch);
	return order;
}

TbState *tb_bag_pack(const TbBagKind *kind, const TbState *state)
{
	const TbDictionary *dictionary;
	uint64_t n, rows = rows_in(state), width = row_words(kind, state), params = tb_state_words(state)[0], bytes = 0, *w, *scratch;
	uint32_t *order, *rank;
	size_t *sorted;
	TbId *id;
	TbState *packed;

	if (!is_open(state))
		return (TbState *)state;
	dictionary = dictionary_of(state);
	n = dictionary->n;
	order = tb_dictionary_order(dictionary);
	rank = tb_alloc(n * sizeof(uint32_t));
	id = tb_alloc(n * sizeof(TbId));
	for (uint64_t i = 0; i < n; i++, tb_step()) {
		rank[order[i]] = i;
		id[i] = tb_dictionary_id(dictionary, order[i]);
		bytes += id[i].length;
	}
	packed = tb_state_new(&kind->shape, PACKED_HEADER + params + n + rows * width, bytes);
	w = tb_state_words(packed);
	w[PACKED_PARAMS] = params;
	w[PACKED_IDS] = n;
	w[PACKED_ROWS] = rows;
	if (params > 0)
		memcpy(w + PACKED_HEADER, params_of(state), params * 8);
	tb_ids_pack(w + PACKED_HEADER + params, tb_state_bytes(packed), id, n);
	scratch = tb_alloc(rows * width * 8);
	for (uint64_t r = 0; r < rows; r++) {
		const uint64_t *from = rows_of(state) + r * width;
		uint64_t *to = scratch + r * width;

		memset(to, 0, id_words(kind) * 8);
		for (int i = 0; i < kind->ids; i++)
			set_row_id(to, i, row_id(from, i) == TB_NO_ID ? TB_NO_ID : rank[row_id(from, i)]);
		memcpy(to + id_words(kind), from + id_words(kind), (width - id_words(kind)) * 8);
		tb_step();
	}
	sorted = order_rows(&(Sorting){scratch, width}, rows);
	for (uint64_t r = 0; r < rows; r++, tb_step())
		memcpy(rows_of(packed) + r * width, scratch + sorted[r] * width, width * 8);
	tb_free(order);
	tb_free(rank);
	tb_free(id);
	tb_free(scratch);
	tb_free(sorted);
	return packed;
}

static bool row_ok(const TbBagKind *kind, const uint64_t *row, uint64_t ids, uint64_t values)
{
	bool wide = kind->values == TB_BAG_WIDE;

	for (int i = 0; i < kind->ids; i++) {
		uint32_t id = row_id(row, i);

		if (id == TB_NO_ID ? !(kind->optional_ids >> i & 1) : id >= ids)
			return false;
	}
	if (kind->ids % 2 && (uint32_t)row[kind->ids / 2] != 0)
		return false;
	for (uint64_t i = 0; i < values; i++) {
		double x;

		memcpy(&x, row + id_words(kind) + i, 8);
		if (isnan(x) ? wide || !(kind->optional_values >> i & 1) || row[id_words(kind) + i] != TB_BAG_MISSING
					 : !isfinite(x) || (signbit(x) && (x == 0 || (!wide && !(kind->signed_values >> i & 1)))))
			return false;
	}
	return true;
}

TbStatus tb_bag_check(const TbBagKind *kind, const TbState *state)
{
	const uint64_t *w = tb_state_words(state);
	uint64_t params, ids, rows, width;
	Sorting sorting;

	if (state->flags != 0 || state->words < PACKED_HEADER)
		return TB_CORRUPT;
	params = w[PACKED_PARAMS];
	ids = w[PACKED_IDS];
	rows = w[PACKED_ROWS];
	if (params > state->words - PACKED_HEADER || ids > state->words || rows > state->words || ids >= TB_NO_ID ||
		!kind->params_ok(params_of(state), params))
		return TB_CORRUPT;
	width = row_words(kind, state);
	if (PACKED_HEADER + params + ids + rows * width != state->words ||
		tb_ids_check(w + PACKED_HEADER + params, ids, tb_state_bytes(state), state->bytes) != TB_OK)
		return TB_CORRUPT;
	sorting = (Sorting){rows_of(state), width};
	for (uint64_t r = 0; r < rows; r++) {
		if (!row_ok(kind, sorting.row + r * width, ids, width - id_words(kind)) || (r > 0 && before(&sorting, r, r - 1)))
			return TB_CORRUPT;
		tb_step();
	}
	return TB_OK;
}

TbStatus tb_bag_view(const TbBagKind *kind, const TbState *state, TbBag *bag)
{
	const TbState *packed = tb_bag_pack(kind, state);
	const uint64_t *w = tb_state_words(packed), *row = rows_of(packed);
	TbId *id = tb_alloc(w[PACKED_IDS] * sizeof(TbId));

	tb_ids_view(id, w + PACKED_HEADER + w[PACKED_PARAMS], w[PACKED_IDS], tb_state_bytes(packed));
	*bag = (TbBag){.params = w[PACKED_PARAMS], .param = params_of(packed), .ids = w[PACKED_IDS], .id = id, .rows = w[PACKED_ROWS]};
	for (int i = 0; i < kind->ids; i++)
		bag->row_id[i] = tb_alloc(bag->rows * sizeof(uint32_t));
	for (int i = 0; i < kind->values && kind->values != TB_BAG_WIDE; i++)
		bag->value[i] = tb_alloc(bag->rows * sizeof(double));
	bag->wide = (const double *)(row + id_words(kind));
	bag->stride = row_words(kind, packed);
	for (size_t r = 0; r < bag->rows; r++, row += bag->stride) {
		for (int i = 0; i < kind->ids; i++)
			bag->row_id[i][r] = row_id(row, i);
		for (int i = 0; i < kind->values && kind->values != TB_BAG_WIDE; i++)
			memcpy(&bag->value[i][r], row + id_words(kind) + i, 8);
		tb_step();
	}
	return bag->rows > 0 ? TB_OK : TB_UNDEFINED;
}

/* Is the pair (a, b) a row? */
static bool has_pair(const TbBag *bag, uint32_t a, uint32_t b)
{
	size_t from = 0, to = bag->rows;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		uint32_t id = bag->row_id[0][middle];

		if (id < a || (id == a && bag->row_id[1][middle] < b))
			from = middle + 1;
		else
			to = middle;
	}
	return from < bag->rows && bag->row_id[0][from] == a && bag->row_id[1][from] == b;
}

bool tb_bag_one_way(const TbBag *bag)
{
	const uint32_t *a = bag->row_id[0], *b = bag->row_id[1];
	bool pairs = false;

	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		if (a[r] == TB_NO_ID || b[r] == TB_NO_ID || a[r] == b[r])
			continue;
		if (has_pair(bag, b[r], a[r]))
			return false;
		pairs = true;
	}
	return pairs;
}

bool tb_bag_pair_twice(const TbBag *bag, size_t *row)
{
	const uint32_t *a = bag->row_id[0], *b = bag->row_id[1];

	for (size_t r = 1; r < bag->rows; r++, tb_step())
		if (a[r] == a[r - 1] && b[r] == b[r - 1] && a[r] != TB_NO_ID && b[r] != TB_NO_ID) {
			*row = r;
			return true;
		}
	return false;
}
