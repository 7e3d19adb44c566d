/* equalisation.c -- capacities against standards over a partition, and what the transfers did */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "allocation.h"
#include "arg.h"
#include "core/share/equalisation.h"
#include "core/base/host.h"
#include "money.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

#define PER_HEAD_DECIMALS 10
#define STANDARD_DECIMALS 16
#define GAP_DECIMALS 8 /* more than the unit has */

/* A column of exact results; DECIMAL_NULL where undefined */
typedef struct Results {
	TbInt *digits;
	int scale;
} Results;

static Datum result(FunctionCallInfo fcinfo, void *(*solve)(Window *))
{
	const Results *results = window_solution(fcinfo, solve);
	TbInt digits = results->digits[window_position(fcinfo)];

	if (digits == DECIMAL_NULL)
		PG_RETURN_NULL();
	return decimal_numeric(digits, results->scale);
}

/* standard_yield(base, revenue): base * sum revenue / sum base */
static void *solve_standard_yield(Window *w)
{
	DecimalColumn base, revenue;
	Results *r = palloc(sizeof(Results));
	TbInt bases, revenues;
	TbInt256 divisor;

	window_decimals(w, 0, "base", false, &base);
	window_decimals(w, 1, "revenue", false, &revenue);
	bases = allocation_sum(&base, "base");
	revenues = allocation_sum(&revenue, "revenue");
	r->scale = Max(PER_HEAD_DECIMALS, revenue.scale);
	if (r->scale > DECIMAL_MAX_SCALE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("revenue has more than %d decimals", DECIMAL_MAX_SCALE), errhint("Round it.")));
	r->digits = base.digits;
	divisor = tb_int256(bases < 0 ? -bases : bases);
	for (int64 i = 0; i < w->rows; i++) {
		if (i % 8192 == 0)
			CHECK_FOR_INTERRUPTS();
		r->digits[i] = bases == 0 ? DECIMAL_NULL
								  : decimal_wide_quotient(tb_int256_mul(bases < 0 ? -base.digits[i] : base.digits[i], revenues), divisor,
														  r->scale - revenue.scale, "standard yield");
	}
	tb_free(revenue.digits);
	return r;
}

PG_FUNCTION_INFO_V1(terrbal_standard_yield);
Datum terrbal_standard_yield(PG_FUNCTION_ARGS)
{
	return result(fcinfo, solve_standard_yield);
}

/* capacity_gap(capacity, population): sum capacity / sum population - capacity / population, one rounding */
static void *solve_capacity_gap(Window *w)
{
	DecimalColumn capacity, population;
	Results *r = palloc(sizeof(Results));
	TbInt capacities, people;
	int digits;

	window_decimals(w, 0, "capacity", false, &capacity);
	window_decimals(w, 1, "population", false, &population);
	decimal_column_nonnegative(&population, "population");
	decimal_column_rescale(&population, capacity.scale - PER_HEAD_DECIMALS, "population");
	capacities = allocation_sum(&capacity, "capacity");
	people = allocation_sum(&population, "population");
	r->scale = PER_HEAD_DECIMALS;
	r->digits = capacity.digits;
	digits = PER_HEAD_DECIMALS + population.scale - capacity.scale;
	for (int64 i = 0; i < w->rows; i++) {
		TbInt own = population.digits[i];

		if (i % 8192 == 0)
			CHECK_FOR_INTERRUPTS();
		r->digits[i] = own == 0 ? DECIMAL_NULL
								: decimal_wide_quotient(tb_int256_dot(capacities, own, -capacity.digits[i], people), tb_int256_mul(people, own),
														digits, "capacity gap");
	}
	tb_free(population.digits);
	return r;
}

PG_FUNCTION_INFO_V1(terrbal_capacity_gap);
Datum terrbal_capacity_gap(PG_FUNCTION_ARGS)
{
	return result(fcinfo, solve_capacity_gap);
}

/* equalisation(capacity, need, rate, pool, unit) */
typedef struct Equalisation {
	AllocationAnswer *transfer;
	TbInt standard;
	TbInt *gap, *entitlement; /* at gap_scale */
	int gap_scale;
} Equalisation;

/* (need*sum capacity - capacity*sum need), of which 1/sum need is the gap; must fit, since it is a slope too */
static TbInt *raw_gaps(const DecimalColumn *capacity, const DecimalColumn *need, TbInt capacities, TbInt needs)
{
	TbInt *raw = tb_alloc(capacity->rows * sizeof(TbInt));

	for (int64 i = 0; i < capacity->rows; i++) {
		TbInt a, b;

		if (i % 8192 == 0)
			CHECK_FOR_INTERRUPTS();
		if (!tb_int_mul(need->digits[i], capacities, &a) || !tb_int_mul(capacity->digits[i], needs, &b) || !tb_int_sub(a, b, raw + i))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("products of capacity and need exceed 38 digits"),
							errhint("Round capacities and needs to fewer decimals.")));
	}
	return raw;
}

