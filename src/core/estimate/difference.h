/* difference.h -- differences in differences from cell sums: what happened to the treated beyond what happened to the others
 *
 * estimate = (m11 - m10) - (m01 - m00) over means by (treated, post). With S_c the squared deviations of cell c, n_c its rows:
 * classical s^2 sum 1 / n_c with s^2 = sum S_c / (n - 4); HC0 sum S_c / n_c^2; HC1 = HC0 n / (n - 4); HC2 sum S_c / (n_c (n_c - 1));
 * HC3 sum S_c / (n_c - 1)^2: the sandwiches of the saturated regression in closed form. An event study is the same with one post cell per period,
 * each against the base period, and s^2 over all cells.
 */
#ifndef TB_DIFFERENCE_H
#define TB_DIFFERENCE_H

#include "../state/cell_set.h"
#include "robust.h"

typedef struct TbDifference {
	double estimate, se, hc0, hc1, hc2, hc3, p, df, sigma;
	double mean[2][2]; /* [treated][post], NaN where empty */
	uint64_t n, clusters;
} TbDifference;

extern TbStatus tb_difference_add(TbState **state, double y, int32_t treated, int32_t period);
extern TbStatus tb_difference(const TbState *state, TbDifference *result);

/* Rows for tb_cluster_add: y on 1, treated, post, treated * post, and y^2 in a fifth column that carries the cell sums of squares */
#define TB_DIFFERENCE_COLUMNS 5
extern void tb_difference_row(double y, bool treated, bool post, double *x);
extern TbStatus tb_difference_cluster(const TbState *state, TbDifference *result);

typedef struct TbEvent {
	int32_t period;
	double estimate, se, hc1, p;
	uint64_t treated, control;
	double df; /* of p: rows less cells */
} TbEvent;

/* One event per period of either group; against the base period, whose own estimate is 0; NaN where a cell is empty */
extern TbStatus tb_event_study(const TbState *state, int32_t base, TbEvent **events, size_t *n);

#endif
