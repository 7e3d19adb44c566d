/* geometry.c -- SQL face of overlap_share and frontage */
#include "postgres.h"

#include "utils/memutils.h"

#include "arg.h"
#include "core/territory/compactness.h"
#include "geometry_arg.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_overlap_share);
PG_FUNCTION_INFO_V1(terrbal_frontage);
PG_FUNCTION_INFO_V1(terrbal_compactness);

/* Zones kept between calls, in turn: a join that walks cell by cell still meets few zones at a time. */
#define SLOTS 8

typedef struct Slot {
	MemoryContext context; /* holds the key and the edges; its callback frees what GEOS allocated */
	MemoryContextCallback callback;
	char *key; /* the datum as stored: compressed or a pointer to TOAST, so that a hit costs no detoasting */
	Size key_size;
	bytea *content; /* its well-known binary: a copy of the zone in another row is the same zone */
	TbPrepared zone;
} Slot;

typedef struct Cache {
	FmgrInfo zone_cast, cell_cast;
	Slot *slot[SLOTS];
	int latest;
	int32 plane; /* the SRID last found not to be in degrees; 0 is none */
} Cache;

/* Of a function whose first so many arguments are geometries */
static Cache *cache_of(FunctionCallInfo fcinfo, int geometries)
{
	MemoryContext context = fcinfo->flinfo->fn_mcxt;
	Cache *cache = fcinfo->flinfo->fn_extra;

	if (!cache) {
		cache = MemoryContextAllocZero(context, sizeof(Cache));
		geometry_cast(fcinfo, 0, &cache->zone_cast, context);
		if (geometries > 1)
			geometry_cast(fcinfo, 1, &cache->cell_cast, context);
		fcinfo->flinfo->fn_extra = cache;
	}
	return cache;
}

static void free_slot(void *arg)
{
	tb_prepared_free(&((Slot *)arg)->zone);
}

static Slot *new_slot(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "terrbal zone", ALLOCSET_SMALL_SIZES);
	Slot *slot = MemoryContextAllocZero(context, sizeof(Slot));

	slot->context = context;
	slot->callback = (MemoryContextCallback){.func = free_slot, .arg = slot};
	MemoryContextRegisterResetCallback(context, &slot->callback);
	return slot;
}

static void keep_key(Slot *slot, Datum datum)
{
	Size size = VARSIZE_ANY(DatumGetPointer(datum));

	if (slot->key)
		pfree(slot->key);
	slot->key = memcpy(MemoryContextAlloc(slot->context, size), DatumGetPointer(datum), size);
	slot->key_size = size;
}

static Slot *fill_slot(FunctionCallInfo fcinfo, bytea *bytes)
{
	TbWkb wkb = geometry_plane(bytes, "zone");
	Slot *slot;
	MemoryContext old;
	TbStatus status;

	geometry_refuse_collection(&wkb, "zone");
	slot = new_slot(fcinfo->flinfo->fn_mcxt);
	old = MemoryContextSwitchTo(slot->context);
	status = geometry_prepare(&slot->zone, &wkb);
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("zone has more than 4294967295 edges")));
	if (status != TB_OK)
		geometry_failed(slot->zone.geos.message, "zone");
	slot->content = (bytea *)memcpy(palloc(VARSIZE_ANY(bytes)), bytes, VARSIZE_ANY(bytes));
	MemoryContextSwitchTo(old);
	return slot;
}

static bool slot_holds(const Slot *slot, Datum datum)
{
	return slot && slot->key_size == VARSIZE_ANY(DatumGetPointer(datum)) && memcmp(slot->key, DatumGetPointer(datum), slot->key_size) == 0;
}

static bool slot_equals(const Slot *slot, bytea *bytes)
{
	return slot && VARSIZE_ANY(slot->content) == VARSIZE_ANY(bytes) && memcmp(slot->content, bytes, VARSIZE_ANY(bytes)) == 0;
}

static TbPrepared *slot_zone(Cache *cache, int at)
{
	cache->latest = at;
	return &cache->slot[at]->zone;
}

/* By the stored form, then by content, then anew */
static TbPrepared *zone_of(FunctionCallInfo fcinfo, Cache *cache, Datum datum)
{
	int next = (cache->latest + 1) % SLOTS;
	bytea *bytes;
	Slot *slot;

	for (int i = 0, at = cache->latest; i < SLOTS; i++, at = (at + 1) % SLOTS)
		if (slot_holds(cache->slot[at], datum))
			return slot_zone(cache, at);
	bytes = geometry_bytes(&cache->zone_cast, datum);
	for (int i = 0, at = cache->latest; i < SLOTS; i++, at = (at + 1) % SLOTS)
		if (slot_equals(cache->slot[at], bytes)) {
			keep_key(cache->slot[at], datum);
			return slot_zone(cache, at);
		}
	slot = fill_slot(fcinfo, bytes);
	keep_key(slot, datum);
	if (cache->slot[next])
		MemoryContextDelete(cache->slot[next]->context);
	cache->slot[next] = slot;
	return slot_zone(cache, next);
}

