/* landscape.h -- patches, edges and mix of the classes of a map: class and landscape metrics of FRAGSTATS
 *
 * n_i cells of class i of N, patches: connected cells of one class, by edge (4 neighbours) or by edge and corner (8). g_ij: pairs of cells of classes i and j
 * that share an edge, each pair once; the border of the map and cells that are not given are no edge. s the cell size.
 *   largest patch index      100 * largest patch / N, per cent
 *   effective mesh size      s^2 sum of (cells of a patch)^2 / N                                  Jaeger 2000
 *   edge length, density     s sum g_ij (i <> j), over the area of the map
 *   mean shape index         mean over patches of perimeter / least perimeter of so many cells; the perimeter includes holes and the border of the map
 *   aggregation index        100 * g_ii / the most that n_i cells can have, per cent              He, DeZonia and Mladenoff 2000
 *   contagion                100 * (1 + sum p_ij ln p_ij / (2 ln m)), p_ij = P_i g_ij / sum_k g_ik with g_ii twice; m classes     Li and Reynolds 1993
 *   Shannon                  -sum P_i ln P_i; its evenness over ln m; Simpson 1 - sum P_i^2
 * All over counts of cells, so exact but for the last sums, which are compensated and in the order of the map.
 */
#ifndef TB_LANDSCAPE_H
#define TB_LANDSCAPE_H

#include "../state/class_map.h"

#define TB_LANDSCAPE_CLASSES 1000 /* edges are a matrix of them */

typedef struct TbClassMetric {
	int32_t class;
	uint64_t cells, patches, largest, like, edges;
	double area, share, largest_patch_index, mean_patch_area, effective_mesh_size, edge_length, edge_density, mean_shape_index;
	double aggregation_index; /* NaN: one cell has no neighbour of its kind */
} TbClassMetric;

typedef struct TbLandscape {
	size_t classes;
	TbClassMetric *class; /* ascending */
	uint64_t cells, patches, largest, edges;
	double area, largest_patch_index, effective_mesh_size, edge_length, edge_density, mean_patch_area, mean_shape_index;
	double contagion, shannon_evenness; /* NaN: one class */
	double shannon_diversity, simpson_diversity, aggregation_index;
} TbLandscape;

/* TB_TOO_LARGE: more classes than the limit. TB_OUT_OF_RANGE: areas beyond float8 */
extern TbStatus tb_landscape(const TbClassMap *map, TbLandscape *landscape);

/* Least perimeter of so many cells, and the most edges that they can share */
extern double tb_least_perimeter(uint64_t cells);
extern double tb_most_joins(uint64_t cells);

#endif
