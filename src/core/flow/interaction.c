/* interaction.c -- balancing to margins, goodness of fit, radiation */
#include "interaction.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "balance_scaled.h"
#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"

#define LIMIT TB_BALANCE_LIMIT
#define APART 1e60   /* seeds further apart than that may drive the factors out of float8 although the totals can be met */
#define ROUNDED 1e-9 /* a total summed in another order */

/* a of one origin from its run of pairs, and what the run then brings to each destination: one walk over the pairs serves both margins. Four sums
 * side by side, because each addition waits for the one before. */
static double run(const TbPairs *p, const double *seed, const double *b, double total, size_t from, size_t to, double *column)
{
	double sum[4] = {0}, a;
	size_t k = from;

	if (!(total > 0))
		return 0;
	for (; k + 4 <= to; k += 4)
		for (int lane = 0; lane < 4; lane++)
			sum[lane] += seed[k + lane] * b[p->destination[k + lane]];
	for (; k < to; k++)
		sum[0] += seed[k] * b[p->destination[k]];
	a = total / (sum[0] + sum[1] + sum[2] + sum[3]);
	for (k = from; k < to; k++)
		column[p->destination[k]] += seed[k] * a;
	return a;
}

/* How far a factor moved, relative; infinite when it runs away, because the zeros of the seed forbid the totals */
static double movement(double total, double before, double after)
{
	if (!(total > 0))
		return 0;
	return after > 0 && isfinite(after) ? fabs(after - before) / after : INFINITY;
}

/* One round: every a from b, then every b from a */
static double round_of(const TbPairs *p, const double *seed, const double *o, const double *d, double *a, double *b, double *column)
{
	double change = 0;

	for (uint32_t j = 0; j < p->destinations; j++, tb_step())
		column[j] = 0;
	for (size_t from = 0, to; from < p->n; from = to) {
		uint32_t i = p->origin[from];
		double before = a[i];

		for (to = from + 1; to < p->n && p->origin[to] == i;)
			to++;
		a[i] = run(p, seed, b, o[i], from, to, column);
		change = fmax(change, movement(o[i], before, a[i]));
		tb_steps(to - from);
	}
	for (uint32_t j = 0; j < p->destinations; j++, tb_step()) {
		double before = b[j];

		b[j] = d[j] > 0 ? d[j] / column[j] : 0;
		change = fmax(change, movement(d[j], before, b[j]));
	}
	return change;
}

static uint32_t without_seed(const double *total, const double *sum, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++, tb_step())
		if (total[i] > 0 && !(sum[i] > 0))
			return i;
	return UINT32_MAX;
}

/* Seeds of pairs whose other end has total 0 cannot carry anything: they count as zeros from the start. */
static bool reachable(const TbPairs *p, const double *seed, const double *o, const double *d, double *row, double *column, TbBalance *balance)
{
	for (uint32_t i = 0; i < p->origins; i++, tb_step())
		row[i] = 0;
	for (uint32_t j = 0; j < p->destinations; j++, tb_step())
		column[j] = 0;
	for (size_t k = 0; k < p->n; k++, tb_step())
		if (o[p->origin[k]] > 0 && d[p->destination[k]] > 0) {
			row[p->origin[k]] += seed[k];
			column[p->destination[k]] += seed[k];
		}
	balance->origin = without_seed(o, row, p->origins);
	balance->destination = without_seed(d, column, p->destinations);
	return balance->origin == UINT32_MAX && balance->destination == UINT32_MAX;
}

static bool far_apart(const double *seed, size_t n)
{
	double least = INFINITY, most = 0;

	for (size_t k = 0; k < n; k++, tb_step())
		if (seed[k] > 0) {
			least = fmin(least, seed[k]);
			most = fmax(most, seed[k]);
		}
	return most / APART > least;
}

TbStatus tb_balance(const TbPairs *p, const double *seed, const double *origin_total, const double *destination_total, double tolerance, double *flow,
					TbBalance *balance)
{
	double *a = tb_alloc((p->origins + (size_t)1) * sizeof(double)), *b = tb_alloc((p->destinations + (size_t)1) * sizeof(double));
	double *column = tb_alloc((p->destinations + (size_t)1) * sizeof(double));
	TbStatus status = TB_INFEASIBLE;

	*balance = (TbBalance){0, UINT32_MAX, UINT32_MAX};
	if (reachable(p, seed, origin_total, destination_total, a, column, balance)) {
		double change = INFINITY;

		for (uint32_t i = 0; i < p->origins; i++, tb_step())
			a[i] = origin_total[i] > 0;
		for (uint32_t j = 0; j < p->destinations; j++, tb_step())
			b[j] = destination_total[j] > 0;
		tb_progress("balancing, rounds", 0, LIMIT);
		do {
			change = round_of(p, seed, origin_total, destination_total, a, b, column);
			tb_progress("balancing, rounds of at most", ++balance->iterations, LIMIT);
		} while (change > tolerance && isfinite(change) && balance->iterations < LIMIT);
		status = change <= tolerance ? TB_OK : TB_NOT_CONVERGED;
		if (!isfinite(change) && far_apart(seed, p->n))
			status = tb_balance_scaled(p, seed, origin_total, destination_total, tolerance, flow, balance);
		else
			for (size_t k = 0; k < p->n; k++, tb_step())
				flow[k] = a[p->origin[k]] * seed[k] * b[p->destination[k]];
	}
	tb_free(a);
	tb_free(b);
	tb_free(column);
	return status;
}

