/* unit test of core/cluster_set: keys in any order, growth, merge of open and packed, canonical bytes, forged states */
#include "../../src/core/state/cluster_set.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

#define ROWS 3000
#define CLUSTERS 700

static TbState *build(int from, int to, int step)
{
	TbState *state = NULL;

	for (int i = from; i != to; i += step) {
		char key[16];
		double x[2] = {1, i % 97};
		int length = snprintf(key, sizeof key, "c%d", i * 11 % CLUSTERS);

		if (tb_cluster_add(&state, (TbId){key, length}, i * 0.25, x, 2, 1 + i % 2) != TB_OK)
			CHECK(false, "a row");
	}
	return state;
}

static bool same(const TbState *a, const TbState *b)
{
	a = tb_cluster_shape.pack(a);
	b = tb_cluster_shape.pack(b);
	return a->size == b->size && memcmp(&a->magic, &b->magic, a->size - 4) == 0;
}

int main(void)
{
	TbState *whole = build(0, ROWS, 1), *parts = tb_cluster_shape.pack(build(2000, ROWS, 1)), *packed = tb_cluster_shape.pack(whole);
	TbState *wide = NULL;
	static double many[201];
	TbClusters view;
	double x[1] = {1}, far[2] = {1, 1e180};

	CHECK(tb_cluster_view(whole, &view) == TB_OK && view.clusters == CLUSTERS && view.whole.n == ROWS, "clusters and rows");
	CHECK(tb_id_compare(view.id[0], view.id[1]) < 0 && view.moments[0].n + 1 >= ROWS / CLUSTERS, "sorted by key");
	CHECK(tb_moment(&view.whole, 0, 0).hi == ROWS * 1.5, "weights of the whole");
	NEAR(view.whole.log_weight.hi, ROWS / 2 * log(2), 1e-13, "logarithms of the weights: every other row has weight 2");
	CHECK(same(whole, build(ROWS - 1, -1, -1)), "reversed rows: same bytes");
	CHECK(tb_cluster_shape.merge(&parts, build(0, 500, 1)) == TB_OK &&
			  tb_cluster_shape.merge(&parts, tb_cluster_shape.pack(build(500, 2000, 1))) == TB_OK,
		  "merge");
	CHECK(same(whole, parts), "merged parts: same bytes");
	CHECK(tb_cluster_shape.check(packed) == TB_OK, "packed form is valid");
	CHECK(tb_cluster_add(&parts, (TbId){"c1", 2}, 1, x, 1, 1) == TB_MISMATCH, "another number of regressors");
	CHECK(tb_cluster_add(&parts, (TbId){"c1", 2}, 1, far, 2, 1) == TB_OUT_OF_RANGE, "a square that overflows");
	CHECK(tb_cluster_add(&parts, (TbId){"c1", 2}, 1, x, 0, 1) == TB_TOO_LARGE &&
			  tb_cluster_add(&parts, (TbId){"c1", 2}, 1, many, 201, 1) == TB_TOO_LARGE,
		  "0 and 201 regressors");
	CHECK(tb_cluster_add(&wide, (TbId){"c1", 2}, 1, many, 200, 1) == TB_OK, "200 regressors");
	for (int k = 2; k < 4; k++) {
		double log = tb_state_doubles(packed)[k];

		tb_state_doubles(packed)[k] = k == 2 ? INFINITY : NAN;
		CHECK(tb_cluster_shape.check(packed) == TB_CORRUPT, "logarithms that are no number");
		tb_state_doubles(packed)[k] = log;
	}
	tb_state_words(packed)[4 + CLUSTERS] = 0;
	CHECK(tb_cluster_shape.check(packed) == TB_CORRUPT, "a cluster without rows");
	tb_state_words(packed)[4 + CLUSTERS] = view.moments[0].n;
	CHECK(tb_cluster_shape.check(packed) == TB_OK, "as it was");
	tb_state_words(packed)[1]++;
	CHECK(tb_cluster_shape.check(packed) == TB_CORRUPT, "one cluster too many");
	tb_state_words(packed)[1] = UINT64_MAX / 2;
	CHECK(tb_cluster_shape.check(packed) == TB_CORRUPT, "absurdly many clusters");
	tb_state_words(packed)[1] = CLUSTERS;
	tb_state_bytes(packed)[0] = '\xff';
	CHECK(tb_cluster_shape.check(packed) == TB_CORRUPT, "a key that is no UTF-8");
	return unit_done();
}
