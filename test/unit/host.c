/* host.c -- the core's host in unit tests: malloc, and a tick that only counts */
#include "../../src/core/base/host.h"

#include <stdint.h>
#include <stdlib.h>

#include "growth.h"
#include "unit.h"

unsigned long unit_ticks = 0;

void *tb_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *tb_alloc_zero(size_t n, size_t size)
{
	void *p;

	if (size && n > SIZE_MAX / size)
		abort();
	p = calloc(n ? n : 1, size ? size : 1);
	if (!p)
		abort();
	return p;
}

void tb_free(void *p)
{
	free(p);
}

void tb_tick(void)
{
	unit_ticks++;
}

void tb_progress(const char *what, double done, double of)
{
	(void)what;
	(void)done;
	(void)of;
	unit_ticks++;
}
