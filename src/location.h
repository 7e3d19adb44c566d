/* location.h -- what the faces of location share: rows of demand, site and cost as a table */
#ifndef TERRBAL_LOCATION_H
#define TERRBAL_LOCATION_H

#include "fmgr.h"

#include "core/flow/location.h"

typedef struct LocationQuestion {
	TbLocationTable table;
	uint32 p;         /* 0: none */
	double threshold; /* infinite: none */
} LocationQuestion;

/* Argument 0 as a table, and the parameters: the arguments at these places where the call has them (0: never), else those of the state. False: no
 * demand, or an argument is NULL. */
extern bool location_question(FunctionCallInfo fcinfo, int p, int threshold, LocationQuestion *question);

#endif
