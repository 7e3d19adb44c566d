/* unit test of core/flow: the two matrices of Plane & Mulligan 1997, p. 253, and the identities that need no other source */
#include "../../src/core/flow/flow.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static TbId names[] = {{"R1", 2}, {"R2", 2}, {"R3", 2}, {"R4", 2}, {"R5", 2}, {"R6", 2}};

/* A dense matrix as rows of links, until the next one */
static TbFlows system_of(const double *matrix, uint32_t n)
{
	static size_t row[7];
	static uint32_t destination[36];
	static double flow[36];
	size_t k = 0;

	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t j = 0; j < n; j++)
			if (matrix[i * n + j] > 0) {
				destination[k] = j;
				flow[k++] = matrix[i * n + j];
			}
		row[i + 1] = k;
	}
	return (TbFlows){n, names, k, row, destination, flow};
}

static TbFlowProfile profile(const double *matrix, uint32_t n)
{
	TbFlows flows = system_of(matrix, n);
	TbFlowProfile p;

	CHECK(tb_flow_profile(&flows, &p) == TB_OK, "a profile");
	return p;
}

/* Values of the tests of migration.indices 0.3.1, which it took from the articles */
static void published(void)
{
	TbFlowProfile p = profile((double[]){0, 10, 10, 20, 0, 20, 30, 30, 0}, 3);
	TbFlows flows;
	TbZoneFlow *zone;

	NEAR(p.gini_total, 0.2222222222222222, 1e-12, "total Gini");
	NEAR(p.gini_total_corrected, 0.2666666666666667, 1e-12, "corrected");
	CHECK(p.gini_rows == 0, "rows");
	NEAR(p.gini_columns, 0.05555555555555555, 1e-12, "columns");
	NEAR(p.gini_exchange, 0.05555555555555555, 1e-12, "exchange");
	NEAR(p.mwg_in / 3, 0.1222222222222222, 1e-12, "weighted field Gini, the package divides by n once more");
	NEAR(p.acv_in, 0.3333333333333334, 1e-12, "variation of inflows");
	NEAR(p.effectiveness, 25, 1e-12, "effectiveness");
	NEAR(p.inequality * p.interzonal, 20, 1e-12, "inequality, which the package gives in people");
	flows = system_of((double[]){0, 20, 20, 30, 0, 50, 20, 20, 0}, 3);
	CHECK(tb_flow_profile(&flows, &p) == TB_OK, "second matrix");
	NEAR(p.gini_total, 0.1875, 1e-12, "total Gini");
	NEAR(p.gini_rows, 0.02083333333333333, 1e-12, "rows");
	NEAR(p.gini_exchange, 0.04166666666666666, 1e-12, "exchange");
	NEAR(p.mwg_out / 3, 0.02083333333333333, 1e-12, "weighted field Gini of outflows");
	NEAR(p.inequality * p.interzonal, 26.66666666666667, 1e-12, "inequality");
	CHECK(tb_zone_flows(&flows, &zone) == TB_OK, "zones");
	NEAR(zone[2].field_gini_in, 0.4285714285714285, 1e-12, "inflow field of R3");
	NEAR(zone[1].field_gini_out, 0.25, 1e-12, "outflow field of R2");
	NEAR(zone[1].cv_out, 0.25, 1e-12, "its variation");
	CHECK(zone[0].main_destination == 1 && zone[0].main_destination_share == 0.5, "of equal destinations the smallest id");
	NEAR(zone[1].dominance, 120 * 2 / 200.0, 1e-15, "dominance, mean of the others");
	tb_free(zone);
}

static void degenerate(void)
{
	TbFlowProfile p = profile((double[]){5}, 1);
	TbFlows none = {2, names, 0, (size_t[]){0, 0, 0}, NULL, NULL};

	CHECK(isnan(p.connectivity) && isnan(p.effectiveness) && p.self_containment == 1, "one zone");
	CHECK(tb_flow_profile(&none, &p) == TB_OK && p.zones == 2 && p.connectivity == 0 && isnan(p.gini_total) && isnan(p.self_containment), "no flow");
	p = profile((double[]){0, 9, 0, 0}, 2);
	CHECK(p.gini_total_corrected == 1 && p.connectivity == 0.5 && p.entropy == 0 && isnan(p.mwg_in) && p.effectiveness == 100, "one link of two");
	none = system_of((double[]){1e308, 9, 1e308, 1e308}, 2);
	CHECK(tb_flow_profile(&none, &p) == TB_OUT_OF_RANGE, "a total that overflows");
}

