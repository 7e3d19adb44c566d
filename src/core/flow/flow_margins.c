/* flow_margins.c -- margins of a flow matrix and dispersion within its lines */
#include "flow_margins.h"

#include <math.h>

#include "../base/step.h"

#define DESTINATIONS_AT_A_TIME 64

static double largest_of(const TbFlows *flows)
{
	double largest = 0;

	TB_ROWS (i, 0, flows->links)
		largest = flows->flow[i] > largest ? flows->flow[i] : largest;
	return largest;
}

static bool whole(const TbFlows *flows, double largest)
{
	if (!tb_adds_exactly(1, largest, (double)flows->links))
		return false;
	TB_ROWS (i, 0, flows->links)
		if (flows->flow[i] != (double)(int64_t)flows->flow[i])
			return false;
	return true;
}

/* What scales the flows: a power of two as a factor, which rounds as ldexp does, or 0 where float8 has none so large */
static double factor_of(int exponent)
{
	double factor = ldexp(1, -exponent);

	return isfinite(factor) ? factor : 0;
}

static TbFlowLines new_lines(uint32_t zones, size_t links)
{
	return (TbFlowLines){tb_alloc_zero((size_t)zones + 2, sizeof(size_t)), tb_alloc(links * sizeof(uint32_t)), tb_alloc(links * sizeof(double)),
						 tb_alloc_zero(zones, sizeof(TbDd))};
}

static inline void more(TbDd *sum, double flow, bool exact)
{
	if (exact)
		sum->hi += flow;
	else
		*sum = tb_dd_add_d(*sum, flow);
}

static inline void put(TbFlowLines *lines, size_t at, uint32_t zone, uint32_t partner, double flow, bool exact)
{
	lines->partner[at] = partner;
	lines->flow[at] = flow;
	more(lines->sum + zone, flow, exact);
}

/* The lines of origins as lines of destinations. Where most pairs have a flow some destinations are filled at a time: a thousand arrays that each grow by
 * a cell in turn are more than caches keep at hand. */
static void fill_in(const TbFlowLines *out, TbFlowLines *in, uint32_t zones, bool exact)
{
	uint64_t width = out->start[zones] > (uint64_t)zones * zones / 16 ? DESTINATIONS_AT_A_TIME : (uint64_t)zones + 1;
	size_t *next = tb_alloc(((size_t)zones + 1) * sizeof(size_t));

	/* start[d + 1] is where d begins, and moves to its end as it fills */
	for (size_t i = 0; i < out->start[zones]; i++, tb_step())
		in->start[out->partner[i] + 2]++;
	for (uint32_t d = 0; d < zones; d++, tb_step())
		in->start[d + 2] += in->start[d + 1];
	tb_copy(next, out->start, zones * sizeof(size_t));
	for (uint64_t end = width; end - width < zones; end += width)
		for (uint32_t o = 0; o < zones; o++) {
			size_t i = next[o];

			for (; i < out->start[o + 1] && out->partner[i] < end; i++)
				put(in, in->start[out->partner[i] + 1]++, out->partner[i], o, out->flow[i], exact);
			tb_steps(i - next[o] + 1);
			next[o] = i;
		}
	tb_free(next);
}

void tb_flow_margins(const TbFlows *flows, TbFlowMargins *m)
{
	double largest = largest_of(flows), factor;
	bool exact = whole(flows, largest);
	size_t n = 0;

	m->zones = flows->zones;
	(void)frexp(largest, &m->exponent);
	factor = factor_of(m->exponent);
	m->unit = exact ? factor : 0;
	m->out = new_lines(flows->zones, flows->links);
	m->in = new_lines(flows->zones, flows->links);
	m->intrazonal = tb_alloc_zero(flows->zones, sizeof(double));
	m->interzonal = m->internal = tb_dd(0);
	for (uint32_t o = 0; o < flows->zones; o++) {
		for (size_t i = flows->row[o]; i < flows->row[o + 1]; i++) {
			uint32_t d = flows->destination[i];
			double flow = factor > 0 ? flows->flow[i] * factor : ldexp(flows->flow[i], -m->exponent);

			if (d == o) {
				m->intrazonal[o] = flow;
				more(&m->internal, flow, exact);
			} else {
				put(&m->out, n++, o, d, flow, exact);
				more(&m->interzonal, flow, exact);
			}
			tb_step();
		}
		m->out.start[o + 1] = n;
	}
	fill_in(&m->out, &m->in, flows->zones, exact);
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

TbFlowLine tb_line(const double *ascending, size_t n, double cells, double unit, TbDd sum)
{
	TbFlowLine line = {.cells = cells};
	double rank = cells - (double)n;

	if (n > 0 && tb_adds_exactly(unit, sum.hi, fmax(ascending[n - 1] / unit, cells + 1))) {
		line.sum = sum;
		TB_ROWS (i, 0, n) {
			rank++;
			line.squares.hi += ascending[i] * ascending[i];
			line.spread.hi += (2 * rank - cells - 1) * ascending[i];
		}
		return line;
	}
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
	double part = 0;

	/* equal flows are often neighbours */
	for (size_t i = 0; i < n; i++) {
		double share = x[i] / total;

		if (i == 0 || x[i] != x[i - 1])
			part = share > 0 ? -share * log(share) : 0;
		if (share > 0)
			sum = tb_dd_add_d(sum, part);
		tb_step();
	}
	return sum;
}
