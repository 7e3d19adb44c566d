/* small_clusters.c -- CR2 and CR3 from cross moments by cluster */
#include "small_clusters.h"

#include <string.h>

#include "../base/cholesky.h"
#include "../base/step.h"
#include "symmetric.h"

#define DETERMINED 1e-10 /* 1 - eigenvalue */

typedef struct Bread {
	uint32_t r, *column; /* columns that were kept */
	TbDd *c;             /* [r][r], M = C C' */
} Bread;

static Bread bread_of(const TbClusters *k, const TbRegression *fit)
{
	Bread b = {0, tb_alloc(k->p * sizeof(uint32_t)), NULL};
	TbDd *factor;
	bool *dropped;

	for (uint32_t i = 0; i < k->p; i++)
		if (!fit->aliased[i])
			b.column[b.r++] = i;
	factor = tb_alloc(((size_t)b.r * b.r + 1) * sizeof(TbDd));
	b.c = tb_alloc_zero((size_t)b.r * b.r + 1, sizeof(TbDd));
	dropped = tb_alloc(b.r + (size_t)1);
	for (uint32_t i = 0; i < b.r; i++)
		for (uint32_t j = 0; j <= i; j++)
			factor[(size_t)i * b.r + j] = tb_moment(&k->whole, b.column[i] + 1, b.column[j] + 1);
	(void)tb_cholesky(factor, b.r, 0, dropped);
	/* columns of L'^-1, each over the root of its pivot */
	for (uint32_t j = 0; j < b.r; j++) {
		double root = sqrt(factor[(size_t)j * b.r + j].hi);

		b.c[(size_t)j * b.r + j] = tb_dd(1 / root);
		for (uint32_t i = j; i-- > 0;) {
			TbDd sum = {0, 0};

			for (uint32_t l = i + 1; l <= j; l++)
				sum = tb_dd_add(sum, tb_dd_mul(factor[(size_t)l * b.r + i], b.c[(size_t)l * b.r + j]));
			b.c[(size_t)i * b.r + j] = tb_dd_neg(sum);
		}
		tb_steps(b.r);
	}
	return b;
}

/* C' S_g C and C' X_g'e */
static void transform(const TbMoments *m, const Bread *b, const TbDd *beta, TbDd *half, double *t, double *score)
{
	uint32_t r = b->r, p = m->p;

	for (uint32_t i = 0; i < r; i++)
		for (uint32_t j = 0; j < r; j++) {
			TbDd sum = {0, 0};

			for (uint32_t l = 0; l <= j; l++)
				sum = tb_dd_add(sum, tb_dd_mul(tb_moment(m, b->column[i] + 1, b->column[l] + 1), b->c[(size_t)l * r + j]));
			half[(size_t)i * r + j] = sum;
			tb_steps(r);
		}
	for (uint32_t i = 0; i < r; i++) {
		TbDd whole = {0, 0};

		for (uint32_t j = 0; j < r; j++) {
			TbDd sum = {0, 0};

			for (uint32_t l = 0; l <= i; l++)
				sum = tb_dd_add(sum, tb_dd_mul(b->c[(size_t)l * r + i], half[(size_t)l * r + j]));
			t[(size_t)i * r + j] = tb_dd_value(sum);
			tb_steps(r);
		}
		for (uint32_t l = 0; l <= i; l++) {
			TbDd e = tb_moment(m, b->column[l] + 1, p + 1);

			for (uint32_t j = 0; j < r; j++)
				e = tb_dd_sub(e, tb_dd_mul(tb_moment(m, b->column[l] + 1, b->column[j] + 1), beta[b->column[j]]));
			whole = tb_dd_add(whole, tb_dd_mul(b->c[(size_t)l * r + i], e));
		}
		score[i] = tb_dd_value(whole);
	}
}

/* What the degrees of freedom of each coefficient are made of */
typedef struct Freedom {
	double *trace, *squares; /* [r] */
	double *u;               /* [r][r][r]: sum of u u' */
} Freedom;

/* What residuals are multiplied by along an eigenvector: (1 - l)^-1/2 or (1 - l)^-1 */
static double adjustment(TbCovariance kind, double l)
{
	return kind == TB_CR3 ? 1 / (1 - l) : 1 / sqrt(1 - l);
}

