/* flow_distance.c -- how far flows go */
#include "flow_distance.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"

/* Flows and distances are scaled by powers of two, so that sums and products stay in range. */
typedef struct Scale {
	int flow, distance;
} Scale;

static Scale scale_of(const TbSample *s)
{
	double largest = 0;
	Scale scale = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_step())
		largest = fmax(largest, s->w[i]);
	(void)frexp(largest, &scale.flow);
	(void)frexp(s->x[s->n - 1], &scale.distance);
	return scale;
}

static double flow_at(const TbSample *s, size_t i, Scale scale)
{
	return ldexp(s->w[i], -scale.flow);
}

static TbDd flow_of_all(const TbSample *s, size_t i, Scale scale)
{
	return tb_two_product(flow_at(s, i, scale), s->count ? (double)s->count[i] : 1);
}

static bool reaches(TbDd a, TbDd b)
{
	return a.hi > b.hi || (a.hi == b.hi && a.lo >= b.lo);
}

static double between(TbDd low, TbDd middle, TbDd high, double x, double y)
{
	return x + tb_dd_value(tb_dd_div(tb_dd_sub(middle, low), tb_dd_sub(high, low))) * (y - x);
}

static double first_reached(const TbSample *s, Scale scale, TbDd middle)
{
	TbDd sum = {0, 0};
	size_t i = 0;

	for (; i + 1 < s->n; i++) {
		sum = tb_dd_add(sum, flow_of_all(s, i, scale));
		if (reaches(sum, middle))
			break;
	}
	return s->x[i];
}

/* Identical rows are steps at one distance: only the middles of the first and the last matter */
static double interpolated(const TbSample *s, Scale scale, TbDd middle)
{
	TbDd before = {0, 0}, last = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_step()) {
		double half = flow_at(s, i, scale) / 2;
		TbDd first = tb_dd_add_d(before, half);

		if (reaches(first, middle))
			return i == 0 ? s->x[0] : between(last, middle, first, s->x[i - 1], s->x[i]);
		before = tb_dd_add(before, flow_of_all(s, i, scale));
		last = tb_dd_add_d(before, -half);
		if (reaches(last, middle))
			return s->x[i];
	}
	return s->x[s->n - 1];
}

TbStatus tb_flow_distance(const TbSample *s, TbFlowDistance *result)
{
	Scale scale;
	TbDd flow = {0, 0}, moment = {0, 0};

	if (s->n == 0)
		return TB_UNDEFINED;
	if (!s->w || s->x[0] < 0)
		return TB_INVALID;
	scale = scale_of(s);
	for (size_t i = 0; i < s->n; i++) {
		TbDd all = flow_of_all(s, i, scale);

		flow = tb_dd_add(flow, all);
		moment = tb_dd_add(moment, tb_dd_mul_d(all, ldexp(s->x[i], -scale.distance)));
		tb_step();
	}
	result->mean = ldexp(tb_dd_value(tb_dd_div(moment, flow)), scale.distance);
	flow = (TbDd){flow.hi / 2, flow.lo / 2};
	result->median = first_reached(s, scale, flow);
	result->median_interpolated = interpolated(s, scale, flow);
	return isfinite(result->mean) ? TB_OK : TB_OUT_OF_RANGE;
}
