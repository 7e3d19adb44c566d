/* price_surface.c -- weighted means around a target, and grids of them */
#include "price_surface.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"
#include "../base/scaled.h"

const char *const tb_kernel_name[TB_KERNELS] = {"gaussian", "bisquare", "tricube", "epanechnikov", "uniform"};

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_surface_shape = {"surface_state", TB_SHAPE_SURFACE, check, merge, pack, false};

/* Weights are kept over 2^exponent, that of the largest of them, so that only their shares need to fit float8. States of version 1.0 lack the exponent:
 * it is 0 there. */
typedef struct Sums {
	uint64_t method;
	double parameter;
	uint64_t n, hits;
	TbDd weighted, weight, hit;
	double exponent; /* 0 where there is no weight */
} Sums;

#define WORDS (sizeof(Sums) / 8)
#define FORMER_WORDS (WORDS - 1)

static Sums *sums(const TbState *state)
{
	return (Sums *)tb_state_words(state);
}

static void scale_to(Sums *s, double exponent)
{
	int by = (int)fmax(fmin(s->exponent - exponent, 5000), -5000);

	s->weighted = (TbDd){ldexp(s->weighted.hi, by), ldexp(s->weighted.lo, by)};
	s->weight = (TbDd){ldexp(s->weight.hi, by), ldexp(s->weight.lo, by)};
	s->exponent = exponent;
}

static Sums read_sums(const TbState *state)
{
	Sums s = {.exponent = 0};

	memcpy(&s, tb_state_words(state), state->words * 8);
	if (state->words == FORMER_WORDS && s.weight.hi > 0)
		scale_to(&s, tb_scaled(s.weight.hi).e);
	return s;
}

/* Room for the exponent */
static void renew(TbState **state)
{
	Sums s;

	if ((*state)->words == WORDS)
		return;
	s = read_sums(*state);
	*state = tb_state_new(&tb_surface_shape, WORDS, 0);
	*sums(*state) = s;
}

double tb_kernel_weight(TbKernel kernel, double distance, double bandwidth)
{
	double u, rest;

	if (bandwidth == 0)
		return distance == 0;
	u = distance / bandwidth;
	if (kernel == TB_GAUSSIAN)
		return exp(-u * u / 2);
	if (!(u < 1))
		return 0;
	switch (kernel) {
	case TB_BISQUARE:
		rest = 1 - u * u;
		return rest * rest;
	case TB_TRICUBE:
		rest = 1 - u * u * u;
		return rest * rest * rest;
	case TB_EPANECHNIKOV:
		return 1 - u * u;
	default:
		return 1;
	}
}

static TbScaled weight_of(int method, double distance, double parameter)
{
	double u = distance / parameter, square = distance * distance;

	if (method == TB_INVERSE_DISTANCE)
		return parameter == 2 && isnormal(1 / square) ? tb_scaled(1 / square) : tb_scaled_power(distance, -parameter);
	if (method - 1 == TB_GAUSSIAN && parameter > 0 && isfinite(u * u))
		return tb_scaled_exp(-u * u / 2);
	return tb_scaled(tb_kernel_weight(method - 1, distance, parameter));
}

/* weight / 2^exponent and that times the value */
static void add_weight(Sums *s, TbScaled weight, double value)
{
	double share;

	if (weight.m == 0)
		return;
	if (s->weight.hi == 0)
		s->exponent = weight.e;
	else if (weight.e > s->exponent)
		scale_to(s, weight.e);
	share = tb_scaled_value(weight, s->exponent);
	/* the parts of a product do not fit where the factor nearly fills float8 */
	s->weighted = tb_dd_add(s->weighted, fabs(value) < 1e290 ? tb_two_product(share, value) : tb_dd(share * value));
	s->weight = tb_dd_add_d(s->weight, share);
}

static bool normal(TbDd x)
{
	return isfinite(x.hi) && x.hi + x.lo == x.hi;
}

static bool in_range(const Sums *s)
{
	return normal(s->weighted) && normal(s->weight) && normal(s->hit);
}

TbStatus tb_surface_add(TbState **state, double value, double distance, int method, double parameter)
{
	Sums *s;

	if (!*state) {
		*state = tb_state_new(&tb_surface_shape, WORDS, 0);
		sums(*state)->method = method;
		sums(*state)->parameter = parameter;
	}
	renew(state);
	s = sums(*state);
	if (s->method != (uint64_t)method || s->parameter != parameter)
		return TB_MISMATCH;
	if (!tb_count(&s->n, 1))
		return TB_TOO_MANY;
	if (method == TB_INVERSE_DISTANCE && distance == 0) {
		s->hits++;
		s->hit = tb_dd_add_d(s->hit, value);
	} else
		add_weight(s, weight_of(method, distance, parameter), value);
	return in_range(s) ? TB_OK : TB_OUT_OF_RANGE;
}

