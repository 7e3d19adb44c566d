/* benefit.c -- the frontier, and a small linear program for each unit */
#include "benefit.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/simplex.h"
#include "../base/sort_order.h"

#define NEARLY 1e-12 /* so near to the frontier a unit lies on it */

typedef struct Benefit {
	double *scores; /* each part by its largest value */
	size_t units, width;
	double *frontier;
	size_t leaders;
	const double *low, *high;
	double *dictionary;
} Benefit;

/* Each part in parts of its largest value: all numbers of the programs are then between 0 and 1 */
static TbStatus in_parts(const double *scores, size_t units, size_t width, double *scaled)
{
	for (size_t j = 0; j < width; j++) {
		double most = 0;

		for (size_t i = 0; i < units; i++, tb_step()) {
			double score = scores[i * width + j];

			if (!(score >= 0))
				return TB_OUT_OF_RANGE;
			most = fmax(most, score);
		}
		for (size_t i = 0; i < units; i++, tb_step())
			scaled[i * width + j] = most > 0 ? scores[i * width + j] / most : 0;
	}
	return TB_OK;
}

static TbStatus bounds_ok(const double *low, const double *high, size_t width)
{
	double least = 0, most = 0;

	for (size_t j = 0; j < width; j++) {
		double from = low ? low[j] : 0, to = high ? high[j] : 1;

		if (!(from >= 0 && from <= to && to <= 1))
			return TB_INVALID;
		least += from;
		most += to;
	}
	return least > 1 + NEARLY || most < 1 - NEARLY ? TB_INVALID : TB_OK;
}

static double weighted(const double *weights, const double *scores, size_t width)
{
	TbDd sum = tb_dd(0);

	for (size_t j = 0; j < width; j++)
		sum = tb_dd_add(sum, tb_two_product(weights[j], scores[j]));
	return tb_dd_value(sum);
}

static bool surpassed(const Benefit *b, const double *unit)
{
	for (size_t k = 0; k < b->leaders; k++) {
		const double *leader = b->frontier + k * b->width;
		size_t j = 0;

		while (j < b->width && leader[j] >= unit[j])
			j++;
		tb_steps(j + 1);
		if (j == b->width)
			return true;
	}
	return false;
}

/* Who is surpassed has a smaller sum (or an equal one, and is then the same), so by falling sums each unit meets its betters before itself */
static void find_frontier(Benefit *b)
{
	double *sum = tb_alloc(b->units * sizeof(double));
	size_t *order;

	for (size_t i = 0; i < b->units; i++, tb_step()) {
		sum[i] = 0;
		for (size_t j = 0; j < b->width; j++)
			sum[i] -= b->scores[i * b->width + j];
	}
	order = tb_sort_order(sum, b->units);
	for (size_t i = 0; i < b->units; i++) {
		const double *unit = b->scores + order[i] * b->width;

		if (!surpassed(b, unit))
			memcpy(b->frontier + b->leaders++ * b->width, unit, b->width * sizeof(double));
	}
	tb_free(order);
	tb_free(sum);
}

/* sign * (w_j y_j - bound * sum_i w_i y_i) <= 0, its numbers brought to about 1 */
static void bound_row(const Benefit *b, const double *unit, size_t part, double bound, int sign, double *row)
{
	double most = 0;

	for (size_t j = 0; j < b->width; j++) {
		row[j] = sign * ((j == part ? unit[j] : 0) - bound * unit[j]);
		most = fmax(most, fabs(row[j]));
	}
	for (size_t j = 0; j < b->width; j++)
		row[j] = most > 0 ? row[j] / most : 0;
	row[b->width] = 0;
}

static size_t write_program(const Benefit *b, const double *unit, double largest)
{
	double *row = b->dictionary;
	size_t line = b->width + 1;

	for (size_t k = 0; k < b->leaders; k++, row += line, tb_steps(line)) {
		memcpy(row, b->frontier + k * b->width, b->width * sizeof(double));
		row[b->width] = 1;
	}
	for (size_t j = 0; j < b->width; j++) {
		if (b->low && b->low[j] > 0) {
			bound_row(b, unit, j, b->low[j], -1, row);
			row += line;
		}
		if (b->high && b->high[j] < 1) {
			bound_row(b, unit, j, b->high[j], 1, row);
			row += line;
		}
	}
	for (size_t j = 0; j < b->width; j++)
		row[j] = unit[j] / largest;
	row[b->width] = 0;
	return (size_t)(row - b->dictionary) / line;
}

/* The weights are stretched until they touch the frontier: what rounding left of the program has no part in the index */
static TbStatus judge(const Benefit *b, const double *unit, double *weights, double *index, double *share)
{
	double largest = 0, reach = 0, own;
	TbStatus status;

	for (size_t j = 0; j < b->width; j++) {
		largest = fmax(largest, unit[j]);
		share[j] = NAN;
	}
	*index = 0;
	if (largest == 0)
		return TB_OK;
	status = tb_simplex(b->dictionary, write_program(b, unit, largest), b->width, weights, NULL);
	if (status != TB_OK)
		return status;
	for (size_t k = 0; k < b->leaders; k++, tb_steps(b->width))
		reach = fmax(reach, weighted(weights, b->frontier + k * b->width, b->width));
	own = weighted(weights, unit, b->width);
	if (!(own > 0))
		return TB_OK;
	*index = own / reach > 1 - NEARLY ? 1 : own / reach;
	for (size_t j = 0; j < b->width; j++)
		share[j] = weights[j] * unit[j] / own;
	return TB_OK;
}

TbStatus tb_benefit_of_the_doubt(const double *scores, size_t units, int parts, const double *low, const double *high, double *index, double *share)
{
	Benefit b = {.units = units, .width = parts, .low = low, .high = high};
	double *weights = tb_alloc((b.width + 1) * sizeof(double));
	TbStatus status = bounds_ok(low, high, b.width);

	b.scores = tb_alloc((units * b.width + 1) * sizeof(double));
	b.frontier = tb_alloc((units * b.width + 1) * sizeof(double));
	if (status == TB_OK)
		status = in_parts(scores, units, b.width, b.scores);
	if (status == TB_OK) {
		find_frontier(&b);
		b.dictionary = tb_alloc((b.leaders + 2 * b.width + 1) * (b.width + 1) * sizeof(double));
		for (size_t i = 0; i < units && status == TB_OK; i++)
			status = judge(&b, b.scores + i * b.width, weights, index + i, share + i * b.width);
		tb_free(b.dictionary);
	}
	tb_free(b.frontier);
	tb_free(b.scores);
	tb_free(weights);
	return status;
}
