/* spatial.h -- do neighbours resemble each other? Moran's I, its local form, and the spatial Gini over pairs of neighbours
 *
 * I = (n/S0) sum w_ij z_i z_j / sum z_i^2, z = x - mean; expectation and variance under normality (Cliff and Ord 1981); local I_i = z_i sum w_ij z_j /
 * (sum z^2/n) (Anselin 1995), so that sum I_i = S0 I; variance under randomisation: the values stay, their places are drawn. Spatial Gini: Rey and Smith 2013. Permutations: all values are shuffled over the units (for local
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

/* p two-sided normal; NaN where n is too small or a variance is not positive */
typedef struct TbDependence {
	double value, expected, variance, z, p;
} TbDependence;

typedef struct TbMoran {
	double i, expected, z, p, variance; /* under normality */
	TbDependence randomised;
} TbMoran;

/* What the measures of likeness share. z and p from value, expectation and variance */
extern void tb_dependence_judge(TbDependence *result);
/* First value of a unit, or the same again: false where it differs. NaN: none yet */
extern bool tb_spatial_take(double *value, double x);
/* The same neighbours with their weights divided by a power of two, the largest near 1; *unit: what a weight of 1 becomes */
extern TbNeighbours tb_weights_near_one(const TbNeighbours *neighbours, double *unit);
extern void tb_spatial_shuffle(double *x, uint32_t n, uint64_t *random);
/* Draws on both sides of what was observed. One that lies no further from it than rounding may put it is as far out: it counts on both. */
typedef struct TbDraws {
	double observed, slack;
	int above, below;
} TbDraws;

static inline void tb_draw(TbDraws *draws, double x)
{
	draws->above += x >= draws->observed - draws->slack;
	draws->below += x <= draws->observed + draws->slack;
}

/* What rounding can do to a sum of so many products of weights with values up to 1 in size */
extern double tb_draw_slack(double weights, size_t n);
/* p on the side of the observed value, among n draws */
extern double tb_pseudo_p(TbDraws draws, int n);
/* Deviations from the mean over the largest of them, which is given too, and the sum of their squares */
extern double *tb_spatial_deviations(const TbNeighbours *neighbours, double *squares, double *largest);
/* b2 = n sum z^4 / (sum z^2)^2 */
extern double tb_spatial_kurtosis(const double *z, uint32_t n, double squares);
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
