/* dependence.c -- likeness of neighbours beside Moran's I */
#include "dependence.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/probability.h"
#include "../base/random.h"
#include "../base/scaled.h"

typedef struct Sums {
	double n, s0, s1, s2, b2, unit;
} Sums;

/* Deviations and sums of weights near 1; NULL where there is nothing to measure */
static double *begin(const TbNeighbours *nb, TbNeighbours *near, Sums *s, double *squares)
{
	double *z, largest;

	*near = tb_weights_near_one(nb, &s->unit);
	s->n = nb->n;
	if (nb->n < 2 || nb->links == 0)
		return NULL;
	z = tb_spatial_deviations(nb, squares, &largest);
	if (*squares == 0)
		return NULL;
	tb_spatial_weights(near, &s->s0, &s->s1, &s->s2);
	s->b2 = tb_spatial_kurtosis(z, nb->n, *squares);
	return z;
}

TbStatus tb_geary(const TbNeighbours *nb, TbDependence *randomised, TbDependence *normal)
{
	TbNeighbours near;
	Sums s;
	double squares, *z = begin(nb, &near, &s, &squares), n = s.n, unlike;
	TbDd sum = {0, 0};

	if (!z)
		return TB_UNDEFINED;
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			double apart = z[i] - z[nb->neighbour[k]];

			sum = tb_dd_add_d(sum, near.weight[k] * (apart * apart));
		}
	unlike = tb_dd_value(sum);
	*normal = (TbDependence){.value = (n - 1) * unlike / (2 * s.s0 * squares), .expected = 1};
	normal->variance = ((2 * s.s1 + s.s2) * (n - 1) - 4 * s.s0 * s.s0) / (2 * (n + 1) * s.s0 * s.s0);
	*randomised = *normal;
	randomised->variance =
		n < 4 ? NAN
			  : ((n - 1) * s.s1 * (n * n - 3 * n + 3 - (n - 1) * s.b2) - (n - 1) * s.s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * s.b2) / 4 +
				 s.s0 * s.s0 * (n * n - 3 - (n - 1) * (n - 1) * s.b2)) /
					(n * (n - 2) * (n - 3) * s.s0 * s.s0);
	tb_dependence_judge(normal);
	tb_dependence_judge(randomised);
	return TB_OK;
}

TbStatus tb_getis_ord(const TbNeighbours *nb, TbDependence *r)
{
	double unit;
	TbNeighbours near = tb_weights_near_one(nb, &unit);
	double *x = tb_alloc((nb->n + (size_t)1) * sizeof(double)), s0, s1, s2, n = nb->n, m[5] = {0}, square, all;
	TbDd power[5] = {{0, 0}}, cross = {0, 0};

	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		if (nb->value[i] < 0)
			return TB_INVALID;
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t j = nb->row[i]; j < nb->row[i + 1]; j++, tb_step())
			if (nb->neighbour[j] == i)
				return TB_MISMATCH;
	(void)tb_shrink(nb->value, nb->n, x);
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		double part = 1;

		for (int k = 1; k <= 4; k++)
			power[k] = tb_dd_add_d(power[k], part *= x[i]);
		for (size_t j = nb->row[i]; j < nb->row[i + 1]; j++, tb_step())
			cross = tb_dd_add_d(cross, near.weight[j] * (x[i] * x[nb->neighbour[j]]));
	}
	for (int k = 1; k <= 4; k++)
		m[k] = tb_dd_value(power[k]);
	all = tb_dd_value(tb_dd_sub(tb_two_product(m[1], m[1]), power[2]));
	if (nb->n < 2 || nb->links == 0 || !(all > 1e-15 * m[1] * m[1]))
		return TB_UNDEFINED;
	tb_spatial_weights(&near, &s0, &s1, &s2);
	square = ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) * m[2] * m[2] - ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0) * m[4] -
			 (2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0) * m[1] * m[1] * m[2] + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0) * m[1] * m[3] +
			 (s1 - s2 + s0 * s0) * m[1] * m[1] * m[1] * m[1];
	*r = (TbDependence){.value = tb_dd_value(cross) / all, .expected = s0 / (n * (n - 1))};
	r->variance = n < 4 ? NAN : square / (all * all * n * (n - 1) * (n - 2) * (n - 3)) - r->expected * r->expected;
	tb_dependence_judge(r);
	/* weights keep their unit here: G is a share of all products only where they are 0 and 1 */
	r->value = r->value / unit;
	r->expected = r->expected / unit;
	r->variance = r->variance / unit / unit;
	return isfinite(r->value) && !isinf(r->variance) ? TB_OK : TB_OUT_OF_RANGE;
}

