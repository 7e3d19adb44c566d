/* balance_scaled.h -- balancing where the factors leave float8 on the way, because seeds are hundreds of orders of magnitude apart */
#ifndef TB_BALANCE_SCALED_H
#define TB_BALANCE_SCALED_H

#include "interaction.h"

#define TB_BALANCE_LIMIT 20000 /* rounds */

/* As tb_balance, all totals above 0 with a seed; factors keep exponents of their own, at several times the cost */
extern TbStatus tb_balance_scaled(const TbPairs *pairs, const double *seed, const double *origin_total, const double *destination_total,
								  double tolerance, double *flow, TbBalance *balance);

#endif
