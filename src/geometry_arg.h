/* geometry_arg.h -- geometry arguments as well-known binary, and GEOS calls that a query cancel can stop
 *
 * The bytes come from PostGIS's own cast of its geometry type to bytea, found in pg_cast by the type of the argument: no PostGIS schema name, no
 * knowledge of its storage format.
 */
#ifndef TERRBAL_GEOMETRY_ARG_H
#define TERRBAL_GEOMETRY_ARG_H

#include "fmgr.h"

#include "core/territory/geometry.h"

/* The cast from the type of argument n; kept by the caller */
extern void geometry_cast(FunctionCallInfo fcinfo, int n, FmgrInfo *cast, MemoryContext context);
extern bytea *geometry_bytes(FmgrInfo *cast, Datum geometry);

/* Plane WKB, or an error that names the argument and the way out */
extern TbWkb geometry_plane(bytea *bytes, const char *name);
extern void geometry_same_srid(int32 a, int32 b);

/* For lengths: an error where the reference system measures degrees; an unknown SRID counts as plane. Costs a query, so ask once. */
extern void geometry_refuse_degrees(const FmgrInfo *cast, int32 srid, const char *name);

/* For polygons: a collection has no single area */
extern void geometry_refuse_collection(const TbWkb *wkb, const char *name);

/* Between the two, query cancel reaches GEOS. `failed` raises what GEOS said, or the cancel. */
extern GEOSInterruptCallback *geometry_work_begin(void);
extern void geometry_work_end(GEOSInterruptCallback *previous);
extern _Noreturn void geometry_failed(const char *message, const char *name);

/* Opens GEOS for *prepared, which is all 0, and builds it; the caller frees it, after an error too */
extern TbStatus geometry_prepare(TbPrepared *prepared, const TbWkb *wkb);

#endif
