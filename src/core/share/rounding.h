/* rounding.h -- controlled rounding of counts to a base: every count goes to an adjacent multiple, and so does their sum
 *
 * Counts that are multiples stay (zero-restricted rounding: Fellegi 1975; Cox 1987, J. Am. Stat. Assoc. 82:520). With r the remainders, either floor or ceiling of
 * sum(r) / base of the others go up, so the sum of the rounded counts is a multiple next to the true sum.
 */
#ifndef TB_ROUNDING_H
#define TB_ROUNDING_H

#include <stdint.h>

#include "../base/status.h"

/* Nearest multiples under that constraint: the sum goes to its nearest multiple (a half upwards), the counts with the largest remainders go up; equal
 * remainders: the larger count, then the earlier row. count[] >= 0, base >= 1. TB_OUT_OF_RANGE where a multiple exceeds int64. */
extern TbStatus tb_round_nearest(const int64_t *count, int64_t n, int64_t base, int64_t *rounded);

/* Unbiased: every count, and the sum, goes up with probability remainder / base. Systematic sampling along a random order of the rows. */
extern TbStatus tb_round_random(const int64_t *count, int64_t n, int64_t base, uint64_t seed, int64_t *rounded);

#endif
