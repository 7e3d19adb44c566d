/* plan.h -- where a series is heading, and what is unusual in its last step
 *
 * The line is least squares on the last TB_PLAN_PERIODS periods without the one whose absence leaves the smallest sum of squares (least trimmed squares, one
 * trimmed: Rousseeuw 1984), so that one outlier does not turn it. A jump is the last change less the median of the changes before it, in their median
 * absolute deviations.
 */
#ifndef TB_PLAN_H
#define TB_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/status.h"

#define TB_PLAN_PERIODS 8 /* of the line */
#define TB_PLAN_FEWEST 4  /* no line through fewer */
#define TB_PLAN_CHANGES 5 /* earlier changes below which no jump is told */

typedef struct TbSeries {
	bool has_line, has_jump;
	double level, slope; /* of the line on the last day; per day */
	int run;             /* periods running up to the last in which the value rose; negative: fell */
	double jump;
} TbSeries;

/* n values on growing days. What float8 does not hold is left out. */
extern void tb_series(const double *day, const double *value, int64_t n, TbSeries *series);

#endif
