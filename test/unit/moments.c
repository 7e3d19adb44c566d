/* unit test of core/moments: both kernels against plain double-double, order, merge, the shared line of a constant, canonical form */
/* the kernel for processors without fused multiply-add, under other names */
#define TB_PLAIN_KERNEL
#define tb_moments_add_lines plain_add_lines
#define tb_moments_row plain_row
#define tb_moments_in_range plain_in_range
#define tb_moments_add plain_add
#define tb_moments_add_log plain_add_log
#define tb_moments_view plain_view
#define tb_moments_merge plain_merge
#define tb_moments_clean plain_clean
#define tb_moments_check plain_check
#define tb_moment_shape plain_shape
#include "../../src/core/state/moments.c"
#undef tb_moments_add_lines
#undef tb_moments_row
#undef tb_moments_in_range
#undef tb_moments_add
#undef tb_moments_view
#undef tb_moments_merge
#undef tb_moments_clean
#undef tb_moments_check
#undef tb_moment_shape

/* the names of the core again, beside the portable copies above */
extern const TbShape tb_moment_shape;
extern void tb_moments_add_lines(double *hi, double *lo, uint32_t p, const double *z, double weight, size_t first);
extern TbStatus tb_moments_add(TbState **state, double y, const double *x, uint32_t p, double weight);
extern TbMoments tb_moments_view(const TbState *state);

#include <string.h>

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

#define ROWS 500
#define P 6

static double rows[ROWS][P + 1];

static void fill(bool unit)
{
	unsigned random = 7;

	for (int i = 0; i < ROWS; i++)
		for (int j = 0; j <= P; j++) {
			random = random * 1664525u + 1013904223u;
			rows[i][j] = j == 1 && unit ? 1 : (random / 4294967296.0 - 0.3) * pow(10, j);
		}
}

static TbState *build(int from, int to, int step, bool weighted)
{
	TbState *state = NULL;

	for (int i = from; i != to; i += step)
		if (tb_moments_add(&state, rows[i][0], rows[i] + 1, P, weighted ? 1 + i % 3 / 7.0 : 1) != TB_OK)
			CHECK(false, "a row");
	return state;
}

static bool same(const TbState *a, const TbState *b)
{
	a = tb_moment_shape.pack(a);
	b = tb_moment_shape.pack(b);
	return a->size == b->size && memcmp(&a->magic, &b->magic, a->size - 4) == 0;
}

/* Rounded values must agree; the low parts may differ by the last bit of 106 */
static bool same_values(const TbState *a, const TbState *b)
{
	TbMoments u = tb_moments_view(a), v = tb_moments_view(b);

	for (size_t i = 0; i < P + 2; i++)
		for (size_t j = i; j < P + 2; j++)
			if (tb_moment(&u, i, j).hi != tb_moment(&v, i, j).hi ||
				fabs(tb_moment(&u, i, j).lo - tb_moment(&v, i, j).lo) > ldexp(fabs(tb_moment(&u, i, j).hi), -92))
				return false;
	return u.n == v.n;
}

static void against_reference(bool unit, bool weighted)
{
	TbMoments view;

	fill(unit);
	view = tb_moments_view(build(0, ROWS, 1, weighted));
	for (size_t i = 0; i < P + 2; i++)
		for (size_t j = i; j < P + 2; j++) {
			TbDd sum = {0, 0};

			for (int k = 0; k < ROWS; k++) {
				double zi = i == 0 ? 1 : i == P + 1 ? rows[k][0] : rows[k][i], zj = j == 0 ? 1 : j == P + 1 ? rows[k][0] : rows[k][j];

				sum = tb_dd_add(sum, tb_dd_mul_d(tb_two_product(weighted ? 1 + k % 3 / 7.0 : 1, zi), zj));
			}
			if (tb_moment(&view, i, j).hi != sum.hi)
				CHECK(false, "a sum");
		}
	CHECK(view.n == ROWS, unit ? "sums with a constant equal plain double-double" : "sums equal plain double-double");
}

static void order_and_merge(bool unit, bool weighted)
{
	TbState *whole, *parts;
	double logs = 0;

	fill(unit);
	whole = build(0, ROWS, 1, weighted);
	CHECK(same_values(whole, build(ROWS - 1, -1, -1, weighted)), "reversed rows");
	parts = build(0, 100, 1, weighted);
	CHECK(tb_moment_shape.merge(&parts, tb_moment_shape.pack(build(100, 101, 1, weighted))) == TB_OK, "merge with a packed state");
	CHECK(tb_moment_shape.merge(&parts, build(101, ROWS, 1, weighted)) == TB_OK, "merge with an open state");
	CHECK(same_values(whole, parts), "merged parts equal one pass");
	for (int i = 0; i < ROWS; i++)
		logs += weighted ? log(1 + i % 3 / 7.0) : 0;
	NEAR(tb_moments_view(whole).log_weight.hi, logs, 1e-13, "logarithms of the weights add up");
	NEAR(tb_moments_view(parts).log_weight.hi, logs, 1e-13, "through merges too");
}

