/* unit test of core/gravity_doubly: a made parameter comes back from a chain of places, where balancing is slow; variance against a difference quotient */
#include "../../src/core/flow/gravity_doubly.h"

#include "flows.h"
#include "unit.h"

enum { N = 43, PAIRS = N * N };

static uint32_t o[PAIRS], d[PAIRS];
static double flow[PAIRS], c[PAIRS], mu[PAIRS], seed[PAIRS], rows[N], columns[N];
static TbGravityData data = {{PAIRS, N, N, o, d}, flow, NULL, NULL, NULL};

/* sum of flow times cost in the model at b */
static double cost_at(double b)
{
	TbBalance balance;
	double sum = 0;

	for (int k = 0; k < PAIRS; k++)
		seed[k] = exp(b * c[k]);
	CHECK(tb_balance(&data.pairs, seed, rows, columns, TB_BALANCED, mu, &balance) == TB_OK, "balances");
	for (int k = 0; k < PAIRS; k++)
		sum += mu[k] * c[k];
	return sum;
}

/* By hand: all flows 1 but e of every place with itself, where the cost is 1, so beta is 1 */
static void three_places(void)
{
	TbGravityData small = {{9, 3, 3, o, d}, flow, NULL, NULL, NULL};
	double b, variance;
	uint32_t iterations;

	for (uint32_t k = 0; k < 9; k++) {
		o[k] = k / 3;
		d[k] = k % 3;
		c[k] = o[k] == d[k];
		flow[k] = o[k] == d[k] ? M_E : 1;
	}
	CHECK(tb_gravity_doubly(&small, c, &b, &variance, mu, &iterations) == TB_OK, "three places");
	NEAR(b, 1, 1e-10, "beta");
	/* of every origin a share p = e / (e + 2) stays, so c less its effects is 1 - p or -p: information 3 (e + 2) p (1 - p) */
	NEAR(variance, (M_E + 2) / (6 * M_E), 1e-9, "its variance");
}

int main(void)
{
	double b, variance, information, observed = 0;
	uint32_t iterations;

	for (uint32_t k = 0; k < PAIRS; k++) {
		o[k] = k / N;
		d[k] = k % N;
		c[k] = log(1 + fabs((double)o[k] - d[k])) - 2;
		flow[k] = (50 + 7 * o[k]) * (20 + (d[k] * 37) % 61) * exp(-1.7 * c[k]);
	}
	CHECK(tb_gravity_doubly(&data, c, &b, &variance, mu, &iterations) == TB_OK, "fits");
	NEAR(b, -1.7, 1e-10, "the parameter comes back");
	CHECK(iterations < 15, "in a few steps");
	for (int k = 0; k < PAIRS; k++)
		flow[k] = floor(flow[k] * (0.5 + uniform()));
	for (int k = 0; k < PAIRS; k++) {
		rows[o[k]] += flow[k];
		columns[d[k]] += flow[k];
		observed += flow[k] * c[k];
	}
	CHECK(tb_gravity_doubly(&data, c, &b, &variance, mu, &iterations) == TB_OK, "fits noisy flows");
	information = (cost_at(b + 1e-5) - cost_at(b - 1e-5)) / 2e-5;
	NEAR(1 / variance, information, 1e-6, "information is the slope of the mean cost");
	NEAR(cost_at(b), observed, 1e-9, "and the mean cost is met");
	for (int k = 0; k < PAIRS; k++)
		c[k] = o[k] * 0.1 - d[k] * 0.3;
	CHECK(tb_gravity_doubly(&data, c, &b, &variance, mu, &iterations) == TB_UNDEFINED, "a cost that margins explain: undefined");
	three_places();
	return unit_done();
}
