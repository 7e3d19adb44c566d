/* unit test of core/pool_lambda: lambda solves the equation exactly on large pools whose breakpoints crowd within a rounding error */
#include "../../src/core/pool_lambda.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define N 20000

static TbInt base[N], slope[N], lower[N], upper[N];
static unsigned char status[N];

/* sum clip(base*d + slope*n, lower*d, upper*d) against pool*d */
static int gap(TbInt n, TbInt d, TbInt pool, bool *named)
{
	TbWide sum = tb_wide_mul(-pool, d);

	for (int i = 0; i < N; i++) {
		TbWide value = tb_wide_dot(base[i], d, slope[i], n), low = tb_wide_mul(lower[i], d), high = tb_wide_mul(upper[i], d);
		bool floor = tb_wide_compare(value, low) <= 0, cap = tb_wide_compare(value, high) >= 0;

		*named = *named && (status[i] != TB_POOL_FLOOR || floor) && (status[i] != TB_POOL_CAP || cap);
		sum = tb_wide_add(sum, floor ? low : cap ? high : value);
	}
	return tb_wide_compare(sum, (TbWide){{0}});
}

int main(void)
{
	TbPool p = {N, base, slope, lower, upper, 0, 1, NULL, NULL};
	TbPoolSolution s = {.status = status};
	uint64_t x = 521288629;
	bool exact = true, named = true;

	for (int t = 0; t < 20; t++) {
		/* breakpoints near 1 that differ in the 18th digit or not at all */
		TbInt big = t % 2 ? tb_int_power10(18) : 1000, least = 0, most = 0;

		memset(status, 0, sizeof status);
		for (int i = 0; i < N; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			slope[i] = big + (x >> 40) % 100;
			base[i] = -(TbInt)((x >> 50) % 50);
			lower[i] = slope[i] + base[i] - (TbInt)((x >> 33) % 3);
			upper[i] = lower[i] + (TbInt)((x >> 55) % 5);
			least += lower[i];
			most += upper[i];
		}
		p.pool = least + (most - least) * t / 20;
		exact = exact && tb_pool_lambda(&p, &s) == TB_OK && s.denominator > 0 && gap(s.numerator, s.denominator, p.pool, &named) == 0;
	}
	CHECK(exact, "the sum at lambda is the pool, exactly");
	CHECK(named, "rows held at a bound are beyond it");
	slope[0] = 0;
	p.rows = 1;
	p.lower = p.upper = NULL;
	CHECK(tb_pool_lambda(&p, &s) == TB_OK && s.denominator == 0, "without a slope there is no lambda");
	/* a fixed row of -3, 5 or 12 within 0 and 10 beside one that moves, for a pool of 25 */
	for (int k = 0; k < 3; k++) {
		static const TbInt own[3] = {-3, 5, 12}, lambda[3] = {25, 20, 15};
		static const TbPoolStatus held[3] = {TB_POOL_FLOOR, TB_POOL_FREE, TB_POOL_CAP};
		TbInt a[2] = {own[k], 0}, b[2] = {0, 1}, low[2] = {0, 0}, high[2] = {10, 100};
		TbPool two = {2, a, b, low, high, 25, 1, NULL, NULL};

		CHECK(tb_pool_lambda(&two, &s) == TB_OK && s.numerator == lambda[k] && s.denominator == 1, "what the fixed row leaves");
		CHECK(s.status[0] == held[k] && s.status[1] == TB_POOL_FREE, "held where it would leave its bounds");
	}
	return unit_done();
}
