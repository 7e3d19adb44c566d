/* convergence.c -- beta and sigma convergence over pairs of an initial and a final value */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/inequality/convergence.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

static bool usable(TbStatus status)
{
	if (status == TB_UNDEFINED)
		no_result("fewer than three regions, or all of them began alike");
	return status_ok_message(status, status == TB_OUT_OF_RANGE ? "initial and final values must be positive" : NULL, NULL, NULL);
}

PG_FUNCTION_INFO_V1(terrbal_beta_convergence);

Datum terrbal_beta_convergence(PG_FUNCTION_ARGS)
{
	double years = arg_years(arg_positive(sample_parameter(fcinfo, &tb_paired_shape, 1, 0), "years"), "years");
	TbSample sample;
	TbBeta r;
	Datum values[8];
	bool nulls[8] = {false};

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample) || !usable(tb_beta_convergence(&sample, years, &r)))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, r.beta);
	row_double(values, nulls, 1, r.se);
	row_double(values, nulls, 2, r.r2);
	row_double(values, nulls, 3, r.speed);
	row_double(values, nulls, 4, r.half_life);
	row_double(values, nulls, 5, r.intercept);
	row_double(values, nulls, 6, r.intercept_se);
	values[7] = Int64GetDatum(r.n);
	return row_datum(fcinfo, values, nulls, 8);
}

PG_FUNCTION_INFO_V1(terrbal_sigma_convergence);

Datum terrbal_sigma_convergence(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbSigma r;
	Datum values[5];
	bool nulls[5] = {false};

	if (!sample_arg(fcinfo, 0, &tb_paired_shape, &sample) || !usable(tb_sigma_convergence(&sample, &r)))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, r.sigma_initial);
	row_double(values, nulls, 1, r.sigma_final);
	row_double(values, nulls, 2, r.cv_initial);
	row_double(values, nulls, 3, r.cv_final);
	values[4] = Int64GetDatum(r.n);
	return row_datum(fcinfo, values, nulls, 5);
}
