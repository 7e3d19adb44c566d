/* assert.h -- what must hold whatever the caller did: looked at in unit tests and in a build with ASSERTIONS=1, free elsewhere */
#ifndef TB_ASSERT_H
#define TB_ASSERT_H

#ifdef USE_ASSERT_CHECKING
#undef NDEBUG
#include <assert.h>
#define tb_assert(condition) assert(condition)
#else
#define tb_assert(condition) ((void)0)
#endif

#endif
