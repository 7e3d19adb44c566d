/* unit test of core/panel: rows as they went in, two-way clusters where one way is trivial */
#include "../../src/core/base/probability.h"

#include "panel_rows.h"

int main(void)
{
	const double rows[8][3] = {{1, 1, 0}, {3, 1, 1}, {2, 1, 2}, {5, 1, 3}, {4, 1, 4}, {8, 1, 5}, {5, 1, 6}, {9, 1, 7}};
	const int a[8] = {0, 0, 1, 1, 2, 2, 3, 3}, each[8] = {0, 1, 2, 3, 4, 5, 6, 7}, one[8] = {0}, none[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
	double params[TB_PANEL_PARAMS] = {3, 0, 0, 0}, bad[TB_PANEL_PARAMS] = {3, 2, 1, 0};
	TbPanel panel = panel_of(8, 3, rows[0], a, each, params);
	TbState *clusters = NULL;
	TbRegression two, way;
	TbMoments m;

	CHECK(panel.n == 8 && panel.p == 2 && panel.row[0] == 1 && panel.row[panel.stride] == 3 && tb_panel_has(&panel, panel.b), "rows by id");
	m = tb_panel_moments(&panel, 0, 1, 2);
	CHECK(tb_moment(&m, 3, 3).hi == 225 && tb_moment(&m, 2, 3).hi == 171 && m.n == 8, "cross moments");
	for (int i = 0; i < 8; i++)
		(void)tb_cluster_add(&clusters, (TbId){"ABCD" + a[i], 1}, rows[i][0], rows[i] + 1, 2, 1);
	CHECK(tb_ols_cluster(clusters, &way) == TB_OK && tb_ols_cluster2(&panel, &two) == TB_OK, "both fit");
	NEAR(two.standard_error[1], way.standard_error[1], 1e-13, "each row a cluster of the second way: the first way alone");
	CHECK(two.clusters == 4 && two.covariance == TB_CLUSTER2 && two.p_value[1] == tb_t_two_sided(two.t[1], 3), "degrees of freedom of the fewer");
	panel = panel_of(8, 3, rows[0], a, a, params);
	CHECK(tb_ols_cluster2(&panel, &two) == TB_OK, "the same way twice");
	NEAR(two.standard_error[1], way.standard_error[1], 1e-13, "is that way");
	panel = panel_of(8, 3, rows[0], a, one, params);
	CHECK(tb_ols_cluster2(&panel, &two) == TB_OK && isnan(two.standard_error[1]) && two.coefficient[1] == way.coefficient[1],
		  "one cluster: no errors");
	panel = panel_of(8, 3, rows[0], a, none, params);
	CHECK(!tb_panel_has(&panel, panel.b) && tb_panel_has(&panel, panel.a), "ids that are missing");
	CHECK(tb_panel_params_ok(params, 5) && !tb_panel_params_ok(bad, 5) && !tb_panel_params_ok(params, 4), "parameters");
	return unit_done();
}
