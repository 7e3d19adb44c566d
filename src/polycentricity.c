/* polycentricity.c -- SQL face of rank-size, redistribution, location quotients, size elasticity, functional polycentricity */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/base/step.h"
#include "core/territory/demography.h"
#include "core/territory/polycentricity.h"
#include "flow_state.h"
#include "row.h"
#include "sample_state.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_rank_size);
PG_FUNCTION_INFO_V1(terrbal_share_difference);
PG_FUNCTION_INFO_V1(terrbal_krugman_specialisation);
PG_FUNCTION_INFO_V1(terrbal_size_elasticity);
PG_FUNCTION_INFO_V1(terrbal_size_regression);
PG_FUNCTION_INFO_V1(terrbal_functional_polycentricity);
PG_FUNCTION_INFO_V1(terrbal_location_quotient);
PG_FUNCTION_INFO_V1(terrbal_shift_share);

/* These indices count rows; a sample with weights would silently lose them */
static bool unweighted(FunctionCallInfo fcinfo, const TbShape *shape, TbSample *sample)
{
	if (PG_ARGISNULL(0) || !sample_arg(fcinfo, 0, shape, sample))
		return false;
	if (sample->w)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s with weights where every row counts once", shape->name),
						errhint("Make the state without a weight.")));
	return true;
}

/* The negative value that the core refused */
static void name_negative(const TbSample *sample, const char *first, const char *second)
{
	for (size_t i = 0; i < sample->n; i++) {
		arg_nonnegative(sample->x[i], first);
		if (sample->y)
			arg_nonnegative(sample->y[i], second);
	}
}

/* why: what makes the answer NULL */
static bool usable(TbStatus status, const TbSample *sample, const char *first, const char *second, const char *why)
{
	if (status == TB_UNDEFINED)
		return status_told(status, why);
	if (status == TB_OUT_OF_RANGE)
		name_negative(sample, first, second);
	return status_ok_message(status, "sum out of range", NULL, NULL);
}

static const char totals[] = "A row of totals? Leave it out: it counts everybody twice.";

/* Shares in per cent or fractions may well be a half; counts that are half of both sums are totals */
static void tell_totals(const TbSample *s)
{
	double a = 0, b = 0;

	for (size_t i = 0; i < s->n; i++, tb_step()) {
		a += s->x[i];
		b += s->y[i];
	}
	if (s->n < 5 || !(a > 0 && b > 0) || fabs(a - 1) < 0.01 || fabs(a - 100) < 1 || fabs(b - 1) < 0.01 || fabs(b - 100) < 1)
		return;
	for (size_t i = 0; i < s->n; i++, tb_step())
		if (arg_half_of(s->x[i], a) && arg_half_of(s->y[i], b))
			notice_once((errmsg("one pair, %.15g and %.15g, is half of both sums", s->x[i], s->y[i]), errhint("%s", totals)));
}

/* Half of the sum of absolute differences of shares, per cent */
static bool share_difference(FunctionCallInfo fcinfo, double *percent)
{
	TbSample sample;

	if (!unweighted(fcinfo, &tb_paired_shape, &sample) ||
		!usable(tb_share_difference(&sample, percent), &sample, "first value", "second value", "the values of one side sum to 0"))
		return false;
	tell_totals(&sample);
	return true;
}

Datum terrbal_rank_size(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbRankSize r;
	Datum values[12];
	bool nulls[12] = {false};
	int n = 0;

	if (!unweighted(fcinfo, &tb_sample_shape, &sample) || !usable(tb_rank_size(&sample, &r), &sample, "population", NULL, "no population above 0"))
		PG_RETURN_NULL();
	if (r.n < 3)
		notice_once((errmsg("the slopes are NULL: they need three places with people, and there are %zu", r.n)));
	else if (isnan(r.slope_shifted))
		notice_once((errmsg("slope_shifted is NULL: all places are of one size")));
	if (r.n > 4 && fabs(r.primacy_share - 0.5) <= 1e-9)
		notice_once((errmsg("the largest of %llu places has as many people as all others together", (unsigned long long)r.n), errhint("%s", totals)));
	for (; n < 11; n++)
		row_double(values, nulls, n,
				   ((double[]){r.slope, r.slope_se, r.r2, r.slope_shifted, r.primacy, r.primacy_share, r.primacy_four, r.hhi, r.entropy, r.intercept,
							   r.slope_shifted_se})[n]);
	values[n++] = Int64GetDatum(r.n);
	return row_datum(fcinfo, values, nulls, n);
}

Datum terrbal_share_difference(PG_FUNCTION_ARGS)
{
	double percent;

	if (!share_difference(fcinfo, &percent))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(percent);
}

/* The same difference on Krugman's scale: 0 to 2 */
Datum terrbal_krugman_specialisation(PG_FUNCTION_ARGS)
{
	double percent;

	if (!share_difference(fcinfo, &percent))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(percent / 50);
}

