/* obligation.c -- impact fees */
#include "postgres.h"

#include "arg.h"
#include "money.h"

/* Published fee schedules round every figure they print and go on with the rounded one: stage "step". */
PG_FUNCTION_INFO_V1(terrbal_impact_fee);
Datum terrbal_impact_fee(PG_FUNCTION_ARGS)
{
	static const char *const stages[] = {"none", "fee", "step"};
	Numeric demand = MONEY_ARG(0, money_arg_nonnegative, "demand"), cost = MONEY_ARG(1, money_arg_nonnegative, "unit cost");
	MoneyArray annual = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(2), "annual credits");
	MoneyArray years = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(3), "credit years");
	Numeric interest = money_arg_rate(MONEY_ARG(4, money_arg_finite, "interest"), "interest"), unit = MONEY_ARG(5, money_arg_positive, "unit"), fee;
	int stage = arg_choice(PG_GETARG_DATUM(6), "stage", stages, lengthof(stages));
	bool step = stage == 2;

	arg_same_length(annual.n, "annual credits", years.n, "credit years");
	fee = money_mul(demand, cost);
	if (step)
		fee = money_round(fee, unit);
	for (int k = 0; k < annual.n; k++) {
		Numeric credit = money_mul(step ? money_round(annual.x[k], unit) : annual.x[k], money_annuity(interest, years.x[k]));

		fee = money_sub(fee, step ? money_round(credit, unit) : credit);
	}
	fee = money_positive_part(fee);
	PG_RETURN_NUMERIC(stage == 0 ? fee : money_round(fee, unit));
}

PG_FUNCTION_INFO_V1(terrbal_service_level_fee);
Datum terrbal_service_level_fee(PG_FUNCTION_ARGS)
{
	MoneyArray standard = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(0), "standards");
	MoneyArray cost = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(1), "unit costs");
	Numeric persons = MONEY_ARG(2, money_arg_nonnegative, "persons"), credit = MONEY_ARG(3, money_arg_nonnegative, "credit");
	Numeric sum = money_int(0);

	arg_same_length(standard.n, "standards", cost.n, "unit costs");
	for (int k = 0; k < standard.n; k++)
		sum = money_add(sum, money_mul(standard.x[k], cost.x[k]));
	PG_RETURN_NUMERIC(money_positive_part(money_sub(money_mul(sum, persons), credit)));
}
