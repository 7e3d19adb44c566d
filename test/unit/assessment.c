/* unit test of core/assessment: IAAO's table 1-1 as printed, ties, counts, trimming, too few sales */
#include "../../src/core/estimate/assessment.h"

#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

/* IAAO Standard on Ratio Studies, table 1-1 (appraised, sale price; the rows are facts): COD 29.8, PRD 0.98, PRB 0.232, median interval 0.684 to 1.067 */
static const double table[36][2] = {{48000, 138000},  {28800, 59250},   {78400, 157500},  {39840, 74400},   {68160, 114900},  {94400, 159000},
									{67200, 111900},  {56960, 93000},   {87200, 138720},  {38240, 59700},   {96320, 146400},  {67680, 99000},
									{32960, 47400},   {50560, 70500},   {61360, 78000},   {47360, 60000},   {58080, 69000},   {47040, 55500},
									{136000, 154500}, {103200, 109500}, {59040, 60000},   {168000, 168000}, {128000, 124500}, {132000, 127500},
									{160000, 150000}, {160000, 141000}, {200000, 171900}, {184000, 157500}, {160000, 129600}, {157200, 126000},
									{99200, 77700},   {200000, 153000}, {64000, 48750},   {192000, 144000}, {190400, 141000}, {65440, 48000}};

static TbRatioStudy of(const double rows[][2], size_t n, const uint64_t *count, double fence, TbStatus want)
{
	double x[64], y[64];
	TbSample sample = {.n = n, .x = x, .y = y, .count = count};
	TbRatioStudy study;

	for (size_t i = 0; i < n; i++) {
		x[i] = rows[i][0];
		y[i] = rows[i][1];
	}
	CHECK(tb_ratio_study(&sample, fence, &study) == want, "status");
	return study;
}

static double figure(const TbRatioStudy *s, int k)
{
	return (const double[]){s->median, s->mean, s->weighted_mean, s->cod, s->cov, s->prd, s->prb, s->ki, s->mki}[k];
}

typedef struct Plain {
	const TbSample *sample;
	int figure;
} Plain;

/* The definition: a study of the sales that were drawn */
static double of_drawn(const uint64_t *drawn, void *context)
{
	const Plain *plain = context;
	double x[64], y[64];
	uint64_t count[64];
	TbSample sample = {.x = x, .y = y, .count = count};
	TbRatioStudy study;

	for (size_t i = 0; i < plain->sample->n; i++)
		if (drawn[i] > 0) {
			x[sample.n] = plain->sample->x[i];
			y[sample.n] = plain->sample->y[i];
			count[sample.n++] = drawn[i];
		}
	return tb_ratio_study(&sample, NAN, &study) == TB_OK ? figure(&study, plain->figure) : NAN;
}

/* Figures of replicates are those of studies of the same sales; counts: NULL, or copies of each */
static void check_bootstrap(const uint64_t *count, uint64_t rows)
{
	double x[36], y[36], *fast, *plain;
	TbSample sample = {.n = 36, .x = x, .y = y, .count = count};
	int off = 0;

	for (int i = 0; i < 36; i++) {
		x[i] = table[i][0];
		y[i] = table[i][1];
	}
	for (int k = 0; k < TB_RATIO_FIGURES; k++) {
		CHECK(tb_ratio_bootstrap(&sample, k, 60, 9, &fast) == TB_OK, tb_ratio_figure_name[k]);
		plain = tb_resample(count, 36, rows, of_drawn, &(Plain){&sample, k}, 60, 9);
		for (int i = 0; i < 60; i++)
			off += !(fabs(fast[i] - plain[i]) < 1e-12 * fabs(plain[i]) + 1e-14);
	}
	CHECK(off == 0, "each replicate is the study of its sales");
}

static void check_bootstrap_edges(void)
{
	double x[2] = {90, 90}, y[2] = {100, 100}, w[2] = {1, 1}, *drawn;
	uint64_t seven[1] = {7};
	TbSample alike = {.n = 1, .x = x, .y = y, .count = seven}, sample = {.n = 1, .x = x, .y = y};

	CHECK(tb_ratio_bootstrap(&alike, TB_RATIO_COD, 50, 1, &drawn) == TB_OK && tb_spread(drawn, 50) == 0 && drawn[0] == 0, "sales alike: COD 0, sure");
	CHECK(tb_ratio_bootstrap(&alike, TB_RATIO_PRD, 50, 1, &drawn) == TB_OK && tb_spread(drawn, 50) == 0, "and PRD");
	CHECK(tb_ratio_bootstrap(&alike, TB_RATIO_PRB, 50, 1, &drawn) == TB_OK && isnan(tb_spread(drawn, 50)), "no PRB, so no error of it");
	CHECK(tb_ratio_bootstrap(&alike, TB_RATIO_MKI, 50, 1, &drawn) == TB_OK && isnan(tb_spread(drawn, 50)), "nor MKI");
	CHECK(tb_ratio_bootstrap(&sample, TB_RATIO_COD, 50, 1, &drawn) == TB_OK && isnan(drawn[0]), "one sale has no COD");
	sample.n = 0;
	CHECK(tb_ratio_bootstrap(&sample, TB_RATIO_COD, 50, 1, &drawn) == TB_UNDEFINED, "no sales");
	sample.n = 2;
	sample.w = w;
	CHECK(tb_ratio_bootstrap(&sample, TB_RATIO_COD, 50, 1, &drawn) == TB_INVALID, "no weights");
	sample.w = NULL;
	y[1] = 0;
	CHECK(tb_ratio_bootstrap(&sample, TB_RATIO_COD, 50, 1, &drawn) == TB_OUT_OF_RANGE, "no price of 0");
}

