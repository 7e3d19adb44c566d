/* false_discovery.c -- step-up and step-down adjustments of sorted p values */
#include "false_discovery.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/sort_order.h"

static double harmonic(size_t n)
{
	TbDd sum = {0, 0};

	for (size_t i = n; i > 0; i--, tb_step())
		sum = tb_dd_add(sum, tb_dd_div(tb_dd(1), tb_dd((double)i)));
	return tb_dd_value(sum);
}

void tb_false_discovery(const double *p, size_t n, TbAdjustment method, double *adjusted)
{
	size_t *order = tb_sort_order(p, n);
	double tests = (double)n, factor = method == TB_BENJAMINI_YEKUTIELI ? harmonic(n) : 1, running = method == TB_HOLM ? 0 : 1;

	for (size_t k = 0; k < n; k++, tb_step()) {
		size_t rank = method == TB_HOLM ? k : n - 1 - k, i = order[rank];

		if (method == TB_HOLM)
			running = fmin(1, fmax(running, (tests - (double)rank) * p[i]));
		else if (method == TB_BONFERRONI)
			running = fmin(1, tests * p[i]);
		else
			running = fmin(running, factor * tests / ((double)rank + 1) * p[i]);
		adjusted[i] = running;
	}
	tb_free(order);
}
