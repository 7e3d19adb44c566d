/* panel.c -- rows of a panel, and clusters in two ways */
#include "panel.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

bool tb_panel_params_ok(const double *param, uint64_t n)
{
	return n == TB_PANEL_PARAMS && tb_is_choice(param[TB_PANEL_WIDTH], 2 * TB_MOMENT_COLUMNS + 3) && param[TB_PANEL_WIDTH] >= 2 &&
		   tb_is_choice(param[TB_PANEL_ENDOGENOUS], TB_MOMENT_COLUMNS + 1) && tb_is_choice(param[TB_PANEL_INSTRUMENTS], TB_MOMENT_COLUMNS + 1) &&
		   tb_is_choice(param[TB_PANEL_CLUSTERED], 2) && tb_is_choice(param[TB_PANEL_WEIGHTED], 2) &&
		   param[TB_PANEL_ENDOGENOUS] + param[TB_PANEL_INSTRUMENTS] + param[TB_PANEL_WEIGHTED] < param[TB_PANEL_WIDTH] &&
		   param[TB_PANEL_WIDTH] - param[TB_PANEL_INSTRUMENTS] - param[TB_PANEL_WEIGHTED] - 1 >= 1 &&
		   param[TB_PANEL_WIDTH] - param[TB_PANEL_ENDOGENOUS] - param[TB_PANEL_WEIGHTED] - 1 <= TB_MOMENT_COLUMNS;
}

TB_BAG_KIND(tb_panel_kind, "panel_state", TB_SHAPE_PANEL, 2, TB_BAG_WIDE, 0x3, 0, tb_panel_params_ok, 0)

TbPanel tb_panel(const TbBag *bag)
{
	TbPanel panel = {.n = bag->rows, .row = bag->wide, .stride = bag->stride, .ids = bag->ids, .a = bag->row_id[0], .b = bag->row_id[1]};

	panel.endogenous = (uint32_t)bag->param[TB_PANEL_ENDOGENOUS];
	panel.instruments = (uint32_t)bag->param[TB_PANEL_INSTRUMENTS];
	panel.p = (uint32_t)bag->param[TB_PANEL_WIDTH] - 1 - panel.instruments;
	panel.clustered = bag->param[TB_PANEL_CLUSTERED] == 1;
	if (bag->param[TB_PANEL_WEIGHTED] == 1) {
		double *weight = tb_alloc((panel.n + 1) * sizeof(double));

		panel.p--;
		for (size_t i = 0; i < panel.n; i++, tb_step())
			weight[i] = panel.row[i * panel.stride + 1 + panel.p + panel.instruments];
		panel.weight = weight;
	}
	return panel;
}

bool tb_panel_has(const TbPanel *panel, const uint32_t *column)
{
	for (size_t i = 0; i < panel->n; i++, tb_step())
		if (column[i] == TB_NO_ID)
			return false;
	return true;
}

TbMoments tb_panel_moments(const TbPanel *panel, uint32_t y, uint32_t from, uint32_t p)
{
	size_t cells = tb_moment_cells(p);
	double *sums = tb_alloc_zero(2 * cells, sizeof(double)), z[TB_MOMENT_WIDTH + 4];
	TbMoments m = {p, panel->n, {0, 0}, sums, sums + cells};

	for (size_t i = 0; i < panel->n; i++) {
		const double *row = panel->row + i * panel->stride;

		tb_moments_row(z, row[y], row + from, p);
		tb_moments_add_lines(m.hi, m.lo, p, z, tb_panel_weight(panel, i), 1);
		m.log_weight = panel->weight ? tb_dd_add_d(m.log_weight, log(panel->weight[i])) : m.log_weight;
		tb_steps(4);
	}
	return m;
}

/* w x e of one row */
static void add_score(const TbPanel *panel, const TbRegression *fit, size_t i, TbDd *a, TbDd *b, TbDd *both)
{
	const double *row = panel->row + i * panel->stride;
	double e = tb_panel_weight(panel, i) * tb_regression_residual(fit->beta, panel->p, row[0], row + 1);

	for (uint32_t k = 0; k < panel->p; k++) {
		TbDd part = tb_two_product(row[1 + k], e);

		a[k] = tb_dd_add(a[k], part);
		b[k] = tb_dd_add(b[k], part);
		both[k] = tb_dd_add(both[k], part);
	}
}

typedef struct Clusters {
	TbDd *score; /* [ids][p] */
	double n;
} Clusters;

static Clusters clusters_of(const TbPanel *panel, const uint32_t *column)
{
	Clusters c = {tb_alloc_zero((size_t)panel->ids * panel->p, sizeof(TbDd)), 0};
	bool *seen = tb_alloc_zero(panel->ids, sizeof(bool));

	for (size_t i = 0; i < panel->n; i++, tb_step()) {
		c.n += !seen[column[i]];
		seen[column[i]] = true;
	}
	tb_free(seen);
	return c;
}

static double factor_of(double clusters, const TbRegression *fit)
{
	return clusters > 1 && fit->df > 0 ? clusters / (clusters - 1) * (((double)fit->n - 1) / fit->df) : NAN;
}

TbStatus tb_ols_cluster2(const TbPanel *panel, TbRegression *fit)
{
	TbMoments m = tb_panel_moments(panel, 0, 1, panel->p);
	uint32_t p = panel->p;
	size_t square = (size_t)p * p;
	TbDd *meat = tb_alloc_zero(square, sizeof(TbDd)), *second = tb_alloc_zero(square, sizeof(TbDd)), *crossed = tb_alloc_zero(square, sizeof(TbDd));
	TbDd *both = tb_alloc_zero(p, sizeof(TbDd));
	Clusters a, b;
	double fewer, pairs = 0;
	TbStatus status = tb_regression(&m, TB_PIVOT_TOLERANCE, fit);

	if (status != TB_OK)
		return status;
	a = clusters_of(panel, panel->a);
	b = clusters_of(panel, panel->b);
	for (size_t i = 0; i < panel->n; i++, tb_step()) {
		add_score(panel, fit, i, a.score + (size_t)panel->a[i] * p, b.score + (size_t)panel->b[i] * p, both);
		if (i + 1 < panel->n && panel->a[i + 1] == panel->a[i] && panel->b[i + 1] == panel->b[i])
			continue;
		tb_meat_lower(crossed, both, p);
		memset(both, 0, p * sizeof(TbDd));
		pairs++;
	}
	for (uint32_t g = 0; g < panel->ids; g++) {
		tb_meat_lower(meat, a.score + (size_t)g * p, p);
		tb_meat_lower(second, b.score + (size_t)g * p, p);
	}
	for (size_t i = 0; i < square; i++)
		meat[i] = tb_dd_sub(tb_dd_add(tb_dd_mul_d(meat[i], factor_of(a.n, fit)), tb_dd_mul_d(second[i], factor_of(b.n, fit))),
							tb_dd_mul_d(crossed[i], factor_of(pairs, fit)));
	fewer = fmin(a.n, b.n);
	fit->clusters = (uint64_t)fewer;
	tb_cluster_sandwich(fit, meat, fewer > 1 && fit->df > 0 ? 1 : NAN, fewer - 1, TB_CLUSTER2);
	return TB_OK;
}
