/* poverty.c -- headcount, gaps and ranks below a line; poles */
#include "poverty.h"

#include <math.h>

#include "../base/step.h"

typedef struct Sums {
	TbSum poor, gap, severity, ranked, watts;
} Sums;

static double share_of(const TbDistribution *d, const TbSum *sum)
{
	return tb_sum_value(*sum) / d->weight;
}

/* Ranks of ties matter to no sum: rows of equal value have equal gaps, and the sum of their ranks is the same in any order. */
void tb_poverty(const TbDistribution *d, double line, TbPoverty *result)
{
	Sums s = {0};
	TbSum below = {0, 0};

	for (size_t i = 0; i < d->n && d->raw[i] < line; i++) {
		double mass = tb_mass(d, i), gap = line / 2 - d->raw[i] / 2; /* halves: the difference of two ends of float8 stays in it */
		double part = gap / (line / 2), above = (d->weight - tb_sum_value(below)) - mass / 2;

		tb_sum_add(&s.poor, mass);
		tb_sum_add(&s.gap, mass * part);
		tb_sum_add(&s.severity, mass * part * part);
		tb_sum_add(&s.ranked, mass * part * (above / d->weight));
		tb_sum_add(&s.watts, d->raw[i] > 0 ? mass * log(line / d->raw[i]) : NAN);
		tb_sum_add(&below, mass);
		tb_step();
	}
	result->headcount = share_of(d, &s.poor);
	result->gap = share_of(d, &s.gap);
	result->severity = share_of(d, &s.severity);
	result->sen_shorrocks_thon = 2 * share_of(d, &s.ranked);
	result->watts = share_of(d, &s.watts);
	result->poor = ldexp(tb_sum_value(s.poor), d->weight_exponent);
	result->population = ldexp(d->weight, d->weight_exponent);
}

/* With P, S the share and the sum of shares times values of all poles below pole k, sum over j of p_j |y_k - y_j| is
 * y_k P - S + (T - S - own) - y_k (1 - P - p_k), T the sum over all: one pass, poles in ascending order. Deviations from the mean keep the digits. */
double tb_esteban_ray(const TbDistribution *d, double alpha)
{
	TbSum sum = {0, 0}, share = {0, 0}, moment = {0, 0}, all = {0, 0};
	size_t end;

	for (size_t i = 0; i < d->n; i++) {
		tb_sum_add(&all, tb_mass(d, i) / d->weight * tb_deviation(d, i));
		tb_step();
	}
	for (size_t i = 0; i < d->n; i = end) {
		TbSum mass = {0, 0};
		double p, y = tb_deviation(d, i), apart;

		for (end = i; end < d->n && d->x[end] == d->x[i]; end++) {
			tb_sum_add(&mass, tb_mass(d, end));
			tb_step();
		}
		p = tb_sum_value(mass) / d->weight;
		apart = y * (2 * tb_sum_value(share) + p - 1) - 2 * tb_sum_value(moment) - p * y + tb_sum_value(all);
		tb_sum_add(&sum, pow(p, 1 + alpha) * apart);
		tb_sum_add(&share, p);
		tb_sum_add(&moment, p * y);
	}
	return ldexp(tb_sum_value(sum), d->exponent);
}
