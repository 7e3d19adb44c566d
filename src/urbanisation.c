/* urbanisation.c -- SQL face of the degree of urbanisation of territorial units */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "core/territory/urbanisation.h"
#include "row.h"
#include "state.h"
#include "status.h"

TB_STATE(urbanisation)
PG_FUNCTION_INFO_V1(terrbal_urbanisation_accum);
PG_FUNCTION_INFO_V1(terrbal_urbanisation_accum_number);
PG_FUNCTION_INFO_V1(terrbal_degree_of_urbanisation);

static int rules_of(Datum text)
{
	const char *names[TB_SETTLEMENT_RULES];

	for (int i = 0; i < TB_SETTLEMENT_RULES; i++)
		names[i] = tb_settlement_rules[i].name;
	return arg_choice(text, "rules", names, TB_SETTLEMENT_RULES);
}

static int class_index(double class)
{
	int index = tb_settlement_index(tb_settlement_whole(class));

	if (index < 0)
		arg_refuse(class, "class", "a level-2 grid code", "The codes are 30, 23, 22, 21, 13, 12, 11 and 10, as settlement_class gives them.");
	return index;
}

/* (state, class, population, land_area[, rules]); a NULL class is unclassified, a NULL population or land area counts 0 beside the other */
static Datum accumulate(FunctionCallInfo fcinfo, double class)
{
	TbState *state = state_writable(fcinfo, 0, &tb_urbanisation_shape);
	int rules = 0, index;
	double population, land;

	if (PG_NARGS() > 4)
		bag_not_null(fcinfo, 4, "rules");
	if (PG_ARGISNULL(2) && PG_ARGISNULL(3))
		return state_unchanged(fcinfo);
	if (PG_NARGS() > 4)
		rules = rules_of(PG_GETARG_DATUM(4));
	index = PG_ARGISNULL(1) ? TB_UNCLASSIFIED : class_index(class);
	population = PG_ARGISNULL(2) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(2), "population");
	land = PG_ARGISNULL(3) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(3), "land_area");
	if (!state)
		state = tb_urbanisation_new(rules);
	if (tb_urbanisation_rules(state) != rules)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("rules differ between rows of one unit: %s and %s", tb_settlement_rules[tb_urbanisation_rules(state)].name,
							   tb_settlement_rules[rules].name),
						errhint("Give all rows of a group the same rules, or GROUP BY them.")));
	state_ok(tb_urbanisation_add(state, index, population, land), &tb_urbanisation_shape);
	return state_kept(fcinfo, state, &tb_urbanisation_shape);
}

Datum terrbal_urbanisation_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, PG_ARGISNULL(1) ? 0 : PG_GETARG_INT16(1));
}

Datum terrbal_urbanisation_accum_number(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, PG_ARGISNULL(1) ? 0 : PG_GETARG_FLOAT8(1));
}

/* Where cells without a class leave the levels open: a join that found no cells would else be a town */
static void tell_unclassified(const TbUrbanisation *r)
{
	double share = r->share[TB_UNCLASSIFIED];
	const char *what = r->population > 0 ? "people" : "land",
			   *hint = "Are classes joined to the cells by the same columns and rows? A cell without x or y has no class.";

	if (share == 1)
		notice_once((errmsg("no level: all %s are in cells without a class", what), errhint("%s", hint)));
	else if (r->undecided)
		notice_once((errmsg("%.3g per cent of the %s are in cells without a class, which could make a town a city or rural", 100 * share, what),
					 errhint("%s", hint)));
}

/* (state[, rules]) */
Datum terrbal_degree_of_urbanisation(PG_FUNCTION_ARGS)
{
	const TbState *state;
	TbUrbanisation r;
	Datum values[16];
	bool nulls[16] = {false};
	int n = 0;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)))
		PG_RETURN_NULL();
	state = state_arg(fcinfo, 0, &tb_urbanisation_shape);
	tb_urbanisation(state, tb_settlement_rules + (PG_NARGS() > 1 ? rules_of(PG_GETARG_DATUM(1)) : tb_urbanisation_rules(state)), &r);
	(void)status_ok(isfinite(r.population) && isfinite(r.land) ? TB_OK : TB_OUT_OF_RANGE);
	tell_unclassified(&r);
	nulls[0] = nulls[1] = r.level1 == 0;
	values[n++] = Int16GetDatum(r.level1);
	values[n++] = Int16GetDatum(r.level2);
	for (int i = 0; i <= TB_SETTLEMENT_CODES; i++, n++)
		row_double(values, nulls, n, r.share[i]);
	row_double(values, nulls, n++, r.share[1] + r.share[2] + r.share[3]);
	row_double(values, nulls, n++, r.share[4] + r.share[5] + r.share[6] + r.share[7]);
	values[n++] = Float8GetDatum(r.population);
	values[n++] = Float8GetDatum(r.land);
	values[n++] = CStringGetTextDatum(tb_settlement_rules[r.rules].name);
	return row_datum(fcinfo, values, nulls, n);
}
