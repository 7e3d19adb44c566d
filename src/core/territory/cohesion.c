/* cohesion.c -- the double integral over the boundary */
#include "cohesion.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"

#define FAR 6 /* lengths of both edges together that their middles are apart */

#define DEPTH 10
#define CLOSE 4e-14 /* of the integral; what one point costs in rounding is a twentieth */

/* Gauss-Legendre on 0 to 1 */
static const double place4[4] = {0.0694318442029737, 0.3300094782075719, 0.6699905217924281, 0.9305681557970263};
static const double weight4[4] = {0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269};
static const double place8[8] = {0.0198550717512319, 0.1016667612931866, 0.2372337950418355, 0.4082826787521751,
								 0.5917173212478249, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681};
static const double weight8[8] = {0.0506142681451881, 0.1111905172266872, 0.1568533229389437, 0.1813418916891810,
								  0.1813418916891810, 0.1568533229389437, 0.1111905172266872, 0.0506142681451881};

/* Integral of (u^2 + a^2)^(3/2) from 0 */
static double cubes(double u, double a)
{
	double square = a * a;

	return u / 8 * (2 * u * u + 5 * square) * hypot(u, a) + (a > 0 ? 0.375 * square * square * asinh(u / a) : 0);
}

/* Mean of |point - q|^3 over an edge of this length */
static double from_point(double x, double y, const TbEdge *e, double length)
{
	double dx = (e->x1 - e->x0) / length, dy = (e->y1 - e->y0) / length;
	double along = (e->x0 - x) * dx + (e->y0 - y) * dy, beside = fabs((e->x0 - x) * dy - (e->y0 - y) * dx);

	return (cubes(along + length, beside) - cubes(along, beside)) / length;
}

/* Over the part of edge a from t on, `part` of it long */
static double gauss(const TbEdge *a, double t, double part, const TbEdge *b, double length)
{
	double sum = 0;

	for (int k = 0; k < 8; k++) {
		double at = t + place8[k] * part;

		sum += weight8[k] * from_point(a->x0 + at * (a->x1 - a->x0), a->y0 + at * (a->y1 - a->y0), b, length);
	}
	tb_steps(8);
	return part * sum;
}

/* Halves a part until its halves say what it says: towards corners, and where the ends of a long edge lie close */
static double halved(const TbEdge *a, double t, double part, double whole, int depth, const TbEdge *b, double length)
{
	double half = part / 2, left = gauss(a, t, half, b, length), right = gauss(a, t + half, half, b, length);

	if (depth == 0 || fabs(left + right - whole) <= CLOSE * whole)
		return left + right;
	return halved(a, t, half, left, depth - 1, b, length) + halved(a, t + half, half, right, depth - 1, b, length);
}

/* Over the shorter edge by parts, over the longer in closed form */
static double near_pair(const TbEdge *a, double length_a, const TbEdge *b, double length_b)
{
	if (length_a > length_b)
		return near_pair(b, length_b, a, length_a);
	return halved(a, 0, 1, gauss(a, 0, 1, b, length_b), DEPTH, b, length_b);
}

static double far_pair(const TbEdge *a, const TbEdge *b)
{
	double sum = 0;

	for (int k = 0; k < 4; k++)
		for (int l = 0; l < 4; l++) {
			double x = a->x0 + place4[k] * (a->x1 - a->x0) - b->x0 - place4[l] * (b->x1 - b->x0);
			double y = a->y0 + place4[k] * (a->y1 - a->y0) - b->y0 - place4[l] * (b->y1 - b->y0);
			double square = x * x + y * y;

			sum += weight4[k] * weight4[l] * square * sqrt(square);
		}
	tb_steps(4);
	return sum;
}

double tb_distance_integral(const TbEdge *edge, size_t n)
{
	double *length = tb_alloc((n + 1) * sizeof(double));
	TbDd sum = {0, 0};

	for (size_t i = 0; i < n; i++, tb_step())
		length[i] = hypot(edge[i].x1 - edge[i].x0, edge[i].y1 - edge[i].y0);
	for (size_t i = 0; i < n; i++) {
		const TbEdge *a = &edge[i];
		double ax = a->x1 - a->x0, ay = a->y1 - a->y0, row = 0;

		if (length[i] == 0)
			continue;
		for (size_t j = 0; j < i; j++) {
			const TbEdge *b = &edge[j];
			double apart = hypot(a->x0 + a->x1 - b->x0 - b->x1, a->y0 + a->y1 - b->y0 - b->y1) / 2, mean;

			if (length[j] == 0)
				continue;
			mean = apart > FAR * (length[i] + length[j]) ? far_pair(a, b) : near_pair(a, length[i], b, length[j]);
			row += (ax * (b->x1 - b->x0) + ay * (b->y1 - b->y0)) * mean;
		}
		sum = tb_dd_add_d(sum, 2 * row);
		sum = tb_dd_add_d(sum, pow(length[i], 5) / 10);
		tb_tick();
	}
	tb_free(length);
	return -tb_dd_value(sum) / 9;
}
