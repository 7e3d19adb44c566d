/* window_row.h -- further arguments of the row that a window function has just fetched
 *
 * WinGetFuncArgInPartition() goes to the store for every argument: it copies the row once more to evaluate one expression on it. The executor leaves the
 * row in place, so that the other arguments can be evaluated there.
 */
#ifndef TERRBAL_WINDOW_ROW_H
#define TERRBAL_WINDOW_ROW_H

#include "fmgr.h"
#include "nodes/execnodes.h"

typedef struct WindowRow {
	ExprContext *context; /* NULL: unknown server version, fetch every argument */
	List *expressions;    /* of the arguments */
} WindowRow;

extern WindowRow window_row_begin(FunctionCallInfo fcinfo);
/* Valid after a successful WinGetFuncArgInPartition(), for its row */
extern Datum window_row_value(const WindowRow *row, int argument, bool *isnull);

#endif
