/* unit test of core/discontinuity: lines without noise, equal weights as least squares, parabolas as the bias taken off, one side empty */
#include "../../src/core/estimate/discontinuity.h"
#include "../../src/core/estimate/robust.h"

#include "samples.h"

static TbStatus jump(size_t n, const double (*rows)[2], double cutoff, double bandwidth, TbSideKernel kernel, TbDiscontinuity *r)
{
	TbState *state = tb_bag_new(&tb_discontinuity_kind, (double[]){cutoff, bandwidth, kernel}, TB_DISCONTINUITY_PARAMS);
	static TbBag bag;

	for (size_t i = 0; i < n; i++)
		(void)tb_bag_add(&tb_discontinuity_kind, &state, NULL, rows[i]);
	(void)tb_bag_view(&tb_discontinuity_kind, state, &bag);
	return tb_discontinuity(&bag, r);
}

/* HC0 or HC3 of one regression with a constant, a slope and a curvature for each side */
static TbRegression together(size_t n, const double (*rows)[2], double cutoff, uint32_t p, TbCovariance kind)
{
	TbState *state = NULL;
	TbRegression fit;

	for (size_t i = 0; i < n; i++) {
		double at = rows[i][1] - cutoff, right = at >= 0, x[6] = {1, right, at, at * right, at * at, at * at * right};

		(void)tb_rows_add(&state, rows[i][0], x, p, kind, NULL);
	}
	(void)tb_ols_rows(state, &fit);
	return fit;
}

int main(void)
{
	double clean[20][2], noisy[20][2], wide[20][2], off[3] = {0, -1, 0}, kernel[3] = {0, 1, 3};
	TbDiscontinuity r, again;
	double distance[2][10], price[2][10];
	TbSide side[2] = {{10, price[0], distance[0]}, {10, price[1], distance[1]}};

	for (int i = 0; i < 20; i++) {
		double at = i - 9.5;

		clean[i][1] = noisy[i][1] = 100 + at;
		clean[i][0] = 7 + 2 * at + (at >= 0 ? 5 - at : 0);
		noisy[i][0] = clean[i][0] + (double)(i * i % 7);
		wide[i][0] = ldexp(noisy[i][0], 900);
		wide[i][1] = ldexp(noisy[i][1], -300);
	}
	CHECK(jump(20, clean, 100, 6, TB_SIDE_TRIANGULAR, &r) == TB_OK && r.n[0] == 6 && r.n[1] == 6 && r.bandwidth == 6, "six rows a side within 6");
	NEAR(r.estimate, 5, 1e-13, "the jump");
	NEAR(r.limit[0], 7, 1e-13, "left limit");
	NEAR(r.limit[1], 12, 1e-13, "right limit");
	NEAR(r.corrected, 5, 1e-12, "a line has no bias");
	CHECK(jump(20, noisy, 100, 50, TB_SIDE_UNIFORM, &r) == TB_OK, "equal weights");
	NEAR(r.estimate, together(20, noisy, 100, 4, TB_HC0).coefficient[1], 1e-12, "one regression with a slope for each side");
	NEAR(r.se, together(20, noisy, 100, 4, TB_HC0).standard_error[1], 1e-12, "and its HC0");
	NEAR(r.se_hc3, together(20, noisy, 100, 4, TB_HC3).standard_error[1], 1e-12, "and its HC3");
	NEAR(r.corrected, together(20, noisy, 100, 6, TB_HC0).coefficient[1], 1e-11, "less its bias at the same bandwidth: parabolas");
	NEAR((r.high - r.low) / 2, 1.959963984540054 * r.corrected_se, 1e-13, "a normal interval");
	CHECK(r.low < r.corrected && r.se_nearest > 0 && r.corrected_se > r.se_nearest && r.p > 0 && r.p < 1, "less bias, more noise");
	/* from a program of its own in numpy */
	CHECK(jump(20, noisy, 100, 7.2, TB_SIDE_TRIANGULAR, &r) == TB_OK && r.n[0] == 7, "triangular");
	NEAR(r.estimate, 5, 1e-12, "estimate");
	NEAR(r.se, 1.36065555720685, 1e-12, "HC0");
	NEAR(r.se_hc3, 2.9849136336405, 1e-12, "HC3");
	NEAR(r.se_nearest, 4.6310187524277, 1e-12, "nearest rows");
	NEAR(r.corrected, 2.85510847170043, 1e-12, "less bias");
	NEAR(r.corrected_se, 7.81234753937425, 1e-12, "its error");
	for (int i = 0; i < 20; i++) {
		TbSide *s = side + (i >= 10);

		s->apart[i % 10] = i % 10 + 0.5;
		s->y[i % 10] = noisy[i < 10 ? 9 - i : i][0];
	}
	CHECK(tb_discontinuity_at(side, TB_SIDE_EPANECHNIKOV, 6, 8, &r) == TB_OK && r.bias_bandwidth == 8, "a bandwidth for the bias of its own");
	NEAR(r.estimate, 5.31667830551485, 1e-12, "estimate");
	NEAR(r.se_nearest, 4.84468398441195, 1e-12, "nearest rows within the wider");
	NEAR(r.corrected, 4.59422953754364, 1e-12, "less bias");
	NEAR(r.corrected_se, 6.61777212015532, 1e-12, "its error");
	CHECK(jump(20, noisy, 100, 50, TB_SIDE_UNIFORM, &r) == TB_OK, "once more");
	CHECK(jump(20, wide, ldexp(100, -300), ldexp(50, -300), TB_SIDE_UNIFORM, &again) == TB_OK, "other units");
	CHECK(again.estimate == ldexp(r.estimate, 900) && again.corrected_se == ldexp(r.corrected_se, 900) && again.p == r.p,
		  "are other units to the bit");
	CHECK(jump(20, clean, 90.5, 3, TB_SIDE_EPANECHNIKOV, &r) == TB_OK && isnan(r.estimate) && r.n[0] == 0 && r.n[1] > 0 && isnan(r.se),
		  "nothing to the left: the counts alone");
	CHECK(jump(20, clean, 100, 1.6, TB_SIDE_UNIFORM, &r) == TB_OK && r.n[0] == 2 && fabs(r.estimate - 5) < 1e-12 && isnan(r.se) && isnan(r.corrected),
		  "two rows a side: an estimate without error");
	CHECK(jump(20, noisy, 100, 0, TB_SIDE_TRIANGULAR, &r) == TB_OK && r.bandwidth > 1 && r.bandwidth <= 9.5 && r.bias_bandwidth > 1, "by rule");
	CHECK(jump(20, noisy, 90, 0, TB_SIDE_TRIANGULAR, &r) == TB_UNDEFINED && r.n[0] == 0 && r.n[1] == 20, "no rule for one side");
	CHECK(tb_discontinuity_params_ok((const double[]){100, 6, TB_SIDE_UNIFORM}, TB_DISCONTINUITY_PARAMS) && !tb_discontinuity_params_ok(off, 3) &&
			  !tb_discontinuity_params_ok(off, 2) && !tb_discontinuity_params_ok(kernel, 3) &&
			  !tb_discontinuity_params_ok((const double[]){100, INFINITY, 0}, TB_DISCONTINUITY_PARAMS),
		  "parameters");
	return unit_done();
}
