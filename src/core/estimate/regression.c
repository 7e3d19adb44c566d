/* regression.c -- least squares over cross moments */
#include "regression.h"

#include <string.h>

#include "../base/cholesky.h"
#include "../base/probability.h"
#include "../base/step.h"

#define LOG_2PI 1.8378770664093454836

const char *const tb_covariance_name[] = {"classical", "hc0", "hc1", "hc2", "hc3", "cluster", "cluster2", "cr2", "cr3", "within"};

static double *nans(size_t n)
{
	double *x = tb_alloc(n * sizeof(double));

	for (size_t i = 0; i < n; i++)
		x[i] = NAN;
	return x;
}

/* Power of two near 1 / sqrt(x): scaling by it is exact and keeps products of very unequal columns in range. */
static double scale(double x)
{
	int exponent;

	if (!(x > 0))
		return 1;
	(void)frexp(x, &exponent);
	return ldexp(1, -(exponent / 2));
}

static TbDd scaled(TbDd x, double a, double b)
{
	return (TbDd){x.hi * a * b, x.lo * a * b};
}

/* What is below the last bit that double-double sums of n rows can tell from zero is zero: an exact fit then has sigma 0, not 1e-16. */
TbDd tb_regression_noise_cut(TbDd x, TbDd whole, double n)
{
	return x.hi > fmax(n, 64) * ldexp(whole.hi, -104) ? x : tb_dd(0);
}

typedef struct Sums {
	TbDd rss, total, centred, ones;
	double n;
} Sums;

/* Schur complement of column c of z = (1, x, y) after x, together with the coefficients of that column on x */
static TbDd regress_column(const TbMoments *m, size_t c, const TbDd *factor, const bool *dropped, const double *s, double sc, TbDd *solution)
{
	TbDd *work = tb_alloc(m->p * sizeof(TbDd)), rest;

	for (uint32_t i = 0; i < m->p; i++)
		work[i] = solution[i] = scaled(tb_moment(m, i + 1, c), s[i], sc);
	rest = tb_dd_sub(scaled(tb_moment(m, c, c), sc, sc), tb_cholesky_quadratic(factor, m->p, dropped, work));
	tb_cholesky_solve(factor, m->p, dropped, solution);
	tb_free(work);
	return scaled(rest, 1 / sc, 1 / sc);
}

static void set_covariance(TbRegression *fit, const TbDd *bread, TbDd sigma2)
{
	size_t p = fit->p;

	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++)
			fit->vcov[i * p + j] = fit->aliased[i] || fit->aliased[j] ? NAN : tb_dd_value(tb_dd_mul(bread[i * p + j], sigma2));
}

static TbDd root(TbDd x)
{
	double r = sqrt(x.hi);
	TbDd rest;

	if (!(x.hi > 0))
		return tb_dd(0);
	rest = tb_dd_sub(x, tb_dd_mul_d(tb_dd(r), r));
	return tb_dd_add_d(tb_dd(r), rest.hi / (2 * r));
}

/* Standard errors, t and p from the diagonal; t of an exact fit (0 / 0 or b / 0) stays NaN */
void tb_regression_tests(TbRegression *fit, double df)
{
	for (uint32_t i = 0; i < fit->p; i++) {
		double variance = fit->vcov[(size_t)i * fit->p + i];

		fit->standard_error[i] = variance >= 0 ? sqrt(variance) : NAN;
		fit->t[i] = fit->standard_error[i] > 0 ? fit->coefficient[i] / fit->standard_error[i] : NAN;
		fit->p_value[i] = tb_t_two_sided(fit->t[i], fit->test_df ? fit->test_df[i] : df);
	}
}

