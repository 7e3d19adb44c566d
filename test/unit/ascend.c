/* unit test of core/ascend: short and long lists, equal and extreme numbers */
#include "../../src/core/ascend.h"

#include "../../src/core/host.h"
#include "unit.h"

static unsigned seed = 3;

static double any(int kind)
{
	seed = seed * 1664525u + 1013904223u;
	return kind == 0 ? seed >> 28 : kind == 1 ? seed * 1e-300 * 1e-9 : kind == 2 ? seed * 1e290 : seed / 3.0;
}

int main(void)
{
	size_t sizes[] = {0, 1, 2, 63, 64, 65, 1000, 40000};
	double *x = tb_alloc(40000 * sizeof(double)), *scratch = tb_alloc(40000 * sizeof(double));

	for (int kind = 0; kind < 4; kind++)
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			size_t n = sizes[s], low = 0, after = 0;
			bool ascending = true;

			for (size_t i = 0; i < n; i++) {
				x[i] = any(kind);
				low += x[i] < 5;
			}
			tb_ascend(x, scratch, n);
			for (size_t i = 0; i < n; i++) {
				ascending = ascending && (i == 0 || x[i - 1] <= x[i]);
				after += x[i] < 5;
			}
			CHECK(ascending && low == after, "ascending, nothing lost");
		}
	tb_free(x);
	tb_free(scratch);
	return unit_done();
}
