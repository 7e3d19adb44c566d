/* ascend.c -- insertion for short lists, byte-wise radix for long ones: no comparisons, no worst case, ticks on the way */
#include "ascend.h"

#include <stdint.h>
#include <string.h>

#include "host.h"

#define SHORT 64
#define TICK 16384

static void insertion(double *x, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		double value = x[i];
		size_t j = i;

		for (; j > 0 && x[j - 1] > value; j--)
			x[j] = x[j - 1];
		x[j] = value;
	}
}

static uint64_t bits(double x)
{
	uint64_t word;

	memcpy(&word, &x, 8);
	return word;
}

/* One pass per byte in which the numbers differ */
static void radix(double *x, double *scratch, size_t n)
{
	static const int bytes = 8;
	size_t count[8][256];
	double *from = x, *to = scratch;

	memset(count, 0, sizeof count);
	for (size_t i = 0; i < n; i++) {
		uint64_t word = bits(x[i]);

		for (int b = 0; b < bytes; b++)
			count[b][word >> (8 * b) & 255]++;
		if (i % TICK == TICK - 1)
			tb_tick();
	}
	for (int b = 0; b < bytes; b++) {
		size_t *next = count[b], start = 0;
		double *swap = from;

		if (next[bits(x[0]) >> (8 * b) & 255] == n)
			continue;
		for (int value = 0; value < 256; value++) {
			size_t here = next[value];

			next[value] = start;
			start += here;
		}
		for (size_t i = 0; i < n; i++) {
			to[next[bits(from[i]) >> (8 * b) & 255]++] = from[i];
			if (i % TICK == TICK - 1)
				tb_tick();
		}
		from = to;
		to = swap;
	}
	if (from != x)
		memcpy(x, from, n * sizeof(double));
}

void tb_ascend(double *x, double *scratch, size_t n)
{
	if (n <= SHORT)
		insertion(x, n);
	else
		radix(x, scratch, n);
}