static void display(Equalisation *e, const TbInt *raw, int64 rows, int capacity_scale, TbInt needs, Decimal rate)
{
	TbInt256 divisor = tb_int256(needs);

	e->gap = tb_alloc(rows * sizeof(TbInt));
	e->entitlement = tb_alloc(rows * sizeof(TbInt));
	for (int64 i = 0; i < rows; i++) {
		e->gap[i] = decimal_wide_quotient(tb_int256(raw[i]), divisor, e->gap_scale - capacity_scale, "gap");
		e->entitlement[i] =
			decimal_wide_quotient(tb_int256_mul(raw[i], rate.digits), divisor, e->gap_scale - capacity_scale - rate.scale, "entitlement");
		if (i % 8192 == 0)
			CHECK_FOR_INTERRUPTS();
	}
}

/* Closed to zero: transfer = rate*(need*lambda' - capacity) with lambda' the standard */
static void open_system(Allocation *a, DecimalColumn *capacity, DecimalColumn *need, Decimal rate)
{
	a->pool = (Decimal){0, 0};
	a->base = *capacity;
	a->base.scale += rate.scale;
	for (int64 i = 0; i < a->base.rows; i++)
		if (!tb_int_mul(capacity->digits[i], -rate.digits, a->base.digits + i))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("products of capacity and rate exceed 38 digits")));
	a->slope = *need;
}

/* A given pool: receivers in proportion to their gaps, none above its entitlement in whole units */
static void given_pool(Allocation *a, TbInt *raw, int capacity_scale, TbInt needs, Decimal rate)
{
	int64 rows = a->w->rows;
	int scale = Max(capacity_scale + rate.scale, a->unit.scale);
	TbInt256 divisor = tb_int256_mul(needs, decimal_at_scale(a->unit, scale, "unit"));
	TbInt factor = decimal_at_scale(rate, scale - capacity_scale, "rate");

	decimal_nonnegative(a->pool, "pool");
	a->upper_name = "entitlements";
	decimal_column_begin(&a->lower, rows);
	decimal_column_begin(&a->upper, rows);
	a->upper.scale = a->lower.scale = a->unit.scale;
	a->slope = (DecimalColumn){raw, rows, 0};
	for (int64 i = 0; i < rows; i++) {
		TbInt units;
		TbInt256 rest;

		if (i % 8192 == 0)
			CHECK_FOR_INTERRUPTS();
		raw[i] = Max(raw[i], 0);
		if (!tb_int256_floor_div(tb_int256_mul(raw[i], factor), divisor, &units, &rest) || !tb_int_mul(units, a->unit.digits, a->upper.digits + i))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("an entitlement exceeds 38 digits")));
		a->lower.digits[i] = 0;
	}
}

static void *solve_equalisation(Window *w)
{
	Allocation a;
	DecimalColumn capacity, need;
	Equalisation *e = palloc(sizeof(Equalisation));
	TbInt capacities, needs, *raw, common;
	Decimal rate, pool = {0, 0};
	Datum given;
	bool open;
	int capacity_scale;

	allocation_begin(&a, w, -1, "pool", 4);
	given = window_common(w, 3, "pool", &open);
	if (!open)
		pool = decimal_from_numeric(given, "pool");
	rate = decimal_trimmed(window_decimal(w, 2, "rate"));
	if (rate.digits < 0 || decimal_compare(rate, (Decimal){1, 0}) > 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("rate must be a fraction between 0 and 1, not %s", decimal_text(rate.digits, rate.scale)),
						errhint("Divide a percentage by 100.")));
	window_decimals(w, 0, "capacity", false, &capacity);
	window_decimals(w, 1, "need", false, &need);
	decimal_column_nonnegative(&need, "need");
	capacity_scale = capacity.scale;
	capacities = allocation_sum(&capacity, "capacity");
	needs = allocation_sum(&need, "need");
	if (needs == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("all needs of the partition are zero"),
						errhint("Need is money, standard expenditure or adjusted population.")));
	e->gap_scale = Max(a.unit_scale + GAP_DECIMALS, capacity_scale + rate.scale);
	if (e->gap_scale > DECIMAL_MAX_SCALE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("gaps would have more than %d decimals", DECIMAL_MAX_SCALE),
						errhint("Round capacities and the rate to fewer decimals.")));
	decimal_column_rescale(&need, capacity_scale - STANDARD_DECIMALS, "need");
	needs = allocation_sum(&need, "need");
	e->standard = decimal_wide_quotient(tb_int256(capacities), tb_int256(needs), STANDARD_DECIMALS + need.scale - capacity_scale, "standard");
	common = tb_int_gcd(capacities, needs);
	raw = raw_gaps(&capacity, &need, capacities / common, needs / common);
	display(e, raw, w->rows, capacity_scale, needs / common, rate);
	a.pool = pool;
	if (open) {
		open_system(&a, &capacity, &need, rate);
		tb_free(raw);
	} else {
		given_pool(&a, raw, capacity_scale, needs / common, rate);
		tb_free(capacity.digits);
		tb_free(need.digits);
	}
	e->transfer = allocation_solve(&a);
	return e;
}

