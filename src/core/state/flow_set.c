/* flow_set.c -- flows as they are stored and read: merging, the packed form, and the rows of links that indices walk */
#include "flow_set.h"

#include <string.h>

#include "flow_matrix.h"
#include "../base/step.h"

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
		tb_step();
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
		batch->status = tb_flow_add_pair(batch->target, batch->original, batch->pair[i]);
	batch->n = 0;
}

static void put(Batch *batch, uint64_t key, TbDd flow)
{
	TbFlowPair pair = tb_flow_pair(*batch->target, key, flow);

	tb_flow_prefetch(*batch->target, pair.key, pair.hash);
	batch->pair[batch->n++] = pair;
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
		put(&batch, tb_flow_key(map[key[i] >> 32], map[(uint32_t)key[i]]), (TbDd){hi[i], lo ? lo[i] : 0});
		tb_step();
	}
	flush(&batch);
	tb_free(id);
	tb_free(map);
	return batch.status;
}

static TbStatus merge_open(TbState **target, const TbState *original, const TbState *source)
{
	const TbDictionary *d = tb_flow_dictionary(source);
	TbId *id = tb_alloc(d->n * sizeof(TbId));
	uint32_t *map = tb_alloc(d->n * sizeof(uint32_t));
	TbStatus status;

	for (uint64_t i = 0; i < d->n; i++, tb_step())
		id[i] = tb_dictionary_id(d, i);
	status = merge_ids(target, original, id, d->n, map);
	if (status == TB_OK)
		status = tb_flow_merge(target, original, source, map);
	tb_free(id);
	tb_free(map);
	return status;
}

TbState *tb_flow_new(const TbShape *shape)
{
	TbState *state = tb_flow_begin((TbDictionarySize){8, 128}, 8, (TbFlowSides){0, 0});

	state->shape = shape->code;
	return state;
}

/* Replaces a packed state by an open one */
static TbStatus unpack(TbState **state)
{
	const TbState *packed = *state;
	TbDictionarySize ids = {tb_state_words(packed)[0] + 8, (packed->bytes + 135) & ~(uint64_t)7};
	uint64_t links = tb_state_words(packed)[1];
	TbState *open = tb_flow_begin(ids, links + 8, tb_flow_packed_sides(keys_of(packed), links, tb_state_words(packed)[0]));
	TbStatus status;

	if (!open)
		return TB_TOO_LARGE;
	open->shape = packed->shape;
	status = merge_packed(&open, packed, packed);
	*state = open;
	return status;
}

/* The dictionary had no room for one of them */
static TbStatus intern_two(TbState **state, const TbState *original, TbId origin, TbId destination, TbIdPair *pair)
{
	TbStatus status = tb_flow_intern(state, original, origin, &pair->a);

	if (status == TB_OK)
		status = tb_flow_intern(state, original, destination, &pair->b);
	if (status == TB_OK)
		pair->hash = tb_dictionary_hash_two(tb_flow_dictionary(*state), pair->a, pair->b);
	return status;
}

