/* location_cases.h -- small problems with their optima by counting all subsets */
#ifndef LOCATION_CASES_H
#define LOCATION_CASES_H

#include "../../src/core/base/dictionary.h"
#include "../../src/core/base/host.h"
#include "../../src/core/base/random.h"
#include "../../src/core/flow/location_kernel.h"
#include "unit.h"

#define CASE_OUTSIDE 1024.0

static const bool case_fixed[64];

/* Whole charges from 0 to 99, about `kept` per cent of the pairs */
static inline TbLocationProblem random_problem(uint64_t seed, uint32_t demands, uint32_t sites, uint32_t p, uint32_t kept)
{
	TbLocationProblem l = {.demands = demands, .sites = sites, .p = p, .fixed = case_fixed};
	size_t n = 0;

	l.row = tb_alloc_zero(demands + 1, sizeof(size_t));
	l.site = tb_alloc((size_t)demands * sites * sizeof(uint32_t));
	l.charge = tb_alloc((size_t)demands * sites * sizeof(double));
	l.outside = tb_alloc(demands * sizeof(double));
	for (uint32_t i = 0; i < demands; i++) {
		l.outside[i] = CASE_OUTSIDE;
		for (uint32_t j = 0; j < sites; j++) {
			double charge = (double)tb_random_below(&seed, 100);
			size_t at = n;

			if (tb_random_below(&seed, 100) >= kept)
				continue;
			for (; at > l.row[i] && l.charge[at - 1] > charge; at--) {
				l.charge[at] = l.charge[at - 1];
				l.site[at] = l.site[at - 1];
			}
			l.charge[at] = charge;
			l.site[at] = j;
			n++;
		}
		l.row[i + 1] = n;
	}
	tb_location_complete(&l, demands * CASE_OUTSIDE);
	return l;
}

static inline double counted_optimum(const TbLocationProblem *l)
{
	double best = INFINITY;

	for (uint32_t set = 0; set < 1u << l->sites; set++) {
		bool open[32];
		double total = 0;
		bool allowed = (uint32_t)__builtin_popcount(set) == l->p;

		for (uint32_t j = 0; j < l->sites; j++) {
			open[j] = set >> j & 1;
			allowed = allowed && (open[j] || !l->fixed[j]);
		}
		for (uint32_t i = 0; allowed && i < l->demands; i++) {
			double least = l->outside[i];

			for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
				if (open[l->site[k]])
					least = fmin(least, l->charge[k]);
			total += least;
		}
		if (allowed)
			best = fmin(best, total);
	}
	return best;
}

/* The fewest sites that cover all, with the fixed ones; infinite where they do not */
static inline double fewest(const TbLocationProblem *l)
{
	double best = INFINITY;

	for (uint32_t set = 0; set < 1u << l->sites; set++) {
		bool all = true;

		for (uint32_t j = 0; j < l->sites; j++)
			all = all && (!l->fixed[j] || set >> j & 1);
		for (uint32_t i = 0; all && i < l->demands; i++) {
			bool covered = false;

			for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
				covered = covered || set >> l->site[k] & 1;
			all = covered;
		}
		if (all)
			best = fmin(best, __builtin_popcount(set));
	}
	return best;
}

#endif
