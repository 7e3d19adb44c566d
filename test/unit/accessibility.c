/* unit test of core/accessibility: weights by hand, merged sums, identities of catchments, published market shares */
#include "../../src/core/flow/accessibility.h"
#include "../../src/core/state/bag_kinds.h"

#include <string.h>

#include "flows.h"
#include "forged.h"
#include "unit.h"

static double weight(TbDecayKind kind, const double *param, uint64_t n, double cost)
{
	TbDecay decay = {kind, param, n};
	double w = NAN;

	CHECK(tb_decay_problem(&decay) == NULL, "parameters accepted");
	(void)tb_decay_weight(&decay, cost, &w);
	return w;
}

static void decays(void)
{
	const double b[] = {0.1}, two[] = {2}, none[] = {0}, ten[] = {10}, step[] = {20, 1, 40, 0.68, 60, 0.22}, falling[] = {20, 1, 10, 0.5};
	TbDecay wrong = {TB_DECAY_STEP, falling, 4};
	double w;

	NEAR(weight(TB_DECAY_EXPONENTIAL, b, 1, 10), exp(-1), 1e-15, "exponential");
	NEAR(weight(TB_DECAY_POWER, two, 1, 4), 1.0 / 16, 1e-15, "power");
	NEAR(weight(TB_DECAY_GAUSSIAN, ten, 1, 20), exp(-2), 1e-15, "gaussian");
	CHECK(weight(TB_DECAY_STEP, step, 6, 20) == 1 && weight(TB_DECAY_STEP, step, 6, 20.1) == 0.68, "breaks belong to the nearer ring");
	CHECK(weight(TB_DECAY_STEP, step, 6, 60) == 0.22 && weight(TB_DECAY_STEP, step, 6, 61) == 0, "nothing beyond the last");
	CHECK(weight(TB_DECAY_LINEAR, ten, 1, 4) == 0.6 && weight(TB_DECAY_LINEAR, ten, 1, 11) == 0, "linear");
	CHECK(weight(TB_DECAY_NONE, NULL, 0, 1e9) == 1, "none");
	CHECK(tb_decay_weight(&(TbDecay){TB_DECAY_POWER, two, 1}, 0, &w) == TB_OUT_OF_RANGE, "power at cost 0");
	CHECK(tb_decay_weight(&(TbDecay){TB_DECAY_POWER, none, 1}, 0, &w) == TB_OUT_OF_RANGE, "also to the power 0, where 0^0 is no weight");
	CHECK(tb_decay_weight(&(TbDecay){TB_DECAY_POWER, two, 1}, 1e-200, &w) == TB_OUT_OF_RANGE, "1e400 is no weight either");
	CHECK(tb_decay_problem(&wrong) != NULL, "breaks must ascend");
}

static double sum_of(TbDecayKind kind, double parameter, double opportunity, double cost)
{
	TbState *state = tb_accessibility_new(&(TbDecay){kind, &parameter, 1});

	return tb_accessibility_add(state, opportunity, cost) == TB_OK ? tb_accessibility_sum(state) : NAN;
}

/* Two demands, two supplies, costs ten times as far for the second of each */
static double score_of(TbCatchmentMethod method, TbDecayKind kind, double parameter, double unit)
{
	const uint32_t demand_id[4] = {0, 0, 1, 1}, supply_id[4] = {2, 3, 2, 3};
	const double demand[4] = {100, 100, 50, 50}, supply[4] = {5, 7, 5, 7}, cost[4] = {1 * unit, 2 * unit, 2 * unit, 1 * unit};
	TbCatchment c = {4, 4, demand_id, supply_id, demand, supply, cost};
	TbDecay decay = {kind, &parameter, 1};
	double score[4];
	size_t conflict;

	return tb_catchment_access(&c, method, &decay, INFINITY, score, &conflict) == TB_OK ? score[0] : NAN;
}

