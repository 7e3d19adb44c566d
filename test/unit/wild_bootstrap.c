/* unit test of core/wild_bootstrap: every sample of signs fitted again; the ends of the interval; seeds; what has no bootstrap */
#include "../../src/core/estimate/wild_bootstrap.h"
#include "../../src/core/base/cholesky.h"
#include "../../src/core/estimate/robust.h"

#include "samples.h"

#define N 40

static double x[N][3];
static int cluster[N];

static TbClusters clusters_of(const double *y, size_t n, uint32_t p)
{
	TbState *state = NULL;
	TbClusters c;

	for (size_t i = 0; i < n; i++)
		(void)tb_cluster_add(&state, (TbId){"ABCDEFGHIJKLMNOPQRSTUVWXYZ" + cluster[i], 1}, y[i], x[i], p, 1);
	(void)tb_cluster_view(state, &c);
	return c;
}

static double t_of(const double *y, double null)
{
	double less[N];
	TbClusters c;
	TbRegression fit;

	for (int i = 0; i < N; i++)
		less[i] = y[i] - null * x[i][1];
	c = clusters_of(less, N, 3);
	(void)tb_ols_clusters(&c, &fit);
	return fit.t[1];
}

/* The share of |t*| >= |t| over all signs, each sample made and fitted; g clusters */
static double by_hand(const double *y, int g, double null)
{
	TbState *state = NULL;
	TbMoments m;
	TbRegression fit;
	double observed = fabs(t_of(y, null)), fitted[N], sample[N];
	int above = 0;

	for (int i = 0; i < N; i++)
		(void)tb_moments_add(&state, y[i] - null * x[i][1], (double[]){x[i][0], x[i][2]}, 2, 1);
	m = tb_moments_view(state);
	(void)tb_regression(&m, TB_PIVOT_TOLERANCE, &fit);
	for (int i = 0; i < N; i++)
		fitted[i] = fit.coefficient[0] * x[i][0] + fit.coefficient[1] * x[i][2];
	for (int draw = 0; draw < 1 << g; draw++) {
		for (int i = 0; i < N; i++)
			sample[i] = fitted[i] + (draw >> cluster[i] & 1 ? -1 : 1) * (y[i] - null * x[i][1] - fitted[i]);
		above += fabs(t_of(sample, 0)) >= observed * (1 - 1e-9);
	}
	return above / (double)(1 << g);
}

int main(void)
{
	double y[N], strong[N], sure[N];
	TbClusters c;
	TbWildBootstrap r, again;

	for (int i = 0; i < N; i++) {
		cluster[i] = i * i % 7;
		cluster[i] = cluster[i] > 4 ? 3 : cluster[i]; /* 0 1 2 3 4 */
		cluster[i] = i % 3 == 0 ? 5 + i % 4 : cluster[i];
		x[i][0] = 1;
		x[i][1] = sin(i * 1.3) + cluster[i] / 4.0;
		x[i][2] = cos(i * 0.7);
		y[i] = 2 + 0.4 * x[i][1] - x[i][2] + sin(cluster[i] * 2.1) + cos(i * 3.1) / 2;
		strong[i] = y[i] + 3 * x[i][1];
	}
	c = clusters_of(y, N, 3);
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 999, 1, &r) == TB_OK && r.clusters == 8 && r.enumerated && r.draws == 128,
		  "eight clusters: 128 draws that differ");
	NEAR(r.p, by_hand(y, 9, 0), 1e-15, "p by every sample, made and fitted");
	NEAR(r.t, t_of(y, 0), 1e-12, "t of the sandwich");
	CHECK(r.low < r.coefficient && r.coefficient < r.high, "an interval");
	CHECK(by_hand(y, 9, r.low + 1e-6) > 0.05 && by_hand(y, 9, r.low - 1e-6) <= 0.05, "below its low end the null is rejected");
	CHECK(by_hand(y, 9, r.high - 1e-6) > 0.05 && by_hand(y, 9, r.high + 1e-6) <= 0.05, "and above its high end");
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 60, 1, &r) == TB_OK && !r.enumerated && r.draws == 60 && r.p >= 1.0 / 61, "fewer are a sample");
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 60, 1, &again) == TB_OK && r.p == again.p && r.low == again.low, "the same for a seed");
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 61, 2, &again) == TB_OK && r.low != again.low, "another for another");
	CHECK(tb_wild_bootstrap(&c, 1, 0.999, 999, 1, &r) == TB_OK && isnan(r.low) && isnan(r.high), "128 draws reject nothing at 0.999");
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 128, 1, &r) == TB_OK && r.enumerated && tb_wild_bootstrap(&c, 1, 0.95, 127, 1, &r) == TB_OK && !r.enumerated,
		  "all draws, where they are not more than asked for");
	for (int i = 0; i < N; i++)
		sure[i] = y[i] + 1e4 * x[i][1];
	c = clusters_of(sure, N, 3);
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 60, 3, &again) == TB_OK, "a sure slope");
	NEAR(again.p, 1.0 / 61, 1e-14, "the sample itself counts among the draws");
	c = clusters_of(strong, N, 3);
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 999, 1, &again) == TB_OK && again.p < 0.05 && again.low > 0, "a strong slope");
	for (int i = 0; i < N; i++)
		x[i][2] = 2 * x[i][1];
	c = clusters_of(y, N, 3);
	CHECK(tb_wild_bootstrap(&c, 2, 0.95, 99, 1, &r) == TB_UNDEFINED, "an aliased coefficient");
	memset(cluster, 0, sizeof(cluster));
	c = clusters_of(y, N, 2);
	CHECK(tb_wild_bootstrap(&c, 1, 0.95, 99, 1, &r) == TB_UNDEFINED, "one cluster");
	return unit_done();
}
