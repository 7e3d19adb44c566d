/* rate_of_return.c -- zeros of sums of exponentials, one change of sign at a time */
#include "rate_of_return.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "dd.h"
#include "host.h"

/* value(u) at one stage: amount_i * exp(more_i) * exp(-u year_i), of which only the sign is wanted */
typedef struct Stage {
	size_t n;
	double *year, *amount, *log, *more; /* log: of |amount| */
	int *sign;                          /* of the term at this stage */
} Stage;

static int sign_of(double x)
{
	return (x > 0) - (x < 0);
}

/* Payments that are there, years that differ by more than rounding, the largest amount near 1 */
static Stage first_stage(const TbPayments *p)
{
	Stage s = {0,
			   tb_alloc((p->n + 1) * sizeof(double)),
			   tb_alloc((p->n + 1) * sizeof(double)),
			   tb_alloc((p->n + 1) * sizeof(double)),
			   tb_alloc_zero(p->n + 1, sizeof(double)),
			   tb_alloc((p->n + 1) * sizeof(int))};
	double largest = 0;
	int exponent;

	for (size_t i = 0; i < p->n; i++)
		largest = fmax(largest, fabs(p->amount[i]));
	(void)frexp(largest, &exponent);
	for (size_t i = 0; i < p->n; i++) {
		double amount = ldexp(p->amount[i], -exponent), year = p->year[i];

		if (s.n > 0 && year - s.year[s.n - 1] <= 8 * DBL_EPSILON * fmax(fabs(year), fabs(s.year[s.n - 1])))
			s.amount[s.n - 1] += amount;
		else if (amount != 0) {
			s.year[s.n] = year;
			s.amount[s.n++] = amount;
		}
		if (s.n > 0 && s.amount[s.n - 1] == 0)
			s.n--;
	}
	for (size_t i = 0; i < s.n; i++) {
		s.log[i] = log(fabs(s.amount[i]));
		s.sign[i] = sign_of(s.amount[i]);
	}
	return s;
}

/* The largest term is the measure of the others, so that nothing overflows and only what does not matter is lost. noise: what rounding may have added */
static double value_at(const Stage *s, double u, double *noise)
{
	size_t top = 0, from = u < 0 ? s->n - 1 : 0;
	double best = -INFINITY;
	TbDd sum = tb_dd(0);

	for (size_t i = 0; i < s->n; i++) {
		double size = s->log[i] + s->more[i] - u * (s->year[i] - s->year[from]);

		if (size > best) {
			best = size;
			top = i;
		}
	}
	*noise = 0;
	for (size_t i = 0; i < s->n; i++) {
		double power = s->more[i] - s->more[top] - u * (s->year[i] - s->year[top]), term = fabs(s->amount[i]) * exp(power);

		sum = tb_dd_add_d(sum, s->sign[i] * term);
		*noise += term * (2 + (term > 0 ? fabs(power) : 0)) * DBL_EPSILON;
	}
	tb_tick();
	return tb_dd_value(sum);
}

/* Beyond this u the first term outweighs all others together; below the other the last one does */
static void bounds(const Stage *s, double *low, double *high)
{
	size_t last = s->n - 1;

	*low = *high = 0;
	for (size_t i = 1; i <= last; i++)
		*high = fmax(*high, (log((double)s->n) + s->log[i] + s->more[i] - s->log[0] - s->more[0]) / (s->year[i] - s->year[0]));
	for (size_t i = 0; i < last; i++)
		*low = fmin(*low, (log((double)s->n) + s->log[i] + s->more[i] - s->log[last] - s->more[last]) / (s->year[i] - s->year[last]));
	*low -= 1;
	*high += 1;
}

static double bisect(const Stage *s, double low, double high, int at_low)
{
	for (;;) {
		double middle = low + (high - low) / 2, noise;
		int here;

		if (middle <= low || middle >= high)
			return at_low == 0 ? low : middle;
		here = sign_of(value_at(s, middle, &noise));
		if (here == 0)
			return middle;
		if (here == at_low)
			low = middle;
		else
			high = middle;
	}
}

