/* logit.c -- logistic regression: Newton's method with sums in double-double */
#include "logit.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/step.h"

#define ROUNDS 100
#define HALVINGS 30
#define ODDS_LIMIT 1e200 /* as good as sure: no sum holds it */
#define SETTLED 1e-9     /* of x'b: the round after would change its 18th digit */

typedef struct Search {
	const double *x;
	const bool *yes;
	size_t n;
	uint32_t p;
	double *eta; /* x'b */
	TbDd *b, *score, *factor;
	bool *dropped;
} Search;

/* yes - p without cancellation */
static double residual(bool yes, double eta)
{
	return yes ? 1 / (1 + exp(eta)) : -1 / (1 + exp(-eta));
}

/* The row's part of the logarithm of the likelihood */
static double likelihood(bool yes, double eta)
{
	double z = yes ? -eta : eta;

	return z > 0 ? -(z + log1p(exp(-z))) : -log1p(exp(z));
}

/* Score and factor at eta; the rank */
static uint32_t curvature(Search *s)
{
	for (uint32_t j = 0; j < s->p; j++)
		s->score[j] = tb_dd(0);
	for (uint32_t j = 0; j < s->p * s->p; j++)
		s->factor[j] = tb_dd(0);
	for (size_t i = 0; i < s->n; i++, tb_steps(s->p)) {
		const double *x = s->x + i * s->p;
		double small = exp(-fabs(s->eta[i])), weight = small / ((1 + small) * (1 + small)), r = residual(s->yes[i], s->eta[i]);

		for (uint32_t j = 0; j < s->p; j++) {
			s->score[j] = tb_dd_add(s->score[j], tb_two_product(r, x[j]));
			for (uint32_t k = 0; k <= j; k++)
				s->factor[j * s->p + k] = tb_dd_add(s->factor[j * s->p + k], tb_dd_mul_d(tb_two_product(x[j], x[k]), weight));
		}
	}
	return tb_cholesky(s->factor, s->p, TB_PIVOT_TOLERANCE, s->dropped);
}

static double likelihood_at(const Search *s, const TbDd *b)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < s->n; i++, tb_steps(s->p))
		sum = tb_dd_add_d(sum, likelihood(s->yes[i], tb_dd_value(tb_dd_dot(b, s->x + i * s->p, s->p))));
	return tb_dd_value(sum);
}

/* Goes along the step in s->score, or a part of it; how far x'b moves at most */
static double move(Search *s, double *reached)
{
	TbDd *to = tb_alloc(s->p * sizeof(TbDd));
	double moved = 0, part = 1, there = 0;

	for (int halving = 0; halving <= HALVINGS; halving++, part /= 2) {
		for (uint32_t j = 0; j < s->p; j++)
			to[j] = tb_dd_add(s->b[j], tb_dd_mul_d(s->score[j], part));
		there = likelihood_at(s, to);
		if (there >= *reached - 1e-12 * fabs(*reached))
			break;
	}
	*reached = there;
	memcpy(s->b, to, s->p * sizeof(TbDd));
	for (size_t i = 0; i < s->n; i++, tb_steps(s->p)) {
		double eta = tb_dd_value(tb_dd_dot(s->b, s->x + i * s->p, s->p));

		moved = fmax(moved, fabs(eta - s->eta[i]));
		s->eta[i] = eta;
	}
	tb_free(to);
	return moved;
}

static TbStatus search(Search *s)
{
	double reached = -(double)s->n * log(2), moved = INFINITY;

	for (int round = 0; round <= ROUNDS; round++) {
		if (curvature(s) < s->p)
			return round == 0 ? TB_UNDEFINED : TB_NOT_CONVERGED;
		if (moved < SETTLED)
			return TB_OK;
		tb_cholesky_solve(s->factor, s->p, s->dropped, s->score);
		moved = move(s, &reached);
	}
	return TB_NOT_CONVERGED;
}

TbStatus tb_logit(const double *x, const bool *yes, size_t n, uint32_t p, TbLogit *result)
{
	Search s = {x,
				yes,
				n,
				p,
				tb_alloc_zero(n, sizeof(double)),
				tb_alloc_zero(p, sizeof(TbDd)),
				tb_alloc(p * sizeof(TbDd)),
				tb_alloc((size_t)p * p * sizeof(TbDd)),
				tb_alloc(p * sizeof(bool))};
	TbStatus status = search(&s);

	*result = (TbLogit){s.eta, tb_alloc((n + 1) * sizeof(double)), s.factor};
	for (size_t i = 0; i < n; i++, tb_step()) {
		result->residual[i] = residual(yes[i], s.eta[i]);
		result->odds[i] = exp(s.eta[i]);
		if (!(result->odds[i] < ODDS_LIMIT))
			status = status == TB_OK ? TB_NOT_CONVERGED : status;
	}
	tb_free(s.b);
	tb_free(s.score);
	tb_free(s.dropped);
	return status;
}
