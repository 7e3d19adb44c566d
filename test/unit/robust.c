/* unit test of core/robust: kept rows in any order, clusters of one row */
#include "../../src/core/estimate/robust.h"

#include <string.h>

#include "../../src/core/base/cholesky.h"
#include "../../src/core/base/host.h"
#include "context.h"
#include "robust_data.h"
#include "forged.h"
#include "unit.h"

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

/* A mean of 1, 2, 6: residuals 2, 1, 3, every leverage 1/3 */
static void of_a_mean(void)
{
	static const double y[3] = {1, 2, 6}, one[1] = {1}, variance[4] = {14. / 9, 7. / 3, 7. / 3, 3.5};
	TbState *clusters = NULL;
	TbRegression fit;

	for (TbCovariance kind = TB_HC0; kind <= TB_HC3; kind++) {
		TbState *state = NULL;

		for (int i = 0; i < 3; i++)
			tb_rows_add(&state, y[i], one, 1, kind);
		CHECK(tb_ols_rows(tb_rows_shape.pack(state), &fit) == TB_OK && fit.coefficient[0] == 3, "a mean");
		NEAR(fit.standard_error[0], sqrt(variance[kind - TB_HC0]), 1e-14, "its robust error by hand");
	}
	for (int i = 0; i < 3; i++)
		tb_cluster_add(&clusters, (TbId){i < 2 ? "a" : "b", 1}, y[i], one, 1, 1);
	CHECK(tb_ols_cluster(clusters, &fit) == TB_OK && fit.clusters == 2, "two clusters");
	NEAR(fit.standard_error[0], 2, 1e-14, "scores -3 and 3: 18 / 9, times 2 / 1 * 2 / 2");
}

static void forged(void)
{
	TbState *state = NULL;
	double *last, kept;
	uint64_t *words;

	for (int i = 0; i < 3; i++)
		tb_rows_add(&state, i, (double[]){1, i}, 2, TB_HC1);
	state = tb_rows_shape.pack(state);
	words = tb_state_words(state);
	last = tb_state_doubles(state) + state->words - 1;
	kept = *last;
	CHECK(tb_rows_shape.check(state) == TB_OK, "a state");
	for (int k = 0; k < 3; k++) {
		*last = k == 0 ? 1e145 : k == 1 ? NAN : -INFINITY;
		CHECK(tb_rows_shape.check(state) == TB_CORRUPT, "a number that no row can have, in the last place");
	}
	*last = kept;
	last[-2] = 0;
	CHECK(tb_rows_shape.check(state) == TB_CORRUPT, "rows out of order");
	last[-2] = 2;
	for (int k = 0; k < 3; k++)
		for (int up = -1; up < 2; up += 2) {
			words[k] += k == 1 ? up * 9 : up;
			CHECK(tb_rows_shape.check(state) == TB_CORRUPT, "another width, kind or number of rows");
			words[k] -= k == 1 ? up * 9 : up;
		}
	words[2] = UINT64_C(1) << 62;
	CHECK(tb_rows_shape.check(state) == TB_CORRUPT, "rows beyond counting");
	words[2] = 3;
	refuses_flags_and_bytes(&tb_rows_shape, state);
	CHECK(tb_rows_shape.check(state) == TB_OK, "as it was");
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
	of_a_mean();
	forged();
	return unit_done();
}
