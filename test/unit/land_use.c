/* unit test of core/land_use: by hand, one use, no area, far from one */
#include "../../src/core/territory/land_use.h"

#include <string.h>

#include "unit.h"

static TbStatus mix_of(size_t n, const char *const *use, const double *area, TbLandUseMix *mix)
{
	TbState *state = tb_bag_new(&tb_land_use_kind, NULL, 0);
	TbBag bag;

	for (size_t i = 0; i < n; i++) {
		TbId id = {use[i], (uint32_t)strlen(use[i])};

		(void)tb_bag_add(&tb_land_use_kind, &state, &id, &area[i]);
	}
	return tb_bag_view(&tb_land_use_kind, state, &bag) == TB_OK ? tb_land_use_mix(&bag, mix) : TB_UNDEFINED;
}

int main(void)
{
	const char *const use[] = {"shops", "homes", "homes", "fields"};
	TbLandUseMix mix;

	CHECK(mix_of(4, use, (double[]){1, 1, 2, 0}, &mix) == TB_OK && mix.uses == 2 && mix.area == 4 && mix.largest == 1, "uses with area");
	NEAR(mix.dominance, 0.75, 1e-15, "dominance");
	NEAR(mix.simpson, 0.375, 1e-15, "Simpson");
	NEAR(mix.shannon, -0.75 * log(0.75) - 0.25 * log(0.25), 1e-15, "Shannon");
	NEAR(mix.entropy, mix.shannon / log(2), 1e-15, "over its maximum");
	CHECK(mix_of(2, use, (double[]){1e308, 1e307}, &mix) == TB_OK && fabs(mix.simpson - 2 * 10. / 121) < 1e-15, "near the end of float8");
	CHECK(mix_of(2, use, (double[]){1.5e308, 1.5e308}, &mix) == TB_OUT_OF_RANGE, "beyond it");
	CHECK(mix_of(1, use, (double[]){3}, &mix) == TB_OK && mix.entropy == 0 && mix.simpson == 0 && mix.dominance == 1, "one use");
	CHECK(mix_of(1, use, (double[]){0}, &mix) == TB_UNDEFINED, "no area");
	return unit_done();
}
