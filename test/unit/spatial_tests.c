/* unit test of core/spatial_tests: a ring, by the same sums over full matrices */
#include "../../src/core/estimate/spatial_model.h"

#include "spatial_pairs.h"

#define N 12

static double w[N][N], y[N], x[2 * N];

/* M = I - X (X'X)^-1 X' for a constant and one regressor */
static double annihilator(int i, int j)
{
	double mean = 0, square = 0;

	for (int k = 0; k < N; k++)
		mean += x[2 * k + 1] / N;
	for (int k = 0; k < N; k++)
		square += (x[2 * k + 1] - mean) * (x[2 * k + 1] - mean);
	return (i == j) - 1.0 / N - (x[2 * i + 1] - mean) * (x[2 * j + 1] - mean) / square;
}

int main(void)
{
	TbSpatialModel m;
	TbSpatialTests r;
	double mw[N][N] = {{0}}, e[N] = {0}, one = 0, straight = 0, crossed = 0, t = 0, s0 = 0, ee = 0, ewe = 0, ewy = 0, expected;
	uint32_t unit;
	TbBag bag;

	for (int i = 0; i < N; i++) {
		y[i] = (i * i * 5 + i) % 17;
		x[2 * i] = 1;
		x[2 * i + 1] = i * 7 % 10 + i % 3 * 0.25;
		w[i][(i + 1) % N] = 0.5 + i % 2;
		w[i][(i + 5) % N] = 0.25;
	}
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && m.nb.n == N && m.nb.links == 2 * N && m.p == 2 && m.lags == 2, "a model");
	CHECK(tb_spatial_tests(&m, &r) == TB_OK, "its tests");
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			e[i] += annihilator(i, j) * y[j];
			s0 += w[i][j];
			t += w[i][j] * w[i][j] + w[i][j] * w[j][i];
			for (int k = 0; k < N; k++)
				mw[i][j] += annihilator(i, k) * w[k][j];
		}
	for (int i = 0; i < N; i++) {
		ee += e[i] * e[i];
		one += mw[i][i];
		for (int j = 0; j < N; j++) {
			ewe += e[i] * w[i][j] * e[j];
			ewy += e[i] * w[i][j] * y[j];
			crossed += mw[i][j] * mw[j][i];
			for (int k = 0; k < N; k++)
				straight += mw[i][j] * annihilator(j, k) * w[i][k];
		}
	}
	expected = N / s0 * one / (N - 2);
	NEAR(r.moran.value, N / s0 * ewe / ee, 1e-13, "Moran of residuals");
	NEAR(r.moran.expected, expected, 1e-13, "its expectation");
	NEAR(r.moran.variance, N / s0 * (N / s0) * (straight + crossed + one * one) / ((N - 2) * N) - expected * expected, 1e-13, "its variance");
	NEAR(r.error.statistic, ewe * N / ee * (ewe * N / ee) / t, 1e-12, "test for an error");
	NEAR(r.both.statistic, r.lag.statistic + r.robust_error.statistic, 1e-12, "both ways to the joint one");
	CHECK(r.error.p > 0 && r.error.p < 1 && r.both.p > 0 && r.both.p < 1 && r.lag.statistic > 0 && ewy != 0, "p");
	for (int i = 0; i < N; i++)
		y[i] = 3 - x[2 * i + 1];
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_tests(&m, &r) == TB_UNDEFINED, "an exact fit");
	return unit_done();
}
