/* wkb.h -- well-known binary without trust: any EWKB or ISO WKB becomes plain 2-D WKB of the host's byte order, lengths and nesting checked
 *
 * Extended WKB keeps Z, M and the SRID as high bits of the type, ISO WKB as thousands. Everything here measures in the plane, so Z and M are left out.
 */
#ifndef TB_WKB_H
#define TB_WKB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

typedef enum TbWkbType {
	TB_WKB_POINT = 1,
	TB_WKB_LINE,
	TB_WKB_POLYGON,
	TB_WKB_MULTIPOINT,
	TB_WKB_MULTILINE,
	TB_WKB_MULTIPOLYGON,
	TB_WKB_COLLECTION
} TbWkbType;

typedef struct TbBox {
	double x0, y0, x1, y1;
} TbBox;

typedef struct TbWkb {
	unsigned char *data;
	size_t size;
	uint32_t type; /* TbWkbType */
	int32_t srid;  /* 0 where none is given */
} TbWkb;

/* TB_CORRUPT: not WKB. TB_INVALID: a curve, surface or other type outside simple features. TB_OUT_OF_RANGE: a coordinate that is not finite. */
extern TbStatus tb_wkb_plane(const unsigned char *bytes, size_t length, TbWkb *wkb);

/* Is this a polygon that is an axis-parallel rectangle? The common cell, answered without allocation. */
extern bool tb_wkb_box(const unsigned char *bytes, size_t length, TbBox *box, int32_t *srid);

/* Calls visit for every ring of a polygon or multipolygon in plane form; shell is true for the first ring of each polygon. Points are x, y pairs. */
extern void tb_wkb_rings(const TbWkb *wkb, void (*visit)(void *state, const unsigned char *points, uint32_t n, bool shell), void *state);

#endif
