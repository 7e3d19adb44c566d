/* unit test of core/bag: any order, split and reopening gives the same bytes; nothing forged passes the check */
#include "../../src/core/estimate/spatial.h"
#include "../../src/core/flow/functional_area.h"
#include "../../src/core/flow/urban_area.h"
#include "../../src/core/state/bag.h"
#include "../../src/core/state/bag_kinds.h"

#include <string.h>

#include "flows.h"
#include "bag_rows.h"
#include "unit.h"

static const double targets[] = {100, 1000, 0.6, 0.75}, others[] = {100, 1000, 0.6, 0.8};

static bool equal(const TbState *a, const TbState *b)
{
	return a->size == b->size && memcmp(tb_state_words(a), tb_state_words(b), a->words * 8 + a->bytes) == 0;
}

static void splits(void)
{
	const TbBagKind *kind = &tb_labour_market;
	TbState *whole = tb_bag_new(kind, targets, 4), *part[4], *packed;
	TbBag bag;
	double sum = 0, want = 0;

	for (int i = 0; i < 4; i++)
		part[i] = tb_bag_new(kind, targets, 4);
	for (int i = 0; i < 3000; i++) {
		Row row = random_row(70);

		add_row(kind, &whole, &row);
		add_row(kind, &part[i * 7 % 4], &row);
		want += row.value;
	}
	packed = kind->shape.pack(whole);
	CHECK(kind->shape.check(packed) == TB_OK, "what is packed passes the check");
	part[1] = kind->shape.pack(part[1]);
	CHECK(kind->shape.merge(&part[3], part[1]) == TB_OK, "open takes packed");
	CHECK(kind->shape.merge(&part[1], part[0]) == TB_OK, "packed takes open");
	CHECK(kind->shape.merge(&part[3], part[2]) == TB_OK && kind->shape.merge(&part[3], part[0]) == TB_OK, "open takes open");
	CHECK(equal(packed, kind->shape.pack(part[3])), "any split packs to the same bytes");
	CHECK(tb_bag_view(kind, whole, &bag) == TB_OK && bag.rows == 3000 && bag.ids <= 70, "viewed");
	for (size_t i = 0; i < bag.rows; i++)
		sum += bag.value[0][i];
	CHECK(sum == want, "no row is lost");
	CHECK(kind->shape.merge(&part[0], tb_bag_new(kind, others, 4)) == TB_MISMATCH, "other parameters do not mix");
}

/* Every word changed in turn: the check refuses, or the state is another valid one that views without harm */
static void forged(void)
{
	const TbBagKind *kind = &tb_labour_market;
	TbState *state = tb_bag_new(kind, targets, 4), *packed;
	int refused = 0, tried = 0;

	for (int i = 0; i < 20; i++) {
		Row row = random_row(6);

		add_row(kind, &state, &row);
	}
	packed = kind->shape.pack(state);
	for (uint64_t w = 0; w < packed->words; w++)
		for (int bit = 0; bit < 64; bit += 3) {
			tb_state_words(packed)[w] ^= UINT64_C(1) << bit;
			tried++;
			if (kind->shape.check(packed) != TB_OK)
				refused++;
			else {
				TbBag bag;

				(void)tb_bag_view(kind, packed, &bag);
			}
			tb_state_words(packed)[w] ^= UINT64_C(1) << bit;
		}
	for (uint64_t r = 0, *row = tb_state_words(packed) + packed->words - 2; r < 2; r++) {
		uint64_t good = *row;

		*row = r ? (good & UINT64_C(0xffffffff00000000)) | 6 : (good & UINT32_MAX) | UINT64_C(6) << 32;
		CHECK(kind->shape.check(packed) == TB_CORRUPT, "an id after the last of six");
		*row = good;
	}
	CHECK(refused > tried / 2, "most forgeries are refused, none does harm");
	CHECK(kind->shape.check(packed) == TB_OK, "restored");
	tb_state_bytes(packed)[0] = 0;
	CHECK(kind->shape.check(packed) == TB_CORRUPT, "NUL in an id");
}

static void missing(void)
{
	const TbBagKind *kind = &tb_contiguity;
	TbState *state = tb_bag_new(kind, NULL, 0);
	const TbId ids[] = {{"a", 1}, {NULL, 0}, {"b", 1}};
	const double weight = 1;
	TbBag bag;

	(void)tb_bag_add(kind, &state, ids, &weight);
	(void)tb_bag_view(kind, state, &bag);
	CHECK(bag.row_id[0][0] == 0 && bag.row_id[1][0] == TB_NO_ID && bag.row_id[2][0] == 1, "a missing id stays missing");
	CHECK(kind->shape.check(kind->shape.pack(state)) == TB_OK, "and is valid where it may be");
	CHECK(tb_bag_view(kind, tb_bag_new(kind, NULL, 0), &bag) == TB_UNDEFINED, "no rows");
}

