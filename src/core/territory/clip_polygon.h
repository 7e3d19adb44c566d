/* clip_polygon.h -- a polygon made ready for many rectangles: its edges, filed by bands of y
 *
 * The area of a zone inside a rectangle [x0, x1] x [y0, y1] is the boundary integral of min(max(x, x0), x1) - x0 over dy, taken where the boundary
 * runs between y0 and y1 (Green's theorem on the clipped region; what the clip itself adds runs along x0 or level and contributes nothing). So a cell
 * costs the edges of its band of y, not those of the zone, and needs no clipped polygon. Rings must be those of a valid polygon.
 */
#ifndef TB_CLIP_POLYGON_H
#define TB_CLIP_POLYGON_H

#include "wkb.h"

typedef struct TbEdge {
	double x0, y0, x1, y1; /* the interior lies to the left */
} TbEdge;

typedef struct TbClipPolygon {
	TbBox box;
	size_t n;
	TbEdge *edge;
	uint32_t bands;
	double band_height;
	uint32_t *first; /* [n] lowest band of an edge */
	size_t *start;   /* [bands + 1] into item */
	uint32_t *item;
} TbClipPolygon;

/* Other geometries than polygons and multipolygons have no area: n is 0. TB_TOO_LARGE above 2^32 - 1 edges. */
extern TbStatus tb_clip_polygon_build(const TbWkb *wkb, TbClipPolygon *zone);

/* Area of zone and box over area of box, 0 to 1 */
extern double tb_clip_polygon_share(const TbClipPolygon *zone, TbBox box);

#endif
