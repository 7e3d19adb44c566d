/* unit test of core/absorb: means by one set and by two, weights, a chain that hangs together by single rows, and a long one */
#include "../../src/core/estimate/absorb.h"

#include <stdlib.h>

#include "samples.h"

#define CHAIN 400

/* Rows of a unit together, or one of each unit after the other */
static void runs_and_not(void)
{
	uint32_t unit[2][60], period[2][60];
	double column[2][60], weight[2][60];
	bool same = true;

	for (uint32_t i = 0; i < 60; i++) {
		uint32_t u = i / 6, t = i % 6, at = t * 10 + u;

		unit[0][i] = unit[1][at] = u;
		period[0][i] = period[1][at] = (t + u * 3) % 8;
		column[0][i] = column[1][at] = sin(i * 1.7) * 100 + u * u;
		weight[0][i] = weight[1][at] = 1 + i % 4;
	}
	for (int k = 0; k < 2; k++) {
		TbEffects e = tb_effects(60, 10, unit[k], period[k]);

		CHECK(e.runs == (k == 0) && e.many_n == 10 && e.few_n == 8, k == 0 ? "together" : "apart");
		tb_effects_weigh(&e, weight[k]);
		CHECK(tb_absorb(&e, column[k]) == TB_OK, "absorbed");
	}
	for (uint32_t i = 0; i < 60; i++)
		same &= fabs(column[0][i] - column[1][i % 6 * 10 + i / 6]) < 1e-13;
	CHECK(same, "the order of rows does not matter");
}

/* A chain of 20,000 units that are there in two of 20,000 periods each, twice in the first: by the diagonal it would take as many steps as links */
static void long_chain(void)
{
	enum { LINKS = 20000, ROWS = 3 * LINKS };
	uint32_t *unit = malloc(ROWS * 4), *period = malloc(ROWS * 4);
	double *x = malloc(ROWS * 8), *weight = malloc(ROWS * 8), *by_unit = calloc(LINKS, 8), *by_period = calloc(LINKS + 1, 8), most = 0, left = 0;
	TbEffects e;

	for (uint32_t i = 0; i < ROWS; i++) {
		unit[i] = i / 3;
		period[i] = i / 3 + (i % 3 == 2);
		x[i] = sin(i * 1.3) + unit[i] * 0.5 - period[i] * (period[i] % 7);
		weight[i] = 1 + i % 4;
	}
	e = tb_effects(ROWS, LINKS + 1, unit, period);
	tb_effects_weigh(&e, weight);
	CHECK(e.dummies == 2 * LINKS && tb_absorb(&e, x) == TB_OK, "a long chain");
	for (uint32_t i = 0; i < ROWS; i++) {
		by_unit[unit[i]] += weight[i] * x[i];
		by_period[period[i]] += weight[i] * x[i];
		left += x[i] * x[i] / ROWS;
	}
	for (uint32_t i = 0; i < LINKS; i++)
		most = fmax(most, fmax(fabs(by_unit[i]), fabs(by_period[i])));
	CHECK(most < 1e-13 && left > 0.1, "weighted sums by unit and by period are 0, and what varies within a unit and period is left");
}

int main(void)
{
	const uint32_t a[6] = {7, 7, 3, 3, 5, 5}, b[6] = {0, 1, 0, 1, 0, 1};
	double x[6] = {1, 2, 3, 6, 5, 5}, y[6] = {10, 12, 20, 22, 31, 33}, w[6] = {1, 2, 1, 1, 3, 1}, z[6] = {1, 2, 3, 6, 5, 5}, sum = 0,
		   *long_x = malloc(CHAIN * 8);
	uint32_t *unit = malloc(CHAIN * 4), *period = malloc(CHAIN * 4);
	TbEffects one = tb_effects(6, 8, a, NULL), two = tb_effects(6, 8, a, b), chain;

	CHECK(tb_absorb(&one, x) == TB_OK && x[0] == -0.5 && x[2] == -1.5 && x[4] == 0 && one.dummies == 3, "one set: deviations from means");
	CHECK(two.dummies == 4 && two.few_n == 2 && tb_absorb(&two, y) == TB_OK && y[0] == 0 && y[5] == 0,
		  "effects of both alone: nothing is left, exactly");
	CHECK(tb_absorb(&two, z) == TB_OK && fabs(z[0] - 1.0 / 6) < 1e-15 && fabs(z[0] + z[1]) < 1e-15 && fabs(z[0] + z[2] + z[4]) < 1e-15,
		  "balanced: less both means, plus that of all");
	tb_effects_weigh(&two, w);
	for (int i = 0; i < 6; i++)
		z[i] = (double[]){1, 2, 3, 6, 5, 5}[i];
	CHECK(tb_absorb(&two, z) == TB_OK, "weighted");
	for (int i = 0; i < 6; i += 2)
		sum = fmax(sum, fabs(w[i] * z[i] + w[i + 1] * z[i + 1]));
	CHECK(sum < 1e-15 && fabs(z[0] * w[0] + z[2] * w[2] + z[4] * w[4]) < 1e-15, "weighted sums by both are 0");
	for (uint32_t i = 0; i < CHAIN; i++) {
		unit[i] = i / 2;
		period[i] = (i + 1) / 2;
		long_x[i] = unit[i] * 3.0 - period[i] * 7.0;
	}
	chain = tb_effects(CHAIN, CHAIN, unit, period);
	CHECK(chain.dummies == CHAIN && tb_absorb(&chain, long_x) == TB_OK && long_x[0] == 0 && long_x[CHAIN / 2] == 0,
		  "a chain of 400 links, each needed: explained to the last digit");
	runs_and_not();
	long_chain();
	return unit_done();
}
