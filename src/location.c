/* location.c -- SQL face of location: where services should stand */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "core/base/step.h"
#include "core/flow/location.h"
#include "location.h"
#include "row.h"
#include "state.h"
#include "status.h"

#define tb_location_shape tb_location_kind.shape
TB_STATE(location)
PG_FUNCTION_INFO_V1(terrbal_p_median);
PG_FUNCTION_INFO_V1(terrbal_maximal_cover);
PG_FUNCTION_INFO_V1(terrbal_set_cover);
PG_FUNCTION_INFO_V1(terrbal_p_centre);

/* Where the arguments of a transition stand; 0: not among them */
typedef struct Places {
	int weight, cost, p, threshold, fixed;
} Places;

double location_sites_asked(FunctionCallInfo fcinfo, int place)
{
	bag_not_null(fcinfo, place, "p");
	if (PG_GETARG_INT32(place) < 1)
		arg_refuse(PG_GETARG_INT32(place), "p", "at least 1", NULL);
	return PG_GETARG_INT32(place);
}

double location_threshold(FunctionCallInfo fcinfo, int place)
{
	bag_not_null(fcinfo, place, "threshold");
	return arg_nonnegative(PG_GETARG_FLOAT8(place), "threshold");
}

bool location_row(FunctionCallInfo fcinfo, BagId *read, int weight, int cost, TbId ids[2], double values[2])
{
	values[0] = 1;
	values[1] = NAN;
	if (PG_ARGISNULL(1) || (weight && PG_ARGISNULL(weight)))
		return false;
	if (weight)
		values[0] = arg_nonnegative(PG_GETARG_FLOAT8(weight), "weight");
	if (!PG_ARGISNULL(cost) && PG_GETARG_FLOAT8(cost) != INFINITY)
		values[1] = arg_nonnegative(PG_GETARG_FLOAT8(cost), "cost");
	if (values[0] == 0)
		return false;
	ids[0] = read(fcinfo, 1, "demand_id");
	ids[1] = read(fcinfo, 2, "site_id");
	if (ids[1].text == NULL)
		values[1] = NAN;
	return true;
}

static Datum add(FunctionCallInfo fcinfo, BagId *read, Places at)
{
	const double params[2] = {at.p ? location_sites_asked(fcinfo, at.p) : 0, at.threshold ? location_threshold(fcinfo, at.threshold) : INFINITY};
	double values[3] = {1, NAN, 0};
	TbId ids[2];

	if (!location_row(fcinfo, read, at.weight, at.cost, ids, values))
		return state_unchanged(fcinfo);
	if (ids[1].text && at.fixed && !PG_ARGISNULL(at.fixed))
		values[2] = PG_GETARG_BOOL(at.fixed);
	return bag_add(fcinfo, &tb_location_kind, params, 2, "p and threshold", ids, values);
}

/* (state, demand_id, site_id, cost), (state, demand_id, site_id, weight, cost[, fixed]) */
static Places plain_places(FunctionCallInfo fcinfo)
{
	if (PG_NARGS() == 4)
		return (Places){.cost = 3};
	return (Places){.weight = 3, .cost = 4, .fixed = PG_NARGS() > 5 ? 5 : 0};
}
BAG_TRANSITIONS(terrbal_location_transition, add, plain_places(fcinfo))

/* (state, demand_id, site_id, weight, cost, p[, fixed]) */
BAG_TRANSITIONS(terrbal_p_median_transition, add, (Places){.weight = 3, .cost = 4, .p = 5, .fixed = PG_NARGS() > 6 ? 6 : 0})

/* (state, demand_id, site_id, weight, cost, p, threshold[, fixed]) */
BAG_TRANSITIONS(terrbal_maximal_cover_transition, add, (Places){.weight = 3, .cost = 4, .p = 5, .threshold = 6, .fixed = PG_NARGS() > 7 ? 7 : 0})

/* (state, demand_id, site_id, cost, threshold[, fixed]) */
BAG_TRANSITIONS(terrbal_set_cover_transition, add, (Places){.cost = 3, .threshold = 4, .fixed = PG_NARGS() > 5 ? 5 : 0})

/* (state, demand_id, site_id, cost, p[, fixed]) */
BAG_TRANSITIONS(terrbal_p_centre_transition, add, (Places){.cost = 3, .p = 4, .fixed = PG_NARGS() > 5 ? 5 : 0})

