/* spatial.c -- spatial autocorrelation over pairs of neighbours */
#include "spatial.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/probability.h"
#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/random.h"
#include "../base/scaled.h"
#include "../state/bag_kinds.h"

bool tb_spatial_params_ok(const double *param, uint64_t n)
{
	return n == 0 || (n == 3 && param[0] >= 1 && tb_is_choice(param[0], TB_PERMUTATIONS + 1) && param[1] >= 0 && param[1] < 4294967296.0 &&
					  param[2] >= 0 && param[2] < 4294967296.0 && param[1] == (double)(uint32_t)param[1] && param[2] == (double)(uint32_t)param[2]);
}

TB_BAG_KIND(tb_spatial, "spatial_state", TB_SHAPE_SPATIAL, 2, 3, 0x2, 0x6, tb_spatial_params_ok, 0x3)

void tb_spatial_params(TbPermutations permutations, double *param)
{
	param[0] = permutations.n;
	param[1] = (double)(permutations.seed >> 32);
	param[2] = (double)(uint32_t)permutations.seed;
}

TbPermutations tb_spatial_permutations(const TbBag *bag)
{
	if (bag->params == 0)
		return (TbPermutations){0, 0};
	return (TbPermutations){(int)bag->param[0], (uint64_t)bag->param[1] << 32 | (uint64_t)bag->param[2]};
}

bool tb_spatial_take(double *value, double x)
{
	if (isnan(*value))
		*value = x;
	return *value == x;
}

/* Rows are sorted by unit and neighbour, so pairs arrive in order. */
TbStatus tb_neighbours(const TbBag *bag, TbNeighbours *neighbours, uint32_t *unit)
{
	uint32_t n = bag->ids;
	size_t at = 0;

	*neighbours = (TbNeighbours){.n = n, .id = bag->id};
	neighbours->value = tb_alloc(n * sizeof(double));
	neighbours->row = tb_alloc_zero(n + (size_t)1, sizeof(size_t));
	neighbours->neighbour = tb_alloc(bag->rows * sizeof(uint32_t));
	neighbours->weight = tb_alloc(bag->rows * sizeof(double));
	for (uint32_t i = 0; i < n; i++, tb_step())
		neighbours->value[i] = NAN;
	for (size_t k = 0; k < bag->rows; k++) {
		uint32_t i = bag->row_id[0][k], j = bag->row_id[1][k];

		*unit = i;
		if (!tb_spatial_take(neighbours->value + i, bag->value[0][k]))
			return TB_INVALID;
		if (j == TB_NO_ID)
			continue;
		*unit = j;
		if (!tb_spatial_take(neighbours->value + j, bag->value[1][k]))
			return TB_INVALID;
		if (bag->value[2][k] == 0)
			continue;
		neighbours->neighbour[at] = j;
		neighbours->weight[at++] = bag->value[2][k];
		neighbours->row[i + 1]++;
		tb_step();
	}
	for (uint32_t i = 0; i < n; i++, tb_step())
		neighbours->row[i + 1] += neighbours->row[i];
	neighbours->links = at;
	return TB_OK;
}

/* Deviations from the mean, scaled so that the largest is 1: no overflow, and nothing here depends on scale or offset */
double *tb_spatial_deviations(const TbNeighbours *nb, double *squares, double *largest)
{
	double *z = tb_alloc(nb->n * sizeof(double));
	TbDd sum = tb_dd(0), mean = tb_mean(nb->value, nb->n);

	*largest = 0;
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		z[i] = (nb->value[i] - mean.hi) - mean.lo;
		*largest = fmax(*largest, fabs(z[i]));
	}
	for (uint32_t i = 0; i<nb->n && * largest> 0; i++, tb_step()) {
		z[i] /= *largest;
		sum = tb_dd_add(sum, tb_two_product(z[i], z[i]));
	}
	*squares = tb_dd_value(sum);
	return z;
}

/* sum w_ij z_i z_j */
static double cross_sum(const TbNeighbours *nb, const double *z)
{
	double sum = 0;

	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		double lag = 0;

		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step())
			lag += nb->weight[k] * z[nb->neighbour[k]];
		sum += z[i] * lag;
	}
	return sum;
}

static double weight_of(const TbNeighbours *nb, uint32_t i, uint32_t j)
{
	size_t low = nb->row[i], high = nb->row[i + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (nb->neighbour[middle] < j)
			low = middle + 1;
		else
			high = middle;
	}
	return low < nb->row[i + 1] && nb->neighbour[low] == j ? nb->weight[low] : 0;
}

void tb_spatial_weights(const TbNeighbours *nb, double *s0, double *s1, double *s2)
{
	double *margin = tb_alloc_zero(nb->n, sizeof(double));

	*s0 = *s1 = *s2 = 0;
	for (uint32_t i = 0; i < nb->n; i++)
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++) {
			double w = nb->weight[k];

			*s0 += w;
			*s1 += w * w + w * weight_of(nb, nb->neighbour[k], i);
			margin[i] += w;
			margin[nb->neighbour[k]] += w;
			tb_step();
		}
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		*s2 += margin[i] * margin[i];
	tb_free(margin);
}