/* z-score of a weighted sum of values against a draw from n of them with this mean and sum of squared deviations */
static double local_score(double lag, double weight, double square, double n, double mean, double squares)
{
	double spread = (n * square - weight * weight) / (n - 1), variance = squares / n;

	return spread > 0 && variance > 0 ? (lag - weight * mean) / sqrt(variance * spread) : NAN;
}

TbStatus tb_local_getis(const TbNeighbours *nb, TbLocalGetis *result)
{
	TbNeighbours near;
	Sums s;
	double squares, *z = begin(nb, &near, &s, &squares), n = s.n;

	if (!z || nb->n < 3)
		return TB_UNDEFINED;
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		double lag = 0, weight = 0, square = 0, own = 0, others;
		TbLocalGetis *r = result + i;

		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			if (nb->neighbour[k] == i) {
				own = near.weight[k];
				continue;
			}
			lag += near.weight[k] * z[nb->neighbour[k]];
			weight += near.weight[k];
			square += near.weight[k] * near.weight[k];
		}
		if (own == 0)
			own = s.unit;
		/* the others: mean -z_i / (n - 1), squares less z_i^2 n / (n - 1) */
		others = squares - z[i] * z[i] * (n / (n - 1));
		r->g = weight > 0 ? local_score(lag, weight, square, n - 1, -z[i] / (n - 1), others > 1e-14 * squares ? others : 0) : NAN;
		r->g_star = weight > 0 ? local_score(lag + own * z[i], weight + own, square + own * own, n, 0, squares) : NAN;
		r->p = isnan(r->g) ? NAN : tb_normal_two_sided(r->g);
		r->p_star = isnan(r->g_star) ? NAN : tb_normal_two_sided(r->g_star);
	}
	return TB_OK;
}

static double falling(double n, int k)
{
	double product = 1;

	for (int i = 0; i < k; i++)
		product *= n - i;
	return product;
}

static void like_joins(TbDependence *r, double count, double n, double s0, double s1, double s2)
{
	double two = falling(count, 2) / falling(n, 2);

	r->expected = s0 / 2 * two + 0.0; /* no -0 */
	r->variance = n < 4 ? NAN
						: (s1 * two + (s2 - 2 * s1) * falling(count, 3) / falling(n, 3) + (s0 * s0 + s1 - s2) * falling(count, 4) / falling(n, 4) -
						   s0 * s0 * two * two) /
							  4;
	tb_dependence_judge(r);
}

TbStatus tb_join_count(const TbNeighbours *nb, TbJoins *r)
{
	double s0, s1, s2, n = nb->n, ones, zeros, both;
	TbDd sum[3] = {{0, 0}};

	*r = (TbJoins){0};
	if (nb->n < 2 || nb->links == 0)
		return TB_UNDEFINED;
	for (uint32_t i = 0; i < nb->n; i++, tb_step()) {
		if (nb->value[i] != 0 && nb->value[i] != 1)
			return TB_INVALID;
		r->ones += nb->value[i] == 1;
	}
	for (uint32_t i = 0; i < nb->n; i++, tb_step())
		for (size_t k = nb->row[i]; k < nb->row[i + 1]; k++, tb_step()) {
			int kind = (int)(nb->value[i] + nb->value[nb->neighbour[k]]);

			sum[kind] = tb_dd_add_d(sum[kind], nb->weight[k] / 2);
		}
	tb_spatial_weights(nb, &s0, &s1, &s2);
	ones = r->ones;
	zeros = n - ones;
	r->zeros_joined.value = tb_dd_value(sum[0]);
	r->mixed.value = tb_dd_value(sum[1]);
	r->ones_joined.value = tb_dd_value(sum[2]);
	like_joins(&r->ones_joined, ones, n, s0, s1, s2);
	like_joins(&r->zeros_joined, zeros, n, s0, s1, s2);
	both = ones * zeros / falling(n, 2);
	r->mixed.expected = s0 * both;
	r->mixed.variance = n < 4 ? NAN
							  : (2 * s1 * both + (s2 - 2 * s1) * ones * zeros * (n - 2) / falling(n, 3) +
								 4 * (s0 * s0 + s1 - s2) * falling(ones, 2) * falling(zeros, 2) / falling(n, 4) - 4 * s0 * s0 * both * both) /
									4;
	tb_dependence_judge(&r->mixed);
	return isfinite(s0) && isfinite(s1) && isfinite(s2) && isfinite(s0 * s0) ? TB_OK : TB_OUT_OF_RANGE;
}

