/* unit test of core/price_surface: weights, hits, out of reach, merge, and a grid against the means of its cells */
#include "../../src/core/estimate/price_surface.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "forged.h"
#include "unit.h"

static void kernels(void)
{
	for (TbKernel k = TB_GAUSSIAN; k < TB_KERNELS; k++) {
		double before = 2;

		NEAR(tb_kernel_weight(k, 0, 3), 1, 0, "1 at distance 0");
		CHECK(tb_kernel_weight(k, 0, 0) == 1 && tb_kernel_weight(k, 1e-9, 0) == 0, "bandwidth 0");
		for (double d = 0; d < 4; d += 0.5) {
			double w = tb_kernel_weight(k, d, 3);

			CHECK(w >= 0 && w <= before, "falls with distance");
			before = w;
		}
		CHECK(k == TB_GAUSSIAN ? tb_kernel_weight(k, 3, 3) > 0.6 : tb_kernel_weight(k, 3, 3) == 0, "at the bandwidth");
	}
	NEAR(tb_kernel_weight(TB_BISQUARE, 1, 2), 0.5625, 1e-15, "bisquare");
	NEAR(tb_kernel_weight(TB_TRICUBE, 1, 2), 0.669921875, 1e-15, "tricube");
	NEAR(tb_kernel_weight(TB_EPANECHNIKOV, 1, 2), 0.75, 1e-15, "epanechnikov");
	NEAR(tb_kernel_weight(TB_GAUSSIAN, 2, 2), exp(-0.5), 1e-15, "gaussian");
}

static double two(double power, double near, double far, bool merged)
{
	TbState *state = NULL, *other = NULL;
	double value = NAN;

	tb_surface_add(&state, 10, near, TB_INVERSE_DISTANCE, power);
	tb_surface_add(merged ? &other : &state, 40, far, TB_INVERSE_DISTANCE, power);
	if (merged)
		tb_surface_shape.merge(&state, other);
	CHECK(tb_surface_shape.check(state) == TB_OK, "a valid state");
	return tb_surface(state, &value) == TB_OK ? value : NAN;
}

/* Weights beyond float8, of which only the shares matter */
static void scales(void)
{
	TbState *state = NULL, *former;
	double value;

	for (int merged = 0; merged < 2; merged++) {
		NEAR(two(400, 10, 20, merged), 10, 1e-15, "power 400: the nearer value");
		NEAR(two(400, 20, 10, merged), 40, 1e-15, "whichever comes first");
		NEAR(two(400, 1e-3, 1.001e-3, merged), 10 + 30 / (1 + pow(1.001, 400)), 1e-12, "weights of 1e1200");
		NEAR(two(2, 1e-300, 2e-300, merged), 16, 1e-15, "distances of 1e-300");
		NEAR(two(2, 1e300, 2e300, merged), 16, 1e-15, "distances of 1e300");
	}
	tb_surface_add(&state, 10, 100, 1 + TB_GAUSSIAN, 1);
	tb_surface_add(&state, 40, 100.01, 1 + TB_GAUSSIAN, 1);
	CHECK(tb_surface(state, &value) == TB_OK, "a gaussian has no end");
	NEAR(value, 10 + 30 / (1 + exp((100.01 * 100.01 - 1e4) / 2)), 1e-11, "and its shares are right far out");
	tb_surface_add(&state, 70, 1e200, 1 + TB_GAUSSIAN, 1e-200);
	state = NULL;
	tb_surface_add(&state, 70, 1e200, 1 + TB_GAUSSIAN, 1e-200);
	CHECK(tb_surface(state, &value) == TB_UNDEFINED && tb_surface_shape.check(state) == TB_OK, "but where its square is beyond all numbers");
	/* as version 1.0 wrote it: no exponent, weights as they were */
	former = tb_state_new(&tb_surface_shape, 10, 0);
	tb_state_doubles(former)[1] = 2;
	tb_state_words(former)[2] = 2;
	tb_state_doubles(former)[4] = 10 + 40 / 4.0;
	tb_state_doubles(former)[6] = 1.25;
	CHECK(tb_surface_shape.check(former) == TB_OK && tb_surface(former, &value) == TB_OK && value == 16, "a state of version 1.0");
	state = NULL;
	tb_surface_add(&state, 70, 1e-3, TB_INVERSE_DISTANCE, 2);
	CHECK(tb_surface_shape.merge(&state, former) == TB_OK && tb_surface(state, &value) == TB_OK, "merges into one of this");
	NEAR(value, (70e6 + 20) / (1e6 + 1.25), 1e-15, "with its weight");
	CHECK(tb_surface_add(&former, 70, 1e-3, TB_INVERSE_DISTANCE, 2) == TB_OK && tb_surface(former, &value) == TB_OK, "and takes rows");
	NEAR(value, (70e6 + 20) / (1e6 + 1.25), 1e-15, "to the same end");
	CHECK(former->words == 11 && tb_state_doubles(former)[10] == 20, "1e6 is 0.95 times 2^20");
	tb_state_doubles(former)[10] = 0.5;
	CHECK(tb_surface_shape.check(former) == TB_CORRUPT, "an exponent that is not whole");
	tb_state_doubles(former)[10] = NAN;
	CHECK(tb_surface_shape.check(former) == TB_CORRUPT, "or none");
	state = NULL;
	tb_surface_add(&state, 1e300, 2, TB_INVERSE_DISTANCE, 2);
	tb_surface_add(&state, 4e300, 4, TB_INVERSE_DISTANCE, 2);
	CHECK(tb_surface(state, &value) == TB_OK, "values of 1e300");
	NEAR(value, 1.6e300, 1e-15, "and their mean");
}

