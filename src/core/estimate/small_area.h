/* small_area.h -- survey estimates of many small areas, each leaning on a regression over all: the model of Fay and Herriot (1979)
 *
 * y_i = x_i'b + v_i + e_i: y the direct estimate of an area, e its sampling error with a known variance D_i, v the area's own with a common variance A. A by
 * restricted maximum likelihood: the roots of its slope are bracketed on a grid of powers of two and closed in upon, and the highest of them, or 0, is taken. With
 * V_i = A + D_i, Q = (sum x x' / V)^-1, g_i = A / V_i:
 *   estimate g_i y_i + (1 - g_i) x_i'b
 *   mean squared error g_i D_i + (1 - g_i)^2 x_i'Q x_i + 2 (D_i / V_i)^2 / V_i var(A), var(A) = 2 / sum 1 / V^2 (Prasad and Rao 1990, Datta and Lahiri 2000)
 * An area without a survey gets x_i'b, with error A + x_i'Q x_i.
 */
#ifndef TB_SMALL_AREA_H
#define TB_SMALL_AREA_H

#include "../state/bag.h"

#define TB_SMALL_AREA_COLUMNS 64

/* Parameter of a small_area_state: values of a row. A row: direct estimate, its variance (both 0: no survey), x */
extern const TbBagKind tb_small_area_kind;
extern bool tb_small_area_params_ok(const double *param, uint64_t n);

typedef struct TbSmallArea {
	double estimate, mse, synthetic, share; /* share: g, NaN without a survey */
} TbSmallArea;

typedef struct TbFayHerriot {
	uint32_t p, rank, surveyed;
	double *coefficient, *standard_error; /* [p]; NaN where other regressors explain it */
	double between, between_error, log_likelihood;
	TbSmallArea *area; /* [rows of the bag] */
} TbFayHerriot;

/* TB_MISMATCH: area *area stands twice; TB_UNDEFINED: no more areas with a survey than coefficients; TB_OUT_OF_RANGE */
extern TbStatus tb_fay_herriot(const TbBag *bag, TbFayHerriot *result, uint32_t *area);

#endif
