/* location_problem.h -- from a table to the kernel's problem and back: what location_solve.c and facility_solve.c share */
#ifndef TB_LOCATION_PROBLEM_H
#define TB_LOCATION_PROBLEM_H

#include "location.h"
#include "location_kernel.h"

#define TB_LOCATION_WHOLE 1e-6 /* an uncovered demand counts 1 */

extern uint32_t tb_location_fixed(const TbLocationTable *table);
/* A problem over the rows within reach, with room for their charges */
extern TbLocationProblem tb_location_within(const TbLocationTable *table, uint32_t p, double reach);
extern void tb_location_release(TbLocationProblem *problem);
/* Charges of weight times cost, scaled by the power of two that comes back, and outside dearer than all; *most: serving all at their worst */
extern int tb_location_charge(const TbLocationTable *table, TbLocationProblem *problem, double *most);
/* Each demand to its cheapest open site within reach; the worst cost */
extern double tb_location_assign(const TbLocationTable *table, double reach, TbLocationResult *result);
/* The first demand without a site within reach, or TB_NO_ID, and how many */
extern uint32_t tb_location_beyond(const TbLocationTable *table, double reach, uint32_t *n);
/* New array of the different costs from `least` up */
extern double *tb_location_radii(const TbLocationTable *table, double least, size_t *n);
/* Before charges are set: p sites cover the demands that remain, with more of them fixed, where p sites cover all. False: they cannot. What stands in
 * outside[] moves with its demand. */
extern bool tb_location_reduce(TbLocationProblem *problem);
/* From objective and bound */
extern TbStatus tb_location_finish(TbLocationResult *result);

#endif
