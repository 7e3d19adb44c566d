/* raster.c -- SQL face of grid cells: those of a raster tile, those of a unit */
#include "postgres.h"

#include <math.h>

#include "executor/tuptable.h"
#include "funcapi.h"
#include "miscadmin.h"

#include "arg.h"
#include "core/territory/polygon_cells.h"
#include "core/territory/raster.h"
#include "geometry_arg.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_raster_cells);
PG_FUNCTION_INFO_V1(terrbal_unit_cells);

static _Noreturn void refuse_place(const TbRaster *r, TbRasterDoubt doubt, const double *origin, double figure)
{
	if (doubt == TB_RASTER_SKEWED)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the raster is rotated or skewed"),
						errhint("Its pixels are no cells of columns and rows; bring it to a grid first, with ST_Transform or gdalwarp.")));
	if (doubt == TB_RASTER_SIZE)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("the raster has pixels of %.15g by %.15g at (%.15g, %.15g)", r->scale_x, r->scale_y, r->corner_x, r->corner_y),
						errhint("It is not georeferenced: give scale and corner with ST_SetGeoReference.")));
	if (doubt == TB_RASTER_FAR)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("column or row of the raster exceeds integer"),
						errhint("Do origin_x and origin_y have the units of the raster's coordinates?")));
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("the raster begins at (%.15g, %.15g), which is %.3g of a pixel off the grid", r->corner_x, r->corner_y, figure),
					errdetail("The grid has pixels of %.15g by %.15g from (%.15g, %.15g).", fabs(r->scale_x), fabs(r->scale_y), origin[0], origin[1]),
					errhint("Give the corner of the coverage as origin_x and origin_y; a tile off the grid of its coverage needs ST_Resample.")));
}

static _Noreturn void refuse_raster(const TbRaster *r, TbRasterDoubt doubt, int32 band, const double *origin, double figure)
{
	if (doubt == TB_RASTER_NO_BYTES)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("the bytes are no raster"), errhint("Give ST_AsWKB(rast).")));
	if (doubt == TB_RASTER_VERSION)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("the version of the raster is not 0")));
	if (doubt == TB_RASTER_PIXELS)
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("unknown pixel type %d", (int)figure),
						errhint("Types from 1BB to 64BF are read; convert the band with ST_Reclass or ST_MapAlgebra.")));
	if (doubt == TB_RASTER_NO_BAND)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the raster has no band %d", band),
						errdetail("Its bands are 1 to %d.", (int)figure)));
	if (doubt == TB_RASTER_OUTSIDE)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the pixels of band %d are outside the database", band),
						errhint("Have them read in: ST_AsWKB(rast, true).")));
	refuse_place(r, doubt, origin, figure);
}

/* Rows of two columns int and one float8 into a tuplestore. A minimal tuple with a value and one without are formed once and written over for every row: forming
 * and freeing one each time was a fifth of the whole query. */
typedef struct CellRows {
	Tuplestorestate *store;
	TupleTableSlot *slot[2]; /* [1]: the value is NULL */
	char *data[2];
} CellRows;

static CellRows cell_rows_begin(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *set;
	CellRows rows;
	TupleTableSlot *virtual;

	InitMaterializedSRF(fcinfo, 0);
	set = (ReturnSetInfo *)fcinfo->resultinfo;
	rows.store = set->setResult;
	virtual = MakeSingleTupleTableSlot(set->setDesc, &TTSOpsVirtual);
	for (int i = 0; i < 2; i++) {
		MinimalTuple tuple;

		ExecClearTuple(virtual);
		memset(virtual->tts_values, 0, 3 * sizeof(Datum));
		memcpy(virtual->tts_isnull, (bool[]){false, false, i == 1}, 3 * sizeof(bool));
		ExecStoreVirtualTuple(virtual);
		tuple = ExecCopySlotMinimalTuple(virtual);
		rows.slot[i] = MakeSingleTupleTableSlot(set->setDesc, &TTSOpsMinimalTuple);
		ExecStoreMinimalTuple(tuple, rows.slot[i], true);
		rows.data[i] = (char *)tuple - MINIMAL_TUPLE_OFFSET + tuple->t_hoff;
	}
	ExecDropSingleTupleTableSlot(virtual);
	return rows;
}

static void cell_rows_end(const CellRows *rows)
{
	ExecDropSingleTupleTableSlot(rows->slot[0]);
	ExecDropSingleTupleTableSlot(rows->slot[1]);
}

static inline void put_cell(const CellRows *rows, int32 x, int32 y, double value)
{
	int nothing = isnan(value);

	memcpy(rows->data[nothing], &x, sizeof(x));
	memcpy(rows->data[nothing] + sizeof(x), &y, sizeof(y));
	if (!nothing)
		memcpy(rows->data[0] + sizeof(x) + sizeof(y), &value, sizeof(value));
	tuplestore_puttupleslot(rows->store, rows->slot[nothing]);
}

