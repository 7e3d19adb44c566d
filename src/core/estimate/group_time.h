/* group_time.h -- treatment that comes in waves: the effect on each wave in each period, and what they come to
 *
 * Callaway and Sant'Anna 2021. G is the first treated period of a unit, Y its outcome, b the last observed period before g, or before t
 * where t < g (a placebo):
 *   ATT(g, t) = mean(Y_t - Y_b | G = g) - mean(Y_t - Y_b | controls)
 * Controls are the units never treated, or those not yet treated by max(t, b). Averages over effects k weigh with w_k = n_g(k) / sum n_g; by exposure
 * e = t - g, by group, by calendar period, over all. Influence of a unit of group h on an average A, P = sum n_g(k) over the k averaged:
 *   sum_k w_k psi_k + sum_{k of h} (ATT_k - A) / P, psi_k = (Y_t - Y_b - mean) / n_g in group g, -(Y_t - Y_b - mean) / n_C in the controls, else 0;
 * standard errors are the root of the sum of its squares over units. It is linear in Y within a group, so n, means and cross products of deviations by
 * group are all that the errors need. Units without an outcome in every period are left out, and so are those treated before the second period.
 *
 * With covariates x, as they were in period b and a constant with them, controls are made like the treated (Sant'Anna and Zhao 2020, panels; the estimators
 * that the packages did and DRDID have by default). D = Y_t - Y_b, m(x) the least squares of D on x in the controls, p(x) the chance of being of group g
 * rather than a control (logit), w = p / (1 - p), r = D - m(x), or D where the method has no m:
 *   regression: mean of r in g; weighting, doubly robust: that less the mean of r in the controls, weighed with w.
 * Influence: (r - mean) / n_g in group g; -w (r - mean) / sum w in the controls; -(treated - p) x'H^-1 sum_C w (r - mean) x / sum w in both, for p, with
 * H = sum p (1 - p) x x'; -r x'A^-1 (mean of x in g less its mean in the controls, weighed with w, or 0 without p) in the controls, for m, A = sum_C x x'.
 * A covariate that is the same in all units of a comparison is the constant again and stays out of it. Where others are combinations of each other, or tell
 * the treated from the controls (no maximum of the likelihood), the comparison has no value.
 */
#ifndef TB_GROUP_TIME_H
#define TB_GROUP_TIME_H

#include "../state/bag.h"

typedef enum TbControls { TB_NEVER, TB_NOT_YET, TB_CONTROLS } TbControls;

extern const char *const tb_controls_name[TB_CONTROLS];

typedef enum TbAdjustment { TB_ADJUST_REGRESSION, TB_ADJUST_WEIGHTING, TB_ADJUST_DOUBLY_ROBUST, TB_ADJUSTMENTS } TbAdjustment;

extern const char *const tb_adjustment_name[TB_ADJUSTMENTS];

typedef struct TbEffect {
	double value, se; /* NaN where no unit, or one only, stands on a side */
} TbEffect;

typedef struct TbGroupTimeEffect {
	int32_t group, period;
	TbEffect effect;
} TbGroupTimeEffect;

typedef struct TbEffectPoint {
	int32_t at;
	TbEffect effect;
} TbEffectPoint;

typedef struct TbEffectSeries {
	size_t n;
	TbEffectPoint *point; /* ascending */
	TbEffect overall;
} TbEffectSeries;

typedef struct TbGroupTime {
	size_t n;
	TbGroupTimeEffect *effect;                /* by group and period */
	TbEffectSeries exposure, group, calendar; /* exposure's overall: mean over e >= 0; the others from the treatment on */
	TbEffect simple;
	double pretest, pretest_p; /* Wald chi-square: are all effects before treatment 0? NaN where there are none, or their covariance is singular */
	int pretest_df;
	uint32_t units, incomplete, always; /* used, and left out: without an outcome in every period; treated before the second period */
	uint32_t never, waves;
	uint32_t collinear, separated; /* comparisons without a value for that */
} TbGroupTime;

/* Most numbers kept: periods squared times groups */
#define TB_GROUP_TIME_CELLS 50000000

/* Rows of a unit, its period, outcome and first treated period (NaN: never). TB_MISMATCH: unit *at is first treated in two periods; TB_INVALID: unit *at
 * has two outcomes in a period; TB_CORRUPT: a period is no integer; TB_TOO_LARGE; TB_UNDEFINED: no unit, or no wave in the window, or no control */
extern TbStatus tb_group_time(const TbBag *bag, TbGroupTime *result, uint32_t *at);

/* The rows as a state; its parameter: the controls */
extern const TbBagKind tb_group_time_kind;
extern bool tb_group_time_params_ok(const double *param, uint64_t n);

#define TB_GROUP_TIME_COVARIATES 50
#define TB_GROUP_TIME_NEVER 2147483648.0 /* first treated period in the rows below, which have no NaN */

/* The same with covariates: rows of a unit, its period, outcome, first treated period and covariates */
extern TbStatus tb_group_time_covariate(const TbBag *bag, TbGroupTime *result, uint32_t *at);
extern const TbBagKind tb_group_time_covariate_kind;
enum { TB_COVARIATE_WIDTH, TB_COVARIATE_CONTROLS, TB_COVARIATE_METHOD, TB_COVARIATE_PARAMS };
extern bool tb_group_time_covariate_params_ok(const double *param, uint64_t n);

#endif
