/* unit test of core/regression: NIST's certified values, aliasing, degenerate groups, robust covariances */
#include "../../src/core/estimate/regression.h"

#include <string.h>

#include "../../src/core/base/cholesky.h"
#include "../../src/core/base/host.h"
#include "nist.h"
#include "context.h"
#include "unit.h"

static TbRegression fit_rows(const NistSet *set, int from, int step)
{
	TbState *state = NULL;
	TbRegression fit;
	TbMoments view;

	for (int i = from; i >= 0 && i < set->n; i += step) {
		const double *row = set->rows + (size_t)i * (set->columns + 1);
		double x[16];

		nist_regressors(set, row, x);
		CHECK(tb_moments_add(&state, row[0], x, set->p, 1) == TB_OK, set->name);
	}
	view = tb_moments_view(state);
	CHECK(tb_regression(&view, TB_PIVOT_TOLERANCE, &fit) == TB_OK, "a fit");
	return fit;
}

/* A sum that overflowed, anywhere, from a forged state */
static void overflown(void)
{
	TbState *state = NULL;
	TbRegression fit;
	TbMoments view;

	for (int i = 0; i < 9; i++)
		tb_moments_add(&state, i * i, (double[]){1, i, i % 4}, 3, 1);
	view = tb_moments_view(tb_moment_shape.pack(state));
	for (size_t i = 0; i < 5; i++)
		for (size_t j = i; j < 5; j++) {
			double *sum = view.hi + tb_moment_cell(3, i, j), good = *sum;

			*sum = INFINITY;
			if (i > 0 && (j < 4 || i == 4))
				CHECK(tb_regression(&view, TB_PIVOT_TOLERANCE, &fit) == TB_OUT_OF_RANGE, "an infinite sum");
			*sum = good;
		}
	CHECK(tb_regression(&view, TB_PIVOT_TOLERANCE, &fit) == TB_OK, "without it a fit");
}

static void nist(void)
{
	for (int s = 0; s < NIST_SETS; s++) {
		const NistSet *set = nist_sets + s;
		TbRegression fit = fit_rows(set, 0, 1), reversed = fit_rows(set, set->n - 1, -1);
		bool exact = set->sigma == 0;

		CHECK(fit.rank == (uint32_t)set->p, set->name);
		CHECK(memcmp(fit.coefficient, reversed.coefficient, set->p * sizeof(double)) == 0, "reversed rows: same bits");
		CHECK(memcmp(fit.standard_error, reversed.standard_error, set->p * sizeof(double)) == 0, "reversed rows: same errors");
		for (int i = 0; i < set->p; i++) {
			/* Wampler2 is given in decimals that are no doubles: its x^5 coefficient then differs in the 11th digit */
			NEAR(fit.coefficient[i], set->coefficients[i], set->model == powers ? 1e-9 : 1e-12, set->name);
			if (exact)
				CHECK(fit.standard_error[i] < 1e-8, "standard error of an exact fit");
			else
				NEAR(fit.standard_error[i], set->errors[i], 1e-12, set->name);
		}
		if (exact)
			CHECK(fit.sigma < 1e-10, "residual deviation of an exact fit");
		else
			NEAR(fit.sigma, set->sigma, 1e-12, "residual deviation");
		NEAR(fit.r2, set->r2, 1e-13, "R2");
		if (set->f > 0)
			NEAR(fit.f, set->f, 1e-12, "F");
	}
}

/* y = 1 + 2 u over u = 0 .. 99 with noise from a fixed recurrence; columns 1, u, third(u) */
static TbRegression with_column(double (*third)(double))
{
	TbState *state = NULL;
	TbRegression fit;
	TbMoments view;
	unsigned noise = 1;

	for (int i = 0; i < 100; i++) {
		double u = i + 0.1 * (i % 7), x[3] = {1, u, third(u)};

		noise = noise * 1664525u + 1013904223u;
		tb_moments_add(&state, 1 + 2 * u + noise / 4294967296.0, x, 3, 1);
	}
	view = tb_moments_view(state);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	return fit;
}

static double duplicate(double u)
{
	return u;
}
static double tenth(double u)
{
	return 0.1 * u;
}
static double combined(double u)
{
	return 2 * u + 3;
}
static double nearly(double u)
{
	return u * (1 + 1e-9 * sin(u));
}
static double constant_again(double u)
{
	(void)u;
	return 0.3;
}

