/* sample_merge.h -- the rows of a sample state in order, for its readers */
#ifndef TB_SAMPLE_MERGE_H
#define TB_SAMPLE_MERGE_H

#include <stdbool.h>

#include "sample_layout.h"

/* Sorted, coalesced rows of a state, a cache-sized chunk at a time; equal rows never fall into two chunks. Rows of a chunk are not coalesced. */
typedef struct TbRunMerge {
	TbRows rows;
	bool sorted;          /* one run in full order: packed, or all in the tail */
	const uint64_t **run; /* [runs], what is left of each */
	const uint64_t **end; /* [runs] */
	const uint64_t *one[2];
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

static inline bool tb_sample_same_row(const uint64_t *a, const uint64_t *b, int columns)
{
	for (int j = 0; j < columns; j++)
		if (a[j] != b[j])
			return false;
	return true;
}

/* Counts of forged states end at the top instead of beginning anew */
static inline uint64_t tb_count_more(uint64_t count, uint64_t added)
{
	return count + added < count ? UINT64_MAX : count + added;
}

#endif
