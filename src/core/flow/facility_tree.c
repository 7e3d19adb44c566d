/* facility_tree.c -- the best limited sites: a good answer from the sites of good bounds, and a tree that proves optima of small problems
 *
 * Prices follow the subgradient. A node of the tree decides on a site, and where all sites are decided on one demand, which then goes to each of its
 * sites in turn.
 */
#include <math.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "facility_kernel.h"

#define STEPS_OF_A_NODE 30
#define PATIENCE 12
#define RELATIVE 1e-9
#define ROOT_STARTS 30
#define SMALL 30000 /* entries: knapsacks are solved whole */
#define NEARLY 1.05 /* a quick assignment within this of the best is worth care */
#define WHOLE 1e-9  /* a share nearer than this to a whole number is one */

typedef struct Tree {
	const TbFacilityProblem *f;
	TbFacilityRelaxed r;
	TbFacilityFill fill;
	TbFacilityAnswer *best;
	TbLocationEffort effort;
	double enough, satisfied; /* a bound above enough ends a node, an answer up to `satisfied` all */
	double *at_bound;         /* [demands] prices of the node's best bound */
	uint32_t *often;          /* [sites] */
	uint32_t nodes, starts;
	bool over;
} Tree;

static double rounding(const Tree *t)
{
	return isfinite(t->best->total) ? fmax(t->f->l.granule * (1 - 1e-6), RELATIVE * t->best->total) : 0;
}

static double level(const Tree *t)
{
	return fmin(t->best->total - rounding(t), t->enough);
}

static void take(Tree *t)
{
	const TbLocationProblem *l = &t->f->l;

	if (!(t->fill.total < t->best->total))
		return;
	memcpy(t->best->open, t->fill.open, l->sites * sizeof(bool));
	memcpy(t->best->site, t->fill.site, l->demands * sizeof(uint32_t));
	t->best->total = t->fill.total;
}

/* The sites of a bound as a start */
static void try_chosen(Tree *t)
{
	bool small = t->r.exact, root = t->nodes == 0;

	if (root && t->starts >= ROOT_STARTS)
		return;
	t->starts += root;
	tb_facility_assign(&t->fill, t->r.chosen, small);
	if (!small && t->fill.total < NEARLY * t->best->total)
		tb_facility_assign(&t->fill, t->r.chosen, true);
	if (root && t->fill.total < NEARLY * t->best->total)
		tb_facility_relocate(&t->fill);
	take(t);
}

/* How high the bound may hope to come */
static double target(const Tree *t, double bound)
{
	if (t->best->total <= t->f->most && isfinite(t->best->total))
		return 1.02 * t->best->total;
	return bound + 0.1 * fmax(fabs(bound), isfinite(t->f->most) ? 1e-3 * t->f->most : 1);
}

static bool follow(Tree *t, double bound, double step)
{
	const TbLocationProblem *l = &t->f->l;
	double norm = 0;

	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		double lacks = (t->r.placed[i] != TB_FACILITY_LOOSE || t->r.price[i] < l->outside[i]) - t->r.served[i];

		norm += lacks * lacks;
	}
	if (norm < WHOLE)
		return false;
	step *= (target(t, bound) - bound) / norm;
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		double lacks = (t->r.price[i] < l->outside[i]) - t->r.served[i];

		if (t->r.placed[i] == TB_FACILITY_LOOSE)
			t->r.price[i] = fmin(l->outside[i], fmax(0, t->r.price[i] + step * lacks));
	}
	return true;
}

static void back_to_best(Tree *t)
{
	memcpy(t->r.price, t->at_bound, t->f->l.demands * sizeof(double));
	tb_facility_relax(&t->r);
}

