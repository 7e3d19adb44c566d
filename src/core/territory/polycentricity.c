/* polycentricity.c -- rank-size, redistribution, size elasticity, functional polycentricity */
#include "polycentricity.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"

static uint64_t times(const uint64_t *count, size_t i)
{
	return count ? count[i] : 1;
}

/* x taken so many times: an exact product */
static TbDd repeated(double x, uint64_t n)
{
	return tb_two_product(x, (double)n);
}

/* Mean over rows, not entries; n is the number of rows. Of equal values it is that value. */
static double mean_of(const double *x, const uint64_t *count, size_t entries, double n)
{
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < entries; i++, tb_step())
		sum = tb_dd_add(sum, repeated(x[i], times(count, i)));
	return tb_dd_div(sum, tb_dd(n)).hi;
}

static double centred_product(const double *x, double mean_x, const double *y, double mean_y, const uint64_t *count, size_t entries)
{
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < entries; i++, tb_step())
		sum = tb_dd_add(sum, tb_dd_mul_d(tb_two_product(x[i] - mean_x, y[i] - mean_y), (double)times(count, i)));
	return tb_dd_value(sum);
}

/* From the sums of squares and products about the means of n rows */
static void finish_line(double sxx, double sxy, double syy, double mean_x, double mean_y, double n, TbFitLine *line)
{
	double residual;

	*line = (TbFitLine){NAN, NAN, NAN, NAN};
	if (n < 3 || !(sxx > 0))
		return;
	line->slope = sxy / sxx;
	line->intercept = mean_y - line->slope * mean_x;
	residual = fmax(syy - line->slope * sxy, 0);
	line->slope_se = sqrt(residual / (n - 2) / sxx);
	line->r2 = syy > 0 ? 1 - residual / syy : NAN;
}

void tb_fit_line(const double *x, const double *y, const uint64_t *count, size_t entries, TbFitLine *line)
{
	double n = 0, mean_x, mean_y;

	for (size_t i = 0; i < entries; i++, tb_step())
		n += (double)times(count, i);
	mean_x = mean_of(x, count, entries, n);
	mean_y = mean_of(y, count, entries, n);
	finish_line(centred_product(x, mean_x, x, mean_x, count, entries), centred_product(x, mean_x, y, mean_y, count, entries),
				centred_product(y, mean_y, y, mean_y, count, entries), mean_x, mean_y, n, line);
}

/* Below this many terms, and for smaller arguments, one by one; above, the terms left out of Euler and Maclaurin's formula are below 1e-15 */
#define ONE_BY_ONE 16
#define SMOOTH_FROM 256

/* Sum of ln(before + k) over k = 1 ... n. Long runs by the midpoint form of Euler and Maclaurin's formula: the integral from half a step before the first
 * to half a step after the last, less a 24th of the change of the derivative, plus 7/5760 of that of the third. */
static double log_sum(double before, uint64_t n)
{
	TbDd sum = tb_dd(0);

	while (n > 0 && (n <= ONE_BY_ONE || before < SMOOTH_FROM)) {
		sum = tb_dd_add_d(sum, log(before + 1));
		before++;
		n--;
	}
	if (n > 0) {
		double from = before + 0.5, length = (double)n, u = length / from, to = from + length;

		/* length ln(from), and what ln grows to on the way */
		sum = tb_dd_add(sum, tb_two_product(length, log(from)));
		sum = tb_dd_add_d(sum, from * ((1 + u) * log1p(u) - u));
		sum = tb_dd_add_d(sum, (1 / from - 1 / to) / 24 - 7. / 2880 * (1 / (from * from * from) - 1 / (to * to * to)));
	}
	return tb_dd_value(sum);
}

/* The antiderivative of (ln x - m)^2 with the corrections of the same formula */
static double square_integral(double x, double m)
{
	double l = log(x) - m;

	return x * (l * (l - 2) + 2) - l / x / 12 + 7. / 5760 * (4 * l - 6) / (x * x * x);
}

/* Sum of (ln k - m)^2 over the ranks k = 1 ... n */
static double rank_squares(uint64_t n, double m)
{
	TbDd sum = tb_dd(0);
	uint64_t k = 0;

	for (; k < n && (k < SMOOTH_FROM || n - k <= ONE_BY_ONE); k++) {
		double off = log(k + 1.0) - m;

		sum = tb_dd_add(sum, tb_two_product(off, off));
	}
	if (k < n)
		sum = tb_dd_add_d(sum, square_integral(n + 0.5, m) - square_integral(k + 0.5, m));
	return tb_dd_value(sum);
}