static void set_quality(TbRegression *fit, const Sums *sums, TbDd log_weight)
{
	TbDd about = fit->constant ? sums->centred : sums->total, explained = tb_dd_sub(about, sums->rss);
	double free = fit->rank - fit->constant, n = sums->n;

	fit->rss = tb_dd_value(sums->rss);
	fit->r2 = about.hi > 0 ? 1 - tb_dd_value(tb_dd_div(sums->rss, about)) : NAN;
	fit->adjusted_r2 = fit->df > 0 && about.hi > 0 ? 1 - fit->rss / fit->df / (tb_dd_value(about) / (n - fit->constant)) : NAN;
	fit->f = fit->df > 0 && free > 0 && fit->rss > 0 ? tb_dd_value(tb_dd_div(tb_dd_mul_d(explained, fit->df), tb_dd_mul_d(sums->rss, free))) : NAN;
	fit->f_p = tb_f_upper(fit->f, free, fit->df);
	fit->log_likelihood = fit->rss > 0 ? -n / 2 * (LOG_2PI + log(fit->rss / n) + 1) + tb_dd_value(log_weight) / 2 : NAN;
	fit->aic = 2.0 * fit->rank - 2 * fit->log_likelihood;
	fit->bic = fit->rank * log(n) - 2 * fit->log_likelihood;
}

/* Equilibrated X'WX into a (lower triangle); false where a sum is not finite */
static bool gram(const TbMoments *m, const double *s, TbDd *a)
{
	for (uint32_t i = 0; i < m->p; i++)
		for (uint32_t j = 0; j <= i; j++) {
			a[(size_t)i * m->p + j] = scaled(tb_moment(m, i + 1, j + 1), s[i], s[j]);
			if (!isfinite(a[(size_t)i * m->p + j].hi))
				return false;
		}
	return isfinite(tb_moment(m, m->p + 1, m->p + 1).hi);
}

/* A regressor without variance is a constant: W * S_jj = S_j^2 */
static int constant_column(const TbMoments *m, const bool *dropped)
{
	TbDd weight = tb_moment(m, 0, 0);

	for (uint32_t j = 1; j <= m->p; j++) {
		TbDd square = tb_moment(m, j, j), sum = tb_moment(m, 0, j);
		TbDd spread = tb_dd_sub(tb_dd_mul(weight, square), tb_dd_mul(sum, sum));

		if (!dropped[j - 1] && !(spread.hi > TB_PIVOT_TOLERANCE * weight.hi * square.hi))
			return (int)j - 1;
	}
	return -1;
}

void tb_regression_empty(TbRegression *fit, uint32_t p)
{
	*fit = (TbRegression){.p = p};
	fit->aliased = tb_alloc_zero(p, sizeof(bool));
	fit->coefficient = nans(p);
	fit->standard_error = nans(p);
	fit->t = nans(p);
	fit->p_value = nans(p);
	fit->vcov = nans((size_t)p * p);
	fit->beta = tb_alloc_zero(p, sizeof(TbDd));
	fit->bread = tb_alloc_zero((size_t)p * p, sizeof(TbDd));
}

TbStatus tb_regression(const TbMoments *m, double tolerance, TbRegression *fit)
{
	uint32_t p = m->p;
	size_t y = p + 1;
	double *s = tb_alloc(p * sizeof(double)), *diagonal = tb_alloc(p * sizeof(double)), sy = scale(tb_moment(m, y, y).hi);
	TbDd *a = tb_alloc((size_t)p * p * sizeof(TbDd)), *constant = tb_alloc(p * sizeof(TbDd)), mean, sigma2;
	Sums sums = {.n = m->n, .total = tb_moment(m, y, y)};

	tb_regression_empty(fit, p);
	fit->n = m->n;
	if (m->n == 0)
		return TB_UNDEFINED;
	for (uint32_t i = 0; i < p; i++)
		s[i] = scale(tb_moment(m, i + 1, i + 1).hi);
	if (!gram(m, s, a))
		return TB_OUT_OF_RANGE;
	for (uint32_t i = 0; i < p; i++)
		diagonal[i] = a[(size_t)i * p + i].hi;
	fit->rank = tb_cholesky(a, p, tolerance, fit->aliased);
	fit->df = (double)m->n - fit->rank;
	fit->reciprocal_condition = tb_cholesky_condition(a, p, fit->aliased, diagonal);

	sums.rss = tb_regression_noise_cut(regress_column(m, y, a, fit->aliased, s, sy, fit->beta), sums.total, sums.n);
	sums.ones = regress_column(m, 0, a, fit->aliased, s, 1, constant);
	fit->constant = !(sums.ones.hi > tolerance * tb_moment(m, 0, 0).hi);
	fit->constant_column = constant_column(m, fit->aliased);
	mean = tb_dd_div(tb_moment(m, 0, y), tb_moment(m, 0, 0));
	sums.centred = tb_regression_noise_cut(tb_dd_sub(sums.total, tb_dd_mul(mean, tb_moment(m, 0, y))), sums.total, sums.n);
	if (fit->df <= 0)
		sums.rss = tb_dd(0);

	tb_cholesky_inverse(a, p, fit->aliased, fit->bread);
	for (uint32_t i = 0; i < p; i++) {
		fit->beta[i] = scaled(fit->beta[i], s[i], 1 / sy);
		if (!fit->aliased[i])
			fit->coefficient[i] = tb_dd_value(fit->beta[i]);
		for (uint32_t j = 0; j < p; j++)
			fit->bread[(size_t)i * p + j] = scaled(fit->bread[(size_t)i * p + j], s[i], s[j]);
	}
	fit->sigma = NAN;
	set_quality(fit, &sums, m->log_weight);
	if (fit->df > 0) {
		sigma2 = tb_dd_div(sums.rss, tb_dd(fit->df));
		fit->sigma = tb_dd_value(root(sigma2));
		set_covariance(fit, fit->bread, sigma2);
		tb_regression_tests(fit, fit->df);
	}
	return TB_OK;
}

