/* unit test of core/wide: identities on random numbers of every width, and a few products known by heart */
#include "../../src/core/base/int256.h"

#include <string.h>

#include "unit.h"

static uint64_t seed = 88172645463325252u;

static uint64_t next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

/* Any width from 0 to `bits`, either sign, often with runs of ones and zeros, where carries go wrong */
static TbInt random_int(int bits)
{
	int width = next() % (bits + 1);
	TbUint x = (TbUint)next() << 64 | next();

	if (next() % 4 == 0)
		x = -(TbUint)1 << (next() % 100);
	if (next() % 4 == 0)
		x = ~x;
	x = width ? x & (~(TbUint)0 >> (128 - width)) : 0;
	return next() & 1 ? (TbInt)x : -(TbInt)x;
}

static bool equal(TbInt256 a, TbInt256 b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

static void division(void)
{
	bool identity = true, range = true, overflow = true;

	for (int i = 0; i < 200000; i++) {
		TbInt q = random_int(126), r, got, a = random_int(127), b = random_int(120);
		TbInt256 d = i % 2 ? tb_int256(b) : tb_int256_mul(b, i % 4 ? 1 : 3), n, rest, back;

		if (tb_int256_negative(d) || tb_int256_zero(d))
			continue;
		n = tb_int256_add(tb_int256_mul(q, b < 0 ? -b : b), tb_int256(a));
		if (!tb_int256_floor_div(n, d, &got, &rest)) {
			overflow = overflow && fabs(tb_int256_double(n) / tb_int256_double(d)) > 0x1p126;
			continue;
		}
		range = range && !tb_int256_negative(rest) && tb_int256_compare(rest, d) < 0;
		/* d has at most 122 bits here, so it is a TbInt again */
		r = (TbInt)((TbUint)d.limb[1] << 64 | d.limb[0]);
		back = tb_int256_add(tb_int256_mul(got, r), rest);
		identity = identity && equal(back, n);
	}
	CHECK(identity, "quotient * divisor + remainder is the dividend");
	CHECK(range, "0 <= remainder < divisor");
	CHECK(overflow, "refuses only quotients beyond 127 bits");
}

/* Divisors of three and four limbs */
static void long_division(void)
{
	bool identity = true;

	for (int i = 0; i < 100000; i++) {
		TbInt256 d = tb_int256_mul(random_int(125) | 1, random_int(125) | 1), n, rest, product = {{0}};
		TbInt q = random_int(3), got;
		TbInt256 r = tb_int256_mul(random_int(100), random_int(100));

		if (tb_int256_negative(d))
			d = tb_int256_sub((TbInt256){{0}}, d);
		n = r;
		for (TbInt k = 0; k < (q < 0 ? -q : q); k++)
			n = q < 0 ? tb_int256_sub(n, d) : tb_int256_add(n, d);
		if (!tb_int256_floor_div(n, d, &got, &rest) || got != (int64_t)got || got > 1000000 || got < -1000000)
			continue;
		for (TbInt k = 0; k < (got < 0 ? -got : got) && k < 1000; k++)
			product = got < 0 ? tb_int256_sub(product, d) : tb_int256_add(product, d);
		if (got < 1000 && got > -1000)
			identity = identity && equal(tb_int256_add(product, rest), n) && tb_int256_compare(rest, d) < 0 && !tb_int256_negative(rest);
	}
	CHECK(identity, "long divisors");
}

static void products(void)
{
	bool square = true, checked = true, order = true, monotone = true, sums = true;

	for (int i = 0; i < 200000; i++) {
		TbInt a = random_int(127), b = random_int(127), c = random_int(127), d = random_int(127), p;
		/* (a+b)(a-b) = aa - bb, in halves so that the sums fit */
		TbInt h = a / 2, k = b / 2;

		square = square && equal(tb_int256_mul(h + k, h - k), tb_int256_sub(tb_int256_mul(h, h), tb_int256_mul(k, k)));
		if (tb_int_mul(a, b, &p))
			checked = checked && equal(tb_int256(p), tb_int256_mul(a, b));
		else
			checked = checked && tb_int_bits(a) + tb_int_bits(b) > 126;
		sums = sums && tb_int_add(a, b, &p) == !((b > 0 && a > TB_INT_MAX - b) || (b < 0 && a < TB_INT_MIN - b));
		sums = sums && tb_int_sub(a, b, &p) == !((b < 0 && a > TB_INT_MAX + b) || (b > 0 && a < TB_INT_MIN + b));
		if (b > 0 && d > 0) {
			double x = tb_int_ratio(a, b, 0), y = tb_int_ratio(c, d, 0);
			int sign = tb_ratio_compare(a, b, c, d);

			if (fabs(x - y) > 1e-12 * (fabs(x) + fabs(y)))
				order = order && sign == (x > y) - (x < y);
			order = order && sign == -tb_ratio_compare(c, d, a, b) && tb_ratio_compare(a, b, a, b) == 0;
		}
		TbInt256 w = tb_int256_mul(a, b), v = tb_int256_mul(c, d);
		int sign = tb_int256_compare(w, v);

		if (sign)
			monotone = monotone && (tb_int256_double(w) - tb_int256_double(v)) * sign >= 0;
		monotone = monotone && fabs(tb_int256_double(w) - (double)a * (double)b) <= 1e-15 * fabs((double)a * (double)b);
	}
	CHECK(square, "(a+b)(a-b) = aa - bb");
	CHECK(checked, "a product is exact or refused");
	CHECK(sums, "a sum is exact or refused");
	CHECK(order, "fractions compare as their values do");
	CHECK(monotone, "the double keeps the order");
}

int main(void)
{
	TbInt x;

	division();
	long_division();
	products();
	CHECK(!tb_int_mul(TB_INT_MIN, -1, &x) && tb_int_mul(TB_INT_MIN, 1, &x) && x == TB_INT_MIN, "the smallest integer");
	CHECK(!tb_int_mul(tb_int_power10(20), tb_int_power10(19), &x), "10^39 is too large");
	CHECK(tb_int_mul(tb_int_power10(19), tb_int_power10(19), &x) && x == tb_int_power10(38), "10^38 fits");
	CHECK(tb_int_gcd(tb_int_power10(30), 3 * tb_int_power10(12)) == tb_int_power10(12), "gcd");
	CHECK(tb_int_floor_div(-7, 2) == -4 && tb_int_floor_div(-8, 2) == -4 && tb_int_floor_div(7, 2) == 3, "floor division");
	NEAR(tb_int_ratio(1, 3, 0), 1.0 / 3, 0, "1/3 is the nearest double");
	NEAR(tb_int_ratio(1, 1, -30), 1e-30, 0, "power of ten");
	NEAR(tb_int_ratio(TB_INT_MAX, 1, 0), 0x1p127, 0, "the largest integer");
	CHECK(tb_int_bits(0) == 0 && tb_int_bits(-1) == 1 && tb_int_bits(TB_INT_MAX) == 127, "bits");
	return unit_done();
}
