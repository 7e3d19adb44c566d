/* segregation.h -- how unevenly groups are spread over units
 *
 * x_im people of group m in unit i, t_i = sum_m x_im, X_m = sum_i x_im, T the sum of all, p_im = x_im / t_i, P_m = X_m / T, I = sum_m P_m (1 - P_m).
 *   Dissimilarity        sum t_i |p_im - P_m| / (2 T I)                          Duncan & Duncan 1955; many groups: Morgan 1975, Sakoda 1981
 *   Gini                 sum t_i t_j |p_im - p_jm| / (2 T^2 I)                   Reardon & Firebaugh 2002
 *   Mutual information M sum t_i / T sum_m p_im ln(p_im / P_m), nats             Theil & Finizza 1971
 *   Entropy index H      M / E, E = -sum P_m ln P_m                              Theil 1972
 *   Relative diversity R sum t_i (p_im - P_m)^2 / (T I)                          Carlson 1992
 *   Exposure m to n      sum_i x_im / X_m * x_in / t_i; m to m is isolation      Bell 1954, Lieberson 1981
 * With units in parents, M is exactly that of the parents plus what is within them. Two groups: as the usual indices of two.
 *
 * M is computed as sum t_i / T sum_m P_m h((p_im - P_m) / P_m) with h(d) = (1 + d) ln(1 + d) - d >= 0, so that a nearly even spread keeps its digits.
 */
#ifndef TB_SEGREGATION_H
#define TB_SEGREGATION_H

#include "../state/bag.h"
#include "../state/sample.h"

/* Cells > 0 by unit, groups ascending; counts scaled by a power of two. Units and groups without people are left out. */
typedef struct TbSegregationTable {
	uint32_t units, groups, parents;
	const TbId **unit_id, **group_id; /* bytewise ascending */
	size_t *row;                      /* [units + 1] */
	uint32_t *group;                  /* [cells] */
	double *x;                        /* [cells] */
	double *unit_total, *group_total, total;
	uint32_t *parent; /* [units]; TB_NO_ID where the rows name none */
	int exponent;     /* counts = ldexp(scaled, exponent) */
} TbSegregationTable;

typedef struct TbSegregation {
	double dissimilarity, gini, mutual_information, entropy, entropy_index, relative_diversity;
	double *exposure; /* [groups * groups], to group n of group m at m * groups + n */
} TbSegregation;

typedef struct TbSegregationParts {
	double total, between, within, entropy;
} TbSegregationParts;

/* Rows of unit, group, perhaps parent, and count >= 0. TB_MISMATCH: unit *at of the bag has two parents. TB_OUT_OF_RANGE, TB_UNDEFINED: nobody */
extern TbStatus tb_segregation_table(const TbBag *bag, TbSegregationTable *table, uint32_t *at);
/* NaN where one group only leaves an index undefined */
extern TbStatus tb_segregation(const TbSegregationTable *table, TbSegregation *result);
/* M alone */
extern double tb_segregation_information(const TbSegregationTable *table);
/* Every unit has a parent */
extern void tb_segregation_parts(const TbSegregationTable *table, TbSegregationParts *parts);
/* score[units]: what a unit adds to M for each of its people: sum_m p_im ln(p_im / P_m); M is their mean, weighted with t */
extern void tb_segregation_local(const TbSegregationTable *table, double *score);

/* Two groups by pairs of counts >= 0, one pair a unit: sum |a / A - b / B| / 2; NaN where a group has nobody */
extern double tb_dissimilarity(const TbSample *pairs);

/* The rows as a state; its parameters: none */
extern const TbBagKind tb_segregation_kind;
extern bool tb_segregation_params_ok(const double *param, uint64_t n);

#define TB_SEGREGATION_GROUPS 1000 /* exposure is a matrix of them */

#endif
