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
 * tb_step, which has the one counter of the core. */
extern void tb_tick(void);

#define TB_STEPS 4096 /* at most a few milliseconds of work */

/* Steps until the next tick. Never set back but by a tick: a count that began anew in every call or replicate might never get there. */
extern __attribute__((visibility("hidden"))) size_t tb_steps_left;

extern void tb_rest(size_t n);
/* All steps so far: the work of a call as a number that no busy machine changes (test/tap/growth.sql) */
extern uint64_t tb_steps_done(void);

/* So many simple steps have been done, or are about to be */
static inline void tb_steps(size_t n)
{
	if (__builtin_expect(n >= tb_steps_left, 0))
		tb_rest(n);
	else
		tb_steps_left -= n;
}

/* In every loop over rows, however few: for (size_t i = 0; i < n; i++, tb_step()) */
static inline void tb_step(void)
{
	tb_steps(1);
}

#define TB_PIECE 1024

/* The end of the next piece of the rows from .. n - 1, with its steps counted */
static inline size_t tb_piece(size_t from, size_t n)
{
	size_t end = n - from > TB_PIECE ? from + TB_PIECE : n;

	tb_steps(end - from);
	return end;
}

/* for (size_t i = from; i < n; i++, tb_step()), but counted by the piece: where the body is a few instructions, counting each row is a tenth of the time */
#define TB_ROWS(i, from, n) for (size_t i = (from), i##_end = i; i < i##_end || (i < (n) && (i##_end = tb_piece(i, n)) > i); i++)

#define TB_COPY_BETWEEN_TICKS ((size_t)4 << 20)
/* memcpy of what may be large: into fresh pages a gigabyte takes the better part of a second */
static inline void tb_copy(void *to, const void *from, size_t size)
{
	for (size_t done = 0, part; done < size; done += part) {
		part = size - done < TB_COPY_BETWEEN_TICKS ? size - done : TB_COPY_BETWEEN_TICKS;
		memcpy((char *)to + done, (const char *)from + done, part);
		tb_steps(part / (TB_COPY_BETWEEN_TICKS / TB_STEPS));
	}
}
/* How far a long solver has come, for a reader who waits: shown at most once a second, not within the first. Start with done = 0; costs a clock
 * reading, so call it every few thousand steps. */
extern void tb_progress(const char *what, double done, double of);

#endif
