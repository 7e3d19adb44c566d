/* location_cover.c -- p sites that cover all: exchanges steered by weights of those who are left out again and again
 *
 * Row weighting local search (Gao, Yao, Weise and Li 2015): the open site whose closing is missed least gives way to one that reaches a demand left out, chosen at
 * random, and everybody left out weighs more. The sequence of random numbers is always the same.
 */
#include "location_cover.h"

#include "../base/dictionary.h"
#include "../base/step.h"
#include "../base/random.h"

typedef struct Search {
	const TbLocationProblem *l;
	bool *open;
	uint32_t *covered; /* [demands] by how many */
	uint32_t *by;      /* [demands] exclusive or of the sites that cover it: the site itself where it is one */
	uint64_t *weight;  /* [demands] */
	uint32_t *out, *place, left_out;
	uint64_t *score; /* [sites] weight that closing would leave out; that opening would cover */
	uint64_t *moved; /* [sites] when */
	uint64_t step, seed;
	double visits;
} Search;

static void leave_out(Search *s, uint32_t demand)
{
	s->place[demand] = s->left_out;
	s->out[s->left_out++] = demand;
}

static void take_in(Search *s, uint32_t demand)
{
	uint32_t last = s->out[--s->left_out];

	s->out[s->place[demand]] = last;
	s->place[last] = s->place[demand];
}

/* To the scores of all sites that reach the demand */
static void add_score(Search *s, uint32_t demand, uint64_t weight)
{
	const TbLocationProblem *l = s->l;

	for (size_t k = l->row[demand]; k < l->row[demand + 1]; k++)
		s->score[l->site[k]] += weight;
	s->visits += (double)(l->row[demand + 1] - l->row[demand]);
	tb_steps(l->row[demand + 1] - l->row[demand]);
}

static void open_site(Search *s, uint32_t site)
{
	const TbLocationProblem *l = s->l;
	uint64_t score = 0;

	s->open[site] = true;
	s->moved[site] = ++s->step;
	for (size_t k = l->column[site]; k < l->column[site + 1]; k++, tb_step()) {
		uint32_t i = l->demand[k];

		if (s->covered[i]++ == 0) {
			take_in(s, i);
			add_score(s, i, -s->weight[i]);
			score += s->weight[i];
		} else if (s->covered[i] == 2)
			s->score[s->by[i]] -= s->weight[i];
		s->by[i] ^= site;
	}
	s->score[site] = score;
	s->visits += (double)(l->column[site + 1] - l->column[site]);
}

static void close_site(Search *s, uint32_t site)
{
	const TbLocationProblem *l = s->l;

	s->open[site] = false;
	s->moved[site] = ++s->step;
	s->score[site] = 0;
	for (size_t k = l->column[site]; k < l->column[site + 1]; k++, tb_step()) {
		uint32_t i = l->demand[k];

		s->by[i] ^= site;
		if (--s->covered[i] == 0) {
			leave_out(s, i);
			add_score(s, i, s->weight[i]);
		} else if (s->covered[i] == 1)
			s->score[s->by[i]] += s->weight[i];
	}
	s->visits += (double)(l->column[site + 1] - l->column[site]);
}

/* The open site that would be missed least, but not the one just opened; of several the one that has been open longest */
static uint32_t least_missed(Search *s, uint32_t newest)
{
	uint32_t best = TB_NO_ID;

	for (uint32_t j = 0; j < s->l->sites; j++, tb_step()) {
		if (!s->open[j] || s->l->fixed[j] || j == newest)
			continue;
		if (best == TB_NO_ID || s->score[j] < s->score[best] || (s->score[j] == s->score[best] && s->moved[j] < s->moved[best]))
			best = j;
	}
	s->visits += s->l->sites;
	return best;
}

/* The site that covers most of those left out and one of them, drawn, for sure */
static uint32_t most_wanted(Search *s, uint32_t closed)
{
	const TbLocationProblem *l = s->l;
	uint32_t demand = s->out[tb_random_below(&s->seed, s->left_out)], best = TB_NO_ID;

	for (size_t k = l->row[demand]; k < l->row[demand + 1]; k++, tb_step()) {
		uint32_t j = l->site[k];

		if (j == closed)
			continue;
		if (best == TB_NO_ID || s->score[j] > s->score[best] || (s->score[j] == s->score[best] && s->moved[j] < s->moved[best]))
			best = j;
	}
	return best == TB_NO_ID ? closed : best;
}

static Search begin(const TbLocationProblem *l, bool *open)
{
	Search s = {.l = l, .open = tb_alloc_zero((size_t)l->sites + 1, sizeof(bool))};
	size_t demands = (size_t)l->demands + 1, sites = (size_t)l->sites + 1;

	s.covered = tb_alloc_zero(demands, sizeof(uint32_t));
	s.by = tb_alloc_zero(demands, sizeof(uint32_t));
	s.weight = tb_alloc(demands * sizeof(uint64_t));
	s.out = tb_alloc(demands * sizeof(uint32_t));
	s.place = tb_alloc(demands * sizeof(uint32_t));
	s.score = tb_alloc_zero(sites, sizeof(uint64_t));
	s.moved = tb_alloc_zero(sites, sizeof(uint64_t));
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		s.weight[i] = 1;
		leave_out(&s, i);
		add_score(&s, i, 1);
	}
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		if (open[j])
			open_site(&s, j);
	return s;
}

static void end(Search *s)
{
	void *parts[] = {s->open, s->covered, s->by, s->weight, s->out, s->place, s->score, s->moved};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		tb_free(parts[i]);
}

bool tb_cover_search(const TbLocationProblem *l, double visits, bool *open)
{
	Search s = begin(l, open);
	uint32_t newest = TB_NO_ID;
	bool found;

	while (s.left_out > 0 && s.visits < visits) {
		uint32_t closed = least_missed(&s, newest);

		tb_progress("location, entries looked at for a cover", s.visits + 1, visits);
		if (closed == TB_NO_ID)
			break;
		close_site(&s, closed);
		newest = most_wanted(&s, closed);
		if (newest == TB_NO_ID)
			break;
		open_site(&s, newest);
		for (uint32_t k = 0; k < s.left_out; k++) {
			s.weight[s.out[k]]++;
			add_score(&s, s.out[k], 1);
		}
	}
	found = s.left_out == 0;
	if (found)
		memcpy(open, s.open, l->sites * sizeof(bool));
	end(&s);
	return found;
}
