/* dd.h -- double-double arithmetic: an unevaluated sum hi + lo with |lo| <= ulp(hi)/2, about 106 bits
 *
 * Error-free transformations after Dekker 1971 and Knuth (TAOCP 2, 4.2.2); needs round-to-nearest, no contraction (-ffp-contract=off), no fast-math.
 */
#ifndef TB_DD_H
#define TB_DD_H

#include <math.h>
#include <stdint.h>

typedef struct TbDd {
	double hi, lo;
} TbDd;

static inline TbDd tb_dd(double x)
{
	return (TbDd){x, 0};
}

static inline TbDd tb_two_sum(double a, double b)
{
	double s = a + b, v = s - a;

	return (TbDd){s, (a - (s - v)) + (b - v)};
}

static inline TbDd tb_quick_two_sum(double a, double b)
{
	double s = a + b;

	return (TbDd){s, b - (s - a)};
}

static inline TbDd tb_two_product(double a, double b)
{
	double ta = 134217729.0 * a, tb = 134217729.0 * b, p = a * b;
	double ah = ta - (ta - a), bh = tb - (tb - b), al = a - ah, bl = b - bh;

	return (TbDd){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline TbDd tb_dd_add_d(TbDd a, double b)
{
	TbDd s = tb_two_sum(a.hi, b);

	return tb_quick_two_sum(s.hi, s.lo + a.lo);
}

static inline TbDd tb_dd_add(TbDd a, TbDd b)
{
	TbDd s = tb_two_sum(a.hi, b.hi), t = tb_two_sum(a.lo, b.lo);

	s = tb_quick_two_sum(s.hi, s.lo + t.hi);
	return tb_quick_two_sum(s.hi, s.lo + t.lo);
}

static inline TbDd tb_dd_neg(TbDd a)
{
	return (TbDd){-a.hi, -a.lo};
}

static inline TbDd tb_dd_sub(TbDd a, TbDd b)
{
	return tb_dd_add(a, tb_dd_neg(b));
}

static inline TbDd tb_dd_mul_d(TbDd a, double b)
{
	TbDd p = tb_two_product(a.hi, b);

	return tb_quick_two_sum(p.hi, p.lo + a.lo * b);
}

static inline TbDd tb_dd_mul(TbDd a, TbDd b)
{
	TbDd p = tb_two_product(a.hi, b.hi);

	return tb_quick_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline TbDd tb_dd_div(TbDd a, TbDd b)
{
	double q1 = a.hi / b.hi, q2, q3;
	TbDd r = tb_dd_sub(a, tb_dd_mul_d(b, q1));

	q2 = r.hi / b.hi;
	r = tb_dd_sub(r, tb_dd_mul_d(b, q2));
	q3 = r.hi / b.hi;
	return tb_dd_add_d(tb_quick_two_sum(q1, q2), q3);
}

/* a_1 x_1 + ... + a_n x_n, in this order */
static inline TbDd tb_dd_dot(const TbDd *a, const double *x, uint32_t n)
{
	TbDd sum = {0, 0};

	for (uint32_t i = 0; i < n; i++)
		sum = tb_dd_add(sum, tb_dd_mul_d(a[i], x[i]));
	return sum;
}

static inline double tb_dd_value(TbDd a)
{
	return a.hi + a.lo;
}

#endif
