/* rounding.c -- controlled rounding: by the largest remainders, or at random without bias */
#include "rounding.h"

#include "../base/step.h"
#include "../base/random.h"
#include "largest_remainder.h"

typedef struct Remainders {
	const int64_t *count;
	int64_t base;
} Remainders;

static TbInt256 remainder_of(const void *context, int64_t row)
{
	const Remainders *r = context;

	return tb_int256(r->count[row] % r->base);
}

/* Equal counts are equal: which of them goes up is nobody's gain */
static bool no_peers(const void *context, int64_t a, int64_t b)
{
	(void)context, (void)a, (void)b;
	return false;
}

static TbStatus multiples(const TbInt *units, int64_t n, int64_t base, int64_t *rounded)
{
	for (int64_t i = 0; i < n; i++, tb_step())
		if (__builtin_mul_overflow((int64_t)units[i], base, &rounded[i]))
			return TB_OUT_OF_RANGE;
	return TB_OK;
}

TbStatus tb_round_nearest(const int64_t *count, int64_t n, int64_t base, int64_t *rounded)
{
	Remainders context = {count, base};
	TbInt *units = tb_alloc((n + 1) * sizeof(TbInt)), *weight = tb_alloc((n + 1) * sizeof(TbInt));
	double *fraction = tb_alloc((n + 1) * sizeof(double));
	TbClosing closing = {n, units, 1, fraction, weight, false, remainder_of, no_peers, &context, {0, 0}};
	TbInt remainders = 0;
	TbStatus status;

	for (int64_t i = 0; i < n; i++, tb_step()) {
		int64_t r = count[i] % base;

		units[i] = count[i] / base;
		weight[i] = count[i];
		fraction[i] = r == 0 ? -1 : (double)r / (double)base;
		remainders += r;
	}
	status = tb_largest_remainder(&closing, (int64_t)((2 * remainders + base) / (2 * base)));
	if (status == TB_OK)
		status = multiples(units, n, base, rounded);
	tb_free(units);
	tb_free(weight);
	tb_free(fraction);
	return status;
}

/* Fisher and Yates */
static int64_t *random_order(int64_t n, uint64_t *random)
{
	int64_t *order = tb_alloc((n + 1) * sizeof(int64_t));

	for (int64_t i = 0; i < n; i++, tb_step()) {
		int64_t k = (int64_t)tb_random_below(random, (uint64_t)i + 1);

		order[i] = order[k];
		order[k] = i;
	}
	return order;
}

TbStatus tb_round_random(const int64_t *count, int64_t n, int64_t base, uint64_t seed, int64_t *rounded)
{
	uint64_t random = seed;
	int64_t *order = random_order(n, &random);
	TbInt *units = tb_alloc((n + 1) * sizeof(TbInt));
	/* a point anywhere in the first base; the marks of all multiples of base from it choose who goes up, each by the length of its remainder */
	int64_t place = (int64_t)tb_random_below(&random, (uint64_t)base);
	TbStatus status;

	for (int64_t k = 0; k < n; k++, tb_step()) {
		int64_t i = order[k];

		place += count[i] % base;
		units[i] = count[i] / base + (place >= base);
		place -= place >= base ? base : 0;
	}
	status = multiples(units, n, base, rounded);
	tb_free(units);
	tb_free(order);
	return status;
}
