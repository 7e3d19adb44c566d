/* local_regression.c -- regressions at every point, and what they leave */
#include "local_regression.h"

#include <math.h>
#include <string.h>

#include "../base/scaled.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

#define SATURATED 1e-12 /* 1 - leverage */
#define NOTHING 1e-30   /* mean square of residuals, of a y up to 1 */

const char *const tb_gwr_criterion_name[TB_GWR_CRITERIA] = {"aicc", "cv"};

bool tb_gwr_params_ok(const double *param, uint64_t n)
{
	return n == TB_GWR_PARAMS && tb_is_choice(param[TB_GWR_WIDTH], TB_GWR_BEFORE_X + TB_GWR_COLUMNS + 1) && param[TB_GWR_WIDTH] > TB_GWR_BEFORE_X &&
		   tb_is_choice(param[TB_GWR_KERNEL], TB_KERNELS) && tb_is_choice(param[TB_GWR_ADAPTIVE], 2) &&
		   tb_is_choice(param[TB_GWR_CRITERION], TB_GWR_CRITERIA);
}

TB_BAG_KIND(tb_local_regression_kind, "local_regression_state", TB_SHAPE_LOCAL_REGRESSION, 0, TB_BAG_WIDE, 0, 0, tb_gwr_params_ok, 0)

/* Column k of the rows, over the power of two that comes back */
static int column_of(const TbBag *bag, size_t k, double *to)
{
	double *raw = tb_alloc(bag->rows * sizeof(double));
	int exponent;

	for (size_t i = 0; i < bag->rows; i++, tb_step())
		raw[i] = bag->wide[i * bag->stride + k];
	exponent = tb_shrink(raw, bag->rows, to);
	tb_free(raw);
	return exponent;
}

/* Both over one power of two */
static void place_rows(const TbBag *bag, TbGwr *g)
{
	size_t n = bag->rows;
	double *both = tb_alloc(2 * n * sizeof(double));

	for (size_t i = 0; i < n; i++, tb_step()) {
		both[i] = bag->wide[i * bag->stride];
		both[n + i] = bag->wide[i * bag->stride + 1];
	}
	g->east = tb_alloc(2 * n * sizeof(double));
	g->north = g->east + n;
	g->place_exponent = tb_shrink(both, 2 * n, g->east);
	tb_free(both);
}

static void clear(TbGwr *g)
{
	size_t cells = tb_moment_cells(g->p);

	memset(g->hi, 0, 2 * cells * sizeof(double));
	g->lo = g->hi + cells;
}

static void add_row(TbGwr *g, size_t i, double weight)
{
	tb_moments_add_lines(g->hi, g->lo, g->p, g->z + i * g->stride, weight, 1);
	tb_steps(4);
}

/* X'WX factored and beta; false where the columns are not all determined */
static bool solve(TbGwr *g)
{
	TbMoments m = {.p = g->p, .hi = g->hi, .lo = g->lo};

	for (uint32_t i = 0; i < g->p; i++) {
		for (uint32_t j = 0; j <= i; j++)
			g->factor[(size_t)i * g->p + j] = tb_moment(&m, i + 1, j + 1);
		g->beta[i] = tb_moment(&m, i + 1, g->p + 1);
	}
	if (tb_cholesky(g->factor, g->p, TB_PIVOT_TOLERANCE, g->dropped) < g->p)
		return false;
	tb_cholesky_solve(g->factor, g->p, g->dropped, g->beta);
	return true;
}

/* Takes out the columns that earlier ones explain among all rows */
static void keep_columns(TbGwr *g)
{
	uint32_t kept = 0;

	clear(g);
	for (size_t i = 0; i < g->n; i++)
		add_row(g, i, 1);
	(void)solve(g);
	for (uint32_t k = 0; k < g->p; k++)
		kept += !g->dropped[k];
	for (size_t i = 0; i < g->n; i++, tb_step()) {
		double *z = g->z + i * g->stride, y = z[g->p + 1];
		uint32_t to = 1;

		for (uint32_t k = 0; k < g->p; k++)
			if (!g->dropped[k])
				z[to++] = z[k + 1];
		z[to++] = y;
		while (to < g->stride)
			z[to++] = 0;
	}
	g->p = kept;
}

TbStatus tb_gwr(const TbBag *bag, TbGwr *g)
{
	uint32_t p = (uint32_t)bag->param[TB_GWR_WIDTH] - TB_GWR_BEFORE_X;
	double *column;

	*g = (TbGwr){.n = bag->rows, .p = p, .kernel = (TbKernel)bag->param[TB_GWR_KERNEL], .adaptive = bag->param[TB_GWR_ADAPTIVE] == 1};
	g->criterion = (TbGwrCriterion)bag->param[TB_GWR_CRITERION];
	if (g->n == 0)
		return TB_UNDEFINED;
	if (g->n > TB_GWR_MOST_ROWS)
		return TB_TOO_LARGE;
	g->stride = p + 5;
	g->z = tb_alloc_zero(g->n * g->stride, sizeof(double));
	g->hi = tb_alloc(2 * tb_moment_cells(p) * sizeof(double));
	g->factor = tb_alloc((size_t)(p + 1) * p * sizeof(TbDd));
	g->beta = tb_alloc(p * sizeof(TbDd));
	g->dropped = tb_alloc(p * sizeof(bool));
	g->apart = tb_alloc(2 * g->n * sizeof(double));
	g->near = g->apart + g->n;
	place_rows(bag, g);
	column = tb_alloc(g->n * sizeof(double));
	for (uint32_t k = 0; k <= p; k++) {
		int exponent = column_of(bag, k < p ? TB_GWR_BEFORE_X + k : TB_GWR_BEFORE_X - 1, column);

		if (k == p)
			g->y_exponent = exponent;
		for (size_t i = 0; i < g->n; i++, tb_step()) {
			g->z[i * g->stride] = 1;
			g->z[i * g->stride + 1 + k] = column[i];
		}
	}
	tb_free(column);
	keep_columns(g);
	return TB_OK;
}

