/* unit test of core/waves: who is in which group, what is compared with what, and averages of comparisons whose influences are given */
#include "../../src/core/estimate/waves.h"

#include <string.h>

#include "samples.h"

/* Five units, waves 2, 2, 4, later than the last period, never; periods 1, 2, 4 */
static TbBag *panel(void)
{
	static uint32_t id[15];
	static double period[15], y[15], first[15];
	static TbBag bag = {.ids = 5, .rows = 15, .row_id = {id}, .value = {period, y, first}};
	const double wave[5] = {2, 2, 4, 9, NAN}, at[3] = {1, 2, 4};

	for (uint32_t i = 0; i < 15; i++) {
		id[i] = i / 3;
		period[i] = at[i % 3];
		y[i] = i * i;
		first[i] = wave[i / 3];
	}
	return &bag;
}

/* Part: the comparison's own number, once for all units */
static void add(const TbWaves *w, TbForm *f, const TbContrast *c, double weight)
{
	f->part[0] += weight * (1 + c->group + 10 * (w->period[c->t] == 4));
}

static double product(const TbWaves *w, const TbForm *a, const TbForm *b)
{
	double sum = a->part[0] * b->part[0];

	for (uint32_t g = 0; g < w->groups; g++)
		sum += a->constant[g] * b->constant[g] * w->size[g];
	return sum;
}

int main(void)
{
	TbWaves w;
	TbGroupTime r = {0};
	TbContrast *c;
	uint32_t at;
	TbBag *bag = panel();

	CHECK(tb_waves_read(bag, TB_NOT_YET, 1, &w, &r, &at) == TB_OK && w.units == 5 && w.groups == 3 && r.waves == 2 && r.never == 2,
		  "two waves; after the last period is never");
	CHECK(w.size[0] == 2 && w.size[1] == 1 && w.size[2] == 2 && w.group[2] == 1 && w.group[3] == 2, "groups");
	CHECK(ldexp(w.y[5], w.exponent) == 25 - 9 && w.y[3] == 0, "outcomes less the first of their unit");
	c = tb_waves_contrasts(&w, &r.n);
	CHECK(r.n == 4 && c[1].t == 2 && c[1].b == 0 && c[2].t == 1 && c[2].b == 0 && c[3].t == 2 && c[3].b == 1,
		  "from the period before the wave; before it from one to the next");
	CHECK(tb_waves_is_control(&w, c, 1) && tb_waves_is_control(&w, c, 2) && !tb_waves_is_control(&w, c + 1, 1), "wave 4 is a control in 2, not in 4");
	CHECK(!tb_waves_is_control(&w, c + 2, 0), "who is treated in 2 is no control then");
	w.controls = TB_NEVER;
	CHECK(!tb_waves_is_control(&w, c, 1) && tb_waves_have_controls(&w, &r), "never: later waves are none");
	w.length = 1;
	w.add = add;
	w.product = product;
	for (int k = 0; k < 4; k++) {
		c[k].value = ldexp(k + 1, -w.exponent);
		c[k].known = k != 2;
	}
	CHECK(tb_waves_effects(&w, c, &r) == TB_OK && r.effect[3].effect.value == 4 && r.effect[3].group == 4 && r.effect[3].period == 4,
		  "effects in their order, with their scale");
	CHECK(isnan(r.effect[2].effect.se) && ldexp(r.effect[1].effect.se, -w.exponent) == 11, "an error where it is known");
	NEAR(r.simple.value, (2 * 1 + 2 * 2 + 1 * 4) / 5.0, 1e-15, "pooled: by units of the wave");
	NEAR(r.group.overall.value, (2 * 1.5 + 1 * 4) / 3, 1e-15, "each wave's mean first");
	NEAR(r.calendar.point[1].effect.value, (2 * 2 + 1 * 4) / 3.0, 1e-15, "two waves in period 4");
	/* weights 2/3 and 1/3: part 2/3 11 + 1/3 12; constants (value - mean) / 3 for 2 units and 1 */
	NEAR(ldexp(r.calendar.point[1].effect.se, -w.exponent), sqrt(34.0 * 34 / 9 + ldexp(2 * 4.0 / 81 + 16.0 / 81, -2 * w.exponent)), 1e-14,
		 "weights are estimated too");
	CHECK(r.exposure.n == 3 && r.exposure.point[0].at == -2 && r.pretest_df == 1 && isnan(r.pretest), "a placebo, without an error no test");
	bag->value[0][1] = 1;
	CHECK(tb_waves_read(bag, TB_NEVER, 1, &w, &r, &at) == TB_INVALID && at == 0, "two outcomes in a period");
	return unit_done();
}
