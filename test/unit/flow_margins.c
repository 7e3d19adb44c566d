/* unit test of core/flow_line: margins leave the diagonal out; dispersion counts the zeros that nobody stored */
#include "../../src/core/flow/flow_margins.h"

#include <float.h>

#include "unit.h"

static void dispersion(void)
{
	TbFlowLine line = tb_line((double[]){10, 30}, 2, 2, 0, tb_dd(0));

	NEAR(tb_line_gini_corrected(&line), 0.5, 1e-15, "Gini of 10 and 30, as published for R2 of Plane & Mulligan's first matrix");
	NEAR(tb_line_variation(&line), 0.5, 1e-15, "and its coefficient of variation");
	line = tb_line((double[]){7, 7, 7}, 3, 3, 0, tb_dd(0));
	CHECK(tb_line_gini_corrected(&line) == 0 && tb_line_variation(&line) == 0, "equal cells: exactly 0");
	line = tb_line((double[]){7}, 1, 50, 0, tb_dd(0));
	CHECK(tb_line_gini_corrected(&line) == 1, "one cell has all: exactly 1");
	NEAR(tb_line_variation(&line), 7, 1e-15, "variation of one cell among n is sqrt(n - 1)");
	line = tb_line((double[]){1, 2}, 2, 4, 0, tb_dd(0));
	NEAR(tb_line_gini_corrected(&line), 7.0 / 9, 1e-15, "0, 0, 1, 2");
	line = tb_line(NULL, 0, 4, 0, tb_dd(0));
	CHECK(isnan(tb_line_gini_corrected(&line)) && isnan(tb_line_variation(&line)), "an empty line has neither");
	line = tb_line((double[]){3}, 1, 1, 0, tb_dd(0));
	CHECK(isnan(tb_line_gini_corrected(&line)) && tb_line_variation(&line) == 0, "one cell");
	NEAR(tb_dd_value(tb_shares_entropy((double[]){2, 2, 2, 2}, 4, 8)), log(4), 1e-15, "entropy of four equal shares");
}

static void margins(double unit)
{
	TbFlows flows = {.zones = 3,
					 .id = (TbId[]){{"a", 1}, {"b", 1}, {"c", 1}},
					 .links = 5,
					 .row = (size_t[]){0, 2, 4, 5},
					 .destination = (uint32_t[]){0, 1, 0, 2, 2},
					 .flow = (double[]){100 * unit, 1 * unit, 2 * unit, 4 * unit, 8 * unit}};
	TbFlowMargins m;

	tb_flow_margins(&flows, &m);
	CHECK(m.out.start[3] == 3 && m.in.start[3] == 3, "three links beside the diagonal");
	CHECK(ldexp(tb_dd_value(m.interzonal), m.exponent) == 7 * unit && ldexp(tb_dd_value(m.internal), m.exponent) == 108 * unit, "totals");
	CHECK(ldexp(tb_dd_value(m.out.sum[1]), m.exponent) == 6 * unit && ldexp(tb_dd_value(m.in.sum[0]), m.exponent) == 2 * unit, "sums");
	CHECK(m.in.start[2] - m.in.start[1] == 1 && m.in.partner[m.in.start[1]] == 0 && m.in.partner[m.in.start[2]] == 1, "columns");
	CHECK(ldexp(m.intrazonal[2], m.exponent) == 8 * unit, "diagonal");
	tb_flow_margins_free(&m);
}

enum { ZONES = 150 };

/* One pair in `every` has a flow that tells which it is: the lines of destinations are the columns, origins ascending, however they were filled */
static void columns(uint32_t every)
{
	static size_t row[ZONES + 1];
	static uint32_t destination[ZONES * ZONES];
	static double flow[ZONES * ZONES];
	TbFlows flows = {.zones = ZONES, .id = NULL, .row = row, .destination = destination, .flow = flow};
	TbFlowMargins m;
	bool same = true;

	for (uint32_t o = 0; o < ZONES; row[++o] = flows.links)
		for (uint32_t d = 0; d < ZONES; d++)
			if ((o * 7 + d * 3) % every == 0) {
				destination[flows.links] = d;
				flow[flows.links++] = 1 + o * ZONES + d;
			}
	tb_flow_margins(&flows, &m);
	for (uint32_t d = 0; d < ZONES; d++) {
		size_t at = m.in.start[d];
		double sum = 0;

		for (uint32_t o = 0; o < ZONES; o++)
			if (o != d && (o * 7 + d * 3) % every == 0) {
				same = same && at < m.in.start[d + 1] && m.in.partner[at] == o && ldexp(m.in.flow[at], m.exponent) == 1 + o * ZONES + d;
				sum += 1 + o * ZONES + d;
				at++;
			}
		same = same && at == m.in.start[d + 1] && ldexp(tb_dd_value(m.in.sum[d]), m.exponent) == sum;
	}
	CHECK(same, "destinations hold what origins do");
	tb_flow_margins_free(&m);
}

int main(void)
{
	dispersion();
	columns(1);
	columns(5);
	columns(97);
	margins(1);
	margins(1e306);
	margins(DBL_MIN);
	return unit_done();
}
