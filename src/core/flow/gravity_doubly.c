/* gravity_doubly.c -- the doubly constrained model: balancing meets the margins, Newton's method finds beta */
#include "gravity_doubly.h"

#include <math.h>
#include <stdbool.h>

#include "../base/step.h"

#define ROUGH 1e-5 /* margins while beta is far off */

/* Effects of origins (u) and destinations (v) on c under weights mu, one run of an origin at a time: first u, then what it leaves to each destination.
 * Four sums side by side, because each addition waits for the one before. */
static void effects_of_run(const TbPairs *p, const double *c, const double *mu, size_t from, size_t to, double *u, const double *v, double *rest)
{
	double sum[4] = {0}, weight[4] = {0}, effect;
	size_t k = from;

	for (; k + 4 <= to; k += 4)
		for (int lane = 0; lane < 4; lane++) {
			sum[lane] += mu[k + lane] * (c[k + lane] - v[p->destination[k + lane]]);
			weight[lane] += mu[k + lane];
		}
	for (; k < to; k++) {
		sum[0] += mu[k] * (c[k] - v[p->destination[k]]);
		weight[0] += mu[k];
	}
	weight[0] += weight[1] + weight[2] + weight[3];
	effect = weight[0] > 0 ? (sum[0] + sum[1] + sum[2] + sum[3]) / weight[0] : 0;
	for (k = from; k < to; k++)
		rest[p->destination[k]] += mu[k] * (c[k] - effect);
	u[p->origin[from]] = effect;
}

/* One round over all effects; how far those of destinations moved */
static double effects(const TbPairs *p, const double *c, const double *mu, const double *column, double *u, double *v, double *rest)
{
	double change = 0;

	for (uint32_t j = 0; j < p->destinations; j++, tb_step())
		rest[j] = 0;
	for (size_t from = 0, to; from < p->n; from = to) {
		for (to = from + 1; to < p->n && p->origin[to] == p->origin[from];)
			to++;
		effects_of_run(p, c, mu, from, to, u, v, rest);
		tb_steps(to - from);
	}
	for (uint32_t j = 0; j < p->destinations; j++, tb_step()) {
		double x = column[j] > 0 ? rest[j] / column[j] : 0;

		change = fmax(change, fabs(x - v[j]));
		v[j] = x;
	}
	tb_tick();
	return change;
}

/* c less its origin and destination effects: the sum of its squares under mu is the information on beta, and its product with what the model leaves
 * unexplained is the gradient. Errors of the effects enter the first, and errors of the margins the second, only squared, so neither needs them
 * exact; but the effects are those under mu as it is, so its own margins weigh them. */
static void unexplained(const TbGravityData *data, const double *c, const double *mu, double *information, double *gradient)
{
	const TbPairs *p = &data->pairs;
	double *u = tb_alloc_zero(p->origins, sizeof(double)), *v = tb_alloc_zero(p->destinations, sizeof(double));
	double *column = tb_alloc_zero(p->destinations, sizeof(double)), *rest = tb_alloc(p->destinations * sizeof(double));

	for (size_t k = 0; k < p->n; k++, tb_step())
		column[p->destination[k]] += mu[k];
	for (int round = 0; round < 2000 && effects(p, c, mu, column, u, v, rest) > 1e-8;)
		round++;
	*information = *gradient = 0;
	for (size_t k = 0; k < p->n; k++, tb_step()) {
		double left = c[k] - u[p->origin[k]] - v[p->destination[k]];

		*information += mu[k] * left * left;
		*gradient += (data->flow[k] - mu[k]) * left;
	}
	tb_free(u);
	tb_free(v);
	tb_free(column);
	tb_free(rest);
}

/* mu holds flows with the right margins and comes in at b; scaling it by exp(step * c) and balancing again is the warm start of the next b. While
 * steps are long, margins need not be exact. */
TbStatus tb_gravity_doubly(const TbGravityData *data, const double *c, double *b, double *variance, double *mu, uint32_t *iterations)
{
	const TbPairs *p = &data->pairs;
	double *o = tb_alloc_zero(p->origins, sizeof(double)), *d = tb_alloc_zero(p->destinations, sizeof(double));
	double *seed = tb_alloc(p->n * sizeof(double));
	double total = 0, most = 0, tolerance = ROUGH;
	TbBalance balance;
	TbStatus status;

	for (size_t k = 0; k < p->n; k++, tb_step()) {
		o[p->origin[k]] += data->flow[k];
		d[p->destination[k]] += data->flow[k];
		total += data->flow[k];
		most = fmax(most, fabs(c[k]));
		seed[k] = 1;
	}
	*b = 0;
	status = tb_balance(p, seed, o, d, tolerance, mu, &balance);
	for (*iterations = 1; status == TB_OK; ++*iterations) {
		double information, gradient, step;

		unexplained(data, c, mu, &information, &gradient);
		tb_progress("gravity, steps", *iterations, TB_GRAVITY_LIMIT);
		if (!(information > TB_GRAVITY_PIVOT * total))
			return *iterations == 1 ? TB_UNDEFINED : TB_NOT_CONVERGED;
		*variance = 1 / information;
		step = gradient / information;
		if (fabs(step) * most > 4)
			step = copysign(4 / most, step);
		if (tolerance == TB_BALANCED && fabs(step) <= TB_GRAVITY_PRECISION * fmax(1, fabs(*b)))
			return TB_OK;
		if (*iterations > TB_GRAVITY_LIMIT)
			return TB_NOT_CONVERGED;
		if (fabs(step) < 1e-3)
			tolerance = TB_BALANCED;
		*b += step;
		for (size_t k = 0; k < p->n; k++)
			seed[k] = mu[k] * exp(step * c[k]);
		status = tb_balance(p, seed, o, d, tolerance, mu, &balance);
	}
	return status;
}
