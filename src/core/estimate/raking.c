/* raking.c -- class after class, sweep after sweep */
#include "raking.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/root.h"
#include "../base/scaled.h"

/* Rows of one margin, class by class */
typedef struct Margin {
	size_t *row, *from; /* rows of class c: row[from[c]] .. row[from[c + 1] - 1] */
} Margin;

static Margin margin_of(const TbRaking *r, uint32_t k)
{
	Margin m = {tb_alloc((r->n + 1) * sizeof(size_t)), tb_alloc_zero(r->classes[k] + (size_t)2, sizeof(size_t))};
	size_t *at = tb_alloc((r->classes[k] + (size_t)1) * sizeof(size_t));

	for (size_t i = 0; i < r->n; i++, tb_step())
		if (r->class[k][i] != UINT32_MAX)
			m.from[r->class[k][i] + 1]++;
	for (uint32_t c = 0; c < r->classes[k]; c++, tb_step())
		m.from[c + 1] += m.from[c];
	memcpy(at, m.from, (r->classes[k] + (size_t)1) * sizeof(size_t));
	for (size_t i = 0; i < r->n; i++, tb_step())
		if (r->class[k][i] != UINT32_MAX)
			m.row[at[r->class[k][i]]++] = i;
	tb_free(at);
	return m;
}

static double clip(const TbRaking *r, double x)
{
	return x < r->low ? r->low : x > r->high ? r->high : x;
}

/* Sum of the weights of a class when its factors change by t */
static double sum_at(const TbRaking *r, const Margin *m, uint32_t c, const double *u, double t)
{
	TbDd sum = {0, 0};

	for (size_t k = m->from[c]; k < m->from[c + 1]; k++, tb_step())
		sum = tb_dd_add(sum, tb_two_product(r->weight[m->row[k]], clip(r, u[m->row[k]] * t)));
	return tb_dd_value(sum);
}

typedef struct Class {
	const TbRaking *raking;
	const Margin *margin;
	uint32_t c;
	const double *u;
	double total;
} Class;

static double surplus(double t, void *context)
{
	const Class *k = context;

	return sum_at(k->raking, k->margin, k->c, k->u, t) - k->total;
}

/* t with sum_at(t) = total, between bounds that it reaches. Where no bound holds in between it is the ratio; else it is bracketed from there, and closed in upon */
static double factor(const TbRaking *r, const Margin *m, uint32_t c, const double *u, double total)
{
	Class class = {r, m, c, u, total};
	double now = sum_at(r, m, c, u, 1), a = now > 0 ? total / now : 1, b = a, fa, fb;

	if (r->low == 0 && isinf(r->high))
		return a;
	fa = fb = surplus(a, &class);
	for (int step = 0; step < 1100 && fa > 1e-15 * total; step++, a /= 2)
		fa = surplus(a / 2, &class);
	for (int step = 0; step < 1100 && fb < -1e-15 * total; step++, b *= 2)
		fb = surplus(b * 2, &class);
	if (!(fa < 0 && fb > 0))
		return fabs(fa) < fabs(fb) ? a : b;
	return tb_root(surplus, &class, (TbBracket){a, fa, b, fb}, 2e-16);
}

/* Can each class by itself reach its total? */
static TbStatus reachable(const TbRaking *r, const Margin *margin, TbRakingGap *gap)
{
	for (uint32_t k = 0; k < r->margins; k++)
		for (uint32_t c = 0; c < r->classes[k]; c++) {
			TbDd sum = {0, 0};
			double total = r->total[k][c], all;

			for (size_t i = margin[k].from[c]; i < margin[k].from[c + 1]; i++, tb_step())
				sum = tb_dd_add_d(sum, r->weight[margin[k].row[i]]);
			all = tb_dd_value(sum);
			*gap = (TbRakingGap){k, c, all > 0 && total > all * r->high ? all * r->high : all * r->low};
			if ((all == 0 && total > 0) || (all > 0 && (total > all * r->high * (1 + TB_RAKING_GAP) || total < all * r->low * (1 - TB_RAKING_GAP))))
				return TB_INFEASIBLE;
		}
	return TB_OK;
}

