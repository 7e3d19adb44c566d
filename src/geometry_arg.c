/* geometry_arg.c -- from PostGIS to GEOS by well-known binary */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "geometry_arg.h"

void geometry_cast(FunctionCallInfo fcinfo, int n, FmgrInfo *cast, MemoryContext context)
{
	Oid *types, function;
	int count;
	HeapTuple tuple;

	(void)get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	tuple = SearchSysCache2(CASTSOURCETARGET, ObjectIdGetDatum(types[n]), ObjectIdGetDatum(BYTEAOID));
	if (!HeapTupleIsValid(tuple))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION), errmsg("no cast from %s to bytea", format_type_be(types[n])),
						errhint("PostGIS brings this cast; is its installation complete?")));
	function = ((Form_pg_cast)GETSTRUCT(tuple))->castfunc;
	ReleaseSysCache(tuple);
	fmgr_info_cxt(function, cast, context);
	pfree(types);
}

bytea *geometry_bytes(FmgrInfo *cast, Datum geometry)
{
	return DatumGetByteaPP(FunctionCall1(cast, geometry));
}

TbWkb geometry_plane(bytea *bytes, const char *name)
{
	TbWkb wkb;
	TbStatus status = tb_wkb_plane((const unsigned char *)VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), &wkb);

	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s is a curve or surface of type %u", name, wkb.type),
						errhint("Turn it into straight segments with ST_CurveToLine, or into polygons.")));
	if (status == TB_OUT_OF_RANGE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s has a coordinate that is NaN or infinite", name)));
	if (status != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("%s is not well-known binary", name)));
	return wkb;
}

void geometry_same_srid(int32 a, int32 b)
{
	if (a != b)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("geometries have different SRIDs: %d and %d", a, b),
						errhint("Bring one of them into the other's reference system with ST_Transform.")));
}

/* PostGIS keeps its reference systems beside its functions. */
static bool in_degrees(const FmgrInfo *cast, int32 srid)
{
	const char *schema = quote_identifier(get_namespace_name(get_func_namespace(cast->fn_oid)));
	StringInfoData query;
	bool found;

	initStringInfo(&query);
	appendStringInfo(&query,
					 "SELECT FROM %s.spatial_ref_sys WHERE srid OPERATOR(pg_catalog.=) %d"
					 " AND (srtext OPERATOR(pg_catalog.~~) 'GEOG%%' OR proj4text OPERATOR(pg_catalog.~~) '%%+proj=longlat%%')",
					 schema, srid);
	SPI_connect();
	if (SPI_execute(query.data, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "unexpected answer from spatial_ref_sys");
	found = SPI_processed > 0;
	SPI_finish();
	pfree(query.data);
	return found;
}

void geometry_refuse_degrees(const FmgrInfo *cast, int32 srid, const char *name)
{
	if (srid != 0 && in_degrees(cast, srid))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s is in degrees, SRID %d", name, srid),
						errhint("Transform it to a projected reference system with ST_Transform.")));
}

void geometry_refuse_collection(const TbWkb *wkb, const char *name)
{
	if (wkb->type == TB_WKB_COLLECTION)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s is a geometry collection", name),
						errhint("Take its polygons with ST_CollectionExtract(geom, 3).")));
}

static void stop_geos(void)
{
	if (QueryCancelPending || ProcDiePending)
		GEOS_interruptRequest();
}

GEOSInterruptCallback *geometry_work_begin(void)
{
	return GEOS_interruptRegisterCallback(stop_geos);
}

void geometry_work_end(GEOSInterruptCallback *previous)
{
	GEOS_interruptRegisterCallback(previous);
	GEOS_interruptCancel();
}

void geometry_failed(const char *message, const char *name)
{
	CHECK_FOR_INTERRUPTS();
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid geometry: %s", name), message[0] ? errdetail("%s", message) : 0,
					errhint("Repair it with ST_MakeValid.")));
	pg_unreachable();
}

TbStatus geometry_prepare(TbPrepared *prepared, const TbWkb *wkb)
{
	GEOSInterruptCallback *previous = geometry_work_begin();
	TbStatus status = TB_OK;

	PG_TRY();
	{
		tb_geos_open(&prepared->geos);
		status = tb_prepared_build(prepared, wkb);
	}
	PG_FINALLY();
	{
		geometry_work_end(previous);
	}
	PG_END_TRY();
	return status;
}
