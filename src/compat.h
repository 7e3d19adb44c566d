/* compat.h -- what differs between the server versions we build on; include after postgres.h */
#ifndef TERRBAL_COMPAT_H
#define TERRBAL_COMPAT_H

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#endif
