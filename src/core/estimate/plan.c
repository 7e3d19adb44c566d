/* plan.c -- a trimmed line, a run of rises or falls, a jump in median absolute deviations */
#include "plan.h"

#include <math.h>

#include "../base/step.h"
#include "../base/merge_sort.h"

/* Least squares through k points without the one at `out`: mean of x and y, slope; returns the sum of squares, or infinity where all x are one */
static double line_without(const double *x, const double *y, int k, int out, double *mean_x, double *mean_y, double *slope)
{
	double sx = 0, sy = 0, sxx = 0, sxy = 0, rss = 0;

	for (int i = 0; i < k; i++)
		if (i != out) {
			sx += x[i] / (k - 1);
			sy += y[i] / (k - 1);
		}
	for (int i = 0; i < k; i++)
		if (i != out) {
			sxx += (x[i] - sx) * (x[i] - sx);
			sxy += (x[i] - sx) * (y[i] - sy);
		}
	if (!(sxx > 0))
		return INFINITY;
	*mean_x = sx;
	*mean_y = sy;
	*slope = sxy / sxx;
	for (int i = 0; i < k; i++)
		if (i != out) {
			double e = y[i] - sy - *slope * (x[i] - sx);

			rss += e * e;
		}
	return rss;
}

static double largest(const double *v, int n)
{
	double m = 0;

	for (int i = 0; i < n; i++)
		m = fmax(m, fabs(v[i]));
	return m;
}

/* Days count from the last, values in the largest of them: no square leaves float8 */
static void fit(const double *day, const double *value, int k, TbSeries *s)
{
	double x[TB_PLAN_PERIODS], y[TB_PLAN_PERIODS], unit = largest(value, k), best = INFINITY;

	for (int i = 0; i < k; i++) {
		x[i] = day[i] - day[k - 1];
		y[i] = unit > 0 ? value[i] / unit : 0;
	}
	for (int out = 0; out < k; out++) {
		double mean_x = 0, mean_y = 0, slope = 0, rss = line_without(x, y, k, out, &mean_x, &mean_y, &slope);

		if (rss < best) {
			best = rss;
			s->slope = slope * unit;
			s->level = (mean_y - slope * mean_x) * unit;
		}
	}
	s->has_line = best < INFINITY && isfinite(s->slope) && isfinite(s->level);
}

static double median(double *v, int64_t n)
{
	tb_sort_doubles(v, (size_t)n);
	return n % 2 == 1 ? v[n / 2] : v[n / 2 - 1] / 2 + v[n / 2] / 2;
}

static void jump(const double *value, int64_t n, TbSeries *s)
{
	int64_t earlier = n - 2;
	double *change, middle, deviation;

	if (earlier < TB_PLAN_CHANGES)
		return;
	change = tb_alloc((size_t)earlier * sizeof(double));
	for (int64_t i = 0; i < earlier; i++, tb_step())
		change[i] = value[i + 1] / 8 - value[i] / 8; /* no difference leaves float8 */
	middle = median(change, earlier);
	for (int64_t i = 0; i < earlier; i++, tb_step())
		change[i] = fabs(change[i] - middle);
	deviation = median(change, earlier);
	tb_free(change);
	s->jump = (value[n - 1] / 8 - value[n - 2] / 8 - middle) / deviation;
	s->has_jump = deviation > 0 && isfinite(s->jump);
}

/* Steps running up to the last that all rise, or all fall */
static int run(const double *value, int64_t n)
{
	int count = 0, sign = n < 2 ? 0 : (value[n - 1] > value[n - 2]) - (value[n - 1] < value[n - 2]);

	for (int64_t i = n - 1; sign != 0 && i > 0 && (sign > 0 ? value[i] > value[i - 1] : value[i] < value[i - 1]); i--, tb_step())
		count += sign;
	return count;
}

void tb_series(const double *day, const double *value, int64_t n, TbSeries *s)
{
	*s = (TbSeries){0};
	if (n >= TB_PLAN_FEWEST) {
		int k = n < TB_PLAN_PERIODS ? (int)n : TB_PLAN_PERIODS;

		fit(day + n - k, value + n - k, k, s);
	}
	s->run = run(value, n);
	jump(value, n, s);
}