/* Both regressions from one line an entry, however many places it stands for: equal sizes have ranks that follow one another */
static void rank_lines(const TbSample *sizes, size_t first, TbRankSize *r)
{
	size_t entries = sizes->n - first;
	const uint64_t *count = sizes->count ? sizes->count + first : NULL;
	double *size = tb_alloc(entries * sizeof(double)), *rank = tb_alloc(entries * sizeof(double)), *shifted = tb_alloc(entries * sizeof(double));
	double n = (double)r->n, before = 0, mean, mean_rank, mean_shifted, syy;
	TbDd sxy = tb_dd(0), shifted_xy = tb_dd(0), ranks = tb_dd(0), shifted_ranks = tb_dd(0);
	TbFitLine line;

	for (size_t i = entries; i-- > 0; before += (double)times(count, i)) {
		size[i] = log(sizes->x[first + i]);
		rank[i] = log_sum(before, times(count, i));
		shifted[i] = log_sum(before - 0.5, times(count, i));
		ranks = tb_dd_add_d(ranks, rank[i]);
		shifted_ranks = tb_dd_add_d(shifted_ranks, shifted[i]);
		tb_steps(16);
	}
	mean_rank = tb_dd_value(ranks) / n;
	mean_shifted = tb_dd_value(shifted_ranks) / n;
	mean = mean_of(size, count, entries, n);
	syy = centred_product(size, mean, size, mean, count, entries);
	for (size_t i = 0; i < entries; i++, tb_step()) {
		double times_i = (double)times(count, i);

		sxy = tb_dd_add(sxy, tb_two_product(size[i] - mean, rank[i] - times_i * mean_rank));
		shifted_xy = tb_dd_add(shifted_xy, tb_two_product(size[i] - mean, shifted[i] - times_i * mean_shifted));
	}
	finish_line(rank_squares(r->n, mean_rank), tb_dd_value(sxy), syy, mean_rank, mean, n, &line);
	r->slope = line.slope;
	r->slope_se = line.slope_se;
	r->r2 = line.r2;
	r->intercept = line.intercept;
	r->slope_shifted = r->n > 2 && syy > 0 ? tb_dd_value(shifted_xy) / syy : NAN;
	r->slope_shifted_se = fabs(r->slope_shifted) * sqrt(2 / n);
	tb_free(size);
	tb_free(rank);
	tb_free(shifted);
}

static void primacies(const TbSample *sizes, size_t first, double total, TbRankSize *r)
{
	double largest[4] = {0};
	size_t n = 0;

	for (size_t i = sizes->n; i-- > first && n < 4;)
		for (uint64_t k = 0; k < times(sizes->count, i) && n < 4; k++)
			largest[n++] = sizes->x[i];
	if (n > 1)
		r->primacy = largest[0] / largest[1];
	if (n > 3)
		r->primacy_four = largest[0] / (largest[1] + largest[2] + largest[3]);
	r->primacy_share = largest[0] / total;
}

TbStatus tb_rank_size(const TbSample *sizes, TbRankSize *r)
{
	TbDd sum = tb_dd(0), squares = tb_dd(0), entropy = tb_dd(0);
	TbSample near;
	int exponent[3];
	size_t first = 0;
	double total;

	if (sizes->n > 0 && sizes->x[0] < 0)
		return TB_OUT_OF_RANGE;
	*r = (TbRankSize){.primacy = NAN, .primacy_four = NAN};
	while (first < sizes->n && !(sizes->x[first] > 0))
		first++;
	near = tb_sample_near_one(sizes, false, exponent);
	for (size_t i = first; i < sizes->n; i++, tb_step()) {
		r->n += times(sizes->count, i);
		sum = tb_dd_add(sum, repeated(near.x[i], times(sizes->count, i)));
	}
	if (r->n == 0)
		return TB_UNDEFINED;
	total = tb_dd_value(sum);
	rank_lines(sizes, first, r);
	primacies(&near, first, total, r);
	for (size_t i = first; i < sizes->n; i++, tb_step()) {
		double share = near.x[i] / total, n = (double)times(sizes->count, i);

		squares = tb_dd_add(squares, tb_dd_mul_d(tb_two_product(share, share), n));
		entropy = tb_dd_add(entropy, tb_two_product(share > 0 ? -share * log(share) : 0, n));
	}
	r->hhi = tb_dd_value(squares);
	r->entropy = tb_dd_value(entropy);
	return TB_OK;
}

