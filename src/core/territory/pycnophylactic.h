/* pycnophylactic.h -- people of zones as a smooth surface of cells that keeps every zone's total (Tobler 1979)
 *
 * Begin with each zone's people evenly over its cells. A step: every cell becomes r times itself plus (1 - r) times the mean of its four neighbours, a place where
 * no cell is given counting as the mean of all cells; what a zone then lacks is added evenly to its cells, what is below 0 becomes 0, and the zone is scaled to
 * its total. Steps end when no cell changes by as much as the largest cell of the beginning times the tolerance.
 */
#ifndef TB_PYCNOPHYLACTIC_H
#define TB_PYCNOPHYLACTIC_H

#include "grid.h"

typedef struct TbZoneCells {
	const TbGrid *grid;
	const uint32_t *zone; /* of each cell, in grid order */
	uint32_t zones;
	const double *total; /* of each zone, >= 0 */
} TbZoneCells;

/* people[cells]. TB_NOT_CONVERGED after TB_PYCNOPHYLACTIC_STEPS */
extern TbStatus tb_pycnophylactic(const TbZoneCells *zones, double relaxation, double tolerance, double *people);

#define TB_PYCNOPHYLACTIC_STEPS 10000

#endif
