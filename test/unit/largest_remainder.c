/* unit test of core/largest_remainder: the histogram chooses the same rows as a full sort */
#include "../../src/core/share/largest_remainder.h"

#include <stdlib.h>

#include "unit.h"

#define N 5000

static TbInt units[N], weight[N];
static double fraction[N];
static uint64_t rest[N];
static uint64_t seed = 362436069;

static uint64_t next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static TbInt256 remainder_of(const void *context, int64_t i)
{
	(void)context;
	return tb_int256((TbInt)rest[i]);
}

/* Rows 2k and 2k+1 are peers */
static bool pairs(const void *context, int64_t a, int64_t b)
{
	(void)context;
	return a / 2 == b / 2;
}

static int order(const void *a, const void *b)
{
	int i = *(const int *)a, j = *(const int *)b;

	if (rest[i] != rest[j])
		return rest[i] > rest[j] ? -1 : 1;
	if (weight[i] != weight[j])
		return weight[i] > weight[j] ? -1 : 1;
	return i - j;
}

/* `distinct` remainders on the denominator 2^60: few make long ties */
static void compare(uint64_t distinct, const char *what)
{
	static int sorted[N];
	bool same = true, ties = true;

	for (int t = 0; t < 40; t++) {
		int n = 1 + next() % N, count = next() % (n + 1);
		TbClosing c = {n, units, 1, fraction, weight, false, remainder_of, pairs, NULL, {0, 0}};
		TbStatus status;

		for (int i = 0; i < n; i++) {
			rest[i] = next() % distinct * ((UINT64_C(1) << 60) / distinct);
			fraction[i] = (double)rest[i] / 0x1p60;
			weight[i] = next() % 3;
			units[i] = 0;
			sorted[i] = i;
		}
		qsort(sorted, n, sizeof(int), order);
		status = tb_largest_remainder(&c, count);
		for (int i = 0; i < n; i++)
			same = same && units[sorted[i]] == (i < count);
		if (count > 0 && count < n) {
			int last = sorted[count - 1], after = sorted[count];
			bool tie = rest[last] == rest[after] && weight[last] == weight[after] && last / 2 == after / 2;

			ties = ties && (status == TB_TIE) == tie && (!tie || (c.tie[0] == last && c.tie[1] == after));
		}
	}
	CHECK(same, what);
	CHECK(ties, "a tie between peers, and only that, is named");
}

/* Units taken back: rows on a whole unit have fraction 1, the others cannot give; the larger weight gives first */
static void giving_back(void)
{
	TbClosing c = {4, units, -1, fraction, weight, false, remainder_of, pairs, NULL, {0, 0}};

	for (int i = 0; i < 4; i++) {
		units[i] = 9;
		rest[i] = 0;
		weight[i] = i;
		fraction[i] = i == 3 ? -1 : 1;
	}
	CHECK(tb_largest_remainder(&c, 0) == TB_OK && units[0] == 9 && units[2] == 9, "none to give, none given");
	CHECK(tb_largest_remainder(&c, 2) == TB_OK && units[0] == 9 && units[1] == 8 && units[2] == 8 && units[3] == 9, "the two heaviest that can");
	c.mirrored = true;
	CHECK(tb_largest_remainder(&c, 1) == TB_OK && units[0] == 8 && units[2] == 8, "mirrored: the lightest");
	CHECK(tb_largest_remainder(&c, 3) == TB_OK && units[0] == 7 && units[1] == 7 && units[2] == 7 && units[3] == 9, "all three");
	CHECK(tb_largest_remainder(&c, 4) == TB_INVALID, "the fourth cannot");
}

int main(void)
{
	TbClosing c = {2, units, 1, fraction, weight, false, remainder_of, pairs, NULL, {0, 0}};

	compare(UINT64_C(1) << 60, "all remainders differ");
	compare(1 << 20, "close remainders share a bucket");
	compare(5, "long ties");
	compare(1, "nothing but ties");
	fraction[0] = -1;
	fraction[1] = 0.5;
	CHECK(tb_largest_remainder(&c, 2) == TB_INVALID, "a row that cannot be chosen");
	CHECK(tb_largest_remainder(&c, -1) == TB_INVALID, "less than none");
	giving_back();
	return unit_done();
}
