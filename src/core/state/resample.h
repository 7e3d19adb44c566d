/* resample.h -- samples drawn with replacement from the rows of a sample, and what a statistic of them says (Efron 1979) */
#ifndef TB_RESAMPLE_H
#define TB_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* drawn[i]: how often the rows of entry i are in a replicate, together as often as the sample has rows */
typedef double (*TbStatistic)(const uint64_t *drawn, void *context);

/* The statistic of so many replicates. count[n]: identical rows of an entry, NULL: 1 each; rows: their sum. The same seed gives the same draws, and so
 * whatever order the rows of a sample came in, as its entries are sorted. */
extern double *tb_resample(const uint64_t *count, size_t n, uint64_t rows, TbStatistic statistic, void *context, int replications, uint64_t seed);

/* Standard deviation (n - 1); NaN if any is */
extern double tb_spread(const double *x, int n);

/* Sorts x; linear between replicates (type 7). NaN if any is */
extern double tb_replicate_quantile(double *x, int n, double p);

#endif
