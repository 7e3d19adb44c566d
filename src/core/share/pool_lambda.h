/* pool_lambda.h -- the exact lambda of a feasible pool (internal to the kernel; see pool.h) */
#ifndef TB_POOL_LAMBDA_H
#define TB_POOL_LAMBDA_H

#include "pool.h"

/* Bounds are whole units and the pool is feasible. Sets numerator, denominator and the status of rows that lambda holds at a bound. */
extern TbStatus tb_pool_lambda(const TbPool *pool, TbPoolSolution *solution);

#endif
