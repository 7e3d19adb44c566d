#include "../../src/core/state/sample.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "samples.h"

static uint64_t state = 1;

static double next(void)
{
	state += UINT64_C(0x9E3779B97F4A7C15);
	uint64_t z = (state ^ state >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

/* Adds as a transition does, freeing what it replaces as the executor does */
static void add(TbState **s, const TbShape *shape, uint32_t form, const double *values, int n, const char *group)
{
	uint64_t row[4];
	TbState *old = *s;

	for (int j = 0; j < n; j++)
		row[j] = tb_sort_key(values[j]);
	if (group)
		(void)tb_grouped_add(s, form, NULL, row, (TbId){group, strlen(group)});
	else if (!old || !tb_sample_push(old, form, NULL, row, n))
		(void)tb_sample_add(s, shape, form, NULL, row);
	if (old && old != *s)
		tb_free(old);
}

static bool same_bytes(const TbState *a, const TbState *b)
{
	return a->size == b->size && memcmp((char *)a + 4, (char *)b + 4, a->size - 4) == 0;
}

/* n rows in one pass, and dealt over `parts` states that are merged: the packed bytes must agree */
static void splits(const TbShape *shape, bool weighted, size_t n, int parts, double values, const char *what)
{
	TbState *whole = NULL, **part = calloc(parts, sizeof(TbState *)), *merged, *packed;
	uint32_t form = weighted ? TB_SAMPLE_WEIGHTED : 0;
	int numbers = (shape == &tb_paired_shape ? 2 : 1) + weighted;

	for (size_t i = 0; i < n; i++) {
		double row[3] = {floor(next() * values) / 7 - 3, floor(next() * 5) + 1, floor(next() * 3) + 1};
		char group[8] = "g0";

		group[1] += (int)(next() * 9);
		add(&whole, shape, form, row, numbers, shape == &tb_grouped_shape ? group : NULL);
		add(&part[(int)(next() * parts)], shape, form, row, numbers, shape == &tb_grouped_shape ? group : NULL);
	}
	merged = part[0];
	if (parts % 2) {
		merged = shape->pack(part[0]);
		if (merged != part[0])
			tb_free(part[0]);
	}
	for (int k = 1; k < parts; k++) {
		TbState *old = merged, *source = k % 2 ? shape->pack(part[k]) : part[k];

		CHECK(shape->merge(&merged, source) == TB_OK, "merge");
		if (merged != old)
			tb_free(old);
		if (source != part[k])
			tb_free(source);
		tb_free(part[k]);
	}
	packed = shape->pack(whole);
	tb_free(whole);
	whole = packed;
	packed = shape->pack(merged);
	tb_free(merged);
	CHECK(shape->check(packed) == TB_OK, "what was merged is a valid state");
	CHECK(same_bytes(packed, whole), what);
	CHECK(whole->size <= 17 * n + 200 || numbers > 2 || shape == &tb_grouped_shape, "at most 17 bytes a row");
	tb_free(packed);
	tb_free(whole);
	free(part);
}

static bool same_column(const double *a, const double *b, size_t n)
{
	return !a == !b && (!a || memcmp(a, b, n * sizeof(double)) == 0);
}

/* An open state is read as its packed form is, below one block and past it */
static void views(const TbShape *shape, uint32_t form, size_t n)
{
	int numbers = (shape == &tb_paired_shape ? 2 : 1) + (form & TB_SAMPLE_WEIGHTED ? 1 : 0);
	TbState *s = NULL, *packed;
	TbSample open, stored;

	for (size_t i = 0; i < n; i++) {
		double row[3] = {floor(next() * (double)n / 3), floor(next() * 3), 1 + floor(next() * 2)};
		char group[8] = "g0";

		group[1] += (int)(next() * 9);
		add(&s, shape, form, row, numbers, shape == &tb_grouped_shape ? group : NULL);
	}
	packed = shape->pack(s);
	CHECK(tb_sample_view(s, &open) == TB_OK && tb_sample_view(packed, &stored) == TB_OK && open.n == stored.n && open.rows == n && stored.rows == n,
		  "both views have all rows");
	CHECK(same_column(open.x, stored.x, open.n) && same_column(open.y, stored.y, open.n) && same_column(open.w, stored.w, open.n),
		  "the same columns");
	CHECK(!open.group == !stored.group && (!open.group || memcmp(open.group, stored.group, open.n * sizeof(uint32_t)) == 0), "and groups");
	CHECK(!open.count == !stored.count && (!open.count || memcmp(open.count, stored.count, open.n * sizeof(uint64_t)) == 0), "and counts");
	CHECK(open.groups == stored.groups, "of the same number");
	tb_free(packed);
	tb_free(s);
}

/* Blocks of the server are powers of two, and a small state fills its own */
static void small_blocks(void)
{
	const double one = 1;
	TbState *s = NULL;

	for (int i = 0; i < 21; i++)
		add(&s, &tb_sample_shape, 0, &one, 1, NULL);
	CHECK(s->size == 256, "21 rows in the block of the first");
	add(&s, &tb_sample_shape, 0, &one, 1, NULL);
	CHECK(s->size == 512, "then twice as much");
	tb_free(s);
}

/* One row doubled 53 times is all that a state may stand for, open or packed in between */
static void most_rows(void)
{
	for (int packs = 0; packs < 2; packs++) {
		const double one = 1;
		TbState *s = NULL, *copy;
		uint64_t key = tb_sort_key(1);
		TbSample view;
		int doublings = 0;

		add(&s, &tb_sample_shape, 0, &one, 1, NULL);
		for (;; doublings++) {
			if (packs)
				s = tb_sample_shape.pack(s);
			copy = memcpy(malloc(s->size), s, s->size);
			if (tb_sample_shape.merge(&s, copy) != TB_OK)
				break;
		}
		CHECK(tb_sample_shape.merge(&s, copy) == TB_TOO_MANY && doublings == 53, "2^53 rows, and no more by a merge");
		CHECK(tb_sample_add(&s, &tb_sample_shape, 0, NULL, &key) == TB_TOO_MANY, "nor by a row");
		s = tb_sample_shape.pack(copy);
		CHECK(tb_sample_shape.check(s) == TB_OK && tb_sample_view(s, &view) == TB_OK && view.rows == TB_MOST_ROWS, "those are counted");
	}
}

int main(void)
{
	TbState *s = NULL, *other = NULL, *packed;
	double row[2] = {1, 2};
	uint64_t parameter = 7, key = tb_sort_key(1);
	TbSample view;

	splits(&tb_sample_shape, false, 10, 2, 1e9, "ten rows");
	splits(&tb_sample_shape, false, 200000, 3, 1e9, "distinct values");
	splits(&tb_sample_shape, false, 700000, 2, 1e9, "more rows than are copied at once");
	splits(&tb_sample_shape, false, 300000, 5, 1000, "values that repeat");
	splits(&tb_sample_shape, false, 900000, 3, 1e5, "many values that repeat");
	splits(&tb_sample_shape, true, 200000, 300, 3e4, "weights, many small parts");
	splits(&tb_paired_shape, true, 100000, 2, 1e9, "pairs");
	splits(&tb_grouped_shape, true, 100000, 4, 1000, "groups");
	splits(&tb_grouped_shape, false, 150000, 7, 1e9, "groups without weights");
	splits(&tb_grouped_shape, false, 150000, 7, 10, "groups without weights that repeat");

	for (size_t n = 1; n < 60; n += 19)
		for (uint32_t form = 0; form <= TB_SAMPLE_WEIGHTED; form++) {
			views(&tb_sample_shape, form, n);
			views(&tb_paired_shape, form, n);
			views(&tb_grouped_shape, form, n);
		}
	views(&tb_grouped_shape, 0, 40000);
	small_blocks();

	for (int i = 0; i < 3000000; i++) {
		row[0] = i % 1000;
		add(&s, &tb_sample_shape, 0, row, 1, NULL);
	}
	CHECK(s->size < 1500000, "three million rows of a thousand values stay small");
	CHECK(tb_sample_view(s, &view) == TB_OK && view.n == 1000 && view.rows == 3000000 && view.count[999] == 3000, "and are all counted");
	CHECK(view.x[0] == 0 && view.x[999] == 999 && !view.w && !view.y, "sorted");

	row[0] = 5;
	add(&other, &tb_sample_shape, TB_SAMPLE_WEIGHTED, row, 2, NULL);
	packed = other;
	CHECK(tb_sample_shape.merge(&other, s) == TB_OK, "rows without weight join rows with one");
	CHECK(tb_sample_view(other, &view) == TB_OK && view.rows == 3000001 && view.w[0] == 1, "at weight 1");
	if (packed != other)
		tb_free(packed);

	packed = NULL;
	(void)tb_sample_add(&packed, &tb_sample_shape, TB_SAMPLE_PARAMETERS(1), &parameter, &key);
	CHECK(tb_sample_shape.merge(&packed, s) == TB_MISMATCH, "parameters must agree");
	parameter = 8;
	CHECK(tb_sample_add(&packed, &tb_sample_shape, TB_SAMPLE_PARAMETERS(1), &parameter, &key) == TB_MISMATCH, "between rows too");
	CHECK(*tb_sample_parameter(tb_sample_shape.pack(packed)) == 7, "and are kept");
	most_rows();
	return unit_done();
}
