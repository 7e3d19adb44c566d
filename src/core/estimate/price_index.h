/* price_index.h -- price indices from property that sold twice, from appraisals, and from characteristics
 *
 * A pair sold at p1 in period t1 and at p2 in t2. Geometric (Bailey, Muth, Nourse 1963): ln(p2 / p1) = b_t2 - b_t1 + e by least squares, index
 * 100 exp(b). Arithmetic (Shiller 1991): Z'X b = Z'Y with prices in X, index 100 / b, b the price of the base in prices of t. Weighted (Case and
 * Shiller 1987): the geometric index with weights 1 / (a + c (t2 - t1)), a and c from its own squared residuals. All from sums by (t1, t2); errors are HC1 by the
 * delta method. Periods without a chain of pairs to the base (the earliest period) have no index.
 */
#ifndef TB_PRICE_INDEX_H
#define TB_PRICE_INDEX_H

#include "../state/cell_set.h"
#include "../state/cluster_set.h"

#define TB_INDEX_PERIODS 2000

typedef enum TbRepeatMethod { TB_GEOMETRIC, TB_ARITHMETIC, TB_WEIGHTED } TbRepeatMethod;

typedef struct TbIndexPoint {
	int32_t period;
	double index, se; /* NaN where not linked; the base is 100 with se 0 */
	uint64_t n;       /* pairs or sales that touch the period */
} TbIndexPoint;

/* p1, p2 > 0, t1 < t2 */
extern TbStatus tb_repeat_add(TbState **state, double p1, int32_t t1, double p2, int32_t t2);
/* TB_TOO_LARGE: more than TB_INDEX_PERIODS periods */
extern TbStatus tb_repeat_sales(const TbState *state, TbRepeatMethod method, TbIndexPoint **points, size_t *n);

/* (sum P / sum A) over (sum P0 / sum A0); TB_UNDEFINED without base or without others, or where a sum is 0 */
extern TbStatus tb_spar_add(TbState **state, double price, double appraised, bool base);
extern TbStatus tb_spar(const TbState *state, double *ratio);

/* Time dummies: ln price = b_t + x'c + e over clusters whose keys are periods, index 100 exp(b_t - b_base), classical errors by the delta method.
 * TB_INVALID: a key is no integer; TB_TOO_LARGE: more than TB_INDEX_PERIODS / 2 periods and characteristics */
extern TbStatus tb_hedonic_index(const TbState *state, TbIndexPoint **points, size_t *n);

#endif
