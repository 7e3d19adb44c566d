/* unit test of core/interaction: balancing against published tables and identities, fit, radiation */
#include "../../src/core/flow/interaction.h"

#include "flows.h"
#include "unit.h"

static void balancing(void)
{
	/* mipfp, man/Ipfp.Rd, examples 1 and 2: the second with the margins V1 and (V2, V3) */
	const uint32_t o[] = {0, 0, 1, 1}, d[] = {0, 1, 0, 1};
	const double seed[] = {1, 1, 1, 1}, faint[] = {1e-12, 1e-12, 1e-12, 1e-12}, rows[] = {30, 70}, columns[] = {50, 50};
	const double seed3[16] = {4, 1, 10, 1, 1, 1, 1, 6, 1, 1, 1, 1, 1, 1, 1, 1}, rows3[] = {50, 16}, columns3[] = {10, 4, 22, 4, 4, 4, 4, 14};
	uint32_t o3[16], d3[16];
	TbPairs p = {4, 2, 2, o, d}, p3 = {16, 2, 8, o3, d3};
	TbBalance balance;
	double flow[16];

	CHECK(tb_balance(&p, seed, rows, columns, TB_BALANCED, flow, &balance) == TB_OK && flow[0] == 15 && flow[1] == 15 && flow[2] == 35 &&
			  flow[3] == 35,
		  "2 x 2");
	CHECK(tb_balance(&p, faint, rows, columns, TB_BALANCED, flow, &balance) == TB_OK && fabs(flow[0] - 15) < 1e-13 && fabs(flow[3] - 35) < 1e-13,
		  "the scale of the seed does not matter");
	for (uint32_t k = 0; k < 16; k++) {
		o3[k] = k / 8;
		d3[k] = k % 8;
	}
	CHECK(tb_balance(&p3, seed3, rows3, columns3, TB_BALANCED, flow, &balance) == TB_OK, "2 x 4 x 2");
	for (int k = 0; k < 16; k++)
		NEAR(flow[k], 2 * seed3[k], 1e-12, "as published");
}

static void margins(void)
{
	const double rows[] = {0.1, 0.2, 0.3}, huge[] = {1e308, 1e308, 1e308};
	double columns[] = {0.30000000000000004, 0.3}, apart[] = {0.3, 0.31}, none[] = {0, 0}, out, in;

	CHECK(tb_margins_agree(rows, 3, columns, 2, &out, &in) == TB_OK && out != 0 && fabs(columns[0] + columns[1] - out) <= 0x1p-53,
		  "a rounding error goes to the destinations");
	CHECK(tb_margins_agree(rows, 3, apart, 2, &out, &in) == TB_MISMATCH && apart[0] == 0.3 && apart[1] == 0.31, "a difference is told, not hidden");
	NEAR(out, 0.6, 1e-15, "sum of the origins");
	NEAR(in, 0.61, 1e-15, "sum of the destinations");
	CHECK(tb_margins_agree(huge, 3, columns, 2, &out, &in) == TB_OUT_OF_RANGE, "totals beyond float8");
	CHECK(tb_margins_agree(none, 2, none, 2, &out, &in) == TB_OK && none[0] == 0, "nothing on both sides");
}

static void prediction(void)
{
	const TbGravity fit = {.constant = log(2), .alpha = 1, .gamma = 0.5, .beta = -2}, none = {.constant = 1, .alpha = NAN};

	NEAR(tb_predicted_flow(&fit, TB_GRAVITY_POWER, 3, 16, 4), 2 * 3 * 4 / 16.0, 1e-15, "K V W^0.5 / d^2");
	NEAR(tb_predicted_flow(&fit, TB_GRAVITY_EXPONENTIAL, 3, 16, 0), 24, 1e-15, "at distance 0");
	NEAR(tb_predicted_flow(&fit, TB_GRAVITY_EXPONENTIAL, 3, 16, 1), 24 * exp(-2), 1e-15, "and at 1");
	CHECK(isnan(tb_predicted_flow(&none, TB_GRAVITY_POWER, 3, 16, 4)), "no prediction without a parameter");
	CHECK(isinf(tb_predicted_flow(&fit, TB_GRAVITY_POWER, 1e300, 1e300, 1e-300)), "beyond float8");
}

