/* unit test of core/balance_scaled: as balancing in float8 where that suffices, and where it does not, flows known by hand */
#include "../../src/core/flow/balance_scaled.h"

#include "flows.h"
#include "unit.h"

enum { N = 12 };

/* Random seeds: the flows of both are the same, whatever power of two the seeds of a row are multiplied by */
static void as_plain(void)
{
	uint32_t origin[N * N], destination[N * N];
	double seed[N * N], o[N] = {0}, d[N] = {0}, plain[N * N], scaled[N * N], worst = 0;
	const TbPairs p = {N * N, N, N, origin, destination};
	TbBalance balance = {0, UINT32_MAX, UINT32_MAX};

	for (uint32_t k = 0; k < N * N; k++) {
		double flow = uniform() * 100;

		origin[k] = k / N;
		destination[k] = k % N;
		seed[k] = 0.01 + uniform();
		o[k / N] += flow;
		d[k % N] += flow;
	}
	CHECK(tb_balance(&p, seed, o, d, TB_BALANCED, plain, &balance) == TB_OK, "balanced in float8");
	for (uint32_t k = 0; k < N * N; k++)
		seed[k] = ldexp(seed[k], k / N % 2 ? 900 : -900);
	CHECK(tb_balance_scaled(&p, seed, o, d, TB_BALANCED, scaled, &balance) == TB_OK && balance.iterations > 0, "and with exponents");
	for (uint32_t k = 0; k < N * N; k++)
		worst = fmax(worst, fabs(scaled[k] / plain[k] - 1));
	CHECK(worst < 1e-11, "the same flows");
}

/* Pairs that only a seed hundreds of orders of magnitude below the others joins: what such a seed need not carry is 0 */
static void far_seeds(void)
{
	static const uint32_t origin[] = {0, 0, 1, 1}, destination[] = {0, 1, 0, 1};
	static const double seed[] = {1e150, 1e-150, 1e-150, 1e150}, turned[] = {1e-300, 1e300, 1e300, 1e-300}, crossed[] = {1, 0, 1, 0};
	static const double o[] = {10, 2}, d[] = {7, 5}, right[] = {7, 3, 0, 2}, left[] = {5, 5, 2, 0};
	const TbPairs p = {4, 2, 2, origin, destination};
	double flow[4];
	TbBalance balance;

	CHECK(tb_balance(&p, seed, o, d, TB_BALANCED, flow, &balance) == TB_OK, "seeds 300 orders of magnitude apart");
	for (int k = 0; k < 4; k++)
		CHECK(fabs(flow[k] - right[k]) <= 1e-11, "meet the totals");
	CHECK(tb_balance(&p, turned, o, d, TB_BALANCED, flow, &balance) == TB_OK, "600 orders of magnitude");
	for (int k = 0; k < 4; k++)
		CHECK(fabs(flow[k] - left[k]) <= 1e-11, "meet them too");
	CHECK(tb_balance(&p, crossed, o, d, TB_BALANCED, flow, &balance) == TB_INFEASIBLE && balance.destination == 1,
		  "a destination without a seed is named");
}

/* 1 may only send to b, which takes less than it has: no flows, however large the seeds */
static void impossible(void)
{
	static const uint32_t origin[] = {0, 0, 1}, destination[] = {0, 1, 1};
	static const double seed[] = {1e200, 1e-200, 1}, o[] = {4, 6}, d[] = {5, 5};
	const TbPairs p = {3, 2, 2, origin, destination};
	double flow[3];
	TbBalance balance = {0, UINT32_MAX, UINT32_MAX};

	CHECK(tb_balance_scaled(&p, seed, o, d, TB_BALANCED, flow, &balance) == TB_NOT_CONVERGED, "zeros that forbid the totals");
}

int main(void)
{
	as_plain();
	far_seeds();
	impossible();
	return unit_done();
}
