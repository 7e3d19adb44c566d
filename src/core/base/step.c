/* step.c -- the one count of steps between two ticks */
#include "step.h"

size_t tb_steps_left = TB_STEPS;

static uint64_t before; /* the last tick */

void tb_rest(size_t n)
{
	before += TB_STEPS - tb_steps_left + n;
	tb_steps_left = TB_STEPS;
	tb_tick();
}

uint64_t tb_steps_done(void)
{
	return before + TB_STEPS - tb_steps_left;
}
