/* spatial.h -- do neighbours resemble each other? Moran's I, its local form, and the spatial Gini over pairs of neighbours
 *
 * I = (n/S0) sum w_ij z_i z_j / sum z_i^2, z = x - mean; expectation and variance under normality (Cliff and Ord 1981); local I_i = z_i sum w_ij z_j /
 * (sum z^2/n) (Anselin 1995), so that sum I_i = S0 I. Spatial Gini: Rey and Smith 2013. Permutations: all values are shuffled over the units (for local
 * I the others' values), p = (k + 1)/(P + 1) with k the permutations at least as extreme on the side of the observed value.
 */
#ifndef TB_SPATIAL_H
#define TB_SPATIAL_H

#include "../state/bag.h"

typedef struct TbNeighbours {
	uint32_t n; /* units, islands included */
	const TbId *id;
	double *value;
	size_t *row; /* [n + 1] */
	uint32_t *neighbour;
	double *weight; /* one a pair: see tb_bag_pair_twice */
	size_t links;
} TbNeighbours;

/* TB_INVALID: a unit with two values, *unit says which */
extern TbStatus tb_neighbours(const TbBag *bag, TbNeighbours *neighbours, uint32_t *unit);

#define TB_PERMUTATIONS 1000000 /* at most */

typedef struct TbPermutations {
	int n; /* 0: none */
	uint64_t seed;
} TbPermutations;

/* The permutations that a state was made with */
extern TbPermutations tb_spatial_permutations(const TbBag *bag);
/* The two as parameters of a bag: three numbers */
extern void tb_spatial_params(TbPermutations permutations, double *param);

typedef struct TbMoran {
	double i, expected, z, p, variance;
} TbMoran;

/* Deviations from the mean over the largest of them, which is given too, and the sum of their squares */
extern double *tb_spatial_deviations(const TbNeighbours *neighbours, double *squares, double *largest);
/* S0 = sum w, S1 = sum w^2 + sum w_ij w_ji, S2 = sum (row + column)^2 */
extern void tb_spatial_weights(const TbNeighbours *neighbours, double *s0, double *s1, double *s2);

/* TB_UNDEFINED: fewer than two units, no link, or no variation */
extern TbStatus tb_moran(const TbNeighbours *neighbours, TbPermutations permutations, TbMoran *result);

typedef struct TbLocalMoran {
	double i, lag, p; /* lag: sum of w_ij z_j; p NaN without permutations or neighbours */
	int quadrant;     /* 0 no neighbours, 1 high-high, 2 low-high, 3 low-low, 4 high-low */
} TbLocalMoran;

extern TbStatus tb_local_moran(const TbNeighbours *neighbours, TbPermutations permutations, TbLocalMoran *result);

typedef struct TbSpatialGini {
	double gini, neighbour, non_neighbour, polarisation, p;
} TbSpatialGini;

extern TbStatus tb_spatial_gini(const TbNeighbours *neighbours, TbPermutations permutations, TbSpatialGini *result);

/* The rows as a state; its parameters: none, or permutations and seed */
extern const TbBagKind tb_spatial;
extern bool tb_spatial_params_ok(const double *param, uint64_t n);

#endif
