/* fetched_row.h -- further arguments of the row that a window function has just fetched
 *
 * WinGetFuncArgInPartition() goes to the store for every argument: it copies the row once more to evaluate one expression on it. The executor leaves the
 * row in place, so that the other arguments can be evaluated there. That needs a struct without a public definition: `make PUBLIC_WINDOWS=1` does without,
 * as servers of unknown versions do.
 * Measured on pool_share over 200,000 rows, four arguments that vary: 0.28 s of CPU here, 0.28 to 0.34 s there; spilled to disk 0.29 to 0.31 s here, 0.34 to
 * 0.46 s there. With one such argument both do the same.
 */
#ifndef TERRBAL_FETCHED_ROW_H
#define TERRBAL_FETCHED_ROW_H

#include "fmgr.h"
#include "nodes/execnodes.h"

typedef struct FetchedRow {
	ExprContext *context; /* NULL: fetch every argument by the public interface */
	List *expressions;    /* of the arguments */
} FetchedRow;

extern FetchedRow fetched_row_begin(FunctionCallInfo fcinfo);
/* Valid after a successful WinGetFuncArgInPartition(), for its row */
extern Datum fetched_row_value(const FetchedRow *row, int argument, bool *isnull);

#endif
