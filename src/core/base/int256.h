/* int256.h -- exact integers beyond 64 bits: checked 128-bit arithmetic, and 256-bit products that are compared and divided
 *
 * Money and weights are scaled integers of up to 127 bits (38 decimal digits). A breakpoint or remainder is a fraction of two such numbers, and
 * comparing or dividing fractions needs their products: 256 bits hold every product of two and the sum of two of them.
 */
#ifndef TB_INT256_H
#define TB_INT256_H

#include <stdbool.h>
#include <stdint.h>

/* The server's memory is aligned to 8 bytes only; the compiler must not assume 16. */
typedef __int128 TbInt __attribute__((aligned(8)));
typedef unsigned __int128 TbUint __attribute__((aligned(8)));

#define TB_INT_MAX ((TbInt)(((TbUint)1 << 127) - 1))
#define TB_INT_MIN (-TB_INT_MAX - 1)

/* 256 bits, two's complement, least significant limb first */
typedef struct TbInt256 {
	uint64_t limb[4];
} TbInt256;

/* |x|, right for TB_INT_MIN too */
static inline TbUint tb_int_abs(TbInt x)
{
	return x < 0 ? -(TbUint)x : (TbUint)x;
}

/* Number of significant bits of |x|; 0 for 0 */
static inline int tb_int_bits(TbInt x)
{
	TbUint u = tb_int_abs(x);
	uint64_t high = u >> 64, low = u;

	return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

/* Both return false on overflow and then leave *result alone. (No __builtin_mul_overflow: clang wants its own run-time library for 128 bits.) */
static inline bool tb_int_add(TbInt a, TbInt b, TbInt *result)
{
	TbInt sum = (TbInt)((TbUint)a + (TbUint)b);

	if (((a ^ sum) & (b ^ sum)) < 0)
		return false;
	*result = sum;
	return true;
}

extern bool tb_int_mul(TbInt a, TbInt b, TbInt *result);

static inline bool tb_int_sub(TbInt a, TbInt b, TbInt *result)
{
	TbInt difference = (TbInt)((TbUint)a - (TbUint)b);

	if (((a ^ b) & (a ^ difference)) < 0)
		return false;
	*result = difference;
	return true;
}

/* 10^n; n from 0 to 38 */
extern TbInt tb_int_power10(int n);
/* Largest integer <= n/d, d > 0 */
extern TbInt tb_int_floor_div(TbInt n, TbInt d);
extern TbInt tb_int_gcd(TbInt a, TbInt b);
/* n/d * 10^power as the nearest double but for about one case in 2^40; d > 0 */
extern double tb_int_ratio(TbInt n, TbInt d, int power);

extern TbInt256 tb_int256_mul(TbInt a, TbInt b);
/* a*b + c*d; right unless all four are near TB_INT_MIN */
extern TbInt256 tb_int256_dot(TbInt a, TbInt b, TbInt c, TbInt d);
extern TbInt256 tb_int256_add(TbInt256 a, TbInt256 b);
extern TbInt256 tb_int256_sub(TbInt256 a, TbInt256 b);
/* -1, 0, 1 */
extern int tb_int256_compare(TbInt256 a, TbInt256 b);
/* a/b against c/d for b, d > 0: -1, 0, 1 */
extern int tb_ratio_compare(TbInt a, TbInt b, TbInt c, TbInt d);
/* floor(n/d) for d > 0 with remainder 0 <= r < d; false when the quotient needs more than 127 bits */
extern bool tb_int256_floor_div(TbInt256 n, TbInt256 d, TbInt *quotient, TbInt256 *remainder);
/* Nearest double, ties aside: monotone, so it never turns the order of two numbers round */
extern double tb_int256_double(TbInt256 a);

static inline bool tb_int256_negative(TbInt256 a)
{
	return a.limb[3] >> 63;
}

static inline bool tb_int256_zero(TbInt256 a)
{
	return (a.limb[0] | a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

/* The wide form of a 128-bit number */
static inline TbInt256 tb_int256(TbInt a)
{
	uint64_t sign = a < 0 ? UINT64_MAX : 0;

	return (TbInt256){{(uint64_t)(TbUint)a, (uint64_t)((TbUint)a >> 64), sign, sign}};
}

#endif
