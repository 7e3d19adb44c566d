/* neighbour.c -- SQL face of neighbour_pairs */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/territory/neighbour.h"
#include "geometry_arg.h"
#include "bag.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_neighbour_shape tb_neighbour.shape
TB_STATE(neighbour)
PG_FUNCTION_INFO_V1(terrbal_neighbour_transition);
PG_FUNCTION_INFO_V1(terrbal_neighbour_pairs);

/* The cast is looked up once a query where the executor lets us keep it, else at every row */
static FmgrInfo *cast_of(FunctionCallInfo fcinfo)
{
	FmgrInfo *cast = fcinfo->flinfo->fn_extra;

	if (!cast) {
		cast = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(FmgrInfo));
		geometry_cast(fcinfo, 2, cast, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = cast;
	}
	return cast;
}

Datum terrbal_neighbour_transition(PG_FUNCTION_ARGS)
{
	TbId ids[2];
	bool with_tolerance = PG_NARGS() > 3;
	double params[2];
	TbWkb wkb;

	if (with_tolerance)
		bag_not_null(fcinfo, 3, "tolerance");
	if (arg_any_null(fcinfo, 1, 2))
		return state_unchanged(fcinfo);
	wkb = geometry_plane(geometry_bytes(cast_of(fcinfo), PG_GETARG_DATUM(2)), "geom");
	geometry_refuse_collection(&wkb, "geom");
	if (wkb.size > TB_VALUE_LIMIT / 2)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("geometry exceeds 512 MB")));
	ids[0] = bag_any(fcinfo, 1, "id");
	ids[1] = (TbId){tb_neighbour_hex(&wkb), wkb.size * 2};
	params[0] = wkb.srid;
	params[1] = with_tolerance ? arg_nonnegative(PG_GETARG_FLOAT8(3), "tolerance") : 0;
	return bag_add(fcinfo, &tb_neighbour, params, 1 + with_tolerance, with_tolerance ? "SRID and tolerance" : "SRID", ids, NULL);
}

static void close_work(void *work)
{
	tb_neighbour_close(work);
}

/* GEOS's memory hangs on a context of its own, so that an error or a cancel frees it too */
static TbNeighbourWork *new_work(MemoryContext *context)
{
	MemoryContextCallback *callback;
	TbNeighbourWork *work;

	*context = AllocSetContextCreate(CurrentMemoryContext, "terrbal neighbours", ALLOCSET_DEFAULT_SIZES);
	work = MemoryContextAllocZero(*context, sizeof(TbNeighbourWork));
	callback = MemoryContextAllocZero(*context, sizeof(MemoryContextCallback));
	callback->func = close_work;
	callback->arg = work;
	MemoryContextRegisterResetCallback(*context, callback);
	return work;
}

static TbStatus solve(const TbBag *bag, double tolerance, TbNeighbourWork *work, TbNeighbourPair **pairs, size_t *n, uint32 *unit)
{
	GEOSInterruptCallback *previous = geometry_work_begin();
	TbStatus status = TB_OK;

	PG_TRY();
	{
		status = tb_neighbour_pairs(bag, tolerance, work, pairs, n, unit);
	}
	PG_FINALLY();
	{
		geometry_work_end(previous);
	}
	PG_END_TRY();
	return status;
}

Datum terrbal_neighbour_pairs(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	TbNeighbourPair *pairs;
	TbNeighbourWork *work;
	TbBag bag;
	RowArray *rows;
	size_t n;
	uint32 unit = 0;
	double tolerance;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)) || !bag_arg(fcinfo, 0, &tb_neighbour, &bag))
		PG_RETURN_NULL();
	tolerance = PG_NARGS() > 1 ? arg_nonnegative(PG_GETARG_FLOAT8(1), "tolerance") : tb_neighbour_tolerance(&bag);
	work = new_work(&context);
	if (solve(&bag, tolerance, work, &pairs, &n, &unit) != TB_OK)
		geometry_failed(work->geos.message, psprintf("unit \"%s\"", bag_text(bag.id[unit])));
	if (work->small > 0)
		notice_once((errmsg("unit \"%s\" is no wider than twice the tolerance of %.15g: lengths of its borders mean nothing",
							bag_text(bag.id[work->example]), tolerance),
					 errhint("Give a tolerance in units of the coordinates, far below the size of a unit.")));
	MemoryContextDelete(context);
	rows = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		bool island = pairs[i].b == TB_NO_ID, nulls[3] = {false, island, island};
		TbId a = bag.id[pairs[i].a], b = island ? a : bag.id[pairs[i].b];
		Datum values[3] = {arg_id_datum(a.text, a.length), arg_id_datum(b.text, b.length),
						   Float8GetDatum(island ? 0 : arg_finite(pairs[i].length, "common border"))};

		row_array_put(rows, values, nulls, 3);
	}
	PG_RETURN_DATUM(row_array_end(rows));
}
