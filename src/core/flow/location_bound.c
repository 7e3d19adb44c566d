/* location_bound.c -- how good can p sites be at best: Lagrangian relaxation, and a tree of it that proves optima of small problems
 *
 * A price u for serving each demand: a site that opens earns (u - charge) from all who are cheaper than their price, and p sites that earn most, less
 * what was promised, are a bound (Cornuejols, Fisher and Nemhauser 1977). Prices follow the subgradient: up where nobody serves, down where several
 * do. The sites of a good bound are a good start for exchanges. In the tree, a node's sites are open, closed or free.
 */
#include <math.h>
#include <string.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "../base/sort_order.h"
#include "location_kernel.h"

#define STEPS_OF_A_NODE 40
#define PATIENCE 15    /* steps without a better bound until they get shorter */
#define RELATIVE 1e-9  /* a total within this part of the bound is the optimum */
#define ROOT_STARTS 40 /* exchanges from the sites of a bound at the root */

enum { FREE, OPEN, CLOSED };

typedef struct Tree {
	const TbLocationProblem *l;
	TbLocationSearch search;
	TbLocationAnswer *best;
	TbLocationEffort effort;
	double enough;
	uint8_t *fix;             /* [sites] */
	double *price, *at_bound; /* [demands] now, and of the node's best bound */
	double *earned;           /* [sites] <= 0 */
	bool *chosen;             /* [sites] */
	int32_t *uncovered;       /* [demands] 1 - how many serve */
	uint32_t *often;          /* [sites] how often chosen in the node */
	size_t *order;            /* free sites by what they earn */
	uint32_t free_sites, wanted;
	uint32_t nodes, starts;
	double visits;
	bool over;
} Tree;

/* A bound as near to a total as this proves it */
static double rounding(const Tree *t)
{
	return fmax(t->l->granule * (1 - 1e-6), RELATIVE * t->best->total);
}

/* A bound above this leaves nothing to find */
static double level(const Tree *t)
{
	return fmin(t->best->total - rounding(t), t->enough);
}

static double earnings(Tree *t)
{
	const TbLocationProblem *l = t->l;
	double sum = 0;
	size_t seen = 0;

	memset(t->earned, 0, l->sites * sizeof(double));
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		size_t k = l->row[i];

		sum += t->price[i];
		for (; k < l->row[i + 1] && l->charge[k] < t->price[i]; k++)
			t->earned[l->site[k]] += l->charge[k] - t->price[i];
		seen += k - l->row[i];
		tb_steps(k - l->row[i]);
	}
	t->visits += 2.0 * seen + l->demands;
	return sum;
}

static bool cheaper(const void *context, size_t a, size_t b)
{
	const Tree *t = context;

	if (t->fix[a] != t->fix[b])
		return t->fix[a] == OPEN || (t->fix[a] == FREE && t->fix[b] == CLOSED);
	return t->earned[a] < t->earned[b];
}

/* The bound at these prices, and the sites that make it */
static double relaxed(Tree *t)
{
	const TbLocationProblem *l = t->l;
	double bound = earnings(t);

	tb_free(t->order);
	t->order = tb_sort_order_by(l->sites, cheaper, t);
	t->free_sites = t->wanted = 0;
	for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
		t->free_sites += t->fix[j] == FREE;
		t->wanted += t->fix[j] == OPEN;
	}
	t->wanted = l->p - t->wanted;
	memset(t->chosen, 0, l->sites * sizeof(bool));
	for (uint32_t k = 0; k < l->p; k++, tb_step()) {
		t->chosen[t->order[k]] = true;
		t->often[t->order[k]]++;
		bound += t->earned[t->order[k]];
	}
	return bound;
}

static void take(Tree *t, const bool *open, double total)
{
	if (total < t->best->total) {
		memcpy(t->best->open, open, t->l->sites * sizeof(bool));
		t->best->total = total;
	}
}

/* Are the sites of this bound better than all so far, perhaps after exchanges? */
static void try_chosen(Tree *t)
{
	if (t->nodes > 0 || t->starts >= ROOT_STARTS) {
		take(t, t->chosen, tb_location_total(t->l, t->chosen));
		return;
	}
	t->starts++;
	tb_location_set(&t->search, t->chosen);
	tb_location_interchange(&t->search);
	take(t, t->search.open, tb_location_total(t->l, t->search.open));
}

