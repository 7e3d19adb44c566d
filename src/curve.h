/* curve.h -- a curve of cumulated shares as an array of (p, l) */
#ifndef TERRBAL_CURVE_H
#define TERRBAL_CURVE_H

#include "fmgr.h"

#include "core/inequality/concentration.h"

extern Datum curve_datum(FunctionCallInfo fcinfo, const TbDistribution *v, const double *rank);

#endif
