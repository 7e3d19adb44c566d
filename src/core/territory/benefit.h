/* benefit.h -- benefit of the doubt: for each unit the weights that show it in its best light
 *
 * The largest sum_j w_j y_cj over w >= 0 with sum_j w_j y_kj <= 1 for every unit k (Melyn and Moesen 1991; Cherchye, Moesen, Rogge and Van Puyenbroeck, Social
 * Indicators Research 82 (2007) 111-145), and where bounds are given low_j <= w_j y_cj / sum_i w_i y_ci <= high_j: the share of each part in the unit's own
 * index. A linear program for each unit; only units that no other one equals or surpasses in every part can bind.
 */
#ifndef TB_BENEFIT_H
#define TB_BENEFIT_H

#include <stddef.h>

#include "../base/status.h"

/* scores: units * parts, row by row, none below 0; low and high: parts each, or NULL. index: units, 0 to 1; share: units * parts, NaN in the row of a unit
 * whose index is 0. TB_OUT_OF_RANGE: a score below 0. TB_INVALID: low above high, or bounds that no shares can meet. */
extern TbStatus tb_benefit_of_the_doubt(const double *scores, size_t units, int parts, const double *low, const double *high, double *index,
										double *share);

#endif