static void identities(void)
{
	enum { n = 12 };
	uint32_t o[n * n], d[n * n];
	double seed[n * n], scaled[n * n], first[n * n], second[n * n], rows[n] = {0}, columns[n] = {0}, turned[n];
	TbPairs p = {n * n, n, n, o, d};
	TbBalance balance;
	bool same = true, ratios = true;

	for (uint32_t k = 0; k < n * n; k++) {
		o[k] = k / n;
		d[k] = k % n;
		seed[k] = o[k] == d[k] ? 0 : uniform() + 0.01;
		rows[o[k]] += seed[k];
		columns[d[k]] += seed[k];
	}
	CHECK(tb_balance(&p, seed, rows, columns, TB_BALANCED, first, &balance) == TB_OK, "observed flows as seed");
	for (int k = 0; k < n * n; k++)
		same &= fabs(first[k] - seed[k]) <= 1e-15;
	CHECK(same, "come back unchanged");
	for (int i = 0; i < n; i++)
		turned[i] = rows[n - 1 - i];
	for (int k = 0; k < n * n; k++)
		scaled[k] = seed[k] * (o[k] + 1) * pow(3, d[k]);
	{
		double in = 0, out = 0;

		for (int i = 0; i < n; i++) {
			in += columns[i];
			out += turned[i];
		}
		for (int i = 0; i < n; i++)
			turned[i] *= in / out;
	}
	CHECK(tb_balance(&p, seed, turned, columns, TB_BALANCED, first, &balance) == TB_OK, "other margins");
	CHECK(tb_balance(&p, scaled, turned, columns, TB_BALANCED, second, &balance) == TB_OK, "rows and columns of the seed scaled");
	same = true;
	for (int k = 0; k < n * n; k++)
		same &= fabs(first[k] - second[k]) <= 1e-12 * first[k];
	CHECK(same, "give the same flows");
	for (int i = 0; i < n; i++) {
		double out = 0, in = 0;

		for (int j = 0; j < n; j++) {
			out += first[i * n + j];
			in += first[j * n + i];
		}
		NEAR(out, turned[i], 1e-12, "row total met");
		NEAR(in, columns[i], 1e-12, "column total met");
	}
	for (int i = 1; i < 4; i++)
		for (int j = 5; j < 8; j++)
			ratios &= fabs(first[i * n + j] * first[0 * n + 4] / first[i * n + 4] / first[0 * n + j] /
							   (seed[i * n + j] * seed[0 * n + 4] / seed[i * n + 4] / seed[0 * n + j]) -
						   1) < 1e-12;
	CHECK(ratios, "cross-ratios of the seed stay");
}

static void impossible(void)
{
	const uint32_t o[] = {0, 0, 1, 1}, d[] = {0, 1, 0, 1};
	const double empty_row[] = {1, 1, 0, 0}, corner[] = {1, 1, 0, 1}, seed[] = {1, 1, 1, 1};
	const double rows[] = {5, 5}, columns[] = {5, 5}, wrong[] = {8, 2}, none[] = {0, 10}, apart[] = {1, 0, 0, 1};
	TbPairs p = {4, 2, 2, o, d};
	TbBalance balance;
	double flow[4];

	CHECK(tb_balance(&p, empty_row, rows, columns, TB_BALANCED, flow, &balance) == TB_INFEASIBLE && balance.origin == 1,
		  "a row without seed is named");
	CHECK(tb_balance(&p, corner, rows, wrong, TB_BALANCED, flow, &balance) == TB_NOT_CONVERGED, "zeros in the wrong place");
	CHECK(tb_balance(&p, apart, none, columns, TB_BALANCED, flow, &balance) == TB_INFEASIBLE && balance.destination == 0,
		  "a destination that only an origin without total could serve is named");
	CHECK(tb_balance(&p, seed, none, columns, TB_BALANCED, flow, &balance) == TB_OK && flow[0] == 0 && flow[1] == 0 && flow[2] == 5,
		  "a total of 0 is fine");
}

