/* difference.c -- differences in differences in closed form */
#include "difference.h"

#include "../base/cholesky.h"
#include "../base/probability.h"
#include "../base/step.h"

typedef struct Cell {
	double n;
	TbDd mean;
	double squares; /* squared deviations from the mean */
} Cell;

/* Differences of means keep what a large offset that all values share would cost the means themselves */
static double difference_of(const Cell treated[2], const Cell control[2])
{
	return tb_dd_value(tb_dd_sub(tb_dd_sub(treated[1].mean, treated[0].mean), tb_dd_sub(control[1].mean, control[0].mean)));
}

static Cell cell_of(double n, TbDd y, TbDd y2)
{
	TbDd mean = n > 0 ? tb_dd_div(y, tb_dd(n)) : tb_dd(NAN);
	double squares = n > 0 ? tb_dd_value(tb_dd_sub(y2, tb_dd_mul(mean, y))) : 0;

	/* what double-double cannot tell from zero is zero */
	return (Cell){n, mean, squares > ldexp(y2.hi, -90) ? squares : 0};
}

/* Variances of a sum of cell means with signs +-1 */
typedef struct Variance {
	double inverse_n, hc0, hc2, hc3;
} Variance;

static void add_variance(Variance *v, const Cell *c)
{
	v->inverse_n += 1 / c->n;
	v->hc0 += c->squares / (c->n * c->n);
	v->hc2 += c->n > 1 ? c->squares / (c->n * (c->n - 1)) : NAN;
	v->hc3 += c->n > 1 ? c->squares / ((c->n - 1) * (c->n - 1)) : NAN;
}

static void solve(Cell cell[2][2], TbDifference *r)
{
	Variance v = {0};
	double squares = 0;

	*r = (TbDifference){.estimate = NAN, .se = NAN, .hc0 = NAN, .hc1 = NAN, .hc2 = NAN, .hc3 = NAN, .p = NAN, .df = NAN, .sigma = NAN};
	for (int t = 0; t < 2; t++)
		for (int p = 0; p < 2; p++) {
			r->n += (uint64_t)cell[t][p].n;
			r->mean[t][p] = tb_dd_value(cell[t][p].mean);
			squares += cell[t][p].squares;
			add_variance(&v, &cell[t][p]);
		}
	r->estimate = difference_of(cell[1], cell[0]);
	if (isnan(r->estimate) || r->n <= 4)
		return;
	r->df = (double)r->n - 4;
	r->sigma = sqrt(squares / r->df);
	r->se = r->sigma * sqrt(v.inverse_n);
	r->hc0 = sqrt(v.hc0);
	r->hc1 = sqrt(v.hc0 * ((double)r->n / r->df));
	r->hc2 = sqrt(v.hc2);
	r->hc3 = sqrt(v.hc3);
	r->p = r->se > 0 ? tb_t_two_sided(r->estimate / r->se, r->df) : NAN;
}

TbStatus tb_difference_add(TbState **state, double y, int32_t treated, int32_t period)
{
	TbDd sums[TB_EVENT_SUMS] = {tb_dd(y), tb_two_product(y, y)};

	if (!(fabs(y) < 1e145))
		return TB_OUT_OF_RANGE;
	return tb_cell_add(state, &tb_event_shape, treated, period, sums);
}

TbStatus tb_difference(const TbState *state, TbDifference *result)
{
	const Cell empty = {0, tb_dd(NAN), 0};
	Cell cell[2][2] = {{empty, empty}, {empty, empty}};
	size_t n;
	TbCell *cells = tb_cells(state, &n);

	for (size_t i = 0; i < n; i++, tb_step()) {
		if (cells[i].a < 0 || cells[i].a > 1 || cells[i].b < 0 || cells[i].b > 1)
			return TB_INVALID;
		cell[cells[i].a][cells[i].b] = cell_of(cells[i].n, tb_cell_sum(cells + i, 0), tb_cell_sum(cells + i, 1));
	}
	tb_free(cells);
	solve(cell, result);
	return TB_OK;
}

void tb_difference_row(double y, bool treated, bool post, double *x)
{
	x[0] = 1;
	x[1] = treated;
	x[2] = post;
	x[3] = treated && post;
	x[4] = y * y;
}

/* Sum of column c of z (y or y^2) over one cell, by inclusion and exclusion of the dummies */
static TbDd over_cell(const TbMoments *m, int treated, int post, size_t c)
{
	TbDd both = tb_moment(m, 4, c), t = tb_moment(m, 2, c), p = tb_moment(m, 3, c), all = tb_moment(m, 1, c);

	if (treated)
		return post ? both : tb_dd_sub(t, both);
	return post ? tb_dd_sub(p, both) : tb_dd_add(tb_dd_sub(tb_dd_sub(all, t), p), both);
}

