/* random.h -- random numbers: one seed, one sequence, on every machine
 *
 * SplitMix64 (Steele, Lea & Flood 2014; Vigna's constants, public domain). Results for a seed are part of what users publish: never change them.
 */
#ifndef TB_RANDOM_H
#define TB_RANDOM_H

#include <stdint.h>

static inline uint64_t tb_random_bits(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* 0 .. n - 1, each exactly as likely (Lemire 2019) */
static inline uint64_t tb_random_below(uint64_t *state, uint64_t n)
{
	unsigned __int128 product = (unsigned __int128)tb_random_bits(state) * n;

	if ((uint64_t)product < n)
		while ((uint64_t)product < -n % n)
			product = (unsigned __int128)tb_random_bits(state) * n;
	return (uint64_t)(product >> 64);
}

/* 0 .. n - 1 from 32 bits, for shuffles: no value is more likely than another by more than n / 2^32 of its chance */
static inline uint32_t tb_random_place(uint64_t *state, uint32_t n)
{
	return (uint32_t)(((tb_random_bits(state) >> 32) * n) >> 32);
}

#endif
