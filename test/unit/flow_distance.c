/* unit test of core/flow_distance: a worked case, equal distances, scale */
#include "../../src/core/flow/flow_distance.h"

#include "unit.h"

static TbFlowDistance distances(size_t n, const double *x, const double *w, const uint64_t *count)
{
	TbSample sample = {.n = n, .x = x, .w = w, .count = count};
	TbFlowDistance d;

	CHECK(tb_flow_distance(&sample, &d) == TB_OK, "distances");
	return d;
}

int main(void)
{
	TbFlowDistance d = distances(3, (double[]){1, 10, 100}, (double[]){2, 4, 2}, NULL);

	CHECK(d.mean == 242.0 / 8 && d.median == 10 && d.median_interpolated == 10, "symmetric");
	d = distances(3, (double[]){1, 10, 100}, (double[]){3, 4, 1}, NULL);
	NEAR(d.median_interpolated, 1 + 9 * 2.5 / 3.5, 1e-15, "middles at 1.5, 5 and 7.5 of 8: five sevenths from 1 to 10");
	d = distances(3, (double[]){1, 10, 100}, (double[]){4, 2, 2}, NULL);
	CHECK(d.median == 1, "half of the flow is enough");
	NEAR(d.median_interpolated, 1 + 9 * 2 / 3.0, 1e-15, "middles at 2, 5 and 7 of 8: two thirds from 1 to 10");
	d = distances(4, (double[]){1, 1, 10, 100}, (double[]){1, 3, 2, 2}, NULL);
	NEAR(d.median_interpolated, 1 + 9 * 1.5 / 2.5, 1e-15, "every row is a step: middles at 0.5, 2.5, 5, 7");
	d = distances(3, (double[]){1, 10, 100}, (double[]){2, 2, 1}, (uint64_t[]){2, 1, 2});
	NEAR(d.median_interpolated, 1 + 9 * 1 / 2.0, 1e-15, "repeated rows are steps too: middles at 1, 3, 5, 6.5, 7.5");
	d = distances(3, (double[]){1e300, 1e301, 1e302}, (double[]){4e307, 2e307, 2e307}, NULL);
	NEAR(d.mean, 2.8e301, 1e-15, "large numbers: mean");
	CHECK(d.median == 1e300 && isfinite(d.mean), "large numbers");
	d = distances(1, (double[]){0}, (double[]){5}, NULL);
	CHECK(d.mean == 0 && d.median == 0 && d.median_interpolated == 0, "all within");
	CHECK(tb_flow_distance(&(TbSample){.n = 0}, &d) == TB_UNDEFINED, "no flow");
	CHECK(tb_flow_distance(&(TbSample){.n = 1, .x = (double[]){1}}, &d) == TB_INVALID, "no weights");
	CHECK(tb_flow_distance(&(TbSample){.n = 1, .x = (double[]){-1}, .w = (double[]){1}}, &d) == TB_INVALID, "negative distance");
	return unit_done();
}
