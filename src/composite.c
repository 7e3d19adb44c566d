/* composite.c -- SQL face of indicator normalisation and composite indices */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "arg.h"
#include "core/territory/composite.h"
#include "core/base/host.h"
#include "status.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_normalised);
PG_FUNCTION_INFO_V1(terrbal_composite_index);
PG_FUNCTION_INFO_V1(terrbal_outranking);

/* Both spellings that are in use */
static const char *const methods[] = {
	"min_max",   "z_score", "rank",  "borda", "percentile_rank", "distance_to_max", "distance_to_reference", "distance_to_target",
	"goalposts", "minmax",  "zscore"};

static TbNormalisation method_of(Datum text)
{
	int i = arg_choice(text, "method", methods, lengthof(methods));

	return i > TB_GOALPOSTS ? i - TB_GOALPOSTS - 1 : i;
}

/* NULLs are no units: the sorted rest is what every row of the partition is held against, whatever its method. */
static void *solve(Window *w)
{
	TbIndicator *indicator = tb_alloc(sizeof(TbIndicator));
	bool *nulls = tb_alloc(w->rows);
	double *x = window_doubles(w, 0, "x", nulls);
	size_t n = 0;

	for (int64 i = 0; i < w->rows; i++)
		if (!nulls[i])
			x[n++] = x[i];
	tb_free(nulls);
	tb_indicator(x, n, indicator);
	return indicator;
}

static const char *const rules[] = {
	[TB_MIN_MAX] = "min_max takes no parameters or two: the scores of the worst and the best unit.",
	[TB_Z_SCORE] = "z_score takes no parameters or two: mean and standard deviation of the scores.",
	[TB_RANK] = "This method takes no parameters.",
	[TB_BORDA] = "This method takes no parameters.",
	[TB_PERCENTILE_RANK] = "This method takes no parameters.",
	[TB_DISTANCE_TO_MAX] = "This method takes no parameters.",
	[TB_DISTANCE_TO_REFERENCE] = "distance_to_reference takes the reference value, on the better side of the worst unit.",
	[TB_DISTANCE_TO_TARGET] = "distance_to_target takes the target, on the better side of the worst unit, and optionally 1 to cap at it.",
	[TB_GOALPOSTS] = "goalposts takes the lower post, a higher upper post, and optionally the scale.",
};

Datum terrbal_normalised(PG_FUNCTION_ARGS)
{
	WindowObject object = PG_WINDOW_OBJECT();
	TbIndicator *indicator = window_solution(fcinfo, solve);
	double *parameters = NULL, x, result;
	int n = 0, direction;
	bool isnull[4] = {false, false, false, false};
	Datum value[4];
	TbNormalisation method;

	for (int i = 0; i < PG_NARGS(); i++)
		value[i] = WinGetFuncArgCurrent(object, i, isnull + i);
	if (isnull[0] || isnull[1] || isnull[2] || isnull[3])
		PG_RETURN_NULL();
	x = arg_finite(DatumGetFloat8(value[0]), "x");
	method = method_of(value[1]);
	direction = DatumGetInt32(value[2]);
	if (direction != 1 && direction != -1)
		arg_refuse(direction, "direction", "1 or -1", "1: more is better; -1: less is better.");
	if (PG_NARGS() > 3)
		parameters = arg_float8_array(DatumGetArrayTypeP(value[3]), &n, "parameters");
	if (!status_ok_message(tb_normalised(indicator, x, method, direction, parameters, n, &result), "parameters do not fit the method", NULL,
						   rules[method]))
		PG_RETURN_NULL();
	(void)status_ok(isfinite(result) ? TB_OK : TB_OUT_OF_RANGE);
	PG_RETURN_FLOAT8(result);
}

static const char *const aggregations[] = {"arithmetic", "geometric", "harmonic", "generalised", "mpi_negative", "mpi_positive"};

/* Scores that are there and count, with their weights and places in the array; false where too little weight is left. Weight 0 counts for nothing. */
static bool available(ArrayType *array, double *weights, double least, double **scores, int *place, int *n)
{
	Datum *value;
	bool *nulls, gap = false;
	double all = 0, present = 0;
	int kept = 0;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, 'd', &value, &nulls, n);
	*scores = palloc(Max(*n, 1) * sizeof(double));
	for (int i = 0; i < *n; i++) {
		all += weights[i];
		gap |= nulls[i] && weights[i] > 0;
		if (nulls[i] || weights[i] == 0)
			continue;
		present += weights[i];
		(*scores)[kept] = arg_finite(DatumGetFloat8(value[i]), psprintf("scores[%d]", i + 1));
		place[kept] = i + 1;
		weights[kept++] = weights[i];
	}
	*n = kept;
	return !gap || (least <= 1 && present >= least * all);
}

static double *weights_arg(ArrayType *array, int expected)
{
	int n;
	double *given = arg_float8_array(array, &n, "weights"), *weights = palloc(Max(n, 1) * sizeof(double));

	arg_same_length(expected, "scores", n, "weights");
	for (int i = 0; i < n; i++)
		weights[i] = arg_nonnegative(given[i], psprintf("weights[%d]", i + 1));
	return weights;
}

/* (scores, weights, aggregation), then power, then the share of weight that must be there */
Datum terrbal_composite_index(PG_FUNCTION_ARGS)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(0);
	double power = PG_NARGS() > 3 ? arg_finite(PG_GETARG_FLOAT8(3), "power") : 1;
	double least = PG_NARGS() > 4 ? arg_share(PG_GETARG_FLOAT8(4), "availability") : 2; /* beyond any share: no gaps allowed */
	double *weights, *scores, result = 0;
	int n, at = 0, *place, aggregation = arg_choice(PG_GETARG_DATUM(2), "aggregation", aggregations, lengthof(aggregations));
	TbStatus status;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("scores must be a one-dimensional array of float8")));
	if (aggregation == TB_GENERALISED && PG_NARGS() == 3)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("generalised aggregation needs a power"),
						errhint("Give it as the fourth argument: 1 is arithmetic, 0 geometric, -1 harmonic.")));
	weights = weights_arg(PG_GETARG_ARRAYTYPE_P(1), ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)));
	place = palloc(sizeof(int) * (ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) + 1));
	if (!available(array, weights, least, &scores, place, &n))
		PG_RETURN_NULL();
	status = tb_composite_index(scores, weights, n, aggregation, power, &result, &at);
	if (status == TB_OUT_OF_RANGE)
		arg_refuse(scores[at], psprintf("scores[%d]", place[at]), psprintf("positive for %s aggregation", aggregations[aggregation]),
				   "Normalise to a scale that begins above 0, such as min_max to [1, 100].");
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("composite index out of range")));
	if (!status_ok(status))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

Datum terrbal_outranking(PG_FUNCTION_ARGS)
{
	int n, n_b;
	double *a = arg_float8_array(PG_GETARG_ARRAYTYPE_P(0), &n, "scores_a"), *b = arg_float8_array(PG_GETARG_ARRAYTYPE_P(1), &n_b, "scores_b"), result;
	double *weights;

	arg_same_length(n, "scores_a", n_b, "scores_b");
	weights = weights_arg(PG_GETARG_ARRAYTYPE_P(2), n);
	if (!status_ok(tb_outranking(a, b, weights, n, &result)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
