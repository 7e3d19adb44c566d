/* gravity.c -- the four gravity models by Newton's method on the Poisson likelihood
 *
 * Regressors are centred and scaled. In the singly constrained models the balancing factors are profiled out, which leaves a conditional logit in at
 * most two parameters; in the doubly constrained one balancing does it and beta alone is left, its information being the variance of the distance
 * that two-way effects do not explain. All three likelihoods are concave, so Newton with step control finds the one maximum.
 */
#include "gravity_doubly.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

#define MOST 4 /* parameters: constant, origin mass, destination mass, distance */

typedef struct Regressors {
	size_t n;
	int k;
	double *x[MOST];
	double mean[MOST], scale[MOST];
} Regressors;

typedef struct Point {
	double likelihood; /* up to a constant */
	double gradient[MOST], information[MOST][MOST];
} Point;

/* A new centred and scaled column; false where it does not vary */
static bool add_column(Regressors *r, const double *value, bool logarithm)
{
	double *x = tb_alloc(r->n * sizeof(double));
	TbDd sum = {0, 0}, square = {0, 0};
	double mean, scale;

	for (size_t i = 0; i < r->n; i++, tb_step()) {
		x[i] = logarithm ? log(value[i]) : value[i];
		sum = tb_dd_add_d(sum, x[i]);
	}
	mean = tb_dd_value(sum) / r->n;
	for (size_t i = 0; i < r->n; i++, tb_step()) {
		x[i] -= mean;
		square = tb_dd_add_d(square, x[i] * x[i]);
	}
	scale = sqrt(tb_dd_value(square) / r->n);
	for (size_t i = 0; i < r->n; i++, tb_step())
		x[i] /= scale;
	r->x[r->k] = x;
	r->mean[r->k] = mean;
	r->scale[r->k] = scale;
	r->k++;
	return scale > 1e-12 * fabs(mean);
}

/* Solves A s = g and inverts A, both of order k, by Cholesky. false: not positive definite */
static bool solve(double a[MOST][MOST], const double *g, int k, double *s, double inverse[MOST][MOST])
{
	double l[MOST][MOST] = {{0}};

	for (int i = 0; i < k; i++)
		for (int j = 0; j <= i; j++) {
			double x = a[i][j];

			for (int m = 0; m < j; m++)
				x -= l[i][m] * l[j][m];
			if (i == j) {
				if (!(x > TB_GRAVITY_PIVOT * a[i][i]) || !(a[i][i] > 0))
					return false;
				l[i][i] = sqrt(x);
			} else
				l[i][j] = x / l[j][j];
		}
	for (int c = 0; c <= k; c++) { /* unit vectors, then g */
		double y[MOST] = {0};

		for (int i = 0; i < k; i++) {
			y[i] = c < k ? i == c : g[i];
			for (int m = 0; m < i; m++)
				y[i] -= l[i][m] * y[m];
			y[i] /= l[i][i];
		}
		for (int i = k - 1; i >= 0; i--) {
			for (int m = i + 1; m < k; m++)
				y[i] -= l[m][i] * y[m];
			y[i] /= l[i][i];
			if (c < k)
				inverse[i][c] = y[i];
			else
				s[i] = y[i];
		}
	}
	return true;
}

static double linear(const Regressors *r, const double *b, size_t i)
{
	double eta = 0;

	for (int m = 0; m < r->k; m++)
		eta += b[m] * r->x[m][i];
	return eta;
}

static void accumulate(const Regressors *r, size_t i, double residual, double weight, Point *p)
{
	tb_step();
	for (int m = 0; m < r->k; m++) {
		p->gradient[m] += residual * r->x[m][i];
		for (int l = 0; l <= m; l++)
			p->information[m][l] += weight * r->x[m][i] * r->x[l][i];
	}
}

static void mirror(Point *p)
{
	for (int m = 0; m < MOST; m++)
		for (int l = m + 1; l < MOST; l++)
			p->information[m][l] = p->information[l][m];
}

