/* adjacency.h -- flows seen from both ends: for each zone its neighbours with what goes out to them and what comes in from them
 *
 * The frame of every regionalisation: labour market areas, Intramax, dominant flows. The diagonal is kept apart, because live-and-work flows count in
 * the margins but join nobody to anybody.
 */
#ifndef TB_ADJACENCY_H
#define TB_ADJACENCY_H

#include "../state/flow_set.h"

typedef struct TbTie {
	uint32_t zone; /* the neighbour */
	double out;    /* flow to it */
	double in;     /* flow from it */
} TbTie;

typedef struct TbAdjacency {
	uint32_t zones;
	size_t *row;       /* [zones + 1]: ties of zone i are row[i] .. row[i + 1] - 1, neighbours ascending */
	TbTie *tie;        /* every linked pair stands in both rows */
	double *within;    /* [zones] diagonal */
	double *residents; /* [zones] row sum, diagonal included */
	double *jobs;      /* [zones] column sum, diagonal included */
	double total;
} TbAdjacency;

extern TbAdjacency *tb_adjacency(const TbFlows *flows);
extern void tb_adjacency_free(TbAdjacency *adjacency);

#endif
