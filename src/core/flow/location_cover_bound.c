/* location_cover_bound.c -- how many sites a cover needs at least: prices of demands, and a tree of smaller questions
 *
 * Each demand pays a price to be covered. A site is worth opening when those whom it covers pay more than 1; prices less what all such sites would take too
 * much are a bound. The volume algorithm moves the prices by an average of the sites chosen so far, which comes near to an optimum of the linear relaxation and
 * tells where to branch. A node of the tree is a smaller covering question: its sites that are open or closed are gone from it.
 */
#include <math.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "location_cover.h"
#include "location_problem.h"

#define STEPS_OF_A_NODE 300
#define PATIENCE 20 /* steps without a better bound until they get shorter */
#define ENTRIES_OF_A_TREE ((size_t)1 << 17)

typedef struct Volume {
	const TbLocationProblem *l;
	TbCoverBound *best;
	double *price, *worth; /* of this step */
	double *lacking;       /* [demands] 1 - the shares that cover it: the direction */
	bool *chosen;
} Volume;

void tb_cover_start(TbLocationProblem *l)
{
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		size_t most = 1;

		for (size_t k = l->row[i]; k < l->row[i + 1]; k++, tb_step()) {
			size_t size = l->column[l->site[k] + 1] - l->column[l->site[k]];

			most = size > most ? size : most;
		}
		l->outside[i] = 1.0 / (double)most;
	}
}

/* The bound of these prices */
static double relaxed(Volume *v)
{
	const TbLocationProblem *l = v->l;
	double bound = 0;

	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		v->worth[j] = 1;
	for (uint32_t i = 0; i < l->demands; i++) {
		double price = v->price[i];

		if (price == 0)
			continue;
		bound += price;
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
			v->worth[l->site[k]] -= price;
		tb_steps(l->row[i + 1] - l->row[i]);
	}
	for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
		v->chosen[j] = l->fixed[j] || v->worth[j] < 0;
		bound += v->chosen[j] ? v->worth[j] : 0;
	}
	return bound;
}

/* Direction from the shares; its square length */
static double aim(Volume *v)
{
	const TbLocationProblem *l = v->l;
	double norm = 0;

	for (uint32_t i = 0; i < l->demands; i++) {
		double lacking = 1;

		for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
			lacking -= v->best->share[l->site[k]];
		v->lacking[i] = lacking < 0 && v->best->price[i] <= 0 ? 0 : lacking;
		norm += v->lacking[i] * v->lacking[i];
		tb_steps(l->row[i + 1] - l->row[i]);
	}
	return norm;
}

/* Do the sites of this step lack what the average lacks? Then steps may be longer. */
static bool agrees(const Volume *v)
{
	const TbLocationProblem *l = v->l;
	double sum = 0;

	for (uint32_t i = 0; i < l->demands; i++) {
		double lacking = 1;

		for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
			lacking -= v->chosen[l->site[k]];
		sum += lacking * v->lacking[i];
		tb_steps(l->row[i + 1] - l->row[i]);
	}
	return sum > 0;
}

static void keep(Volume *v, double bound)
{
	v->best->bound = bound;
	memcpy(v->best->price, v->price, v->l->demands * sizeof(double));
	memcpy(v->best->worth, v->worth, v->l->sites * sizeof(double));
	memcpy(v->best->chosen, v->chosen, v->l->sites * sizeof(bool));
}

static Volume begin(const TbLocationProblem *l, TbCoverBound *best)
{
	size_t demands = (size_t)l->demands + 1, sites = (size_t)l->sites + 1;
	Volume v = {.l = l, .best = best};

	*best = (TbCoverBound){.price = tb_alloc(demands * sizeof(double)),
						   .worth = tb_alloc(sites * sizeof(double)),
						   .share = tb_alloc(sites * sizeof(double)),
						   .chosen = tb_alloc(sites * sizeof(bool))};
	v.price = tb_alloc(demands * sizeof(double));
	v.worth = tb_alloc(sites * sizeof(double));
	v.lacking = tb_alloc(demands * sizeof(double));
	v.chosen = tb_alloc(sites * sizeof(bool));
	memcpy(v.price, l->outside, l->demands * sizeof(double));
	keep(&v, relaxed(&v));
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		best->share[j] = v.chosen[j];
	return v;
}

static void end(Volume *v)
{
	tb_free(v->price);
	tb_free(v->worth);
	tb_free(v->lacking);
	tb_free(v->chosen);
}