static void read_row(const TbRaster *r, uint32 row, double *value)
{
	uint32 fine = tb_raster_row(r, row, value);

	if (fine < r->width)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("cell (%d, %d) has the value %.15g", r->x + r->step_x * (int32)fine, r->y + r->step_y * (int32)row, value[fine]),
						errdetail("It is infinite, or above what the pixel type holds."),
						errhint("Make it no-data with ST_Reclass or ST_SetBandNoDataValue.")));
}

/* (raster_wkb, band, origin_x, origin_y, no_data) */
Datum terrbal_raster_cells(PG_FUNCTION_ARGS)
{
	bytea *bytes = PG_GETARG_BYTEA_PP(0);
	int32 band = PG_GETARG_INT32(1);
	double origin[2] = {arg_finite(PG_GETARG_FLOAT8(2), "origin_x"), arg_finite(PG_GETARG_FLOAT8(3), "origin_y")}, figure = 0, *value;
	bool no_data = PG_GETARG_BOOL(4);
	TbRaster raster;
	TbRasterDoubt doubt = tb_raster_open((const unsigned char *)VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), band, origin, &raster, &figure);
	CellRows rows;

	if (doubt != TB_RASTER_FINE)
		refuse_raster(&raster, doubt, band, origin, figure);
	rows = cell_rows_begin(fcinfo);
	value = palloc((raster.width + 1) * sizeof(double));
	for (uint32 row = 0; row < raster.height; row++) {
		read_row(&raster, row, value);
		for (uint32 column = 0; column < raster.width; column++)
			if (no_data || !isnan(value[column]))
				put_cell(&rows, raster.x + raster.step_x * (int32)column, raster.y + raster.step_y * (int32)row, value[column]);
		CHECK_FOR_INTERRUPTS();
	}
	cell_rows_end(&rows);
	return (Datum)0;
}

/* The cast to bytea is looked up once a query. */
static FmgrInfo *cast_of(FunctionCallInfo fcinfo)
{
	if (!fcinfo->flinfo->fn_extra) {
		FmgrInfo *cast = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FmgrInfo));

		geometry_cast(fcinfo, 0, cast, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = cast;
	}
	return fcinfo->flinfo->fn_extra;
}

static void free_prepared(void *arg)
{
	tb_prepared_free(arg);
}

/* Edges of a valid polygon; what GEOS holds goes with the context, after an error too */
static const TbClipPolygon *edges_of(const TbWkb *wkb)
{
	TbPrepared *prepared = palloc0(sizeof(TbPrepared));
	MemoryContextCallback *callback = palloc0(sizeof(MemoryContextCallback));

	callback->func = free_prepared;
	callback->arg = prepared;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
	if (geometry_prepare(prepared, wkb) != TB_OK)
		geometry_failed(prepared->geos.message, "geom");
	return &prepared->zone;
}

static void visit_cell(void *to, int32 x, int32 y, double share)
{
	put_cell(to, x, y, share);
}

/* Numbers alone tell metres from degrees: no grid in degrees has cells of more than a right angle */
static void tell_degrees(int32 srid, const TbClipPolygon *zone, double size)
{
	const TbBox *box = &zone->box;

	if (srid != 0 && zone->n > 0 && size > 90 && box->x0 >= -180 && box->x1 <= 180 && box->y0 >= -90 && box->y1 <= 90)
		notice_once((errmsg("geom lies between longitudes %.3g and %.3g, and a cell is %.15g wide", box->x0, box->x1, size),
					 errhint("Transform geom to the reference system of the grid with ST_Transform.")));
}

/* (geom, cell_size, origin_x, origin_y) */
Datum terrbal_unit_cells(PG_FUNCTION_ARGS)
{
	TbCellGrid grid = {arg_finite(PG_GETARG_FLOAT8(2), "origin_x"), arg_finite(PG_GETARG_FLOAT8(3), "origin_y"),
					   arg_positive(PG_GETARG_FLOAT8(1), "cell_size")};
	TbWkb wkb = geometry_plane(geometry_bytes(cast_of(fcinfo), PG_GETARG_DATUM(0)), "geom");
	const TbClipPolygon *zone;
	CellRows rows = cell_rows_begin(fcinfo);
	TbStatus status;

	geometry_refuse_collection(&wkb, "geom");
	if (wkb.type != TB_WKB_POLYGON && wkb.type != TB_WKB_MULTIPOLYGON) {
		notice_once((errmsg("geom is a point or a line and covers no cell")));
		cell_rows_end(&rows);
		return (Datum)0;
	}
	zone = edges_of(&wkb);
	tell_degrees(wkb.srid, zone, grid.size);
	status = tb_polygon_cells(zone->edge, zone->n, &grid, visit_cell, &rows);
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("geom is wider than %d cells of %.15g, or covers more than %d", TB_POLYGON_COLUMNS, grid.size, INT32_MAX),
						errhint("Is cell_size in the units of the coordinates?")));
	if (status != TB_OK)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("column or row of a cell of %.15g exceeds integer", grid.size),
						errhint("Is cell_size in the units of the coordinates?")));
	cell_rows_end(&rows);
	return (Datum)0;
}
