/* compactness.h -- how compact a polygon is: 1 for a circle (or a convex shape), towards 0 for what is drawn out or indented
 *
 *   Polsby-Popper  4 pi A / L^2, L the length of the boundary, holes included     Cox 1927; Polsby and Popper 1991; the isoperimetric quotient
 *   Reock          A over the area of the least circle around it                  Reock 1961
 *   convex hull    A over the area of the convex hull                             Niemi and others 1990
 *   cohesion       mean distance of two points in a circle of area A, over that in the polygon, all its parts together     Angel, Parent and Civco 2010
 */
#ifndef TB_COMPACTNESS_H
#define TB_COMPACTNESS_H

#include "geometry.h"

typedef enum TbCompactness { TB_POLSBY_POPPER, TB_REOCK, TB_CONVEX_HULL, TB_COHESION, TB_COMPACTNESS_METHODS } TbCompactness;
extern const char *const tb_compactness_methods[TB_COMPACTNESS_METHODS];

/* Cohesion wants a box whose sides float8 holds, as GEOS does. TB_UNDEFINED: no area. TB_INVALID with a message: not valid, or GEOS failed. */
extern TbStatus tb_compactness(TbGeos *geos, const TbWkb *wkb, TbCompactness method, double *value);

#endif
