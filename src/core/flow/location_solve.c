/* location_solve.c -- p-median and maximal cover as problems of the kernel, and its answers as open sites and assignments */
#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "location.h"
#include "location_problem.h"

static const TbLocationEffort thorough = {400, 5000, 4e8};

/* Largest power of two that divides x; infinite for 0 */
static double lowest_bit(double x)
{
	int e;
	uint64_t whole = (uint64_t)ldexp(frexp(x, &e), 53);

	return whole == 0 ? INFINITY : ldexp(1, e - 53 + __builtin_ctzll(whole));
}

void tb_location_complete(TbLocationProblem *l, double most)
{
	size_t n = l->row[l->demands], *next = tb_alloc_zero((size_t)l->sites + 2, sizeof(size_t));

	l->column = tb_alloc_zero((size_t)l->sites + 1, sizeof(size_t));
	l->demand = tb_alloc((n + 1) * sizeof(uint32_t));
	l->charge_of = tb_alloc((n + 1) * sizeof(double));
	l->granule = INFINITY;
	for (size_t k = 0; k < n; k++, tb_step()) {
		next[l->site[k] + 1]++;
		l->granule = fmin(l->granule, lowest_bit(l->charge[k]));
	}
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		next[j + 1] += next[j];
	memcpy(l->column, next, ((size_t)l->sites + 1) * sizeof(size_t));
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		l->granule = fmin(l->granule, lowest_bit(l->outside[i]));
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++, tb_step()) {
			size_t at = next[l->site[k]]++;

			l->demand[at] = i;
			l->charge_of[at] = l->charge[k];
		}
	}
	if (!(most / l->granule < 0x1p50))
		l->granule = 0;
	tb_free(next);
}

uint32_t tb_location_fixed(const TbLocationTable *t)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < t->sites; j++, tb_step())
		n += t->fixed[j];
	return n;
}

TbLocationProblem tb_location_within(const TbLocationTable *t, uint32_t p, double reach)
{
	TbLocationProblem l = {.demands = t->demands, .sites = t->sites, .p = p < t->sites ? p : t->sites, .fixed = t->fixed};
	size_t n = 0;

	l.row = tb_alloc(((size_t)t->demands + 1) * sizeof(size_t));
	l.site = tb_alloc((t->row[t->demands] + 1) * sizeof(uint32_t));
	l.charge = tb_alloc_zero(t->row[t->demands] + 1, sizeof(double));
	l.outside = tb_alloc(((size_t)t->demands + 1) * sizeof(double));
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		l.row[i] = n;
		for (size_t k = t->row[i]; k < t->row[i + 1] && t->cost[k] <= reach; k++, tb_step())
			l.site[n++] = t->site[k];
	}
	l.row[t->demands] = n;
	return l;
}

void tb_location_release(TbLocationProblem *l)
{
	tb_free(l->row);
	tb_free(l->site);
	tb_free(l->charge);
	tb_free(l->outside);
	if (l->column == NULL)
		return; /* not completed */
	tb_free(l->column);
	tb_free(l->demand);
	tb_free(l->charge_of);
}

double tb_location_assign(const TbLocationTable *t, double reach, TbLocationResult *r)
{
	double worst = 0;

	tb_free(r->assigned);
	tb_free(r->cost);
	r->assigned = tb_alloc(((size_t)t->demands + 1) * sizeof(uint32_t));
	r->cost = tb_alloc(((size_t)t->demands + 1) * sizeof(double));
	r->unserved = 0;
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		size_t k = t->row[i];

		for (; k < t->row[i + 1] && t->cost[k] <= reach && !r->open[t->site[k]]; k++)
			tb_step();
		if (k < t->row[i + 1] && t->cost[k] <= reach) {
			r->assigned[i] = t->site[k];
			worst = fmax(worst, r->cost[i] = t->cost[k]);
			continue;
		}
		r->assigned[i] = TB_NO_ID;
		r->cost[i] = NAN;
		r->example = r->unserved++ ? r->example : i;
	}
	return worst;
}

