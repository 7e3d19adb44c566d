/* unit test of core/linkage: a worked matrix, what is undefined, merging, forged states */
#include "../../src/core/flow/linkage.h"

#include "../../src/core/base/host.h"
#include "unit.h"

int main(void)
{
	TbState *state = tb_linkage_new(), *other = tb_linkage_new(), *vast = tb_linkage_new();
	TbLinkage l;

	CHECK(tb_linkage(state, &l) == TB_OK && l.total == 0 && isnan(l.intensity) && isnan(l.balance) && isnan(l.openness), "nothing flows");
	CHECK(isnan(l.external_internal) && isnan(l.rural_retention) && isnan(l.rural_effectiveness), "no ratio of nothing");
	tb_linkage_add(state, TB_URBAN, TB_RURAL, 30);
	tb_linkage_add(state, TB_RURAL, TB_URBAN, 50);
	tb_linkage_add(state, TB_URBAN, TB_URBAN, 100);
	tb_linkage_add(other, TB_RURAL, TB_RURAL, 20);
	tb_linkage_add(other, TB_PERI_URBAN, TB_URBAN, 40);
	tb_linkage_add(other, TB_PERI_URBAN, TB_RURAL, 5);
	tb_linkage_add(other, -1, TB_RURAL, 7);
	CHECK(tb_linkage_shape.merge(&state, other) == TB_OK && tb_linkage_shape.check(state) == TB_OK, "merge");
	CHECK(tb_linkage(state, &l) == TB_OK && l.total == 252 && l.unclassified == 7 && l.peri_urban_exchange == 45 && l.rural_net == -15, "sums");
	NEAR(l.intensity, 80.0 / 252, 1e-15, "intensity over all flow");
	NEAR(l.balance, -20.0 / 80, 1e-15, "balance");
	NEAR(l.openness, 80.0 * 245 / (130.0 * 55 + 70.0 * 190), 1e-15, "openness: observed over independence");
	NEAR(l.external_internal, (125.0 - 120) / 245, 1e-15, "external less internal");
	NEAR(l.rural_retention, 20.0 / 70, 1e-15, "retention");
	NEAR(l.rural_effectiveness, -1500.0 / 85, 1e-15, "effectiveness of the countryside");
	CHECK(l.matrix[TB_PERI_URBAN][TB_RURAL] == 5 && l.matrix[TB_RURAL][TB_PERI_URBAN] == 0, "matrix by origin, then destination");
	tb_linkage_add(state, TB_PERI_URBAN, TB_PERI_URBAN, 11);
	tb_linkage_add(state, TB_URBAN, TB_PERI_URBAN, 13);
	CHECK(tb_linkage(state, &l) == TB_OK && l.total == 276 && l.peri_urban_exchange == 58 && l.urban_internal == 100 && l.rural_internal == 20,
		  "flow within the fringe is no exchange");
	NEAR(l.external_internal, (138.0 - 131) / 269, 1e-14, "external less internal, with all classes");
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			tb_linkage_add(vast, i, j, ldexp(1, 900 + i));
	CHECK(tb_linkage(vast, &l) == TB_OK && l.openness == 1 && l.rural_retention == 1. / 3, "products of vast flows stay in range");
	other->flags = 1;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "flags");
	other->flags = 0;
	other->words--;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "too few sums");
	other->words++;
	CHECK(tb_linkage_shape.check(other) == TB_OK, "as it was");
	tb_state_doubles(other)[0] = -1;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "a negative sum");
	tb_state_doubles(other)[0] = 1;
	tb_state_doubles(other)[1] = 1;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "a sum that is not normal");
	tb_state_doubles(other)[0] = 0;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "a low part alone");
	tb_state_doubles(other)[0] = NAN;
	CHECK(tb_linkage_shape.check(other) == TB_CORRUPT, "not a number");
	tb_linkage_add(state, TB_URBAN, TB_URBAN, 1.7e308);
	CHECK(tb_linkage_add(state, TB_URBAN, TB_URBAN, 1.7e308) == TB_OUT_OF_RANGE, "a sum that overflows");
	tb_linkage_add(state, TB_RURAL, TB_RURAL, 1.7e308);
	CHECK(tb_linkage(state, &l) == TB_OUT_OF_RANGE, "a total that overflows");
	tb_free(state);
	tb_free(other);
	tb_free(vast);
	return unit_done();
}
