/* neighbour.h -- which units touch, and along which length
 *
 * State: a bag of unit id and plane well-known binary in hexadecimal, with the SRID as parameter, and the tolerance where one was given.
 * A unit may come in several rows (parts).
 */
#ifndef TB_NEIGHBOUR_H
#define TB_NEIGHBOUR_H

#include "geometry.h"
#include "../state/bag.h"

typedef struct TbNeighbourPair {
	uint32_t a, b; /* ids of the bag; b is TB_NO_ID where the unit touches none */
	double length; /* of the common boundary; 0 where they meet in points or overlap without one; NaN where b is missing */
} TbNeighbourPair;

/* Everything that GEOS allocated, so that the host can free it also after an error: zero it, call tb_neighbour_close in the end */
typedef struct TbNeighbourWork {
	TbGeos geos;
	size_t n;
	GEOSGeometry **geometry, **boundary;
	const GEOSPreparedGeometry *prepared;
	GEOSSTRtree *tree;
	size_t small;     /* units with an area that are no wider, or no higher, than twice the tolerance: boundaries collapse under it */
	uint32_t example; /* the first of them */
} TbNeighbourWork;

extern void tb_neighbour_close(TbNeighbourWork *work);

/* Both directions of every pair no more than tolerance apart, sorted. Above 0 the boundaries are snapped to each other before their common length is taken. TB_INVALID with a message: *unit is a unit whose geometry GEOS refuses; TB_CORRUPT: no WKB. */
extern TbStatus tb_neighbour_pairs(const TbBag *bag, double tolerance, TbNeighbourWork *work, TbNeighbourPair **pairs, size_t *n, uint32_t *unit);

/* Hexadecimal of plane WKB, as the id of a geometry; 2 * size bytes, not terminated */
extern char *tb_neighbour_hex(const TbWkb *wkb);

/* The tolerance that came with the rows, 0 where none did */
extern double tb_neighbour_tolerance(const TbBag *bag);

/* The rows as a state; its parameters: SRID, and tolerance or not */
extern const TbBagKind tb_neighbour;
extern bool tb_neighbour_params_ok(const double *param, uint64_t n);

#endif
