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

/* as sql/40-flow.sql has them */
enum {
	PROFILE_ZONES,
	PROFILE_LINKS,
	PROFILE_TOTAL,
	PROFILE_INTRAZONAL,
	PROFILE_INTERZONAL,
	PROFILE_CONNECTIVITY,
	PROFILE_EFFECTIVENESS,
	PROFILE_INEQUALITY,
	PROFILE_GINI_TOTAL,
	PROFILE_GINI_TOTAL_CORRECTED,
	PROFILE_GINI_ROWS,
	PROFILE_GINI_COLUMNS,
	PROFILE_GINI_EXCHANGE,
	PROFILE_MWG_IN,
	PROFILE_MWG_OUT,
	PROFILE_ACV_IN,
	PROFILE_ACV_OUT,
	PROFILE_ENTROPY,
	PROFILE_RECIPROCITY,
	PROFILE_SELF_CONTAINMENT,
	PROFILE_FIELDS
};

Datum terrbal_flow_profile(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbFlowProfile p;
	Datum values[PROFILE_FIELDS];
	bool nulls[PROFILE_FIELDS] = {false};

	if (!flow_arg(fcinfo, 0, &flows) || !total_ok(tb_flow_profile(&flows, &p)))
		PG_RETURN_NULL();
	values[PROFILE_ZONES] = Int32GetDatum(p.zones);
	values[PROFILE_LINKS] = Int64GetDatum(p.links);
	row_double(values, nulls, PROFILE_TOTAL, p.total);
	row_double(values, nulls, PROFILE_INTRAZONAL, p.intrazonal);
	row_double(values, nulls, PROFILE_INTERZONAL, p.interzonal);
	row_double(values, nulls, PROFILE_CONNECTIVITY, p.connectivity);
	row_double(values, nulls, PROFILE_EFFECTIVENESS, p.effectiveness);
	row_double(values, nulls, PROFILE_INEQUALITY, p.inequality);
	row_double(values, nulls, PROFILE_GINI_TOTAL, p.gini_total);
	row_double(values, nulls, PROFILE_GINI_TOTAL_CORRECTED, p.gini_total_corrected);
	row_double(values, nulls, PROFILE_GINI_ROWS, p.gini_rows);
	row_double(values, nulls, PROFILE_GINI_COLUMNS, p.gini_columns);
	row_double(values, nulls, PROFILE_GINI_EXCHANGE, p.gini_exchange);
	row_double(values, nulls, PROFILE_MWG_IN, p.mwg_in);
	row_double(values, nulls, PROFILE_MWG_OUT, p.mwg_out);
	row_double(values, nulls, PROFILE_ACV_IN, p.acv_in);
	row_double(values, nulls, PROFILE_ACV_OUT, p.acv_out);
	row_double(values, nulls, PROFILE_ENTROPY, p.entropy);
	row_double(values, nulls, PROFILE_RECIPROCITY, p.reciprocity);
	row_double(values, nulls, PROFILE_SELF_CONTAINMENT, p.self_containment);
	PG_RETURN_DATUM(row_datum(fcinfo, values, nulls, PROFILE_FIELDS));
}

static Datum id_datum(const TbFlows *flows, uint32 zone)
{
	return arg_id_datum(flows->id[zone].text, flows->id[zone].length);
}

enum {
	ZONE_ID,
	ZONE_INFLOW,
	ZONE_OUTFLOW,
	ZONE_INTRAZONAL,
	ZONE_NET,
	ZONE_TURNOVER,
	ZONE_EFFECTIVENESS,
	ZONE_IN_DEGREE,
	ZONE_OUT_DEGREE,
	ZONE_SUPPLY_SELF_CONTAINMENT,
	ZONE_DEMAND_SELF_CONTAINMENT,
	ZONE_JOB_RATIO,
	ZONE_DOMINANCE,
	ZONE_SYMMETRY,
	ZONE_FIELD_GINI_IN,
	ZONE_FIELD_GINI_OUT,
	ZONE_OUTFLOW_ENTROPY,
	ZONE_MAIN_DESTINATION,
	ZONE_MAIN_DESTINATION_SHARE,
	ZONE_CV_IN,
	ZONE_CV_OUT,
	ZONE_OUTFLOW_EVENNESS,
	ZONE_OUTFLOW_CONCENTRATION,
	ZONE_FIELDS
};

