/* logit.h -- the chance of a yes given regressors: logistic regression by maximum likelihood
 *
 * p_i = 1 / (1 + exp(-x_i'b)); Newton's method from b = 0, steps halved while the likelihood falls. Where regressors tell the two sides apart, wholly or for
 * some rows, there is no maximum: b grows without end, and there is no answer. McCullagh and Nelder 1989, 4.4; Albert and Anderson 1984 on separation.
 */
#ifndef TB_LOGIT_H
#define TB_LOGIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/dd.h"
#include "../base/status.h"

typedef struct TbLogit {
	double *odds;     /* p / (1 - p) of each row */
	double *residual; /* yes - p, in full precision where p is near the answer */
	TbDd *factor;     /* of sum p (1 - p) x x', for tb_cholesky_solve; of full rank */
} TbLogit;

/* x: n rows of p regressors, a constant among them if there is one; best near 1 in size. TB_UNDEFINED: a regressor is a combination of others;
 * TB_NOT_CONVERGED: separation */
extern TbStatus tb_logit(const double *x, const bool *yes, size_t n, uint32_t p, TbLogit *result);

#endif
