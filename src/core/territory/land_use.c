/* land_use.c -- entropy, Simpson and dominance of uses */
#include "land_use.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"

static bool params_ok(const double *param, uint64_t n)
{
	(void)param;
	return n == 0;
}

TB_BAG_KIND(tb_land_use_kind, "land_use_state", TB_SHAPE_LAND_USE, 1, 1, 0, 0, params_ok, 0)

/* Areas by use and of all, over a power of two. Rows come in one order. */
static double *areas(const TbBag *bag, TbDd *total, int *exponent)
{
	double *x = tb_alloc(bag->rows * sizeof(double)), *area = tb_alloc(bag->ids * sizeof(double));
	TbDd *sum = tb_alloc_zero(bag->ids, sizeof(TbDd));

	*exponent = tb_shrink(bag->value[0], bag->rows, x);
	for (size_t i = 0; i < bag->rows; i++, tb_step())
		sum[bag->row_id[0][i]] = tb_dd_add_d(sum[bag->row_id[0][i]], x[i]);
	*total = (TbDd){0, 0};
	for (uint32_t k = 0; k < bag->ids; k++, tb_step()) {
		area[k] = tb_dd_value(sum[k]);
		*total = tb_dd_add(*total, sum[k]);
	}
	tb_free(x);
	tb_free(sum);
	return area;
}

TbStatus tb_land_use_mix(const TbBag *bag, TbLandUseMix *mix)
{
	TbDd total, entropy = {0, 0}, apart = {0, 0};
	int exponent;
	double *area = areas(bag, &total, &exponent), all = tb_dd_value(total);

	*mix = (TbLandUseMix){0};
	if (!(all > 0))
		return TB_UNDEFINED;
	for (uint32_t k = 0; k < bag->ids; k++, tb_step()) {
		double share = area[k] / all;

		if (!(area[k] > 0))
			continue;
		mix->uses++;
		entropy = tb_dd_add_d(entropy, -share * log(share));
		apart = tb_dd_add_d(apart, share * (tb_dd_value(tb_dd_sub(total, tb_dd(area[k]))) / all));
		if (share > mix->dominance) {
			mix->dominance = share;
			mix->largest = k;
		}
	}
	mix->area = ldexp(all, exponent);
	mix->shannon = mix->uses > 1 ? tb_dd_value(entropy) : 0;
	mix->entropy = mix->uses > 1 ? fmin(1, mix->shannon / log(mix->uses)) : 0;
	mix->simpson = fmax(0, tb_dd_value(apart));
	tb_free(area);
	return isinf(mix->area) ? TB_OUT_OF_RANGE : TB_OK;
}
