/* pool.c -- closed pools as window functions: each is a choice of base, slope and bounds for the one kernel */
#include "postgres.h"

#include "allocation.h"
#include "core/base/host.h"
#include "status.h"

#define AMOUNT_FUNCTION(name)                                                                                                                        \
	PG_FUNCTION_INFO_V1(terrbal_##name);                                                                                                             \
	Datum terrbal_##name(PG_FUNCTION_ARGS)                                                                                                           \
	{                                                                                                                                                \
		return allocation_amount(fcinfo, solve_##name);                                                                                              \
	}

/* pool_share(pool, base, slope, lower, upper, unit): the kernel itself */
static void *solve_pool_share(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "pool", 5);
	allocation_column(&a, 1, "base", false, &a.base);
	allocation_slope(&a, 2, "slope", NULL);
	allocation_column(&a, 3, "lower", true, &a.lower);
	allocation_column(&a, 4, "upper", true, &a.upper);
	return allocation_solve(&a);
}

PG_FUNCTION_INFO_V1(terrbal_pool_share);

Datum terrbal_pool_share(PG_FUNCTION_ARGS)
{
	AllocationAnswer *answer = window_solution(fcinfo, solve_pool_share);
	int64 row = window_position(fcinfo);
	Datum values[3] = {allocation_numeric(answer, row), Float8GetDatum(answer->lambda), allocation_label(fcinfo, answer, 2, row)};
	bool nulls[3] = {false, !answer->has_lambda, false};

	return window_composite(fcinfo, values, nulls, 3);
}

/* apportionment(total, weight, unit): slope = weight */
static void *solve_apportionment(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "total", 2);
	allocation_slope(&a, 1, "weight", "weights");
	return allocation_solve(&a);
}

AMOUNT_FUNCTION(apportionment)

/* bounded_apportionment(total, weight, lower, upper, unit) */
static void *solve_bounded_apportionment(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "total", 4);
	allocation_slope(&a, 1, "weight", "weights");
	allocation_column(&a, 2, "lower", true, &a.lower);
	allocation_column(&a, 3, "upper", true, &a.upper);
	return allocation_solve(&a);
}

AMOUNT_FUNCTION(bounded_apportionment)

static void fill(DecimalColumn *column, int64 rows, TbInt x)
{
	decimal_column_begin(column, rows);
	for (int64 i = 0; i < rows; i++)
		column->digits[i] = x;
}

/* levelling_transfer(pool, capacity, population, unit): max(0, standard*population - capacity), the standard is lambda */
static void *solve_levelling_transfer(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "pool", 3);
	if (a.pool.digits < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("pool must not be negative, not %s", decimal_text(a.pool.digits, a.pool.scale)),
				 errhint("equal_cut takes money away.")));
	allocation_column(&a, 1, "capacity", false, &a.base);
	allocation_slope(&a, 2, "population", "populations");
	fill(&a.lower, w->rows, 0);
	for (int64 i = 0; i < w->rows; i++)
		a.base.digits[i] = a.slope.digits[i] == 0 ? 0 : -a.base.digits[i];
	return allocation_solve(&a);
}

AMOUNT_FUNCTION(levelling_transfer)

/* equal_cut(cut, amount, population, unit): what remains, max(0, amount + lambda*population), the cut per head is -lambda */
static void *solve_equal_cut(Window *w)
{
	Allocation a;
	Decimal cut;
	TbInt total;
	int scale;

	allocation_begin(&a, w, 0, "cut", 3);
	cut = a.pool;
	if (cut.digits < 0)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("cut must not be negative, not %s", decimal_text(cut.digits, cut.scale)),
						errhint("closing_item distributes an addition.")));
	allocation_column(&a, 1, "amount", false, &a.base);
	decimal_column_nonnegative(&a.base, "amount");
	allocation_slope(&a, 2, "population", "populations");
	fill(&a.lower, w->rows, 0);
	scale = Max(cut.scale, a.base.scale);
	decimal_column_rescale(&a.base, scale, "amount");
	total = allocation_sum(&a.base, "amount");
	a.pool = (Decimal){total - decimal_at_scale(cut, scale, "cut"), scale};
	if (a.pool.digits < 0)
		status_ok_message(TB_INFEASIBLE, psprintf("cut exceeds the sum of amounts by %s", decimal_text(-a.pool.digits, scale)), NULL,
						  "Cut least(cut, sum of the amounts).");
	a.pool_name = "sum of amounts less cut";
	a.lower_name = "amounts without population";
	return allocation_solve(&a);
}

