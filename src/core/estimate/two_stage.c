/* two_stage.c -- the first stages, the second, and whether the instruments agree */
#include "two_stage.h"

#include <string.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "../base/probability.h"

/* F of the instruments for endogenous regressor j (column 1 + j), and its fitted values into column 1 + j of the second stage */
static TbStatus first_stage(const TbPanel *panel, uint32_t j, TbPanel *second, double *f, uint32_t *rank)
{
	uint32_t exogenous = panel->p - panel->endogenous, from = 1 + panel->endogenous;
	TbMoments all = tb_panel_moments(panel, 1 + j, from, exogenous + panel->instruments);
	TbRegression full, without = {0};
	double *to = (double *)second->row + 1 + j, rss;
	TbStatus status = tb_regression(&all, TB_PIVOT_TOLERANCE, &full);

	if (status == TB_OK && exogenous > 0) {
		TbMoments some = tb_panel_moments(panel, 1 + j, from, exogenous);

		status = tb_regression(&some, TB_PIVOT_TOLERANCE, &without);
		tb_free(some.hi);
	}
	if (status != TB_OK)
		return status;
	rss = exogenous > 0 ? without.rss : tb_dd_value(tb_moment(&all, all.p + 1, all.p + 1));
	*rank = full.rank;
	*f = full.df > 0 && full.rank > without.rank && full.rss > 0 ? (rss - full.rss) / (full.rank - without.rank) / (full.rss / full.df) : NAN;
	for (size_t i = 0; i < panel->n; i++, tb_step()) {
		const double *row = panel->row + i * panel->stride;

		to[i * second->stride] = row[1 + j] - tb_regression_residual(full.beta, all.p, row[1 + j], row + from);
	}
	tb_free(all.hi);
	return TB_OK;
}

/* y and x with fitted endogenous regressors, behind them room for residuals */
static TbPanel second_stage(const TbPanel *panel)
{
	TbPanel second = *panel;
	double *row;

	second.stride = panel->p + 1;
	row = tb_alloc(panel->n * second.stride * sizeof(double));
	for (size_t i = 0; i < panel->n; i++, tb_step())
		memcpy(row + i * second.stride, panel->row + i * panel->stride, second.stride * sizeof(double));
	second.row = row;
	return second;
}

/* Residuals with the regressors as they are: errors, sigma, R2, and the meat of robust errors */
static void true_residuals(const TbPanel *panel, const TbPanel *second, TbRegression *fit, double *e, double *robust)
{
	uint32_t p = panel->p;
	TbDd *meat = tb_alloc_zero((size_t)p * p, sizeof(TbDd)), *score = tb_alloc(p * sizeof(TbDd)), rss = {0, 0}, whole = {0, 0};
	double about = fit->rss / (1 - fit->r2), n = (double)fit->n;
	TbRegression other = *fit;

	for (size_t i = 0; i < panel->n; i++) {
		const double *row = panel->row + i * panel->stride, *fitted = second->row + i * second->stride + 1;

		e[i] = tb_regression_residual(fit->beta, p, row[0], row + 1);
		rss = tb_dd_add(rss, tb_two_product(tb_panel_weight(panel, i) * e[i], e[i]));
		whole = tb_dd_add(whole, tb_two_product(tb_panel_weight(panel, i) * row[0], row[0]));
		for (uint32_t k = 0; k < p; k++)
			score[k] = tb_two_product(fitted[k], tb_panel_weight(panel, i) * e[i]);
		tb_meat_lower(meat, score, p);
	}
	fit->rss = tb_dd_value(tb_regression_noise_cut(rss, whole, n));
	if (fit->rss == 0) { /* an exact fit: what is left is rounding, and its errors would be small enough to look sure */
		memset(e, 0, panel->n * sizeof(double));
		memset(meat, 0, (size_t)p * p * sizeof(TbDd));
	}
	fit->r2 = 1 - fit->rss / about;
	fit->adjusted_r2 = fit->log_likelihood = fit->aic = fit->bic = NAN;
	fit->sigma = fit->df > 0 ? sqrt(fit->rss / fit->df) : NAN;
	other.vcov = tb_alloc((size_t)p * p * sizeof(double));
	other.standard_error = robust;
	other.t = tb_alloc(p * sizeof(double));
	other.p_value = tb_alloc(p * sizeof(double));
	tb_regression_sandwich(&other, meat, fit->df > 0 ? n / fit->df : NAN, fit->df, TB_HC1);
	/* the classical covariance is a sandwich too, with the moments of the second stage as meat: sigma^2 of the first residuals gives way */
	for (size_t i = 0; i < (size_t)p * p; i++)
		fit->vcov[i] = fit->aliased[i / p] || fit->aliased[i % p] ? NAN : tb_dd_value(tb_dd_mul_d(fit->bread[i], fit->sigma * fit->sigma));
	tb_regression_tests(fit, fit->df);
	tb_regression_wald(fit, fit->df);
}

/* n times the part of e'e that Z explains */
static TbStatus overidentification(const TbPanel *panel, const TbPanel *second, const double *e, uint32_t rank, TbTwoStage *r)
{
	uint32_t columns = panel->p - panel->endogenous + panel->instruments;
	double *row = tb_alloc(panel->n * (columns + 1) * sizeof(double)), square;
	TbPanel both = *second;
	TbMoments m;
	TbRegression fit;
	TbStatus status;

	r->sargan = r->sargan_p = NAN;
	r->sargan_df = rank > r->fit.rank ? (int)(rank - r->fit.rank) : 0;
	if (r->sargan_df == 0)
		return TB_OK;
	for (size_t i = 0; i < panel->n; i++, tb_step()) {
		row[i * (columns + 1)] = e[i];
		memcpy(row + i * (columns + 1) + 1, panel->row + i * panel->stride + 1 + panel->endogenous, columns * sizeof(double));
	}
	both.row = row;
	both.stride = columns + 1;
	m = tb_panel_moments(&both, 0, 1, columns);
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, &fit);
	square = tb_dd_value(tb_moment(&m, columns + 1, columns + 1));
	if (status != TB_OK || !(square > 0))
		return status;
	r->sargan = panel->n * ((square - fit.rss) / square);
	r->sargan_p = tb_chi_square(r->sargan, r->sargan_df, true);
	return TB_OK;
}

TbStatus tb_two_stage(const TbPanel *panel, TbTwoStage *r)
{
	TbPanel second = second_stage(panel);
	TbMoments m;
	double *e = tb_alloc(panel->n * sizeof(double));
	uint32_t rank = 0;
	TbStatus status = TB_OK;

	*r = (TbTwoStage){.robust_error = tb_alloc(panel->p * sizeof(double)), .first_stage_f = tb_alloc(panel->endogenous * sizeof(double))};
	for (uint32_t j = 0; j < panel->endogenous && status == TB_OK; j++)
		status = first_stage(panel, j, &second, r->first_stage_f + j, &rank);
	if (status != TB_OK)
		return status;
	m = tb_panel_moments(&second, 0, 1, panel->p);
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, &r->fit);
	if (status != TB_OK)
		return status;
	true_residuals(panel, &second, &r->fit, e, r->robust_error);
	return overidentification(panel, &second, e, rank, r);
}
