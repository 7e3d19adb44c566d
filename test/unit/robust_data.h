/* robust_data.h -- the scene of both robust tests: sixty rows with spread that grows, and their fit with every row kept */
#ifndef ROBUST_ROWS_H
#define ROBUST_ROWS_H

#include "../../src/core/estimate/robust.h"
#include "unit.h"

#define ROWS 60

static inline void row(int i, double *y, double *x)
{
	x[0] = 1;
	x[1] = i % 7;
	x[2] = i * i % 11;
	*y = 2 + x[1] - 0.5 * x[2] + (i % 5 - 2) * (1 + x[1]);
}

static inline TbRegression kept(TbCovariance kind, int from, int step)
{
	TbState *state = NULL;
	TbRegression fit;
	double y, x[3];

	for (int i = from; i >= 0 && i < ROWS; i += step) {
		row(i, &y, x);
		tb_rows_add(&state, y, x, 3, kind, NULL);
	}
	CHECK(tb_rows_shape.check(tb_rows_shape.pack(state)) == TB_OK, "sorted rows are a valid state");
	CHECK(tb_ols_rows(tb_rows_shape.pack(state), &fit) == TB_OK, "rows kept");
	return fit;
}

#endif
