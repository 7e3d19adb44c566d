/* unit test of core/border_side: polynomials without noise, lines of weights by their fit, nearest rows by hand */
#include "../../src/core/estimate/border_side.h"

#include "samples.h"

int main(void)
{
	double apart[8] = {0, 1, 2, 3, 4, 5, 6, 7}, y[8], noisy[8] = {3, 1, 4, 1, 5, 9, 2, 6}, *line, *e, x[4], sum = 0;
	double heaped[7] = {1, 1, 2, 5, 5, 5, 9}, at[7] = {1, 3, 6, 10, 20, 30, 7};
	TbSide side = {8, y, apart}, rough = {8, noisy, apart}, heap = {7, at, heaped}, one = {1, y, apart};
	TbLocal local;

	for (int i = 0; i < 8; i++)
		y[i] = 2 - apart[i] + 0.5 * apart[i] * apart[i];
	CHECK(tb_local(&side, TB_SIDE_TRIANGULAR, 7, 2, &local) && local.n == 7, "the row at the bandwidth has no weight in a triangle");
	NEAR(local.fit.coefficient[0], 2, 1e-13, "constant");
	NEAR(local.fit.coefficient[1], -7, 1e-13, "slope for one bandwidth");
	NEAR(local.fit.coefficient[2], 24.5, 1e-13, "curvature");
	CHECK(tb_local(&side, TB_SIDE_UNIFORM, 7, 1, &local) && local.n == 8 && tb_local_weight(&local, 7) == 1 && tb_local_weight(&local, 7.1) == 0,
		  "in a rectangle it has");
	CHECK(tb_local(&rough, TB_SIDE_EPANECHNIKOV, 6.5, 2, &local) && local.n == 7, "epanechnikov");
	NEAR(tb_local_weight(&local, 3.25), 0.75, 1e-15, "its weight at half");
	for (uint32_t k = 0; k < 3; k++) {
		line = tb_local_line(&local, &rough, k);
		sum = 0;
		for (size_t i = 0; i < local.n; i++)
			sum += line[i] * noisy[i];
		NEAR(sum, local.fit.coefficient[k], 1e-12, "a coefficient is a sum of weights times y");
	}
	tb_local_powers(&local, 3.25, x);
	CHECK(x[0] == 1 && x[1] == 0.5 && x[2] == 0.25, "powers");
	CHECK(!tb_local(&side, TB_SIDE_UNIFORM, 1, 2, &local) && local.n == 2, "two places are too few for a parabola");
	CHECK(!tb_local(&side, TB_SIDE_UNIFORM, 0, 0, &local) && local.n == 0, "no bandwidth");
	/* 2: one of 1, 1 is as near as ... all four of 1, 1, 5s are not: 1s first (distance 1), then 5s (3) */
	e = tb_nearest_residuals(&heap, 7);
	NEAR(e[0], sqrt(5.0 / 6) * (1 - (3 + 6 + 60) / 5.0), 1e-14, "two near rows, then all three of one distance");
	NEAR(e[2], sqrt(5.0 / 6) * (6 - (1 + 3 + 60) / 5.0), 1e-14, "from the middle");
	NEAR(e[3], sqrt(3.0 / 4) * (10 - (20 + 30 + 6) / 3.0), 1e-14, "rows of its own place count");
	NEAR(e[6], sqrt(3.0 / 4) * (7 - 20), 1e-14, "the last");
	e = tb_nearest_residuals(&rough, 3);
	NEAR(e[1], sqrt(2.0 / 3) * (1 - 3.5), 1e-14, "as far to both sides: both; not beyond the window");
	CHECK(isnan(tb_nearest_residuals(&one, 1)[0]), "one row alone");
	return unit_done();
}
