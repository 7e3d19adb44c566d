/* window_row.c -- further arguments of the row that a window function has just fetched */
#include "postgres.h"

#include "executor/executor.h"
#include "windowapi.h"

#include "window_row.h"

/* The first two members of the server's WindowObjectData, whose definition no header has. The versions in window_row_begin() are those that were read. */
typedef struct ObjectHead {
	NodeTag type;
	WindowAggState *state;
} ObjectHead;

WindowRow window_row_begin(FunctionCallInfo fcinfo)
{
#if PG_VERSION_NUM >= 150000 && PG_VERSION_NUM < 190000
	WindowAggState *state = ((ObjectHead *)PG_WINDOW_OBJECT())->state;
	ListCell *cell;

	foreach (cell, state->funcs) {
		WindowFuncExprState *function = lfirst_node(WindowFuncExprState, cell);

		if ((Node *)function->wfunc == fcinfo->flinfo->fn_expr)
			return (WindowRow){state->ss.ps.ps_ExprContext, function->args};
	}
#endif
	return (WindowRow){NULL, NIL};
}

Datum window_row_value(const WindowRow *row, int argument, bool *isnull)
{
	return ExecEvalExpr((ExprState *)list_nth(row->expressions, argument), row->context, isnull);
}
