/* fixed_effects.c -- regressions of what fixed effects leave */
#include "fixed_effects.h"

#include "../base/cholesky.h"
#include "../base/step.h"
#include "absorb.h"

#define ITERATIONS 200
#define STEADY 1e-11 /* change of a coefficient, in parts of its size and error */
#define LEAST_MU 1e-250

/* y (or z) and x of the chosen rows less their effects, row by row */
static TbStatus absorbed(const TbEffects *effects, const TbPanel *panel, const size_t *chosen, const double *z, double *left)
{
	size_t width = panel->p + 1;
	double *column = tb_alloc((effects->n + 1) * sizeof(double));
	TbStatus status = TB_OK;

	for (size_t k = 0; k < width && status == TB_OK; k++) {
		for (size_t i = 0; i < effects->n; i++, tb_step())
			column[i] = k == 0 && z ? z[i] : panel->row[(chosen ? chosen[i] : i) * panel->stride + k];
		status = tb_absorb(effects, column);
		if (!z) /* else the steps are told */
			tb_progress("fixed effects, columns", (double)k + 1, (double)width);
		for (size_t i = 0; i < effects->n; i++, tb_step())
			left[i * width + k] = column[i];
	}
	tb_free(column);
	return status;
}

/* Sums of x e by unit: rows are sorted by it */
static void cluster_by_unit(const TbPanel *within, double units, TbRegression *fit)
{
	uint32_t p = within->p;
	TbDd *meat = tb_alloc_zero((size_t)p * p, sizeof(TbDd)), *score = tb_alloc_zero(p, sizeof(TbDd));
	double free = fit->df + units;

	for (size_t i = 0; i < within->n; i++) {
		const double *row = within->row + i * within->stride;
		double e = tb_panel_weight(within, i) * tb_regression_residual(fit->beta, p, row[0], row + 1);

		for (uint32_t k = 0; k < p; k++)
			score[k] = tb_dd_add(score[k], tb_two_product(row[1 + k], e));
		tb_steps(p);
		if (i + 1 < within->n && within->a[i + 1] == within->a[i])
			continue;
		tb_meat_lower(meat, score, p);
		memset(score, 0, p * sizeof(TbDd));
	}
	fit->clusters = (uint64_t)units;
	tb_cluster_sandwich(fit, meat, units > 1 && fit->df > 0 ? units / (units - 1) * (((double)fit->n - 1) / free) : NAN, units - 1, TB_CLUSTER);
}

TbStatus tb_fixed_effects(const TbPanel *panel, TbRegression *fit)
{
	bool periods = tb_panel_has(panel, panel->b);
	TbEffects effects = tb_effects(panel->n, panel->ids, panel->a, periods ? panel->b : NULL);
	TbPanel within = *panel;
	double *left = tb_alloc((panel->n + 1) * (panel->p + 1) * sizeof(double)), units = 0;
	TbMoments m;
	TbStatus status;

	tb_progress("fixed effects, columns", 0, panel->p + 1.0);
	tb_effects_weigh(&effects, (double *)panel->weight);
	status = absorbed(&effects, panel, NULL, NULL, left);
	if (status != TB_OK)
		return status;
	within.row = left;
	within.stride = panel->p + 1;
	m = tb_panel_moments(&within, 0, 1, panel->p);
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, fit);
	if (status != TB_OK)
		return status;
	tb_regression_absorb(fit, effects.dummies);
	for (size_t i = 0; i < panel->n; i++, tb_step())
		units += i == 0 || panel->a[i] != panel->a[i - 1];
	if (panel->clustered)
		cluster_by_unit(&within, units, fit);
	return TB_OK;
}

/* -- counts -- */

typedef struct Counts {
	size_t n, *row; /* rows whose origin and destination have something */
	uint32_t *a, *b;
	double *y, *own, *eta, *mu, *z, *weight, *left; /* own: weights given, weight: those of a step; left: [n][p + 1] */
} Counts;

static size_t sift(const TbPanel *panel, Counts *c, size_t n, double *total, const uint32_t *column)
{
	size_t kept = 0;

	memset(total, 0, panel->ids * sizeof(double));
	for (size_t i = 0; i < n; i++, tb_step())
		total[column[c->row[i]]] += panel->row[c->row[i] * panel->stride];
	for (size_t i = 0; i < n; i++, tb_step())
		if (total[column[c->row[i]]] > 0)
			c->row[kept++] = c->row[i];
	return kept;
}

static TbStatus counts_of(const TbPanel *panel, Counts *c)
{
	double *total = tb_alloc((panel->ids + (size_t)1) * sizeof(double)), mean = 0;
	size_t before;

	*c = (Counts){.n = panel->n, .row = tb_alloc(panel->n * sizeof(size_t))};
	for (size_t i = 0; i < panel->n; i++, tb_step()) {
		c->row[i] = i;
		if (panel->row[i * panel->stride] < 0)
			return TB_OUT_OF_RANGE;
	}
	do {
		before = c->n;
		c->n = sift(panel, c, c->n, total, panel->a);
		c->n = sift(panel, c, c->n, total, panel->b);
	} while (c->n < before);
	if (c->n == 0)
		return TB_UNDEFINED;
	c->a = tb_alloc(c->n * sizeof(uint32_t));
	c->b = tb_alloc(c->n * sizeof(uint32_t));
	c->y = tb_alloc(c->n * sizeof(double));
	c->own = tb_alloc(c->n * sizeof(double));
	c->weight = tb_alloc(c->n * sizeof(double));
	c->eta = tb_alloc(c->n * sizeof(double));
	c->mu = tb_alloc(c->n * sizeof(double));
	c->z = tb_alloc(c->n * sizeof(double));
	c->left = tb_alloc(c->n * (panel->p + 1) * sizeof(double));
	for (size_t i = 0; i < c->n; i++, tb_step()) {
		c->a[i] = panel->a[c->row[i]];
		c->b[i] = panel->b[c->row[i]];
		c->y[i] = panel->row[c->row[i] * panel->stride];
		c->own[i] = tb_panel_weight(panel, c->row[i]);
		mean += c->y[i] / c->n;
	}
	for (size_t i = 0; i < c->n; i++, tb_step()) {
		c->mu[i] = (c->y[i] + mean) / 2;
		c->eta[i] = log(c->mu[i]);
	}
	return TB_OK;
}