void tb_regression_absorb(TbRegression *fit, double effects)
{
	double n = (double)fit->n, about = fit->r2 < 1 ? fit->rss / (1 - fit->r2) : NAN;

	fit->covariance = TB_WITHIN;
	fit->constant = false;
	fit->df = n - fit->rank - effects;
	for (size_t i = 0; i < (size_t)fit->p * fit->p; i++)
		fit->vcov[i] = NAN;
	fit->sigma = fit->f = fit->f_p = fit->adjusted_r2 = NAN;
	if (fit->df > 0) {
		TbDd sigma2 = tb_dd_div(tb_dd(fit->rss), tb_dd(fit->df));

		fit->sigma = tb_dd_value(root(sigma2));
		set_covariance(fit, fit->bread, sigma2);
		fit->adjusted_r2 = 1 - fit->rss / fit->df / (about / (n - effects));
		if (fit->rank > 0 && fit->rss > 0)
			fit->f = (about - fit->rss) / fit->rank / (fit->rss / fit->df);
		fit->f_p = tb_f_upper(fit->f, fit->rank, fit->df);
	}
	tb_regression_tests(fit, fit->df);
	fit->aic += 2 * effects;
	fit->bic += effects * log(n);
}

/* Wald test of all slopes, F(q, df) */
void tb_regression_wald(TbRegression *fit, double df)
{
	uint32_t q = 0, *which = tb_alloc(fit->p * sizeof(uint32_t));
	TbDd *v, *b, statistic;
	bool *dropped;

	fit->f = fit->f_p = NAN;
	for (uint32_t i = 0; i < fit->p; i++)
		if (!fit->aliased[i] && i != fit->constant_column)
			which[q++] = i;
	if (q == 0 || (fit->constant && fit->constant_column < 0))
		return;
	v = tb_alloc((size_t)q * q * sizeof(TbDd));
	b = tb_alloc(q * sizeof(TbDd));
	dropped = tb_alloc(q * sizeof(bool));
	for (uint32_t i = 0; i < q; i++) {
		b[i] = tb_dd(fit->coefficient[which[i]]);
		for (uint32_t j = 0; j <= i; j++)
			v[(size_t)i * q + j] = tb_dd(fit->vcov[(size_t)which[i] * fit->p + which[j]]);
	}
	/* the covariance is rounded to doubles: a pivot at its last bits is no pivot */
	if (tb_cholesky(v, q, 1e-13, dropped) < q)
		return;
	statistic = tb_cholesky_quadratic(v, q, dropped, b);
	fit->f = tb_dd_value(statistic) / q;
	fit->f_p = tb_f_upper(fit->f, q, df);
}

