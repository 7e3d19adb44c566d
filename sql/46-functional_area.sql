-- functional areas: labour market areas, functional urban areas, Intramax, dominant flows, modularity

CREATE TYPE area_member AS (zone text, area text, residents float8, jobs float8, internal float8, validity float8,
    supply_self_containment float8, demand_self_containment float8, status text);
COMMENT ON TYPE area_member IS 'A zone, its labour market area (smallest member id), totals and self-containment of that area, and why it is in one or in none';

CREATE TYPE fua_member AS (zone text, fua text, role text, share float8);
COMMENT ON TYPE fua_member IS 'A zone, its functional urban area, its role there and the share of its residents who work in the city';

CREATE TYPE contiguous_member AS (zone text, area text);
COMMENT ON TYPE contiguous_member IS 'A zone and its area after the enclave and exclave rule; NULL: in no area';

CREATE TYPE merge_step AS (step int, zone_a text, zone_b text, objective float8, intrazonal_share float8);
COMMENT ON TYPE merge_step IS 'One merge of two regions, named by their smallest members, with the share of flows inside regions after it';

CREATE TYPE nodal_link AS (zone text, dominant text, flow float8, role text, hub text);
COMMENT ON TYPE nodal_link IS 'A zone, the zone that dominates it with the flow there, its role and the hub at the end of the chain';

CREATE TYPE labour_market_state;

CREATE FUNCTION labour_market_state_in(cstring) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_state_in(cstring) IS 'Input of labour_market_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION labour_market_state_out(labour_market_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_state_out(labour_market_state) IS 'Output of labour_market_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION labour_market_state_recv(internal) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_state_recv(internal) IS 'Binary input of labour_market_state, fully checked';

CREATE FUNCTION labour_market_state_send(labour_market_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_state_send(labour_market_state) IS 'Binary output of labour_market_state: canonical bytes, big-endian';

CREATE TYPE labour_market_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = labour_market_state_in, OUTPUT = labour_market_state_out, RECEIVE = labour_market_state_recv, SEND = labour_market_state_send
);
COMMENT ON TYPE labour_market_state IS 'Commuting rows and the targets of labour market areas: state of labour_market_areas';

