/* geometry.h -- what terrbal asks of GEOS: shares of overlap, frontage, shared boundaries
 *
 * GEOS is used through its reentrant API only. Its errors are kept as text in TbGeos and raised by the host after GEOS has returned, never from
 * inside: a long jump over C++ frames loses memory. Cancelling works the same way: `interrupted` asks GEOS to stop, GEOS returns, the host raises.
 */
#ifndef TB_GEOMETRY_H
#define TB_GEOMETRY_H

#include <geos_c.h>

#include "clip_polygon.h"

typedef struct TbGeos {
	GEOSContextHandle_t handle;
	GEOSWKBReader *reader;
	char message[256]; /* of the last failure; "" for none */
} TbGeos;

extern void tb_geos_open(TbGeos *geos);
extern void tb_geos_close(TbGeos *geos);

/* NULL, with a message, where GEOS cannot read it */
extern GEOSGeometry *tb_geos_read(TbGeos *geos, const TbWkb *wkb);

/* TB_INVALID with GEOS's reason as message where the geometry is not valid */
extern TbStatus tb_geos_valid(TbGeos *geos, const GEOSGeometry *geometry);

/* A polygon kept ready: prepared for any cell, edges filed for rectangles */
typedef struct TbPrepared {
	TbGeos geos;
	int32_t srid;
	GEOSGeometry *geometry;
	const GEOSPreparedGeometry *prepared;
	TbClipPolygon zone;
} TbPrepared;

/* Fills *prepared, which tb_prepared_free releases also after a failure. Memory of the edges comes from tb_alloc. */
extern TbStatus tb_prepared_build(TbPrepared *prepared, const TbWkb *wkb);
extern void tb_prepared_free(TbPrepared *prepared);

/* area(zone and cell) / area(cell). TB_UNDEFINED: the cell has no area. TB_INVALID with a message: the cell is not valid or GEOS failed. */
extern TbStatus tb_overlap_share(TbPrepared *zone, const TbWkb *cell, double *share);

/* Length of the boundary of the parcel within tolerance of the street that runs along it: a stretch counts where its distance to the street changes
 * by less than sin 45 degrees of its length, so a side that leaves the street at a right angle does not. */
extern TbStatus tb_frontage(TbGeos *geos, const TbWkb *parcel, const TbWkb *street, double tolerance, double *length);

#endif