PG_FUNCTION_INFO_V1(terrbal_equalisation);
Datum terrbal_equalisation(PG_FUNCTION_ARGS)
{
	Equalisation *e = window_solution(fcinfo, solve_equalisation);
	int64 row = window_position(fcinfo);
	Datum values[5] = {decimal_numeric(e->standard, STANDARD_DECIMALS), decimal_numeric(e->gap[row], e->gap_scale),
					   decimal_numeric(e->entitlement[row], e->gap_scale), allocation_numeric(e->transfer, row),
					   allocation_label(fcinfo, e->transfer, 4, row)};
	bool nulls[5] = {false, false, false, false, false};

	return window_composite(fcinfo, values, nulls, 5);
}

/* Several years: NULL where any element is NULL or nothing is left to divide by */
typedef struct Years {
	Numeric *amount, *population, *weight;
	int n;
} Years;

static Numeric *years_column(ArrayType *array, const char *name, bool signed_values, int *n, bool *null)
{
	Datum *elements;
	bool *nulls;
	Numeric *column;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("%s must have one dimension, not %d", name, ARR_NDIM(array))));
	deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &elements, &nulls, n);
	column = palloc(Max(*n, 1) * sizeof(Numeric));
	for (int i = 0; i < *n; i++) {
		*null = *null || nulls[i];
		if (!nulls[i])
			column[i] =
				signed_values ? money_arg_finite(DatumGetNumeric(elements[i]), name) : money_arg_nonnegative(DatumGetNumeric(elements[i]), name);
	}
	return column;
}

static bool years_args(FunctionCallInfo fcinfo, Years *years)
{
	bool null = false;
	int people, weights;

	years->amount = years_column(PG_GETARG_ARRAYTYPE_P(0), "amounts", true, &years->n, &null);
	years->population = years_column(PG_GETARG_ARRAYTYPE_P(1), "populations", false, &people, &null);
	years->weight = years_column(PG_GETARG_ARRAYTYPE_P(2), "weights", false, &weights, &null);
	arg_same_length(years->n, "amounts", people, "populations");
	arg_same_length(years->n, "amounts", weights, "weights");
	return !null;
}

static Datum quotient_or_null(FunctionCallInfo fcinfo, Numeric a, Numeric b)
{
	Numeric q = money_quotient(a, b);

	if (!q)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(q);
}

PG_FUNCTION_INFO_V1(terrbal_averaged_capacity);
Datum terrbal_averaged_capacity(PG_FUNCTION_ARGS)
{
	Years y;
	Numeric amounts = money_int(0), people = money_int(0);

	if (!years_args(fcinfo, &y))
		PG_RETURN_NULL();
	for (int i = 0; i < y.n; i++) {
		amounts = money_add(amounts, money_mul(y.weight[i], y.amount[i]));
		people = money_add(people, money_mul(y.weight[i], y.population[i]));
	}
	return quotient_or_null(fcinfo, amounts, people);
}

PG_FUNCTION_INFO_V1(terrbal_mean_of_ratios);
Datum terrbal_mean_of_ratios(PG_FUNCTION_ARGS)
{
	Years y;
	Numeric sum = money_int(0), weights = money_int(0);

	if (!years_args(fcinfo, &y))
		PG_RETURN_NULL();
	for (int i = 0; i < y.n; i++) {
		Numeric ratio = money_quotient(y.amount[i], y.population[i]);

		if (money_sign(y.weight[i]) == 0)
			continue;
		if (!ratio)
			PG_RETURN_NULL();
		sum = money_add(sum, money_mul(y.weight[i], ratio));
		weights = money_add(weights, y.weight[i]);
	}
	return quotient_or_null(fcinfo, sum, weights);
}

PG_FUNCTION_INFO_V1(terrbal_rank_reversals);
Datum terrbal_rank_reversals(PG_FUNCTION_ARGS)
{
	TbSample sample;
	uint64_t reversals;

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample) || !status_ok(tb_rank_reversals(&sample, &reversals)))
		PG_RETURN_NULL();
	PG_RETURN_INT64(reversals);
}

PG_FUNCTION_INFO_V1(terrbal_equalisation_effect);
Datum terrbal_equalisation_effect(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbEqualisationEffect e;
	Datum values[7];
	bool nulls[7] = {false};

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample) || !status_told(tb_equalisation_effect(&sample, &e), "nobody, or nothing to equalise"))
		PG_RETURN_NULL();
	if (isnan(e.gini_before) && isnan(e.gini_after))
		no_result("nothing to spread before or after");
	row_double(values, nulls, 0, e.gini_before);
	row_double(values, nulls, 1, e.gini_after);
	row_double(values, nulls, 2, e.cv_before);
	row_double(values, nulls, 3, e.cv_after);
	row_double(values, nulls, 4, e.minimum_after);
	values[5] = Int64GetDatum(e.reversals);
	row_double(values, nulls, 6, e.degree);
	return row_datum(fcinfo, values, nulls, 7);
}
