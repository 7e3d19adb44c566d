/* step.h -- the one count of steps between two ticks of the host: what every loop over rows counts with
 *
 * It stands above host.h, and the server's side of the host (src/host.c) does not know it: core -> step -> host.
 */
#ifndef TB_STEP_H
#define TB_STEP_H

#include "host.h"

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

/* memcpy of what may be large: into fresh pages a gigabyte takes the better part of a second */
static inline void tb_copy(void *to, const void *from, size_t size)
{
	for (size_t done = 0, part; done < size; done += part) {
		part = size - done < TB_COPY_BETWEEN_TICKS ? size - done : TB_COPY_BETWEEN_TICKS;
		memcpy((char *)to + done, (const char *)from + done, part);
		tb_steps(part / (TB_COPY_BETWEEN_TICKS / TB_STEPS));
	}
}

#endif
