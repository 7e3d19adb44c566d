/* spatial_model.c -- units, regressors and neighbours from rows of pairs; what the models over them share */
#include "spatial_model.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

bool tb_spatial_model_params_ok(const double *param, uint64_t n)
{
	double p;

	if (n != TB_SPATIAL_PARAMS || !tb_is_choice(param[TB_SPATIAL_WIDTH], (int)tb_spatial_model_width(TB_SPATIAL_COLUMNS) + 1))
		return false;
	p = (param[TB_SPATIAL_WIDTH] - 3) / 2;
	return p >= 1 && p == floor(p) && param[TB_SPATIAL_INSTRUMENT_LAGS] >= 1 && tb_is_choice(param[TB_SPATIAL_INSTRUMENT_LAGS], TB_SPATIAL_LAGS + 1);
}

TB_BAG_KIND(tb_spatial_model_kind, "spatial_model_state", TB_SHAPE_SPATIAL_MODEL, 2, TB_BAG_WIDE, 0x2, 0, tb_spatial_model_params_ok, 0)

/* y and x of a unit, first or again the same */
static bool take(TbSpatialModel *m, uint32_t i, const double *value)
{
	bool same = tb_spatial_take(m->nb.value + i, value[0]);

	for (uint32_t c = 0; c < m->p; c++)
		same &= tb_spatial_take(m->x + (size_t)i * m->p + c, value[1 + c]);
	tb_steps(m->p);
	return same;
}

/* Rows are sorted by unit and neighbour. */
static TbStatus fill(const TbBag *bag, TbSpatialModel *m, uint32_t *unit)
{
	size_t at = 0;

	for (size_t r = 0; r < bag->rows; r++, tb_step()) {
		uint32_t i = bag->row_id[0][r], j = bag->row_id[1][r];
		const double *row = bag->wide + r * bag->stride;

		*unit = i;
		if (!take(m, i, row + 1))
			return TB_INVALID;
		if (j == TB_NO_ID)
			continue;
		*unit = j;
		if (!take(m, j, row + 2 + m->p))
			return TB_INVALID;
		if (row[0] == 0)
			continue;
		if (i == j)
			return TB_MISMATCH;
		m->nb.neighbour[at] = j;
		m->nb.weight[at++] = row[0];
		m->nb.row[i + 1]++;
	}
	m->nb.links = at;
	return TB_OK;
}

TbStatus tb_spatial_model(const TbBag *bag, TbSpatialModel *m, uint32_t *unit)
{
	uint32_t n = bag->ids, p = ((uint32_t)bag->param[TB_SPATIAL_WIDTH] - 3) / 2;
	TbStatus status;

	*m = (TbSpatialModel){.nb = {.n = n, .id = bag->id}, .p = p, .lags = (uint32_t)bag->param[TB_SPATIAL_INSTRUMENT_LAGS]};
	m->nb.value = tb_alloc(n * sizeof(double));
	m->nb.row = tb_alloc_zero(n + (size_t)1, sizeof(size_t));
	m->nb.neighbour = tb_alloc(bag->rows * sizeof(uint32_t));
	m->nb.weight = tb_alloc(bag->rows * sizeof(double));
	m->x = tb_alloc((size_t)n * p * sizeof(double));
	for (uint32_t i = 0; i < n; i++, tb_step())
		m->nb.value[i] = NAN;
	for (size_t i = 0; i < (size_t)n * p; i++, tb_step())
		m->x[i] = NAN;
	status = fill(bag, m, unit);
	if (status != TB_OK)
		return status;
	for (uint32_t i = 0; i < n; i++, tb_step())
		m->nb.row[i + 1] += m->nb.row[i];
	m->nb = tb_weights_near_one(&m->nb, &m->unit);
	return m->nb.links > 0 ? TB_OK : TB_UNDEFINED;
}

void tb_spatial_lagged(const TbNeighbours *nb, const double *from, size_t from_stride, double *to, size_t to_stride)
{
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		double sum = 0;

		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step())
			sum += nb->weight[k] * from[nb->neighbour[k] * from_stride];
		to[i * to_stride] = sum;
	}
}

void tb_spatial_lagged_back(const TbNeighbours *nb, const double *from, double *to)
{
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		to[i] = 0;
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step())
			to[nb->neighbour[k]] += nb->weight[k] * from[i];
}

double tb_spatial_bound(const TbNeighbours *nb)
{
	double *to = tb_alloc_zero(nb->n, sizeof(double)), rows = 0, columns = 0;

	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		double sum = 0;

		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			sum += nb->weight[k];
			to[nb->neighbour[k]] += nb->weight[k];
		}
		rows = fmax(rows, sum);
	}
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		columns = fmax(columns, to[i]);
	tb_free(to);
	return fmin(rows, columns);
}

bool tb_spatial_constant(const TbSpatialModel *m, uint32_t c)
{
	for (uint32_t i = 1; i < m->nb.n; i++, tb_step())
		if (m->x[(size_t)i * m->p + c] != m->x[c])
			return false;
	return true;
}

TbStatus tb_spatial_ols(const TbSpatialModel *m, TbRegression *fit, double *residual)
{
	size_t stride = m->p + (size_t)1;
	double *row = tb_alloc(m->nb.n * stride * sizeof(double));
	TbPanel panel = {.n = m->nb.n, .row = row, .stride = stride};
	TbMoments sums;
	TbStatus status;

	for (uint32_t i = 0; i < m->nb.n; i++, tb_step()) {
		row[i * stride] = m->nb.value[i];
		memcpy(row + i * stride + 1, m->x + (size_t)i * m->p, m->p * sizeof(double));
	}
	sums = tb_panel_moments(&panel, 0, 1, m->p);
	status = tb_regression(&sums, TB_PIVOT_TOLERANCE, fit);
	for (uint32_t i = 0; i < m->nb.n && status == TB_OK; i++, tb_steps(m->p))
		residual[i] = tb_regression_residual(fit->beta, m->p, m->nb.value[i], m->x + (size_t)i * m->p);
	tb_free(sums.hi);
	tb_free(row);
	return status;
}
