/* facility.c -- SQL face of facility: where services should stand when sites are limited */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/flow/facility.h"
#include "location.h"
#include "state.h"
#include "status.h"

#define tb_facility_shape tb_facility_kind.shape
TB_STATE(facility)
PG_FUNCTION_INFO_V1(terrbal_facility_p_median);
PG_FUNCTION_INFO_V1(terrbal_facility_maximal_cover);
PG_FUNCTION_INFO_V1(terrbal_facility_set_cover);
PG_FUNCTION_INFO_V1(terrbal_facility_p_centre);

typedef struct LimitedQuestion {
	TbFacilityTable table;
	uint32 p;         /* 0: none */
	double threshold; /* infinite: none */
} LimitedQuestion;

/* Where the arguments of a transition stand; 0: not among them */
typedef struct Places {
	int p, threshold, limits;
} Places;

/* NULL or infinite: no limit */
static double limit(FunctionCallInfo fcinfo, int place, const char *name)
{
	if (PG_ARGISNULL(place) || PG_GETARG_FLOAT8(place) == INFINITY)
		return INFINITY;
	return arg_nonnegative(PG_GETARG_FLOAT8(place), name);
}

static double amount(FunctionCallInfo fcinfo, int place, const char *name)
{
	return PG_ARGISNULL(place) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(place), name);
}

/* capacity; fixed, capacity; fixed, capacity, minimum, site_cost; the same and budget */
static void limits(FunctionCallInfo fcinfo, int at, double values[6], double *budget)
{
	int n = PG_NARGS() - at;
	double capacity = limit(fcinfo, at + (n > 1), "capacity");

	values[2] = n > 1 && !PG_ARGISNULL(at) && PG_GETARG_BOOL(at);
	values[3] = isinf(capacity) ? NAN : capacity;
	values[4] = n > 2 ? amount(fcinfo, at + 2, "minimum") : 0;
	values[5] = n > 2 ? amount(fcinfo, at + 3, "site_cost") : 0;
	*budget = n > 4 ? limit(fcinfo, at + 4, "budget") : INFINITY;
	if (values[4] > capacity)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("minimum %.15g is above capacity %.15g", values[4], capacity)));
}

static Datum add(FunctionCallInfo fcinfo, BagId *read, Places at)
{
	double params[3] = {at.p ? location_sites_asked(fcinfo, at.p) : 0, at.threshold ? location_threshold(fcinfo, at.threshold) : INFINITY};
	double values[6] = {0, NAN};
	TbId ids[2];

	if (!location_row(fcinfo, read, 3, 4, ids, values))
		return state_unchanged(fcinfo);
	limits(fcinfo, at.limits, values, &params[2]);
	if (ids[1].text == NULL) {
		values[2] = values[4] = values[5] = 0;
		values[3] = NAN;
	}
	return bag_add(fcinfo, &tb_facility_kind, params, 3, "p, threshold and budget", ids, values);
}

/* (state, demand_id, site_id, weight, cost, fixed, capacity[, minimum, site_cost]) */
BAG_TRANSITIONS(terrbal_facility_transition, add, (Places){.limits = 5})

/* (state, demand_id, site_id, weight, cost, p[, fixed], capacity[, minimum, site_cost, budget]) */
BAG_TRANSITIONS(terrbal_facility_p_transition, add, (Places){.p = 5, .limits = 6})

/* (state, demand_id, site_id, weight, cost, p, threshold[, fixed], capacity[, minimum, site_cost, budget]) */
BAG_TRANSITIONS(terrbal_facility_cover_transition, add, (Places){.p = 5, .threshold = 6, .limits = 7})

/* (state, demand_id, site_id, weight, cost, threshold[, fixed], capacity) */
BAG_TRANSITIONS(terrbal_facility_set_cover_transition, add, (Places){.threshold = 5, .limits = 6})

static void refuse_terms(const TbBag *bag, TbLocationError e)
{
	if (e.fault != TB_LOCATION_TERMS)
		location_refuse_rows(bag, e);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("site \"%s\" has different capacities, minima or costs in different rows", bag_text(bag->id[e.site]))));
}

/* Argument 0 as a table, and the parameters: the arguments at these places where the call has them (0: never), else those of the state. False: no demand,
 * or an argument is NULL. */
