/* facility_bound.c -- how good can limited sites be at best: the relaxation of "each demand once", with a knapsack for every site
 *
 * A price u for serving each demand. A site that opens takes the demands that pay best for the room they need, as far as its room goes (Pirkul 1987; as a
 * linear knapsack after Dantzig 1957, or whole by branch and bound); the p sites that earn most, less what was promised, are a bound. A budget gets a
 * price of its own, the one that makes the bound largest.
 */
#include <math.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "../base/sort_order.h"
#include "facility_kernel.h"

#define MOST_ITEMS 400 /* of a knapsack that is solved whole */
#define SLACK 1e-9

TbFacilityRelaxed tb_facility_relaxation(const TbFacilityProblem *f, bool exact)
{
	TbFacilityRelaxed r = {.f = f, .exact = exact};
	size_t demands = (size_t)f->l.demands + 1, sites = (size_t)f->l.sites + 1, entries = f->l.row[f->l.demands] + 1;

	r.fix = tb_alloc_zero(sites, 1);
	r.placed = tb_alloc(demands * sizeof(uint32_t));
	r.price = tb_alloc(demands * sizeof(double));
	r.earned = tb_alloc(sites * sizeof(double));
	r.left = tb_alloc(sites * sizeof(double));
	r.chosen = tb_alloc(sites * sizeof(bool));
	r.order = tb_alloc(1);
	r.served = tb_alloc(demands * sizeof(double));
	r.item = tb_alloc((sites + 1) * sizeof(size_t));
	r.item_demand = tb_alloc(entries * sizeof(uint32_t));
	r.item_cost = tb_alloc(entries * sizeof(double));
	r.item_taken = tb_alloc(entries * sizeof(double));
	r.value = tb_alloc(sites * sizeof(double));
	r.need = tb_alloc(sites * sizeof(double));
	for (uint32_t i = 0; i < f->l.demands; i++, tb_step())
		r.placed[i] = TB_FACILITY_LOOSE;
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step())
		r.fix[j] = f->l.fixed[j] ? TB_FACILITY_OPEN : TB_FACILITY_FREE;
	return r;
}

void tb_facility_free_relaxation(TbFacilityRelaxed *r)
{
	void *parts[] = {r->fix,    r->placed, r->price,       r->earned,    r->left,       r->chosen, r->order,
					 r->served, r->item,   r->item_demand, r->item_cost, r->item_taken, r->value,  r->need};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		tb_free(parts[i]);
}

/* What is promised to all, and the room that decided demands leave */
static double promised(TbFacilityRelaxed *r)
{
	const TbFacilityProblem *f = r->f;
	double sum = 0;

	for (uint32_t j = 0; j < f->l.sites; j++, tb_step()) {
		r->left[j] = f->room[j];
		r->need[j] = f->least[j];
	}
	for (uint32_t i = 0; i < f->l.demands; i++, tb_step()) {
		size_t k = f->l.row[i];

		if (r->placed[i] == TB_FACILITY_LOOSE)
			sum += r->price[i];
		else if (r->placed[i] == TB_NO_ID)
			sum += f->l.outside[i];
		else {
			for (; f->l.site[k] != r->placed[i]; k++)
				tb_step();
			sum += f->l.charge[k];
			r->left[r->placed[i]] -= f->size[i];
			r->need[r->placed[i]] -= f->size[i];
		}
	}
	return sum;
}

/* Entries cheaper than their price; all entries of sites that need a least use */
static void collect(TbFacilityRelaxed *r)
{
	const TbLocationProblem *l = &r->f->l;
	size_t *next = r->item + 1, seen = 0;

	memset(r->item, 0, ((size_t)l->sites + 2) * sizeof(size_t));
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
			size_t k = l->row[i];

			if (r->placed[i] != TB_FACILITY_LOOSE)
				continue;
			for (; k < l->row[i + 1] && l->charge[k] < r->price[i]; k++) {
				uint32_t j = l->site[k];
				size_t at = next[j];

				if (r->need[j] > 0 || r->fix[j] == TB_FACILITY_CLOSED)
					continue;
				next[j]++;
				if (pass == 0)
					continue;
				r->item_demand[at] = i;
				r->item_cost[at] = l->charge[k] - r->price[i];
			}
			seen += k - l->row[i] + 1;
			tb_steps(k - l->row[i]);
		}
		for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
			if (!(r->need[j] > 0) || r->fix[j] == TB_FACILITY_CLOSED)
				continue;
			for (size_t k = l->column[j]; k < l->column[j + 1]; k++, tb_step()) {
				uint32_t i = l->demand[k];
				size_t at = next[j];

				if (r->placed[i] != TB_FACILITY_LOOSE)
					continue;
				next[j]++;
				if (pass == 0)
					continue;
				r->item_demand[at] = i;
				r->item_cost[at] = l->charge_of[k] - r->price[i];
			}
			seen += l->column[j + 1] - l->column[j];
		}
		/* counts become starts, and starts ends */
		for (uint32_t j = 0, n = l->sites; pass == 0 && j < n; j++, tb_step())
			r->item[j + 1] += r->item[j];
		if (pass == 0)
			memmove(r->item + 1, r->item, (size_t)l->sites * sizeof(size_t));
	}
	r->work += (double)seen;
}

