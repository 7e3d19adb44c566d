/* absorb.c -- means, and conjugate gradients with refinement */
#include "absorb.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"
#include "laplacian.h"

#define ROUNDS 60
#define STEPS 20000
#define PATIENCE 60     /* steps by the diagonal */
#define EXPLAINED 1e-11 /* what is left of a column, against its size: less is nothing */

/* Dense indices of the ids that occur */
static uint32_t *dense(size_t n, uint32_t ids, const uint32_t *id, uint32_t *found)
{
	uint32_t *place = tb_alloc_zero((size_t)ids + 1, sizeof(uint32_t)), *index = tb_alloc((n + 1) * sizeof(uint32_t));

	*found = 0;
	for (size_t i = 0; i < n; i++, tb_step()) {
		if (place[id[i]] == 0)
			place[id[i]] = ++*found;
		index[i] = place[id[i]] - 1;
	}
	tb_free(place);
	return index;
}

static double connected_parts(const TbEffects *e)
{
	uint32_t all = e->many_n + e->few_n, *parent = tb_alloc((size_t)all * sizeof(uint32_t));
	double parts = 0;

	tb_disjoint_begin(parent, all);
	for (size_t i = 0; i < e->n; i++, tb_step())
		tb_disjoint_join(parent, e->many[i], e->many_n + e->few[i]);
	for (uint32_t k = 0; k < all; k++, tb_step())
		parts += parent[k] == k;
	tb_free(parent);
	return parts;
}

static bool stand_together(const TbEffects *e)
{
	size_t changes = 0;

	for (size_t i = 1; i < e->n; i++, tb_step())
		changes += e->many[i] != e->many[i - 1];
	return e->n > 0 && changes + 1 == e->many_n;
}

TbEffects tb_effects(size_t n, uint32_t ids, const uint32_t *a, const uint32_t *b)
{
	TbEffects e = {.n = n, .enough = 1e-22};
	uint32_t *swap, count;

	e.many = dense(n, ids, a, &e.many_n);
	e.dummies = e.many_n;
	if (b) {
		e.few = dense(n, ids, b, &e.few_n);
		if (e.few_n > e.many_n) {
			swap = e.many;
			e.many = e.few;
			e.few = swap;
			count = e.many_n;
			e.many_n = e.few_n;
			e.few_n = count;
		}
		e.dummies = (double)e.many_n + e.few_n - connected_parts(&e);
	}
	e.runs = stand_together(&e);
	e.total = tb_alloc((size_t)e.many_n * sizeof(double) + 8);
	e.few_total = tb_alloc((size_t)e.few_n * sizeof(double) + 8);
	e.factor = tb_alloc_zero(1, sizeof(*e.factor));
	tb_effects_weigh(&e, NULL);
	return e;
}

static double weight_of(const TbEffects *e, size_t i)
{
	return e->weight ? e->weight[i] : 1;
}

void tb_effects_weigh(TbEffects *e, double *weight)
{
	e->weight = weight;
	tb_laplacian_free(*e->factor);
	*e->factor = NULL;
	memset(e->total, 0, (size_t)e->many_n * sizeof(double));
	memset(e->few_total, 0, (size_t)e->few_n * sizeof(double));
	for (size_t i = 0; i < e->n; i++, tb_step()) {
		e->total[e->many[i]] += weight_of(e, i);
		if (e->few_n > 0)
			e->few_total[e->few[i]] += weight_of(e, i);
	}
}

/* The rows of one effect of many, from the first of them */
static size_t run_end(const TbEffects *e, size_t i)
{
	size_t end = i + 1;

	while (end < e->n && e->many[end] == e->many[i])
		end++;
	tb_steps(end - i);
	return end;
}

static TbDd weighted(const TbEffects *e, const TbDd *r, size_t i)
{
	return e->weight ? tb_dd_mul_d(r[i], e->weight[i]) : r[i];
}

