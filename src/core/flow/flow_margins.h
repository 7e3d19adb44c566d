/* flow_margins.h -- margins of a flow matrix and the spread within one of its lines (a row, a column, or all cells), implicit zeros included
 *
 * Flows are scaled by a power of two, which changes no digit, so that squares and products neither overflow nor vanish; what has a unit is scaled back.
 * Most flows are counts. Where all are whole numbers and a sum is below 2^53 of them, adding doubles is exact, and gives the bits that double-double sums
 * would at a tenth of the time.
 */
#ifndef TB_FLOW_MARGINS_H
#define TB_FLOW_MARGINS_H

#include "../base/dd.h"
#include "../state/flow_set.h"

/* Lines of one direction: for each zone the off-diagonal cells > 0, partners ascending */
typedef struct TbFlowLines {
	size_t *start; /* [zones + 1] */
	uint32_t *partner;
	double *flow; /* scaled */
	TbDd *sum;    /* [zones] */
} TbFlowLines;

typedef struct TbFlowMargins {
	uint32_t zones;
	int exponent; /* flow = ldexp(scaled, exponent) */
	double unit;  /* 1 scaled, where all flows are whole numbers whose total is exact; else 0 */
	TbFlowLines out, in;
	double *intrazonal;        /* [zones], scaled */
	TbDd interzonal, internal; /* totals, scaled */
} TbFlowMargins;

extern void tb_flow_margins(const TbFlows *flows, TbFlowMargins *margins);
extern void tb_flow_margins_free(TbFlowMargins *margins);

/* What dispersion of one line needs. Cells beyond the n given ones are 0. */
typedef struct TbFlowLine {
	double cells;
	TbDd sum, squares;
	TbDd spread; /* sum over ranks r of (2 r - cells - 1) x_(r), half the sum of all absolute differences of ordered pairs */
} TbFlowLine;

/* May numbers be added as doubles that are whole multiples of unit, and whose sizes add up to no more than sum times factor? */
static inline bool tb_adds_exactly(double unit, double sum, double factor)
{
	return unit > 0 && sum / unit * factor <= 9007199254740992.0;
}

/* unit: see TbFlowMargins; where it is not 0, sum is that of the line */
extern TbFlowLine tb_line(const double *ascending, size_t n, double cells, double unit, TbDd sum);
/* Population standard deviation over mean; NaN where the mean is 0 */
extern double tb_line_variation(const TbFlowLine *line);
/* sum |x_a - x_b| / (2 (cells - 1) sum), 1 where one cell has all; NaN where undefined */
extern double tb_line_gini_corrected(const TbFlowLine *line);
/* Shannon entropy of the shares, nats; total > 0 */
extern TbDd tb_shares_entropy(const double *x, size_t n, double total);

#endif
