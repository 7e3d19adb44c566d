#include "../../src/core/inequality/inequality.h"
#include "samples.h"

static TbDistribution distribution(size_t n, const double *x, const double *w)
{
	TbSample sample = values_of(n, x, w);
	TbDistribution d;

	tb_distribution(&sample, sample.x, &d);
	return d;
}

int main(void)
{
	const double x[4] = {10, 20, 30, 40}, w[4] = {1, 1, 1, 1}, heavy[4] = {1, 0.5, 3, 0.5}, ten[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
	const double camps[4] = {0, 0, 2, 2}, poor[4] = {0, 0, 0, 5}, debt[3] = {-4, 1, 20}, eight[8] = {2, 4, 6, 8, 10, 12, 14, 16},
				 halves[8] = {6, 6, 8, 8, 10, 10, 12, 12};
	TbDistribution d = distribution(4, x, w);

	NEAR(tb_quantile(&d, 0.5), 25, 0, "an exact hit: the mean of two values");
	NEAR(tb_quantile(&d, 0.25), 15, 0, "another");
	NEAR(tb_quantile(&d, 0.3), 20, 0, "between: the first value that reaches p");
	NEAR(tb_quantile(&d, 0), 10, 0, "p 0 is the smallest");
	NEAR(tb_quantile(&d, 1), 40, 0, "p 1 the largest");
	d = distribution(4, x, heavy);
	NEAR(tb_quantile(&d, 0.5), 30, 0, "weights count");
	NEAR(tb_quantile(&d, 0.3), 25, 0, "1.5 of 5: an exact hit by weight");
	d = distribution(10, ten, NULL);
	NEAR(tb_quantile(&d, 0.1), 1.5, 0, "0.1 of 10 is a hit although 0.1 is no binary fraction");
	NEAR(tb_quantile(&d, 0.9), 9.5, 0, "0.9 too");
	NEAR(tb_palma_ratio(&d), 1, 1e-15, "10 against 1 + 2 + 3 + 4");
	d = distribution(5, ten, NULL);
	NEAR(tb_palma_ratio(&d), 2.5 / 3, 1e-15, "a value is split where the tenth ends inside it");
	d = distribution(4, poor, NULL);
	CHECK(isnan(tb_palma_ratio(&d)), "no bottom share, no ratio");
	CHECK(isnan(tb_wolfson(&d)), "a median of 0, no polarisation");
	d = distribution(3, debt, NULL);
	CHECK(isnan(tb_palma_ratio(&d)), "a negative bottom share gives none either");
	d = distribution(8, eight, NULL);
	NEAR(tb_wolfson(&d), 2 * 11. / 72, 1e-14, "Wolfson polarisation (twice PySAL's)");
	d = distribution(8, halves, NULL);
	NEAR(tb_wolfson(&d), 2 * 1. / 12, 1e-14, "and with ties");
	d = distribution(4, camps, NULL);
	NEAR(tb_wolfson(&d), 1, 1e-15, "a perfectly split society");
	return unit_done();
}
