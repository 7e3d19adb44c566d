/* arena.h -- the host of a fuzz target: one run's memory is freed at its end, as a memory context would; nothing ticks */
#ifndef ARENA_H
#define ARENA_H

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"

static void **blocks;
static size_t n_blocks, room;

void *tb_alloc(size_t size)
{
	void *p;

	if (size > (size_t)1 << 30)
		abort(); /* a length that lies must not reach the allocator */
	p = malloc(size ? size : 1);
	if (n_blocks == room)
		blocks = realloc(blocks, (room = room * 2 + 64) * sizeof(void *));
	return blocks[n_blocks++] = p;
}

void *tb_alloc_zero(size_t n, size_t size)
{
	return memset(tb_alloc(n * size), 0, n * size);
}

void tb_free(void *p)
{
	for (size_t i = n_blocks; i-- > 0;)
		if (blocks[i] == p) {
			blocks[i] = blocks[--n_blocks];
			break;
		}
	free(p);
}

static void arena_reset(void)
{
	while (n_blocks > 0)
		free(blocks[--n_blocks]);
}

void tb_tick(void)
{
}

void tb_progress(const char *what, double done, double of)
{
	(void)what;
	(void)done;
	(void)of;
}

#endif
