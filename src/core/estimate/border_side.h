/* border_side.h -- one side of a cutoff: local polynomials as weights on y, and the noise of y from its nearest rows
 *
 * u = distance from the cutoff / h; weights triangular 1 - u, uniform 1, epanechnikov 1 - u^2, each for u <= 1. y on 1, u, .., u^order by weighted least
 * squares: coefficient k = sum line_i y_i, line_i = w_i (A x_i)_k, A = (X'WX)^-1. Sides are mirrored: odd coefficients of the left one have the other sign.
 * Noise: J >= 3 nearest rows of the same side, all of those that are as far away as the last; e^2 = J / (J + 1) (y - their mean)^2 (Abadie and Imbens 2006).
 */
#ifndef TB_BORDER_SIDE_H
#define TB_BORDER_SIDE_H

#include "regression.h"

typedef enum TbSideKernel { TB_SIDE_TRIANGULAR, TB_SIDE_UNIFORM, TB_SIDE_EPANECHNIKOV, TB_SIDE_KERNELS } TbSideKernel;

extern const char *const tb_side_kernel_name[TB_SIDE_KERNELS];

typedef struct TbSide {
	size_t n;
	double *y, *apart; /* ascending distance >= 0 */
} TbSide;

typedef struct TbLocal {
	double h;
	TbSideKernel kernel;
	uint32_t order;
	size_t n; /* the nearest rows, those with weight */
	TbRegression fit;
} TbLocal;

/* false: the rows with weight lie in too few places for the order; n is set all the same */
extern bool tb_local(const TbSide *side, TbSideKernel kernel, double h, uint32_t order, TbLocal *local);
extern double tb_local_weight(const TbLocal *local, double apart);
/* 1, u, .., u^order of a row */
extern void tb_local_powers(const TbLocal *local, double apart, double *x);
/* line[0 .. local->n - 1] */
extern double *tb_local_line(const TbLocal *local, const TbSide *side, uint32_t coefficient);
/* e of the nearest n rows among themselves; NaN of one alone */
extern double *tb_nearest_residuals(const TbSide *side, size_t n);

#endif
