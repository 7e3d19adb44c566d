/* segregation.c -- from rows of unit, group and count to indices of many groups */
#include "segregation.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

bool tb_segregation_params_ok(const double *param, uint64_t n)
{
	(void)param;
	return n == 0;
}

TB_BAG_KIND(tb_segregation_kind, "segregation_state", TB_SHAPE_SEGREGATION, 3, 1, 0x4, 0, tb_segregation_params_ok, 0)

/* position of each id that has people, or TB_NO_ID; ids[n] ascending */
static uint32_t *positions(const TbBag *bag, const double *total, uint32_t *n, const TbId ***ids)
{
	uint32_t *position = tb_alloc(bag->ids * sizeof(uint32_t));

	*n = 0;
	*ids = tb_alloc(bag->ids * sizeof(TbId *));
	for (uint32_t i = 0; i < bag->ids; i++, tb_step()) {
		position[i] = total[i] > 0 ? *n : TB_NO_ID;
		if (total[i] > 0)
			(*ids)[(*n)++] = &bag->id[i];
	}
	return position;
}

/* Sums by id of one column; rows come in one order, so the sums are the same however they were collected */
static double *sums_by(const TbBag *bag, int column, const double *x)
{
	TbDd *sum = tb_alloc_zero(bag->ids, sizeof(TbDd));
	double *total = tb_alloc(bag->ids * sizeof(double));

	for (size_t i = 0; i < bag->rows; i++) {
		uint32_t id = bag->row_id[column][i];

		sum[id] = tb_dd_add_d(sum[id], x[i]);
		tb_step();
	}
	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		total[i] = tb_dd_value(sum[i]);
	return total;
}

/* The parent of each unit; false where rows of unit *at name two */
static bool parents_of(const TbBag *bag, const uint32_t *unit, TbSegregationTable *t, uint32_t *at)
{
	uint32_t *position = tb_alloc_zero(bag->ids, sizeof(uint32_t));

	memset(t->parent, 0xff, t->units * sizeof(uint32_t));
	for (size_t i = 0; i < bag->rows; i++) {
		uint32_t u = unit[bag->row_id[0][i]], parent = bag->row_id[2][i];

		if (u == TB_NO_ID)
			continue;
		if (t->parent[u] != TB_NO_ID && t->parent[u] != parent) {
			*at = bag->row_id[0][i];
			return false;
		}
		t->parent[u] = parent;
		if (parent != TB_NO_ID)
			position[parent] = 1;
		tb_step();
	}
	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		position[i] = position[i] ? t->parents++ : TB_NO_ID;
	for (uint32_t u = 0; u < t->units; u++, tb_step())
		if (t->parent[u] != TB_NO_ID)
			t->parent[u] = position[t->parent[u]];
	return true;
}

/* Rows of a bag are sorted by unit, then group: cells are runs of rows */
static void fill_cells(const TbBag *bag, const double *x, const uint32_t *unit, const uint32_t *group, TbSegregationTable *t)
{
	size_t cells = 0;

	for (size_t i = 0, end; i < bag->rows; i = end) {
		TbDd sum = {0, 0};

		for (end = i; end < bag->rows && bag->row_id[0][end] == bag->row_id[0][i] && bag->row_id[1][end] == bag->row_id[1][i]; end++) {
			sum = tb_dd_add_d(sum, x[end]);
			tb_step();
		}
		if (!(tb_dd_value(sum) > 0))
			continue;
		t->group[cells] = group[bag->row_id[1][i]];
		t->x[cells++] = tb_dd_value(sum);
		t->row[unit[bag->row_id[0][i]] + 1] = cells;
	}
}