static bool question(FunctionCallInfo fcinfo, int p, int threshold, int budget, LimitedQuestion *q)
{
	TbBag *bag = location_asked(fcinfo, &tb_facility_kind, p, threshold, &q->p, &q->threshold);
	TbLocationError error;
	TbStatus status;

	if (!bag)
		return false;
	status = tb_facility_table(bag, &q->table, &error);
	if (budget && budget < PG_NARGS())
		q->table.budget = limit(fcinfo, budget, "budget");
	if (status == TB_UNDEFINED)
		no_result("no demand with a weight above 0");
	if (status == TB_MISMATCH)
		refuse_terms(bag, error);
	if (!status_ok(status))
		return false;
	location_parameters(p ? (int64)q->p : -1, threshold ? q->threshold : -1);
	return true;
}

/* Says what certainly is missing */
static void refuse_lack(const LimitedQuestion *q, const TbLocationResult *r, TbFacilityError e)
{
	const TbLocationTable *t = &q->table.t;

	if (e.lack == TB_FACILITY_ROOM)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						q->p ? errmsg("p = %u sites take in %.15g at most, the demands are %.15g", q->p, e.has, e.wants)
							 : errmsg("all sites take in %.15g, the demands are %.15g", e.has, e.wants),
						errhint("Give more sites or more capacity, or use maximal_cover.")));
	if (e.lack == TB_FACILITY_DEMAND)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("demand \"%s\" of %.15g is larger than any site that it reaches", bag_text(*t->demand_id[r->example]), e.wants),
						errdetail("The largest takes in %.15g.", e.has), errhint("A demand goes whole to one site: split it into smaller ones.")));
	if (e.lack == TB_FACILITY_BUDGET)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the fixed sites cost %.15g, the budget is %.15g", e.wants, e.has)));
	if (e.lack == TB_FACILITY_MINIMUM)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("fixed site \"%s\" needs %.15g, and %.15g are within its reach", bag_text(*t->site_id[e.site]), e.wants, e.has)));
}

static void refuse_search(const LimitedQuestion *q, const TbLocationResult *r)
{
	const char *many = q->p ? psprintf("p = %u sites", q->p) : "all sites together";

	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					r->least ? errmsg("%s cannot serve all within the limits", many)
							 : errmsg("no choice of %s was found that serves all within the limits", many),
					r->least  ? errdetail("Capacities, minima, budget and undivided demands together leave no answer.")
					: r->open ? errdetail("The best that was found leaves out %u of %u demands.", r->unserved, q->table.t.demands)
							  : errdetail("It is not proven that there is none."),
					errhint("Give more sites, capacity or budget, split large demands, or use maximal_cover.")));
}

static Datum answer(FunctionCallInfo fcinfo, TbStatus status, const LimitedQuestion *q, const TbLocationResult *r, TbFacilityError e)
{
	bool unlimited = status == TB_INFEASIBLE && !r->open && r->unserved > 0;

	if (status == TB_INFEASIBLE && !unlimited) {
		refuse_lack(q, r, e);
		refuse_search(q, r);
	}
	return location_answer(fcinfo, status, &(LocationQuestion){q->table.t, q->p, q->threshold}, r);
}

Datum terrbal_facility_p_median(PG_FUNCTION_ARGS)
{
	LimitedQuestion q;
	TbLocationResult r;
	TbFacilityError e;
	TbStatus status;

	if (!question(fcinfo, 1, 0, 2, &q))
		PG_RETURN_NULL();
	status = tb_facility_median(&q.table, q.p, &r, &e);
	return answer(fcinfo, status, &q, &r, e);
}

Datum terrbal_facility_maximal_cover(PG_FUNCTION_ARGS)
{
	LimitedQuestion q;
	TbLocationResult r;
	TbFacilityError e;
	TbStatus status;

	if (!question(fcinfo, 1, 2, 3, &q))
		PG_RETURN_NULL();
	status = tb_facility_cover(&q.table, q.p, q.threshold, &r, &e);
	return answer(fcinfo, status, &q, &r, e);
}

Datum terrbal_facility_set_cover(PG_FUNCTION_ARGS)
{
	LimitedQuestion q;
	TbLocationResult r;
	TbFacilityError e;
	TbStatus status;

	if (!question(fcinfo, 0, 1, 0, &q))
		PG_RETURN_NULL();
	q.p = 0;
	status = tb_facility_set_cover(&q.table, q.threshold, &r, &e);
	return answer(fcinfo, status, &q, &r, e);
}

Datum terrbal_facility_p_centre(PG_FUNCTION_ARGS)
{
	LimitedQuestion q;
	TbLocationResult r;
	TbFacilityError e;
	TbStatus status;

	if (!question(fcinfo, 1, 0, 0, &q))
		PG_RETURN_NULL();
	q.threshold = INFINITY;
	status = tb_facility_centre(&q.table, q.p, &r, &e);
	return answer(fcinfo, status, &q, &r, e);
}
