/* inequality.c -- inequality indices as finals of aggregates and as accessors on stored samples */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "core/inequality/concentration.h"
#include "core/inequality/resampling.h"
#include "curve.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

#define ONE_ROW "it takes two rows at least"
#define DRAWN "in a sample that was drawn the index is not defined"

/* NaN is NULL, and a notice says why */
static Datum index_datum(FunctionCallInfo fcinfo, double x, const char *why)
{
	if (isnan(x)) {
		no_result(why);
		PG_RETURN_NULL();
	}
	if (isinf(x))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("index exceeds the range of float8"),
						errhint("Values that differ by hundreds of orders of magnitude give no meaningful index.")));
	PG_RETURN_FLOAT8(x);
}

/* otherwise: what a NULL means where the values add up to more than 0 */
#define INDEX(symbol, expression, otherwise)                                                                                                         \
	PG_FUNCTION_INFO_V1(symbol);                                                                                                                     \
	Datum symbol(PG_FUNCTION_ARGS)                                                                                                                   \
	{                                                                                                                                                \
		TbSample sample;                                                                                                                             \
		TbDistribution d;                                                                                                                            \
                                                                                                                                                     \
		if (!distribution_arg(fcinfo, &sample, &d))                                                                                                  \
			PG_RETURN_NULL();                                                                                                                        \
		return index_datum(fcinfo, expression, d.mean.hi > 0 ? (otherwise) : NO_TOTAL);                                                              \
	}

INDEX(terrbal_gini, tb_gini(&d), NO_TOTAL)
INDEX(terrbal_gini_corrected, tb_gini_corrected(&d), ONE_ROW)
INDEX(terrbal_theil_t, tb_theil_t(&d), no_entropy(&d))
INDEX(terrbal_theil_l, tb_theil_l(&d), no_entropy(&d))
INDEX(terrbal_hoover, tb_hoover(&d), NO_TOTAL)
INDEX(terrbal_coefficient_of_variation, tb_coefficient_of_variation(&d), NO_TOTAL)
INDEX(terrbal_palma_ratio, tb_palma_ratio(&d), "the bottom 40 % have nothing, or less")
INDEX(terrbal_wolfson_polarisation, tb_wolfson(&d), "the median is not more than 0")
INDEX(terrbal_gini_standard_error, tb_gini_standard_error(&d), ONE_ROW)

/* The parameter: second argument of an accessor, or kept in the state by an aggregate */
static double parameter(FunctionCallInfo fcinfo)
{
	return sample_parameter(fcinfo, &tb_sample_shape, 1, 0);
}

static double nu_parameter(FunctionCallInfo fcinfo)
{
	double nu = arg_finite(parameter(fcinfo), "nu");

	if (nu < 1)
		arg_refuse(nu, "nu", "at least 1", "2 gives the Gini; larger values weigh the bottom more.");
	return nu;
}

INDEX(terrbal_generalised_entropy, tb_generalised_entropy(&d, arg_finite(parameter(fcinfo), "alpha")), no_entropy(&d))
INDEX(terrbal_atkinson, tb_atkinson(&d, arg_nonnegative(parameter(fcinfo), "epsilon")), no_entropy(&d))
INDEX(terrbal_extended_gini, tb_extended_gini(&d, nu_parameter(fcinfo)), NO_TOTAL)
INDEX(terrbal_weighted_quantile, tb_quantile(&d, arg_share(parameter(fcinfo), "p")), NO_TOTAL)

PG_FUNCTION_INFO_V1(terrbal_inequality);

static double ratio(double a, double b)
{
	return b > 0 ? a / b : NAN;
}

Datum terrbal_inequality(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbDistribution d;
	double low, fields[17];
	Datum values[17];
	bool nulls[17];

	if (!distribution_arg(fcinfo, &sample, &d))
		PG_RETURN_NULL();
	if (!(d.mean.hi > 0))
		no_result(NO_TOTAL);
	fields[1] = ldexp(d.weight, d.weight_exponent);
	fields[2] = ldexp(tb_dd_value(d.mean), d.exponent);
	fields[3] = tb_quantile(&d, 0.5);
	fields[4] = tb_gini(&d);
	fields[5] = tb_gini_corrected_of(&d, fields[4]);
	tb_theils(&d, &fields[6], &fields[7]);
	fields[8] = tb_generalised_entropy(&d, -1);
	fields[14] = tb_coefficient_of_variation(&d);
	fields[9] = isnan(fields[6]) ? NAN : fields[14] * fields[14] / 2;
	fields[10] = tb_atkinson(&d, 0.5);
	fields[11] = isnan(fields[7]) ? tb_atkinson(&d, 1) : tb_atkinson_from_entropy(fields[7], 1);
	fields[12] = !isfinite(fields[8]) ? tb_atkinson(&d, 2) : tb_atkinson_from_entropy(fields[8], 2);
	fields[13] = tb_hoover(&d);
	fields[15] = tb_palma_ratio(&d);
	low = tb_quantile(&d, 0.1);
	fields[16] = ratio(tb_quantile(&d, 0.9), low);
	values[0] = Int64GetDatum(sample.rows);
	nulls[0] = false;
	for (int i = 1; i < 17; i++)
		row_double(values, nulls, i, fields[i]);
	return row_datum(fcinfo, values, nulls, 17);
}