static void identities(void)
{
	double m[36], t[36], even[36], lone[36] = {0};
	TbFlowProfile a, b;
	TbFlows flows;
	TbLinkFlow *link;
	size_t n;
	double strength = 0;

	for (int i = 0; i < 36; i++)
		m[i] = (i * 37 % 11) * (i % 4 != 1);
	for (int i = 0; i < 36; i++)
		t[i % 6 * 6 + i / 6] = m[i];
	a = profile(m, 6);
	b = profile(t, 6);
	NEAR(a.gini_rows, b.gini_columns, 1e-15, "transposing swaps rows and columns");
	NEAR(a.mwg_in, b.mwg_out, 1e-15, "and fields");
	NEAR(a.gini_exchange, b.gini_exchange, 1e-15, "and not exchange");
	for (int i = 0; i < 36; i++)
		t[i] = m[i] * 3e200;
	b = profile(t, 6);
	NEAR(a.acv_in, b.acv_in, 1e-15, "scaling changes no index, even where squares would overflow");
	NEAR(a.gini_total, b.gini_total, 1e-15, "nor the Gini");
	for (int i = 0; i < 36; i++)
		even[i] = i % 7 ? 0.1 : 0;
	a = profile(even, 6);
	CHECK(fabs(a.gini_total) < 1e-15 && fabs(a.inequality) < 1e-15 && fabs(a.entropy - 1) < 1e-15 && a.acv_in < 1e-15, "even flows");
	lone[9] = 4;
	a = profile(lone, 6);
	CHECK(a.gini_total_corrected == 1 && a.connectivity == 1.0 / 30, "one flow: corrected Gini 1");
	NEAR(a.inequality, 29.0 / 30, 1e-15, "inequality 1 - 1/N");
	flows = system_of(m, 6);
	CHECK(tb_link_flows(&flows, &link, &n) == TB_OK, "links");
	for (size_t i = 0; i < n; i++)
		strength += link[i].strength;
	NEAR(strength, 1, 1e-14, "strengths sum to 1");
	CHECK(link[0].a < link[0].b, "a before b");
	tb_free(link);
}

static void by_hand(void)
{
	TbFlowProfile p = profile((double[]){0, 10, 10, 20, 0, 20, 30, 30, 0}, 3);
	TbFlows flows = system_of((double[]){5, 20, 20, 30, 0, 50, 20, 20, 40}, 3);
	TbZoneFlow *zone;
	TbLinkFlow *link;
	size_t n;

	NEAR(p.reciprocity, 80. / 120, 1e-15, "10, 10 and 20 go both ways");
	CHECK(tb_zone_flows(&flows, &zone) == TB_OK, "zones");
	NEAR(zone[1].outflow_entropy, log(8) - (3 * log(3) + 5 * log(5)) / 8, 1e-14, "entropy of 30 and 50");
	NEAR(zone[1].outflow_evenness, zone[1].outflow_entropy / log(2), 1e-14, "over that of two equal ones");
	NEAR(zone[1].outflow_concentration, 34. / 64, 1e-14, "squares of 3/8 and 5/8");
	CHECK(zone[2].inflow == 70 && zone[2].outflow == 40 && zone[2].intrazonal == 40 && zone[2].net == 30 && zone[2].turnover == 110, "sums of R3");
	NEAR(zone[2].supply_self_containment, 0.5, 1e-15, "40 of 80 residents");
	NEAR(zone[2].demand_self_containment, 40. / 110, 1e-15, "40 of 110 jobs");
	NEAR(zone[2].job_ratio, 110. / 80, 1e-15, "jobs over residents");
	NEAR(zone[2].symmetry, 30. / 110, 1e-15, "net over turnover");
	NEAR(zone[2].effectiveness, 3000. / 110, 1e-15, "in per cent");
	CHECK(zone[1].main_destination == 2 && zone[1].main_destination_share == 0.625 && zone[1].in_degree == 2 && zone[1].out_degree == 2, "R2 to R3");
	CHECK(tb_flow_profile(&flows, &p) == TB_OK && p.total == 205 && p.intrazonal == 45 && p.interzonal == 160, "totals");
	NEAR(p.self_containment, 45. / 205, 1e-15, "self-containment");
	NEAR(p.effectiveness, 100. * (10 + 40 + 30) / 2 / 160, 1e-15, "net flows 10, -40, 30");
	tb_free(zone);
	flows = system_of((double[]){0, 10, 0, 20, 0, 20, 0, 20, 0}, 3);
	CHECK(tb_link_flows(&flows, &link, &n) == TB_OK && n == 2, "links");
	NEAR(link[0].symmetry, log2(3) - 2. / 3, 1e-14, "a third against two thirds");
	NEAR(link[1].symmetry, 1, 1e-15, "equal flows");
	CHECK(link[0].flow_ab == 10 && link[0].flow_ba == 20 && link[0].net == -10, "a to b, b to a");
	NEAR(link[0].strength, 30. / 70, 1e-15, "of all flow");
	tb_free(link);
	flows = system_of((double[]){0, 1e308, 0, 1e308, 0, 1, 0, 1, 0}, 3);
	CHECK(tb_zone_flows(&flows, &zone) == TB_OUT_OF_RANGE && isfinite(zone[2].turnover), "a turnover beyond float8, that of the last zone is not");
}

