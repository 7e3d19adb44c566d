/* rank_range.c -- draws of weights, the ranks of each, and their distribution by unit */
#include "rank_range.h"

#include <math.h>

#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/random.h"

static double uniform(uint64_t *state)
{
	return (double)(tb_random_bits(state) >> 11) * 0x1p-53;
}

/* Around the weights, or the gaps between sorted points of [0, 1]: uniform over all weights that add up to 1, without a logarithm */
static void draw_weights(const TbRankQuestion *q, uint64_t *state, double *weights)
{
	double before = 0;

	if (q->weights) {
		for (int j = 0; j < q->parts; j++)
			weights[j] = q->weights[j] * (1 + q->spread * (2 * uniform(state) - 1));
		return;
	}
	for (int j = 0; j + 1 < q->parts; j++)
		weights[j] = uniform(state);
	tb_sort_doubles(weights, q->parts - 1);
	weights[q->parts - 1] = 1;
	for (int j = 0; j < q->parts; j++) {
		double point = weights[j];

		weights[j] = point - before;
		before = point;
	}
}

/* rank[u * stride] of each unit u */
static TbStatus rank_units(const TbRankQuestion *q, const double *weights, TbAggregation aggregation, double *index, uint32_t *rank, size_t stride,
						   size_t *at, int *at_part)
{
	double *sorted = index + q->units;

	for (size_t u = 0; u < q->units; u++, tb_steps(q->parts)) {
		TbStatus status = tb_composite_index(q->scores + u * q->parts, weights, q->parts, aggregation, 1, index + u, at_part);

		if (status != TB_OK) {
			*at = u;
			return status;
		}
		index[u] = -index[u];
		sorted[u] = index[u];
	}
	tb_sort_doubles(sorted, q->units);
	for (size_t u = 0; u < q->units; u++, tb_step())
		rank[u * stride] = (uint32_t)tb_place_of(sorted, q->units, index[u]) + 1;
	return TB_OK;
}

/* The smallest rank that at least `percent` of the draws do not exceed */
static uint32_t quantile(const double *sorted, size_t n, size_t percent)
{
	return (uint32_t)sorted[(n * percent + 99) / 100 - 1];
}

static void distribution(const TbRankQuestion *q, const uint32_t *ranks, double *scratch, TbRankRange *answer)
{
	size_t n = q->draws;

	for (size_t d = 0; d < n; d++, tb_step())
		scratch[d] = ranks[d];
	tb_sort_doubles(scratch, n);
	answer->best = (uint32_t)scratch[0];
	answer->p05 = quantile(scratch, n, 5);
	answer->median = quantile(scratch, n, 50);
	answer->p95 = quantile(scratch, n, 95);
	answer->worst = (uint32_t)scratch[n - 1];
	answer->top = (double)tb_place_of(scratch, n, q->top + 0.5) / (double)n;
}

TbStatus tb_rank_range(const TbRankQuestion *q, TbRankRange *answer, size_t *at, int *at_part)
{
	double *index, *weights, *scratch;
	uint32_t *ranks;
	uint64_t state = q->seed;
	TbStatus status;

	if (q->units == 0)
		return TB_OK;
	if (q->units > TB_RANK_CELLS_MOST / q->draws)
		return TB_TOO_LARGE;
	index = tb_alloc((2 * q->units + 1) * sizeof(double));
	weights = tb_alloc((q->parts + 1) * sizeof(double));
	ranks = tb_alloc((q->units * q->draws + 1) * sizeof(uint32_t));
	for (int j = 0; j < q->parts; j++)
		weights[j] = q->weights ? q->weights[j] : 1;
	status = rank_units(q, weights, q->aggregations[0], index, ranks, q->draws, at, at_part);
	for (size_t u = 0; u < q->units && status == TB_OK; u++, tb_step())
		answer[u].rank = ranks[u * q->draws];
	tb_progress("rank range, draws", 0, q->draws);
	for (int d = 0; d < q->draws && status == TB_OK; tb_progress("rank range, draws", ++d, q->draws)) {
		draw_weights(q, &state, weights);
		status = rank_units(q, weights, q->aggregations[d % q->n_aggregations], index, ranks + d, q->draws, at, at_part);
	}
	scratch = tb_alloc(q->draws * sizeof(double));
	for (size_t u = 0; u < q->units && status == TB_OK; u++)
		distribution(q, ranks + u * q->draws, scratch, answer + u);
	tb_free(scratch);
	tb_free(ranks);
	tb_free(weights);
	tb_free(index);
	return status;
}
