/* wild_bootstrap.c -- signs of clusters, five numbers a draw, a search outwards from the estimate */
#include "wild_bootstrap.h"

#include <string.h>

#include "../base/step.h"
#include "../base/random.h"
#include "robust.h"

#define TIED 1e-9   /* t* is t, but for rounding */
#define FARTHEST 60 /* doublings of a standard error */

typedef struct Scores {
	size_t g;
	uint32_t p;
	double unit;   /* root of the sum of squares of m's_g, without b0 */
	double *m, *M; /* the row over its own element, so that b0 moves in units of t; (X'X)^-1 */
	double *s, *c; /* [g][p]: scores over the unit, S_g m */
} Scores;

/* What a draw is at t of the null: numerator n0 + t n1, squared denominator d00 + 2 t d01 + t^2 d11 */
typedef struct Draw {
	double n0, n1, d00, d01, d11;
} Draw;

static double dot(const double *a, const double *b, uint32_t p)
{
	double sum = 0;

	for (uint32_t i = 0; i < p; i++)
		sum += a[i] * b[i];
	return sum;
}

static Scores scores_of(const TbClusters *k, const TbRegression *fit, uint32_t element)
{
	uint32_t p = k->p;
	Scores s = {k->clusters,
				p,
				0,
				tb_alloc(p * sizeof(double)),
				tb_alloc((size_t)p * p * sizeof(double)),
				tb_alloc(k->clusters * p * sizeof(double)),
				tb_alloc(k->clusters * p * sizeof(double))};
	TbDd squares = {0, 0};

	for (size_t i = 0; i < (size_t)p * p; i++)
		s.M[i] = tb_dd_value(fit->bread[i]);
	memcpy(s.m, s.M + (size_t)element * p, p * sizeof(double));
	for (size_t g = 0; g < s.g; g++) {
		const TbMoments *of = k->moments + g;
		double along;

		for (uint32_t i = 0; i < p; i++) {
			TbDd score = tb_moment(of, i + 1, p + 1), line = {0, 0};

			for (uint32_t j = 0; j < p; j++) {
				score = tb_dd_sub(score, tb_dd_mul(tb_moment(of, i + 1, j + 1), fit->beta[j]));
				line = tb_dd_add(line, tb_dd_mul(tb_moment(of, i + 1, j + 1), fit->bread[(size_t)element * p + j]));
			}
			s.s[g * p + i] = tb_dd_value(score);
			s.c[g * p + i] = tb_dd_value(line);
		}
		along = dot(s.m, s.s + g * p, p);
		squares = tb_dd_add_d(squares, along * along);
		tb_steps((size_t)p * p);
	}
	s.unit = sqrt(tb_dd_value(squares));
	return s;
}

/* Signs of the clusters: the bits of a counter, or of a random number; that of the first cluster stays */
static void signs(size_t g, bool enumerated, size_t draw, uint64_t *random, double *v)
{
	uint64_t bits = draw;

	v[0] = 1;
	for (size_t i = 1; i < g; i++) {
		if (!enumerated && i % 64 == 1)
			bits = tb_random_bits(random);
		v[i] = bits >> ((i - 1) % 64) & 1 ? -1 : 1;
	}
}

/* sum v s, and M times it */
static void weighted(const Scores *s, const double *v, const double *of, double *sum, double *turned)
{
	memset(sum, 0, s->p * sizeof(double));
	for (size_t g = 0; g < s->g; g++)
		for (uint32_t i = 0; i < s->p; i++)
			sum[i] += v[g] * of[g * s->p + i];
	for (uint32_t i = 0; i < s->p; i++)
		turned[i] = dot(s->M + (size_t)i * s->p, sum, s->p);
}

static Draw draw_of(const Scores *s, uint32_t element, const double *v, double *work)
{
	double *sum = work, *turned = work + s->p, *moved = work + 2 * s->p, own = s->m[element];
	Draw d = {0};

	weighted(s, v, s->c, sum, moved);
	weighted(s, v, s->s, sum, turned);
	d.n0 = turned[element] / s->unit;
	d.n1 = moved[element] / own;
	for (size_t g = 0; g < s->g; g++) {
		const double *c = s->c + g * s->p;
		double e0 = (v[g] * dot(s->m, s->s + g * s->p, s->p) - dot(c, turned, s->p)) / s->unit,
			   e1 = (v[g] * dot(s->m, c, s->p) - dot(c, moved, s->p)) / own;

		d.d00 += e0 * e0;
		d.d01 += e0 * e1;
		d.d11 += e1 * e1;
	}
	tb_steps(4 * s->g * s->p);
	return d;
}

/* p where the null is t units below the estimate */
static double share(const Draw *draw, size_t n, bool enumerated, double t)
{
	size_t above = 0;

	for (size_t i = 0; i < n; i++, tb_step()) {
		const Draw *d = draw + i;
		double numerator = d->n0 + t * d->n1, denominator = d->d00 + t * (2 * d->d01 + t * d->d11);

		above += numerator * numerator >= t * t * denominator * (1 - TIED);
	}
	return enumerated ? (double)above / (double)n : ((double)above + 1) / ((double)n + 1);
}

/* The last t with p above alpha in this direction, before the first without; infinite: none is without */
static double reach(const Draw *draw, size_t n, bool enumerated, double alpha, double direction)
{
	double in = 0, out = direction;

	for (int k = 0; share(draw, n, enumerated, out) > alpha; k++) {
		if (k == FARTHEST)
			return direction * INFINITY;
		in = out;
		out *= 2;
	}
	for (double middle = in + (out - in) / 2; middle != in && middle != out; middle = in + (out - in) / 2)
		*(share(draw, n, enumerated, middle) > alpha ? &in : &out) = middle;
	return in;
}

TbStatus tb_wild_bootstrap(const TbClusters *k, uint32_t element, double level, size_t draws, uint64_t seed, TbWildBootstrap *r)
{
	TbRegression fit;
	TbStatus status = tb_ols_clusters(k, &fit);
	Scores s;
	Draw *draw;
	double *v, *work, end;

	*r = (TbWildBootstrap){NAN, NAN, NAN, NAN, NAN, k->clusters, draws, false};
	if (status != TB_OK)
		return status;
	r->coefficient = fit.coefficient[element];
	r->t = fit.t[element];
	if (fit.aliased[element] || !isfinite(r->t))
		return TB_UNDEFINED;
	if (k->clusters <= 32 && (size_t)1 << (k->clusters - 1) <= draws) {
		r->enumerated = true;
		r->draws = (size_t)1 << (k->clusters - 1);
	}
	s = scores_of(k, &fit, element);
	draw = tb_alloc(r->draws * sizeof(Draw));
	v = tb_alloc(s.g * sizeof(double));
	work = tb_alloc((size_t)3 * s.p * sizeof(double));
	tb_progress("wild_cluster_bootstrap", 0, (double)r->draws);
	for (size_t i = 0; i < r->draws; i++) {
		signs(s.g, r->enumerated, i, &seed, v);
		draw[i] = draw_of(&s, element, v, work);
		if (i % 256 == 255)
			tb_progress("wild_cluster_bootstrap", (double)i, (double)r->draws);
	}
	r->p = share(draw, r->draws, r->enumerated, r->coefficient / s.unit);
	end = reach(draw, r->draws, r->enumerated, 1 - level, 1);
	r->low = isinf(end) ? NAN : r->coefficient - end * s.unit;
	end = reach(draw, r->draws, r->enumerated, 1 - level, -1);
	r->high = isinf(end) ? NAN : r->coefficient - end * s.unit;
	return TB_OK;
}
