/* price_surface.c -- weighted means around a target, and grids of them */
#include "price_surface.h"

#include <math.h>
#include <string.h>

#include "../base/host.h"

const char *const tb_kernel_name[TB_KERNELS] = {"gaussian", "bisquare", "tricube", "epanechnikov", "uniform"};

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_surface_shape = {"surface_state", 18, check, merge, pack, false};

typedef struct Sums {
	uint64_t method;
	double parameter;
	uint64_t n, hits;
	TbDd weighted, weight, hit;
} Sums;

#define WORDS (sizeof(Sums) / 8)

static Sums *sums(const TbState *state)
{
	return (Sums *)tb_state_words(state);
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

TbStatus tb_surface_add(TbState **state, double value, double distance, int method, double parameter)
{
	Sums *s;
	double weight;

	if (!*state) {
		*state = tb_state_new(&tb_surface_shape, WORDS, 0);
		sums(*state)->method = method;
		sums(*state)->parameter = parameter;
	}
	s = sums(*state);
	if (s->method != (uint64_t)method || s->parameter != parameter)
		return TB_MISMATCH;
	s->n++;
	weight = method == TB_INVERSE_DISTANCE ? (parameter == 2 ? 1 / (distance * distance) : pow(distance, -parameter))
										   : tb_kernel_weight(method - 1, distance, parameter);
	/* nearer than its weight can say is at the target */
	if (method == TB_INVERSE_DISTANCE && (distance == 0 || isinf(weight))) {
		s->hits++;
		s->hit = tb_dd_add_d(s->hit, value);
	} else {
		s->weighted = tb_dd_add(s->weighted, tb_two_product(weight, value));
		s->weight = tb_dd_add_d(s->weight, weight);
	}
	return isfinite(s->weighted.hi) && isfinite(s->weight.hi) && isfinite(s->hit.hi) && isfinite(s->weighted.lo) ? TB_OK : TB_OUT_OF_RANGE;
}

TbStatus tb_surface(const TbState *state, double *value)
{
	const Sums *s = sums(state);

	if (s->hits)
		*value = tb_dd_value(tb_dd_div(s->hit, tb_dd(s->hits)));
	else if (s->weight.hi > 0)
		*value = tb_dd_value(tb_dd_div(s->weighted, s->weight));
	else
		return TB_UNDEFINED;
	return isfinite(*value) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	Sums *into = sums(*target);
	const Sums *from = sums(source);

	if (into->method != from->method || into->parameter != from->parameter)
		return TB_MISMATCH;
	into->n += from->n;
	into->hits += from->hits;
	into->weighted = tb_dd_add(into->weighted, from->weighted);
	into->weight = tb_dd_add(into->weight, from->weight);
	into->hit = tb_dd_add(into->hit, from->hit);
	return isfinite(into->weighted.hi) && isfinite(into->weight.hi) && isfinite(into->hit.hi) ? TB_OK : TB_OUT_OF_RANGE;
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

static bool normal(TbDd x)
{
	return isfinite(x.hi) && x.hi + x.lo == x.hi;
}

static TbStatus check(const TbState *state)
{
	const Sums *s = sums(state);

	if (state->flags || state->bytes || state->words != WORDS || s->method > TB_KERNELS || !(s->parameter >= 0) || isinf(s->parameter) || s->n < 1 ||
		s->n > (uint64_t)1 << 53 || s->hits > s->n || !normal(s->weighted) || !normal(s->weight) || !normal(s->hit) || s->weight.hi < 0)
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

	for (size_t k = 0; k < *n; k++)
		result[k] = (TbSurfaceCell){(cell[k].b + 0.5) * size, (cell[k].a + 0.5) * size,
									tb_dd_value(tb_dd_div(tb_cell_sum(cell + k, 0), tb_cell_sum(cell + k, 1))), tb_dd_value(tb_cell_sum(cell + k, 1)),
									cell[k].n};
	tb_free(cell);
	return result;
}