void tb_spatial_shuffle(double *x, uint32_t n, uint64_t *random)
{
	for (uint32_t i = n; i > 1; i--, tb_step()) {
		uint32_t j = tb_random_place(random, i);
		double swap = x[i - 1];

		x[i - 1] = x[j];
		x[j] = swap;
	}
}

double tb_draw_slack(double weights, size_t n)
{
	return DBL_EPSILON * (16 + sqrt((double)n)) * weights;
}

double tb_pseudo_p(TbDraws draws, int n)
{
	return ((draws.above < draws.below ? draws.above : draws.below) + 1.0) / (n + 1.0);
}

static double *copied(const double *x, uint32_t n)
{
	return memcpy(tb_alloc(n * sizeof(double)), x, n * sizeof(double));
}

static double moran_p(const TbNeighbours *nb, const double *z, double observed, double s0, TbPermutations permutations)
{
	double *shuffled = copied(z, nb->n);
	uint64_t random = permutations.seed;
	TbDraws draws = {.observed = observed, .slack = tb_draw_slack(s0, nb->n)};

	tb_progress("permutations", 0, permutations.n);
	for (int k = 0; k < permutations.n; tb_progress("permutations", ++k, permutations.n)) {
		tb_spatial_shuffle(shuffled, nb->n, &random);
		tb_draw(&draws, cross_sum(nb, shuffled));
	}
	tb_free(shuffled);
	return tb_pseudo_p(draws, permutations.n);
}

TbNeighbours tb_weights_near_one(const TbNeighbours *nb, double *unit)
{
	TbNeighbours near = *nb;

	near.weight = tb_alloc((nb->links + 1) * sizeof(double));
	*unit = ldexp(1, -tb_shrink(nb->weight, nb->links, near.weight));
	return near;
}

double tb_spatial_kurtosis(const double *z, uint32_t n, double squares)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < n; i++, tb_step())
		sum = tb_dd_add_d(sum, z[i] * z[i] * z[i] * z[i]);
	return n * tb_dd_value(sum) / (squares * squares);
}

void tb_dependence_judge(TbDependence *r)
{
	r->z = r->variance > 0 ? (r->value - r->expected) / sqrt(r->variance) : NAN;
	r->p = isnan(r->z) ? NAN : tb_normal_two_sided(r->z);
}

static TbDependence randomised(double i, double n, double s0, double s1, double s2, double b2)
{
	TbDependence r = {.value = i, .expected = -1 / (n - 1), .variance = NAN};
	double square = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - b2 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0);

	if (n >= 4)
		r.variance = square / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - r.expected * r.expected;
	tb_dependence_judge(&r);
	return r;
}

TbStatus tb_moran(const TbNeighbours *neighbours, TbPermutations permutations, TbMoran *r)
{
	double unit, squares, largest, *z, s0, s1, s2, n = neighbours->n, cross;
	const TbNeighbours near = tb_weights_near_one(neighbours, &unit), *nb = &near;

	if (nb->n < 2 || nb->links == 0)
		return TB_UNDEFINED;
	z = tb_spatial_deviations(nb, &squares, &largest);
	if (squares == 0)
		return TB_UNDEFINED;
	tb_spatial_weights(nb, &s0, &s1, &s2);
	cross = cross_sum(nb, z);
	r->i = n / s0 * (cross / squares);
	r->expected = -1 / (n - 1);
	r->variance = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - r->expected * r->expected;
	r->z = r->variance > 0 ? (r->i - r->expected) / sqrt(r->variance) : NAN;
	r->p = permutations.n > 0 ? moran_p(nb, z, cross, s0, permutations) : isnan(r->z) ? NAN : tb_normal_two_sided(r->z);
	r->randomised = randomised(r->i, n, s0, s1, s2, tb_spatial_kurtosis(z, nb->n, squares));
	tb_free(z);
	return isfinite(r->i) && isfinite(s0) && isfinite(s1) && isfinite(s2) ? TB_OK : TB_INVALID;
}

/* The others in a random order, as far as they are needed: a partial shuffle of all units but i */
static double drawn_lag(const TbNeighbours *nb, uint32_t i, double *others, uint64_t *random)
{
	double lag = 0;
	uint32_t at = 0, n = nb->n - 1;

	for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, at++) {
		uint32_t j = at + tb_random_place(random, n - at);
		double swap = others[at];

		others[at] = others[j];
		others[j] = swap;
		lag += nb->weight[k] * others[at];
	}
	return lag;
}

