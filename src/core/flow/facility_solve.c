/* facility_solve.c -- the four questions with limited sites as problems of the kernel; what is missing where they have no answer */
#include "facility.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/scaled.h"
#include "facility_kernel.h"
#include "location_problem.h"

static const TbLocationEffort thorough = {300, 4000, 3e8};
/* where many questions are asked in turn */
static const TbLocationEffort brief = {100, 1000, 2e7};
static const TbLocationEffort placing = {60, 0, 2e7};
#define REFUTABLE 5000 /* entries within reach: beyond, whole knapsacks take minutes to say little more than the question without limits */
#define TOLERANCE 1e-9 /* limits are kept to this part of them: sums of fractions round */

/* Weight within reach of each site */
static double *within_reach(const TbLocationTable *t, double reach)
{
	double *sum = tb_alloc_zero((size_t)t->sites + 1, sizeof(double));

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		for (size_t k = t->row[i]; k < t->row[i + 1] && t->cost[k] <= reach; k++, tb_step())
			sum[t->site[k]] += t->weight[i];
	return sum;
}

static bool limits(const TbFacilityTable *f, double reach)
{
	double *sum = within_reach(&f->t, reach);
	bool some = isfinite(f->budget);

	for (uint32_t j = 0; j < f->t.sites; j++, tb_step())
		some = some || f->minimum[j] > 0 || f->capacity[j] < sum[j];
	tb_free(sum);
	return some;
}

static TbFacilityProblem problem(const TbFacilityTable *f, uint32_t p, double reach)
{
	TbFacilityProblem q = {.l = tb_location_within(&f->t, p, reach), .price = f->site_cost, .budget = f->budget * (1 + TOLERANCE), .most = INFINITY};
	size_t sites = ((size_t)f->t.sites + 1) * sizeof(double);
	int exponent;

	q.size = tb_alloc(((size_t)f->t.demands + 1) * sizeof(double));
	q.room = tb_alloc(sites);
	q.least = tb_alloc(sites);
	exponent = tb_shrink(f->t.weight, f->t.demands, q.size);
	for (uint32_t j = 0; j < f->t.sites; j++, tb_step()) {
		q.room[j] = ldexp(f->capacity[j], -exponent) * (1 + TOLERANCE);
		q.least[j] = ldexp(f->minimum[j], -exponent) * (1 - TOLERANCE);
	}
	return q;
}

static void release(TbFacilityProblem *q)
{
	tb_location_release(&q->l);
	tb_free(q->size);
	tb_free(q->room);
	tb_free(q->least);
}

/* Sites and assignments of an answer; without minima and a budget, further sites up to p do no harm and are open as they are without limits */
static void adopt(const TbFacilityTable *f, const TbFacilityAnswer *answer, uint32_t p, TbLocationResult *r)
{
	const TbLocationTable *t = &f->t;
	bool costless = isinf(f->budget);
	uint32_t n = 0;

	r->open = answer->open;
	r->assigned = answer->site;
	r->cost = tb_alloc(((size_t)t->demands + 1) * sizeof(double));
	r->unserved = 0;
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		size_t k = t->row[i];

		r->cost[i] = NAN;
		if (r->assigned[i] == TB_NO_ID) {
			r->example = r->unserved++ ? r->example : i;
			continue;
		}
		for (; t->site[k] != r->assigned[i]; k++)
			tb_step();
		r->cost[i] = t->cost[k];
	}
	for (uint32_t j = 0; j < t->sites; j++, tb_step()) {
		n += r->open[j];
		costless = costless && !(f->minimum[j] > 0);
	}
	for (uint32_t j = 0; costless && j < t->sites && n < p; j++, tb_step()) {
		n += !r->open[j];
		r->open[j] = true;
	}
}

