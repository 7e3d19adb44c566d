/* segregation_difference.c -- common tables of two dates, margins exchanged */
#include "segregation_difference.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"

#define ROUNDS 2000
#define CLOSE 1e-13 /* shares of people that lie in the wrong unit */

/* Places of ids in both lists, each bytewise ascending: place[k][i] of the i-th of list k, or TB_NO_ID */
static uint32_t match(const TbId **a, uint32_t n, const TbId **b, uint32_t m, uint32_t *place[2])
{
	uint32_t i = 0, j = 0, common = 0;

	memset(place[0], 0xff, n * sizeof(uint32_t));
	memset(place[1], 0xff, m * sizeof(uint32_t));
	for (; i < n && j < m; tb_step()) {
		int order = tb_id_compare(*a[i], *b[j]);

		if (order == 0) {
			place[0][i] = common;
			place[1][j] = common++;
		}
		i += order <= 0;
		j += order >= 0;
	}
	return common;
}

typedef struct Places {
	uint32_t units, groups, *unit[2], *group[2];
} Places;

static Places places_of(const TbSegregationTable *t[2])
{
	Places p;

	for (int k = 0; k < 2; k++) {
		p.unit[k] = tb_alloc((t[k]->units + 1) * sizeof(uint32_t));
		p.group[k] = tb_alloc((t[k]->groups + 1) * sizeof(uint32_t));
	}
	p.units = match(t[0]->unit_id, t[0]->units, t[1]->unit_id, t[1]->units, p.unit);
	p.groups = match(t[0]->group_id, t[0]->groups, t[1]->group_id, t[1]->groups, p.group);
	return p;
}

/* The cells of common units and groups, as shares of all people in them; margins 0 where a unit or group has nobody among the others */
static void common_table(const TbSegregationTable *from, const uint32_t *unit, const uint32_t *group, const Places *p, TbSegregationTable *to)
{
	TbDd *margin = tb_alloc_zero((size_t)p->groups + 1, sizeof(TbDd)), all = {0, 0};
	size_t cells = 0;

	*to = (TbSegregationTable){.units = p->units, .groups = p->groups, .total = 1};
	to->row = tb_alloc_zero((size_t)p->units + 1, sizeof(size_t));
	to->group = tb_alloc((from->row[from->units] + 1) * sizeof(uint32_t));
	to->x = tb_alloc((from->row[from->units] + 1) * sizeof(double));
	to->unit_total = tb_alloc_zero((size_t)p->units + 1, sizeof(double));
	to->group_total = tb_alloc_zero((size_t)p->groups + 1, sizeof(double));
	for (uint32_t i = 0; i < from->units; i++) {
		TbDd sum = {0, 0};

		if (unit[i] == TB_NO_ID)
			continue;
		for (size_t c = from->row[i]; c < from->row[i + 1]; c++, tb_step()) {
			uint32_t m = group[from->group[c]];

			if (m == TB_NO_ID)
				continue;
			to->group[cells] = m;
			to->x[cells++] = from->x[c];
			sum = tb_dd_add_d(sum, from->x[c]);
			margin[m] = tb_dd_add_d(margin[m], from->x[c]);
		}
		to->row[unit[i] + 1] = cells;
		to->unit_total[unit[i]] = tb_dd_value(sum);
		all = tb_dd_add(all, sum);
	}
	for (uint32_t i = 0; i < p->units; i++, tb_step())
		to->unit_total[i] /= tb_dd_value(all);
	for (uint32_t m = 0; m < p->groups; m++, tb_step())
		to->group_total[m] = tb_dd_value(margin[m]) / tb_dd_value(all);
	for (size_t c = 0; c < cells; c++, tb_step())
		to->x[c] /= tb_dd_value(all);
	tb_free(margin);
}

/* Takes out of both what has nobody in one of them; false: nothing was */
static bool drop_empty(const TbSegregationTable *c, const TbSegregationTable *t[2], Places *p)
{
	Places old = *p;
	uint32_t *unit = tb_alloc_zero((size_t)old.units + 1, sizeof(uint32_t)), *group = tb_alloc_zero((size_t)old.groups + 1, sizeof(uint32_t));

	p->units = p->groups = 0;
	for (uint32_t i = 0; i < old.units; i++, tb_step())
		unit[i] = c[0].unit_total[i] > 0 && c[1].unit_total[i] > 0 ? p->units++ : TB_NO_ID;
	for (uint32_t m = 0; m < old.groups; m++, tb_step())
		group[m] = c[0].group_total[m] > 0 && c[1].group_total[m] > 0 ? p->groups++ : TB_NO_ID;
	for (int k = 0; k < 2; k++) {
		for (uint32_t i = 0; i < t[k]->units; i++, tb_step())
			if (p->unit[k][i] != TB_NO_ID)
				p->unit[k][i] = unit[p->unit[k][i]];
		for (uint32_t m = 0; m < t[k]->groups; m++, tb_step())
			if (p->group[k][m] != TB_NO_ID)
				p->group[k][m] = group[p->group[k][m]];
	}
	return p->units < old.units || p->groups < old.groups;
}

