/* unit test of core/ranking: sorted, stable, every position once */
#include "../../src/core/base/sort_order.h"

#include "flows.h"
#include "unit.h"

int main(void)
{
	for (size_t n = 0; n < 200; n = n * 2 + 1) {
		double *x = tb_alloc(n * sizeof(double));
		bool *seen = tb_alloc_zero(n, sizeof(bool)), right = true;
		size_t *order;

		for (size_t i = 0; i < n; i++)
			x[i] = floor(uniform() * 10);
		order = tb_sort_order(x, n);
		for (size_t i = 0; i < n; i++) {
			right &= !seen[order[i]];
			seen[order[i]] = true;
			if (i > 0)
				right &= x[order[i - 1]] < x[order[i]] || (x[order[i - 1]] == x[order[i]] && order[i - 1] < order[i]);
		}
		CHECK(right, "ascending, ties in the order given");
	}
	{
		double *x = tb_alloc_zero(100000, sizeof(double));
		unsigned long before = unit_ticks;

		(void)tb_sort_order(x, 100000);
		CHECK(unit_ticks > before, "a long sort can be interrupted");
	}
	return unit_done();
}