TbStatus tb_segregation_table(const TbBag *bag, TbSegregationTable *t, uint32_t *at)
{
	double *x = tb_alloc(bag->rows * sizeof(double)), *unit_sum, *group_sum;
	uint32_t *unit, *group;
	TbDd total = {0, 0};

	*t = (TbSegregationTable){0};
	t->exponent = tb_shrink(bag->value[0], bag->rows, x);
	unit_sum = sums_by(bag, 0, x);
	group_sum = sums_by(bag, 1, x);
	unit = positions(bag, unit_sum, &t->units, &t->unit_id);
	group = positions(bag, group_sum, &t->groups, &t->group_id);
	t->row = tb_alloc_zero((size_t)t->units + 1, sizeof(size_t));
	t->group = tb_alloc(bag->rows * sizeof(uint32_t));
	t->x = tb_alloc(bag->rows * sizeof(double));
	t->parent = tb_alloc((t->units + 1) * sizeof(uint32_t));
	t->unit_total = tb_alloc((t->units + 1) * sizeof(double));
	t->group_total = tb_alloc((t->groups + 1) * sizeof(double));
	for (uint32_t i = 0; i < bag->ids; i++, tb_step()) {
		if (unit[i] != TB_NO_ID) {
			t->unit_total[unit[i]] = unit_sum[i];
			total = tb_dd_add_d(total, unit_sum[i]);
		}
		if (group[i] != TB_NO_ID)
			t->group_total[group[i]] = group_sum[i];
	}
	t->total = tb_dd_value(total);
	if (!parents_of(bag, unit, t, at))
		return TB_MISMATCH;
	fill_cells(bag, x, unit, group, t);
	if (isinf(ldexp(t->total, t->exponent)))
		return TB_OUT_OF_RANGE;
	return t->units > 0 ? TB_OK : TB_UNDEFINED;
}

/* (p - P) / P of a cell, P the group's share of a population: exact for whole numbers however near the two are */
static double excess(double x, double t, double group, double total)
{
	TbDd difference = tb_dd_sub(tb_two_product(x, total), tb_two_product(group, t));

	return tb_dd_value(difference) / t / group;
}

/* (1 + d) ln(1 + d) - d, d >= -1; its series near 0 */
static double divergence(double d)
{
	double sum = 0;

	if (d == -1)
		return 1;
	if (fabs(d) > 0.01)
		return (1 + d) * log1p(d) - d;
	for (int k = 9; k >= 2; k--)
		sum = (k % 2 ? -1.0 : 1.0) / (k * (k - 1.0)) + sum * d;
	return sum * d * d;
}

/* sum_m P_m h((p_im - P_m) / P_m) of unit i against these group totals: absent groups add their P each */
static double unit_divergence(const TbSegregationTable *t, uint32_t i, const double *group, double total)
{
	TbDd sum = {0, 0}, present = {0, 0};

	for (size_t c = t->row[i]; c < t->row[i + 1]; c++, tb_step()) {
		double of = group[t->group[c]];

		sum = tb_dd_add_d(sum, of / total * divergence(excess(t->x[c], t->unit_total[i], of, total)));
		present = tb_dd_add_d(present, of);
	}
	return tb_dd_value(tb_dd_add_d(sum, tb_dd_value(tb_dd_sub(tb_dd(total), present)) / total));
}

double tb_segregation_information(const TbSegregationTable *t)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < t->units; i++) {
		sum = tb_dd_add_d(sum, t->unit_total[i] / t->total * unit_divergence(t, i, t->group_total, t->total));
		tb_tick();
	}
	return fmax(0, tb_dd_value(sum));
}

static double entropy_of(const TbSegregationTable *t)
{
	TbDd sum = {0, 0};

	for (uint32_t m = 0; m < t->groups; m++, tb_step())
		sum = tb_dd_add_d(sum, -t->group_total[m] / t->total * log(t->group_total[m] / t->total));
	return t->groups > 1 ? tb_dd_value(sum) : 0;
}

/* sum_i t_i |p_im - P_m| and sum_i t_i (p_im - P_m)^2 over groups, per T: cells, and for absent groups t_i P_m and t_i P_m^2 */
static void deviations(const TbSegregationTable *t, double *absolute, double *square)
{
	TbDd first = {0, 0}, second = {0, 0}, *here = tb_alloc_zero(t->groups, sizeof(TbDd));

	for (uint32_t i = 0; i < t->units; i++) {
		for (size_t c = t->row[i]; c < t->row[i + 1]; c++) {
			double share = t->group_total[t->group[c]] / t->total;
			double apart = excess(t->x[c], t->unit_total[i], t->group_total[t->group[c]], t->total) * share;

			first = tb_dd_add_d(first, t->unit_total[i] / t->total * fabs(apart));
			second = tb_dd_add_d(second, t->unit_total[i] / t->total * apart * apart);
			here[t->group[c]] = tb_dd_add_d(here[t->group[c]], t->unit_total[i]);
		}
		tb_tick();
	}
	for (uint32_t m = 0; m < t->groups; m++, tb_step()) {
		double share = t->group_total[m] / t->total, absent = tb_dd_value(tb_dd_sub(tb_dd(t->total), here[m])) / t->total;

		first = tb_dd_add_d(first, absent * share);
		second = tb_dd_add_d(second, absent * share * share);
	}
	*absolute = tb_dd_value(first);
	*square = tb_dd_value(second);
}