TbStatus tb_flow_add(TbState **state, TbId origin, TbId destination, double flow)
{
	const TbState *original = *state;
	TbIdPair pair;
	TbStatus status = original->flags & TB_STATE_OPEN ? TB_OK : unpack(state);

	if (status == TB_OK && !tb_dictionary_add_two(tb_flow_dictionary(*state), origin, destination, &pair))
		status = intern_two(state, original, origin, destination, &pair);
	if (status == TB_OK && flow > 0)
		status = tb_flow_add_row(state, original, (TbFlowRow){tb_flow_key(pair.a, pair.b), pair.hash, flow});
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

/* The open form in canonical order: two stable counting passes, by destination and then by origin */
typedef struct Sorted {
	uint64_t zones, links, text;
	TbId *id;
	size_t *row;
	uint32_t *destination;
	double *hi, *lo; /* lo: NULL where all are 0 */
} Sorted;

typedef struct Link {
	uint32_t origin, destination; /* ranks */
	double hi;
} Link;

static Link ranked(const uint32_t *rank, uint64_t key, double flow)
{
	return (Link){rank[(key >> 32) - 1], rank[(uint32_t)key - 1], flow};
}

static void add_up(size_t *start, uint64_t zones)
{
	for (uint64_t i = 0; i < zones; i++, tb_step())
		start[i + 1] += start[i];
}

/* Where the links of each destination and of each origin begin */
static void count_links(const TbState *state, const uint32_t *rank, uint64_t zones, size_t *column, size_t *row)
{
	const TbFlowOpen *open = tb_flow_open(state);
	const TbFlowCell *cell = tb_flow_table(state);

	for (uint64_t i = 0; i < open->slots + TB_FLOW_WAITING; i++) {
		uint64_t key = i < open->slots ? cell[i].key : open->waiting[i - open->slots].key;

		if (key) {
			row[rank[(key >> 32) - 1] + 1]++;
			column[rank[(uint32_t)key - 1] + 1]++;
		}
		tb_step();
	}
	add_up(column, zones);
	add_up(row, zones);
}

/* Moves the ends of the columns as they fill */
static void by_destination(const TbState *state, const uint32_t *rank, size_t *column, Link *link, double *lo)
{
	const TbFlowOpen *open = tb_flow_open(state);
	const TbFlowCell *cell = tb_flow_table(state);
	const double *low = tb_flow_low(state);

	for (uint64_t i = 0; i < open->slots; i++) {
		if (cell[i].key) {
			Link next = ranked(rank, cell[i].key, cell[i].hi);
			size_t at = column[next.destination]++;

			link[at] = next;
			if (lo)
				lo[at] = low[i];
		}
		tb_step();
	}
	for (int i = 0; i < TB_FLOW_WAITING; i++)
		if (open->waiting[i].key) {
			Link next = ranked(rank, open->waiting[i].key, open->waiting[i].flow);

			link[column[next.destination]++] = next;
		}
}

static void by_origin(Sorted *s, const Link *link, const double *lo)
{
	size_t *next = tb_alloc((s->zones + 1) * sizeof(size_t));

	memcpy(next, s->row, (s->zones + 1) * sizeof(size_t));
	for (uint64_t i = 0; i < s->links; i++) {
		size_t at = next[link[i].origin]++;

		s->destination[at] = link[i].destination;
		s->hi[at] = link[i].hi;
		if (lo)
			s->lo[at] = lo[i];
		tb_step();
	}
	tb_free(next);
}

/* Adds link i to the one before it; the first low part makes room for all */
static void join(Sorted *s, size_t kept, size_t i)
{
	TbDd sum = tb_dd_add((TbDd){s->hi[kept], s->lo ? s->lo[kept] : 0}, (TbDd){s->hi[i], s->lo ? s->lo[i] : 0});

	if (sum.lo != 0 && !s->lo)
		s->lo = tb_alloc_zero(s->links, sizeof(double));
	s->hi[kept] = sum.hi;
	if (s->lo)
		s->lo[kept] = sum.lo;
}

/* Waiting rows may repeat a pair of the table: sorted, they are neighbours. */
static void coalesce(Sorted *s)
{
	size_t kept = 0, start = 0;

	for (uint64_t o = 0; o < s->zones; o++, tb_step()) {
		size_t first = kept;

		for (size_t i = start; i < s->row[o + 1]; i++, tb_step()) {
			if (kept > first && s->destination[kept - 1] == s->destination[i]) {
				join(s, kept - 1, i);
				continue;
			}
			s->destination[kept] = s->destination[i];
			s->hi[kept] = s->hi[i];
			if (s->lo)
				s->lo[kept] = s->lo[i];
			kept++;
		}
		start = s->row[o + 1];
		s->row[o + 1] = kept;
	}
	s->links = kept;
}

static void sort_table(const TbState *state, const uint32_t *order, Sorted *s)
{
	uint32_t *rank = tb_alloc(s->zones * sizeof(uint32_t));
	size_t *column = tb_alloc_zero(s->zones + 1, sizeof(size_t));
	Link *link;
	double *lo;

	for (uint64_t i = 0; i < s->zones; i++, tb_step())
		rank[order[i]] = i;
	count_links(state, rank, s->zones, column, s->row);
	s->links = s->row[s->zones];
	link = tb_alloc(s->links * sizeof(Link));
	lo = tb_flow_low(state) ? tb_alloc_zero(s->links, sizeof(double)) : NULL;
	by_destination(state, rank, column, link, lo);
	tb_free(rank);
	tb_free(column);
	s->destination = tb_alloc(s->links * sizeof(uint32_t));
	s->hi = tb_alloc(s->links * sizeof(double));
	s->lo = lo ? tb_alloc(s->links * sizeof(double)) : NULL;
	by_origin(s, link, lo);
	tb_free(link);
	tb_free(lo);
	coalesce(s);
}

static void read_matrix(const TbState *state, const uint32_t *order, Sorted *s)
{
	TbFlowLinks links = {.zones = s->zones, .row = s->row};

	tb_flow_links(state, order, &links);
	s->links = links.links;
	s->destination = links.destination;
	s->hi = links.hi;
	s->lo = links.lo;
}

static Sorted sorted(const TbState *state)
{
	const TbDictionary *d = tb_flow_dictionary(state);
	Sorted s = {.zones = d->n, .text = d->used, .id = tb_alloc(d->n * sizeof(TbId)), .row = tb_alloc_zero(d->n + 1, sizeof(size_t))};
	uint32_t *order = tb_dictionary_order(d);

	for (uint64_t i = 0; i < d->n; i++, tb_step())
		s.id[i] = tb_dictionary_id(d, order[i]);
	if (tb_flow_is_matrix(state))
		read_matrix(state, order, &s);
	else
		sort_table(state, order, &s);
	tb_free(order);
	return s;
}

static bool any_low(const Sorted *s)
{
	if (s->lo)
		for (size_t i = 0; i < s->links; i++, tb_step())
			if (s->lo[i] != 0)
				return true;
	return false;
}

static TbState *pack(const TbState *state)
{
	Sorted s;
	TbState *to;
	uint64_t *key;
	bool low;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	s = sorted(state);
	low = any_low(&s);
	to = tb_state_new(&tb_flow_shape, 2 + s.zones + s.links * (low ? 3 : 2), s.text);
	to->shape = state->shape;
	to->flags = low ? TB_FLOW_LOW : 0;
	tb_state_words(to)[0] = s.zones;
	tb_state_words(to)[1] = s.links;
	tb_ids_pack((uint64_t *)ends_of(to), tb_state_bytes(to), s.id, s.zones);
	key = (uint64_t *)keys_of(to);
	for (uint64_t o = 0; o < s.zones; o++, tb_step())
		for (size_t i = s.row[o]; i < s.row[o + 1]; i++, tb_step())
			key[i] = o << 32 | s.destination[i];
	memcpy(key + s.links, s.hi, s.links * sizeof(double));
	if (low)
		memcpy((double *)low_of(to), s.lo, s.links * sizeof(double));
	tb_free(s.id);
	tb_free(s.row);
	tb_free(s.destination);
	tb_free(s.hi);
	if (s.lo)
		tb_free(s.lo);
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
		tb_step();
	}
	return width == 3 && low == 0 ? TB_CORRUPT : TB_OK;
}

