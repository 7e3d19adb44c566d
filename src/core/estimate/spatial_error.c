/* spatial_error.c -- lambda from three moments of the residuals, and least squares of what is left of y and x without their neighbours */
#include "spatial_error.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/dd.h"
#include "../base/step.h"
#include "../base/probability.h"
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

/* The two moments that are left when s2 is the best, as polynomials in lambda, and what the second and third equation weigh in them */
typedef struct Moments {
	double one[3], two[3], weight[2], t;
} Moments;

/* lambda and s2 for weights near 1. The second equation has the square of the weights' unit in it and the third the unit: they weigh as with the weights given. */
static TbStatus moments(const TbSpatialModel *m, const double *u, double *v, Moments *g, double *lambda, double *s2, bool *beyond)
{
	size_t n = m->nb.n;
	double *w = tb_alloc(n * sizeof(double)), square = m->unit * m->unit, weight[2];
	double uv, vv, vw, ww, first[3], second[3], third[3];
	Polynomial f = {.degree = 4};

	tb_spatial_lagged(&m->nb, u, 1, v, 1);
	tb_spatial_lagged(&m->nb, v, 1, w, 1);
	g->t = 0;
	for (size_t k = 0; k < m->nb.links; k++, tb_step())
		g->t += m->nb.weight[k] * m->nb.weight[k] / n;
	uv = mean_product(u, v, n);
	vv = mean_product(v, v, n);
	vw = mean_product(v, w, n);
	ww = mean_product(w, w, n);
	first[0] = mean_product(u, u, n), first[1] = -2 * uv, first[2] = vv;
	second[0] = vv, second[1] = -2 * vw, second[2] = ww;
	third[0] = uv, third[1] = -(mean_product(u, w, n) + vv), third[2] = vw;
	weight[0] = 1 / hypot(square, g->t);
	weight[1] = 1 / m->unit;
	for (int i = 0; i < 2; i++)
		g->weight[i] = weight[i] / fmax(weight[0], weight[1]);
	for (int i = 0; i < 3; i++) {
		g->one[i] = (g->t * first[i] - second[i]) * g->weight[0];
		g->two[i] = third[i] * g->weight[1];
	}
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
			f.c[i + k] += g->one[i] * g->one[k] + g->two[i] * g->two[k];
	tb_free(w);
	if (!(f.c[4] > 0))
		return TB_UNDEFINED;
	*lambda = valley(&f, 1 / tb_spatial_bound(&m->nb), beyond);
	ww = g->t / square; /* of the weights as given, over n */
	*s2 = (horner(first, *lambda) + ww * (horner(second, *lambda) / square)) / (1 + ww * ww);
	return isnan(*lambda) ? TB_UNDEFINED : TB_OK;
}

/* Of B = W'W: the sum of squares of what stands off the diagonal and of t - B_ii on it, of (t - B_ii)^2 alone, and sum B_ij W_ij; B is made row by row */
static void crossed(const TbNeighbours *nb, double t, double *squares, double *diagonal, double *with_w)
{
	size_t *from = tb_alloc_zero(nb->n + (size_t)2, sizeof(size_t)), *link = tb_alloc(nb->links * sizeof(size_t));
	uint32_t *row = tb_alloc(nb->links * sizeof(uint32_t)), *seen = tb_alloc(nb->n * sizeof(uint32_t));
	double *b = tb_alloc_zero(nb->n, sizeof(double));
	bool *in = tb_alloc_zero(nb->n, sizeof(bool)); /* seen: a product of small weights may be 0 */

	*squares = *diagonal = *with_w = 0;
	for (size_t k = 0; k < nb->links; k++, tb_step())
		from[nb->neighbour[k] + 2]++;
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		from[i + 2] += from[i + 1];
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			row[from[nb->neighbour[k] + 1]] = i;
			link[from[nb->neighbour[k] + 1]++] = k;
		}
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		uint32_t found = 0;

		for (size_t k = from[i]; k < from[i + 1]; k++)
			for (size_t l = nb->row[row[k]]; l < nb->row[row[k] + 1]; l++, tb_step()) {
				uint32_t j = nb->neighbour[l];

				if (!in[j])
					seen[found++] = j;
				in[j] = true;
				b[j] += nb->weight[link[k]] * nb->weight[l];
			}
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step())
			*with_w += b[nb->neighbour[k]] * nb->weight[k];
		*diagonal += (t - b[i]) * (t - b[i]);
		*squares += (t - b[i]) * (t - b[i]);
		for (uint32_t k = 0; k < found; k++, tb_step()) {
			*squares += seen[k] == i ? 0 : b[seen[k]] * b[seen[k]];
			b[seen[k]] = 0;
			in[seen[k]] = false;
		}
	}
	tb_free(from);
	tb_free(link);
	tb_free(row);
	tb_free(seen);
	tb_free(in);
	tb_free(b);
}

