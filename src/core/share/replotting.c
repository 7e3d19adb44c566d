/* replotting.c -- cuts a site into strips of given areas */
#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "replotting.h"

#define ROUNDING 1e-9 /* of the site: what areas may lack or exceed without an error */

/* Integral of y - y0 over the part of the segment with x <= c, in the direction of the segment */
static double part(const TbSegment *s, double c, double y0)
{
	double x1 = s->x1, y1 = s->y1 - y0, x2 = s->x2, y2 = s->y2 - y0;

	if (x1 > c && x2 > c)
		return 0;
	if (x1 > c || x2 > c) {
		double y = y1 + (y2 - y1) * ((c - x1) / (x2 - x1));

		if (x1 > c) {
			x1 = c;
			y1 = y;
		} else {
			x2 = c;
			y2 = y;
		}
	}
	return (x2 - x1) * (y1 + y2) / 2;
}

double tb_strip_area(const TbSegment *segment, int n, double c, double y0)
{
	TbDd sum = tb_dd(0);

	for (int i = 0; i < n; i++) {
		sum = tb_dd_add_d(sum, part(&segment[i], c, y0));
		tb_step();
	}
	return fabs(tb_dd_value(sum));
}

static double cut_at(const TbSegment *segment, int n, double area, double low, double high, double y0)
{
	for (;;) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			return high;
		if (tb_strip_area(segment, n, middle, y0) < area)
			low = middle;
		else
			high = middle;
	}
}

TbStatus tb_strip_cuts(const TbSegment *segment, int n, const double *area, int n_areas, double *cut, double *lack)
{
	double low = INFINITY, high = -INFINITY, y0, total;
	TbDd sum = tb_dd(0);

	if (n == 0)
		return TB_UNDEFINED;
	y0 = segment[0].y1;
	for (int i = 0; i < n; i++, tb_step()) {
		low = fmin(low, fmin(segment[i].x1, segment[i].x2));
		high = fmax(high, fmax(segment[i].x1, segment[i].x2));
	}
	total = tb_strip_area(segment, n, high, y0);
	if (!(total > 0))
		return TB_UNDEFINED;
	for (int i = 0; i < n_areas; i++, tb_step()) {
		sum = tb_dd_add_d(sum, area[i]);
		if (tb_dd_value(sum) >= total * (1 - ROUNDING)) {
			*lack = tb_dd_value(sum) - total;
			if (*lack > total * ROUNDING)
				return TB_INFEASIBLE;
			cut[i] = high;
		} else
			cut[i] = cut_at(segment, n, tb_dd_value(sum), i > 0 ? cut[i - 1] : low, high, y0);
	}
	return TB_OK;
}
