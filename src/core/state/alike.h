/* alike.h -- are two states the same sums, added in another order?
 *
 * A double-double sum of the same terms has one high part in any order, and a low part that may differ in its last bits. Such states yield the same
 * results; who stores them need not write them again.
 */
#ifndef TB_ALIKE_H
#define TB_ALIKE_H

#include "state.h"

/* Words of two states of one shape in host order: all equal but for low parts, which differ by at most 2^-90 of their high part. Shapes without
 * double-double sums: all equal. */
extern bool tb_words_alike(TbShapeCode shape, const uint64_t *a, const uint64_t *b, uint64_t words);

#endif
