/* flow_set.c -- flows as they are stored and read: merging, the packed form, and the rows of links that indices walk */
#include "flow_set.h"

#include <string.h>

#include "flow_table.h"
#include "host.h"

#define TICK 8192
#define STRIDE 8
#define BATCH 16

/* Packed words */
static const uint64_t *ends_of(const TbState *state)
{
	return tb_state_words(state) + 2;
}

static const uint64_t *keys_of(const TbState *state)
{
	return ends_of(state) + tb_state_words(state)[0];
}

static const double *low_of(const TbState *state)
{
	uint64_t links = tb_state_words(state)[1];

	return state->flags & TB_FLOW_LOW ? (const double *)(keys_of(state) + 2 * links) : NULL;
}

/* Adds the ids of source and tells where each went */
static TbStatus merge_ids(TbState **target, const TbState *original, const TbId *id, uint64_t n, uint32_t *map)
{
	for (uint64_t i = 0; i < n; i++) {
		TbStatus status = tb_flow_intern(target, original, id[i], map + i);

		if (status != TB_OK)
			return status;
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	return TB_OK;
}

/* Pairs on their way into a target, some at a time, so that their slots arrive from memory together */
typedef struct Batch {
	TbState **target;
	const TbState *original;
	TbStatus status;
	int n;
	TbFlowPair pair[BATCH];
} Batch;

static void flush(Batch *batch)
{
	for (int i = 0; i < batch->n && batch->status == TB_OK; i++)
		batch->status = tb_flow_add_pair(batch->target, batch->original, batch->pair[i].key, (TbDd){batch->pair[i].hi, batch->pair[i].lo});
	batch->n = 0;
}

static void put(Batch *batch, uint64_t key, double hi, double lo)
{
	tb_flow_prefetch(*batch->target, key);
	batch->pair[batch->n++] = (TbFlowPair){key, hi, lo};
	if (batch->n == BATCH)
		flush(batch);
}

static TbStatus merge_packed(TbState **target, const TbState *original, const TbState *source)
{
	uint64_t n = tb_state_words(source)[0], links = tb_state_words(source)[1];
	const uint64_t *key = keys_of(source);
	const double *hi = (const double *)(key + links), *lo = low_of(source);
	TbId *id = tb_alloc(n * sizeof(TbId));
	uint32_t *map = tb_alloc(n * sizeof(uint32_t));
	Batch batch = {.target = target, .original = original};

	tb_ids_view(id, ends_of(source), n, tb_state_bytes(source));
	batch.status = merge_ids(target, original, id, n, map);
	for (uint64_t i = 0; i < links && batch.status == TB_OK; i++) {
		put(&batch, tb_flow_key(map[key[i] >> 32], map[(uint32_t)key[i]]), hi[i], lo ? lo[i] : 0);
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	flush(&batch);
	tb_free(id);
	tb_free(map);
	return batch.status;
}

static uint64_t mapped(const uint32_t *map, uint64_t key)
{
	return tb_flow_key(map[(key >> 32) - 1], map[(uint32_t)key - 1]);
}

/* The source's table is in hash order. Were it poured in from end to end, a target with the same indices would fill from one side and probe long
 * runs; in strides, into a table that has room for at least the source, every part of it fills evenly. */
static void merge_table(Batch *batch, const TbState *source, const uint32_t *map)
{
	const TbFlowPair *table = tb_flow_table(source);
	const TbFlowOpen *open = tb_flow_open(source);

	for (uint64_t start = 0; start < STRIDE; start++)
		for (uint64_t i = start; i < open->slots && batch->status == TB_OK; i += STRIDE) {
			if (table[i].key)
				put(batch, mapped(map, table[i].key), table[i].hi, table[i].lo);
			if (i / STRIDE % TICK == TICK - 1)
				tb_tick();
		}
	for (int i = 0; i < TB_FLOW_WAITING && batch->status == TB_OK; i++)
		if (open->waiting[i].key)
			put(batch, mapped(map, open->waiting[i].key), open->waiting[i].flow, 0);
	flush(batch);
}

static TbStatus merge_open(TbState **target, const TbState *original, const TbState *source)
{
	const TbDictionary *d = tb_flow_dictionary(source);
	TbId *id = tb_alloc(d->n * sizeof(TbId));
	uint32_t *map = tb_alloc(d->n * sizeof(uint32_t));
	Batch batch = {.target = target, .original = original};

	for (uint64_t i = 0; i < d->n; i++)
		id[i] = tb_dictionary_id(d, i);
	batch.status = merge_ids(target, original, id, d->n, map);
	if (batch.status == TB_OK)
		batch.status = tb_flow_reserve(target, original, tb_flow_open(source)->pairs);
	merge_table(&batch, source, map);
	tb_free(id);
	tb_free(map);
	return batch.status;
}

TbState *tb_flow_new(void)
{
	return tb_flow_begin((TbDictionarySize){8, 128}, 8);
}

/* Replaces a packed state by an open one */
static TbStatus unpack(TbState **state)
{
	const TbState *packed = *state;
	TbDictionarySize ids = {tb_state_words(packed)[0] + 8, (packed->bytes + 135) & ~(uint64_t)7};
	TbState *open = tb_flow_begin(ids, tb_state_words(packed)[1] + 8);
	TbStatus status;

	if (!open)
		return TB_TOO_LARGE;
	status = merge_packed(&open, packed, packed);
	*state = open;
	return status;
}

TbStatus tb_flow_add(TbState **state, TbId origin, TbId destination, double flow)
{
	const TbState *original = *state;
	uint32_t o, d;
	TbStatus status = original->flags & TB_STATE_OPEN ? TB_OK : unpack(state);

	if (status == TB_OK && !tb_dictionary_add_two(tb_flow_dictionary(*state), origin, destination, &o, &d)) {
		status = tb_flow_intern(state, original, origin, &o);
		if (status == TB_OK)
			status = tb_flow_intern(state, original, destination, &d);
	}
	if (status == TB_OK && flow > 0)
		status = tb_flow_add_row(state, original, tb_flow_key(o, d), flow);
	return status;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	const TbState *original = *target;
	TbStatus status = original->flags & TB_STATE_OPEN ? TB_OK : unpack(target);

	if (status != TB_OK)
		return status;
	return source->flags & TB_STATE_OPEN ? merge_open(target, original, source) : merge_packed(target, original, source);
}

/* The open form in canonical order: links sorted by two stable counting passes, destination then origin */
typedef struct Sorted {
	uint64_t zones, links, text;
	TbId *id;
	size_t *row;
	TbFlowPair *link; /* key is the destination */
	bool low;
} Sorted;

static size_t *starts(const TbFlowPair *link, uint64_t n, uint64_t zones, int shift)
{
	size_t *start = tb_alloc_zero(zones + 1, sizeof(size_t));

	for (uint64_t i = 0; i < n; i++)
		start[(uint32_t)(link[i].key >> shift) + 1]++;
	for (uint64_t i = 0; i < zones; i++)
		start[i + 1] += start[i];
	return start;
}

static void distribute(const TbFlowPair *from, TbFlowPair *to, uint64_t n, const size_t *start, uint64_t zones, int shift)
{
	size_t *next = tb_alloc(zones * sizeof(size_t));

	memcpy(next, start, zones * sizeof(size_t));
	for (uint64_t i = 0; i < n; i++) {
		to[next[(uint32_t)(from[i].key >> shift)]++] = from[i];
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	tb_free(next);
}

static uint64_t ranks_of(const uint32_t *rank, uint64_t key)
{
	return (uint64_t)rank[(key >> 32) - 1] << 32 | rank[(uint32_t)key - 1];
}

/* Table and waiting rows as a list, with ranks for indices */
static TbFlowPair *listed(const TbState *state, const uint32_t *rank, uint64_t *n)
{
	const TbFlowOpen *open = tb_flow_open(state);
	const TbFlowPair *table = tb_flow_table(state);
	TbFlowPair *link = tb_alloc((open->pairs + TB_FLOW_WAITING) * sizeof(TbFlowPair));

	*n = 0;
	for (uint64_t i = 0; i < open->slots; i++) {
		if (table[i].key)
			link[(*n)++] = (TbFlowPair){ranks_of(rank, table[i].key), table[i].hi, table[i].lo};
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	for (int i = 0; i < TB_FLOW_WAITING; i++)
		if (open->waiting[i].key)
			link[(*n)++] = (TbFlowPair){ranks_of(rank, open->waiting[i].key), open->waiting[i].flow, 0};
	return link;
}

/* Waiting rows may repeat a pair of the table: sorted, they are neighbours. Tells whether a sum needs more than a double. */
static uint64_t coalesced(TbFlowPair *link, uint64_t n, bool *low)
{
	uint64_t kept = 0;

	*low = false;
	for (uint64_t i = 0; i < n; i++) {
		if (kept > 0 && link[kept - 1].key == link[i].key) {
			TbDd sum = tb_dd_add((TbDd){link[kept - 1].hi, link[kept - 1].lo}, (TbDd){link[i].hi, link[i].lo});

			link[kept - 1].hi = sum.hi;
			link[kept - 1].lo = sum.lo;
		} else
			link[kept++] = link[i];
	}
	for (uint64_t i = 0; i < kept && !*low; i++)
		*low = link[i].lo != 0;
	return kept;
}

static uint32_t *ranked_ids(const TbDictionary *d, TbId *id)
{
	uint32_t *order = tb_dictionary_order(d), *rank = tb_alloc(d->n * sizeof(uint32_t));

	for (uint64_t i = 0; i < d->n; i++) {
		id[i] = tb_dictionary_id(d, order[i]);
		rank[order[i]] = i;
	}
	tb_free(order);
	return rank;
}

static Sorted sorted(const TbState *state)
{
	const TbDictionary *d = tb_flow_dictionary(state);
	Sorted s = {.zones = d->n, .text = d->used, .id = tb_alloc(d->n * sizeof(TbId))};
	uint32_t *rank = ranked_ids(d, s.id);
	uint64_t n;
	TbFlowPair *by_destination;
	size_t *start;

	s.link = listed(state, rank, &n);
	by_destination = tb_alloc(n * sizeof(TbFlowPair));
	start = starts(s.link, n, s.zones, 0);
	distribute(s.link, by_destination, n, start, s.zones, 0);
	tb_free(start);
	start = starts(by_destination, n, s.zones, 32);
	distribute(by_destination, s.link, n, start, s.zones, 32);
	tb_free(start);
	tb_free(by_destination);
	tb_free(rank);
	s.links = coalesced(s.link, n, &s.low);
	s.row = starts(s.link, s.links, s.zones, 32);
	return s;
}

static TbState *pack(const TbState *state)
{
	Sorted s;
	TbState *to;
	uint64_t *key;
	double *hi, *lo;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	s = sorted(state);
	to = tb_state_new(&tb_flow_shape, 2 + s.zones + s.links * (s.low ? 3 : 2), s.text);
	to->flags = s.low ? TB_FLOW_LOW : 0;
	tb_state_words(to)[0] = s.zones;
	tb_state_words(to)[1] = s.links;
	tb_ids_pack((uint64_t *)ends_of(to), tb_state_bytes(to), s.id, s.zones);
	key = (uint64_t *)keys_of(to);
	hi = (double *)(key + s.links);
	lo = (double *)low_of(to);
	for (uint64_t i = 0; i < s.links; i++) {
		key[i] = s.link[i].key;
		hi[i] = s.link[i].hi;
		if (lo)
			lo[i] = s.link[i].lo;
	}
	tb_free(s.id);
	tb_free(s.row);
	tb_free(s.link);
	return to;
}

static bool link_valid(const TbState *state, uint64_t i)
{
	uint64_t zones = tb_state_words(state)[0], links = tb_state_words(state)[1];
	const uint64_t *key = keys_of(state);
	double hi = ((const double *)(key + links))[i], lo = low_of(state) ? low_of(state)[i] : 0;

	return key[i] >> 32 < zones && (uint32_t)key[i] < zones && (i == 0 || key[i - 1] < key[i]) && isfinite(hi) && hi > 0 && isfinite(lo) &&
		   hi + lo == hi;
}

static TbStatus check(const TbState *state)
{
	uint64_t zones, links, low = 0, width = state->flags & TB_FLOW_LOW ? 3 : 2;

	if (state->flags & ~TB_FLOW_LOW || state->words < 2)
		return TB_CORRUPT;
	zones = tb_state_words(state)[0];
	links = tb_state_words(state)[1];
	if (zones == 0 || zones > state->words - 2 || links > (state->words - 2) / width || state->words != 2 + zones + links * width)
		return TB_CORRUPT;
	if (tb_ids_check(ends_of(state), zones, tb_state_bytes(state), state->bytes) != TB_OK)
		return TB_CORRUPT;
	for (uint64_t i = 0; i < links; i++) {
		if (!link_valid(state, i))
			return TB_CORRUPT;
		low += low_of(state) && low_of(state)[i] != 0;
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	return width == 3 && low == 0 ? TB_CORRUPT : TB_OK;
}

static void view_packed(const TbState *state, TbFlows *flows, TbId *id, size_t *row, uint32_t *destination, double *flow)
{
	const uint64_t *key = keys_of(state);
	const double *hi = (const double *)(key + flows->links), *lo = low_of(state);

	tb_ids_view(id, ends_of(state), flows->zones, tb_state_bytes(state));
	for (size_t i = 0; i < flows->links; i++) {
		row[(key[i] >> 32) + 1]++;
		destination[i] = (uint32_t)key[i];
		flow[i] = lo ? hi[i] + lo[i] : hi[i];
	}
	for (uint32_t i = 0; i < flows->zones; i++)
		row[i + 1] += row[i];
}

TbStatus tb_flow_view(const TbState *state, TbFlows *flows)
{
	bool is_open = state->flags & TB_STATE_OPEN;
	Sorted s = {.zones = 0};
	TbId *id;
	size_t *row;
	uint32_t *destination;
	double *flow;

	if (is_open)
		s = sorted(state);
	flows->zones = is_open ? s.zones : tb_state_words(state)[0];
	flows->links = is_open ? s.links : tb_state_words(state)[1];
	id = is_open ? s.id : tb_alloc(flows->zones * sizeof(TbId));
	row = is_open ? s.row : tb_alloc_zero((size_t)flows->zones + 1, sizeof(size_t));
	flows->destination = destination = tb_alloc(flows->links * sizeof(uint32_t));
	flows->flow = flow = tb_alloc(flows->links * sizeof(double));
	if (is_open) {
		for (size_t i = 0; i < s.links; i++) {
			destination[i] = (uint32_t)s.link[i].key;
			flow[i] = s.link[i].hi;
		}
		tb_free(s.link);
	} else
		view_packed(state, flows, id, row, destination, flow);
	flows->id = id;
	flows->row = row;
	return flows->zones ? TB_OK : TB_UNDEFINED;
}

void tb_flow_view_free(TbFlows *flows)
{
	tb_free((void *)flows->id);
	tb_free((void *)flows->row);
	tb_free((void *)flows->destination);
	tb_free((void *)flows->flow);
}

const TbShape tb_flow_shape = {"flow_state", TB_SHAPE_FLOW, check, merge, pack, true};