/* What certainly is missing for the fixed sites */
static bool fixed_lack(const TbFacilityTable *f, double reach, TbFacilityError *e)
{
	double *sum = within_reach(&f->t, reach);

	*e = (TbFacilityError){.lack = TB_FACILITY_BUDGET, .wants = 0, .has = f->budget};
	for (uint32_t j = 0; j < f->t.sites; j++, tb_step())
		e->wants += f->t.fixed[j] ? f->site_cost[j] : 0;
	if (e->wants > f->budget * (1 + TOLERANCE))
		return true;
	for (uint32_t j = 0; j < f->t.sites; j++, tb_step())
		if (f->t.fixed[j] && sum[j] < f->minimum[j] * (1 - TOLERANCE)) {
			*e = (TbFacilityError){TB_FACILITY_MINIMUM, sum[j], f->minimum[j], j};
			return true;
		}
	tb_free(sum);
	e->lack = TB_FACILITY_SEARCHED;
	return false;
}

/* Capacity of the fixed sites and the largest others, p in all */
static double most_room(const TbFacilityTable *f, uint32_t p)
{
	double *other = tb_alloc(((size_t)f->t.sites + 1) * sizeof(double)), sum = 0;
	uint32_t n = 0;

	for (uint32_t j = 0; j < f->t.sites; j++, tb_step()) {
		if (f->t.fixed[j]) {
			sum += f->capacity[j];
			p--;
		} else
			other[n++] = f->capacity[j];
	}
	tb_sort_doubles(other, n);
	for (; p > 0 && n > 0; p--, tb_step())
		sum += other[--n];
	tb_free(other);
	return sum;
}

/* What certainly is missing when all must be served within reach */
static bool lack(const TbFacilityTable *f, uint32_t p, double reach, TbLocationResult *r, TbFacilityError *e)
{
	const TbLocationTable *t = &f->t;

	if (fixed_lack(f, reach, e))
		return true;
	r->example = tb_location_beyond(t, reach, &r->unserved);
	if (r->example != TB_NO_ID)
		return true;
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		double room = 0;

		for (size_t k = t->row[i]; k < t->row[i + 1] && t->cost[k] <= reach; k++, tb_step())
			room = fmax(room, f->capacity[t->site[k]]);
		if (t->weight[i] > room * (1 + TOLERANCE)) {
			*e = (TbFacilityError){.lack = TB_FACILITY_DEMAND, .has = room, .wants = t->weight[i]};
			r->example = i;
			return true;
		}
	}
	e->wants = 0;
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		e->wants += t->weight[i];
	e->has = most_room(f, p);
	if (e->has * (1 + TOLERANCE) < e->wants) {
		e->lack = TB_FACILITY_ROOM;
		return true;
	}
	return false;
}

TbStatus tb_facility_median(const TbFacilityTable *f, uint32_t p, TbLocationResult *r, TbFacilityError *e)
{
	const TbLocationTable *t = &f->t;
	TbFacilityProblem q;
	TbFacilityAnswer answer;
	TbDd sum = {0, 0};
	int exponent;

	*r = (TbLocationResult){0};
	*e = (TbFacilityError){0};
	if (!limits(f, INFINITY))
		return tb_p_median(t, p, r);
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	if (lack(f, p, INFINITY, r, e))
		return TB_INFEASIBLE;
	q = problem(f, p, INFINITY);
	exponent = tb_location_charge(t, &q.l, &q.most);
	tb_facility_minimise(&q, thorough, INFINITY, &answer);
	if (!(answer.total <= q.most)) {
		r->least = answer.bound > q.most;
		if (isfinite(answer.total))
			adopt(f, &answer, p, r);
		return TB_INFEASIBLE;
	}
	adopt(f, &answer, p, r);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		for (size_t k = t->row[i]; k < t->row[i + 1]; k++, tb_step())
			if (t->site[k] == r->assigned[i]) {
				sum = tb_dd_add_d(sum, q.l.charge[k]);
				break;
			}
	r->objective = ldexp(tb_dd_value(sum), exponent);
	r->bound = answer.bound == answer.total ? r->objective : fmin(r->objective, ldexp(answer.bound, exponent));
	release(&q);
	return tb_location_finish(r);
}

