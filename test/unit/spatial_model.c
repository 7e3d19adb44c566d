/* unit test of core/spatial_model: rows of pairs become units and neighbours */
#include "../../src/core/estimate/spatial_model.h"

#include "spatial_pairs.h"

int main(void)
{
	double y[4] = {1, 4, 2, 8}, x[8] = {1, 2, 1, 5, 1, 3, 1, 3}, w[16] = {0, 1, 3, 0, 2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0}, to[4], e[4];
	double good[TB_SPATIAL_PARAMS] = {7, 2}, even[TB_SPATIAL_PARAMS] = {6, 2}, lags[TB_SPATIAL_PARAMS] = {7, 3}, none[TB_SPATIAL_PARAMS] = {3, 1};
	TbSpatialModel m;
	TbRegression fit;
	TbBag bag = spatial_pairs(4, 2, y, x, w);
	uint32_t unit = 9;

	CHECK(tb_spatial_model_params_ok(good, 2) && !tb_spatial_model_params_ok(even, 2) && !tb_spatial_model_params_ok(lags, 2) &&
			  !tb_spatial_model_params_ok(none, 2) && !tb_spatial_model_params_ok(good, 1),
		  "widths are odd and hold a regressor; lags are 1 or 2");
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_OK && m.nb.n == 4 && m.nb.links == 4 && m.p == 2, "four units, one an island");
	CHECK(m.unit == 0.125 && m.nb.weight[0] == 0.125, "weights near 1");
	tb_spatial_lagged(&m.nb, y, 1, to, 1);
	CHECK(to[0] == 10 * 0.125 && to[1] == 2 * 0.125 && to[2] == 16 * 0.125 && to[3] == 0, "Wy");
	tb_spatial_lagged_back(&m.nb, y, to);
	CHECK(to[0] == 8 * 0.125 && to[1] == 9 * 0.125 && to[2] == 3 * 0.125 && to[3] == 0, "W'y");
	CHECK(tb_spatial_ols(&m, &fit, e) == TB_OK && fabs(e[0] + e[1] + e[2] + e[3]) < 1e-14 && fit.n == 4, "least squares of the units");
	w[5] = 1;
	bag = spatial_pairs(4, 2, y, x, w);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_MISMATCH && unit == 1, "its own neighbour");
	memset(w, 0, sizeof(w));
	bag = spatial_pairs(4, 2, y, x, w);
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_UNDEFINED, "islands only");
	w[1] = 1;
	bag = spatial_pairs(4, 2, y, x, w);
	((double *)bag.wide)[4] += 1;
	CHECK(tb_spatial_model(&bag, &m, &unit) == TB_INVALID && unit == 1, "two values of a unit");
	return unit_done();
}