static double uniform(void)
{
	static uint32_t seed = 1;

	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) / 16777216.0;
}

/* Counts are added as doubles, 1024ths of them are no whole numbers and are not: what has no unit has the same bits */
static void counts(double most)
{
	for (int round = 0; round < 20; round++) {
		TbFlowProfile whole, part;
		double cell[36], parts[36];

		for (int i = 0; i < 36; i++) {
			cell[i] = uniform() < 0.8 ? floor(uniform() * most) : 0;
			cell[1] = 1;
			parts[i] = cell[i] / 1024;
		}
		parts[1] = 1. / 1024;
		whole = profile(cell, 6);
		part = profile(parts, 6);
		part.total *= 1024;
		part.intrazonal *= 1024;
		part.interzonal *= 1024;
		CHECK(memcmp(&whole.links, &part.links, sizeof(whole) - offsetof(TbFlowProfile, links)) == 0, "the same bits by either way of adding");
	}
}

/* A row or a column of totals is found, with its corner and without; two zones alike are none */
static void totals(void)
{
	TbFlows flows = system_of((double[]){2, 4, 6, 0, 9, 0, 1, 0, 0, 3, 5, 0, 11, 7, 12, 0}, 4);

	CHECK(tb_flow_total_zone(&flows) == 3, "a row");
	flows = system_of((double[]){2, 4, 6, 12, 9, 0, 1, 10, 0, 3, 5, 8, 0, 0, 0, 0}, 4);
	CHECK(tb_flow_total_zone(&flows) == 3, "a column");
	flows = system_of((double[]){30, 11, 7, 12, 12, 2, 4, 6, 10, 9, 0, 1, 8, 0, 3, 5}, 4);
	CHECK(tb_flow_total_zone(&flows) == 0, "both, with their corner");
	flows = system_of((double[]){0, 11, 7, 12, 12, 2, 4, 6, 10, 9, 0, 1, 8, 0, 3, 5}, 4);
	CHECK(tb_flow_total_zone(&flows) == 0, "and without");
	flows = system_of((double[]){30, 12, 7, 12, 12, 2, 4, 6, 10, 9, 0, 1, 8, 0, 3, 5}, 4);
	CHECK(tb_flow_total_zone(&flows) == 0, "a column, where one cell of the row has changed");
	flows = system_of((double[]){2, 4, 6, 0, 9, 0, 1, 0, 0, 3, 5, 0, 11, 7, 13, 0}, 4);
	CHECK(tb_flow_total_zone(&flows) == TB_NO_ID, "a total that is one off");
	flows = system_of((double[]){0, 0, 9, 9, 9, 0, 0, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 5);
	CHECK(tb_flow_total_zone(&flows) == TB_NO_ID, "two origins alike");
	flows = system_of((double[]){2, 0, 4, 6, 0, 9, 0, 0, 1, 0, 0, 0, 3, 5, 0, 1, 0, 2, 2, 0, 12, 0, 9, 14, 0}, 5);
	CHECK(tb_flow_total_zone(&flows) == 4, "a row, where one zone receives nothing");
	flows = system_of((double[]){0, 5, 5, 0}, 2);
	CHECK(tb_flow_total_zone(&flows) == TB_NO_ID, "two zones");
	flows = system_of(NULL, 0);
	CHECK(tb_flow_total_zone(&flows) == TB_NO_ID, "none");
}

int main(void)
{
	totals();
	counts(4);
	counts(30);
	counts(1e6);
	counts(1e14);
	published();
	degenerate();
	identities();
	by_hand();
	return unit_done();
}
