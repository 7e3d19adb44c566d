/* synthetic_control.c -- a balanced table of units and periods, its mix and its placebos */
#include "synthetic_control.h"

#include <math.h>

#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"
#include "mix.h"

#define PERFECT 1e-24 /* square of the distance before, against that of the farthest donor: nothing */

static bool is_period(double x)
{
	return x >= INT32_MIN && x <= INT32_MAX && x == (double)(int32_t)x;
}

bool tb_synthetic_control_params_ok(const double *param, uint64_t n)
{
	return n == 1 && is_period(param[0]) && !(param[0] == 0 && signbit(param[0]));
}

TB_BAG_KIND(tb_synthetic_control_kind, "synthetic_control_state", TB_SHAPE_SYNTHETIC_CONTROL, 2, 2, 0, 0, tb_synthetic_control_params_ok, 0x3)

typedef struct Order {
	const uint32_t *unit;
	const double *period;
} Order;

static bool earlier(const void *context, size_t a, size_t b)
{
	const Order *o = context;

	return o->unit[a] != o->unit[b] ? o->unit[a] < o->unit[b] : o->period[a] < o->period[b];
}

/* Outcomes by unit and period; row of the treated unit apart */
typedef struct Table {
	uint32_t treated;
	const double *own, **donor;
} Table;

/* Finds what rows cannot be */
static TbStatus sound(const TbBag *bag, const size_t *order, uint32_t *at, int32_t *period)
{
	for (size_t k = 0; k < bag->rows; k++, tb_step()) {
		size_t i = order[k], last = order[k > 0 ? k - 1 : 0];

		if (!is_period(bag->value[0][i]))
			return TB_CORRUPT;
		*at = bag->row_id[1][i];
		if (*at != bag->row_id[1][order[0]])
			return TB_MISMATCH;
		*at = bag->row_id[0][i];
		*period = (int32_t)bag->value[0][i];
		if (k > 0 && bag->row_id[0][last] == *at && bag->value[0][last] == bag->value[0][i])
			return TB_INVALID;
	}
	return TB_OK;
}

/* The periods of the treated unit, which are its rows */
static void window(const TbBag *bag, const size_t *order, Table *table, TbSynthetic *r)
{
	table->treated = bag->row_id[1][order[0]];
	r->period = tb_alloc((bag->rows + 1) * sizeof(int32_t));
	for (size_t k = 0; k < bag->rows; k++, tb_step())
		if (bag->row_id[0][order[k]] == table->treated) {
			r->period[r->periods] = (int32_t)bag->value[0][order[k]];
			r->before += r->period[r->periods++] < bag->param[0];
		}
}

/* Outcomes y of each unit with all of these periods */
static void fill(const TbBag *bag, const size_t *order, const double *y, Table *table, TbSynthetic *r)
{
	double *line = NULL;

	r->donor = tb_alloc((bag->ids + (size_t)1) * sizeof(uint32_t));
	table->donor = tb_alloc((bag->ids + (size_t)1) * sizeof(double *));
	for (size_t k = 0, found = 0; k < bag->rows; k++, tb_step()) {
		uint32_t unit = bag->row_id[0][order[k]];

		if (k == 0 || unit != bag->row_id[0][order[k - 1]]) {
			found = 0;
			line = tb_alloc((r->periods + 1) * sizeof(double));
		}
		if (found < r->periods) {
			/* both ascend: skip what the treated unit does not have, stop at what it alone has */
			if ((int32_t)bag->value[0][order[k]] == r->period[found])
				line[found++] = y[order[k]];
		}
		if (k + 1 < bag->rows && unit == bag->row_id[0][order[k + 1]])
			continue;
		if (unit == table->treated)
			table->own = line;
		else if (found == r->periods) {
			table->donor[r->donors] = line;
			r->donor[r->donors++] = unit;
		} else if (r->incomplete++ == 0)
			r->first_incomplete = unit;
	}
}

static double root_mean_square(const double *gap, size_t n)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < n; i++, tb_step())
		sum = tb_dd_add_d(sum, gap[i] * gap[i]);
	return n > 0 ? sqrt(tb_dd_value(sum) / (double)n) : NAN;
}

