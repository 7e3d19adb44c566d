/* levy_quota.c -- quotas of betterment levies as window functions over the allocation kernel */
#include "postgres.h"

#include "allocation.h"
#include "core/base/host.h"
#include "status.h"

/* What all caps together can bear, in whole units, must reach the pool; rows without a weight bear nothing. */
static void refuse_caps_below_pool(const Allocation *a)
{
	int scale = Max(Max(a->upper.scale, a->unit.scale), a->pool.scale);
	TbInt unit = decimal_at_scale(a->unit, scale, "unit"), room = decimal_at_scale(a->pool, scale, "pool"), lack = room;

	for (int64 i = 0; i < a->w->rows; i++) {
		Decimal cap = {a->upper.digits[i], a->upper.scale};

		if (a->slope.digits[i] == 0)
			continue;
		if (a->upper.digits[i] == DECIMAL_NULL)
			return;
		cap.digits = decimal_at_scale(cap, scale, "cap");
		lack -= Min(cap.digits - cap.digits % unit, lack);
		if (lack <= 0)
			return;
	}
	status_ok_message(TB_INFEASIBLE, psprintf("caps fall short of the pool by %s", decimal_text(lack, scale)), NULL,
					  "Levy least(pool, sum(cap)) with caps cut to whole units, or raise the caps.");
}

static bool has_caps(Window *w, int argument)
{
	bool isnull;

	if (!window_is_constant(w, argument))
		return true;
	window_value(w, argument, 0, &isnull);
	return !isnull;
}

/* betterment_levy(pool, benefit_weight, cap, unit) */
static void *solve_betterment_levy(Window *w)
{
	Allocation a;

	allocation_begin(&a, w, 0, "pool", 3);
	allocation_slope(&a, 1, "benefit weight", "benefit weights");
	if (has_caps(w, 2)) {
		allocation_column(&a, 2, "cap", true, &a.upper);
		decimal_column_nonnegative(&a.upper, "cap");
		refuse_caps_below_pool(&a);
	}
	return allocation_solve(&a);
}

PG_FUNCTION_INFO_V1(terrbal_betterment_levy);
Datum terrbal_betterment_levy(PG_FUNCTION_ARGS)
{
	return allocation_amount(fcinfo, solve_betterment_levy);
}

/* subsidised_quota(quota, own_subsidy, unit): each subsidy meets its owner's quota first, what is left of it lowers the others' pro rata */
static void *solve_subsidised_quota(Window *w)
{
	Allocation a;
	DecimalColumn subsidy;
	TbInt rest = 0, excess = 0;
	int scale;

	allocation_begin(&a, w, -1, "sum of quotas less subsidies", 2);
	allocation_slope(&a, 0, "quota", NULL);
	window_decimals(w, 1, "own subsidy", false, &subsidy);
	decimal_column_nonnegative(&subsidy, "own subsidy");
	scale = Max(a.slope.scale, subsidy.scale);
	decimal_column_rescale(&a.slope, scale, "quota");
	decimal_column_rescale(&subsidy, scale, "own subsidy");
	for (int64 i = 0; i < w->rows; i++) {
		TbInt left = a.slope.digits[i] - subsidy.digits[i]; /* of two that are not negative */

		if (!(left > 0 ? tb_int_add(rest, left, &rest) : tb_int_add(excess, -left, &excess)))
			status_ok(TB_OUT_OF_RANGE);
		a.slope.digits[i] = Max(left, 0);
	}
	tb_free(subsidy.digits);
	a.pool = (Decimal){Max(rest - excess, 0), scale};
	return allocation_solve(&a);
}

PG_FUNCTION_INFO_V1(terrbal_subsidised_quota);
Datum terrbal_subsidised_quota(PG_FUNCTION_ARGS)
{
	return allocation_amount(fcinfo, solve_subsidised_quota);
}