/* Unconstrained: mu = exp(eta), constant included */
static void evaluate_free(const TbGravityData *data, const Regressors *r, const double *b, double *mu, Point *p)
{
	*p = (Point){0};
	for (size_t i = 0; i < r->n; i++, tb_step()) {
		double eta = linear(r, b, i);

		mu[i] = exp(eta);
		p->likelihood += data->flow[i] * eta - mu[i];
		accumulate(r, i, data->flow[i] - mu[i], mu[i], p);
	}
	mirror(p);
}

typedef struct Groups {
	uint32_t n;
	const uint32_t *of;
	double *total; /* observed */
	double *highest, *sum;
	double (*mean)[MOST];
} Groups;

/* Singly constrained: mu = total of the group times exp(eta) over its sum */
static void evaluate_shares(const TbGravityData *data, const Regressors *r, Groups *g, const double *b, double *mu, Point *p)
{
	*p = (Point){0};
	for (uint32_t o = 0; o < g->n; o++, tb_step()) {
		g->highest[o] = -INFINITY;
		g->sum[o] = 0;
		for (int m = 0; m < r->k; m++)
			g->mean[o][m] = 0;
	}
	for (size_t i = 0; i < r->n; i++, tb_step()) {
		mu[i] = linear(r, b, i);
		g->highest[g->of[i]] = fmax(g->highest[g->of[i]], mu[i]);
	}
	for (size_t i = 0; i < r->n; i++, tb_step())
		g->sum[g->of[i]] += exp(mu[i] - g->highest[g->of[i]]);
	for (size_t i = 0; i < r->n; i++, tb_step()) {
		uint32_t o = g->of[i];
		double share = exp(mu[i] - g->highest[o]) / g->sum[o];

		p->likelihood += data->flow[i] * (mu[i] - g->highest[o] - log(g->sum[o]));
		mu[i] = g->total[o] * share;
		for (int m = 0; m < r->k; m++)
			g->mean[o][m] += share * r->x[m][i];
		accumulate(r, i, data->flow[i] - mu[i], mu[i], p);
	}
	for (uint32_t o = 0; o < g->n; o++, tb_step())
		for (int m = 0; m < r->k; m++)
			for (int l = 0; l <= m; l++)
				p->information[m][l] -= g->total[o] * g->mean[o][m] * g->mean[o][l];
	mirror(p);
}

static Groups groups_by(const TbGravityData *data, const uint32_t *of, uint32_t n)
{
	Groups g = {.n = n, .of = of};

	g.total = tb_alloc_zero(n, sizeof(double));
	g.highest = tb_alloc_zero(n, sizeof(double));
	g.sum = tb_alloc_zero(n, sizeof(double));
	g.mean = tb_alloc_zero(n, sizeof(*g.mean));
	for (size_t i = 0; i < data->pairs.n; i++, tb_step())
		g.total[of[i]] += data->flow[i];
	return g;
}

/* Largest change of eta that a step makes: exp must not run away */
static double reach(const Regressors *r, const double *step)
{
	double most = 0;

	for (size_t i = 0; i < r->n; i++, tb_step())
		most = fmax(most, fabs(linear(r, step, i)));
	return most;
}

/* Maximises over b. groups NULL: unconstrained. inverse: covariance of the scaled coefficients */
static TbStatus newton(const TbGravityData *data, const Regressors *r, Groups *groups, double *b, double *mu, double inverse[MOST][MOST],
					   uint32_t *iterations)
{
	Point at, next;
	double step[MOST], trial[MOST];

	if (groups)
		evaluate_shares(data, r, groups, b, mu, &at);
	else
		evaluate_free(data, r, b, mu, &at);
	/* `at` holds likelihood, gradient and information at b, mu the flows of the last trial. A step goes to the top of the parabola that fits at b, but moves no
	 * eta by more than 4 (exp), and is halved until the likelihood does not fall: it is concave, so the climb ends at its one maximum. A step below the precision
	 * is taken as it is; then trial, b and mu agree. */
	for (*iterations = 1; *iterations <= TB_GRAVITY_LIMIT; ++*iterations) {
		double size = 0, factor;

		if (!solve(at.information, at.gradient, r->k, step, inverse))
			return *iterations == 1 ? TB_UNDEFINED : TB_NOT_CONVERGED;
		factor = fmin(1, 4 / fmax(reach(r, step), 1e-300));
		do {
			size = 0;
			for (int m = 0; m < r->k; m++) {
				trial[m] = b[m] + factor * step[m];
				size = fmax(size, fabs(factor * step[m]) / fmax(1, fabs(trial[m])));
			}
			if (groups)
				evaluate_shares(data, r, groups, trial, mu, &next);
			else
				evaluate_free(data, r, trial, mu, &next);
			tb_tick();
			factor /= 2;
		} while (size > TB_GRAVITY_PRECISION && !(next.likelihood >= at.likelihood - 1e-12 * fabs(at.likelihood)));
		for (int m = 0; m < r->k; m++)
			b[m] = trial[m];
		at = next;
		if (size <= TB_GRAVITY_PRECISION)
			return solve(at.information, at.gradient, r->k, step, inverse) ? TB_OK : TB_NOT_CONVERGED;
		tb_progress("gravity, steps", *iterations, TB_GRAVITY_LIMIT);
	}
	return TB_NOT_CONVERGED;
}

