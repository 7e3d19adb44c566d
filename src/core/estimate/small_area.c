/* small_area.c -- the variance between areas by restricted likelihood, and what each area's estimate borrows */
#include "small_area.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "../base/root.h"
#include "../base/scaled.h"
#include "../state/bag_kinds.h"

#define LOG_2PI 1.8378770664093454836

bool tb_small_area_params_ok(const double *param, uint64_t n)
{
	return n == 1 && param[0] >= 3 && tb_is_choice(param[0], TB_SMALL_AREA_COLUMNS + 3);
}

TB_BAG_KIND(tb_small_area_kind, "small_area_state", TB_SHAPE_SMALL_AREA, 1, TB_BAG_WIDE, 0, 0, tb_small_area_params_ok, 0)

/* The model with numbers near 1, and its fit for one A */
typedef struct Model {
	size_t n; /* areas */
	uint32_t p;
	double *y, *d; /* d 0: no survey */
	double *x;     /* [n][p] */
	int *power;    /* [p]: x was so many powers of two larger */
	int y_power;
	TbDd *gram, *b, *q; /* X'V^-1 X, coefficients, inverse of gram */
	bool *dropped;
	uint32_t rank;
} Model;

static void scale_columns(Model *m, const TbBag *bag)
{
	double *column = tb_alloc((m->n + 1) * sizeof(double)), largest = 0;
	int shift;

	for (uint32_t c = 0; c < m->p; c++) {
		for (size_t i = 0; i < m->n; i++, tb_step())
			column[i] = bag->wide[i * bag->stride + 2 + c];
		m->power[c] = tb_shrink(column, m->n, column);
		for (size_t i = 0; i < m->n; i++, tb_step())
			m->x[i * m->p + c] = column[i];
	}
	for (size_t i = 0; i < m->n; i++, tb_step())
		largest = fmax(largest, bag->wide[i * bag->stride + 1]);
	(void)frexp(largest, &shift);
	m->y_power = (shift + (shift > 0)) / 2;
	for (size_t i = 0; i < m->n; i++, tb_step()) {
		m->y[i] = ldexp(bag->wide[i * bag->stride], -m->y_power);
		m->d[i] = ldexp(bag->wide[i * bag->stride + 1], -2 * m->y_power);
	}
	tb_free(column);
}

static Model model_of(const TbBag *bag)
{
	Model m = {.n = bag->rows, .p = (uint32_t)bag->param[0] - 2};
	size_t square = (size_t)m.p * m.p;

	m.y = tb_alloc((m.n + 1) * sizeof(double));
	m.d = tb_alloc((m.n + 1) * sizeof(double));
	m.x = tb_alloc((m.n * m.p + 1) * sizeof(double));
	m.power = tb_alloc(m.p * sizeof(int));
	m.gram = tb_alloc(square * sizeof(TbDd));
	m.q = tb_alloc(square * sizeof(TbDd));
	m.b = tb_alloc(m.p * sizeof(TbDd));
	m.dropped = tb_alloc(m.p * sizeof(bool));
	scale_columns(&m, bag);
	return m;
}

static double leverage(const Model *m, size_t i)
{
	const double *x = m->x + i * m->p;
	TbDd sum = {0, 0};

	for (uint32_t a = 0; a < m->p; a++)
		for (uint32_t b = 0; b <= a; b++)
			sum = tb_dd_add(sum, tb_dd_mul_d(tb_dd_mul_d(m->q[a * m->p + b], x[a] * (a == b ? 1 : 2)), x[b]));
	tb_steps(m->p);
	return tb_dd_value(sum);
}

static double fitted(const Model *m, size_t i)
{
	TbDd sum = {0, 0};

	for (uint32_t c = 0; c < m->p; c++)
		sum = tb_dd_add(sum, tb_dd_mul_d(m->b[c], m->x[i * m->p + c]));
	return tb_dd_value(sum);
}

/* Generalised least squares for this A; gives ln |X'V^-1 X| */
static double solve(Model *m, double between)
{
	double log_det = 0;

	memset(m->gram, 0, (size_t)m->p * m->p * sizeof(TbDd));
	memset(m->b, 0, m->p * sizeof(TbDd));
	for (size_t i = 0; i < m->n; i++, tb_steps(m->p)) {
		const double *x = m->x + i * m->p;
		double v = 1 / (between + m->d[i]);

		for (uint32_t a = 0; a < m->p && m->d[i] > 0; a++) {
			TbDd part = tb_two_product(x[a], v);

			for (uint32_t b = 0; b <= a; b++)
				m->gram[a * m->p + b] = tb_dd_add(m->gram[a * m->p + b], tb_dd_mul_d(part, x[b]));
			m->b[a] = tb_dd_add(m->b[a], tb_dd_mul_d(part, m->y[i]));
		}
	}
	m->rank = tb_cholesky(m->gram, m->p, TB_PIVOT_TOLERANCE, m->dropped);
	tb_cholesky_solve(m->gram, m->p, m->dropped, m->b);
	tb_cholesky_inverse(m->gram, m->p, m->dropped, m->q);
	for (uint32_t a = 0; a < m->p; a++)
		log_det += m->dropped[a] ? 0 : log(m->gram[a * m->p + a].hi);
	return log_det;
}