AMOUNT_FUNCTION(equal_cut)

/* closing_item(target, amount, population, unit): amount + lambda*population */
static void *solve_closing_item(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "target", 3);
	allocation_column(&a, 1, "amount", false, &a.base);
	allocation_slope(&a, 2, "population", "populations");
	return allocation_solve(&a);
}

AMOUNT_FUNCTION(closing_item)

/* damped_share(pool, formula, floor, unit): floor + lambda*max(0, formula - floor), 0 <= lambda <= 1 */
static void *solve_damped_share(Window *w)
{
	Allocation a;
	AllocationAnswer *answer;
	int scale;

	allocation_begin(&a, w, 0, "pool", 3);
	allocation_column(&a, 1, "formula", false, &a.slope);
	allocation_column(&a, 2, "floor", false, &a.base);
	a.lower_name = "floors";
	a.lower_hint = "Lower the floors, or raise the pool by that much.";
	scale = Max(a.slope.scale, a.base.scale);
	decimal_column_rescale(&a.slope, scale, "formula");
	decimal_column_rescale(&a.base, scale, "floor");
	fill(&a.lower, w->rows, 0);
	a.lower.scale = scale;
	for (int64 i = 0; i < w->rows; i++) {
		TbInt gain = 0;

		if (a.slope.digits[i] > a.base.digits[i] && !tb_int_sub(a.slope.digits[i], a.base.digits[i], &gain))
			status_ok(TB_OUT_OF_RANGE);
		a.slope.digits[i] = gain;
		a.lower.digits[i] = a.base.digits[i];
	}
	answer = allocation_solve(&a);
	if (answer->lambda > 1 || answer->lambda < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the damping factor would be %.15g, outside 0 to 1", answer->lambda),
						errhint("The pool must lie between the sum of the floors and the sum of greatest(formula, floor).")));
	return answer;
}

AMOUNT_FUNCTION(damped_share)

/* rounded_to_total(x, total, unit) */
static void *solve_rounded_to_total(Window *w)
{
	Allocation a;
	AllocationAnswer *answer = palloc0(sizeof(AllocationAnswer));
	TbPoolSolution s;
	TbStatus status;
	int scale;

	allocation_begin(&a, w, 1, "total", 2);
	allocation_check_multiple(a.pool, a.unit, "total");
	allocation_column(&a, 0, "x", false, &a.base);
	scale = Max(Max(a.pool.scale, a.unit.scale), a.base.scale);
	decimal_column_rescale(&a.base, scale, "x");
	status = tb_pool_round(w->rows, a.base.digits, decimal_at_scale(a.pool, scale, "total"), decimal_at_scale(a.unit, scale, "unit"),
						   allocation_peers, w, &s);
	if (status == TB_TIE)
		allocation_refuse_tie(s.row);
	if (status == TB_INFEASIBLE)
		status_ok_message(status,
						  psprintf("rounding would have to move a row by more than one unit: %s too %s",
								   decimal_text((TbInt)tb_int_abs(s.slack), scale), s.slack > 0 ? "much remains" : "little remains"),
						  NULL, "The values do not add up to the total: check them, or use apportionment.");
	status_ok(status);
	tb_free(a.base.digits);
	answer->units = s.units;
	answer->unit_scale = a.unit_scale;
	answer->unit = decimal_at_scale(a.unit, a.unit_scale, "unit");
	return answer;
}

AMOUNT_FUNCTION(rounded_to_total)
