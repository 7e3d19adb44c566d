/* false_discovery.c -- SQL face of p values of many tests */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/base/step.h"
#include "core/estimate/false_discovery.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_false_discovery);

static const char *const methods[] = {"benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni"};

/* One adjusted p for each row; NaN where p is NULL, which is no test */
static void *solve(Window *w)
{
	bool *nulls = tb_alloc(w->rows);
	double *p = window_doubles(w, 0, "p", nulls), *known = tb_alloc(w->rows * sizeof(double)), *adjusted = tb_alloc(w->rows * sizeof(double));
	Datum method = window_given(w, 1, "method");
	size_t n = 0;

	for (int64 i = 0; i < w->rows; i++, tb_step())
		if (!nulls[i])
			known[n++] = arg_share(p[i], "p");
	tb_false_discovery(known, n, (TbAdjustment)arg_choice(method, "method", methods, lengthof(methods)), adjusted);
	for (int64 i = w->rows - 1; i >= 0; i--, tb_step())
		p[i] = nulls[i] ? NAN : adjusted[--n];
	return p;
}

Datum terrbal_false_discovery(PG_FUNCTION_ARGS)
{
	return window_double_answer(fcinfo, solve);
}
