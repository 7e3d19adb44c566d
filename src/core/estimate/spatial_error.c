/* spatial_error.c -- lambda from three moments of the residuals, and least squares of what is left of y and x without their neighbours */
#include "spatial_error.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/dd.h"
#include "../base/host.h"
#include "../base/scaled.h"

/* c[0] + c[1] x + c[2] x^2 + ... of a degree */
typedef struct Polynomial {
	double c[5];
	int degree;
} Polynomial;

static double at(const Polynomial *f, double x)
{
	double sum = 0;

	for (int k = f->degree; k >= 0; k--)
		sum = sum * x + f->c[k];
	return sum;
}

static Polynomial derivative(const Polynomial *f)
{
	Polynomial d = {.degree = f->degree - 1};

	for (int k = 0; k <= d.degree; k++)
		d.c[k] = (k + 1) * f->c[k + 1];
	return d;
}

/* Real roots of a cubic: closed form, then Newton's steps as long as they help */
static int cubic_roots(const Polynomial *f, double *root)
{
	double a = f->c[2] / f->c[3] / 3, p = f->c[1] / f->c[3] / 3 - a * a, q = a * a * a + (f->c[0] / f->c[3] - a * (f->c[1] / f->c[3])) / 2;
	double d = q * q + p * p * p;
	Polynomial slope = derivative(f);
	int n = d > 0 ? 1 : 3;

	if (n == 1)
		root[0] = cbrt(-q + sqrt(d)) + cbrt(-q - sqrt(d)) - a;
	for (int k = 0; k < n && n == 3; k++)
		root[k] = 2 * sqrt(fmax(-p, 0)) * cos((acos(p < 0 ? fmax(-1, fmin(1, -q / sqrt(-p * p * p))) : 1) + 2 * k * 3.14159265358979323846) / 3) - a;
	for (int k = 0; k < n; k++)
		for (int step = 0; step < 50; step++) {
			double next = root[k] - at(f, root[k]) / at(&slope, root[k]);

			if (!(fabs(at(f, next)) < fabs(at(f, root[k]))))
				break;
			root[k] = next;
		}
	return n;
}

/* The lowest valley of a polynomial of degree 4 with |x| < limit; if there is none, the valley nearest to 0 */
static double valley(const Polynomial *f, double limit, bool *beyond)
{
	Polynomial slope = derivative(f), bend = derivative(&slope);
	double root[3], best = NAN;
	int n = cubic_roots(&slope, root);

	*beyond = true;
	for (int k = 0; k < n; k++) {
		bool inside = fabs(root[k]) < limit;

		if (at(&bend, root[k]) < 0 || (!inside && !*beyond))
			continue;
		if (isnan(best) || (inside && *beyond) || (inside ? at(f, root[k]) < at(f, best) : fabs(root[k]) < fabs(best)))
			best = root[k];
		*beyond &= !inside;
	}
	return best;
}

static double horner(const double *c, double x)
{
	return c[0] + x * (c[1] + x * c[2]);
}

static double mean_product(const double *a, const double *b, size_t n)
{
	TbDd sum = {0, 0};

	TB_ROWS (i, 0, n)
		sum = tb_dd_add(sum, tb_two_product(a[i], b[i]));
	return tb_dd_value(sum) / n;
}

/* lambda and s2 for weights near 1. The second equation has the square of the weights' unit in it and the third the unit: they weigh as with the weights given. */
static TbStatus moments(const TbSpatialModel *m, const double *u, double *lambda, double *s2, bool *beyond)
{
	size_t n = m->nb.n;
	double *v = tb_alloc(n * sizeof(double)), *w = tb_alloc(n * sizeof(double)), t = 0, square = m->unit * m->unit, weight[2], largest;
	double uv, vv, vw, ww, first[3], second[3], third[3];
	Polynomial f = {.degree = 4};

	tb_spatial_lagged(&m->nb, u, 1, v, 1);
	tb_spatial_lagged(&m->nb, v, 1, w, 1);
	for (size_t k = 0; k < m->nb.links; k++, tb_step())
		t += m->nb.weight[k] * m->nb.weight[k] / n;
	uv = mean_product(u, v, n);
	vv = mean_product(v, v, n);
	vw = mean_product(v, w, n);
	ww = mean_product(w, w, n);
	first[0] = mean_product(u, u, n), first[1] = -2 * uv, first[2] = vv;
	second[0] = vv, second[1] = -2 * vw, second[2] = ww;
	third[0] = uv, third[1] = -(mean_product(u, w, n) + vv), third[2] = vw;
	weight[0] = 1 / hypot(square, t);
	weight[1] = 1 / m->unit;
	largest = fmax(weight[0], weight[1]);
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
			f.c[i + k] += (t * first[i] - second[i]) * (t * first[k] - second[k]) * (weight[0] / largest) * (weight[0] / largest) +
						  third[i] * third[k] * (weight[1] / largest) * (weight[1] / largest);
	tb_free(v);
	tb_free(w);
	if (!(f.c[4] > 0))
		return TB_UNDEFINED;
	*lambda = valley(&f, 1 / tb_spatial_bound(&m->nb), beyond);
	ww = t / square; /* of the weights as given, over n */
	*s2 = (horner(first, *lambda) + ww * (horner(second, *lambda) / square)) / (1 + ww * ww);
	return isnan(*lambda) ? TB_UNDEFINED : TB_OK;
}

