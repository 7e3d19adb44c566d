/* readjustment.c -- value-equalised land readjustment as a window function */
#include "postgres.h"

#include "allocation.h"
#include "core/base/host.h"
#include "status.h"

typedef struct Readjusted {
	AllocationAnswer *right, *share; /* of the distributable value, of the cost */
	DecimalColumn after;
	int scale; /* of settlements */
} Readjusted;

/* Shares a pool over the values before */
static AllocationAnswer *shared(Window *w, Decimal pool, const char *name)
{
	Allocation a;

	allocation_begin(&a, w, -1, name, 3);
	a.pool = pool;
	allocation_slope(&a, 0, "value before", "values before");
	return allocation_solve(&a);
}

/* readjustment(value_before, value_after, cost, unit) */
static void *solve_readjustment(Window *w)
{
	Readjusted *plan = palloc0(sizeof(Readjusted));
	Decimal cost = window_decimal(w, 2, "cost");
	TbInt distributable = 0;

	decimal_nonnegative(cost, "cost");
	window_decimals(w, 1, "value after", false, &plan->after);
	decimal_column_nonnegative(&plan->after, "value after");
	if (plan->after.scale < cost.scale)
		decimal_column_rescale(&plan->after, cost.scale, "value after");
	plan->scale = plan->after.scale;
	if (!tb_int_sub(allocation_sum(&plan->after, "values after"), decimal_at_scale(cost, plan->scale, "cost"), &distributable))
		status_ok(TB_OUT_OF_RANGE);
	plan->right = shared(w, (Decimal){distributable, plan->scale}, "sum of values after less cost");
	plan->share = shared(w, cost, "cost");
	if (plan->scale < plan->right->unit_scale) {
		plan->scale = plan->right->unit_scale;
		decimal_column_rescale(&plan->after, plan->scale, "value after");
	}
	return plan;
}

static TbInt money_of(const AllocationAnswer *answer, int64 row, int scale)
{
	TbInt digits;

	if (!tb_int_mul(answer->units[row], answer->unit, &digits))
		status_ok(TB_OUT_OF_RANGE);
	return decimal_at_scale((Decimal){digits, answer->unit_scale}, scale, "right value");
}

PG_FUNCTION_INFO_V1(terrbal_readjustment);
Datum terrbal_readjustment(PG_FUNCTION_ARGS)
{
	Readjusted *plan = window_solution(fcinfo, solve_readjustment);
	int64 row = window_position(fcinfo);
	TbInt settlement = plan->after.digits[row] - money_of(plan->right, row, plan->scale) - money_of(plan->share, row, plan->scale);
	Datum values[4] = {allocation_numeric(plan->right, row), decimal_numeric(plan->after.digits[row], plan->scale),
					   decimal_numeric(settlement, plan->scale), allocation_numeric(plan->share, row)};
	bool nulls[4] = {false};

	return window_composite(fcinfo, values, nulls, 4);
}