typedef struct Parts {
	double *u;
	int *sign;
	size_t n;
} Parts;

static void put(Parts *parts, double u, int sign)
{
	/* two zeros with nothing between them are one; 0 itself is exact */
	if (parts->n > 0 && sign == 0 && parts->sign[parts->n - 1] == 0) {
		if (u == 0)
			parts->u[parts->n - 1] = 0;
		return;
	}
	parts->u[parts->n] = u;
	parts->sign[parts->n++] = sign;
}

/* Where the stage's zeros can be: between the zeros of the next stage, each piece at most one. u = 0 is a border of the last stage, with its exact sign. */
static Parts parts_of(const Stage *s, const double *border, size_t borders, bool last, int at_zero)
{
	Parts parts = {tb_alloc((borders + 3) * sizeof(double)), tb_alloc((borders + 3) * sizeof(int)), 0};
	double low, high;
	bool zero = !last;

	bounds(s, &low, &high);
	put(&parts, low, s->sign[s->n - 1]);
	for (size_t i = 0; i <= borders; i++) {
		double u = i < borders ? border[i] : high, noise, value;

		if (!zero && u >= 0) {
			put(&parts, 0, at_zero);
			zero = true;
		}
		if (i == borders || u <= low || u >= high || (last && u == 0))
			continue;
		value = value_at(s, u, &noise);
		put(&parts, u, last && fabs(value) <= noise ? 0 : sign_of(value));
	}
	put(&parts, high, s->sign[0]);
	return parts;
}

static size_t zeros_of(const Stage *s, double *zero, size_t zeros, bool last, int at_zero)
{
	Parts parts = parts_of(s, zero, zeros, last, at_zero);
	size_t n = 0;

	for (size_t i = 0; i < parts.n; i++) {
		if (parts.sign[i] == 0)
			zero[n++] = parts.u[i];
		else if (i + 1 < parts.n && parts.sign[i] * parts.sign[i + 1] < 0)
			zero[n++] = bisect(s, parts.u[i], parts.u[i + 1], parts.sign[i]);
	}
	tb_free(parts.u);
	tb_free(parts.sign);
	return n;
}

/* One stage on: the first change of sign is taken away by a year s between its two; returns false where there is none */
static bool step(Stage *s, double *between)
{
	size_t i = 0;

	while (i + 1 < s->n && s->sign[i] == s->sign[i + 1])
		i++;
	if (i + 1 >= s->n)
		return false;
	*between = s->year[i] + (s->year[i + 1] - s->year[i]) / 2;
	for (size_t k = 0; k < s->n; k++) {
		s->more[k] += log(fabs(*between - s->year[k]));
		s->sign[k] *= k <= i ? 1 : -1;
	}
	return true;
}

static void step_back(Stage *s, double between, bool last)
{
	for (size_t k = 0; k < s->n; k++) {
		s->more[k] = last ? 0 : s->more[k] - log(fabs(between - s->year[k]));
		s->sign[k] *= s->year[k] < between ? 1 : -1;
	}
}

void tb_rates_of_return(const TbPayments *payments, double **rates, size_t *n)
{
	Stage s = first_stage(payments);
	double *between = tb_alloc((payments->n + 1) * sizeof(double)), *zero = tb_alloc((payments->n + 4) * sizeof(double));
	size_t stages = 0, zeros = 0;

	while (s.n > 0 && step(&s, between + stages))
		stages++;
	for (size_t k = stages; k > 0; k--) {
		step_back(&s, between[k - 1], k == 1);
		zeros = zeros_of(&s, zero, zeros, k == 1, payments->sum);
	}
	*rates = tb_alloc((zeros + 1) * sizeof(double));
	*n = 0;
	for (size_t i = 0; i < zeros; i++) {
		double rate = expm1(zero[i] / payments->unit);

		if (isfinite(rate))
			(*rates)[(*n)++] = fmax(rate, nextafter(-1, 0)) + 0.0;
	}
	tb_free(between);
	tb_free(zero);
}

double tb_rate_of_return(const double *rates, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rates[i] >= 0)
			return rates[i];
	return n > 0 ? rates[n - 1] : NAN;
}
