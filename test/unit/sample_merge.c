/* unit test of core/sample_merge: identical neighbours coalesce, chunks come in order, forged counts end at the top */
#include "../../src/core/state/sample_merge.h"

#include "samples.h"

static void coalescing(void)
{
	const uint64_t rows[8] = {1, 5, 1, 5, 1, 6, 2, 6}, counted[9] = {1, 5, 4, 1, 5, 3, 1, 6, 1};
	uint64_t to[12];

	CHECK(tb_coalesce(to, rows, 4, 2, false) == 3 && to[0] == 1 && to[1] == 5 && to[2] == 2 && to[5] == 1 && to[6] == 2 && to[7] == 6 && to[8] == 1,
		  "equal neighbours become one row with a count");
	CHECK(tb_coalesce(to, counted, 3, 2, true) == 2 && to[2] == 7 && to[4] == 6 && to[5] == 1, "counts add up");
}

/* What the chunks hold, one after the other: as many rows, none before the last of the chunk before */
static void chunks(void)
{
	TbState *state = NULL;
	TbRunMerge merge;
	const uint64_t *rows;
	uint64_t last = 0, row;
	size_t n, seen = 0;
	bool ascending = true;

	for (size_t i = 0; i < 200000; i++) {
		row = tb_sort_key((double)(i * 7919 % 50021));
		(void)tb_sample_add(&state, &tb_sample_shape, 0, NULL, &row);
	}
	tb_merge_begin(&merge, state, NULL);
	while ((n = tb_merge_next(&merge, &rows)) > 0) {
		ascending &= rows[0] > last || seen == 0;
		for (size_t i = 1; i < n; i++)
			ascending &= rows[i * merge.rows.stride] >= rows[(i - 1) * merge.rows.stride];
		last = rows[(n - 1) * merge.rows.stride];
		for (size_t i = 0; i < n; i++)
			seen += merge.rows.stride > 1 ? rows[i * merge.rows.stride + 1] : 1;
	}
	tb_merge_end(&merge);
	CHECK(seen == 200000 && ascending, "every row once, in order, equal rows in one chunk");
}

int main(void)
{
	coalescing();
	chunks();
	CHECK(tb_count_more(3, 4) == 7 && tb_count_more(UINT64_MAX - 1, 5) == UINT64_MAX, "forged counts end at the top");
	return unit_done();
}
