/* cluster_set.c -- cross moments by text key */
#include "cluster_set.h"

#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"

#define HEADER_WORDS 4 /* open: p, ln w hi, ln w lo, rows; packed: p, keys, ln w hi, ln w lo */
#define OPEN_ROWS 3

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_cluster_shape = {"cluster_state", TB_SHAPE_CLUSTER, check, merge, pack, false};

static uint64_t block_words(uint32_t p)
{
	return 1 + 2 * tb_moment_cells(p);
}

static TbDictionary *dictionary(const TbState *state)
{
	return (TbDictionary *)(tb_state_words(state) + HEADER_WORDS);
}

static uint64_t *blocks(const TbState *state)
{
	return (uint64_t *)dictionary(state) + tb_dictionary_words(dictionary(state)->room);
}

static TbState *begin(uint32_t p, TbDictionarySize size)
{
	uint64_t words = HEADER_WORDS + tb_dictionary_words(size) + size.ids * block_words(p);
	TbState *state;

	if (words > TB_STATE_MOST_WORDS)
		return NULL;
	state = tb_state_new(&tb_cluster_shape, words, 0);
	tb_state_set_open(state, 0);
	tb_state_words(state)[0] = p;
	tb_dictionary_begin(tb_state_words(state) + HEADER_WORDS, size);
	return state;
}

static TbMoments block(uint64_t *at, uint32_t p)
{
	double *cells = (double *)(at + 1);

	return (TbMoments){p, at[0], {0, 0}, cells, cells + tb_moment_cells(p)};
}

/* The block of a key in an open state, made if new; NULL past the limit */
static uint64_t *intern(TbState **state, TbId id)
{
	uint32_t p = tb_state_words(*state)[0], i;

	while ((i = tb_dictionary_add(dictionary(*state), id)) == TB_NO_ID) {
		const TbState *old = *state;
		TbDictionarySize size = tb_dictionary_enlarged(dictionary(old), 1, id.length);
		TbState *larger = begin(p, size);

		if (!larger)
			return NULL;
		memcpy(tb_state_words(larger), tb_state_words(old), HEADER_WORDS * 8);
		tb_dictionary_copy(tb_state_words(larger) + HEADER_WORDS, size, dictionary(old));
		tb_copy(blocks(larger), blocks(old), dictionary(old)->n * block_words(p) * 8);
		*state = larger;
	}
	tb_assert(blocks(*state) + (i + 1) * block_words(p) <= tb_state_words(*state) + (*state)->words);
	return blocks(*state) + i * block_words(p);
}

static TbStatus merge_blocks(TbState **target, const TbState *source)
{
	TbClusters from;
	TbStatus status = tb_cluster_view(source, &from);

	if (status != TB_OK)
		return status;
	if (tb_state_words(*target)[0] != from.p)
		return TB_MISMATCH;
	for (size_t c = 0; c < from.clusters; c++) {
		uint64_t *at = intern(target, from.id[c]);
		TbMoments into;

		if (!at)
			return TB_TOO_LARGE;
		into = block(at, from.p);
		status = tb_moments_merge(into.hi, into.lo, from.moments[c].hi, from.moments[c].lo, tb_moment_cells(from.p));
		if (status == TB_OK && !(tb_count(at, from.moments[c].n) && tb_count(tb_state_words(*target) + OPEN_ROWS, from.moments[c].n)))
			status = TB_TOO_MANY;
		if (status != TB_OK)
			return status;
		tb_tick();
	}
	return tb_moments_add_log(tb_state_doubles(*target) + 1, from.whole.log_weight);
}

/* Replaces a packed state by an open one */
static TbStatus reopen(TbState **state)
{
	const TbState *packed = *state;
	TbState *open;
	TbStatus status;

	if (packed->flags & TB_STATE_OPEN)
		return TB_OK;
	open = begin(tb_state_words(packed)[0], (TbDictionarySize){tb_state_words(packed)[1] + 4, packed->bytes + 64});
	if (!open)
		return TB_TOO_LARGE;
	status = merge_blocks(&open, packed);
	*state = open;
	return status;
}

TbStatus tb_cluster_add(TbState **state, TbId cluster, double y, const double *x, uint32_t p, double weight)
{
	double z[TB_MOMENT_WIDTH + 4];
	uint64_t *at;
	TbMoments into;
	TbStatus status;

	if (p < 1 || p > TB_MOMENT_COLUMNS)
		return TB_TOO_LARGE;
	if (!*state)
		*state = begin(p, (TbDictionarySize){4, 64});
	status = reopen(state);
	if (status != TB_OK)
		return status;
	if (tb_state_words(*state)[0] != p)
		return TB_MISMATCH;
	tb_moments_row(z, y, x, p);
	if (!tb_moments_in_range(z, p, weight))
		return TB_OUT_OF_RANGE;
	at = intern(state, cluster);
	if (!at)
		return TB_TOO_LARGE;
	into = block(at, p);
	tb_moments_add_lines(into.hi, into.lo, p, z, weight, 1);
	if (!(tb_count(at, 1) && tb_count(tb_state_words(*state) + OPEN_ROWS, 1)))
		return TB_TOO_MANY;
	return weight == 1 ? TB_OK : tb_moments_add_log(tb_state_doubles(*state) + 1, tb_dd(log(weight)));
}

static TbStatus merge(TbState **target, const TbState *source)
{
	TbStatus status = reopen(target);

	return status == TB_OK ? merge_blocks(target, source) : status;
}

