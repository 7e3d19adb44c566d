/* sample_layout.h -- where things are in a sample state: shared by sample.c (growing) and sample_view.c (reading) */
#ifndef TB_SAMPLE_LAYOUT_H
#define TB_SAMPLE_LAYOUT_H

#include "sample.h"

typedef struct TbRows {
	uint64_t *row;
	size_t n, closed;
	int columns; /* words that identify a row */
	int stride;  /* columns, and the count */
} TbRows;

static inline const TbShape *tb_sample_shape_of(const TbState *state)
{
	return state->shape == TB_SHAPE_PAIRED ? &tb_paired_shape : state->shape == TB_SHAPE_GROUPED ? &tb_grouped_shape : &tb_sample_shape;
}

static inline int tb_sample_columns(int shape, uint32_t flags)
{
	return 1 + (flags & TB_SAMPLE_WEIGHTED ? 1 : 0) + (shape == TB_SHAPE_SAMPLE ? 0 : 1);
}

static inline int tb_sample_stride(int shape, uint32_t flags)
{
	return tb_sample_columns(shape, flags) + (flags & TB_SAMPLE_COUNTED ? 1 : 0);
}

/* Group ids of a packed state: their number, then the end of each in the bytes */
static inline uint64_t *tb_sample_groups(const TbState *packed)
{
	return tb_state_words(packed) + tb_sample_parameters(packed);
}

/* Group ids of an open state */
static inline TbDictionary *tb_sample_dictionary(const TbState *open)
{
	return (TbDictionary *)(tb_state_words(open) + TB_SAMPLE_HEAD + tb_sample_parameters(open));
}

static inline TbRows tb_sample_rows(const TbState *state)
{
	uint64_t *words = tb_state_words(state);
	TbRows rows = {NULL, 0, 0, tb_sample_columns(state->shape, state->flags), tb_sample_stride(state->shape, state->flags)};

	if (state->flags & TB_STATE_OPEN) {
		rows.row = words + words[TB_SAMPLE_AT];
		rows.n = words[TB_SAMPLE_N];
		rows.closed = words[TB_SAMPLE_CLOSED];
	} else {
		size_t at = tb_sample_parameters(state) + (state->shape == TB_SHAPE_GROUPED ? 1 + *tb_sample_groups(state) : 0);

		rows.row = words + at;
		rows.n = rows.closed = (state->words - at) / rows.stride;
	}
	return rows;
}

/* Sorted, coalesced rows of a state, a cache-sized chunk at a time; equal rows never fall into two chunks. Rows of a chunk are not coalesced. */
typedef struct TbRunMerge {
	TbRows rows;
	bool sorted;          /* the state was packed */
	const uint64_t **run; /* [runs], what is left of each */
	const uint64_t **end; /* [runs] */
	size_t runs;
	uint64_t *splitter; /* [splitters], ascending */
	size_t splitters, next;
	uint64_t *chunk, *scratch;
	size_t room; /* rows that chunk and scratch hold */
	const uint64_t *rank;
} TbRunMerge;

/* rank: where the group indices of an open state go, or NULL to leave them */
extern void tb_merge_begin(TbRunMerge *merge, const TbState *state, const uint64_t *rank);
/* The next chunk and its number of rows; 0 at the end */
extern size_t tb_merge_next(TbRunMerge *merge, const uint64_t **rows);
extern void tb_merge_end(TbRunMerge *merge);

/* The groups of a state in bytewise order; *rank takes the indices of an open state there (NULL for a packed one) */
extern size_t tb_sample_group_ids(const TbState *state, TbId **id, uint64_t **rank);

/* Rows left when identical ones coalesce: rows come sorted, the result goes to `to` with a count a row (which may be the rows themselves when those
 * have one). */
extern size_t tb_coalesce(uint64_t *to, const uint64_t *rows, size_t n, int columns, bool counted);

extern TbStatus tb_sample_check(const TbState *state);
extern TbState *tb_sample_pack(const TbState *state);

#endif
