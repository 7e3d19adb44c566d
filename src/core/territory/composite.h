/* composite.h -- normalising indicators and folding them into one index
 *
 * OECD/JRC Handbook on Constructing Composite Indicators (2008), steps 5 to 7; Mazziotta and Pareto 2016 for the penalised mean.
 */
#ifndef TB_COMPOSITE_H
#define TB_COMPOSITE_H

#include <stddef.h>

#include "../base/dd.h"
#include "../base/status.h"

typedef enum TbNormalisation {
	TB_MIN_MAX,               /* (x - min)/(max - min), to [l, u] */
	TB_Z_SCORE,               /* (x - mean)/sd, sample sd, to mean m and sd s */
	TB_RANK,                  /* 1 + number of units below; ties share the lowest */
	TB_BORDA,                 /* number of units below */
	TB_PERCENTILE_RANK,       /* units below over n - 1 */
	TB_DISTANCE_TO_MAX,       /* 1 - (max - x)/(max - min) */
	TB_DISTANCE_TO_REFERENCE, /* 1 - (reference - x)/(reference - min) */
	TB_DISTANCE_TO_TARGET,    /* the same; above the target capped at 1 where asked */
	TB_GOALPOSTS              /* (x - low)/(high - low) cut to [0, 1], times scale */
} TbNormalisation;

/* What a partition is to every method; sorted ascending */
typedef struct TbIndicator {
	size_t n;
	const double *sorted;
	TbDd mean;
	double sd; /* sample sd; NaN below two units */
} TbIndicator;

/* Sorts x in place and keeps it */
extern void tb_indicator(double *x, size_t n, TbIndicator *indicator);

/* direction -1: less is better; the answer is that of -x (and of goalposts mirrored). At most three parameters; *n_wanted tells how many fit.
 * TB_UNDEFINED: the indicator is constant or too short. TB_INVALID: number of parameters, or goalposts or targets that leave no scale. */
extern TbStatus tb_normalised(const TbIndicator *indicator, double x, TbNormalisation method, int direction, const double *parameters, int n,
							  double *result);

typedef enum TbAggregation {
	TB_ARITHMETIC,
	TB_GEOMETRIC,    /* all scores > 0 */
	TB_HARMONIC,     /* all scores > 0 */
	TB_GENERALISED,  /* power mean; power 0 is geometric */
	TB_MPI_NEGATIVE, /* mean - sd * cv: unbalance is punished */
	TB_MPI_POSITIVE  /* mean + sd * cv */
} TbAggregation;

/* TB_OUT_OF_RANGE: *at is the position of a score the aggregation cannot take. TB_UNDEFINED: no weight, or mean 0 for the penalised mean. */
extern TbStatus tb_composite_index(const double *scores, const double *weights, int n, TbAggregation aggregation, double power, double *result,
								   int *at);

/* Weight share of the indicators on which a beats b, ties counting half */
extern TbStatus tb_outranking(const double *a, const double *b, const double *weights, int n, double *result);

#endif
