/* interaction.h -- spatial interaction: balancing to margins, gravity models by Poisson likelihood, radiation shares
 *
 * Unconstrained  mu_ij = exp(constant) V_i^alpha W_j^gamma f(d_ij)            (V, W masses of origin and destination)
 * Production     mu_ij = O_i W_j^gamma f / sum_k W_k^gamma f                  (attraction: the same with origins and destinations exchanged)
 * Doubly         mu_ij = A_i O_i B_j D_j f(d_ij)                              (Wilson 1971)
 * f = exp(beta d) or d^beta, so beta is negative where distance deters. The calibrated beta, where sum mu c = sum M c, is the Poisson maximum
 * likelihood (Hyman 1969), so standard errors come from the Fisher information.
 */
#ifndef TB_INTERACTION_H
#define TB_INTERACTION_H

#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"
#include "../state/bag.h"

/* In the order of origins: one run of pairs each */
typedef struct TbPairs {
	size_t n;
	uint32_t origins, destinations;
	const uint32_t *origin, *destination; /* [n] */
} TbPairs;

typedef struct TbBalance {
	uint32_t iterations;
	/* what cannot be met, as an index, or UINT32_MAX */
	uint32_t origin, destination;
} TbBalance;

/* Furness / iterative proportional fitting: flow = a_origin * seed * b_destination with the given margins, until no factor moves
 * by more than the tolerance, relative (TB_BALANCED: margins to 1e-12).
 * TB_INFEASIBLE: a total above 0 without any seed (named in *balance); TB_NOT_CONVERGED: the zeros of the seed forbid these margins. */
#define TB_BALANCED 1e-13
extern TbStatus tb_balance(const TbPairs *pairs, const double *seed, const double *origin_total, const double *destination_total, double tolerance,
						   double *flow, TbBalance *balance);

/* Both sides are the same total: what rounding leaves between them, up to 1e-9, is taken out of the destinations. *out and *in: the sums as given.
 * TB_MISMATCH: they differ by more; TB_OUT_OF_RANGE: a sum leaves float8. Nothing is changed then. */
extern TbStatus tb_margins_agree(const double *origin_total, uint32_t origins, double *destination_total, uint32_t destinations, double *out,
								 double *in);

typedef enum TbGravityModel {
	TB_GRAVITY_UNCONSTRAINED,
	TB_GRAVITY_PRODUCTION,
	TB_GRAVITY_ATTRACTION,
	TB_GRAVITY_DOUBLY,
	TB_GRAVITY_MODELS
} TbGravityModel;
typedef enum TbGravityDecay { TB_GRAVITY_EXPONENTIAL, TB_GRAVITY_POWER, TB_GRAVITY_DECAYS } TbGravityDecay;

typedef struct TbGravityData {
	TbPairs pairs;
	const double *flow, *origin_mass, *destination_mass, *distance; /* [n]; masses the model does not use are not read */
} TbGravityData;

/* NaN where the model has no such parameter */
typedef struct TbGravity {
	double beta, alpha, gamma, constant;
	double beta_se, alpha_se, gamma_se, constant_se;
	double deviance, pseudo_r2, srmse, ssi, cpc;
	uint32_t iterations;
	double log_likelihood, d2;
} TbGravity;

/* TB_UNDEFINED: no flow at all, or a regressor that does not vary. fitted[n] may be NULL. */
extern TbStatus tb_gravity(const TbGravityData *data, TbGravityModel model, TbGravityDecay decay, TbGravity *fit, double *fitted);

/* What an unconstrained model foresees, from its constant, alpha, gamma and beta. NaN where one of them is; infinity beyond float8. Masses > 0; a distance
 * of 0 goes with exponential decay only. */
extern double tb_predicted_flow(const TbGravity *fit, TbGravityDecay decay, double origin_mass, double destination_mass, double distance);

/* Common part of sums, 2 sum min / sum (a + b) */
extern double tb_common_part(const double *a, const double *b, size_t n);

/* Of a pair of flows, 2 min / (a + b); none foreseen and none observed agree */
extern double tb_similarity(double a, double b);

/* Agreement of predicted with observed flows: root of the mean squared error, as it is and over the sum and the mean of the observed ones; mean of
 * 2 min / (a + b) over pairs; Kullback-Leibler divergence of the shares in nats. NaN where undefined. */
typedef struct TbFlowFit {
	double n, cpc, rmse, nrmse, srmse, ssi, kl;
} TbFlowFit;

/* count[k] pairs are alike; NULL: each stands once */
extern TbStatus tb_flow_fit(const double *observed, const double *predicted, const uint64_t *count, size_t n, TbFlowFit *fit);

/* Radiation model (Simini et al. 2012) with the finite-size factor of Masucci et al. 2013, for one origin:
 * p = m n / ((m + s)(m + n + s)) / (1 - m / M), s = mass nearer than the destination. Destinations at one distance are one ring, shared by mass.
 * TB_UNDEFINED: m = 0 or M = m. TB_INVALID: the origin and its destinations are more than M; *parts is their sum. */
extern TbStatus tb_radiation(double origin_mass, double total_mass, const double *mass, const double *distance, size_t n, double *share,
							 double *parts);

/* The rows as a state; its parameters: model, decay */
extern const TbBagKind tb_gravity_kind;
extern bool tb_gravity_params_ok(const double *param, uint64_t n);

#endif
