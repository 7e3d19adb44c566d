/* unit test of core/gravity: flows made from a model give its parameters back; score equations; degenerate input */
#include "../../src/core/flow/interaction.h"

#include "flows.h"
#include "unit.h"

enum { N = 9, PAIRS = N * (N - 1) };

static uint32_t o[PAIRS], d[PAIRS];
static double flow[PAIRS], v[PAIRS], w[PAIRS], distance[PAIRS], mu[PAIRS];
static TbGravityData data = {{PAIRS, N, N, o, d}, flow, v, w, distance};

static void make(bool power, bool noise)
{
	double mass[N], work[N], x[N], y[N];
	int k = 0;

	for (int i = 0; i < N; i++) {
		mass[i] = 100 + uniform() * 900;
		work[i] = 50 + uniform() * 2000;
		x[i] = uniform() * 100;
		y[i] = uniform() * 100;
	}
	for (uint32_t i = 0; i < N; i++)
		for (uint32_t j = 0; j < N; j++) {
			if (i == j)
				continue;
			o[k] = i;
			d[k] = j;
			v[k] = mass[i];
			w[k] = work[j];
			distance[k] = hypot(x[i] - x[j], y[i] - y[j]) + 1;
			flow[k] = exp(-3) * pow(v[k], 0.8) * pow(w[k], 0.9) * (power ? pow(distance[k], -1.3) : exp(-0.02 * distance[k]));
			if (noise)
				flow[k] = floor(flow[k] * (0.5 + uniform()));
			k++;
		}
}

/* Goodness of fit from its definitions */
static void measures(const TbGravity *fit)
{
	double mean = 0, deviance = 0, null_deviance = 0, likelihood = 0, null_likelihood = 0, square = 0, ssi = 0;

	for (int k = 0; k < PAIRS; k++)
		mean += flow[k] / PAIRS;
	for (int k = 0; k < PAIRS; k++) {
		double y = flow[k], m = mu[k];

		deviance += 2 * ((y > 0 ? y * log(y / m) : 0) - y + m);
		null_deviance += 2 * ((y > 0 ? y * log(y / mean) : 0) - y + mean);
		likelihood += (y > 0 ? y * log(m) : 0) - m - lgamma(y + 1);
		null_likelihood += y * log(mean) - mean - lgamma(y + 1);
		square += (y - m) * (y - m) / PAIRS;
		ssi += 2 * fmin(y, m) / (y + m) / PAIRS;
	}
	NEAR(fit->deviance, deviance, 1e-9, "deviance");
	NEAR(fit->d2, 1 - deviance / null_deviance, 1e-9, "its share");
	NEAR(fit->log_likelihood, likelihood, 1e-9, "log-likelihood");
	NEAR(fit->pseudo_r2, 1 - likelihood / null_likelihood, 1e-9, "McFadden");
	NEAR(fit->srmse, sqrt(square) / mean, 1e-9, "error over the mean");
	NEAR(fit->ssi, ssi, 1e-9, "similarity");
}

/* At the maximum, fitted and observed agree in every regressor of the model */
static void scores(TbGravityModel model, TbGravityDecay decay, const TbGravity *fit)
{
	double rows[N] = {0}, columns[N] = {0}, cost = 0, scale = 0;

	for (int k = 0; k < PAIRS; k++) {
		double c = decay == TB_GRAVITY_POWER ? log(distance[k]) : distance[k];

		rows[o[k]] += flow[k] - mu[k];
		columns[d[k]] += flow[k] - mu[k];
		cost += (flow[k] - mu[k]) * c;
		scale += flow[k] * c;
	}
	CHECK(fabs(cost) <= 1e-9 * scale, "sum of flow times cost is met");
	measures(fit);
	for (int i = 0; i < N; i++) {
		if (model == TB_GRAVITY_PRODUCTION || model == TB_GRAVITY_DOUBLY)
			CHECK(fabs(rows[i]) <= 1e-8, "totals of origins are met");
		if (model == TB_GRAVITY_ATTRACTION || model == TB_GRAVITY_DOUBLY)
			CHECK(fabs(columns[i]) <= 1e-8, "totals of destinations are met");
	}
}

int main(void)
{
	TbGravity fit;

	for (int power = 0; power < 2; power++) {
		double beta = power ? -1.3 : -0.02;

		make(power, false);
		for (int model = 0; model < TB_GRAVITY_MODELS; model++) {
			CHECK(tb_gravity(&data, model, power, &fit, mu) == TB_OK, "fits");
			NEAR(fit.beta, beta, 1e-9, "beta comes back");
			NEAR(fit.cpc, 1, 1e-12, "all flow explained");
			CHECK(fit.beta_se > 0, "with a standard error");
			if (!isnan(fit.alpha))
				NEAR(fit.alpha, 0.8, 1e-9, "exponent of the origin");
			if (!isnan(fit.gamma))
				NEAR(fit.gamma, 0.9, 1e-9, "exponent of the destination");
			CHECK(isnan(fit.alpha) == (model == TB_GRAVITY_PRODUCTION || model == TB_GRAVITY_DOUBLY), "only where the model has it");
			CHECK(isnan(fit.constant) == (model != TB_GRAVITY_UNCONSTRAINED), "constant in the unconstrained model only");
		}
		make(power, true);
		for (int model = 0; model < TB_GRAVITY_MODELS; model++) {
			CHECK(tb_gravity(&data, model, power, &fit, mu) == TB_OK, "fits noisy flows");
			scores(model, power, &fit);
			CHECK(fit.deviance > 0 && fit.pseudo_r2 > 0 && fit.pseudo_r2 < 1 && fit.ssi < 1, "imperfectly");
		}
	}
	for (int k = 0; k < PAIRS; k++)
		v[k] = 7;
	CHECK(tb_gravity(&data, TB_GRAVITY_UNCONSTRAINED, TB_GRAVITY_EXPONENTIAL, &fit, NULL) == TB_UNDEFINED, "a mass that does not vary: undefined");
	CHECK(tb_gravity(&data, TB_GRAVITY_PRODUCTION, TB_GRAVITY_EXPONENTIAL, &fit, NULL) == TB_OK, "but not in a model without it");
	for (int k = 0; k < PAIRS; k++)
		v[k] = w[k] * (1 + 1e-6 * uniform());
	CHECK(tb_gravity(&data, TB_GRAVITY_UNCONSTRAINED, TB_GRAVITY_EXPONENTIAL, &fit, NULL) == TB_UNDEFINED,
		  "masses that agree to six digits cannot be told apart");
	for (int k = 0; k < PAIRS; k++)
		flow[k] = 0;
	for (int model = 0; model < TB_GRAVITY_MODELS; model++)
		CHECK(tb_gravity(&data, model, TB_GRAVITY_POWER, &fit, NULL) == TB_UNDEFINED, "no flow: undefined");
	return unit_done();
}
