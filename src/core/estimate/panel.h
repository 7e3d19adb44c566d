/* panel.h -- rows of y and x with one or two ids: what estimators that need every row in the end keep
 *
 * Two-way clusters (Cameron, Gelbach and Miller 2011): V = V_a + V_b - V_ab, each with its own factor G / (G - 1) * (n - 1) / (n - k); t with
 * min(G_a, G_b) - 1 degrees of freedom. V need not be positive: a negative variance is NaN.
 */
#ifndef TB_PANEL_H
#define TB_PANEL_H

#include "../state/bag.h"
#include "robust.h"

/* Parameters of a panel_state: values of a row; endogenous regressors and instruments (0 but for two stages); are errors clustered by the first id? is the last
 * value the weight of the row? */
typedef enum TbPanelParam {
	TB_PANEL_WIDTH,
	TB_PANEL_ENDOGENOUS,
	TB_PANEL_INSTRUMENTS,
	TB_PANEL_CLUSTERED,
	TB_PANEL_WEIGHTED,
	TB_PANEL_PARAMS
} TbPanelParam;

/* A row: y, x of endogenous and exogenous regressors, instruments */
typedef struct TbPanel {
	size_t n;
	uint32_t p, instruments, endogenous; /* p regressors, the endogenous first */
	bool clustered;
	const double *row; /* y of row i at row[i * stride], its p regressors and its instruments behind */
	size_t stride;
	uint32_t ids;
	const double *weight;  /* [n], all > 0; NULL: all 1 */
	const uint32_t *a, *b; /* TB_NO_ID where not given; rows are sorted by a, then b */
} TbPanel;

extern const TbBagKind tb_panel_kind;
extern bool tb_panel_params_ok(const double *param, uint64_t n);
extern TbPanel tb_panel(const TbBag *bag);

/* The weight of row i */
static inline double tb_panel_weight(const TbPanel *panel, size_t i)
{
	return panel->weight ? panel->weight[i] : 1;
}

/* Weighted cross moments of y (or of column `y` of the row) and columns from .. from + p - 1 */
extern TbMoments tb_panel_moments(const TbPanel *panel, uint32_t y, uint32_t from, uint32_t p);
/* Are all ids of the column given? */
extern bool tb_panel_has(const TbPanel *panel, const uint32_t *column);

/* clusters of the fit: the fewer of the two. NaN where there is one cluster only */
extern TbStatus tb_ols_cluster2(const TbPanel *panel, TbRegression *fit);

#endif
