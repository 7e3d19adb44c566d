/* assessment.c -- ratio studies */
#include "assessment.h"

#include <math.h>
#include <string.h>

#include "../base/cholesky.h"
#include "../base/probability.h"
#include "../base/step.h"
#include "regression.h"

typedef struct Sale {
	double ratio, appraised, price;
	uint64_t count;
} Sale;

/* Sales in an order, each standing for its count of identical rows */
typedef struct Sales {
	Sale *sale;
	size_t distinct;
	uint64_t n;
} Sales;

/* Order statistic, from 1 */
static double nth(const Sales *s, uint64_t rank)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		seen += s->sale[i].count;
		if (seen >= rank)
			return s->sale[i].ratio;
	}
	return NAN;
}

/* Type 7 of Hyndman and Fan, the default of R and pandas */
static double quantile(const Sales *s, double p)
{
	double at = (double)(s->n - 1) * p, below = floor(at), low = nth(s, (uint64_t)below + 1);

	return at == below ? low : low + (at - below) * (nth(s, (uint64_t)below + 2) - low);
}

/* By ratio and price, or by price and appraisal: rows of keys sort several times faster than pointers do */
static void sort_sales(Sales *s, bool by_price)
{
	uint64_t *row = tb_alloc(s->distinct * 4 * sizeof(uint64_t)), *scratch = tb_alloc(s->distinct * 4 * sizeof(uint64_t));

	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		const Sale *sale = s->sale + i;

		row[4 * i] = tb_sort_key(by_price ? sale->price : sale->ratio);
		row[4 * i + 1] = tb_sort_key(by_price ? sale->appraised : sale->price);
		row[4 * i + 2] = tb_sort_key(by_price ? sale->ratio : sale->appraised);
		row[4 * i + 3] = sale->count;
	}
	tb_sort_rows(row, scratch, s->distinct, 4, 2);
	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		double first = tb_sort_value(row[4 * i]), second = tb_sort_value(row[4 * i + 1]), third = tb_sort_value(row[4 * i + 2]);

		s->sale[i] = by_price ? (Sale){third, second, first, row[4 * i + 3]} : (Sale){first, third, second, row[4 * i + 3]};
	}
	tb_free(scratch);
	tb_free(row);
}

/* Appraisals and prices over one power of two: no figure of a study depends on their unit */
static TbStatus take(const TbSample *sample, Sales *s)
{
	int exponent[3];
	TbSample near;

	if (sample->n == 0)
		return TB_UNDEFINED;
	if (sample->w)
		return TB_INVALID;
	near = tb_sample_near_one(sample, true, exponent);
	*s = (Sales){tb_alloc(sample->n * sizeof(Sale)), sample->n, 0};
	for (size_t i = 0; i < sample->n; i++, tb_step()) {
		Sale *sale = s->sale + i;

		*sale = (Sale){sample->x[i] / sample->y[i], near.x[i], near.y[i], sample->count ? sample->count[i] : 1};
		s->n += sale->count;
		if (!(sample->x[i] > 0) || !(sample->y[i] > 0) || !(sale->ratio > 0) || isinf(sale->ratio))
			return TB_OUT_OF_RANGE;
	}
	return TB_OK;
}

static void set_level(const Sales *s, TbRatioStudy *r)
{
	TbDd ratios = {0, 0}, appraised = {0, 0}, price = {0, 0}, deviations = {0, 0}, squares = {0, 0};

	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		double count = s->sale[i].count;

		ratios = tb_dd_add(ratios, tb_two_product(s->sale[i].ratio, count));
		appraised = tb_dd_add(appraised, tb_two_product(s->sale[i].appraised, count));
		price = tb_dd_add(price, tb_two_product(s->sale[i].price, count));
	}
	r->median = quantile(s, 0.5);
	r->mean = tb_dd_value(ratios) / s->n;
	r->weighted_mean = tb_dd_value(tb_dd_div(appraised, price));
	if (s->n < 2)
		return;
	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		double count = s->sale[i].count, off = s->sale[i].ratio - r->mean;

		deviations = tb_dd_add(deviations, tb_two_product(fabs(s->sale[i].ratio - r->median), count));
		squares = tb_dd_add(squares, tb_dd_mul_d(tb_two_product(off, off), count));
	}
	r->cod = 100 * tb_dd_value(deviations) / s->n / r->median;
	r->prd = r->mean / r->weighted_mean;
	r->cov = 100 * sqrt(tb_dd_value(squares) / (s->n - 1)) / r->mean;
}

