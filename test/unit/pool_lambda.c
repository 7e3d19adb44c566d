/* unit test of core/pool_lambda: lambda solves the equation exactly on large pools whose breakpoints crowd within a rounding error */
#include "../../src/core/share/pool_lambda.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define N 20000

static TbInt base[N], slope[N], lower[N], upper[N];
static unsigned char status[N];

/* sum clip(base*d + slope*n, lower*d, upper*d) against pool*d */
static int gap(TbInt n, TbInt d, TbInt pool, bool *named)
{
	TbInt256 sum = tb_int256_mul(-pool, d);

	for (int i = 0; i < N; i++) {
		TbInt256 value = tb_int256_dot(base[i], d, slope[i], n), low = tb_int256_mul(lower[i], d), high = tb_int256_mul(upper[i], d);
		bool floor = tb_int256_compare(value, low) <= 0, cap = tb_int256_compare(value, high) >= 0;

		*named = *named && (status[i] != TB_POOL_FLOOR || floor) && (status[i] != TB_POOL_CAP || cap);
		sum = tb_int256_add(sum, floor ? low : cap ? high : value);
	}
	return tb_int256_compare(sum, (TbInt256){{0}});
}

int main(void)
{
	TbPool p = {N, base, slope, lower, upper, 0, 1, NULL, NULL};
	TbPoolSolution s = {.status = status};
	uint64_t x = 521288629;
	bool exact = true, named = true;

	for (int t = 0; t < 40; t++) {
		/* breakpoints near 1 or a million that differ in the 18th digit or not at all */
		TbInt big = t % 2 ? tb_int_power10(18) : 1000, times = t < 20 ? 1 : 1000000, least = 0, most = 0;

		memset(status, 0, sizeof status);
		for (int i = 0; i < N; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			slope[i] = big + (x >> 40) % 100;
			base[i] = -(TbInt)((x >> 50) % 50) * times;
			lower[i] = slope[i] * times + base[i] - (TbInt)((x >> 33) % 3) * times;
			upper[i] = lower[i] + (TbInt)((x >> 55) % 5) * times;
			least += lower[i];
			most += upper[i];
		}
		p.pool = least + (most - least) * (t % 20) / 20;
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
	for (int k = 0; k < 2; k++) {
		/* a bound further from the base than a number reaches, the other one near */
		TbInt vast = tb_int_power10(38), a[1] = {k ? -vast : vast}, b[1] = {1}, low[1] = {-vast}, high[1] = {vast};
		TbPool one = {1, a, b, low, high, 0, 1, NULL, NULL};

		CHECK(tb_pool_lambda(&one, &s) == TB_OUT_OF_RANGE, "a distance that no number holds");
	}
	for (int k = 0; k < 2; k++) {
		/* 1 and 3 shares of 8 within 3 or more, or 5 or less */
		TbInt b[2] = {1, 3}, low[2] = {3, 3}, high[2] = {5, 5};
		TbPool two = {2, NULL, b, k ? NULL : low, k ? high : NULL, 8, 1, NULL, NULL};

		CHECK(tb_pool_lambda(&two, &s) == TB_OK && s.numerator == (k ? 3 : 5) && s.denominator == (k ? 1 : 3), "bounds on one side only");
		CHECK(k ? s.status[0] == TB_POOL_FREE && s.status[1] == TB_POOL_CAP : s.status[0] == TB_POOL_FLOOR && s.status[1] == TB_POOL_FREE,
			  "the one that it holds");
	}
	return unit_done();
}
