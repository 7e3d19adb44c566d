/* merge_sort.h -- sorting that can be interrupted: stable merges in memory from tb_alloc */
#ifndef TB_MERGE_SORT_H
#define TB_MERGE_SORT_H

#include <stddef.h>

/* Ascending; no NaN */
extern void tb_sort_doubles(double *x, size_t n);

/* Pointers, by a comparison of what they point to */
extern void tb_sort_pointers(const void **p, size_t n, int (*compare)(const void *a, const void *b));

#endif