TbCoverBound tb_cover_bound(const TbLocationProblem *l, uint32_t steps)
{
	TbCoverBound best;
	Volume v = begin(l, &best);
	double length = 0.1, fresh = 0.1, before = best.bound;
	uint32_t idle = 0;

	for (uint32_t s = 1; s <= steps && best.bound <= l->p + TB_COVER_SURELY; s++) {
		double norm = aim(&v), bound;

		tb_progress("location, steps of the bound", s, steps);
		if (norm < 1e-12)
			break; /* the shares cover all: the relaxation is solved */
		for (uint32_t i = 0; i < l->demands; i++, tb_step())
			v.price[i] = fmax(0, best.price[i] + length * (l->p + 1 - best.bound) / norm * v.lacking[i]);
		bound = relaxed(&v);
		for (uint32_t j = 0; j < l->sites; j++, tb_step())
			best.share[j] += fresh * (v.chosen[j] - best.share[j]);
		if (bound > best.bound) {
			length = length < 2 && agrees(&v) ? 1.1 * length : length;
			keep(&v, bound);
			idle = 0;
		} else if (++idle >= PATIENCE) {
			length *= 0.66;
			idle = 0;
		}
		if (s % 100 == 0) {
			fresh = best.bound < 1.01 * before && fresh > 1e-3 ? 0.75 * fresh : fresh;
			before = best.bound;
		}
		best.visits += 3.0 * (double)l->row[l->demands] + l->demands + l->sites;
	}
	end(&v);
	return best;
}

void tb_cover_release(TbCoverBound *b)
{
	tb_free(b->price);
	tb_free(b->worth);
	tb_free(b->share);
	tb_free(b->chosen);
}

static bool covers_all(const TbLocationProblem *l, const bool *open)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		n += open[j];
	for (uint32_t i = 0; i < l->demands && n <= l->p; i++) {
		size_t k = l->row[i];

		for (; k < l->row[i + 1] && !open[l->site[k]]; k++)
			tb_step();
		if (k == l->row[i + 1])
			return false;
	}
	return n <= l->p;
}

/* The node with one more decision, and those that no answer within p can do otherwise */
static TbLocationProblem child(const TbLocationProblem *l, const TbCoverBound *b, uint32_t site, bool opened)
{
	TbLocationProblem c = {.demands = l->demands, .sites = l->sites, .p = l->p};
	bool *fixed = tb_alloc((size_t)l->sites + 1), *gone = tb_alloc_zero((size_t)l->sites + 1, sizeof(bool));
	double most = l->p + TB_COVER_SURELY;
	size_t n = 0;

	for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
		fixed[j] = l->fixed[j] || (b->worth[j] < 0 && b->bound - b->worth[j] > most) || (j == site && opened);
		gone[j] = !fixed[j] && ((b->worth[j] > 0 && b->bound + b->worth[j] > most) || j == site);
	}
	c.fixed = fixed;
	c.row = tb_alloc(((size_t)l->demands + 1) * sizeof(size_t));
	c.site = tb_alloc((l->row[l->demands] + 1) * sizeof(uint32_t));
	c.charge = tb_alloc_zero(l->row[l->demands] + 1, sizeof(double));
	c.outside = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	memcpy(c.outside, b->price, l->demands * sizeof(double));
	for (uint32_t i = 0; i < l->demands; i++) {
		c.row[i] = n;
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++, tb_step())
			if (!gone[l->site[k]])
				c.site[n++] = l->site[k];
	}
	c.row[l->demands] = n;
	tb_free(gone);
	return c;
}

/* The free site that is neither in nor out, of several the one that covers most; TB_NO_ID where none covers anybody */
static uint32_t undecided(const TbLocationProblem *l, const TbCoverBound *b)
{
	uint32_t best = TB_NO_ID;
	double most = 0;

	for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
		double doubt = (0.01 + fmin(b->share[j], 1 - b->share[j])) * (double)(l->column[j + 1] - l->column[j]);

		if (!l->fixed[j] && doubt > most) {
			best = j;
			most = doubt;
		}
	}
	return best;
}

static int explore(const TbLocationProblem *l, double *visits, bool *open);

static int explore_child(const TbLocationProblem *l, const TbCoverBound *b, uint32_t site, bool opened, double *visits, bool *open)
{
	TbLocationProblem c = child(l, b, site, opened);
	const bool *fixed = c.fixed;
	int answer = 0;

	*visits -= 10.0 * (double)c.row[c.demands] + c.demands;
	if (tb_location_reduce(&c)) {
		tb_location_complete(&c, c.demands);
		answer = explore(&c, visits, open);
	}
	tb_free((void *)(c.fixed == fixed ? NULL : c.fixed));
	tb_free((void *)fixed);
	tb_location_release(&c);
	return answer;
}

static int explore(const TbLocationProblem *l, double *visits, bool *open)
{
	TbCoverBound b;
	uint32_t site;
	int answer = -1;

	if (*visits <= 0)
		return -1;
	tb_progress("location, entries left to the branches", *visits, TB_COVER_TREE);
	b = tb_cover_bound(l, STEPS_OF_A_NODE);
	*visits -= b.visits;
	if (b.bound > l->p + TB_COVER_SURELY)
		answer = 0;
	else if (covers_all(l, b.chosen)) {
		memcpy(open, b.chosen, l->sites * sizeof(bool));
		answer = 1;
	} else if ((site = undecided(l, &b)) != TB_NO_ID) {
		answer = explore_child(l, &b, site, true, visits, open);
		if (answer == 0)
			answer = explore_child(l, &b, site, false, visits, open);
	}
	tb_cover_release(&b);
	return answer;
}

int tb_cover_tree(const TbLocationProblem *l, double *visits, bool *open)
{
	return l->row[l->demands] > ENTRIES_OF_A_TREE ? -1 : explore(l, visits, open);
}