static void constants(void)
{
	TbState *open, *closed;

	fill(true);
	open = build(0, ROWS, 1, false);
	CHECK(open->flags & 1, "a constant first column is kept once");
	closed = tb_moment_shape.pack(build(0, 1, 1, false));
	CHECK(closed->flags == 0, "packed");
	for (int i = 1; i < ROWS; i++)
		tb_moments_add(&closed, rows[i][0], rows[i] + 1, P, 1);
	CHECK(same(open, closed), "rows added to a packed state give the same canonical bytes");
	rows[ROWS / 2][1] = 2;
	open = build(0, ROWS, 1, false);
	CHECK(!(open->flags & 1), "until the first row that is not 1");
	closed = tb_moment_shape.pack(build(0, 1, 1, false));
	for (int i = 1; i < ROWS; i++)
		tb_moments_add(&closed, rows[i][0], rows[i] + 1, P, 1);
	CHECK(tb_moment_shape.check(tb_moment_shape.pack(open)) == TB_OK, "still valid when packed");
	CHECK(same(open, closed), "without losing what the shared line held");
}

static void forged(void)
{
	size_t refused = 0;
	TbState *state;
	double *words;

	fill(false);
	state = tb_moment_shape.pack(build(0, ROWS, 1, true));
	words = tb_state_doubles(state);
	CHECK(tb_moment_shape.check(state) == TB_OK, "a packed state is valid");
	for (size_t k = 0; k < 2 * tb_moment_cells(P); k++) {
		double good = words[4 + k];

		words[4 + k] = INFINITY;
		refused += tb_moment_shape.check(state) == TB_CORRUPT;
		words[4 + k] = good;
	}
	CHECK(refused == 2 * tb_moment_cells(P), "no sum is infinite, nor what fills up a line");
	words[4] = NAN;
	CHECK(tb_moment_shape.check(state) == TB_CORRUPT, "NaN");
	words[4] = -1;
	CHECK(tb_moment_shape.check(state) == TB_CORRUPT, "negative weight");
	words[4] = 1;
	tb_state_words(state)[1] = 1000000;
	CHECK(tb_moment_shape.check(state) == TB_CORRUPT, "more regressors than words");
	tb_state_words(state)[1] = P;
	state->words -= 1;
	CHECK(tb_moment_shape.check(state) == TB_CORRUPT, "a word short");
}

static void limits(void)
{
	static double x[TB_MOMENT_COLUMNS + 1];
	TbState *state = NULL;

	for (int i = 0; i <= TB_MOMENT_COLUMNS; i++)
		x[i] = i + 1;
	CHECK(tb_moments_add(&state, 1, x, 0, 1) == TB_TOO_LARGE && tb_moments_add(&state, 1, x, TB_MOMENT_COLUMNS + 1, 1) == TB_TOO_LARGE,
		  "0 and 201 regressors");
	CHECK(tb_moments_add(&state, 1, x, TB_MOMENT_COLUMNS, 1) == TB_OK && tb_moment_shape.check(tb_moment_shape.pack(state)) == TB_OK,
		  "200 regressors");
	printf("# %zu bytes\n", (size_t)state->size);
}

#define CELLS 4096

/* p regressors of all sorts: fractions, whole numbers, zeros of either sign, powers of two, of which products and sums are exact */
static void row_of_all_sorts(double *x, uint32_t p, int row)
{
	static unsigned random = 3;

	for (uint32_t j = 0; j < p; j++) {
		random = random * 1664525u + 1013904223u;
		x[j] = (random / 4294967296.0 - 0.5) * pow(10, j % 9);
		if ((random >> 16) % 4 == 0)
			x[j] = floor(x[j]);
		else if ((random >> 16) % 4 == 1)
			x[j] = copysign((random >> 20) % 3 ? 0 : ldexp(1, row % 40 - 20), x[j]);
	}
}

static void portable_kernel(bool weighted, size_t first)
{
	static double hi[2][CELLS], lo[2][CELLS], z[TB_MOMENT_WIDTH + 4];

	for (uint32_t p = 1; p <= 60; p += weighted ? 7 : 1) {
		CHECK(tb_moment_cells(p) <= CELLS, "room");
		memset(hi, 0, sizeof(hi));
		memset(lo, 0, sizeof(lo));
		for (int row = 0; row < 300; row++) {
			double x[64], weight = row % 3 && weighted ? 1 + row / 7.0 : 1;

			row_of_all_sorts(x, p, row);
			plain_row(z, x[0] * 3.3 - row, x, p);
			plain_add_lines(hi[0], lo[0], p, z, weight, first);
			tb_moments_add_lines(hi[1], lo[1], p, z, weight, first);
		}
		CHECK(memcmp(hi[0], hi[1], sizeof(hi[0])) == 0 && memcmp(lo[0], lo[1], sizeof(lo[0])) == 0, "same bits");
	}
}

int main(void)
{
	for (size_t first = 1; first <= 2; first++) {
		portable_kernel(true, first);
		portable_kernel(false, first);
	}
	for (int mode = 0; mode < 4; mode++) {
		against_reference(mode & 1, mode & 2);
		order_and_merge(mode & 1, mode & 2);
	}
	constants();
	forged();
	limits();
	return unit_done();
}