/* A whole knapsack, its items by what they pay for the room */
typedef struct Knapsack {
	const double *cost, *size;
	size_t n, at_best;
	bool *taken, *best;
	double least; /* cost of the best so far */
	size_t nodes, limit;
} Knapsack;

static double pack_rest(const Knapsack *k, size_t at, double room, bool *whole)
{
	double sum = 0;

	*whole = true;
	for (; at < k->n; at++) {
		if (k->size[at] > room) {
			*whole = false;
			return sum + k->cost[at] * room / k->size[at];
		}
		room -= k->size[at];
		sum += k->cost[at];
	}
	return sum;
}

static void pack(Knapsack *k, size_t at, double room, double cost)
{
	bool whole;
	double bound;

	tb_steps(8);
	if (k->nodes++ > k->limit)
		return;
	bound = cost + pack_rest(k, at, room, &whole);
	if (!(bound < k->least))
		return;
	if (whole) {
		k->least = bound;
		memcpy(k->best, k->taken, at * sizeof(bool));
		memset(k->best + at, 1, k->n - at);
		return;
	}
	if (k->size[at] <= room) {
		k->taken[at] = true;
		pack(k, at + 1, room - k->size[at], cost + k->cost[at]);
	}
	k->taken[at] = false;
	pack(k, at + 1, room, cost);
}

/* Items of a site as a whole knapsack, where that is soon done: the cost, or minus infinity */
static double pack_whole(TbFacilityRelaxed *r, uint32_t j, const size_t *order, size_t n)
{
	size_t from = r->item[j];
	double *cost = tb_alloc((2 * n + 1) * sizeof(double)), *size = cost + n;
	Knapsack k = {.cost = cost, .size = size, .least = 0, .limit = 20 * n + 500};

	for (size_t o = 0; o < n; o++, tb_step()) {
		double item = r->f->size[r->item_demand[from + order[o]]];

		if (r->item_cost[from + order[o]] >= 0 || item > r->left[j])
			continue;
		cost[k.n] = r->item_cost[from + order[o]];
		size[k.n++] = item;
	}
	k.taken = tb_alloc_zero(2 * k.n + 1, sizeof(bool));
	k.best = k.taken + k.n;
	pack(&k, 0, r->left[j], 0);
	if (k.nodes <= k.limit) {
		size_t at = 0;

		for (size_t o = 0; o < n; o++, tb_step()) {
			bool fits = r->item_cost[from + order[o]] < 0 && r->f->size[r->item_demand[from + order[o]]] <= r->left[j];

			r->item_taken[from + order[o]] = fits ? k.best[at++] : 0;
		}
	}
	r->work += (double)k.nodes * 4;
	tb_free(cost);
	tb_free(k.taken);
	return k.nodes <= k.limit ? k.least : -INFINITY;
}

/* The linear knapsack: what pays until the room is full, then what costs least until the least use is reached. Infinite where it is not. */
static double pack_linear(TbFacilityRelaxed *r, uint32_t j, const size_t *order, size_t n)
{
	double load = 0, sum = 0;

	for (size_t o = 0; o < n; o++, tb_step()) {
		size_t at = r->item[j] + order[o];
		double size = r->f->size[r->item_demand[at]], end = r->item_cost[at] < 0 ? r->left[j] : r->need[j];

		r->item_taken[at] = end <= load || size > r->left[j] ? 0 : fmin(1, (end - load) / size);
		load += r->item_taken[at] * size;
		sum += r->item_taken[at] * r->item_cost[at];
	}
	return load < r->need[j] * (1 - SLACK) ? INFINITY : sum;
}

static double value_of(TbFacilityRelaxed *r, uint32_t j)
{
	size_t from = r->item[j], n = r->item[j + 1] - from, *order;
	double *ratio, load = 0, sum = 0, whole;

	for (size_t k = from; k < from + n; k++, tb_step()) {
		bool pays = r->item_cost[k] < 0;

		r->item_taken[k] = pays;
		load += pays ? r->f->size[r->item_demand[k]] : 0;
		sum += pays ? r->item_cost[k] : 0;
	}
	if (r->need[j] * (1 - SLACK) > r->left[j])
		return INFINITY;
	if (load <= r->left[j] && load >= r->need[j])
		return sum;
	ratio = tb_alloc((n + 1) * sizeof(double));
	for (size_t k = 0; k < n; k++, tb_step())
		ratio[k] = r->item_cost[from + k] / r->f->size[r->item_demand[from + k]];
	order = tb_sort_order(ratio, n);
	r->work += 4.0 * (double)n;
	sum = pack_linear(r, j, order, n);
	if (r->exact && n <= MOST_ITEMS && load > r->left[j] && isfinite(sum)) {
		whole = pack_whole(r, j, order, n);
		if (isfinite(whole) && whole > sum)
			sum = whole;
		else
			sum = pack_linear(r, j, order, n);
	}
	tb_free(ratio);
	tb_free(order);
	return sum;
}

