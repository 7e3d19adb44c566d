/* allocation.c -- window arguments to the allocation kernel and back */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"

#include "allocation.h"
#include "core/base/host.h"
#include "status.h"

bool allocation_peers(const void *window, int64 a, int64 b)
{
	return window_peers((Window *)window, a, b);
}

void allocation_refuse_tie(const int64 row[2])
{
	status_ok_message(TB_TIE, psprintf("rows " INT64_FORMAT " and " INT64_FORMAT " of the partition tie for the last unit", row[0] + 1, row[1] + 1),
					  "Remainder and weight are equal, and so is the window's order.", NULL);
	pg_unreachable();
}

void allocation_check_multiple(Decimal x, Decimal unit, const char *name)
{
	int scale = Max(x.scale, unit.scale);

	if (decimal_at_scale(x, scale, name) % decimal_at_scale(unit, scale, "unit") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is not a multiple of the unit %s", name, decimal_text(x.digits, x.scale), decimal_text(unit.digits, unit.scale)),
				 errhint("Round it, or choose a smaller unit.")));
}

void allocation_begin(Allocation *a, Window *w, int pool_argument, const char *pool_name, int unit_argument)
{
	Datum unit;

	memset(a, 0, sizeof *a);
	a->w = w;
	a->pool_name = pool_name;
	unit = window_given(w, unit_argument, "unit");
	a->unit = decimal_from_numeric(unit, "unit");
	a->unit_scale = decimal_display_scale(unit);
	if (a->unit.digits <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("unit must be positive, not %s", decimal_text(a->unit.digits, a->unit.scale)),
				 errhint("0.01 rounds to cents, 1 to whole units, 1000 to thousands.")));
	if (a->unit_scale > DECIMAL_MAX_SCALE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("unit has more than %d decimals", DECIMAL_MAX_SCALE)));
	if (pool_argument >= 0)
		a->pool = window_decimal(w, pool_argument, pool_name);
}

#define TOTAL_ROWS 4 /* a total of fewer rows, or below, may be a weight like any other: 50, 25, 15 and 10 per cent */
#define TOTAL_FROM 1000

/* The line with the total of a spreadsheet would take half of everything */
static void ask_about_total(const DecimalColumn *weight, const char *name)
{
	TbInt sum = 0;
	int64 largest = 0, rows = 0;

	for (int64 i = 0; i < weight->rows; i++) {
		if (!tb_int_add(sum, weight->digits[i], &sum))
			return;
		largest = weight->digits[i] > weight->digits[largest] ? i : largest;
		rows += weight->digits[i] > 0;
	}
	if (rows >= TOTAL_ROWS && weight->digits[largest] == sum - weight->digits[largest] &&
		sum / 2 >= TOTAL_FROM * tb_int_power10(Min(weight->scale, DECIMAL_MAX_SCALE)))
		notice_once((errmsg("%s %s of row " INT64_FORMAT " of the partition is that of all others together", name,
							decimal_text(weight->digits[largest], weight->scale), largest + 1),
					 errhint("Filter the row out if it is a total: it takes the part of all others once more.")));
}

void allocation_slope(Allocation *a, int argument, const char *name, const char *all)
{
	bool any = false;

	window_decimals(a->w, argument, name, false, &a->slope);
	decimal_column_nonnegative(&a->slope, name);
	for (int64 i = 0; i < a->w->rows && !any; i++)
		any = a->slope.digits[i] != 0;
	if (!any && all)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("all %s of the partition are zero", all),
						errhint("Give at least one row a positive %s, or leave the partition out.", name)));
	ask_about_total(&a->slope, name);
}

void allocation_column(Allocation *a, int argument, const char *name, bool null_allowed, DecimalColumn *column)
{
	window_decimals(a->w, argument, name, null_allowed, column);
}

TbInt allocation_sum(const DecimalColumn *column, const char *name)
{
	TbInt sum = 0;

	for (int64 i = 0; i < column->rows; i++)
		if (!tb_int_add(sum, column->digits[i], &sum))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("sum of %s exceeds 38 digits", name)));
	return sum;
}

static void drop_column(DecimalColumn *column)
{
	if (column->digits)
		tb_free(column->digits);
	column->digits = NULL;
}

static int common_scale(const Allocation *a)
{
	int scale = Max(a->pool.scale, a->unit.scale);

	scale = a->base.digits ? Max(scale, a->base.scale) : scale;
	scale = a->lower.digits ? Max(scale, a->lower.scale) : scale;
	return a->upper.digits ? Max(scale, a->upper.scale) : scale;
}

static char *bound_text(const DecimalColumn *column, int64 row)
{
	return column->digits ? decimal_text(column->digits[row], column->scale) : "none";
}

