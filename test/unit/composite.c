/* unit test of core/composite: the numbers of COINr's own test suite (bluefoxr/COINr @b9682034, tests/testthat, MIT) */
#include "../../src/core/territory/composite.h"

#include <string.h>

#include "unit.h"

static double normalised(const double *x, size_t n, size_t i, TbNormalisation method, int direction, const double *parameters, int count)
{
	double copy[16], result = NAN;
	TbIndicator indicator;

	memcpy(copy, x, n * sizeof(double));
	tb_indicator(copy, n, &indicator);
	return tb_normalised(&indicator, x[i], method, direction, parameters, count, &result) == TB_OK ? result : NAN;
}

static double folded(const double *x, const double *w, int n, TbAggregation aggregation, double power)
{
	double result;
	int at = -1;

	return tb_composite_index(x, w, n, aggregation, power, &result, &at) == TB_OK ? result : NAN;
}

/* What COINr does not ask: scales other than 1, goals out of place, the remaining means */
static void by_hand(void)
{
	const double x[] = {1, 5, 10}, ones[] = {1, 1, 1}, heavy[] = {1, 1, 2}, scores[] = {1, 2, 3}, nought[] = {1, 4, 0}, minus[] = {1, 2, -1};
	const double scaled[] = {4, 12, 5}, equal[] = {4, 4}, worst[] = {1}, below[] = {0}, reference[] = {9}, to[] = {10, 30};
	const double a[] = {1, 2, 7}, b[] = {1, 3, 6}, offset[] = {1e15, 1e15 + 1, 1e15 + 2};
	const double huge[] = {1e300, 2e300, 3e300}, tiny[] = {1e-300, 2e-300, 3e-300};
	double copy[] = {10, 1, 5}, r;
	TbIndicator indicator;

	NEAR(normalised(x, 3, 2, TB_GOALPOSTS, 1, scaled, 3), 3.75, 1e-14, "three quarters of the way from 4 to 12, times 5");
	NEAR(normalised(x, 3, 2, TB_GOALPOSTS, 1, scaled, 2), 0.75, 1e-14, "without a scale");
	NEAR(normalised(x, 3, 2, TB_GOALPOSTS, -1, scaled, 3), 1.25, 1e-14, "mirrored");
	NEAR(normalised(x, 3, 1, TB_DISTANCE_TO_MAX, 1, NULL, 0), 4. / 9, 1e-14, "distance to the maximum");
	NEAR(normalised(x, 3, 1, TB_DISTANCE_TO_MAX, -1, NULL, 0), 5. / 9, 1e-14, "to the minimum");
	NEAR(normalised(x, 3, 1, TB_DISTANCE_TO_REFERENCE, 1, reference, 1), 0.5, 1e-14, "half of the way to 9");
	NEAR(normalised(x, 3, 2, TB_DISTANCE_TO_REFERENCE, 1, reference, 1), 9. / 8, 1e-14, "and beyond it");
	NEAR(normalised(x, 3, 1, TB_MIN_MAX, 1, NULL, 0), 4. / 9, 1e-14, "min-max to 0..1");
	NEAR(normalised(x, 3, 1, TB_MIN_MAX, 1, to, 2), 10 + 20 * 4. / 9, 1e-14, "and to 10..30");
	NEAR(normalised(scores, 3, 2, TB_Z_SCORE, 1, NULL, 0), 1, 1e-14, "one deviation above the mean");
	NEAR(normalised(scores, 3, 2, TB_Z_SCORE, -1, NULL, 0), -1, 1e-14, "below it");
	tb_indicator(copy, 3, &indicator);
	NEAR(tb_dd_value(indicator.mean), 16. / 3, 1e-15, "mean");
	NEAR(indicator.sd, sqrt(61. / 3), 1e-14, "sample deviation: squares 126 less 256 / 3, over 2");
	CHECK(tb_normalised(&indicator, 5, TB_GOALPOSTS, 1, equal, 2, &r) == TB_INVALID, "goalposts in one place");
	CHECK(tb_normalised(&indicator, 5, TB_DISTANCE_TO_TARGET, 1, worst, 1, &r) == TB_UNDEFINED, "a goal where the worst is");
	CHECK(tb_normalised(&indicator, 5, TB_DISTANCE_TO_TARGET, 1, below, 1, &r) == TB_INVALID, "a goal beyond the worst");
	CHECK(tb_normalised(&indicator, 5, TB_MIN_MAX, 1, to, 1, &r) == TB_INVALID, "half a range");
	for (TbNormalisation method = TB_MIN_MAX; method <= TB_GOALPOSTS; method++) {
		static const int most[] = {2, 2, 0, 0, 0, 0, 1, 2, 3}, least[] = {0, 0, 0, 0, 0, 0, 1, 1, 2};
		const double many[] = {12, 20, 1, 1};

		CHECK(tb_normalised(&indicator, 5, method, 1, many, most[method], &r) == TB_OK, "as many parameters as the method takes");
		CHECK(tb_normalised(&indicator, 5, method, 1, many, most[method] + 1, &r) == TB_INVALID, "one more");
		CHECK(tb_normalised(&indicator, 5, method, 1, many, least[method] - 1, &r) == TB_INVALID, "one less");
	}
	tb_indicator(copy, 0, &indicator);
	CHECK(tb_normalised(&indicator, 5, TB_RANK, 1, NULL, 0, &r) == TB_UNDEFINED, "nobody to rank among");

	NEAR(normalised(offset, 3, 2, TB_Z_SCORE, 1, NULL, 0), 1, 1e-15, "an offset of 1e15 does not matter");
	NEAR(normalised(tiny, 3, 0, TB_Z_SCORE, 1, NULL, 0), -1, 1e-15, "nor a factor of 1e-300");
	NEAR(normalised(huge, 3, 0, TB_Z_SCORE, 1, NULL, 0), -1, 1e-15, "nor one of 1e300");
	NEAR(folded(huge, ones, 3, TB_MPI_NEGATIVE, 0), 5. / 3 * 1e300, 1e-14, "penalised mean of huge scores");
	NEAR(folded(tiny, ones, 3, TB_MPI_NEGATIVE, 0), 5. / 3 * 1e-300, 1e-14, "of tiny ones");
	NEAR(folded(huge, ones, 3, TB_GENERALISED, 5), pow(276. / 3, 0.2) * 1e300, 1e-14, "powers beyond float8");
	NEAR(folded(tiny, ones, 3, TB_GENERALISED, -400), 1e-300 * pow(3, 1. / 400), 1e-14, "and far below it");
	NEAR(folded(tiny, ones, 3, TB_HARMONIC, 0), 18. / 11 * 1e-300, 1e-14, "reciprocals");
	NEAR(folded(huge, huge, 3, TB_ARITHMETIC, 0), 14. / 6 * 1e300, 1e-14, "huge weights");
	NEAR(folded(scores, heavy, 3, TB_ARITHMETIC, 0), 2.25, 1e-15, "arithmetic");
	NEAR(folded(scores, ones, 3, TB_GENERALISED, 2), sqrt(14. / 3), 1e-14, "quadratic");
	NEAR(folded(nought, ones, 3, TB_GENERALISED, 0.5), 1, 1e-14, "square roots 1, 2, 0");
	CHECK(isnan(folded(minus, ones, 3, TB_GENERALISED, 2)) && isnan(folded(nought, ones, 3, TB_HARMONIC, 0)), "scores that a power cannot take");
	NEAR(folded(minus, ones, 3, TB_ARITHMETIC, 0), 2. / 3, 1e-15, "arithmetic takes all");
	NEAR(folded(scores, ones, 3, TB_MPI_NEGATIVE, 0), 2 - 1. / 3, 1e-14, "variance 2/3 over mean 2 taken off");
	NEAR(folded(scores, ones, 3, TB_MPI_POSITIVE, 0), 2 + 1. / 3, 1e-14, "put on");
	CHECK(tb_outranking(a, b, heavy, 3, &r) == TB_OK && r == 0.625, "a tie of weight 1 counts half, a win of weight 2 in full, of 4");
}

