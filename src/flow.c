/* flow.c -- flow_profile, zone_flows and link_flows over a flow_state, flow_distance over a sample of distances weighted by flow */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "utils/memutils.h"

#include "arg.h"
#include "core/flow/flow.h"
#include "core/flow/flow_distance.h"
#include "core/base/radix_sort.h"
#include "flow_state.h"
#include "row.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

/* Bytes of a result row without its ids and what may be NULL */
#define ZONE_ROW (MAXALIGN(SizeofHeapTupleHeader) + 8 * sizeof(float8))
#define LINK_ROW (MAXALIGN(SizeofHeapTupleHeader) + 5 * sizeof(float8))

PG_FUNCTION_INFO_V1(terrbal_flow_profile);
PG_FUNCTION_INFO_V1(terrbal_zone_flows);
PG_FUNCTION_INFO_V1(terrbal_link_flows);
PG_FUNCTION_INFO_V1(terrbal_flow_distance_transition);
PG_FUNCTION_INFO_V1(terrbal_flow_distance);

static bool total_ok(TbStatus status)
{
	return status_ok_message(status, "total flow is out of range", NULL, NULL);
}

Datum terrbal_flow_profile(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbFlowProfile p;
	Datum values[20];
	bool nulls[20] = {false};
	int n = 0;

	if (!flow_arg(fcinfo, 0, &flows) || !total_ok(tb_flow_profile(&flows, &p)))
		PG_RETURN_NULL();
	values[n++] = Int32GetDatum(p.zones);
	values[n++] = Int64GetDatum(p.links);
	for (const double *x = &p.total; x <= &p.self_containment; x++, n++)
		row_double(values, nulls, n, *x);
	PG_RETURN_DATUM(row_datum(fcinfo, values, nulls, n));
}

static Datum id_datum(const TbFlows *flows, uint32 zone)
{
	return arg_id_datum(flows->id[zone].text, flows->id[zone].length);
}

/* Millions of rows that cannot fit are refused before they are computed. */
static void check_rows(size_t n, Size least)
{
	if (n > MaxAllocSize / least)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("result array of %zu rows exceeds 1 GB", n),
						errhint("Aggregate smaller groups, such as one region or one year at a time.")));
}

static void zone_row(RowArray *rows, const TbFlows *flows, uint32 i, const TbZoneFlow *zone)
{
	Datum values[23];
	bool nulls[23] = {false};
	int n = 0;

	values[n++] = id_datum(flows, i);
	for (const double *x = &zone->inflow; x <= &zone->effectiveness; x++, n++)
		row_double(values, nulls, n, *x);
	values[n++] = Int32GetDatum(zone->in_degree);
	values[n++] = Int32GetDatum(zone->out_degree);
	for (const double *x = &zone->supply_self_containment; x <= &zone->outflow_entropy; x++, n++)
		row_double(values, nulls, n, *x);
	nulls[n] = zone->main_destination == TB_NO_ID;
	values[n] = nulls[n] ? (Datum)0 : id_datum(flows, zone->main_destination);
	n++;
	for (const double *x = &zone->main_destination_share; x <= &zone->outflow_concentration; x++, n++)
		row_double(values, nulls, n, *x);
	row_array_put(rows, values, nulls, n);
}

Datum terrbal_zone_flows(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbZoneFlow *zone;
	RowArray *rows;

	if (!flow_arg(fcinfo, 0, &flows))
		PG_RETURN_NULL();
	check_rows(flows.zones, ZONE_ROW);
	if (!total_ok(tb_zone_flows(&flows, &zone)))
		PG_RETURN_NULL();
	rows = row_array_begin(fcinfo, flows.zones);
	for (uint32 i = 0; i < flows.zones; i++)
		zone_row(rows, &flows, i, zone + i);
	PG_RETURN_DATUM(row_array_end(rows));
}

Datum terrbal_link_flows(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbLinkFlow *link;
	size_t n;
	RowArray *rows;

	if (!flow_arg(fcinfo, 0, &flows) || !status_ok(tb_link_flows(&flows, &link, &n)))
		PG_RETURN_NULL();
	check_rows(n, LINK_ROW);
	rows = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		Datum values[7] = {id_datum(&flows, link[i].a),     id_datum(&flows, link[i].b), Float8GetDatum(link[i].flow_ab),
						   Float8GetDatum(link[i].flow_ba), Float8GetDatum(link[i].net), Float8GetDatum(link[i].strength),
						   Float8GetDatum(link[i].symmetry)};
		bool nulls[7] = {false};

		row_array_put(rows, values, nulls, 7);
	}
	PG_RETURN_DATUM(row_array_end(rows));
}

Datum terrbal_flow_distance_transition(PG_FUNCTION_ARGS)
{
	TbState *state = state_writable(fcinfo, 0, &tb_sample_shape);
	double flow = PG_ARGISNULL(1) ? 0 : arg_nonnegative(PG_GETARG_FLOAT8(1), "flow");

	if (!PG_ARGISNULL(2) && flow > 0) {
		uint64 row[2] = {tb_sort_key(arg_nonnegative(PG_GETARG_FLOAT8(2), "distance")), tb_sort_key(flow)};

		state_ok(tb_sample_add(&state, &tb_sample_shape, TB_SAMPLE_WEIGHTED, NULL, row), &tb_sample_shape);
		return state_kept(fcinfo, state, &tb_sample_shape);
	}
	return state_unchanged(fcinfo);
}

Datum terrbal_flow_distance(PG_FUNCTION_ARGS)
{
	TbSample sample;
	TbFlowDistance result;

	if (!sample_arg(fcinfo, 0, &tb_sample_shape, &sample) ||
		!status_ok_message(tb_flow_distance(&sample, &result), "not a sample of distances weighted by flow", NULL,
						   "Make the state with sample_state(distance, flow), distances not negative."))
		PG_RETURN_NULL();
	return row_doubles(fcinfo, &result.mean, 3);
}