/* Twice the slope of the restricted likelihood in A: y'PPy - tr P; its value too where it is asked for */
static double slope(Model *m, double between, double *likelihood)
{
	double log_det = solve(m, between);
	TbDd sum = {0, 0}, value = tb_dd(log_det);
	uint32_t n = 0;

	for (size_t i = 0; i < m->n; i++, tb_step()) {
		double v = 1 / (between + m->d[i]), r;

		if (m->d[i] == 0)
			continue;
		r = (m->y[i] - fitted(m, i)) * v;
		sum = tb_dd_add_d(sum, r * r - v + v * v * leverage(m, i));
		value = tb_dd_add_d(value, r * r / v - log(v));
		n++;
	}
	if (likelihood)
		*likelihood = -(tb_dd_value(value) + (n - m->rank) * LOG_2PI) / 2;
	return tb_dd_value(sum);
}

static double slope_at(double between, void *model)
{
	return slope(model, between, NULL);
}

/* The A of the highest restricted likelihood; NaN where none was found */
static double best_between(Model *m)
{
	double top, a = 0, fa = slope(m, 0, &top), best = fa <= 0 ? 0 : NAN, height;

	if (isnan(best))
		top = -INFINITY;
	for (int power = -60; power <= 120 && !(isnan(fa) || isinf(fa)); power++) {
		double b = ldexp(1, power), fb = slope(m, b, NULL);

		if (fa > 0 && fb <= 0) {
			double root = tb_root(slope_at, m, (TbBracket){a, fa, b, fb}, 4e-16);

			(void)slope(m, root, &height);
			if (height > top) {
				top = height;
				best = root;
			}
		}
		a = b;
		fa = fb;
	}
	return best;
}

/* Of the direct estimates, in the unit of y */
static double log_likelihood(const Model *m, double a)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < m->n; i++, tb_step()) {
		double v = a + m->d[i], r = m->y[i] - fitted(m, i);

		if (m->d[i] > 0)
			sum = tb_dd_add_d(sum, LOG_2PI + log(v) + 2 * m->y_power * 0.69314718055994530942 + r * r / v);
	}
	return -tb_dd_value(sum) / 2;
}

static void estimates(Model *m, double a, double variance, TbFayHerriot *r)
{
	for (size_t i = 0; i < m->n; i++, tb_step()) {
		double v = a + m->d[i], h = leverage(m, i), along = fitted(m, i), g = m->d[i] > 0 ? a / v : 0, rest = m->d[i] > 0 ? m->d[i] / v : 1;
		TbSmallArea *area = r->area + i;

		area->synthetic = ldexp(along, m->y_power);
		area->estimate = ldexp(g * m->y[i] + rest * along, m->y_power);
		area->share = m->d[i] > 0 ? g : NAN;
		area->mse = ldexp(m->d[i] > 0 ? g * m->d[i] + rest * rest * h + 2 * rest * rest / v * variance : a + h, 2 * m->y_power);
	}
}

TbStatus tb_fay_herriot(const TbBag *bag, TbFayHerriot *r, uint32_t *area)
{
	Model m;
	double a, squares = 0;

	for (size_t i = 1; i < bag->rows; i++, tb_step())
		if (bag->row_id[0][i] == bag->row_id[0][i - 1]) {
			*area = bag->row_id[0][i];
			return TB_MISMATCH;
		}
	m = model_of(bag);
	*r = (TbFayHerriot){.p = m.p, .coefficient = tb_alloc(m.p * sizeof(double)), .standard_error = tb_alloc(m.p * sizeof(double))};
	r->area = tb_alloc((m.n + 1) * sizeof(TbSmallArea));
	for (size_t i = 0; i < m.n; i++, tb_step())
		r->surveyed += m.d[i] > 0;
	(void)solve(&m, 1);
	if (r->surveyed <= m.rank)
		return TB_UNDEFINED;
	a = best_between(&m);
	if (isnan(a))
		return TB_OUT_OF_RANGE;
	(void)solve(&m, a);
	r->rank = m.rank;
	for (size_t i = 0; i < m.n; i++, tb_step())
		squares += m.d[i] > 0 ? 1 / (a + m.d[i]) / (a + m.d[i]) : 0;
	for (uint32_t c = 0; c < m.p; c++) {
		r->coefficient[c] = m.dropped[c] ? NAN : ldexp(tb_dd_value(m.b[c]), m.y_power - m.power[c]);
		r->standard_error[c] = m.dropped[c] ? NAN : ldexp(sqrt(m.q[(size_t)c * m.p + c].hi), m.y_power - m.power[c]);
	}
	r->between = ldexp(a, 2 * m.y_power);
	r->between_error = ldexp(sqrt(2 / squares), 2 * m.y_power);
	r->log_likelihood = log_likelihood(&m, a);
	estimates(&m, a, 2 / squares, r);
	return isfinite(r->between) && isfinite(r->between_error) && isfinite(r->log_likelihood) ? TB_OK : TB_OUT_OF_RANGE;
}
