/* intramax.c -- both hierarchies: every region keeps its best partner, so a merge costs the neighbours of the two regions, and a look at all regions' bests
 *
 * A neighbour's row still names the region that was absorbed: rows are brought up to date (`refresh`) when they are read, which adds up entries that
 * have become one. Rows only shrink or are joined, so memory stays that of the links.
 */
#include "intramax.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "adjacency.h"
#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"

#define NONE UINT32_MAX
#define CLOSEST 0.999 /* proximity of zones of which one sends the other more than its residents */

/* What a tie and the margins of a region hold. INTRAMAX: flows out and in, origins and destinations. AVERAGE, the same from both ends: sum of
 * proximities in `out` and the flow both ways in `in`; number of zones. */
typedef enum Rule { INTRAMAX, AVERAGE } Rule;

typedef struct Region {
	TbTie *tie;
	size_t ties;
	double origins, destinations;
	double objective; /* with the best partner */
	uint32_t partner; /* NONE: no flow to anybody */
	bool alive;
} Region;

typedef struct Solver {
	Rule rule;
	uint32_t n;
	Region *region;
	uint32_t *into;  /* disjoint sets: where an absorbed region went */
	uint32_t *place; /* scratch: region -> its entry in the row being refreshed, plus one */
} Solver;

/* Entries of regions that have merged become one, entries of the region itself vanish */
static void refresh(Solver *s, uint32_t i)
{
	Region *r = &s->region[i];
	size_t kept = 0;

	for (size_t t = 0; t < r->ties; t++, tb_step()) {
		uint32_t k = tb_disjoint_root(s->into, r->tie[t].zone);

		if (k == i)
			continue;
		if (s->place[k]) {
			r->tie[s->place[k] - 1].out += r->tie[t].out;
			r->tie[s->place[k] - 1].in += r->tie[t].in;
			continue;
		}
		r->tie[kept] = (TbTie){k, r->tie[t].out, r->tie[t].in};
		s->place[k] = ++kept;
	}
	r->ties = kept;
	for (size_t t = 0; t < kept; t++, tb_step())
		s->place[r->tie[t].zone] = 0;
}

static double ratio(double flow, double origins, double destinations)
{
	return flow > 0 ? flow / (origins * destinations) : 0;
}

/* The smaller region's terms first, so that both sides compute the same bits */
static double objective(const Solver *s, uint32_t i, const TbTie *tie)
{
	const Region *a = &s->region[i], *b = &s->region[tie->zone];

	if (s->rule == AVERAGE)
		return ratio(tie->out, a->origins, b->origins);
	return ratio(tie->out, a->origins, b->destinations) + ratio(tie->in, b->origins, a->destinations);
}

static void look(Solver *s, uint32_t i)
{
	Region *r = &s->region[i];

	r->partner = NONE;
	r->objective = 0;
	for (size_t t = 0; t < r->ties; t++, tb_step()) {
		uint32_t k = r->tie[t].zone;
		double x = objective(s, i, &r->tie[t]);

		if (r->partner == NONE || x > r->objective || (x == r->objective && k < r->partner)) {
			r->objective = x;
			r->partner = k;
		}
	}
}

/* Pair with the largest objective; of equal ones the first by (a, b) */
static void best_pair(const Solver *s, uint32_t *a, uint32_t *b)
{
	double highest = -1;

	*a = *b = NONE;
	for (uint32_t i = 0; i < s->n; i++, tb_step()) {
		const Region *r = &s->region[i];

		if (!r->alive || r->partner == NONE || r->objective <= highest)
			continue;
		highest = r->objective;
		*a = i;
		*b = r->partner;
	}
	if (*a != NONE)
		return;
	for (uint32_t i = 0; i < s->n && *b == NONE; i++)
		if (s->region[i].alive) {
			if (*a == NONE)
				*a = i;
			else
				*b = i;
		}
}