TbStatus tb_margins_agree(const double *origin_total, uint32_t origins, double *destination_total, uint32_t destinations, double *out, double *in)
{
	TbDd o = {0, 0}, d = {0, 0};

	for (uint32_t i = 0; i < origins; i++, tb_step())
		o = tb_dd_add_d(o, origin_total[i]);
	for (uint32_t i = 0; i < destinations; i++, tb_step())
		d = tb_dd_add_d(d, destination_total[i]);
	*out = tb_dd_value(o);
	*in = tb_dd_value(d);
	if (!isfinite(*out) || !isfinite(*in))
		return TB_OUT_OF_RANGE;
	if (fabs(*out - *in) > 1e-9 * fmax(*out, *in))
		return TB_MISMATCH;
	for (uint32_t i = 0; i < destinations && *in != *out; i++, tb_step())
		destination_total[i] *= *out / *in;
	return TB_OK;
}

double tb_predicted_flow(const TbGravity *fit, TbGravityDecay decay, double origin_mass, double destination_mass, double distance)
{
	double cost = decay == TB_GRAVITY_POWER ? log(distance) : distance;

	return exp(fit->constant + fit->alpha * log(origin_mass) + fit->gamma * log(destination_mass) + fit->beta * cost);
}

double tb_common_part(const double *a, const double *b, size_t n)
{
	double common = 0, all = 0;

	for (size_t k = 0; k < n; k++, tb_step()) {
		common += fmin(a[k], b[k]);
		all += a[k] + b[k];
	}
	return all > 0 ? 2 * common / all : NAN;
}

/* Observed and predicted over one power of two; comes back: its exponent */
static int fit_near_one(const double **observed, const double **predicted, size_t n)
{
	double *both = tb_alloc(2 * n * sizeof(double));
	int exponent;

	memcpy(both, *observed, n * sizeof(double));
	memcpy(both + n, *predicted, n * sizeof(double));
	exponent = tb_shrink(both, 2 * n, both);
	*observed = both;
	*predicted = both + n;
	return exponent;
}

double tb_similarity(double a, double b)
{
	return a + b > 0 ? 2 * (fmin(a, b) / (a + b)) : 1;
}

TbStatus tb_flow_fit(const double *observed, const double *predicted, const uint64_t *count, size_t n, TbFlowFit *fit)
{
	TbDd a = {0, 0}, b = {0, 0}, common = {0, 0}, square = {0, 0}, ssi = {0, 0}, kl = {0, 0}, rows = {0, 0};
	double sum_a, sum_b;
	int exponent;

	if (n == 0)
		return TB_UNDEFINED;
	exponent = fit_near_one(&observed, &predicted, n);
	for (size_t k = 0; k < n; k++, tb_step()) {
		double x = observed[k], y = predicted[k], times = count ? (double)count[k] : 1;

		rows = tb_dd_add_d(rows, times);
		a = tb_dd_add_d(a, times * x);
		b = tb_dd_add_d(b, times * y);
		common = tb_dd_add_d(common, times * fmin(x, y));
		square = tb_dd_add_d(square, times * (x - y) * (x - y));
		ssi = tb_dd_add_d(ssi, times * tb_similarity(x, y));
	}
	sum_a = tb_dd_value(a);
	sum_b = tb_dd_value(b);
	for (size_t k = 0; k < n; k++, tb_step())
		if (observed[k] > 0)
			kl = tb_dd_add_d(kl, (count ? (double)count[k] : 1) * (observed[k] / sum_a) * log(observed[k] / sum_a / (predicted[k] / sum_b)));
	fit->n = tb_dd_value(rows);
	fit->cpc = 2 * tb_dd_value(common) / (sum_a + sum_b);
	fit->rmse = sqrt(tb_dd_value(square) / fit->n);
	fit->nrmse = fit->rmse / sum_a;
	fit->srmse = fit->rmse / (sum_a / fit->n);
	fit->ssi = tb_dd_value(ssi) / fit->n;
	fit->kl = sum_a > 0 && sum_b > 0 ? tb_dd_value(kl) : NAN;
	if (!(sum_a >= DBL_MIN))
		fit->nrmse = fit->srmse = fit->kl = NAN;
	if (isinf(fit->kl))
		fit->kl = NAN;
	fit->rmse = ldexp(fit->rmse, exponent);
	if (!isfinite(fit->rmse) || isinf(fit->srmse))
		return TB_OUT_OF_RANGE;
	return TB_OK;
}

TbStatus tb_radiation(double origin_mass, double total_mass, const double *mass, const double *distance, size_t n, double *share, double *parts)
{
	size_t *order = tb_sort_order(distance, n);
	double finite = 1 - origin_mass / total_mass;
	TbDd nearer = {0, 0}, all = tb_dd(origin_mass);

	for (size_t k = 0; k < n; k++, tb_step())
		all = tb_dd_add_d(all, mass[k]);
	*parts = tb_dd_value(all);
	if (*parts > total_mass * (1 + ROUNDED)) {
		tb_free(order);
		return TB_INVALID;
	}
	if (!(origin_mass > 0) || !(finite > 0)) {
		tb_free(order);
		return TB_UNDEFINED;
	}
	for (size_t from = 0, to; from < n; from = to) {
		TbDd ring = {0, 0};
		double s = origin_mass + tb_dd_value(nearer), probability;

		for (to = from; to < n && distance[order[to]] == distance[order[from]]; to++)
			ring = tb_dd_add_d(ring, mass[order[to]]);
		nearer = tb_dd_add(nearer, ring);
		probability = origin_mass / s / (origin_mass + tb_dd_value(nearer)) / finite;
		for (size_t k = from; k < to; k++, tb_step())
			share[order[k]] = mass[order[k]] * probability;
	}
	tb_free(order);
	return TB_OK;
}