/* One unit against the mix of others */
static TbGap compare(const TbSynthetic *r, const double *own, const double *const *other, size_t n, const TbMix *mix, double *gap)
{
	for (size_t t = 0; t < r->periods; t++) {
		TbDd rest = {0, 0};

		for (size_t j = 0; j < n; j++)
			if (mix->weight[j] > 0)
				rest = tb_dd_add(rest, tb_dd_mul_d(tb_two_sum(own[t], -other[j][t]), mix->weight[j]));
		gap[t] = tb_dd_value(rest);
		tb_steps(n);
	}
	return (TbGap){mix->square > PERFECT * mix->reach ? root_mean_square(gap, r->before) : 0,
				   root_mean_square(gap + r->before, r->periods - r->before)};
}

static TbGap placebo_of(const TbSynthetic *r, const Table *table, uint32_t donor, const double **other, double *gap)
{
	TbMix mix;
	TbGap result;
	size_t n = 0;

	for (uint32_t j = 0; j < r->donors; j++)
		if (j != donor)
			other[n++] = table->donor[j];
	if (tb_mix(other, n, table->donor[donor], r->before, &mix) != TB_OK)
		return (TbGap){NAN, NAN};
	result = compare(r, table->donor[donor], other, n, &mix, gap);
	tb_free(mix.weight);
	return result;
}

double tb_gap_ratio(TbGap gap)
{
	return gap.before > 0 ? gap.after / gap.before : gap.before == 0 && gap.after >= 0 ? INFINITY : NAN;
}

static void place(const Table *table, TbSynthetic *r)
{
	const double **other = tb_alloc((r->donors + (size_t)1) * sizeof(double *));
	double *gap = tb_alloc((r->periods + 1) * sizeof(double)), own = tb_gap_ratio(r->own);

	r->placebo = tb_alloc((r->donors + (size_t)1) * sizeof(TbGap));
	r->p = NAN;
	r->rank = 1;
	tb_progress("placebos of synthetic_control", 0, r->donors);
	for (uint32_t j = 0; j < r->donors; j++) {
		r->placebo[j] = placebo_of(r, table, j, other, gap);
		r->rank += tb_gap_ratio(r->placebo[j]) >= own;
		tb_progress("placebos of synthetic_control", j + 1, r->donors);
	}
	if (r->donors > 1 && !isnan(own))
		r->p = (double)r->rank / (r->donors + 1.0);
	tb_free(other);
	tb_free(gap);
}

static TbStatus in_unit(TbSynthetic *r, int exponent)
{
	bool finite = true;

	for (size_t t = 0; t < r->periods; t++) {
		r->gap[t] = ldexp(r->gap[t], exponent);
		r->observed[t] = ldexp(r->observed[t], exponent);
		finite &= isfinite(r->gap[t]);
	}
	for (uint32_t j = 0; j < r->donors; j++) {
		r->placebo[j] = (TbGap){ldexp(r->placebo[j].before, exponent), ldexp(r->placebo[j].after, exponent)};
		finite &= !isinf(r->placebo[j].before) && !isinf(r->placebo[j].after);
	}
	r->own = (TbGap){ldexp(r->own.before, exponent), ldexp(r->own.after, exponent)};
	return finite ? TB_OK : TB_OUT_OF_RANGE;
}

TbStatus tb_synthetic_control(const TbBag *bag, TbSynthetic *r, uint32_t *at, int32_t *period)
{
	size_t *order = tb_sort_order_by(bag->rows, earlier, &(Order){bag->row_id[0], bag->value[0]});
	double *y = tb_alloc((bag->rows + 1) * sizeof(double));
	int exponent = tb_shrink(bag->value[1], bag->rows, y);
	Table table = {0};
	TbMix mix;
	TbStatus status;

	*r = (TbSynthetic){0};
	status = bag->rows == 0 ? TB_UNDEFINED : sound(bag, order, at, period);
	if (status != TB_OK)
		return status;
	window(bag, order, &table, r);
	if (r->before == 0)
		return TB_UNDEFINED;
	fill(bag, order, y, &table, r);
	status = tb_mix(table.donor, r->donors, table.own, r->before, &mix);
	if (status != TB_OK)
		return status;
	r->weight = mix.weight;
	r->unique = mix.unique;
	r->gap = tb_alloc((r->periods + 1) * sizeof(double));
	r->observed = memcpy(tb_alloc((r->periods + 1) * sizeof(double)), table.own, r->periods * sizeof(double));
	r->own = compare(r, table.own, table.donor, r->donors, &mix, r->gap);
	place(&table, r);
	return in_unit(r, exponent);
}
