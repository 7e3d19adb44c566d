/* discontinuity.h -- what changes at a border: local lines on both sides of a cutoff
 *
 * running = cutoff is on the right. The estimate is the difference of the constants of two local lines (border_side.h) at bandwidth h, se HC0, se_hc3 over
 * (1 - h_i)^2 and se_nearest from the nearest rows (Imbens and Lemieux 2008; Calonico, Cattaneo and Titiunik 2014).
 * Bias-aware: less the bias that the curvature of local parabolas at bandwidth b foresees, with the error of both together from the nearest rows; the interval
 * is of the normal distribution. b = h: the difference of the constants of parabolas.
 * Rule of thumb: h and b that make the mean squared error of the estimate and of its bias least, one for both sides: pilots from the spread of running, plug-in
 * constants with regularisation, in three stages (Calonico, Cattaneo and Titiunik 2014, section 5; Calonico, Cattaneo, Farrell and Titiunik 2017).
 */
#ifndef TB_DISCONTINUITY_H
#define TB_DISCONTINUITY_H

#include "../state/bag.h"
#include "border_side.h"

typedef struct TbDiscontinuity {
	double estimate, se; /* NaN where a side has too few places */
	uint64_t n[2];       /* rows with weight, left and right */
	double limit[2];     /* the fitted value at the cutoff */
	double bandwidth, bias_bandwidth;
	double corrected, corrected_se, low, high, p; /* at 0.95 */
	double se_hc3, se_nearest;
} TbDiscontinuity;

/* bandwidth 0: the rule of thumb */
typedef enum TbDiscontinuityParam { TB_CUTOFF, TB_BANDWIDTH, TB_SIDE_KERNEL, TB_DISCONTINUITY_PARAMS } TbDiscontinuityParam;

/* Rows of y and running. TB_UNDEFINED: no row, or the rule finds no bandwidth; TB_OUT_OF_RANGE */
extern TbStatus tb_discontinuity(const TbBag *bag, TbDiscontinuity *result);
/* The same with a bandwidth of its own for the bias */
extern TbStatus tb_discontinuity_at(const TbSide side[2], TbSideKernel kernel, double h, double b, TbDiscontinuity *result);

/* h and b in the unit of the distances; TB_UNDEFINED: too few places on a side, or no noise */
extern TbStatus tb_border_bandwidth(const TbSide side[2], TbSideKernel kernel, double *h, double *b);

extern const TbBagKind tb_discontinuity_kind;
extern bool tb_discontinuity_params_ok(const double *param, uint64_t n);

#endif
