/* sample.h -- weighted samples: rows of one to three numbers (value; value, weight; two values and a weight), optionally with a text group
 *
 * Rows are keys (radix_sort.h) side by side, so that blocks sort and compare as integers. A state that grows holds sorted closed blocks and an open tail;
 * once enough rows are identical it turns into rows with a count and stays small however many rows arrive. Weights are never summed: the sum of
 * rounded weights would depend on the order of rows.
 */
#ifndef TB_SAMPLE_H
#define TB_SAMPLE_H

#include "../base/assert.h"
#include "../base/dictionary.h"
#include "../base/radix_sort.h"
#include "sample_layout.h"
#include "state.h"

/* What indices read: sorted by column 0, then 1, then 2 (then group); identical rows coalesced; rows of weight 0 dropped */
typedef struct TbSample {
	size_t n;
	const double *x;       /* value, or the first of a pair */
	const double *y;       /* second of a pair, else NULL */
	const double *w;       /* weight; NULL: all 1 */
	const uint64_t *count; /* rows that were identical; NULL: all 1 */
	const uint32_t *group; /* index into groups (sorted bytewise); NULL where the shape has none */
	size_t groups;
	const TbId *group_id;
	uint64_t rows; /* the sum of count */
} TbSample;

extern const TbShape tb_sample_shape, tb_paired_shape, tb_grouped_shape;

extern TbStatus tb_sample_view(const TbState *state, TbSample *sample);

/* The same sample sorted by y, then x */
extern void tb_sample_by_second(const TbSample *sample, TbSample *sorted);

/* Adds a row of keys. form: the flags of the row, parameters included; *state NULL at the first row. A weight of 0 is the caller's to drop. */
extern TbStatus tb_sample_add(TbState **state, const TbShape *shape, uint32_t form, const uint64_t *parameter, const uint64_t *row);

/* The same for a grouped row, whose last word this fills */
extern TbStatus tb_grouped_add(TbState **state, uint32_t form, const uint64_t *parameter, uint64_t *row, TbId group);

/* The usual case without a call: an open state of just this form, parameters included and without groups, with room. form and columns are constants of the
 * caller, and so is where the rows begin: TB_SAMPLE_AT lies in the next line of the cache. */
static inline bool tb_sample_push(TbState *state, const uint32_t form, const uint64_t *parameter, const uint64_t *row, const int columns)
{
	uint64_t *head = tb_state_words(state), *to;
	uint64_t n = head[TB_SAMPLE_N];

	if (state->flags != (form | TB_STATE_OPEN) || n >= head[TB_SAMPLE_LIMIT])
		return false;
	for (int j = 0; j < (int)(form >> 2 & 3); j++)
		if (head[TB_SAMPLE_HEAD + j] != parameter[j])
			return false;
	tb_assert(state->shape != TB_SHAPE_GROUPED && head[TB_SAMPLE_AT] == TB_SAMPLE_HEAD + (form >> 2 & 3));
	to = head + TB_SAMPLE_HEAD + (form >> 2 & 3) + n * columns;
	for (int j = 0; j < columns; j++)
		to[j] = row[j];
	head[TB_SAMPLE_N] = n + 1;
	return true;
}

/* The same sample with its columns divided by powers of two, the largest value of each near 1: exponent[0] of x, [1] of y, [2] of w; together: one for
 * x and y. What depends on no unit is right then whatever the values. */
extern TbSample tb_sample_near_one(const TbSample *sample, bool together, int exponent[3]);

#endif