static TbStatus general_share(TbPrepared *zone, const TbWkb *cell, double *share)
{
	GEOSInterruptCallback *previous = geometry_work_begin();
	TbStatus status;

	zone->geos.message[0] = '\0';
	status = tb_overlap_share(zone, cell, share);
	geometry_work_end(previous);
	return status;
}

Datum terrbal_overlap_share(PG_FUNCTION_ARGS)
{
	Cache *cache = cache_of(fcinfo, 2);
	TbPrepared *zone = zone_of(fcinfo, cache, PG_GETARG_DATUM(0));
	bytea *cell = geometry_bytes(&cache->cell_cast, PG_GETARG_DATUM(1));
	TbStatus status;
	TbBox box;
	TbWkb wkb;
	int32 srid;
	double share;

	if (tb_wkb_box((const unsigned char *)VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &box, &srid)) {
		geometry_same_srid(zone->srid, srid);
		PG_RETURN_FLOAT8(tb_clip_polygon_share(&zone->zone, box));
	}
	wkb = geometry_plane(cell, "cell");
	geometry_same_srid(zone->srid, wkb.srid);
	geometry_refuse_collection(&wkb, "cell");
	status = general_share(zone, &wkb, &share);
	if (status == TB_UNDEFINED) {
		no_result("cell has no area");
		PG_RETURN_NULL();
	}
	if (status != TB_OK)
		geometry_failed(zone->geos.message, "cell");
	PG_RETURN_FLOAT8(share);
}

static void close_geos(void *geos)
{
	tb_geos_close(geos);
}

/* One GEOS context for all calls of this function in a query */
static TbGeos *query_geos(Cache *cache, FunctionCallInfo fcinfo)
{
	Slot *slot = cache->slot[0];

	if (!slot) {
		MemoryContext context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "terrbal GEOS", ALLOCSET_SMALL_SIZES);

		slot = MemoryContextAllocZero(context, sizeof(Slot));
		slot->callback = (MemoryContextCallback){.func = close_geos, .arg = &slot->zone.geos};
		MemoryContextRegisterResetCallback(context, &slot->callback);
		tb_geos_open(&slot->zone.geos);
		cache->slot[0] = slot;
	}
	slot->zone.geos.message[0] = '\0';
	return &slot->zone.geos;
}

Datum terrbal_frontage(PG_FUNCTION_ARGS)
{
	Cache *cache = cache_of(fcinfo, 2);
	TbGeos *geos = query_geos(cache, fcinfo);
	TbWkb parcel = geometry_plane(geometry_bytes(&cache->zone_cast, PG_GETARG_DATUM(0)), "parcel");
	TbWkb street = geometry_plane(geometry_bytes(&cache->cell_cast, PG_GETARG_DATUM(1)), "street");
	double tolerance = arg_nonnegative(PG_GETARG_FLOAT8(2), "tolerance"), length;
	GEOSInterruptCallback *previous;
	TbStatus status;

	geometry_same_srid(parcel.srid, street.srid);
	if (parcel.srid != cache->plane)
		geometry_refuse_degrees(&cache->zone_cast, parcel.srid, "parcel");
	cache->plane = parcel.srid;
	geometry_refuse_collection(&parcel, "parcel");
	geometry_refuse_collection(&street, "street");
	previous = geometry_work_begin();
	status = tb_frontage(geos, &parcel, &street, tolerance, &length);
	geometry_work_end(previous);
	if (status != TB_OK)
		geometry_failed(geos->message, "parcel or street");
	PG_RETURN_FLOAT8(length);
}

/* (geom, method) */
Datum terrbal_compactness(PG_FUNCTION_ARGS)
{
	Cache *cache = cache_of(fcinfo, 1);
	TbGeos *geos = query_geos(cache, fcinfo);
	TbCompactness method = arg_choice(PG_GETARG_DATUM(1), "method", tb_compactness_methods, TB_COMPACTNESS_METHODS);
	TbWkb wkb = geometry_plane(geometry_bytes(&cache->zone_cast, PG_GETARG_DATUM(0)), "geom");
	GEOSInterruptCallback *previous;
	TbStatus status;
	double value;

	if (wkb.srid != cache->plane)
		geometry_refuse_degrees(&cache->zone_cast, wkb.srid, "geom");
	cache->plane = wkb.srid;
	geometry_refuse_collection(&wkb, "geom");
	previous = geometry_work_begin();
	status = tb_compactness(geos, &wkb, method, &value);
	geometry_work_end(previous);
	if (status == TB_UNDEFINED) {
		no_result("geom has no area");
		PG_RETURN_NULL();
	}
	if (status != TB_OK)
		geometry_failed(geos->message, "geom");
	PG_RETURN_FLOAT8(value);
}