TbStatus tb_location_finish(TbLocationResult *r)
{
	r->proven = r->bound == r->objective;
	r->gap = r->proven ? 0 : fabs(r->objective - r->bound) / r->objective;
	return isfinite(r->objective) && isfinite(r->bound) ? TB_OK : TB_OUT_OF_RANGE;
}

uint32_t tb_location_beyond(const TbLocationTable *t, double reach, uint32_t *n)
{
	uint32_t first = TB_NO_ID;

	*n = 0;
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		if (t->row[i] == t->row[i + 1] || t->cost[t->row[i]] > reach) {
			first = first == TB_NO_ID ? i : first;
			++*n;
		}
	return first;
}

int tb_location_charge(const TbLocationTable *t, TbLocationProblem *l, double *most)
{
	double *weight = tb_alloc(((size_t)t->demands + 1) * sizeof(double)), *cost = tb_alloc((t->row[t->demands] + 1) * sizeof(double));
	int exponent = tb_shrink(t->weight, t->demands, weight) + tb_shrink(t->cost, t->row[t->demands], cost), above;

	*most = 0;
	for (uint32_t i = 0; i < t->demands; i++, tb_step()) {
		for (size_t k = t->row[i]; k < t->row[i + 1]; k++, tb_step())
			l->charge[k] = weight[i] * cost[k];
		*most += l->charge[t->row[i + 1] - 1];
	}
	/* dearer than serving all the others at their worst */
	(void)frexp(*most, &above);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		l->outside[i] = ldexp(1, above + 1);
	tb_free(weight);
	tb_free(cost);
	tb_location_complete(l, *most);
	return exponent;
}

TbStatus tb_p_median(const TbLocationTable *t, uint32_t p, TbLocationResult *r)
{
	TbLocationProblem l;
	TbLocationAnswer answer;
	double most;
	int exponent;
	TbDd sum = {0, 0};

	*r = (TbLocationResult){0};
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	r->example = tb_location_beyond(t, INFINITY, &r->unserved);
	if (r->example != TB_NO_ID)
		return TB_INFEASIBLE;
	l = tb_location_within(t, p, INFINITY);
	exponent = tb_location_charge(t, &l, &most);
	tb_location_minimise(&l, thorough, INFINITY, &answer);
	r->open = answer.open;
	(void)tb_location_assign(t, INFINITY, r);
	if (r->unserved > 0) {
		r->least = answer.bound > most ? p + 1 : 0;
		return TB_INFEASIBLE;
	}
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		for (size_t k = t->row[i]; k < t->row[i + 1]; k++, tb_step())
			if (t->site[k] == r->assigned[i]) {
				sum = tb_dd_add_d(sum, l.charge[k]);
				break;
			}
	r->objective = ldexp(tb_dd_value(sum), exponent);
	r->bound = answer.bound == answer.total ? r->objective : fmin(r->objective, ldexp(answer.bound, exponent));
	return tb_location_finish(r);
}

TbStatus tb_maximal_cover(const TbLocationTable *t, uint32_t p, double threshold, TbLocationResult *r)
{
	TbLocationProblem l;
	TbLocationAnswer answer;
	TbDd all = {0, 0}, served = {0, 0};
	int exponent;

	*r = (TbLocationResult){0};
	if (tb_location_fixed(t) > p)
		return TB_INVALID;
	l = tb_location_within(t, p, threshold);
	exponent = tb_shrink(t->weight, t->demands, l.outside);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		all = tb_dd_add_d(all, l.outside[i]);
	tb_location_complete(&l, tb_dd_value(all));
	tb_location_minimise(&l, thorough, INFINITY, &answer);
	r->open = answer.open;
	(void)tb_location_assign(t, threshold, r);
	for (uint32_t i = 0; i < t->demands; i++, tb_step())
		if (r->assigned[i] != TB_NO_ID)
			served = tb_dd_add_d(served, l.outside[i]);
	r->objective = ldexp(tb_dd_value(served), exponent);
	r->bound = ldexp(tb_dd_value(tb_dd_add_d(all, -answer.bound)), exponent);
	r->bound = answer.bound == answer.total ? r->objective : fmax(r->objective, r->bound);
	return tb_location_finish(r);
}