/* What fill.site says, with these sites open, where that keeps all limits */
static void take_if_allowed(Tree *t, const bool *open)
{
	const TbFacilityProblem *f = t->f;
	double price = 0;

	t->fill.total = 0;
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step()) {
		t->fill.open[j] = open[j];
		t->fill.load[j] = 0;
		price += open[j] ? f->price[j] : 0;
	}
	for (uint32_t i = 0; i < f->l.demands; i++, tb_step()) {
		size_t k = f->l.row[i];

		for (; t->fill.site[i] != TB_NO_ID && f->l.site[k] != t->fill.site[i]; k++)
			tb_step();
		t->fill.total += t->fill.site[i] == TB_NO_ID ? f->l.outside[i] : f->l.charge[k];
		if (t->fill.site[i] != TB_NO_ID)
			t->fill.load[t->fill.site[i]] += f->size[i];
	}
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step())
		if (open[j] && (t->fill.load[j] > f->room[j] || t->fill.load[j] < f->least[j]))
			return;
	if (price <= f->budget)
		take(t);
}

/* The sites of demands that are placed; the others stay outside */
static void take_up_placed(Tree *t)
{
	for (uint32_t i = 0; i < t->f->l.demands; i++, tb_step())
		t->fill.site[i] = t->r.placed[i] == TB_FACILITY_LOOSE ? TB_NO_ID : t->r.placed[i];
}

/* Everybody served once by whole knapsacks: an answer, and the best of its node unless a budget has a price */
static void take_relaxed(Tree *t)
{
	const TbFacilityProblem *f = t->f;
	const TbFacilityRelaxed *r = &t->r;

	take_up_placed(t);
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step())
		for (size_t k = r->item[j]; r->chosen[j] && k < r->item[j + 1]; k++, tb_step())
			if (r->item_taken[k] > 0.5)
				t->fill.site[r->item_demand[k]] = j;
	take_if_allowed(t, r->chosen);
}

static double climb(Tree *t, uint32_t steps)
{
	double best = -INFINITY, length = t->nodes > 0 ? 0.5 : 2;
	uint32_t idle = 0;

	memset(t->often, 0, t->f->l.sites * sizeof(uint32_t));
	for (uint32_t s = 0; s < steps && length > 1e-4 && (s == 0 || t->r.work < t->effort.visits); s++) {
		double bound;

		tb_facility_relax(&t->r);
		bound = t->r.bound;
		if (t->nodes == 0)
			tb_progress("location, steps of the bound", s + 1.0, steps);
		for (uint32_t j = 0; j < t->f->l.sites; j++, tb_step())
			t->often[j] += t->r.chosen[j];
		if (bound > best) {
			idle = bound - best > 1e-7 * fabs(bound) ? 0 : idle + 1;
			best = bound;
			memcpy(t->at_bound, t->r.price, t->f->l.demands * sizeof(double));
			if (best > level(t))
				break;
			if (t->nodes == 0 || s == 0)
				try_chosen(t);
		} else if (++idle >= PATIENCE) {
			length /= 2;
			idle = 0;
			back_to_best(t);
			bound = best;
		}
		if (best > level(t) || t->best->total <= t->satisfied)
			break;
		if (!follow(t, bound, length)) {
			take_relaxed(t);
			break;
		}
	}
	if (isfinite(best))
		back_to_best(t);
	return best;
}

/* Sites that no better answer of this node can open, or leave closed */
static void decide(Tree *t)
{
	TbFacilityRelaxed *r = &t->r;
	double most = level(t), last = 0, after = 0, bound = r->bound;
	uint32_t first_left = r->open_sites + r->taken;

	if (r->taken > 0 && first_left == r->p)
		last = r->earned[r->order[first_left - 1]];
	if (r->taken < r->free_sites)
		after = fmin(0, r->earned[r->order[first_left]]);
	for (uint32_t j = 0; j < t->f->l.sites; j++, tb_step()) {
		if (r->fix[j] != TB_FACILITY_FREE)
			continue;
		if (r->chosen[j] && bound - r->earned[j] + after > most)
			r->fix[j] = TB_FACILITY_OPEN;
		else if (!r->chosen[j] && (r->open_sites >= r->p || bound - last + r->earned[j] > most))
			r->fix[j] = TB_FACILITY_CLOSED;
	}
}

