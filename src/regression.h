/* regression.h -- the composite `regression`, to and from SQL */
#ifndef TERRBAL_REGRESSION_H
#define TERRBAL_REGRESSION_H

#include "fmgr.h"

#include "core/estimate/regression.h"
#include "core/estimate/robust.h"

extern Datum regression_datum(FunctionCallInfo fcinfo, const TbRegression *fit);
/* The fields alone, for composites that have more behind them */
#define REGRESSION_FIELDS 23
extern void regression_values(const TbRegression *fit, Datum *values, bool *nulls);

/* Coefficients of a regression argument, NaN where NULL; p their number */
extern double *regression_coefficients(Datum regression, int *p);

/* Everything a second pass needs. Errors where the covariance is not classical. */
extern TbRegressionFit regression_fit(Datum regression);

#endif