static void set_median_interval(const Sales *s, TbRatioStudy *r)
{
	bool even = s->n % 2 == 0;
	double j = ceil(1.96 * sqrt((double)s->n) / 2 + (even ? 0.5 : 0)), half = (double)(s->n / 2);
	double low = half + 1 - j, high = even ? half + j : half + 1 + j;

	/* as far from one end as from the other */
	if (low < 1)
		return;
	r->median_low = nth(s, (uint64_t)low);
	r->median_high = nth(s, (uint64_t)high);
}

/* Gini of a column by rank of price; `value` picks the column */
static double gini(const Sales *s, bool price)
{
	TbDd ranked = {0, 0}, sum = {0, 0};
	double before = 0, n = s->n;

	for (size_t i = 0, j; i < s->distinct; i = j) {
		double tied = 0, rank;

		for (j = i; j < s->distinct && s->sale[j].price == s->sale[i].price; j++)
			tied += s->sale[j].count;
		rank = before + (tied + 1) / 2;
		for (size_t k = i; k < j; k++, tb_step()) {
			TbDd part = tb_two_product(price ? s->sale[k].price : s->sale[k].appraised, s->sale[k].count);

			sum = tb_dd_add(sum, part);
			ranked = tb_dd_add(ranked, tb_dd_mul_d(part, rank));
		}
		before += tied;
	}
	return tb_dd_value(tb_dd_sub(tb_dd_mul_d(tb_dd_div(ranked, sum), 2), tb_dd(n + 1))) / n;
}

static TbStatus set_prb(const Sales *s, TbRatioStudy *r)
{
	double cells[2 * 16], z[8], reach;
	TbMoments m = {.p = 2, .n = s->n, .hi = cells, .lo = cells + tb_moment_cells(2)};
	TbRegression fit;

	if (2 * tb_moment_cells(2) > sizeof(cells) / sizeof(*cells))
		return TB_TOO_LARGE;
	for (size_t i = 0; i < 2 * tb_moment_cells(2); i++, tb_step())
		cells[i] = 0;
	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		const Sale *sale = s->sale + i;
		double x[2] = {1, log2((sale->appraised / r->median + sale->price) / 2)};

		tb_moments_row(z, (sale->ratio - r->median) / r->median, x, 2);
		tb_moments_add_lines(m.hi, m.lo, 2, z, sale->count, 1);
	}
	if (tb_regression(&m, TB_PIVOT_TOLERANCE, &fit) != TB_OK)
		return TB_OUT_OF_RANGE;
	r->prb = fit.coefficient[1];
	r->prb_se = fit.standard_error[1];
	reach = tb_t_quantile(0.975, fit.df) * r->prb_se; /* NaN without degrees of freedom */
	r->prb_low = r->prb - reach;
	r->prb_high = r->prb + reach;
	return TB_OK;
}

/* Keeps the order; sales outside the fences go */
static void trim_sales(Sales *s, double fence, TbRatioStudy *r)
{
	double q1 = quantile(s, 0.25), q3 = quantile(s, 0.75);
	size_t kept = 0;

	r->low_fence = q1 - fence * (q3 - q1);
	r->high_fence = q3 + fence * (q3 - q1);
	for (size_t i = 0; i < s->distinct; i++, tb_step()) {
		if (s->sale[i].ratio >= r->low_fence && s->sale[i].ratio <= r->high_fence)
			s->sale[kept++] = s->sale[i];
		else
			r->excluded += s->sale[i].count;
	}
	s->distinct = kept;
	s->n -= r->excluded;
}