/* The free site that was chosen most nearly half of the time, or TB_NO_ID */
static uint32_t undecided_site(const Tree *t, uint32_t *most)
{
	uint32_t best = TB_NO_ID;
	double nearest = INFINITY;

	*most = 0;
	for (uint32_t j = 0; j < t->f->l.sites; j++, tb_step())
		if (t->r.fix[j] == TB_FACILITY_FREE && t->often[j] > *most)
			*most = t->often[j];
	for (uint32_t j = 0; j < t->f->l.sites; j++, tb_step())
		if (t->r.fix[j] == TB_FACILITY_FREE && fabs(t->often[j] - *most / 2.0) < nearest) {
			nearest = fabs(t->often[j] - *most / 2.0);
			best = j;
		}
	return best;
}

/* The largest demand that is not served once, or in parts; else the largest of all; TB_NO_ID where all are placed */
static uint32_t undecided_demand(const Tree *t)
{
	uint32_t best = TB_NO_ID;
	bool best_split = false;

	for (uint32_t i = 0; i < t->f->l.demands; i++, tb_step()) {
		bool split = fabs(t->r.served[i] - 1) > WHOLE;

		if (t->r.placed[i] != TB_FACILITY_LOOSE)
			continue;
		if (best == TB_NO_ID || (split && !best_split) || (split == best_split && t->f->size[i] > t->f->size[best])) {
			best = i;
			best_split = split;
		}
	}
	return best;
}

typedef struct Decided {
	uint8_t *fix;
	uint32_t *placed;
	double *price;
} Decided;

static Decided remember(const Tree *t)
{
	const TbLocationProblem *l = &t->f->l;
	Decided d = {tb_alloc((size_t)l->sites + 1), tb_alloc(((size_t)l->demands + 1) * sizeof(uint32_t)),
				 tb_alloc(((size_t)l->demands + 1) * sizeof(double))};

	memcpy(d.fix, t->r.fix, l->sites);
	memcpy(d.placed, t->r.placed, l->demands * sizeof(uint32_t));
	memcpy(d.price, t->r.price, l->demands * sizeof(double));
	return d;
}

static void recall(Tree *t, const Decided *d)
{
	const TbLocationProblem *l = &t->f->l;

	memcpy(t->r.fix, d->fix, l->sites);
	memcpy(t->r.placed, d->placed, l->demands * sizeof(uint32_t));
	memcpy(t->r.price, d->price, l->demands * sizeof(double));
}

static void forget(Decided *d)
{
	tb_free(d->fix);
	tb_free(d->placed);
	tb_free(d->price);
}

static double explore(Tree *t, double known);

static double branch_on_site(Tree *t, uint32_t site, bool likely, double bound)
{
	Decided d = remember(t);
	double least = INFINITY;

	for (int half = 0; half < 2; half++) {
		t->r.fix[site] = likely == (half == 0) ? TB_FACILITY_OPEN : TB_FACILITY_CLOSED;
		least = fmin(least, explore(t, bound));
		recall(t, &d);
	}
	forget(&d);
	return least;
}

static double branch_on_demand(Tree *t, uint32_t i, double bound)
{
	const TbLocationProblem *l = &t->f->l;
	Decided d = remember(t);
	double least = INFINITY, *left = tb_alloc(((size_t)l->sites + 1) * sizeof(double));

	memcpy(left, t->r.left, l->sites * sizeof(double));
	for (size_t k = l->row[i]; k <= l->row[i + 1]; k++, tb_step()) {
		bool outside = k == l->row[i + 1];

		if (!outside && (t->r.fix[l->site[k]] != TB_FACILITY_OPEN || t->f->size[i] > left[l->site[k]]))
			continue;
		t->r.placed[i] = outside ? TB_NO_ID : l->site[k];
		least = fmin(least, explore(t, bound));
		recall(t, &d);
	}
	forget(&d);
	tb_free(left);
	return least;
}

