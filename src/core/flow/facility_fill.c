/* facility_fill.c -- who goes where when the open sites are known: a generalised assignment, found by regret and exchanges
 *
 * Those who would lose most per head without their site come first (Mulvey and Beck 1984; Martello and Toth 1990, chapter 7). Afterwards a demand moves
 * to a cheaper site with room, or to one where another can make room for it.
 */
#include <math.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "../base/sort_order.h"
#include "facility_kernel.h"

#define NOT_WORTH 1e-12 /* savings below this part of the total are rounding */
#define ROUNDS 60

enum { BY_HEAD, BY_DEMAND, BY_SIZE, WAYS };

TbFacilityFill tb_facility_fill(const TbFacilityProblem *f)
{
	TbFacilityFill s = {.f = f};
	size_t demands = (size_t)f->l.demands + 1, sites = (size_t)f->l.sites + 1, entries = f->l.row[f->l.demands] + 1;

	s.open = tb_alloc_zero(sites, sizeof(bool));
	s.site = tb_alloc(demands * sizeof(uint32_t));
	s.charge = tb_alloc(demands * sizeof(double));
	s.load = tb_alloc(sites * sizeof(double));
	s.row = tb_alloc(demands * sizeof(size_t));
	s.near = tb_alloc(entries * sizeof(uint32_t));
	s.near_charge = tb_alloc(entries * sizeof(double));
	s.head = tb_alloc(sites * sizeof(uint32_t));
	s.after = tb_alloc(demands * sizeof(uint32_t));
	s.prior = tb_alloc(demands * sizeof(uint32_t));
	return s;
}

void tb_facility_free_fill(TbFacilityFill *s)
{
	void *parts[] = {s->open, s->site, s->charge, s->load, s->row, s->near, s->near_charge, s->head, s->after, s->prior};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		tb_free(parts[i]);
}

void tb_facility_narrow(TbFacilityFill *s)
{
	const TbLocationProblem *l = &s->f->l;
	size_t n = 0;

	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		s->row[i] = n;
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++)
			if (s->open[l->site[k]]) {
				s->near[n] = l->site[k];
				s->near_charge[n++] = l->charge[k];
			}
		tb_steps(l->row[i + 1] - l->row[i]);
	}
	s->row[l->demands] = n;
	s->work += (double)l->row[l->demands] + l->demands;
}

void tb_facility_leave(TbFacilityFill *s, uint32_t i)
{
	uint32_t j = s->site[i];

	if (j == TB_NO_ID)
		return;
	s->load[j] -= s->f->size[i];
	if (s->prior[i] == TB_NO_ID)
		s->head[j] = s->after[i];
	else
		s->after[s->prior[i]] = s->after[i];
	if (s->after[i] != TB_NO_ID)
		s->prior[s->after[i]] = s->prior[i];
	if (s->head[j] == TB_NO_ID)
		s->load[j] = 0;
}

void tb_facility_enter(TbFacilityFill *s, uint32_t i, uint32_t j, double charge)
{
	s->site[i] = j;
	s->charge[i] = charge;
	if (j == TB_NO_ID)
		return;
	s->load[j] += s->f->size[i];
	s->prior[i] = TB_NO_ID;
	s->after[i] = s->head[j];
	if (s->head[j] != TB_NO_ID)
		s->prior[s->head[j]] = i;
	s->head[j] = i;
}

static void empty(TbFacilityFill *s)
{
	for (uint32_t j = 0; j < s->f->l.sites; j++, tb_step()) {
		s->load[j] = 0;
		s->head[j] = TB_NO_ID;
	}
	for (uint32_t i = 0; i < s->f->l.demands; i++, tb_step()) {
		s->site[i] = TB_NO_ID;
		s->charge[i] = s->f->l.outside[i];
	}
}

static bool fits(const TbFacilityFill *s, uint32_t i, uint32_t j)
{
	return s->load[j] + s->f->size[i] <= s->f->room[j];
}

/* The first entry from k on with room for the demand, or the end of its row */
static size_t next_fit(TbFacilityFill *s, uint32_t i, size_t k)
{
	size_t from = k;

	while (k < s->row[i + 1] && !fits(s, i, s->near[k]))
		k++;
	tb_steps(k - from + 1);
	s->work += (double)(k - from) + 1;
	return k;
}

static double urgency(TbFacilityFill *s, uint32_t i, int way, size_t *best)
{
	size_t second;
	double regret;

	*best = next_fit(s, i, s->row[i]);
	if (*best == s->row[i + 1])
		return 0;
	if (way == BY_SIZE)
		return s->f->size[i];
	second = next_fit(s, i, *best + 1);
	regret = (second < s->row[i + 1] ? s->near_charge[second] : s->f->l.outside[i]) - s->near_charge[*best];
	return way == BY_HEAD ? regret / s->f->size[i] : regret;
}