/* Moves the prices; false where nothing would move */
static bool follow(Tree *t, double bound, double step)
{
	const TbLocationProblem *l = t->l;
	double norm = 0;

	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		t->uncovered[i] = t->price[i] < l->outside[i];
		for (size_t k = l->row[i]; k < l->row[i + 1] && l->charge[k] < t->price[i]; k++, tb_step())
			t->uncovered[i] -= t->chosen[l->site[k]];
		norm += (double)t->uncovered[i] * t->uncovered[i];
	}
	if (norm == 0)
		return false;
	step *= (1.02 * t->best->total - bound) / norm;
	for (uint32_t i = 0; i < l->demands; i++, tb_step())
		t->price[i] = fmin(l->outside[i], fmax(0, t->price[i] + step * t->uncovered[i]));
	return true;
}

/* The best bound of some steps from the prices as they are; at_bound keeps its prices */
static double climb(Tree *t, uint32_t steps)
{
	double best = -INFINITY, length = t->nodes > 0 ? 0.5 : 2;
	uint32_t idle = 0;

	memset(t->often, 0, t->l->sites * sizeof(uint32_t));
	for (uint32_t s = 0; s < steps && length > 1e-4; s++) {
		double bound = relaxed(t);

		if (t->nodes == 0)
			tb_progress("location, steps of the bound", s + 1.0, steps);
		if (bound > best) {
			idle = bound - best > 1e-7 * t->best->total ? 0 : idle + 1;
			best = bound;
			memcpy(t->at_bound, t->price, t->l->demands * sizeof(double));
			try_chosen(t);
		} else if (++idle >= PATIENCE) {
			length /= 2;
			idle = 0;
			memcpy(t->price, t->at_bound, t->l->demands * sizeof(double));
			(void)relaxed(t);
			bound = best;
		}
		if (best > level(t) || t->best->total == 0 || !follow(t, bound, length))
			break;
	}
	memcpy(t->price, t->at_bound, t->l->demands * sizeof(double));
	(void)relaxed(t);
	return best;
}

/* Sites that no better answer of this node can open, or leave closed */
static void decide(Tree *t, double bound)
{
	double most = level(t), last, after;

	if (t->wanted == 0 || t->wanted >= t->free_sites)
		return;
	last = t->earned[t->order[t->l->p - 1]];
	after = t->earned[t->order[t->l->p]];
	for (uint32_t j = 0; j < t->l->sites; j++, tb_step()) {
		if (t->fix[j] != FREE)
			continue;
		if (t->chosen[j] && bound - t->earned[j] + after > most)
			t->fix[j] = OPEN;
		else if (!t->chosen[j] && bound - last + t->earned[j] > most)
			t->fix[j] = CLOSED;
	}
}

/* The free site that was chosen most nearly half of the time; TB_NO_ID where the node has one answer only, which is taken then */
static uint32_t undecided(Tree *t, uint32_t *steps)
{
	uint32_t best = TB_NO_ID, free_sites = 0, open = 0;
	double nearest = INFINITY, most = 0;

	for (uint32_t j = 0; j < t->l->sites; j++, tb_step()) {
		free_sites += t->fix[j] == FREE;
		open += t->fix[j] == OPEN;
		most = fmax(most, t->fix[j] == FREE ? t->often[j] : 0);
	}
	if (open == t->l->p || open + free_sites <= t->l->p) {
		for (uint32_t j = 0; j < t->l->sites; j++, tb_step())
			t->chosen[j] = t->fix[j] == OPEN || (open < t->l->p && t->fix[j] == FREE);
		return TB_NO_ID;
	}
	for (uint32_t j = 0; j < t->l->sites; j++, tb_step())
		if (t->fix[j] == FREE && fabs(t->often[j] - most / 2) < nearest) {
			nearest = fabs(t->often[j] - most / 2);
			best = j;
		}
	*steps = (uint32_t)most;
	return best;
}

