/* unit test of core/order: sorted, complete, stable */
#include "../../src/core/base/merge_sort.h"

#include "../../src/core/base/host.h"
#include "unit.h"

typedef struct Item {
	int key, place;
} Item;

static int by_key(const void *a, const void *b)
{
	return ((const Item *)a)->key - ((const Item *)b)->key;
}

int main(void)
{
	static double x[20001];
	static Item item[20001];
	static const void *p[20001];
	bool sorted = true, stable = true;
	double sum = 0;
	unsigned seed = 1;

	for (size_t n = 0; n <= 20001; n = n < 20 ? n + 1 : n < 20000 ? 20000 : n + 1) {
		double before = 0, after = 0;

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			before += x[i] = (int)(seed >> 16) % 1000 - 500;
			item[i] = (Item){(int)(seed >> 16) % 50, (int)i};
			p[i] = item + i;
		}
		tb_sort_doubles(x, n);
		tb_sort_pointers(p, n, by_key);
		for (size_t i = 0; i < n; i++)
			after += x[i];
		for (size_t i = 1; i < n; i++) {
			const Item *a = p[i - 1], *b = p[i];

			sorted &= x[i - 1] <= x[i];
			stable &= a->key < b->key || (a->key == b->key && a->place < b->place);
		}
		sum += before - after;
	}
	CHECK(sorted, "numbers ascend, for many lengths");
	CHECK(sum == 0, "none is lost");
	CHECK(stable, "equal items keep their order");
	CHECK(unit_ticks > 0, "long sorts tick");

	double few[] = {3, 1, 2, 3, 1, 1};

	CHECK(tb_distinct_doubles(few, 6) == 3 && few[0] == 1 && few[1] == 2 && few[2] == 3, "each number once, ascending");
	CHECK(tb_distinct_doubles(few, 0) == 0, "of none");
	CHECK(tb_place_of(few, 3, 1) == 0 && tb_place_of(few, 3, 3) == 2 && tb_place_of(few, 3, 2.5) == 2 && tb_place_of(few, 3, 4) == 3 &&
			  tb_place_of(few, 0, 4) == 0,
		  "the place of a number, there or not");
	return unit_done();
}
