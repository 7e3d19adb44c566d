/* unit test of core/class_map: runs joined whatever the order, cells that occur twice, edges of int, forged states */
#include "../../src/core/state/class_map.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static TbState *map_of(size_t n, const int32_t (*cell)[3])
{
	TbState *state = tb_class_map_new(2, true);

	for (size_t i = 0; i < n; i++)
		(void)tb_class_map_add(&state, cell[i][0], cell[i][1], cell[i][2]);
	return state;
}

static bool same(const TbState *a, const TbState *b)
{
	a = tb_landscape_shape.pack(a);
	b = tb_landscape_shape.pack(b);
	return a->words == b->words && memcmp(tb_state_words(a), tb_state_words(b), a->words * 8) == 0;
}

static TbState *merged(const TbState *a, const TbState *b)
{
	TbState *both = tb_state_new(&tb_landscape_shape, a->words, 0);

	memcpy(both, a, a->size);
	(void)tb_landscape_shape.merge(&both, b);
	return both;
}

static void check_order(void)
{
	enum { N = 600 };
	static int32_t cell[N][3], shuffled[N][3];
	TbState *whole, *parts;
	uint64_t seed = 7;

	for (int32_t i = 0; i < N; i++) {
		cell[i][0] = i % 30 - 15;
		cell[i][1] = i / 30 - 10;
		cell[i][2] = (cell[i][0] * cell[i][0] + 3 * cell[i][1]) / 40;
	}
	memcpy(shuffled, cell, sizeof(cell));
	for (size_t i = N - 1; i > 0; i--) {
		int32_t kept[3];
		size_t k;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		k = (seed >> 33) % (i + 1);
		memcpy(kept, shuffled[i], sizeof(kept));
		memcpy(shuffled[i], shuffled[k], sizeof(kept));
		memcpy(shuffled[k], kept, sizeof(kept));
	}
	whole = map_of(N, (const int32_t(*)[3])cell);
	CHECK(same(whole, map_of(N, (const int32_t(*)[3])shuffled)), "any order of cells gives the same bytes");
	parts = merged(tb_landscape_shape.pack(map_of(200, (const int32_t(*)[3])shuffled)), map_of(400, (const int32_t(*)[3])shuffled + 200));
	CHECK(same(whole, parts), "so does any split, packed or open");
	CHECK(tb_landscape_shape.pack(whole)->words < N, "runs, not cells, are stored");
	CHECK(tb_landscape_shape.check(tb_landscape_shape.pack(parts)) == TB_OK, "and are taken back");
}

static void check_twice(void)
{
	const int32_t once[][3] = {{3, 4, 1}, {4, 4, 1}}, again[][3] = {{4, 4, 2}, {9, 9, 1}}, twice[][3] = {{3, 4, 1}, {4, 4, 1}, {4, 4, 2}, {9, 9, 1}};
	TbState *a = map_of(2, once), *b = map_of(2, again), *both = merged(a, b);
	TbClassMap map;
	int32_t at[2];
	bool named;

	CHECK(tb_class_map_view(both, &map, at, &named) == TB_INVALID && named && at[0] == 4 && at[1] == 4, "a cell that two parts give is named");
	CHECK(same(both, map_of(4, twice)) && tb_landscape_shape.check(tb_landscape_shape.pack(both)) == TB_OK, "packed, any split gives the same");
	CHECK(tb_class_map_view(tb_landscape_shape.pack(both), &map, at, &named) == TB_INVALID && !named, "which no longer knows the cell");
	CHECK(same(merged(tb_landscape_shape.pack(both), a), both), "and stays wrong");
	CHECK(tb_class_map_view(a, &map, at, &named) == TB_OK && map.runs == 1 && map.run[0].first == 3 && map.run[0].last == 4 &&
			  map.run[0].class == 1 && map.queen,
		  "a view");
	CHECK(tb_class_map_view(tb_class_map_new(1, false), &map, at, &named) == TB_UNDEFINED, "nothing");
	CHECK(tb_class_map_same(a, 2, true) && !tb_class_map_same(a, 2, false) && tb_landscape_shape.merge(&a, tb_class_map_new(1, true)) == TB_MISMATCH,
		  "parameters");
}

static void check_edges(void)
{
	const int32_t ends[][3] = {{INT32_MAX, 0, 5}, {INT32_MIN, 1, 5}, {INT32_MIN, INT32_MIN, -1}, {INT32_MAX, INT32_MAX, INT32_MIN}};
	TbClassMap map;
	int32_t at[2];
	bool named;

	CHECK(tb_class_map_view(map_of(4, ends), &map, at, &named) == TB_OK && map.runs == 4 && map.run[1].last == INT32_MAX &&
			  map.run[2].first == INT32_MIN,
		  "the end of a row does not run into the next");
}

static void check_forged(void)
{
	const int32_t cell[][3] = {{0, 0, 1}, {1, 0, 2}, {2, 0, 1}, {0, 1, 1}};
	const TbState *good = tb_landscape_shape.pack(map_of(4, cell));
	TbState *turned = tb_state_new(&tb_landscape_shape, good->words, 0);
	size_t refused = 0, taken = 0;

	for (uint64_t word = 0; word < good->words; word++)
		for (int bit = 0; bit < 64; bit++) {
			TbState *bad = tb_state_new(&tb_landscape_shape, good->words, 0);
			TbClassMap map;
			int32_t at[2];
			bool named;

			memcpy(bad, good, good->size);
			tb_state_words(bad)[word] ^= UINT64_C(1) << bit;
			if (tb_landscape_shape.check(bad) != TB_OK)
				refused++;
			else if (tb_class_map_view(bad, &map, at, &named) == TB_OK)
				taken++;
		}
	memcpy(turned, good, good->size);
	memcpy(tb_state_words(turned) + good->words - 4, tb_state_words(good) + good->words - 2, 16);
	memcpy(tb_state_words(turned) + good->words - 2, tb_state_words(good) + good->words - 4, 16);
	CHECK(tb_landscape_shape.check(turned) == TB_CORRUPT, "runs in another order");
	CHECK(refused > 300 && refused + taken == good->words * 64, "a changed bit is refused or is another map");
}

int main(void)
{
	check_order();
	check_twice();
	check_edges();
	check_forged();
	return unit_done();
}