static void fit(void)
{
	/* scikit-mobility, skmob/measures/tests/test_evaluation.py */
	const double t[] = {1, 2, 3}, even[] = {2, 2, 2}, reversed[] = {3, 2, 1}, none[] = {0, 0, 0};
	TbFlowFit f;

	CHECK(tb_flow_fit(t, t, NULL, 3, &f) == TB_OK && f.cpc == 1 && f.rmse == 0 && f.kl == 0, "perfect");
	(void)tb_flow_fit(t, even, NULL, 3, &f);
	NEAR(f.cpc, 0.83333333333, 1e-10, "common part");
	NEAR(f.rmse, 0.8164965809, 1e-9, "root mean squared error");
	NEAR(f.nrmse, 0.1360827635, 1e-9, "over the sum");
	NEAR(f.kl, 0.0872080239607, 1e-9, "divergence");
	NEAR(f.ssi, (2.0 / 3 + 1 + 0.8) / 3, 1e-15, "similarity");
	NEAR(f.srmse, f.rmse / 2, 1e-15, "over the mean");
	CHECK(f.n == 3, "pairs");
	{
		const double once[] = {1, 3}, twice[] = {1, 1, 3}, y[] = {2, 1}, z[] = {2, 2, 1};
		const uint64_t count[] = {2, 1};
		TbFlowFit g;

		(void)tb_flow_fit(once, y, count, 2, &f);
		(void)tb_flow_fit(twice, z, NULL, 3, &g);
		CHECK(f.n == g.n && f.cpc == g.cpc && f.rmse == g.rmse && f.ssi == g.ssi && f.srmse == g.srmse, "counted pairs are pairs");
		NEAR(f.kl, g.kl, 1e-15, "for the divergence too");
	}
	NEAR(tb_common_part((double[]){1, 2, 3}, (double[]){3, 2, 1}, 3), 8. / 12, 1e-15, "1, 2 and 1 in common, twice, of 12");
	CHECK(isnan(tb_common_part(none, none, 3)), "nothing in common of nothing");
	(void)tb_flow_fit(t, reversed, NULL, 3, &f);
	NEAR(f.cpc, 0.66666666666, 1e-10, "common part");
	NEAR(f.rmse, 1.63299316185, 1e-10, "root mean squared error");
	NEAR(f.kl, 0.3662040962227, 1e-12, "divergence");
	CHECK(tb_flow_fit(none, t, NULL, 3, &f) == TB_OK && f.cpc == 0 && isnan(f.nrmse) && isnan(f.kl), "nothing observed");
	CHECK(tb_flow_fit(t, t, NULL, 0, &f) == TB_UNDEFINED, "no pair: undefined");
	CHECK(tb_flow_fit((double[]){1e308}, (double[]){1e308}, NULL, 1, &f) == TB_OK && f.cpc == 1 && f.rmse == 0,
		  "flows whose sum float8 does not hold");
	CHECK(tb_flow_fit((double[]){3e-300, 1e-300}, (double[]){1e-300, 3e-300}, NULL, 2, &f) == TB_OK, "and whose squares it does not");
	NEAR(f.rmse, 2e-300, 1e-15, "root mean squared error");
	NEAR(f.srmse, 1, 1e-15, "over the mean");
	NEAR(f.cpc, 0.5, 1e-15, "common part");
}

/* A perfect prediction is 1, zeros and all */
static void perfect(void)
{
	static const double x[] = {0, 0, 3};
	TbFlowFit f;

	CHECK(tb_flow_fit(x, x, NULL, 3, &f) == TB_OK && f.ssi == 1 && f.cpc == 1 && f.rmse == 0 && f.kl == 0, "perfect prediction with zeros");
	CHECK(tb_similarity(0, 0) == 1 && tb_similarity(0, 3) == 0 && tb_similarity(1, 3) == 0.5, "similarity of a pair");
}

static void radiation(void)
{
	double parts;
	enum { n = 50 };
	double mass[n], distance[n], stretched[n], share[n], other[n], total = 40, sum = 0;
	const double tied_mass[] = {10, 30}, tied[] = {1, 1};
	bool same = true;

	for (int k = 0; k < n; k++) {
		mass[k] = uniform() * 100;
		distance[k] = floor(uniform() * 20);
		stretched[k] = exp(distance[k]);
		total += mass[k];
	}
	CHECK(tb_radiation(40, total, mass, distance, n, share, &parts) == TB_OK, "radiation with ties");
	for (int k = 0; k < n; k++)
		sum += share[k];
	NEAR(sum, 1, 1e-13, "shares sum to 1");
	(void)tb_radiation(40, total, mass, stretched, n, other, &parts);
	for (int k = 0; k < n; k++) {
		same &= share[k] == other[k];
		mass[k] *= 8;
	}
	CHECK(same, "only the order of distances counts");
	(void)tb_radiation(320, total * 8, mass, distance, n, other, &parts);
	same = true;
	for (int k = 0; k < n; k++)
		same &= fabs(share[k] - other[k]) <= 1e-14 * share[k];
	CHECK(same, "scaling all masses changes nothing");
	(void)tb_radiation(10, 50, tied_mass, tied, 2, share, &parts);
	CHECK(fabs(share[0] - 0.25) < 1e-15 && fabs(share[1] - 0.75) < 1e-15, "one ring is shared by mass");
	CHECK(tb_radiation(10, 50, tied_mass, tied, 2, share, &parts) == TB_OK, "all places are the total");
	CHECK(tb_radiation(10, parts * (1 - 1e-8), tied_mass, tied, 2, share, &parts) == TB_INVALID, "less than the places there are: refused");
	CHECK(tb_radiation(10, parts * (1 - 1e-12), tied_mass, tied, 2, share, &parts) == TB_OK, "a total summed in another order is not");
	CHECK(tb_radiation(0, 50, tied_mass, tied, 2, share, &parts) == TB_UNDEFINED, "no mass at the origin: undefined");
}

int main(void)
{
	margins();
	prediction();
	balancing();
	identities();
	impossible();
	fit();
	perfect();
	radiation();
	return unit_done();
}
