/* unit test of core/small_clusters: clusters of one are HC2; two means by hand; a cluster with a dummy of its own */
#include "../../src/core/estimate/small_clusters.h"
#include "../../src/core/estimate/symmetric.h"

#include "samples.h"

static TbClusters clusters_of(size_t n, const double *y, const double (*x)[2], const int *cluster)
{
	TbState *state = NULL;
	TbClusters c;

	for (size_t i = 0; i < n; i++)
		(void)tb_cluster_add(&state, (TbId){"ABCDEFGHIJ" + cluster[i], 1}, y[i], x[i], 2, 1);
	(void)tb_cluster_view(state, &c);
	return c;
}

/* Satterthwaite's degrees of freedom of the slope: p_g = (I - H)_g (I - H_gg)^-1/2 X_g M e, df = (sum p_g'p_g)^2 / sum (p_g'p_h)^2 */
static double by_definition(const double (*x)[2], const int *cluster, int clusters)
{
	double s[3] = {0}, m[2][2], part[3][8] = {{0}}, trace = 0, squares = 0;

	for (int i = 0; i < 8; i++)
		for (int k = 0; k < 3; k++)
			s[k] += pow(x[i][1], k);
	m[0][0] = s[2] / (s[0] * s[2] - s[1] * s[1]);
	m[0][1] = m[1][0] = -s[1] / (s[0] * s[2] - s[1] * s[1]);
	m[1][1] = s[0] / (s[0] * s[2] - s[1] * s[1]);
	for (int g = 0; g < clusters; g++) {
		double rest[64], l[8], v[64], a[8] = {0};
		size_t n = 0, of[8];

		for (size_t i = 0; i < 8; i++)
			if (cluster[i] == g)
				of[n++] = i;
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				rest[i * n + j] = (double)(i == j) - m[0][0] - m[0][1] * (x[of[i]][1] + x[of[j]][1]) - m[1][1] * x[of[i]][1] * x[of[j]][1];
		tb_symmetric_eigen(rest, n, l, v);
		for (size_t k = 0; k < n; k++)
			for (size_t i = 0; i < n; i++)
				for (size_t j = 0; j < n; j++)
					a[i] += v[i * n + k] * v[j * n + k] / sqrt(l[k]) * (m[0][1] + m[1][1] * x[of[j]][1]);
		for (int i = 0; i < 8; i++)
			for (size_t j = 0; j < n; j++)
				part[g][i] += a[j] * ((double)(i == (int)of[j]) - m[0][0] - m[0][1] * (x[i][1] + x[of[j]][1]) - m[1][1] * x[i][1] * x[of[j]][1]);
	}
	for (int g = 0; g < clusters; g++)
		for (int h = 0; h < clusters; h++) {
			double product = 0;

			for (int i = 0; i < 8; i++)
				product += part[g][i] * part[h][i];
			trace += g == h ? product : 0;
			squares += product * product;
		}
	return trace * trace / squares;
}

int main(void)
{
	const double y[8] = {1, 3, 2, 5, 4, 8, 5, 9}, x[8][2] = {{1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 9}};
	const double group[8][2] = {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
	const int each[8] = {0, 1, 2, 3, 4, 5, 6, 7}, two[8] = {0, 0, 0, 0, 1, 1, 1, 1}, four[8] = {0, 0, 1, 1, 2, 2, 3, 3},
			  uneven[8] = {0, 0, 0, 1, 1, 2, 1, 2};
	TbClusters c = clusters_of(8, y, x, each);
	TbState *rows = NULL, *same = NULL;
	TbRegression fit, hc2, hc3, jackknife;
	size_t determined;

	for (int i = 0; i < 8; i++)
		(void)tb_rows_add(&rows, y[i], x[i], 2, TB_HC2, NULL);
	for (int i = 0; i < 8; i++)
		(void)tb_rows_add(&same, y[i], x[i], 2, TB_HC3, NULL);
	CHECK(tb_ols_small_clusters(&c, TB_CR2, &fit, &determined) == TB_OK && tb_ols_rows(rows, &hc2) == TB_OK && determined == 0 &&
			  fit.covariance == TB_CR2,
		  "fits");
	NEAR(fit.standard_error[0], hc2.standard_error[0], 1e-13, "clusters of one: HC2 of the constant");
	NEAR(fit.standard_error[1], hc2.standard_error[1], 1e-13, "and of the slope");
	CHECK(tb_ols_small_clusters(&c, TB_CR3, &jackknife, &determined) == TB_OK && tb_ols_rows(same, &hc3) == TB_OK && jackknife.covariance == TB_CR3,
		  "CR3");
	NEAR(jackknife.standard_error[0], hc3.standard_error[0], 1e-13, "clusters of one: HC3 of the constant");
	NEAR(jackknife.standard_error[1], hc3.standard_error[1], 1e-13, "and of the slope");
	/* two arms of two clusters each: the difference of means, var = sum of squared deviations of cluster means over 2 * 1 */
	c = clusters_of(8, y, group, four);
	CHECK(tb_ols_small_clusters(&c, TB_CR2, &fit, &determined) == TB_OK && determined == 0, "arms");
	NEAR(fit.coefficient[1], 6.5 - 2.75, 1e-14, "difference of means");
	NEAR(fit.standard_error[1], sqrt((0.75 * 0.75 * 2 + 0.5 * 0.5 * 2) / 2), 1e-13, "unbiased variances of cluster means, both arms");
	NEAR(fit.test_df[1], 2, 1e-12, "degrees of freedom: 2 + 2 clusters less 2");
	NEAR(fit.test_df[0], 1, 1e-12, "the constant is the mean of one arm");
	/* A = (1 - 1/2)^-1: twice the square of a mean's deviation over 2, a jackknife of both arms */
	CHECK(tb_ols_small_clusters(&c, TB_CR3, &jackknife, &determined) == TB_OK && determined == 0, "arms by leaving out");
	NEAR(jackknife.standard_error[1], fit.standard_error[1] * sqrt(2), 1e-13, "cluster means less themselves, twice the variance");
	NEAR(jackknife.test_df[1], fit.test_df[1], 1e-12, "the same degrees of freedom");
	/* unequal clusters: P_gh written out for the slope, which is a weighted sum of rows */
	c = clusters_of(8, y, x, uneven);
	CHECK(tb_ols_small_clusters(&c, TB_CR2, &fit, &determined) == TB_OK && determined == 0 && fit.test_df[1] > 1 && fit.test_df[1] < 2.99, "uneven");
	NEAR(fit.test_df[1], by_definition(x, uneven, 3), 1e-9, "degrees of freedom by their definition");
	c = clusters_of(8, y, group, two);
	CHECK(tb_ols_small_clusters(&c, TB_CR2, &fit, &determined) == TB_OK && determined == 2 && isnan(fit.standard_error[1]) &&
			  fit.coefficient[1] == 3.75,
		  "a cluster that is an arm determines it: no errors");
	return unit_done();
}
