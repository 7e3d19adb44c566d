/* simplex.h -- small linear programs: the largest c x over A x <= b, x >= 0, where b >= 0
 *
 * A dictionary (Chvatal, Linear Programming, 1983, chapters 2 and 3) of `rows` + 1 lines of `columns` + 1 numbers: line i holds row i of A, then b_i;
 * the last line holds c, then 0. The start x = 0 meets every row. The column of the largest gain enters; while a step gains nothing Bland's rule is kept
 * to, which ends. Ties go to the smaller variable, so one input has one answer. Numbers should be of one size, about 1: what is within 1e-11 of 0 is 0.
 */
#ifndef TB_SIMPLEX_H
#define TB_SIMPLEX_H

#include <stddef.h>

#include "status.h"

/* Rewrites the dictionary. x: `columns` numbers. price: NULL, or `columns` numbers, what one unit of each x that
 * stays 0 would cost, then `rows` numbers, what one unit more of each b would bring (the dual).
 * TB_INFEASIBLE: some b is below 0. TB_OUT_OF_RANGE: there is no largest value. TB_NOT_CONVERGED: rounding kept it going for 50 (rows + columns) + 10000 steps. */
extern TbStatus tb_simplex(double *dictionary, size_t rows, size_t columns, double *x, double *price);

#endif
