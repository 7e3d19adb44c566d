/* unit test of core/alike: low parts that addition in another order leaves, and everything else that must not pass for one */
#include "../../src/core/state/alike.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static uint64_t word(double x)
{
	uint64_t w;

	memcpy(&w, &x, 8);
	return w;
}

int main(void)
{
	/* n, p, log (hi, lo), two high parts, two low parts */
	uint64_t a[8] = {5, 1, word(2), word(1e-17), word(1000), word(3), word(1e-14), word(0)}, b[8];

	memcpy(b, a, sizeof a);
	CHECK(tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "itself");
	b[6] = word(1e-14 + ldexp(1000, -100));
	CHECK(tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "the last bits of a low part");
	CHECK(!tb_words_alike(TB_SHAPE_SAMPLE, a, b, 8), "a sample has no low parts");
	b[6] = word(1e-14 + ldexp(1000, -80));
	CHECK(!tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "another sum");
	memcpy(b, a, sizeof a);
	b[7] = word(ldexp(3, -110));
	CHECK(tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "nothing against almost nothing");
	b[7] = 7;
	CHECK(!tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "a whole number is no low part");
	memcpy(b, a, sizeof a);
	b[5] = word(nextafter(3, 4));
	CHECK(!tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "a high part");
	memcpy(b, a, sizeof a);
	b[0] = 6;
	CHECK(!tb_words_alike(TB_SHAPE_MOMENT, a, b, 8), "one row more");
	memcpy(b, a, sizeof a);
	b[3] = word(1e-17 + ldexp(2, -95));
	CHECK(tb_words_alike(TB_SHAPE_MOMENT, a, b, 8) && tb_words_alike(TB_SHAPE_LINKAGE, a, b, 8), "the logarithm's low part, and pairs side by side");
	b[4] = word(NAN);
	CHECK(!tb_words_alike(TB_SHAPE_LINKAGE, a, b, 8), "no number");
	CHECK(tb_words_alike(TB_SHAPE_MOMENT, a, b, 0), "nothing");
	return unit_done();
}