static TbMoments weighted_moments(const Counts *c, uint32_t p)
{
	size_t cells = tb_moment_cells(p);
	double *sums = tb_alloc_zero(2 * cells, sizeof(double)), z[TB_MOMENT_WIDTH + 4];
	TbMoments m = {p, c->n, {0, 0}, sums, sums + cells};

	for (size_t i = 0; i < c->n; i++) {
		tb_moments_row(z, c->left[i * (p + 1)], c->left + i * (p + 1) + 1, p);
		tb_moments_add_lines(m.hi, m.lo, p, z, c->weight[i], 1);
		tb_steps(4);
	}
	return m;
}

/* One step; *change: the largest of a coefficient, or of an expected logarithm, which need not be as steady */
static TbStatus improve(const TbPanel *panel, Counts *c, TbEffects *effects, TbRegression *fit, double *change)
{
	TbMoments m;
	TbRegression next;
	TbStatus status;

	for (size_t i = 0; i < c->n; i++, tb_step()) {
		c->z[i] = c->eta[i] + (c->y[i] - c->mu[i]) / c->mu[i];
		c->weight[i] = c->own[i] * c->mu[i];
	}
	tb_effects_weigh(effects, c->weight);
	status = absorbed(effects, panel, c->row, c->z, c->left);
	if (status != TB_OK)
		return status;
	m = weighted_moments(c, panel->p);
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, &next);
	if (status != TB_OK)
		return status;
	*change = fit->rank == 0 && next.rank > 0 ? INFINITY : 0;
	for (uint32_t k = 0; k < panel->p; k++)
		if (!next.aliased[k])
			*change = fmax(*change,
						   fabs(next.coefficient[k] - fit->coefficient[k]) / (fabs(next.coefficient[k]) + sqrt(next.bread[k * (panel->p + 1)].hi)));
	for (size_t i = 0; i < c->n; i++, tb_step()) {
		const double *row = c->left + i * (panel->p + 1);
		double eta = c->z[i] - tb_regression_residual(next.beta, panel->p, row[0], row + 1);

		/* where zeros are told apart, every step takes 1 off and the coefficients may stand still against their errors */
		*change = fmax(*change, fabs(eta - c->eta[i]) * (STEADY / 1e-6));
		c->eta[i] = eta;
		c->mu[i] = exp(c->eta[i]);
		if (!(c->mu[i] > LEAST_MU && c->mu[i] < 1 / LEAST_MU))
			return TB_NOT_CONVERGED;
	}
	tb_free(m.hi);
	*fit = next;
	return TB_OK;
}

/* Errors, likelihood and degrees of freedom of the last step */
static void finish(const TbPanel *panel, const Counts *c, double dummies, TbRegression *fit)
{
	uint32_t p = panel->p;
	TbDd *meat = tb_alloc_zero((size_t)p * p, sizeof(TbDd)), *score = tb_alloc(p * sizeof(TbDd)), likelihood = {0, 0};
	double n = (double)c->n, k = fit->rank + dummies;

	for (size_t i = 0; i < c->n; i++) {
		for (uint32_t j = 0; j < p; j++)
			score[j] = tb_two_product(c->left[i * (p + 1) + 1 + j], c->own[i] * (c->y[i] - c->mu[i]));
		tb_meat_lower(meat, score, p);
		likelihood = tb_dd_add_d(likelihood, c->own[i] * (c->y[i] * c->eta[i] - c->mu[i] - lgamma(c->y[i] + 1)));
	}
	fit->df = n - k;
	fit->constant = false;
	fit->constant_column = -1;
	fit->r2 = fit->adjusted_r2 = fit->sigma = fit->rss = NAN;
	tb_regression_sandwich(fit, meat, fit->df > 0 ? n / (n - k) : NAN, fit->df, TB_HC1);
	fit->log_likelihood = tb_dd_value(likelihood);
	fit->aic = 2 * k - 2 * fit->log_likelihood;
	fit->bic = k * log(n) - 2 * fit->log_likelihood;
}

TbStatus tb_poisson_effects(const TbPanel *panel, TbRegression *fit)
{
	Counts c;
	TbEffects effects;
	double change = INFINITY;
	TbStatus status = counts_of(panel, &c);

	if (status != TB_OK)
		return status;
	tb_progress("steps of the likelihood", 0, ITERATIONS);
	effects = tb_effects(c.n, panel->ids, c.a, c.b);
	effects.enough = 1e-13;
	tb_regression_empty(fit, panel->p);
	for (int step = 0; step < ITERATIONS && !(change < STEADY); step++) {
		status = improve(panel, &c, &effects, fit, &change);
		tb_progress("steps of the likelihood", step + 1, ITERATIONS);
		if (status != TB_OK)
			return status;
	}
	if (!(change < STEADY))
		return TB_NOT_CONVERGED;
	finish(panel, &c, effects.dummies, fit);
	return TB_OK;
}
