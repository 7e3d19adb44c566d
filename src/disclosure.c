/* disclosure.c -- controlled rounding of published counts as a window function */
#include "postgres.h"

#include "core/base/step.h"
#include "core/share/rounding.h"
#include "status.h"
#include "window.h"

typedef struct Rounded {
	int64 *value;
	bool *null;
} Rounded;

static _Noreturn void refuse(int64 value, const char *name, const char *rule)
{
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s " INT64_FORMAT " %s", name, value, rule)));
}

/* Counts of the partition that are not NULL, in its order; returns how many */
static int64 read_counts(Window *w, int64 *count, bool *null)
{
	int64 n = 0;

	for (int64 i = 0; i < w->rows; i++, tb_step()) {
		Datum datum = window_value(w, 0, i, &null[i]);

		if (null[i])
			continue;
		count[n] = DatumGetInt64(datum);
		if (count[n++] < 0)
			refuse(count[n - 1], "count", "is negative");
	}
	return n;
}

/* controlled_rounding(count, base, seed) */
static void *solve(Window *w)
{
	Rounded *answer = palloc(sizeof(Rounded));
	int32 base = window_int(w, 1, "base");
	bool unseeded;
	int64 seed = DatumGetInt64(window_common(w, 2, "seed", &unseeded));
	int64 *count = tb_alloc(w->rows * sizeof(int64)), n;

	if (base < 1)
		refuse(base, "base", "is below 1");
	answer->value = tb_alloc(w->rows * sizeof(int64));
	answer->null = tb_alloc(w->rows * sizeof(bool));
	n = read_counts(w, count, answer->null);
	status_ok_message(unseeded ? tb_round_nearest(count, n, base, answer->value) : tb_round_random(count, n, base, (uint64)seed, answer->value),
					  "a rounded count exceeds bigint", NULL, NULL);
	/* back to the rows they came from */
	for (int64 i = w->rows - 1; i >= 0; i--, tb_step())
		if (!answer->null[i])
			answer->value[i] = answer->value[--n];
	tb_free(count);
	return answer;
}

PG_FUNCTION_INFO_V1(terrbal_controlled_rounding);
Datum terrbal_controlled_rounding(PG_FUNCTION_ARGS)
{
	Rounded *answer = window_solution(fcinfo, solve);
	int64 row = window_position(fcinfo);

	if (answer->null[row])
		PG_RETURN_NULL();
	PG_RETURN_INT64(answer->value[row]);
}