/* b goes into a, which is less; every neighbour of the new region compares it with its best */
static double absorb(Solver *s, uint32_t a, uint32_t b)
{
	Region *to = &s->region[a], *from = &s->region[b];
	TbTie *joined = tb_alloc((to->ties + from->ties) * sizeof(TbTie));
	double between = 0;

	for (size_t t = 0; t < to->ties; t++, tb_step())
		if (tb_disjoint_root(s->into, to->tie[t].zone) == b)
			between += (s->rule == AVERAGE ? 0 : to->tie[t].out) + to->tie[t].in;
	memcpy(joined, to->tie, to->ties * sizeof(TbTie));
	memcpy(joined + to->ties, from->tie, from->ties * sizeof(TbTie));
	tb_free(to->tie);
	tb_free(from->tie);
	from->tie = NULL;
	from->alive = false;
	to->tie = joined;
	to->ties += from->ties;
	to->origins += from->origins;
	to->destinations += from->destinations;
	tb_disjoint_join(s->into, a, b);
	refresh(s, a);
	look(s, a);
	for (size_t t = 0; t < to->ties; t++, tb_step()) {
		uint32_t k = to->tie[t].zone;
		Region *r = &s->region[k];

		if (r->partner == a || r->partner == b) {
			refresh(s, k);
			look(s, k);
		} else {
			TbTie back = s->rule == AVERAGE ? (TbTie){a, to->tie[t].out, to->tie[t].in} : (TbTie){a, to->tie[t].in, to->tie[t].out};
			double x = objective(s, k, &back);

			if (x > r->objective || (x == r->objective && a < r->partner)) {
				r->objective = x;
				r->partner = a;
			}
		}
	}
	return between;
}

static double proximity(const TbAdjacency *a, uint32_t i, const TbTie *tie)
{
	double least = fmin(a->residents[i], a->residents[tie->zone]);

	return fmin(CLOSEST, i < tie->zone ? tie->out / least + tie->in / least : tie->in / least + tie->out / least);
}

static void start(Solver *s, const TbAdjacency *a, Rule rule)
{
	*s = (Solver){.rule = rule, .n = a->zones};
	s->region = tb_alloc_zero(a->zones, sizeof(Region));
	s->into = tb_alloc(a->zones * sizeof(uint32_t));
	tb_disjoint_begin(s->into, a->zones);
	s->place = tb_alloc_zero(a->zones, sizeof(uint32_t));
	for (uint32_t i = 0; i < a->zones; i++, tb_step()) {
		Region *r = &s->region[i];

		r->ties = a->row[i + 1] - a->row[i];
		r->tie = tb_alloc(r->ties * sizeof(TbTie));
		memcpy(r->tie, a->tie + a->row[i], r->ties * sizeof(TbTie));
		r->origins = rule == AVERAGE ? 1 : a->residents[i];
		r->destinations = a->jobs[i];
		r->alive = true;
		for (size_t t = 0; rule == AVERAGE && t < r->ties; t++, tb_step())
			r->tie[t] = (TbTie){r->tie[t].zone, proximity(a, i, &r->tie[t]), r->tie[t].out + r->tie[t].in};
	}
	for (uint32_t i = 0; i < a->zones; i++, tb_step())
		look(s, i);
}

static TbStatus merges(const TbFlows *flows, Rule rule, TbMergeStep *merge)
{
	TbAdjacency *a;
	TbDd within = {0, 0};
	Solver s;
	double total;

	if (flows->zones == 0)
		return TB_UNDEFINED;
	a = tb_adjacency(flows);
	if (!isfinite(a->total))
		return TB_OUT_OF_RANGE;
	start(&s, a, rule);
	total = a->total;
	for (uint32_t i = 0; i < a->zones; i++, tb_step())
		within = tb_dd_add_d(within, a->within[i]);
	tb_adjacency_free(a);
	tb_progress(rule == AVERAGE ? "average linkage, merges" : "intramax, merges", 0, s.n - 1);
	for (uint32_t step = 0; step + 1 < s.n; step++) {
		uint32_t i, k;

		best_pair(&s, &i, &k);
		if (i > k) {
			uint32_t swap = i;

			i = k;
			k = swap;
		}
		merge[step] = (TbMergeStep){i, k, s.region[i].partner == NONE ? 0 : s.region[i].objective, 0};
		if (!isfinite(merge[step].objective))
			return TB_OUT_OF_RANGE;
		within = tb_dd_add_d(within, absorb(&s, i, k));
		merge[step].intrazonal_share = total > 0 ? tb_dd_value(within) / total : NAN;
		tb_tick();
		if (step % 64 == 63)
			tb_progress(rule == AVERAGE ? "average linkage, merges" : "intramax, merges", step + 1, s.n - 1);
	}
	return TB_OK;
}

TbStatus tb_intramax(const TbFlows *flows, TbMergeStep *merge)
{
	return merges(flows, INTRAMAX, merge);
}

TbStatus tb_average_linkage(const TbFlows *flows, TbMergeStep *merge)
{
	return merges(flows, AVERAGE, merge);
}
