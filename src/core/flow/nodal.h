/* nodal.h -- who looks up to whom: dominant flows (Nystuen & Dacey 1961) and modularity of a partition (directed, weighted) */
#ifndef TB_NODAL_H
#define TB_NODAL_H

#include "../state/flow_set.h"

#define TB_NO_ZONE UINT32_MAX

typedef enum TbNodalRole { TB_NODAL_DOMINANT, TB_NODAL_INTERMEDIATE, TB_NODAL_DOMINATED, TB_NODAL_ISOLATED } TbNodalRole;

typedef struct TbNodalLink {
	uint32_t dominant; /* destination of the largest outflow if its inflow exceeds the zone's own, else TB_NO_ZONE */
	double flow;       /* that outflow, 0 without one */
	TbNodalRole role;
	uint32_t hub; /* where following the dominant flows ends; itself for a root */
} TbNodalLink;

/* link has one entry a zone. The diagonal plays no part; equal outflows: the smallest id. */
extern TbStatus tb_dominant_flows(const TbFlows *flows, TbNodalLink *link);

/* Q = (1/T) sum over areas (f_CC - R_C W_C / T), flows between areas */
extern TbStatus tb_modularity(const TbFlows *flows, double *q);

#endif
