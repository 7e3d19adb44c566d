/* unit test of core/simplex: textbook programs, degenerate ones, unbounded ones, and optimality by the dual on random ones */
#include "../../src/core/base/simplex.h"

#include <string.h>

#include "../../src/core/base/random.h"
#include "samples.h"

#define MOST 12

/* The answer meets every row, and some y >= 0 with y A >= c gives the same value: the slack's price in the last line */
static bool optimal(uint64_t *seed, size_t rows, size_t columns)
{
	double a[(MOST + 1) * (MOST + 1)], kept[(MOST + 1) * (MOST + 1)], x[MOST], price[2 * MOST], *y = price + columns, value = 0, dual = 0;
	size_t width = columns + 1;

	for (size_t i = 0; i <= rows; i++)
		for (size_t j = 0; j < width; j++)
			a[i * width + j] =
				i == rows && j == columns ? 0 : (double)tb_random_below(seed, 100) / 100 - (i < rows && j < columns && tb_random_below(seed, 4) == 0);
	memcpy(kept, a, sizeof(a));
	for (size_t j = 0; j < columns; j++) /* every column is bounded by the first row */
		a[j] = kept[j] = 0.1 + fabs(kept[j]);
	if (tb_simplex(a, rows, columns, x, price) != TB_OK)
		return false;
	for (size_t j = 0; j < columns; j++) {
		value += kept[rows * width + j] * x[j];
		if (x[j] < 0 || a[rows * width + j] > 1e-9)
			return false;
	}
	for (size_t i = 0; i < rows; i++) {
		double used = 0;

		for (size_t j = 0; j < columns; j++)
			used += kept[i * width + j] * x[j];
		if (used > kept[i * width + columns] + 1e-9 || y[i] < 0)
			return false;
		dual += y[i] * kept[i * width + columns];
	}
	for (size_t j = 0; j < columns; j++) {
		double paid = 0;

		for (size_t i = 0; i < rows; i++)
			paid += y[i] * kept[i * width + j];
		if (paid < kept[rows * width + j] - 1e-9 || fabs(paid - kept[rows * width + j] - price[j]) > 1e-9)
			return false;
	}
	/* the value by the prices: the last line holds minus the value */
	return fabs(value + a[rows * width + columns]) < 1e-9 && fabs(value - dual) < 1e-9;
}

int main(void)
{
	/* Chvatal, page 13: 5 x1 + 4 x2 + 3 x3 is 13 at (2, 0, 1) */
	double chvatal[] = {2, 3, 1, 5, 4, 1, 2, 11, 3, 4, 2, 8, 5, 4, 3, 0}, x[4];
	/* Chvatal, page 31: cycles under the rule of the largest gain; the answer is 1 at (1, 0, 1, 0) */
	double cycling[] = {0.5, -5.5, -2.5, 9, 0, 0.5, -1.5, -0.5, 1, 0, 1, 0, 0, 0, 1, 10, -57, -9, -24, 0};
	double open[] = {-1, 1, 1, 1, 0, 0}, negative[] = {1, -1, 1, 0}, nothing[] = {1, 1, -1, 0}, tie[] = {1, 1, 1, 1, 1, 0};
	uint64_t seed = 5;
	int good = 0;

	CHECK(tb_simplex(chvatal, 3, 3, x, NULL) == TB_OK, "a textbook program");
	NEAR(x[0], 2, 1e-14, "x1");
	CHECK(fabs(x[1]) < 1e-14, "x2 stays out");
	NEAR(x[2], 1, 1e-14, "x3");
	NEAR(-chvatal[15], 13, 1e-14, "its value");
	CHECK(tb_simplex(cycling, 3, 4, x, NULL) == TB_OK, "a degenerate one ends");
	NEAR(x[0], 1, 1e-12, "x1");
	NEAR(x[2], 1, 1e-12, "x3");
	NEAR(-cycling[19], 1, 1e-12, "its value");
	CHECK(tb_simplex(open, 1, 2, x, NULL) == TB_OUT_OF_RANGE, "without a bound");
	CHECK(tb_simplex(negative, 1, 1, x, NULL) == TB_INFEASIBLE, "a start that is none");
	CHECK(tb_simplex(nothing, 1, 1, x, NULL) == TB_OK && x[0] == 0, "nothing to gain");
	CHECK(tb_simplex(tie, 1, 2, x, NULL) == TB_OK && x[0] == 1 && x[1] == 0, "of equal gains the first variable");
	CHECK(tb_simplex(tie, 0, 0, x, NULL) == TB_OK, "no variable and no row");
	for (size_t rows = 1; rows <= MOST; rows++)
		for (size_t columns = 1; columns < MOST; columns++)
			good += optimal(&seed, rows, columns);
	CHECK(good == MOST * (MOST - 1), "random programs: feasible, and no price is left");
	return unit_done();
}
