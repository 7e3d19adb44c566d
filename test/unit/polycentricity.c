/* unit test of core/polycentricity: the 17 Korean regions of 2020 (KOSIS) against R 4.2.2 lm, exact power laws, Green's limits */
#include "../../src/core/territory/polycentricity.h"

#include "unit.h"

static double korea[] = {0.355831, 0.674635, 1.136017, 1.450062, 1.463882, 1.54284,  1.600837, 1.804104, 1.851549,
						 2.118,    2.418346, 2.639422, 2.942828, 3.340216, 3.391946, 9.668465, 13.427014};

static TbSample sample(const double *x, const double *y, size_t n)
{
	return (TbSample){.n = n, .x = x, .y = y, .rows = n};
}

/* flows[i][j] between three zones */
static double green(const double flows[3][3], uint32_t zones, double potential)
{
	size_t row[4] = {0}, links = 0;
	uint32_t destination[9];
	double flow[9], result = NAN;
	TbFlows f = {.zones = zones, .row = row, .destination = destination, .flow = flow};

	for (uint32_t i = 0; i < zones; i++) {
		for (uint32_t j = 0; j < zones; j++)
			if (flows[i][j] > 0) {
				destination[links] = j;
				flow[links++] = flows[i][j];
			}
		row[i + 1] = links;
	}
	f.links = links;
	return tb_functional_polycentricity(&f, potential, &result) == TB_OK ? result : NAN;
}

static void lines(void)
{
	const double x[3] = {1, 2, 3}, y[3] = {5, 7, 9}, tent[3] = {0, 1, 0}, same[3] = {2, 2, 2}, sizes[3] = {1, 2, 8}, each[4] = {1, 1, 2, 8};
	const uint64_t count[3] = {2, 1, 1};
	TbSample counted = {.n = 3, .x = sizes, .count = count, .rows = 4}, one_by_one = sample(each, NULL, 4);
	TbFitLine line;
	TbRankSize r, s;

	tb_fit_line(x, y, NULL, 3, &line);
	NEAR(line.slope, 2, 1e-14, "slope of 3 + 2 x");
	NEAR(line.intercept, 3, 1e-14, "its constant");
	NEAR(line.r2, 1, 1e-14, "no residual");
	tb_fit_line(x, tent, NULL, 3, &line);
	NEAR(line.intercept, 1. / 3, 1e-14, "a tent: its mean");
	NEAR(line.slope_se, sqrt(1. / 3), 1e-14, "squares 2/3 on one degree of freedom over 2");
	CHECK(line.slope == 0 && line.r2 == 0, "and nothing explained");
	tb_fit_line(same, y, NULL, 3, &line);
	CHECK(isnan(line.slope) && isnan(line.intercept) && isnan(line.slope_se) && isnan(line.r2), "one x: no line");
	tb_fit_line(x, y, NULL, 2, &line);
	CHECK(isnan(line.slope) && isnan(line.r2), "two points: none");
	CHECK(tb_rank_size(&counted, &r) == TB_OK && tb_rank_size(&one_by_one, &s) == TB_OK && r.n == 4, "places in one row or in many");
	NEAR(r.slope, s.slope, 1e-15, "the same slope");
	NEAR(r.hhi, 70. / 144, 1e-14, "squares 1, 1, 4 and 64 of a total of 12");
	CHECK(r.primacy == 4 && r.primacy_four == 2, "8 over 2, and over 2 + 1 + 1");
}

