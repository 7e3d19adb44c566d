/* unit test of core/heap: against a search for the lowest, while keys rise and fall and items leave */
#include "../../src/core/base/heap.h"

#include <stdbool.h>

#include "context.h"
#include "unit.h"

enum { N = 60 };

static uint32_t draw(uint32_t below)
{
	static uint64_t x = 7;

	x = x * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(x >> 33) % below;
}

int main(void)
{
	double key[N] = {0};
	bool in[N] = {false};
	TbHeap heap = tb_heap(key, N);
	bool lowest = true, placed = true;
	uint32_t used = 0;

	for (int step = 0; step < 20000; step++) {
		uint32_t i = draw(N), low = N;

		if (!in[i]) {
			key[i] = draw(20); /* many ties */
			tb_heap_add(&heap, i);
			in[i] = true;
			used++;
		} else if (draw(3) == 0) {
			tb_heap_drop(&heap, i);
			in[i] = false;
			used--;
		} else {
			key[i] = draw(20);
			tb_heap_fix(&heap, i);
		}
		for (uint32_t k = 0; k < N; k++) {
			if (in[k] && (low == N || key[k] < key[low]))
				low = k;
			placed &= !in[k] || heap.item[heap.place[k]] == k;
		}
		lowest &= heap.used == used && (used == 0 || heap.item[0] == low);
	}
	CHECK(lowest, "the lowest key first, of equal ones the smaller item");
	CHECK(placed, "every item stands where its place says");
	return unit_done();
}