/* Cells of one group: units ascending by share */
typedef struct Shares {
	size_t n;
	double *share, *mass; /* p_im - P_m; t_i */
} Shares;

/* sum_ij t_i t_j |p_i - p_j| / T^2 of one group: twice the sum of t_i (p_i - P) (mass below - mass above), by shares. Units without the group rank first,
 * together; those with equal shares may stand in any order, as what they take from each other adds up to 0. */
static double group_gini(const TbSegregationTable *t, const Shares *s, double group_share)
{
	size_t *order = tb_sort_order(s->share, s->n);
	TbDd here = {0, 0}, below, sum;

	for (size_t k = 0; k < s->n; k++, tb_step())
		here = tb_dd_add_d(here, s->mass[k]);
	below = tb_dd_sub(tb_dd(t->total), here);
	sum = tb_dd(group_share * (tb_dd_value(below) / t->total) * (tb_dd_value(here) / t->total));
	for (size_t k = 0; k < s->n; k++) {
		double mass = s->mass[order[k]], above;

		above = tb_dd_value(tb_dd_sub(tb_dd(t->total), tb_dd_add_d(below, mass)));
		sum = tb_dd_add_d(sum, s->share[order[k]] * (mass / t->total) * ((tb_dd_value(below) - above) / t->total));
		below = tb_dd_add_d(below, mass);
		tb_step();
	}
	tb_free(order);
	return 2 * tb_dd_value(sum);
}

static double gini_of(const TbSegregationTable *t, double interaction)
{
	size_t cells = t->row[t->units], *start = tb_alloc_zero((size_t)t->groups + 1, sizeof(size_t)), *next;
	double *share = tb_alloc((cells + 1) * sizeof(double)), *mass = tb_alloc((cells + 1) * sizeof(double));
	TbDd sum = {0, 0};

	for (size_t c = 0; c < cells; c++, tb_step())
		start[t->group[c] + 1]++;
	for (uint32_t m = 0; m < t->groups; m++, tb_step())
		start[m + 1] += start[m];
	next = tb_alloc(((size_t)t->groups + 1) * sizeof(size_t));
	memcpy(next, start, ((size_t)t->groups + 1) * sizeof(size_t));
	for (uint32_t i = 0; i < t->units; i++, tb_step())
		for (size_t c = t->row[i]; c < t->row[i + 1]; c++, tb_step()) {
			size_t at = next[t->group[c]]++;

			share[at] = excess(t->x[c], t->unit_total[i], t->group_total[t->group[c]], t->total) * (t->group_total[t->group[c]] / t->total);
			mass[at] = t->unit_total[i];
		}
	for (uint32_t m = 0; m < t->groups; m++, tb_step())
		sum = tb_dd_add_d(sum, group_gini(t, &(Shares){start[m + 1] - start[m], share + start[m], mass + start[m]}, t->group_total[m] / t->total));
	return fmax(0, tb_dd_value(sum) / (2 * interaction));
}

static void exposures(const TbSegregationTable *t, double *exposure)
{
	size_t g = t->groups;
	TbDd *sum = tb_alloc_zero(g * g, sizeof(TbDd));

	for (uint32_t i = 0; i < t->units; i++)
		for (size_t a = t->row[i]; a < t->row[i + 1]; a++) {
			double of = t->x[a] / t->group_total[t->group[a]];

			for (size_t b = t->row[i]; b < t->row[i + 1]; b++) {
				TbDd *to = &sum[t->group[a] * g + t->group[b]];

				*to = tb_dd_add_d(*to, of * (t->x[b] / t->unit_total[i]));
			}
			tb_tick();
		}
	for (size_t k = 0; k < g * g; k++, tb_step())
		exposure[k] = tb_dd_value(sum[k]);
	tb_free(sum);
}

