/* unit test of core/spatial: four places in a row worked out by hand; identities; permutations that a seed fixes */
#include "../../src/core/spatial.h"

#include <string.h>

#include "../../src/core/host.h"
#include "context.h"
#include "unit.h"

static TbRelation relation;
static TbState *state;

static TbId id(const char *text)
{
	return (TbId){text, text ? strlen(text) : 0};
}

static void pair(const char *a, const char *b, double x, double y, double w)
{
	TbId ids[2] = {id(a), id(b)};
	double values[3] = {x, b ? y : NAN, b ? w : NAN};

	(void)tb_relation_add(&tb_spatial, &state, ids, values);
}

static TbStatus view(TbNeighbours *neighbours)
{
	uint32_t unit = 0;

	(void)tb_relation_view(&tb_spatial, state, &relation);
	return tb_neighbours(&relation, neighbours, &unit);
}

int main(void)
{
	static const char *const name[] = {"a", "b", "c", "d"};
	TbNeighbours nb;
	TbMoran m, again;
	TbLocalMoran local[5];
	TbSpatialGini g;
	double sum = 0;

	state = tb_relation_new(&tb_spatial, NULL, 0);
	for (int i = 0; i < 3; i++) {
		pair(name[i], name[i + 1], i + 1, i + 2, 1);
		pair(name[i + 1], name[i], i + 2, i + 1, 1);
	}
	CHECK(view(&nb) == TB_OK && nb.n == 4 && nb.links == 6, "four places in a row");
	CHECK(tb_moran(&nb, (TbPermutations){0, 0}, &m) == TB_OK, "Moran's I");
	NEAR(m.i, 1.0 / 3, 1e-14, "I = 1/3");
	NEAR(m.expected, -1.0 / 3, 1e-14, "expectation");
	NEAR(m.variance, 4.0 / 27, 1e-14, "variance under normality");
	NEAR(m.z, sqrt(3), 1e-14, "z");
	NEAR(m.p, erfc(sqrt(1.5)), 1e-12, "two-sided p");
	CHECK(tb_local_moran(&nb, (TbPermutations){0, 0}, local) == TB_OK, "local Moran");
	for (int i = 0; i < 4; i++)
		sum += local[i].i;
	NEAR(sum, 6 * m.i, 1e-14, "local values add up to S0 I");
	CHECK(local[0].quadrant == 3 && local[3].quadrant == 1 && isnan(local[0].p), "low beside low, high beside high");
	CHECK(tb_spatial_gini(&nb, (TbPermutations){0, 0}, &g) == TB_OK, "spatial Gini");
	NEAR(g.gini, 0.25, 1e-15, "gini of 1, 2, 3, 4");
	NEAR(g.neighbour, 0.075, 1e-15, "between neighbours");
	NEAR(g.non_neighbour, 0.175, 1e-14, "between others");
	CHECK(tb_moran(&nb, (TbPermutations){99, 7}, &m) == TB_OK && tb_moran(&nb, (TbPermutations){99, 7}, &again) == TB_OK && m.p == again.p,
		  "a seed fixes p");
	CHECK(m.p > 0 && m.p <= 0.51, "p is on the side of I");

	pair("e", NULL, 10, 0, 0);
	CHECK(view(&nb) == TB_OK && nb.n == 5 && nb.links == 6, "an island is a unit");
	CHECK(tb_local_moran(&nb, (TbPermutations){9, 1}, local) == TB_OK && local[4].quadrant == 0 && local[4].i == 0 && isnan(local[4].p),
		  "without neighbours");
	pair("a", "b", 1, 2, 1);
	CHECK(view(&nb) == TB_OK && nb.links == 6 && nb.weight[0] == 2, "a repeated pair adds up");
	pair("a", "c", 1, 99, 1);
	CHECK(view(&nb) == TB_INVALID, "a unit with two values");
	return unit_done();
}