TbStatus tb_facility_cover(const TbFacilityTable *f, uint32_t p, double threshold, TbLocationResult *r, TbFacilityError *e)
{
	const TbLocationTable *t = &f->t;
	TbFacilityProblem q;
	TbFacilityAnswer answer;
	TbDd all = {0, 0}, served = {0, 0};
	int exponent;

	*r = (TbLocationResult){0};
	*e = (TbFacilityError){0};
	if (!limits(f, threshold))
		return tb_maximal_cover(t, p, threshold, r);
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	if (fixed_lack(f, threshold, e))
		return TB_INFEASIBLE;
	q = problem(f, p, threshold);
	exponent = tb_shrink(t->weight, t->demands, q.l.outside);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		all = tb_dd_add_d(all, q.l.outside[i]);
	tb_location_complete(&q.l, tb_dd_value(all));
	tb_facility_minimise(&q, thorough, INFINITY, &answer);
	if (isinf(answer.total)) {
		r->least = isinf(answer.bound);
		return TB_INFEASIBLE;
	}
	adopt(f, &answer, p, r);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		if (r->assigned[i] != TB_NO_ID)
			served = tb_dd_add_d(served, q.l.outside[i]);
	r->objective = ldexp(tb_dd_value(served), exponent);
	r->bound = ldexp(tb_dd_value(tb_dd_add_d(all, -answer.bound)), exponent);
	r->bound = answer.bound == answer.total ? r->objective : fmax(r->objective, r->bound);
	release(&q);
	return tb_location_finish(r);
}

/* Can p sites serve all within reach? 1 yes, and the answer is adopted, 0 no, -1 not known */
static int serves(const TbFacilityTable *f, uint32_t p, double reach, TbLocationResult *r)
{
	TbFacilityProblem q = problem(f, p, reach);
	TbFacilityAnswer answer;

	for (uint32_t i = 0; i < q.l.demands; i++, tb_step())
		q.l.outside[i] = 1;
	tb_location_complete(&q.l, q.l.demands);
	tb_facility_minimise(&q, brief, TB_LOCATION_WHOLE, &answer);
	release(&q);
	if (answer.total == 0)
		adopt(f, &answer, p, r);
	else if (!r->open && isfinite(answer.total))
		adopt(f, &answer, p, r);
	return answer.total == 0 ? 1 : answer.bound > TB_LOCATION_WHOLE ? 0 : -1;
}

/* Costs within reach as charges, in parts of the reach; the dearest that serves all */
static void charge_within(const TbFacilityTable *f, TbFacilityProblem *q)
{
	const TbLocationTable *t = &f->t;
	double most = 0, all = 0;
	int above;

	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		most = fmax(most, t->cost[t->row[i] + (q->l.row[i + 1] - q->l.row[i]) - 1]);
		all += q->size[i];
	}
	(void)frexp(all, &above);
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		for (size_t k = q->l.row[i]; k < q->l.row[i + 1]; k++, tb_step())
			q->l.charge[k] = most > 0 ? q->size[i] * (t->cost[t->row[i] + (k - q->l.row[i])] / most) : 0;
		q->l.outside[i] = ldexp(1, above + 1);
	}
	q->most = all;
	tb_location_complete(&q->l, all);
}

/* The same question to the p-median within reach, which knows better where to look: yes or not known */
static bool places(const TbFacilityTable *f, uint32_t p, double reach, TbLocationResult *r)
{
	TbFacilityProblem q = problem(f, p, reach);
	TbFacilityAnswer answer;
	bool all;

	charge_within(f, &q);
	tb_facility_minimise(&q, placing, q.most, &answer);
	all = answer.total <= q.most;
	release(&q);
	if (all)
		adopt(f, &answer, p, r);
	return all;
}

static uint32_t open_sites(const TbLocationTable *t, const TbLocationResult *r)
{
	bool *used = tb_alloc_zero((size_t)t->sites + 1, sizeof(bool));
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		used[r->assigned[i]] = true;
	for (uint32_t j = 0; j < t->sites; j++, tb_step()) {
		r->open[j] = used[j] || t->fixed[j];
		n += r->open[j];
	}
	tb_free(used);
	return n;
}

