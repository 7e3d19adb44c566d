/* flow_margins.c -- margins of a flow matrix and dispersion within its lines */
#include "flow_margins.h"

#include <math.h>

#include "../base/step.h"

static int exponent_of(const TbFlows *flows)
{
	double largest = 0;
	int exponent = 0;

	for (size_t i = 0; i < flows->links; i++, tb_step())
		if (flows->flow[i] > largest)
			largest = flows->flow[i];
	(void)frexp(largest, &exponent);
	return exponent;
}

static TbFlowLines new_lines(uint32_t zones, size_t links)
{
	return (TbFlowLines){tb_alloc_zero((size_t)zones + 2, sizeof(size_t)), tb_alloc(links * sizeof(uint32_t)), tb_alloc(links * sizeof(double)),
						 tb_alloc_zero(zones, sizeof(TbDd))};
}

static void put(TbFlowLines *lines, size_t at, uint32_t zone, uint32_t partner, double flow)
{
	lines->partner[at] = partner;
	lines->flow[at] = flow;
	lines->sum[zone] = tb_dd_add_d(lines->sum[zone], flow);
}

void tb_flow_margins(const TbFlows *flows, TbFlowMargins *m)
{
	size_t n = 0;

	m->zones = flows->zones;
	m->exponent = exponent_of(flows);
	m->out = new_lines(flows->zones, flows->links);
	m->in = new_lines(flows->zones, flows->links);
	m->intrazonal = tb_alloc_zero(flows->zones, sizeof(double));
	m->interzonal = m->internal = tb_dd(0);
	for (uint32_t o = 0; o < flows->zones; o++, tb_step())
		for (size_t i = flows->row[o]; i < flows->row[o + 1]; i++, tb_step())
			if (flows->destination[i] != o)
				m->in.start[flows->destination[i] + 2]++;
	for (uint32_t d = 0; d < flows->zones; d++, tb_step())
		m->in.start[d + 2] += m->in.start[d + 1];
	for (uint32_t o = 0; o < flows->zones; o++) {
		for (size_t i = flows->row[o]; i < flows->row[o + 1]; i++) {
			uint32_t d = flows->destination[i];
			double flow = ldexp(flows->flow[i], -m->exponent);

			if (d == o) {
				m->intrazonal[o] = flow;
				m->internal = tb_dd_add_d(m->internal, flow);
			} else {
				put(&m->out, n++, o, d, flow);
				put(&m->in, m->in.start[d + 1]++, d, o, flow);
				m->interzonal = tb_dd_add_d(m->interzonal, flow);
			}
			tb_step();
		}
		m->out.start[o + 1] = n;
	}
}

static void free_lines(TbFlowLines *lines)
{
	tb_free(lines->start);
	tb_free(lines->partner);
	tb_free(lines->flow);
	tb_free(lines->sum);
}

void tb_flow_margins_free(TbFlowMargins *m)
{
	free_lines(&m->out);
	free_lines(&m->in);
	tb_free(m->intrazonal);
}

TbFlowLine tb_line(const double *ascending, size_t n, double cells)
{
	TbFlowLine line = {.cells = cells};
	double rank = cells - (double)n;

	for (size_t i = 0; i < n; i++) {
		double x = ascending[i];

		rank++;
		line.sum = tb_dd_add_d(line.sum, x);
		line.squares = tb_dd_add(line.squares, tb_two_product(x, x));
		line.spread = tb_dd_add(line.spread, tb_two_product(2 * rank - cells - 1, x));
		tb_step();
	}
	return line;
}

double tb_line_variation(const TbFlowLine *line)
{
	double sum = tb_dd_value(line->sum), variance;

	if (sum == 0)
		return NAN;
	variance = tb_dd_value(tb_dd_sub(tb_dd_mul_d(line->squares, line->cells), tb_dd_mul(line->sum, line->sum)));
	return variance > 0 ? sqrt(variance) / sum : 0;
}

double tb_line_gini_corrected(const TbFlowLine *line)
{
	/* 0 / 0 of less than two cells and of no flow */
	return tb_dd_value(tb_dd_div(line->spread, tb_dd_mul_d(line->sum, line->cells - 1)));
}

TbDd tb_shares_entropy(const double *x, size_t n, double total)
{
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < n; i++) {
		double share = x[i] / total;

		if (share > 0)
			sum = tb_dd_add_d(sum, -share * log(share));
		tb_step();
	}
	return sum;
}
