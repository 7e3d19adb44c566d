/* price_index.c -- repeat sales and SPAR */
#include "price_index.h"

#include <stdlib.h>

#include "../base/cholesky.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"

enum { Y, Y2, P1, P2, P11, P22, P12 };

TbStatus tb_repeat_add(TbState **state, double p1, int32_t t1, double p2, int32_t t2)
{
	double y = log(p2 / p1);
	TbDd sums[TB_REPEAT_SUMS] = {
		tb_dd(y), tb_two_product(y, y), tb_dd(p1), tb_dd(p2), tb_two_product(p1, p1), tb_two_product(p2, p2), tb_two_product(p1, p2)};

	if (!isfinite(y) || !(p1 < 1e145) || !(p2 < 1e145))
		return TB_OUT_OF_RANGE;
	return tb_cell_add(state, &tb_repeat_sales_shape, t1, t2, sums);
}

/* The pairs linked to the base, over unknowns 0 .. k - 1; NO_PERIOD is the base itself */
#define NO_PERIOD UINT32_MAX

typedef struct Cell {
	uint32_t first, second;
	double n, gap, weight;
	TbDd sum[TB_REPEAT_SUMS];
} Cell;

typedef struct System {
	Cell *cell;
	size_t cells;
	uint32_t k;
	double n;
	TbDd *b;       /* [k] */
	TbDd *inverse; /* [k * k] of the normal matrix */
} System;

static int by_value(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

static size_t distinct_periods(const TbCell *cell, size_t cells, int32_t *period)
{
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < cells; i++, tb_step()) {
		period[n++] = cell[i].a;
		period[n++] = cell[i].b;
	}
	qsort(period, n, sizeof(int32_t), by_value);
	for (size_t i = 0; i < n; i++, tb_step())
		if (i == 0 || period[i] != period[i - 1])
			period[kept++] = period[i];
	return kept;
}