/* The largest number of sites that is too few by the question without limits, and by room */
static uint32_t least_sites(const TbFacilityTable *f, double threshold, double wants)
{
	TbLocationResult free;
	uint32_t low = 1;

	if (tb_set_cover(&f->t, threshold, &free) == TB_OK)
		low = (uint32_t)free.bound;
	while (low < f->t.sites && most_room(f, low) * (1 + TOLERANCE) < wants)
		low++;
	return low;
}

TbStatus tb_facility_set_cover(const TbFacilityTable *f, double threshold, TbLocationResult *r, TbFacilityError *e)
{
	const TbLocationTable *t = &f->t;
	uint32_t low, high, proven, unknown;
	int answer;

	*r = (TbLocationResult){0};
	*e = (TbFacilityError){0};
	if (!limits(f, threshold))
		return tb_set_cover(t, threshold, r);
	if (lack(f, t->sites, threshold, r, e))
		return TB_INFEASIBLE;
	answer = serves(f, t->sites, threshold, r);
	r->least = answer == 0;
	if (answer != 1)
		return TB_INFEASIBLE;
	high = open_sites(t, r);
	low = least_sites(f, threshold, e->wants);
	for (proven = low; low < high;) {
		uint32_t middle = low + (high - low) / 2;

		if (places(f, middle, threshold, r))
			high = open_sites(t, r);
		else
			low = middle + 1;
	}
	for (unknown = high; proven < unknown;) {
		uint32_t middle = proven + (unknown - proven) / 2;

		answer = serves(f, middle, threshold, r);
		if (answer == 1)
			unknown = high = open_sites(t, r);
		else if (answer == 0)
			proven = middle + 1;
		else
			unknown = middle;
	}
	r->objective = high;
	r->bound = proven;
	return tb_location_finish(r);
}

static size_t within_entries(const TbLocationTable *t, double reach)
{
	size_t n = 0;

	for (size_t k = 0; k < t->row[t->demands]; k++, tb_step())
		n += t->cost[k] <= reach;
	return n;
}

static double worst_cost(const TbLocationTable *t, const TbLocationResult *r)
{
	double worst = 0;

	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		worst = fmax(worst, r->cost[i]);
	return worst;
}

TbStatus tb_facility_centre(const TbFacilityTable *f, uint32_t p, TbLocationResult *r, TbFacilityError *e)
{
	const TbLocationTable *t = &f->t;
	double *radius, least = 0;
	size_t n, low, proven = 0, unknown, high;
	TbLocationResult free;
	int answer;

	*r = (TbLocationResult){0};
	*e = (TbFacilityError){0};
	if (!limits(f, INFINITY))
		return tb_p_centre(t, p, r);
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	if (lack(f, p, INFINITY, r, e))
		return TB_INFEASIBLE;
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		least = fmax(least, t->cost[t->row[i]]);
	radius = tb_location_radii(t, least, &n);
	answer = places(f, p, INFINITY, r) ? 1 : serves(f, p, INFINITY, r);
	r->least = answer == 0;
	if (answer != 1)
		return TB_INFEASIBLE;
	r->objective = worst_cost(t, r);
	/* without limits it is no worse */
	if (tb_p_centre(t, p, &free) == TB_OK)
		proven = tb_place_of(radius, n, free.bound);
	/* below `low` nothing was found, below `proven` nothing can be; radius[high] is the best so far */
	high = tb_place_of(radius, n, r->objective);
	for (low = proven; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (places(f, p, radius[middle], r)) {
			r->objective = worst_cost(t, r);
			high = tb_place_of(radius, n, r->objective);
		} else
			low = middle + 1;
	}
	for (unknown = within_entries(t, radius[proven]) <= REFUTABLE ? high : proven; proven < unknown;) {
		size_t middle = proven + (unknown - proven) / 2;

		answer = serves(f, p, radius[middle], r);
		if (answer == 1) {
			r->objective = worst_cost(t, r);
			unknown = high = tb_place_of(radius, n, r->objective);
		} else if (answer == 0)
			proven = middle + 1;
		else
			unknown = middle;
	}
	r->bound = radius[proven];
	return tb_location_finish(r);
}
