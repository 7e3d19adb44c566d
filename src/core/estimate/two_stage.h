/* two_stage.h -- least squares in two stages: regressors that depend on the outcome, replaced by what instruments foresee of them
 *
 * X = (endogenous, exogenous), Z = (exogenous, instruments), P = Z (Z'Z)^-1 Z'. b = (X'PX)^-1 X'Py, sigma^2 = e'e / (n - k) with e = y - Xb, V = sigma^2
 * (X'PX)^-1; robust errors HC1. First-stage F: of the instruments in the regression of an endogenous regressor on Z. Sargan: n e'Pe / e'e, chi-square
 * with as many degrees of freedom as there are instruments beyond the endogenous regressors.
 */
#ifndef TB_TWO_STAGE_H
#define TB_TWO_STAGE_H

#include "panel.h"

typedef struct TbTwoStage {
	TbRegression fit;
	double *robust_error;  /* [p] */
	double *first_stage_f; /* [endogenous]; NaN where Z explains nothing or all */
	double sargan, sargan_p;
	int sargan_df; /* 0: exactly identified, or less */
} TbTwoStage;

/* TB_UNDEFINED: no row */
extern TbStatus tb_two_stage(const TbPanel *panel, TbTwoStage *result);

#endif
