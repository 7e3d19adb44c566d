/* equalisation.c -- inversions by merge sort; weighted Gini and variance in double-double over sorted values */
#include "equalisation.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/int256.h"

typedef struct Ranked {
	double after;
	uint64_t count;
} Ranked;

/* The sample is sorted by x, then y: a pair with y falling has x rising strictly, so inversions of y are the reversals. */
TbStatus tb_rank_reversals(const TbSample *sample, uint64_t *reversals)
{
	size_t n = sample->n;
	Ranked *from, *to;
	TbUint total = 0;

	if (n == 0)
		return TB_UNDEFINED;
	from = tb_alloc(n * sizeof(Ranked));
	to = tb_alloc(n * sizeof(Ranked));
	for (size_t i = 0; i < n; i++, tb_step())
		from[i] = (Ranked){sample->y[i], sample->count ? sample->count[i] : 1};
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t left = 0; left < n; left += 2 * width) {
			size_t middle = left + width < n ? left + width : n, right = middle + width < n ? middle + width : n, i = left, j = middle;
			/* rows of the left run still ahead of those of the right */
			uint64_t ahead = 0;

			for (size_t k = left; k < middle; k++)
				ahead += from[k].count;
			for (size_t k = left; k < right; k++) {
				if (i < middle && (j >= right || from[i].after <= from[j].after)) {
					ahead -= from[i].count;
					to[k] = from[i++];
				} else {
					total += (TbUint)from[j].count * ahead;
					to[k] = from[j++];
				}
				tb_step();
			}
		}
		Ranked *swap = from;

		from = to;
		to = swap;
	}
	tb_free(from);
	tb_free(to);
	*reversals = (uint64_t)total;
	return total >> 63 ? TB_OUT_OF_RANGE : TB_OK;
}

static double weight_of(const TbSample *s, size_t i)
{
	return (s->w ? s->w[i] : 1) * (s->count ? (double)s->count[i] : 1);
}

/* G = sum w_i x_i (2 W_{i-1} + w_i - W) / (W sum w x) over x ascending, W_i the running weight; cv = sd/mean, both NaN without a positive mean */
static double spread(const TbSample *s, const double *x, double *gini, double *cv)
{
	TbDd total = {0, 0}, sum = {0, 0}, squares = {0, 0}, running = {0, 0}, ranked = {0, 0}, mean;

	for (size_t i = 0; i < s->n; i++, tb_step()) {
		total = tb_dd_add_d(total, weight_of(s, i));
		sum = tb_dd_add(sum, tb_two_product(weight_of(s, i), x[i]));
	}
	mean = tb_dd_div(sum, total);
	for (size_t i = 0; i < s->n; i++) {
		TbDd w = tb_dd(weight_of(s, i)), distance = tb_dd_sub(tb_dd(x[i]), mean), rank = tb_dd_sub(tb_dd_add(running, running), total);

		squares = tb_dd_add(squares, tb_dd_mul(w, tb_dd_mul(distance, distance)));
		ranked = tb_dd_add(ranked, tb_dd_mul(tb_two_product(w.hi, x[i]), tb_dd_add(rank, w)));
		running = tb_dd_add(running, w);
		tb_step();
	}
	double sd = sqrt(tb_dd_value(tb_dd_div(squares, total)));
	bool positive = tb_dd_value(mean) > 0;

	*gini = positive ? tb_dd_value(tb_dd_div(ranked, tb_dd_mul(total, sum))) : NAN;
	*cv = positive ? sd / tb_dd_value(mean) : NAN;
	return sd;
}

TbStatus tb_equalisation_effect(const TbSample *sample, TbEqualisationEffect *effect)
{
	TbSample near, after;
	double sd_before, sd_after;
	TbStatus status = tb_rank_reversals(sample, &effect->reversals);
	int exponent[3];

	if (status != TB_OK)
		return status;
	near = tb_sample_near_one(sample, true, exponent);
	sd_before = spread(&near, near.x, &effect->gini_before, &effect->cv_before);
	tb_sample_by_second(&near, &after);
	sd_after = spread(&after, after.y, &effect->gini_after, &effect->cv_after);
	effect->minimum_after = ldexp(after.y[0], exponent[1]);
	tb_free((void *)after.x);
	tb_free((void *)after.y);
	if (after.w)
		tb_free((void *)after.w);
	if (after.count)
		tb_free((void *)after.count);
	effect->degree = sd_before > 0 ? 1 - sd_after / sd_before : NAN;
	return isfinite(sd_before) && isfinite(sd_after) ? TB_OK : TB_OUT_OF_RANGE;
}
