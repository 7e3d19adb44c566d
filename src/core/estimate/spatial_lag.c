/* spatial_lag.c -- an outcome that leans on its neighbours, by two stages; and what a regressor then does to all units */
#include "spatial_lag.h"

#include <math.h>

#include "../base/step.h"

/* Rows y, Wy, x, and as many lags of the regressors that are not constant */
static TbPanel two_stage_rows(const TbSpatialModel *m, uint32_t lags)
{
	uint32_t varying = 0, n = m->nb.n, at = 2 + m->p;
	TbPanel panel = {.n = n, .p = 1 + m->p, .endogenous = 1};
	double *row;

	for (uint32_t c = 0; c < m->p; c++)
		varying += !tb_spatial_constant(m, c);
	panel.instruments = lags * varying;
	panel.stride = at + (size_t)panel.instruments;
	panel.row = row = tb_alloc((n + (size_t)1) * panel.stride * sizeof(double));
	for (uint32_t i = 0; i < n; i++, tb_steps(m->p)) {
		row[i * panel.stride] = m->nb.value[i];
		memcpy(row + i * panel.stride + 2, m->x + (size_t)i * m->p, m->p * sizeof(double));
	}
	tb_spatial_lagged(&m->nb, row, panel.stride, row + 1, panel.stride);
	for (uint32_t c = 0; c < m->p; c++) {
		uint32_t from = 2 + c;

		if (tb_spatial_constant(m, c))
			continue;
		for (uint32_t k = 0; k < lags; k++, from = at++)
			tb_spatial_lagged(&m->nb, row + from, panel.stride, row + at, panel.stride);
	}
	return panel;
}

/* rho for the weights as they were given */
static void to_given_weights(const TbSpatialModel *m, TbTwoStage *r)
{
	size_t p = m->p + (size_t)1;

	r->fit.coefficient[0] *= m->unit;
	r->fit.standard_error[0] *= m->unit;
	r->robust_error[0] *= m->unit;
	for (size_t k = 0; k < p; k++) {
		r->fit.vcov[k] *= m->unit;
		r->fit.vcov[k * p] *= m->unit;
	}
}

TbStatus tb_spatial_lag(const TbSpatialModel *m, uint32_t lags, TbTwoStage *r)
{
	TbPanel panel = two_stage_rows(m, lags);
	TbStatus status;

	if (panel.instruments == 0)
		return TB_INFEASIBLE;
	status = tb_two_stage(&panel, r);
	tb_free((void *)panel.row);
	if (status != TB_OK)
		return status;
	to_given_weights(m, r);
	return isinf(r->fit.coefficient[0]) || isinf(r->fit.vcov[0]) ? TB_OUT_OF_RANGE : TB_OK;
}

/* -- effects -- */

/* W by columns */
static TbNeighbours transposed(const TbNeighbours *nb)
{
	TbNeighbours t = {.n = nb->n, .links = nb->links};
	size_t *at = tb_alloc_zero(nb->n + (size_t)1, sizeof(size_t));

	t.row = tb_alloc_zero(nb->n + (size_t)2, sizeof(size_t));
	t.neighbour = tb_alloc((nb->links + 1) * sizeof(uint32_t));
	t.weight = tb_alloc((nb->links + 1) * sizeof(double));
	for (size_t k = 0; k < nb->links; k++, tb_step())
		t.row[nb->neighbour[k] + 1]++;
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		t.row[i + 1] += t.row[i];
	memcpy(at, t.row, (nb->n + (size_t)1) * sizeof(size_t));
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			size_t to = at[nb->neighbour[k]]++;

			t.neighbour[to] = i;
			t.weight[to] = nb->weight[k];
		}
	tb_free(at);
	return t;
}

/* A vector of which few elements are not 0, and the units that it has reached */
typedef struct Reach {
	double *value;
	uint32_t *unit, n;
	bool *in;
} Reach;

static Reach reach_of(uint32_t n)
{
	return (Reach){tb_alloc_zero(n, sizeof(double)), tb_alloc(n * sizeof(uint32_t)), 0, tb_alloc_zero(n, sizeof(bool))};
}

