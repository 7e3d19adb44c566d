/* border_side.c -- weighted polynomials of a distance, nearest rows by groups of equal distance */
#include "border_side.h"

#include "../base/cholesky.h"
#include "../base/step.h"

#define NEAREST 3
#define MOST_ORDER 4

const char *const tb_side_kernel_name[TB_SIDE_KERNELS] = {"triangular", "uniform", "epanechnikov"};

double tb_local_weight(const TbLocal *local, double apart)
{
	double u = apart / local->h;

	if (!(u <= 1))
		return 0;
	return local->kernel == TB_SIDE_UNIFORM ? 1 : local->kernel == TB_SIDE_TRIANGULAR ? 1 - u : (1 - u) * (1 + u);
}

void tb_local_powers(const TbLocal *local, double apart, double *x)
{
	x[0] = 1;
	for (uint32_t k = 1; k <= local->order; k++)
		x[k] = x[k - 1] * (apart / local->h);
}

bool tb_local(const TbSide *side, TbSideKernel kernel, double h, uint32_t order, TbLocal *local)
{
	TbState *state = NULL;
	TbMoments m;
	double x[MOST_ORDER + 1], w;

	*local = (TbLocal){.h = h, .kernel = kernel, .order = order};
	for (; local->n < side->n && (w = tb_local_weight(local, side->apart[local->n])) > 0; local->n++, tb_step()) {
		tb_local_powers(local, side->apart[local->n], x);
		(void)tb_moments_add(&state, side->y[local->n], x, order + 1, w);
	}
	if (!state)
		return false;
	m = tb_moments_view(state);
	return tb_regression(&m, TB_PIVOT_TOLERANCE, &local->fit) == TB_OK && local->fit.rank == order + 1;
}

double *tb_local_line(const TbLocal *local, const TbSide *side, uint32_t coefficient)
{
	const TbDd *row = local->fit.bread + (size_t)coefficient * (local->order + 1);
	double *line = tb_alloc((local->n + 1) * sizeof(double)), x[MOST_ORDER + 1];

	for (size_t i = 0; i < local->n; i++, tb_step()) {
		tb_local_powers(local, side->apart[i], x);
		line[i] = tb_local_weight(local, side->apart[i]) * tb_dd_value(tb_dd_dot(row, x, (uint32_t)local->order + 1));
	}
	return line;
}

/* Rows of equal distance: group g begins at row first[g]; total[i]: sum of y before row i */
typedef struct Places {
	size_t n, *first;
	TbDd *total;
} Places;

static Places places_of(const TbSide *side, size_t n)
{
	Places p = {0, tb_alloc((n + 1) * sizeof(size_t)), tb_alloc((n + 1) * sizeof(TbDd))};

	p.total[0] = tb_dd(0);
	for (size_t i = 0; i < n; i++, tb_step()) {
		if (i == 0 || side->apart[i] != side->apart[i - 1])
			p.first[p.n++] = i;
		p.total[i + 1] = tb_dd_add_d(p.total[i], side->y[i]);
	}
	p.first[p.n] = n;
	return p;
}

double *tb_nearest_residuals(const TbSide *side, size_t n)
{
	Places p = places_of(side, n);
	size_t least = n > NEAREST ? NEAREST : n - 1;
	double *e = tb_alloc((n + 1) * sizeof(double));

	for (size_t g = 0; g < p.n; g++, tb_step()) {
		size_t low = g, high = g + 1, others;
		TbDd sum;

		while (p.first[high] - p.first[low] - 1 < least) {
			double here = side->apart[p.first[g]], below = low > 0 ? here - side->apart[p.first[low - 1]] : INFINITY,
				   above = high < p.n ? side->apart[p.first[high]] - here : INFINITY;

			low -= below <= above;
			high += above <= below;
		}
		others = p.first[high] - p.first[low] - 1;
		sum = tb_dd_sub(p.total[p.first[high]], p.total[p.first[low]]);
		for (size_t i = p.first[g]; i < p.first[g + 1]; i++, tb_step()) {
			double rest = tb_dd_value(tb_dd_add_d(sum, -side->y[i])), j = (double)others;

			e[i] = others > 0 ? sqrt(j / (j + 1)) * (side->y[i] - rest / j) : NAN;
		}
	}
	tb_free(p.first);
	tb_free(p.total);
	return e;
}
