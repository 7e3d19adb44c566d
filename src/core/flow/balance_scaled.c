/* balance_scaled.c -- iterative proportional fitting with factors m * 2^e */
#include "balance_scaled.h"

#include <math.h>

#include "../base/step.h"
#include "../base/scaled.h"

#define NEVER (-INFINITY)

typedef struct Side {
	const uint32_t *of; /* [pairs] */
	const double *total;
	uint32_t n;
	TbScaled *factor;
	double *largest, *sum; /* of seed * the other side's factor: its largest exponent, and the sum over that */
} Side;

static Side side(const uint32_t *of, const double *total, uint32_t n)
{
	Side s = {of, total, n, tb_alloc(n * sizeof(TbScaled)), tb_alloc(n * sizeof(double)), tb_alloc(n * sizeof(double))};

	for (uint32_t i = 0; i < n; i++, tb_step())
		s.factor[i] = tb_scaled(total[i] > 0);
	return s;
}

static void release(Side *s)
{
	tb_free(s->factor);
	tb_free(s->largest);
	tb_free(s->sum);
}

/* How far a factor moved, relative */
static double movement(TbScaled before, TbScaled after)
{
	if (after.m == 0)
		return INFINITY;
	return fabs(1 - tb_scaled_value((TbScaled){before.m / after.m, before.e - after.e}, 0));
}

/* Every factor of one side from those of the other; the largest movement */
static double fit(const TbPairs *p, const double *seed, Side *s, const Side *other)
{
	double change = 0;

	for (uint32_t i = 0; i < s->n; i++, tb_step()) {
		s->largest[i] = NEVER;
		s->sum[i] = 0;
	}
	for (size_t k = 0; k < p->n; k++, tb_step()) {
		TbScaled x = tb_scaled_product(tb_scaled(seed[k]), other->factor[other->of[k]]);

		if (x.m > 0)
			s->largest[s->of[k]] = fmax(s->largest[s->of[k]], x.e);
	}
	for (size_t k = 0; k < p->n; k++, tb_step()) {
		TbScaled x = tb_scaled_product(tb_scaled(seed[k]), other->factor[other->of[k]]);

		if (x.m > 0)
			s->sum[s->of[k]] += tb_scaled_value(x, s->largest[s->of[k]]);
	}
	for (uint32_t i = 0; i < s->n; i++, tb_step()) {
		TbScaled before = s->factor[i], total = tb_scaled(s->total[i]), sum = tb_scaled(s->sum[i]);

		if (!(s->total[i] > 0) || sum.m == 0)
			continue;
		s->factor[i] = tb_scaled_product(tb_scaled(total.m / sum.m), (TbScaled){0.5, total.e - sum.e - s->largest[i] + 1});
		change = fmax(change, movement(before, s->factor[i]));
	}
	return change;
}

TbStatus tb_balance_scaled(const TbPairs *p, const double *seed, const double *origin_total, const double *destination_total, double tolerance,
						   double *flow, TbBalance *balance)
{
	Side o = side(p->origin, origin_total, p->origins), d = side(p->destination, destination_total, p->destinations);
	double change;

	balance->iterations = 0;
	do {
		change = fit(p, seed, &o, &d);
		change = fmax(change, fit(p, seed, &d, &o));
		tb_progress("balancing, rounds of at most", ++balance->iterations, TB_BALANCE_LIMIT);
	} while (change > tolerance && balance->iterations < TB_BALANCE_LIMIT);
	for (size_t k = 0; k < p->n; k++, tb_step()) {
		TbScaled x = tb_scaled_product(o.factor[o.of[k]], d.factor[d.of[k]]);

		flow[k] = tb_scaled_value(tb_scaled_product(x, tb_scaled(seed[k])), 0);
	}
	release(&o);
	release(&d);
	return change <= tolerance ? TB_OK : TB_NOT_CONVERGED;
}
