/* location_kernel.h -- the one problem behind location.h: p sites of least charge, with a proven bound */
#ifndef TB_LOCATION_KERNEL_H
#define TB_LOCATION_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TbLocationProblem {
	uint32_t demands, sites, p; /* p <= sites; at most p of them fixed */
	size_t *row;                /* [demands + 1] cheapest first */
	uint32_t *site;
	double *charge;
	size_t *column; /* [sites + 1] the same entries by site */
	uint32_t *demand;
	double *charge_of;
	double *outside; /* [demands] charge of a demand without a site: not below any of its charges */
	const bool *fixed;
	double granule; /* every total is a whole multiple of it; 0 where not known */
} TbLocationProblem;

/* How long to look: subgradient steps at the root, nodes of the tree, entries visited in the tree */
typedef struct TbLocationEffort {
	uint32_t steps, nodes;
	double visits;
} TbLocationEffort;

typedef struct TbLocationAnswer {
	bool *open;          /* [sites] exactly p */
	double total, bound; /* equal where proven */
} TbLocationAnswer;

/* Entries by site, and the granule, from row, site, charge and outside; no total of interest is above `most` */
extern void tb_location_complete(TbLocationProblem *problem, double most);
/* The best p sites, or good ones with a bound. Infinite `enough`: the optimum is wanted. Else the question is whether a total <= enough can be: a bound
 * above enough says no, and says no more than that. */
extern void tb_location_minimise(const TbLocationProblem *problem, TbLocationEffort effort, double enough, TbLocationAnswer *answer);

/* Open sites with every demand's two cheapest: interchange after Teitz and Bart 1968, by Whitaker's gains and losses */
typedef struct TbLocationSearch {
	const TbLocationProblem *problem;
	bool *open;
	uint32_t *first;         /* [demands] cheapest open site, or TB_NO_ID for outside */
	double *cheapest, *next; /* [demands] charge there, and at the next open site or outside */
	double *gain, *loss, *extra;
	double total;
} TbLocationSearch;

extern TbLocationSearch tb_location_search(const TbLocationProblem *problem);
extern void tb_location_end(TbLocationSearch *search);
/* Opens these and reckons all anew */
extern void tb_location_set(TbLocationSearch *search, const bool *open);
/* Adds the site that saves most until p are open */
extern void tb_location_greedy(TbLocationSearch *search);
/* Exchanges an open for a closed site as long as that saves */
extern void tb_location_interchange(TbLocationSearch *search);
/* What these sites cost */
extern double tb_location_total(const TbLocationProblem *problem, const bool *open);

#endif
