/* unit test of core/transition: margins, Rand by counting pairs, identities */
#include "../../src/core/territory/transition.h"

#include <string.h>

#include "samples.h"

static TbId id_of(int i)
{
	static char names[64][4];

	snprintf(names[i], sizeof(names[i]), "%02d", i);
	return (TbId){names[i], 2};
}

static TbFlows table_of(const int *a, const int *b, int n)
{
	TbState *state = tb_flow_new(&tb_transition_shape);
	TbFlows flows;

	for (int i = 0; i < n; i++)
		(void)tb_flow_add(&state, id_of(a[i]), id_of(b[i]), 1);
	(void)tb_flow_view(state, &flows);
	return flows;
}

int main(void)
{
	int a[40], b[40], same = 0;
	double before[64], after[64];
	TbFlows flows;
	TbPartitionSimilarity r;
	TbState *state = tb_flow_new(&tb_transition_shape), *packed;

	for (int i = 0; i < 40; i++) {
		a[i] = i * 7 % 5;
		b[i] = i * 11 % 13 / 3;
	}
	for (int i = 0; i < 40; i++)
		for (int j = 0; j < i; j++)
			same += (a[i] == a[j]) == (b[i] == b[j]);
	flows = table_of(a, b, 40);
	CHECK(tb_partition_similarity(&flows, &r) == TB_OK && r.total == 40, "forty items");
	NEAR(r.rand, same / 780., 1e-14, "Rand by counting pairs");
	CHECK(tb_transition_margins(&flows, before, after) == TB_OK && before[0] == 8 && after[4] == 3, "margins");
	flows = table_of(a, a, 40);
	(void)tb_partition_similarity(&flows, &r);
	CHECK(r.rand == 1 && r.adjusted_rand == 1 && r.variation_of_information == 0 && r.moved_share == 0, "equal partitions");
	for (int i = 0; i < 40; i++)
		b[i] = 0;
	flows = table_of(a, b, 40);
	(void)tb_partition_similarity(&flows, &r);
	NEAR(r.variation_of_information, log(5), 1e-14, "five even areas into one: their entropy");
	NEAR(r.adjusted_rand + 1, 1, 1e-14, "no better than chance");
	CHECK(r.moved_share == 0, "all go where most go");
	flows = table_of(b, b, 40);
	(void)tb_partition_similarity(&flows, &r);
	CHECK(r.rand == 1 && r.adjusted_rand == 1, "one area both times");
	flows = table_of(a, b, 1);
	(void)tb_partition_similarity(&flows, &r);
	CHECK(isnan(r.rand) && r.variation_of_information == 0, "one item has no pair");
	for (int i = 0; i < 60; i++)
		(void)tb_flow_add(&state, id_of(i), id_of((i * 7) % 60), 1e308);
	packed = tb_transition_shape.pack(state);
	CHECK(state->shape == TB_SHAPE_TRANSITION && packed->shape == TB_SHAPE_TRANSITION && tb_transition_shape.check(packed) == TB_OK,
		  "grown and packed, the state keeps its shape");
	(void)tb_flow_add(&packed, id_of(0), id_of(1), 1);
	CHECK(packed->shape == TB_SHAPE_TRANSITION && tb_flow_view(packed, &flows) == TB_OK, "and opened again");
	CHECK(tb_partition_similarity(&flows, &r) == TB_OUT_OF_RANGE, "a total beyond float8");
	CHECK(tb_transition_margins(&flows, before, after) == TB_OK && before[7] == 1e308, "whose margins are not");
	(void)tb_flow_add(&packed, id_of(8), id_of(3), 1e308);
	CHECK(tb_flow_view(packed, &flows) == TB_OK && tb_transition_margins(&flows, before, after) == TB_OUT_OF_RANGE,
		  "one margin beyond float8, of those who leave");
	return unit_done();
}
