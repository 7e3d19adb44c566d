/* functional_area.c -- the SQL face of labour market areas, urban areas, Intramax, dominant flows and modularity */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"

#include "arg.h"
#include "flow_state.h"
#include "bag.h"
#include "row.h"
#include "state.h"
#include "status.h"

#include "core/flow/commuting_area.h"
#include "core/flow/functional_area.h"
#include "core/flow/intramax.h"
#include "core/flow/nodal.h"
#include "core/state/bag_flows.h"
#include "core/flow/urban_area.h"

static Datum id_datum(TbId id)
{
	return arg_id_datum(id.text, id.length);
}

/* The name of a city, a core or an area. An empty one is a blank of a file for "none", which would make one city of all the countryside. */
static TbId name_id(FunctionCallInfo fcinfo, BagId *read, int n, const char *name)
{
	TbId id = read(fcinfo, n, name);

	if (id.text && id.length == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must not be empty", name),
						errhint("NULL means none, as in nullif(%s, '').", name)));
	return id;
}

/* min_size, target_size, min_self_containment, target_self_containment from argument `from` on */
static void targets_arg(FunctionCallInfo fcinfo, int from, double *p)
{
	static const char *const name[] = {"min_size", "target_size", "min_self_containment", "target_self_containment"};

	for (int i = 0; i < 4; i++) {
		bag_not_null(fcinfo, from + i, name[i]);
		p[i] = PG_GETARG_FLOAT8(from + i);
		p[i] = i < 2 ? arg_positive(p[i], name[i]) : arg_share(p[i], name[i]);
	}
	if (p[1] <= p[0])
		arg_refuse(p[1], name[1], psprintf("greater than min_size (%.15g)", p[0]), NULL);
	if (p[2] <= 0)
		arg_refuse(p[2], name[2], "positive", NULL);
	if (p[3] < p[2])
		arg_refuse(p[3], name[3], psprintf("at least min_self_containment (%.15g)", p[2]), NULL);
}

static Datum labour_market_add(FunctionCallInfo fcinfo, BagId *read)
{
	double p[4], flow;
	TbId ids[2];

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	targets_arg(fcinfo, 4, p);
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	ids[0] = read(fcinfo, 1, "origin");
	ids[1] = read(fcinfo, 2, "destination");
	return bag_add(fcinfo, &tb_labour_market, p, 4, "sizes and self-containments", ids, &flow);
}

BAG_TRANSITION(terrbal_labour_market_transition, labour_market_add, bag_id)
BAG_TRANSITION(terrbal_labour_market_transition_number, labour_market_add, bag_number)

/* Zones that end without an area are never left out in silence */
static void tell_unassigned(const TbAreas *areas)
{
	static const char *const reason[] = {NULL, "without residents", "without jobs", "without a link to another zone that takes part",
										 "linked to no area that meets the targets"};
	StringInfoData why;
	uint32_t none = areas->zones - areas->count[TB_AREA_MEMBER];

	if (none == 0)
		return;
	initStringInfo(&why);
	for (int i = TB_AREA_NO_RESIDENTS; i < TB_AREA_STATUSES; i++)
		if (areas->count[i] > 0)
			appendStringInfo(&why, "%s%u %s", why.len > 0 ? ", " : "", areas->count[i], reason[i]);
	notice_once((errmsg("no labour market area for %u of %u zones: %s", none, areas->zones, why.data)));
}

static Datum area_members(FunctionCallInfo fcinfo, const TbFlows *flows, const double *p)
{
	static const char *const status[] = {"area", "no_residents", "no_jobs", "no_link", "unassigned"};
	TbAreaTargets targets = {p[0], p[1], p[2], p[3]};
	RowArray *array;
	TbAreas areas;

	if (!status_ok(tb_labour_market_areas(flows, &targets, &areas)))
		PG_RETURN_NULL();
	tell_unassigned(&areas);
	array = row_array_begin(fcinfo, flows->zones);
	for (uint32_t z = 0; z < flows->zones; z++) {
		Datum values[9] = {id_datum(flows->id[z])};
		bool nulls[9] = {false, true, true, true, true, true, true, true, false};

		if (areas.area[z] != TB_NO_AREA) {
			const TbAreaTotals *t = &areas.totals[areas.area[z]];

			values[1] = id_datum(flows->id[areas.area[z]]);
			nulls[1] = false;
			row_double(values, nulls, 2, t->residents);
			row_double(values, nulls, 3, t->jobs);
			row_double(values, nulls, 4, t->within);
			row_double(values, nulls, 5, t->validity);
			row_double(values, nulls, 6, t->within / t->residents);
			row_double(values, nulls, 7, t->within / t->jobs);
		}
		values[8] = CStringGetTextDatum(status[areas.status[z]]);
		row_array_put(array, values, nulls, 9);
	}
	return row_array_end(array);
}