/* Least squares of y - lambda Wy on X - lambda WX */
static TbStatus filtered(const TbSpatialModel *m, double lambda, TbRegression *fit)
{
	size_t stride = m->p + (size_t)1;
	double *row = tb_alloc(m->nb.n * stride * sizeof(double)), *column = tb_alloc(m->nb.n * sizeof(double)),
		   *lag = tb_alloc(m->nb.n * sizeof(double));
	TbPanel panel = {.n = m->nb.n, .row = row, .stride = stride};
	TbMoments sums;

	for (size_t c = 0; c < stride; c++) {
		for (uint32_t i = 0; i < m->nb.n; i++, tb_step())
			column[i] = c == 0 ? m->nb.value[i] : m->x[(size_t)i * m->p + c - 1];
		tb_spatial_lagged(&m->nb, column, 1, lag, 1);
		for (uint32_t i = 0; i < m->nb.n; i++, tb_step())
			row[i * stride + c] = column[i] - lambda * lag[i];
	}
	sums = tb_panel_moments(&panel, 0, 1, m->p);
	tb_free(row);
	tb_free(column);
	tb_free(lag);
	return tb_regression(&sums, TB_PIVOT_TOLERANCE, fit);
}

/* lambda before the coefficients of x */
static void with_lambda(const TbRegression *of, double lambda, TbRegression *fit)
{
	uint32_t p = of->p;

	tb_regression_empty(fit, p + 1);
	fit->n = of->n;
	fit->df = of->df;
	fit->rank = of->rank + 1;
	fit->constant = of->constant;
	fit->sigma = of->sigma;
	fit->rss = of->rss;
	fit->f = of->f;
	fit->f_p = of->f_p;
	fit->reciprocal_condition = of->reciprocal_condition;
	fit->r2 = fit->adjusted_r2 = fit->log_likelihood = fit->aic = fit->bic = NAN;
	fit->coefficient[0] = lambda;
	for (uint32_t i = 0; i < p; i++) {
		fit->aliased[1 + i] = of->aliased[i];
		fit->coefficient[1 + i] = of->coefficient[i];
		fit->standard_error[1 + i] = of->standard_error[i];
		fit->t[1 + i] = of->t[i];
		fit->p_value[1 + i] = of->p_value[i];
		memcpy(fit->vcov + (size_t)(1 + i) * (p + 1) + 1, of->vcov + (size_t)i * p, p * sizeof(double));
	}
}

TbStatus tb_spatial_error(const TbSpatialModel *m, TbSpatialError *r)
{
	double *e = tb_alloc(m->nb.n * sizeof(double)), lambda, s2;
	TbRegression fit;
	TbStatus status = tb_spatial_ols(m, &fit, e);
	int64_t constant = -1;
	int exponent;

	if (status != TB_OK)
		return status;
	if (!(fit.df > 0) || !(fit.rss > 0))
		return TB_UNDEFINED;
	exponent = tb_shrink(e, m->nb.n, e);
	status = moments(m, e, &lambda, &s2, &r->beyond);
	if (status == TB_OK)
		status = filtered(m, lambda, &fit);
	if (status != TB_OK)
		return status;
	for (uint32_t c = 0; c < m->p && constant < 0; c++)
		if (!fit.aliased[c] && tb_spatial_constant(m, c))
			constant = c;
	fit.constant = constant >= 0;
	fit.constant_column = constant;
	tb_regression_wald(&fit, fit.df);
	with_lambda(&fit, lambda * m->unit, &r->fit);
	r->sigma2 = ldexp(s2, 2 * exponent);
	return isfinite(r->fit.coefficient[0]) && isfinite(r->sigma2) ? TB_OK : TB_OUT_OF_RANGE;
}
