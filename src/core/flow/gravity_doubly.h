/* gravity_doubly.h -- the part of core/gravity that balances */
#ifndef TB_GRAVITY_DOUBLY_H
#define TB_GRAVITY_DOUBLY_H

#include "interaction.h"

#define TB_GRAVITY_LIMIT 200       /* steps */
#define TB_GRAVITY_PIVOT 1e-10     /* smallest share of a regressor that the others may leave */
#define TB_GRAVITY_PRECISION 1e-11 /* of the coefficients of scaled regressors */

/* mu = A_i B_j exp(b c) with the margins of the observed flows, for the c (centred and scaled) of each pair; variance of b. Masses are not read. */
extern TbStatus tb_gravity_doubly(const TbGravityData *data, const double *c, double *b, double *variance, double *mu, uint32_t *iterations);

#endif