PG_FUNCTION_INFO_V1(terrbal_labour_market_areas);

Datum terrbal_labour_market_areas(PG_FUNCTION_ARGS)
{
	TbBag bag;
	TbFlows flows;
	uint32_t *zone;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_labour_market, &bag))
		PG_RETURN_NULL();
	(void)status_ok(tb_bag_flows(&bag, &flows, &zone));
	tell_odd_flows(&flows, true);
	return area_members(fcinfo, &flows, bag.param);
}

PG_FUNCTION_INFO_V1(terrbal_labour_market_areas_of);

Datum terrbal_labour_market_areas_of(PG_FUNCTION_ARGS)
{
	double p[4];
	TbFlows flows;

	targets_arg(fcinfo, 1, p);
	if (!flow_arg(fcinfo, 0, &flows))
		PG_RETURN_NULL();
	tell_odd_flows(&flows, true);
	return area_members(fcinfo, &flows, p);
}

static Datum urban_area_add(FunctionCallInfo fcinfo, BagId *read, BagId *read_city)
{
	double threshold, flow;
	TbId ids[4];

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	bag_not_null(fcinfo, 6, "threshold");
	threshold = arg_share(PG_GETARG_FLOAT8(6), "threshold");
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	ids[0] = read(fcinfo, 1, "origin");
	ids[1] = read(fcinfo, 2, "destination");
	ids[2] = name_id(fcinfo, read_city, 4, "origin_city");
	ids[3] = name_id(fcinfo, read_city, 5, "destination_city");
	return bag_add(fcinfo, &tb_urban_area, &threshold, 1, "threshold", ids, &flow);
}

BAG_TRANSITION(terrbal_urban_area_transition, urban_area_add, bag_id, bag_id)
BAG_TRANSITION(terrbal_urban_area_transition_number, urban_area_add, bag_number, bag_number)
BAG_TRANSITION(terrbal_urban_area_transition_number_in, urban_area_add, bag_number, bag_id)

static const char *city_text(const TbBag *r, uint32_t city, const uint32_t *found)
{
	return city == TB_NO_CITY ? "no city" : psprintf("city \"%s\"", bag_text(r->id[found[city]]));
}

/* city[zone] as an index into the ascending list of cities; a zone in two cities, or in one and in none, is an error. found: the id of each city in the bag */
static uint32_t *cities_of(const TbBag *r, const uint32_t *zone, uint32_t zones, const uint32_t *city_index, const uint32_t *found)
{
	uint32_t *city = palloc(Max(zones, 1) * sizeof(uint32_t));
	bool *known = palloc0(Max(zones, 1) * sizeof(bool));

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < r->rows; i++) {
			uint32_t z = zone[r->row_id[side][i]], id = r->row_id[side + 2][i], c = id == TB_NO_ID ? TB_NO_CITY : city_index[id];

			if (known[z] && city[z] != c)
				ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("zone \"%s\" has %s in one row and %s in another", bag_text(r->id[r->row_id[side][i]]),
									   city_text(r, city[z], found), city_text(r, c, found)),
								errhint("A zone has one city, or NULL outside cities, wherever it occurs as origin or destination.")));
			known[z] = true;
			city[z] = c;
			if (i % 262144 == 262143)
				CHECK_FOR_INTERRUPTS();
		}
	return city;
}

/* found: the id of each city in the bag */
static Datum fua_members(FunctionCallInfo fcinfo, const TbBag *r, const TbFlows *flows, const TbUrbanMember *member, const uint32_t *found)
{
	static const char *const role[] = {"city", "commuting_zone", "outside"};
	RowArray *array = row_array_begin(fcinfo, flows->zones);

	for (uint32_t z = 0; z < flows->zones; z++) {
		Datum values[4] = {id_datum(flows->id[z])};
		bool nulls[4] = {false, member[z].city == TB_NO_CITY, false, false};

		if (!nulls[1])
			values[1] = id_datum(r->id[found[member[z].city]]);
		values[2] = CStringGetTextDatum(role[member[z].role]);
		row_double(values, nulls, 3, member[z].share);
		row_array_put(array, values, nulls, 4);
	}
	return row_array_end(array);
}