static void aliasing(void)
{
	double (*dependent[])(double) = {duplicate, tenth, combined, constant_again};
	TbRegression fit;

	for (int i = 0; i < 4; i++) {
		fit = with_column(dependent[i]);
		CHECK(fit.rank == 2 && fit.aliased[2] && !fit.aliased[0] && !fit.aliased[1], "dependent column is aliased");
		CHECK(isnan(fit.coefficient[2]) && isnan(fit.standard_error[2]) && isnan(fit.vcov[8]), "and has no coefficient");
		CHECK(fit.df == 98 && fit.coefficient[1] > 1.9 && fit.coefficient[1] < 2.1, "the others are estimated without it");
	}
	fit = with_column(nearly);
	CHECK(fit.rank == 3, "a column that differs by 1e-9 is kept");
	CHECK(fit.reciprocal_condition < 1e-8 && fit.reciprocal_condition > 1e-13, "and shows in the condition");
}

static void degenerate(void)
{
	TbState *state = NULL;
	TbRegression fit;
	TbMoments view;
	double x[2] = {5, 2};

	tb_moments_add(&state, 3, x, 2, 1);
	view = tb_moments_view(state);
	CHECK(tb_regression(&view, TB_PIVOT_TOLERANCE, &fit) == TB_OK && fit.rank == 1 && fit.aliased[1], "one row determines one coefficient");
	NEAR(fit.coefficient[0], 0.6, 1e-15, "which is y / x");
	CHECK(isnan(fit.standard_error[0]) && isnan(fit.sigma) && isnan(fit.r2) && isnan(fit.f) && isnan(fit.t[0]), "and nothing else");
	CHECK(tb_moments_add(&state, 3, x, 1, 1) == TB_MISMATCH, "another number of regressors");
	x[0] = 1e200;
	CHECK(tb_moments_add(&state, 3, x, 2, 1) == TB_OUT_OF_RANGE, "a square that overflows");
}

/* Heteroscedastic mean: x = 1; HC0 variance is sum e^2 / n^2, HC3 sum (e n / (n - 1))^2 / n^2 */
static void robust(void)
{
	static const double y[] = {1, 2, 4, 9};
	TbState *state = NULL;
	TbRegression fit;
	TbMoments view;
	TbDd meat = {0, 0};
	double one = 1, squares = 9 + 4 + 0 + 25;

	for (int i = 0; i < 4; i++)
		tb_moments_add(&state, y[i], &one, 1, 1);
	view = tb_moments_view(state);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	NEAR(fit.coefficient[0], 4, 1e-15, "mean");
	NEAR(fit.standard_error[0], sqrt(squares / 3 / 4), 1e-14, "standard error of the mean");
	CHECK(fit.constant && fit.constant_column == 0, "a column of ones is the constant");
	for (int i = 0; i < 4; i++) {
		double e = tb_regression_residual(fit.beta, 1, y[i], &one), h = tb_regression_leverage(fit.bread, 1, &one);

		NEAR(h, 0.25, 1e-15, "leverage 1 / n");
		meat = tb_dd_add_d(meat, tb_hc_square(TB_HC3, e, h));
	}
	tb_regression_sandwich(&fit, &meat, tb_hc_factor(TB_HC3, 4, 1), 3, TB_HC3);
	NEAR(fit.standard_error[0], sqrt(squares) / 3, 1e-14, "HC3 of a mean");
	CHECK(isnan(tb_hc_square(TB_HC2, 1, 1)), "leverage 1 has no HC2");
	NEAR(tb_kennedy(-0.062649, 0), expm1(-0.062649), 1e-15, "Kennedy without uncertainty");
}