int main(void)
{
	double posts[] = {0, 10, 1}, target[] = {10, 0}, capped[] = {10, 1}, zero[] = {0, 0}, zero_capped[] = {0, 1}, to[] = {2, 7}, z[] = {5, 2};
	double up[] = {0, 5, 11}, down[] = {-1, 1, 10}, ten[] = {10, 2, 3, 4, 5, 6, 7, 8, 9, 1}, ties[] = {3, 1, 3, 2}, same[] = {4, 4, 4};
	double goal[] = {1, 11, -1}, mean = 0, squares = 0;
	double x[] = {1, 2, 3}, ones[] = {1, 1, 1}, heavy[] = {1, 1, 2}, light[] = {2, 1, 1}, bad[] = {1, 2, -1}, nought[] = {1, 2, 0},
		   none[] = {0, 0, 0};
	double units[4][3] = {{1, 3, 2}, {2, 2, 3}, {3, 1, 1}, {4, 5, 4}}, r;
	double even[] = {100, 100, 100}, uneven[] = {90, 100, 110};

	NEAR(normalised(goal, 3, 0, TB_GOALPOSTS, 1, posts, 3), 0.1, 1e-12, "goalposts 1");
	NEAR(normalised(goal, 3, 1, TB_GOALPOSTS, 1, posts, 3), 1, 1e-12, "goalposts 11");
	CHECK(normalised(goal, 3, 2, TB_GOALPOSTS, 1, posts, 3) == 0, "goalposts -1");
	NEAR(normalised(goal, 3, 0, TB_GOALPOSTS, -1, posts, 3), 0.9, 1e-12, "reversed goalposts 1");
	CHECK(normalised(goal, 3, 1, TB_GOALPOSTS, -1, posts, 3) == 0, "reversed goalposts 11");
	NEAR(normalised(goal, 3, 2, TB_GOALPOSTS, -1, posts, 3), 1, 1e-12, "reversed goalposts -1");
	NEAR(normalised(up, 3, 1, TB_DISTANCE_TO_TARGET, 1, target, 1), 0.5, 1e-12, "distance to target 5 of 10");
	NEAR(normalised(up, 3, 2, TB_DISTANCE_TO_TARGET, 1, target, 2), 1.1, 1e-12, "beyond the target, not capped");
	NEAR(normalised(up, 3, 2, TB_DISTANCE_TO_TARGET, 1, capped, 2), 1, 1e-12, "capped");
	NEAR(normalised(down, 3, 0, TB_DISTANCE_TO_TARGET, -1, zero, 2), 1.1, 1e-12, "less is better, beyond");
	NEAR(normalised(down, 3, 1, TB_DISTANCE_TO_TARGET, -1, zero, 2), 0.9, 1e-12, "less is better, 0.9");
	CHECK(normalised(down, 3, 2, TB_DISTANCE_TO_TARGET, -1, zero, 2) == 0, "less is better, the worst");
	NEAR(normalised(down, 3, 0, TB_DISTANCE_TO_TARGET, -1, zero_capped, 2), 1, 1e-12, "less is better, capped");

	NEAR(normalised(ten, 10, 9, TB_MIN_MAX, 1, to, 2), 2, 1e-12, "min-max to 2..7: minimum");
	NEAR(normalised(ten, 10, 0, TB_MIN_MAX, 1, to, 2), 7, 1e-12, "min-max to 2..7: maximum");
	NEAR(normalised(ten, 10, 0, TB_MIN_MAX, -1, to, 2), 2, 1e-12, "direction -1 turns it");
	for (int i = 0; i < 10; i++)
		mean += normalised(ten, 10, i, TB_Z_SCORE, 1, z, 2) / 10;
	for (int i = 0; i < 10; i++)
		squares += pow(normalised(ten, 10, i, TB_Z_SCORE, 1, z, 2) - mean, 2);
	NEAR(mean, 5, 1e-12, "z-score mean");
	NEAR(sqrt(squares / 9), 2, 1e-12, "z-score sample deviation");
	CHECK(normalised(ties, 4, 0, TB_RANK, 1, NULL, 0) == 3 && normalised(ties, 4, 2, TB_RANK, 1, NULL, 0) == 3, "ties share the lowest rank");
	CHECK(normalised(ties, 4, 0, TB_RANK, -1, NULL, 0) == 1 && normalised(ties, 4, 1, TB_RANK, -1, NULL, 0) == 4, "ranks from the top");
	CHECK(normalised(ten, 10, 9, TB_BORDA, 1, NULL, 0) == 0 && normalised(ten, 10, 0, TB_BORDA, 1, NULL, 0) == 9, "borda 0 .. n - 1");
	NEAR(normalised(ties, 4, 3, TB_PERCENTILE_RANK, 1, NULL, 0), 1.0 / 3, 1e-12, "percentile rank");
	CHECK(isnan(normalised(same, 3, 0, TB_MIN_MAX, 1, NULL, 0)) && isnan(normalised(same, 3, 0, TB_Z_SCORE, 1, NULL, 0)), "constant: undefined");
	CHECK(isnan(normalised(up, 3, 0, TB_GOALPOSTS, 1, posts, 1)), "goalposts need two numbers");

	NEAR(folded(x, ones, 3, TB_GEOMETRIC, 0), 1.8171205928321397, 1e-12, "geometric");
	NEAR(folded(x, heavy, 3, TB_GEOMETRIC, 0), 2.0597671439071177, 1e-12, "geometric, weighted");
	CHECK(isnan(folded(bad, ones, 3, TB_GEOMETRIC, 0)) && isnan(folded(nought, ones, 3, TB_GEOMETRIC, 0)), "geometric of 0 or less");
	NEAR(folded(x, light, 3, TB_HARMONIC, 0), 1.4117647058823528, 1e-12, "harmonic");
	NEAR(folded(x, light, 3, TB_GENERALISED, -1), 1.4117647058823528, 1e-12, "power -1 is harmonic");
	NEAR(folded(x, ones, 3, TB_GENERALISED, 1), 2, 1e-12, "power 1 is arithmetic");
	NEAR(folded(x, ones, 3, TB_GENERALISED, 0), 1.8171205928321397, 1e-12, "power 0 is geometric");
	CHECK(isnan(folded(x, none, 3, TB_ARITHMETIC, 0)), "no weight");
	CHECK(folded(even, ones, 3, TB_MPI_NEGATIVE, 0) == 100, "balanced: no penalty");
	NEAR(folded(uneven, ones, 3, TB_MPI_NEGATIVE, 0), 100 - 200.0 / 3 / 100, 1e-12, "unbalanced: variance over mean");

	CHECK(tb_outranking(units[1], units[0], ones, 3, &r) == TB_OK, "outranking");
	NEAR(r, 2.0 / 3, 1e-12, "2 over 1");
	CHECK(tb_outranking(units[2], units[0], ones, 3, &r) == TB_OK && fabs(r - 1.0 / 3) < 1e-12, "3 over 1");
	CHECK(tb_outranking(units[3], units[0], ones, 3, &r) == TB_OK && r == 1, "4 over 1");
	by_hand();
	return unit_done();
}