/* Eigenvalues l and vectors v of one cluster: its adjusted score, and its part in every coefficient's freedom */
static void add_cluster(const Bread *b, TbCovariance kind, const double *l, const double *v, const double *score, TbDd *meat, Freedom *f,
						double *work)
{
	uint32_t r = b->r;
	double *turned = work, *u = work + r;
	TbDd *adjusted = tb_alloc(r * sizeof(TbDd));

	for (uint32_t k = 0; k < r; k++) {
		turned[k] = 0;
		for (uint32_t i = 0; i < r; i++)
			turned[k] += v[(size_t)i * r + k] * score[i];
		turned[k] *= adjustment(kind, l[k]);
	}
	for (uint32_t i = 0; i < r; i++) {
		adjusted[i] = tb_dd(0);
		for (uint32_t k = 0; k < r; k++)
			adjusted[i] = tb_dd_add(adjusted[i], tb_two_product(v[(size_t)i * r + k], turned[k]));
	}
	tb_meat_lower(meat, adjusted, r);
	tb_free(adjusted);
	for (uint32_t at = 0; at < r; at++) {
		double d = 0, square = 0;

		for (uint32_t k = 0; k < r; k++) {
			turned[k] = 0;
			for (uint32_t i = at; i < r; i++)
				turned[k] += v[(size_t)i * r + k] * tb_dd_value(b->c[(size_t)at * r + i]);
			d += turned[k] * turned[k] * l[k] * adjustment(kind, l[k]) * adjustment(kind, l[k]);
			turned[k] *= l[k] * adjustment(kind, l[k]);
			square += turned[k] * turned[k];
		}
		for (uint32_t i = 0; i < r; i++) {
			u[i] = 0;
			for (uint32_t k = 0; k < r; k++)
				u[i] += v[(size_t)i * r + k] * turned[k];
		}
		for (uint32_t i = 0; i < r; i++)
			for (uint32_t j = 0; j < r; j++)
				f->u[((size_t)at * r + i) * r + j] += u[i] * u[j];
		f->trace[at] += d - square;
		f->squares[at] += d * d - 2 * d * square;
		tb_steps(3 * r);
	}
}

/* V = C meat C' and df of each coefficient */
static void finish(const Bread *b, const TbDd *meat, const Freedom *f, TbRegression *fit)
{
	uint32_t r = b->r, p = fit->p;

	for (uint32_t i = 0; i < r; i++) {
		double squares = f->squares[i];

		for (uint32_t j = 0; j <= i; j++) {
			TbDd sum = {0, 0};

			for (uint32_t k = i; k < r; k++)
				for (uint32_t l = j; l < r; l++)
					sum = tb_dd_add(sum, tb_dd_mul(tb_dd_mul(b->c[(size_t)i * r + k], b->c[(size_t)j * r + l]),
												   meat[k > l ? (size_t)k * r + l : (size_t)l * r + k]));
			fit->vcov[(size_t)b->column[i] * p + b->column[j]] = fit->vcov[(size_t)b->column[j] * p + b->column[i]] =
				fit->rss == 0 ? 0 : tb_dd_value(sum);
			tb_steps(r * r);
		}
		for (size_t k = 0; k < (size_t)r * r; k++)
			squares += f->u[(size_t)i * r * r + k] * f->u[(size_t)i * r * r + k];
		fit->test_df[b->column[i]] = squares > 0 ? f->trace[i] * f->trace[i] / squares : NAN;
	}
}

TbStatus tb_ols_small_clusters(const TbClusters *k, TbCovariance kind, TbRegression *fit, size_t *determined)
{
	TbStatus status = tb_regression(&k->whole, TB_PIVOT_TOLERANCE, fit);
	Bread b;
	Freedom f;
	TbDd *meat, *half;
	double *t, *v, *l, *score, *work;
	size_t r;

	*determined = 0;
	if (status != TB_OK)
		return status;
	fit->covariance = kind;
	fit->clusters = k->clusters;
	fit->f = fit->f_p = NAN;
	fit->test_df = tb_alloc(fit->p * sizeof(double));
	for (size_t i = 0; i < fit->p; i++)
		fit->test_df[i] = NAN;
	for (size_t i = 0; i < (size_t)fit->p * fit->p; i++)
		fit->vcov[i] = NAN;
	b = bread_of(k, fit);
	r = b.r;
	meat = tb_alloc_zero(r * r + 1, sizeof(TbDd));
	half = tb_alloc((r * r + 1) * sizeof(TbDd));
	t = tb_alloc((r * r + 1) * sizeof(double));
	v = tb_alloc((r * r + 1) * sizeof(double));
	l = tb_alloc((r + 1) * sizeof(double));
	score = tb_alloc((r + 1) * sizeof(double));
	work = tb_alloc((2 * r + 1) * sizeof(double));
	f = (Freedom){tb_alloc_zero(r + 1, sizeof(double)), tb_alloc_zero(r + 1, sizeof(double)), tb_alloc_zero(r * r * r + 1, sizeof(double))};
	for (size_t g = 0; g < k->clusters; g++) {
		bool alone = false;

		transform(k->moments + g, &b, fit->beta, half, t, score);
		tb_symmetric_eigen(t, r, l, v);
		for (size_t i = 0; i < r; i++) {
			alone |= !(1 - l[i] > DETERMINED);
			l[i] = fmax(l[i], 0);
		}
		*determined += alone;
		if (*determined == 0)
			add_cluster(&b, kind, l, v, score, meat, &f, work);
		tb_tick();
	}
	if (*determined == 0 && k->clusters > 1 && fit->df > 0)
		finish(&b, meat, &f, fit);
	tb_regression_tests(fit, NAN);
	return TB_OK;
}
