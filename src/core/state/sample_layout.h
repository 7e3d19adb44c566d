/* sample_layout.h -- where things are in a sample state, open and packed */
#ifndef TB_SAMPLE_LAYOUT_H
#define TB_SAMPLE_LAYOUT_H

#include "../base/dictionary.h"
#include "state.h"

/* Flags of the three shapes. Parameters of an aggregate (an exponent, a seed) are words that travel with the rows and must agree between states. */
#define TB_SAMPLE_WEIGHTED 1u
#define TB_SAMPLE_COUNTED 2u
#define TB_SAMPLE_PARAMETERS(n) ((uint32_t)(n) << 2)

/* Words that an open state begins with: rows, rows in closed blocks, rows at which push must give way, first word of the rows, rows
 * at which duplicates are looked for again, rows that counts stand for beyond those kept. Parameters follow, the
 * group ids of a grouped state, then the rows. Packed: parameters, the ends of the group ids, rows; the ids are the bytes. */
enum { TB_SAMPLE_N, TB_SAMPLE_CLOSED, TB_SAMPLE_LIMIT, TB_SAMPLE_AT, TB_SAMPLE_LOOK, TB_SAMPLE_BEYOND, TB_SAMPLE_HEAD };

#define TB_SAMPLE_BLOCK 32768 /* rows that are sorted together */

static inline int tb_sample_parameters(const TbState *state)
{
	return state->flags >> 2 & 3;
}

/* The parameter words, open or packed */
static inline const uint64_t *tb_sample_parameter(const TbState *state)
{
	return tb_state_words(state) + (state->flags & TB_STATE_OPEN ? (int)TB_SAMPLE_HEAD : 0);
}

typedef struct TbRows {
	uint64_t *row;
	size_t n, closed;
	int columns; /* words that identify a row */
	int stride;  /* columns, and the count */
} TbRows;

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

#endif
