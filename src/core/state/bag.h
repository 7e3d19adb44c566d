/* bag.h -- rows of text ids and numbers with common parameters: the state of aggregates that solve a whole table in the end
 *
 * Rows are kept as they are (a bag): sorting them makes the content canonical, so results do not depend on row order, workers or splits. Parameters
 * (thresholds, a model, a decay) are arguments of every row; they are kept once, and rows or states with others are TB_MISMATCH.
 *
 * Open: words = { params, dictionary words, rows, room for rows }, params, dictionary, rows.
 * Packed: words = { params, ids, rows }, params, end[ids], rows sorted; bytes = the ids, sorted. A row is its ids, two a word, then its values.
 */
#ifndef TB_BAG_H
#define TB_BAG_H

#include "../base/dictionary.h"
#include "state.h"

#define TB_BAG_IDS 4
#define TB_BAG_VALUES 6
#define TB_BAG_WIDE 0xff /* as many values, of any sign, as the first parameter says */

typedef struct TbBagKind {
	TbShape shape;
	uint8_t ids, values;
	uint8_t optional_ids, optional_values; /* bit set: may be missing, as TB_NO_ID or NaN */
	bool (*params_ok)(const double *params, uint64_t n);
	uint8_t signed_values; /* bit set: may be negative */
} TbBagKind;

typedef struct TbBag {
	uint64_t params;
	const double *param;
	uint32_t ids;
	const TbId *id; /* sorted */
	size_t rows;
	uint32_t *row_id[TB_BAG_IDS]; /* columns; TB_NO_ID where missing */
	double *value[TB_BAG_VALUES];
	const double *wide; /* values of row r of a wide kind at wide + r * stride */
	size_t stride;
} TbBag;

extern TbState *tb_bag_new(const TbBagKind *kind, const double *params, uint64_t n);
/* id[i].text NULL: missing. *state may be packed or replaced by a larger block; the old one is the caller's. */
extern TbStatus tb_bag_add(const TbBagKind *kind, TbState **state, const TbId *id, const double *value);
extern bool tb_bag_same_params(const TbState *state, const double *params, uint64_t n);
/* What a kind's shape does: see TB_BAG_KIND */
extern TbStatus tb_bag_check(const TbBagKind *kind, const TbState *state);
extern TbStatus tb_bag_merge(const TbBagKind *kind, TbState **target, const TbState *source);
extern TbState *tb_bag_pack(const TbBagKind *kind, const TbState *state);
/* Rows in canonical order */
extern TbStatus tb_bag_view(const TbBagKind *kind, const TbState *state, TbBag *bag);
/* Do two rows have the same first two ids, none of them missing? *row is the second of them. */
extern bool tb_bag_pair_twice(const TbBag *bag, size_t *row);
/* Are there pairs of two different ids, and does none of them stand in the other direction too? */
extern bool tb_bag_one_way(const TbBag *bag);

/* Defines a kind, beside the method that reads it. A shape's functions take no context, so each kind gets its own three. */
#define TB_BAG_KIND(kind, title, shape_code, n_ids, n_values, no_ids, no_values, ok, negative)                                                       \
	static TbStatus kind##_check(const TbState *state)                                                                                               \
	{                                                                                                                                                \
		return tb_bag_check(&kind, state);                                                                                                           \
	}                                                                                                                                                \
	static TbStatus kind##_merge(TbState **target, const TbState *source)                                                                            \
	{                                                                                                                                                \
		return tb_bag_merge(&kind, target, source);                                                                                                  \
	}                                                                                                                                                \
	static TbState *kind##_pack(const TbState *state)                                                                                                \
	{                                                                                                                                                \
		return tb_bag_pack(&kind, state);                                                                                                            \
	}                                                                                                                                                \
	const TbBagKind kind = {{title, shape_code, kind##_check, kind##_merge, kind##_pack, false}, n_ids, n_values, no_ids, no_values, ok, negative};

#endif