static void goodness(const TbGravityData *data, const double *mu, TbGravity *fit)
{
	size_t n = data->pairs.n;
	const double *y = data->flow;
	TbDd deviance = {0, 0}, null_deviance = {0, 0}, likelihood = {0, 0}, null_likelihood = {0, 0}, square = {0, 0}, ssi = {0, 0}, sum = {0, 0};
	double mean;
	bool vary = false;

	for (size_t k = 0; k < n; k++, tb_step()) {
		sum = tb_dd_add_d(sum, y[k]);
		vary |= y[k] != y[0];
	}
	mean = tb_dd_value(sum) / n;
	for (size_t k = 0; k < n; k++, tb_step()) {
		double factorial = lgamma(y[k] + 1);

		deviance = tb_dd_add_d(deviance, (y[k] > 0 ? y[k] * log(y[k] / mu[k]) : 0) - (y[k] - mu[k]));
		null_deviance = tb_dd_add_d(null_deviance, (y[k] > 0 ? y[k] * log(y[k] / mean) : 0) - (y[k] - mean));
		likelihood = tb_dd_add_d(likelihood, (y[k] > 0 ? y[k] * log(mu[k]) : 0) - mu[k] - factorial);
		null_likelihood = tb_dd_add_d(null_likelihood, y[k] * log(mean) - mean - factorial);
		square = tb_dd_add_d(square, (y[k] - mu[k]) * (y[k] - mu[k]));
		ssi = tb_dd_add_d(ssi, tb_similarity(y[k], mu[k]));
	}
	fit->deviance = 2 * tb_dd_value(deviance);
	fit->log_likelihood = tb_dd_value(likelihood);
	fit->pseudo_r2 = 1 - fit->log_likelihood / tb_dd_value(null_likelihood);
	fit->d2 = vary ? 1 - tb_dd_value(deviance) / tb_dd_value(null_deviance) : NAN;
	fit->srmse = sqrt(tb_dd_value(square) / n) / mean;
	fit->ssi = tb_dd_value(ssi) / n;
	fit->cpc = tb_common_part(y, mu, n);
}

/* Back to the units of the data */
static void unscale(const Regressors *r, int m, const double *b, double inverse[MOST][MOST], double *value, double *se)
{
	*value = b[m] / r->scale[m];
	*se = sqrt(inverse[m][m]) / r->scale[m];
}

static void fit_constant(const Regressors *r, const double *b, double inverse[MOST][MOST], TbGravity *fit)
{
	double g[MOST] = {1, 0, 0, 0}, variance = 0;

	fit->constant = b[0];
	for (int m = 1; m < r->k; m++) {
		g[m] = -r->mean[m] / r->scale[m];
		fit->constant += g[m] * b[m];
	}
	for (int m = 0; m < r->k; m++)
		for (int l = 0; l < r->k; l++)
			variance += g[m] * inverse[m][l] * g[l];
	fit->constant_se = sqrt(variance);
}

