/* projection.h -- populations by cells (age, sex, zone, or land by use) moved forward by constant rates: x(t + 1) = G x(t)
 *
 * Cohort component and multiregional projection (Leslie 1945; Rogers 1966) are this with a cell for each age, sex and zone: survivors go from a cell to the
 * next age, movers to the next age of another zone, births from the cells of mothers to the youngest. So is a Markov chain of land use.
 */
#ifndef TB_PROJECTION_H
#define TB_PROJECTION_H

#include "../state/bag.h"

typedef struct TbProjectionTable {
	uint32_t cells;
	const TbId **id; /* ascending */
	double *start;   /* [cells] 0 where no row gives one */
	size_t *row;     /* [cells + 1] by destination: where a cell gets from, ascending */
	uint32_t *from;
	double *rate;
} TbProjectionTable;

/* TB_MISMATCH: *fault is the id (in the bag) of a cell with two populations. TB_UNDEFINED: no row */
extern TbStatus tb_projection_table(const TbBag *bag, TbProjectionTable *table, uint32_t *fault);

/* x: [cells], moved one step on. TB_OUT_OF_RANGE: a cell leaves float8. */
extern TbStatus tb_projection_step(const TbProjectionTable *table, double *x);

/* Source cell, destination cell or none, rate, population of the source; parameter: steps */
extern const TbBagKind tb_projection_kind;
extern bool tb_projection_params_ok(const double *param, uint64_t n);

#define TB_PROJECTION_STEPS 1000

#endif
