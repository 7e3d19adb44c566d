/* flow_matrix.h -- flows between all zones as a matrix: half a slot of the hash table a cell, nothing to hash, to probe or to sort
 *
 * Private to flow_set. Rows and columns are numbered apart, as zones first occur with a flow: homes and workplaces may have no zone in common. Under
 * TbFlowOpen and the dictionary lie, for each index of the dictionary, its row and its column (counted from 1; 0: none), then the matrix.
 */
#ifndef TB_FLOW_MATRIX_H
#define TB_FLOW_MATRIX_H

#include "flow_table.h"

/* The rows of the ids; tb_flow_columns: their columns. Both fill as many words as the dictionary has room for ids. */
static inline uint32_t *tb_flow_rows(const TbState *state)
{
	return (uint32_t *)(tb_state_words(state) + tb_flow_open(state)->at - tb_flow_dictionary(state)->room.ids);
}

static inline uint32_t *tb_flow_columns(const TbState *state)
{
	return tb_flow_rows(state) + tb_flow_dictionary(state)->room.ids;
}

/* The slot of a pair whose zones have their row and column */
static inline uint64_t tb_flow_place(const TbState *state, uint64_t key)
{
	uint64_t row = tb_flow_rows(state)[(key >> 32) - 1] - 1;
	uint64_t column = tb_flow_columns(state)[(uint32_t)key - 1] - 1;

	return row * tb_flow_open(state)->sides.columns + column;
}

/* Have the zones of a pair their row and column? */
static inline bool tb_flow_is_numbered(const TbState *state, uint64_t key)
{
	return tb_flow_rows(state)[(key >> 32) - 1] && tb_flow_columns(state)[(uint32_t)key - 1];
}

/* Gives the zones of a pair their row and column; false where there is no room for one of them */
extern bool tb_flow_number(TbState *state, uint64_t key);

/* The sides of a matrix for the pairs of a hash table and n more, some slack included; none where it would have more than so many cells */
extern TbFlowSides tb_flow_sides_for(const TbState *state, const TbFlowPair *more, uint64_t n, uint64_t most);
/* The same for pairs that are packed: ascending, indices in two halves */
extern TbFlowSides tb_flow_packed_sides(const uint64_t *key, uint64_t links, uint64_t zones);
/* The same for a matrix that has no room for the zones of a pair */
extern TbFlowSides tb_flow_longer_sides(const TbState *state);

/* Each pair once that is not only waiting: tables in the order of their hashes whatever their indices, matrices row by row */
typedef struct TbFlowWalk {
	uint64_t key;
	TbDd flow;
	const TbState *state;
	uint64_t row, column;           /* of a matrix; row: the slot of a table */
	uint32_t *origin, *destination; /* of a matrix: the indices of its rows and columns */
} TbFlowWalk;

extern TbFlowWalk tb_flow_walk(const TbState *state);
/* False at the end */
extern bool tb_flow_next(TbFlowWalk *walk);
extern void tb_flow_walk_end(const TbFlowWalk *walk);

/* Fills an empty matrix with what another state has, waiting rows aside. Ids keep their indices. */
extern void tb_flow_fill(TbState *to, const TbState *from);

/* Links in order, those that wait added. The arrays of links are new. */
typedef struct TbFlowLinks {
	uint64_t zones, links;
	size_t *row;           /* [zones + 1], all 0 */
	uint32_t *destination; /* ranks */
	double *hi, *lo;       /* lo: NULL where all are 0; made when the first is not */
} TbFlowLinks;

/* order: the indices of ids, sorted */
extern void tb_flow_links(const TbState *state, const uint32_t *order, TbFlowLinks *links);

#endif
