/* functional_area.h -- labour market areas: zones grouped so that most people live and work in the same group
 *
 * Travel-to-work areas after Coombes & Bond 2008 in the explicit form of Franconi, D'Alo & Ichim 2016 (ISTAT, Eurostat's EU method).
 *   sc(C) = min(f_CC / R_C, f_CC / W_C)
 *   validity(C) = Y * Z * target_sc / min_sc, Y = min(1, sc / target_sc), Z = 1 - (1 - min_sc / target_sc) * S,
 *                 S = max(0, (target_size - R_C) / (target_size - min_size)); sc = 1 gives 1. Valid from 1.
 *   cohesion(c, C) = f_cC^2 / (R_c W_C) + f_Cc^2 / (R_C W_c)
 */
#ifndef TB_FUNCTIONAL_AREA_H
#define TB_FUNCTIONAL_AREA_H

#include "adjacency.h"
#include "../state/flow_set.h"
#include "../state/bag.h"

#define TB_NO_AREA UINT32_MAX

typedef struct TbAreaTargets {
	double min_size, target_size;                         /* employed residents */
	double min_self_containment, target_self_containment; /* fractions */
} TbAreaTargets;

typedef struct TbAreaTotals {
	double residents, jobs, within;
	double validity;
} TbAreaTotals;

/* Why a zone is in an area or in none */
typedef enum TbAreaStatus {
	TB_AREA_MEMBER,
	TB_AREA_NO_RESIDENTS,
	TB_AREA_NO_JOBS,
	TB_AREA_NO_LINK,
	TB_AREA_UNASSIGNED,
	TB_AREA_STATUSES
} TbAreaStatus;

typedef struct TbAreas {
	uint32_t zones;
	uint8_t *status;      /* [zones] TbAreaStatus */
	uint32_t *area;       /* [zones] smallest member, or TB_NO_AREA */
	TbAreaTotals *totals; /* [zones], meaningful at each area's smallest member */
	uint32_t areas;
	uint32_t count[TB_AREA_STATUSES]; /* zones of each status */
	uint32_t reserved;                /* zones that passed through the reserve list */
} TbAreas;

extern double tb_area_validity(const TbAreaTargets *targets, double residents, double jobs, double within);
extern TbStatus tb_labour_market_areas(const TbFlows *flows, const TbAreaTargets *targets, TbAreas *areas);

/* The rows as a state; its parameters: min and target size, min and target self-containment */
extern const TbBagKind tb_labour_market;
extern bool tb_labour_market_params_ok(const double *param, uint64_t n);

#endif