/* Weights beyond float8 between finite inputs and finite answers */
static void scales(void)
{
	const double size[3] = {3, 2, 1}, far[3] = {1e5, 1.01e5, 3e5}, near[3] = {1e-5, 1.01e-5, 3e-5}, huge[3] = {1e300, 2e300, 3e300};
	const double one = pow(1.01, -200) * 2 / 3;
	double share[3];
	size_t at;

	NEAR(sum_of(TB_DECAY_EXPONENTIAL, 1, 1e300, 800), exp(300 * log(10) - 800), 1e-12, "exp(-800) of 1e300 opportunities");
	NEAR(sum_of(TB_DECAY_POWER, 2, 1e-300, 1e-155), 1e10, 1e-14, "1e310 times 1e-300");
	NEAR(sum_of(TB_DECAY_POWER, 2, 1e300, 1e155), 1e-10, 1e-14, "1e-310 times 1e300");
	NEAR(sum_of(TB_DECAY_GAUSSIAN, 1, 1e300, 40), 1e300 * exp(-400) * exp(-400), 1e-13, "exp(-800) of a gaussian");
	NEAR(sum_of(TB_DECAY_LINEAR, 4, 1e300, 1), 7.5e299, 1e-15, "1e300 opportunities");
	CHECK(isnan(sum_of(TB_DECAY_POWER, 2, 1, 1e-200)), "but not what is beyond in the end");
	CHECK(tb_huff(size, far, 3, 1, 200, share, &at) == TB_OK, "lambda 200 at 1e5 m");
	NEAR(share[0], 1 / (1 + one), 1e-13, "the nearest");
	NEAR(share[1], one / (1 + one), 1e-13, "and the next");
	CHECK(tb_huff(size, near, 3, 1, 200, share, &at) == TB_OK && fabs(share[0] * (1 + one) - 1) < 1e-13, "as at 1e-5 m");
	CHECK(tb_huff(huge, far, 3, 3, 0, share, &at) == TB_OK && fabs(share[1] - 8. / 36) < 1e-15, "attractions cubed beyond float8");
	for (TbCatchmentMethod method = TB_2SFCA; method < TB_CATCHMENT_METHODS; method++) {
		double want = score_of(method, TB_DECAY_POWER, 3, 1);

		NEAR(score_of(method, TB_DECAY_POWER, 3, 1e150), want, 1e-13, "power weights of 1e-450");
		NEAR(score_of(method, TB_DECAY_POWER, 3, 1e-150), want, 1e-13, "and of 1e450");
		CHECK(score_of(method, TB_DECAY_EXPONENTIAL, 1, 1e4) > 0, "exponential weights below float8");
	}
}

static void sums(void)
{
	const double b[] = {0.1}, c[] = {0.2};
	TbDecay decay = {TB_DECAY_EXPONENTIAL, b, 1}, other = {TB_DECAY_EXPONENTIAL, c, 1};
	TbState *all = tb_accessibility_new(&decay), *part[3];

	for (int i = 0; i < 3; i++)
		part[i] = tb_accessibility_new(&decay);
	for (int i = 0; i < 1000; i++) {
		double x = uniform() * 1e6, cost = uniform() * 100;

		(void)tb_accessibility_add(all, x, cost);
		(void)tb_accessibility_add(part[i % 3], x, cost);
	}
	CHECK(tb_accessibility_shape.merge(&part[2], part[0]) == TB_OK && tb_accessibility_shape.merge(&part[2], part[1]) == TB_OK, "merged");
	CHECK(tb_accessibility_sum(all) == tb_accessibility_sum(part[2]), "any split gives the same sum");
	CHECK(tb_accessibility_shape.check(all) == TB_OK, "a state is what check accepts");
	tb_state_words(all)[0] = 99;
	CHECK(tb_accessibility_shape.check(all) == TB_CORRUPT, "an unknown decay is not");
	CHECK(tb_accessibility_shape.merge(&part[0], tb_accessibility_new(&other)) == TB_MISMATCH, "another parameter does not mix");
}

enum { D = 12, S = 5 };

static void catchments(void)
{
	static uint32_t demand_id[D * S], supply_id[D * S];
	static double demand[D * S], supply[D * S], cost[D * S], score[D + S];
	TbCatchment c = {D * S, D + S, demand_id, supply_id, demand, supply, cost};
	const double b[] = {0.05};
	TbDecay decay = {TB_DECAY_EXPONENTIAL, b, 1}, none = {TB_DECAY_NONE, NULL, 0};
	double people[D], sites[S], all_people = 0, all_supply = 0;
	size_t conflict = 0;

	for (int i = 0; i < D; i++)
		all_people += people[i] = 10 + floor(uniform() * 100);
	for (int j = 0; j < S; j++)
		all_supply += sites[j] = 1 + floor(uniform() * 20);
	for (uint32_t k = 0; k < D * S; k++) {
		demand_id[k] = k / S;
		supply_id[k] = D + k % S;
		demand[k] = people[k / S];
		supply[k] = sites[k % S];
		cost[k] = 1 + uniform() * 59;
	}
	for (int method = 0; method < TB_CATCHMENT_METHODS; method++) {
		double served = 0;

		CHECK(tb_catchment_access(&c, method, &decay, 60, score, &conflict) == TB_OK, "solved");
		for (int i = 0; i < D; i++)
			served += method == TB_SPATIAL_AVAILABILITY ? score[i] : score[i] * people[i];
		if (method != TB_BFCA)
			NEAR(served, all_supply, 1e-13, "all supply is shared out");
	}
	(void)tb_catchment_access(&c, TB_2SFCA, &none, INFINITY, score, &conflict);
	for (int i = 0; i < D; i++)
		NEAR(score[i], all_supply / all_people, 1e-14, "no decay, full reach: the mean everywhere");
	(void)tb_catchment_access(&c, TB_SPATIAL_AVAILABILITY, &decay, 0.5, score, &conflict);
	CHECK(score[0] == 0 && score[D - 1] == 0, "nothing within reach: 0");
	demand[7]++;
	CHECK(tb_catchment_access(&c, TB_2SFCA, &decay, 60, score, &conflict) == TB_MISMATCH && conflict < D * S, "a demand that contradicts itself");
	demand[7]--;
	supply[9]++;
	CHECK(tb_catchment_access(&c, TB_2SFCA, &decay, 60, score, &conflict) == TB_MISMATCH && conflict >= D * S && conflict < 2 * D * S,
		  "a supply that contradicts itself");
}

