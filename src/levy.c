/* levy.c -- benefit weights of a betterment levy */
#include "postgres.h"

#include "utils/builtins.h"

#include "arg.h"
#include "money.h"

/* Of a decay: fine enough for any levy, and short enough for the pool kernel, which takes 38 digits */
#define WEIGHT_DECIMALS 12

static Numeric benefit_area(Numeric area, MoneyArray factors)
{
	area = money_arg_nonnegative(area, "area");
	for (int i = 0; i < factors.n; i++)
		area = money_mul(area, money_arg_nonnegative(factors.x[i], "factor"));
	return area;
}

PG_FUNCTION_INFO_V1(terrbal_benefit_area);
Datum terrbal_benefit_area(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(benefit_area(PG_GETARG_NUMERIC(0), money_array(PG_GETARG_ARRAYTYPE_P(1), "factors")));
}

PG_FUNCTION_INFO_V1(terrbal_benefit_area_float8);
Datum terrbal_benefit_area_float8(PG_FUNCTION_ARGS)
{
	double area = arg_nonnegative(PG_GETARG_FLOAT8(0), "area");

	PG_RETURN_NUMERIC(benefit_area(money_exact(area), money_array_exact(PG_GETARG_ARRAYTYPE_P(1), "factors")));
}

static void need_parameters(MoneyArray parameters, bool ok, const char *decay, const char *meaning)
{
	if (!ok)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("decay \"%s\" cannot take %d parameters", decay, parameters.n),
						errhint("Give %s.", meaning)));
}

static Numeric negative_exponential(Numeric x)
{
	return DatumGetNumeric(DirectFunctionCall1(numeric_exp, NumericGetDatum(money_sub(money_int(0), x))));
}

/* Rings: break, value, break, value, ...; a distance on a break is inside, beyond the last nothing is left */
static Numeric ring_value(Numeric distance, MoneyArray parameters)
{
	for (int i = 0; i < parameters.n; i += 2)
		if (i >= 2 && money_cmp(parameters.x[i - 2], parameters.x[i]) >= 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("breaks must ascend, but %s is followed by %s", money_text(parameters.x[i - 2]), money_text(parameters.x[i]))));
	for (int i = 0; i < parameters.n; i += 2)
		if (money_cmp(distance, parameters.x[i]) <= 0)
			return money_arg_nonnegative(parameters.x[i + 1], "ring value");
	return money_int(0);
}

static Numeric distance_benefit(Numeric area, Numeric distance, Datum decay, MoneyArray parameters)
{
	static const char *const choices[] = {"exponential", "power", "linear", "steps"};
	int kind = arg_choice(decay, "decay", choices, lengthof(choices));
	Numeric weight, scale;

	area = money_arg_nonnegative(area, "area");
	distance = money_arg_nonnegative(distance, "distance");
	if (kind == 3) {
		need_parameters(parameters, parameters.n > 0 && parameters.n % 2 == 0, "steps", "break, value, break, value, ...");
		return money_mul(area, ring_value(distance, parameters));
	}
	if (kind == 1)
		need_parameters(parameters, parameters.n == 2, "power", "the scale in metres and the exponent");
	else
		need_parameters(parameters, parameters.n == 1, choices[kind], kind == 0 ? "the scale in metres" : "the distance where it ends");
	scale = money_arg_positive(parameters.x[0], "scale");
	weight = money_quotient(distance, scale);
	if (kind == 0)
		weight = negative_exponential(weight);
	else if (kind == 1)
		weight = money_growth(weight, money_sub(money_int(0), money_arg_nonnegative(parameters.x[1], "exponent")));
	else
		weight = money_positive_part(money_sub(money_int(1), weight));
	return money_mul(area, money_trim(weight, WEIGHT_DECIMALS));
}

PG_FUNCTION_INFO_V1(terrbal_distance_benefit);
Datum terrbal_distance_benefit(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(
		distance_benefit(PG_GETARG_NUMERIC(0), PG_GETARG_NUMERIC(1), PG_GETARG_DATUM(2), money_array(PG_GETARG_ARRAYTYPE_P(3), "parameters")));
}

PG_FUNCTION_INFO_V1(terrbal_distance_benefit_float8);
Datum terrbal_distance_benefit_float8(PG_FUNCTION_ARGS)
{
	double area = arg_nonnegative(PG_GETARG_FLOAT8(0), "area"), distance = arg_nonnegative(PG_GETARG_FLOAT8(1), "distance");

	PG_RETURN_NUMERIC(
		distance_benefit(money_exact(area), money_exact(distance), PG_GETARG_DATUM(2), money_array_exact(PG_GETARG_ARRAYTYPE_P(3), "parameters")));
}

/* Of weights that go to the pool kernel, which takes 38 */
#define PRODUCT_DIGITS 28
#define QUOTIENT_DECIMALS 30

static int digits_of(Numeric x)
{
	char *text = money_text(money_trim(x, MONEY_WORKING));
	int n = 0;

	for (char *c = text; *c; c++)
		n += *c >= '0' && *c <= '9';
	return n;
}

/* Are the shares a whole, and does every module that bears one exist? */
static void check_modules(MoneyArray module, MoneyArray total, MoneyArray share)
{
	Numeric sum = money_int(0);

	arg_same_length(module.n, "modules", total.n, "totals");
	arg_same_length(module.n, "modules", share.n, "shares");
	for (int k = 0; k < module.n; k++) {
		sum = money_add(sum, share.x[k]);
		if (money_sign(share.x[k]) > 0 && money_sign(total.x[k]) == 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("module %d bears a share of %s but its total is 0", k + 1, money_text(share.x[k])),
							errhint("Move its share to the other modules.")));
		if (money_cmp(module.x[k], total.x[k]) > 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("module %d is %s, more than its total of %s", k + 1, money_text(module.x[k]), money_text(total.x[k]))));
	}
	if (money_cmp(sum, money_int(1)) != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("shares must add up to 1, not %s", money_text(sum)),
						errhint("They are fractions: divide a percentage by 100, weights by their sum.")));
}

/* sum over k of share_k * module_k / total_k. Times the product of all totals it needs no division and is exact; where that would have too many digits, all
 * rows (it depends on the totals alone) take the quotients. A share whose module nobody has would lose money: an error. */
PG_FUNCTION_INFO_V1(terrbal_mixed_benefit);
Datum terrbal_mixed_benefit(PG_FUNCTION_ARGS)
{
	MoneyArray module = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(0), "modules");
	MoneyArray total = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(1), "totals");
	MoneyArray share = money_array_nonnegative(PG_GETARG_ARRAYTYPE_P(2), "shares");
	Numeric weight = money_int(0), product = money_int(1);
	bool exact;

	check_modules(module, total, share);
	for (int k = 0; k < module.n; k++)
		if (money_sign(share.x[k]) > 0)
			product = money_mul(product, total.x[k]);
	exact = digits_of(product) <= PRODUCT_DIGITS;
	for (int k = 0; k < module.n; k++) {
		Numeric term = money_mul(share.x[k], module.x[k]);

		if (money_sign(share.x[k]) == 0)
			continue;
		if (!exact)
			term = money_ratio(term, total.x[k], QUOTIENT_DECIMALS);
		for (int l = 0; exact && l < module.n; l++)
			if (l != k && money_sign(share.x[l]) > 0)
				term = money_mul(term, total.x[l]);
		weight = money_add(weight, term);
	}
	PG_RETURN_NUMERIC(weight);
}
