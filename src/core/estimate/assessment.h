/* assessment.h -- ratio studies: are appraisals near prices, alike for all, and fair between cheap and dear property?
 *
 * r = appraised / price. COD = 100 mean |r - median| / median; PRD = mean r / weighted mean; PRB = slope of (r - median) / median on
 * log2((appraised / median + price) / 2), so 0.1 means 10 % more ratio for a doubling of value; COV = 100 sd / mean.
 * KI = G_A - G_P and MKI = G_A / G_P with G_v = (2 sum rank * v / sum v - (n + 1)) / n, rank by price, tied prices sharing their mean rank
 * (Quintos 2020). Interval of the median by order statistics at j = 1.96 sqrt(n) / 2 (+ 1/2 for even n), rounded up (IAAO Standard on Ratio Studies).
 */
#ifndef TB_ASSESSMENT_H
#define TB_ASSESSMENT_H

#include "../state/resample.h"
#include "../state/sample.h"

/* NaN where the sample does not determine a number */
typedef struct TbRatioStudy {
	uint64_t n, excluded;
	double median, mean, weighted_mean, cod, prd, prb, prb_se, prb_low, prb_high, ki, mki, cov, median_low, median_high;
	double gini_appraised, gini_price, low_fence, high_fence;
} TbRatioStudy;

/* x appraised, y price, both positive, without weights. fence: ratios beyond so many interquartile ranges outside the quartiles (type 7) are left out; NaN
 * keeps all. TB_UNDEFINED without rows, TB_INVALID with weights, TB_OUT_OF_RANGE where a value is not positive or a ratio overflows. */
extern TbStatus tb_ratio_study(const TbSample *sample, double fence, TbRatioStudy *study);

typedef enum TbRatioFigure {
	TB_RATIO_MEDIAN,
	TB_RATIO_MEAN,
	TB_RATIO_WEIGHTED_MEAN,
	TB_RATIO_COD,
	TB_RATIO_COV,
	TB_RATIO_PRD,
	TB_RATIO_PRB,
	TB_RATIO_KI,
	TB_RATIO_MKI,
	TB_RATIO_FIGURES
} TbRatioFigure;

extern const char *const tb_ratio_figure_name[TB_RATIO_FIGURES];

/* The figure in each of so many studies of as many sales, drawn with replacement (resample.h) from all sales; NaN where a replicate does not determine it.
 * The same statuses. Two sorts in all: replicates keep the order of the sales that they draw from. */
extern TbStatus tb_ratio_bootstrap(const TbSample *sample, TbRatioFigure figure, int replications, uint64_t seed, double **result);

#endif
