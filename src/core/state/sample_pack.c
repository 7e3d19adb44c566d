/* sample_pack.c -- the canonical packed form of a sample state, and its validation
 *
 * Rows in full order, coalesced with a count where that is smaller: equal content gives equal bytes.
 */
#include <math.h>
#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"
#include "../base/radix_sort.h"
#include "sample_merge.h"
#include "sample_pack.h"

static bool counts_pay(uint64_t distinct, double rows, int columns)
{
	return (double)distinct * (columns + 1) < rows * columns;
}

/* Coalesced rows of every chunk of a state */
typedef void (*Sink)(void *arg, const uint64_t *rows, size_t n, int columns);

static void coalesced(const TbState *state, const uint64_t *rank, Sink sink, void *arg)
{
	TbRunMerge merge;
	const uint64_t *rows;
	uint64_t *own = NULL;
	size_t n, room = 0;

	tb_merge_begin(&merge, state, rank);
	while ((n = tb_merge_next(&merge, &rows)) > 0) {
		if (n > room) {
			if (own)
				tb_free(own);
			room = n + n / 4;
			own = tb_alloc(room * (merge.rows.columns + 1) * sizeof(uint64_t));
		}
		n = tb_coalesce(own, rows, n, merge.rows.columns, merge.rows.stride > merge.rows.columns);
		sink(arg, own, n, merge.rows.columns);
	}
	tb_merge_end(&merge);
	if (own)
		tb_free(own);
}

/* rows in floating point: forged counts may add up to more than a word holds */
typedef struct Size {
	uint64_t distinct;
	double rows;
} Size;

static void measure(void *arg, const uint64_t *rows, size_t n, int columns)
{
	Size *size = arg;
	double sum = size->rows;

	TB_ROWS (i, 0, n)
		sum += (double)rows[i * (columns + 1) + columns];
	size->distinct += n;
	size->rows = sum;
}

typedef struct Writing {
	uint64_t *to;
	bool counted;
} Writing;

static void write_rows(void *arg, const uint64_t *rows, size_t n, int columns)
{
	Writing *writing = arg;

	if (writing->counted) {
		memcpy(writing->to, rows, n * (columns + 1) * sizeof(uint64_t));
		writing->to += n * (columns + 1);
		return;
	}
	for (size_t i = 0; i < n; i++, tb_step())
		for (uint64_t k = rows[i * (columns + 1) + columns]; k > 0; k--, tb_step())
			for (int j = 0; j < columns; j++)
				*writing->to++ = rows[i * (columns + 1) + j];
}

TbState *tb_sample_pack(const TbState *state, const TbShape *shape)
{
	int columns = tb_sample_columns(state->shape, state->flags), parameters = tb_sample_parameters(state);
	bool grouped = state->shape == TB_SHAPE_GROUPED;
	Size size = {0, 0};
	Writing writing;
	TbState *packed;
	TbId *id = NULL;
	uint64_t *rank = NULL, groups, bytes = 0;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	groups = grouped ? tb_sample_group_ids(state, &id, &rank) : 0;
	for (uint64_t i = 0; i < groups; i++, tb_step())
		bytes += id[i].length;
	coalesced(state, rank, measure, &size);
	writing.counted = counts_pay(size.distinct, size.rows, columns);
	packed =
		tb_state_new(shape, parameters + grouped + groups + (writing.counted ? size.distinct * (columns + 1) : (uint64_t)size.rows * columns), bytes);
	packed->flags = (state->flags & ~(TB_STATE_OPEN | TB_SAMPLE_COUNTED)) | (writing.counted ? TB_SAMPLE_COUNTED : 0);
	memcpy(tb_state_words(packed), tb_sample_parameter(state), parameters * sizeof(uint64_t));
	if (grouped) {
		*tb_sample_groups(packed) = groups;
		tb_ids_pack(tb_sample_groups(packed) + 1, tb_state_bytes(packed), id, groups);
	}
	writing.to = tb_sample_rows(packed).row;
	coalesced(state, rank, write_rows, &writing);
	tb_assert(writing.to == tb_state_words(packed) + packed->words);
	return packed;
}

static bool finite_key(uint64_t key)
{
	double x = tb_sort_value(key);

	return isfinite(x) && !(x == 0 && signbit(x));
}

static bool row_ok(const uint64_t *row, int numbers, bool weighted)
{
	for (int j = 0; j < numbers; j++)
		if (!finite_key(row[j]))
			return false;
	return !weighted || tb_sort_value(row[numbers - 1]) > 0;
}

/* < 0, 0, > 0 as the order of rows */
static int compare(const uint64_t *a, const uint64_t *b, int columns)
{
	for (int j = 0; j < columns; j++)
		if (a[j] != b[j])
			return a[j] < b[j] ? -1 : 1;
	return 0;
}

/* Ids in order, and every one of them used by a row */
static TbStatus check_groups(const TbState *state, const TbRows *rows)
{
	uint64_t groups = *tb_sample_groups(state), seen = 0;
	char *used;

	if (tb_ids_check(tb_sample_groups(state) + 1, groups, tb_state_bytes(state), state->bytes) != TB_OK)
		return TB_CORRUPT;
	used = tb_alloc_zero(groups, 1);
	for (size_t i = 0; i < rows->n; i++, tb_step()) {
		uint64_t group = rows->row[i * rows->stride + rows->columns - 1];

		if (group >= groups)
			return TB_CORRUPT;
		seen += !used[group];
		used[group] = 1;
	}
	tb_free(used);
	return seen == groups ? TB_OK : TB_CORRUPT;
}

static bool layout_ok(const TbState *state)
{
	uint64_t parameters = tb_sample_parameters(state), at = parameters;

	if ((state->flags & ~(TB_SAMPLE_WEIGHTED | TB_SAMPLE_COUNTED | TB_SAMPLE_PARAMETERS(3))) || state->words < parameters)
		return false;
	if (state->shape == TB_SHAPE_GROUPED) {
		if (state->words < parameters + 1 || *tb_sample_groups(state) > state->words - parameters - 1)
			return false;
		at += 1 + *tb_sample_groups(state);
	} else if (state->bytes != 0)
		return false;
	return (state->words - at) % tb_sample_stride(state->shape, state->flags) == 0;
}

TbStatus tb_sample_check(const TbState *state)
{
	bool weighted = state->flags & TB_SAMPLE_WEIGHTED, counted = state->flags & TB_SAMPLE_COUNTED;
	int columns = tb_sample_columns(state->shape, state->flags);
	uint64_t distinct = 0, total = 0;
	TbRows rows;

	if (!layout_ok(state))
		return TB_CORRUPT;
	rows = tb_sample_rows(state);
	for (size_t i = 0; i < rows.n; i++) {
		const uint64_t *row = rows.row + i * rows.stride;
		uint64_t count = counted ? row[columns] : 1;
		int order = i == 0 ? -1 : compare(row - rows.stride, row, columns);

		if (!row_ok(row, columns - (state->shape == TB_SHAPE_GROUPED), weighted) || order > 0 || (order == 0 && counted) || count == 0 ||
			!tb_count(&total, count))
			return TB_CORRUPT;
		distinct += order != 0;
		tb_step();
	}
	if (counts_pay(distinct, (double)total, columns) != counted)
		return TB_CORRUPT;
	return state->shape == TB_SHAPE_GROUPED ? check_groups(state, &rows) : TB_OK;
}
