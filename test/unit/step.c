/* unit test of core/base/step: short loops inside long ones add up to ticks, and nothing but a tick sets the count back */
#include "../../src/core/base/step.h"

#include "unit.h"

extern unsigned long unit_ticks;

static void short_loop(size_t n)
{
	for (size_t i = 0; i < n; i++, tb_step())
		;
}

int main(void)
{
	unsigned long before;

	CHECK(tb_steps_left == TB_STEPS && unit_ticks == 0, "begins full");
	short_loop(TB_STEPS - 1);
	CHECK(unit_ticks == 0 && tb_steps_left == 1, "one step short");
	short_loop(1);
	CHECK(unit_ticks == 1 && tb_steps_left == TB_STEPS, "a tick, and full again");
	for (int replicate = 0; replicate < 100 * TB_STEPS; replicate++)
		short_loop(3);
	CHECK(unit_ticks == 301, "three steps in each of many replicates");
	before = unit_ticks;
	tb_steps((size_t)1 << 40);
	CHECK(unit_ticks == before + 1, "a large step is one tick");
	for (int i = 0; i < 64; i++)
		tb_steps(TB_STEPS / 64);
	CHECK(unit_ticks == before + 2, "heavy steps count by their weight");
	return unit_done();
}
