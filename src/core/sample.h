/* sample.h -- weighted samples: rows of one to three numbers (value; value, weight; two values and a weight), optionally with a text group */
#ifndef TB_SAMPLE_H
#define TB_SAMPLE_H

#include "dictionary.h"
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
} TbSample;

extern const TbShape tb_sample_shape, tb_paired_shape, tb_grouped_shape;

extern TbStatus tb_sample_view(const TbState *state, TbSample *sample);

#endif
