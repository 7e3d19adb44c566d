/* plan.c -- a line that one outlier does not turn, runs, jumps */
#include "../../src/core/estimate/plan.h"

#include "unit.h"

static TbSeries of(const double *value, int n)
{
	double day[32];
	TbSeries s;

	for (int i = 0; i < n; i++)
		day[i] = 1000 + 365 * i;
	tb_series(day, value, n, &s);
	return s;
}

static void lines(void)
{
	TbSeries s = of((const double[]){1, 3, 5, 7, 9}, 5);

	CHECK(s.has_line, "five points have a line");
	NEAR(s.level, 9, 1e-14, "a straight line ends at its last value");
	NEAR(s.slope, 2.0 / 365, 1e-14, "its slope, per day");
	s = of((const double[]){1, 3, 500, 7, 9}, 5);
	NEAR(s.level, 9, 1e-12, "one outlier within");
	s = of((const double[]){1, 3, 5, 7, -80}, 5);
	NEAR(s.level, 9, 1e-12, "one outlier at the end: where the line would be");
	NEAR(s.slope, 2.0 / 365, 1e-12, "and its slope");
	s = of((const double[]){90, 80, 70, 1, 2, 3, 4, 5, 6, 7, 8}, 11);
	NEAR(s.level, 8, 1e-13, "the last eight periods count");
	s = of((const double[]){1e308, 3e307, -4e307, -1.1e308}, 4);
	CHECK(s.has_line, "values near the end of float8");
	NEAR(s.slope, -7e307 / 365, 1e-13, "slope of them");
	s = of((const double[]){0, 0, 0, 0}, 4);
	CHECK(s.has_line && s.level == 0 && s.slope == 0, "nothing but zeros");
	CHECK(!of((const double[]){1, 2, 3}, 3).has_line, "three points have none");
}

static void runs(void)
{
	CHECK(of((const double[]){5, 6, 4, 3, 2}, 5).run == -3, "three falls");
	CHECK(of((const double[]){1, 2, 2, 3}, 4).run == 1, "an equal value ends a run");
	CHECK(of((const double[]){1, 2, 3, 3}, 4).run == 0, "an equal value at the end is none");
	CHECK(of((const double[]){1, 2, 3}, 3).run == 2, "a run that is the whole series");
	CHECK(of((const double[]){7}, 1).run == 0 && of(NULL, 0).run == 0, "one value, no value");
}

static void jumps(void)
{
	/* changes 1, 2, 3, 2, 1: median 2, deviations 1, 0, 1, 0, 1: 1; then 12 - 2 */
	TbSeries s = of((const double[]){0, 1, 3, 6, 8, 9, 21}, 7);

	CHECK(s.has_jump, "five changes before it");
	NEAR(s.jump, 10, 1e-14, "ten deviations");
	/* changes 1, 2, 3, 5, 4, 3: median 3, deviations 2, 1, 0, 2, 1, 0: 1; then 9 - 3 */
	s = of((const double[]){0, 1, 3, 6, 11, 15, 18, 27}, 8);
	CHECK(s.has_jump, "six changes before it");
	NEAR(s.jump, 6, 1e-14, "six deviations");
	/* 1, 2, 4, 5, 8, 9: median 9/2, deviations 7/2, 5/2, 1/2, 1/2, 7/2, 9/2: 3; then 12 - 9/2 */
	s = of((const double[]){0, 1, 3, 7, 12, 20, 29, 41}, 8);
	NEAR(s.jump, 2.5, 1e-14, "medians between two changes");
	CHECK(!of((const double[]){0, 1, 3, 6, 8, 20}, 6).has_jump, "four changes before it tell nothing");
	CHECK(!of((const double[]){0, 1, 2, 3, 4, 5, 99}, 7).has_jump, "nor do changes that are all one");
	s = of((const double[]){1e308, -1e308, 1e308, -1.5e308, 1e308, -1e308, 1.7e308}, 7);
	CHECK(s.has_jump && s.jump > 0, "changes beyond float8");
}

int main(void)
{
	lines();
	runs();
	jumps();
	return unit_done();
}
