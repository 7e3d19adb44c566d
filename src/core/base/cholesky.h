/* cholesky.h -- symmetric systems in double-double, with rank by relative pivots
 *
 * A = L D L' with unit lower L (the square-root-free Cholesky), columns in their given order. A pivot not above tolerance * A_ii means that the column
 * is a combination of earlier ones: it is dropped, never repaired by a pseudo-inverse. The test is relative per column, hence indifferent to units.
 */
#ifndef TB_CHOLESKY_H
#define TB_CHOLESKY_H

#include <stdbool.h>
#include <stdint.h>

#include "dd.h"

/* Exact duplicates, scaled and summed columns leave pivots near 1e-30; a column perturbed by 1e-9 leaves 1e-20, the 10th power of NIST's Filip 1e-15. */
#define TB_PIVOT_TOLERANCE 1e-22

/* n * n row-major, lower triangle read; becomes L below D. dropped[n] is set. Gives the rank. */
extern uint32_t tb_cholesky(TbDd *a, uint32_t n, double tolerance, bool *dropped);

/* A x = b in place; dropped rows come out 0 */
extern void tb_cholesky_solve(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b);

/* Full n * n inverse over the columns that were kept, 0 elsewhere */
extern void tb_cholesky_inverse(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *inverse);

/* b' A^-1 b by forward substitution, which overwrites b */
extern TbDd tb_cholesky_quadratic(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b);

/* 1 / (|R|_1 |R^-1|_1) of the upper factor with columns scaled to unit length; 1 for orthogonal columns, 0 when none was kept */
extern double tb_cholesky_condition(const TbDd *factor, uint32_t n, const bool *dropped, const double *diagonal);

#endif
