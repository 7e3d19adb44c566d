/* heap.c -- a binary heap that knows where each item stands */
#include "heap.h"

#include <stdbool.h>

#include "host.h"

TbHeap tb_heap(const double *key, uint32_t items)
{
	return (TbHeap){key, tb_alloc(items * sizeof(uint32_t)), tb_alloc(items * sizeof(uint32_t)), 0};
}

static bool before(const TbHeap *h, uint32_t a, uint32_t b)
{
	double key_a = h->key[a], key_b = h->key[b];

	return key_a < key_b || (key_a == key_b && a < b);
}

static void put(TbHeap *h, uint32_t at, uint32_t item)
{
	h->item[at] = item;
	h->place[item] = at;
}

void tb_heap_fix(TbHeap *h, uint32_t item)
{
	uint32_t at = h->place[item];

	while (at > 0 && before(h, item, h->item[(at - 1) / 2])) {
		put(h, at, h->item[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= h->used)
			break;
		if (child + 1 < h->used && before(h, h->item[child + 1], h->item[child]))
			child++;
		if (!before(h, h->item[child], item))
			break;
		put(h, at, h->item[child]);
		at = child;
	}
	put(h, at, item);
}

void tb_heap_add(TbHeap *h, uint32_t item)
{
	put(h, h->used++, item);
	tb_heap_fix(h, item);
}

void tb_heap_drop(TbHeap *h, uint32_t item)
{
	uint32_t at = h->place[item], last = h->item[--h->used];

	if (last == item)
		return;
	put(h, at, last);
	tb_heap_fix(h, last);
}
