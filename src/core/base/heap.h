/* heap.h -- items in order of a key that changes: the lowest first, of equal ones the smaller item */
#ifndef TB_HEAP_H
#define TB_HEAP_H

#include <stdint.h>

typedef struct TbHeap {
	const double *key; /* [items] the caller's; call tb_heap_fix after each change */
	uint32_t *item;    /* [0 .. used - 1]; item[0] is the lowest */
	uint32_t *place;   /* [items] where an item stands */
	uint32_t used;
} TbHeap;

extern TbHeap tb_heap(const double *key, uint32_t items);
extern void tb_heap_add(TbHeap *heap, uint32_t item);
extern void tb_heap_fix(TbHeap *heap, uint32_t item);
extern void tb_heap_drop(TbHeap *heap, uint32_t item);

#endif
