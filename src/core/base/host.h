/* host.h -- what the core asks of its host: memory and a chance to be interrupted
 *
 * The server (src/host.c) gives memory of the current context and may leave by an error from any of these; unit tests (test/unit/host.c)
 * give malloc. So core code must hold nothing that a long jump would lose: only memory from tb_alloc.
 */
#ifndef TB_HOST_H
#define TB_HOST_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The largest value that a server takes, its MaxAllocSize: states and results end here, working memory does not */
#define TB_VALUE_LIMIT ((uint64_t)0x3fffffff)

/* Never NULL; above 1 GB too. Not zeroed. */
extern void *tb_alloc(size_t size);
/* n * size with overflow checked, zeroed */
extern void *tb_alloc_zero(size_t n, size_t size);
/* NULL is nothing to free */
extern void tb_free(void *p);
/* The block of `had` bytes with room for `size`: enlarged, perhaps elsewhere, where the host keeps it as a growing state; else a new block, and the old
 * one stays its owner's. */
extern void *tb_grow(void *p, size_t had, size_t size);
/* A zeroed block to take the place of p; where the host keeps p as a growing state, it lies with it. Then tb_give_back(p) frees p there and elsewhere leaves
 * it to its owner. */
extern void *tb_alloc_beside(void *p, size_t size);
extern void tb_give_back(void *p);
/* The host's chance to interrupt. Core calls it by itself only after a piece of work of its own, a row of a matrix or a geometry; loops over rows take
 * tb_step (step.h), which has the one counter of the core. */
extern void tb_tick(void);

#define TB_COPY_BETWEEN_TICKS ((size_t)4 << 20)

/* How far a long solver has come, for a reader who waits: shown at most once a second, not within the first. Start with done = 0; costs a clock
 * reading, so call it every few thousand steps. */
extern void tb_progress(const char *what, double done, double of);

#endif