/* A meat of sigma^2 X'X makes the sandwich classical, Wald's F included; dummies that sum to 1 imply a constant; no degrees of freedom, no errors */
static void sandwiches(void)
{
	TbState *state = NULL, *dummies = NULL;
	TbRegression fit, classical, implied;
	TbMoments view;
	TbDd meat[9];

	for (int i = 0; i < 40; i++) {
		double x[3] = {1, i % 7, i * i % 11}, d[3] = {i % 2, 1 - i % 2, x[2]}, y = 3 + x[1] - 2 * x[2] + i % 5;

		tb_moments_add(&state, y, x, 3, 1);
		tb_moments_add(&dummies, y, d, 3, 1);
	}
	view = tb_moments_view(state);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &classical);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	for (int i = 0; i < 3; i++)
		for (int j = 0; j <= i; j++)
			meat[3 * i + j] = tb_dd_mul_d(tb_moment(&view, i + 1, j + 1), classical.sigma * classical.sigma);
	tb_regression_sandwich(&fit, meat, 1, 37, TB_HC0);
	for (int i = 0; i < 9; i++)
		NEAR(fit.vcov[i], classical.vcov[i], 1e-12, "sandwich of sigma^2 X'X");
	for (int i = 0; i < 3; i++)
		NEAR(fit.p_value[i], classical.p_value[i], 1e-10, "its p");
	NEAR(fit.f, classical.f, 1e-11, "Wald's F");
	NEAR(fit.f_p, classical.f_p, 1e-9, "its p");
	tb_regression_sandwich(&fit, meat, 4, 37, TB_HC0);
	NEAR(fit.standard_error[1], 2 * classical.standard_error[1], 1e-12, "factor");
	tb_regression_sandwich(&fit, meat, 1, 0, TB_HC0);
	CHECK(isnan(fit.standard_error[0]) && isnan(fit.f) && isnan(fit.vcov[4]), "no degrees of freedom");
	tb_regression_sandwich(&fit, meat, NAN, 37, TB_HC0);
	CHECK(isnan(fit.standard_error[2]) && isnan(fit.t[2]), "no factor");
	view = tb_moments_view(dummies);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &implied);
	CHECK(implied.constant && implied.constant_column == -1 && implied.f > 0, "a constant implied by dummies");
	tb_regression_sandwich(&implied, meat, 1, 37, TB_HC0);
	CHECK(isnan(implied.f) && implied.standard_error[0] > 0, "has no Wald test");
	NEAR(classical.aic, 2 * 3 - 2 * classical.log_likelihood, 1e-15, "AIC counts coefficients");
	NEAR(classical.bic, 3 * log(40) - 2 * classical.log_likelihood, 1e-15, "BIC");
	NEAR(classical.log_likelihood, -20 * (log(2 * M_PI) + log(classical.rss / 40) + 1), 1e-14, "likelihood of the normal model");
	NEAR(classical.adjusted_r2, 1 - (1 - classical.r2) * 39 / 37, 1e-14, "adjusted R2");
	NEAR(tb_hc_factor(TB_HC1, 10, 3), 10 / 7.0, 1e-15, "HC1");
	CHECK(tb_hc_factor(TB_HC3, 10, 3) == 1, "no factor for the others");
	NEAR(tb_hc_square(TB_HC2, 3, 0.25), 12, 1e-15, "HC2");
	NEAR(tb_hc_square(TB_HC3, 3, 0.25), 16, 1e-15, "HC3");
	NEAR(tb_kennedy(0.1, 0.2), expm1(0.08), 1e-15, "Kennedy");
}

/* y = 1, 3, 2, 6 at x = 0, 1, 2, 3: b = (0.9, 1.4), s^2 = 2.1, variance s^2 (1 / 4 + (x - 1.5)^2 / 5) */
static void predictions(void)
{
	static const double y[] = {1, 3, 2, 6};
	double b[3], v[9], variance;
	TbState *state = NULL;
	TbMoments view;
	TbRegression fit;

	for (int i = 0; i < 4; i++)
		CHECK(tb_moments_add(&state, y[i], (double[]){1, i, 2 * i}, 3, 1) == TB_OK, "a row");
	view = tb_moments_view(state);
	CHECK(tb_regression(&view, TB_PIVOT_TOLERANCE, &fit) == TB_OK, "a fit with a twin");
	memcpy(b, fit.coefficient, sizeof(b));
	memcpy(v, fit.vcov, sizeof(v));
	NEAR(tb_regression_at(b, v, (double[]){1, 5, 10}, 3, &variance), 7.9, 1e-14, "a prediction");
	NEAR(variance, 2.1 * (0.25 + 3.5 * 3.5 / 5), 1e-14, "its variance, farther out than the data");
	NEAR(tb_regression_at(b, v, (double[]){1, 1.5, 3}, 3, &variance), 3, 1e-14, "at the mean");
	NEAR(variance, 2.1 / 4, 1e-14, "it is that of a mean");
	v[0] = NAN;
	(void)tb_regression_at(b, v, (double[]){1, 1.5, 3}, 3, &variance);
	CHECK(isnan(variance), "an unknown variance stays unknown");
	(void)tb_regression_at(b, NULL, (double[]){1, 1.5, 3}, 3, &variance);
	CHECK(isnan(variance), "no covariance, no variance");
}

int main(void)
{
	predictions();
	sandwiches();
	nist();
	overflown();
	aliasing();
	degenerate();
	robust();
	return unit_done();
}
