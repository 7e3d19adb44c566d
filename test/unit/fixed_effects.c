/* unit test of core/fixed_effects: dummies give the same slopes and errors; counts whose effects are known */
#include "../../src/core/estimate/fixed_effects.h"
#include "../../src/core/base/cholesky.h"

#include "panel_rows.h"

/* What the likelihood's first condition on x leaves, relative to the sum of x times y: the effects are fitted to both margins in turn, the slope is given */
static double condition_of(double (*flows)[2], const int *unit, const int *period, double slope)
{
	double a[4] = {1, 1, 1, 1}, b[3] = {1, 1, 1}, sum = 0, all = 0;

	for (int turn = 0; turn < 2000; turn++) {
		double had[4] = {0}, due[4] = {0}, has[3] = {0}, owes[3] = {0};

		for (int i = 0; i < 12; i++) {
			had[unit[i]] += b[period[i] - 4] * exp(slope * flows[i][1]);
			due[unit[i]] += flows[i][0];
		}
		for (int k = 0; k < 4; k++)
			a[k] = due[k] / had[k];
		for (int i = 0; i < 12; i++) {
			has[period[i] - 4] += a[unit[i]] * exp(slope * flows[i][1]);
			owes[period[i] - 4] += flows[i][0];
		}
		for (int k = 0; k < 3; k++)
			b[k] = owes[k] / has[k];
	}
	for (int i = 0; i < 12; i++) {
		sum += flows[i][1] * (flows[i][0] - a[unit[i]] * b[period[i] - 4] * exp(slope * flows[i][1]));
		all += flows[i][1] * flows[i][0];
	}
	return sum / all;
}

/* Error of the slope within four units of three rows (y, x, weight), clustered by unit, without the correction for few clusters */
static double clustered_error(double (*rows)[3])
{
	double x[12], y[12], xy = 0, xx = 0, meat = 0;

	for (int g = 0; g < 12; g += 3) {
		double w = 0, sum_x = 0, sum_y = 0;

		for (int i = g; i < g + 3; i++) {
			w += rows[i][2];
			sum_y += rows[i][2] * rows[i][0];
			sum_x += rows[i][2] * rows[i][1];
		}
		for (int i = g; i < g + 3; i++) {
			y[i] = rows[i][0] - sum_y / w;
			x[i] = rows[i][1] - sum_x / w;
			xy += rows[i][2] * x[i] * y[i];
			xx += rows[i][2] * x[i] * x[i];
		}
	}
	for (int g = 0; g < 12; g += 3) {
		double score = 0;

		for (int i = g; i < g + 3; i++)
			score += rows[i][2] * x[i] * (y[i] - xy / xx * x[i]);
		meat += score * score;
	}
	return sqrt(meat) / xx;
}

