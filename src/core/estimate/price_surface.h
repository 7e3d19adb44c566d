/* price_surface.h -- surfaces from points: inverse distance, kernel means, and a grid filled by what each point spreads
 *
 * value at a target = sum w z / sum w. Inverse distance w = d^-p (Shepard 1968), where a point on the target (d = 0) decides alone, several by their
 * mean. Kernels with u = d / h: gaussian exp(-u^2 / 2); bisquare (1 - u^2)^2, tricube (1 - u^3)^3, epanechnikov 1 - u^2, uniform 1, each for
 * u < 1, else 0. Bandwidth 0 gives weight 1 at distance 0 only, so that k nearest neighbours at one address are no problem.
 */
#ifndef TB_PRICE_SURFACE_H
#define TB_PRICE_SURFACE_H

#include "../state/cell_set.h"

typedef enum TbKernel { TB_GAUSSIAN, TB_BISQUARE, TB_TRICUBE, TB_EPANECHNIKOV, TB_UNIFORM, TB_KERNELS } TbKernel;

extern const char *const tb_kernel_name[TB_KERNELS];
extern double tb_kernel_weight(TbKernel kernel, double distance, double bandwidth);

/* One target. Words: method (0 inverse distance, 1 + kernel), parameter, rows, rows at distance 0; then three double-double sums: w z, w, z at 0;
 * then the exponent of the largest weight, over 2 to which w stands (states of version 1.0 lack it) */
extern const TbShape tb_surface_shape;

#define TB_INVERSE_DISTANCE 0

/* distance >= 0, parameter the power or the bandwidth. TB_MISMATCH: another method or parameter */
extern TbStatus tb_surface_add(TbState **state, double value, double distance, int method, double parameter);
/* TB_UNDEFINED: no row, or none with weight */
extern TbStatus tb_surface(const TbState *state, double *value);

/* A grid of square cells, cell (i, j) over [i size, (i + 1) size): every point adds to the cells whose centre its kernel reaches; the gaussian ends at
 * 5 bandwidths. Memory is the grid, not points times cells. */
#define TB_GRID_REACH 5
#define TB_GRID_SPREAD 1000000 /* cells that one point may reach */

typedef struct TbSurfaceCell {
	double x, y, value, weight;
	uint64_t n;
} TbSurfaceCell;

/* TB_MISMATCH as above; TB_TOO_LARGE: too many cells; TB_OUT_OF_RANGE: coordinates beyond 2^31 cells */
extern TbStatus tb_grid_add(TbState **state, double x, double y, double value, double size, double bandwidth, TbKernel kernel);
extern TbSurfaceCell *tb_grid(const TbState *state, size_t *n);

#endif