/* -- two variables -- */

/* One of the two variables: deviations of the units that have it, and where each unit stands among them */
typedef struct Variable {
	uint32_t n, *at;
	double *z, spread, largest; /* deviations over the largest of them, root of their mean square */
} Variable;

static Variable variable_of(const double *value, uint32_t n)
{
	Variable v = {0, tb_alloc((n + (size_t)1) * sizeof(uint32_t)), NULL, 0, 0};
	double *known = tb_alloc((n + (size_t)1) * sizeof(double)), squares;

	for (uint32_t i = 0; i < n; i++, tb_step()) {
		v.at[i] = v.n;
		if (!isnan(value[i]))
			known[v.n++] = value[i];
	}
	if (v.n < 2)
		return v;
	v.z = tb_spatial_deviations(&(TbNeighbours){.n = v.n, .value = known}, &squares, &v.largest);
	v.spread = sqrt(squares / v.n);
	return v;
}

static double cross(const TbBag *bag, const double *weight, const Variable *x, const Variable *y)
{
	TbDd sum = {0, 0};

	for (size_t k = 0; k < bag->rows; k++, tb_step())
		if (bag->row_id[1][k] != TB_NO_ID)
			sum = tb_dd_add_d(sum, weight[k] * (x->z[x->at[bag->row_id[0][k]]] * y->z[y->at[bag->row_id[1][k]]]));
	return tb_dd_value(sum);
}

static double permuted_p(const TbBag *bag, const double *weight, const Variable *x, const Variable *y, TbDraws draws, TbPermutations permutations)
{
	uint64_t random = permutations.seed;

	tb_progress("permutations", 0, permutations.n);
	for (int k = 0; k < permutations.n; tb_progress("permutations", ++k, permutations.n)) {
		tb_spatial_shuffle(y->z, y->n, &random);
		tb_draw(&draws, cross(bag, weight, x, y));
	}
	return tb_pseudo_p(draws, permutations.n);
}

/* Both variables of the units, and the weights of the rows, the largest near 1 */
typedef struct Two {
	Variable first, second;
	double *weight, total, unit; /* unit: what a weight of 1 became */
	bool *known;                 /* has the unit the second variable? */
} Two;

static TbStatus two_variables(const TbBag *bag, Two *two, size_t *links, uint32_t *unit)
{
	uint32_t n = bag->ids;
	double *x = tb_alloc(n * sizeof(double)), *y = tb_alloc(n * sizeof(double));

	*two = (Two){.weight = tb_alloc_zero(bag->rows, sizeof(double))};
	*links = 0;
	for (uint32_t i = 0; i < n; i++, tb_step())
		x[i] = y[i] = NAN;
	for (size_t k = 0; k < bag->rows; k++, tb_step()) {
		*unit = bag->row_id[0][k];
		if (!tb_spatial_take(x + *unit, bag->value[0][k]))
			return TB_INVALID;
		if (bag->row_id[1][k] == TB_NO_ID)
			continue;
		*unit = bag->row_id[1][k];
		if (!tb_spatial_take(y + *unit, bag->value[1][k]))
			return TB_INVALID;
		two->weight[k] = bag->value[2][k];
		*links += two->weight[k] > 0;
	}
	two->unit = ldexp(1, -tb_shrink(two->weight, bag->rows, two->weight));
	for (size_t k = 0; k < bag->rows; k++, tb_step())
		two->total += two->weight[k];
	two->known = tb_alloc_zero(n, sizeof(bool));
	for (uint32_t i = 0; i < n; i++, tb_step())
		two->known[i] = !isnan(y[i]);
	two->first = variable_of(x, n);
	two->second = variable_of(y, n);
	return *links == 0 || !(two->first.spread > 0 && two->second.spread > 0) ? TB_UNDEFINED : TB_OK;
}

