/* nodal.c -- dominant flows and modularity */
#include "nodal.h"

#include <math.h>
#include <stdbool.h>

#include "adjacency.h"
#include "../base/dd.h"
#include "../base/step.h"

static bool inflows(const TbFlows *flows, double *inflow)
{
	TbDd *sum = tb_alloc_zero(flows->zones, sizeof(TbDd));

	for (uint32_t i = 0; i < flows->zones; i++, tb_step())
		for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++, tb_step())
			if (flows->destination[l] != i)
				sum[flows->destination[l]] = tb_dd_add_d(sum[flows->destination[l]], flows->flow[l]);
	for (uint32_t i = 0; i < flows->zones; i++, tb_step())
		if (!isfinite(inflow[i] = tb_dd_value(sum[i])))
			return false;
	tb_free(sum);
	return true;
}

static void dominant_of(const TbFlows *flows, const double *inflow, uint32_t i, TbNodalLink *link)
{
	uint32_t best = TB_NO_ZONE;
	double most = 0;

	for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++, tb_step())
		if (flows->destination[l] != i && flows->flow[l] > most) {
			most = flows->flow[l];
			best = flows->destination[l];
		}
	if (best == TB_NO_ZONE || inflow[best] <= inflow[i])
		*link = (TbNodalLink){TB_NO_ZONE, 0, TB_NODAL_ISOLATED, i};
	else
		*link = (TbNodalLink){best, most, TB_NODAL_DOMINATED, best};
}

/* Inflow strictly rises along every link, so the walk ends. */
static uint32_t root_of(TbNodalLink *link, uint32_t i)
{
	uint32_t root = i;

	while (link[root].dominant != TB_NO_ZONE)
		root = link[root].hub;
	while (link[i].dominant != TB_NO_ZONE) {
		uint32_t next = link[i].hub;

		link[i].hub = root;
		i = next;
	}
	return root;
}

TbStatus tb_dominant_flows(const TbFlows *flows, TbNodalLink *link)
{
	double *inflow = tb_alloc_zero(flows->zones, sizeof(double));
	bool *leads = tb_alloc_zero(flows->zones, sizeof(bool));

	if (flows->zones == 0)
		return TB_UNDEFINED;
	if (!inflows(flows, inflow))
		return TB_OUT_OF_RANGE;
	for (uint32_t i = 0; i < flows->zones; i++) {
		dominant_of(flows, inflow, i, &link[i]);
		if (link[i].dominant != TB_NO_ZONE)
			leads[link[i].dominant] = true;
		tb_steps(4);
	}
	for (uint32_t i = 0; i < flows->zones; i++, tb_step()) {
		link[i].hub = root_of(link, i);
		if (leads[i])
			link[i].role = link[i].dominant == TB_NO_ZONE ? TB_NODAL_DOMINANT : TB_NODAL_INTERMEDIATE;
	}
	tb_free(inflow);
	tb_free(leads);
	return TB_OK;
}

TbStatus tb_modularity(const TbFlows *flows, double *q)
{
	TbAdjacency *a = tb_adjacency(flows);
	TbDd sum = {0, 0};
	TbStatus status = TB_UNDEFINED;

	if (!isfinite(a->total))
		status = TB_OUT_OF_RANGE;
	else if (a->total > 0) {
		for (uint32_t i = 0; i < a->zones; i++, tb_step())
			sum = tb_dd_add_d(sum, a->within[i] / a->total - a->residents[i] / a->total * (a->jobs[i] / a->total));
		*q = tb_dd_value(sum);
		status = TB_OK;
	}
	tb_adjacency_free(a);
	return status;
}
