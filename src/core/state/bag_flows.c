/* bag_flows.c -- rows in canonical order are already rows of a sparse matrix */
#include "bag_flows.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"

uint32_t *tb_bag_distinct(const TbBag *r, unsigned columns, uint32_t *n, uint32_t **index)
{
	uint32_t *used = tb_alloc_zero(r->ids, sizeof(uint32_t)), *found = tb_alloc(r->ids * sizeof(uint32_t));

	*n = 0;
	for (int c = 0; c < TB_BAG_IDS; c++)
		for (size_t i = 0; (columns >> c & 1) && i < r->rows; i++, tb_step())
			if (r->row_id[c][i] != TB_NO_ID)
				used[r->row_id[c][i]] = 1;
	for (uint32_t i = 0; i < r->ids; i++, tb_step()) {
		if (used[i])
			found[*n] = i;
		used[i] = used[i] ? (*n)++ : TB_NO_ID;
	}
	*index = used;
	return found;
}

TbStatus tb_bag_flows(const TbBag *r, TbFlows *flows, uint32_t **zone)
{
	uint32_t zones, *found = tb_bag_distinct(r, 3, &zones, zone);
	TbId *id = tb_alloc(zones * sizeof(TbId));
	size_t *row = tb_alloc_zero((size_t)zones + 1, sizeof(size_t)), links = 0;
	uint32_t *destination = tb_alloc(r->rows * sizeof(uint32_t));
	double *flow = tb_alloc(r->rows * sizeof(double));

	for (uint32_t i = 0; i < zones; i++, tb_step())
		id[i] = r->id[found[i]];
	for (size_t i = 0; i < r->rows;) {
		uint32_t o = r->row_id[0][i], d = r->row_id[1][i];
		TbDd sum = {0, 0};
		double total;

		for (; i < r->rows && r->row_id[0][i] == o && r->row_id[1][i] == d; i++)
			sum = tb_dd_add_d(sum, r->value[0][i]);
		total = tb_dd_value(sum);
		if (!isfinite(total))
			return TB_OUT_OF_RANGE;
		if (total > 0) {
			destination[links] = (*zone)[d];
			flow[links++] = total;
		}
		row[(*zone)[o] + 1] = links;
		tb_step();
	}
	for (uint32_t i = 0; i < zones; i++, tb_step())
		if (row[i + 1] < row[i])
			row[i + 1] = row[i];
	tb_free(found);
	*flows = (TbFlows){zones, id, links, row, destination, flow};
	return TB_OK;
}