TbStatus tb_bivariate_moran(const TbBag *bag, TbPermutations permutations, TbMoran *r, uint32_t *units, size_t *links, uint32_t *unit)
{
	Two two;
	double joint;
	TbStatus status = two_variables(bag, &two, links, unit);

	*units = bag->ids;
	if (status != TB_OK)
		return status;
	joint = cross(bag, two.weight, &two.first, &two.second);
	*r = (TbMoran){.i = joint / two.total / two.first.spread / two.second.spread, .expected = NAN, .z = NAN, .variance = NAN, .p = NAN};
	if (permutations.n > 0)
		r->p = permuted_p(bag, two.weight, &two.first, &two.second, (TbDraws){.observed = joint, .slack = tb_draw_slack(two.total, bag->rows)},
						  permutations);
	return TB_OK;
}

/* Sum of the weights of rows from .. end times values drawn from n others without putting back */
static double drawn(const Two *two, size_t from, size_t end, double *others, uint32_t n, uint64_t *random)
{
	double lag = 0;

	for (size_t k = from; k < end; k++) {
		uint32_t at = (uint32_t)(k - from), j = at + tb_random_place(random, n - at);
		double swap = others[at];

		others[at] = others[j];
		others[j] = swap;
		lag += two->weight[k] * others[at];
	}
	return lag;
}

static double drawn_p(const Two *two, uint32_t i, double z, size_t from, size_t end, double lag, TbPermutations permutations, double *others)
{
	uint64_t random = permutations.seed ^ ((uint64_t)i + 1) * UINT64_C(0xd1342543de82ef95);
	uint32_t own = two->second.at[i], n = two->second.n;
	TbDraws draws = {.observed = z * lag};
	double weights = 0;

	for (size_t k = from; k < end; k++)
		weights += two->weight[k];
	draws.slack = fabs(z) * tb_draw_slack(weights, end - from);

	memcpy(others, two->second.z, n * sizeof(double));
	if (two->known[i])
		others[own] = others[--n];
	for (int k = 0; k < permutations.n; k++) {
		tb_draw(&draws, z * drawn(two, from, end, others, n, &random));
		tb_steps(end - from + 1);
	}
	return tb_pseudo_p(draws, permutations.n);
}

TbStatus tb_local_bivariate_moran(const TbBag *bag, TbPermutations permutations, TbLocalMoran *result, double *value, uint32_t *unit)
{
	Two two;
	size_t links;
	double *others;
	TbStatus status = two_variables(bag, &two, &links, unit);

	for (uint32_t i = 0; i < bag->ids; i++, tb_step()) {
		result[i] = (TbLocalMoran){NAN, NAN, NAN, 0};
		value[i] = NAN;
	}
	if (status != TB_OK)
		return status;
	others = tb_alloc((two.second.n + (size_t)1) * sizeof(double));
	for (size_t k = 0, end; k < bag->rows; k = end) {
		uint32_t i = bag->row_id[0][k];
		double lag = 0, z = two.first.z[two.first.at[i]];
		size_t last = k;
		bool own = false;

		value[i] = bag->value[0][k];
		for (end = k; end < bag->rows && bag->row_id[0][end] == i; end++, tb_step())
			if (bag->row_id[1][end] != TB_NO_ID && two.weight[end] > 0) {
				lag += two.weight[end] * two.second.z[two.second.at[bag->row_id[1][end]]];
				own |= bag->row_id[1][end] == i;
				last = end + 1;
			}
		if (last == k)
			continue;
		result[i].i = z * lag / two.first.spread / two.second.spread / two.unit + 0.0;
		result[i].lag = lag * two.second.largest / two.unit + 0.0;
		result[i].quadrant = z >= 0 ? (lag >= 0 ? 1 : 4) : lag >= 0 ? 2 : 3;
		if (!isfinite(result[i].i) || !isfinite(result[i].lag))
			return TB_OUT_OF_RANGE;
		/* the value of a unit that is its own neighbour cannot be drawn from the others */
		if (permutations.n > 0 && !own)
			result[i].p = drawn_p(&two, i, z, k, last, lag, permutations, others);
	}
	return TB_OK;
}