PG_FUNCTION_INFO_V1(terrbal_functional_urban_areas);

Datum terrbal_functional_urban_areas(PG_FUNCTION_ARGS)
{
	TbBag r;
	TbFlows flows;
	TbUrbanMember *member;
	uint32_t *zone, *found, *city_index, *city, cities;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_urban_area, &r))
		PG_RETURN_NULL();
	(void)status_ok(tb_bag_flows(&r, &flows, &zone));
	found = tb_bag_distinct(&r, 0xc, &cities, &city_index);
	if (cities == 0 && flows.zones > 0)
		notice_once((errmsg("no functional urban area: none of %u zones has a city", flows.zones)));
	else
		tell_odd_flows(&flows, true);
	city = cities_of(&r, zone, flows.zones, city_index, found);
	member = MemoryContextAllocHuge(CurrentMemoryContext, flows.zones * sizeof(TbUrbanMember));
	if (!status_ok(tb_functional_urban_areas(&flows, city, cities, r.param[0], member)))
		PG_RETURN_NULL();
	return fua_members(fcinfo, &r, &flows, member, found);
}

/* (state, origin, destination, flow, core of the origin or whether it is its own, out_share, in_share) */
static Datum commuting_area_add(FunctionCallInfo fcinfo, BagId *read, BagId *read_core)
{
	static const char *const name[] = {"out_share", "in_share"};
	double share[2], flow;
	TbId ids[3] = {{NULL, 0}};

	if (arg_any_null(fcinfo, 1, 3))
		return state_unchanged(fcinfo);
	for (int i = 0; i < 2; i++) {
		bag_not_null(fcinfo, 5 + i, name[i]);
		share[i] = arg_share(PG_GETARG_FLOAT8(5 + i), name[i]);
	}
	flow = arg_nonnegative(PG_GETARG_FLOAT8(3), "flow");
	ids[0] = read(fcinfo, 1, "origin");
	ids[1] = read(fcinfo, 2, "destination");
	if (read_core)
		ids[2] = name_id(fcinfo, read_core, 4, "core");
	else if (!PG_ARGISNULL(4) && PG_GETARG_BOOL(4))
		ids[2] = ids[0];
	return bag_add(fcinfo, &tb_commuting_area, share, 2, "out_share and in_share", ids, &flow);
}

BAG_TRANSITION(terrbal_commuting_area_transition, commuting_area_add, bag_id, NULL)
BAG_TRANSITION(terrbal_commuting_area_transition_number, commuting_area_add, bag_number, NULL)
BAG_TRANSITION(terrbal_commuting_area_transition_core, commuting_area_add, bag_id, bag_id)
BAG_TRANSITION(terrbal_commuting_area_transition_core_number, commuting_area_add, bag_number, bag_number)
BAG_TRANSITION(terrbal_commuting_area_transition_core_number_in, commuting_area_add, bag_number, bag_id)

/* core[zone] as an index into the ascending list of cores; rows of a zone that differ are an error */
static uint32_t *cores_of(const TbBag *r, const uint32_t *zone, uint32_t zones, const uint32_t *core_index)
{
	uint32_t *core = palloc(Max(zones, 1) * sizeof(uint32_t));

	memset(core, 0xff, zones * sizeof(uint32_t));
	for (size_t i = 0; i < r->rows; i++) {
		uint32_t id = r->row_id[2][i], c = id == TB_NO_ID ? TB_NO_CITY : core_index[id];

		if (i > 0 && r->row_id[0][i] == r->row_id[0][i - 1] && core[zone[r->row_id[0][i]]] != c)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("zone \"%s\" is central in some rows and not, or to another core, in others", bag_text(r->id[r->row_id[0][i]])),
							errhint("Each row says of its origin whether it is central.")));
		core[zone[r->row_id[0][i]]] = c;
		if (i % 262144 == 262143)
			CHECK_FOR_INTERRUPTS();
	}
	return core;
}

PG_FUNCTION_INFO_V1(terrbal_commuting_areas);

