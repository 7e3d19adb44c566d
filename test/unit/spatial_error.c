/* unit test of core/spatial_error: moments by full matrices, the valley by search */
#include "../../src/core/estimate/spatial_error.h"

#include "spatial_pairs.h"

#define N 16

static double w[N][N], u[N], v[N], ww[N];

static double dot(const double *a, const double *b)
{
	double sum = 0;

	for (int i = 0; i < N; i++)
		sum += a[i] * b[i] / N;
	return sum;
}

static double misfit(double lambda, double s2, double t)
{
	double one = dot(u, u) - 2 * lambda * dot(u, v) + lambda * lambda * dot(v, v) - s2;
	double two = dot(v, v) - 2 * lambda * dot(v, ww) + lambda * lambda * dot(ww, ww) - t * s2;
	double three = dot(u, v) - lambda * (dot(u, ww) + dot(v, v)) + lambda * lambda * dot(v, ww);

	return one * one + two * two + three * three;
}

/* The error of lambda by full matrices, from its definition */
static double error_of(double lambda, double t)
{
	double a[2][N][N] = {{{0}}}, e[N], d[2], psi[2][2] = {{0}}, square = 0, fourth = 0, c = 1 / sqrt(1 + t * t), variance = 0;

	for (int i = 0; i < N; i++) {
		e[i] = u[i] - lambda * v[i];
		square += e[i] * e[i] / N;
		fourth += pow(e[i], 4) / N;
		for (int j = 0; j < N; j++) {
			a[0][i][j] = i == j ? c * t : 0;
			a[1][i][j] = (w[i][j] + w[j][i]) / 2;
			for (int k = 0; k < N; k++)
				a[0][i][j] -= c * w[k][i] * w[k][j];
		}
	}
	d[0] = c * (t * (-2 * dot(u, v) + 2 * lambda * dot(v, v)) - (-2 * dot(v, ww) + 2 * lambda * dot(ww, ww)));
	d[1] = -(dot(u, ww) + dot(v, v)) + 2 * lambda * dot(v, ww);
	for (int k = 0; k < 2; k++)
		for (int l = 0; l < 2; l++) {
			for (int i = 0; i < N; i++) {
				psi[k][l] += (fourth - 3 * square * square) * a[k][i][i] * a[l][i][i] / N;
				for (int j = 0; j < N; j++)
					psi[k][l] += 2 * square * square * a[k][i][j] * a[l][j][i] / N;
			}
			variance += d[k] * psi[k][l] * d[l];
		}
	return sqrt(variance / N) / (d[0] * d[0] + d[1] * d[1]);
}

/* Weights whose products float8 does not hold change nothing, however many paths of two steps they make */
static void vanishing(const double *y, const double *x)
{
	static double dense[N][N];
	TbSpatialModel m;
	TbSpatialError thin, full;
	uint32_t unit;
	TbBag bag = spatial_pairs(N, 2, y, x, &w[0][0]);

	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_error(&m, &thin) == TB_OK, "few weights");
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			dense[i][j] = i == j || w[i][j] > 0 ? w[i][j] : 1e-200;
	bag = spatial_pairs(N, 2, y, x, &dense[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_error(&m, &full) == TB_OK && m.nb.links == N * (N - 1), "and all pairs");
	NEAR(full.fit.coefficient[0], thin.fit.coefficient[0], 1e-14, "the same lambda");
	NEAR(full.fit.standard_error[0], thin.fit.standard_error[0], 1e-14, "with the same error");
}

int main(void)
{
	TbSpatialModel m;
	TbSpatialError r;
	TbRegression ols;
	double y[N], x[2 * N], t = 0, best, least = INFINITY, lowest = 0;
	uint32_t unit;
	TbBag bag;

	for (int i = 0; i < N; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = i * 5 % 9 + i % 2 * 0.5;
		y[i] = 2 + x[2 * i + 1] + 3 * sin(i / 2.5) + (i * i * 7 % 5) / 4.0;
		w[i][(i + 1) % N] = w[i][(i + N - 1) % N] = i % 4 ? 0.5 : 0.25;
		w[i][(i + 2) % N] += i % 4 ? 0 : 0.5;
	}
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_error(&m, &r) == TB_OK && !r.beyond, "an error");
	CHECK(tb_spatial_ols(&m, &ols, u) == TB_OK, "residuals");
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			v[i] += w[i][j] * u[j];
			t += w[i][j] * w[i][j] / N;
		}
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			ww[i] += w[i][j] * v[j];
	best = misfit(r.fit.coefficient[0], r.sigma2, t);
	for (int a = -999; a <= 999; a++)
		for (int b = 1; b < 400; b++) {
			double f = misfit(a / 1000.0, b / 200.0, t);

			if (f < least) {
				least = f;
				lowest = a / 1000.0;
			}
		}
	CHECK(best <= least, "no lambda of a grid fits the moments better");
	NEAR(r.fit.coefficient[0], lowest, 0.05, "the best of the grid is near");
	CHECK(r.fit.p == 3 && isnan(r.fit.vcov[1]) && r.fit.standard_error[2] > 0 && r.fit.df == N - 2 && r.fit.rank == 3, "lambda first");
	NEAR(r.fit.standard_error[0], error_of(r.fit.coefficient[0], t), 1e-12, "the error of lambda by full matrices");
	NEAR(r.fit.vcov[0], r.fit.standard_error[0] * r.fit.standard_error[0], 1e-15, "in the covariance too");
	NEAR(r.fit.t[0], r.fit.coefficient[0] / r.fit.standard_error[0], 1e-15, "and its t");
	vanishing(y, x);
	for (int i = 0; i < N; i++)
		y[i] = x[2 * i + 1];
	bag = spatial_pairs(N, 2, y, x, &w[0][0]);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && tb_spatial_error(&m, &r) == TB_UNDEFINED, "an exact fit");
	return unit_done();
}