TbStatus tb_share_difference(const TbSample *sample, double *percent)
{
	TbDd total_x = tb_dd(0), total_y = tb_dd(0), sum = tb_dd(0);
	double a, b;
	int exponent[3];
	const TbSample near = tb_sample_near_one(sample, false, exponent), *pairs = &near;

	for (size_t i = 0; i < pairs->n; i++, tb_step()) {
		if (pairs->x[i] < 0 || pairs->y[i] < 0)
			return TB_OUT_OF_RANGE;
		total_x = tb_dd_add(total_x, repeated(pairs->x[i], times(pairs->count, i)));
		total_y = tb_dd_add(total_y, repeated(pairs->y[i], times(pairs->count, i)));
	}
	a = tb_dd_value(total_x);
	b = tb_dd_value(total_y);
	if (!(a > 0) || !(b > 0))
		return TB_UNDEFINED;
	for (size_t i = 0; i < pairs->n; i++) {
		sum = tb_dd_add(sum, repeated(fabs(pairs->x[i] / a - pairs->y[i] / b), times(pairs->count, i)));
		tb_step();
	}
	*percent = 50 * tb_dd_value(sum);
	return isfinite(*percent) ? TB_OK : TB_INVALID;
}

TbStatus tb_size_elasticity(const TbSample *pairs, TbFitLine *line, size_t *n)
{
	double *x = tb_alloc(pairs->n * sizeof(double)), *y = tb_alloc(pairs->n * sizeof(double));
	uint64_t *count = tb_alloc(pairs->n * sizeof(uint64_t));
	size_t entries = 0;

	*n = 0;
	for (size_t i = 0; i < pairs->n; i++) {
		if (pairs->x[i] < 0 || pairs->y[i] < 0)
			return TB_OUT_OF_RANGE;
		if (!(pairs->x[i] > 0) || !(pairs->y[i] > 0))
			continue;
		x[entries] = log(pairs->x[i]);
		y[entries] = log(pairs->y[i]) - x[entries];
		*n += count[entries++] = times(pairs->count, i);
		tb_step();
	}
	if (entries > 0)
		tb_fit_line(x, y, count, entries, line);
	tb_free(x);
	tb_free(y);
	tb_free(count);
	return *n < 3 || isnan(line->slope) ? TB_UNDEFINED : TB_OK;
}

/* Inflow of each zone from the others; links and total are those between zones */
static double *inflows(const TbFlows *flows, size_t *links, double *total)
{
	TbDd *sum = tb_alloc_zero(flows->zones, sizeof(TbDd)), all = tb_dd(0);
	double *inflow = tb_alloc(flows->zones * sizeof(double));

	*links = 0;
	for (uint32_t i = 0; i < flows->zones; i++) {
		for (size_t k = flows->row[i]; k < flows->row[i + 1]; k++) {
			uint32_t j = flows->destination[k];

			if (j == i)
				continue;
			sum[j] = tb_dd_add_d(sum[j], flows->flow[k]);
			all = tb_dd_add_d(all, flows->flow[k]);
			++*links;
		}
		tb_steps(16);
	}
	for (uint32_t i = 0; i < flows->zones; i++, tb_step())
		inflow[i] = tb_dd_value(sum[i]);
	*total = tb_dd_value(all);
	tb_free(sum);
	return inflow;
}

TbStatus tb_functional_polycentricity(const TbFlows *flows, double potential, double *result)
{
	size_t links, n = flows->zones;
	double total, *inflow, mean, largest = 0, sd, density;

	if (n < 2)
		return TB_UNDEFINED;
	inflow = inflows(flows, &links, &total);
	if (links == 0)
		return TB_UNDEFINED;
	if (potential > 0 && total > potential * (1 + 1e-9))
		return TB_INFEASIBLE;
	for (size_t i = 0; i < n; i++, tb_step())
		largest = fmax(largest, inflow[i]);
	for (size_t i = 0; i < n; i++, tb_step())
		inflow[i] /= largest;
	mean = mean_of(inflow, NULL, n, (double)n);
	sd = sqrt(centred_product(inflow, mean, inflow, mean, NULL, n) / n);
	density = potential > 0 ? total / potential : links / (n * (n - 1.0));
	*result = (1 - sd / 0.5) * density;
	tb_free(inflow);
	return isfinite(*result) ? TB_OK : TB_INVALID;
}