static double explore(Tree *t, double known);

/* The two halves of a node, the likelier first; all is as it was afterwards */
static double branch(Tree *t, uint32_t site, bool likely, double bound)
{
	uint32_t sites = t->l->sites;
	size_t size = t->l->demands * sizeof(double);
	uint8_t *fix = tb_alloc(sites + 1);
	double *price = tb_alloc(size + 8), least = INFINITY;

	memcpy(fix, t->fix, sites);
	memcpy(price, t->price, size);
	for (int half = 0; half < 2; half++) {
		t->fix[site] = likely == (half == 0) ? OPEN : CLOSED;
		least = fmin(least, explore(t, bound));
		memcpy(t->fix, fix, sites);
		memcpy(t->price, price, size);
	}
	tb_free(fix);
	tb_free(price);
	return least;
}

/* A bound of the node's answers that are better than the best known; infinite where there is none */
static double explore(Tree *t, double known)
{
	uint32_t site, most = 0;
	double bound;

	if (t->over || t->best->total == 0)
		return known;
	if (t->nodes++ >= t->effort.nodes || t->visits > t->effort.visits) {
		t->over = true;
		return known;
	}
	tb_progress("location, branches", t->nodes, t->effort.nodes);
	bound = fmax(known, climb(t, STEPS_OF_A_NODE));
	if (bound > level(t))
		return bound > t->best->total - rounding(t) ? INFINITY : bound;
	decide(t, bound);
	site = undecided(t, &most);
	if (site == TB_NO_ID) {
		take(t, t->chosen, tb_location_total(t->l, t->chosen));
		return INFINITY;
	}
	return branch(t, site, 2 * t->often[site] >= most, bound);
}

static Tree plant(const TbLocationProblem *l, TbLocationEffort effort, double enough, TbLocationAnswer *answer)
{
	Tree t = {.l = l, .search = tb_location_search(l), .best = answer, .effort = effort, .enough = enough};
	uint32_t useful = 0;

	t.fix = tb_alloc_zero((size_t)l->sites + 1, 1);
	t.price = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	t.at_bound = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	t.earned = tb_alloc(((size_t)l->sites + 1) * sizeof(double));
	t.chosen = tb_alloc(((size_t)l->sites + 1) * sizeof(bool));
	t.uncovered = tb_alloc(((size_t)l->demands + 1) * sizeof(int32_t));
	t.often = tb_alloc(((size_t)l->sites + 1) * sizeof(uint32_t));
	t.order = tb_alloc(1);
	for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
		t.fix[j] = l->fixed[j] ? OPEN : FREE;
		useful += l->fixed[j] || l->column[j] < l->column[j + 1];
	}
	/* sites that nobody reaches, unless p are not had without them */
	for (uint32_t j = 0; useful >= l->p && j < l->sites; j++, tb_step())
		if (t.fix[j] == FREE && l->column[j] == l->column[j + 1])
			t.fix[j] = CLOSED;
	return t;
}

void tb_location_minimise(const TbLocationProblem *l, TbLocationEffort effort, double enough, TbLocationAnswer *answer)
{
	Tree t;

	answer->open = tb_alloc((size_t)l->sites + 1);
	answer->total = INFINITY;
	t = plant(l, effort, enough, answer);
	tb_location_greedy(&t.search);
	tb_location_interchange(&t.search);
	take(&t, t.search.open, tb_location_total(l, t.search.open));
	/* what each would lose without its site: where the next is as near, many may share */
	for (uint32_t i = 0; i < l->demands; i++, tb_step())
		t.price[i] = (t.search.cheapest[i] + fmin(t.search.next[i], 2 * t.search.cheapest[i])) / 2;
	answer->bound = climb(&t, effort.steps);
	if (answer->bound <= level(&t) && answer->total > 0) {
		t.visits = 0;
		t.nodes = 1;
		decide(&t, answer->bound);
		answer->bound = fmax(answer->bound, explore(&t, answer->bound));
	}
	if (answer->bound > answer->total - rounding(&t) || answer->total == 0)
		answer->bound = answer->total;
	answer->bound = fmax(0, answer->bound);
}
