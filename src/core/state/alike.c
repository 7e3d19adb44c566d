/* alike.c -- which words are low parts, and how far those of equal sums may lie apart */
#include "alike.h"

#include <math.h>
#include <string.h>

#include "../base/step.h"

static double number(uint64_t word)
{
	double x;

	memcpy(&x, &word, 8);
	return x;
}

/* What additions leave beside hi: 0, or a number below its last digit that is not so small that it may be a count */
static bool low_part(double lo, double hi)
{
	return lo == 0 || (fpclassify(lo) == FP_NORMAL && fabs(lo) <= ldexp(fabs(hi), -52));
}

/* The word of the high part that word i would belong to; i where it is no low part */
static uint64_t high_part(TbShapeCode shape, uint64_t i, uint64_t words)
{
	uint64_t cells = words < 4 ? 0 : (words - 4) / 2;

	switch (shape) {
	case TB_SHAPE_MOMENT: /* n, p, the logarithm's pair, all high parts, all low parts */
		return i == 3 ? 2 : i >= 4 + cells && i < words ? i - cells : i;
	case TB_SHAPE_LINKAGE:
	case TB_SHAPE_EVENT:
	case TB_SHAPE_COVERAGE:
	case TB_SHAPE_URBANISATION:
	case TB_SHAPE_ACCESSIBILITY:
	case TB_SHAPE_DEPRIVATION: /* pairs side by side */
		return i ? i - 1 : i;
	default:
		return i;
	}
}

bool tb_words_alike(TbShapeCode shape, const uint64_t *a, const uint64_t *b, uint64_t words)
{
	for (uint64_t i = 0; i < words; i++, tb_step()) {
		uint64_t at = high_part(shape, i, words);
		double hi, x, y;

		if (a[i] == b[i])
			continue;
		if (at == i || a[at] != b[at])
			return false;
		hi = number(a[at]), x = number(a[i]), y = number(b[i]);
		if (!low_part(x, hi) || !low_part(y, hi) || !(fabs(x - y) <= ldexp(fabs(hi), -90)))
			return false;
	}
	return true;
}
