#include "../../src/core/inequality/concentration.h"

#include "samples.h"

static const double tax[10] = {0, 20, 80, 150, 260, 380, 520, 800, 1500, 4500}, w[10] = {3, 1, 2, 4, 1, 2, 3, 1, 2, 1};

static double concentration(size_t n, const double *v, const double *rank)
{
	TbSample sample = pairs_of(n, rank, v, NULL);
	TbDistribution d;

	tb_distribution(&sample, sample.y, &d);
	return tb_concentration(&d, sample.x);
}

static TbProgressivity progressivity(size_t n, const double *before, const double *after, const double *weight)
{
	TbSample sample = pairs_of(n, before, after, weight);
	TbProgressivity r;

	tb_progressivity(&sample, &r);
	return r;
}

/* IC2 1.0-1 with the definitions of Stata progres */
static void oracle(void)
{
	double after[10];
	TbProgressivity r;

	for (int i = 0; i < 10; i++)
		after[i] = incomes[i] - tax[i];
	r = progressivity(10, incomes, after, NULL);
	NEAR(r.gini_before, 0.462091130267624, 1e-13, "G before");
	NEAR(r.gini_after, 0.431680827737426, 1e-13, "G after");
	NEAR(r.kakwani, 0.216227992753082, 1e-12, "Kakwani");
	NEAR(r.reynolds_smolensky, 0.0304103025301976, 1e-12, "Reynolds-Smolensky");
	NEAR(r.vertical_equity, 0.0304103025301976, 1e-12, "vertical equity");
	CHECK(r.reranking == 0, "nobody overtakes: no re-ranking, exactly");
	NEAR(r.musgrave_thin, 1.05653430207486, 1e-13, "Musgrave-Thin");
	NEAR(r.average_rate, 0.123299192022347, 1e-13, "average rate");
	r = progressivity(10, incomes, after, w);
	NEAR(r.kakwani, 0.229080118293684, 1e-12, "weighted Kakwani");
	NEAR(r.reynolds_smolensky, 0.0270198488640483, 1e-12, "weighted Reynolds-Smolensky");
	NEAR(r.vertical_equity, r.average_rate / (1 - r.average_rate) * r.kakwani, 1e-13, "VE = g / (1 - g) K");
}

/* No figure has a unit. At the upper end a tax of debts would leave float8. */
static void units(void)
{
	const double x[4] = {-6, 6, 5, 7}, y[4] = {7, 1, 4, -2};
	TbProgressivity one = progressivity(4, x, y, NULL);

	for (int k = -1001; k <= 1021; k += 337) {
		double before[4], after[4];
		TbProgressivity r;

		for (int i = 0; i < 4; i++) {
			before[i] = ldexp(x[i], k);
			after[i] = ldexp(y[i], k);
		}
		r = progressivity(4, before, after, NULL);
		CHECK(r.kakwani == one.kakwani && r.reranking == one.reranking && r.vertical_equity == one.vertical_equity &&
				  r.average_rate == one.average_rate && r.gini_after == one.gini_after,
			  "the same in every unit");
	}
	CHECK(isfinite(one.kakwani) && one.reranking > 0, "and something to see");
}

/* The scale of the tax may begin where that of the income does not */
static void small_rates(void)
{
	const double nearly_none[3] = {ldexp(1, -320), ldexp(2, -320), ldexp(5, -320)}, grant[3] = {1, 1, 1};
	size_t equal = 0;

	for (int k = -330; k <= 330; k += 10) {
		const double before[3] = {ldexp(1, k), ldexp(2, k), ldexp(5, k)};
		double after[3];

		for (int i = 0; i < 3; i++)
			after[i] = before[i] - ldexp(before[i], -20);
		equal += progressivity(3, before, after, NULL).average_rate == ldexp(1, -20);
	}
	CHECK(equal == 67, "a millionth of everything, in every unit");
	CHECK(progressivity(3, nearly_none, grant, NULL).average_rate == ldexp(-3. / 8, 320), "nor need that of the income");
}

static void reranking(void)
{
	const double x[6] = {60, 75, 90, 100, 120, 160}, y[6] = {95, 100, 112, 105, 100, 115}, people[6] = {100, 80, 150, 200, 120, 90};
	TbProgressivity r = progressivity(6, x, y, people);

	NEAR(r.gini_after, 0.0347279024033691, 1e-12, "G after of a grant that re-ranks");
	NEAR(r.reranking, 0.0190041941490749, 1e-11, "re-ranking");
	NEAR(r.reynolds_smolensky, r.vertical_equity - r.reranking, 1e-13, "RS = VE - R");
}

