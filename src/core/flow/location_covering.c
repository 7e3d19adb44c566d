/* location_covering.c -- set cover and p-centre: covering questions asked for fewer and fewer sites, or at smaller and smaller radii
 *
 * A search says yes, a bound no, and a tree either where both leave a question open.
 */
#include <math.h>

#include "../base/step.h"
#include "../base/merge_sort.h"
#include "location.h"
#include "location_cover.h"
#include "location_problem.h"

/* A covering question of those whom others do not imply */
typedef struct Question {
	TbLocationProblem l;
	bool refused; /* p sites cannot, as the reductions say */
} Question;

static Question question(const TbLocationTable *t, uint32_t p, double reach)
{
	Question q = {.l = tb_location_within(t, p, reach)};

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		q.l.outside[i] = 1;
	q.refused = !tb_location_reduce(&q.l);
	if (!q.refused)
		tb_location_complete(&q.l, q.l.demands);
	return q;
}

/* Exactly p open sites */
static void fill_up(const TbLocationProblem *l, bool *open)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		n += open[j];
	for (uint32_t j = 0; j < l->sites && n < l->p; j++, tb_step()) {
		n += !open[j];
		open[j] = true;
	}
}

/* A search looks at each entry so often, or at so many in all; a long one ten times as often */
#define ROUNDS 2500
#define SEARCH 4e7
#define LONGER 10
#define STEPS 1500 /* of a bound */

/* Are there p sites that leave nobody beyond reach? 1 yes, and these are open; 0 no; -1 none were found */
static int find_cover(const TbLocationTable *t, uint32_t p, double reach, double longer, bool *open)
{
	Question q = question(t, p, reach);
	int answer = q.refused ? 0 : -1;

	if (!q.refused) {
		TbLocationSearch s = tb_location_search(&q.l);

		tb_location_greedy(&s);
		if (s.total == 0 || tb_cover_search(&q.l, longer * fmin(SEARCH, ROUNDS * (double)(q.l.row[q.l.demands] + t->sites)), s.open)) {
			memcpy(open, s.open, t->sites * sizeof(bool));
			answer = 1;
		}
		tb_location_end(&s);
	}
	tb_location_release(&q.l);
	return answer;
}

/* A number of sites that is needed at least: above p, or as near to it as the bound comes */
static uint32_t needed(const TbLocationTable *t, uint32_t p, double reach)
{
	Question q = question(t, p, reach);
	TbCoverBound b;
	double sites = (double)p + 1;

	if (!q.refused) {
		tb_cover_start(&q.l);
		b = tb_cover_bound(&q.l, STEPS);
		sites = ceil(b.bound - TB_COVER_SURELY);
		tb_cover_release(&b);
	}
	tb_location_release(&q.l);
	return (uint32_t)fmax(1, sites);
}

/* The same question to a tree */
static int decide_cover(const TbLocationTable *t, uint32_t p, double reach, double *visits, bool *open)
{
	Question q = question(t, p, reach);
	bool *chosen = tb_alloc((size_t)t->sites + 1);
	int answer = 0;

	if (!q.refused) {
		tb_cover_start(&q.l);
		answer = tb_cover_tree(&q.l, visits, chosen);
	}
	if (answer == 1) {
		memcpy(open, chosen, t->sites * sizeof(bool));
		fill_up(&q.l, open);
	}
	tb_location_release(&q.l);
	tb_free(chosen);
	return answer;
}

/* As many sites as greedy addition needs, less those that it can do without */
static uint32_t enough_sites(const TbLocationTable *t, double threshold, bool *open)
{
	uint32_t low = tb_location_fixed(t), high = t->sites, middle;
	TbLocationProblem l = tb_location_within(t, high, threshold);
	TbLocationSearch s;

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		l.outside[i] = 1;
	tb_location_complete(&l, t->demands);
	memset(open, 1, t->sites);
	while (low < high) {
		middle = low + (high - low) / 2;
		l.p = middle;
		s = tb_location_search(&l);
		tb_location_greedy(&s);
		if (s.total == 0) {
			high = middle;
			memcpy(open, s.open, t->sites);
		} else
			low = middle + 1;
	}
	tb_location_release(&l);
	return high;
}

TbStatus tb_set_cover(const TbLocationTable *t, double threshold, TbLocationResult *r)
{
	uint32_t p, low, asked;
	double visits = TB_COVER_TREE;
	int answer = 1;

	*r = (TbLocationResult){0};
	r->example = tb_location_beyond(t, threshold, &r->unserved);
	if (r->example != TB_NO_ID)
		return TB_INFEASIBLE;
	r->open = tb_alloc_zero((size_t)t->sites + 1, sizeof(bool));
	p = enough_sites(t, threshold, r->open);
	low = tb_location_fixed(t) > 1 ? tb_location_fixed(t) : 1;
	/* fewer and fewer, until that is not found */
	while (p > low && find_cover(t, p - 1, threshold, 1, r->open) == 1)
		p--;
	if (p > low) {
		asked = needed(t, p - 1, threshold);
		low = asked > low ? asked : low;
	}
	/* as few as the bound allows, or at least more than it says */
	while (low < p && answer != -1) {
		answer = decide_cover(t, p - 1, threshold, &visits, r->open);
		if (answer == -1 && find_cover(t, p - 1, threshold, LONGER, r->open) == 1)
			answer = 1;
		p -= answer == 1;
		low = answer == 0 ? p : low;
	}
	asked = p - 1;
	while (low < asked) {
		uint32_t middle = low + (asked - low - 1) / 2;

		visits = TB_COVER_TREE / 8;
		if (decide_cover(t, middle, threshold, &visits, r->open) == 0)
			low = middle + 1;
		else
			asked = middle;
	}
	(void)tb_location_assign(t, threshold, r);
	r->objective = p;
	r->bound = low;
	return tb_location_finish(r);
}

