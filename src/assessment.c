/* assessment.c -- SQL face of ratio studies */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/estimate/assessment.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_ratio_transition);

Datum terrbal_ratio_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_paired_shape);
	bool fenced = PG_NARGS() > 3;
	uint64 row[2], word;
	double fence;
	TbStatus status;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || (fenced && PG_ARGISNULL(3)))
		return state_unchanged(fcinfo);
	row[0] = tb_sort_key(arg_positive(PG_GETARG_FLOAT8(1), "appraised"));
	row[1] = tb_sort_key(arg_positive(PG_GETARG_FLOAT8(2), "sale_price"));
	if (fenced) {
		fence = arg_nonnegative(PG_GETARG_FLOAT8(3), "fence");
		memcpy(&word, &fence, sizeof(word));
		status = tb_sample_add(&state, &tb_paired_shape, TB_SAMPLE_PARAMETERS(1), &word, row);
	} else
		status = tb_sample_add(&state, &tb_paired_shape, 0, NULL, row);
	if (status == TB_MISMATCH)
		status_ok_message(status, "fence differs between rows", NULL, "Give one number for all rows.");
	state_ok(status, &tb_paired_shape);
	return state_kept(fcinfo, state, &tb_paired_shape);
}

#define FIELDS 20

static Datum study_datum(FunctionCallInfo fcinfo, const TbRatioStudy *r)
{
	const double number[] = {r->median,   r->mean, r->weighted_mean, r->cod, r->prd,        r->prb,        r->prb_se, r->prb_low,
							 r->prb_high, r->ki,   r->mki,           r->cov, r->median_low, r->median_high};
	const double more[] = {r->gini_appraised, r->gini_price, r->low_fence, r->high_fence};
	Datum values[FIELDS];
	bool nulls[FIELDS] = {false};

	values[0] = Int64GetDatum(r->n);
	for (int i = 0; i < lengthof(number); i++)
		row_double(values, nulls, 1 + i, number[i]);
	values[15] = Int64GetDatum(r->excluded);
	for (int i = 0; i < lengthof(more); i++)
		row_double(values, nulls, 16 + i, more[i]);
	return row_datum(fcinfo, values, nulls, FIELDS);
}

static bool study_ok(TbStatus status)
{
	if (status == TB_INVALID)
		status_ok_message(status, "a ratio study takes no weights", NULL, NULL);
	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "appraised and sale price must be positive, and their ratio in range", NULL, NULL);
	return status_ok(status);
}

static Datum study(FunctionCallInfo fcinfo, double fence)
{
	TbSample sample;
	TbRatioStudy r;

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample) || !study_ok(tb_ratio_study(&sample, fence, &r)))
		PG_RETURN_NULL();
	return study_datum(fcinfo, &r);
}

/* Without trimming, and for stored states with a fence of the caller's */
PG_FUNCTION_INFO_V1(terrbal_ratio_study);

Datum terrbal_ratio_study(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && PG_ARGISNULL(1)))
		PG_RETURN_NULL();
	return study(fcinfo, PG_NARGS() > 1 ? arg_nonnegative(PG_GETARG_FLOAT8(1), "fence") : NAN);
}

/* With the fence that came with the rows */
PG_FUNCTION_INFO_V1(terrbal_ratio_study_trimmed);

Datum terrbal_ratio_study_trimmed(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return study(fcinfo, arg_nonnegative(sample_parameter(fcinfo, &tb_paired_shape, 1, 0), "fence"));
}

/* The figure of argument 1 in each replicate; NULL where there are no rows */
static double *figures(FunctionCallInfo fcinfo, int replications, uint64 seed)
{
	TbRatioFigure figure = arg_choice(PG_GETARG_DATUM(1), "index", tb_ratio_figure_name, TB_RATIO_FIGURES);
	TbSample sample;
	double *result;

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample))
		return NULL;
	bootstrap_fits(&sample, replications, "Give fewer replications, or draw a sample of the sales.");
	if (!study_ok(tb_ratio_bootstrap(&sample, figure, replications, seed, &result)))
		return NULL;
	if (sample.rows < 2)
		no_result("one sale, drawn again and again, says nothing of its error");
	return sample.rows < 2 ? NULL : result;
}

static Datum figure_datum(FunctionCallInfo fcinfo, double x)
{
	if (isnan(x)) {
		no_result("some of the samples drawn have sales too few or too alike for the index");
		PG_RETURN_NULL();
	}
	PG_RETURN_FLOAT8(x);
}

PG_FUNCTION_INFO_V1(terrbal_ratio_standard_error);

/* (state, index, replications, seed) */
Datum terrbal_ratio_standard_error(PG_FUNCTION_ARGS)
{
	int replications = bootstrap_replications(PG_GETARG_INT32(2));
	double *drawn = figures(fcinfo, replications, PG_GETARG_INT64(3));

	if (!drawn)
		PG_RETURN_NULL();
	return figure_datum(fcinfo, tb_spread(drawn, replications));
}

PG_FUNCTION_INFO_V1(terrbal_ratio_quantile);

/* (state, index, p, replications, seed) */
Datum terrbal_ratio_quantile(PG_FUNCTION_ARGS)
{
	double p = arg_share(PG_GETARG_FLOAT8(2), "p"), *drawn;
	int replications = bootstrap_replications(PG_GETARG_INT32(3));

	drawn = figures(fcinfo, replications, PG_GETARG_INT64(4));
	if (!drawn)
		PG_RETURN_NULL();
	return figure_datum(fcinfo, tb_replicate_quantile(drawn, replications, p));
}
