/* unit test of core/totals: what a double would lose is kept; merging is adding; forged totals */
#include "../../src/core/base/totals.h"

#include "unit.h"

int main(void)
{
	TbDd a[2] = {{0, 0}, {0, 0}}, b[2] = {{0, 0}, {0, 0}}, huge[1] = {{1e308, 0}}, one = {1, 0};

	a[0] = tb_dd(9007199254740992.0);
	for (int i = 0; i < 3; i++)
		CHECK(tb_totals_merge(a, &one, 1) == TB_OK, "a one");
	b[0] = one;
	b[1] = tb_dd(0.5);
	CHECK(a[0].hi == 9007199254740996.0 && a[0].lo == -1, "2^53 and three ones");
	CHECK(tb_totals_merge(a, b, 2) == TB_OK && a[0].hi == 9007199254740996.0 && a[0].lo == 0, "and a fourth");
	CHECK(a[1].hi == 0.5 && a[1].lo == 0 && tb_totals_check(a, 2) == TB_OK, "each total by itself");
	b[0] = b[1] = (TbDd){-0.0, -0.0};
	CHECK(tb_totals_merge(b, b, 2) == TB_OK && !signbit(b[1].hi) && !signbit(b[1].lo), "a forged negative zero does not last");
	CHECK(tb_totals_merge(huge, huge, 1) == TB_OUT_OF_RANGE, "past the largest number");
	a[1] = (TbDd){-1, 0};
	CHECK(tb_totals_check(a, 1) == TB_OK && tb_totals_check(a, 2) == TB_CORRUPT, "below 0");
	a[1] = (TbDd){1, 1};
	CHECK(tb_totals_check(a, 2) == TB_CORRUPT, "a low part as large as the high one");
	a[1] = (TbDd){1, NAN};
	CHECK(tb_totals_check(a, 2) == TB_CORRUPT, "no low part");
	a[1] = (TbDd){INFINITY, 0};
	CHECK(tb_totals_check(a, 2) == TB_CORRUPT, "infinite");
	a[1] = (TbDd){1, ldexp(1, -53)};
	CHECK(tb_totals_check(a, 2) == TB_OK, "half a unit of the last digit above, to the even one");
	a[1] = (TbDd){1, -ldexp(1, -53)};
	CHECK(tb_totals_check(a, 2) == TB_CORRUPT, "as much below is another high part");
	a[1] = (TbDd){0, 0};
	CHECK(tb_totals_check(a, 2) == TB_OK, "0 is a total");
	return unit_done();
}
