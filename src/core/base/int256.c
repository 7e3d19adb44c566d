/* int256.c -- 128- and 256-bit integers: schoolbook products, and long division after Knuth (TAOCP 2, 4.3.1, algorithm D) */
#include "int256.h"

#include <math.h>

#include "dd.h"

/* |a|*|b| as four limbs */
static TbInt256 multiply(TbUint a, TbUint b)
{
	uint64_t a0 = a, a1 = a >> 64, b0 = b, b1 = b >> 64;
	TbUint low = (TbUint)a0 * b0, m1 = (TbUint)a1 * b0, m2 = (TbUint)a0 * b1, high = (TbUint)a1 * b1;
	TbUint middle = (low >> 64) + (uint64_t)m1 + (uint64_t)m2;

	high += (m1 >> 64) + (m2 >> 64) + (middle >> 64);
	return (TbInt256){{(uint64_t)low, (uint64_t)middle, (uint64_t)high, (uint64_t)(high >> 64)}};
}

static TbInt256 negate(TbInt256 a)
{
	return tb_int256_sub((TbInt256){{0}}, a);
}

TbInt256 tb_int256_add(TbInt256 a, TbInt256 b)
{
	TbUint carry = 0;

	for (int i = 0; i < 4; i++) {
		carry += (TbUint)a.limb[i] + b.limb[i];
		a.limb[i] = carry;
		carry >>= 64;
	}
	return a;
}

TbInt256 tb_int256_sub(TbInt256 a, TbInt256 b)
{
	uint64_t borrow = 0;

	for (int i = 0; i < 4; i++) {
		TbUint difference = (TbUint)a.limb[i] - b.limb[i] - borrow;

		a.limb[i] = difference;
		borrow = (uint64_t)(difference >> 64) & 1;
	}
	return a;
}

TbInt256 tb_int256_mul(TbInt a, TbInt b)
{
	TbInt256 product = multiply(tb_int_abs(a), tb_int_abs(b));

	return (a < 0) != (b < 0) ? negate(product) : product;
}

TbInt256 tb_int256_dot(TbInt a, TbInt b, TbInt c, TbInt d)
{
	return tb_int256_add(tb_int256_mul(a, b), tb_int256_mul(c, d));
}

int tb_int256_compare(TbInt256 a, TbInt256 b)
{
	if (tb_int256_negative(a) != tb_int256_negative(b))
		return tb_int256_negative(a) ? -1 : 1;
	for (int i = 3; i >= 0; i--)
		if (a.limb[i] != b.limb[i])
			return a.limb[i] < b.limb[i] ? -1 : 1;
	return 0;
}

int tb_ratio_compare(TbInt a, TbInt b, TbInt c, TbInt d)
{
	if (a == (int64_t)a && b == (int64_t)b && c == (int64_t)c && d == (int64_t)d) {
		TbInt left = a * d, right = c * b;

		return (left > right) - (left < right);
	}
	return tb_int256_compare(tb_int256_mul(a, d), tb_int256_mul(c, b));
}

bool tb_int_mul(TbInt a, TbInt b, TbInt *result)
{
	TbInt256 product;
	TbInt low;

	if (a == (int64_t)a && b == (int64_t)b) {
		*result = a * b;
		return true;
	}
	product = tb_int256_mul(a, b);
	low = (TbInt)((TbUint)product.limb[1] << 64 | product.limb[0]);
	if (tb_int256_compare(product, tb_int256(low)) != 0)
		return false;
	*result = low;
	return true;
}

TbInt tb_int_power10(int n)
{
	TbInt power = 1, base = 10;

	for (; n; n >>= 1) {
		if (n & 1)
			power *= base;
		if (n > 1)
			base *= base;
	}
	return power;
}

TbInt tb_int_floor_div(TbInt n, TbInt d)
{
	TbInt q = n / d;

	return q - (q * d > n);
}

TbInt tb_int_gcd(TbInt a, TbInt b)
{
	TbUint x = tb_int_abs(a), y = tb_int_abs(b);

	while (y) {
		TbUint r = x % y;

		x = y;
		y = r;
	}
	return (TbInt)x;
}

/* An integer as an unevaluated sum of two doubles; 106 of its bits */
static TbDd int_dd(TbInt x)
{
	double hi = (double)x;

	return tb_quick_two_sum(hi, hi >= 0x1p127 ? -(double)(((TbUint)1 << 127) - (TbUint)x) : (double)(x - (TbInt)hi));
}

