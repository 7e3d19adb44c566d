/* sample_merge.c -- merging the sorted blocks of a sample state, a chunk at a time */
#include <math.h>
#include <string.h>

#include "../base/step.h"
#include "../base/radix_sort.h"
#include "sample_merge.h"

#define CHUNK (2 * TB_SAMPLE_BLOCK)
#define SAMPLE_EVERY 1024

static void find_runs(TbRunMerge *merge, const uint64_t *tail, size_t tail_n)
{
	const uint64_t *row = merge->rows.row;
	size_t n = merge->rows.closed, runs = 0;
	int stride = merge->rows.stride;

	TB_ROWS (i, 0, n)
		runs += i == 0 || row[i * stride] < row[(i - 1) * stride];
	merge->run = tb_alloc((runs + 1) * sizeof(uint64_t *));
	merge->end = tb_alloc((runs + 1) * sizeof(uint64_t *));
	TB_ROWS (i, 0, n) {
		if (i == 0 || row[i * stride] < row[(i - 1) * stride])
			merge->run[merge->runs++] = row + i * stride;
		merge->end[merge->runs - 1] = row + (i + 1) * stride;
	}
	if (tail_n > 0) {
		merge->run[merge->runs] = tail;
		merge->end[merge->runs++] = tail + tail_n * stride;
	}
}

/* Values that cut the rows into about equal chunks: every so many of a regular sample of all runs */
static void find_splitters(TbRunMerge *merge)
{
	size_t room = merge->rows.n / SAMPLE_EVERY + merge->runs, m = 0;
	uint64_t *sample, *scratch;

	if (merge->rows.n <= 2 * CHUNK)
		return;
	sample = tb_alloc(room * sizeof(uint64_t));
	scratch = tb_alloc(room * sizeof(uint64_t));
	for (size_t r = 0; r < merge->runs; r++, tb_step())
		for (const uint64_t *at = merge->run[r]; at < merge->end[r] && m < room; at += (size_t)SAMPLE_EVERY * merge->rows.stride)
			sample[m++] = *at;
	tb_sort_rows(sample, scratch, m, 1, 1);
	tb_free(scratch);
	for (size_t i = CHUNK / SAMPLE_EVERY; i < m; i += CHUNK / SAMPLE_EVERY)
		sample[merge->splitters++] = sample[i];
	merge->splitter = sample;
}

size_t tb_sample_group_ids(const TbState *state, TbId **id, uint64_t **rank)
{
	const TbDictionary *dictionary = tb_sample_dictionary(state);
	uint32_t *order;
	size_t n;

	*rank = NULL;
	if (!(state->flags & TB_STATE_OPEN)) {
		n = *tb_sample_groups(state);
		*id = tb_alloc(n * sizeof(TbId));
		tb_ids_view(*id, tb_sample_groups(state) + 1, n, tb_state_bytes(state));
		return n;
	}
	n = dictionary->n;
	order = tb_dictionary_order(dictionary);
	*id = tb_alloc(n * sizeof(TbId));
	*rank = tb_alloc(n * sizeof(uint64_t));
	for (size_t i = 0; i < n; i++, tb_step()) {
		(*id)[i] = tb_dictionary_id(dictionary, order[i]);
		(*rank)[order[i]] = i;
	}
	tb_free(order);
	return n;
}

static void rank_groups(const TbRunMerge *merge, uint64_t *rows, size_t n)
{
	if (merge->rank)
		TB_ROWS (i, 0, n)
			rows[i * merge->rows.stride + merge->rows.columns - 1] = merge->rank[rows[i * merge->rows.stride + merge->rows.columns - 1]];
}

/* The rows behind the closed blocks, sorted by that many columns */
static uint64_t *sorted_tail(const TbRunMerge *merge, size_t n, int columns)
{
	int stride = merge->rows.stride;
	size_t words = n * stride;
	uint64_t *tail = tb_alloc(2 * words * sizeof(uint64_t));

	memcpy(tail, merge->rows.row + merge->rows.closed * stride, words * sizeof(uint64_t));
	if (columns == merge->rows.columns)
		rank_groups(merge, tail, n);
	tb_sort_rows(tail, tail + words, n, stride, columns);
	return tail;
}

/* A state without closed blocks is one run in full order once its tail is sorted, and so is a packed one */
static void one_run(TbRunMerge *merge, const uint64_t *rows, size_t n)
{
	merge->sorted = true;
	merge->runs = n > 0;
	merge->one[0] = rows;
	merge->one[1] = rows + n * merge->rows.stride;
	merge->run = merge->one;
	merge->end = merge->one + 1;
}

