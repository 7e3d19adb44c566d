/* facility_cases.h -- small problems with limits, and their optima by counting all assignments */
#ifndef FACILITY_CASES_H
#define FACILITY_CASES_H

#include "../../src/core/flow/facility_kernel.h"
#include "location_cases.h"

/* Room for about `slack` times what p sites must take in; every third problem with a least use, every fourth with a budget */
static inline TbFacilityProblem random_facility(uint64_t seed, uint32_t demands, uint32_t sites, uint32_t p, double slack)
{
	TbFacilityProblem f = {.l = random_problem(seed, demands, sites, p, 80), .budget = INFINITY, .most = demands * 100.0};
	double all = 0;

	f.size = tb_alloc(demands * sizeof(double));
	f.room = tb_alloc(sites * sizeof(double));
	f.least = tb_alloc(sites * sizeof(double));
	f.price = tb_alloc(sites * sizeof(double));
	for (uint32_t i = 0; i < demands; i++)
		all += f.size[i] = 1 + (double)tb_random_below(&seed, 9);
	for (uint32_t j = 0; j < sites; j++) {
		f.room[j] = floor(slack * all / p * (0.7 + (double)tb_random_below(&seed, 60) / 100));
		f.least[j] = seed % 3 == 0 ? 4 + (double)tb_random_below(&seed, 5) : 0;
		f.price[j] = 1 + (double)tb_random_below(&seed, 5);
	}
	if (seed % 4 == 0)
		f.budget = 3.0 * p;
	return f;
}

/* The total of an assignment (sites = outside); infinite where it breaks a limit. Open is what is used. */
static inline double facility_total(const TbFacilityProblem *f, const uint32_t *to)
{
	double load[16] = {0}, total = 0, price = 0;
	uint32_t open = 0;

	for (uint32_t i = 0; i < f->l.demands; i++) {
		size_t k = f->l.row[i];

		if (to[i] == f->l.sites) {
			total += f->l.outside[i];
			continue;
		}
		while (k < f->l.row[i + 1] && f->l.site[k] != to[i])
			k++;
		if (k == f->l.row[i + 1])
			return INFINITY;
		total += f->l.charge[k];
		load[to[i]] += f->size[i];
	}
	for (uint32_t j = 0; j < f->l.sites; j++) {
		if (load[j] > f->room[j] || (load[j] > 0 && load[j] < f->least[j]))
			return INFINITY;
		open += load[j] > 0;
		price += load[j] > 0 ? f->price[j] : 0;
	}
	return open > f->l.p || price > f->budget ? INFINITY : total;
}

static inline double counted_facility(const TbFacilityProblem *f)
{
	uint32_t to[8] = {0};
	double best = INFINITY;

	for (uint32_t i = 0; i < f->l.demands;) {
		best = fmin(best, facility_total(f, to));
		for (i = 0; i < f->l.demands && ++to[i] > f->l.sites; i++)
			to[i] = 0;
	}
	return best;
}

/* Is an assignment what its total says, within all limits? */
static inline bool facility_holds(const TbFacilityProblem *f, const uint32_t *site, double total)
{
	uint32_t to[64];

	for (uint32_t i = 0; i < f->l.demands; i++)
		to[i] = site[i] == TB_NO_ID ? f->l.sites : site[i];
	return isinf(total) || facility_total(f, to) == total;
}

#endif