static void parameters(void)
{
	const double good[] = {TB_3SFCA, 60, TB_DECAY_STEP, 10, 1, 30, 0.5}, open[] = {TB_2SFCA, INFINITY, TB_DECAY_NONE},
				 method[] = {9, 60, TB_DECAY_NONE};
	const double falling[] = {TB_3SFCA, 60, TB_DECAY_STEP, 30, 1, 10, 0.5}, cutoff[] = {TB_2SFCA, -1, TB_DECAY_NONE},
				 endless[] = {TB_2SFCA, 1, TB_DECAY_POWER, INFINITY};
	double most[TB_DECAY_MOST], long_one[TB_DECAY_MOST + 5];
	TbDecay steps = {TB_DECAY_STEP, most, TB_DECAY_MOST};

	for (int i = 0; i < TB_DECAY_MOST; i++)
		most[i] = i;
	CHECK(tb_decay_problem(&steps) == NULL, "as many steps as there may be");
	long_one[0] = TB_2SFCA;
	long_one[1] = 60;
	long_one[2] = TB_DECAY_STEP;
	for (int i = 3; i < TB_DECAY_MOST + 5; i++)
		long_one[i] = i;
	CHECK(tb_catchment_params_ok(long_one, TB_DECAY_MOST + 3) && !tb_catchment_params_ok(long_one, TB_DECAY_MOST + 5), "and no more");
	CHECK(tb_catchment_params_ok(good, 7) && tb_catchment_params_ok(open, 3), "parameters that make sense");
	CHECK(!tb_catchment_params_ok(good, 6) && !tb_catchment_params_ok(open, 2) && !tb_catchment_params_ok(method, 3) &&
			  !tb_catchment_params_ok(falling, 7) && !tb_catchment_params_ok(cutoff, 3) && !tb_catchment_params_ok(endless, 4),
		  "and such that do not");
}

static void market(void)
{
	/* Levy & Weitz, as in REAT, man/huff.Rd: attraction to the power 1, distance to the power -2 */
	const double size[] = {5000, 10000}, oak_hammock[] = {5, 15}, rock_creek[] = {10, 5}, zero[] = {0, 0}, at_door[] = {0, 1};
	double share[2];
	size_t at;

	(void)tb_huff(size, oak_hammock, 2, 1, 2, share, &at);
	NEAR(share[1], 0.1818181818181818, 1e-15, "Oak Hammock");
	(void)tb_huff(size, rock_creek, 2, 1, 2, share, &at);
	NEAR(share[1], 0.8888888888888888, 1e-15, "Rock Creek");
	CHECK(tb_huff(zero, rock_creek, 2, 1, 2, share, &at) == TB_UNDEFINED, "nothing attracts: undefined");
	CHECK(tb_huff(size, at_door, 2, 1, 2, share, &at) == TB_OUT_OF_RANGE && at == 0, "distance 0 has no utility");
}

