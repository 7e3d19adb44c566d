/* unit test of core/spatial_lag: a lag that is known, and its effects by a full inverse */
#include "../../src/core/estimate/spatial_lag.h"

#include "spatial_pairs.h"

#define N 14

static double w[N][N], inverse[N][N];

/* (I - rho W)^-1 by Gauss and Jordan; the diagonal leads */
static void invert(double rho)
{
	double a[N][N];

	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			a[i][j] = (i == j) - rho * w[i][j];
			inverse[i][j] = i == j;
		}
	for (int c = 0; c < N; c++) {
		double pivot = a[c][c];

		for (int j = 0; j < N; j++) {
			a[c][j] /= pivot;
			inverse[c][j] /= pivot;
		}
		for (int i = 0; i < N; i++) {
			double factor = a[i][c];

			for (int j = 0; j < N && i != c; j++) {
				a[i][j] -= factor * a[c][j];
				inverse[i][j] -= factor * inverse[c][j];
			}
		}
	}
}

int main(void)
{
	TbSpatialModel m;
	TbTwoStage r;
	double y[N] = {0}, x[2 * N], direct, total, diagonal = 0, sum = 0;
	uint32_t unit;
	TbBag bag;

	for (int i = 0; i < N; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = i * 5 % 11 + i % 2 * 0.5;
		w[i][(i + 1) % N] = i == 3 ? 0 : 2;
		w[i][(i + 4) % N] = i % 3 == 0 || i == 7 ? 0 : 1;
	}
	invert(0.2);
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			y[i] += inverse[i][j] * (4 - 3 * x[2 * j + 1]);
			sum += inverse[i][j] / N;
			diagonal += i == j ? inverse[i][i] / N : 0;
		}
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_lag(&m, 2, &r) == TB_OK, "a lag without noise");
	NEAR(r.fit.coefficient[0], 0.2, 1e-12, "rho");
	NEAR(r.fit.coefficient[1], 4, 1e-11, "constant");
	NEAR(r.fit.coefficient[2], -3, 1e-12, "slope");
	CHECK(tb_spatial_multipliers(&m, 0.2, &direct, &total) == TB_OK, "its effects");
	NEAR(direct, diagonal, 1e-14, "direct");
	NEAR(total, sum, 1e-14, "total");
	CHECK(tb_spatial_multipliers(&m, 0, &direct, &total) == TB_OK && direct == 1 && total == 1, "none");
	invert(-0.3);
	CHECK(tb_spatial_multipliers(&m, -0.3, &direct, &total) == TB_OK, "of a negative rho");
	for (int i = (int)(sum = diagonal = 0); i < N; i++)
		for (int j = 0; j < N; j++) {
			sum += inverse[i][j] / N;
			diagonal += i == j ? inverse[i][i] / N : 0;
		}
	NEAR(direct, diagonal, 1e-13, "direct");
	NEAR(total, sum, 1e-13, "total");
	CHECK(tb_spatial_multipliers(&m, 0.34, &direct, &total) == TB_NOT_CONVERGED &&
			  tb_spatial_multipliers(&m, NAN, &direct, &total) == TB_NOT_CONVERGED,
		  "no end");
	for (int i = 0; i < N; i++)
		x[2 * i + 1] = 5;
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_lag(&m, 1, &r) == TB_INFEASIBLE, "nothing varies");
	return unit_done();
}
