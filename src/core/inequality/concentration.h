/* concentration.h -- how one quantity is spread over the ranks of another: curves, indices, progressivity
 *
 * Rows that tie in the ranking variable share their mean rank, so the answer does not depend on their order.
 *   Concentration   sum p (v / mean - 1) (2F - 1)                    Kakwani 1977
 *   Suits           sum p (t - g x) (2Q - 1) / mean tax              Suits 1977; Q share of x below plus half of one's own, g average rate
 *   Kakwani         C_tax - G_before;  vertical equity  G_before - C_after;  re-ranking  G_after - C_after   (Kakwani 1984, Reynolds & Smolensky 1977)
 */
#ifndef TB_CONCENTRATION_H
#define TB_CONCENTRATION_H

#include "inequality.h"

typedef struct TbCurvePoint {
	double p, l;
} TbCurvePoint;

/* Cumulated shares of v over the ranks of `rank`, which is sorted; from (0, 0), one point for each distinct rank. Number of points; 0 where the total
 * of v is 0. */
extern size_t tb_curve(const TbDistribution *v, const double *rank, TbCurvePoint **points);

/* NaN where the mean of v is 0 */
extern double tb_concentration(const TbDistribution *v, const double *rank);

typedef struct TbProgressivity {
	double gini_before, gini_after, reynolds_smolensky, kakwani, suits, vertical_equity, reranking, musgrave_thin, average_rate;
} TbProgressivity;

/* x before and y after the tax or transfer */
extern void tb_progressivity(const TbSample *sample, TbProgressivity *result);

#endif
