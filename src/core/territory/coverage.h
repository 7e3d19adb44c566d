/* coverage.h -- what share of a population is reached by something: stops, open space, plans
 *
 * State: words = { limit of the first distance, of the second, reached hi, lo, total hi, lo, not known hi, lo }.
 */
#ifndef TB_COVERAGE_H
#define TB_COVERAGE_H

#include "../state/state.h"

typedef enum TbReach { TB_REACHED, TB_NOT_REACHED, TB_REACH_UNKNOWN } TbReach;

extern const TbShape tb_coverage_shape;

extern TbState *tb_coverage_new(double limit_a, double limit_b);
/* Are the limits those of the state? */
extern int tb_coverage_same(const TbState *state, double limit_a, double limit_b);
/* TB_OUT_OF_RANGE where a sum overflows */
extern TbStatus tb_coverage_add(TbState *state, double population, TbReach reach);
/* Per cent of the population; what is not known counts as not reached. TB_UNDEFINED without population. */
extern TbStatus tb_coverage_percent(const TbState *state, double *percent);

#endif
