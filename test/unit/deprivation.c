/* unit test of core/deprivation: by hand, thirds, parts, forged totals */
#include "../../src/core/inequality/deprivation.h"

#include <string.h>

#include "unit.h"

int main(void)
{
	/* four dimensions; five households */
	const double weight[4] = {0.4, 0.3, 0.2, 0.1}, people[5] = {2, 1, 4, 3, 10}, eighteenths[18] = {[0 ... 17] = 1.0 / 18};
	const double row[5][4] = {{1, 1, 0, 0}, {0, 1, 1, 0}, {0, 0, 0, 1}, {1, 1, 1, 1}, {0, 0, 0, 0}};
	double six[18] = {1, 1, 1, 1, 1, 1};
	TbState *state = tb_deprivation_new(weight, 4, 0.5), *part = tb_deprivation_new(weight, 4, 0.5), *other = tb_deprivation_new(weight, 4, 0.6),
			*forged;
	TbDeprivation d;
	const TbShape *shape = &tb_deprivation_shape;

	for (int i = 0; i < 5; i++)
		CHECK(tb_deprivation_add(i % 2 ? part : state, row[i], people[i]) == TB_OK, "added");
	CHECK(shape->merge(&state, other) == TB_MISMATCH, "another cutoff");
	CHECK(shape->merge(&state, part) == TB_OK && shape->check(state) == TB_OK, "two parts");
	tb_deprivation(state, &d);
	CHECK(d.n == 5 && d.population == 20 && d.poor == 6, "three households are poor, one of them exactly at the cutoff");
	NEAR(d.headcount, 0.3, 1e-15, "headcount");
	NEAR(d.index, (2 * 0.7 + 0.5 + 3) / 20, 1e-15, "adjusted headcount");
	NEAR(d.intensity, (2 * 0.7 + 0.5 + 3) / 6, 1e-15, "intensity");
	NEAR(d.censored[3], 3.0 / 20, 1e-15, "poor and deprived");
	NEAR(d.uncensored[3], 7.0 / 20, 1e-15, "deprived");
	NEAR(d.contribution[0] + d.contribution[1] + d.contribution[2] + d.contribution[3], 1, 1e-15, "contributions add to 1");
	NEAR(d.contribution[1], 0.3 * 6 / (2 * 0.7 + 0.5 + 3), 1e-15, "of one dimension");
	CHECK(!d.union_rule, "no union");
	CHECK(tb_deprivation_add(state, row[0], 1.7e308) == TB_OK && tb_deprivation_add(state, row[0], 1e308) == TB_OUT_OF_RANGE,
		  "up to the end of float8");
	tb_deprivation(state, &d);
	NEAR(d.headcount, 1, 1e-15, "and shares there");
	state = tb_deprivation_new(eighteenths, 18, 1.0 / 3);
	CHECK(tb_deprivation_add(state, six, 1) == TB_OK, "six of eighteen");
	tb_deprivation(state, &d);
	CHECK(d.headcount == 1 && isnan(d.contribution[17]) == false && d.contribution[17] == 0, "are a third");
	state = tb_deprivation_new(eighteenths, 18, 0.01);
	six[0] = six[1] = six[2] = six[3] = six[4] = six[5] = 0;
	CHECK(shape->check(state) == TB_CORRUPT && tb_deprivation_add(state, six, 1) == TB_OK && shape->check(state) == TB_OK, "a state has rows");
	tb_deprivation(state, &d);
	CHECK(d.union_rule && d.headcount == 0 && d.index == 0 && isnan(d.intensity) && isnan(d.contribution[0]), "nobody is poor");
	forged = shape->pack(part);
	CHECK(shape->check(forged) == TB_OK && memcmp(tb_state_words(forged), tb_state_words(part), part->words * 8) == 0, "packed as it is");
	tb_state_doubles(forged)[3] = -0.4;
	CHECK(shape->check(forged) == TB_CORRUPT, "a negative weight");
	forged = shape->pack(part);
	tb_state_doubles(forged)[2] = 1.5;
	CHECK(shape->check(forged) == TB_CORRUPT, "a cutoff that nobody reaches");
	forged = shape->pack(part);
	tb_state_doubles(forged)[forged->words - 2] = 1e9;
	CHECK(shape->check(forged) == TB_CORRUPT, "more poor than there are");
	forged = shape->pack(part);
	tb_state_words(forged)[0] = 5;
	CHECK(shape->check(forged) == TB_CORRUPT, "a dimension too many");
	return unit_done();
}
