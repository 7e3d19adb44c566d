/* unit test of core/two_stage: exactly identified by hand, its own instrument, too few instruments */
#include "../../src/core/estimate/two_stage.h"

#include "panel_rows.h"

int main(void)
{
	/* y, endogenous, constant, instrument: b = cov(z, y) / cov(z, x) = 4 / 2 */
	const double rows[4][4] = {{1, 1, 1, 0}, {2, 0, 1, 0}, {4, 2, 1, 1}, {3, 1, 1, 1}},
				 own[4][4] = {{1, 1, 1, 1}, {2, 0, 1, 0}, {4, 2, 1, 2}, {3, 1, 1, 1}};
	const double flat[4][4] = {{1, 1, 1, 5}, {2, 0, 1, 5}, {4, 2, 1, 5}, {3, 1, 1, 5}};
	/* y, endogenous, constant, two instruments */
	const double more[5][5] = {{1, 1, 1, 0, 1}, {2, 0, 1, 0, 2}, {4, 2, 1, 1, 3}, {3, 1, 1, 1, 5}, {6, 3, 1, 2, 4}};
	const double exact[5][5] = {
		{0.1 * 1 + 0.3, 1, 1, 0, 1}, {0.3, 0, 1, 0, 2}, {0.1 * 7 + 0.3, 7, 1, 1, 3}, {0.1 * 1 + 0.3, 1, 1, 1, 5}, {0.1 * 3 + 0.3, 3, 1, 2, 4}};
	double params[TB_PANEL_PARAMS] = {4, 1, 1, 0}, wide[TB_PANEL_PARAMS] = {5, 1, 2, 0};
	TbPanel panel = panel_of(4, 4, rows[0], NULL, NULL, params);
	TbTwoStage r;

	CHECK(panel.p == 2 && panel.endogenous == 1 && panel.instruments == 1, "columns");
	CHECK(tb_two_stage(&panel, &r) == TB_OK && r.fit.df == 2 && r.sargan_df == 0 && isnan(r.sargan), "exactly identified");
	NEAR(r.fit.coefficient[0], 2, 1e-14, "ratio of covariances");
	NEAR(r.fit.coefficient[1], 0.5, 1e-14, "through the means");
	NEAR(r.fit.rss, 2.25 + 2.25 + 0.25 + 0.25, 1e-14, "residuals of the regressors as they are");
	/* over (X'P X)^-1 = {{1, -1}, {-1, 5/4}} */
	NEAR(r.fit.standard_error[0], sqrt(2.5), 1e-14, "standard error of the slope");
	NEAR(r.fit.standard_error[1], sqrt(2.5 * 5 / 4), 1e-14, "of the constant");
	NEAR(r.fit.vcov[1], -2.5, 1e-14, "and what they share");
	NEAR(r.first_stage_f[0], 2, 1e-14, "first stage: 1 of 2 explained, 2 left over 2 degrees of freedom");
	panel = panel_of(4, 4, own[0], NULL, NULL, params);
	CHECK(tb_two_stage(&panel, &r) == TB_OK && fabs(r.fit.coefficient[0] - 1) < 1e-14 && isnan(r.first_stage_f[0]),
		  "its own instrument: least squares");
	panel = panel_of(4, 4, flat[0], NULL, NULL, params);
	CHECK(tb_two_stage(&panel, &r) == TB_OK && r.fit.rank == 1 && isnan(r.first_stage_f[0]), "an instrument that is the constant: no slope");
	panel = panel_of(5, 5, more[0], NULL, NULL, wide);
	CHECK(tb_two_stage(&panel, &r) == TB_OK && r.sargan_df == 1 && r.sargan >= 0 && r.sargan_p <= 1 && r.robust_error[0] > 0, "one instrument more");
	panel = panel_of(5, 5, exact[0], NULL, NULL, wide);
	CHECK(tb_two_stage(&panel, &r) == TB_OK && fabs(r.fit.coefficient[0] - 0.1) < 1e-14, "y is a tenth of x and 0.3, as far as float8 holds them");
	CHECK(r.fit.rss == 0 && r.fit.sigma == 0 && r.fit.standard_error[0] == 0 && r.robust_error[0] == 0, "nothing is left");
	CHECK(isnan(r.fit.t[0]) && isnan(r.fit.p_value[0]) && isnan(r.sargan), "and nothing is sure of it");
	return unit_done();
}
