/* unit test of core/spatial: four places in a row worked out by hand; identities; permutations that a seed fixes */
#include "../../src/core/estimate/spatial.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/state/bag_kinds.h"
#include "context.h"
#include "unit.h"

static TbBag bag;
static TbState *state;

static TbId id(const char *text)
{
	return (TbId){text, text ? strlen(text) : 0};
}

static void pair(const char *a, const char *b, double x, double y, double w)
{
	TbId ids[2] = {id(a), id(b)};
	double values[3] = {x, b ? y : NAN, b ? w : NAN};

	(void)tb_bag_add(&tb_spatial, &state, ids, values);
}

static TbStatus view(TbNeighbours *neighbours)
{
	uint32_t unit = 0;

	(void)tb_bag_view(&tb_spatial, state, &bag);
	return tb_neighbours(&bag, neighbours, &unit);
}

/* The row that repeats a pair, 0 if none does */
static size_t repeated_pair(void)
{
	size_t row = 0;

	(void)tb_bag_view(&tb_spatial, state, &bag);
	return tb_bag_pair_twice(&bag, &row) ? row : 0;
}

/* Of pairs in one direction only, where a unit beside itself is none; the last pair is the one whose reverse is looked for first */
static void directions(void)
{
	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "a", 1, 1, 1);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	CHECK(!tb_bag_one_way(&bag), "no pair of two units");
	pair("a", "b", 1, 3, 1);
	pair("b", "c", 3, 2, 1);
	pair("c", NULL, 2, 0, 0);
	pair("d", "a", 5, 1, 1);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	CHECK(tb_bag_one_way(&bag), "all in one direction");
	pair("c", "b", 2, 3, 1);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	CHECK(!tb_bag_one_way(&bag), "but one");
	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "b", 1, 3, 1);
	pair("d", "b", 5, 3, 1);
	pair("b", "d", 3, 5, 1);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	CHECK(!tb_bag_one_way(&bag), "the last of a unit's pairs");
}

/* Two places: every permutation gives what is there, so p is 1 */
static void two_places(void)
{
	TbNeighbours nb;
	TbMoran m;
	TbLocalMoran local[2];
	TbSpatialGini g;

	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "b", 1, 3, 1);
	pair("b", "a", 3, 1, 1);
	CHECK(view(&nb) == TB_OK && tb_moran(&nb, (TbPermutations){99, 5}, &m) == TB_OK, "two places");
	NEAR(m.i, -1, 1e-15, "as unlike as can be");
	NEAR(m.p, 1, 0, "no order is any other");
	CHECK(tb_local_moran(&nb, (TbPermutations){99, 5}, local) == TB_OK && local[0].quadrant == 2 && local[1].quadrant == 4,
		  "low by high, high by low");
	NEAR(local[0].i, -1, 1e-15, "local I");
	NEAR(local[0].lag, 1, 1e-15, "the neighbour is 1 above the mean");
	NEAR(local[1].p, 1, 0, "one way to draw");
	CHECK(tb_spatial_gini(&nb, (TbPermutations){99, 5}, &g) == TB_OK && isnan(g.polarisation), "no others");
	NEAR(g.gini, 0.25, 1e-15, "2 * 2 over 2 * 4 * 2");
	NEAR(g.p, 1, 0, "no order is any other");
	pair("a", "a", 1, 1, 1);
	CHECK(view(&nb) == TB_OK && tb_local_moran(&nb, (TbPermutations){99, 5}, local) == TB_OK && isnan(local[0].p) && !isnan(local[1].p),
		  "one's own neighbour cannot be drawn");
}

/* a and b look at c, who looks at nobody: S0 = 3, S1 = 1 + 4, S2 = 1 + 4 + 9 */
static void one_way(void)
{
	TbNeighbours nb;
	TbMoran m;

	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "c", 1, 3, 1);
	pair("b", "c", 2, 3, 2);
	CHECK(view(&nb) == TB_OK && nb.links == 2 && tb_moran(&nb, (TbPermutations){0, 0}, &m) == TB_OK, "weights one way");
	NEAR(m.i, -0.5, 1e-15, "3/3 times -1/2");
	NEAR(m.variance, (9 * 5 - 3 * 14 + 3 * 9) / 72. - 0.25, 1e-14, "variance by Cliff and Ord");
	CHECK(fabs(m.z) < 1e-14 && fabs(m.p - 1) < 1e-14, "as expected");
}

