/* discontinuity.c -- local lines on both sides of a cutoff, and what parabolas say of their bias */
#include "discontinuity.h"

#include "../base/step.h"
#include "../base/probability.h"
#include "../base/scaled.h"
#include "../base/sort_order.h"
#include "../state/bag_kinds.h"

#define SATURATED 1e-12 /* 1 - leverage */

bool tb_discontinuity_params_ok(const double *param, uint64_t n)
{
	return n == TB_DISCONTINUITY_PARAMS && isfinite(param[TB_CUTOFF]) && param[TB_BANDWIDTH] >= 0 && isfinite(param[TB_BANDWIDTH]) &&
		   tb_is_choice(param[TB_SIDE_KERNEL], TB_SIDE_KERNELS);
}

TB_BAG_KIND(tb_discontinuity_kind, "discontinuity_state", TB_SHAPE_DISCONTINUITY, 0, 2, 0, 0, tb_discontinuity_params_ok, 0x3)

/* A constant and its variances */
typedef struct Limit {
	size_t n;
	double value, hc0, hc3, nearest, corrected, corrected_variance;
} Limit;

static void heteroscedastic(const TbSide *side, const TbLocal *local, const double *line, Limit *r)
{
	TbDd plain = {0, 0}, third = {0, 0};
	double x[2];

	for (size_t i = 0; i < local->n; i++, tb_step()) {
		double part, h;

		tb_local_powers(local, side->apart[i], x);
		part = line[i] * tb_regression_residual(local->fit.beta, 2, side->y[i], x);
		plain = tb_dd_add_d(plain, part * part);
		h = 1 - tb_local_weight(local, side->apart[i]) * tb_regression_leverage(local->fit.bread, 2, x);
		third = tb_dd_add_d(third, h > SATURATED ? part / h * (part / h) : NAN);
	}
	if (local->n > 2) {
		r->hc0 = tb_dd_value(plain);
		r->hc3 = tb_dd_value(third);
	}
}

/* The variance of sum line y with the noise e; bend: what is taken off for each of slope, which may be NULL */
static double spread(const double *line, size_t n, const double *slope, size_t m, double bend, const double *e)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < n || i < m; i++, tb_step()) {
		double part = ((i < n ? line[i] : 0) - (slope && i < m ? bend * slope[i] : 0)) * e[i];

		sum = tb_dd_add_d(sum, part * part);
	}
	return tb_dd_value(sum);
}

static Limit limit_of(const TbSide *side, TbSideKernel kernel, double h, double b)
{
	Limit r = {0, NAN, NAN, NAN, NAN, NAN, NAN};
	TbLocal line, curve;
	bool known = tb_local(side, kernel, h, 1, &line), bent = tb_local(side, kernel, b, 2, &curve);
	double *weight, *slope, *e;
	TbDd bend = {0, 0};

	r.n = line.n;
	if (!known)
		return r;
	r.value = line.fit.coefficient[0];
	weight = tb_local_line(&line, side, 0);
	heteroscedastic(side, &line, weight, &r);
	e = tb_nearest_residuals(side, line.n > curve.n ? line.n : curve.n);
	r.nearest = spread(weight, line.n, NULL, 0, 0, e);
	if (bent) {
		double ratio = h / b;

		for (size_t i = 0; i < line.n; i++, tb_step())
			bend = tb_dd_add_d(bend, weight[i] * (side->apart[i] / h) * (side->apart[i] / h));
		slope = tb_local_line(&curve, side, 2);
		r.corrected = r.value - tb_dd_value(bend) * ratio * ratio * curve.fit.coefficient[2];
		r.corrected_variance = spread(weight, line.n, slope, curve.n, tb_dd_value(bend) * ratio * ratio, e);
		tb_free(slope);
	}
	tb_free(weight);
	tb_free(e);
	return r;
}

TbStatus tb_discontinuity_at(const TbSide side[2], TbSideKernel kernel, double h, double b, TbDiscontinuity *r)
{
	Limit left = limit_of(side, kernel, h, b), right = limit_of(side + 1, kernel, h, b);
	double half;

	*r = (TbDiscontinuity){.bandwidth = h, .bias_bandwidth = b, .n = {left.n, right.n}, .limit = {left.value, right.value}};
	r->estimate = right.value - left.value;
	r->se = sqrt(left.hc0 + right.hc0);
	r->se_hc3 = sqrt(left.hc3 + right.hc3);
	r->se_nearest = sqrt(left.nearest + right.nearest);
	r->corrected = right.corrected - left.corrected;
	r->corrected_se = sqrt(left.corrected_variance + right.corrected_variance);
	half = tb_normal_quantile(0.975) * r->corrected_se;
	r->low = r->corrected - half;
	r->high = r->corrected + half;
	r->p = r->corrected_se > 0 ? tb_normal_two_sided(r->corrected / r->corrected_se) : NAN;
	return TB_OK;
}

static bool nearer(const void *context, size_t a, size_t b)
{
	const double *apart = context;

	return fabs(apart[a]) < fabs(apart[b]);
}

/* Both sides from the cutoff outwards; y near 1 and centred */
static void sides_of(const TbBag *bag, TbSide side[2], int *exponent, double *mean)
{
	double *y = tb_alloc((bag->rows + 1) * sizeof(double)), *apart = tb_alloc((bag->rows + 1) * sizeof(double));
	size_t *order;

	*exponent = tb_shrink(bag->value[0], bag->rows, y);
	*mean = tb_dd_value(tb_mean(y, bag->rows));
	for (int k = 0; k < 2; k++)
		side[k] = (TbSide){0, tb_alloc((bag->rows + 1) * sizeof(double)), tb_alloc((bag->rows + 1) * sizeof(double))};
	for (size_t i = 0; i < bag->rows; i++, tb_step())
		apart[i] = bag->value[1][i] - bag->param[TB_CUTOFF];
	order = tb_sort_order_by(bag->rows, nearer, apart);
	for (size_t i = 0; i < bag->rows; i++, tb_step()) {
		TbSide *s = side + (apart[order[i]] >= 0);

		s->apart[s->n] = fabs(apart[order[i]]);
		s->y[s->n++] = y[order[i]] - *mean;
	}
	tb_free(order);
	tb_free(apart);
	tb_free(y);
}

TbStatus tb_discontinuity(const TbBag *bag, TbDiscontinuity *r)
{
	TbSideKernel kernel = (TbSideKernel)(int)bag->param[TB_SIDE_KERNEL];
	double h = bag->param[TB_BANDWIDTH], b = h, mean,
		   *field[] = {&r->estimate, &r->se, &r->corrected, &r->corrected_se, &r->low, &r->high, &r->se_hc3, &r->se_nearest, r->limit, r->limit + 1};
	TbSide side[2];
	int exponent;
	TbStatus status;

	if (bag->rows == 0)
		return TB_UNDEFINED;
	sides_of(bag, side, &exponent, &mean);
	if (h == 0) {
		*r = (TbDiscontinuity){.n = {side[0].n, side[1].n}};
		status = tb_border_bandwidth(side, kernel, &h, &b);
		if (status != TB_OK)
			return status;
	}
	status = tb_discontinuity_at(side, kernel, h, b, r);
	r->limit[0] += mean;
	r->limit[1] += mean;
	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++) {
		*field[i] = ldexp(*field[i], exponent);
		if (isinf(*field[i]))
			return TB_OUT_OF_RANGE;
	}
	return status;
}