PG_FUNCTION_INFO_V1(terrbal_lorenz_curve);

Datum terrbal_lorenz_curve(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbDistribution d;

	if (!distribution_arg(fcinfo, &sample, &d))
		PG_RETURN_NULL();
	return curve_datum(fcinfo, &d, d.x);
}

static const char *const index_names[] = {"gini",   "gini_corrected",           "theil_t",     "theil_l",
										  "hoover", "coefficient_of_variation", "palma_ratio", "wolfson_polarisation"};
static const TbIndex index_functions[] = {tb_gini,   tb_gini_corrected,           tb_theil_t,     tb_theil_l,
										  tb_hoover, tb_coefficient_of_variation, tb_palma_ratio, tb_wolfson};

static bool enough_rows(const TbSample *sample)
{
	if (sample->rows < 2)
		no_result("one row, drawn again and again, says nothing of its error");
	return sample->rows >= 2;
}

static double *replicates(const TbSample *sample, TbIndex index, int replications, uint64 seed)
{
	bootstrap_fits(sample, replications, "Give fewer replications, or use gini_standard_error, which draws nothing.");
	return tb_bootstrap(sample, index, replications, seed);
}

static TbIndex index_arg(FunctionCallInfo fcinfo, int n)
{
	return index_functions[arg_choice(PG_GETARG_DATUM(n), "index", index_names, lengthof(index_names))];
}

PG_FUNCTION_INFO_V1(terrbal_bootstrap_standard_error);

Datum terrbal_bootstrap_standard_error(PG_FUNCTION_ARGS)
{
	TbIndex index = index_arg(fcinfo, 1);
	int replications = bootstrap_replications(PG_GETARG_INT32(2));
	TbSample sample;

	if (!sample_arg(fcinfo, 0, &tb_sample_shape, &sample) || !enough_rows(&sample))
		PG_RETURN_NULL();
	return index_datum(fcinfo, tb_spread(replicates(&sample, index, replications, PG_GETARG_INT64(3)), replications), DRAWN);
}

PG_FUNCTION_INFO_V1(terrbal_bootstrap_quantile);

Datum terrbal_bootstrap_quantile(PG_FUNCTION_ARGS)
{
	TbIndex index = index_arg(fcinfo, 1);
	double p = arg_share(PG_GETARG_FLOAT8(2), "p");
	int replications = bootstrap_replications(PG_GETARG_INT32(3));
	TbSample sample;

	if (!sample_arg(fcinfo, 0, &tb_sample_shape, &sample) || !enough_rows(&sample))
		PG_RETURN_NULL();
	return index_datum(fcinfo, tb_replicate_quantile(replicates(&sample, index, replications, PG_GETARG_INT64(4)), replications, p), DRAWN);
}

PG_FUNCTION_INFO_V1(terrbal_bootstrap_gini);

/* Replications and seed came with the rows */
Datum terrbal_bootstrap_gini(PG_FUNCTION_ARGS)
{
	int replications = bootstrap_replications(sample_parameter(fcinfo, &tb_sample_shape, PG_NARGS(), 0));
	uint64 seed = sample_parameter_bits(fcinfo, &tb_sample_shape, 1);
	TbSample sample;

	if (!sample_arg(fcinfo, 0, &tb_sample_shape, &sample) || !enough_rows(&sample))
		PG_RETURN_NULL();
	return index_datum(fcinfo, tb_spread(replicates(&sample, tb_gini, replications, seed), replications), DRAWN);
}

PG_FUNCTION_INFO_V1(terrbal_theil_t_from_sums);
PG_FUNCTION_INFO_V1(terrbal_theil_l_from_sums);
PG_FUNCTION_INFO_V1(terrbal_cv_from_sums);

/* Infinite below 0: no sample has such sums */
static Datum from_sums(FunctionCallInfo fcinfo, double x)
{
	if (x == -INFINITY)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("no sample has these sums"),
						errhint("The order is sum(weight), sum(weight * value), then the third sum, each over the same rows.")));
	return index_datum(fcinfo, x, "the weights or the values do not add up to more than 0");
}

Datum terrbal_theil_t_from_sums(PG_FUNCTION_ARGS)
{
	double weight = arg_nonnegative(PG_GETARG_FLOAT8(0), "sum_weight"), total = arg_finite(PG_GETARG_FLOAT8(1), "sum_value");

	return from_sums(fcinfo, tb_theil_t_from_sums(weight, total, arg_finite(PG_GETARG_FLOAT8(2), "sum_value_log")));
}

Datum terrbal_theil_l_from_sums(PG_FUNCTION_ARGS)
{
	double weight = arg_nonnegative(PG_GETARG_FLOAT8(0), "sum_weight"), total = arg_finite(PG_GETARG_FLOAT8(1), "sum_value");

	return from_sums(fcinfo, tb_theil_l_from_sums(weight, total, arg_finite(PG_GETARG_FLOAT8(2), "sum_log")));
}

Datum terrbal_cv_from_sums(PG_FUNCTION_ARGS)
{
	double weight = arg_nonnegative(PG_GETARG_FLOAT8(0), "sum_weight"), total = arg_finite(PG_GETARG_FLOAT8(1), "sum_value");

	return from_sums(fcinfo, tb_cv_from_sums(weight, total, arg_nonnegative(PG_GETARG_FLOAT8(2), "sum_square")));
}