/* Rank-size as it is defined, place by place, for entries in ascending order that stand for many equal places */
static void place_by_place(const double *x, const uint64_t *count, size_t entries, double *slope, double *slope_se, double *shifted)
{
	long double n = 0, rank = 0, sx = 0, sy = 0, sz = 0, sxx = 0, sxy = 0, syy = 0, szy = 0, residual;

	for (int pass = 0; pass < 2; pass++) {
		rank = 0;
		for (size_t i = entries; i-- > 0;)
			for (uint64_t k = 0; k < count[i]; k++) {
				long double lx = logl(++rank), ly = logl(x[i]), lz = logl(rank - 0.5L);

				if (pass == 0) {
					n++;
					sx += lx;
					sy += ly;
					sz += lz;
					continue;
				}
				sxx += (lx - sx / n) * (lx - sx / n);
				sxy += (lx - sx / n) * (ly - sy / n);
				syy += (ly - sy / n) * (ly - sy / n);
				szy += (lz - sz / n) * (ly - sy / n);
			}
	}
	residual = syy - sxy / sxx * sxy;
	*slope = sxy / sxx;
	*slope_se = sqrtl(residual / (n - 2) / sxx);
	*shifted = szy / syy;
}

/* Many equal places in one entry are no work: against the definition, and beyond what could be written out */
static void counts(void)
{
	double x[] = {1, 2.5, 3, 40, 41, 900}, y[] = {3, 2, 8, 90, 70, 5000}, slope, slope_se, shifted;
	const uint64_t mixed[] = {20000, 3, 700, 17, 256, 1}, few[] = {3, 1, 2, 1, 1, 1}, *each[] = {mixed, few};
	uint64_t many[] = {UINT64_C(1) << 52, 1 << 20, 5, 1, 1, 1};
	TbSample s = sample(x, NULL, 6);
	TbRankSize r;
	TbFitLine line, scaled;
	size_t n;

	for (int i = 0; i < 2; i++) {
		s.count = each[i];
		CHECK(tb_rank_size(&s, &r) == TB_OK, "sizes with counts");
		place_by_place(x, each[i], 6, &slope, &slope_se, &shifted);
		NEAR(r.slope, slope, 1e-13, "slope as place by place");
		NEAR(r.slope_se, slope_se, 1e-13, "its standard error");
		NEAR(r.slope_shifted, shifted, 1e-13, "shifted slope");
	}
	s.count = many;
	CHECK(tb_rank_size(&s, &r) == TB_OK && r.n == many[0] + many[1] + 8, "2^52 places");
	CHECK(r.slope < 0 && isfinite(r.slope_se) && isfinite(r.slope_shifted) && r.r2 >= 0 && r.r2 <= 1, "have a line");
	CHECK(r.primacy == 900. / 41 && r.primacy_four == 900. / (41 + 40 + 3), "the largest of them");
	NEAR(r.entropy, 52 * log(2), 1e-6, "nearly even");
	s.y = y;
	s.count = mixed;
	CHECK(tb_size_elasticity(&s, &line, &n) == TB_OK && n == 20977, "pairs with counts");
	for (int i = 0; i < 6; i++)
		many[i] = mixed[i] << 36;
	s.count = many;
	CHECK(tb_size_elasticity(&s, &scaled, &n) == TB_OK && n == (size_t)20977 << 36, "2^36 times as many");
	NEAR(scaled.slope, line.slope, 1e-14, "lie on the same line");
	NEAR(scaled.slope_se * sqrt((20977. * 68719476736 - 2) / 20975), line.slope_se, 1e-12, "known so much better");
}

