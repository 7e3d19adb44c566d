/* facility_kernel.h -- the problem of location_kernel.h where sites are limited: by room, by a least use, by a budget for all
 *
 * Each demand goes whole to one open site that it reaches, or outside. What a site takes in lies between its least use and its room; at most p are open.
 */
#ifndef TB_FACILITY_KERNEL_H
#define TB_FACILITY_KERNEL_H

#include "location_kernel.h"

typedef struct TbFacilityProblem {
	TbLocationProblem l;  /* charges; at most l.p sites are open */
	double *size;         /* [demands] room that each takes, > 0 */
	double *room, *least; /* [sites] room may be infinite */
	double *price;        /* [sites] what opening costs */
	double budget;        /* of all open sites; may be infinite */
	double most;          /* a total above it leaves somebody outside who must not be there; infinite where all may */
} TbFacilityProblem;

typedef struct TbFacilityAnswer {
	bool *open;          /* [sites] */
	uint32_t *site;      /* [demands] or TB_NO_ID for outside */
	double total, bound; /* equal where proven; total is infinite where nothing was found, and bound where nothing can be */
} TbFacilityAnswer;

/* Who goes where when these sites are open: regret, then moves and exchanges of demands */
typedef struct TbFacilityFill {
	const TbFacilityProblem *f;
	bool *open;
	uint32_t *site; /* [demands] */
	double *charge; /* [demands] */
	double *load;   /* [sites] */
	double total;   /* infinite where a site stays below its least use or a budget is overdrawn */
	double work;    /* entries looked at so far */
	size_t *row;    /* [demands + 1] the entries of open sites, cheapest first */
	uint32_t *near;
	double *near_charge;
	uint32_t *head, *after, *prior; /* lists of the demands of each site */
} TbFacilityFill;

extern TbFacilityFill tb_facility_fill(const TbFacilityProblem *f);
extern void tb_facility_free_fill(TbFacilityFill *fill);
/* The entries of the sites that are open now */
extern void tb_facility_narrow(TbFacilityFill *fill);
extern void tb_facility_leave(TbFacilityFill *fill, uint32_t demand);
extern void tb_facility_enter(TbFacilityFill *fill, uint32_t demand, uint32_t site, double charge);
/* Sees to the least use of open sites, exchanges demands where care is asked for, and reckons the total */
extern void tb_facility_settle(TbFacilityFill *fill, bool with_care);

/* An assignment put by */
typedef struct TbFacilityKept {
	bool *open;
	uint32_t *site;
	double *charge, total;
} TbFacilityKept;

extern TbFacilityKept tb_facility_kept(const TbFacilityProblem *f);
extern void tb_facility_keep(TbFacilityKept *kept, const TbFacilityFill *fill);
extern void tb_facility_restore(TbFacilityFill *fill, const TbFacilityKept *kept);
extern void tb_facility_forget(TbFacilityKept *kept);
/* Closes what has no use where that is needed, and assigns all; with `with_care` demands are exchanged afterwards */
extern void tb_facility_assign(TbFacilityFill *fill, const bool *open, bool with_care);
/* Better sites for the groups as they are, and better groups for the sites, as long as that saves */
extern void tb_facility_relocate(TbFacilityFill *fill);
/* Exchanges an open for a closed site as long as that saves and the work is below the limit */
extern void tb_facility_interchange(TbFacilityFill *fill, double work);

/* Prices of demands -> a bound: the relaxation of "each demand once". Sites are problems of their own then: a knapsack each. */
typedef struct TbFacilityRelaxed {
	const TbFacilityProblem *f;
	bool exact;       /* whole knapsacks, where that is soon done; else their linear relaxation */
	uint8_t *fix;     /* [sites] TB_FACILITY_FREE .. */
	uint32_t *placed; /* [demands] the site that is decided, TB_NO_ID outside, or TB_FACILITY_LOOSE */
	double *price;    /* [demands] */
	double bound;
	double *earned; /* [sites] what opening adds, with the price of the budget */
	double *left;   /* [sites] room that decided demands leave */
	bool *chosen;   /* [sites] */
	size_t *order;  /* sites: open ones, then free ones by what they earn */
	uint32_t open_sites, free_sites;
	uint32_t taken, p; /* of the free ones, chosen; open ones at most, as minima allow */
	double *served;    /* [demands] how often by chosen sites */
	size_t *item;      /* [sites + 1] the entries that may pay, by site */
	uint32_t *item_demand;
	double *item_cost, *item_taken;
	double *value, *need; /* [sites] what opening adds without the price; least use that decided demands leave */
	double work;
} TbFacilityRelaxed;

enum { TB_FACILITY_FREE, TB_FACILITY_OPEN, TB_FACILITY_CLOSED };
#define TB_FACILITY_LOOSE (UINT32_MAX - 1)

extern TbFacilityRelaxed tb_facility_relaxation(const TbFacilityProblem *f, bool exact);
extern void tb_facility_free_relaxation(TbFacilityRelaxed *r);
/* The bound at the prices; infinite where what is decided cannot be */
extern void tb_facility_relax(TbFacilityRelaxed *r);

/* The best answer, or a good one with a bound. Is there one of a total <= enough (most, at best)? A bound above that says no, and no more. */
extern void tb_facility_minimise(const TbFacilityProblem *f, TbLocationEffort effort, double enough, TbFacilityAnswer *answer);

#endif