/* Sum over clusters in key order */
static TbStatus total(TbClusters *c, TbDd log_weight)
{
	size_t cells = tb_moment_cells(c->p);

	c->whole = (TbMoments){c->p, 0, log_weight, tb_alloc_zero(cells, sizeof(double)), tb_alloc_zero(cells, sizeof(double))};
	for (size_t i = 0; i < c->clusters; i++) {
		if (tb_moments_merge(c->whole.hi, c->whole.lo, c->moments[i].hi, c->moments[i].lo, cells) != TB_OK)
			return TB_OUT_OF_RANGE;
		c->whole.n += c->moments[i].n;
		tb_steps(16);
	}
	return TB_OK;
}

TbStatus tb_cluster_view(const TbState *state, TbClusters *c)
{
	uint64_t *words = tb_state_words(state), size = block_words(words[0]);
	bool open = state->flags & TB_STATE_OPEN;
	double *logs = tb_state_doubles(state) + (open ? 1 : 2);
	uint64_t *first = open ? blocks(state) : words + HEADER_WORDS + words[1];
	uint32_t *order = open ? tb_dictionary_order(dictionary(state)) : NULL;

	c->p = words[0];
	c->clusters = open ? dictionary(state)->n : words[1];
	c->id = tb_alloc(c->clusters * sizeof(TbId));
	c->moments = tb_alloc(c->clusters * sizeof(TbMoments));
	if (!open)
		tb_ids_view(c->id, words + HEADER_WORDS, c->clusters, tb_state_bytes(state));
	for (size_t i = 0; i < c->clusters; i++, tb_step()) {
		if (open)
			c->id[i] = tb_dictionary_id(dictionary(state), order[i]);
		c->moments[i] = block(first + (open ? order[i] : i) * size, c->p);
	}
	return total(c, (TbDd){logs[0], logs[1]});
}

static TbMoments first_columns(const TbMoments *from, uint32_t p)
{
	size_t cells = tb_moment_cells(p);
	TbMoments to = {p, from->n, from->log_weight, tb_alloc_zero(cells, sizeof(double)), tb_alloc_zero(cells, sizeof(double))};

	for (size_t i = 0; i < p + 2; i++, tb_step())
		for (size_t j = i; j < p + 2; j++, tb_step()) {
			TbDd sum = tb_moment(from, i == p + 1 ? from->p + 1 : i, j == p + 1 ? from->p + 1 : j);

			to.hi[tb_moment_cell(p, i, j)] = sum.hi;
			to.lo[tb_moment_cell(p, i, j)] = sum.lo;
		}
	return to;
}

void tb_clusters_drop(TbClusters *c, uint32_t p)
{
	for (size_t i = 0; i < c->clusters; i++, tb_step())
		c->moments[i] = first_columns(c->moments + i, p);
	c->whole = first_columns(&c->whole, p);
	c->p = p;
}

static TbState *pack(const TbState *state)
{
	TbClusters c;
	uint64_t bytes = 0, *words, *at, size;
	TbState *packed;
	double *logs;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	(void)tb_cluster_view(state, &c); /* an overflow shows again in the final */
	size = block_words(c.p);
	for (size_t i = 0; i < c.clusters; i++, tb_step())
		bytes += c.id[i].length;
	packed = tb_state_new(&tb_cluster_shape, HEADER_WORDS + c.clusters + c.clusters * size, bytes);
	words = tb_state_words(packed);
	words[0] = c.p;
	words[1] = c.clusters;
	logs = tb_state_doubles(packed) + 2;
	logs[0] = tb_state_doubles(state)[1];
	logs[1] = tb_state_doubles(state)[2];
	tb_ids_pack(words + HEADER_WORDS, tb_state_bytes(packed), c.id, c.clusters);
	at = words + HEADER_WORDS + c.clusters;
	for (size_t i = 0; i < c.clusters; i++, at += size) {
		TbMoments to;

		at[0] = c.moments[i].n;
		to = block(at, c.p);
		memcpy(to.hi, c.moments[i].hi, tb_moment_cells(c.p) * 8);
		memcpy(to.lo, c.moments[i].lo, tb_moment_cells(c.p) * 8);
		tb_moments_clean(to.hi, to.lo, c.p);
		tb_tick();
	}
	return packed;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state);
	const double *doubles = tb_state_doubles(state);
	uint64_t n = 0, size;

	if (state->flags || state->words < HEADER_WORDS || words[0] < 1 || words[0] > TB_MOMENT_COLUMNS || words[1] < 1)
		return TB_CORRUPT;
	size = block_words(words[0]);
	if (words[1] > TB_STATE_MOST_WORDS / (size + 1) || state->words != HEADER_WORDS + words[1] * (size + 1))
		return TB_CORRUPT;
	if (!isfinite(doubles[2]) || !isfinite(doubles[3]) || doubles[2] + doubles[3] != doubles[2] ||
		tb_ids_check(words + HEADER_WORDS, words[1], tb_state_bytes(state), state->bytes) != TB_OK)
		return TB_CORRUPT;
	for (uint64_t i = 0; i < words[1]; i++) {
		TbMoments m = block((uint64_t *)words + HEADER_WORDS + words[1] + i * size, words[0]);

		if (m.n < 1 || m.n > TB_MOST_ROWS || !(m.hi[0] > 0) || tb_moments_check(m.hi, m.lo, m.p) != TB_OK)
			return TB_CORRUPT;
		if (!tb_count(&n, m.n))
			return TB_CORRUPT;
		tb_tick();
	}
	return TB_OK;
}
