/* moment_state.h -- rows of a regression, as every transition that takes y and x reads them */
#ifndef TERRBAL_MOMENT_STATE_H
#define TERRBAL_MOMENT_STATE_H

#include "fmgr.h"

#include "core/state/state.h"

/* Arguments `first` and the next as y and x[]; false where the row has a NULL and is to be skipped. x is there until the next row is read. */
extern bool moment_row(FunctionCallInfo fcinfo, int first, double *y, double **x, int *p);

/* Raises for what the core said of a row with p regressors into a state of `expected` */
extern void moment_ok(TbStatus status, int p, int expected, const TbShape *shape);

#endif
