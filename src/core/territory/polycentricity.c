/* polycentricity.c -- rank-size, redistribution, size elasticity, functional polycentricity */
#include "polycentricity.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/host.h"

#define TICK 8192

static double sum_of(const double *x, size_t n)
{
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < n; i++)
		sum = tb_dd_add_d(sum, x[i]);
	return tb_dd_value(sum);
}

static double centred_product(const double *x, double mean_x, const double *y, double mean_y, size_t n)
{
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < n; i++)
		sum = tb_dd_add(sum, tb_two_product(x[i] - mean_x, y[i] - mean_y));
	return tb_dd_value(sum);
}

void tb_fit_line(const double *x, const double *y, size_t n, TbFitLine *line)
{
	double mean_x = sum_of(x, n) / n, mean_y = sum_of(y, n) / n;
	double sxx = centred_product(x, mean_x, x, mean_x, n), sxy = centred_product(x, mean_x, y, mean_y, n);
	double syy = centred_product(y, mean_y, y, mean_y, n), residual;

	*line = (TbFitLine){NAN, NAN, NAN, NAN};
	if (n < 3 || !(sxx > 0))
		return;
	line->slope = sxy / sxx;
	line->intercept = mean_y - line->slope * mean_x;
	residual = fmax(syy - line->slope * sxy, 0);
	line->slope_se = sqrt(residual / (n - 2) / sxx);
	line->r2 = syy > 0 ? 1 - residual / syy : NAN;
}

static uint64_t copies(const TbSample *sample, size_t i)
{
	return sample->count ? sample->count[i] : 1;
}

/* Positive sizes one by one, largest first */
static double *descending(const TbSample *sizes, size_t *n)
{
	double *size;

	*n = 0;
	for (size_t i = 0; i < sizes->n; i++)
		if (sizes->x[i] > 0)
			*n += copies(sizes, i);
	size = tb_alloc(*n * sizeof(double));
	for (size_t i = sizes->n, at = 0; i-- > 0 && sizes->x[i] > 0;)
		for (uint64_t k = 0; k < copies(sizes, i); k++)
			size[at++] = sizes->x[i];
	return size;
}

static void regressions(const double *size, size_t n, TbRankSize *r)
{
	double *log_size = tb_alloc(n * sizeof(double)), *log_rank = tb_alloc(n * sizeof(double));
	TbFitLine line;

	for (size_t i = 0; i < n; i++) {
		log_size[i] = log(size[i]);
		log_rank[i] = log(i + 1.0);
		if (i % TICK == 0)
			tb_tick();
	}
	tb_fit_line(log_rank, log_size, n, &line);
	r->slope = line.slope;
	r->slope_se = line.slope_se;
	r->r2 = line.r2;
	r->intercept = line.intercept;
	for (size_t i = 0; i < n; i++)
		log_rank[i] = log(i + 0.5);
	tb_fit_line(log_size, log_rank, n, &line);
	r->slope_shifted = line.slope;
	r->slope_shifted_se = fabs(line.slope) * sqrt(2.0 / n);
	tb_free(log_size);
	tb_free(log_rank);
}

TbStatus tb_rank_size(const TbSample *sizes, TbRankSize *r)
{
	TbDd squares = tb_dd(0), entropy = tb_dd(0);
	double *size, total;

	if (sizes->n > 0 && sizes->x[0] < 0)
		return TB_OUT_OF_RANGE;
	*r = (TbRankSize){.primacy = NAN, .primacy_four = NAN};
	size = descending(sizes, &r->n);
	if (r->n == 0)
		return TB_UNDEFINED;
	total = sum_of(size, r->n);
	if (!isfinite(total))
		return TB_INVALID;
	regressions(size, r->n, r);
	if (r->n > 1)
		r->primacy = size[0] / size[1];
	if (r->n > 3)
		r->primacy_four = size[0] / (size[1] + size[2] + size[3]);
	r->primacy_share = size[0] / total;
	for (size_t i = r->n; i-- > 0;) {
		double share = size[i] / total;

		squares = tb_dd_add(squares, tb_two_product(share, share));
		entropy = tb_dd_add_d(entropy, share > 0 ? -share * log(share) : 0);
	}
	r->hhi = tb_dd_value(squares);
	r->entropy = tb_dd_value(entropy);
	tb_free(size);
	return TB_OK;
}

static TbDd times(double x, uint64_t n)
{
	return tb_two_product(x, (double)n);
}

TbStatus tb_share_difference(const TbSample *pairs, double *percent)
{
	TbDd total_x = tb_dd(0), total_y = tb_dd(0), sum = tb_dd(0);
	double a, b;

	for (size_t i = 0; i < pairs->n; i++) {
		if (pairs->x[i] < 0 || pairs->y[i] < 0)
			return TB_OUT_OF_RANGE;
		total_x = tb_dd_add(total_x, times(pairs->x[i], copies(pairs, i)));
		total_y = tb_dd_add(total_y, times(pairs->y[i], copies(pairs, i)));
	}
	a = tb_dd_value(total_x);
	b = tb_dd_value(total_y);
	if (!(a > 0) || !(b > 0))
		return TB_UNDEFINED;
	for (size_t i = 0; i < pairs->n; i++) {
		sum = tb_dd_add(sum, times(fabs(pairs->x[i] / a - pairs->y[i] / b), copies(pairs, i)));
		if (i % TICK == 0)
			tb_tick();
	}
	*percent = 50 * tb_dd_value(sum);
	return isfinite(*percent) ? TB_OK : TB_INVALID;
}

TbStatus tb_size_elasticity(const TbSample *pairs, TbFitLine *line, size_t *n)
{
	double *x, *y;
	size_t all = 0;

	*n = 0;
	for (size_t i = 0; i < pairs->n; i++) {
		if (pairs->x[i] < 0 || pairs->y[i] < 0)
			return TB_OUT_OF_RANGE;
		all += copies(pairs, i);
	}
	x = tb_alloc(all * sizeof(double));
	y = tb_alloc(all * sizeof(double));
	for (size_t i = 0; i < pairs->n; i++)
		for (uint64_t k = 0; k < copies(pairs, i) && pairs->x[i] > 0 && pairs->y[i] > 0; k++) {
			x[*n] = log(pairs->x[i]);
			y[(*n)++] = log(pairs->y[i]) - log(pairs->x[i]);
		}
	if (*n > 0)
		tb_fit_line(x, y, *n, line);
	tb_free(x);
	tb_free(y);
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
		if (i % 256 == 0)
			tb_tick();
	}
	for (uint32_t i = 0; i < flows->zones; i++)
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
	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, inflow[i]);
	for (size_t i = 0; i < n; i++)
		inflow[i] /= largest;
	mean = sum_of(inflow, n) / n;
	sd = sqrt(centred_product(inflow, mean, inflow, mean, n) / n);
	density = potential > 0 ? total / potential : links / (n * (n - 1.0));
	*result = (1 - sd / 0.5) * density;
	tb_free(inflow);
	return isfinite(*result) ? TB_OK : TB_INVALID;
}
