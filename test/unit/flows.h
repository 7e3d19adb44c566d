/* flows.h -- small systems of zones for unit tests, from a dense matrix. Core memory belongs to a context that goes at once: no leak checks. */
#ifndef UNIT_FLOWS_H
#define UNIT_FLOWS_H

#include "../../src/core/state/flow_set.h"
#include "../../src/core/base/host.h"

extern const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

static inline TbFlows dense(uint32_t n, const double *cell)
{
	size_t *row = tb_alloc_zero(n + (size_t)1, sizeof(size_t)), links = 0;
	uint32_t *destination = tb_alloc((size_t)n * n * sizeof(uint32_t));
	double *flow = tb_alloc((size_t)n * n * sizeof(double));

	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t j = 0; j < n; j++)
			if (cell[i * n + j] > 0) {
				destination[links] = j;
				flow[links++] = cell[i * n + j];
			}
		row[i + 1] = links;
	}
	return (TbFlows){n, NULL, links, row, destination, flow};
}

static uint32_t unit_seed = 1;

static inline double uniform(void)
{
	unit_seed = unit_seed * 1664525u + 1013904223u;
	return (unit_seed >> 8) / 16777216.0;
}

#endif
