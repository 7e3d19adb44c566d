/* growing.h -- memory contexts in which the core's blocks may grow where they lie (tb_grow): those of large states */
#ifndef TERRBAL_GROWING_H
#define TERRBAL_GROWING_H

#include "utils/palloc.h"

/* From here on the context's blocks grow in place */
extern void growing_context(MemoryContext context);
/* Does this block lie in such a context? */
extern bool growing_owns(void *block);

#endif