static TbDd *product(const TbDd *a, const TbDd *b, uint32_t p, bool b_lower)
{
	TbDd *c = tb_alloc((size_t)p * p * sizeof(TbDd));

	for (uint32_t i = 0; i < p; i++) {
		for (uint32_t j = 0; j < p; j++) {
			TbDd sum = {0, 0};

			for (uint32_t k = 0; k < p; k++)
				sum = tb_dd_add(sum, tb_dd_mul(a[(size_t)i * p + k], b_lower && k < j ? b[(size_t)j * p + k] : b[(size_t)k * p + j]));
			c[(size_t)i * p + j] = sum;
			tb_steps(p);
		}
	}
	return c;
}

void tb_regression_sandwich(TbRegression *fit, const TbDd *meat, double factor, double df, TbCovariance kind)
{
	uint32_t p = fit->p;
	TbDd *half, *whole;

	fit->covariance = kind;
	if (!(df > 0) || !isfinite(factor)) {
		for (size_t i = 0; i < (size_t)p * p; i++)
			fit->vcov[i] = NAN;
		tb_regression_tests(fit, NAN);
		fit->f = fit->f_p = NAN;
		return;
	}
	half = product(fit->bread, meat, p, true);
	whole = product(half, fit->bread, p, false);
	/* symmetric by construction up to rounding; the lower half decides */
	for (uint32_t i = 0; i < p; i++)
		for (uint32_t j = 0; j < i; j++)
			whole[(size_t)j * p + i] = whole[(size_t)i * p + j];
	/* residuals of an exact fit are rounding, and errors made of them would be small enough to look sure */
	set_covariance(fit, whole, tb_dd(fit->rss == 0 ? 0 : factor));
	tb_regression_tests(fit, df);
	tb_regression_wald(fit, df);
}

void tb_meat_lower(TbDd *meat, const TbDd *score, uint32_t p)
{
	for (uint32_t i = 0; i < p; i++)
		for (uint32_t j = 0; j <= i; j++)
			meat[(size_t)i * p + j] = tb_dd_add(meat[(size_t)i * p + j], tb_dd_mul(score[i], score[j]));
	tb_steps(p);
}

double tb_regression_residual(const TbDd *beta, uint32_t p, double y, const double *x)
{
	TbDd rest = tb_dd(y);

	for (uint32_t i = 0; i < p; i++)
		rest = tb_dd_sub(rest, tb_dd_mul_d(beta[i], x[i]));
	return tb_dd_value(rest);
}

double tb_regression_leverage(const TbDd *bread, uint32_t p, const double *x)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < p; i++) {
		TbDd line = tb_dd_mul_d(bread[(size_t)i * p + i], x[i]);

		for (uint32_t j = 0; j < i; j++)
			line = tb_dd_add(line, tb_dd_mul_d(bread[(size_t)i * p + j], 2 * x[j]));
		sum = tb_dd_add(sum, tb_dd_mul_d(line, x[i]));
	}
	return tb_dd_value(sum);
}

double tb_hc_square(TbCovariance kind, double residual, double leverage)
{
	double rest = 1 - leverage, square = residual * residual;

	if (kind == TB_HC0 || kind == TB_HC1)
		return square;
	if (!(rest > 1e-12))
		return NAN;
	return kind == TB_HC2 ? square / rest : square / (rest * rest);
}

double tb_hc_factor(TbCovariance kind, double n, double rank)
{
	return kind == TB_HC1 ? n / (n - rank) : 1;
}

double tb_kennedy(double coefficient, double standard_error)
{
	return expm1(coefficient - standard_error * standard_error / 2);
}

double tb_regression_at(const double *b, const double *v, const double *x, uint32_t p, double *variance)
{
	TbDd value = {0, 0}, spread = {0, 0};

	for (uint32_t i = 0; i < p; i++) {
		TbDd line = {0, 0};

		if (isnan(b[i]))
			continue;
		value = tb_dd_add(value, tb_two_product(b[i], x[i]));
		for (uint32_t j = 0; v && j < p; j++)
			if (!isnan(b[j]))
				line = tb_dd_add(line, tb_two_product(v[(size_t)i * p + j], x[j]));
		spread = tb_dd_add(spread, tb_dd_mul_d(line, x[i]));
		tb_steps(p);
	}
	*variance = v ? tb_dd_value(spread) : NAN;
	return tb_dd_value(value);
}
