/* unit test of core/price_index: rsmatrix's example, perfect prices, unlinked periods, weights that fail, SPAR */
#include "../../src/core/estimate/price_index.h"

#include "../../src/core/base/cholesky.h"
#include "../../src/core/estimate/regression.h"

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

/* t2, t1, p2, p1 of rsmatrix (MIT), with its expected geometric and arithmetic index */
static const double example[6][4] = {{3, 1, 6, 1}, {2, 1, 5, 1}, {3, 2, 4, 1}, {2, 1, 3, 1}, {3, 2, 2, 1}, {3, 1, 1, 1}};

static void rsmatrix(void)
{
	TbState *state = NULL;
	TbIndexPoint *p;
	size_t n;

	for (int i = 0; i < 6; i++)
		tb_repeat_add(&state, example[i][3], (int)example[i][1], example[i][2], (int)example[i][0]);
	CHECK(tb_repeat_sales(state, TB_GEOMETRIC, &p, &n) == TB_OK && n == 3 && p[0].index == 100 && p[0].se == 0,
		  "three periods, the first is the base");
	NEAR(p[1].index, 235.07546124512, 1e-13, "geometric, period 2");
	NEAR(p[2].index, 403.565430872981, 1e-13, "geometric, period 3");
	NEAR(p[1].se, 111.079724077586, 1e-12, "its robust error");
	NEAR(p[2].se, 257.65807267277, 1e-12, "its robust error");
	CHECK(tb_repeat_sales(tb_repeat_sales_shape.pack(state), TB_ARITHMETIC, &p, &n) == TB_OK, "arithmetic from the packed state");
	NEAR(p[1].index, 310.526315789474, 1e-13, "arithmetic, period 2");
	NEAR(p[2].index, 491.666666666667, 1e-13, "arithmetic, period 3");
	NEAR(p[1].se, 100.031551717069, 1e-12, "its robust error");
	NEAR(p[2].se, 232.3111289804, 1e-12, "its robust error");
}

/* Prices that follow an index exactly give it back by every method */
static void perfect(void)
{
	static const double level[] = {1, 1.1, 1.05, 1.3, 1.4, 1.2, 1.6};
	TbState *state = NULL;
	TbIndexPoint *p;
	size_t n;

	for (int a = 0; a < 7; a++)
		for (int b = a + 1; b < 7; b++)
			for (int k = 1; k < 4; k++)
				tb_repeat_add(&state, k * 1000 * level[a], a - 3, k * 1000 * level[b], b - 3);
	for (TbRepeatMethod method = TB_GEOMETRIC; method <= TB_WEIGHTED; method++) {
		CHECK(tb_repeat_sales(state, method, &p, &n) == TB_OK && n == 7 && p[0].period == -3, "periods in order, negative ones first");
		for (int i = 1; i < 7; i++) {
			NEAR(p[i].index, 100 * level[i], 1e-13, "the index behind the prices");
			CHECK(p[i].se < 1e-6, "without error");
		}
	}
}

static void unlinked(void)
{
	TbState *state = NULL, *weird = NULL;
	TbIndexPoint *p;
	size_t n;

	tb_repeat_add(&state, 100, 1, 110, 2);
	tb_repeat_add(&state, 100, 5, 120, 6);
	CHECK(tb_repeat_sales(state, TB_GEOMETRIC, &p, &n) == TB_OK && n == 4, "two islands of periods");
	NEAR(p[1].index, 110, 1e-14, "the island of the base");
	CHECK(isnan(p[2].index) && isnan(p[3].index) && p[3].n == 1 && isnan(p[1].se), "the other has no index; one pair has no error");
	tb_repeat_add(&state, 100, 2, 100, 5);
	tb_repeat_sales(state, TB_GEOMETRIC, &p, &n);
	NEAR(p[3].index, 132, 1e-14, "a bridge links them");
	tb_repeat_add(&weird, 1, 7, 2, 3);
	CHECK(tb_repeat_sales(weird, TB_GEOMETRIC, &p, &n) == TB_INVALID, "a pair against time, from a forged state");
	CHECK(tb_repeat_add(&weird, 1e200, 1, 1, 2) == TB_OUT_OF_RANGE, "a price out of range");
}