TbStatus tb_segregation(const TbSegregationTable *t, TbSegregation *r)
{
	double absolute, square;
	TbDd interaction = {0, 0};

	if (t->groups > TB_SEGREGATION_GROUPS)
		return TB_TOO_LARGE;
	for (uint32_t m = 0; m < t->groups; m++, tb_step())
		interaction = tb_dd_add_d(interaction, t->group_total[m] / t->total * ((t->total - t->group_total[m]) / t->total));
	deviations(t, &absolute, &square);
	r->mutual_information = tb_segregation_information(t);
	r->entropy = entropy_of(t);
	r->exposure = tb_alloc((size_t)t->groups * t->groups * sizeof(double));
	exposures(t, r->exposure);
	r->dissimilarity = r->gini = r->relative_diversity = r->entropy_index = NAN;
	if (t->groups < 2)
		return TB_OK;
	r->dissimilarity = absolute / (2 * tb_dd_value(interaction));
	r->relative_diversity = square / tb_dd_value(interaction);
	r->gini = gini_of(t, tb_dd_value(interaction));
	r->entropy_index = r->mutual_information / r->entropy;
	return TB_OK;
}

/* Group totals of every parent in turn, from its units; a unit's divergence from its parent is what lies within, a parent's from all what lies between */
void tb_segregation_parts(const TbSegregationTable *t, TbSegregationParts *parts)
{
	TbDd *group = tb_alloc_zero(t->groups, sizeof(TbDd)), between = {0, 0}, within = {0, 0};
	double *total = tb_alloc(t->groups * sizeof(double)), *parent = tb_alloc(t->units * sizeof(double));
	size_t *order;

	for (uint32_t i = 0; i < t->units; i++, tb_step())
		parent[i] = t->parent[i];
	order = tb_sort_order(parent, t->units);
	for (uint32_t i = 0, end; i < t->units; i = end) {
		TbDd all = {0, 0};

		for (end = i; end < t->units && parent[order[end]] == parent[order[i]]; end++) {
			uint32_t u = order[end];

			all = tb_dd_add_d(all, t->unit_total[u]);
			for (size_t c = t->row[u]; c < t->row[u + 1]; c++)
				group[t->group[c]] = tb_dd_add_d(group[t->group[c]], t->x[c]);
			tb_tick();
		}
		for (uint32_t m = 0; m < t->groups; m++) {
			total[m] = tb_dd_value(group[m]);
			between = tb_dd_add_d(between, tb_dd_value(all) / t->total * (t->group_total[m] / t->total) *
											   divergence(excess(total[m], tb_dd_value(all), t->group_total[m], t->total)));
			group[m] = (TbDd){0, 0};
		}
		for (uint32_t k = i; k < end; k++) {
			within = tb_dd_add_d(within, t->unit_total[order[k]] / t->total * unit_divergence(t, order[k], total, tb_dd_value(all)));
			tb_tick();
		}
	}
	parts->between = fmax(0, tb_dd_value(between));
	parts->within = fmax(0, tb_dd_value(within));
	parts->total = tb_dd_value(tb_dd_add(between, within));
	parts->entropy = entropy_of(t);
}

void tb_segregation_local(const TbSegregationTable *t, double *score)
{
	for (uint32_t i = 0; i < t->units; i++) {
		score[i] = fmax(0, unit_divergence(t, i, t->group_total, t->total));
		tb_tick();
	}
}

double tb_dissimilarity(const TbSample *s)
{
	double *a = tb_alloc(s->n * sizeof(double)), *b = tb_alloc(s->n * sizeof(double));
	TbDd total_a = {0, 0}, total_b = {0, 0}, sum = {0, 0};

	(void)tb_shrink(s->x, s->n, a);
	(void)tb_shrink(s->y, s->n, b);
	for (size_t i = 0; i < s->n; i++, tb_step()) {
		double count = s->count ? (double)s->count[i] : 1;

		total_a = tb_dd_add(total_a, tb_two_product(a[i], count));
		total_b = tb_dd_add(total_b, tb_two_product(b[i], count));
	}
	if (!(tb_dd_value(total_a) > 0) || !(tb_dd_value(total_b) > 0))
		return NAN;
	for (size_t i = 0; i < s->n; i++) {
		TbDd apart = tb_dd_sub(tb_dd_mul_d(total_b, a[i]), tb_dd_mul_d(total_a, b[i]));

		sum = tb_dd_add_d(sum, fabs(tb_dd_value(apart)) * (s->count ? (double)s->count[i] : 1));
		tb_step();
	}
	return fmin(1, tb_dd_value(sum) / tb_dd_value(total_a) / tb_dd_value(total_b) / 2);
}