static TbStatus fit_free(const TbGravityData *data, Regressors *r, double *mu, TbGravity *fit)
{
	double b[MOST] = {0}, inverse[MOST][MOST], sum = 0;
	TbStatus status;

	for (size_t i = 0; i < r->n; i++, tb_step())
		sum += data->flow[i];
	b[0] = log(sum / r->n);
	status = newton(data, r, NULL, b, mu, inverse, &fit->iterations);
	if (status != TB_OK)
		return status;
	unscale(r, 1, b, inverse, &fit->alpha, &fit->alpha_se);
	unscale(r, 2, b, inverse, &fit->gamma, &fit->gamma_se);
	unscale(r, 3, b, inverse, &fit->beta, &fit->beta_se);
	fit_constant(r, b, inverse, fit);
	return TB_OK;
}

static TbStatus fit_shares(const TbGravityData *data, const Regressors *r, bool production, double *mu, TbGravity *fit)
{
	Groups groups =
		production ? groups_by(data, data->pairs.origin, data->pairs.origins) : groups_by(data, data->pairs.destination, data->pairs.destinations);
	double b[MOST] = {0}, inverse[MOST][MOST];
	TbStatus status = newton(data, r, &groups, b, mu, inverse, &fit->iterations);

	if (status != TB_OK)
		return status;
	if (production)
		unscale(r, 0, b, inverse, &fit->gamma, &fit->gamma_se);
	else
		unscale(r, 0, b, inverse, &fit->alpha, &fit->alpha_se);
	unscale(r, 1, b, inverse, &fit->beta, &fit->beta_se);
	return TB_OK;
}

/* Columns in the order constant, origin mass, destination mass, distance, each where the model has it */
static bool prepare(const TbGravityData *data, TbGravityModel model, TbGravityDecay decay, Regressors *r)
{
	bool varies = true;

	*r = (Regressors){.n = data->pairs.n};
	if (model == TB_GRAVITY_UNCONSTRAINED) {
		r->x[0] = tb_alloc(r->n * sizeof(double));
		for (size_t i = 0; i < r->n; i++, tb_step())
			r->x[0][i] = 1;
		r->scale[r->k++] = 1;
	}
	if (model == TB_GRAVITY_UNCONSTRAINED || model == TB_GRAVITY_ATTRACTION)
		varies &= add_column(r, data->origin_mass, true);
	if (model == TB_GRAVITY_UNCONSTRAINED || model == TB_GRAVITY_PRODUCTION)
		varies &= add_column(r, data->destination_mass, true);
	varies &= add_column(r, data->distance, decay == TB_GRAVITY_POWER);
	return varies;
}

TbStatus tb_gravity(const TbGravityData *data, TbGravityModel model, TbGravityDecay decay, TbGravity *fit, double *fitted)
{
	Regressors r;
	double *mu, b = 0, variance = 0, sum = 0;
	TbStatus status;

	*fit = (TbGravity){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, NAN, NAN};
	for (size_t i = 0; i < data->pairs.n; i++, tb_step())
		sum += data->flow[i];
	if (!(sum >= DBL_MIN) || !prepare(data, model, decay, &r))
		return TB_UNDEFINED;
	mu = fitted ? fitted : tb_alloc(data->pairs.n * sizeof(double));
	tb_progress("gravity, steps", 0, TB_GRAVITY_LIMIT);
	if (model == TB_GRAVITY_UNCONSTRAINED)
		status = fit_free(data, &r, mu, fit);
	else if (model != TB_GRAVITY_DOUBLY)
		status = fit_shares(data, &r, model == TB_GRAVITY_PRODUCTION, mu, fit);
	else {
		status = tb_gravity_doubly(data, r.x[0], &b, &variance, mu, &fit->iterations);
		fit->beta = b / r.scale[0];
		fit->beta_se = sqrt(variance) / r.scale[0];
	}
	if (status == TB_OK)
		goodness(data, mu, fit);
	return status;
}

bool tb_gravity_params_ok(const double *p, uint64_t n)
{
	return n == 2 && tb_is_choice(p[0], TB_GRAVITY_MODELS) && tb_is_choice(p[1], TB_GRAVITY_DECAYS);
}

TB_BAG_KIND(tb_gravity_kind, "gravity_state", TB_SHAPE_GRAVITY, 2, 4, 0, 0x6, tb_gravity_params_ok, 0)