static void targets(void)
{
	TbState *state = NULL, *other = NULL, *hit = NULL;
	double value;

	tb_surface_add(&state, 10, 1, TB_INVERSE_DISTANCE, 2);
	tb_surface_add(&other, 40, 2, TB_INVERSE_DISTANCE, 2);
	CHECK(tb_surface_shape.merge(&state, other) == TB_OK && tb_surface(state, &value) == TB_OK, "merge");
	NEAR(value, (10 + 40 / 4.0) / 1.25, 1e-15, "inverse squared distance");
	tb_surface_add(&hit, 7, 0, TB_INVERSE_DISTANCE, 2);
	tb_surface_add(&hit, 9, 0, TB_INVERSE_DISTANCE, 2);
	tb_surface_add(&hit, 90, 1e-200, TB_INVERSE_DISTANCE, 2);
	tb_surface_shape.merge(&state, hit);
	CHECK(tb_surface(state, &value) == TB_OK && value == 8, "points at the target decide alone");
	CHECK(tb_surface_add(&state, 7, 1, TB_INVERSE_DISTANCE, 3) == TB_MISMATCH && tb_surface_add(&state, 7, 1, 1 + TB_BISQUARE, 2) == TB_MISMATCH,
		  "parameters must agree");
	other = NULL;
	tb_surface_add(&other, 40, 2, TB_INVERSE_DISTANCE, 3);
	CHECK(tb_surface_shape.merge(&state, other) == TB_MISMATCH, "also when states merge");
	tb_surface_add(&other, 10, 1, TB_INVERSE_DISTANCE, 3);
	CHECK(tb_surface(other, &value) == TB_OK && fabs(value - 15 / 1.125) < 1e-14, "inverse cubed distance");
	state = NULL;
	tb_surface_add(&state, 7, 5, 1 + TB_BISQUARE, 2);
	CHECK(tb_surface(state, &value) == TB_UNDEFINED, "nothing in reach");
	CHECK(tb_surface_shape.check(state) == TB_OK, "a valid state");
	CHECK(tb_state_words(state)[2] == 1, "rows are counted");
	tb_surface_shape.merge(&state, state);
	CHECK(tb_state_words(state)[2] == 2, "and add up");
	tb_state_doubles(state)[1] = -1;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "a negative parameter");
	tb_state_doubles(state)[1] = 0;
	CHECK(tb_surface_shape.check(state) == TB_OK, "parameter 0 is one");
	tb_state_doubles(state)[4] = NAN;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "a sum that is no number");
	tb_state_doubles(state)[4] = 1e308;
	other = state;
	CHECK(tb_surface_shape.merge(&other, state) == TB_OUT_OF_RANGE, "an overflow in merging");
	tb_state_doubles(state)[4] = 1;
	tb_state_doubles(state)[5] = 1;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "parts that overlap");
	tb_state_doubles(state)[5] = 0;
	for (int k = 4; k < 10; k++) {
		double good = tb_state_doubles(state)[k];

		tb_state_doubles(state)[k] = k % 2 ? 1e-3 : INFINITY;
		CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "any sum, either part");
		tb_state_doubles(state)[k] = good;
	}
	CHECK(tb_surface_shape.check(state) == TB_OK, "as it was");
	tb_state_doubles(state)[6] = -1;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "a negative weight");
	tb_state_doubles(state)[6] = 0;
	tb_state_words(state)[3] = tb_state_words(state)[2] + 1;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "more hits than rows");
	tb_state_words(state)[3] = 0;
	tb_state_words(state)[0] = 1 + TB_UNIFORM;
	tb_state_words(state)[2] = (uint64_t)1 << 53;
	CHECK(tb_surface_shape.check(state) == TB_OK, "the last kernel, and as many rows as there may be");
	tb_state_words(state)[2]++;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "one more");
	tb_state_words(state)[2] = 2;
	refuses_flags_and_bytes(&tb_surface_shape, state);
	tb_state_words(state)[2] = 0;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "no rows");
	tb_state_words(state)[2] = 2;
	tb_state_words(state)[0] = 99;
	CHECK(tb_surface_shape.check(state) == TB_CORRUPT, "a method that does not exist");
}

