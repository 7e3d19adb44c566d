/* resampling.h -- how sure an index is: jackknife and bootstrap over the rows of a sample */
#ifndef TB_RESAMPLING_H
#define TB_RESAMPLING_H

#include "../state/resample.h"
#include "inequality.h"

/* Standard error of the Gini, leaving out each row in turn: sqrt((n - 1) / n * sum (G_without - mean)^2), in O(n) (Yitzhaki 1991) */
extern double tb_gini_standard_error(const TbDistribution *d);

typedef double (*TbIndex)(const TbDistribution *d);

/* The index of `replications` samples of as many rows, drawn with replacement. The same seed gives the same draws, whatever order the rows came in. */
extern double *tb_bootstrap(const TbSample *sample, TbIndex index, int replications, uint64_t seed);

#endif
