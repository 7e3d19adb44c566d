/* unit test of core/benefit: by hand, bounds, zeros, scales, and against a search over all weights */
#include "../../src/core/territory/benefit.h"

#include "../../src/core/base/random.h"
#include "samples.h"

#define UNITS 25

/* Two parts: the best index over a fine row of weights; never above the exact one, and near it */
static double searched(const double *scores, size_t unit)
{
	double best = 0;

	for (int step = 0; step <= 20000; step++) {
		double a = step / 20000., reach = 0;

		for (size_t k = 0; k < UNITS; k++)
			reach = fmax(reach, a * scores[2 * k] + (1 - a) * scores[2 * k + 1]);
		best = fmax(best, (a * scores[2 * unit] + (1 - a) * scores[2 * unit + 1]) / reach);
	}
	return best;
}

int main(void)
{
	/* (4, 1) and (1, 4) lead; (2, 2) lies under their line: w = (1/5, 1/5) gives 4/5 */
	const double three[] = {4, 1, 1, 4, 2, 2}, huge[] = {4e300, 1e-300, 1e300, 4e-300, 2e300, 2e-300}, zero[] = {3, 0, 0, 0, 6, 0},
				 negative[] = {1, -1};
	const double half[] = {0.5, 0.5}, none[] = {0, 0}, third[] = {0.3, 0.3}, much[] = {0.6, 0.6}, little[] = {0.4, 0.4}, above[] = {1.5, 1};
	double index[UNITS], share[2 * UNITS], again[UNITS], scores[2 * UNITS];
	uint64_t seed = 3;
	bool near = true, adds = true;

	CHECK(tb_benefit_of_the_doubt(three, 3, 2, NULL, NULL, index, share) == TB_OK, "three units");
	CHECK(index[0] == 1 && index[1] == 1, "leaders");
	NEAR(index[2], 0.8, 1e-14, "below the line between them");
	NEAR(share[4], 0.5, 1e-14, "half of it from each part");
	CHECK(tb_benefit_of_the_doubt(huge, 3, 2, NULL, NULL, index, share) == TB_OK, "parts of very different size");
	NEAR(index[2], 0.8, 1e-14, "do not matter");
	/* equal shares: w1 4 = w2 1 for the first, so w = (t, 4t); (1, 4) gives 17 t <= 1, own index 8/17 */
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, half, half, index, share) == TB_OK, "shares of one half");
	NEAR(index[0], 8. / 17, 1e-13, "a one-sided unit loses by them");
	NEAR(index[2], 0.8, 1e-13, "an even one does not");
	NEAR(share[0], 0.5, 1e-13, "and the shares are kept");
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, third, NULL, index, share) == TB_OK, "at least 0.3 of each");
	CHECK(share[0] >= 0.3 - 1e-12 && share[1] >= 0.3 - 1e-12 && index[0] < 1, "is kept to");
	CHECK(tb_benefit_of_the_doubt(zero, 3, 2, NULL, NULL, index, share) == TB_OK && index[0] == 0.5 && index[1] == 0 && index[2] == 1,
		  "a part that is 0 everywhere, a unit of zeros");
	CHECK(isnan(share[2]) && share[4] == 1, "who has nothing has no shares");
	CHECK(tb_benefit_of_the_doubt(zero, 3, 2, third, NULL, index, share) == TB_OK && index[2] == 0 && isnan(share[4]),
		  "nor who lacks a part that must count");
	CHECK(tb_benefit_of_the_doubt(negative, 1, 2, NULL, NULL, index, share) == TB_OUT_OF_RANGE, "below 0");
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, much, NULL, index, share) == TB_INVALID, "more than all");
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, NULL, little, index, share) == TB_INVALID, "less than all");
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, half, third, index, share) == TB_INVALID, "low above high");
	CHECK(tb_benefit_of_the_doubt(three, 3, 2, none, above, index, share) == TB_INVALID, "a share above 1");
	CHECK(tb_benefit_of_the_doubt(three, 0, 2, NULL, NULL, index, share) == TB_OK, "no units");
	CHECK(tb_benefit_of_the_doubt(three, 6, 1, NULL, NULL, index, share) == TB_OK && index[0] == 1 && index[1] == 0.25 && index[4] == 0.5,
		  "one part: the part in parts of its largest");
	for (size_t i = 0; i < 2 * UNITS; i++)
		scores[i] = 1 + (double)tb_random_below(&seed, 1000);
	CHECK(tb_benefit_of_the_doubt(scores, UNITS, 2, NULL, NULL, index, share) == TB_OK, "random units");
	for (size_t i = 0; i < UNITS; i++) {
		double found = searched(scores, i);

		near &= found <= index[i] + 1e-12 && found > index[i] - 1e-4;
		adds &= fabs(share[2 * i] + share[2 * i + 1] - 1) < 1e-12;
	}
	CHECK(near, "no weights do better, and some of a fine row nearly as well");
	CHECK(adds, "shares add up to 1");
	CHECK(tb_benefit_of_the_doubt(scores, UNITS, 2, none, NULL, again, share) == TB_OK && memcmp(index, again, sizeof(index)) == 0,
		  "bounds that bind nobody");
	return unit_done();
}
