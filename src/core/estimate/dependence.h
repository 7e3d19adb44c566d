/* dependence.h -- more measures of likeness between neighbours: Geary's C, Getis and Ord's G, two variables, and two classes
 *
 * S0 = sum w, S1 = sum (w_ij + w_ji)^2 / 2, S2 = sum (row + column)^2; z = x - mean, b2 = n sum z^4 / (sum z^2)^2. Variances under randomisation: the values stay,
 * their places are drawn (Cliff and Ord 1981; Getis and Ord 1992).
 *   Geary   C = (n - 1) sum w_ij (x_i - x_j)^2 / (2 S0 sum z^2), expected 1, below 1 where neighbours are alike
 *   G       sum w_ij x_i x_j / sum_{i <> j} x_i x_j, expected S0 / (n (n - 1)), for x >= 0
 *   G_i     (sum_{j <> i} w_ij x_j - W_i mean_i) / (s_i sqrt(((n - 1) S1_i - W_i^2) / (n - 2))), mean and s of the others; G*_i with i in all of them
 *   two variables   I = sum w_ij z_i v_j / (S0 s_x s_y), z of x, v of y, s^2 means of squares; the second is that of the neighbours
 *   joins   BB, WW, BW = sum w_ij / 2 over pairs of ones, of zeros, of both, without replacement
 */
#ifndef TB_DEPENDENCE_H
#define TB_DEPENDENCE_H

#include "spatial.h"

/* Geary: also under normality. TB_UNDEFINED: fewer than two units, no link, no variation */
extern TbStatus tb_geary(const TbNeighbours *neighbours, TbDependence *randomised, TbDependence *normal);
/* TB_INVALID: a value is negative; TB_MISMATCH: a unit is its own neighbour; TB_UNDEFINED: fewer than two units above 0 */
extern TbStatus tb_getis_ord(const TbNeighbours *neighbours, TbDependence *result);

typedef struct TbLocalGetis {
	double g, p, g_star, p_star; /* z-scores; NaN without neighbours or variation */
} TbLocalGetis;

/* A unit without a weight of its own counts itself with 1 in G*, and with none in G */
extern TbStatus tb_local_getis(const TbNeighbours *neighbours, TbLocalGetis *result);

typedef struct TbJoins {
	uint32_t ones;
	TbDependence ones_joined, zeros_joined, mixed;
} TbJoins;

/* TB_INVALID: a value is neither 0 nor 1 */
extern TbStatus tb_join_count(const TbNeighbours *neighbours, TbJoins *result);

/* x of the units, y of their neighbours; rows as of moran. Means and spreads are over the units that have the variable: an island has
 * only x. TB_INVALID: unit *unit has two values of one of them */
extern TbStatus tb_bivariate_moran(const TbBag *bag, TbPermutations permutations, TbMoran *result, uint32_t *units, size_t *links, uint32_t *unit);

/* For every unit with x: z_i / s_x sum w_ij v_j / s_y, which add up to S0 times the above; lag: sum w_ij v_j in the unit of y. result and value have a place
 * for every id, NaN where it has no x. TB_OUT_OF_RANGE: a lag overflows */
extern TbStatus tb_local_bivariate_moran(const TbBag *bag, TbPermutations permutations, TbLocalMoran *result, double *value, uint32_t *unit);

#endif