static bool cheaper(const void *context, size_t a, size_t b)
{
	const TbFacilityRelaxed *r = context;

	if (r->fix[a] != r->fix[b])
		return r->fix[a] == TB_FACILITY_OPEN || (r->fix[a] == TB_FACILITY_FREE && r->fix[b] == TB_FACILITY_CLOSED);
	return r->earned[a] < r->earned[b];
}

/* The free sites that earn most when the budget has this price; what they add, and what they cost */
static double choose(TbFacilityRelaxed *r, double budget_price, double *spent)
{
	const TbFacilityProblem *f = r->f;
	double sum = 0;

	for (uint32_t j = 0; j < f->l.sites; j++, tb_step())
		r->earned[j] = r->value[j] + budget_price * f->price[j];
	tb_free(r->order);
	r->order = tb_sort_order_by(f->l.sites, cheaper, r);
	r->taken = 0;
	*spent = 0;
	for (uint32_t k = r->open_sites; k < r->open_sites + r->free_sites && k < r->p && r->earned[r->order[k]] < 0; k++, tb_step()) {
		r->taken++;
		sum += r->earned[r->order[k]];
		*spent += f->price[r->order[k]];
	}
	return sum;
}

/* The same with the price at which they keep to the budget */
static double choose_within(TbFacilityRelaxed *r, double budget)
{
	const TbFacilityProblem *f = r->f;
	double low = 0, high = 0, spent, sum = choose(r, 0, &spent);

	if (spent <= budget)
		return sum;
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step())
		if (r->fix[j] == TB_FACILITY_FREE && f->price[j] > 0 && r->value[j] < 0)
			high = fmax(high, -r->value[j] / f->price[j]);
	for (int i = 0; i < 40; i++) {
		double middle = low + (high - low) / 2;

		(void)choose(r, middle, &spent);
		if (spent > budget)
			low = middle;
		else
			high = middle;
	}
	sum = choose(r, high, &spent);
	return sum - high * budget;
}

static void count_served(TbFacilityRelaxed *r)
{
	const TbLocationProblem *l = &r->f->l;

	memset(r->chosen, 0, l->sites * sizeof(bool));
	for (uint32_t k = 0; k < r->open_sites + r->taken; k++, tb_step())
		r->chosen[r->order[k]] = true;
	for (uint32_t i = 0; i < l->demands; i++, tb_step())
		r->served[i] = r->placed[i] != TB_FACILITY_LOOSE;
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		for (size_t k = r->item[j]; r->chosen[j] && k < r->item[j + 1]; k++, tb_step())
			r->served[r->item_demand[k]] += r->item_taken[k];
}

/* So many sites may open: each of them takes its least use from what all demands are together */
static uint32_t most_sites(const TbFacilityRelaxed *r)
{
	const TbFacilityProblem *f = r->f;
	double all = 0, needed = 0, least = INFINITY;

	for (uint32_t i = 0; i < f->l.demands; i++, tb_step())
		all += f->size[i];
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step()) {
		needed += r->fix[j] == TB_FACILITY_OPEN ? f->least[j] : 0;
		least = r->fix[j] == TB_FACILITY_FREE ? fmin(least, f->least[j]) : least;
	}
	all = (all * (1 + SLACK) - needed) / least;
	return all < f->l.p - r->open_sites ? r->open_sites + (uint32_t)fmax(0, all) : f->l.p;
}

void tb_facility_relax(TbFacilityRelaxed *r)
{
	const TbFacilityProblem *f = r->f;
	double budget = f->budget;

	r->bound = promised(r);
	collect(r);
	r->open_sites = r->free_sites = 0;
	for (uint32_t j = 0; j < f->l.sites; j++, tb_step()) {
		r->value[j] = r->fix[j] == TB_FACILITY_CLOSED ? INFINITY : value_of(r, j);
		if (r->fix[j] == TB_FACILITY_FREE && (r->value[j] == INFINITY || f->price[j] > f->budget))
			r->fix[j] = TB_FACILITY_CLOSED;
		r->open_sites += r->fix[j] == TB_FACILITY_OPEN;
		r->free_sites += r->fix[j] == TB_FACILITY_FREE;
		if (r->fix[j] != TB_FACILITY_OPEN)
			continue;
		budget -= f->price[j];
		r->bound += r->value[j] + (r->left[j] < -SLACK * f->room[j] ? INFINITY : 0);
	}
	if (budget < -SLACK * f->budget || r->open_sites > f->l.p)
		r->bound = INFINITY;
	r->p = r->open_sites < f->l.p ? most_sites(r) : r->open_sites;
	r->bound += choose_within(r, fmax(0, budget));
	count_served(r);
}