void tb_gwr_distances(TbGwr *g, size_t i)
{
	for (size_t j = 0; j < g->n; j++, tb_step()) {
		double x = g->east[j] - g->east[i], y = g->north[j] - g->north[i];

		g->apart[j] = g->near[j] = sqrt(x * x + y * y);
	}
}

/* Hoare's selection: the k-th least comes to its place; pivots from the middle of three */
double tb_gwr_nearest(TbGwr *g, size_t k)
{
	double *x = g->near;
	size_t low = 0, high = g->n - 1, want = k - 1;

	while (low < high) {
		double a = x[low], b = x[low + (high - low) / 2], c = x[high];
		double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
		size_t i = low, j = high;

		tb_steps(high - low + 1);
		for (;;) {
			while (x[i] < pivot)
				i++;
			while (x[j] > pivot)
				j--;
			if (i >= j)
				break;
			a = x[i];
			x[i++] = x[j];
			x[j--] = a;
		}
		if (want <= j)
			high = j;
		else
			low = j + 1;
	}
	return x[want];
}

typedef struct Sums {
	TbDd rss, press, trace;
	bool saturated;
} Sums;

/* Row i in the regression last solved, where it has weight 1 */
static void judge(TbGwr *g, size_t i, Sums *s)
{
	const double *z = g->z + i * g->stride;
	TbDd e = tb_dd(z[g->p + 1]), *x = g->factor + (size_t)g->p * g->p, leverage;
	double left, free;

	for (uint32_t k = 0; k < g->p; k++) {
		x[k] = tb_dd(z[1 + k]);
		e = tb_dd_sub(e, tb_dd_mul_d(g->beta[k], z[1 + k]));
	}
	leverage = tb_cholesky_quadratic(g->factor, g->p, g->dropped, x);
	left = tb_dd_value(e);
	free = tb_dd_value(tb_dd_sub(tb_dd(1), leverage));
	s->rss = tb_dd_add(s->rss, tb_two_product(left, left));
	s->trace = tb_dd_add(s->trace, leverage);
	if (!(free > SATURATED))
		s->saturated = true;
	else
		s->press = tb_dd_add(s->press, tb_two_product(left / free, left / free));
}

static TbGwrFit fit_of(const TbGwr *g, double bandwidth, const Sums *s)
{
	double n = (double)g->n, rss = tb_dd_value(s->rss), trace = tb_dd_value(s->trace), free = n - 2 - trace;
	TbGwrFit fit = {bandwidth, ldexp(rss, 2 * g->y_exponent), trace, NAN, NAN};

	if (free > 0)
		fit.aicc = n * (log(fmax(rss / n, NOTHING)) + 2 * g->y_exponent * M_LN2 + log(2 * M_PI)) + n * (n + trace) / free;
	if (!s->saturated)
		fit.cv = ldexp(tb_dd_value(s->press) / n, 2 * g->y_exponent);
	return fit;
}

/* The regression at row i; false where it is not determined */
static bool solve_at(TbGwr *g, size_t i, double bandwidth)
{
	tb_gwr_distances(g, i);
	if (g->adaptive)
		bandwidth = tb_gwr_nearest(g, (size_t)bandwidth);
	clear(g);
	for (size_t j = 0; j < g->n; j++) {
		double weight = tb_kernel_weight(g->kernel, g->apart[j], bandwidth);

		if (weight > 0)
			add_row(g, j, weight);
	}
	return solve(g);
}

TbGwrFit tb_gwr_at(TbGwr *g, double bandwidth)
{
	Sums s = {.saturated = false};
	double within = g->adaptive ? bandwidth : ldexp(bandwidth, -g->place_exponent);

	for (size_t i = 0; i < g->n; i++) {
		if (!solve_at(g, i, within))
			return (TbGwrFit){bandwidth, NAN, NAN, NAN, NAN};
		judge(g, i, &s);
	}
	return fit_of(g, bandwidth, &s);
}

TbGwrFit tb_gwr_global(TbGwr *g)
{
	Sums s = {.saturated = false};

	clear(g);
	for (size_t i = 0; i < g->n; i++)
		add_row(g, i, 1);
	(void)solve(g);
	for (size_t i = 0; i < g->n; i++)
		judge(g, i, &s);
	return fit_of(g, INFINITY, &s);
}

double tb_gwr_value(const TbGwr *g, const TbGwrFit *fit)
{
	return g->criterion == TB_GWR_CV ? fit->cv : fit->aicc;
}

bool tb_gwr_exact(const TbGwr *g, const TbGwrFit *global)
{
	return ldexp(global->rss, -2 * g->y_exponent) / (double)g->n <= NOTHING;
}