void tb_merge_begin(TbRunMerge *merge, const TbState *state, const uint64_t *rank)
{
	size_t tail_n;

	memset(merge, 0, sizeof(*merge));
	merge->rows = tb_sample_rows(state);
	merge->rank = rank;
	tail_n = merge->rows.n - merge->rows.closed;
	if (!(state->flags & TB_STATE_OPEN))
		one_run(merge, merge->rows.row, merge->rows.n);
	else if (merge->rows.closed == 0)
		one_run(merge, sorted_tail(merge, tail_n, merge->rows.columns), tail_n);
	else {
		find_runs(merge, tail_n > 0 ? sorted_tail(merge, tail_n, 1) : NULL, tail_n);
		find_splitters(merge);
	}
}

/* Past the last row of the run with a key up to this one */
static const uint64_t *upper_bound(const uint64_t *run, const uint64_t *end, int stride, uint64_t key)
{
	size_t low = 0, high = (end - run) / stride;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (run[middle * stride] <= key)
			low = middle + 1;
		else
			high = middle;
	}
	return run + low * stride;
}

static void chunk_room(TbRunMerge *merge, size_t held, size_t n)
{
	size_t words = (n + n / 4) * merge->rows.stride;
	uint64_t *chunk;

	if (n <= merge->room)
		return;
	chunk = tb_alloc(words * sizeof(uint64_t));
	if (merge->chunk) {
		memcpy(chunk, merge->chunk, held * merge->rows.stride * sizeof(uint64_t));
		tb_free(merge->chunk);
		tb_free(merge->scratch);
	}
	merge->chunk = chunk;
	merge->scratch = tb_alloc(words * sizeof(uint64_t));
	merge->room = n + n / 4;
}

/* A slice of the one run that ends between different values */
static size_t slice(TbRunMerge *merge, const uint64_t **rows)
{
	int stride = merge->rows.stride;
	const uint64_t *from = *rows = merge->run[0], *to;

	to = (size_t)(merge->end[0] - from) / stride > CHUNK ? upper_bound(from, merge->end[0], stride, from[(size_t)CHUNK * stride]) : merge->end[0];
	merge->run[0] = to;
	return (to - from) / stride;
}

static size_t gather(TbRunMerge *merge, uint64_t splitter, bool last)
{
	int stride = merge->rows.stride;
	size_t n = 0;

	for (size_t r = 0; r < merge->runs; r++, tb_step()) {
		const uint64_t *to = last ? merge->end[r] : upper_bound(merge->run[r], merge->end[r], stride, splitter);
		size_t m = (to - merge->run[r]) / stride;

		if (m == 0)
			continue;
		chunk_room(merge, n, n + m);
		memcpy(merge->chunk + n * stride, merge->run[r], m * stride * sizeof(uint64_t));
		merge->run[r] = to;
		n += m;
	}
	rank_groups(merge, merge->chunk, n);
	return n;
}

size_t tb_merge_next(TbRunMerge *merge, const uint64_t **rows)
{
	size_t n = 0;

	tb_tick();
	if (merge->sorted)
		return merge->runs > 0 ? slice(merge, rows) : 0;
	/* Before each chunk all rows with a key up to the splitter before it have been handed out, and run[r] stands at the first row of run r that has not. Equal
	 * keys are never parted by a splitter (upper_bound), so sorting each chunk by all its columns puts the whole in order. */
	while (n == 0 && merge->next <= merge->splitters) {
		n = gather(merge, merge->next < merge->splitters ? merge->splitter[merge->next] : 0, merge->next == merge->splitters);
		merge->next++;
	}
	tb_sort_rows(merge->chunk, merge->scratch, n, merge->rows.stride, merge->rows.columns);
	*rows = merge->chunk;
	return n;
}

void tb_merge_end(TbRunMerge *merge)
{
	if (merge->run != merge->one) {
		tb_free(merge->run);
		tb_free(merge->end);
	}
	if (merge->splitter)
		tb_free(merge->splitter);
	if (merge->chunk) {
		tb_free(merge->chunk);
		tb_free(merge->scratch);
	}
}

size_t tb_coalesce(uint64_t *to, const uint64_t *rows, size_t n, int columns, bool counted)
{
	int stride = columns + (counted ? 1 : 0);
	size_t d = 0;

	TB_ROWS (i, 0, n) {
		const uint64_t *row = rows + i * stride;
		uint64_t count = counted ? row[columns] : 1;

		if (d > 0 && tb_sample_same_row(to + (d - 1) * (columns + 1), row, columns)) {
			to[(d - 1) * (columns + 1) + columns] = tb_count_more(to[(d - 1) * (columns + 1) + columns], count);
			continue;
		}
		for (int j = 0; j < columns; j++)
			to[d * (columns + 1) + j] = row[j];
		to[d++ * (columns + 1) + columns] = count;
	}
	return d;
}
