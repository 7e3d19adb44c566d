/* fetched_row.c -- further arguments of the row that a window function has just fetched */
#include "postgres.h"

#include "executor/executor.h"
#include "windowapi.h"

#include "fetched_row.h"

/* The first two members of the server's WindowObjectData, whose definition no header has. The versions in fetched_row_begin() are those that were read. */
typedef struct ObjectHead {
	NodeTag type;
	WindowAggState *state;
} ObjectHead;

FetchedRow fetched_row_begin(FunctionCallInfo fcinfo)
{
#if !defined(PUBLIC_WINDOWS) && PG_VERSION_NUM >= 150000 && PG_VERSION_NUM < 190000
	WindowAggState *state = ((ObjectHead *)PG_WINDOW_OBJECT())->state;
	ListCell *cell;

	foreach (cell, state->funcs) {
		WindowFuncExprState *function = lfirst_node(WindowFuncExprState, cell);

		if ((Node *)function->wfunc == fcinfo->flinfo->fn_expr)
			return (FetchedRow){state->ss.ps.ps_ExprContext, function->args};
	}
#endif
	return (FetchedRow){NULL, NIL};
}

Datum fetched_row_value(const FetchedRow *row, int argument, bool *isnull)
{
	return ExecEvalExpr((ExprState *)list_nth(row->expressions, argument), row->context, isnull);
}