/* (state, demand_id, site_id, weight, cost, is_open, threshold) */
BAG_TRANSITIONS(terrbal_closure_effect_transition, add, (Places){.weight = 3, .cost = 4, .fixed = 5, .threshold = 6})

void location_refuse_rows(const TbBag *bag, TbLocationError e)
{
	if (e.fault == TB_LOCATION_TWICE)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("pair \"%s\", \"%s\" occurs twice", bag_text(bag->id[e.demand]), bag_text(bag->id[e.site])),
						errhint("One row a pair: aggregate with min(cost) first.")));
	if (e.fault == TB_LOCATION_WEIGHTS)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("demand \"%s\" has different weights in different rows", bag_text(bag->id[e.demand])),
						errhint("Each row of a demand carries its whole weight.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("site \"%s\" is open in some rows and not in others", bag_text(bag->id[e.site]))));
}

TbBag *location_asked(FunctionCallInfo fcinfo, const TbBagKind *kind, int p, int threshold, uint32 *sites, double *limit)
{
	TbBag *bag = palloc(sizeof(TbBag));

	for (int i = 0; i <= Max(p, threshold) && i < PG_NARGS(); i++) /* a budget may be NULL: none */
		if (PG_ARGISNULL(i))
			return NULL;
	if (!bag_arg(fcinfo, 0, kind, bag))
		return NULL;
	*sites = p && p < PG_NARGS() ? (uint32)location_sites_asked(fcinfo, p) : (uint32)bag->param[0];
	*limit = threshold && threshold < PG_NARGS() ? location_threshold(fcinfo, threshold) : bag->param[1];
	return bag;
}

bool location_question(FunctionCallInfo fcinfo, int p, int threshold, LocationQuestion *q)
{
	TbBag *bag = location_asked(fcinfo, &tb_location_kind, p, threshold, &q->p, &q->threshold);
	TbLocationError error;
	TbStatus status;

	if (!bag)
		return false;
	status = tb_location_table(bag, &q->table, &error);
	if (status == TB_UNDEFINED)
		no_result("no demand with a weight above 0");
	if (status == TB_MISMATCH)
		location_refuse_rows(bag, error);
	return status_ok(status);
}

void location_parameters(int64 p, double threshold)
{
	if (p == 0 || isinf(threshold))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the state has no %s", p == 0 ? "p" : "threshold"),
						errhint("Give it after the state.")));
}

/* The same where the parameters must be known */
static bool question(FunctionCallInfo fcinfo, int p, int threshold, LocationQuestion *q)
{
	if (!location_question(fcinfo, p, threshold, q))
		return false;
	location_parameters(p ? (int64)q->p : -1, threshold ? q->threshold : -1);
	return true;
}

/* Says what is missing where no answer can be, or none was found */
static void refuse_answer(TbStatus status, const LocationQuestion *q, const TbLocationResult *r)
{
	const char *demand;
	uint32 fixed = 0;

	for (uint32 j = 0; j < q->table.sites; j++)
		fixed += q->table.fixed[j];
	if (status == TB_INVALID)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("p is %u and %u sites are fixed", q->p, fixed)));
	if (status == TB_OUT_OF_RANGE)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("the sum of weight times cost is out of range")));
	if (status != TB_INFEASIBLE)
		return;
	demand = bag_text(*q->table.demand_id[r->example]);
	if (!r->open)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						isinf(q->threshold) ? errmsg("demand \"%s\" reaches no site", demand)
											: errmsg("demand \"%s\" has no site within %.15g", demand, q->threshold),
						errdetail("%u of %u demands are so.", r->unserved, q->table.demands),
						errhint("Leave them out, give them a cost, or use maximal_cover.")));
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("p = %u leaves out demand \"%s\"", q->p, demand),
					r->least ? errdetail("At least %u sites are needed.", r->least)
							 : errdetail("The best that was found leaves out %u of %u demands.", r->unserved, q->table.demands),
					errhint("set_cover says how many sites serve all, maximal_cover how many people p sites serve.")));
}

static Datum open_sites(const LocationQuestion *q, const TbLocationResult *r)
{
	const TbId **id = palloc((q->table.sites + 1) * sizeof(TbId *));
	uint32 n = 0;

	for (uint32 j = 0; j < q->table.sites; j++)
		if (r->open[j])
			id[n++] = q->table.site_id[j];
	return bag_id_array(id, n);
}

