/* unit test of core/urbanisation: the unit rules of both versions on shares worked out from their text, and forged states */
#include "../../src/core/territory/urbanisation.h"

#include <stdlib.h>

#include "../../src/core/base/host.h"
#include "forged.h"
#include "unit.h"

/* population in 30, 23, 22, 21, 13, 12, 11, 10 */
static int verdict(const double *population, int rules)
{
	TbState *state = tb_urbanisation_new(rules);
	TbUrbanisation r;

	for (int i = 0; i < TB_SETTLEMENT_CODES; i++)
		tb_urbanisation_add(state, i, population[i], 1);
	tb_urbanisation(state, tb_settlement_rules + rules, &r);
	tb_free(state);
	return r.level1 * 100 + r.level2;
}

int main(void)
{
	static const double city[] = {50, 0, 0, 0, 50}, dense[] = {49, 20, 10, 20, 1}, tie[] = {0, 20, 20, 10}, semi[] = {0, 10, 30, 10},
						suburb[] = {0, 10, 10, 30};
	static const double new_village[] = {10, 10, 0, 0, 30, 30, 10, 10}, new_wet[] = {0, 0, 0, 0, 0, 50, 30, 20},
						new_ring[] = {20, 20, 8, 14, 10, 15, 8, 5}, new_dispersed[] = {0, 0, 0, 0, 20, 45, 25, 10};
	static const double half[] = {0, 0, 0, 50, 50}, village[] = {0, 0, 0, 10, 40, 40, 10}, dispersed[] = {0, 0, 0, 0, 30, 40, 30},
						empty[] = {0, 0, 0, 0, 10, 20, 40, 30}, wet[] = {0, 0, 0, 0, 10, 35, 25, 30}, tie_low[] = {0, 0, 0, 0, 20, 40, 40},
						tie_high[] = {0, 0, 0, 0, 40, 40, 20};
	static const double new_dense[] = {30, 20, 10, 40}, new_suburb[] = {30, 10, 10, 45, 5}, new_semi[] = {30, 10, 30, 10, 20},
						mixed[] = {0, 0, 0, 20, 25, 45, 10};
	double all[TB_SETTLEMENT_CODES] = {0};
	const double *cases[] = {city, dense, tie, semi, suburb, half, village, dispersed, empty, wet, tie_low, tie_high};
	static const size_t length[] = {5, 5, 4, 4, 4, 5, 7, 7, 8, 8, 7, 7};
	static const int expected[] = {130, 223, 223, 222, 221, 221, 313, 312, 311, 311, 312, 313};
	const double *cases_2024[] = {new_dense, new_suburb, new_semi, mixed, empty, new_village, new_wet, new_ring, new_dispersed};
	static const size_t length_2024[] = {4, 5, 5, 7, 8, 8, 8, 8, 8};
	static const int expected_2024[] = {223, 221, 222, 312, 311, 313, 311, 221, 312};
	TbState *state, *other;
	TbUrbanisation r;
	bool right = true;

	for (size_t i = 0; i < sizeof(expected) / sizeof(int); i++) {
		for (size_t k = 0; k < TB_SETTLEMENT_CODES; k++)
			all[k] = k < length[i] ? cases[i][k] : 0;
		if (verdict(all, 0) != expected[i]) {
			right = false;
			printf("# case %zu: %d\n", i, verdict(all, 0));
		}
	}
	CHECK(right, "units under the rules of 2021");
	right = true;
	for (size_t i = 0; i < sizeof(expected_2024) / sizeof(int); i++) {
		for (size_t k = 0; k < TB_SETTLEMENT_CODES; k++)
			all[k] = k < length_2024[i] ? cases_2024[i][k] : 0;
		if (verdict(all, 1) != expected_2024[i]) {
			right = false;
			printf("# case %zu: %d\n", i, verdict(all, 1));
		}
	}
	CHECK(right, "units under the rules of July 2024");

	state = tb_urbanisation_new(0);
	tb_urbanisation_add(state, tb_settlement_index(11), 0, 30);
	tb_urbanisation_add(state, tb_settlement_index(30), 0, 10);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 3 && r.share[6] == 0.75, "where nobody lives, land decides");
	CHECK(tb_urbanisation_shape.check(state) == TB_OK, "a state passes its check");
	other = tb_urbanisation_new(0);
	tb_urbanisation_add(other, tb_settlement_index(30), 60, 1);
	tb_urbanisation_add(other, TB_UNCLASSIFIED, 40, 9);
	CHECK(tb_urbanisation_shape.merge(&state, other) == TB_OK && tb_urbanisation_shape.check(state) == TB_OK, "states of the same rules merge");
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.population == 100 && r.land == 50 && r.level1 == 1 && r.level2 == 30, "people and land add up");
	CHECK(r.share[0] == 0.6 && r.share[6] == 0 && r.share[TB_UNCLASSIFIED] == 0.4, "where somebody lives, people decide");
	refuses_flags_and_bytes(&tb_urbanisation_shape, state);
	state->words--;
	CHECK(tb_urbanisation_shape.check(state) == TB_CORRUPT, "a sum short");
	state->words++;
	tb_urbanisation_add(other, 0, 1.7e308, 0);
	tb_urbanisation_add(state, 0, 1.7e308, 0);
	CHECK(tb_urbanisation_shape.merge(&state, other) == TB_OUT_OF_RANGE, "sums that overflow");
	tb_free(other);
	CHECK(tb_settlement_index(10) == 7 && tb_settlement_index(31) == -1, "codes by position");
	other = tb_urbanisation_new(1);
	tb_urbanisation_add(other, 0, 5, 5);
	CHECK(tb_urbanisation_rules(other) == 1 && tb_state_doubles(other)[1] == 5, "rules first, then the sums");
	CHECK(tb_urbanisation_shape.merge(&state, other) == TB_MISMATCH, "states of other rules do not merge");
	tb_state_words(other)[0] = TB_SETTLEMENT_RULES;
	CHECK(tb_urbanisation_shape.check(other) == TB_CORRUPT, "unknown rules");
	tb_state_words(other)[0] = 0;
	tb_state_doubles(other)[5] = -1;
	CHECK(tb_urbanisation_shape.check(other) == TB_CORRUPT, "negative sum");
	tb_free(other);
	tb_free(state);
	state = tb_urbanisation_new(0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 0 && isnan(r.share[0]), "nothing is nothing");
	tb_urbanisation_add(state, TB_UNCLASSIFIED, 40, 9);
	tb_urbanisation_add(state, tb_settlement_index(30), 0, 9);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 0 && r.level2 == 0 && !r.undecided && r.share[TB_UNCLASSIFIED] == 1, "nor are people in cells without a class");
	tb_urbanisation_add(state, tb_settlement_index(21), 60, 0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 2 && !r.undecided, "0.6 in suburbs are a town, whatever the others are");
	tb_urbanisation_add(state, tb_settlement_index(30), 20, 0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 2 && r.undecided, "20 and 40 of 120 are half in centres");
	tb_urbanisation_add(state, tb_settlement_index(21), 10, 0);
	tb_urbanisation_add(state, tb_settlement_index(12), 30, 0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 2 && !r.undecided, "30 and 40 of 160 are less than half rural");
	tb_urbanisation_add(state, tb_settlement_index(11), 11, 0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 2 && !r.undecided, "81 of 171 still");
	tb_urbanisation_add(state, tb_settlement_index(11), 10, 0);
	tb_urbanisation(state, tb_settlement_rules, &r);
	CHECK(r.level1 == 2 && r.undecided, "91 of 181 no longer");
	tb_free(state);
	return unit_done();
}