/* Rows of one cell, which a forged state may give as anything */
static bool counted(double n)
{
	return n >= 0 && n < 0x1p53 && n == floor(n);
}

TbStatus tb_difference_cluster(const TbState *state, TbDifference *result)
{
	TbClusters c;
	TbRegression fit;
	Cell cell[2][2];
	TbStatus status = tb_cluster_view(state, &c);

	if (status == TB_OK && c.p != TB_DIFFERENCE_COLUMNS)
		status = TB_INVALID;
	if (status != TB_OK)
		return status;
	for (int t = 0; t < 2; t++)
		for (int p = 0; p < 2; p++) {
			double n = tb_dd_value(over_cell(&c.whole, t, p, 0));

			if (!counted(n))
				return TB_INVALID;
			cell[t][p] = cell_of(n, over_cell(&c.whole, t, p, 6), over_cell(&c.whole, t, p, 5));
		}
	solve(cell, result);
	result->clusters = c.clusters;
	result->se = result->p = result->df = NAN;
	if (isnan(result->estimate))
		return TB_OK;
	tb_clusters_drop(&c, TB_DIFFERENCE_COLUMNS - 1);
	status = tb_ols_clusters(&c, &fit);
	result->se = fit.standard_error[3];
	result->p = fit.p_value[3];
	result->df = c.clusters > 1 ? (double)c.clusters - 1 : NAN;
	return status;
}

static Cell find(const TbCell *cells, size_t n, int32_t treated, int32_t period)
{
	for (size_t i = 0; i < n; i++, tb_step())
		if (cells[i].a == treated && cells[i].b == period)
			return cell_of(cells[i].n, tb_cell_sum(cells + i, 0), tb_cell_sum(cells + i, 1));
	return (Cell){0, tb_dd(NAN), 0};
}

/* Distinct periods of both groups: two sorted runs, merged */
static size_t periods(const TbCell *cells, size_t n, int32_t *period)
{
	size_t split = 0, i = 0, j, k = 0;

	while (split < n && cells[split].a == 0)
		split++;
	j = split;
	while (i < split || j < n) {
		int32_t next = j >= n || (i < split && cells[i].b <= cells[j].b) ? cells[i].b : cells[j].b;

		i += i < split && cells[i].b == next;
		j += j < n && cells[j].b == next;
		period[k++] = next;
	}
	return k;
}

TbStatus tb_event_study(const TbState *state, int32_t base, TbEvent **events, size_t *count)
{
	size_t n;
	TbCell *cells = tb_cells(state, &n);
	int32_t *period = tb_alloc(n * sizeof(int32_t));
	Cell reference[2] = {find(cells, n, 0, base), find(cells, n, 1, base)};
	double squares = 0, rows = 0, df, sigma2;

	for (size_t i = 0; i < n; i++, tb_step()) {
		Cell c = cell_of(cells[i].n, tb_cell_sum(cells + i, 0), tb_cell_sum(cells + i, 1));

		if (cells[i].a < 0 || cells[i].a > 1)
			return TB_INVALID;
		squares += c.squares;
		rows += c.n;
	}
	df = rows - n;
	sigma2 = df > 0 ? squares / df : NAN;
	*count = periods(cells, n, period);
	*events = tb_alloc(*count * sizeof(TbEvent));
	for (size_t k = 0; k < *count; k++) {
		Cell now[2] = {find(cells, n, 0, period[k]), find(cells, n, 1, period[k])};
		TbEvent *e = *events + k;
		Variance v = {0};

		*e = (TbEvent){period[k], NAN, NAN, NAN, NAN, (uint64_t)now[1].n, (uint64_t)now[0].n, df};
		e->estimate = difference_of((const Cell[]){reference[1], now[1]}, (const Cell[]){reference[0], now[0]});
		if (isnan(e->estimate))
			continue;
		if (period[k] == base) {
			e->estimate = 0;
			continue;
		}
		for (int g = 0; g < 2; g++) {
			add_variance(&v, now + g);
			add_variance(&v, reference + g);
		}
		e->se = sqrt(sigma2 * v.inverse_n);
		e->hc1 = df > 0 ? sqrt(v.hc0 * (rows / df)) : NAN;
		e->p = e->se > 0 ? tb_t_two_sided(e->estimate / e->se, df) : NAN;
		tb_tick();
	}
	return TB_OK;
}
