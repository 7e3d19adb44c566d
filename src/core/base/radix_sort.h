/* radix_sort.h -- sorting rows of 64-bit keys, faster than comparisons
 *
 * Radix sort on the leading bits of the range that a block really covers, then an insertion pass over the little that is left. Numbers sort by a key
 * that keeps their order: the sign bit flipped for positive, all bits for negative values.
 */
#ifndef TB_RADIX_SORT_H
#define TB_RADIX_SORT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TB_SORT_STRIDE 5 /* words a row, at most */

/* Order-preserving and reversible for everything but NaN; -0 sorts before 0 */
static inline uint64_t tb_sort_key(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, 8);
	return bits ^ (-(bits >> 63) | UINT64_C(0x8000000000000000));
}

static inline double tb_sort_value(uint64_t key)
{
	double x;

	key ^= -(~key >> 63) | UINT64_C(0x8000000000000000);
	memcpy(&x, &key, 8);
	return x;
}

/* Sorts n rows of `stride` words by their first `columns` words, ascending; scratch holds as many words as rows do. Not stable. */
extern void tb_sort_rows(uint64_t *rows, uint64_t *scratch, size_t n, int stride, int columns);

#endif