/* Sum of w_ij w_ji */
static double mutual(const TbNeighbours *nb)
{
	double s0, s1, s2, squares = 0;

	tb_spatial_weights(nb, &s0, &s1, &s2);
	for (size_t k = 0; k < nb->links; k++, tb_step())
		squares += nb->weight[k] * nb->weight[k];
	return s1 - squares;
}

/* Standard error of lambda: what the two moments vary by, through their slopes in lambda */
static double lambda_error(const TbSpatialModel *m, const Moments *g, const double *u, const double *v, double lambda)
{
	size_t n = m->nb.n;
	double *e = tb_alloc(n * sizeof(double)), square, fourth = 0, squares, diagonal, with_w, psi[3], slope[2], steep;

	TB_ROWS (i, 0, n)
		e[i] = u[i] - lambda * v[i];
	square = mean_product(e, e, n);
	TB_ROWS (i, 0, n)
		fourth += (e[i] * e[i]) * (e[i] * e[i]) / n;
	tb_free(e);
	crossed(&m->nb, g->t, &squares, &diagonal, &with_w);
	psi[0] = (2 * square * square * squares + (fourth - 3 * square * square) * diagonal) / n * g->weight[0] * g->weight[0];
	psi[1] = -2 * square * square * with_w / n * g->weight[0] * g->weight[1];
	psi[2] = square * square * (mutual(&m->nb) + n * g->t) / n * g->weight[1] * g->weight[1];
	slope[0] = g->one[1] + 2 * lambda * g->one[2];
	slope[1] = g->two[1] + 2 * lambda * g->two[2];
	steep = slope[0] * slope[0] + slope[1] * slope[1];
	return sqrt((slope[0] * slope[0] * psi[0] + 2 * slope[0] * slope[1] * psi[1] + slope[1] * slope[1] * psi[2]) / n) / steep;
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

/* lambda before the coefficients of x; what they share is not known */
static void with_lambda(const TbRegression *of, double lambda, double error, TbRegression *fit)
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
	fit->standard_error[0] = isfinite(error) && error > 0 ? error : NAN;
	fit->vcov[0] = fit->standard_error[0] * fit->standard_error[0];
	fit->t[0] = lambda / fit->standard_error[0];
	fit->p_value[0] = isnan(fit->t[0]) ? NAN : tb_t_two_sided(fit->t[0], fit->df);
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
	double *e = tb_alloc(m->nb.n * sizeof(double)), *lagged = tb_alloc(m->nb.n * sizeof(double)), lambda, s2, error = NAN;
	TbRegression fit;
	Moments g;
	TbStatus status = tb_spatial_ols(m, &fit, e);
	int64_t constant = -1;
	int exponent;

	if (status != TB_OK)
		return status;
	if (!(fit.df > 0) || !(fit.rss > 0))
		return TB_UNDEFINED;
	exponent = tb_shrink(e, m->nb.n, e);
	status = moments(m, e, lagged, &g, &lambda, &s2, &r->beyond);
	if (status == TB_OK && !r->beyond)
		error = lambda_error(m, &g, e, lagged, lambda);
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
	with_lambda(&fit, lambda * m->unit, error * m->unit, &r->fit);
	r->sigma2 = ldexp(s2, 2 * exponent);
	return isfinite(r->fit.coefficient[0]) && isfinite(r->sigma2) ? TB_OK : TB_OUT_OF_RANGE;
}
