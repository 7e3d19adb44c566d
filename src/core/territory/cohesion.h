/* cohesion.h -- mean distance between any two points of a polygon
 *
 * Two points taken at random from a polygon of area A are apart by, on average,
 *     (1 / A^2) double integral of |p - q| = -1 / (9 A^2) sum over edges i, j of d_i . d_j  integral over both edges, s and t from 0 to 1, of |p_i(s) - p_j(t)|^3
 * with d the edge from its start to its end (Green's theorem in p and in q, as the Laplacian of |r|^3 / 9 is |r|). No points are drawn. Edges that lie near each
 * other are integrated in closed form over the longer one and by Gauss points over parts of the other, those farther apart by four by four. Good to ten digits where
 * the polygon is a hundred times as long as wide, with two fewer for each further factor of ten. The work grows with the square of the number of edges.
 */
#ifndef TB_COHESION_H
#define TB_COHESION_H

#include "clip_polygon.h"

/* 128 / (45 pi): what it is in a circle of radius 1 */
#define TB_MEAN_DISTANCE_OF_CIRCLE 0.90541478736721

/* Times the square of the area. Edges of a valid polygon, the interior to their left, near 1 in size */
extern double tb_distance_integral(const TbEdge *edge, size_t n);

#endif
