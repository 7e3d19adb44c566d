/* unit test of core/robust_pass: the second pass against kept rows, merge, rows that are not the fit's */
#include "../../src/core/estimate/robust.h"

#include <string.h>

#include "../../src/core/base/cholesky.h"
#include "../../src/core/base/host.h"
#include "context.h"
#include "robust_data.h"
#include "unit.h"

static TbRegression second_pass(TbCovariance kind)
{
	TbState *moments = NULL, *state = NULL, *half = NULL, *alone = NULL;
	TbRegression first, fit;
	TbMoments view;
	TbRegressionFit known = {.p = 3};
	double y, x[3], bread[9];

	for (int i = 0; i < ROWS; i++) {
		row(i, &y, x);
		tb_moments_add(&moments, y, x, 3, 1);
	}
	view = tb_moments_view(moments);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &first);
	for (int i = 0; i < 9; i++)
		bread[i] = first.vcov[i] / (first.sigma * first.sigma);
	known.n = first.n;
	known.rank = first.rank;
	known.number[TB_FIT_DF] = first.df;
	known.number[TB_FIT_RSS] = first.rss;
	known.number[TB_FIT_CONSTANT] = 1;
	known.b = first.coefficient;
	known.bread = bread;
	for (int i = 0; i < ROWS; i++) {
		row(i, &y, x);
		if (i == 0)
			(void)tb_robust_add(&alone, y, x, 3, 1, &known, kind);
		CHECK(tb_robust_add(i % 2 ? &half : &state, y, x, 3, 1, &known, kind) == TB_OK, "a row of the second pass");
	}
	CHECK(tb_robust_shape.check(tb_robust_shape.pack(alone)) == TB_OK, "one row is a state");
	CHECK(tb_ols_robust(tb_robust_shape.pack(state), &fit) == TB_INVALID, "half the rows are not the fit's rows");
	CHECK(tb_robust_shape.merge(&state, tb_robust_shape.pack(half)) == TB_OK && tb_ols_robust(state, &fit) == TB_OK, "second pass");
	CHECK(tb_robust_shape.check(tb_robust_shape.pack(state)) == TB_OK, "a valid state");
	known.n++;
	CHECK(tb_robust_add(&state, y, x, 3, 1, &known, kind) == TB_INVALID, "another fit");
	return fit;
}

/* The constant need not come first, and a second one is aliased */
static void constant_inside(void)
{
	TbState *state = NULL;
	TbRegression fit;
	double b[3] = {2, 1, NAN}, bread[9] = {0.1, 0, 0, 0, 0.1, 0, 0, 0, 0};
	TbRegressionFit known = {.p = 3, .n = ROWS, .rank = 2, .b = b, .bread = bread};

	for (int i = 0; i < ROWS; i++) {
		double x[3] = {i % 7, 1, 5};

		CHECK(tb_robust_add(&state, 1 + 2 * x[0] + i % 2, x, 3, 1, &known, TB_HC0) == TB_OK, "a row");
	}
	CHECK(tb_ols_robust(state, &fit) == TB_OK && fit.constant_column == 1 && fit.aliased[2] && !fit.aliased[1], "the second column is the constant");
	state = NULL;
	for (int i = 0; i < ROWS; i++) {
		double x[3] = {i % 7, i % 5, 2 * (i % 5)};

		CHECK(tb_robust_add(&state, 1 + 2 * x[0] + i % 2, x, 3, 1, &known, TB_HC0) == TB_OK, "a row");
	}
	CHECK(tb_ols_robust(state, &fit) == TB_OK && fit.constant_column == -1 && !fit.constant, "none is");
}

int main(void)
{
	constant_inside();
	for (TbCovariance kind = TB_HC0; kind <= TB_HC3; kind++) {
		TbRegression a = kept(kind, 0, 1), b = second_pass(kind);

		for (int i = 0; i < 3; i++)
			NEAR(b.standard_error[i], a.standard_error[i], 1e-13, "both ways agree");
		NEAR(b.f, a.f, 1e-11, "also in the Wald test");
		CHECK(b.constant_column == 0 && b.constant && a.constant, "and in what is the constant");
	}
	return unit_done();
}
