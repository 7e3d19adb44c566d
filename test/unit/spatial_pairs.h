/* spatial_pairs.h -- rows of pairs of neighbours for unit tests, from full matrices */
#ifndef UNIT_SPATIAL_PAIRS_H
#define UNIT_SPATIAL_PAIRS_H

#include <string.h>

#include "../../src/core/estimate/spatial_model.h"
#include "samples.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* A row for every weight above 0, and an island for every unit that has none */
static inline TbBag spatial_pairs(uint32_t n, uint32_t p, const double *y, const double *x, const double *w)
{
	double params[TB_SPATIAL_PARAMS] = {tb_spatial_model_width(p), 2}, row[1 + 2 * (TB_SPATIAL_COLUMNS + 1)];
	TbState *state = tb_bag_new(&tb_spatial_model_kind, params, TB_SPATIAL_PARAMS);
	TbBag bag;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j <= n; j++) {
			memset(row, 0, sizeof(row));
			if (j < n && !(w[i * n + j] > 0))
				continue;
			row[1] = y[i];
			memcpy(row + 2, x + i * p, p * sizeof(double));
			if (j < n) {
				row[0] = w[i * n + j];
				row[2 + p] = y[j];
				memcpy(row + 3 + p, x + j * p, p * sizeof(double));
			}
			(void)tb_bag_add(&tb_spatial_model_kind, &state, (TbId[]){{letters + i, 1}, {j < n ? letters + j : NULL, j < n}}, row);
		}
	(void)tb_bag_view(&tb_spatial_model_kind, state, &bag);
	return bag;
}

#endif