static Datum assignment(FunctionCallInfo fcinfo, const LocationQuestion *q, const TbLocationResult *r)
{
	RowArray *array = row_array_field(fcinfo, 4, q->table.demands);

	for (uint32 i = 0; i < q->table.demands; i++) {
		Datum values[4];
		bool nulls[4] = {false};
		const TbId *id = q->table.demand_id[i];

		if (r->assigned[i] == TB_NO_ID)
			continue;
		values[0] = arg_id_datum(id->text, id->length);
		id = q->table.site_id[r->assigned[i]];
		values[1] = arg_id_datum(id->text, id->length);
		row_double(values, nulls, 2, r->cost[i]);
		row_double(values, nulls, 3, q->table.weight[i]);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

static Datum sites(FunctionCallInfo fcinfo, const LocationQuestion *q, const TbLocationResult *r)
{
	size_t size = (q->table.sites + 1) * sizeof(double);
	double *users = tb_alloc(size), *mean = tb_alloc(size), *worst = tb_alloc(size);
	RowArray *array = row_array_field(fcinfo, 7, q->table.sites);

	tb_location_sites(&q->table, r, users, mean, worst);
	for (uint32 j = 0; j < q->table.sites; j++) {
		Datum values[4];
		bool nulls[4] = {false};

		if (!r->open[j])
			continue;
		values[0] = arg_id_datum(q->table.site_id[j]->text, q->table.site_id[j]->length);
		row_double(values, nulls, 1, users[j]);
		row_double(values, nulls, 2, mean[j]);
		row_double(values, nulls, 3, worst[j]);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

/* Nobody within the threshold: seldom meant, often minutes against metres */
static void tell_nothing_covered(const LocationQuestion *q)
{
	double least = INFINITY;

	for (uint32 i = 0; i < q->table.demands; i++, tb_step())
		if (q->table.row[i] < q->table.row[i + 1])
			least = fmin(least, q->table.cost[q->table.row[i]]);
	if (least > q->threshold && isfinite(least))
		notice_once((errmsg("nobody is served: no demand has a site within %.15g, the nearest is at %.15g", q->threshold, least),
					 errhint("Are cost and threshold in one unit?")));
	else
		notice_once((errmsg("nobody is served: %s", isfinite(least) ? "no site can serve within the limits" : "no demand reaches a site")));
}

Datum location_answer(FunctionCallInfo fcinfo, TbStatus status, const LocationQuestion *q, const TbLocationResult *r)
{
	Datum values[8];
	bool nulls[8] = {false};

	refuse_answer(status, q, r);
	(void)status_ok(status);
	if (r->unserved == q->table.demands)
		tell_nothing_covered(q);
	values[0] = Float8GetDatum(r->objective);
	values[1] = Float8GetDatum(r->bound);
	row_double(values, nulls, 2, r->gap);
	values[3] = open_sites(q, r);
	values[4] = assignment(fcinfo, q, r);
	values[5] = BoolGetDatum(r->proven);
	values[6] = Int64GetDatum(r->unserved);
	values[7] = sites(fcinfo, q, r);
	return row_datum(fcinfo, values, nulls, 8);
}

Datum terrbal_p_median(PG_FUNCTION_ARGS)
{
	LocationQuestion q;
	TbLocationResult r;

	if (!question(fcinfo, 1, 0, &q))
		PG_RETURN_NULL();
	return location_answer(fcinfo, tb_p_median(&q.table, q.p, &r), &q, &r);
}

Datum terrbal_maximal_cover(PG_FUNCTION_ARGS)
{
	LocationQuestion q;
	TbLocationResult r;

	if (!question(fcinfo, 1, 2, &q))
		PG_RETURN_NULL();
	return location_answer(fcinfo, tb_maximal_cover(&q.table, q.p, q.threshold, &r), &q, &r);
}

Datum terrbal_set_cover(PG_FUNCTION_ARGS)
{
	LocationQuestion q;
	TbLocationResult r;

	if (!question(fcinfo, 0, 1, &q))
		PG_RETURN_NULL();
	return location_answer(fcinfo, tb_set_cover(&q.table, q.threshold, &r), &q, &r);
}

Datum terrbal_p_centre(PG_FUNCTION_ARGS)
{
	LocationQuestion q;
	TbLocationResult r;

	if (!question(fcinfo, 1, 0, &q))
		PG_RETURN_NULL();
	return location_answer(fcinfo, tb_p_centre(&q.table, q.p, &r), &q, &r);
}