Datum terrbal_commuting_areas(PG_FUNCTION_ARGS)
{
	TbBag r;
	TbFlows flows;
	TbUrbanMember *member;
	uint32_t *zone, *found, *core_index, *core, cores;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_commuting_area, &r))
		PG_RETURN_NULL();
	(void)status_ok(tb_bag_flows(&r, &flows, &zone));
	found = tb_bag_distinct(&r, 0x4, &cores, &core_index);
	if (cores == 0 && flows.zones > 0)
		notice_once((errmsg("no commuting area: none of %u zones is central", flows.zones)));
	else
		tell_odd_flows(&flows, true);
	core = cores_of(&r, zone, flows.zones, core_index);
	member = MemoryContextAllocHuge(CurrentMemoryContext, Max(flows.zones, 1) * sizeof(TbUrbanMember));
	if (!status_ok(tb_commuting_areas(&flows, core, cores, r.param[0], r.param[1], member)))
		PG_RETURN_NULL();
	return fua_members(fcinfo, &r, &flows, member, found);
}

static Datum contiguity_add(FunctionCallInfo fcinfo, BagId *read, BagId *read_area)
{
	bool weighted = PG_NARGS() > 4;
	double weight = 1;
	TbId ids[3];

	if (PG_ARGISNULL(1) || (weighted && PG_ARGISNULL(4)))
		return state_unchanged(fcinfo);
	if (weighted)
		weight = arg_nonnegative(PG_GETARG_FLOAT8(4), "zone_weight");
	ids[0] = read(fcinfo, 1, "zone");
	ids[1] = name_id(fcinfo, read_area, 2, "area");
	ids[2] = read(fcinfo, 3, "neighbour");
	return bag_add(fcinfo, &tb_contiguity, NULL, 0, "", ids, &weight);
}

BAG_TRANSITION(terrbal_contiguity_transition, contiguity_add, bag_id, bag_id)
BAG_TRANSITION(terrbal_contiguity_transition_number, contiguity_add, bag_number, bag_number)
BAG_TRANSITION(terrbal_contiguity_transition_number_in, contiguity_add, bag_number, bag_id)

/* Neighbour pairs in both directions as sparse rows; repeated ones do no harm */
static void neighbour_rows(const TbBag *r, const uint32_t *zone, uint32_t zones, size_t **row, uint32_t **neighbour)
{
	size_t *start = palloc0((zones + (Size)1) * sizeof(size_t)), *next;
	uint32_t *end;

	for (size_t i = 0; i < r->rows; i++)
		if (r->row_id[2][i] != TB_NO_ID && r->row_id[2][i] != r->row_id[0][i]) {
			start[zone[r->row_id[0][i]] + 1]++;
			start[zone[r->row_id[2][i]] + 1]++;
		}
	for (uint32_t z = 0; z < zones; z++)
		start[z + 1] += start[z];
	next = palloc((zones + (Size)1) * sizeof(size_t));
	memcpy(next, start, (zones + (Size)1) * sizeof(size_t));
	end = MemoryContextAllocHuge(CurrentMemoryContext, Max(start[zones], 1) * sizeof(uint32_t));
	for (size_t i = 0; i < r->rows; i++)
		if (r->row_id[2][i] != TB_NO_ID && r->row_id[2][i] != r->row_id[0][i]) {
			uint32_t a = zone[r->row_id[0][i]], b = zone[r->row_id[2][i]];

			end[next[a]++] = b;
			end[next[b]++] = a;
		}
	*row = start;
	*neighbour = end;
}

PG_FUNCTION_INFO_V1(terrbal_contiguous_areas);

Datum terrbal_contiguous_areas(PG_FUNCTION_ARGS)
{
	TbBag r;
	RowArray *array;
	uint32_t zones, areas, *found, *zone, *area_name, *area_index, *area, *neighbour, unlisted = 0, first = 0;
	size_t *row;
	double *weight;
	bool *listed;

	if (PG_ARGISNULL(0) || !bag_arg(fcinfo, 0, &tb_contiguity, &r))
		PG_RETURN_NULL();
	found = tb_bag_distinct(&r, 5, &zones, &zone);
	area_name = tb_bag_distinct(&r, 2, &areas, &area_index);
	if (areas == 0 && zones > 0)
		notice_once((errmsg("no area: none of %u zones is given one", zones)));
	area = palloc(zones * sizeof(uint32_t));
	listed = palloc0(zones * sizeof(bool));
	weight = palloc0(zones * sizeof(double));
	memset(area, 0xff, zones * sizeof(uint32_t));
	for (size_t i = 0; i < r.rows; i++) {
		uint32_t z = zone[r.row_id[0][i]], c = r.row_id[1][i] == TB_NO_ID ? TB_NO_CITY : area_index[r.row_id[1][i]];

		if (listed[z] && area[z] != c)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("zone \"%s\" has different areas in different rows", bag_text(r.id[r.row_id[0][i]]))));
		if (listed[z] && weight[z] != r.value[0][i])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("zone \"%s\" has weight %.15g in one row and %.15g in another",
																			 bag_text(r.id[r.row_id[0][i]]), weight[z], r.value[0][i])));
		listed[z] = true;
		area[z] = c;
		weight[z] = r.value[0][i];
	}
	for (uint32_t z = zones; z-- > 0;)
		if (!listed[z])
			first = z, unlisted++;
	if (unlisted > 0)
		notice_once((errmsg("%u of %u zones stand only as a neighbour, \"%s\" is the first: they have no area and get no row", unlisted, zones,
							bag_text(r.id[found[first]])),
					 errhint("Give each zone a row of its own with its area: pairs in both directions, or neighbour NULL.")));
	neighbour_rows(&r, zone, zones, &row, &neighbour);
	tb_contiguous_areas(zones, row, neighbour, weight, area);
	array = row_array_begin(fcinfo, zones);
	for (uint32_t z = 0; z < zones; z++) {
		Datum values[2] = {id_datum(r.id[found[z]])};
		bool nulls[2] = {false, area[z] == TB_NO_CITY};

		if (!nulls[1])
			values[1] = id_datum(r.id[area_name[area[z]]]);
		if (listed[z])
			row_array_put(array, values, nulls, 2);
	}
	return row_array_end(array);
}