int main(void)
{
	double power[20], four[] = {0, 0, 10, 20, 30, 60}, same[] = {5, 5, 5}, negative[] = {-1, 2};
	double industry[] = {0, 10, 10, 30, 50}, people[] = {10, 15, 20, 25, 30}, none[] = {0, 0};
	double population[] = {100, 1000, 5000, 20000}, amount[4];
	const double even[3][3] = {{9, 5, 5}, {5, 0, 5}, {5, 5, 0}}, one_way[3][3] = {{0, 7, 0}, {0, 0, 0}, {0, 0, 0}},
				 star[3][3] = {{0, 0, 0}, {5, 0, 0}, {5, 0, 0}};
	const double ring[3][3] = {{0, 5, 0}, {0, 0, 5}, {5, 0, 0}};
	TbRankSize r;
	TbSample s;
	TbFitLine line;
	double percent;
	size_t n;

	korea[9] = 2.121029;
	s = sample(korea, NULL, 17);
	CHECK(tb_rank_size(&s, &r) == TB_OK && r.n == 17, "Korea");
	NEAR(r.slope, -1.00395313009239, 1e-10, "slope");
	NEAR(r.r2, 0.872943883993753, 1e-10, "r2");
	NEAR(r.slope_se, fabs(r.slope) * sqrt((1 / r.r2 - 1) / 15), 1e-10, "standard error from r2");
	NEAR(r.slope_shifted, -1.02092333187033, 1e-10, "shifted slope");
	NEAR(r.slope_shifted_se, 0.350173813909476, 1e-10, "its standard error");
	NEAR(r.primacy, 1.38874309417265, 1e-10, "primacy");
	NEAR(r.primacy_share, 0.259063613836595, 1e-10, "share of the largest");
	NEAR(r.primacy_four, 0.818689065972905, 1e-10, "largest over the next three");
	NEAR(r.hhi, 0.126624283137491, 1e-10, "hhi");
	NEAR(r.entropy, 2.42977178008728, 1e-10, "entropy");

	for (int i = 0; i < 20; i++)
		power[19 - i] = 1e6 * pow(i + 1, -0.8);
	s = sample(power, NULL, 20);
	CHECK(tb_rank_size(&s, &r) == TB_OK, "a power law");
	NEAR(r.slope, -0.8, 1e-12, "gives its exponent back");
	s = sample(four, NULL, 6);
	CHECK(tb_rank_size(&s, &r) == TB_OK && r.n == 4 && r.primacy == 2 && r.primacy_four == 1 && r.primacy_share == 0.5, "empty places do not count");
	s = sample(same, NULL, 3);
	CHECK(tb_rank_size(&s, &r) == TB_OK && r.slope == 0 && isnan(r.slope_shifted) && isnan(r.primacy_four),
		  "equal sizes: flat, and no regression on size");
	s = sample(negative, NULL, 2);
	CHECK(tb_rank_size(&s, &r) == TB_OUT_OF_RANGE, "a negative size");

	s = sample(industry, people, 5);
	CHECK(tb_share_difference(&s, &percent) == TB_OK, "Hoover");
	NEAR(percent, 25, 1e-14, "EconGeo's example");
	s = sample(none, people, 2);
	CHECK(tb_share_difference(&s, &percent) == TB_UNDEFINED, "nobody to move");

	for (int i = 0; i < 4; i++)
		amount[i] = 3 * pow(population[i], 1.25);
	s = sample(population, amount, 4);
	CHECK(tb_size_elasticity(&s, &line, &n) == TB_OK && n == 4, "elasticity");
	NEAR(line.slope, 0.25, 1e-12, "amount ~ P^1.25 is 0.25 a head");
	s = sample(population, amount, 2);
	CHECK(tb_size_elasticity(&s, &line, &n) == TB_UNDEFINED && n == 2, "two places have none");
	s = sample(same, amount, 3);
	CHECK(tb_size_elasticity(&s, &line, &n) == TB_UNDEFINED && n == 3, "nor have three of one size");

	NEAR(green(even, 3, 0), 1, 1e-15, "equal flows between all: 1, and the diagonal does not count");
	CHECK(green(one_way, 2, 0) == 0, "two centres, one receives all: 0");
	NEAR(green(ring, 3, 0), 0.5, 1e-15, "balanced with half of the links: 1/2");
	NEAR(green(ring, 3, 60), 0.25, 1e-15, "density against a potential");
	NEAR(green(star, 3, 0), (1 - 2 * sqrt(2) / 3) * 2 / 6, 1e-14, "a star");
	lines();
	counts();
	return unit_done();
}
