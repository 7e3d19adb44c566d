/* decomposition.c -- within and between */
#include "decomposition.h"

#include <string.h>

#include "../base/step.h"

typedef struct Part {
	double *x, *w;
	uint64_t *count;
	size_t n;
	uint64_t rows;
} Part;

/* Room in one block for the columns of all groups, each as long as its group */
static Part *empty_parts(const TbSample *sample)
{
	Part *part = tb_alloc_zero(sample->groups, sizeof(Part));
	double *x = tb_alloc(sample->n * sizeof(double)), *w = sample->w ? tb_alloc(sample->n * sizeof(double)) : NULL;
	uint64_t *count = sample->count ? tb_alloc(sample->n * sizeof(uint64_t)) : NULL;
	size_t at = 0;

	for (size_t i = 0; i < sample->n; i++, tb_step())
		part[sample->group[i]].n++;
	for (size_t g = 0; g < sample->groups; g++, tb_step()) {
		part[g].x = x + at;
		part[g].w = w ? w + at : NULL;
		part[g].count = count ? count + at : NULL;
		at += part[g].n;
		part[g].n = 0;
	}
	return part;
}

static Part *deal(const TbSample *sample)
{
	Part *part = empty_parts(sample);

	for (size_t i = 0; i < sample->n; i++) {
		Part *own = &part[sample->group[i]];

		own->x[own->n] = sample->x[i];
		if (own->w)
			own->w[own->n] = sample->w[i];
		if (own->count)
			own->count[own->n] = sample->count[i];
		own->rows += own->count ? own->count[own->n] : 1;
		own->n++;
		tb_step();
	}
	return part;
}

/* Group means by size, with the group's weight, as a sample of their own; to double-double, for means that hardly differ */
static void sort_means(const TbGroups *groups, const double *weight, TbDistribution *means)
{
	size_t n = groups->n;
	uint64_t *row = tb_alloc(3 * n * sizeof(uint64_t)), *scratch = tb_alloc(3 * n * sizeof(uint64_t));
	double *mean = tb_alloc(n * sizeof(double)), *low = tb_alloc(n * sizeof(double)), *w = tb_alloc(n * sizeof(double));

	for (size_t g = 0; g < n; g++, tb_step()) {
		const TbDistribution *d = &groups->group[g];

		row[3 * g] = tb_sort_key(ldexp(d->mean.hi, d->exponent - groups->all.exponent));
		row[3 * g + 1] = tb_sort_key(ldexp(d->mean.lo, d->exponent - groups->all.exponent) + 0.0);
		row[3 * g + 2] = tb_sort_key(weight[g]);
	}
	tb_sort_rows(row, scratch, n, 3, 3);
	for (size_t g = 0; g < n; g++, tb_step()) {
		mean[g] = tb_sort_value(row[3 * g]);
		low[g] = tb_sort_value(row[3 * g + 1]);
		w[g] = tb_sort_value(row[3 * g + 2]);
	}
	*means = (TbDistribution){.n = n, .x = mean, .raw = mean, .low = low, .w = w, .rows = n, .weight = groups->all.weight, .mean = groups->all.mean};
	means->total = groups->all.total;
	means->minimum = mean[0];
	means->maximum = mean[n - 1];
	means->zero = mean[0] <= 0;
}

void tb_groups(const TbSample *sample, TbGroups *groups)
{
	Part *part = deal(sample);
	double *weight = tb_alloc(sample->groups * sizeof(double));

	memset(groups, 0, sizeof(*groups));
	groups->n = sample->groups;
	groups->id = sample->group_id;
	tb_distribution(sample, sample->x, &groups->all);
	groups->group = tb_alloc(groups->n * sizeof(TbDistribution));
	groups->share = tb_alloc(groups->n * sizeof(double));
	groups->ratio = tb_alloc(groups->n * sizeof(double));
	for (size_t g = 0; g < groups->n; g++, tb_step()) {
		TbSample own = {.n = part[g].n, .x = part[g].x, .w = part[g].w, .count = part[g].count, .rows = part[g].rows};
		TbDistribution *d = &groups->group[g];

		tb_distribution(&own, own.x, d);
		weight[g] = ldexp(d->weight, d->weight_exponent - groups->all.weight_exponent);
		groups->share[g] = weight[g] / groups->all.weight;
		groups->ratio[g] = ldexp(tb_dd_value(tb_dd_div(d->mean, groups->all.mean)), d->exponent - groups->all.exponent);
	}
	sort_means(groups, weight, &groups->means);
	tb_free(weight);
}