/* Residuals that shrink with the gap fit a falling variance that turns negative: weights must stay positive */
static void failing_weights(void)
{
	TbState *state = NULL;
	TbIndexPoint *weighted, *plain;
	size_t n;

	for (int i = 0; i < 40; i++) {
		tb_repeat_add(&state, 100, 0, 100 * exp(i % 2 ? 0.5 : -0.5), 1);
		tb_repeat_add(&state, 100, 1, 100, 2);
	}
	tb_repeat_add(&state, 100, 0, 100, 9);
	tb_repeat_add(&state, 100, 1, 101, 9);
	CHECK(tb_repeat_sales(state, TB_WEIGHTED, &weighted, &n) == TB_OK && tb_repeat_sales(state, TB_GEOMETRIC, &plain, &n) == TB_OK, "a fit");
	for (size_t i = 0; i < n; i++)
		NEAR(weighted[i].index, plain[i].index, 1e-12, "variance constant: the unweighted index");
}

/* Case and Shiller's three stages by regression on dummies of +1 and -1 */
static void stages(bool steep)
{
	TbState *state = NULL, *plain = NULL, *variance = NULL, *weighted = NULL;
	double y[200], z[200][4], gap[200];
	TbRegression fit;
	TbMoments view;
	TbIndexPoint *p;
	size_t n;
	double c[2];

	for (int i = 0; i < 200; i++) {
		int first = i % 4, second = first + 1 + i * 7 % (4 - first);
		double noise = (i * 37 % 41 - 20) * 0.01 * (steep ? pow(second - first, 3) : sqrt(second - first + 0.5));

		gap[i] = second - first;
		y[i] = 0.1 * gap[i] + noise;
		for (int k = 0; k < 4; k++)
			z[i][k] = (second == k + 1) - (first == k + 1);
		tb_repeat_add(&state, 100, first, 100 * exp(y[i]), second);
		y[i] = log(100 * exp(y[i]) / 100);
		tb_moments_add(&plain, y[i], z[i], 4, 1);
	}
	view = tb_moments_view(plain);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	for (int i = 0; i < 200; i++) {
		double e = tb_regression_residual(fit.beta, 4, y[i], z[i]), x[2] = {1, gap[i]};

		tb_moments_add(&variance, e * e, x, 2, 1);
	}
	view = tb_moments_view(variance);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	c[0] = fit.coefficient[0];
	c[1] = fit.coefficient[1];
	if (steep) {
		CHECK(c[0] + c[1] < 0 && c[1] > 0, "no variance is left for short gaps: through the origin");
		c[0] = 0;
	} else
		CHECK(c[0] + c[1] > 0 && c[0] + 4 * c[1] > 0, "fitted variances are positive here");
	for (int i = 0; i < 200; i++)
		tb_moments_add(&weighted, y[i], z[i], 4, 1 / (c[0] + c[1] * gap[i]));
	view = tb_moments_view(weighted);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	CHECK(tb_repeat_sales(state, TB_WEIGHTED, &p, &n) == TB_OK && n == 5, "weighted");
	for (int k = 0; k < 4; k++)
		NEAR(p[k + 1].index, 100 * exp(fit.coefficient[k]), 1e-12, "three stages");
}

static void appraisals(void)
{
	TbState *state = NULL;
	double ratio;

	tb_spar_add(&state, 110, 100, false);
	CHECK(tb_spar(state, &ratio) == TB_UNDEFINED, "no base");
	tb_spar_add(&state, 200, 100, true);
	tb_spar_add(&state, 100, 200, true);
	tb_spar_add(&state, 0, 0, false);
	CHECK(tb_spar(tb_spar_shape.pack(state), &ratio) == TB_OK, "SPAR");
	NEAR(ratio, 1.1, 1e-15, "(110 / 100) / (300 / 300)");
	CHECK(tb_spar_shape.check(tb_spar_shape.pack(state)) == TB_OK && tb_repeat_sales_shape.check(tb_spar_shape.pack(state)) == TB_OK,
		  "shape by code");
}

int main(void)
{
	rsmatrix();
	perfect();
	unlinked();
	failing_weights();
	stages(false);
	stages(true);
	appraisals();
	return unit_done();
}