typedef TbStatus Merges(const TbFlows *flows, TbMergeStep *merge);

static Datum merge_steps(FunctionCallInfo fcinfo, Merges *merges)
{
	TbFlows flows;
	TbMergeStep *merge;
	RowArray *array;

	if (PG_ARGISNULL(0) || !flow_arg(fcinfo, 0, &flows) || flows.zones == 0)
		PG_RETURN_NULL();
	merge = MemoryContextAllocHuge(CurrentMemoryContext, flows.zones * sizeof(TbMergeStep));
	if (!status_ok(merges(&flows, merge)))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, flows.zones - 1);
	for (uint32_t i = 0; i + 1 < flows.zones; i++) {
		Datum values[5] = {Int32GetDatum(i + 1), id_datum(flows.id[merge[i].a]), id_datum(flows.id[merge[i].b])};
		bool nulls[5] = {false};

		row_double(values, nulls, 3, merge[i].objective);
		row_double(values, nulls, 4, merge[i].intrazonal_share);
		row_array_put(array, values, nulls, 5);
	}
	return row_array_end(array);
}

PG_FUNCTION_INFO_V1(terrbal_intramax);

Datum terrbal_intramax(PG_FUNCTION_ARGS)
{
	return merge_steps(fcinfo, tb_intramax);
}

PG_FUNCTION_INFO_V1(terrbal_average_linkage);

Datum terrbal_average_linkage(PG_FUNCTION_ARGS)
{
	return merge_steps(fcinfo, tb_average_linkage);
}

PG_FUNCTION_INFO_V1(terrbal_dominant_flows);

Datum terrbal_dominant_flows(PG_FUNCTION_ARGS)
{
	static const char *const role[] = {"dominant", "intermediate", "dominated", "isolated"};
	TbFlows flows;
	TbNodalLink *link;
	RowArray *array;

	if (PG_ARGISNULL(0) || !flow_arg(fcinfo, 0, &flows))
		PG_RETURN_NULL();
	link = MemoryContextAllocHuge(CurrentMemoryContext, Max(flows.zones, 1) * sizeof(TbNodalLink));
	if (!status_ok(tb_dominant_flows(&flows, link)))
		PG_RETURN_NULL();
	array = row_array_begin(fcinfo, flows.zones);
	for (uint32_t z = 0; z < flows.zones; z++) {
		Datum values[5] = {id_datum(flows.id[z])};
		bool none = link[z].dominant == TB_NO_ZONE, nulls[5] = {false, none, none, false, false};

		if (!none) {
			values[1] = id_datum(flows.id[link[z].dominant]);
			values[2] = Float8GetDatum(link[z].flow);
		}
		values[3] = CStringGetTextDatum(role[link[z].role]);
		values[4] = id_datum(flows.id[link[z].hub]);
		row_array_put(array, values, nulls, 5);
	}
	return row_array_end(array);
}

PG_FUNCTION_INFO_V1(terrbal_modularity);

Datum terrbal_modularity(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	double q;

	if (PG_ARGISNULL(0) || !flow_arg(fcinfo, 0, &flows) || !status_told(tb_modularity(&flows, &q), "no flow at all"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(q);
}
