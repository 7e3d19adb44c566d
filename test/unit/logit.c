/* unit test of core/logit: a table of two by two in closed form, an equation of the maximum, separation, combinations */
#include "../../src/core/estimate/logit.h"

#include "../../src/core/base/cholesky.h"

#include "samples.h"

int main(void)
{
	/* x 0: 1 yes of 4; x 1: 3 yes of 5. Odds 1/3 and 3/2 */
	const double x[18] = {1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	const bool yes[9] = {true, false, false, false, true, true, true, false, false};
	const bool apart[9] = {false, false, false, false, true, true, true, true, true},
			   partly[9] = {true, false, false, false, true, true, true, true, true};
	double twice[18], skew[24], sum[2] = {0, 0};
	bool answer[12], dropped[2] = {false, false};
	TbDd b[2] = {{1, 0}, {0, 0}};
	TbLogit r;

	CHECK(tb_logit(x, yes, 9, 2, &r) == TB_OK, "two by two");
	NEAR(r.odds[0], 1.0 / 3, 1e-15, "odds where x is 0");
	NEAR(r.odds[8], 1.5, 1e-15, "odds where x is 1");
	NEAR(r.residual[4], 0.4, 1e-15, "a yes less its chance");
	NEAR(r.residual[8], -0.6, 1e-15, "a no");
	tb_cholesky_solve(r.factor, 2, dropped, b);
	NEAR(b[0].hi, 1 / 0.75, 1e-15, "variance of the constant: 1 / (n p (1 - p)) where x is 0");
	CHECK(tb_logit(x, apart, 9, 2, &r) == TB_NOT_CONVERGED, "x tells all answers: no maximum");
	CHECK(tb_logit(x, partly, 9, 2, &r) == TB_NOT_CONVERGED, "x tells some of them: no maximum either");
	for (int i = 0; i < 18; i++)
		twice[i] = i % 2 ? 3.0 : 1.0;
	CHECK(tb_logit(twice, yes, 9, 2, &r) == TB_UNDEFINED, "a column three times the other");
	/* steep, and one answer against it: far from 0, where whole steps overshoot */
	for (int i = 0; i < 12; i++) {
		skew[2 * i] = 1;
		skew[2 * i + 1] = i < 11 ? i - 5 : 40;
		answer[i] = i > 5 && i < 11;
	}
	CHECK(tb_logit(skew, answer, 12, 2, &r) == TB_OK, "one answer against all others");
	for (int i = 0; i < 12; i++)
		for (int j = 0; j < 2; j++)
			sum[j] += r.residual[i] * skew[2 * i + j];
	CHECK(fabs(sum[0]) < 1e-14 && fabs(sum[1]) < 1e-13, "residuals are orthogonal to the regressors");
	return unit_done();
}
