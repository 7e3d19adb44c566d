#include "../../src/core/state/sample.h"

#include <stdlib.h>

#include "samples.h"

static void blocks(void)
{
	TbState *state = NULL;
	TbSample view;
	bool sorted = true;
	uint64_t total = 0, row[2];
	size_t n = 400000;

	/* i * 7919 mod n passes through every number once, in no order; weights 1 to 4 */
	for (size_t i = 0; i < n; i++) {
		row[0] = tb_sort_key((double)(i * 7919 % n));
		row[1] = tb_sort_key((double)(i % 4 + 1));
		(void)tb_sample_add(&state, &tb_sample_shape, TB_SAMPLE_WEIGHTED, NULL, row);
	}
	unit_ticks = 0;
	CHECK(tb_sample_view(state, &view) == TB_OK && view.n == n && view.rows == n, "every row comes out of the merge");
	for (size_t i = 0; i < n; i++) {
		sorted &= view.x[i] == (double)i;
		total += view.w[i];
	}
	CHECK(sorted && total == n / 4 * 10, "in order, with its weight");
	CHECK(!view.count && !view.y && !view.group, "columns that the shape has not are NULL");
	CHECK(unit_ticks > 5, "the merge can be interrupted");
}

int main(void)
{
	const double x[6] = {3, 1, 3, 2, 1, 3}, y[6] = {1, 2, 1, 5, 2, 0}, w[6] = {1, 1, 1, 1, 1, 0};
	const char *id[6] = {"zz", "b", "zz", "", "b", "a"};
	TbSample s, sorted;

	blocks();
	s = values_of(6, x, NULL);
	CHECK(s.n == 3 && s.rows == 6 && s.count[0] == 2 && s.count[2] == 3, "equal rows coalesce");
	s = pairs_of(6, x, y, NULL);
	CHECK(s.n == 4 && s.x[2] == 3 && s.y[2] == 0 && s.count[3] == 2, "pairs by first, then second");
	tb_sample_by_second(&s, &sorted);
	CHECK(sorted.y[0] == 0 && sorted.x[0] == 3 && sorted.y[1] == 1 && sorted.count[1] == 2 && sorted.y[3] == 5, "and by second");
	s = pairs_of(6, x, y, w);
	tb_sample_by_second(&s, &sorted);
	CHECK(s.rows == 5 && sorted.w[0] == 1 && sorted.y[0] == 1 && sorted.count[0] == 2, "weights follow");
	s = sample_of(&tb_grouped_shape, 6, x, NULL, NULL, id);
	CHECK(s.groups == 4 && s.group_id[0].length == 0 && s.group_id[1].text[0] == 'a' && s.group_id[3].text[0] == 'z', "groups bytewise");
	CHECK(s.n == 4 && s.group[0] == 2 && s.group[1] == 0 && s.group[2] == 1 && s.group[3] == 3 && s.count[3] == 2, "rows point to them");
	return unit_done();
}