CREATE FUNCTION labour_market_combine(labour_market_state, labour_market_state) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_combine(labour_market_state, labour_market_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION labour_market_transition(state labour_market_state, origin text, destination text, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_transition(labour_market_state, text, text, float8, float8, float8, float8, float8) IS 'Adds one commuting row: transition of labour_market_areas';

CREATE FUNCTION labour_market_transition(state labour_market_state, origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_transition(labour_market_state, bigint, bigint, float8, float8, float8, float8, float8) IS 'The same for integer zone ids';

CREATE FUNCTION labour_market_areas(labour_market_state) RETURNS area_member[]
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_areas' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_areas(labour_market_state) IS 'Labour market areas of the rows in a state';

CREATE AGGREGATE labour_market_areas(origin text, destination text, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_areas(text, text, float8, float8, float8, float8, float8) IS 'Labour market areas from commuting rows, diagonal included; sizes in employed residents, self-containments as fractions (Coombes and Bond 2008, ISTAT 2016)';

CREATE AGGREGATE labour_market_areas(origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_areas(bigint, bigint, float8, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Labour market areas from commuting rows, diagonal included; sizes in employed residents, self-containments as fractions (Coombes and Bond 2008, ISTAT 2016)';

CREATE FUNCTION labour_market_final(labour_market_state) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_final(labour_market_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE labour_market_state(origin text, destination text, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_state(text, text, float8, float8, float8, float8, float8) IS 'Commuting rows with the targets of labour market areas of a group as one value to store and roll up';

CREATE AGGREGATE labour_market_state(origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_state(bigint, bigint, float8, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with the targets of labour market areas of a group as one value to store and roll up';

CREATE AGGREGATE rollup(labour_market_state) (
    SFUNC = labour_market_combine, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(labour_market_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION labour_market_areas(flows flow_state, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) RETURNS area_member[]
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_areas_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_areas(flow_state, float8, float8, float8, float8) IS 'Labour market areas of stored flows; sizes in employed residents, self-containments as fractions';

CREATE TYPE urban_area_state;

CREATE FUNCTION urban_area_state_in(cstring) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_state_in(cstring) IS 'Input of urban_area_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION urban_area_state_out(urban_area_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_state_out(urban_area_state) IS 'Output of urban_area_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION urban_area_state_recv(internal) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_state_recv(internal) IS 'Binary input of urban_area_state, fully checked';

CREATE FUNCTION urban_area_state_send(urban_area_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_state_send(urban_area_state) IS 'Binary output of urban_area_state: canonical bytes, big-endian';

CREATE TYPE urban_area_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = urban_area_state_in, OUTPUT = urban_area_state_out, RECEIVE = urban_area_state_recv, SEND = urban_area_state_send
);
COMMENT ON TYPE urban_area_state IS 'Commuting rows with the cities at both ends: state of functional_urban_areas';

CREATE FUNCTION urban_area_combine(urban_area_state, urban_area_state) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_combine(urban_area_state, urban_area_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION urban_area_transition(state urban_area_state, origin text, destination text, flow float8, origin_city text, destination_city text, threshold float8) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_transition(urban_area_state, text, text, float8, text, text, float8) IS 'Adds one commuting row: transition of functional_urban_areas';

CREATE FUNCTION urban_area_transition(state urban_area_state, origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_transition(urban_area_state, bigint, bigint, float8, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE FUNCTION urban_area_transition(state urban_area_state, origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_transition(urban_area_state, bigint, bigint, float8, text, text, float8) IS 'The same for integer zone ids and text names';

CREATE FUNCTION functional_urban_areas(urban_area_state) RETURNS fua_member[]
    AS 'MODULE_PATHNAME', 'terrbal_functional_urban_areas' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION functional_urban_areas(urban_area_state) IS 'Functional urban areas of the rows in a state';

CREATE AGGREGATE functional_urban_areas(origin text, destination text, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = functional_urban_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_urban_areas(text, text, float8, text, text, float8) IS 'Cities and commuting zones: threshold is the share of employed residents who work in the city, 0.15 in the EU-OECD definition (Dijkstra, Poelman and Veneri 2019)';

CREATE AGGREGATE functional_urban_areas(origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = functional_urban_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_urban_areas(bigint, bigint, float8, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Cities and commuting zones: threshold is the share of employed residents who work in the city, 0.15 in the EU-OECD definition (Dijkstra, Poelman and Veneri 2019)';

CREATE AGGREGATE functional_urban_areas(origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = functional_urban_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_urban_areas(bigint, bigint, float8, text, text, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Cities and commuting zones: threshold is the share of employed residents who work in the city, 0.15 in the EU-OECD definition (Dijkstra, Poelman and Veneri 2019)';

CREATE FUNCTION urban_area_final(urban_area_state) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_final(urban_area_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE urban_area_state(origin text, destination text, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urban_area_state(text, text, float8, text, text, float8) IS 'Commuting rows with their cities of a group as one value to store and roll up';

CREATE AGGREGATE urban_area_state(origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urban_area_state(bigint, bigint, float8, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with their cities of a group as one value to store and roll up';

CREATE AGGREGATE urban_area_state(origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urban_area_state(bigint, bigint, float8, text, text, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Commuting rows with their cities of a group as one value to store and roll up';

CREATE AGGREGATE rollup(urban_area_state) (
    SFUNC = urban_area_combine, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(urban_area_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE contiguity_state;

CREATE FUNCTION contiguity_state_in(cstring) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_state_in(cstring) IS 'Input of contiguity_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION contiguity_state_out(contiguity_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_state_out(contiguity_state) IS 'Output of contiguity_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION contiguity_state_recv(internal) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_state_recv(internal) IS 'Binary input of contiguity_state, fully checked';

CREATE FUNCTION contiguity_state_send(contiguity_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_state_send(contiguity_state) IS 'Binary output of contiguity_state: canonical bytes, big-endian';

CREATE TYPE contiguity_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = contiguity_state_in, OUTPUT = contiguity_state_out, RECEIVE = contiguity_state_recv, SEND = contiguity_state_send
);
COMMENT ON TYPE contiguity_state IS 'Zones with area and neighbour: state of contiguous_areas';

CREATE FUNCTION contiguity_combine(contiguity_state, contiguity_state) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_combine(contiguity_state, contiguity_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone text, area text, neighbour text) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, text, text, text) IS 'Adds one pair of neighbours: transition of contiguous_areas';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area bigint, neighbour bigint) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, bigint, bigint) IS 'The same for integer zone ids';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area text, neighbour bigint) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, text, bigint) IS 'The same for integer zone ids and text names';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone text, area text, neighbour text, zone_weight float8) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, text, text, text, float8) IS 'Adds one pair of neighbours: transition of contiguous_areas with weights';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area bigint, neighbour bigint, zone_weight float8) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area text, neighbour bigint, zone_weight float8) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, text, bigint, float8) IS 'The same for integer zone ids and text names';

CREATE FUNCTION contiguous_areas(contiguity_state) RETURNS contiguous_member[]
    AS 'MODULE_PATHNAME', 'terrbal_contiguous_areas' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguous_areas(contiguity_state) IS 'Areas of a state after the enclave and exclave rule';

CREATE AGGREGATE contiguous_areas(zone text, area text, neighbour text) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(text, text, text) IS 'Areas made contiguous: parts apart from the one with most zones leave, zones with all neighbours in one area join; neighbour NULL registers a zone';

CREATE AGGREGATE contiguous_areas(zone bigint, area bigint, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, bigint, bigint) IS 'With integer ids: the same as with their decimal text. Areas made contiguous: parts apart from the one with most zones leave, zones with all neighbours in one area join; neighbour NULL registers a zone';

CREATE AGGREGATE contiguous_areas(zone bigint, area text, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, text, bigint) IS 'With integer zone ids and text names: the same as with their decimal text. Areas made contiguous: parts apart from the one with most zones leave, zones with all neighbours in one area join; neighbour NULL registers a zone';

CREATE AGGREGATE contiguous_areas(zone text, area text, neighbour text, zone_weight float8) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(text, text, text, float8) IS 'Areas made contiguous, the part with the largest weight (population of the zones, say) stays';

CREATE AGGREGATE contiguous_areas(zone bigint, area bigint, neighbour bigint, zone_weight float8) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Areas made contiguous, the part with the largest weight (population of the zones, say) stays';

CREATE AGGREGATE contiguous_areas(zone bigint, area text, neighbour bigint, zone_weight float8) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, text, bigint, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Areas made contiguous, the part with the largest weight (population of the zones, say) stays';

CREATE FUNCTION contiguity_final(contiguity_state) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_final(contiguity_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE contiguity_state(zone text, area text, neighbour text) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguity_state(text, text, text) IS 'Zones with areas and neighbours of a group as one value to store and roll up';

CREATE AGGREGATE contiguity_state(zone bigint, area bigint, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguity_state(bigint, bigint, bigint) IS 'With integer ids: the same as with their decimal text. Zones with areas and neighbours of a group as one value to store and roll up';

CREATE AGGREGATE contiguity_state(zone bigint, area text, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguity_state(bigint, text, bigint) IS 'With integer zone ids and text names: the same as with their decimal text. Zones with areas and neighbours of a group as one value to store and roll up';

CREATE AGGREGATE rollup(contiguity_state) (
    SFUNC = contiguity_combine, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(contiguity_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION intramax(flow_state) RETURNS merge_step[]
    AS 'MODULE_PATHNAME', 'terrbal_intramax' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION intramax(flow_state) IS 'Intramax hierarchy of stored flows (Masser and Brown 1975)';

CREATE AGGREGATE intramax(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = intramax, PARALLEL = SAFE
);
COMMENT ON AGGREGATE intramax(text, text, float8) IS 'Intramax hierarchy: merges of the pair whose flows most exceed their margins, diagonal included (Masser and Brown 1975)';

CREATE AGGREGATE intramax(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = intramax, PARALLEL = SAFE
);
COMMENT ON AGGREGATE intramax(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Intramax hierarchy: merges of the pair whose flows most exceed their margins, diagonal included (Masser and Brown 1975)';

CREATE FUNCTION dominant_flows(flow_state) RETURNS nodal_link[]
    AS 'MODULE_PATHNAME', 'terrbal_dominant_flows' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dominant_flows(flow_state) IS 'Dominant flows of stored flows (Nystuen and Dacey 1961)';

CREATE AGGREGATE dominant_flows(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = dominant_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dominant_flows(text, text, float8) IS 'Dominant flows: largest outflow of a zone if it goes to one with a larger inflow, roles and hubs (Nystuen and Dacey 1961)';

CREATE AGGREGATE dominant_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = dominant_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dominant_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Dominant flows: largest outflow of a zone if it goes to one with a larger inflow, roles and hubs (Nystuen and Dacey 1961)';

CREATE FUNCTION modularity(flow_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_modularity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION modularity(flow_state) IS 'Modularity of stored flows between areas, -1 to 1';

CREATE AGGREGATE modularity(origin_area text, destination_area text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = modularity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE modularity(text, text, float8) IS 'Modularity of a partition, directed and weighted, -1 to 1: flow inside areas beyond what their totals lead to expect (Newman 2004)';

CREATE AGGREGATE modularity(origin_area bigint, destination_area bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = modularity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE modularity(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Modularity of a partition, directed and weighted, -1 to 1: flow inside areas beyond what their totals lead to expect (Newman 2004)';

CREATE TYPE commuting_area_state;

CREATE FUNCTION commuting_area_state_in(cstring) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_state_in(cstring) IS 'Input of commuting_area_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION commuting_area_state_out(commuting_area_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_state_out(commuting_area_state) IS 'Output of commuting_area_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION commuting_area_state_recv(internal) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_state_recv(internal) IS 'Binary input of commuting_area_state, fully checked';

CREATE FUNCTION commuting_area_state_send(commuting_area_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_state_send(commuting_area_state) IS 'Binary output of commuting_area_state: canonical bytes, big-endian';

CREATE TYPE commuting_area_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = commuting_area_state_in, OUTPUT = commuting_area_state_out, RECEIVE = commuting_area_state_recv, SEND = commuting_area_state_send
);
COMMENT ON TYPE commuting_area_state IS 'Commuting rows with the cores that their origins belong to: state of commuting_areas';

CREATE FUNCTION commuting_area_combine(commuting_area_state, commuting_area_state) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_combine(commuting_area_state, commuting_area_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION commuting_area_transition(state commuting_area_state, origin text, destination text, flow float8, central boolean, out_share float8, in_share float8) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_transition(commuting_area_state, text, text, float8, boolean, float8, float8) IS 'Adds one commuting row: transition of commuting_areas';

CREATE FUNCTION commuting_area_transition(state commuting_area_state, origin bigint, destination bigint, flow float8, central boolean, out_share float8, in_share float8) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_transition(commuting_area_state, bigint, bigint, float8, boolean, float8, float8) IS 'The same for integer zone ids';

CREATE FUNCTION commuting_area_transition(state commuting_area_state, origin text, destination text, flow float8, core text, out_share float8, in_share float8) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_transition_core' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_transition(commuting_area_state, text, text, float8, text, float8, float8) IS 'The same with the name of the core that the origin is central to, NULL for none';

CREATE FUNCTION commuting_area_transition(state commuting_area_state, origin bigint, destination bigint, flow float8, core bigint, out_share float8, in_share float8) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_transition_core_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_transition(commuting_area_state, bigint, bigint, float8, bigint, float8, float8) IS 'The same for integer ids of zones and cores';

CREATE FUNCTION commuting_area_transition(state commuting_area_state, origin bigint, destination bigint, flow float8, core text, out_share float8, in_share float8) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_transition_core_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_transition(commuting_area_state, bigint, bigint, float8, text, float8, float8) IS 'The same for integer zone ids and names of cores';

CREATE FUNCTION commuting_areas(commuting_area_state) RETURNS fua_member[]
    AS 'MODULE_PATHNAME', 'terrbal_commuting_areas' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_areas(commuting_area_state) IS 'Commuting areas of the rows in a state';

CREATE FUNCTION commuting_area_final(commuting_area_state) RETURNS commuting_area_state
    AS 'MODULE_PATHNAME', 'terrbal_commuting_area_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION commuting_area_final(commuting_area_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE commuting_areas(origin text, destination text, flow float8, central boolean, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_areas(text, text, float8, boolean, float8, float8) IS 'Cores and the zones that send them at least out_share of their residents in work, or fill at least in_share of their jobs with residents of the core: 0.25 and 0.25 in the core based statistical areas of the United States (OMB 2021)';

CREATE AGGREGATE commuting_area_state(origin text, destination text, flow float8, central boolean, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_area_state(text, text, float8, boolean, float8, float8) IS 'Commuting rows with their cores of a group as one value to store and roll up';

CREATE AGGREGATE commuting_areas(origin bigint, destination bigint, flow float8, central boolean, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_areas(bigint, bigint, float8, boolean, float8, float8) IS 'With integer ids: the same as with their decimal text. Cores and the zones that send them at least out_share of their residents in work, or fill at least in_share of their jobs with residents of the core: 0.25 and 0.25 in the core based statistical areas of the United States (OMB 2021)';

CREATE AGGREGATE commuting_area_state(origin bigint, destination bigint, flow float8, central boolean, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_area_state(bigint, bigint, float8, boolean, float8, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with their cores of a group as one value to store and roll up';

CREATE AGGREGATE commuting_areas(origin text, destination text, flow float8, core text, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_areas(text, text, float8, text, float8, float8) IS 'Each central zone with the name of its core. Cores and the zones that send them at least out_share of their residents in work, or fill at least in_share of their jobs with residents of the core: 0.25 and 0.25 in the core based statistical areas of the United States (OMB 2021)';

CREATE AGGREGATE commuting_area_state(origin text, destination text, flow float8, core text, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_area_state(text, text, float8, text, float8, float8) IS 'Commuting rows with their cores of a group as one value to store and roll up';

CREATE AGGREGATE commuting_areas(origin bigint, destination bigint, flow float8, core bigint, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_areas(bigint, bigint, float8, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Each central zone with the id of its core. Cores and the zones that send them at least out_share of their residents in work, or fill at least in_share of their jobs with residents of the core: 0.25 and 0.25 in the core based statistical areas of the United States (OMB 2021)';

CREATE AGGREGATE commuting_area_state(origin bigint, destination bigint, flow float8, core bigint, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_area_state(bigint, bigint, float8, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with their cores of a group as one value to store and roll up';

CREATE AGGREGATE commuting_areas(origin bigint, destination bigint, flow float8, core text, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_areas(bigint, bigint, float8, text, float8, float8) IS 'With integer zone ids: the same as with their decimal text. Each central zone with the name of its core. Cores and the zones that send them at least out_share of their residents in work, or fill at least in_share of their jobs with residents of the core: 0.25 and 0.25 in the core based statistical areas of the United States (OMB 2021)';

CREATE AGGREGATE commuting_area_state(origin bigint, destination bigint, flow float8, core text, out_share float8, in_share float8) (
    SFUNC = commuting_area_transition, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE commuting_area_state(bigint, bigint, float8, text, float8, float8) IS 'With integer zone ids: the same as with their decimal text. Commuting rows with their cores of a group as one value to store and roll up';

CREATE AGGREGATE rollup(commuting_area_state) (
    SFUNC = commuting_area_combine, STYPE = commuting_area_state, SSPACE = 4096, COMBINEFUNC = commuting_area_combine, FINALFUNC = commuting_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(commuting_area_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION average_linkage(flow_state) RETURNS merge_step[]
    AS 'MODULE_PATHNAME', 'terrbal_average_linkage' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION average_linkage(flow_state) IS 'Average linkage hierarchy of stored flows (Tolbert and Sizer 1996)';

CREATE AGGREGATE average_linkage(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = average_linkage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_linkage(text, text, float8) IS 'Average linkage hierarchy: objective is the mean over pairs of zones of (f_ij + f_ji) / min(R_i, R_j), R residents in work (Tolbert and Sizer 1996; commuting zones end at 0.02)';

CREATE AGGREGATE average_linkage(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = average_linkage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_linkage(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Average linkage hierarchy: objective is the mean over pairs of zones of (f_ij + f_ji) / min(R_i, R_j), R residents in work (Tolbert and Sizer 1996; commuting zones end at 0.02)';

CREATE FUNCTION functional_rules()
    RETURNS TABLE (rule text, country text, year int, builds text, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8,
                   threshold float8, out_share float8, in_share float8, core text, source text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 14
    BEGIN ATOMIC
        SELECT v.* FROM (VALUES
            ('gb_ttwa_1991', 'GB', 1991, 'labour_market_areas', 3500::float8, 20000::float8, 0.70::float8, 0.75::float8, NULL::float8, NULL::float8, NULL::float8, NULL,
             'Office for National Statistics and Coombes, 1991-based Travel-to-Work Areas, 1998'),
            ('gb_ttwa_2011', 'GB', 2011, 'labour_market_areas', 3500, 25000, 0.6667, 0.75, NULL, NULL, NULL, NULL,
             'Office for National Statistics, Travel to work area analysis in Great Britain: 2016; the same for 2001'),
            ('it_sll_2011', 'IT', 2011, 'labour_market_areas', 1000, 10000, 0.6667, 0.75, NULL, NULL, NULL, NULL,
             'Franconi, D''Alo and Ichim, Istat implementation of the algorithm to develop Labour Market Areas, 2016: its example'),
            ('eu_fua_2012', 'EU', 2012, 'functional_urban_areas', NULL, NULL, NULL, NULL, 0.15, NULL, NULL, 'units with over half of their people in an urban centre of 50,000',
             'Dijkstra, Poelman and Veneri, The EU-OECD definition of a functional urban area, OECD Regional Development Working Papers 2019/11'),
            ('fr_aav_2020', 'FR', 2020, 'functional_urban_areas', NULL, NULL, NULL, NULL, 0.15, NULL, NULL, 'poles by density, total population and jobs',
             'Insee, Base des aires d''attraction des villes 2020'),
            ('nz_fua_2018', 'NZ', 2018, 'functional_urban_areas', NULL, NULL, NULL, NULL, 0.40, NULL, NULL, 'urban areas of 5,000 or more',
             'Stats NZ, Functional urban areas: methodology and classification, 2020'),
            ('jp_uea_2002', 'JP', 2002, 'functional_urban_areas', NULL, NULL, NULL, NULL, 0.10, NULL, NULL, 'municipalities with a densely inhabited district of 10,000 or more',
             'Kanemoto and Tokuoka, Proposal for the standards of metropolitan areas of Japan, 2002'),
            ('us_cbsa_2000', 'US', 2000, 'commuting_areas', NULL, NULL, NULL, NULL, NULL, 0.25, 0.25, 'central counties of urban areas of 10,000 or more',
             'Office of Management and Budget, Federal Register 65 (2000) 82228'),
            ('us_cbsa_2010', 'US', 2010, 'commuting_areas', NULL, NULL, NULL, NULL, NULL, 0.25, 0.25, 'central counties of urban areas of 10,000 or more',
             'Office of Management and Budget, Federal Register 75 (2010) 37246'),
            ('us_cbsa_2020', 'US', 2020, 'commuting_areas', NULL, NULL, NULL, NULL, NULL, 0.25, 0.25, 'central counties of urban areas of 10,000 or more',
             'Office of Management and Budget, Federal Register 86 (2021) 37770'),
            ('ca_cma_2021', 'CA', 2021, 'commuting_areas', NULL, NULL, NULL, NULL, NULL, 0.50, 0.25, 'subdivisions of a population centre: a core of 10,000, or of 50,000 in an area of 100,000',
             'Statistics Canada, Dictionary, Census of Population 2021: census metropolitan area and census agglomeration; flows of 100 or more'),
            ('us_csa_2010', 'US', 2010, 'employment interchange', NULL, NULL, NULL, NULL, 0.15, NULL, NULL, 'core based areas that touch',
             'Office of Management and Budget, Federal Register 75 (2010) 37246; the same in 2020'),
            ('us_cz_1990', 'US', 1990, 'average_linkage', NULL, NULL, NULL, NULL, 0.02, NULL, NULL, NULL,
             'Tolbert and Sizer, U.S. commuting zones and labor market areas: a 1990 update, 1996: ends at a distance of 0.98'),
            ('se_la_2010', 'SE', 2010, 'local centres', NULL, NULL, NULL, NULL, 0.075, 0.20, NULL, 'municipalities that less than out_share leave, and less than threshold for any one other',
             'Statistics Sweden, Lokala arbetsmarknader: egenskaper, utveckling och funktion, 2010')
        ) v (rule, country, year, builds, min_size, target_size, min_self_containment, target_self_containment, threshold, out_share, in_share, core, source);
    END;
COMMENT ON FUNCTION functional_rules() IS
    'Parameters of official rules for functional areas, with the aggregate or recipe that takes them, what is a core, and the source; shares as fractions';
