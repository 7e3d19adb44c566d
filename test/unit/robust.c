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
		tb_rows_add(&whole, y, x, 3, TB_HC0, NULL);
		tb_rows_add(i < 17 ? &part : &rest, y, x, 3, TB_HC0, NULL);
	}
	CHECK(tb_rows_shape.merge(&part, tb_rows_shape.pack(rest)) == TB_OK, "merge");
	packed = tb_rows_shape.pack(part);
	whole = tb_rows_shape.pack(whole);
	CHECK(packed->size == whole->size && memcmp(tb_state_words(packed), tb_state_words(whole), packed->words * 8) == 0, "the same bytes");
	CHECK(tb_rows_add(&part, y, x, 3, TB_HC1, NULL) == TB_INVALID && tb_rows_add(&part, y, x, 2, TB_HC0, NULL) == TB_MISMATCH,
		  "another kind, another width");
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
			tb_rows_add(&state, y[i], one, 1, kind, NULL);
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
		tb_rows_add(&state, i, (double[]){1, i}, 2, TB_HC1, NULL);
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

/* Weights: rows times their roots are a regression of equal variances, whose constant is no constant any more */
static void weighted(void)
{
	for (TbCovariance kind = TB_HC0; kind <= TB_HC3; kind++) {
		TbState *state = NULL, *roots = NULL, *once = NULL, *twice = NULL;
		TbRegression fit, other, a, b;

		for (int i = 0; i < ROWS; i++) {
			double y, x[3], w = 0.5 + i % 4;

			row(i, &y, x);
			CHECK(tb_rows_add(&state, y, x, 3, kind, &w) == TB_OK, "a weighted row");
			CHECK(tb_rows_add(&roots, y * sqrt(w), (double[]){x[0] * sqrt(w), x[1] * sqrt(w), x[2] * sqrt(w)}, 3, kind, NULL) == TB_OK,
				  "a row times a root");
			w = 1;
			tb_rows_add(&once, y, x, 3, kind, &w);
			tb_rows_add(&twice, y, x, 3, kind, NULL);
			CHECK(i > 0 || (tb_rows_add(&state, y, x, 3, kind, NULL) == TB_INVALID && tb_rows_add(&twice, y, x, 3, kind, &w) == TB_INVALID),
				  "all rows have a weight, or none");
		}
		state = tb_rows_shape.pack(state);
		CHECK(tb_rows_shape.check(state) == TB_OK && tb_ols_rows(state, &fit) == TB_OK, "a valid state");
		CHECK(tb_ols_rows(tb_rows_shape.pack(roots), &other) == TB_OK, "by roots");
		for (int i = 0; i < 3; i++) {
			NEAR(fit.coefficient[i], other.coefficient[i], 1e-13, "coefficients");
			NEAR(fit.standard_error[i], other.standard_error[i], 1e-12, "robust errors with weights");
		}
		CHECK(fit.constant && !other.constant, "a constant stays one");
		CHECK(tb_ols_rows(tb_rows_shape.pack(once), &a) == TB_OK && tb_ols_rows(tb_rows_shape.pack(twice), &b) == TB_OK, "weights of 1");
		CHECK(memcmp(a.standard_error, b.standard_error, 3 * sizeof(double)) == 0 && a.log_likelihood == b.log_likelihood, "say nothing");
		tb_state_doubles(state)[3 + 4] = -1;
		CHECK(tb_rows_shape.check(state) == TB_CORRUPT, "a forged weight");
	}
}

int main(void)
{
	weighted();
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
