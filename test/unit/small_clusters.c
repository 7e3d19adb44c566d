/* unit test of core/small_clusters: clusters of one are HC2; two means by hand; a cluster with a dummy of its own */
#include "../../src/core/estimate/small_clusters.h"

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

int main(void)
{
	const double y[8] = {1, 3, 2, 5, 4, 8, 5, 9}, x[8][2] = {{1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 9}};
	const double group[8][2] = {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
	const int each[8] = {0, 1, 2, 3, 4, 5, 6, 7}, two[8] = {0, 0, 0, 0, 1, 1, 1, 1}, four[8] = {0, 0, 1, 1, 2, 2, 3, 3};
	TbClusters c = clusters_of(8, y, x, each);
	TbState *rows = NULL, *same = NULL;
	TbRegression fit, hc2, hc3, jackknife;
	size_t determined;

	for (int i = 0; i < 8; i++)
		(void)tb_rows_add(&rows, y[i], x[i], 2, TB_HC2);
	for (int i = 0; i < 8; i++)
		(void)tb_rows_add(&same, y[i], x[i], 2, TB_HC3);
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
	c = clusters_of(8, y, group, two);
	CHECK(tb_ols_small_clusters(&c, TB_CR2, &fit, &determined) == TB_OK && determined == 2 && isnan(fit.standard_error[1]) &&
			  fit.coefficient[1] == 3.75,
		  "a cluster that is an arm determines it: no errors");
	return unit_done();
}