/* Those who wait, the most urgent first, as long as the site they want has room; the others ask again */
static void put_all(TbFacilityFill *s, int way)
{
	uint32_t demands = s->f->l.demands, n = demands;
	uint32_t *waiting = tb_alloc(((size_t)demands + 1) * sizeof(uint32_t));
	size_t *want = tb_alloc(((size_t)demands + 1) * sizeof(size_t));
	double *key = tb_alloc(((size_t)demands + 1) * sizeof(double));

	empty(s);
	for (uint32_t i = 0; i < demands; i++, tb_step())
		waiting[i] = i;
	while (n > 0) {
		uint32_t asked = 0, later = 0, *again;
		size_t *order;

		for (uint32_t r = 0; r < n; r++) {
			uint32_t i = waiting[r];
			double urgent = urgency(s, i, way, &want[i]);

			if (want[i] == s->row[i + 1])
				continue;
			waiting[asked] = i;
			key[asked++] = -urgent;
		}
		order = tb_sort_order(key, asked);
		again = tb_alloc(((size_t)asked + 1) * sizeof(uint32_t));
		for (uint32_t r = 0; r < asked; r++, tb_step()) {
			uint32_t i = waiting[order[r]];

			if (fits(s, i, s->near[want[i]]))
				tb_facility_enter(s, i, s->near[want[i]], s->near_charge[want[i]]);
			else
				again[later++] = i;
		}
		tb_free(order);
		tb_free(waiting);
		waiting = again;
		n = later;
	}
	tb_free(waiting);
	tb_free(want);
	tb_free(key);
}

/* May this much leave where the demand is now? */
static bool spared(const TbFacilityFill *s, uint32_t i, double size)
{
	uint32_t j = s->site[i];

	return j == TB_NO_ID || s->f->least[j] <= 0 || s->load[j] - size >= s->f->least[j];
}

/* A member of site j who can make room for demand i there: the cheapest way, as entry of the member's row (the end: outside) */
static uint32_t who_makes_room(TbFacilityFill *s, uint32_t i, uint32_t j, double worth, size_t *to)
{
	double most = worth;
	uint32_t best = TB_NO_ID;

	for (uint32_t m = s->head[j]; m != TB_NO_ID; m = s->after[m]) {
		double load = s->load[j] - s->f->size[m] + s->f->size[i];
		size_t k = s->row[m];

		tb_step();
		if (load > s->f->room[j] || load < s->f->least[j])
			continue;
		for (; k < s->row[m + 1] && s->near_charge[k] - s->charge[m] < most; k++) {
			uint32_t b = s->near[k];

			s->work++;
			if (b != j && s->load[b] + s->f->size[m] - (b == s->site[i] ? s->f->size[i] : 0) <= s->f->room[b])
				break;
		}
		tb_steps(k - s->row[m]);
		if (k < s->row[m + 1] ? s->near_charge[k] - s->charge[m] >= most : s->f->l.outside[m] - s->charge[m] >= most)
			continue;
		if (!spared(s, i, s->f->size[i] - (k < s->row[m + 1] && s->near[k] == s->site[i] ? s->f->size[m] : 0)))
			continue;
		most = (k < s->row[m + 1] ? s->near_charge[k] : s->f->l.outside[m]) - s->charge[m];
		best = m;
		*to = k;
	}
	return best;
}

/* Moves a demand to a cheaper site, alone or by an exchange */
static bool better_off(TbFacilityFill *s, uint32_t i, double worth)
{
	for (size_t k = s->row[i]; k < s->row[i + 1]; k++) {
		uint32_t j = s->near[k], m;
		double charge = s->near_charge[k];
		size_t to = 0;

		tb_step();
		if (!(s->charge[i] - charge > worth))
			return false;
		if (fits(s, i, j)) {
			if (!spared(s, i, s->f->size[i]))
				continue;
			tb_facility_leave(s, i);
			tb_facility_enter(s, i, j, charge);
			return true;
		}
		m = who_makes_room(s, i, j, s->charge[i] - charge - worth, &to);
		if (m == TB_NO_ID)
			continue;
		tb_facility_leave(s, m);
		tb_facility_leave(s, i);
		tb_facility_enter(s, i, j, charge);
		tb_facility_enter(s, m, to < s->row[m + 1] ? s->near[to] : TB_NO_ID, to < s->row[m + 1] ? s->near_charge[to] : s->f->l.outside[m]);
		return true;
	}
	return false;
}

static double sum_of_charges(const TbFacilityFill *s)
{
	double total = 0;

	for (uint32_t i = 0; i < s->f->l.demands; i++, tb_step())
		total += s->charge[i];
	return total;
}

static void improve(TbFacilityFill *s)
{
	bool moved = true;

	for (int round = 0; round < ROUNDS && moved; round++) {
		double worth = NOT_WORTH * sum_of_charges(s);

		moved = false;
		for (uint32_t i = 0; i < s->f->l.demands; i++, tb_step())
			while (better_off(s, i, worth))
				moved = true;
	}
}

