/* density_gradient.c -- a straight line through ln D */
#include "density_gradient.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"

const char *const tb_density_forms[TB_DENSITY_FORMS] = {"exponential", "power"};

/* Points of the line, with how often each counts */
typedef struct Points {
	size_t n;
	double *x, *y, *weight;
	double total; /* of the weights */
} Points;

static TbStatus points_of(const TbSample *s, TbDensityForm form, const double *distance, Points *p, TbDensityGradient *g)
{
	*p = (Points){0, tb_alloc((s->n + 1) * sizeof(double)), tb_alloc((s->n + 1) * sizeof(double)), tb_alloc((s->n + 1) * sizeof(double)), 0};
	for (size_t i = 0; i < s->n; i++, tb_step()) {
		uint64_t count = s->count ? s->count[i] : 1;

		if (!(s->y[i] > 0)) {
			g->empty += count;
			continue;
		}
		if (form == TB_DENSITY_POWER && s->x[i] == 0)
			return TB_UNDEFINED;
		p->x[p->n] = form == TB_DENSITY_POWER ? log(s->x[i]) : distance[i];
		p->y[p->n] = log(s->y[i]);
		p->weight[p->n] = (double)count * (s->w ? s->w[i] : 1);
		p->total += p->weight[p->n++];
		g->rows += count;
	}
	return p->n > 1 && isfinite(p->total) ? TB_OK : TB_UNDEFINED;
}

static TbDd weighted_mean(const Points *p, const double *value)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < p->n; i++, tb_step())
		sum = tb_dd_add(sum, tb_two_product(p->weight[i] / p->total, value[i]));
	return sum;
}

/* unit: what one of x stands for */
static TbStatus fit(const Points *p, double unit, TbDensityGradient *g)
{
	TbDd mean_x = weighted_mean(p, p->x), mean_y = weighted_mean(p, p->y), xx = {0, 0}, xy = {0, 0}, yy = {0, 0};
	double slope, residual = 0;
	TbDd squares = {0, 0};

	for (size_t i = 0; i < p->n; i++, tb_step()) {
		double x = tb_dd_value(tb_dd_sub(tb_dd(p->x[i]), mean_x)), y = tb_dd_value(tb_dd_sub(tb_dd(p->y[i]), mean_y)), w = p->weight[i] / p->total;

		xx = tb_dd_add(xx, tb_dd_mul_d(tb_two_product(x, x), w));
		xy = tb_dd_add(xy, tb_dd_mul_d(tb_two_product(x, y), w));
		yy = tb_dd_add(yy, tb_dd_mul_d(tb_two_product(y, y), w));
	}
	if (!(tb_dd_value(xx) > 0) || p->x[0] == p->x[p->n - 1])
		return TB_UNDEFINED;
	slope = tb_dd_value(tb_dd_div(xy, xx));
	for (size_t i = 0; i < p->n; i++, tb_step()) {
		double x = tb_dd_value(tb_dd_sub(tb_dd(p->x[i]), mean_x)), y = tb_dd_value(tb_dd_sub(tb_dd(p->y[i]), mean_y));

		residual = y - slope * x;
		squares = tb_dd_add(squares, tb_dd_mul_d(tb_two_product(residual, residual), p->weight[i] / p->total));
	}
	g->gradient = 0 - slope / unit;
	g->central_density = exp(tb_dd_value(mean_y) - slope * tb_dd_value(mean_x));
	g->gradient_se = g->rows > 2 ? sqrt(tb_dd_value(squares) / tb_dd_value(xx) / (double)(g->rows - 2)) / unit : NAN;
	g->r2 = tb_dd_value(yy) > 0 ? fmax(0, 1 - tb_dd_value(squares) / tb_dd_value(yy)) : NAN;
	return isfinite(g->central_density) && isfinite(g->gradient) ? TB_OK : TB_OUT_OF_RANGE;
}

TbStatus tb_density_gradient(const TbSample *s, TbDensityForm form, TbDensityGradient *g)
{
	double *distance = tb_alloc((s->n + 1) * sizeof(double));
	int exponent = tb_shrink(s->x, s->n, distance);
	Points p;
	TbStatus status;

	*g = (TbDensityGradient){.form = form};
	status = points_of(s, form, distance, &p, g);
	if (status == TB_OK)
		status = fit(&p, form == TB_DENSITY_POWER ? 1 : ldexp(1, exponent), g);
	tb_free(distance);
	tb_free(p.x);
	tb_free(p.y);
	tb_free(p.weight);
	return status;
}

TbStatus tb_density_gradient_best(const TbSample *s, TbDensityGradient *g)
{
	TbDensityGradient power;
	TbStatus status = tb_density_gradient(s, TB_DENSITY_EXPONENTIAL, g);

	if (status == TB_OK && tb_density_gradient(s, TB_DENSITY_POWER, &power) == TB_OK && power.r2 > g->r2)
		*g = power;
	return status;
}