/* One round: units to their margin, then groups to theirs. Answers how far units were off. */
static double round_of(TbSegregationTable *t, double *sum)
{
	TbDd off = {0, 0};

	memset(sum, 0, t->groups * sizeof(double));
	for (uint32_t i = 0; i < t->units; i++) {
		TbDd row = {0, 0};
		double factor;

		for (size_t c = t->row[i]; c < t->row[i + 1]; c++)
			row = tb_dd_add_d(row, t->x[c]);
		off = tb_dd_add_d(off, fabs(tb_dd_value(row) - t->unit_total[i]));
		factor = t->unit_total[i] / tb_dd_value(row);
		for (size_t c = t->row[i]; c < t->row[i + 1]; c++)
			sum[t->group[c]] += t->x[c] *= factor;
		tb_steps(t->row[i + 1] - t->row[i] + 1);
	}
	for (size_t c = 0; c < t->row[t->units]; c++, tb_step())
		t->x[c] *= t->group_total[t->group[c]] / sum[t->group[c]];
	return tb_dd_value(off);
}

/* M of the associations of `of` with these margins; NaN where they cannot be met */
static double fitted(const TbSegregationTable *of, const double *unit_total, const double *group_total)
{
	TbSegregationTable t = *of;
	size_t cells = of->row[of->units];
	double *sum = tb_alloc((t.groups + 1) * sizeof(double)), off = 1, found = NAN;

	t.x = tb_alloc((cells + 1) * sizeof(double));
	tb_copy(t.x, of->x, cells * sizeof(double));
	t.unit_total = (double *)unit_total;
	t.group_total = (double *)group_total;
	(void)round_of(&t, sum); /* units may have their margin by chance before the groups have theirs */
	for (int i = 1; i < ROUNDS && off > CLOSE; i++)
		off = round_of(&t, sum);
	if (off <= CLOSE)
		found = tb_segregation_information(&t);
	tb_free(sum);
	tb_free(t.x);
	return found;
}

static double mean(double a, double b)
{
	return a / 2 + b / 2;
}

/* own: M of both common tables */
static void split(const TbSegregationTable c[2], const double own[2], TbSegregationDifference *d)
{
	double m[2][2][2]; /* association, unit margin, group margin */

	for (int s = 0; s < 2; s++)
		for (int u = 0; u < 2; u++)
			for (int g = 0; g < 2; g++)
				m[s][u][g] = u == s && g == s ? own[s] : fitted(&c[s], c[u].unit_total, c[g].group_total);
	d->structural = mean(m[1][0][0] - m[0][0][0], m[1][1][1] - m[0][1][1]);
	d->unit = mean(mean(m[0][1][0] - m[0][0][0], m[0][1][1] - m[0][0][1]), mean(m[1][1][0] - m[1][0][0], m[1][1][1] - m[1][0][1]));
	d->group = mean(mean(m[0][0][1] - m[0][0][0], m[0][1][1] - m[0][1][0]), mean(m[1][0][1] - m[1][0][0], m[1][1][1] - m[1][1][0]));
	d->removals = m[0][0][0] - d->before;
	d->additions = d->after - m[1][1][1];
	if (isnan(d->structural) || isnan(d->unit) || isnan(d->group))
		d->structural = d->unit = d->group = NAN;
}

void tb_segregation_difference(const TbSegregationTable *before, const TbSegregationTable *after, TbSegregationDifference *difference)
{
	const TbSegregationTable *t[2] = {before, after};
	TbSegregationTable common[2];
	Places p = places_of(t);

	do
		for (int k = 0; k < 2; k++)
			common_table(t[k], p.unit[k], p.group[k], &p, &common[k]);
	while (drop_empty(common, t, &p));
	*difference =
		(TbSegregationDifference){.before = tb_segregation_information(before), .after = tb_segregation_information(after), .common = p.units};
	if (p.units > 0) {
		double own[2] = {difference->before, difference->after};

		for (int k = 0; k < 2; k++)
			if (p.units < t[k]->units || p.groups < t[k]->groups)
				own[k] = tb_segregation_information(&common[k]);
		split(common, own, difference);
		return;
	}
	difference->removals = 0 - difference->before;
	difference->additions = difference->after;
}
