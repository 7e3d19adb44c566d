/* unit test of core/moments: the portable kernel and the one with fused multiply-add give the same bits */
#define TB_PLAIN_KERNEL
#define tb_moments_add_lines plain_add_lines
#define tb_moments_row plain_row
#define tb_moments_in_range plain_in_range
#define tb_moments_add plain_add
#define tb_moments_view plain_view
#define tb_moments_merge plain_merge
#define tb_moments_clean plain_clean
#define tb_moments_check plain_check
#define tb_moment_shape plain_shape
#include "../../src/core/moments.c"
#undef tb_moments_add_lines
#include "unit.h"

extern void tb_moments_add_lines(double *hi, double *lo, uint32_t p, const double *z, double weight, size_t first);

#define CELLS 4096

int main(void)
{
	static double hi[2][CELLS], lo[2][CELLS], z[TB_MOMENT_WIDTH + 4];
	unsigned random = 3;

	for (uint32_t p = 1; p <= 60; p += 7) {
		CHECK(tb_moment_cells(p) <= CELLS, "room");
		memset(hi, 0, sizeof(hi));
		memset(lo, 0, sizeof(lo));
		for (int row = 0; row < 300; row++) {
			double x[64], weight = row % 3 ? 1 : 1 + row / 7.0;

			for (uint32_t j = 0; j < p; j++) {
				random = random * 1664525u + 1013904223u;
				x[j] = (random / 4294967296.0 - 0.5) * pow(10, j % 9);
			}
			plain_row(z, x[0] * 3.3 - row, x, p);
			plain_add_lines(hi[0], lo[0], p, z, weight, 1);
			tb_moments_add_lines(hi[1], lo[1], p, z, weight, 1);
		}
		CHECK(memcmp(hi[0], hi[1], sizeof(hi[0])) == 0 && memcmp(lo[0], lo[1], sizeof(lo[0])) == 0, "same bits");
	}
	return unit_done();
}
