/* step.c -- the one count of steps between two ticks */
#include "host.h"

size_t tb_steps_left = TB_STEPS;

void tb_rest(void)
{
	tb_steps_left = TB_STEPS;
	tb_tick();
}
