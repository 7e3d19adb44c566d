/* ascend.h -- ascending order of numbers that are not negative (their bits sort like integers) */
#ifndef TB_ASCEND_H
#define TB_ASCEND_H

#include <stddef.h>

/* Sorts x[n]; scratch has n elements too */
extern void tb_ascend(double *x, double *scratch, size_t n);

#endif