static uint32_t position(const int32_t *period, size_t n, int32_t value)
{
	size_t low = 0, high = n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (period[middle] <= value)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Marks the periods with a chain of pairs to period 0 and numbers them; the base is NO_PERIOD, strangers are NO_PERIOD - 1 */
static uint32_t link_periods(const TbCell *cell, size_t cells, const int32_t *period, size_t n, uint32_t *unknown)
{
	uint32_t *parent = tb_alloc(n * sizeof(uint32_t)), k = 0;

	tb_disjoint_begin(parent, (uint32_t)n);
	for (size_t i = 0; i < cells; i++, tb_step())
		tb_disjoint_join(parent, position(period, n, cell[i].a), position(period, n, cell[i].b));
	for (size_t i = 0; i < n; i++, tb_step())
		unknown[i] = i == 0 ? NO_PERIOD : tb_disjoint_root(parent, (uint32_t)i) == 0 ? k++ : NO_PERIOD - 1;
	tb_free(parent);
	return k;
}

static void fill(System *s, const TbCell *cell, size_t cells, const int32_t *period, size_t n, const uint32_t *unknown)
{
	s->cell = tb_alloc(cells * sizeof(Cell));
	for (size_t i = 0; i < cells; i++, tb_step()) {
		uint32_t a = unknown[position(period, n, cell[i].a)], b = unknown[position(period, n, cell[i].b)];
		Cell *c = s->cell + s->cells;

		if (a == NO_PERIOD - 1 || b == NO_PERIOD - 1)
			continue;
		*c = (Cell){a, b, cell[i].n, (double)cell[i].b - cell[i].a, 1, {{0, 0}}};
		for (int k = 0; k < TB_REPEAT_SUMS; k++)
			c->sum[k] = tb_cell_sum(cell + i, k);
		s->n += c->n;
		s->cells++;
	}
}

static void bump(TbDd *x, TbDd by)
{
	*x = tb_dd_add(*x, by);
}

/* Normal equations of the geometric index: a weighted Laplacian without the base */
static void solve_geometric(System *s)
{
	uint32_t k = s->k;
	TbDd *a = tb_alloc_zero((size_t)k * k, sizeof(TbDd));
	bool *dropped = tb_alloc(k * sizeof(bool));

	for (uint32_t i = 0; i < k; i++)
		s->b[i] = tb_dd(0);
	for (size_t i = 0; i < s->cells; i++, tb_step()) {
		const Cell *c = s->cell + i;
		TbDd weight = tb_two_product(c->n, c->weight), flow = tb_dd_mul_d(c->sum[Y], c->weight);

		/* first < second, so the lower triangle is [second][first] */
		bump(a + (size_t)c->second * k + c->second, weight);
		bump(s->b + c->second, flow);
		if (c->first == NO_PERIOD)
			continue;
		bump(a + (size_t)c->first * k + c->first, weight);
		bump(s->b + c->first, tb_dd_neg(flow));
		bump(a + (size_t)c->second * k + c->first, tb_dd_neg(weight));
	}
	(void)tb_cholesky(a, k, 0, dropped);
	tb_cholesky_solve(a, k, dropped, s->b);
	tb_cholesky_inverse(a, k, dropped, s->inverse);
	tb_free(dropped);
	tb_free(a);
}

/* Gauss-Jordan without pivoting: columns of Z'X are diagonally dominant, as each holds a price once with plus and once, or never, with minus */
static void invert(TbDd *a, TbDd *inverse, uint32_t k)
{
	for (uint32_t i = 0; i < k; i++)
		for (uint32_t j = 0; j < k; j++)
			inverse[(size_t)i * k + j] = tb_dd(i == j);
	for (uint32_t p = 0; p < k; p++) {
		TbDd pivot = a[(size_t)p * k + p];

		for (uint32_t j = 0; j < k; j++) {
			a[(size_t)p * k + j] = tb_dd_div(a[(size_t)p * k + j], pivot);
			inverse[(size_t)p * k + j] = tb_dd_div(inverse[(size_t)p * k + j], pivot);
		}
		for (uint32_t i = 0; i < k; i++) {
			TbDd factor = a[(size_t)i * k + p];

			if (i == p || factor.hi == 0)
				continue;
			tb_steps(k);
			for (uint32_t j = 0; j < k; j++) {
				a[(size_t)i * k + j] = tb_dd_sub(a[(size_t)i * k + j], tb_dd_mul(factor, a[(size_t)p * k + j]));
				inverse[(size_t)i * k + j] = tb_dd_sub(inverse[(size_t)i * k + j], tb_dd_mul(factor, inverse[(size_t)p * k + j]));
			}
		}
		tb_tick();
	}
}

static void solve_arithmetic(System *s)
{
	uint32_t k = s->k;
	TbDd *a = tb_alloc_zero((size_t)k * k, sizeof(TbDd)), *right = tb_alloc_zero(k, sizeof(TbDd));

	for (size_t i = 0; i < s->cells; i++, tb_step()) {
		const Cell *c = s->cell + i;

		bump(a + (size_t)c->second * k + c->second, c->sum[P2]);
		if (c->first == NO_PERIOD) {
			bump(right + c->second, c->sum[P1]);
			continue;
		}
		bump(a + (size_t)c->first * k + c->first, c->sum[P1]);
		bump(a + (size_t)c->second * k + c->first, tb_dd_neg(c->sum[P1]));
		bump(a + (size_t)c->first * k + c->second, tb_dd_neg(c->sum[P2]));
	}
	invert(a, s->inverse, k);
	for (uint32_t i = 0; i < k; i++) {
		s->b[i] = tb_dd(0);
		for (uint32_t j = 0; j < k; j++)
			bump(s->b + i, tb_dd_mul(s->inverse[(size_t)i * k + j], right[j]));
	}
	tb_free(right);
	tb_free(a);
}

/* Sum of squared residuals of a cell */
static double squares(const System *s, const Cell *c, TbRepeatMethod method)
{
	bool arithmetic = method == TB_ARITHMETIC;
	TbDd first = c->first == NO_PERIOD ? tb_dd(arithmetic) : s->b[c->first], second = s->b[c->second], sum;

	if (arithmetic)
		sum = tb_dd_add(tb_dd_sub(tb_dd_mul(tb_dd_mul(first, first), c->sum[P11]), tb_dd_mul_d(tb_dd_mul(tb_dd_mul(first, second), c->sum[P12]), 2)),
						tb_dd_mul(tb_dd_mul(second, second), c->sum[P22]));
	else {
		TbDd step = tb_dd_sub(second, first);

		sum = tb_dd_add(tb_dd_sub(c->sum[Y2], tb_dd_mul_d(tb_dd_mul(step, c->sum[Y]), 2)), tb_dd_mul_d(tb_dd_mul(step, step), c->n));
	}
	return fmax(tb_dd_value(sum), 0);
}

/* Variance a + c * gap by least squares on squared residuals. Where that is not positive for some pair, the better of the two fits with a = 0 or c = 0
 * that least squares under a, c >= 0 can end in; where residuals vanish, no weights. Only the ratio of a to c counts. */
static void set_weights(System *s)
{
	double n = 0, g = 0, gg = 0, e = 0, ge = 0, a, c, spread;
	bool positive = true;

	for (size_t i = 0; i < s->cells; i++, tb_step()) {
		double square = squares(s, s->cell + i, TB_GEOMETRIC), gap = s->cell[i].gap;

		n += s->cell[i].n;
		g += s->cell[i].n * gap;
		gg += s->cell[i].n * gap * gap;
		e += square;
		ge += gap * square;
	}
	if (!(e > 1e-25 * n))
		return;
	spread = n * gg - g * g;
	c = spread > 0 ? (n * ge - g * e) / spread : 0;
	a = (e - c * g) / n;
	for (size_t i = 0; i < s->cells; i++, tb_step())
		positive &= a + c * s->cell[i].gap > 0;
	if (!positive) {
		/* a < 0: through the origin; c < 0: constant */
		c = c > 0;
		a = 1 - c;
	}
	for (size_t i = 0; i < s->cells; i++, tb_step())
		s->cell[i].weight = (a + c) / (a + c * s->cell[i].gap);
}

/* HC1 variance of every b: inverse * (sum of w^2 e^2 z z') * inverse' * n / (n - k). z has a minus at first and a plus at second. */
static void variances(const System *s, TbRepeatMethod method, double *variance)
{
	uint32_t k = s->k;
	double factor = s->n > k ? s->n / (s->n - k) : NAN, *meat = tb_alloc(s->cells * sizeof(double));

	for (size_t i = 0; i < s->cells; i++, tb_step())
		meat[i] = squares(s, s->cell + i, method) * s->cell[i].weight * s->cell[i].weight;
	for (uint32_t t = 0; t < k; t++) {
		const TbDd *row = s->inverse + (size_t)t * k;
		TbDd sum = {0, 0};

		for (size_t i = 0; i < s->cells; i++, tb_step()) {
			const Cell *c = s->cell + i;
			TbDd step = c->first == NO_PERIOD ? row[c->second] : tb_dd_sub(row[c->second], row[c->first]);

			sum = tb_dd_add(sum, tb_dd_mul_d(tb_dd_mul(step, step), meat[i]));
		}
		variance[t] = tb_dd_value(sum) * factor;
		tb_tick();
	}
	tb_free(meat);
}

static void set_points(const System *s, TbRepeatMethod method, const uint32_t *unknown, TbIndexPoint *point, size_t n)
{
	double *variance = tb_alloc(s->k * sizeof(double));

	variances(s, method, variance);
	for (size_t i = 0; i < n; i++, tb_step()) {
		uint32_t t = unknown[i];

		if (t == NO_PERIOD)
			point[i].index = 100, point[i].se = 0;
		else if (t < NO_PERIOD - 1) {
			double b = tb_dd_value(s->b[t]);

			point[i].index = method == TB_ARITHMETIC ? 100 / b : 100 * exp(b);
			point[i].se = sqrt(variance[t]) * (method == TB_ARITHMETIC ? 100 / (b * b) : point[i].index);
			if (!isfinite(point[i].index))
				point[i].index = point[i].se = NAN;
		}
	}
	tb_free(variance);
}

TbStatus tb_repeat_sales(const TbState *state, TbRepeatMethod method, TbIndexPoint **points, size_t *n)
{
	size_t cells;
	TbCell *cell = tb_cells(state, &cells);
	int32_t *period = tb_alloc(2 * cells * sizeof(int32_t));
	uint32_t *unknown;
	System s = {0};

	*n = distinct_periods(cell, cells, period);
	if (*n > TB_INDEX_PERIODS)
		return TB_TOO_LARGE;
	for (size_t i = 0; i < cells; i++, tb_step())
		if (cell[i].a >= cell[i].b)
			return TB_INVALID;
	unknown = tb_alloc(*n * sizeof(uint32_t));
	s.k = link_periods(cell, cells, period, *n, unknown);
	fill(&s, cell, cells, period, *n, unknown);
	s.b = tb_alloc(s.k * sizeof(TbDd));
	s.inverse = tb_alloc((size_t)s.k * s.k * sizeof(TbDd));
	*points = tb_alloc(*n * sizeof(TbIndexPoint));
	for (size_t i = 0; i < *n; i++, tb_step())
		(*points)[i] = (TbIndexPoint){period[i], NAN, NAN, 0};
	for (size_t i = 0; i < cells; i++, tb_step()) {
		(*points)[position(period, *n, cell[i].a)].n += cell[i].n;
		(*points)[position(period, *n, cell[i].b)].n += cell[i].n;
	}
	if (method == TB_ARITHMETIC)
		solve_arithmetic(&s);
	else
		solve_geometric(&s);
	if (method == TB_WEIGHTED) {
		set_weights(&s);
		solve_geometric(&s);
	}
	set_points(&s, method, unknown, *points, *n);
	return TB_OK;
}

TbStatus tb_spar_add(TbState **state, double price, double appraised, bool base)
{
	TbDd sums[TB_SPAR_SUMS] = {tb_dd(price), tb_dd(appraised)};

	return tb_cell_add(state, &tb_spar_shape, base, 0, sums);
}

/* A sum over the power of two that is added to *exponent */
static TbDd near_one(TbDd sum, int *exponent)
{
	int e;

	(void)frexp(sum.hi, &e);
	*exponent += e;
	return (TbDd){ldexp(sum.hi, -e), ldexp(sum.lo, -e)};
}

TbStatus tb_spar(const TbState *state, double *ratio)
{
	size_t n;
	TbCell *cell = tb_cells(state, &n);
	TbDd now, base;
	int above = 0, below = 0;

	if (n != 2 || cell[0].a != 0 || cell[1].a != 1)
		return TB_UNDEFINED;
	now = tb_dd_mul(near_one(tb_cell_sum(cell, 0), &above), near_one(tb_cell_sum(cell + 1, 1), &above));
	base = tb_dd_mul(near_one(tb_cell_sum(cell, 1), &below), near_one(tb_cell_sum(cell + 1, 0), &below));
	if (!(base.hi > 0))
		return TB_UNDEFINED;
	*ratio = ldexp(tb_dd_value(tb_dd_div(now, base)), above - below);
	return isfinite(*ratio) ? TB_OK : TB_OUT_OF_RANGE;
}