static double local_p(const TbNeighbours *nb, const double *z, uint32_t i, double lag, TbPermutations permutations, double *others)
{
	uint64_t random = permutations.seed ^ ((uint64_t)i + 1) * UINT64_C(0xd1342543de82ef95);
	TbDraws draws = {.observed = z[i] * lag};
	double weights = 0;

	for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++)
		weights += nb->weight[k];
	draws.slack = fabs(z[i]) * tb_draw_slack(weights, nb->row[i + 1] - nb->row[i]);
	memcpy(others, z, i * sizeof(double));
	memcpy(others + i, z + i + 1, (nb->n - 1 - i) * sizeof(double));
	for (int k = 0; k < permutations.n; k++) {
		tb_draw(&draws, z[i] * drawn_lag(nb, i, others, &random));
		tb_steps(32);
	}
	return tb_pseudo_p(draws, permutations.n);
}

TbStatus tb_local_moran(const TbNeighbours *nb, TbPermutations permutations, TbLocalMoran *result)
{
	double squares, largest, *z, *others;

	if (nb->n < 2 || nb->links == 0)
		return TB_UNDEFINED;
	z = tb_spatial_deviations(nb, &squares, &largest);
	if (squares == 0)
		return TB_UNDEFINED;
	others = tb_alloc(nb->n * sizeof(double));
	tb_progress("permutations, units", 0, nb->n);
	for (uint32_t i = 0; i < nb->n; i++) {
		TbLocalMoran *r = result + i;
		double lag = 0;
		bool own = false;

		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++) {
			lag += nb->weight[k] * z[nb->neighbour[k]];
			own |= nb->neighbour[k] == i;
		}
		*r = (TbLocalMoran){.i = z[i] * lag / (squares / nb->n) + 0.0, .lag = lag * largest + 0.0, .p = NAN};
		if (!isfinite(r->i) || !isfinite(r->lag))
			return TB_INVALID;
		if (nb->row[i] == nb->row[i + 1])
			continue;
		r->quadrant = z[i] >= 0 ? (lag >= 0 ? 1 : 4) : lag >= 0 ? 2 : 3;
		/* the value of a unit that is its own neighbour cannot be drawn from the others */
		if (permutations.n > 0 && !own)
			r->p = local_p(nb, z, i, lag, permutations, others);
		tb_progress("permutations, units", i + 1, nb->n);
	}
	tb_free(z);
	tb_free(others);
	return TB_OK;
}

/* sum w_ij |x_i - x_j| */
static double neighbour_difference(const TbNeighbours *nb, const double *x)
{
	double sum = 0;

	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step())
			sum += nb->weight[k] * fabs(x[i] - x[nb->neighbour[k]]);
	return sum;
}

/* sum over all ordered pairs |x_i - x_j| = 2 sum (2 r - n - 1) x_(r) */
static double all_differences(const TbNeighbours *nb, const double *value)
{
	double *x = copied(value, nb->n);
	TbDd sum = tb_dd(0);

	tb_sort_doubles(x, nb->n);
	for (uint32_t r = 0; r < nb->n; r++, tb_step())
		sum = tb_dd_add(sum, tb_two_product(2.0 * r + 1 - nb->n, x[r]));
	tb_free(x);
	return 2 * tb_dd_value(sum);
}

/* Shuffling leaves the total as it is, so few differences between neighbours and many between others are the same event. */
static double gini_p(const TbNeighbours *nb, const double *value, double observed, TbPermutations permutations)
{
	double *shuffled = copied(value, nb->n);
	uint64_t random = permutations.seed;
	TbDraws draws = {.observed = observed, .slack = tb_draw_slack(observed, nb->n)}; /* no differences cancel out */

	tb_progress("permutations", 0, permutations.n);
	for (int k = 0; k < permutations.n; tb_progress("permutations", ++k, permutations.n)) {
		tb_spatial_shuffle(shuffled, nb->n, &random);
		tb_draw(&draws, neighbour_difference(nb, shuffled));
	}
	tb_free(shuffled);
	return tb_pseudo_p(draws, permutations.n);
}

TbStatus tb_spatial_gini(const TbNeighbours *nb, TbPermutations permutations, TbSpatialGini *r)
{
	double n = nb->n, scale, near, s0, s1, s2, *value;

	if (nb->n < 2)
		return TB_UNDEFINED;
	value = tb_alloc(nb->n * sizeof(double));
	(void)tb_shrink(nb->value, nb->n, value);
	scale = 2 * n * n * tb_dd_value(tb_mean(value, nb->n));
	if (!(scale > 0))
		return TB_UNDEFINED;
	near = neighbour_difference(nb, value);
	tb_spatial_weights(nb, &s0, &s1, &s2);
	r->gini = all_differences(nb, value) / scale;
	r->neighbour = near / scale;
	r->non_neighbour = r->gini - r->neighbour;
	r->polarisation = near > 0 && n * (n - 1) > s0 ? (r->non_neighbour / r->neighbour) * (s0 / (n * (n - 1) - s0)) : NAN;
	r->p = permutations.n > 0 && nb->links > 0 ? gini_p(nb, value, near, permutations) : NAN;
	return isfinite(r->gini) && isfinite(near) ? TB_OK : TB_INVALID;
}
