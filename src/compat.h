/* compat.h -- what differs between the server versions we build on; include after postgres.h */
#ifndef TERRBAL_COMPAT_H
#define TERRBAL_COMPAT_H

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* A partition is solved over all its rows: IGNORE NULLS would mean nothing, and servers before 19 have no such clause. */
#if PG_VERSION_NUM >= 190000
#define window_refuse_null_treatment(object, fcinfo) WinCheckAndInitializeNullTreatment(object, false, fcinfo)
#else
#define window_refuse_null_treatment(object, fcinfo) ((void)0)
#endif

#endif