static double mean_at(double x, double y, double h, TbKernel kernel, uint64_t *n)
{
	double sum = 0, weights = 0;

	*n = 0;
	for (int i = 0; i < 200; i++) {
		double w = tb_kernel_weight(kernel, hypot(i * 37 % 101 - x, i * 53 % 89 - y), h);

		if (kernel == TB_GAUSSIAN && hypot(i * 37 % 101 - x, i * 53 % 89 - y) > TB_GRID_REACH * h)
			w = 0;
		*n += w > 0;
		sum += w * (i % 17);
		weights += w;
	}
	return sum / weights;
}

static void grids(void)
{
	for (TbKernel k = TB_GAUSSIAN; k < TB_KERNELS; k++) {
		TbState *state = NULL, *half = NULL;
		TbSurfaceCell *cell;
		size_t n, wrong = 0;
		uint64_t m;

		for (int i = 0; i < 200; i++)
			CHECK(tb_grid_add(i % 2 ? &state : &half, i * 37 % 101, i * 53 % 89, i % 17, 4, 6, k) == TB_OK, "a point");
		CHECK(tb_grid_shape.merge(&state, tb_grid_shape.pack(half)) == TB_OK, "merge");
		cell = tb_grid(state, &n);
		for (size_t i = 0; i < n; i++)
			wrong += fabs(cell[i].value - mean_at(cell[i].x, cell[i].y, 6, k, &m)) > 1e-9 || cell[i].n != m;
		CHECK(n > 500 && wrong == 0, "every cell is the kernel mean at its centre");
		CHECK(tb_grid_shape.check(tb_grid_shape.pack(state)) == TB_OK, "a valid grid");
		CHECK(tb_grid_add(&state, 0, 0, 1, 5, 6, k) == TB_MISMATCH, "another cell size");
		CHECK(tb_grid_add(&state, 1e15, 0, 1, 4, 6, k) == TB_OUT_OF_RANGE, "too far out");
	}
}

static void too_many_cells(void)
{
	TbState *state = NULL, *fits = NULL;

	CHECK(tb_grid_add(&state, 5000, 5000, 1, 1, 501, TB_UNIFORM) == TB_TOO_LARGE, "more than a million cells around one point");
	CHECK(tb_grid_add(&fits, 5000, 5000, 1, 1, 500, TB_UNIFORM) == TB_OK, "a thousand by a thousand are fine");
}

int main(void)
{
	kernels();
	too_many_cells();
	targets();
	scales();
	grids();
	return unit_done();
}