/* A bound of the node's answers that are better than the best known; infinite where there is none */
static double explore(Tree *t, double known)
{
	uint32_t site, demand, most;
	double bound;

	if (t->over || t->best->total <= t->satisfied)
		return known;
	if (t->nodes++ >= t->effort.nodes || t->r.work > t->effort.visits) {
		t->over = true;
		return known;
	}
	tb_progress("location, branches", t->nodes, t->effort.nodes);
	bound = climb(t, STEPS_OF_A_NODE);
	if (bound == -INFINITY) {
		t->over = true;
		return known;
	}
	bound = fmax(known, bound);
	if (bound > level(t))
		return bound > t->best->total - rounding(t) ? INFINITY : bound;
	decide(t);
	site = undecided_site(t, &most);
	if (site != TB_NO_ID)
		return branch_on_site(t, site, 2 * t->often[site] >= most, bound);
	tb_facility_relax(&t->r);
	demand = undecided_demand(t);
	if (demand != TB_NO_ID)
		return branch_on_demand(t, demand, bound);
	take_up_placed(t);
	for (uint32_t j = 0; j < t->f->l.sites; j++, tb_step())
		t->r.chosen[j] = t->r.fix[j] == TB_FACILITY_OPEN;
	take_if_allowed(t, t->r.chosen);
	return INFINITY;
}

/* A start from sites without limits, and what each demand would lose without its site as its price */
static void start(Tree *t)
{
	TbLocationSearch s = tb_location_search(&t->f->l);

	tb_location_greedy(&s);
	tb_location_interchange(&s);
	for (uint32_t i = 0; i < t->f->l.demands; i++, tb_step())
		t->r.price[i] = (s.cheapest[i] + fmin(s.next[i], 2 * s.cheapest[i])) / 2;
	tb_facility_assign(&t->fill, s.open, true);
	take(t);
	tb_facility_relocate(&t->fill);
	take(t);
}

void tb_facility_minimise(const TbFacilityProblem *f, TbLocationEffort effort, double enough, TbFacilityAnswer *answer)
{
	Tree t = {.f = f, .best = answer, .effort = effort, .enough = fmin(enough, f->most), .satisfied = isinf(enough) ? 0 : enough};

	answer->open = tb_alloc((size_t)f->l.sites + 1);
	memcpy(answer->open, f->l.fixed, f->l.sites * sizeof(bool));
	answer->site = tb_alloc(((size_t)f->l.demands + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < f->l.demands; i++, tb_step())
		answer->site[i] = TB_NO_ID;
	answer->total = INFINITY;
	t.r = tb_facility_relaxation(f, f->l.row[f->l.demands] <= SMALL);
	t.fill = tb_facility_fill(f);
	t.at_bound = tb_alloc(((size_t)f->l.demands + 1) * sizeof(double));
	t.often = tb_alloc(((size_t)f->l.sites + 1) * sizeof(uint32_t));
	start(&t);
	answer->bound = climb(&t, effort.steps);
	if (answer->bound <= level(&t) && answer->total > t.satisfied) {
		memcpy(t.fill.open, answer->open, f->l.sites * sizeof(bool));
		tb_facility_assign(&t.fill, answer->open, true);
		tb_facility_interchange(&t.fill, effort.visits / 20);
		take(&t);
	}
	if (answer->bound <= level(&t) && answer->total > t.satisfied) {
		t.r.work = 0;
		t.nodes = 1;
		decide(&t);
		answer->bound = fmax(answer->bound, explore(&t, answer->bound));
	}
	if (answer->bound > answer->total - rounding(&t) || answer->total == 0)
		answer->bound = answer->total;
	answer->bound = fmax(0, answer->bound);
	tb_facility_free_fill(&t.fill);
	tb_facility_free_relaxation(&t.r);
	tb_free(t.at_bound);
	tb_free(t.often);
}
