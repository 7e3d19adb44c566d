/* unit test of core/segregation: by hand, even and complete, parents, forged and missing */
#include "../../src/core/territory/segregation.h"

#include <string.h>

#include "samples.h"

typedef struct Row {
	const char *unit, *group, *parent;
	double count;
} Row;

static TbStatus table_of(size_t n, const Row *rows, TbSegregationTable *table)
{
	TbState *state = tb_bag_new(&tb_segregation_kind, NULL, 0);
	static TbBag bag;
	uint32_t at;

	for (size_t i = 0; i < n; i++) {
		TbId id[3] = {{rows[i].unit, (uint32_t)strlen(rows[i].unit)}, {rows[i].group, (uint32_t)strlen(rows[i].group)}, {NULL, 0}};

		if (rows[i].parent)
			id[2] = (TbId){rows[i].parent, (uint32_t)strlen(rows[i].parent)};
		(void)tb_bag_add(&tb_segregation_kind, &state, id, &rows[i].count);
	}
	return tb_bag_view(&tb_segregation_kind, state, &bag) == TB_OK ? tb_segregation_table(&bag, table, &at) : TB_UNDEFINED;
}

int main(void)
{
	/* groups x, y over units a (3, 1), b (1, 3), with a parent each */
	const Row rows[] = {{"a", "x", "P", 2}, {"a", "x", "P", 1}, {"b", "y", "Q", 3}, {"a", "y", "P", 1}, {"b", "x", "Q", 1}, {"c", "z", "Q", 0}};
	const Row missing[] = {{"a", "x", NULL, 3}, {"b", "x", NULL, 1}, {"b", "y", NULL, 3}};
	const Row two[] = {{"a", "x", "P", 2}, {"a", "y", "Q", 2}}, one[] = {{"a", "x", NULL, 2}, {"b", "x", NULL, 3}};
	const double a[2] = {3, 1}, b[2] = {1, 3}, none[2] = {0, 0};
	TbSegregationTable t;
	TbSegregation s;
	TbSegregationParts p;
	double score[2], m = log(2) + 0.75 * log(0.75) + 0.25 * log(0.25);
	TbSample pairs;

	CHECK(table_of(6, rows, &t) == TB_OK && t.units == 2 && t.groups == 2 && ldexp(t.total, t.exponent) == 8 && t.parents == 2,
		  "cells add up; a unit and a group without people are left out");
	CHECK(tb_segregation(&t, &s) == TB_OK, "computed");
	NEAR(s.dissimilarity, 0.5, 1e-15, "half would have to move");
	NEAR(s.gini, 0.5, 1e-15, "two units: the Gini is the dissimilarity");
	NEAR(s.mutual_information, m, 1e-14, "mutual information");
	NEAR(s.entropy, log(2), 1e-15, "entropy of two even groups");
	NEAR(s.entropy_index, m / log(2), 1e-14, "H");
	NEAR(s.relative_diversity, 0.25, 1e-15, "relative diversity");
	NEAR(s.exposure[0], (3. * 3 / 4 + 1. / 4) / 4, 1e-15, "isolation");
	NEAR(s.exposure[1] + s.exposure[0], 1, 1e-15, "exposures of a group add up to 1");
	tb_segregation_parts(&t, &p);
	NEAR(p.between, m, 1e-14, "parents of one unit each: all lies between");
	CHECK(p.within < 1e-16 && p.total == p.between + p.within, "nothing within");
	tb_segregation_local(&t, score);
	NEAR(score[0], m, 1e-14, "both units are alike far from the whole");
	CHECK(table_of(3, missing, &t) == TB_OK && tb_segregation(&t, &s) == TB_OK, "a group that is missing in a unit");
	NEAR(s.mutual_information, 3. / 7 * log(7. / 4) + 4. / 7 * (0.25 * log(7. / 16) + 0.75 * log(7. / 4)), 1e-14,
		 "counts with its share of the whole");
	/* shares 4/7 and 3/7, in a 1 and 0, in b 1/4 and 3/4 */
	NEAR(s.relative_diversity, (3. / 7 * 2 * 9 / 49 + 4. / 7 * 2 * 81 / 784) / (24. / 49), 1e-14, "in the relative diversity");
	NEAR(s.dissimilarity, (3. / 7 * 6 / 7 + 4. / 7 * 2 * 9 / 28) / (48. / 49), 1e-14, "and in the dissimilarity");
	CHECK(table_of(2, two, &t) == TB_MISMATCH, "a unit in two parents");
	CHECK(table_of(2, one, &t) == TB_OK && tb_segregation(&t, &s) == TB_OK && s.mutual_information == 0 && isnan(s.dissimilarity) &&
			  isnan(s.entropy_index) && s.exposure[0] == 1 && t.parent[0] == TB_NO_ID,
		  "one group");
	CHECK(table_of(1, &rows[5], &t) == TB_UNDEFINED, "nobody");
	CHECK(!tb_segregation_params_ok(a, 1) && tb_segregation_params_ok(NULL, 0), "no parameters");
	pairs = pairs_of(2, a, b, NULL);
	NEAR(tb_dissimilarity(&pairs), 0.5, 1e-15, "from pairs");
	pairs = pairs_of(2, a, none, NULL);
	CHECK(isnan(tb_dissimilarity(&pairs)), "a group with nobody");
	return unit_done();
}