/* b, 1 above the mean, looks at a, 5 above; the others are 3 below: one draw of three is as high */
static void one_in_three(void)
{
	TbNeighbours nb;
	TbLocalMoran local[4];

	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("b", "a", 5, 9, 1);
	pair("c", NULL, 1, 0, 0);
	pair("d", NULL, 1, 0, 0);
	CHECK(view(&nb) == TB_OK && tb_local_moran(&nb, (TbPermutations){999, 3}, local) == TB_OK, "one neighbour of three");
	CHECK(fabs(local[1].p - 1. / 3) < 0.06, "p near 1/3, within four deviations");
	NEAR(local[1].i, 5. / 11, 1e-14, "1 * 5 over (25 + 1 + 9 + 9) / 4");
}

/* a has 7, ten others 0: no draw for a differs from what is there; of those for others with three neighbours three in ten have a among them. Sums of these weights
 * depend on their order by a bit */
static void most_are_zero(void)
{
	TbNeighbours nb;
	TbMoran m;
	TbLocalMoran local[11];

	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "c", 7, 0, 1. / 3);
	pair("a", "d", 7, 0, 1. / 7);
	pair("a", "e", 7, 0, 1. / 9);
	pair("b", "a", 0, 7, 1. / 3);
	pair("b", "f", 0, 0, 1. / 3);
	pair("b", "g", 0, 0, 1. / 3);
	pair("c", "d", 0, 0, 1. / 3);
	pair("c", "e", 0, 0, 1. / 3);
	pair("c", "f", 0, 0, 1. / 3);
	pair("h", "i", 0, 0, 1);
	pair("j", "k", 0, 0, 1);
	CHECK(view(&nb) == TB_OK && nb.n == 11 && tb_local_moran(&nb, (TbPermutations){9999, 3}, local) == TB_OK, "one of eleven is not zero");
	NEAR(local[0].p, 1, 0, "its neighbours are zero whichever they are");
	CHECK(fabs(local[1].p - 0.3) < 0.019, "who looks at it: three draws of ten do, within four deviations");
	CHECK(fabs(local[2].p - 0.7) < 0.019, "who does not: seven draws of ten do not, within four deviations");
	CHECK(tb_moran(&nb, (TbPermutations){9999, 3}, &m) == TB_OK && m.p > 0.1, "no pattern");
}

/* Of all orders of four places in a row, the share in which neighbours are at least as much alike as in ascending order */
static double share_of_orders(void)
{
	int above = 0;

	for (int code = 0; code < 256; code++) {
		int at[4] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
		double sum = 0;

		for (int i = 0; i < 3; i++)
			sum += (at[i] - 1.5) * (at[i + 1] - 1.5);
		above += (1 << at[0] | 1 << at[1] | 1 << at[2] | 1 << at[3]) == 15 && sum >= 1.25;
	}
	return above / 24.;
}

/* a, above the mean, looks at b; c is as high as b, d and e are lower: two draws of four are as high */
static void two_in_four(void)
{
	TbNeighbours nb;
	TbLocalMoran local[5];

	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "b", 5, 3, 1);
	pair("c", NULL, 3, 0, 0);
	pair("d", NULL, 0, 0, 0);
	pair("e", NULL, 0, 0, 0);
	CHECK(view(&nb) == TB_OK && tb_local_moran(&nb, (TbPermutations){999, 3}, local) == TB_OK, "one neighbour of four");
	CHECK(fabs(local[0].p - 0.5) < 0.064, "p near 1/2, within four deviations");
	CHECK(local[4].i == 0 && !signbit(local[4].i), "below the mean without neighbours: 0, not -0");
}

