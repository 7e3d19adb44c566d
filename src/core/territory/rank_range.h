/* rank_range.h -- does a ranking survive other weights and other aggregations?
 *
 * Each draw takes a set of weights and one of the aggregations and ranks all units anew (Saisana, Saltelli and Tarantola, J. R. Statist. Soc. A 168 (2005)
 * 307-323; OECD/JRC Handbook 2008, step 7). One seed, one sequence of weights, whatever the order of the units.
 */
#ifndef TB_RANK_RANGE_H
#define TB_RANK_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "composite.h"

#define TB_RANK_CELLS_MOST ((uint64_t)1 << 28) /* units * draws: their ranks are kept */

typedef struct TbRankQuestion {
	const double *scores; /* units * parts, row by row; more is better */
	size_t units;
	int parts;
	const double *weights; /* NULL: every set of weights is as likely */
	double spread;         /* 0 to 1: a weight is drawn between w (1 - spread) and w (1 + spread) */
	const TbAggregation *aggregations;
	int n_aggregations; /* draw d takes number d modulo this */
	int draws, top;
	uint64_t seed;
} TbRankQuestion;

/* 1 is the highest index, ties share the better rank. rank: as given, by the first aggregation; the others over the draws, each a rank that occurs:
 * the smallest that at least the share of draws do not exceed. top: share of draws in which the rank is at most `top`. */
typedef struct TbRankRange {
	uint32_t rank, best, p05, median, p95, worst;
	double top;
} TbRankRange;

/* TB_TOO_LARGE: more than TB_RANK_CELLS_MOST cells. TB_OUT_OF_RANGE: score `at_part` of unit `at` is not for the aggregation. TB_UNDEFINED: unit `at` has no
 * index (all weights 0, or a penalised mean around 0). TB_INVALID: its index is beyond float8. */
extern TbStatus tb_rank_range(const TbRankQuestion *question, TbRankRange *answer, size_t *at, int *at_part);

#endif
