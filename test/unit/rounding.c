/* rounding.c -- counts, and their sum, go to adjacent multiples of the base; at random without bias */
#include "../../src/core/share/rounding.h"

#include <stdbool.h>

#include "unit.h"

#define N 200

static uint64_t seed = 88172645463325252u;

static int64_t next(int64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)below);
}

/* Adjacent multiples, of every count and of the sum; multiples stay */
static bool controlled(const int64_t *count, const int64_t *rounded, int64_t n, int64_t base)
{
	int64_t sum = 0, total = 0;

	for (int64_t i = 0; i < n; i++) {
		int64_t away = rounded[i] - count[i];

		if (rounded[i] % base != 0 || away <= -base || away >= base)
			return false;
		sum += count[i];
		total += rounded[i];
	}
	return total % base == 0 && total - sum < base && sum - total < base;
}

static void any(void)
{
	int64_t count[N], rounded[N];
	bool nearest = true, random = true, half = true;

	for (int round = 0; round < 2000; round++) {
		int64_t n = next(N), base = 1 + next(12), sum = 0, total = 0, twice;

		for (int64_t i = 0; i < n; i++)
			sum += count[i] = next(40);
		nearest &= tb_round_nearest(count, n, base, rounded) == TB_OK && controlled(count, rounded, n, base);
		for (int64_t i = 0; i < n; i++)
			total += rounded[i];
		twice = 2 * (total - sum);
		half &= twice <= base && twice > -base;
		random &= tb_round_random(count, n, base, (uint64_t)round, rounded) == TB_OK && controlled(count, rounded, n, base);
	}
	CHECK(nearest, "nearest: controlled, whatever the counts");
	CHECK(half, "nearest: the sum goes to its nearest multiple, a half upwards");
	CHECK(random, "random: controlled, whatever the counts");
}

static void known(void)
{
	const int64_t count[5] = {1, 4, 2, 3, 10};
	int64_t rounded[5];
	bool same = true;
	static const int64_t wanted[5] = {0, 5, 0, 5, 10};

	tb_round_nearest(count, 5, 5, rounded);
	for (int i = 0; i < 5; i++)
		same &= rounded[i] == wanted[i];
	CHECK(same, "the largest remainders go up: 20 stays 20");
	tb_round_nearest((const int64_t[]){1, 6, 1}, 3, 5, rounded);
	CHECK(rounded[0] == 0 && rounded[1] == 10 && rounded[2] == 0, "equal remainders: the larger count");
	tb_round_nearest((const int64_t[]){1, 1, 1}, 3, 5, rounded);
	CHECK(rounded[0] == 5 && rounded[1] == 0 && rounded[2] == 0, "equal counts: the earlier row");
	CHECK(tb_round_nearest((const int64_t[]){INT64_MAX}, 1, 4, rounded) == TB_OUT_OF_RANGE, "a multiple beyond int64");
	CHECK(tb_round_nearest((const int64_t[]){INT64_MAX}, 1, 7, rounded) == TB_OK && rounded[0] == INT64_MAX, "2^63 - 1 is a multiple of 7");
}

/* P(up) = remainder / 3, of each count and of the sum: within five standard errors of 30,000 draws */
static void unbiased(void)
{
	const int64_t count[4] = {0, 1, 2, 4};
	int64_t rounded[4], up[5] = {0};
	const int draws = 30000;
	const double p[5] = {0, 1.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3};

	for (int k = 0; k < draws; k++) {
		int64_t total = 0;

		tb_round_random(count, 4, 3, (uint64_t)k, rounded);
		for (int i = 0; i < 4; i++) {
			up[i] += rounded[i] > count[i];
			total += rounded[i];
		}
		up[4] += total > 7;
	}
	for (int i = 0; i < 5; i++)
		NEAR((double)up[i] / draws, p[i], 5 * sqrt(p[i] * (1 - p[i]) / draws), i < 4 ? "unbiased count" : "unbiased sum");
}

int main(void)
{
	any();
	known();
	unbiased();
	return unit_done();
}
