/* quantile.c -- where a weight share falls in a sorted sample */
#include <float.h>

#include "inequality.h"

#include "../base/step.h"

double tb_quantile(const TbDistribution *d, double p)
{
	TbSum below = {0, 0};
	double target = p * d->weight, slack = 4 * DBL_EPSILON * d->weight;
	size_t i;

	for (i = 0; i + 1 < d->n; i++) {
		double reached;

		tb_sum_add(&below, tb_mass(d, i));
		reached = tb_sum_value(below);
		if (fabs(reached - target) <= slack)
			return ldexp(d->x[i] + (d->x[i + 1] - d->x[i]) / 2, d->exponent);
		if (reached > target)
			break;
		tb_step();
	}
	return ldexp(d->x[i], d->exponent);
}

/* Sum of x up to a weight share, the last entry in part */
static double total_up_to(const TbDistribution *d, double share)
{
	TbSum below = {0, 0}, total = {0, 0};
	double target = share * d->weight;

	for (size_t i = 0; i < d->n; i++) {
		double mass = tb_mass(d, i), left = target - tb_sum_value(below);

		if (mass >= left) {
			tb_sum_add(&total, fmax(left, 0) * d->x[i]);
			break;
		}
		tb_sum_add(&below, mass);
		tb_sum_add(&total, mass * d->x[i]);
		tb_step();
	}
	return tb_sum_value(total);
}

double tb_palma_ratio(const TbDistribution *d)
{
	double bottom = total_up_to(d, 0.4);

	if (!(d->mean.hi > 0) || !(bottom > 0))
		return NAN;
	return (tb_dd_value(d->total) - total_up_to(d, 0.9)) / bottom;
}

double tb_wolfson(const TbDistribution *d)
{
	double median = tb_quantile(d, 0.5), gini = tb_gini(d), mean = ldexp(tb_dd_value(d->mean), d->exponent);

	if (isnan(gini) || !(median > 0))
		return NAN;
	return 2 * (2 * (0.5 - total_up_to(d, 0.5) / tb_dd_value(d->total)) - gini) * (mean / median);
}