int main(void)
{
	double rows[12][2], flows[12][2], bad[2][2] = {{-1, 1}, {1, 2}}, none[2][2] = {{0, 1}, {0, 2}}, apart[4][2] = {{0, 1}, {3, 0}, {2, 0}, {1, 0}},
									  x[8], error[2], likelihood = 0;
	int unit[12], period[12];
	double params[TB_PANEL_PARAMS] = {2, 0, 0, 0};
	TbState *moments = NULL;
	TbMoments m;
	TbRegression fit, dummies;
	TbPanel panel;

	for (int i = 0; i < 12; i++) {
		unit[i] = i / 3;
		period[i] = 4 + i % 3;
		rows[i][1] = i * i % 7;
		rows[i][0] = 2 * rows[i][1] + 5 * unit[i] - period[i] + i * 5 % 4;
		flows[i][1] = rows[i][1] / 4;
		flows[i][0] = exp(0.5 * unit[i] - 0.2 * period[i] - 0.8 * flows[i][1] + 6);
		for (int k = 0; k < 4; k++)
			x[1 + k] = unit[i] == k;
		x[0] = rows[i][1];
		x[5] = period[i] == 5;
		x[6] = period[i] == 6;
		(void)tb_moments_add(&moments, rows[i][0], x, 7, 1);
	}
	m = tb_moments_view(moments);
	(void)tb_regression(&m, TB_PIVOT_TOLERANCE, &dummies);
	panel = panel_of(12, 2, rows[0], unit, period, params);
	CHECK(tb_fixed_effects(&panel, &fit) == TB_OK && fit.df == dummies.df && fit.rank == 1 && fit.covariance == TB_WITHIN, "units and periods");
	NEAR(fit.coefficient[0], dummies.coefficient[0], 1e-13, "the slope with dummies");
	NEAR(fit.standard_error[0], dummies.standard_error[0], 1e-13, "and its error");
	NEAR(fit.rss, dummies.rss, 1e-12, "residuals");
	NEAR(fit.aic, dummies.aic, 1e-12, "effects count in AIC");
	panel.clustered = true;
	CHECK(tb_fixed_effects(&panel, &fit) == TB_OK && fit.clusters == 4 && fit.covariance == TB_CLUSTER && fit.standard_error[0] > 0,
		  "clustered by unit");
	for (int k = 0; k < 2; k++) {
		double weighted[12][3], wide[TB_PANEL_PARAMS] = {3, 0, 0, 1, 1};

		for (int i = 0; i < 12; i++) {
			memcpy(weighted[i], rows[i], sizeof(rows[i]));
			weighted[i][2] = 1 + k * (i % 3);
		}
		panel = panel_of(12, 3, weighted[0], unit, NULL, wide);
		CHECK(tb_fixed_effects(&panel, &fit) == TB_OK && fit.standard_error[0] > 0, "clustered, with weights");
		error[k] = fit.standard_error[0] / clustered_error(weighted);
	}
	NEAR(error[1], error[0], 1e-13, "which change the error as they do by hand");
	panel = panel_of(12, 2, flows[0], unit, period, params);
	CHECK(tb_poisson_effects(&panel, &fit) == TB_OK && fit.n == 12 && fit.df == 12 - 7, "flows");
	for (int i = 0; i < 12; i++)
		likelihood += flows[i][0] * (log(flows[i][0]) - 1) - lgamma(flows[i][0] + 1);
	NEAR(fit.log_likelihood, likelihood, 1e-12, "the likelihood of what fits exactly");
	NEAR(fit.aic, 2 * 7 - 2 * likelihood, 1e-12, "AIC");
	NEAR(fit.bic, 7 * log(12) - 2 * likelihood, 1e-12, "BIC");
	NEAR(fit.coefficient[0], -0.8, 1e-10, "without noise: the slope that made them");
	for (int i = 0; i < 12; i++)
		flows[i][0] *= 1 + (i * 7 % 5 - 2) / 5.0;
	panel = panel_of(12, 2, flows[0], unit, period, params);
	CHECK(tb_poisson_effects(&panel, &fit) == TB_OK && fabs(fit.coefficient[0] + 0.8) > 0.01, "with noise another slope");
	CHECK(fabs(condition_of(flows, unit, period, fit.coefficient[0])) < 1e-9 && fabs(condition_of(flows, unit, period, -0.8)) > 1e-4,
		  "which is the likeliest one");
	panel = panel_of(2, 2, bad[0], unit, period, params);
	CHECK(tb_poisson_effects(&panel, &fit) == TB_OUT_OF_RANGE, "negative");
	panel = panel_of(2, 2, none[0], unit, period, params);
	CHECK(tb_poisson_effects(&panel, &fit) == TB_UNDEFINED, "nothing flows");
	panel = panel_of(4, 2, apart[0], (int[]){0, 0, 1, 1}, (int[]){2, 3, 2, 3}, params);
	CHECK(tb_poisson_effects(&panel, &fit) == TB_NOT_CONVERGED, "x foretells the one zero");
	return unit_done();
}
