/* host.c -- the server's side of core/host.h: palloc in the current context, query cancel as tick */
#include "postgres.h"

#include <sys/mman.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "storage/shmem.h"
#include "utils/backend_status.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "core/base/host.h"
#include "growing.h"

/* By its address the contexts of growing blocks are known. */
static const char mark[] = "growing";

void growing_context(MemoryContext context)
{
	MemoryContextSetIdentifier(context, mark);
}

bool growing_owns(void *block)
{
	return GetMemoryChunkContext(block)->ident == mark;
}

#define LARGE_PAGE ((uintptr_t)2 << 20)

/* Where the kernel waits to be asked for large pages (transparent_hugepage: madvise): tables that are read at random places spend most of their time on the
 * search for small ones, and each of those costs a fault when it is fresh. Advice only: no answer is right too. */
static void *in_large_pages(void *block, Size size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t from = ((uintptr_t)block + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1), to = ((uintptr_t)block + size) & ~(LARGE_PAGE - 1);

	if (size >= 2 * LARGE_PAGE)
		(void)madvise((void *)from, to - from, MADV_HUGEPAGE);
#endif
	return block;
}

void *tb_alloc(size_t size)
{
	return in_large_pages(MemoryContextAllocHuge(CurrentMemoryContext, size ? size : 1), size);
}

/* Zeroing fresh pages takes as long as copying them: what is large is done in parts, with ticks. */
static void *zeroed(MemoryContext context, Size size)
{
	char *block;

	if (size <= TB_COPY_BETWEEN_TICKS)
		return MemoryContextAllocExtended(context, size ? size : 1, MCXT_ALLOC_ZERO);
	block = in_large_pages(MemoryContextAllocHuge(context, size), size);
	for (Size done = 0; done < size; done += TB_COPY_BETWEEN_TICKS) {
		memset(block + done, 0, Min(size - done, TB_COPY_BETWEEN_TICKS));
		tb_tick();
	}
	return block;
}

void *tb_alloc_zero(size_t n, size_t size)
{
	return zeroed(CurrentMemoryContext, mul_size(n, size));
}

void tb_free(void *p)
{
	if (p)
		pfree(p);
}

void *tb_grow(void *p, size_t had, size_t size)
{
	char *block;

	if (growing_owns(p))
		return in_large_pages(repalloc_huge(p, size), size);
	block = tb_alloc(size);
	for (Size done = 0; done < had; done += TB_COPY_BETWEEN_TICKS) {
		memcpy(block + done, (char *)p + done, Min(had - done, TB_COPY_BETWEEN_TICKS));
		tb_tick();
	}
	return block;
}

void *tb_alloc_beside(void *p, size_t size)
{
	MemoryContext context = growing_owns(p) ? GetMemoryChunkContext(p) : CurrentMemoryContext;

	return zeroed(context, size);
}

void tb_give_back(void *p)
{
	if (growing_owns(p))
		pfree(p);
}

void tb_tick(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* What a waiting reader sees in pg_stat_activity goes when the memory of the call does, after an error too. */
static bool named = false;

static void unname(void *unused)
{
	named = false;
	pgstat_report_appname(application_name ? application_name : "");
}

static void name(const char *text)
{
	if (!named) {
		MemoryContextCallback *callback = palloc0(sizeof(MemoryContextCallback));

		callback->func = unname;
		MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
		named = true;
	}
	pgstat_report_appname(text);
}

void tb_progress(const char *what, double done, double of)
{
	static TimestampTz shown = 0;
	TimestampTz now = GetCurrentTimestamp();
	char *text;

	CHECK_FOR_INTERRUPTS();
	if (done <= 0) {
		shown = now;
		return;
	}
	if (now - shown < USECS_PER_SEC)
		return;
	shown = now;
	text = psprintf("%s: %.0f of %.0f", what, done, of);
	name(text);
	ereport(NOTICE, (errmsg_internal("%s", text)));
	pfree(text);
}
