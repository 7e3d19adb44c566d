/* merge_sort.h -- sorting that can be interrupted: stable merges in memory from tb_alloc */
#ifndef TB_MERGE_SORT_H
#define TB_MERGE_SORT_H

#include <stddef.h>

/* Ascending; no NaN */
extern void tb_sort_doubles(double *x, size_t n);
/* The same, each value once; gives their number */
extern size_t tb_distinct_doubles(double *x, size_t n);
/* Number of ascending values below x: its position, or where it belongs */
extern size_t tb_place_of(const double *sorted, size_t n, double x);

/* Pointers, by a comparison of what they point to */
extern void tb_sort_pointers(const void **p, size_t n, int (*compare)(const void *a, const void *b));

#endif
