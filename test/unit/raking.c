/* unit test of core/raking: a table of two by two by hand, bounds, and what cannot be met */
#include "../../src/core/estimate/raking.h"

#include <math.h>
#include <string.h>

#include "samples.h"

int main(void)
{
	uint32_t a[4] = {0, 0, 1, 1}, b[4] = {0, 1, 0, 1};
	double weight[4] = {1, 1, 1, 1}, rows[2] = {3, 5}, columns[2] = {2, 6}, w[4], none[2] = {0, 8}, odd[2] = {1, 3}, even[2] = {3, 1};
	TbRaking r = {.n = 4, .margins = 2, .class = {a, b}, .classes = {2, 2}, .total = {rows, columns}, .weight = weight, .high = INFINITY};
	TbRakingGap gap;

	CHECK(tb_raking(&r, w, &gap) == TB_OK, "two margins");
	NEAR(w[0], 0.75, 1e-12, "independent weights: 3 * 2 / 8");
	NEAR(w[1], 2.25, 1e-12, "3 * 6 / 8");
	NEAR(w[3], 3.75, 1e-12, "5 * 6 / 8");
	r.low = 1;
	CHECK(tb_raking(&r, w, &gap) == TB_OK, "none below 1");
	NEAR(w[0], 1, 1e-12, "at the bound");
	NEAR(w[1], 2, 1e-12, "what is left of the row");
	NEAR(w[2], 1, 1e-12, "and of the column");
	NEAR(w[3], 4, 1e-12, "the last");
	r.high = 2.5;
	CHECK(tb_raking(&r, w, &gap) == TB_INFEASIBLE && gap.margin == 1 && gap.class == 1 && gap.got == 5, "6 are more than twice 2.5");
	r.low = 0;
	r.high = INFINITY;
	r.total[1] = none;
	CHECK(tb_raking(&r, w, &gap) == TB_OK && w[0] == 0 && w[2] == 0, "a class of nobody");
	NEAR(w[1], 3, 1e-12, "the others have all");
	b[0] = 1;
	b[3] = 0;
	a[2] = a[0];
	a[0] = a[1] = 0;
	r.n = 2;
	a[1] = 1;
	b[0] = 0;
	b[1] = 1;
	r.total[0] = odd;
	r.total[1] = even;
	CHECK(tb_raking(&r, w, &gap) == TB_NOT_CONVERGED, "one row a class, two totals");
	b[1] = UINT32_MAX;
	r.classes[1] = 1;
	r.total[1] = odd;
	CHECK(tb_raking(&r, w, &gap) == TB_OK, "a row in no class of the second");
	NEAR(w[0], 1, 1e-12, "both agree");
	NEAR(w[1], 3, 1e-12, "the first alone");
	return unit_done();
}
