/* symmetric.h -- eigenvalues of symmetric matrices by Jacobi rotations: small ones, to full precision */
#ifndef TB_SYMMETRIC_H
#define TB_SYMMETRIC_H

#include <stddef.h>

/* a: n * n, used up; value[n]; vectors as columns of vector[n * n] */
extern void tb_symmetric_eigen(double *a, size_t n, double *value, double *vector);

#endif
