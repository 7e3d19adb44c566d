/* synthetic_control.h -- what one treated unit would have been: the mix of untreated ones that was nearest to it before
 *
 * Abadie and Gardeazabal 2003, Abadie, Diamond and Hainmueller 2010, with the outcomes of all periods before the treatment, each as heavy, as what the mix must match:
 * weights >= 0 with sum 1 that make sum_t (Y_1t - sum w_j Y_jt)^2 least (mix.h). gap = Y_1t - sum w_j Y_jt in every period; rmspe: root of the mean squared gap.
 * Placebos: every donor in turn as if it were treated, mixed from the other donors, never from the treated unit; p = (1 + placebos whose ratio of rmspe after
 * to before is not below that of the treated unit) / (1 + donors).
 */
#ifndef TB_SYNTHETIC_CONTROL_H
#define TB_SYNTHETIC_CONTROL_H

#include "../state/bag.h"

typedef struct TbGap {
	double before, after; /* rmspe; NaN without periods or others to mix */
} TbGap;

typedef struct TbSynthetic {
	uint32_t donors, *donor;               /* ids with an outcome in every period of the treated unit */
	uint32_t incomplete, first_incomplete; /* units left out */
	size_t periods, before;                /* before the treatment */
	int32_t *period;
	double *observed, *gap; /* by period */
	double *weight;         /* by donor */
	TbGap own, *placebo;    /* by donor */
	bool unique;            /* the weights */
	double p;               /* NaN where there are no two donors, or no period after */
	uint32_t rank;          /* 1: no placebo has as high a ratio */
} TbSynthetic;

/* rmspe after / before; infinite for a perfect fit before; NaN where one is unknown */
extern double tb_gap_ratio(TbGap gap);

/* Rows of a unit, the treated unit (in every row), period and outcome. TB_MISMATCH: *at is another treated unit than the first row's; TB_INVALID: unit *at has two
 * outcomes in period *period; TB_CORRUPT: a period is no integer; TB_TOO_LARGE; TB_OUT_OF_RANGE; TB_UNDEFINED: the treated unit has no row (periods 0) or none before
 * the treatment, or there is no donor */
extern TbStatus tb_synthetic_control(const TbBag *bag, TbSynthetic *result, uint32_t *at, int32_t *period);

/* Its parameter: the first treated period */
extern const TbBagKind tb_synthetic_control_kind;
extern bool tb_synthetic_control_params_ok(const double *param, uint64_t n);

#endif
