/* urbanisation.c -- sums by class and the unit rules of both versions */
#include "urbanisation.h"

#include <math.h>

#include "../base/totals.h"

#define CLASSES (TB_SETTLEMENT_CODES + 1)
#define WORDS (1 + 4 * CLASSES)

const int tb_settlement_code[TB_SETTLEMENT_CODES] = {30, 23, 22, 21, 13, 12, 11, 10};

int tb_settlement_index(int code)
{
	for (int i = 0; i < TB_SETTLEMENT_CODES; i++)
		if (tb_settlement_code[i] == code)
			return i;
	return -1;
}

/* The four numbers of a class: population and land, each as a double-double */
static TbDd *sums(const TbState *state)
{
	return (TbDd *)(tb_state_doubles(state) + 1);
}

TbState *tb_urbanisation_new(int rules)
{
	TbState *state = tb_state_new(&tb_urbanisation_shape, WORDS, 0);

	tb_state_words(state)[0] = rules;
	return state;
}

int tb_urbanisation_rules(const TbState *state)
{
	return (int)tb_state_words(state)[0];
}

TbStatus tb_urbanisation_add(TbState *state, int index, double population, double land)
{
	TbDd *sum = sums(state) + 2 * index;
	TbStatus status = tb_total_add(sum, population);

	return status == TB_OK ? tb_total_add(sum + 1, land) : status;
}

static TbStatus check(const TbState *state)
{
	if (state->words != WORDS || state->bytes != 0 || state->flags != 0 || tb_state_words(state)[0] >= TB_SETTLEMENT_RULES)
		return TB_CORRUPT;
	return tb_totals_check(sums(state), 2 * CLASSES);
}

static TbStatus merge(TbState **target, const TbState *source)
{
	if (tb_urbanisation_rules(*target) != tb_urbanisation_rules(source))
		return TB_MISMATCH;
	return tb_totals_merge(sums(*target), sums(source), 2 * CLASSES);
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

const TbShape tb_urbanisation_shape = {"urbanisation_state", TB_SHAPE_URBANISATION, check, merge, pack, false};

/* Within towns the larger of dense and semi-dense, unless suburbs outweigh both; within rural units the largest class, the denser one at a tie */
static int level2_2021(const double *s, int level1)
{
	double lowest = s[6] + s[7];

	if (level1 == 1)
		return 30;
	if (level1 == 2)
		return s[1] + s[2] > s[3] ? (s[1] >= s[2] ? 23 : 22) : 21;
	if (s[4] >= s[5] && s[4] >= lowest)
		return 13;
	return s[5] >= lowest ? 12 : 11;
}

static int level2_2024(const double *s, int level1)
{
	double rural = s[4] + s[5] + s[6] + s[7];

	if (level1 == 1)
		return 30;
	if (level1 == 2)
		return s[0] + s[1] >= 0.5 ? 23 : s[3] + rural >= 0.5 ? 21 : 22;
	if (s[0] + s[1] + s[2] + s[3] + s[4] >= 0.5)
		return 13;
	return s[6] + s[7] >= 0.5 ? 11 : 12;
}

void tb_urbanisation(const TbState *state, const TbSettlementRules *rules, TbUrbanisation *result)
{
	TbDd total[2] = {{0, 0}, {0, 0}};
	const double *s = result->share;
	double rural;
	int base;

	*result = (TbUrbanisation){.rules = rules - tb_settlement_rules};
	for (int i = 0; i < 2 * CLASSES; i++)
		total[i % 2] = tb_dd_add(total[i % 2], sums(state)[i]);
	result->population = tb_dd_value(total[0]);
	result->land = tb_dd_value(total[1]);
	base = result->population > 0 ? 0 : 1;
	for (int i = 0; i < CLASSES; i++)
		result->share[i] = tb_dd_value(total[base]) > 0 ? tb_dd_value(sums(state)[2 * i + base]) / tb_dd_value(total[base]) : NAN;
	if (isnan(s[0]) || s[TB_SETTLEMENT_CODES] == 1)
		return;
	result->level1 = s[0] >= 0.5 ? 1 : s[4] + s[5] + s[6] + s[7] <= 0.5 ? 2 : 3;
	rural = s[4] + s[5] + s[6] + s[7] + s[TB_SETTLEMENT_CODES];
	result->undecided = result->level1 == 2 && s[TB_SETTLEMENT_CODES] > 0 && (s[0] + s[TB_SETTLEMENT_CODES] >= 0.5 || rural > 0.5);
	result->level2 = rules->unit_2024 ? level2_2024(s, result->level1) : level2_2021(s, result->level1);
}