static void refuse(TbStatus status, const Allocation *a, const TbPoolSolution *s, int scale, const char *bounds)
{
	switch (status) {
	case TB_INFEASIBLE:
		if (s->slack > 0)
			status_ok_message(status,
							  psprintf("%s exceed the %s by %s", a->lower_name ? a->lower_name : "lower bounds and fixed amounts", a->pool_name,
									   decimal_text(s->slack, scale)),
							  NULL, a->lower_name ? a->lower_hint : "Raise the pool or lower the bounds by that much.");
		status_ok_message(status,
						  psprintf("%s fall short of the %s by %s", a->upper_name ? a->upper_name : "upper bounds and fixed amounts", a->pool_name,
								   decimal_text(-s->slack, scale)),
						  NULL,
						  a->upper_name ? "Lower the pool by that much, or raise the rate."
										: "Distribute least(pool, sum of the upper bounds), or raise the bounds.");
		break;
	case TB_INVALID:
		status_ok_message(status, psprintf("row " INT64_FORMAT " of the partition has no multiple of the unit between its bounds", s->row[0] + 1),
						  bounds, "Bounds are rounded inwards to multiples of the unit: widen them, or choose a smaller unit.");
		break;
	case TB_TIE:
		allocation_refuse_tie(s->row);
		break;
	case TB_OUT_OF_RANGE:
		status_ok_message(status, "sums of the partition exceed 38 digits", NULL, "Round weights and amounts to fewer decimals.");
		break;
	default:
		break;
	}
	status_ok(status);
}

AllocationAnswer *allocation_solve(Allocation *a)
{
	int scale = common_scale(a);
	AllocationAnswer *answer = palloc0(sizeof(AllocationAnswer));
	TbPoolSolution s;
	TbStatus status;
	TbPool pool = {.rows = a->w->rows, .peers = allocation_peers, .context = a->w};
	char *bounds = NULL;

	allocation_check_multiple(a->pool, a->unit, a->pool_name);
	if (a->base.digits)
		decimal_column_rescale(&a->base, scale, "base");
	if (a->lower.digits)
		decimal_column_rescale(&a->lower, scale, "lower");
	if (a->upper.digits)
		decimal_column_rescale(&a->upper, scale, "upper");
	pool.base = a->base.digits;
	pool.slope = a->slope.digits;
	pool.lower = a->lower.digits;
	pool.upper = a->upper.digits;
	pool.pool = decimal_at_scale(a->pool, scale, a->pool_name);
	pool.unit = decimal_at_scale(a->unit, scale, "unit");
	status = tb_pool_solve(&pool, &s);
	if (status == TB_INVALID)
		bounds = psprintf("Rounded inwards: lower %s, upper %s.", bound_text(&a->lower, s.row[0]), bound_text(&a->upper, s.row[0]));
	if (status != TB_OK)
		refuse(status, a, &s, scale, bounds);
	answer->units = s.units;
	answer->status = s.status;
	answer->unit_scale = a->unit_scale;
	answer->unit = decimal_at_scale(a->unit, a->unit_scale, "unit");
	answer->numerator = s.numerator;
	answer->denominator = s.denominator;
	answer->power = a->slope.scale - scale;
	answer->lambda = s.denominator != 0 ? tb_int_ratio(s.numerator, s.denominator, answer->power) : 0;
	/* weights of 10^-400 give a lambda that no float8 holds */
	answer->has_lambda = s.denominator != 0 && isfinite(answer->lambda);
	drop_column(&a->base);
	drop_column(&a->slope);
	drop_column(&a->lower);
	drop_column(&a->upper);
	return answer;
}

Datum allocation_numeric(const AllocationAnswer *answer, int64 row)
{
	TbInt digits;

	if (!tb_int_mul(answer->units[row], answer->unit, &digits))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("amount exceeds 38 digits")));
	return decimal_numeric(digits, answer->unit_scale);
}

Datum allocation_amount(FunctionCallInfo fcinfo, void *(*solve)(Window *))
{
	AllocationAnswer *answer = window_solution(fcinfo, solve);

	return allocation_numeric(answer, window_position(fcinfo));
}

Datum allocation_label(FunctionCallInfo fcinfo, AllocationAnswer *answer, int field, int64 row)
{
	static const char *const labels[3] = {[TB_POOL_FREE] = "free", [TB_POOL_FLOOR] = "floor", [TB_POOL_CAP] = "cap"};

	if (!answer->labelled) {
		for (int k = 0; k < 3; k++)
			answer->label[k] = window_enum(fcinfo, field, labels[k]);
		answer->labelled = true;
	}
	return answer->label[answer->status[row]];
}
