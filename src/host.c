/* host.c -- the server's side of core/host.h: palloc in the current context, query cancel as tick */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/shmem.h"
#include "utils/memutils.h"

#include "core/host.h"

void *tb_alloc(size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, size ? size : 1);
}

void *tb_alloc_zero(size_t n, size_t size)
{
	Size total = mul_size(n, size);

	return MemoryContextAllocExtended(CurrentMemoryContext, total ? total : 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

void tb_free(void *p)
{
	pfree(p);
}

void tb_tick(void)
{
	CHECK_FOR_INTERRUPTS();
}
