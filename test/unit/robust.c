/* unit test of core/robust: kept rows in any order, clusters of one row */
#include "../../src/core/robust.h"

#include <string.h>

#include "../../src/core/cholesky.h"
#include "../../src/core/host.h"
#include "context.h"
#include "unit.h"

#define ROWS 60

static void row(int i, double *y, double *x)
{
	x[0] = 1;
	x[1] = i % 7;
	x[2] = i * i % 11;
	*y = 2 + x[1] - 0.5 * x[2] + (i % 5 - 2) * (1 + x[1]);
}

static TbRegression kept(TbCovariance kind, int from, int step)
{
	TbState *state = NULL;
	TbRegression fit;
	double y, x[3];

	for (int i = from; i >= 0 && i < ROWS; i += step) {
		row(i, &y, x);
		tb_rows_add(&state, y, x, 3, kind);
	}
	CHECK(tb_rows_shape.check(tb_rows_shape.pack(state)) == TB_OK, "sorted rows are a valid state");
	CHECK(tb_ols_rows(tb_rows_shape.pack(state), &fit) == TB_OK, "rows kept");
	return fit;
}

static void clusters(void)
{
	TbState *each = NULL, *one = NULL;
	TbRegression fit, robust = kept(TB_HC1, 0, 1);
	double y, x[3];

	for (int i = 0; i < ROWS; i++) {
		char key = 'A' + i;

		row(i, &y, x);
		tb_cluster_add(&each, (TbId){&key, 1}, y, x, 3, 1);
		tb_cluster_add(&one, (TbId){"one", 3}, y, x, 3, 1);
	}
	CHECK(tb_ols_cluster(each, &fit) == TB_OK && fit.clusters == ROWS, "clusters of one row");
	NEAR(fit.standard_error[1], robust.standard_error[1], 1e-13, "are HC1");
	CHECK(tb_ols_cluster(one, &fit) == TB_OK && isnan(fit.standard_error[0]) && !isnan(fit.coefficient[0]) && isnan(fit.f), "one cluster: no errors");
}

/* Unequal parts, one packed: the same rows */
static void merged(void)
{
	TbState *whole = NULL, *part = NULL, *rest = NULL, *packed;
	double y, x[3];

	for (int i = 0; i < ROWS; i++) {
		row(i, &y, x);
		tb_rows_add(&whole, y, x, 3, TB_HC0);
		tb_rows_add(i < 17 ? &part : &rest, y, x, 3, TB_HC0);
	}
	CHECK(tb_rows_shape.merge(&part, tb_rows_shape.pack(rest)) == TB_OK, "merge");
	packed = tb_rows_shape.pack(part);
	whole = tb_rows_shape.pack(whole);
	CHECK(packed->size == whole->size && memcmp(tb_state_words(packed), tb_state_words(whole), packed->words * 8) == 0, "the same bytes");
	CHECK(tb_rows_add(&part, y, x, 3, TB_HC1) == TB_INVALID && tb_rows_add(&part, y, x, 2, TB_HC0) == TB_MISMATCH, "another kind, another width");
	tb_state_words(packed)[2] = 0;
	packed->words = 3;
	CHECK(tb_rows_shape.check(packed) == TB_CORRUPT, "no rows");
}

int main(void)
{
	for (TbCovariance kind = TB_HC0; kind <= TB_HC3; kind++) {
		TbRegression a = kept(kind, 0, 1), c = kept(kind, ROWS - 1, -1);

		CHECK(memcmp(a.vcov, c.vcov, 9 * sizeof(double)) == 0, "rows kept: order does not matter to the bit");
		CHECK(a.constant_column == 0, "the constant is seen");
	}
	NEAR(kept(TB_HC1, 0, 1).standard_error[0], kept(TB_HC0, 0, 1).standard_error[0] * sqrt(ROWS / (ROWS - 3.0)), 1e-14,
		 "HC1 is HC0 with n / (n - k)");
	merged();
	clusters();
	return unit_done();
}