static void zone_row(RowArray *rows, const TbFlows *flows, uint32 i, const TbZoneFlow *zone)
{
	Datum values[ZONE_FIELDS] = {0};
	bool nulls[ZONE_FIELDS] = {false};

	values[ZONE_ID] = id_datum(flows, i);
	row_double(values, nulls, ZONE_INFLOW, zone->inflow);
	row_double(values, nulls, ZONE_OUTFLOW, zone->outflow);
	row_double(values, nulls, ZONE_INTRAZONAL, zone->intrazonal);
	row_double(values, nulls, ZONE_NET, zone->net);
	row_double(values, nulls, ZONE_TURNOVER, zone->turnover);
	row_double(values, nulls, ZONE_EFFECTIVENESS, zone->effectiveness);
	values[ZONE_IN_DEGREE] = Int32GetDatum(zone->in_degree);
	values[ZONE_OUT_DEGREE] = Int32GetDatum(zone->out_degree);
	row_double(values, nulls, ZONE_SUPPLY_SELF_CONTAINMENT, zone->supply_self_containment);
	row_double(values, nulls, ZONE_DEMAND_SELF_CONTAINMENT, zone->demand_self_containment);
	row_double(values, nulls, ZONE_JOB_RATIO, zone->job_ratio);
	row_double(values, nulls, ZONE_DOMINANCE, zone->dominance);
	row_double(values, nulls, ZONE_SYMMETRY, zone->symmetry);
	row_double(values, nulls, ZONE_FIELD_GINI_IN, zone->field_gini_in);
	row_double(values, nulls, ZONE_FIELD_GINI_OUT, zone->field_gini_out);
	row_double(values, nulls, ZONE_OUTFLOW_ENTROPY, zone->outflow_entropy);
	nulls[ZONE_MAIN_DESTINATION] = zone->main_destination == TB_NO_ID;
	if (!nulls[ZONE_MAIN_DESTINATION])
		values[ZONE_MAIN_DESTINATION] = id_datum(flows, zone->main_destination);
	row_double(values, nulls, ZONE_MAIN_DESTINATION_SHARE, zone->main_destination_share);
	row_double(values, nulls, ZONE_CV_IN, zone->cv_in);
	row_double(values, nulls, ZONE_CV_OUT, zone->cv_out);
	row_double(values, nulls, ZONE_OUTFLOW_EVENNESS, zone->outflow_evenness);
	row_double(values, nulls, ZONE_OUTFLOW_CONCENTRATION, zone->outflow_concentration);
	row_array_put(rows, values, nulls, ZONE_FIELDS);
}

Datum terrbal_zone_flows(PG_FUNCTION_ARGS)
{
	TbFlows flows;
	TbZoneFlow *zone;
	RowArray *rows;

	if (!flow_arg(fcinfo, 0, &flows))
		PG_RETURN_NULL();
	row_array_fits(flows.zones, ZONE_ROW);
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
	row_array_fits(n, LINK_ROW);
	rows = row_array_begin(fcinfo, n);
	for (size_t i = 0; i < n; i++) {
		const double field[5] = {link[i].flow_ab, link[i].flow_ba, link[i].net, link[i].strength, link[i].symmetry};
		Datum values[7] = {id_datum(&flows, link[i].a), id_datum(&flows, link[i].b)};
		bool nulls[7] = {false};

		for (int k = 0; k < 5; k++)
			row_double(values, nulls, 2 + k, field[k]);
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
	return row_doubles(fcinfo, (const double[]){result.mean, result.median, result.median_interpolated}, 3);
}
