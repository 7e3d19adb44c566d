/* unit test of core/dependence: figures that PySAL's esda asserts, and a line by hand */
#include "../../src/core/estimate/dependence.h"

#include <string.h>

#include "samples.h"

static TbBag bag;

static void add(TbState **state, uint32_t i, uint32_t j, double a, double b)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	(void)tb_bag_add(&tb_spatial, state, (TbId[]){{letters + i, 1}, {letters + j, 1}}, (double[]){a, b, 1});
}

/* A lattice of rooks */
static TbNeighbours lattice(uint32_t side, const double *value)
{
	TbState *state = tb_bag_new(&tb_spatial, NULL, 0);
	TbNeighbours nb;
	uint32_t unit;

	for (uint32_t i = 0; i < side * side; i++)
		for (uint32_t j = 0; j < side * side; j++)
			if ((i / side == j / side && (i == j + 1 || j == i + 1)) || i == j + side || j == i + side)
				add(&state, i, j, value[i], value[j]);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	(void)tb_neighbours(&bag, &nb, &unit);
	return nb;
}

/* Points within 15 of each other */
static TbNeighbours points(void)
{
	const double x[6] = {10, 20, 40, 15, 30, 30}, y[6] = {10, 10, 10, 20, 20, 30}, value[6] = {2, 3, 3.2, 5, 8, 7};
	TbState *state = tb_bag_new(&tb_spatial, NULL, 0);
	TbNeighbours nb;
	uint32_t unit;

	for (uint32_t i = 0; i < 6; i++)
		for (uint32_t j = 0; j < 6; j++)
			if (i != j && hypot(x[i] - x[j], y[i] - y[j]) <= 15)
				add(&state, i, j, value[i], value[j]);
	(void)tb_bag_view(&tb_spatial, state, &bag);
	(void)tb_neighbours(&bag, &nb, &unit);
	return nb;
}

static void add_up(TbDependence *all, const TbDependence *one)
{
	all->value += one->value;
	all->p += one->value * one->value; /* squares */
	all->expected = one->expected;
	all->variance = one->variance;
}

/* Expectation and variance are those of all arrangements of four ones on nine units, counted */
static void every_arrangement(void)
{
	TbDependence all[3] = {{0}};
	TbJoins joins;
	int n = 0;

	for (int bits = 0; bits < 512; bits++) {
		double value[9];
		TbNeighbours nb;

		if (__builtin_popcount(bits) != 4)
			continue;
		for (int i = 0; i < 9; i++)
			value[i] = bits >> i & 1;
		nb = lattice(3, value);
		CHECK(tb_join_count(&nb, &joins) == TB_OK, "an arrangement");
		add_up(all, &joins.ones_joined);
		add_up(all + 1, &joins.zeros_joined);
		add_up(all + 2, &joins.mixed);
		n++;
	}
	CHECK(n == 126, "four of nine");
	for (int k = 0; k < 3; k++) {
		NEAR(all[k].expected, all[k].value / n, 1e-13, "the mean of all arrangements");
		NEAR(all[k].variance, all[k].p / n - pow(all[k].value / n, 2), 1e-12, "and their variance");
	}
}

int main(void)
{
	double nine[9], sixteen[16], bad[4] = {0, 1, 2, 1}, below[4] = {1, -1, 2, 3}, flat[4] = {1, 1, 1, 1}, four[4] = {1, 2, 3, 4};
	TbNeighbours nb;
	TbDependence r, normal;
	TbLocalGetis local[16];
	TbJoins joins;
	TbMoran moran, two;
	TbLocalMoran one[9], both[9];
	double value[9];
	uint32_t units, unit;
	size_t links;

	for (int i = 0; i < 16; i++) {
		nine[i % 9] = i % 9 + 1;
		sixteen[i] = i >= 8;
	}
	every_arrangement();
	nb = lattice(3, nine);
	CHECK(tb_moran(&nb, (TbPermutations){0, 0}, &moran) == TB_OK, "Moran of a lattice");
	NEAR(moran.randomised.variance, 0.0596875, 1e-14, "its variance under randomisation");
	NEAR(moran.variance, 0.053125, 1e-14, "and under normality");
	CHECK(tb_bivariate_moran(&bag, (TbPermutations){0, 0}, &two, &units, &links, &unit) == TB_OK && units == 9 && links == 24,
		  "a variable with itself");
	NEAR(two.i, moran.i, 1e-14, "is Moran's I");
	CHECK(tb_local_moran(&nb, (TbPermutations){0, 0}, one) == TB_OK &&
			  tb_local_bivariate_moran(&bag, (TbPermutations){99, 7}, both, value, &unit) == TB_OK,
		  "unit by unit");
	NEAR(both[0].i, one[0].i, 1e-14, "local Moran");
	NEAR(both[5].lag, one[5].lag, 1e-14, "its lag");
	CHECK(both[0].quadrant == one[0].quadrant && both[0].p > 0 && both[0].p <= 0.5 && value[4] == 5, "its quadrant, a p, and the value");
	CHECK(tb_geary(&nb, &r, &normal) == TB_OK && r.variance > 0 && normal.value == r.value, "Geary");
	/* 12 steps of 1 and 12 of 3 in both directions, squares 60 */
	NEAR(r.value, 8.0 * (12 + 12 * 9) / (2 * 24 * 60), 1e-14, "by hand");
	nb = lattice(4, sixteen);
	CHECK(tb_join_count(&nb, &joins) == TB_OK && joins.ones == 8 && joins.ones_joined.value == 10 && joins.zeros_joined.value == 10 &&
			  joins.mixed.value == 4,
		  "joins");
	NEAR(joins.ones_joined.expected + joins.zeros_joined.expected + joins.mixed.expected, 24, 1e-14, "expectations add up to all joins");
	nb = points();
	CHECK(tb_getis_ord(&nb, &r) == TB_OK, "G");
	NEAR(r.value, 0.55709779, 1e-7, "as esda prints it");
	NEAR(r.p / 2, 0.172936, 1e-5, "with its one-sided p");
	CHECK(tb_local_getis(&nb, local) == TB_OK, "local G");
	NEAR(local[0].g, -1.0136729, 1e-7, "of the first point");
	NEAR(local[0].g_star, -1.39727626, 1e-7, "and with itself");
	nb = lattice(2, bad);
	CHECK(tb_join_count(&nb, &joins) == TB_INVALID, "a class 2");
	nb = lattice(2, below);
	CHECK(tb_getis_ord(&nb, &r) == TB_INVALID, "below 0");
	nb = lattice(2, flat);
	CHECK(tb_geary(&nb, &r, &normal) == TB_UNDEFINED && tb_local_getis(&nb, local) == TB_UNDEFINED &&
			  tb_moran(&nb, (TbPermutations){0, 0}, &moran) == TB_UNDEFINED,
		  "no variation");
	nb = lattice(2, four);
	CHECK(tb_geary(&nb, &r, &normal) == TB_OK && nb.n == 4 && !isinf(r.variance), "four units");
	return unit_done();
}
