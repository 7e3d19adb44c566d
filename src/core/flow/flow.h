/* flow.h -- indices of a system of flows, of its zones and of its links
 *
 * M_ij flow from i to j, i <> j; O_i and D_i its row and column sums, M its total; n zones, N = n (n - 1) cells, those without a flow included. Ginis:
 * Plane & Mulligan 1997 (uncorrected), Bell et al. 2002 (corrected); variation: Rogers & Sweeney 1998; effectiveness: Shryock & Siegel; connectivity
 * and inequality: Bell et al. 2002; dominance, strength, symmetry: Limtanakool, Dijst & Schwanen 2007. NaN: undefined.
 */
#ifndef TB_FLOW_H
#define TB_FLOW_H

#include "../state/flow_set.h"

typedef struct TbFlowProfile {
	uint32_t zones;
	size_t links; /* cells > 0 */
	double total, intrazonal, interzonal, connectivity, effectiveness, inequality;
	double gini_total, gini_total_corrected, gini_rows, gini_columns, gini_exchange;
	double mwg_in, mwg_out, acv_in, acv_out, entropy, reciprocity, self_containment;
} TbFlowProfile;

typedef struct TbZoneFlow {
	double inflow, outflow, intrazonal, net, turnover, effectiveness;
	uint32_t in_degree, out_degree;
	double supply_self_containment, demand_self_containment, job_ratio, dominance, symmetry, field_gini_in, field_gini_out, outflow_entropy;
	uint32_t main_destination; /* TB_NO_ID: none */
	double main_destination_share;
	double cv_in, cv_out, outflow_evenness, outflow_concentration;
} TbZoneFlow;

typedef struct TbLinkFlow {
	uint32_t a, b; /* a < b */
	double flow_ab, flow_ba, net, strength, symmetry;
} TbLinkFlow;

/* A zone that sends to each other zone what the rest of them do together, or receives so: a row or column of totals left among the data. TB_NO_ID: none.
 * At least two others send (receive) and three receive (send), so that two zones alike are not taken for it. */
extern uint32_t tb_flow_total_zone(const TbFlows *flows);
/* TB_OUT_OF_RANGE where a total overflows */
extern TbStatus tb_flow_profile(const TbFlows *flows, TbFlowProfile *profile);
/* One for each zone, in their order */
extern TbStatus tb_zone_flows(const TbFlows *flows, TbZoneFlow **zone);
/* One for each pair of zones with a flow between them, sorted */
extern TbStatus tb_link_flows(const TbFlows *flows, TbLinkFlow **link, size_t *n);

#endif