/* Less the means of the larger set; the same sums in the same order whether its rows stand together or not */
static void centre(const TbEffects *e, TbDd *r, TbDd *mean)
{
	if (e->runs) {
		for (size_t i = 0, end; i < e->n; i = end) {
			TbDd here = {0, 0};

			end = run_end(e, i);
			for (size_t k = i; k < end; k++)
				here = tb_dd_add(here, weighted(e, r, k));
			here = tb_dd_div(here, tb_dd(e->total[e->many[i]]));
			for (size_t k = i; k < end; k++)
				r[k] = tb_dd_sub(r[k], here);
		}
		return;
	}
	memset(mean, 0, (size_t)e->many_n * sizeof(TbDd));
	for (size_t i = 0; i < e->n; i++, tb_step())
		mean[e->many[i]] = tb_dd_add(mean[e->many[i]], weighted(e, r, i));
	for (uint32_t u = 0; u < e->many_n; u++, tb_step())
		mean[u] = tb_dd_div(mean[u], tb_dd(e->total[u]));
	for (size_t i = 0; i < e->n; i++, tb_step())
		r[i] = tb_dd_sub(r[i], mean[e->many[i]]);
}

/* out = (D - N' M^-1 N) a */
static void apply(const TbEffects *e, const double *a, double *out, double *mean)
{
	memset(out, 0, (size_t)e->few_n * sizeof(double));
	if (e->runs) {
		for (size_t i = 0, end; i < e->n; i = end) {
			double here = 0;

			end = run_end(e, i);
			for (size_t k = i; k < end; k++)
				here += weight_of(e, k) * a[e->few[k]];
			here /= e->total[e->many[i]];
			for (size_t k = i; k < end; k++)
				out[e->few[k]] += weight_of(e, k) * (a[e->few[k]] - here);
		}
		return;
	}
	memset(mean, 0, (size_t)e->many_n * sizeof(double));
	for (size_t i = 0; i < e->n; i++, tb_step())
		mean[e->many[i]] += weight_of(e, i) * a[e->few[i]];
	for (uint32_t u = 0; u < e->many_n; u++, tb_step())
		mean[u] /= e->total[u];
	for (size_t i = 0; i < e->n; i++, tb_step())
		out[e->few[i]] += weight_of(e, i) * (a[e->few[i]] - mean[e->many[i]]);
}

static double dot(const double *x, const double *y, uint32_t n)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < n; i++, tb_step())
		sum = tb_dd_add_d(sum, x[i] * y[i]);
	return tb_dd_value(sum);
}

typedef struct Gradients {
	double *a, *r, *z, *q, *p, *mean, *node;
} Gradients;

/* z near the solution for r: by the diagonal, or by the factor of the whole graph, in which units have nothing on the right side */
static void precondition(const TbEffects *e, const Gradients *g, bool patient)
{
	if (patient || !*e->factor) {
		for (uint32_t i = 0; i < e->few_n; i++, tb_step())
			g->z[i] = g->r[i] / e->few_total[i];
		return;
	}
	memset(g->node, 0, e->many_n * sizeof(double));
	memcpy(g->node + e->many_n, g->r, e->few_n * sizeof(double));
	tb_laplacian_solve(*e->factor, g->node);
	memcpy(g->z, g->node + e->many_n, e->few_n * sizeof(double));
}

static double weighed(const TbEffects *e, const double *r)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < e->few_n; i++, tb_step())
		sum = tb_dd_add_d(sum, r[i] * (r[i] / e->few_total[i]));
	return tb_dd_value(sum);
}

/* a with (D - N' M^-1 N) a near g->r, which is used up */
static void solve(const TbEffects *e, const Gradients *g)
{
	uint32_t n = e->few_n;
	double rz = 0, first = weighed(e, g->r);

	memset(g->a, 0, n * sizeof(double));
	for (int step = 0; step < STEPS; step++) {
		bool patient = step < PATIENCE, anew = step == 0 || step == PATIENCE;
		double beta = rz, alpha;

		if (!(weighed(e, g->r) > first * 1e-26))
			return;
		if (step == PATIENCE && !*e->factor)
			*e->factor = tb_laplacian(e->n, e->many_n + e->few_n, e->many, e->many_n, e->few, e->weight);
		precondition(e, g, patient);
		rz = dot(g->r, g->z, n);
		if (!(rz > 0))
			return;
		beta = anew ? 0 : rz / beta;
		for (uint32_t i = 0; i < n; i++, tb_step())
			g->p[i] = g->z[i] + beta * g->p[i];
		apply(e, g->p, g->q, g->mean);
		alpha = dot(g->p, g->q, n);
		if (!(alpha > 0))
			return;
		alpha = rz / alpha;
		for (uint32_t i = 0; i < n; i++, tb_step()) {
			g->a[i] += alpha * g->p[i];
			g->r[i] -= alpha * g->q[i];
		}
	}
}

