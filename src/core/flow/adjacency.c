/* adjacency.c -- both directions of every link in one row per zone */
#include "adjacency.h"

#include "../base/dd.h"
#include "../base/step.h"

/* The transpose: links into each zone, origins ascending because rows are walked in order */
static void transpose(const TbFlows *flows, size_t *start, uint32_t *origin, double *flow)
{
	size_t *next = tb_alloc_zero((size_t)flows->zones + 1, sizeof(size_t));

	for (size_t l = 0; l < flows->links; l++) {
		start[flows->destination[l] + 1]++;
		tb_step();
	}
	for (uint32_t i = 0; i < flows->zones; i++, tb_step())
		start[i + 1] += start[i];
	for (uint32_t i = 0; i < flows->zones; i++) {
		tb_steps(64);
		for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++) {
			uint32_t j = flows->destination[l];
			size_t at = start[j] + next[j]++;

			origin[at] = i;
			flow[at] = flows->flow[l];
		}
	}
	tb_free(next);
}

static void margins(const TbFlows *flows, const size_t *start, const double *flow, TbAdjacency *a)
{
	TbDd total = {0, 0};

	for (uint32_t i = 0; i < a->zones; i++) {
		TbDd residents = {0, 0}, jobs = {0, 0};

		for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++)
			residents = tb_dd_add_d(residents, flows->flow[l]);
		for (size_t l = start[i]; l < start[i + 1]; l++)
			jobs = tb_dd_add_d(jobs, flow[l]);
		a->residents[i] = tb_dd_value(residents);
		a->jobs[i] = tb_dd_value(jobs);
		total = tb_dd_add(total, residents);
		tb_steps(64);
	}
	a->total = tb_dd_value(total);
}

TbAdjacency *tb_adjacency(const TbFlows *flows)
{
	uint32_t n = flows->zones;
	size_t *start = tb_alloc_zero((size_t)n + 1, sizeof(size_t)), used = 0;
	uint32_t *origin = tb_alloc(flows->links * sizeof(uint32_t));
	double *flow = tb_alloc(flows->links * sizeof(double));
	TbAdjacency *a = tb_alloc_zero(1, sizeof(TbAdjacency));

	transpose(flows, start, origin, flow);
	a->zones = n;
	a->row = tb_alloc_zero((size_t)n + 1, sizeof(size_t));
	a->tie = tb_alloc_zero(2 * flows->links, sizeof(TbTie));
	a->within = tb_alloc_zero(n, sizeof(double));
	a->residents = tb_alloc_zero(n, sizeof(double));
	a->jobs = tb_alloc_zero(n, sizeof(double));
	for (uint32_t i = 0; i < n; i++) {
		size_t o = flows->row[i], d = start[i];

		while (o < flows->row[i + 1] || d < start[i + 1]) {
			uint32_t to = o < flows->row[i + 1] ? flows->destination[o] : UINT32_MAX;
			uint32_t from = d < start[i + 1] ? origin[d] : UINT32_MAX;
			TbTie tie = {to < from ? to : from, 0, 0};

			if (to == tie.zone)
				tie.out = flows->flow[o++];
			if (from == tie.zone)
				tie.in = flow[d++];
			if (tie.zone == i)
				a->within[i] = tie.out;
			else
				a->tie[used++] = tie;
		}
		a->row[i + 1] = used;
		tb_steps(64);
	}
	margins(flows, start, flow, a);
	tb_free(start);
	tb_free(origin);
	tb_free(flow);
	return a;
}

void tb_adjacency_free(TbAdjacency *a)
{
	tb_free(a->row);
	tb_free(a->tie);
	tb_free(a->within);
	tb_free(a->residents);
	tb_free(a->jobs);
	tb_free(a);
}
