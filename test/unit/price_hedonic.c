/* unit test of core/price_hedonic: equal to the regression with dummies written out; keys that are no periods */
#include "../../src/core/base/cholesky.h"
#include "../../src/core/base/host.h"
#include "../../src/core/estimate/price_index.h"
#include "../../src/core/estimate/regression.h"
#include "context.h"
#include "unit.h"

int main(void)
{
	static const char *const key[] = {"-1", "0", "10", "9"}; /* bytewise order is not the order of periods */
	static const int dummy[] = {0, 1, 3, 2};
	TbState *state = NULL, *written = NULL, *odd = NULL, *edge = NULL;
	TbIndexPoint *p;
	TbRegression fit;
	TbMoments view;
	size_t n;

	for (int i = 0; i < 90; i++) {
		int k = i * 3 % 7 % 4;
		double x[2] = {i % 13, i % 5}, z[6] = {1, dummy[k] == 1, dummy[k] == 2, dummy[k] == 3, x[0], x[1]};
		double y = 3 + 0.2 * dummy[k] + 0.05 * x[0] - 0.1 * x[1] + (i * 7 % 17 - 8) * 0.01;

		tb_cluster_add(&state, (TbId){key[k], k == 1 || k == 3 ? 1 : 2}, y, x, 2, 1);
		tb_moments_add(&written, y, z, 6, 1);
	}
	view = tb_moments_view(written);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	CHECK(tb_hedonic_index(state, &p, &n) == TB_OK && n == 4, "four periods");
	CHECK(p[0].period == -1 && p[1].period == 0 && p[2].period == 9 && p[3].period == 10, "in numeric order");
	CHECK(p[0].index == 100 && p[0].se == 0, "the base");
	for (int i = 1; i < 4; i++) {
		NEAR(p[i].index, 100 * exp(fit.coefficient[i]), 1e-13, "index of the dummies");
		NEAR(p[i].se, p[i].index * fit.standard_error[i], 1e-12, "and its error");
	}
	tb_cluster_add(&edge, (TbId){"-2147483648", 11}, 1, (double[]){1}, 1, 1);
	CHECK(tb_hedonic_index(edge, &p, &n) == TB_OK && p[0].period == INT32_MIN, "the earliest period there is");
	tb_cluster_add(&edge, (TbId){"2147483648", 10}, 1, (double[]){1}, 1, 1);
	CHECK(tb_hedonic_index(edge, &p, &n) == TB_INVALID, "one beyond the last");
	tb_cluster_add(&odd, (TbId){"north", 5}, 1, (double[]){1}, 1, 1);
	CHECK(tb_hedonic_index(odd, &p, &n) == TB_INVALID, "a key that is no period");
	odd = NULL;
	tb_cluster_add(&odd, (TbId){"", 0}, 1, (double[]){1}, 1, 1);
	CHECK(tb_hedonic_index(odd, &p, &n) == TB_INVALID, "an empty key");
	odd = NULL;
	tb_cluster_add(&odd, (TbId){"000000000001", 12}, 1, (double[]){1}, 1, 1);
	CHECK(tb_hedonic_index(odd, &p, &n) == TB_INVALID, "one longer than any period");
	odd = NULL;
	for (int i = 0; i < TB_INDEX_PERIODS / 2; i++) {
		char text[16];
		int length = snprintf(text, sizeof text, "%d", i);

		tb_cluster_add(&odd, (TbId){text, length}, i % 3, (double[]){1}, 1, 1);
	}
	CHECK(tb_hedonic_index(odd, &p, &n) == TB_TOO_LARGE, "a characteristic more than there is room for beside so many periods");
	return unit_done();
}
