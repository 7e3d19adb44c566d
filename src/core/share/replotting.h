/* replotting.h -- cuts a site by parallel lines into strips of given areas
 *
 * The area of a polygon left of x = c needs no clipping: by Green's theorem it is the sum over the boundary's segments, each cut at c, of the integral of y dx,
 * and the piece along the cut adds nothing. It grows with c, so every cut is found by bisection down to neighbouring numbers.
 */
#ifndef TB_REPLOTTING_H
#define TB_REPLOTTING_H

#include <stdbool.h>

#include "../base/status.h"

/* Directed boundary: shells one way round, holes the other */
typedef struct TbSegment {
	double x1, y1, x2, y2;
} TbSegment;

/* Area of the part with x <= c; y0 is any level near the site (it only keeps digits) */
extern double tb_strip_area(const TbSegment *segment, int n, double c, double y0);

/* n_areas positive areas from the left; cut[i] is the right edge of strip i. TB_UNDEFINED without area; TB_INFEASIBLE when they exceed the site by more than
 * its rounding, *lack says by how much; strips that fill the site end at its right edge. */
extern TbStatus tb_strip_cuts(const TbSegment *segment, int n, const double *area, int n_areas, double *cut, double *lack);

#endif
