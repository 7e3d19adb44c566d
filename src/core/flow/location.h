/* location.h -- where services should stand: p-median, maximal covering, set covering and p-centre over sparse rows of demand, site and cost
 *
 * All four are one problem: open p sites so that charges are least, each demand taking its cheapest open site or, dearer than any, "outside". The
 * p-median charges weight times cost; covering charges nothing within reach and the weight outside; set covering and the p-centre ask whether p
 * sites leave nobody outside. Sites and demands are numbered by id, which settles every tie.
 */
#ifndef TB_LOCATION_H
#define TB_LOCATION_H

#include "../state/bag.h"

typedef struct TbLocationTable {
	uint32_t demands, sites;
	const TbId **demand_id, **site_id; /* ascending */
	double *weight;                    /* [demands] > 0 */
	bool *fixed;                       /* [sites] must be open, or are open today */
	size_t *row;                       /* [demands + 1] the sites that a demand reaches, cheapest first, then by id */
	uint32_t *site;
	double *cost;
} TbLocationTable;

/* What a demand, or a demand and a site, is at fault for: indices into the bag's ids */
typedef enum TbLocationFault { TB_LOCATION_TWICE, TB_LOCATION_WEIGHTS, TB_LOCATION_FIXED, TB_LOCATION_TERMS } TbLocationFault;
typedef struct TbLocationError {
	TbLocationFault fault;
	uint32_t demand, site;
} TbLocationError;

/* TB_MISMATCH: see *error. TB_UNDEFINED: no demand */
extern TbStatus tb_location_table(const TbBag *bag, TbLocationTable *table, TbLocationError *error);

typedef struct TbLocationResult {
	double objective, bound;
	double gap;         /* of both, in parts of the objective */
	bool proven;        /* the optimum; bound is the objective then */
	bool *open;         /* [sites] */
	uint32_t *assigned; /* [demands] site, or TB_NO_ID */
	double *cost;       /* [demands] NaN where none */
	uint32_t unserved;  /* demands without a site */
	uint32_t least;     /* TB_INFEASIBLE: so many sites at least are needed; 0 where p sites may do */
	uint32_t example;   /* TB_INFEASIBLE: a demand that is left out */
} TbLocationResult;

/* TB_INVALID: more than p sites are fixed. TB_INFEASIBLE: see *result. TB_OUT_OF_RANGE: the objective is beyond float8. */
extern TbStatus tb_p_median(const TbLocationTable *table, uint32_t p, TbLocationResult *result);
extern TbStatus tb_maximal_cover(const TbLocationTable *table, uint32_t p, double threshold, TbLocationResult *result);
extern TbStatus tb_set_cover(const TbLocationTable *table, double threshold, TbLocationResult *result);
extern TbStatus tb_p_centre(const TbLocationTable *table, uint32_t p, TbLocationResult *result);

/* Of each site: weight of those assigned to it, their mean cost and worst cost (NaN where nobody) */
extern void tb_location_sites(const TbLocationTable *table, const TbLocationResult *result, double *users, double *mean, double *worst);

/* Demands in rows with a site and cost, and their weight; values: weight, cost (missing: out of reach), fixed 0 or 1. Parameters: p (0: none), threshold */
extern const TbBagKind tb_location_kind;
extern bool tb_location_params_ok(const double *param, uint64_t n);

#endif