double tb_int_ratio(TbInt n, TbInt d, int power)
{
	TbDd ratio = tb_dd_div(int_dd(n), int_dd(d));

	for (; power > 0; power -= power < 22 ? power : 22)
		ratio = tb_dd_mul_d(ratio, (double)tb_int_power10(power < 22 ? power : 22));
	for (; power < 0; power += -power < 22 ? -power : 22)
		ratio = tb_dd_div(ratio, tb_dd((double)tb_int_power10(-power < 22 ? -power : 22)));
	return tb_dd_value(ratio);
}

double tb_int256_double(TbInt256 a)
{
	bool negative = tb_int256_negative(a);
	double x;
	int top = 3;

	if (negative)
		a = negate(a);
	while (top > 0 && a.limb[top] == 0)
		top--;
	x = (double)a.limb[top];
	if (top > 0) {
		/* 64 leading bits and a sticky bit: one rounding, so monotone */
		int shift = __builtin_clzll(a.limb[top]);
		uint64_t leading = shift ? a.limb[top] << shift | a.limb[top - 1] >> (64 - shift) : a.limb[top];
		bool rest = shift ? a.limb[top - 1] << shift : a.limb[top - 1];

		for (int i = top - 2; i >= 0; i--)
			rest |= a.limb[i] != 0;
		x = ldexp((double)(leading | rest), 64 * top - shift);
	}
	return negative ? -x : x;
}

static int limbs(TbInt256 a)
{
	int n = 4;

	while (n > 0 && a.limb[n - 1] == 0)
		n--;
	return n;
}

/* v shifted left by 0 to 63 bits, with the limb that spills over */
static void shift_left(const TbInt256 *v, int shift, uint64_t out[5])
{
	out[4] = 0;
	for (int i = 3; i >= 0; i--) {
		out[i + 1] |= shift ? v->limb[i] >> (64 - shift) : 0;
		out[i] = v->limb[i] << shift;
	}
}

/* One quotient digit of algorithm D: divides u[0..n] by v[0..n-1] with top bit set, leaves the remainder in u.
 *
 * The part above u[0] is less than v, so the digit fits 64 bits. The guess from the two leading limbs is never too small and, as v's top bit is set, at most
 * two too large (Knuth's theorem B); the next limb of v takes almost every excess away (the loop), and what is left shows as a borrow: then the guess was one
 * too large and v is added back. `rest` is top - guess * v[n-1]; once it no longer fits a limb the guess cannot be too large by this test. */
static uint64_t digit(uint64_t *u, const uint64_t *v, int n)
{
	TbUint top = (TbUint)u[n] << 64 | u[n - 1];
	TbUint guess = u[n] >= v[n - 1] ? (TbUint)UINT64_MAX : top / v[n - 1];
	TbUint rest = top - guess * v[n - 1], carry = 0;
	uint64_t borrow = 0;

	while (rest >> 64 == 0 && n > 1 && guess * v[n - 2] > (rest << 64 | u[n - 2])) {
		guess--;
		rest += v[n - 1];
	}
	for (int i = 0; i <= n; i++) {
		TbUint difference;

		carry += i < n ? guess * v[i] : 0;
		difference = (TbUint)u[i] - (uint64_t)carry - borrow;
		u[i] = difference;
		borrow = (uint64_t)(difference >> 64) & 1;
		carry >>= 64;
	}
	if (borrow) {
		guess--;
		carry = 0;
		for (int i = 0; i <= n; i++) {
			carry += (TbUint)u[i] + (i < n ? v[i] : 0);
			u[i] = carry;
			carry >>= 64;
		}
	}
	return guess;
}

/* Unsigned long division; n below 2^255 */
static TbInt256 divide(TbInt256 n, TbInt256 d, TbInt256 *remainder)
{
	int nd = limbs(d), shift = __builtin_clzll(d.limb[nd - 1]);
	uint64_t u[5], v[5];
	TbInt256 quotient = {{0}};

	shift_left(&n, shift, u);
	shift_left(&d, shift, v);
	for (int j = 4 - nd; j >= 0; j--)
		quotient.limb[j] = digit(u + j, v, nd);
	for (int i = 0; i < 4; i++)
		remainder->limb[i] = i < nd ? u[i] >> shift | (shift ? u[i + 1] << (64 - shift) : 0) : 0;
	return quotient;
}

bool tb_int256_floor_div(TbInt256 n, TbInt256 d, TbInt *quotient, TbInt256 *remainder)
{
	bool negative = tb_int256_negative(n);
	TbInt256 q = divide(negative ? negate(n) : n, d, remainder);
	TbUint low = (TbUint)q.limb[1] << 64 | q.limb[0];

	if (q.limb[2] || q.limb[3] || low >> 127)
		return false;
	*quotient = (TbInt)low;
	if (negative) {
		*quotient = -*quotient;
		if (!tb_int256_zero(*remainder)) {
			*quotient -= 1;
			*remainder = tb_int256_sub(d, *remainder);
		}
	}
	return true;
}
