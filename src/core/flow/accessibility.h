/* accessibility.h -- what can be reached: decay functions, Hansen sums, floating catchments, spatial availability, Huff shares
 *
 * w(c) of the decay: exponential exp(-b c), power c^-b, gaussian exp(-c^2 / 2 s^2), step (weight of the first break >= c, 0 beyond the last), linear
 * max(0, 1 - c / limit), none 1.
 */
#ifndef TB_ACCESSIBILITY_H
#define TB_ACCESSIBILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../state/state.h"
#include "../base/scaled.h"
#include "../base/status.h"
#include "../state/bag.h"

typedef enum TbDecayKind {
	TB_DECAY_EXPONENTIAL,
	TB_DECAY_POWER,
	TB_DECAY_GAUSSIAN,
	TB_DECAY_STEP,
	TB_DECAY_LINEAR,
	TB_DECAY_NONE,
	TB_DECAYS
} TbDecayKind;

#define TB_DECAY_MOST 256 /* parameters */

typedef struct TbDecay {
	TbDecayKind kind;
	const double *param;
	uint64_t params;
} TbDecay;

/* NULL, or what is wrong with the parameters */
extern const char *tb_decay_problem(const TbDecay *decay);
/* Cost is finite and not negative. TB_OUT_OF_RANGE: power at cost 0 */
extern TbStatus tb_decay_weight(const TbDecay *decay, double cost, double *weight);
/* The same where float8 may not hold it */
extern TbStatus tb_decay_scaled(const TbDecay *decay, double cost, TbScaled *weight);

/* A running Hansen sum: words = { decay, parameters, rows, hi, lo }, parameters */
extern const TbShape tb_accessibility_shape;
extern TbState *tb_accessibility_new(const TbDecay *decay);
extern bool tb_accessibility_same(const TbState *state, const TbDecay *decay);
extern TbStatus tb_accessibility_add(TbState *state, double opportunity, double cost); /* cost NaN: out of reach, registers the place */
extern double tb_accessibility_sum(const TbState *state);

typedef enum TbCatchmentMethod { TB_2SFCA, TB_3SFCA, TB_BFCA, TB_SPATIAL_AVAILABILITY, TB_CATCHMENT_METHODS } TbCatchmentMethod;

typedef struct TbCatchment {
	size_t n;
	uint32_t ids;
	const uint32_t *demand_id, *supply_id; /* [n], below ids; supply_id TB_NO_ID: the place has no site, its supply is 0 */
	const double *demand, *supply, *cost;  /* [n]; cost NaN: out of reach */
} TbCatchment;

/* score[ids]: of each demand id. w = decay(cost) up to the cutoff (inclusive, INFINITY: none), else 0.
 * 2sfca: sum_j w_ij S_j / sum_k P_k w_kj.  3sfca: with w_ij^2 / sum_j w_ij for w, where the sum, a
 * share among all choices, knows no cutoff.  bfca: sum_j (w_ij / sum_i w_ij) S_j / sum_k P_k (w_kj / sum_j w_kj).
 * spatial availability: sum_j S_j P_i w_ij / sum_k P_k w_kj. A supply without demand in reach drops out.
 * TB_MISMATCH: *conflict is a row whose demand differs from an earlier row of the id, or n + a row whose supply does; TB_OUT_OF_RANGE: the row. */
extern TbStatus tb_catchment_access(const TbCatchment *data, TbCatchmentMethod method, const TbDecay *decay, double cutoff, double *score,
									size_t *conflict);

/* A^alpha d^-lambda over their sum, for one origin. TB_UNDEFINED: all utilities are 0; TB_OUT_OF_RANGE: 0 to a negative power (*at) */
/* a distance NaN: out of reach, share 0 */
extern TbStatus tb_huff(const double *attraction, const double *distance, size_t n, double alpha, double lambda, double *share, size_t *at);

/* The rows as a state; its parameters: method, cutoff (infinite: none), decay, parameters */
extern const TbBagKind tb_catchment;
extern bool tb_catchment_params_ok(const double *param, uint64_t n);

#endif