/* sum over groups of share * ratio^power * index; a group of zeros has no inequality of its own where its weight is 0 too */
static double within(const TbGroups *groups, double power, double (*index)(const TbDistribution *, double), double parameter)
{
	TbSum sum = {0, 0};

	for (size_t g = 0; g < groups->n; g++, tb_step()) {
		double factor = groups->share[g] * (power == 0 ? 1 : power == 1 ? groups->ratio[g] : pow(groups->ratio[g], power));

		if (factor > 0)
			tb_sum_add(&sum, factor * index(&groups->group[g], parameter));
	}
	return tb_sum_value(sum);
}

static TbParts undefined(void)
{
	return (TbParts){NAN, NAN, NAN};
}

void tb_theil_parts(const TbGroups *groups, TbParts *t, TbParts *l)
{
	TbSum within_t = {0, 0}, within_l = {0, 0};

	*t = *l = undefined();
	tb_theils(&groups->all, &t->total, &l->total);
	if (isnan(t->total))
		return;
	for (size_t g = 0; g < groups->n; g++, tb_step()) {
		double own_t, own_l;

		tb_theils(&groups->group[g], &own_t, &own_l);
		/* a group of zeros has no part in the total, and no inequality of its own */
		if (groups->ratio[g] > 0)
			tb_sum_add(&within_t, groups->share[g] * groups->ratio[g] * own_t);
		tb_sum_add(&within_l, groups->share[g] * own_l);
	}
	t->within = tb_sum_value(within_t);
	tb_theils(&groups->means, &t->between, &l->between);
	if (isnan(l->total))
		*l = undefined();
	else
		l->within = tb_sum_value(within_l);
}

TbParts tb_entropy_parts(const TbGroups *groups, double alpha)
{
	TbParts parts = {tb_generalised_entropy(&groups->all, alpha), 0, 0};

	if (isnan(parts.total))
		return undefined();
	parts.within = within(groups, alpha, tb_generalised_entropy, alpha);
	parts.between = tb_generalised_entropy(&groups->means, alpha);
	return parts;
}

TbParts tb_gini_parts(const TbGroups *groups)
{
	TbParts parts = {tb_gini(&groups->all), 0, 0};
	TbSum sum = {0, 0};

	if (isnan(parts.total))
		return undefined();
	for (size_t g = 0; g < groups->n; g++, tb_step()) {
		const TbDistribution *d = &groups->group[g];
		double share = groups->share[g];
		/* in absolute differences: a group whose mean is not positive has those too */
		double spread = ldexp(tb_absolute_gini(d) / groups->all.mean.hi, d->exponent - groups->all.exponent);

		tb_sum_add(&sum, share * share * spread);
	}
	parts.within = tb_sum_value(sum);
	parts.between = tb_gini(&groups->means);
	return parts;
}

double tb_gini_overlap(TbParts gini)
{
	return isnan(gini.total) ? NAN : fmax(0, gini.total - gini.within - gini.between);
}

TbParts tb_atkinson_one_parts(const TbGroups *groups, TbParts theil_l)
{
	TbParts parts = {-expm1(-theil_l.total), -expm1(-theil_l.within), -expm1(-theil_l.between)};

	if (!isnan(theil_l.total))
		return parts;
	parts.total = tb_atkinson(&groups->all, 1);
	if (isnan(parts.total))
		return undefined();
	/* a zero somewhere: its group has index 1 */
	parts.within = 1;
	parts.between = tb_atkinson(&groups->means, 1);
	return parts;
}

TbParts tb_atkinson_parts(const TbGroups *groups, double epsilon)
{
	TbParts parts = {tb_atkinson(&groups->all, epsilon), 0, 0}, t, l;

	if (epsilon == 1) {
		tb_theil_parts(groups, &t, &l);
		return tb_atkinson_one_parts(groups, l);
	}
	if (isnan(parts.total))
		return undefined();
	parts.between = tb_atkinson(&groups->means, epsilon);
	/* (total - between) / (1 - between), which is what 1 - (1 - total) / (1 - between) says without taking small numbers from 1 */
	parts.within = parts.between < 1 ? fmax(0, (parts.total - parts.between) / (1 - parts.between)) : 1;
	return parts;
}