/* One school of 30 places, one of 10; 100 children beside the first, 50 between both, steps 1 within ten minutes and 1/2 within twenty */
static void two_schools(void)
{
	uint32_t demand_id[] = {0, 1, 1}, supply_id[] = {2, 2, 3};
	double demand[] = {100, 50, 50}, supply[] = {30, 30, 10}, cost[] = {5, 20, 10}, score[4];
	const double step[] = {10, 1, 20, 0.5};
	TbCatchment c = {3, 4, demand_id, supply_id, demand, supply, cost};
	TbDecay decay = {TB_DECAY_STEP, step, 4};
	size_t conflict;

	CHECK(tb_catchment_access(&c, TB_2SFCA, &decay, 20, score, &conflict) == TB_OK, "two steps");
	NEAR(score[0], 30. / 125, 1e-14, "places over 100 and half of 50");
	NEAR(score[1], 0.5 * 30 / 125 + 10. / 50, 1e-14, "half of that, and the other school");
	CHECK(tb_catchment_access(&c, TB_2SFCA, &decay, 19, score, &conflict) == TB_OK, "a cutoff before the second step");
	NEAR(score[0], 0.3, 1e-14, "the first school for the first village");
	NEAR(score[1], 0.2, 1e-14, "the second for the second");
	CHECK(tb_catchment_access(&c, TB_3SFCA, &decay, 20, score, &conflict) == TB_OK, "three steps: weights 1; 1/2 times 1/3, 1 times 2/3");
	NEAR(score[0], 30 / (100 + 50. / 6), 1e-14, "the second village asks less of the first school");
	NEAR(score[1], 30 / (100 + 50. / 6) / 6 + 10 / (50 * 2. / 3) * 2 / 3, 1e-14, "and gets less");
	CHECK(tb_catchment_access(&c, TB_BFCA, &decay, 20, score, &conflict) == TB_OK, "balanced: shares of rows 1; 1/3, 2/3; of columns 2/3, 1/3; 1");
	NEAR(score[0], 30 / (100 + 50. / 3) * 2 / 3, 1e-14, "demand is dealt out, so is supply");
	NEAR(score[1], 30 / (100 + 50. / 3) / 3 + 10 / (50 * 2. / 3), 1e-14, "no one counts twice");
	CHECK(tb_catchment_access(&c, TB_BFCA, &decay, 10, score, &conflict) == TB_OK, "balanced within ten minutes: one school each");
	NEAR(score[0], 0.3, 1e-14, "30 places for 100");
	NEAR(score[1], 0.2, 1e-14, "10 for 50");
	supply_id[0] = TB_NO_ID;
	cost[1] = NAN;
	supply[0] = 0;
	for (TbCatchmentMethod method = TB_2SFCA; method < TB_CATCHMENT_METHODS; method++) {
		CHECK(tb_catchment_access(&c, method, &decay, 20, score, &conflict) == TB_OK, "a village without a school, a school out of reach");
		NEAR(score[0], 0, 0, "reaches nothing");
		NEAR(score[1], method == TB_SPATIAL_AVAILABILITY ? 10 : 0.2, 1e-14, "the other one has its own school");
	}
	supply_id[0] = 2;
	supply[0] = 30;
	cost[1] = 20;
	cost[2] = 21;
	CHECK(tb_catchment_access(&c, TB_2SFCA, &decay, 30, score, &conflict) == TB_OK, "a school that nobody can reach");
	NEAR(score[1], 0.5 * 30 / 125, 1e-14, "gives nothing");
}

static void forged(void)
{
	const double two[] = {2}, nought[] = {0}, minus[] = {-1};
	TbDecay decay = {TB_DECAY_POWER, two, 1}, none = {TB_DECAY_NONE, two, 1};
	TbState *state = tb_accessibility_new(&decay);

	CHECK(tb_accessibility_add(state, 90, 3) == TB_OK && tb_accessibility_add(state, 8, 2) == TB_OK, "two places");
	NEAR(tb_accessibility_sum(state), 12, 1e-15, "90 / 9 + 8 / 4");
	CHECK(tb_accessibility_add(state, 90, 0) == TB_OUT_OF_RANGE && tb_accessibility_sum(state) == 12, "cost 0 adds nothing");
	CHECK(tb_accessibility_shape.check(state) == TB_OK, "a state");
	for (int k = 3; k < 5; k++) {
		double sum = tb_state_doubles(state)[k];

		tb_state_doubles(state)[k] = k == 3 ? INFINITY : NAN;
		CHECK(tb_accessibility_shape.check(state) == TB_CORRUPT, "a sum that is no number");
		tb_state_doubles(state)[k] = sum;
	}
	tb_state_doubles(state)[3] = -12;
	CHECK(tb_accessibility_shape.check(state) == TB_CORRUPT, "a negative sum");
	tb_state_doubles(state)[3] = 12;
	refuses_flags_and_bytes(&tb_accessibility_shape, state);
	state->words--;
	CHECK(tb_accessibility_shape.check(state) == TB_CORRUPT, "a parameter short");
	CHECK(tb_decay_problem(&none) && tb_decay_problem(&(TbDecay){TB_DECAY_GAUSSIAN, nought, 1}) &&
			  tb_decay_problem(&(TbDecay){TB_DECAY_LINEAR, nought, 1}),
		  "widths must be positive");
	CHECK(!tb_decay_problem(&(TbDecay){TB_DECAY_EXPONENTIAL, nought, 1}) && tb_decay_problem(&(TbDecay){TB_DECAY_EXPONENTIAL, minus, 1}),
		  "rates may be 0, not less");
}

int main(void)
{
	decays();
	sums();
	scales();
	catchments();
	parameters();
	market();
	two_schools();
	forged();
	return unit_done();
}
