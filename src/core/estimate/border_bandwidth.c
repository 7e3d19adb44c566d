/* border_bandwidth.c -- the bandwidths of least mean squared error at a cutoff, by plug-in */
#include "discontinuity.h"

#include "../base/step.h"
#include "../base/sort_order.h"

/* What a stage needs of one side, distances in units of the pilot bandwidth */
typedef struct Plug {
	double variance, bias, noise; /* of the bias */
} Plug;

static double noise_of(const TbLocal *local, const TbSide *side, const double *line)
{
	double *e = tb_nearest_residuals(side, local->n);
	TbDd sum = {0, 0};

	for (size_t i = 0; i < local->n; i++, tb_step())
		sum = tb_dd_add_d(sum, line[i] * e[i] * (line[i] * e[i]));
	tb_free(e);
	return tb_dd_value(sum);
}

/* For coefficient nu of a polynomial of this order, whose leading bias comes from the next power: taken from a polynomial of another order at wide */
static bool plug(const TbSide *side, TbSideKernel kernel, uint32_t order, uint32_t nu, uint32_t next, double wide, Plug *r)
{
	TbLocal local, curve;
	TbDd constant = {0, 0};
	double *line, *slope, c, power = order + 1;

	if (!tb_local(side, kernel, 1, order, &local) || !tb_local(side, kernel, wide, next, &curve))
		return false;
	line = tb_local_line(&local, side, nu);
	for (size_t i = 0; i < local.n; i++, tb_step())
		constant = tb_dd_add_d(constant, line[i] * pow(side->apart[i], power));
	c = tb_dd_value(constant);
	slope = tb_local_line(&curve, side, order + 1);
	r->variance = (2.0 * nu + 1) * noise_of(&local, side, line);
	r->bias = sqrt(2 * (power - nu)) * c * curve.fit.coefficient[order + 1] / pow(wide, power);
	r->noise = 2 * (power - nu) * 3 * c * c * noise_of(&curve, side, slope) / pow(wide, 2 * power);
	tb_free(line);
	tb_free(slope);
	return true;
}

/* (V / (B^2 + R))^(1 / (2 order + 3)), at most `most`; NaN: not to be had */
static double stage(const TbSide side[2], TbSideKernel kernel, uint32_t order, uint32_t nu, uint32_t next, const double wide[2], bool regular,
					double most)
{
	Plug left, right;
	double bias, variance;

	if (!plug(side, kernel, order, nu, next, wide[0], &left) || !plug(side + 1, kernel, order, nu, next, wide[1], &right))
		return NAN;
	bias = nu % 2 ? right.bias + left.bias : right.bias - left.bias; /* the left is mirrored */
	variance = left.variance + right.variance;
	return !(variance > 0) ? NAN : fmin(pow(variance / (bias * bias + (regular ? left.noise + right.noise : 0)), 1 / (2.0 * order + 3)), most);
}

static size_t places(const TbSide *side)
{
	size_t n = 0;

	for (size_t i = 0; i < side->n; i++, tb_step())
		n += i == 0 || side->apart[i] != side->apart[i - 1];
	return n;
}

/* The place of rank k, counted from 0 and from the far left, of both sides together */
static double ranked(const TbSide side[2], size_t k)
{
	return k < side[0].n ? -side[0].apart[side[0].n - 1 - k] : side[1].apart[k - side[0].n];
}

/* Mean of both neighbours where p n is whole */
static double quantile(const TbSide side[2], size_t n, size_t quarter)
{
	size_t k = quarter * n / 4;

	return quarter * n % 4 ? ranked(side, k) : ranked(side, k - 1) / 2 + ranked(side, k) / 2;
}

/* The lesser of the standard deviation and the interquartile range over 1.349, times a constant of the kernel and places^-1/5 */
static double pilot(const TbSide side[2], TbSideKernel kernel, double most)
{
	static const double constant[TB_SIDE_KERNELS] = {2.576, 1.843, 2.34};
	size_t n = side[0].n + side[1].n;
	TbDd sum = {0, 0}, squares = {0, 0};
	double mean, spread, middle;

	for (size_t i = 0; i < n; i++, tb_step())
		sum = tb_dd_add_d(sum, ranked(side, i) / most);
	mean = tb_dd_value(sum) / (double)n;
	for (size_t i = 0; i < n; i++, tb_step()) {
		double apart = ranked(side, i) / most - mean;

		squares = tb_dd_add_d(squares, apart * apart);
	}
	spread = most * sqrt(tb_dd_value(squares) / ((double)n - 1));
	middle = (quantile(side, n, 3) - quantile(side, n, 1)) / 1.349;
	return fmin(constant[kernel] * (middle > 0 ? fmin(spread, middle) : spread) * pow((double)(places(side) + places(side + 1)), -0.2), most);
}

TbStatus tb_border_bandwidth(const TbSide side[2], TbSideKernel kernel, double *h, double *b)
{
	TbSide near[2];
	double range[2], most, unit, wide;

	if (side[0].n == 0 || side[1].n == 0)
		return TB_UNDEFINED;
	most = fmax(side[0].apart[side[0].n - 1], side[1].apart[side[1].n - 1]);
	if (isinf(most))
		return TB_OUT_OF_RANGE;
	unit = most > 0 ? pilot(side, kernel, most) : 0;
	if (!(unit > 0))
		return TB_UNDEFINED;
	for (int k = 0; k < 2; k++) {
		near[k] = (TbSide){side[k].n, side[k].y, tb_alloc(side[k].n * sizeof(double))};
		for (size_t i = 0; i < side[k].n; i++, tb_step())
			near[k].apart[i] = side[k].apart[i] / unit;
		range[k] = near[k].apart[side[k].n - 1] * (1 + 1e-10); /* so that the last row has weight */
	}
	most /= unit;
	wide = stage(near, kernel, 3, 3, 4, range, false, most);
	*b = stage(near, kernel, 2, 2, 3, (double[]){wide, wide}, true, most);
	*h = unit * stage(near, kernel, 1, 0, 2, (double[]){*b, *b}, true, most);
	*b *= unit;
	return *h > 0 && *b > 0 && isfinite(*h) && isfinite(*b) ? TB_OK : TB_UNDEFINED;
}