/* The class that is furthest from its total, as a share of it */
static double furthest(const TbRaking *r, const Margin *margin, const double *u, TbRakingGap *gap)
{
	double most = 0;

	for (uint32_t k = 0; k < r->margins; k++)
		for (uint32_t c = 0; c < r->classes[k]; c++) {
			double got = sum_at(r, margin + k, c, u, 1), total = r->total[k][c], off = total > 0 ? fabs(got / total - 1) : got > 0;

			if (!(off <= most)) {
				most = off;
				*gap = (TbRakingGap){k, c, got};
			}
		}
	return most;
}

/* The same with weights and totals near 1, whatever their units: *power, of which the answer is so many powers of two */
static TbRaking near_one(const TbRaking *r, int *power)
{
	TbRaking near = *r;
	double largest = 0;
	int shift;

	near.weight = tb_alloc((r->n + 1) * sizeof(double));
	shift = tb_shrink(r->weight, r->n, (double *)near.weight);
	for (uint32_t k = 0; k < r->margins; k++)
		for (uint32_t c = 0; c < r->classes[k]; c++)
			largest = fmax(largest, r->total[k][c]);
	(void)frexp(largest, power);
	for (uint32_t k = 0; k < r->margins; k++) {
		near.total[k] = tb_alloc((r->classes[k] + (size_t)1) * sizeof(double));
		for (uint32_t c = 0; c < r->classes[k]; c++)
			((double *)near.total[k])[c] = ldexp(r->total[k][c], -*power);
	}
	near.low = ldexp(r->low, shift - *power);
	near.high = ldexp(r->high, shift - *power);
	return near;
}

/* Sweeps until each class has its total; u: the factor of each row */
static double sweep_up(const TbRaking *r, const Margin *margin, double *u, TbRakingGap *gap)
{
	double off = INFINITY;

	tb_progress("raking, sweeps", 0, TB_RAKING_SWEEPS);
	for (int sweep = 0; sweep < TB_RAKING_SWEEPS && off > TB_RAKING_GAP; sweep++) {
		for (uint32_t k = 0; k < r->margins; k++)
			for (uint32_t c = 0; c < r->classes[k]; c++) {
				double t = r->total[k][c] > 0 || r->low > 0 ? factor(r, margin + k, c, u, r->total[k][c]) : 0;

				for (size_t i = margin[k].from[c]; i < margin[k].from[c + 1]; i++, tb_step())
					u[margin[k].row[i]] *= t;
			}
		off = furthest(r, margin, u, gap);
		tb_progress("raking, sweeps", sweep + 1, TB_RAKING_SWEEPS);
	}
	return off;
}

TbStatus tb_raking(const TbRaking *given, double *raked, TbRakingGap *gap)
{
	int power;
	TbRaking r = near_one(given, &power);
	Margin margin[TB_RAKING_MARGINS];
	double *u = tb_alloc((r.n + 1) * sizeof(double)), off;
	TbStatus status;

	for (uint32_t k = 0; k < r.margins; k++)
		margin[k] = margin_of(&r, k);
	status = reachable(&r, margin, gap);
	for (size_t i = 0; i < r.n; i++, tb_step())
		u[i] = 1;
	off = status == TB_OK ? sweep_up(&r, margin, u, gap) : 0;
	gap->got = ldexp(gap->got, power);
	for (size_t i = 0; i < r.n; i++, tb_step())
		raked[i] = ldexp(r.weight[i] * clip(&r, u[i]), power) + 0.0;
	return status != TB_OK ? status : off <= TB_RAKING_GAP ? TB_OK : TB_NOT_CONVERGED;
}