int main(void)
{
	static const double one[][2] = {{90, 100}}, level[][2] = {{90, 100}, {180, 200}, {270, 300}},
						outlier[][2] = {{100, 100}, {99, 100}, {101, 100}, {102, 100}, {98, 100}, {1000, 100}};
	static const double same_price[][2] = {{90, 100}, {110, 100}, {200, 200}},
						ladder[][2] = {{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}, {7, 1}, {8, 1}, {9, 1}, {10, 1}},
						zero[][2] = {{0, 100}, {1, 1}};
	static const uint64_t twice[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
	TbRatioStudy s = of(table, 36, NULL, NAN, TB_OK), t;

	NEAR(s.median, 0.863913233621971, 1e-13, "median");
	NEAR(s.cod, 29.8177141171686, 1e-12, "COD");
	NEAR(s.prd, 0.983304859025509, 1e-13, "PRD");
	NEAR(s.prb, 0.232261278516779, 1e-12, "PRB, the slope and not the intercept");
	NEAR(s.prb_se, 0.0771451862090425, 1e-12, "its error");
	NEAR(s.prb_low, 0.0754833974231593, 1e-11, "lower end");
	NEAR(s.prb_high, 0.389039159610398, 1e-11, "upper end");
	NEAR(s.cov, 32.9683140599156, 1e-12, "COV");
	NEAR(s.gini_price, 0.208202803799608, 1e-12, "Gini of prices");
	NEAR(s.median_low, 0.684, 1e-3, "median interval as printed, lower end");
	NEAR(s.median_high, 1.067, 1e-3, "and upper end");
	CHECK(s.n == 36 && s.excluded == 0 && isnan(s.low_fence), "all sales used");

	t = of(table, 36, twice, NAN, TB_OK);
	CHECK(t.n == 72 && t.median == s.median && fabs(t.cod - s.cod) < 1e-12 && fabs(t.prb - s.prb) < 1e-14 && t.prb_se < s.prb_se,
		  "every sale twice: the same figures, surer");
	NEAR(t.ki, s.ki, 1e-12, "KI does not depend on copies");

	t = of(outlier, 6, NULL, 3, TB_OK);
	NEAR(t.low_fence, 0.9175, 1e-13, "lower fence: 0.9925 less three times 0.025");
	NEAR(t.high_fence, 1.0925, 1e-13, "upper fence");
	CHECK(t.n == 5 && t.excluded == 1 && t.median == 1, "an outlier is left out and counted");
	t = of(ladder, 10, NULL, NAN, TB_OK);
	CHECK(t.median == 5.5 && t.median_low == 2 && t.median_high == 9, "median interval of ten");
	t = of(ladder, 9, NULL, NAN, TB_OK);
	CHECK(t.median == 5 && t.median_low == 2 && t.median_high == 8, "of nine");
	t = of(ladder, 6, NULL, NAN, TB_OK);
	CHECK(t.median_low == 1 && t.median_high == 6, "of six, the fewest that have one");
	NEAR(t.cov, 100 * sqrt(3.5) / 3.5, 1e-14, "COV of 1 to 6");
	NEAR(t.cod, 100 * 1.5 / 3.5, 1e-14, "COD of 1 to 6");
	CHECK(isnan(of(ladder, 5, NULL, NAN, TB_OK).median_low), "of five, none");
	t = of(level, 3, NULL, NAN, TB_OK);
	NEAR(t.cod + 1, 1, 1e-13, "level appraisals: COD 0");
	NEAR(t.prd, 1, 1e-14, "PRD 1");
	NEAR(t.mki, 1, 1e-14, "MKI 1");
	CHECK(fabs(t.prb) < 1e-12 && isnan(t.median_low), "PRB 0; three sales have no median interval");
	t = of(one, 1, NULL, NAN, TB_OK);
	CHECK(t.n == 1 && t.median == 0.9 && t.weighted_mean == 0.9 && isnan(t.cod) && isnan(t.prb) && isnan(t.cov) && isnan(t.ki),
		  "one sale has a level and nothing else");
	t = of(level, 2, NULL, NAN, TB_OK);
	CHECK(t.n == 2 && fabs(t.cod) < 1e-12 && fabs(t.prb) < 1e-12 && isnan(t.prb_se) && isnan(t.prb_low) && isnan(t.prb_high) &&
			  fabs(t.mki - 1) < 1e-14,
		  "two sales have all but an error");
	t = of(same_price, 3, NULL, NAN, TB_OK);
	NEAR(t.gini_appraised, (2 * (90 * 1.5 + 110 * 1.5 + 200 * 3) / 400 - 4) / 3, 1e-14, "tied prices share their mean rank");
	NEAR(t.ki, t.gini_appraised - (2 * (100 * 1.5 + 100 * 1.5 + 200 * 3) / 400 - 4) / 3, 1e-14, "KI: less the Gini of prices, 1/6");
	of(zero, 2, NULL, NAN, TB_OUT_OF_RANGE);
	of(zero, 0, NULL, NAN, TB_UNDEFINED);
	check_bootstrap(NULL, 36);
	check_bootstrap(twice, 72);
	check_bootstrap_edges();
	return unit_done();
}
