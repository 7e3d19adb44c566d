/* unit test of core/poverty: the incomes of the R package ineq, two poles, identities */
#include "../../src/core/inequality/poverty.h"

#include "samples.h"

static TbDistribution distribution_of(size_t n, const double *x, const double *w)
{
	static TbSample sample;
	TbDistribution d;

	sample = values_of(n, x, w);
	tb_distribution(&sample, sample.x, &d);
	return d;
}

int main(void)
{
	const double two[2] = {0, 2}, half[2] = {0.5, 0.5}, twice[4] = {0, 0, 2, 2}, quarter[4] = {0.1, 0.4, 0.2, 0.3};
	const double plain[6] = {1, 1, 2, 5, 5, 5}, distinct[3] = {1, 2, 5}, times[3] = {2, 1, 3}, below[2] = {-1, 3};
	TbDistribution d = distribution_of(10, incomes, NULL);
	TbPoverty p, q;
	double gap[10], mean = 0, gini = 0;

	tb_poverty(&d, 2000, &p);
	NEAR(p.headcount, 0.2, 1e-15, "headcount");
	NEAR(p.gap, 0.0998, 1e-14, "gap");
	NEAR(p.watts, 0.1620141, 1e-6, "Watts as printed by ineq");
	CHECK(p.poor == 2 && p.population == 10, "two of ten");
	/* Shorrocks 1995: mean gap times (1 + Gini of the gaps), the Gini from all pairs */
	tb_poverty(&d, 8000, &p);
	for (int i = 0; i < 10; i++)
		mean += (gap[i] = incomes[i] < 8000 ? 1 - incomes[i] / 8000 : 0) / 10;
	for (int i = 0; i < 10; i++)
		for (int j = 0; j < 10; j++)
			gini += fabs(gap[i] - gap[j]) / (200 * mean);
	NEAR(p.sen_shorrocks_thon, mean * (1 + gini), 1e-13, "Sen-Shorrocks-Thon from the Gini of gaps");
	d = distribution_of(6, plain, NULL);
	tb_poverty(&d, 5, &p);
	d = distribution_of(3, distinct, times);
	tb_poverty(&d, 5, &q);
	CHECK(p.headcount == 0.5 && p.headcount == q.headcount && p.gap == q.gap && p.sen_shorrocks_thon == q.sen_shorrocks_thon,
		  "the line itself is not poor; weights are repeated rows");
	tb_poverty(&d, 1, &q);
	CHECK(q.headcount == 0 && q.gap == 0 && q.sen_shorrocks_thon == 0 && q.watts == 0, "nobody poor");
	d = distribution_of(2, below, NULL);
	tb_poverty(&d, 2, &p);
	CHECK(p.gap == 0.75 && isnan(p.watts), "an income below 0 has a gap above 1 and no logarithm");
	tb_poverty(&d, 1e308, &p);
	NEAR(p.gap, 1, 1e-15, "a line at the end of float8");
	d = distribution_of(2, two, half);
	NEAR(tb_esteban_ray(&d, 0), 1, 1e-15, "two poles, alpha 0");
	NEAR(tb_esteban_ray(&d, 1), 0.5, 1e-15, "two poles, alpha 1");
	d = distribution_of(4, twice, quarter);
	NEAR(tb_esteban_ray(&d, 1), 0.5, 1e-15, "equal values are one pole");
	d = distribution_of(1, two + 1, NULL);
	CHECK(tb_esteban_ray(&d, 1.3) == 0, "one pole is not polarised");
	return unit_done();
}