/* People without an amount have no logarithm; who leaves them out of a slope should know */
static void tell_without_amount(const TbSample *sample)
{
	uint64 places = 0;

	for (size_t i = 0; i < sample->n; i++, tb_step())
		if (sample->x[i] > 0 && sample->y[i] == 0)
			places += sample->count ? sample->count[i] : 1;
	if (places > 0)
		notice_once((errmsg("places whose amount is 0 are left out: " UINT64_FORMAT, places),
					 errhint("The slope is that of the places with an amount: publish their number beside it.")));
}

static bool elasticity(FunctionCallInfo fcinfo, TbFitLine *line, size_t *n)
{
	TbSample sample;

	if (!unweighted(fcinfo, &tb_paired_shape, &sample) || !usable(tb_size_elasticity(&sample, line, n), &sample, "population", "amount",
																  "fewer than three pairs above 0, or populations that do not vary"))
		return false;
	tell_without_amount(&sample);
	return true;
}

Datum terrbal_size_elasticity(PG_FUNCTION_ARGS)
{
	TbFitLine line;
	size_t n;

	if (!elasticity(fcinfo, &line, &n))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(line.slope);
}

Datum terrbal_size_regression(PG_FUNCTION_ARGS)
{
	TbFitLine line;
	Datum values[5];
	bool nulls[5] = {false};
	size_t n;

	if (!elasticity(fcinfo, &line, &n))
		PG_RETURN_NULL();
	row_double(values, nulls, 0, line.slope);
	row_double(values, nulls, 1, line.slope_se);
	row_double(values, nulls, 2, line.r2);
	row_double(values, nulls, 3, line.intercept);
	values[4] = Int64GetDatum(n);
	return row_datum(fcinfo, values, nulls, 5);
}

/* (flow_state[, potential]) */
Datum terrbal_functional_polycentricity(PG_FUNCTION_ARGS)
{
	double potential = 0, result;
	TbStatus status;
	TbFlows flows;

	if (PG_ARGISNULL(0) || !flow_arg(fcinfo, 0, &flows))
		PG_RETURN_NULL();
	if (PG_NARGS() > 1)
		bag_not_null(fcinfo, 1, "potential");
	if (PG_NARGS() > 1)
		potential = arg_positive(PG_GETARG_FLOAT8(1), "potential");
	status = tb_functional_polycentricity(&flows, potential, &result);
	if (status == TB_UNDEFINED && !status_told(status, "no flow between zones"))
		PG_RETURN_NULL();
	if (status == TB_INFEASIBLE)
		(void)status_ok_message(
			status, psprintf("potential (%.15g) is less than the flow between zones", potential), NULL,
			"It is the largest total flow that could be, in the unit of the flow; the share of possible links is taken without it.");
	if (!status_ok_message(status, "sum out of range", NULL, NULL))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

static double nonnegative(FunctionCallInfo fcinfo, int n, const char *name)
{
	return arg_nonnegative(PG_GETARG_FLOAT8(n), name);
}

/* (e_ij/e_j)/(e_i/e) */
Datum terrbal_location_quotient(PG_FUNCTION_ARGS)
{
	double own = nonnegative(fcinfo, 0, "activity_region"), region = nonnegative(fcinfo, 1, "total_region");
	double activity = nonnegative(fcinfo, 2, "activity_nation"), nation = nonnegative(fcinfo, 3, "total_nation"), here, there, quotient;

	arg_part(own, "activity_region", region, "total_region", NULL);
	arg_part(activity, "activity_nation", nation, "total_nation", NULL);
	if (!status_ok(tb_ratio(own, region, 1, &here)) || !status_ok(tb_ratio(activity, nation, 1, &there)) ||
		!status_ok(tb_ratio(here, there, 1, &quotient)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(quotient);
}

/* Growth of a sector in a region = national growth + what its sector did beyond it + what the region did beyond its sector (Dunn 1960) */
Datum terrbal_shift_share(PG_FUNCTION_ARGS)
{
	double start = nonnegative(fcinfo, 0, "region_start"), end = nonnegative(fcinfo, 1, "region_end");
	double sector_start = nonnegative(fcinfo, 2, "sector_start"), sector_end = nonnegative(fcinfo, 3, "sector_end");
	double nation_start = nonnegative(fcinfo, 4, "nation_start"), nation_end = nonnegative(fcinfo, 5, "nation_end"), sector, nation, fields[4];

	if (!status_ok(tb_ratio(sector_end, sector_start, 1, &sector)) || !status_ok(tb_ratio(nation_end, nation_start, 1, &nation)))
		PG_RETURN_NULL();
	fields[0] = end - start;
	fields[1] = start * (nation - 1);
	fields[2] = start * (sector - nation);
	fields[3] = end - start * sector;
	for (int i = 0; i < 4; i++)
		(void)status_ok(isfinite(fields[i]) ? TB_OK : TB_OUT_OF_RANGE);
	return row_doubles(fcinfo, fields, 4);
}