/* The open site that is farthest below its least use, or TB_NO_ID */
static uint32_t idle_site(const TbFacilityFill *s, bool only_free)
{
	uint32_t worst = TB_NO_ID;
	double most = 0;

	for (uint32_t j = 0; j < s->f->l.sites; j++, tb_step()) {
		double lacks = s->f->least[j] - s->load[j];

		if (s->open[j] && lacks > most && !(only_free && s->f->l.fixed[j])) {
			most = lacks;
			worst = j;
		}
	}
	return worst;
}

/* Brings to a site below its least use those whom that costs least per head; false where it stays below */
static bool draw(TbFacilityFill *s, uint32_t j)
{
	const TbLocationProblem *l = &s->f->l;
	size_t from = l->column[j], n = l->column[j + 1] - from, *order;
	double *extra = tb_alloc((n + 1) * sizeof(double));

	for (size_t k = 0; k < n; k++, tb_step())
		extra[k] = (l->charge_of[from + k] - s->charge[l->demand[from + k]]) / s->f->size[l->demand[from + k]];
	order = tb_sort_order(extra, n);
	for (size_t r = 0; r < n && s->load[j] < s->f->least[j]; r++, tb_step()) {
		uint32_t i = l->demand[from + order[r]];

		if (s->site[i] == j || !fits(s, i, j) || !spared(s, i, s->f->size[i]))
			continue;
		tb_facility_leave(s, i);
		tb_facility_enter(s, i, j, l->charge_of[from + order[r]]);
	}
	tb_free(extra);
	tb_free(order);
	return s->load[j] >= s->f->least[j];
}

static bool within_limits(const TbFacilityFill *s)
{
	double price = 0;
	uint32_t n = 0;

	for (uint32_t j = 0; j < s->f->l.sites; j++, tb_step()) {
		price += s->open[j] ? s->f->price[j] : 0;
		n += s->open[j];
	}
	return price <= s->f->budget && n <= s->f->l.p;
}

void tb_facility_settle(TbFacilityFill *s, bool with_care)
{
	uint32_t j;
	bool used = true;

	while (used && (j = idle_site(s, false)) != TB_NO_ID)
		used = draw(s, j);
	if (used && with_care)
		improve(s);
	s->total = used && within_limits(s) ? sum_of_charges(s) : INFINITY;
}

/* One way of putting all; sites that would stay below their least use are closed one by one, or get it from the others */
static void assign_by(TbFacilityFill *s, int way, bool closing, bool with_care)
{
	put_all(s, way);
	for (uint32_t j; closing && (j = idle_site(s, true)) != TB_NO_ID;) {
		s->open[j] = false;
		tb_facility_narrow(s);
		put_all(s, way);
	}
	tb_facility_settle(s, with_care);
}

void tb_facility_restore(TbFacilityFill *s, const TbFacilityKept *k)
{
	empty(s);
	memcpy(s->open, k->open, s->f->l.sites * sizeof(bool));
	tb_facility_narrow(s);
	for (uint32_t i = s->f->l.demands; i-- > 0; tb_step())
		tb_facility_enter(s, i, k->site[i], k->charge[i]);
	s->total = k->total;
}

TbFacilityKept tb_facility_kept(const TbFacilityProblem *f)
{
	TbFacilityKept k = {.total = INFINITY};

	k.open = tb_alloc((size_t)f->l.sites + 1);
	k.site = tb_alloc(((size_t)f->l.demands + 1) * sizeof(uint32_t));
	k.charge = tb_alloc(((size_t)f->l.demands + 1) * sizeof(double));
	return k;
}

void tb_facility_keep(TbFacilityKept *k, const TbFacilityFill *s)
{
	memcpy(k->open, s->open, s->f->l.sites * sizeof(bool));
	memcpy(k->site, s->site, s->f->l.demands * sizeof(uint32_t));
	memcpy(k->charge, s->charge, s->f->l.demands * sizeof(double));
	k->total = s->total;
}

void tb_facility_forget(TbFacilityKept *k)
{
	tb_free(k->open);
	tb_free(k->site);
	tb_free(k->charge);
}

static bool all_inside(const TbFacilityFill *s)
{
	uint32_t i = 0;

	while (i < s->f->l.demands && s->site[i] != TB_NO_ID)
		i++;
	tb_steps(i);
	return i == s->f->l.demands;
}

void tb_facility_assign(TbFacilityFill *s, const bool *open, bool with_care)
{
	TbFacilityKept best = tb_facility_kept(s->f);
	bool has_least = false;

	for (uint32_t j = 0; j < s->f->l.sites; j++, tb_step())
		has_least = has_least || (open[j] && s->f->least[j] > 0);
	for (int closing = 0; closing <= (has_least ? 1 : 0); closing++)
		for (int way = 0; way < WAYS; way++) {
			memcpy(s->open, open, s->f->l.sites * sizeof(bool));
			tb_facility_narrow(s);
			assign_by(s, way, closing, with_care);
			if (s->total < best.total || way + closing == 0)
				tb_facility_keep(&best, s);
			/* one way is enough where all were served and no care is asked for */
			if (!with_care && isfinite(s->total) && all_inside(s))
				break;
		}
	tb_facility_restore(s, &best);
	tb_facility_forget(&best);
}