static void forget(Reach *r)
{
	for (uint32_t k = 0; k < r->n; k++, tb_step()) {
		r->value[r->unit[k]] = 0;
		r->in[r->unit[k]] = false;
	}
	r->n = 0;
}

static void reach(Reach *r, uint32_t unit, double add)
{
	if (!r->in[unit]) {
		r->in[unit] = true;
		r->unit[r->n++] = unit;
	}
	r->value[unit] += add;
}

/* to = A' from for the rows of A */
static void spread(const TbNeighbours *a, const Reach *from, double factor, Reach *to)
{
	forget(to);
	for (uint32_t k = 0; k < from->n; k++, tb_step()) {
		uint32_t i = from->unit[k];

		for (size_t l = a->row[i]; l < a->row[i + 1]; l++, tb_step())
			reach(to, a->neighbour[l], factor * a->weight[l] * from->value[i]);
	}
}

static double common(const Reach *a, const Reach *b)
{
	const Reach *few = a->n < b->n ? a : b;
	double sum = 0;

	for (uint32_t k = 0; k < few->n; k++, tb_step())
		sum += a->value[few->unit[k]] * b->value[few->unit[k]];
	return sum;
}

static void swap(Reach *a, Reach *b)
{
	Reach c = *a;

	*a = *b;
	*b = c;
}

/* Element i, i of the sum of (rho W)^k for k = 0 .. 2 half: row i of a power times column i of another reaches twice as far as each */
static double own_effect(const TbNeighbours *w, const TbNeighbours *back, uint32_t i, double rho, int half, Reach *r)
{
	double sum = 1;

	for (int k = 0; k < 4; k++)
		forget(r + k);
	reach(r, i, 1);
	reach(r + 2, i, 1);
	for (int k = 0; k < half && r[0].n > 0 && r[2].n > 0; k++) {
		spread(w, r, rho, r + 1);
		sum += common(r + 1, r + 2);
		swap(r, r + 1);
		spread(back, r + 2, rho, r + 3);
		swap(r + 2, r + 3);
		sum += common(r, r + 2);
	}
	return sum;
}

/* Mean over the units of the row sums of (I - rho W)^-1 */
static double whole_effect(const TbNeighbours *w, double rho, int terms)
{
	double *s = tb_alloc(w->n * sizeof(double)), *lag = tb_alloc(w->n * sizeof(double)), sum = 0;

	for (uint32_t i = 0; i < w->n; i++, tb_step())
		s[i] = 1;
	for (int k = 0; k < terms; k++) {
		tb_spatial_lagged(w, s, 1, lag, 1);
		for (uint32_t i = 0; i < w->n; i++, tb_step())
			s[i] = 1 + rho * lag[i];
	}
	for (uint32_t i = 0; i < w->n; i++, tb_step())
		sum += s[i];
	tb_free(s);
	tb_free(lag);
	return sum / w->n;
}

TbStatus tb_spatial_multipliers(const TbSpatialModel *m, double given_rho, double *direct, double *total)
{
	TbNeighbours back = transposed(&m->nb);
	double rho = given_rho / m->unit, ratio = fabs(rho) * tb_spatial_bound(&m->nb);
	Reach r[4];
	TbDd sum = {0, 0};
	int half;

	if (!(ratio < 1 - 1e-4))
		return TB_NOT_CONVERGED;
	/* what is left out is ratio^(2 half + 1) / (1 - ratio) at most */
	half = ratio > 0 ? (int)ceil(log(1e-17 * (1 - ratio)) / log(ratio) / 2) : 0;
	*total = whole_effect(&m->nb, rho, 2 * half);
	for (int k = 0; k < 4; k++)
		r[k] = reach_of(m->nb.n);
	tb_progress("effects, units", 0, m->nb.n);
	for (uint32_t i = 0; i < m->nb.n; i++) {
		sum = tb_dd_add_d(sum, own_effect(&m->nb, &back, i, rho, half, r));
		if (i % 64 == 63)
			tb_progress("effects, units", i + 1, m->nb.n);
	}
	*direct = tb_dd_value(sum) / m->nb.n;
	return TB_OK;
}
