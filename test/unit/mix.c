/* unit test of core/mix: corners, edges, insides; the conditions of Karush, Kuhn and Tucker; points of no use; ties */
#include "../../src/core/estimate/mix.h"

#include "samples.h"

#define N 40
#define T 12

static double points[N][T], target[T];
static const double *row[N];

/* By how much the mix could be better, at most, against its square: x'x - least x'p, all less the target */
static double short_of(size_t n, size_t t, const double *weight, double *sum)
{
	double x[T], square = 0, least = INFINITY;

	*sum = 0;
	for (size_t i = 0; i < t; i++) {
		x[i] = 0;
		for (size_t j = 0; j < n; j++)
			x[i] += weight[j] * (points[j][i] - target[i]);
		square += x[i] * x[i];
	}
	for (size_t j = 0; j < n; j++) {
		double product = 0;

		for (size_t i = 0; i < t; i++)
			product += x[i] * (points[j][i] - target[i]);
		*sum += weight[j];
		least = fmin(least, product);
	}
	return square - least;
}

static void set(size_t n, size_t t, const double *from, const double *to)
{
	for (size_t j = 0; j < n; j++) {
		row[j] = points[j];
		for (size_t i = 0; i < t; i++)
			points[j][i] = from[j * t + i];
	}
	for (size_t i = 0; i < t; i++)
		target[i] = to[i];
}

int main(void)
{
	const double triangle[6] = {0, 0, 4, 0, 0, 4}, same[8] = {0, 0, 4, 0, 4, 0, 0, 4};
	TbMix m;
	double sum;

	set(3, 2, triangle, (double[]){-1, -2});
	CHECK(tb_mix(row, 3, target, 2, &m) == TB_OK && m.weight[0] == 1 && m.weight[1] == 0 && m.square == 5 && m.unique,
		  "beyond a corner: that corner");
	set(3, 2, triangle, (double[]){1, -3});
	CHECK(tb_mix(row, 3, target, 2, &m) == TB_OK && m.weight[0] == 0.75 && m.weight[1] == 0.25 && m.weight[2] == 0 && m.square == 9,
		  "beside an edge");
	set(3, 2, triangle, (double[]){1, 2});
	CHECK(tb_mix(row, 3, target, 2, &m) == TB_OK && m.unique, "inside");
	NEAR(m.weight[0], 0.25, 1e-15, "the one mix");
	NEAR(m.weight[2], 0.5, 1e-15, "that is the target");
	CHECK(m.square < 1e-50, "to full precision");
	set(4, 2, same, (double[]){1, -3});
	CHECK(tb_mix(row, 4, target, 2, &m) == TB_OK && m.weight[1] == 0.25 && m.weight[2] == 0 && !m.unique, "of two that are alike the first");
	set(4, 2, same, (double[]){-1, -1});
	CHECK(tb_mix(row, 4, target, 2, &m) == TB_OK && m.weight[0] == 1 && m.unique, "that has no part in it");
	CHECK(tb_mix(row, 0, target, 2, &m) == TB_UNDEFINED, "no point");
	CHECK(tb_mix(row, 1, target, 2, &m) == TB_OK && m.weight[0] == 1 && m.square == 2, "one point");
	target[0] = target[1] = 0;
	CHECK(tb_mix(row, 1, target, 2, &m) == TB_OK && m.square == 0, "the target itself");
	/* series that grow alike, so that squares lose eight digits */
	for (int round = 0; round < 30; round++) {
		double weak = round % 3 == 0 ? 1e-4 : round % 3 == 1 ? 0.1 : 3, limit = 0;

		for (int j = 0; j < N; j++) {
			row[j] = points[j];
			for (int i = 0; i < T; i++)
				points[j][i] = 100 + 7 * i + weak * sin(round * 31 + j * 17.3 + i * (1 + j % 5)) + weak * (j - 20);
			limit = fmax(limit, weak * weak * 400 * T);
		}
		for (int i = 0; i < T; i++)
			target[i] = 100 + 7 * i + weak * cos(i * 2.1 + round);
		if (tb_mix(row, N, target, T, &m) != TB_OK || short_of(N, T, m.weight, &sum) > 1e-13 * limit || fabs(sum - 1) > 1e-15)
			CHECK(false, "optimal");
		for (int j = 0; j < N; j++)
			if (!(m.weight[j] >= 0))
				CHECK(false, "not negative");
	}
	CHECK(m.unique, "30 mixes of 40 in 12 periods: weights not negative, sum 1, conditions hold");
	/* a target that is a mix */
	for (int i = 0; i < T; i++)
		target[i] = 0.5 * points[3][i] + 0.3 * points[17][i] + 0.2 * points[30][i];
	CHECK(tb_mix(row, N, target, T, &m) == TB_OK && m.square < 1e-25, "a mix is found");
	CHECK(tb_mix(row, 9, target, T, &m) == TB_OK && m.square > 1 && short_of(9, T, m.weight, &sum) < 1e-10, "or the nearest to it");
	return unit_done();
}
