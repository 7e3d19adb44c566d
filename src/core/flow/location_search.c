/* location_search.c -- good sites soon: greedy addition, then exchanges of an open site for a closed one */
#include "location_kernel.h"

#include <string.h>

#include "../base/dictionary.h"
#include "../base/step.h"

#define NOT_WORTH 1e-12 /* savings below this part of the total are rounding */

TbLocationSearch tb_location_search(const TbLocationProblem *l)
{
	TbLocationSearch s = {.problem = l};

	s.open = tb_alloc_zero((size_t)l->sites + 1, sizeof(bool));
	s.first = tb_alloc(((size_t)l->demands + 1) * sizeof(uint32_t));
	s.cheapest = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	s.next = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	s.gain = tb_alloc(((size_t)l->sites + 1) * sizeof(double));
	s.loss = tb_alloc(((size_t)l->sites + 1) * sizeof(double));
	s.extra = tb_alloc_zero((size_t)l->sites + 1, sizeof(double));
	tb_location_set(&s, l->fixed);
	return s;
}

void tb_location_end(TbLocationSearch *s)
{
	void *parts[] = {s->open, s->first, s->cheapest, s->next, s->gain, s->loss, s->extra};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		tb_free(parts[i]);
}

double tb_location_total(const TbLocationProblem *l, const bool *open)
{
	double total = 0;

	for (uint32_t i = 0; i < l->demands; i++) {
		size_t k = l->row[i];

		for (; k < l->row[i + 1] && !open[l->site[k]]; k++)
			tb_step();
		total += k < l->row[i + 1] ? l->charge[k] : l->outside[i];
		tb_step();
	}
	return total;
}

static void look_up(TbLocationSearch *s, uint32_t i)
{
	const TbLocationProblem *l = s->problem;
	size_t k = l->row[i];

	s->first[i] = TB_NO_ID;
	s->cheapest[i] = s->next[i] = l->outside[i];
	for (; k < l->row[i + 1] && !s->open[l->site[k]]; k++)
		tb_step();
	if (k == l->row[i + 1])
		return;
	s->first[i] = l->site[k];
	s->cheapest[i] = l->charge[k];
	for (k++; k < l->row[i + 1] && !s->open[l->site[k]]; k++)
		tb_step();
	if (k < l->row[i + 1])
		s->next[i] = l->charge[k];
}

/* Total, and what closing each open site would lose */
static void reckon(TbLocationSearch *s)
{
	memset(s->loss, 0, s->problem->sites * sizeof(double));
	s->total = 0;
	for (uint32_t i = 0; i < s->problem->demands; i++, tb_step()) {
		s->total += s->cheapest[i];
		if (s->first[i] != TB_NO_ID)
			s->loss[s->first[i]] += s->next[i] - s->cheapest[i];
	}
}

void tb_location_set(TbLocationSearch *s, const bool *open)
{
	memcpy(s->open, open, s->problem->sites * sizeof(bool));
	for (uint32_t i = 0; i < s->problem->demands; i++, tb_step())
		look_up(s, i);
	reckon(s);
}

static void open_site(TbLocationSearch *s, uint32_t site)
{
	const TbLocationProblem *l = s->problem;

	s->open[site] = true;
	for (size_t k = l->column[site]; k < l->column[site + 1]; k++, tb_step()) {
		uint32_t i = l->demand[k];
		double charge = l->charge_of[k];

		if (s->first[i] == TB_NO_ID || charge < s->cheapest[i]) {
			s->next[i] = s->cheapest[i];
			s->cheapest[i] = charge;
			s->first[i] = site;
		} else if (charge < s->next[i])
			s->next[i] = charge;
	}
}

static void close_site(TbLocationSearch *s, uint32_t site)
{
	const TbLocationProblem *l = s->problem;

	s->open[site] = false;
	for (size_t k = l->column[site]; k < l->column[site + 1]; k++, tb_step())
		if (l->charge_of[k] <= s->next[l->demand[k]])
			look_up(s, l->demand[k]);
}

static double saving(const TbLocationSearch *s, uint32_t site)
{
	const TbLocationProblem *l = s->problem;
	double sum = 0;

	for (size_t k = l->column[site]; k < l->column[site + 1]; k++)
		if (l->charge_of[k] < s->cheapest[l->demand[k]])
			sum += s->cheapest[l->demand[k]] - l->charge_of[k];
	tb_steps(l->column[site + 1] - l->column[site]);
	return sum;
}

/* Savings only fall as sites are added, so an old one that is still the largest need not be compared with new ones of the others */
void tb_location_greedy(TbLocationSearch *s)
{
	const TbLocationProblem *l = s->problem;
	uint32_t *fresh = tb_alloc_zero((size_t)l->sites + 1, sizeof(uint32_t)), count = 0;

	for (uint32_t j = 0; j < l->sites; j++) {
		count += s->open[j];
		s->gain[j] = s->open[j] ? -1 : saving(s, j);
		fresh[j] = count;
	}
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		fresh[j] = count;
	while (count < l->p) {
		uint32_t best = 0;

		for (uint32_t j = 1; j < l->sites; j++, tb_step())
			if (s->gain[j] > s->gain[best])
				best = j;
		if (fresh[best] != count) {
			s->gain[best] = saving(s, best);
			fresh[best] = count;
			continue;
		}
		open_site(s, best);
		s->gain[best] = -1;
		count++;
	}
	reckon(s);
	tb_free(fresh);
}

/* The open site whose closing pays best with `site` opened, and by how much; TB_NO_ID where all are fixed */
static uint32_t best_exchange(TbLocationSearch *s, uint32_t site, double *profit)
{
	const TbLocationProblem *l = s->problem;
	double gain = 0;
	uint32_t best = TB_NO_ID;

	for (size_t k = l->column[site]; k < l->column[site + 1]; k++) {
		uint32_t i = l->demand[k];
		double charge = l->charge_of[k];

		if (charge >= s->next[i])
			continue;
		if (charge < s->cheapest[i])
			gain += s->cheapest[i] - charge;
		if (s->first[i] != TB_NO_ID)
			s->extra[s->first[i]] += s->next[i] - (charge < s->cheapest[i] ? s->cheapest[i] : charge);
	}
	tb_steps(l->column[site + 1] - l->column[site]);
	for (uint32_t r = 0; r < l->sites; r++, tb_step()) {
		double worth = gain - s->loss[r] + s->extra[r];

		s->extra[r] = 0;
		if (s->open[r] && !l->fixed[r] && (best == TB_NO_ID || worth > *profit)) {
			best = r;
			*profit = worth;
		}
	}
	return best;
}

void tb_location_interchange(TbLocationSearch *s)
{
	const TbLocationProblem *l = s->problem;

	for (uint32_t site = 0, idle = 0; idle < l->sites; site = site + 1 < l->sites ? site + 1 : 0, idle++) {
		double profit = 0, before = s->total;
		uint32_t out;

		tb_step();
		if (s->open[site])
			continue;
		tb_progress("location, sites tried in vain", idle + 1.0, l->sites);
		out = best_exchange(s, site, &profit);
		if (out == TB_NO_ID || !(profit > NOT_WORTH * before))
			continue;
		open_site(s, site);
		close_site(s, out);
		reckon(s);
		if (s->total < before) {
			idle = 0;
			continue;
		}
		/* a profit that rounding made up */
		open_site(s, out);
		close_site(s, site);
		reckon(s);
	}
}