static void taxes(void)
{
	const double uneven[5] = {0.1, 1 / 3., 0.7, 1.1, 9.9}, halved[5] = {0.05, 1 / 6., 0.35, 0.55, 4.95};
	const double x[5] = {1, 2, 4, 5, 8}, flat[5] = {0.5, 1.5, 3.5, 4.5, 7.5}, half[5] = {0.5, 1, 2, 2.5, 4}, debt[2] = {-1, 5}, cancel[2] = {-1, 1},
				 after[2] = {-1, 4};
	TbProgressivity r = progressivity(5, x, flat, NULL);

	NEAR(r.suits, -r.gini_before, 1e-14, "Suits of a poll tax is minus the Gini");
	r = progressivity(5, x, half, NULL);
	NEAR(r.kakwani + 1, 1, 1e-15, "Kakwani of a proportional tax is 0");
	NEAR(r.suits + 1, 1, 1e-15, "Suits too");
	r = progressivity(5, uneven, halved, NULL);
	CHECK(r.suits == 0, "exactly, as every tax is exactly its share");
	NEAR(r.average_rate, 0.5, 1e-15, "half of everything");
	r = progressivity(5, x, x, NULL);
	CHECK(isnan(r.kakwani) && isnan(r.suits) && r.average_rate == 0 && r.reynolds_smolensky == 0, "no tax: no concentration, no effect");
	r = progressivity(2, cancel, after, NULL);
	CHECK(isnan(r.average_rate) && isnan(r.gini_before) && isnan(r.suits), "a total of 0 before: no rate");
	r = progressivity(2, debt, after, NULL);
	CHECK(isnan(r.suits) && !isnan(r.gini_before), "Suits needs values that are not negative");
}

static void ties(void)
{
	const double x[5] = {10, 10, 20, 20, 30}, rank[4] = {1, 2, 3, 4}, level[4] = {2, 1, 3, 2}, wide[4] = {ldexp(1, 53), 1, 1, ldexp(1, 53) - 2};
	const double t[5] = {1, 3, 2, 6, 9}, other[5] = {3, 1, 6, 2, 9}, nothing[5] = {1, -1, 0, 0, 0};
	TbSample sample;
	TbDistribution d;

	NEAR(concentration(5, t, x), 32. / 105, 1e-14, "ties share their mean rank");
	CHECK(concentration(5, t, x) == concentration(5, other, x), "so that row order does not matter, to the last bit");
	CHECK(fabs(concentration(5, t, x) - 0.361904761904762) > 0.01 && fabs(concentration(5, t, x) - 0.247619047619047) > 0.01,
		  "neither of the two answers of IC2");
	CHECK(isnan(concentration(5, nothing, x)), "a total of 0: undefined");
	/* ranks 2^53, 1, 1, 2^53 - 2 wide; the deviations 0, -1, 1, 0 meet 2 * below - all + own = 1 and 3 */
	sample = pairs_of(4, rank, level, wide);
	tb_distribution(&sample, sample.y, &d);
	NEAR(tb_concentration(&d, sample.x), ldexp(1, -108), 1e-15, "ranks are counted beyond the digits of a double");
}

static void curves(void)
{
	const double x[5] = {1, 2, 3, 4, 5}, grouped[10] = {482, 825, 722, 690, 661, 760, 745, 2140, 1911, 1024}, two[4] = {5, 1, 5, 1},
				 level[3] = {1, 1, 2};
	TbSample sample = values_of(5, x, NULL);
	TbCurvePoint *points;
	TbDistribution d;

	tb_distribution(&sample, sample.x, &d);
	CHECK(tb_curve(&d, d.x, &points) == 6, "five values, six points");
	CHECK(points[0].p == 0 && points[0].l == 0 && points[5].p == 1 && points[5].l == 1, "from (0, 0) to (1, 1)");
	NEAR(points[3].l, 0.4, 1e-15, "PySAL's curve");
	sample = values_of(10, incomes, grouped);
	tb_distribution(&sample, sample.x, &d);
	CHECK(tb_curve(&d, d.x, &points) == 11, "grouped incomes of ineq");
	NEAR(points[4].p, 0.272991967871486, 1e-13, "p of ineq");
	NEAR(points[9].l, 0.717598245930662, 1e-13, "L of ineq");
	sample = values_of(4, two, NULL);
	tb_distribution(&sample, sample.x, &d);
	CHECK(tb_curve(&d, d.x, &points) == 3, "one point for each distinct value");
	sample = values_of(3, x, NULL);
	tb_distribution(&sample, sample.x, &d);
	CHECK(tb_curve(&d, level, &points) == 3 && points[1].p == 2. / 3 && points[1].l == 0.5, "and of rank: 1 and 2 of 6 are level");
	/* -(1 + 2^-26) and (1 + 2^-27)^2 leave 2^-54, the last row 1.5 times that */
	sample = values_of(3, (double[]){-1 - ldexp(1, -26), 1 + ldexp(1, -27), 1.5}, (double[]){1, 1 + ldexp(1, -27), ldexp(1, -54)});
	tb_distribution(&sample, sample.x, &d);
	CHECK(tb_curve(&d, d.x, &points) == 4, "debts that all but cancel");
	NEAR(points[2].l, 0.4, 1e-15, "products keep the digits that a double loses");
}

int main(void)
{
	oracle();
	units();
	small_rates();
	reranking();
	taxes();
	ties();
	curves();
	return unit_done();
}