/* The sums of r by effect of the smaller set; gives the largest mean of them */
static double sums_left(const TbEffects *e, const TbDd *r, TbDd *sum, double *out)
{
	double largest = 0;

	memset(sum, 0, (size_t)e->few_n * sizeof(TbDd));
	for (size_t i = 0; i < e->n; i++, tb_step())
		sum[e->few[i]] = tb_dd_add(sum[e->few[i]], e->weight ? tb_dd_mul_d(r[i], e->weight[i]) : r[i]);
	for (uint32_t t = 0; t < e->few_n; t++, tb_step()) {
		out[t] = tb_dd_value(sum[t]);
		largest = fmax(largest, fabs(out[t]) / e->few_total[t]);
	}
	return largest;
}

static TbStatus two_sets(const TbEffects *e, TbDd *r, TbDd *mean, double size)
{
	size_t few = e->few_n * sizeof(double) + 8;
	Gradients g = {tb_alloc(few),
				   tb_alloc(few),
				   tb_alloc(few),
				   tb_alloc(few),
				   tb_alloc_zero(e->few_n + (size_t)1, 8),
				   tb_alloc((size_t)e->many_n * sizeof(double) + 8),
				   tb_alloc(((size_t)e->many_n + e->few_n) * sizeof(double) + 8)};
	TbDd *sum = tb_alloc((size_t)e->few_n * sizeof(TbDd) + 16);
	double left = INFINITY;

	for (int round = 0; round < ROUNDS; round++) {
		double now = sums_left(e, r, sum, g.r);

		if (!(now > e->enough * size)) {
			left = 0;
			break;
		}
		if (now > left / 2 && now <= 1e-14 * size)
			break;
		left = now;
		memset(g.p, 0, few);
		solve(e, &g);
		for (size_t i = 0; i < e->n; i++, tb_step())
			r[i] = tb_dd_add_d(r[i], -g.a[e->few[i]]);
		centre(e, r, mean);
	}
	tb_free(g.a);
	tb_free(g.r);
	tb_free(g.z);
	tb_free(g.q);
	tb_free(g.p);
	tb_free(g.mean);
	tb_free(g.node);
	tb_free(sum);
	return left <= 1e-14 * size ? TB_OK : TB_NOT_CONVERGED;
}

TbStatus tb_absorb(const TbEffects *e, double *x)
{
	TbDd *r = tb_alloc((e->n + 1) * sizeof(TbDd)), *mean = tb_alloc(((size_t)e->many_n + 1) * sizeof(TbDd)), all = {0, 0};
	double size = 0, left = 0;
	TbStatus status = TB_OK;

	for (size_t i = 0; i < e->n; i++, tb_step())
		all = tb_dd_add_d(all, x[i] / e->n);
	for (size_t i = 0; i < e->n; i++, tb_step()) {
		r[i] = tb_dd_sub(tb_dd(x[i]), all);
		size = fmax(size, fabs(r[i].hi));
	}
	centre(e, r, mean);
	if (e->few_n > 0 && size > 0)
		status = two_sets(e, r, mean, size);
	for (size_t i = 0; i < e->n; i++, tb_step())
		left = fmax(left, fabs(r[i].hi));
	for (size_t i = 0; i < e->n; i++, tb_step())
		x[i] = left > EXPLAINED * size ? tb_dd_value(r[i]) : 0;
	tb_free(r);
	tb_free(mean);
	return status;
}