static const TbRatioStudy nothing_known = {.median = NAN,
										   .mean = NAN,
										   .weighted_mean = NAN,
										   .cod = NAN,
										   .prd = NAN,
										   .prb = NAN,
										   .prb_se = NAN,
										   .prb_low = NAN,
										   .prb_high = NAN,
										   .ki = NAN,
										   .mki = NAN,
										   .cov = NAN,
										   .median_low = NAN,
										   .median_high = NAN,
										   .gini_appraised = NAN,
										   .gini_price = NAN,
										   .low_fence = NAN,
										   .high_fence = NAN};

/* Sales sorted by price */
static TbStatus set_fairness(const Sales *s, TbRatioStudy *r)
{
	r->gini_appraised = gini(s, false);
	r->gini_price = gini(s, true);
	r->ki = r->gini_appraised - r->gini_price;
	r->mki = r->gini_price > 0 ? r->gini_appraised / r->gini_price : NAN;
	return set_prb(s, r);
}

TbStatus tb_ratio_study(const TbSample *sample, double fence, TbRatioStudy *r)
{
	Sales s;
	TbStatus status = take(sample, &s);

	*r = nothing_known;
	if (status != TB_OK)
		return status;
	sort_sales(&s, false);
	if (!isnan(fence))
		trim_sales(&s, fence, r);
	r->n = s.n;
	set_level(&s, r);
	set_median_interval(&s, r);
	if (s.n < 2)
		return TB_OK;
	sort_sales(&s, true);
	return set_fairness(&s, r);
}

/* -- bootstrap -- */

const char *const tb_ratio_figure_name[TB_RATIO_FIGURES] = {"median", "mean", "weighted_mean", "cod", "cov", "prd", "prb", "ki", "mki"};

/* The sales of the sample in both orders; the count of a sale is here the place of its entry in the sample */
typedef struct Orders {
	Sales by_ratio, by_price, drawn;
	TbRatioFigure figure;
} Orders;

static void draw_sales(const Sales *from, const uint64_t *drawn, Sales *to)
{
	to->distinct = 0;
	for (size_t i = 0; i < from->distinct; i++, tb_step()) {
		uint64_t count = drawn[from->sale[i].count];

		if (count == 0)
			continue;
		to->sale[to->distinct] = from->sale[i];
		to->sale[to->distinct++].count = count;
	}
}

static double figure_of(const uint64_t *drawn, void *context)
{
	Orders *o = context;
	TbRatioStudy r = nothing_known;

	draw_sales(&o->by_ratio, drawn, &o->drawn);
	set_level(&o->drawn, &r);
	if (o->figure >= TB_RATIO_PRB && o->drawn.n > 1) {
		draw_sales(&o->by_price, drawn, &o->drawn);
		if (set_fairness(&o->drawn, &r) != TB_OK)
			r.prb = NAN;
	}
	return (const double[TB_RATIO_FIGURES]){r.median, r.mean, r.weighted_mean, r.cod, r.cov, r.prd, r.prb, r.ki, r.mki}[o->figure];
}

TbStatus tb_ratio_bootstrap(const TbSample *sample, TbRatioFigure figure, int replications, uint64_t seed, double **result)
{
	Orders o = {.figure = figure};
	TbStatus status = take(sample, &o.by_ratio);

	if (status != TB_OK)
		return status;
	o.drawn = o.by_price = o.by_ratio;
	for (size_t i = 0; i < sample->n; i++, tb_step())
		o.by_ratio.sale[i].count = i;
	o.by_price.sale = tb_alloc(sample->n * sizeof(Sale));
	o.drawn.sale = tb_alloc(sample->n * sizeof(Sale));
	memcpy(o.by_price.sale, o.by_ratio.sale, sample->n * sizeof(Sale));
	sort_sales(&o.by_ratio, false);
	sort_sales(&o.by_price, true);
	*result = tb_resample(sample->count, sample->n, o.drawn.n, figure_of, &o, replications, seed);
	return TB_OK;
}