static double mean_of(TbDd sum, TbDd weight)
{
	return fabs(sum.hi) < 1e290 ? tb_dd_value(tb_dd_div(sum, weight)) : sum.hi / weight.hi;
}

TbStatus tb_surface(const TbState *state, double *value)
{
	Sums s = read_sums(state);
	if (s.hits)
		*value = mean_of(s.hit, tb_dd((double)s.hits));
	else if (s.weight.hi > 0)
		*value = mean_of(s.weighted, s.weight);
	else
		return TB_UNDEFINED;
	return isfinite(*value) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	Sums *into, from = read_sums(source);
	double exponent;

	renew(target);
	into = sums(*target);
	if (into->method != from.method || into->parameter != from.parameter)
		return TB_MISMATCH;
	if (!tb_count(&into->n, from.n))
		return TB_TOO_MANY;
	into->hits += from.hits;
	into->hit = tb_dd_add(into->hit, from.hit);
	exponent = from.weight.hi == 0 ? into->exponent : into->weight.hi == 0 ? from.exponent : fmax(into->exponent, from.exponent);
	scale_to(into, exponent);
	scale_to(&from, exponent);
	into->weighted = tb_dd_add(into->weighted, from.weighted);
	into->weight = tb_dd_add(into->weight, from.weight);
	return in_range(into) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

static bool exponent_fits(const TbState *state)
{
	const Sums *s = sums(state);

	return state->words == FORMER_WORDS || (fabs(s->exponent) <= 1e300 && rint(s->exponent) == s->exponent && (s->weight.hi > 0 || s->exponent == 0));
}

static TbStatus check(const TbState *state)
{
	const Sums *s = sums(state);

	if (state->flags || state->bytes || (state->words != WORDS && state->words != FORMER_WORDS) || s->method > TB_KERNELS || !(s->parameter >= 0) ||
		isinf(s->parameter) || s->n < 1 || s->n > TB_MOST_ROWS || s->hits > s->n || !in_range(s) || s->weight.hi < 0 || !exponent_fits(state))
		return TB_CORRUPT;
	return TB_OK;
}

static bool in_grid(double low, double high)
{
	return low > -2147483647.0 && high < 2147483647.0;
}

TbStatus tb_grid_add(TbState **state, double x, double y, double value, double size, double bandwidth, TbKernel kernel)
{
	const double parameter[TB_CELL_PARAMETERS] = {size, bandwidth, kernel};
	double reach = kernel == TB_GAUSSIAN ? TB_GRID_REACH * bandwidth : bandwidth;
	double left = ceil((x - reach) / size - 0.5), right = floor((x + reach) / size - 0.5);
	double bottom = ceil((y - reach) / size - 0.5), top = floor((y + reach) / size - 0.5);
	TbStatus status = tb_cell_begin(state, &tb_grid_shape, parameter);

	if (status != TB_OK)
		return status;
	if (!in_grid(left, right) || !in_grid(bottom, top))
		return TB_OUT_OF_RANGE;
	if ((right - left + 1) * (top - bottom + 1) > TB_GRID_SPREAD)
		return TB_TOO_LARGE;
	for (double j = bottom; j <= top && status == TB_OK; j++) {
		for (double i = left; i <= right && status == TB_OK; i++) {
			double distance = hypot((i + 0.5) * size - x, (j + 0.5) * size - y);
			double weight = distance <= reach ? tb_kernel_weight(kernel, distance, bandwidth) : 0;
			TbDd add[TB_GRID_SUMS] = {tb_two_product(weight, value), tb_dd(weight)};

			if (weight > 0)
				status = tb_cell_add(state, &tb_grid_shape, (int32_t)j, (int32_t)i, add);
		}
		tb_tick();
	}
	return status;
}

TbSurfaceCell *tb_grid(const TbState *state, size_t *n)
{
	double size = tb_cell_parameters(state)[0];
	TbCell *cell = tb_cells(state, n);
	TbSurfaceCell *result = tb_alloc(*n * sizeof(TbSurfaceCell));

	for (size_t k = 0; k < *n; k++, tb_step())
		result[k] = (TbSurfaceCell){(cell[k].b + 0.5) * size, (cell[k].a + 0.5) * size,
									tb_dd_value(tb_dd_div(tb_cell_sum(cell + k, 0), tb_cell_sum(cell + k, 1))), tb_dd_value(tb_cell_sum(cell + k, 1)),
									cell[k].n};
	tb_free(cell);
	return result;
}
