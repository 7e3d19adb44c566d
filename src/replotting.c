/* replotting.c -- cuts of a site into strips, from arrays of its boundary */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/share/replotting.h"
#include "row.h"
#include "status.h"

/* strip_cuts(x1, y1, x2, y2, areas) */
PG_FUNCTION_INFO_V1(terrbal_strip_cuts);
Datum terrbal_strip_cuts(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"x1", "y1", "x2", "y2", "areas"};
	double *x[5], lack = 0, *cut;
	int n[5];
	TbSegment *segment;
	TbStatus status;
	bool empty;

	for (int k = 0; k < 5; k++) {
		x[k] = arg_float8_array(PG_GETARG_ARRAYTYPE_P(k), &n[k], names[k]);
		if (k < 4)
			arg_same_length(n[0], names[0], n[k], names[k]);
	}
	segment = tb_alloc((size_t)Max(n[0], 1) * sizeof(TbSegment));
	for (int i = 0; i < n[0]; i++)
		segment[i] = (TbSegment){x[0][i], x[1][i], x[2][i], x[3][i]};
	for (int i = 0; i < n[4]; i++)
		arg_positive(x[4][i], "area");
	cut = tb_alloc((size_t)Max(n[4], 1) * sizeof(double));
	status = tb_strip_cuts(segment, n[0], x[4], n[4], cut, &lack);
	empty = status == TB_UNDEFINED && n[4] > 0;
	if (empty) {
		for (int i = 0; i < n[4]; i++)
			lack += x[4][i];
		status = TB_INFEASIBLE;
	}
	if (status == TB_INFEASIBLE)
		status_ok_message(status, psprintf("areas exceed the site by %.15g", lack), NULL,
						  empty ? "The site has no area: ST_MakeValid repairs an outline that crosses itself."
								: "Contributions and streets come off the areas first.");
	if (!status_ok(status))
		PG_RETURN_NULL();
	return row_float8_array(cut, n[4]);
}