static void limits(void)
{
	const double good[3] = {99, 5, 4294967295.0}, none[3] = {0, 5, 5}, broken[3] = {99, 0.5, 5}, below[3] = {99, 5, -1},
				 high[3] = {99, 4294967296.0, 5}, low[3] = {99, 5, 4294967296.0}, half[3] = {99, 5, 0.5}, many[3] = {TB_PERMUTATIONS + 1, 5, 5},
				 first[3] = {99, -1, 5};
	const TbPermutations asked = {99, UINT64_C(0x123456789abcdef0)};
	const double *bad[] = {none, broken, below, high, low, half, many, first};
	double param[3];
	TbPermutations back;
	TbNeighbours nb;
	TbMoran m;
	TbLocalMoran local[2];
	TbSpatialGini g;
	bool refused = true;

	for (int i = 0; i < 8; i++)
		refused &= !tb_spatial_params_ok(bad[i], 3);
	CHECK(refused && !tb_spatial_params_ok(good, 2), "parameters that no aggregate writes");
	CHECK(tb_spatial_params_ok(good, 3) && tb_spatial_params_ok(NULL, 0), "and such that it does");
	tb_spatial_params(asked, param);
	CHECK(tb_spatial_params_ok(param, 3), "a seed of 64 bits");
	back = tb_spatial_permutations(&(TbBag){.params = 3, .param = param});
	CHECK(back.n == 99 && back.seed == asked.seed, "comes back");
	CHECK(tb_spatial_permutations(&(TbBag){.params = 0}).n == 0, "none asked for");
	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", NULL, 1, 0, 0);
	pair("b", NULL, 3, 0, 0);
	CHECK(view(&nb) == TB_OK && tb_moran(&nb, (TbPermutations){0, 0}, &m) == TB_UNDEFINED &&
			  tb_local_moran(&nb, (TbPermutations){0, 0}, local) == TB_UNDEFINED,
		  "no neighbours: undefined");
	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "b", 1, 3, 1.1);
	pair("b", "a", 3, 1, 1.1);
	CHECK(view(&nb) == TB_OK && tb_spatial_gini(&nb, (TbPermutations){0, 0}, &g) == TB_OK && isnan(g.polarisation),
		  "weights that exceed the pairs leave none to others");
	state = tb_bag_new(&tb_spatial, NULL, 0);
	pair("a", "b", -1e300, 1e300, 1e20);
	pair("b", "a", 1e300, -1e300, 1e20);
	CHECK(view(&nb) == TB_OK && tb_local_moran(&nb, (TbPermutations){0, 0}, local) == TB_INVALID, "a lag that no number holds");
}

int main(void)
{
	static const char *const name[] = {"a", "b", "c", "d"};
	TbNeighbours nb;
	TbMoran m, again;
	TbLocalMoran local[5];
	TbSpatialGini g;
	double sum = 0;

	state = tb_bag_new(&tb_spatial, NULL, 0);
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
	NEAR(g.polarisation, 7. / 3, 1e-13, "over the neighbours', six pairs each");
	NEAR(local[0].i, 0.6, 1e-14, "local I at the end");
	NEAR(local[1].i, 0.4, 1e-14, "and in the middle");
	NEAR(local[1].lag, -1, 1e-14, "neighbours 1.5 below and 0.5 above the mean");
	CHECK(tb_moran(&nb, (TbPermutations){99, 7}, &m) == TB_OK && tb_moran(&nb, (TbPermutations){99, 7}, &again) == TB_OK && m.p == again.p,
		  "a seed fixes p");
	CHECK(tb_moran(&nb, (TbPermutations){19999, 7}, &m) == TB_OK, "many permutations");
	NEAR(m.p, share_of_orders(), 4 / sqrt(share_of_orders() * 20000), "p by counting all orders, within four deviations");

	pair("e", NULL, 10, 0, 0);
	CHECK(view(&nb) == TB_OK && nb.n == 5 && nb.links == 6, "an island is a unit");
	CHECK(tb_local_moran(&nb, (TbPermutations){9, 1}, local) == TB_OK && local[4].quadrant == 0 && local[4].i == 0 && isnan(local[4].p),
		  "without neighbours");
	CHECK(!tb_bag_one_way(&bag), "pairs in both directions, and an island");
	pair("e", NULL, 10, 0, 0);
	CHECK(repeated_pair() == 0, "an island may stand twice");
	pair("a", "b", 1, 2, 1);
	CHECK(repeated_pair() == 1, "the pair that stands twice is found");
	pair("a", "c", 1, 99, 1);
	CHECK(view(&nb) == TB_INVALID, "a unit with two values");
	directions();
	two_places();
	one_way();
	one_in_three();
	most_are_zero();
	two_in_four();
	limits();
	return unit_done();
}