/* p sites that leave few beyond any reach */
static void most_covered(const TbLocationTable *t, uint32_t p, bool *open)
{
	TbLocationProblem l = tb_location_within(t, p, INFINITY);
	TbLocationSearch s;

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		l.outside[i] = 1;
	tb_location_complete(&l, t->demands);
	s = tb_location_search(&l);
	tb_location_greedy(&s);
	tb_location_interchange(&s);
	memcpy(open, s.open, t->sites * sizeof(bool));
	tb_location_end(&s);
	tb_location_release(&l);
}

double *tb_location_radii(const TbLocationTable *t, double least, size_t *n)
{
	size_t all = t->row[t->demands], used = 0;
	double *x = tb_alloc((all + 1) * sizeof(double));

	for (size_t k = 0; k < all; k++, tb_step())
		if (t->cost[k] >= least)
			x[used++] = t->cost[k];
	*n = tb_distinct_doubles(x, used);
	return x;
}

/* radius[high] is the worst cost of the best sites so far; no radius below radius[low] can be */
typedef struct Centre {
	const TbLocationTable *t;
	uint32_t p;
	TbLocationResult *r;
	double *radius;
	size_t n, low, high;
} Centre;

static void improve(Centre *c)
{
	c->r->objective = tb_location_assign(c->t, INFINITY, c->r);
	c->high = tb_place_of(c->radius, c->n, c->r->objective);
}

/* By halves */
static void search_radii(Centre *c)
{
	size_t low = 0, asked = 0;
	int answer;

	while (low < c->high) {
		size_t middle = low + (c->high - low) / 2;

		tb_progress("location, radii", (double)++asked, 40);
		answer = find_cover(c->t, c->p, c->radius[middle], 1, c->r->open);
		if (answer == 1)
			improve(c);
		else
			low = middle + 1;
		c->low = answer == 0 ? low : c->low;
	}
}

static void search_longer(Centre *c)
{
	while (c->low < c->high && find_cover(c->t, c->p, c->radius[c->high - 1], LONGER, c->r->open) == 1)
		improve(c);
}

/* The largest radius that a bound refutes, then a tree */
static void refute_radii(Centre *c)
{
	double visits;
	size_t unknown, asked = 0;

	for (unknown = c->high; c->low < unknown;) {
		size_t middle = c->low + (unknown - c->low) / 2;

		tb_progress("location, radii", (double)++asked, 40);
		if (needed(c->t, c->p, c->radius[middle]) > c->p)
			c->low = middle + 1;
		else
			unknown = middle;
	}
	for (unknown = c->high; c->low < unknown;) {
		size_t middle = c->low + (unknown - c->low) / 2;
		int answer;

		tb_progress("location, radii", (double)++asked, 40);
		visits = TB_COVER_TREE / 10;
		answer = decide_cover(c->t, c->p, c->radius[middle], &visits, c->r->open);
		if (answer == 0)
			c->low = middle + 1;
		else if (answer == 1) {
			improve(c);
			unknown = c->high;
		} else
			unknown = middle;
	}
}

TbStatus tb_p_centre(const TbLocationTable *t, uint32_t p, TbLocationResult *r)
{
	Centre c = {.t = t, .p = p, .r = r};
	double least = 0, visits = TB_COVER_TREE / 10;
	int answer;

	*r = (TbLocationResult){0};
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	r->example = tb_location_beyond(t, INFINITY, &r->unserved);
	if (r->example != TB_NO_ID)
		return TB_INFEASIBLE;
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		least = fmax(least, t->cost[t->row[i]]);
	r->open = tb_alloc_zero((size_t)t->sites + 1, sizeof(bool));
	answer = find_cover(t, p, INFINITY, 1, r->open);
	if (answer == -1)
		answer = decide_cover(t, p, INFINITY, &visits, r->open);
	if (answer != 1) {
		r->least = answer == 0 ? needed(t, p, INFINITY) : 0;
		most_covered(t, p, r->open);
		(void)tb_location_assign(t, INFINITY, r);
		return TB_INFEASIBLE;
	}
	c.radius = tb_location_radii(t, least, &c.n);
	improve(&c);
	search_radii(&c);
	refute_radii(&c);
	if (c.low < c.high)
		search_longer(&c);
	r->bound = c.radius[c.low];
	return tb_location_finish(r);
}
