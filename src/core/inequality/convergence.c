/* convergence.c -- growth on initial level, and the spread of logarithms */
#include "convergence.h"

#include "../base/step.h"

static double count_of(const TbSample *s, size_t i)
{
	return s->count ? (double)s->count[i] : 1;
}

static bool all_positive(const TbSample *s)
{
	for (size_t i = 0; i < s->n; i++, tb_step())
		if (!(s->x[i] > 0 && s->y[i] > 0))
			return false;
	return true;
}

/* ln(b / a), with its digits where the two are close, and where their ratio leaves float8 */
static double log_ratio(double a, double b)
{
	double ratio = b / a;

	if (ratio > 0.5 && ratio < 2)
		return log1p((b - a) / a);
	return isnormal(ratio) ? log(ratio) : log(b) - log(a);
}

static double mean_of(const TbSample *s, const double *v)
{
	TbSum sum = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_step()) {
		TbDd product = tb_two_product(count_of(s, i), v[i]);

		tb_sum_add(&sum, product.hi);
		sum.lo += product.lo;
	}
	return tb_sum_value(sum) / (double)s->rows;
}

static double moment(const TbSample *s, const double *a, double mean_a, const double *b, double mean_b)
{
	TbSum sum = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_step())
		tb_sum_add(&sum, count_of(s, i) * (a[i] - mean_a) * (b[i] - mean_b));
	return tb_sum_value(sum);
}

static double residuals(const TbSample *s, const double *u, double mean_u, const double *g, double mean_g, double beta)
{
	TbSum sum = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_step()) {
		double e = (g[i] - mean_g) - beta * (u[i] - mean_u);

		tb_sum_add(&sum, count_of(s, i) * e * e);
	}
	return tb_sum_value(sum);
}

static void speed_of(double years, TbBeta *r)
{
	double left = 1 + r->beta * years;

	r->speed = left > 0 ? 0 - log1p(r->beta * years) / years : NAN;
	r->half_life = r->speed > 0 ? log(2) / r->speed : NAN;
}

TbStatus tb_beta_convergence(const TbSample *s, double years, TbBeta *r)
{
	double *u, *g, mean_u, mean_g, uu, gg, rss, n = (double)s->rows;

	if (!all_positive(s))
		return TB_OUT_OF_RANGE;
	if (s->n < 2 || s->x[0] == s->x[s->n - 1])
		return TB_UNDEFINED;
	u = tb_alloc(s->n * sizeof(double));
	g = tb_alloc(s->n * sizeof(double));
	/* logarithms from the first value on: the slope does not mind, and levels that hardly differ keep their digits */
	for (size_t i = 0; i < s->n; i++, tb_step()) {
		u[i] = log_ratio(s->x[0], s->x[i]);
		g[i] = log_ratio(s->x[i], s->y[i]) / years;
	}
	mean_u = mean_of(s, u);
	mean_g = mean_of(s, g);
	uu = moment(s, u, mean_u, u, mean_u);
	gg = moment(s, g, mean_g, g, mean_g);
	r->n = s->rows;
	r->beta = moment(s, u, mean_u, g, mean_g) / uu;
	r->intercept = mean_g - r->beta * (mean_u + log(s->x[0]));
	rss = residuals(s, u, mean_u, g, mean_g, r->beta);
	r->r2 = gg > 0 ? fmax(0, 1 - rss / gg) : NAN;
	r->se = s->rows > 2 ? sqrt(rss / (n - 2) / uu) : NAN;
	r->intercept_se = s->rows > 2 ? sqrt(rss / (n - 2) * (1 / n + (mean_u + log(s->x[0])) * (mean_u + log(s->x[0])) / uu)) : NAN;
	speed_of(years, r);
	tb_free(u);
	tb_free(g);
	return TB_OK;
}

static double log_spread(const TbSample *s, const double *v)
{
	double *u = tb_alloc(s->n * sizeof(double)), mean, squares;

	for (size_t i = 0; i < s->n; i++, tb_step())
		u[i] = log_ratio(v[0], v[i]);
	mean = mean_of(s, u);
	squares = moment(s, u, mean, u, mean);
	tb_free(u);
	return sqrt(squares / (double)s->rows);
}

TbStatus tb_sigma_convergence(const TbSample *s, TbSigma *r)
{
	TbSample unweighted = *s;
	TbDistribution initial, final;

	if (!all_positive(s))
		return TB_OUT_OF_RANGE;
	unweighted.w = NULL;
	tb_distribution(&unweighted, s->x, &initial);
	tb_distribution(&unweighted, s->y, &final);
	r->sigma_initial = log_spread(s, s->x);
	r->sigma_final = log_spread(s, s->y);
	r->cv_initial = tb_coefficient_of_variation(&initial);
	r->cv_final = tb_coefficient_of_variation(&final);
	r->n = s->rows;
	return TB_OK;
}