/* Rows of three ids, and of values that may be missing or negative, through a merge */
static void kinds(void)
{
	const TbId a[] = {{"p", 1}, {"q", 1}, {NULL, 0}}, b[] = {{"q", 1}, {NULL, 0}, {"o", 1}}, pair[] = {{"x", 1}, {"y", 1}},
			   lone[] = {{"y", 1}, {NULL, 0}};
	const double two = 2, five = 5, near[] = {-1, -2, 3};
	double alone[] = {4, 0, 0};
	const uint64_t missing = TB_BAG_MISSING;
	TbState *one = tb_bag_new(&tb_contiguity, NULL, 0), *other = tb_bag_new(&tb_contiguity, NULL, 0);
	TbState *spatial = tb_bag_new(&tb_spatial, NULL, 0);
	TbBag r;

	(void)tb_bag_add(&tb_contiguity, &one, a, &two);
	(void)tb_bag_add(&tb_contiguity, &other, b, &five);
	CHECK(tb_contiguity.shape.merge(&one, other) == TB_OK && tb_contiguity.shape.check(tb_contiguity.shape.pack(one)) == TB_OK, "three ids merge");
	CHECK(tb_bag_view(&tb_contiguity, one, &r) == TB_OK && r.rows == 2 && r.ids == 3, "o, p, q");
	CHECK(r.row_id[0][0] == 1 && r.row_id[1][0] == 2 && r.row_id[2][0] == TB_NO_ID && r.value[0][0] == 2, "p, q, none: 2");
	CHECK(r.row_id[0][1] == 2 && r.row_id[1][1] == TB_NO_ID && r.row_id[2][1] == 0 && r.value[0][1] == 5, "q, none, o: 5");
	memcpy(alone + 1, &missing, 8);
	memcpy(alone + 2, &missing, 8);
	(void)tb_bag_add(&tb_spatial, &spatial, pair, near);
	(void)tb_bag_add(&tb_spatial, &spatial, lone, alone);
	spatial = tb_spatial.shape.pack(spatial);
	CHECK(tb_spatial.shape.check(spatial) == TB_OK, "missing and negative values where they may be");
	CHECK(tb_bag_view(&tb_spatial, spatial, &r) == TB_OK && r.value[0][0] == -1 && r.value[1][0] == -2 && r.value[2][0] == 3 &&
			  isnan(r.value[1][1]) && isnan(r.value[2][1]),
		  "and back");
	tb_state_words(spatial)[spatial->words - 1] ^= 1;
	CHECK(tb_spatial.shape.check(spatial) == TB_CORRUPT, "one way only to say missing");
	tb_state_words(spatial)[spatial->words - 1] ^= 1;
	tb_state_words(spatial)[spatial->words - 3] = missing;
	CHECK(tb_spatial.shape.check(spatial) == TB_CORRUPT, "the first value may not be missing");
	tb_state_doubles(spatial)[spatial->words - 3] = 4;
	tb_state_doubles(spatial)[spatial->words - 6] = -0.0;
	CHECK(tb_spatial.shape.check(spatial) == TB_CORRUPT, "one zero, and that without a sign");
	tb_state_doubles(spatial)[spatial->words - 6] = 0;
	CHECK(tb_spatial.shape.check(spatial) == TB_OK, "as this one");
	tb_state_doubles(spatial)[spatial->words - 5] = -3;
	CHECK(tb_spatial.shape.check(spatial) == TB_CORRUPT, "nor a weight be negative");
}

/* Many rows of one pair and few of each of many: both are put in order by their values too */
static void runs(void)
{
	const TbBagKind *kind = &tb_labour_market;
	TbState *ahead = tb_bag_new(kind, targets, 4), *back = tb_bag_new(kind, targets, 4);
	Row row[2000];
	TbBag bag;
	bool sorted = true;

	for (int i = 0; i < 2000; i++) {
		row[i] = random_row(9);
		if (i % 2 == 0)
			memcpy(row[i].destination, memcpy(row[i].origin, "zone 0", 7), 7);
	}
	for (int i = 0; i < 2000; i++) {
		add_row(kind, &ahead, row + i);
		add_row(kind, &back, row + 1999 - i);
	}
	CHECK(equal(kind->shape.pack(ahead), kind->shape.pack(back)), "runs of one pair in either order");
	(void)tb_bag_view(kind, ahead, &bag);
	for (size_t i = 1; i < bag.rows; i++)
		if (bag.row_id[0][i] == bag.row_id[0][i - 1] && bag.row_id[1][i] == bag.row_id[1][i - 1])
			sorted &= bag.value[0][i] >= bag.value[0][i - 1];
	CHECK(sorted && bag.rows == 2000, "ascend by value");
}

int main(void)
{
	splits();
	runs();
	forged();
	missing();
	kinds();
	return unit_done();
}
