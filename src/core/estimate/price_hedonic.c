/* price_hedonic.c -- the time-dummy index: cross moments by period, put together as if each period had a dummy */
#include "price_index.h"

#include <stdlib.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "regression.h"

typedef struct Period {
	int32_t period;
	const TbMoments *moments;
} Period;

static int by_period(const void *a, const void *b)
{
	const Period *x = a, *y = b;

	return x->period < y->period ? -1 : x->period > y->period;
}

/* Decimal integer without sign games: what the transition writes */
static bool parse(TbId id, int32_t *value)
{
	char text[16], *end;
	long long x;

	if (id.length == 0 || id.length > 11)
		return false;
	for (uint32_t i = 0; i < id.length; i++)
		text[i] = id.text[i];
	text[id.length] = '\0';
	x = strtoll(text, &end, 10);
	*value = (int32_t)x;
	return *end == '\0' && x == *value;
}

static void put(TbMoments *m, size_t i, size_t j, TbDd x)
{
	size_t cell = tb_moment_cell(m->p, i, j);

	m->hi[cell] = x.hi;
	m->lo[cell] = x.lo;
}

/* Columns: 1, a dummy for every period but the first, then x */
static TbMoments with_dummies(const TbClusters *c, const Period *period)
{
	size_t t = c->clusters, p = c->p, cells;
	TbMoments m = {.p = (uint32_t)(t + p), .n = c->whole.n};

	cells = tb_moment_cells(m.p);
	m.hi = tb_alloc_zero(cells, sizeof(double));
	m.lo = tb_alloc_zero(cells, sizeof(double));
	/* z of the whole: 0 is the implicit 1, 1 the constant, 2 .. t the dummies, t + 1 .. t + p the characteristics, t + p + 1 is y */
	put(&m, 0, 0, tb_moment(&c->whole, 0, 0));
	put(&m, 0, 1, tb_moment(&c->whole, 0, 0));
	put(&m, 1, 1, tb_moment(&c->whole, 0, 0));
	for (size_t j = 1; j <= p + 1; j++) {
		put(&m, 0, t + j, tb_moment(&c->whole, 0, j));
		put(&m, 1, t + j, tb_moment(&c->whole, 0, j));
		for (size_t i = 1; i <= j; i++, tb_step())
			put(&m, t + i, t + j, tb_moment(&c->whole, i, j));
	}
	for (size_t k = 1; k < t; k++) {
		TbDd rows = tb_moment(period[k].moments, 0, 0);

		put(&m, 0, k + 1, rows);
		put(&m, 1, k + 1, rows);
		put(&m, k + 1, k + 1, rows);
		for (size_t j = 1; j <= p + 1; j++)
			put(&m, k + 1, t + j, tb_moment(period[k].moments, 0, j));
	}
	return m;
}

TbStatus tb_hedonic_index(const TbState *state, TbIndexPoint **points, size_t *n)
{
	TbClusters c;
	TbMoments m;
	TbRegression fit;
	Period *period;
	TbStatus status = tb_cluster_view(state, &c);

	if (status != TB_OK)
		return status;
	if (c.clusters + c.p > TB_INDEX_PERIODS / 2)
		return TB_TOO_LARGE;
	period = tb_alloc(c.clusters * sizeof(Period));
	for (size_t i = 0; i < c.clusters; i++, tb_step()) {
		period[i].moments = c.moments + i;
		if (!parse(c.id[i], &period[i].period))
			return TB_INVALID;
	}
	qsort(period, c.clusters, sizeof(Period), by_period);
	m = with_dummies(&c, period);
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, &fit);
	if (status != TB_OK)
		return status;
	*n = c.clusters;
	*points = tb_alloc(*n * sizeof(TbIndexPoint));
	for (size_t i = 0; i < *n; i++, tb_step()) {
		double index = i == 0 ? 100 : 100 * exp(fit.coefficient[i]);

		(*points)[i] =
			(TbIndexPoint){period[i].period, isfinite(index) ? index : NAN, i == 0 ? 0 : index * fit.standard_error[i], period[i].moments->n};
	}
	return TB_OK;
}
