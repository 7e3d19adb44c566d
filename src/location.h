/* location.h -- what the faces of location share: rows of demand, site and cost as a table */
#ifndef TERRBAL_LOCATION_H
#define TERRBAL_LOCATION_H

#include "fmgr.h"

#include "bag.h"
#include "core/flow/location.h"

typedef struct LocationQuestion {
	TbLocationTable table;
	uint32 p;         /* 0: none */
	double threshold; /* infinite: none */
} LocationQuestion;

/* Argument 0 as a table, and the parameters: the arguments at these places where the call has them (0: never), else those of the state. False: no
 * demand, or an argument is NULL. */
extern bool location_question(FunctionCallInfo fcinfo, int p, int threshold, LocationQuestion *question);

/* Arguments p and threshold, which must not be NULL */
extern double location_sites_asked(FunctionCallInfo fcinfo, int place);
extern double location_threshold(FunctionCallInfo fcinfo, int place);
/* Ids, weight and cost of a row. A cost that is NULL or infinite, or no site at all: the demand is there, and reaches nothing. False: the row is left out. */
extern bool location_row(FunctionCallInfo fcinfo, BagId *read, int weight, int cost, TbId ids[2], double values[2]);
/* Argument 0 as rows of this kind, sites and limit as p and threshold of location_question. NULL: no rows, or an argument is NULL. */
extern TbBag *location_asked(FunctionCallInfo fcinfo, const TbBagKind *kind, int p, int threshold, uint32 *sites, double *limit);
/* Refuses p = 0 and an infinite threshold, which a state has that was not given them; negative: not asked for */
extern void location_parameters(int64 p, double threshold);
extern void location_refuse_rows(const TbBag *bag, TbLocationError error);
/* The composite, or the error that says what is missing */
extern Datum location_answer(FunctionCallInfo fcinfo, TbStatus status, const LocationQuestion *question, const TbLocationResult *result);

#endif