static void view_open(const TbState *state, TbFlows *flows)
{
	Sorted s = sorted(state);

	*flows = (TbFlows){.zones = s.zones, .id = s.id, .links = s.links, .row = s.row, .destination = s.destination, .flow = s.hi};
	if (s.lo)
		tb_free(s.lo);
}

static void view_packed(const TbState *state, TbFlows *flows)
{
	uint64_t zones = tb_state_words(state)[0], links = tb_state_words(state)[1];
	const uint64_t *key = keys_of(state);
	const double *hi = (const double *)(key + links), *lo = low_of(state);
	TbId *id = tb_alloc(zones * sizeof(TbId));
	size_t *row = tb_alloc_zero(zones + 1, sizeof(size_t));
	uint32_t *destination = tb_alloc(links * sizeof(uint32_t));
	double *flow = tb_alloc(links * sizeof(double));

	tb_ids_view(id, ends_of(state), zones, tb_state_bytes(state));
	for (size_t i = 0; i < links; i++, tb_step()) {
		row[(key[i] >> 32) + 1]++;
		destination[i] = (uint32_t)key[i];
		flow[i] = lo ? hi[i] + lo[i] : hi[i];
	}
	add_up(row, zones);
	*flows = (TbFlows){.zones = zones, .id = id, .links = links, .row = row, .destination = destination, .flow = flow};
}

TbStatus tb_flow_view(const TbState *state, TbFlows *flows)
{
	if (state->flags & TB_STATE_OPEN)
		view_open(state, flows);
	else
		view_packed(state, flows);
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
const TbShape tb_transition_shape = {"transition_state", TB_SHAPE_TRANSITION, check, merge, pack, true};
