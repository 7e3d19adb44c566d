/* relation.h -- rows of text ids and numbers with common parameters: the state of aggregates that solve a whole table in the end
 *
 * Rows are kept as they are (a bag): sorting them makes the content canonical, so results do not depend on row order, workers or splits. Parameters
 * (thresholds, a model, a decay) are arguments of every row; they are kept once, and rows or states with others are TB_MISMATCH.
 *
 * Open: words = { params, dictionary words, rows, room for rows }, params, dictionary, rows.
 * Packed: words = { params, ids, rows }, params, end[ids], rows sorted; bytes = the ids, sorted. A row is its ids, two a word, then its values.
 */
#ifndef TB_RELATION_H
#define TB_RELATION_H

#include "dictionary.h"
#include "state.h"

#define TB_RELATION_IDS 4
#define TB_RELATION_VALUES 4

typedef struct TbRelationKind {
	TbShape shape;
	uint8_t ids, values;
	uint8_t optional_ids, optional_values; /* bit set: may be missing, as TB_NO_ID or NaN */
	bool (*params_ok)(const double *params, uint64_t n);
	uint8_t signed_values; /* bit set: may be negative */
} TbRelationKind;

extern const TbRelationKind tb_labour_market, tb_urban_area, tb_contiguity, tb_gravity_kind, tb_catchment, tb_spatial, tb_neighbour;

typedef struct TbRelation {
	uint64_t params;
	const double *param;
	uint32_t ids;
	const TbId *id; /* sorted */
	size_t rows;
	uint32_t *row_id[TB_RELATION_IDS]; /* columns; TB_NO_ID where missing */
	double *value[TB_RELATION_VALUES];
} TbRelation;

extern TbState *tb_relation_new(const TbRelationKind *kind, const double *params, uint64_t n);
/* id[i].text NULL: missing. *state may be packed or replaced by a larger block; the old one is the caller's. */
extern TbStatus tb_relation_add(const TbRelationKind *kind, TbState **state, const TbId *id, const double *value);
extern bool tb_relation_same_params(const TbState *state, const double *params, uint64_t n);
/* Rows in canonical order */
extern TbStatus tb_relation_view(const TbRelationKind *kind, const TbState *state, TbRelation *relation);

#endif
