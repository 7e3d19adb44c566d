/* growth.h -- growing states in hosts that keep none: always a new block, and the old one stays its owner's */
#ifndef GROWTH_H
#define GROWTH_H

#include <string.h>

#include "../../src/core/base/host.h"

void *tb_grow(void *p, size_t had, size_t size)
{
	return memcpy(tb_alloc(size), p, had);
}

void *tb_alloc_beside(void *p, size_t size)
{
	(void)p;
	return tb_alloc_zero(1, size);
}

void tb_give_back(void *p)
{
	(void)p;
}

#endif
