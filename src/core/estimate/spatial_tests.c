/* spatial_tests.c -- do the residuals of least squares, or the outcome itself, lean on the neighbours? */
#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/probability.h"
#include "../base/scaled.h"
#include "spatial_model.h"

static double dot(const double *a, const double *b, size_t n)
{
	TbDd sum = {0, 0};

	TB_ROWS (i, 0, n)
		sum = tb_dd_add(sum, tb_two_product(a[i], b[i]));
	return tb_dd_value(sum);
}

/* Takes out of v what the k orthonormal columns of q explain, twice: then nothing is left */
static void take_out(const double *q, uint32_t k, size_t n, double *v)
{
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t c = 0; c < k; c++) {
			double share = dot(q + c * n, v, n);

			TB_ROWS (i, 0, n)
				v[i] -= share * q[c * n + i];
		}
}

/* An orthonormal basis of the regressors that least squares kept, as columns of n */
static double *basis_of(const TbSpatialModel *m, const TbRegression *fit)
{
	size_t n = m->nb.n;
	double *q = tb_alloc(fit->rank * n * sizeof(double) + 1);
	uint32_t k = 0;

	for (uint32_t c = 0; c < m->p; c++) {
		double *v = q + k * n, length;

		if (fit->aliased[c])
			continue;
		TB_ROWS (i, 0, n)
			v[i] = m->x[i * m->p + c];
		(void)tb_shrink(v, n, v);
		take_out(q, k++, n, v);
		(void)tb_shrink(v, n, v);
		length = sqrt(dot(v, v, n));
		TB_ROWS (i, 0, n)
			v[i] /= length;
	}
	return q;
}

/* Expectation and variance of Moran's I of residuals, from tr(MW), tr(MWMW') and tr(MWMW) with M = I - QQ' */
static void moran_moments(const TbNeighbours *nb, const double *q, uint32_t k, double s0, double all, TbDependence *r)
{
	size_t n = nb->n;
	double *wq = tb_alloc(k * n * sizeof(double) + 1), *back = tb_alloc(n * sizeof(double)), *c = tb_alloc((size_t)k * k * sizeof(double) + 1);
	double squares = dot(nb->weight, nb->weight, nb->links), one = 0, straight = squares, crossed = all - squares, df = (double)n - k;

	for (uint32_t a = 0; a < k; a++)
		tb_spatial_lagged(nb, q + a * n, 1, wq + a * n, 1);
	for (uint32_t a = 0; a < k; a++) {
		tb_spatial_lagged_back(nb, q + a * n, back);
		straight -= dot(back, back, n) + dot(wq + a * n, wq + a * n, n);
		crossed -= 2 * dot(back, wq + a * n, n);
		for (uint32_t b = 0; b < k; b++)
			c[a * k + b] = dot(q + a * n, wq + b * n, n);
	}
	for (uint32_t a = 0; a < k; a++) {
		one -= c[a * k + a];
		for (uint32_t b = 0; b < k; b++) {
			straight += c[a * k + b] * c[a * k + b];
			crossed += c[a * k + b] * c[b * k + a];
		}
	}
	r->expected = n / s0 * one / df;
	r->variance = n / s0 * (n / s0) * (straight + crossed + one * one) / (df * (df + 2)) - r->expected * r->expected;
	tb_free(wq);
	tb_free(back);
	tb_free(c);
}

static TbScoreTest score(double statistic, double df)
{
	return (TbScoreTest){statistic, isnan(statistic) ? NAN : tb_chi_square(statistic, df, true)};
}

TbStatus tb_spatial_tests(const TbSpatialModel *given, TbSpatialTests *r)
{
	TbSpatialModel m = *given;
	size_t n = m.nb.n;
	double *e = tb_alloc(n * sizeof(double)), *lag = tb_alloc(n * sizeof(double)), *fitted = tb_alloc(n * sizeof(double)), *q;
	double s0, t, s2, ee, ewe, ewy, d, whole;
	TbRegression fit;
	TbStatus status;

	m.nb.value = tb_alloc(n * sizeof(double));
	(void)tb_shrink(given->nb.value, n, m.nb.value);
	status = tb_spatial_ols(&m, &fit, e);
	if (status != TB_OK)
		return status;
	if (!(fit.df > 0) || !(fit.rss > 0))
		return TB_UNDEFINED;
	tb_spatial_weights(&m.nb, &s0, &t, &d);
	q = basis_of(&m, &fit);
	ee = dot(e, e, n);
	s2 = ee / n;
	tb_spatial_lagged(&m.nb, e, 1, lag, 1);
	ewe = dot(e, lag, n);
	tb_spatial_lagged(&m.nb, m.nb.value, 1, lag, 1);
	ewy = dot(e, lag, n) / s2;
	TB_ROWS (i, 0, n)
		fitted[i] = m.nb.value[i] - e[i];
	tb_spatial_lagged(&m.nb, fitted, 1, lag, 1);
	whole = dot(lag, lag, n);
	take_out(q, fit.rank, n, lag);
	d = dot(lag, lag, n);
	d = d > 1e-26 * whole ? d / s2 : 0;

	r->moran.value = n / s0 * (ewe / ee);
	moran_moments(&m.nb, q, fit.rank, s0, t, &r->moran);
	tb_dependence_judge(&r->moran);
	ewe /= s2;
	r->error = score(ewe * ewe / t, 1);
	r->lag = score(ewy * ewy / (d + t), 1);
	r->robust_error = score(d > 0 ? (ewe - t / (d + t) * ewy) * (ewe - t / (d + t) * ewy) / (t * (d / (d + t))) : NAN, 1);
	r->robust_lag = score(d > 0 ? (ewy - ewe) * (ewy - ewe) / d : NAN, 1);
	r->both = score(r->error.statistic + r->robust_lag.statistic, 2);
	return TB_OK;
}
