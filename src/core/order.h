/* order.h -- sorting that can be interrupted: stable merges in memory from tb_alloc */
#ifndef TB_ORDER_H
#define TB_ORDER_H

#include <stddef.h>

/* Ascending; no NaN */
extern void tb_sort_doubles(double *x, size_t n);

/* Pointers, by a comparison of what they point to */
extern void tb_sort_pointers(const void **p, size_t n, int (*compare)(const void *a, const void *b));

#endif
