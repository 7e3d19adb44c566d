/* flow_table.h -- the open form of a flow state: one dictionary and the sums of its pairs in a flat block
 *
 * Private to flow_set. words = TbFlowOpen, a dictionary, and the sums: a hash table of cells, or a matrix once that is no larger (flow_matrix.h). Under
 * TB_FLOW_LOW one low part a slot follows: sums of whole numbers never need it, and what is read at every row stays small.
 */
#ifndef TB_FLOW_TABLE_H
#define TB_FLOW_TABLE_H

#include "../base/dd.h"
#include "../base/dictionary.h"
#include "flow_set.h"

typedef struct TbFlowCell {
	uint64_t key; /* (origin + 1) << 32 | (destination + 1) over dictionary indices; 0: free */
	double hi;
} TbFlowCell;

#define TB_FLOW_WAITING 8

/* A row waits here while its slot is fetched from memory: a table of millions of pairs lies far outside the caches. */
typedef struct TbFlowRow {
	uint64_t key; /* 0: none */
	uint64_t hash;
	double flow;
} TbFlowRow;

#define TB_FLOW_MATRIX 2u /* in the flags of an open state */

typedef struct TbFlowSides {
	uint32_t rows, columns;
} TbFlowSides;

typedef struct TbFlowOpen {
	uint64_t pairs, slots; /* pairs that have a sum: those that only wait come on top */
	uint32_t at;           /* the word where the table or matrix begins */
	uint32_t turn;
	TbFlowSides used, sides; /* of a matrix; sides: what it has room for, slots = sides.rows * sides.columns */
	TbFlowRow waiting[TB_FLOW_WAITING];
} TbFlowOpen;

/* A pair on its way into a table */
typedef struct TbFlowPair {
	uint64_t key, hash;
	TbDd flow;
} TbFlowPair;

static inline TbFlowOpen *tb_flow_open(const TbState *state)
{
	return (TbFlowOpen *)tb_state_words(state);
}

static inline TbDictionary *tb_flow_dictionary(const TbState *state)
{
	return (TbDictionary *)(tb_flow_open(state) + 1);
}

static inline TbFlowCell *tb_flow_table(const TbState *state)
{
	return (TbFlowCell *)(tb_state_words(state) + tb_flow_open(state)->at);
}

static inline bool tb_flow_is_matrix(const TbState *state)
{
	return state->flags & TB_FLOW_MATRIX;
}

/* Row by row; 0: no such pair. Sums are never 0. */
static inline double *tb_flow_matrix(const TbState *state)
{
	return (double *)(tb_state_words(state) + tb_flow_open(state)->at);
}

/* NULL as long as every sum is a double */
static inline double *tb_flow_low(const TbState *state)
{
	const TbFlowOpen *open = tb_flow_open(state);

	return state->flags & TB_FLOW_LOW ? tb_flow_matrix(state) + open->slots * (tb_flow_is_matrix(state) ? 1 : sizeof(TbFlowCell) / 8) : NULL;
}

static inline uint64_t tb_flow_key(uint32_t origin, uint32_t destination)
{
	return (uint64_t)(origin + 1) << 32 | (destination + 1);
}

/* Empty, with room for so much; NULL past 1 GB. sides: of a matrix that would hold the pairs; 0: not known */
extern TbState *tb_flow_begin(TbDictionarySize ids, uint64_t pairs, TbFlowSides sides);

/* The ids of the key are in the dictionary */
extern TbFlowPair tb_flow_pair(const TbState *state, uint64_t key, TbDd flow);
/* Brings the slot of a pair closer; a hint only */
extern void tb_flow_prefetch(const TbState *state, uint64_t key, uint64_t hash);

/* These replace *state by a larger block where they must. original: *state as it was when the caller's own call began; it is given back (host.h), while
 * blocks in between are freed. */
extern TbStatus tb_flow_intern(TbState **state, const TbState *original, TbId id, uint32_t *index);
extern TbStatus tb_flow_add_pair(TbState **state, const TbState *original, TbFlowPair pair);
/* The same for a single row, some rows later */
extern TbStatus tb_flow_add_row(TbState **state, const TbState *original, TbFlowRow row);
/* Room for pairs that are not there yet */
extern TbStatus tb_flow_reserve(TbState **state, const TbState *original, const TbFlowPair *coming, uint64_t n);

/* All pairs of an open state. map: the indices of the source in *target, all there already */
extern TbStatus tb_flow_merge(TbState **target, const TbState *original, const TbState *source, const uint32_t *map);

#endif
