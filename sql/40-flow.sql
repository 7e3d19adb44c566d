-- flow: indices of a system of origin-destination flows, of its zones and of its links. Doc: doc/flow.md

CREATE TYPE flow_profile AS (
    zones int, links bigint, total float8, intrazonal float8, interzonal float8, connectivity float8, effectiveness float8, inequality float8,
    gini_total float8, gini_total_corrected float8, gini_rows float8, gini_columns float8, gini_exchange float8, mwg_in float8, mwg_out float8,
    acv_in float8, acv_out float8, entropy float8, reciprocity float8, self_containment float8
);
COMMENT ON TYPE flow_profile IS 'A system of flows in one row: size, connectivity (0-1), effectiveness (%), inequality and Ginis (0-1), entropy, reciprocity';

CREATE FUNCTION flow_profile(flow_state) RETURNS flow_profile
    AS 'MODULE_PATHNAME', 'terrbal_flow_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_profile(flow_state) IS 'Profile of stored flows; effectiveness in %, the rest as fractions (Bell et al. 2002; Plane & Mulligan 1997)';

CREATE AGGREGATE flow_profile(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_profile, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_profile(text, text, float8) IS 'Profile of a system of flows; a flow of 0 registers its zones; effectiveness in % (Bell et al. 2002)';

CREATE AGGREGATE flow_profile(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_profile, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_profile(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Profile of a system of flows; a flow of 0 registers its zones; effectiveness in % (Bell et al. 2002)';

CREATE TYPE zone_flow AS (
    zone text, inflow float8, outflow float8, intrazonal float8, net float8, turnover float8, effectiveness float8, in_degree int, out_degree int,
    supply_self_containment float8, demand_self_containment float8, job_ratio float8, dominance float8, symmetry float8, field_gini_in float8,
    field_gini_out float8, outflow_entropy float8, main_destination text, main_destination_share float8,
    cv_in float8, cv_out float8, outflow_evenness float8, outflow_concentration float8
);
COMMENT ON TYPE zone_flow IS 'One zone in a system of flows: gains and losses (unit of the flow), effectiveness (%), self-containment, dominance, main destination';

CREATE FUNCTION zone_flows(flow_state) RETURNS zone_flow[]
    AS 'MODULE_PATHNAME', 'terrbal_zone_flows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zone_flows(flow_state) IS 'One row per zone of stored flows, sorted by id (Shryock & Siegel; Limtanakool et al. 2007; Bell et al. 2002)';

CREATE AGGREGATE zone_flows(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = zone_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE zone_flows(text, text, float8) IS 'One row per zone, to be unnested: inflow, outflow, net, effectiveness (%), field Ginis, main destination';

CREATE AGGREGATE zone_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = zone_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE zone_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. One row per zone, to be unnested: inflow, outflow, net, effectiveness (%), field Ginis, main destination';

CREATE TYPE link_flow AS (zone_a text, zone_b text, flow_ab float8, flow_ba float8, net float8, strength float8, symmetry float8);
COMMENT ON TYPE link_flow IS 'One pair of zones: both flows, net a to b (unit of the flow), relative strength (sums to 1), symmetry (0 one-way, 1 equal)';

CREATE FUNCTION link_flows(flow_state) RETURNS link_flow[]
    AS 'MODULE_PATHNAME', 'terrbal_link_flows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION link_flows(flow_state) IS 'One row per linked pair of zones of stored flows, zone_a < zone_b (Limtanakool, Dijst & Schwanen 2007)';

CREATE AGGREGATE link_flows(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = link_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE link_flows(text, text, float8) IS 'One row per linked pair of zones, to be unnested: flows both ways, net, strength, symmetry';

CREATE AGGREGATE link_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = link_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE link_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. One row per linked pair of zones, to be unnested: flows both ways, net, strength, symmetry';

CREATE TYPE flow_distance AS (mean float8, median float8, median_interpolated float8);
COMMENT ON TYPE flow_distance IS 'How far flows go, in the unit of the distance: mean, median (first distance reached), interpolated median';

CREATE FUNCTION flow_distance(sample_state) RETURNS flow_distance
    AS 'MODULE_PATHNAME', 'terrbal_flow_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_distance(sample_state) IS 'Mean and median distance of stored flows, made with sample_state(distance, flow); unit of the distance';

CREATE FUNCTION flow_distance_transition(state sample_state, flow float8, distance float8) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_distance_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_distance_transition(sample_state, float8, float8) IS 'Adds a distance weighted by flow to a state: transition of flow_distance';

CREATE AGGREGATE flow_distance(flow float8, distance float8) (
    SFUNC = flow_distance_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = flow_distance, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_distance(float8, float8) IS 'Mean and median distance of flows; unit of the distance (Bell et al. 2002)';
