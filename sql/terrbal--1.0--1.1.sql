-- 1.0 to 1.1. One section per fragment of the install script, in its order: what a fragment gained, changed or lost since 1.0 stands under its name.
\echo Use "ALTER EXTENSION terrbal UPDATE" to load this file. \quit


-- ---- 00-preamble ----

-- for what no user calls: 99-support.sql moves it there. An existing schema of that name stops the installation.
CREATE SCHEMA terrbal_support;
COMMENT ON SCHEMA terrbal_support IS 'Parts of terrbal that its own types, aggregates, views and functions call';
GRANT USAGE ON SCHEMA terrbal_support TO PUBLIC;



-- ---- 10-sample_state ----




-- ---- 12-flow_state ----

CREATE FUNCTION flow_transition(state flow_state, origin bigint, destination bigint, flow float8) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_transition(flow_state, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE AGGREGATE flow_state(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Flows of a group as one value to store and roll up; a flow of 0 registers its zones';


-- ---- 14-moment_state ----




-- ---- 20-pool ----




-- ---- 22-tariff ----




-- ---- 24-equalisation ----




-- ---- 30-inequality ----




-- ---- 32-decomposition ----




-- ---- 34-progressivity ----




-- ---- 36-convergence ----




-- ---- 38-poverty ----

CREATE TYPE poverty AS (headcount float8, gap float8, severity float8, sen_shorrocks_thon float8, watts float8, poor float8, population float8, n bigint);
COMMENT ON TYPE poverty IS 'Poverty below a line: shares of the population (Foster, Greer and Thorbecke 1984; Shorrocks 1995; Watts 1968), the weight of the poor and of all, rows';

CREATE FUNCTION poverty(state sample_state, line float8) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty(sample_state, float8) IS 'Of a stored sample. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE FUNCTION poverty_final(state sample_state) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty_final(sample_state) IS 'Final of the aggregates poverty: the line is in the state';

CREATE AGGREGATE poverty(value float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8) IS 'Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE AGGREGATE poverty(value float8, weight float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8, float8) IS 'Weighted. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE FUNCTION esteban_ray(state sample_state, alpha float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_esteban_ray' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION esteban_ray(sample_state, float8) IS 'Of a stored sample. Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE FUNCTION esteban_ray_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_esteban_ray' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION esteban_ray_final(sample_state) IS 'Final of the aggregates esteban_ray: the alpha is in the state';

CREATE AGGREGATE esteban_ray(value float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = esteban_ray_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE esteban_ray(float8, float8) IS 'Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE AGGREGATE esteban_ray(value float8, weight float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = esteban_ray_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE esteban_ray(float8, float8, float8) IS 'Weighted. Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE TYPE deprivation_state;

CREATE FUNCTION deprivation_state_in(cstring) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_in(cstring) IS 'Input of deprivation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION deprivation_state_out(deprivation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_out(deprivation_state) IS 'Output of deprivation_state: hexadecimal canonical bytes';

CREATE FUNCTION deprivation_state_recv(internal) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_recv(internal) IS 'Binary input of deprivation_state, fully checked';

CREATE FUNCTION deprivation_state_send(deprivation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_send(deprivation_state) IS 'Binary output of deprivation_state: canonical bytes, big-endian';

CREATE TYPE deprivation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = deprivation_state_in, OUTPUT = deprivation_state_out, RECEIVE = deprivation_state_recv, SEND = deprivation_state_send
);
COMMENT ON TYPE deprivation_state IS 'Totals of the deprived and the poor by dimension, with the rule: state of multidimensional_poverty';

CREATE FUNCTION deprivation_combine(deprivation_state, deprivation_state) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_combine(deprivation_state, deprivation_state) IS 'Adds two states of the same rule';

CREATE FUNCTION deprivation_final(deprivation_state) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_final(deprivation_state) IS 'State as it is stored';

CREATE FUNCTION deprivation_transition(state deprivation_state, deprivations float8[], weights float8[], cutoff float8) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_transition(deprivation_state, float8[], float8[], float8) IS 'Adds one person: transition of multidimensional_poverty';

CREATE FUNCTION deprivation_transition(state deprivation_state, deprivations float8[], weights float8[], cutoff float8, weight float8) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_transition(deprivation_state, float8[], float8[], float8, float8) IS 'Adds a household with its weight: transition of multidimensional_poverty';

CREATE TYPE multidimensional_poverty AS (
    headcount float8, intensity float8, index float8, censored float8[], contribution float8[], uncensored float8[], poor float8, population float8, n bigint
);
COMMENT ON TYPE multidimensional_poverty IS 'Poverty by counting (Alkire and Foster 2011): share of the poor, their mean share of deprivations, the product of both; by dimension: share poor and deprived, part in the index, share deprived; weight of the poor and of all, rows';

CREATE FUNCTION multidimensional_poverty(state deprivation_state) RETURNS multidimensional_poverty
    AS 'MODULE_PATHNAME', 'terrbal_multidimensional_poverty' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION multidimensional_poverty(deprivation_state) IS 'Of stored totals. Poverty in several dimensions, fractions';

CREATE AGGREGATE multidimensional_poverty(deprivations float8[], weights float8[], cutoff float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = multidimensional_poverty, PARALLEL = SAFE
);
COMMENT ON AGGREGATE multidimensional_poverty(float8[], float8[], float8) IS 'Poverty in several dimensions, fractions: deprivations are 0 or 1, poor are those whose weights of deprivations add up to cutoff or more (Alkire and Foster 2011)';

CREATE AGGREGATE deprivation_state(deprivations float8[], weights float8[], cutoff float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE deprivation_state(float8[], float8[], float8) IS 'Totals of the deprived and the poor of a group as one value to store and roll up';

CREATE AGGREGATE multidimensional_poverty(deprivations float8[], weights float8[], cutoff float8, weight float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = multidimensional_poverty, PARALLEL = SAFE
);
COMMENT ON AGGREGATE multidimensional_poverty(float8[], float8[], float8, float8) IS 'Weighted. Poverty in several dimensions, fractions: deprivations are 0 or 1, poor are those whose weights of deprivations add up to cutoff or more (Alkire and Foster 2011)';

CREATE AGGREGATE deprivation_state(deprivations float8[], weights float8[], cutoff float8, weight float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE deprivation_state(float8[], float8[], float8, float8) IS 'Weighted. Totals of the deprived and the poor of a group as one value to store and roll up';

CREATE AGGREGATE rollup(deprivation_state) (
    SFUNC = deprivation_combine, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(deprivation_state) IS 'Stored states together: what one pass over all their rows gives';

-- ---- 40-flow ----

CREATE AGGREGATE flow_profile(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_profile, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_profile(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Profile of a system of flows; a flow of 0 registers its zones; effectiveness in % (Bell et al. 2002)';

CREATE AGGREGATE zone_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = zone_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE zone_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. One row per zone, to be unnested: inflow, outflow, net, effectiveness (%), field Ginis, main destination';

CREATE AGGREGATE link_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = link_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE link_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. One row per linked pair of zones, to be unnested: flows both ways, net, strength, symmetry';


-- ---- 42-linkage ----

CREATE FUNCTION linkage_transition(state linkage_state, origin_class text, destination_class text, flow float8) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_transition_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linkage_transition(linkage_state, text, text, float8) IS 'Adds one flow between classes given as text: transition of linkage';
CREATE AGGREGATE linkage_state(origin_class text, destination_class text, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage_state(text, text, float8) IS 'The same from classes as text';
CREATE AGGREGATE linkage(origin_class text, destination_class text, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage(text, text, float8) IS 'The same from classes as text: urban, peri_urban, rural';




-- ---- 44-migration ----




-- ---- 46-functional_area ----
ALTER TYPE area_member ADD ATTRIBUTE status text;
COMMENT ON TYPE area_member IS 'A zone, its labour market area (smallest member id), totals and self-containment of that area, and why it is in one or in none';

CREATE FUNCTION labour_market_transition(state labour_market_state, origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) RETURNS labour_market_state
    AS 'MODULE_PATHNAME', 'terrbal_labour_market_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION labour_market_transition(labour_market_state, bigint, bigint, float8, float8, float8, float8, float8) IS 'The same for integer zone ids';

CREATE AGGREGATE labour_market_areas(origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_areas(bigint, bigint, float8, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Labour market areas from commuting rows, diagonal included; sizes in employed residents, self-containments as fractions (Coombes and Bond 2008, ISTAT 2016)';

CREATE AGGREGATE labour_market_state(origin bigint, destination bigint, flow float8, min_size float8, target_size float8, min_self_containment float8, target_self_containment float8) (
    SFUNC = labour_market_transition, STYPE = labour_market_state, SSPACE = 4096, COMBINEFUNC = labour_market_combine, FINALFUNC = labour_market_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE labour_market_state(bigint, bigint, float8, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with the targets of labour market areas of a group as one value to store and roll up';

CREATE FUNCTION urban_area_transition(state urban_area_state, origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_transition(urban_area_state, bigint, bigint, float8, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE FUNCTION urban_area_transition(state urban_area_state, origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) RETURNS urban_area_state
    AS 'MODULE_PATHNAME', 'terrbal_urban_area_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urban_area_transition(urban_area_state, bigint, bigint, float8, text, text, float8) IS 'The same for integer zone ids and text names';

CREATE AGGREGATE functional_urban_areas(origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = functional_urban_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_urban_areas(bigint, bigint, float8, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Cities and commuting zones: threshold is the share of employed residents who work in the city, 0.15 in the EU-OECD definition (Dijkstra, Poelman and Veneri 2019)';

CREATE AGGREGATE functional_urban_areas(origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = functional_urban_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_urban_areas(bigint, bigint, float8, text, text, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Cities and commuting zones: threshold is the share of employed residents who work in the city, 0.15 in the EU-OECD definition (Dijkstra, Poelman and Veneri 2019)';

CREATE AGGREGATE urban_area_state(origin bigint, destination bigint, flow float8, origin_city bigint, destination_city bigint, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urban_area_state(bigint, bigint, float8, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Commuting rows with their cities of a group as one value to store and roll up';

CREATE AGGREGATE urban_area_state(origin bigint, destination bigint, flow float8, origin_city text, destination_city text, threshold float8) (
    SFUNC = urban_area_transition, STYPE = urban_area_state, SSPACE = 4096, COMBINEFUNC = urban_area_combine, FINALFUNC = urban_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urban_area_state(bigint, bigint, float8, text, text, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Commuting rows with their cities of a group as one value to store and roll up';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area bigint, neighbour bigint) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, bigint, bigint) IS 'The same for integer zone ids';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area text, neighbour bigint) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, text, bigint) IS 'The same for integer zone ids and text names';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area bigint, neighbour bigint, zone_weight float8) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE FUNCTION contiguity_transition(state contiguity_state, zone bigint, area text, neighbour bigint, zone_weight float8) RETURNS contiguity_state
    AS 'MODULE_PATHNAME', 'terrbal_contiguity_transition_number_in' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION contiguity_transition(contiguity_state, bigint, text, bigint, float8) IS 'The same for integer zone ids and text names';

CREATE AGGREGATE contiguous_areas(zone bigint, area bigint, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, bigint, bigint) IS 'With integer ids: the same as with their decimal text. Areas made contiguous: parts apart from the one with most zones leave, zones with all neighbours in one area join; neighbour NULL registers a zone';

CREATE AGGREGATE contiguous_areas(zone bigint, area text, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, text, bigint) IS 'With integer zone ids and text names: the same as with their decimal text. Areas made contiguous: parts apart from the one with most zones leave, zones with all neighbours in one area join; neighbour NULL registers a zone';

CREATE AGGREGATE contiguous_areas(zone bigint, area bigint, neighbour bigint, zone_weight float8) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Areas made contiguous, the part with the largest weight (population of the zones, say) stays';

CREATE AGGREGATE contiguous_areas(zone bigint, area text, neighbour bigint, zone_weight float8) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguous_areas, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguous_areas(bigint, text, bigint, float8) IS 'With integer zone ids and text names: the same as with their decimal text. Areas made contiguous, the part with the largest weight (population of the zones, say) stays';

CREATE AGGREGATE contiguity_state(zone bigint, area bigint, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguity_state(bigint, bigint, bigint) IS 'With integer ids: the same as with their decimal text. Zones with areas and neighbours of a group as one value to store and roll up';

CREATE AGGREGATE contiguity_state(zone bigint, area text, neighbour bigint) (
    SFUNC = contiguity_transition, STYPE = contiguity_state, SSPACE = 4096, COMBINEFUNC = contiguity_combine, FINALFUNC = contiguity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE contiguity_state(bigint, text, bigint) IS 'With integer zone ids and text names: the same as with their decimal text. Zones with areas and neighbours of a group as one value to store and roll up';

CREATE AGGREGATE intramax(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = intramax, PARALLEL = SAFE
);
COMMENT ON AGGREGATE intramax(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Intramax hierarchy: merges of the pair whose flows most exceed their margins, diagonal included (Masser and Brown 1975)';

CREATE AGGREGATE dominant_flows(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = dominant_flows, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dominant_flows(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Dominant flows: largest outflow of a zone if it goes to one with a larger inflow, roles and hubs (Nystuen and Dacey 1961)';

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

-- ---- 47-interaction ----

CREATE FUNCTION gravity_transition(state gravity_state, origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity_transition(gravity_state, bigint, bigint, float8, float8, float8, float8, text, text) IS 'The same for integer zone ids';

CREATE AGGREGATE gravity(origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity(bigint, bigint, float8, float8, float8, float8, text, text) IS 'With integer ids: the same as with their decimal text. Gravity model by Poisson likelihood; model unconstrained, production, attraction or doubly, decay exponential or power; beta is negative where distance deters (Wilson 1971)';

CREATE AGGREGATE gravity_state(origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity_state(bigint, bigint, float8, float8, float8, float8, text, text) IS 'With integer ids: the same as with their decimal text. Flows with masses and distances of a group as one value to store and roll up';

CREATE FUNCTION balanced_flow(seed float8, origin bigint, destination bigint, origin_total float8, destination_total float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_balanced_flow_number' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION balanced_flow(float8, bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Seed scaled to both margins over the window partition, unit of the totals (iterative proportional fitting, Deming and Stephan 1940; Furness 1965)';


-- ---- 48-accessibility ----

CREATE FUNCTION catchment_transition(state catchment_state, demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_transition(catchment_state, bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'The same for integer ids';

CREATE AGGREGATE catchment_access(demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_access, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_access(bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'With integer ids: the same as with their decimal text. Floating catchment access, supply per demand: 2sfca, 3sfca, bfca (Luo and Wang 2003, Wan 2012, Paez 2019) or spatial_availability, in supply (Soukhov 2023); cutoff inclusive';

CREATE AGGREGATE catchment_state(demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_state(bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'With integer ids: the same as with their decimal text. Pairs of demand and supply of a group as one value to store and roll up';



-- ---- 49-location ----
CREATE TYPE location_state;

CREATE FUNCTION location_state_in(cstring) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_in(cstring) IS 'Input of location_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION location_state_out(location_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_location_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_out(location_state) IS 'Output of location_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION location_state_recv(internal) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_recv(internal) IS 'Binary input of location_state, fully checked';

CREATE FUNCTION location_state_send(location_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_location_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_send(location_state) IS 'Binary output of location_state: canonical bytes, big-endian';

CREATE TYPE location_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = location_state_in, OUTPUT = location_state_out, RECEIVE = location_state_recv, SEND = location_state_send
);
COMMENT ON TYPE location_state IS 'Demands, sites, weights and costs: state of location';

CREATE FUNCTION location_combine(location_state, location_state) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_combine(location_state, location_state) IS 'Joins the rows of two states';

CREATE FUNCTION location_final(location_state) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_final(location_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8) IS 'Adds what a demand of weight 1 pays to reach a site: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, weight float8, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8, float8) IS 'Adds what a demand pays to reach a site: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8, float8, boolean) IS 'The same with sites that must be open: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8, float8, boolean) IS 'The same for integer ids';

CREATE AGGREGATE location_state(demand_id text, site_id text, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8) IS 'Costs between demands of weight 1 and sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Costs between demands of weight 1 and sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id text, site_id text, weight float8, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8, float8) IS 'Weights of demands and their costs to sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, weight float8, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Weights of demands and their costs to sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8, float8, boolean) IS 'The same with sites that must be open, or are open today';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same with sites that must be open, or are open today';

CREATE AGGREGATE rollup(location_state) (
    SFUNC = location_combine, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(location_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE location_assignment AS (demand_id text, site_id text, cost float8, weight float8);
COMMENT ON TYPE location_assignment IS 'A demand and the open site that is cheapest for it; of equal ones the first by id';

CREATE TYPE location_site AS (site_id text, users float8, mean_cost float8, worst_cost float8);
COMMENT ON TYPE location_site IS 'An open site: weight of those who use it, their mean cost per head and the worst';

CREATE TYPE location AS (
    objective float8, bound float8, gap float8, open text[], assignment location_assignment[], proven boolean, unserved bigint, sites location_site[]
);
COMMENT ON TYPE location IS 'Open sites; no other choice can do better than bound; gap = |objective - bound| / objective, 0 where the optimum is proven; unserved counts demands';

CREATE FUNCTION p_median_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, text, text, float8, float8, int) IS 'Adds what a demand pays to reach a site: transition of p_median';

CREATE FUNCTION p_median_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, bigint, bigint, float8, float8, int) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, text, text, float8, float8, int, boolean) IS 'The same with sites that must be open: transition of p_median';

CREATE FUNCTION p_median_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, bigint, bigint, float8, float8, int, boolean) IS 'The same for integer ids';

CREATE FUNCTION p_median(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(location_state) IS 'Of stored costs, by the parameters that the state has. Weighted cost in sum, least with p sites open';

CREATE FUNCTION p_median(state location_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(location_state, int) IS 'Of stored costs. Weighted cost in sum, least with p sites open';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int) IS 'p sites with the least sum of weight times cost, with a proven bound (Hakimi 1964)';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int) IS 'With integer ids: the same as with their decimal text. p sites with the least sum of weight times cost, with a proven bound (Hakimi 1964)';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a site: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, text, text, float8, float8, int, float8, boolean) IS 'The same with sites that must be open: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, bigint, bigint, float8, float8, int, float8, boolean) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(location_state) IS 'Of stored costs, by the parameters that the state has. Weight within threshold of an open site, most with p sites';

CREATE FUNCTION maximal_cover(state location_state, p int, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(location_state, int, float8) IS 'Of stored costs. Weight within threshold of an open site, most with p sites';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8) IS 'p sites that serve the largest weight within threshold; each demand counts once (Church and ReVelle 1974)';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites that serve the largest weight within threshold; each demand counts once (Church and ReVelle 1974)';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION set_cover_transition(state location_state, demand_id text, site_id text, cost float8, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, text, text, float8, float8) IS 'Adds what a demand pays to reach a site: transition of set_cover';

CREATE FUNCTION set_cover_transition(state location_state, demand_id bigint, site_id bigint, cost float8, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, bigint, bigint, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION set_cover_transition(state location_state, demand_id text, site_id text, cost float8, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, text, text, float8, float8, boolean) IS 'The same with sites that must be open: transition of set_cover';

CREATE FUNCTION set_cover_transition(state location_state, demand_id bigint, site_id bigint, cost float8, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, bigint, bigint, float8, float8, boolean) IS 'The same for integer ids';

CREATE FUNCTION set_cover(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(location_state) IS 'Of stored costs, by the parameters that the state has. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE FUNCTION set_cover(state location_state, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(location_state, float8) IS 'Of stored costs. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id text, site_id text, cost float8, threshold float8) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8) IS 'Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, cost float8, threshold float8) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id text, site_id text, cost float8, threshold float8, fixed boolean) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, boolean) IS 'The same, with sites that must be open';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, cost float8, threshold float8, fixed boolean) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE FUNCTION p_centre_transition(state location_state, demand_id text, site_id text, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, text, text, float8, int) IS 'Adds what a demand pays to reach a site: transition of p_centre';

CREATE FUNCTION p_centre_transition(state location_state, demand_id bigint, site_id bigint, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, bigint, bigint, float8, int) IS 'The same for integer ids';

CREATE FUNCTION p_centre_transition(state location_state, demand_id text, site_id text, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, text, text, float8, int, boolean) IS 'The same with sites that must be open: transition of p_centre';

CREATE FUNCTION p_centre_transition(state location_state, demand_id bigint, site_id bigint, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, bigint, bigint, float8, int, boolean) IS 'The same for integer ids';

CREATE FUNCTION p_centre(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(location_state) IS 'Of stored costs, by the parameters that the state has. Worst cost of any demand, least with p sites open';

CREATE FUNCTION p_centre(state location_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(location_state, int) IS 'Of stored costs. Worst cost of any demand, least with p sites open';

CREATE AGGREGATE p_centre(demand_id text, site_id text, cost float8, p int) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, int) IS 'p sites with the least worst cost of any demand (Hakimi 1964)';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, cost float8, p int) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, int) IS 'With integer ids: the same as with their decimal text. p sites with the least worst cost of any demand (Hakimi 1964)';

CREATE AGGREGATE p_centre(demand_id text, site_id text, cost float8, p int, fixed boolean) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, int, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, cost float8, p int, fixed boolean) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, int, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION closure_effect_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect_transition(location_state, text, text, float8, float8, boolean, float8) IS 'Adds what a demand pays to reach a site that is open or not: transition of closure_effect and opening_effect';

CREATE FUNCTION closure_effect_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect_transition(location_state, bigint, bigint, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE TYPE location_move AS (site_id text, users float8, cost float8);
COMMENT ON TYPE location_move IS 'Users of a site, where else they go (NULL: nowhere) and the sum of weight times the difference of both costs';

CREATE TYPE closure AS (
    site_id text, users float8, extra_cost float8, mean_extra_cost float8, worst_cost float8, beyond_threshold float8, worst_extra_cost float8, unserved float8,
    moves location_move[]
);
COMMENT ON TYPE closure IS 'An open site and what its closing does to its users: weight, extra cost in sum, per head and at worst, the worst cost then, weight that falls beyond the threshold and weight left without a site, where they go';

CREATE TYPE opening AS (
    site_id text, users float8, saved_cost float8, mean_saved_cost float8, worst_cost float8, within_threshold float8, most_saved_cost float8, newly_served float8,
    moves location_move[]
);
COMMENT ON TYPE opening IS 'A site that is not open and what its opening does: weight of those who would use it, saved cost in sum, per head and at most, their worst cost then, weight that comes within the threshold and weight that had no site, where they come from';

CREATE FUNCTION closure_effect(state location_state) RETURNS closure[]
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect(location_state) IS 'Of stored costs, by the threshold that the state has, if any. What closing each open site by itself does to its users; fixed says which are open';

CREATE FUNCTION closure_effect(state location_state, threshold float8) RETURNS closure[]
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect(location_state, float8) IS 'Of stored costs. What closing each open site by itself does to its users; fixed says which are open';

CREATE AGGREGATE closure_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(text, text, float8, float8, boolean) IS 'What closing each open site by itself does to its users, in the units of weight and cost';

CREATE AGGREGATE closure_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. What closing each open site by itself does to its users, in the units of weight and cost';

CREATE AGGREGATE closure_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(text, text, float8, float8, boolean, float8) IS 'The same, with the weight that falls beyond threshold, in the unit of cost';

CREATE AGGREGATE closure_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with the weight that falls beyond threshold, in the unit of cost';

CREATE FUNCTION opening_effect(state location_state) RETURNS opening[]
    AS 'MODULE_PATHNAME', 'terrbal_opening_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION opening_effect(location_state) IS 'Of stored costs, by the threshold that the state has, if any. What one more open site does, for each that is not open; fixed says which are open';

CREATE FUNCTION opening_effect(state location_state, threshold float8) RETURNS opening[]
    AS 'MODULE_PATHNAME', 'terrbal_opening_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION opening_effect(location_state, float8) IS 'Of stored costs. What one more open site does, for each that is not open; fixed says which are open';

CREATE AGGREGATE opening_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(text, text, float8, float8, boolean) IS 'What one more open site does, for each that is not open, in the units of weight and cost';

CREATE AGGREGATE opening_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. What one more open site does, for each that is not open, in the units of weight and cost';

CREATE AGGREGATE opening_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(text, text, float8, float8, boolean, float8) IS 'The same, with the weight that comes within threshold, in the unit of cost';

CREATE AGGREGATE opening_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with the weight that comes within threshold, in the unit of cost';

-- ---- 50-geometry ----

CREATE FUNCTION neighbour_transition(neighbour_state, id bigint, geom geometry) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, bigint, geometry) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE neighbour_pairs(id bigint, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(bigint, geometry) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE neighbour_state(id bigint, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(bigint, geometry) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION neighbour_transition(neighbour_state, id text, geom geometry, tolerance float8) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, text, geometry, float8) IS 'Adds a unit or a part of one and the tolerance: transition of neighbour_pairs';

CREATE FUNCTION neighbour_transition(neighbour_state, id bigint, geom geometry, tolerance float8) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION neighbour_pairs(neighbour_state, tolerance float8) RETURNS neighbour_pair[]
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_pairs' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_pairs(neighbour_state, float8) IS 'Pairs of stored units no more than tolerance apart, in units of the coordinates, whatever tolerance they came with';

CREATE AGGREGATE neighbour_pairs(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(text, geometry, float8) IS
    'All pairs of units no more than tolerance apart, in units of the coordinates: gaps and overlaps of digitising do not cut neighbours';

CREATE AGGREGATE neighbour_pairs(id bigint, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE neighbour_state(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(text, geometry, float8) IS 'Units, geometries and the tolerance of neighbours as one value to store and roll up';

CREATE AGGREGATE neighbour_state(id bigint, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION compactness(geom geometry, method text DEFAULT 'polsby_popper') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_compactness' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION compactness(geometry, text) IS
    'Compactness of a polygon, 1 at most: polsby_popper 4 pi area / perimeter^2, reock area / least circle, convex_hull area / hull, cohesion mean distance of two points in a circle of that area / in the polygon; error where coordinates are degrees';

-- ---- 51-raster ----
-- raster: cells of raster tiles and of territorial units by column and row of one grid, without PostGIS's raster extension

CREATE FUNCTION raster_cells(raster_wkb bytea, band int DEFAULT 1, origin_x float8 DEFAULT 0, origin_y float8 DEFAULT 0, no_data boolean DEFAULT true)
    RETURNS TABLE (x int, y int, value float8)
    AS 'MODULE_PATHNAME', 'terrbal_raster_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION raster_cells(bytea, int, float8, float8, boolean) IS
    'Pixels of a raster tile, ST_AsWKB(rast), as cells of the coverage''s grid: columns eastwards and rows northwards from the origin, value NULL where there is no data; no_data false leaves those out';

CREATE FUNCTION unit_cells(geom geometry, cell_size float8, origin_x float8 DEFAULT 0, origin_y float8 DEFAULT 0)
    RETURNS TABLE (x int, y int, share float8)
    AS 'MODULE_PATHNAME', 'terrbal_unit_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unit_cells(geometry, float8, float8, float8) IS
    'Cells of a regular grid that a polygon covers and the share of each, 0 to 1, by column and row from the origin; cell_size in units of the coordinates';

-- ---- 52-settlement ----

CREATE OR REPLACE FUNCTION settlement_class(x int, y int, population float8, land_share float8 DEFAULT NULL, built_share float8 DEFAULT NULL, rules text DEFAULT 'eurostat_2021',
                                 cell_area_km2 float8 DEFAULT 1) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_class' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
CREATE OR REPLACE FUNCTION settlement_class_level1(x int, y int, population float8, land_share float8 DEFAULT NULL, built_share float8 DEFAULT NULL, rules text DEFAULT 'eurostat_2021',
                                        cell_area_km2 float8 DEFAULT 1) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_class_level1' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION settlement_level1(class float8) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_level1_number' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION settlement_level1(float8) IS 'The same of a code of any number type';
CREATE FUNCTION urbanisation_accum(urbanisation_state, class float8, population float8, land_area float8) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, float8, float8, float8) IS 'Transition of degree_of_urbanisation over codes of any number type';
CREATE FUNCTION urbanisation_accum(urbanisation_state, class float8, population float8, land_area float8, rules text) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, float8, float8, float8, text) IS 'The same under rules of choice';
CREATE AGGREGATE degree_of_urbanisation(class float8, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(float8, float8, float8) IS 'The same from codes of any number type';
CREATE AGGREGATE degree_of_urbanisation(class float8, population float8, land_area float8, rules text) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(float8, float8, float8, text) IS 'The same from codes of any number type, under rules of choice';
CREATE AGGREGATE urbanisation_state(class float8, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = urbanisation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urbanisation_state(float8, float8, float8) IS 'The same from codes of any number type';




-- ---- 53-landscape ----
-- landscape: patches, edges and mix of maps of classes; how cities grow; mix of uses, density gradients

CREATE TYPE landscape_state;

CREATE FUNCTION landscape_state_in(cstring) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_in(cstring) IS 'Input of landscape_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION landscape_state_out(landscape_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_out(landscape_state) IS 'Output of landscape_state: hexadecimal canonical bytes, equal for equal cells';

CREATE FUNCTION landscape_state_recv(internal) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_recv(internal) IS 'Binary input of landscape_state, fully checked';

CREATE FUNCTION landscape_state_send(landscape_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_send(landscape_state) IS 'Binary output of landscape_state: canonical bytes, big-endian';

CREATE TYPE landscape_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = landscape_state_in, OUTPUT = landscape_state_out, RECEIVE = landscape_state_recv, SEND = landscape_state_send
);
COMMENT ON TYPE landscape_state IS 'A map of classes as runs of equal cells: state of class_metrics and landscape_metrics';

CREATE FUNCTION landscape_combine(landscape_state, landscape_state) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_combine(landscape_state, landscape_state) IS 'Joins the cells of two states';

CREATE FUNCTION landscape_final(landscape_state) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_final(landscape_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(landscape_state) (
    SFUNC = landscape_combine, STYPE = landscape_state, SSPACE = 4096, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(landscape_state) IS 'Stored states together: what one pass over all their cells gives';

CREATE FUNCTION landscape_transition(state landscape_state, x int, y int, class int, cell_size float8) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_transition(landscape_state, int, int, int, float8) IS 'Adds a cell, patches by edges and corners: transition of class_metrics and landscape_metrics';

CREATE FUNCTION landscape_transition(state landscape_state, x int, y int, class int, cell_size float8, neighbours int) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_transition(landscape_state, int, int, int, float8, int) IS 'Adds a cell, patches by 4 or 8 neighbours: transition of class_metrics and landscape_metrics';

CREATE AGGREGATE landscape_state(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_state(int, int, int, float8) IS 'Map of classes as one value to store and roll up; patches by edges and corners';

CREATE AGGREGATE landscape_state(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_state(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE TYPE class_metric AS (
    class int, cells bigint, area float8, share float8, patches bigint, largest_patch_index float8, mean_patch_area float8, effective_mesh_size float8,
    edge_length float8, edge_density float8, mean_shape_index float8, aggregation_index float8
);
COMMENT ON TYPE class_metric IS 'Metrics of one class, as FRAGSTATS defines them; areas and lengths in units of the cell size, largest_patch_index and aggregation_index in per cent';
COMMENT ON COLUMN class_metric.edge_length IS 'Edges to other classes; the border of the map and cells that are not given are none';
COMMENT ON COLUMN class_metric.edge_density IS 'Edge length over the area of the map';
COMMENT ON COLUMN class_metric.mean_shape_index IS 'Mean over patches of perimeter over the least perimeter of as many cells, 1 or more';
COMMENT ON COLUMN class_metric.aggregation_index IS 'Per cent of the edges within the class that as many cells could have; NULL for one cell';

CREATE FUNCTION class_metrics(state landscape_state) RETURNS class_metric[]
    AS 'MODULE_PATHNAME', 'terrbal_class_metrics' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION class_metrics(landscape_state) IS 'Of a stored map. Area, patches, edges, shape and aggregation of each class, ascending';

CREATE AGGREGATE class_metrics(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = class_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_metrics(int, int, int, float8) IS 'Area, patches (by edges and corners), edges, shape and aggregation of each class of a map, ascending; in units of cell_size, share a fraction, indices in per cent (FRAGSTATS)';

CREATE AGGREGATE class_metrics(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = class_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_metrics(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE TYPE landscape_metrics AS (
    patches bigint, edge_density float8, contagion float8, shannon_diversity float8, shannon_evenness float8, simpson_diversity float8, effective_mesh_size float8,
    largest_patch_index float8, classes int, cells bigint, area float8, edge_length float8, mean_patch_area float8, mean_shape_index float8, aggregation_index float8
);
COMMENT ON TYPE landscape_metrics IS
    'Metrics of a map of classes, as FRAGSTATS defines them; areas and lengths in units of the cell size, contagion, largest_patch_index and aggregation_index in per cent';
COMMENT ON COLUMN landscape_metrics.contagion IS 'How far classes lie in large clumps, per cent; NULL for one class';
COMMENT ON COLUMN landscape_metrics.shannon_evenness IS 'Diversity over its maximum for the classes present; NULL for one class';

CREATE FUNCTION landscape_metrics(state landscape_state) RETURNS landscape_metrics
    AS 'MODULE_PATHNAME', 'terrbal_landscape_metrics' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_metrics(landscape_state) IS 'Of a stored map. Patches, edges, contagion, diversity and mesh size of all classes together';

CREATE AGGREGATE landscape_metrics(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_metrics(int, int, int, float8) IS 'Patches (by edges and corners), edges, contagion, diversity and mesh size of a map of classes; in units of cell_size, contagion and indices in per cent (FRAGSTATS)';

CREATE AGGREGATE landscape_metrics(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_metrics(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE FUNCTION patch_id(x int, y int, class int, neighbours int DEFAULT 8) RETURNS int
    AS 'MODULE_PATHNAME', 'terrbal_patch_id' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION patch_id(int, int, int, int) IS
    'Patch of each cell of the partition: connected cells of one class, by 4 (edges) or 8 neighbours (corners too), numbered from 1 by their first cell in order of row, then column';

CREATE TYPE growth_type AS ENUM ('infill', 'extension', 'leapfrog');
COMMENT ON TYPE growth_type IS 'How newly built cells lie to what was built before';

CREATE FUNCTION growth_type(x int, y int, built_before boolean, built_after boolean) RETURNS growth_type
    AS 'MODULE_PATHNAME', 'terrbal_growth_type' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION growth_type(int, int, boolean, boolean) IS
    'Of each newly built cell of the partition: infill where more than half of the ring around its patch was built before, extension where some, leapfrog where nothing (Liu and others 2010); else NULL';

CREATE TYPE urban_extent AS ENUM ('urban', 'suburban', 'rural', 'fringe', 'captured', 'open');
COMMENT ON TYPE urban_extent IS 'Cells of a map of built land; the urban extent is urban, suburban, fringe and captured';

CREATE FUNCTION urban_extent(x int, y int, built boolean, cell_size float8, radius float8 DEFAULT 564.19, fringe float8 DEFAULT 100, captured float8 DEFAULT 2000000) RETURNS urban_extent
    AS 'MODULE_PATHNAME', 'terrbal_urban_extent' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION urban_extent(int, int, boolean, float8, float8, float8, float8) IS
    'Of each cell of the partition: built cells by how much of the circle of radius around them is built (urban, suburban, rural), open ones as fringe, captured or open (Angel and others 2016); defaults in metres and square metres';

CREATE FUNCTION built_share_around(x int, y int, built boolean, cell_size float8, radius float8 DEFAULT 564.19) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_built_share_around' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION built_share_around(int, int, boolean, float8, float8) IS
    'Share of built cells, 0 to 1, in the circle around each cell of the partition; cells not given are not built';

CREATE TYPE land_use_state;

CREATE FUNCTION land_use_state_in(cstring) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_in(cstring) IS 'Input of land_use_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION land_use_state_out(land_use_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_out(land_use_state) IS 'Output of land_use_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION land_use_state_recv(internal) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_recv(internal) IS 'Binary input of land_use_state, fully checked';

CREATE FUNCTION land_use_state_send(land_use_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_send(land_use_state) IS 'Binary output of land_use_state: canonical bytes, big-endian';

CREATE TYPE land_use_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = land_use_state_in, OUTPUT = land_use_state_out, RECEIVE = land_use_state_recv, SEND = land_use_state_send
);
COMMENT ON TYPE land_use_state IS 'Areas by use: state of land_use_mix';

CREATE FUNCTION land_use_combine(land_use_state, land_use_state) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_combine(land_use_state, land_use_state) IS 'Joins the rows of two states';

CREATE FUNCTION land_use_final(land_use_state) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_final(land_use_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(land_use_state) (
    SFUNC = land_use_combine, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(land_use_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION land_use_transition(state land_use_state, use text, area float8) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_transition(land_use_state, text, float8) IS 'Adds an area of a use: transition of land_use_mix';

CREATE AGGREGATE land_use_state(use text, area float8) (
    SFUNC = land_use_transition, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE land_use_state(text, float8) IS 'Areas by use as one value to store and roll up';

CREATE TYPE land_use_mix AS (uses int, entropy float8, simpson float8, dominance float8, largest text, area float8, shannon float8);
COMMENT ON TYPE land_use_mix IS 'How mixed uses are: entropy 0 (one use) to 1 (all of the uses present alike), Simpson diversity, share of the largest use';

CREATE FUNCTION land_use_mix(state land_use_state) RETURNS land_use_mix
    AS 'MODULE_PATHNAME', 'terrbal_land_use_mix' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_mix(land_use_state) IS 'Of stored areas. Entropy, Simpson diversity and dominance of uses';

CREATE AGGREGATE land_use_mix(use text, area float8) (
    SFUNC = land_use_transition, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_mix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE land_use_mix(text, float8) IS 'Entropy (0 to 1), Simpson diversity and dominance of uses by area; rows of one use add up (Frank and Pivo 1994)';

CREATE TYPE density_gradient AS (form text, central_density float8, gradient float8, gradient_se float8, r2 float8, n bigint, empty bigint);
COMMENT ON TYPE density_gradient IS
    'Density by distance: exponential, central_density * exp(-gradient * r), or power, central_density * r^-gradient; standard error of the gradient and R2 of ln density';

CREATE FUNCTION density_gradient(state paired_state) RETURNS density_gradient
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient(paired_state) IS 'Of stored places, paired_state(distance, density). The better of both forms by R2';

CREATE FUNCTION density_gradient(state paired_state, form text) RETURNS density_gradient
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient(paired_state, text) IS 'Of stored places, in the form asked for: exponential (Clark 1951) or power (Smeed 1963)';

CREATE FUNCTION density_gradient_transition(state paired_state, distance float8, population float8, area float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient_transition(paired_state, float8, float8, float8) IS 'Adds a place with its distance and density: transition of density_gradient';

CREATE AGGREGATE density_gradient(distance float8, population float8, area float8) (
    SFUNC = density_gradient_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = density_gradient, PARALLEL = SAFE
);
COMMENT ON AGGREGATE density_gradient(float8, float8, float8) IS 'How density falls with distance from the centre, exponentially or by a power, whichever fits better; places without people are left out';

CREATE FUNCTION pycnophylactic(x int, y int, zone text, total float8, relaxation float8 DEFAULT 0.2, tolerance float8 DEFAULT 0.001) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_pycnophylactic' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pycnophylactic(int, int, text, float8, float8, float8) IS
    'People of each cell of the partition: a smooth surface that keeps the total of every zone and is nowhere negative (Tobler 1979); relaxation is the weight of a cell itself in a step';
CREATE FUNCTION pycnophylactic(x int, y int, zone bigint, total float8, relaxation float8 DEFAULT 0.2, tolerance float8 DEFAULT 0.001) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_pycnophylactic_number' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pycnophylactic(int, int, bigint, float8, float8, float8) IS
    'With integer zones: the same as with their decimal text. People of each cell of the partition: a smooth surface that keeps the total of every zone and is nowhere negative (Tobler 1979); relaxation is the weight of a cell itself in a step';

-- ---- 54-demography ----

CREATE FUNCTION oecd_rural_region(rural_share float8, city_population float8, city_share float8, intermediate_limit float8 DEFAULT 0.15, rural_limit float8 DEFAULT 0.5,
                                  small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000, city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_rural_region_city' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'The same with the third step: a city of more than small_city people that is at least city_share_limit of the region lifts a rural region to intermediate, one of more than large_city an intermediate region to urban (OECD regional typology)';
CREATE FUNCTION eurostat_rural_region(rural_share float8, city_population float8 DEFAULT 0, city_share float8 DEFAULT 0, intermediate_limit float8 DEFAULT 0.2,
                                      rural_limit float8 DEFAULT 0.5, small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000,
                                      city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_eurostat_rural_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION eurostat_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'Region by the share of its population outside urban clusters: predominantly rural from 0.5, intermediate above 0.2, else predominantly urban, with the third step for cities (Eurostat urban-rural typology)';

CREATE FUNCTION oecd_access_region(large_share float8, metropolitan_share float8, near_metropolitan_share float8, near_city_share float8, share_limit float8 DEFAULT 0.5) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_access_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_access_region(float8, float8, float8, float8, float8) IS
    'Region by access to cities: MR-L, MR-M (most people live in metropolitan areas, large or not), NMR-M, NMR-S (most reach a metropolitan area, or a smaller city, within an hour), NMR-R (OECD 2019)';

CREATE TYPE projection_state;

CREATE FUNCTION projection_state_in(cstring) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_in(cstring) IS 'Input of projection_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION projection_state_out(projection_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_out(projection_state) IS 'Output of projection_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION projection_state_recv(internal) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_recv(internal) IS 'Binary input of projection_state, fully checked';

CREATE FUNCTION projection_state_send(projection_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_send(projection_state) IS 'Binary output of projection_state: canonical bytes, big-endian';

CREATE TYPE projection_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = projection_state_in, OUTPUT = projection_state_out, RECEIVE = projection_state_recv, SEND = projection_state_send
);
COMMENT ON TYPE projection_state IS 'Rates between cells and the populations of these: state of projection';

CREATE FUNCTION projection_combine(projection_state, projection_state) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_combine(projection_state, projection_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION projection_final(projection_state) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_final(projection_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION projection_transition(state projection_state, from_cell text, to_cell text, rate float8, population float8, steps int) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_transition(projection_state, text, text, float8, float8, int) IS 'Adds one rate from a cell to another: transition of projection';

CREATE TYPE projection_step AS (step int, cell text, population float8);
COMMENT ON TYPE projection_step IS 'The population of a cell after so many steps; step 0 is the start';

CREATE FUNCTION projection(state projection_state) RETURNS projection_step[]
    AS 'MODULE_PATHNAME', 'terrbal_projection' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection(projection_state) IS 'Of stored rates, over the steps that the state has. Populations of all cells';

CREATE FUNCTION projection(state projection_state, steps int) RETURNS projection_step[]
    AS 'MODULE_PATHNAME', 'terrbal_projection' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection(projection_state, int) IS 'Of stored rates. Populations of all cells over so many steps';

CREATE AGGREGATE projection(from_cell text, to_cell text, rate float8, population float8, steps int) (
    SFUNC = projection_transition, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection, PARALLEL = SAFE
);
COMMENT ON AGGREGATE projection(text, text, float8, float8, int) IS 'Populations of cells (zone, sex, age) moved forward by constant rates of survival, moving and birth: people in to_cell per person in from_cell and step (Leslie 1945, Rogers 1966)';

CREATE AGGREGATE projection_state(from_cell text, to_cell text, rate float8, population float8, steps int) (
    SFUNC = projection_transition, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE projection_state(text, text, float8, float8, int) IS 'Rates between cells and their populations of a group as one value to store and roll up';

CREATE AGGREGATE rollup(projection_state) (
    SFUNC = projection_combine, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(projection_state) IS 'Stored states together: what one pass over all their rows gives';

-- ---- 55-polycentricity ----

ALTER TYPE moran_result ADD ATTRIBUTE variance_random float8, ADD ATTRIBUTE z_random float8, ADD ATTRIBUTE p_random float8;
COMMENT ON TYPE moran_result IS 'Moran''s I with its expectation and z under normality, and under randomisation; p two-sided normal, or by permutation on the side of I';

CREATE AGGREGATE functional_polycentricity(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = functional_polycentricity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_polycentricity(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Balance of inflows between centres times the share of possible links in use, 0 one centre to 1 all equal (Green 2007, special)';

CREATE FUNCTION spatial_transition(spatial_state, unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION spatial_transition(spatial_state, unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE AGGREGATE moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Moran''s I over ordered pairs of neighbours: above expected, like lies beside like (Moran 1950; Cliff and Ord 1981)';

CREATE AGGREGATE moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE local_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Local Moran of every unit with its quadrant: high-high and low-low clusters, high-low and low-high outliers (Anselin 1995)';

CREATE AGGREGATE local_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE spatial_gini(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Gini split into differences between neighbours and between others, over ordered pairs (Rey and Smith 2013)';

CREATE AGGREGATE spatial_gini(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE spatial_state(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_state(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Pairs of neighbours with their values as one value to store and roll up';



-- ---- 56-composite ----

CREATE TYPE rank_range AS (rank int, best int, p05 int, median int, p95 int, worst int, top float8);
COMMENT ON TYPE rank_range IS
    'Result of rank_range: rank by the weights as given; over the draws best, 5 %, median, 95 % and worst rank, and the share of draws in which the unit is among the top';

CREATE FUNCTION rank_range(scores float8[], weights float8[] DEFAULT NULL, spread float8 DEFAULT 0.25, aggregations text[] DEFAULT '{arithmetic}',
                           draws int DEFAULT 1000, seed bigint DEFAULT 0, top int DEFAULT 1) RETURNS rank_range
    AS 'MODULE_PATHNAME', 'terrbal_rank_range' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION rank_range(float8[], float8[], float8, text[], int, bigint, int) IS
    'Ranks of a unit over drawn weights, between w (1 - spread) and w (1 + spread), or any weights where they are NULL, and over aggregations; 1 is the highest index (Saisana, Saltelli and Tarantola 2005)';

CREATE TYPE benefit_of_the_doubt AS (index float8, shares float8[]);
COMMENT ON TYPE benefit_of_the_doubt IS 'Result of benefit_of_the_doubt: index from 0 to 1, and the share of each part in it under the weights that suit the unit best';

CREATE FUNCTION benefit_of_the_doubt(scores float8[], low float8[] DEFAULT NULL, high float8[] DEFAULT NULL) RETURNS benefit_of_the_doubt
    AS 'MODULE_PATHNAME', 'terrbal_benefit_of_the_doubt' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION benefit_of_the_doubt(float8[], float8[], float8[]) IS
    'Composite index by the weights that show each unit best against all others, with bounds on the share of each part: exact linear programs (Cherchye and others 2007)';

-- ---- 57-sdg ----




-- ---- 58-segregation ----

CREATE TYPE segregation_state;

CREATE FUNCTION segregation_state_in(cstring) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_in(cstring) IS 'Input of segregation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION segregation_state_out(segregation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_out(segregation_state) IS 'Output of segregation_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION segregation_state_recv(internal) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_recv(internal) IS 'Binary input of segregation_state, fully checked';

CREATE FUNCTION segregation_state_send(segregation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_send(segregation_state) IS 'Binary output of segregation_state: canonical bytes, big-endian';

CREATE TYPE segregation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = segregation_state_in, OUTPUT = segregation_state_out, RECEIVE = segregation_state_recv, SEND = segregation_state_send
);
COMMENT ON TYPE segregation_state IS 'Counts by unit, group and perhaps parent: state of segregation';

CREATE FUNCTION segregation_combine(segregation_state, segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_combine(segregation_state, segregation_state) IS 'Joins the rows of two states';

CREATE FUNCTION segregation_final(segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_final(segregation_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8) IS 'Adds people of a group in a unit: transition of segregation';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp bigint, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp text, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, text, float8) IS 'The same for integer ids';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp bigint, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8, parent text) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8, text) IS 'Adds people of a group in a unit of a parent: transition of segregation_decomposition';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp bigint, count float8, parent text) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp text, count float8, parent bigint) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, text, float8, bigint) IS 'The same for integer ids';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp bigint, count float8, parent bigint) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8) IS 'Counts by unit and group as one value to store and roll up';

CREATE AGGREGATE segregation_state(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Counts by unit and group as one value to store and roll up';

CREATE AGGREGATE segregation_state(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8, text) IS 'The same with the larger unit of each, for segregation_decomposition';

CREATE AGGREGATE segregation_state(unit text, grp bigint, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit bigint, grp text, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, text, float8, bigint) IS 'With integer ids: the same as with their decimal text. The same with the larger unit of each, for segregation_decomposition';

CREATE AGGREGATE segregation_state(unit bigint, grp bigint, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE rollup(segregation_state) (
    SFUNC = segregation_combine, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(segregation_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE segregation AS (
    units int, groups int, total float8, dissimilarity float8, gini float8, isolation float8[], entropy_index float8, mutual_information float8,
    relative_diversity float8, exposure float8[], grp text[], entropy float8
);
COMMENT ON TYPE segregation IS 'Indices of segregation of two or more groups, 0 where all units are alike; isolation and exposure in the order of grp; information in nats';

CREATE FUNCTION segregation(state segregation_state) RETURNS segregation
    AS 'MODULE_PATHNAME', 'terrbal_segregation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation(segregation_state) IS 'Of stored counts. Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure';

CREATE AGGREGATE segregation(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(text, text, float8) IS 'Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure of groups over units; rows of one cell add up (Duncan and Duncan 1955, Theil 1972)';

CREATE AGGREGATE segregation(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure of groups over units; rows of one cell add up (Duncan and Duncan 1955, Theil 1972)';

CREATE AGGREGATE segregation(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_decomposition AS (
    mutual_information float8, "between" float8, within float8, entropy_index float8, entropy_between float8, entropy_within float8
);
COMMENT ON TYPE segregation_decomposition IS 'Segregation between larger units and within them; the parts add up to the whole';

CREATE FUNCTION segregation_decomposition(state segregation_state) RETURNS segregation_decomposition
    AS 'MODULE_PATHNAME', 'terrbal_segregation_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_decomposition(segregation_state) IS 'Of stored counts with parents. Mutual information and H between the parents and within them';

CREATE AGGREGATE segregation_decomposition(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(text, text, float8, text) IS 'Mutual information and H between larger units and within them, in nats and as fractions; they add up exactly (Theil and Finizza 1971)';

CREATE AGGREGATE segregation_decomposition(unit text, grp bigint, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_decomposition(unit bigint, grp text, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(bigint, text, float8, bigint) IS 'With integer ids: the same as with their decimal text. Mutual information and H between larger units and within them, in nats and as fractions; they add up exactly (Theil and Finizza 1971)';

CREATE AGGREGATE segregation_decomposition(unit bigint, grp bigint, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_unit AS (unit text, total float8, share float8, score float8);
COMMENT ON TYPE segregation_unit IS 'Local segregation: how far a unit''s mix is from that of all; sum(share * score) is the mutual information';

CREATE FUNCTION local_segregation(state segregation_state) RETURNS segregation_unit[]
    AS 'MODULE_PATHNAME', 'terrbal_local_segregation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_segregation(segregation_state) IS 'Of stored counts. Score of every unit, ordered by id';

CREATE AGGREGATE local_segregation(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(text, text, float8) IS 'Score of every unit: how far its mix of groups is from that of all, in nats (Elbers 2021)';

CREATE AGGREGATE local_segregation(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE local_segregation(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Score of every unit: how far its mix of groups is from that of all, in nats (Elbers 2021)';

CREATE AGGREGATE local_segregation(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_difference AS (
    before float8, after float8, difference float8, additions float8, removals float8, unit_marginal float8, group_marginal float8, structural float8
);
COMMENT ON TYPE segregation_difference IS 'Mutual information at two dates in nats and what has changed it; the five parts add up to the difference';

CREATE FUNCTION segregation_difference(before segregation_state, after segregation_state) RETURNS segregation_difference
    AS 'MODULE_PATHNAME', 'terrbal_segregation_difference' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_difference(segregation_state, segregation_state) IS
    'How segregation has changed between two dates: by units and groups that came or went, by their sizes, and by who lives where (Elbers 2021)';

CREATE FUNCTION dissimilarity_transition(state paired_state, count_a float8, count_b float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity_transition(paired_state, float8, float8) IS 'Adds one unit with its two counts: transition of dissimilarity';

CREATE FUNCTION dissimilarity(state paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity(paired_state) IS 'Of stored units, paired_state(count_a, count_b). Dissimilarity of two groups';

CREATE AGGREGATE dissimilarity(count_a float8, count_b float8) (
    SFUNC = dissimilarity_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = dissimilarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dissimilarity(float8, float8) IS 'Share of either group that would have to move for all units to be alike (Duncan and Duncan 1955); one row a unit';


-- ---- 59-transition ----

CREATE TYPE transition_state;

CREATE FUNCTION transition_state_in(cstring) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_in(cstring) IS 'Input of transition_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION transition_state_out(transition_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_out(transition_state) IS 'Output of transition_state: hexadecimal canonical bytes, equal for equal sums';

CREATE FUNCTION transition_state_recv(internal) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_recv(internal) IS 'Binary input of transition_state, fully checked';

CREATE FUNCTION transition_state_send(transition_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_send(transition_state) IS 'Binary output of transition_state: canonical bytes, big-endian';

CREATE TYPE transition_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = transition_state_in, OUTPUT = transition_state_out, RECEIVE = transition_state_recv, SEND = transition_state_send
);
COMMENT ON TYPE transition_state IS 'Summed areas by class before and after: state of transition_matrix, class_changes, partition_similarity';

CREATE FUNCTION transition_transition(state transition_state, before text, after text, area float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_transition(transition_state, text, text, float8) IS 'Adds an area with its classes before and after: transition of transition_matrix';

CREATE FUNCTION transition_transition(state transition_state, before bigint, after bigint, area float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_transition(transition_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION partition_transition(state transition_state, area_a text, area_b text, weight float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_partition_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_transition(transition_state, text, text, float8) IS 'Adds a unit with its areas in two partitions: transition of partition_similarity';

CREATE FUNCTION partition_transition(state transition_state, area_a bigint, area_b bigint, weight float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_partition_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_transition(transition_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION transition_combine(transition_state, transition_state) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_combine(transition_state, transition_state) IS 'Adds the areas of two states';

CREATE FUNCTION transition_final(transition_state) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_final(transition_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE transition_state(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_state(text, text, float8) IS 'Areas by class before and after as one value to store and roll up';

CREATE AGGREGATE transition_state(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Areas by class before and after as one value to store and roll up';

CREATE AGGREGATE rollup(transition_state) (
    SFUNC = transition_combine, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(transition_state) IS 'Sum of stored areas: what one pass over all their rows gives';

CREATE TYPE transition AS (before text, after text, area float8, share_of_before float8, share_of_after float8);
COMMENT ON TYPE transition IS 'Area that was one class and is another, with its share of either; ordered by before, after';

CREATE FUNCTION transition_matrix(state transition_state) RETURNS transition[]
    AS 'MODULE_PATHNAME', 'terrbal_transition_matrix' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_matrix(transition_state) IS 'Of stored sums. Every pair of classes with an area';

CREATE AGGREGATE transition_matrix(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_matrix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_matrix(text, text, float8) IS 'What became of what: every pair of classes with an area, its share of the class before and after, fractions (Pontius, Shusas and McEachern 2004)';

CREATE AGGREGATE transition_matrix(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_matrix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_matrix(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. What became of what: every pair of classes with an area, its share of the class before and after, fractions (Pontius, Shusas and McEachern 2004)';

CREATE TYPE class_change AS (class text, before float8, after float8, persistence float8, gain float8, loss float8, net float8, swap float8);
COMMENT ON TYPE class_change IS 'Change of a class (Pontius, Shusas and McEachern 2004): gain and loss, of which swap is change of place only';

CREATE FUNCTION class_changes(state transition_state) RETURNS class_change[]
    AS 'MODULE_PATHNAME', 'terrbal_class_changes' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION class_changes(transition_state) IS 'Of stored sums. Gain, loss, net change and swap of every class';

CREATE AGGREGATE class_changes(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = class_changes, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_changes(text, text, float8) IS 'Gain, loss, net change, swap and persistence of every class between two maps, in the unit of area (Pontius, Shusas and McEachern 2004)';

CREATE AGGREGATE class_changes(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = class_changes, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_changes(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Gain, loss, net change, swap and persistence of every class between two maps, in the unit of area (Pontius, Shusas and McEachern 2004)';

CREATE TYPE partition_similarity AS (rand float8, adjusted_rand float8, variation_of_information float8, moved_share float8, total float8);
COMMENT ON TYPE partition_similarity IS 'How alike two partitions of the same units are; variation of information in nats';

CREATE FUNCTION partition_similarity(state transition_state) RETURNS partition_similarity
    AS 'MODULE_PATHNAME', 'terrbal_partition_similarity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_similarity(transition_state) IS 'Of stored sums. Rand, adjusted Rand, variation of information, share that moves';

CREATE AGGREGATE partition_similarity(area_a text, area_b text, weight float8) (
    SFUNC = partition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = partition_similarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE partition_similarity(text, text, float8) IS 'How alike two partitions of the same units are: Rand, adjusted Rand, variation of information, share of weight outside the area that takes most of its old one (Rand 1971, Hubert and Arabie 1985, Meila 2007)';

CREATE AGGREGATE partition_similarity(area_a bigint, area_b bigint, weight float8) (
    SFUNC = partition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = partition_similarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE partition_similarity(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. How alike two partitions of the same units are: Rand, adjusted Rand, variation of information, share of weight outside the area that takes most of its old one (Rand 1971, Hubert and Arabie 1985, Meila 2007)';


-- ---- 60-regression ----

ALTER TYPE regression ADD ATTRIBUTE test_df float8[];

CREATE TYPE interval_bounds AS (low float8[], high float8[]);
COMMENT ON TYPE interval_bounds IS 'Confidence limits, one a coefficient in the order of the regression; NULL where the error is unknown';

CREATE FUNCTION confidence_interval(fit regression, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(regression, float8) IS 'Limits of every coefficient: coefficient -/+ t quantile at df times standard error; level as a fraction';

CREATE FUNCTION ols_cr2(state cluster_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cr2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cr2(cluster_state) IS 'Of stored clusters. Least squares with errors for few clusters (CR2) and Satterthwaite degrees of freedom in test_df';

CREATE AGGREGATE ols_cr2(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr2(float8, float8[], text) IS 'Least squares with errors for few clusters: CR2 (Bell and McCaffrey 2002), t with Satterthwaite degrees of freedom of each coefficient';

CREATE FUNCTION ols_cr3(state cluster_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cr3' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cr3(cluster_state) IS 'Of stored clusters. Least squares with errors by leaving out clusters (CR3) and Satterthwaite degrees of freedom in test_df';

CREATE AGGREGATE ols_cr3(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr3, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr3(float8, float8[], text) IS 'Least squares with errors by leaving out clusters: CR3 (Bell and McCaffrey 2002), never too small in expectation; t with Satterthwaite degrees of freedom';

CREATE TYPE wild_cluster_bootstrap AS (estimate float8, t float8, p float8, low float8, high float8, clusters bigint, replications int, enumerated boolean);
COMMENT ON TYPE wild_cluster_bootstrap IS 'Estimate of a term, its t by the cluster sandwich, and p and interval by signs of clusters; enumerated: of all signs, without chance';

CREATE FUNCTION wild_cluster_bootstrap(state cluster_state, term int, replications int DEFAULT 999, seed bigint DEFAULT 0, level float8 DEFAULT 0.95) RETURNS wild_cluster_bootstrap
    AS 'MODULE_PATHNAME', 'terrbal_wild_cluster_bootstrap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wild_cluster_bootstrap(cluster_state, int, int, bigint, float8) IS 'Of stored clusters. p and interval of one term (its place in x, from 1) with few clusters, null imposed, Rademacher signs (Cameron, Gelbach and Miller 2008)';

CREATE TYPE confidence_limits AS (low float8, high float8);
COMMENT ON TYPE confidence_limits IS 'Confidence limits of one estimate, in its unit';

CREATE FUNCTION confidence_interval(estimate float8, standard_error float8, df float8 DEFAULT NULL, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(float8, float8, float8, float8) IS 'Limits of any estimate by its standard error: t with df degrees of freedom, normal where df is NULL; level as a fraction';

CREATE TYPE prediction AS (value float8, se float8, low float8, high float8, forecast_se float8, forecast_low float8, forecast_high float8);
COMMENT ON TYPE prediction IS 'Value of a fitted regression with the error and limits of its mean, and of one new y there; in the unit of y';

CREATE FUNCTION prediction(fit regression, x float8[], level float8 DEFAULT 0.95) RETURNS prediction
    AS 'MODULE_PATHNAME', 'terrbal_prediction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION prediction(regression, float8[], float8) IS 'Value of a fitted regression at x with its standard error and limits, and those of one new observation (sigma added); level as a fraction';

CREATE FUNCTION confidence_interval(fit beta_convergence, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(beta_convergence, float8) IS 'Limits of beta by t with n - 2 degrees of freedom; level as a fraction';

CREATE FUNCTION regression_rows_transition(state regression_rows, y float8, x float8[], kind text, weight float8) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_transition(regression_rows, float8, float8[], text, float8) IS 'Keeps one weighted row: transition of ols_robust without a fit';

CREATE AGGREGATE ols_robust(y float8, x float8[], kind text, weight float8) (
    SFUNC = regression_rows_transition, STYPE = regression_rows, SSPACE = 65536, COMBINEFUNC = regression_rows_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], text, float8) IS 'Weighted least squares with robust errors, (w e)^2 as the variance of a row; weights are inverse variances up to a factor';

CREATE FUNCTION robust_transition(state robust_state, y float8, x float8[], fit regression, kind text, weight float8) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION robust_transition(robust_state, float8, float8[], regression, text, float8) IS 'Adds the squared residual of one weighted row: transition of ols_robust with a fit';

CREATE AGGREGATE ols_robust(y float8, x float8[], fit regression, kind text, weight float8) (
    SFUNC = robust_transition, STYPE = robust_state, SSPACE = 8192, COMBINEFUNC = robust_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], regression, text, float8) IS 'Robust errors as a second pass over the rows of a finished weighted ols fit, with the same weights';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster bigint) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Adds one row to the moments of its cluster: transition of ols_cluster';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster bigint, weight float8) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Adds one weighted row to the moments of its cluster: transition of ols_cluster';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster bigint, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Weighted cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster bigint, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Weighted least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE ols_cr2(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr2(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with errors for few clusters: CR2 (Bell and McCaffrey 2002), t with Satterthwaite degrees of freedom of each coefficient';

CREATE AGGREGATE ols_cr3(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr3, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr3(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with errors by leaving out clusters: CR3 (Bell and McCaffrey 2002), never too small in expectation; t with Satterthwaite degrees of freedom';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8) IS 'Adds one row to cross moments, its 1 regressor as an argument: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8) IS 'What ols(y, ARRAY[x1]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8) IS 'What moment_state(y, ARRAY[x1]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8) IS 'Adds one row to cross moments, its 2 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 3 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8, x4 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 4 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8, x4 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3, x4]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8, x4 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3, x4]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 5 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3, x4, x5]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3, x4, x5]) returns: cross moments to store, roll up and fit later';

-- ---- 61-difference ----

ALTER TYPE event_point ADD ATTRIBUTE df bigint;
COMMENT ON TYPE event_point IS 'Difference in differences of one period against the base period, the rows of each group in it, and the degrees of freedom of p';

CREATE FUNCTION confidence_interval(effect difference_in_differences, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(difference_in_differences, float8) IS 'Limits of the estimate by se and df, clustered where it is; level as a fraction';

CREATE FUNCTION confidence_interval(point event_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(event_point, float8) IS 'Limits of the estimate of one period by se and df; level as a fraction';

CREATE FUNCTION difference_cluster_transition(state cluster_state, y float8, treated boolean, post boolean, cluster bigint) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_difference_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_cluster_transition(cluster_state, float8, boolean, boolean, bigint) IS 'With integer clusters: the same as with their decimal text. Adds one row to its cluster: transition of clustered difference_in_differences';

CREATE AGGREGATE difference_in_differences(y float8, treated boolean, post boolean, cluster bigint) (
    SFUNC = difference_cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = difference_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, bigint) IS 'With integer clusters: the same as with their decimal text. Difference in differences whose se and p allow for errors shared within clusters (as ols_cluster)';

-- ---- 62-assessment ----

CREATE FUNCTION bootstrap_standard_error(state paired_state, index text, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_ratio_standard_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_standard_error(paired_state, text, integer, bigint) IS 'Bootstrap standard error of a figure of ratio_study: median, mean, weighted_mean, cod, cov, prd, prb, ki or mki; same seed, same answer (Efron 1979)';

CREATE FUNCTION bootstrap_quantile(state paired_state, index text, p float8, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_ratio_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_quantile(paired_state, text, float8, integer, bigint) IS 'Quantile p of the bootstrap distribution of a figure of ratio_study: 0.025 and 0.975 bound a 95 % percentile interval (IAAO; Efron 1979)';

-- ---- 63-probability ----

CREATE FUNCTION normal_probability(z float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normal_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION normal_probability(float8) IS 'P(Z <= z) of the standard normal distribution';

CREATE FUNCTION normal_quantile(p float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normal_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION normal_quantile(float8) IS 'z with P(Z <= z) = p; 0 < p < 1. normal_quantile(0.975) = 1.96';

CREATE FUNCTION student_probability(t float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_student_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION student_probability(float8, float8) IS 'P(T <= t) of the t distribution; df > 0, fractions allowed';

CREATE FUNCTION student_quantile(p float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_student_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION student_quantile(float8, float8) IS 't with P(T <= t) = p; 0 < p < 1. Half-width of a 95 percent interval: standard error times student_quantile(0.975, df)';

CREATE FUNCTION chi_square_probability(x float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_chi_square_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chi_square_probability(float8, float8) IS 'P(X <= x) of the chi-square distribution; df > 0';

CREATE FUNCTION chi_square_quantile(p float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_chi_square_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chi_square_quantile(float8, float8) IS 'x with P(X <= x) = p of the chi-square distribution; 0 < p < 1';

CREATE FUNCTION f_probability(f float8, df1 float8, df2 float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_f_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION f_probability(float8, float8, float8) IS 'P(F <= f) of the F distribution; df1, df2 > 0';

CREATE FUNCTION f_quantile(p float8, df1 float8, df2 float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_f_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION f_quantile(float8, float8, float8) IS 'f with P(F <= f) = p of the F distribution; 0 < p < 1';


-- ---- 64-price_index ----

CREATE FUNCTION confidence_interval(point index_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(index_point, float8) IS 'Limits of an index of prices, symmetric in its logarithm: index times exp(-/+ normal quantile times se / index)';

-- ---- 65-panel ----

CREATE TYPE panel_state;

CREATE FUNCTION panel_state_in(cstring) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION panel_state_in(cstring) IS 'Input of panel_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION panel_state_out(panel_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_panel_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION panel_state_out(panel_state) IS 'Output of panel_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION panel_state_recv(internal) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION panel_state_recv(internal) IS 'Binary input of panel_state, fully checked';

CREATE FUNCTION panel_state_send(panel_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_panel_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION panel_state_send(panel_state) IS 'Binary output of panel_state: canonical bytes, big-endian';

CREATE TYPE panel_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = panel_state_in, OUTPUT = panel_state_out, RECEIVE = panel_state_recv, SEND = panel_state_send
);
COMMENT ON TYPE panel_state IS 'Rows of y and x with one or two ids, or with instruments: state of fixed effects, two-way clusters and two stages';

CREATE FUNCTION panel_combine(panel_state, panel_state) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_combine(panel_state, panel_state) IS 'Joins the rows of two states';

CREATE FUNCTION panel_final(panel_state) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_final(panel_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(panel_state) (
    SFUNC = panel_combine, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(panel_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text) IS 'Adds a row of a unit: transition of ols_fixed_effects';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period text) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, text) IS 'Adds a row with two ids: transition of ols_fixed_effects, ols_cluster2, poisson_fixed_effects';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, clustered boolean) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, boolean) IS 'The same, with errors clustered by unit or not';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period text, clustered boolean) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, text, boolean) IS 'The same, with errors clustered by unit or not';

CREATE FUNCTION panel_transition(state panel_state, y float8, endogenous float8[], exogenous float8[], instruments float8[]) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_instrument_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], float8[], float8[]) IS 'Adds a row with instruments: transition of two_stage';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text) IS 'Rows with a unit as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, text) IS 'Rows with a unit and a period, two clusters, or origin and destination, as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, boolean) IS 'Rows for errors clustered by unit';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period text, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, text, boolean) IS 'Rows for errors clustered by unit';

CREATE AGGREGATE panel_state(y float8, endogenous float8[], exogenous float8[], instruments float8[]) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], float8[], float8[]) IS 'Rows with instruments as one value to store and roll up';

CREATE FUNCTION ols_cluster2(state panel_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cluster2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cluster2(panel_state) IS 'Of stored rows with two ids. Least squares with errors clustered in two ways';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a text, cluster_b text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], text, text) IS 'Least squares with errors clustered in two ways (Cameron, Gelbach and Miller 2011): V_a + V_b - V_ab, t with the fewer clusters less 1';

CREATE FUNCTION ols_fixed_effects(state panel_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_fixed_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_fixed_effects(panel_state) IS 'Of stored rows. Slopes within units, or within units and periods where all rows have one';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text) IS 'Slopes within units, as with a dummy for each; df after absorption';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, text) IS 'Slopes within units and periods, as with a dummy for each of both; df after absorption';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, boolean) IS 'The same; clustered: errors clustered by unit';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period text, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, text, boolean) IS 'The same; clustered: errors clustered by unit';

CREATE FUNCTION poisson_fixed_effects(state panel_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_poisson_fixed_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION poisson_fixed_effects(panel_state) IS 'Of stored rows with two ids. Poisson regression of flows with effects of origins and destinations';

CREATE AGGREGATE poisson_fixed_effects(y float8, x float8[], origin text, destination text) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = poisson_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poisson_fixed_effects(float8, float8[], text, text) IS 'Poisson pseudo maximum likelihood with effects of origins and destinations, errors HC1; zero flows count (Santos Silva and Tenreyro 2006)';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], origin bigint, destination bigint) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, bigint) IS 'The same with integer ids: transition of poisson_fixed_effects';

CREATE AGGREGATE poisson_fixed_effects(y float8, x float8[], origin bigint, destination bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = poisson_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poisson_fixed_effects(float8, float8[], bigint, bigint) IS 'The same with integer ids';

CREATE TYPE two_stage AS (
    coefficients float8[], standard_errors float8[], t float8[], p float8[], vcov float8[], r2 float8, adjusted_r2 float8, sigma float8, rss float8,
    f float8, aic float8, bic float8, n bigint, df bigint, rank int, reciprocal_condition float8, aliased int[],
    f_p float8, log_likelihood float8, constant boolean, covariance text, clusters bigint, test_df float8[],
    first_stage_f float8, overidentification float8, overidentification_p float8, overidentification_df int, first_stage float8[], robust_errors float8[]
);
COMMENT ON TYPE two_stage IS 'Fit in two stages, endogenous regressors first; the least first-stage F, Sargan''s test, each first-stage F, errors HC1';

CREATE FUNCTION two_stage(state panel_state) RETURNS two_stage
    AS 'MODULE_PATHNAME', 'terrbal_two_stage' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION two_stage(panel_state) IS 'Of stored rows with instruments. Two-stage least squares';

CREATE AGGREGATE two_stage(y float8, endogenous float8[], exogenous float8[], instruments float8[]) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = two_stage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE two_stage(float8, float8[], float8[], float8[]) IS 'Two-stage least squares with first-stage F and Sargans test; a constant is an element of exogenous';

CREATE FUNCTION confidence_interval(fit two_stage, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(two_stage, float8) IS 'Limits of every coefficient, endogenous regressors first, by t with df; level as a fraction';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period text, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, text, float8) IS 'Adds a weighted row with two ids: transition of ols_cluster2, poisson_fixed_effects';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, clustered boolean, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, boolean, float8) IS 'Adds a weighted row of a unit: transition of ols_fixed_effects';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period text, clustered boolean, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, text, boolean, float8) IS 'Adds a weighted row of a unit in a period: transition of ols_fixed_effects';

CREATE FUNCTION panel_transition(state panel_state, y float8, endogenous float8[], exogenous float8[], instruments float8[], weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_instrument_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], float8[], float8[], float8) IS 'Adds a weighted row with instruments: transition of two_stage';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period text, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, text, float8) IS 'Weighted rows with two ids as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, boolean, float8) IS 'Weighted rows of units';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period text, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, text, boolean, float8) IS 'Weighted rows of units and periods';

CREATE AGGREGATE panel_state(y float8, endogenous float8[], exogenous float8[], instruments float8[], weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], float8[], float8[], float8) IS 'Weighted rows with instruments';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a text, cluster_b text, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], text, text, float8) IS 'The same with weights, inverse variances up to a factor';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, boolean, float8) IS 'Weighted slopes within units, as with a dummy for each; weights are inverse variances up to a factor';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period text, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, text, boolean, float8) IS 'Weighted slopes within units and periods, as with a dummy for each of both; weights are inverse variances up to a factor';

CREATE AGGREGATE poisson_fixed_effects(y float8, x float8[], origin text, destination text, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = poisson_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poisson_fixed_effects(float8, float8[], text, text, float8) IS 'The same with weights: a row counts so many times in the score';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], origin bigint, destination bigint, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, bigint, float8) IS 'The same with integer ids: transition of poisson_fixed_effects';

CREATE AGGREGATE poisson_fixed_effects(y float8, x float8[], origin bigint, destination bigint, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = poisson_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poisson_fixed_effects(float8, float8[], bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. The same with weights';

CREATE AGGREGATE two_stage(y float8, endogenous float8[], exogenous float8[], instruments float8[], weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = two_stage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE two_stage(float8, float8[], float8[], float8[], float8) IS 'The same with weights, inverse variances up to a factor, in both stages';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit bigint) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period bigint) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, bigint) IS 'With integer periods: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit bigint, clustered boolean) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, boolean) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period bigint, clustered boolean) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, bigint, boolean) IS 'With integer periods: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit bigint, period bigint, clustered boolean) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, bigint, boolean) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit bigint, clustered boolean, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period bigint, clustered boolean, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, bigint, boolean, float8) IS 'With integer periods: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit bigint, period bigint, clustered boolean, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_clustered_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], bigint, bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION panel_transition(state panel_state, y float8, x float8[], unit text, period bigint, weight float8) RETURNS panel_state
    AS 'MODULE_PATHNAME', 'terrbal_panel_weighted_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION panel_transition(panel_state, float8, float8[], text, bigint, float8) IS 'With integer periods: the same as with their decimal text';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint) IS 'With integer ids: the same as with their decimal text. Rows with a unit as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, bigint) IS 'With integer periods: the same as with their decimal text. Rows with a unit and a period, two clusters, or origin and destination, as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, period bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, bigint) IS 'With integer ids: the same as with their decimal text. Rows with a unit and a period, two clusters, or origin and destination, as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, boolean) IS 'With integer ids: the same as with their decimal text. Rows for errors clustered by unit';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, bigint, boolean) IS 'With integer periods: the same as with their decimal text. Rows for errors clustered by unit';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, period bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, bigint, boolean) IS 'With integer ids: the same as with their decimal text. Rows for errors clustered by unit';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text. Weighted rows of units';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, bigint, boolean, float8) IS 'With integer periods: the same as with their decimal text. Weighted rows of units and periods';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, period bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text. Weighted rows of units and periods';

CREATE AGGREGATE panel_state(y float8, x float8[], unit text, period bigint, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], text, bigint, float8) IS 'With integer periods: the same as with their decimal text. Weighted rows with two ids as one value to store and roll up';

CREATE AGGREGATE panel_state(y float8, x float8[], unit bigint, period bigint, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = panel_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel_state(float8, float8[], bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Weighted rows with two ids as one value to store and roll up';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint) IS 'With integer ids: the same as with their decimal text. Slopes within units, as with a dummy for each; df after absorption';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, bigint) IS 'With integer periods: the same as with their decimal text. Slopes within units and periods, as with a dummy for each of both; df after absorption';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint, period bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint, bigint) IS 'With integer ids: the same as with their decimal text. Slopes within units and periods, as with a dummy for each of both; df after absorption';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint, boolean) IS 'With integer ids: the same as with their decimal text. The same; clustered: errors clustered by unit';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, bigint, boolean) IS 'With integer periods: the same as with their decimal text. The same; clustered: errors clustered by unit';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint, period bigint, clustered boolean) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint, bigint, boolean) IS 'With integer ids: the same as with their decimal text. The same; clustered: errors clustered by unit';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text. Weighted slopes within units, as with a dummy for each; weights are inverse variances up to a factor';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit text, period bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], text, bigint, boolean, float8) IS 'With integer periods: the same as with their decimal text. Weighted slopes within units and periods, as with a dummy for each of both; weights are inverse variances up to a factor';

CREATE AGGREGATE ols_fixed_effects(y float8, x float8[], unit bigint, period bigint, clustered boolean, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_fixed_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_fixed_effects(float8, float8[], bigint, bigint, boolean, float8) IS 'With integer ids: the same as with their decimal text. Weighted slopes within units and periods, as with a dummy for each of both; weights are inverse variances up to a factor';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a text, cluster_b bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], text, bigint) IS 'With integer ids of the second clusters: the same as with their decimal text. Least squares with errors clustered in two ways (Cameron, Gelbach and Miller 2011): V_a + V_b - V_ab, t with the fewer clusters less 1';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a bigint, cluster_b bigint) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], bigint, bigint) IS 'With integer ids: the same as with their decimal text. Least squares with errors clustered in two ways (Cameron, Gelbach and Miller 2011): V_a + V_b - V_ab, t with the fewer clusters less 1';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a text, cluster_b bigint, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], text, bigint, float8) IS 'With integer ids of the second clusters: the same as with their decimal text. The same with weights, inverse variances up to a factor';

CREATE AGGREGATE ols_cluster2(y float8, x float8[], cluster_a bigint, cluster_b bigint, weight float8) (
    SFUNC = panel_transition, STYPE = panel_state, SSPACE = 4096, COMBINEFUNC = panel_combine, FINALFUNC = ols_cluster2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster2(float8, float8[], bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. The same with weights, inverse variances up to a factor';

-- ---- 66-price_surface ----




-- ---- 67-causal ----

CREATE TYPE group_time_state;

CREATE FUNCTION group_time_state_in(cstring) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_in(cstring) IS 'Input of group_time_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION group_time_state_out(group_time_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_out(group_time_state) IS 'Output of group_time_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION group_time_state_recv(internal) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_recv(internal) IS 'Binary input of group_time_state, fully checked';

CREATE FUNCTION group_time_state_send(group_time_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_send(group_time_state) IS 'Binary output of group_time_state: canonical bytes, big-endian';

CREATE TYPE group_time_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = group_time_state_in, OUTPUT = group_time_state_out, RECEIVE = group_time_state_recv, SEND = group_time_state_send
);
COMMENT ON TYPE group_time_state IS 'Unit, period, outcome and first treated period by row: state of group_time_effects';

CREATE FUNCTION group_time_combine(group_time_state, group_time_state) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_combine(group_time_state, group_time_state) IS 'Joins the rows of two states';

CREATE FUNCTION group_time_final(group_time_state) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_final(group_time_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(group_time_state) (
    SFUNC = group_time_combine, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(group_time_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION group_time_transition(state group_time_state, unit text, period int, outcome float8, first_treated int, controls text) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_transition(group_time_state, text, int, float8, int, text) IS 'Adds a unit in a period: transition of group_time_effects';

CREATE FUNCTION group_time_transition(state group_time_state, unit bigint, period int, outcome float8, first_treated int, controls text) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_transition(group_time_state, bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_state(unit text, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_state(text, int, float8, int, text) IS 'Rows of a panel with waves of treatment as one value to store and roll up';

CREATE AGGREGATE group_time_state(unit bigint, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_state(bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE TYPE group_time_effect AS (first_treated int, period int, effect float8, se float8);
COMMENT ON TYPE group_time_effect IS 'Effect on the units first treated in one period, in one period; before the treatment a placebo; NULL without controls';

CREATE TYPE effect_point AS (value int, effect float8, se float8);
COMMENT ON TYPE effect_point IS 'Average effect at a length of exposure, for a group or in a period, with its standard error';

CREATE TYPE group_time_summary AS (
    effects group_time_effect[], exposure effect_point[], groups effect_point[], overall_exposure float8, overall_exposure_se float8, overall_group float8,
    overall_group_se float8, simple float8, simple_se float8, calendar effect_point[], overall_calendar float8, overall_calendar_se float8,
    pretest float8, pretest_df int, pretest_p float8, units int, incomplete int, always_treated int, never_treated int
);
COMMENT ON TYPE group_time_summary IS 'Effects of a treatment in waves by group and period and their averages, in the unit of the outcome; pretest: chi-square of all effects before treatment';

CREATE FUNCTION group_time_effects(state group_time_state) RETURNS group_time_summary
    AS 'MODULE_PATHNAME', 'terrbal_group_time_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_effects(group_time_state) IS 'Of stored rows. Effects by group and period, by exposure, by group, overall (Callaway and Sant''Anna 2021)';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text) IS 'Effects of a treatment that comes in waves, against units never or not yet treated (Callaway and Sant''Anna 2021); first_treated NULL: never';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION confidence_interval(effect group_time_effect, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(group_time_effect, float8) IS 'Limits of the effect of a wave in a period, normal; level as a fraction, of this effect alone';

CREATE FUNCTION confidence_interval(effect effect_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(effect_point, float8) IS 'Limits of an average effect, normal; level as a fraction, of this effect alone';

-- the same with covariates: one transition, with a method or without

CREATE TYPE group_time_covariate_state;

CREATE FUNCTION group_time_covariate_state_in(cstring) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_in(cstring) IS 'Input of group_time_covariate_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION group_time_covariate_state_out(group_time_covariate_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_out(group_time_covariate_state) IS 'Output of group_time_covariate_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION group_time_covariate_state_recv(internal) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_recv(internal) IS 'Binary input of group_time_covariate_state, fully checked';

CREATE FUNCTION group_time_covariate_state_send(group_time_covariate_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_send(group_time_covariate_state) IS 'Binary output of group_time_covariate_state: canonical bytes, big-endian';

CREATE TYPE group_time_covariate_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = group_time_covariate_state_in, OUTPUT = group_time_covariate_state_out, RECEIVE = group_time_covariate_state_recv, SEND = group_time_covariate_state_send
);
COMMENT ON TYPE group_time_covariate_state IS 'Unit, period, outcome, first treated period and covariates by row: state of group_time_effects with covariates';

CREATE FUNCTION group_time_covariate_combine(group_time_covariate_state, group_time_covariate_state) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_combine(group_time_covariate_state, group_time_covariate_state) IS 'Joins the rows of two states';

CREATE FUNCTION group_time_covariate_final(group_time_covariate_state) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_final(group_time_covariate_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(group_time_covariate_state) (
    SFUNC = group_time_covariate_combine, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(group_time_covariate_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, text, int, float8, int, text, float8[]) IS 'Adds a unit in a period with its covariates; doubly robust';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, text, int, float8, int, text, float8[], text) IS 'Adds a unit in a period with its covariates';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_covariate_state(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(text, int, float8, int, text, float8[]) IS 'Rows of a panel with waves of treatment and covariates as one value to store and roll up; doubly robust';

CREATE AGGREGATE group_time_covariate_state(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(text, int, float8, int, text, float8[], text) IS 'Rows of a panel with waves of treatment and covariates as one value to store and roll up';

CREATE AGGREGATE group_time_covariate_state(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_covariate_state(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION group_time_effects(state group_time_covariate_state) RETURNS group_time_summary
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_effects(group_time_covariate_state) IS 'Of stored rows with covariates';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text, float8[]) IS 'Effects of a treatment in waves against controls alike in covariates of the period before, doubly robust (Sant''Anna and Zhao 2020)';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text, float8[], text) IS 'Effects of a treatment in waves against controls alike in covariates of the period before, by method: regression, weighting, doubly_robust';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';

-- ---- 67-local_regression ----

CREATE TYPE local_bandwidth AS (
    bandwidth float8, value float8, aicc float8, cv float8, effective_parameters float8, rss float8, global_value float8, at_end boolean,
    n bigint, trials int, bandwidths float8[], criteria float8[]
);
COMMENT ON TYPE local_bandwidth IS 'Best bandwidth of local regressions, a distance or a number of neighbours, its criterion, that of least squares over all rows, and what was tried';

CREATE TYPE local_regression_state;

CREATE FUNCTION local_regression_state_in(cstring) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_state_in(cstring) IS 'Input of local_regression_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION local_regression_state_out(local_regression_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_state_out(local_regression_state) IS 'Output of local_regression_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION local_regression_state_recv(internal) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_state_recv(internal) IS 'Binary input of local_regression_state, fully checked';

CREATE FUNCTION local_regression_state_send(local_regression_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_state_send(local_regression_state) IS 'Binary output of local_regression_state: canonical bytes, big-endian';

CREATE TYPE local_regression_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = local_regression_state_in, OUTPUT = local_regression_state_out, RECEIVE = local_regression_state_recv, SEND = local_regression_state_send
);
COMMENT ON TYPE local_regression_state IS 'Rows of y and x with their places, kernel, kind of bandwidth and criterion: state of local_bandwidth';

CREATE FUNCTION local_regression_combine(local_regression_state, local_regression_state) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_combine(local_regression_state, local_regression_state) IS 'Joins the rows of two states';

CREATE FUNCTION local_regression_final(local_regression_state) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_final(local_regression_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(local_regression_state) (
    SFUNC = local_regression_combine, STYPE = local_regression_state, SSPACE = 4096, COMBINEFUNC = local_regression_combine, FINALFUNC = local_regression_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(local_regression_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION local_bandwidth(state local_regression_state) RETURNS local_bandwidth
    AS 'MODULE_PATHNAME', 'terrbal_local_bandwidth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_bandwidth(local_regression_state) IS 'Of stored rows. The bandwidth with the least criterion';

CREATE FUNCTION local_bandwidth(state local_regression_state, bandwidth float8) RETURNS local_bandwidth
    AS 'MODULE_PATHNAME', 'terrbal_local_bandwidth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_bandwidth(local_regression_state, float8) IS 'Criterion, effective parameters and residuals of stored rows at a bandwidth of your own, without a search';

CREATE FUNCTION local_regression_transition(state local_regression_state, y float8, x float8[], easting float8, northing float8) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_transition(local_regression_state, float8, float8[], float8, float8) IS 'Adds a row at a place: transition of local_bandwidth';

CREATE AGGREGATE local_regression_state(y float8, x float8[], easting float8, northing float8) (
    SFUNC = local_regression_transition, STYPE = local_regression_state, SSPACE = 4096, COMBINEFUNC = local_regression_combine, FINALFUNC = local_regression_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_regression_state(float8, float8[], float8, float8) IS 'Rows as one value to store and roll up';

CREATE AGGREGATE local_bandwidth(y float8, x float8[], easting float8, northing float8) (
    SFUNC = local_regression_transition, STYPE = local_regression_state, SSPACE = 4096, COMBINEFUNC = local_regression_combine, FINALFUNC = local_bandwidth, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bandwidth(float8, float8[], float8, float8) IS 'Number of neighbours for local regressions of y on x: bisquare kernel, least AICc (Fotheringham, Brunsdon and Charlton 2002)';

CREATE FUNCTION local_regression_transition(state local_regression_state, y float8, x float8[], easting float8, northing float8, kernel text, adaptive boolean, criterion text) RETURNS local_regression_state
    AS 'MODULE_PATHNAME', 'terrbal_local_regression_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_regression_transition(local_regression_state, float8, float8[], float8, float8, text, boolean, text) IS 'The same with kernel, kind of bandwidth and criterion';

CREATE AGGREGATE local_regression_state(y float8, x float8[], easting float8, northing float8, kernel text, adaptive boolean, criterion text) (
    SFUNC = local_regression_transition, STYPE = local_regression_state, SSPACE = 4096, COMBINEFUNC = local_regression_combine, FINALFUNC = local_regression_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_regression_state(float8, float8[], float8, float8, text, boolean, text) IS 'Rows as one value to store and roll up, with kernel, kind of bandwidth and criterion';

CREATE AGGREGATE local_bandwidth(y float8, x float8[], easting float8, northing float8, kernel text, adaptive boolean, criterion text) (
    SFUNC = local_regression_transition, STYPE = local_regression_state, SSPACE = 4096, COMBINEFUNC = local_regression_combine, FINALFUNC = local_bandwidth, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bandwidth(float8, float8[], float8, float8, text, boolean, text) IS 'The same with any kernel, a distance or (adaptive) neighbours, by aicc or cv';

-- ---- 68-dependence ----

CREATE TYPE geary_result AS (c float8, expected float8, z float8, p float8, variance float8, units int, links bigint, variance_random float8, z_random float8, p_random float8);
COMMENT ON TYPE geary_result IS 'Gearys C with z below 0 where neighbours are alike; under normality and under randomisation; p two-sided';

CREATE FUNCTION geary(state spatial_state) RETURNS geary_result
    AS 'MODULE_PATHNAME', 'terrbal_geary' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geary(spatial_state) IS 'Of stored pairs. Geary''s C over ordered pairs of neighbours: below 1, like lies beside like (Geary 1954)';

CREATE AGGREGATE geary(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = geary, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geary(text, text, float8, float8, float8) IS 'Geary''s C over ordered pairs of neighbours: below 1, like lies beside like (Geary 1954)';

CREATE AGGREGATE geary(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = geary, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geary(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE getis_ord_result AS (g float8, expected float8, z float8, p float8, variance float8, units int, links bigint);
COMMENT ON TYPE getis_ord_result IS 'Getis and Ord''s G under randomisation; p two-sided';

CREATE FUNCTION getis_ord(state spatial_state) RETURNS getis_ord_result
    AS 'MODULE_PATHNAME', 'terrbal_getis_ord' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION getis_ord(spatial_state) IS 'Of stored pairs. Getis and Ord''s G of values >= 0: above expected, high values lie side by side; below, low ones (1992)';

CREATE AGGREGATE getis_ord(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE getis_ord(text, text, float8, float8, float8) IS 'Getis and Ord''s G of values >= 0: above expected, high values lie side by side; below, low ones (1992)';

CREATE AGGREGATE getis_ord(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE getis_ord(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE local_getis_ord_result AS (unit text, value float8, g_star float8, p_star float8, g float8, p float8);
COMMENT ON TYPE local_getis_ord_result IS 'Hot and cold spots: z-scores of G* (the unit among its neighbours) and G, p two-sided normal, of one test each';

CREATE FUNCTION local_getis_ord(state spatial_state) RETURNS local_getis_ord_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_getis_ord' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_getis_ord(spatial_state) IS 'Of stored pairs. Hot and cold spots: z-scores of the sum over the neighbours of each unit (Ord and Getis 1995)';

CREATE AGGREGATE local_getis_ord(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_getis_ord(text, text, float8, float8, float8) IS 'Hot and cold spots: z-scores of the sum over the neighbours of each unit (Ord and Getis 1995)';

CREATE AGGREGATE local_getis_ord(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_getis_ord(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE bivariate_moran_result AS (i float8, p float8, units int, links bigint, permutations int);
COMMENT ON TYPE bivariate_moran_result IS 'Moran''s I of one variable and another one of the neighbours; p by permutation on the side of I';

CREATE FUNCTION bivariate_moran(state spatial_state) RETURNS bivariate_moran_result
    AS 'MODULE_PATHNAME', 'terrbal_bivariate_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bivariate_moran(spatial_state) IS 'Of stored pairs. Moran''s I of value_i with value_j, another variable, of the neighbours; not symmetric (Wartenberg 1985)';

CREATE AGGREGATE bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(text, text, float8, float8, float8) IS 'Moran''s I of value_i with value_j, another variable, of the neighbours; not symmetric (Wartenberg 1985)';

CREATE AGGREGATE bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by permutation of the second variable; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE FUNCTION local_bivariate_moran(state spatial_state) RETURNS local_moran_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_bivariate_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_bivariate_moran(spatial_state) IS 'Of stored pairs. Local Moran of value_i with value_j, another variable, of the neighbours: quadrant and, of pairs with permutations, p (Anselin, Syabri and Smirnov 2002)';

CREATE AGGREGATE local_bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(text, text, float8, float8, float8) IS 'Local Moran of value_i with value_j, another variable, of the neighbours: quadrant and, of pairs with permutations, p (Anselin, Syabri and Smirnov 2002)';

CREATE AGGREGATE local_bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE local_bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by conditional permutation of the second variable; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE local_bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE TYPE join_count_result AS (joins text, count float8, expected float8, z float8, p float8, variance float8);
COMMENT ON TYPE join_count_result IS 'Joins of ones, of zeros and of both, without replacement; p two-sided';

CREATE FUNCTION join_count(state spatial_state) RETURNS join_count_result[]
    AS 'MODULE_PATHNAME', 'terrbal_join_count' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION join_count(spatial_state) IS 'Of stored pairs. Joins between equal and unequal neighbours, values 0 and 1, against chance (Cliff and Ord 1981)';

CREATE AGGREGATE join_count(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = join_count, PARALLEL = SAFE
);
COMMENT ON AGGREGATE join_count(text, text, float8, float8, float8) IS 'Joins between equal and unequal neighbours, values 0 and 1, against chance (Cliff and Ord 1981)';

CREATE AGGREGATE join_count(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = join_count, PARALLEL = SAFE
);
COMMENT ON AGGREGATE join_count(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

-- ---- 68-false_discovery ----

CREATE FUNCTION false_discovery(p float8, method text DEFAULT 'benjamini_hochberg') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_false_discovery' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION false_discovery(float8, text) IS
    'Adjusted p over all tests of the partition: benjamini_hochberg (1995), benjamini_yekutieli (2001), holm (1979), bonferroni; a NULL p is no test';

-- ---- 68-raking ----

CREATE FUNCTION raked_weight(weight float8, classes text[], totals float8[], low float8 DEFAULT NULL, high float8 DEFAULT NULL) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_raked_weight' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION raked_weight(float8, text[], float8[], float8, float8) IS
    'Weight that meets the totals of its classes in every margin, within factors low and high of the given one (Deming and Stephan 1940; Deville and Sarndal 1992), unit of the totals';

-- ---- 68-small_area ----

CREATE TYPE small_area_state;

CREATE FUNCTION small_area_state_in(cstring) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION small_area_state_in(cstring) IS 'Input of small_area_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION small_area_state_out(small_area_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_small_area_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION small_area_state_out(small_area_state) IS 'Output of small_area_state: hexadecimal canonical bytes, equal for equal areas';

CREATE FUNCTION small_area_state_recv(internal) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION small_area_state_recv(internal) IS 'Binary input of small_area_state, fully checked';

CREATE FUNCTION small_area_state_send(small_area_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_small_area_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION small_area_state_send(small_area_state) IS 'Binary output of small_area_state: canonical bytes, big-endian';

CREATE TYPE small_area_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = small_area_state_in, OUTPUT = small_area_state_out, RECEIVE = small_area_state_recv, SEND = small_area_state_send
);
COMMENT ON TYPE small_area_state IS 'Areas with a direct estimate, its variance and regressors: state of fay_herriot';

CREATE FUNCTION small_area_combine(small_area_state, small_area_state) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION small_area_combine(small_area_state, small_area_state) IS 'Joins the areas of two states';

CREATE FUNCTION small_area_final(small_area_state) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION small_area_final(small_area_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(small_area_state) (
    SFUNC = small_area_combine, STYPE = small_area_state, SSPACE = 4096, COMBINEFUNC = small_area_combine, FINALFUNC = small_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(small_area_state) IS 'Stored states together: what one pass over all their areas gives';

CREATE FUNCTION small_area_transition(state small_area_state, unit text, direct float8, variance float8, x float8[]) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION small_area_transition(small_area_state, text, float8, float8, float8[]) IS 'Adds an area: transition of fay_herriot';

CREATE FUNCTION small_area_transition(state small_area_state, unit bigint, direct float8, variance float8, x float8[]) RETURNS small_area_state
    AS 'MODULE_PATHNAME', 'terrbal_small_area_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION small_area_transition(small_area_state, bigint, float8, float8, float8[]) IS 'The same for integer ids';

CREATE AGGREGATE small_area_state(unit text, direct float8, variance float8, x float8[]) (
    SFUNC = small_area_transition, STYPE = small_area_state, SSPACE = 4096, COMBINEFUNC = small_area_combine, FINALFUNC = small_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE small_area_state(text, float8, float8, float8[]) IS 'Areas with a direct estimate, its variance and regressors as one value to store and roll up';

CREATE AGGREGATE small_area_state(unit bigint, direct float8, variance float8, x float8[]) (
    SFUNC = small_area_transition, STYPE = small_area_state, SSPACE = 4096, COMBINEFUNC = small_area_combine, FINALFUNC = small_area_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE small_area_state(bigint, float8, float8, float8[]) IS 'The same for integer ids';

CREATE TYPE small_area AS (unit text, estimate float8, mse float8, direct float8, variance float8, synthetic float8, share float8);
COMMENT ON TYPE small_area IS 'Estimate of an area with its mean squared error; the direct one with its variance, what the regression says, and the share that the direct one has in the estimate';

CREATE TYPE fay_herriot AS (coefficients float8[], standard_errors float8[], between float8, between_se float8, log_likelihood float8, units int, surveyed int, estimates small_area[]);
COMMENT ON TYPE fay_herriot IS 'Regression over the areas, the variance between them that it leaves, and the estimate of each area';

CREATE FUNCTION fay_herriot(state small_area_state) RETURNS fay_herriot
    AS 'MODULE_PATHNAME', 'terrbal_fay_herriot' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION fay_herriot(small_area_state) IS 'Of stored areas. Estimates of small areas from direct ones with known variances and a regression over all, by restricted likelihood (Fay and Herriot 1979), mse after Datta and Lahiri 2000';

CREATE AGGREGATE fay_herriot(unit text, direct float8, variance float8, x float8[]) (
    SFUNC = small_area_transition, STYPE = small_area_state, SSPACE = 4096, COMBINEFUNC = small_area_combine, FINALFUNC = fay_herriot, PARALLEL = SAFE
);
COMMENT ON AGGREGATE fay_herriot(text, float8, float8, float8[]) IS 'Estimates of small areas from direct ones with known variances and a regression over all, by restricted likelihood (Fay and Herriot 1979), mse after Datta and Lahiri 2000';

CREATE AGGREGATE fay_herriot(unit bigint, direct float8, variance float8, x float8[]) (
    SFUNC = small_area_transition, STYPE = small_area_state, SSPACE = 4096, COMBINEFUNC = small_area_combine, FINALFUNC = fay_herriot, PARALLEL = SAFE
);
COMMENT ON AGGREGATE fay_herriot(bigint, float8, float8, float8[]) IS 'The same for integer ids';

CREATE FUNCTION confidence_interval(area small_area, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(small_area, float8) IS 'Limits of the estimate of an area by the root of its mean squared error, normal; level as a fraction';

CREATE FUNCTION confidence_interval(fit fay_herriot, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(fay_herriot, float8) IS 'Limits of every coefficient, normal; level as a fraction';

-- ---- 68-spatial_model ----

CREATE TYPE spatial_model_state;

CREATE FUNCTION spatial_model_state_in(cstring) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_state_in(cstring) IS 'Input of spatial_model_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION spatial_model_state_out(spatial_model_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_state_out(spatial_model_state) IS 'Output of spatial_model_state: hexadecimal canonical bytes, equal for equal pairs';

CREATE FUNCTION spatial_model_state_recv(internal) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_state_recv(internal) IS 'Binary input of spatial_model_state, fully checked';

CREATE FUNCTION spatial_model_state_send(spatial_model_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_state_send(spatial_model_state) IS 'Binary output of spatial_model_state: canonical bytes, big-endian';

CREATE TYPE spatial_model_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = spatial_model_state_in, OUTPUT = spatial_model_state_out, RECEIVE = spatial_model_state_recv, SEND = spatial_model_state_send
);
COMMENT ON TYPE spatial_model_state IS 'Pairs of neighbours with y and x of both: state of spatial_tests, spatial_lag and spatial_error';

CREATE FUNCTION spatial_model_combine(spatial_model_state, spatial_model_state) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_combine(spatial_model_state, spatial_model_state) IS 'Joins the pairs of two states';

CREATE FUNCTION spatial_model_final(spatial_model_state) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_final(spatial_model_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(spatial_model_state) (
    SFUNC = spatial_model_combine, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_model_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(spatial_model_state) IS 'Stored states together: what one pass over all their pairs gives';

CREATE FUNCTION spatial_model_transition(state spatial_model_state, unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_transition(spatial_model_state, text, text, float8, float8[], float8, float8[], float8) IS 'Adds a pair of neighbours, or an island: transition of the models of neighbours';

CREATE FUNCTION spatial_model_transition(state spatial_model_state, unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_transition(spatial_model_state, bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE FUNCTION spatial_model_transition(state spatial_model_state, unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_transition(spatial_model_state, text, text, float8, float8[], float8, float8[], float8, int) IS 'The same with the number of lags of x among the instruments';

CREATE FUNCTION spatial_model_transition(state spatial_model_state, unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) RETURNS spatial_model_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_model_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_model_transition(spatial_model_state, bigint, bigint, float8, float8[], float8, float8[], float8, int) IS 'The same for integer ids';

CREATE AGGREGATE spatial_model_state(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_model_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_model_state(text, text, float8, float8[], float8, float8[], float8) IS 'Pairs of neighbours with y and x as one value to store and roll up';

CREATE AGGREGATE spatial_model_state(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_model_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_model_state(bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE AGGREGATE spatial_model_state(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_model_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_model_state(text, text, float8, float8[], float8, float8[], float8, int) IS 'The same with 1 or 2 lags of x among the instruments; 2 where it is not said';

CREATE AGGREGATE spatial_model_state(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_model_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_model_state(bigint, bigint, float8, float8[], float8, float8[], float8, int) IS 'The same for integer ids';

CREATE TYPE spatial_tests AS (
    lm_error float8, lm_error_p float8, lm_lag float8, lm_lag_p float8, robust_error float8, robust_error_p float8, robust_lag float8, robust_lag_p float8,
    sarma float8, sarma_p float8, moran float8, moran_expected float8, moran_variance float8, moran_z float8, moran_p float8, units int, links bigint
);
COMMENT ON TYPE spatial_tests IS 'Lagrange multiplier tests of least squares for a spatial error, a spatial lag, each robust to the other, and both; Moran of its residuals, p two-sided';

CREATE FUNCTION spatial_tests(state spatial_model_state) RETURNS spatial_tests
    AS 'MODULE_PATHNAME', 'terrbal_spatial_tests' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_tests(spatial_model_state) IS 'Of stored pairs. Does least squares leave neighbours alike? Tests for a spatial lag and a spatial error (Anselin 1988; Anselin et al. 1996), Moran of the residuals (Cliff and Ord 1981)';

CREATE AGGREGATE spatial_tests(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_tests, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_tests(text, text, float8, float8[], float8, float8[], float8) IS 'Does least squares leave neighbours alike? Tests for a spatial lag and a spatial error (Anselin 1988; Anselin et al. 1996), Moran of the residuals (Cliff and Ord 1981)';

CREATE AGGREGATE spatial_tests(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_tests, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_tests(bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE TYPE spatial_lag AS (
    coefficients float8[], standard_errors float8[], t float8[], p float8[], vcov float8[], r2 float8, adjusted_r2 float8, sigma float8, rss float8,
    f float8, aic float8, bic float8, n bigint, df bigint, rank int, reciprocal_condition float8, aliased int[],
    f_p float8, log_likelihood float8, constant boolean, covariance text, clusters bigint, test_df float8[],
    first_stage_f float8, overidentification float8, overidentification_p float8, overidentification_df int, robust_errors float8[], islands int, links bigint
);
COMMENT ON TYPE spatial_lag IS 'Fit with rho before the coefficients of x; first-stage F of the instruments, Sargan''s test, errors HC1, units without neighbours';

CREATE FUNCTION spatial_lag(state spatial_model_state) RETURNS spatial_lag
    AS 'MODULE_PATHNAME', 'terrbal_spatial_lag' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_lag(spatial_model_state) IS 'Of stored pairs. y = rho Wy + xb by two-stage least squares, instruments Wx and WWx, rho first (Kelejian and Prucha 1998)';

CREATE FUNCTION spatial_lag(state spatial_model_state, instrument_lags int) RETURNS spatial_lag
    AS 'MODULE_PATHNAME', 'terrbal_spatial_lag' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_lag(spatial_model_state, int) IS 'Of stored pairs, with 1 or 2 lags of x among the instruments, whatever they were stored with';

CREATE AGGREGATE spatial_lag(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_lag, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_lag(text, text, float8, float8[], float8, float8[], float8) IS 'y = rho Wy + xb by two-stage least squares, instruments Wx and WWx, rho first (Kelejian and Prucha 1998)';

CREATE AGGREGATE spatial_lag(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_lag, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_lag(bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE AGGREGATE spatial_lag(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_lag, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_lag(text, text, float8, float8[], float8, float8[], float8, int) IS 'The same with 1 or 2 lags of x among the instruments; 2 where it is not said';

CREATE AGGREGATE spatial_lag(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8, instrument_lags int) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_lag, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_lag(bigint, bigint, float8, float8[], float8, float8[], float8, int) IS 'The same for integer ids';

CREATE TYPE spatial_effects AS (direct float8[], indirect float8[], total float8[]);
COMMENT ON TYPE spatial_effects IS 'Mean effect of one more unit of each x on the y of the same unit, of all others, and of all; NULL for a constant';

CREATE FUNCTION spatial_effects(state spatial_model_state) RETURNS spatial_effects
    AS 'MODULE_PATHNAME', 'terrbal_spatial_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_effects(spatial_model_state) IS 'Of stored pairs. Effects of x in the spatial lag: the unit itself, the others by way of neighbours of neighbours, all (LeSage and Pace 2009)';

CREATE FUNCTION spatial_effects(state spatial_model_state, coefficients float8[]) RETURNS spatial_effects
    AS 'MODULE_PATHNAME', 'terrbal_spatial_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_effects(spatial_model_state, float8[]) IS 'Of stored pairs and given coefficients, rho first, as spatial_lag has them';

CREATE AGGREGATE spatial_effects(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_effects(text, text, float8, float8[], float8, float8[], float8) IS 'Effects of x in the spatial lag: the unit itself, the others by way of neighbours of neighbours, all (LeSage and Pace 2009)';

CREATE AGGREGATE spatial_effects(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_effects(bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE TYPE spatial_error AS (
    coefficients float8[], standard_errors float8[], t float8[], p float8[], vcov float8[], r2 float8, adjusted_r2 float8, sigma float8, rss float8,
    f float8, aic float8, bic float8, n bigint, df bigint, rank int, reciprocal_condition float8, aliased int[],
    f_p float8, log_likelihood float8, constant boolean, covariance text, clusters bigint, test_df float8[],
    sigma2_moments float8, islands int, links bigint
);
COMMENT ON TYPE spatial_error IS 'Fit with lambda before the coefficients of x; the variance of e that the moments gave, units without neighbours';

CREATE FUNCTION spatial_error(state spatial_model_state) RETURNS spatial_error
    AS 'MODULE_PATHNAME', 'terrbal_spatial_error' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_error(spatial_model_state) IS 'Of stored pairs. y = xb + u, u = lambda Wu + e by generalised moments, lambda first (Kelejian and Prucha 1999)';

CREATE AGGREGATE spatial_error(unit_i text, unit_j text, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_error, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_error(text, text, float8, float8[], float8, float8[], float8) IS 'y = xb + u, u = lambda Wu + e by generalised moments, lambda first (Kelejian and Prucha 1999)';

CREATE AGGREGATE spatial_error(unit_i bigint, unit_j bigint, y_i float8, x_i float8[], y_j float8, x_j float8[], weight float8) (
    SFUNC = spatial_model_transition, STYPE = spatial_model_state, SSPACE = 4096, COMBINEFUNC = spatial_model_combine, FINALFUNC = spatial_error, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_error(bigint, bigint, float8, float8[], float8, float8[], float8) IS 'The same for integer ids';

CREATE FUNCTION confidence_interval(fit spatial_lag, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(spatial_lag, float8) IS 'Limits of every coefficient, that of the lag first, by t with df; level as a fraction';

CREATE FUNCTION confidence_interval(fit spatial_error, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(spatial_error, float8) IS 'Limits of every coefficient, lambda first, by t with df; level as a fraction';

-- ---- 69-money ----
CREATE FUNCTION at_least(x numeric, name text, minimum numeric, hint text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_at_least' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_least(numeric, text, numeric, text) IS 'x itself; a smaller value is an error with this hint';

CREATE FUNCTION told_rate(x numeric, name text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_told_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION told_rate(numeric, text) IS 'x itself; a negative value, NaN and infinity are an error that names it; above 1 a NOTICE says that it may be a percentage';

CREATE FUNCTION sums_of(state numeric[], maker text, sums int, VARIADIC parameters int[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_sums_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sums_of(numeric[], text, int, int[]) IS 'The state itself; one without so many sums, after one of these numbers of parameters, is an error that names what makes one';

-- ---- 70-levy ----




-- ---- 72-increment ----
CREATE OR REPLACE FUNCTION tax_increment(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE (sums_of(state, 'tax_increment_state', 2, 1, 3))[1] WHEN 1 THEN state[2] * positive_part(state[4] - state[3])
                         WHEN 3 THEN trim_scale(state[2] * positive_part(state[6] - state[5] * growth_factor(state[3], state[4]))) END;

CREATE OR REPLACE FUNCTION parcel_increment(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE (sums_of(state, 'parcel_increment', 1, 1, 3))[1] WHEN 1 THEN state[2] * state[3] WHEN 3 THEN trim_scale(state[2] * state[5]) END;

CREATE OR REPLACE FUNCTION present_value(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'present_value', 1, 1))[3], 1);

CREATE OR REPLACE FUNCTION debt_capacity(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'debt_capacity', 1, 2))[4], state[3]);

CREATE OR REPLACE FUNCTION pass_through(increment numeric, entity_rate numeric, total_rate numeric, share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(increment * nonnegative(entity_rate, 'rate of the entity') * fraction(share, 'share'),
                    CASE WHEN total_rate = 0 THEN 0
                         ELSE at_least(nonnegative(total_rate, 'total rate'), 'total rate', entity_rate, 'It is that of all entities together, this one among them.') END);

-- ---- 74-obligation ----
CREATE OR REPLACE FUNCTION chargeable_area(gross_rate_area numeric, retained_rate_area numeric, demolished numeric, gross_total numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((nonnegative(gross_rate_area, 'gross area at the rate') - nonnegative(retained_rate_area, 'retained area at the rate'))
                    * nonnegative(gross_total, 'gross area') - gross_rate_area * nonnegative(demolished, 'demolished area'),
                    CASE WHEN gross_total = 0 THEN 0 ELSE at_least(gross_total, 'gross area', gross_rate_area, 'It is that of the whole project, over all rates.') END);

-- ---- 75-development_rights ----
CREATE OR REPLACE FUNCTION average_entitlement(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'entitlement_state', 2, 0))[2], state[3]);

CREATE OR REPLACE FUNCTION objective_entitlement(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (sums_of(state, 'entitlement_state', 2, 0))[2];

-- ---- 76-readjustment ----
CREATE OR REPLACE FUNCTION proposed_plots(site geometry, areas float8[], azimuth float8 DEFAULT 0) RETURNS TABLE (plot int, area float8, shape geometry)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
    BEGIN ATOMIC
        WITH turned AS MATERIALIZED (
            SELECT ST_ForcePolygonCCW(ST_Rotate(site, radians(azimuth), ST_Centroid(site))) AS shape
            WHERE land_area(site) >= 0),
        boundary AS (
            SELECT coalesce(array_agg(ST_X(ST_StartPoint(d.geom)) ORDER BY d.path), '{}') AS x1, coalesce(array_agg(ST_Y(ST_StartPoint(d.geom)) ORDER BY d.path), '{}') AS y1,
                   coalesce(array_agg(ST_X(ST_EndPoint(d.geom)) ORDER BY d.path), '{}') AS x2, coalesce(array_agg(ST_Y(ST_EndPoint(d.geom)) ORDER BY d.path), '{}') AS y2
            FROM turned t, ST_DumpSegments(t.shape) d),
        cut AS (
            SELECT c.i, c.x, lag(c.x, 1, ST_XMin(t.shape) - 1) OVER (ORDER BY c.i) AS before
            FROM boundary b, turned t, unnest(strip_cuts(b.x1, b.y1, b.x2, b.y2, areas)) WITH ORDINALITY AS c(x, i)),
        strip AS (
            SELECT c.i, ST_Rotate(ST_CollectionExtract(ST_Intersection(t.shape, ST_MakeEnvelope(c.before, ST_YMin(t.shape) - 1, c.x, ST_YMax(t.shape) + 1,
                                                                                               ST_SRID(t.shape))), 3), -radians(azimuth), ST_Centroid(site)) AS shape
            FROM cut c, turned t)
        SELECT s.i::int, ST_Area(s.shape), s.shape FROM strip s ORDER BY s.i;
    END;

-- ---- 77-land_bank ----
COMMENT ON AGGREGATE internal_rate_of_return(numeric, numeric) IS 'Yearly rate at which the present value of signed cash flows is 0, a fraction above -1; of several the smallest not negative, else the largest below 0; NULL where there is none';




-- ---- 78-land_tax ----
CREATE OR REPLACE FUNCTION land_value_tax(land_value numeric, rate numeric, exempt numeric DEFAULT 0) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN told_rate(rate, 'rate') * positive_part(nonnegative(land_value, 'land value') - nonnegative(exempt, 'exempt'));

CREATE OR REPLACE FUNCTION split_rate(state numeric[]) RETURNS split_rate
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (sums_of(state, 'split_rate_state', 2, 2))[5] + state[3] * state[4] > 0
                THEN ROW(quotient(state[2] * state[3], state[5] + state[3] * state[4]), quotient(state[2], state[5] + state[3] * state[4]))::split_rate END;

CREATE OR REPLACE FUNCTION tax_shift(state numeric[]) RETURNS tax_shift
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ROW((sums_of(state, 'tax_shift_state', 6, 0))[2]::bigint, state[3], state[4], state[5], trim_scale(state[5] * 0.5), state[6]::bigint, state[7]::bigint)::tax_shift;

-- ---- 79-valuation ----
CREATE OR REPLACE FUNCTION residual_land_value(value numeric, cost numeric, profit_rate numeric, profit_base text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE one_of(profit_base, 'profit base', 'value', 'cost', 'cost_without_land')
        WHEN 'value' THEN nonnegative(value, 'value') * (1 - told_rate(profit_rate, 'profit rate')) - nonnegative(cost, 'cost')
        WHEN 'cost' THEN quotient(nonnegative(value, 'value') - nonnegative(cost, 'cost') * (1 + told_rate(profit_rate, 'profit rate')), 1 + profit_rate)
        WHEN 'cost_without_land' THEN nonnegative(value, 'value') - nonnegative(cost, 'cost') * (1 + told_rate(profit_rate, 'profit rate')) END;

CREATE OR REPLACE FUNCTION instalment_plan(amount numeric, rate numeric, years int, unit numeric DEFAULT 0.01)
    RETURNS TABLE (year int, instalment numeric, interest numeric, repayment numeric, balance numeric)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        WITH RECURSIVE rule AS MATERIALIZED (
            SELECT at_most(at_least(years, 'number of instalments', 1, 'What is paid at once needs no plan.'), 'number of instalments', 10000)::int AS years,
                   nonnegative(rate, 'rate') AS rate,
                   rounded(annual_instalment(amount, rate, years), unit) AS equal),
        plan AS (
            SELECT 0 AS year, 0 * amount AS instalment, 0 * amount AS interest, 0 * amount AS repayment, nonnegative(amount, 'amount') AS balance
            UNION ALL
            SELECT p.year + 1, n.interest + n.repayment, n.interest, n.repayment, p.balance - n.repayment
            FROM plan p CROSS JOIN rule r,
                 LATERAL (SELECT rounded(p.balance * r.rate, unit) AS interest) i,
                 LATERAL (SELECT i.interest, CASE WHEN p.year + 1 = r.years THEN p.balance ELSE lesser(p.balance, r.equal - i.interest) END AS repayment) n
            WHERE p.year < r.years)
        SELECT p.year, p.instalment, p.interest, p.repayment, p.balance FROM plan p WHERE p.year > 0 ORDER BY p.year;
    END;

-- ---- 80-monitor ----

DROP FUNCTION source_problem(regclass, boolean);
DROP FUNCTION register_indicator(text, text, text, regclass, text, integer, text, text, text, text, text, text, text, text, text, interval, boolean);
-- a unit is its level and code
ALTER TABLE unit DROP CONSTRAINT unit_code_key, ADD CONSTRAINT unit_code_level_key UNIQUE NULLS NOT DISTINCT (code, level);
ALTER TABLE indicator ADD COLUMN dimensions text[] NOT NULL DEFAULT '{}', ADD COLUMN minimum_count float8 CHECK (minimum_count > 0 AND minimum_count < 'Infinity'),
    ADD COLUMN dominance_n integer CHECK (dominance_n > 0), ADD COLUMN dominance_k float8 CHECK (dominance_k >= 1 AND dominance_k <= 100),
    ADD COLUMN p_percent float8 CHECK (p_percent >= 1 AND p_percent < 'Infinity'), ADD COLUMN last_period date, ADD CONSTRAINT indicator_dominance CHECK ((dominance_n IS NULL) = (dominance_k IS NULL));
ALTER TABLE run ADD COLUMN refused bigint, ADD COLUMN is_strict boolean NOT NULL DEFAULT false;
-- an observation is one value per indicator, unit, counterpart, breakdown and period
ALTER TABLE observation ADD COLUMN counterpart_id integer NOT NULL DEFAULT 0, ADD COLUMN breakdown text COLLATE "C" NOT NULL DEFAULT '',
    DROP CONSTRAINT observation_indicator_id_unit_id_period_key, ADD CONSTRAINT observation_key UNIQUE (indicator_id, unit_id, counterpart_id, breakdown, period);
ALTER TABLE observation ADD COLUMN is_last boolean NOT NULL DEFAULT false, ADD COLUMN previous float8, ADD COLUMN previous_period date, ADD COLUMN trend_level float8,
    ADD COLUMN trend_slope float8, ADD COLUMN run integer, ADD COLUMN jump float8;
CREATE INDEX observation_last ON observation (indicator_id, unit_id) WHERE is_last;
ALTER TABLE revision ADD COLUMN counterpart_id integer NOT NULL DEFAULT 0, ADD COLUMN breakdown text COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX revision_series;
CREATE INDEX revision_series ON revision (indicator_id, unit_id, counterpart_id, breakdown, period, superseded);
ALTER TABLE observation_state ADD COLUMN counterpart_id integer NOT NULL DEFAULT 0, ADD COLUMN breakdown text COLLATE "C" NOT NULL DEFAULT '',
    DROP CONSTRAINT observation_state_pkey, ADD CONSTRAINT observation_state_key PRIMARY KEY (indicator_id, unit_id, counterpart_id, breakdown, period);
COMMENT ON COLUMN unit.level IS 'Level of the unit, for example municipality; a unit is its level and code. Set by refresh from the indicator and by hierarchy for every parent; NULL: not known yet';
COMMENT ON COLUMN indicator.minimum_count IS 'Values of fewer contributors than this, but not of none, are suppressed: column contributors of the source, else the value itself is the count';
COMMENT ON COLUMN indicator.dominance_n IS 'n of the (n, k) rule: values of which the n largest contributions are more than k percent are suppressed; column largest float8[] of the source, largest first';
COMMENT ON COLUMN indicator.dominance_k IS 'k of the (n, k) rule, percent';
COMMENT ON COLUMN indicator.p_percent IS 'p of the p-percent rule, percent: values whose second contributor could estimate the largest within it are suppressed; column largest of the source';
COMMENT ON COLUMN indicator.last_period IS 'Last period of any unit, kept by a trigger on observation';
COMMENT ON COLUMN indicator.dimensions IS 'Dimensions of the breakdown, each a text column of the source, in the order of the canonical text: {sex,age}';
COMMENT ON COLUMN run.status IS 'ok; running; failed (see message); locked: another session was refreshing or changing it; missing source, invalid source, empty source, untrusted owner: nothing was written; interrupted: the server or session died, nothing was written';
COMMENT ON COLUMN run.refused IS 'Rows of the source that cannot be published, listed in run_issue';
COMMENT ON COLUMN run.is_strict IS 'Is a refused row an error?';
COMMENT ON TABLE observation IS 'What is published now: one value per indicator, unit, counterpart, breakdown and period';
COMMENT ON COLUMN observation.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN observation.breakdown IS 'Members of the dimensions in canonical text, sex=F;age=65+; empty: the total';
COMMENT ON COLUMN observation.is_last IS 'Is it the last period of its series? This column and the next six are kept by a trigger, so that views open at once';
COMMENT ON COLUMN observation.previous IS 'Of the last period: value of the period before';
COMMENT ON COLUMN observation.previous_period IS 'Of the last period: the period before';
COMMENT ON COLUMN observation.trend_level IS 'Of the last period: the line through the last eight periods on that day, see series_summary';
COMMENT ON COLUMN observation.trend_slope IS 'Of the last period: slope of that line per day';
COMMENT ON COLUMN observation.run IS 'Of the last period: periods running in which the value rose; negative: fell';
COMMENT ON COLUMN observation.jump IS 'Of the last period: its change less the median of the changes before, in their median absolute deviations';
COMMENT ON COLUMN revision.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN revision.breakdown IS 'Members of the dimensions in canonical text; empty: the total';
COMMENT ON COLUMN observation_state.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN observation_state.breakdown IS 'Members of the dimensions in canonical text; empty: the total';

CREATE OR REPLACE FUNCTION indicator_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM terrbal.observation WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.observation_state WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.revision WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.run WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.run_issue WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.threshold WHERE indicator = OLD.code;
    DELETE FROM terrbal.target WHERE indicator = OLD.code;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION indicator_deleted() IS 'Trigger: an indicator that is deleted takes its observations, revisions, states, runs, thresholds and targets with it';

-- Lights, goals and weights name an indicator by its code: they stay where they are when it gets another, so it is told.
CREATE FUNCTION indicator_renamed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    thresholds bigint;
    targets bigint;
    weighed bigint;
BEGIN
    IF has_table_privilege('terrbal.indicator', 'SELECT') AND has_table_privilege('terrbal.threshold', 'SELECT') AND has_table_privilege('terrbal.target', 'SELECT') THEN
        SELECT count(*) INTO thresholds FROM terrbal.threshold t WHERE t.indicator = OLD.code;
        SELECT count(*) INTO targets FROM terrbal.target t WHERE t.indicator = OLD.code;
        SELECT count(*) INTO weighed FROM terrbal.indicator i WHERE i.weight_indicator = OLD.code;
        IF thresholds + targets + weighed > 0 THEN
            RAISE NOTICE 'indicator "%" is now "%", but thresholds (%), targets (%) and indicators weighed by it (%) still name the old code', OLD.code, NEW.code, thresholds, targets, weighed
                USING HINT = format('UPDATE terrbal.threshold SET indicator = %1$L WHERE indicator = %2$L; the same in terrbal.target, and for weight_indicator in terrbal.indicator.', NEW.code, OLD.code);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION indicator_renamed() IS 'Trigger: tells which thresholds, targets and weights still name an indicator by the code that it had';
CREATE TRIGGER indicator_renamed AFTER UPDATE OF code ON indicator FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION indicator_renamed();

CREATE OR REPLACE FUNCTION unit_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM terrbal.observation WHERE unit_id = OLD.id) OR EXISTS (SELECT FROM terrbal.observation WHERE counterpart_id = OLD.id) THEN
        RAISE EXCEPTION 'unit "%" has published observations', OLD.code USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Withdraw them first: remove the unit from the sources and refresh.';
    END IF;
    RETURN OLD;
END
$$;

-- A blank at the end, a zero that a spreadsheet took, another case: a second unit, which nobody meant. Codes are kept as they come, so it is told.
CREATE FUNCTION unit_alike() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE
    -- the blank that does not break is one too, where the encoding has it
    blank text := E' \t\r\n' || CASE getdatabaseencoding() WHEN 'UTF8' THEN chr(160) ELSE '' END;
    odd record;
BEGIN
    IF NOT has_table_privilege('terrbal.unit', 'SELECT') THEN
        RETURN NULL;
    END IF;
    SELECT n.code, o.code AS other, count(*) OVER () AS pairs INTO odd
    FROM changed n JOIN terrbal.unit o ON ltrim(lower(btrim(o.code, blank)), '0') = ltrim(lower(btrim(n.code, blank)), '0')
        AND o.id < n.id AND o.code <> n.code AND (o.level = n.level OR o.level IS NULL OR n.level IS NULL)
    ORDER BY o.id, n.id LIMIT 1;
    IF FOUND THEN
        RAISE WARNING 'unit "%" is registered beside unit "%": their codes differ in blanks, case or leading zeros only%', odd.code, odd.other,
            CASE WHEN odd.pairs > 1 THEN format(' (%s pairs)', odd.pairs) ELSE '' END
            USING HINT = 'Two codes are two units: if they are one, write the code in one way in the source, and refresh.';
    ELSE
        SELECT n.code INTO odd FROM changed n WHERE btrim(n.code, blank) <> n.code ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE WARNING 'the code of unit "%" begins or ends with a blank', odd.code USING HINT = 'Another code without it would be another unit: take it off in the source, and refresh.';
        END IF;
    END IF;
    SELECT n.level, o.level AS other INTO odd
    FROM (SELECT DISTINCT c.level FROM changed c) n JOIN (SELECT DISTINCT u.level FROM terrbal.unit u) o ON lower(btrim(o.level, blank)) = lower(btrim(n.level, blank)) AND o.level <> n.level
    ORDER BY 1, 2 LIMIT 1;
    IF FOUND THEN
        RAISE WARNING 'level "%" stands beside level "%"', odd.level, odd.other
            USING HINT = 'A unit is its level and code, so that one unit at both is two: use one spelling in terrbal.indicator and terrbal.hierarchy.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION unit_alike() IS 'Trigger: tells of new units whose code differs from that of another in blanks, case or leading zeros only, or has a blank at an end, and of levels that differ so';
CREATE TRIGGER unit_inserted AFTER INSERT ON unit REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION unit_alike();

-- Codes are keys of indexes, parts of URLs and lines of a log.
CREATE FUNCTION long_code(code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'code "' || pg_catalog.left(code, 40) || '..." has ' || pg_catalog.octet_length(code) || ' bytes, more than 200';
COMMENT ON FUNCTION long_code(text) IS 'What is wrong with a code longer than 200 bytes, by its start';

-- What keeps a relation from being a source: NULL if nothing does. Only base types are read, so that reading runs no cast of a stranger's type.
CREATE FUNCTION source_problem(source regclass, has_statistic boolean DEFAULT false, frequency text DEFAULT 'A', dimensions text[] DEFAULT '{}') RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = source AND relkind IN ('r', 'v', 'm', 'f', 'p')) THEN
        RETURN format('%s is not a view or table', source);
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = source AND relpersistence = 't') THEN
        RETURN format('%s is temporary: no other session can read it', source);
    END IF;
    SELECT string_agg(CASE WHEN a.atttypid IS NULL THEN format('no column %s', c.name)
                           ELSE format('column %s is %s, not %s', c.name, format_type(a.atttypid, a.atttypmod), c.types[1]) END, '; ' ORDER BY c.place)
    INTO problem
    FROM (VALUES (1::bigint, 'unit', ARRAY['text', 'character varying', 'character'], true),
                 (2, 'period', CASE WHEN frequency = 'A' THEN ARRAY['date', 'integer', 'smallint', 'bigint'] ELSE ARRAY['date'] END, true),
                 (3, 'value', ARRAY['double precision', 'real', 'numeric', 'bigint', 'integer', 'smallint'], NOT has_statistic),
                 (4, 'status', ARRAY['text', 'character varying', 'character'], false),
                 (5, 'weight', ARRAY['double precision', 'real', 'numeric', 'bigint', 'integer', 'smallint'], false),
                 (6, 'counterpart', ARRAY['text', 'character varying', 'character'], false)
          UNION ALL SELECT 6 + d.place, d.name, ARRAY['text', 'character varying', 'character'], true FROM unnest(dimensions) WITH ORDINALITY d (name, place)) c (place, name, types, needed)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = source AND a.attname = c.name AND a.attnum > 0 AND NOT a.attisdropped
    WHERE CASE WHEN a.atttypid IS NULL THEN c.needed ELSE NOT a.atttypid = ANY (c.types::regtype[]::oid[]) END;
    RETURN problem;
END
$$;
COMMENT ON FUNCTION source_problem(regclass, boolean, text, text[]) IS 'Why a relation cannot be the source of an indicator; NULL if it can';

CREATE FUNCTION register_indicator(code text, title text, unit_measure text, source regclass, level text DEFAULT NULL, direction integer DEFAULT 1,
    sdg text DEFAULT NULL, method_version text DEFAULT '1', note text DEFAULT NULL, definition text DEFAULT NULL, frequency text DEFAULT 'A',
    component text DEFAULT NULL, agenda text DEFAULT NULL, weight_indicator text DEFAULT NULL, statistic text DEFAULT NULL,
    stale_after interval DEFAULT NULL, withdraw boolean DEFAULT true, dimensions text[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    problem text;
    number integer;
    argument text;
BEGIN
    argument := CASE WHEN register_indicator.code IS NULL THEN 'code' WHEN register_indicator.title IS NULL THEN 'title'
                     WHEN register_indicator.unit_measure IS NULL THEN 'unit_measure' WHEN register_indicator.source IS NULL THEN 'source' END;
    IF argument IS NOT NULL THEN
        RAISE EXCEPTION '% is NULL', argument USING ERRCODE = 'null_value_not_allowed';
    END IF;
    problem := CASE
        WHEN register_indicator.code = '' THEN 'code is empty'
        WHEN octet_length(register_indicator.code) > 200 THEN terrbal_support.long_code(register_indicator.code)
        WHEN register_indicator.direction NOT IN (-1, 0, 1) THEN format('direction %s is not 1 (higher is better), -1 (lower is better) or 0', direction)
        WHEN register_indicator.frequency NOT IN ('A', 'S', 'Q', 'M', 'W', 'D', 'I')
            THEN format('frequency "%s" is not one of A, S, Q, M, W, D, I', frequency)
        WHEN register_indicator.component NOT IN ('population_dynamics', 'balanced_territorial_development', 'local_fiscal_space')
            THEN format('component "%s" is not population_dynamics, balanced_territorial_development or local_fiscal_space', component)
        WHEN register_indicator.stale_after <= interval '0' THEN format('stale_after %s is not positive', stale_after)
        WHEN register_indicator.weight_indicator IS NOT NULL
            AND NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = register_indicator.weight_indicator)
            THEN format('weight indicator "%s" is not registered', weight_indicator)
        ELSE terrbal_support.dimension_problem(dimensions) END;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'invalid_parameter_value';
    END IF;
    problem := terrbal_support.source_problem(source, statistic IS NOT NULL AND EXISTS (
        SELECT FROM pg_catalog.pg_attribute WHERE attrelid = source AND attname = 'state' AND NOT attisdropped), coalesce(register_indicator.frequency, 'A'), register_indicator.dimensions);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'source % cannot be read: %', source, problem
            USING ERRCODE = 'invalid_parameter_value', HINT = CASE WHEN problem LIKE '% is temporary:%' THEN 'Make it a table or a view that stays.'
                ELSE 'A source has the columns unit text, period date, value float8, and a text column of each dimension: cast them in a view.' END;
    END IF;
    IF NOT (SELECT pg_has_role(CURRENT_USER, relowner, 'MEMBER') FROM pg_catalog.pg_class WHERE oid = source) THEN
        RAISE EXCEPTION 'role % is not a member of the owner of %', CURRENT_USER, source
            USING ERRCODE = 'insufficient_privilege', HINT = 'Register the source as its owner, or read it through a view of your own.';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.indicator');
    INSERT INTO terrbal.indicator AS i (code, title, unit_measure, direction, sdg, component, agenda, source_schema, source_name, level, method_version,
        frequency, stale_after, weight_indicator, statistic, withdraw, definition, note, dimensions)
    SELECT register_indicator.code, register_indicator.title, register_indicator.unit_measure, coalesce(register_indicator.direction, 0),
        register_indicator.sdg, register_indicator.component, register_indicator.agenda, n.nspname, c.relname, register_indicator.level,
        coalesce(register_indicator.method_version, '1'), coalesce(register_indicator.frequency, 'A'), register_indicator.stale_after,
        register_indicator.weight_indicator, register_indicator.statistic, coalesce(register_indicator.withdraw, true), register_indicator.definition,
        register_indicator.note, coalesce(register_indicator.dimensions, '{}')
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = source
    ON CONFLICT (code) DO UPDATE SET title = excluded.title, unit_measure = excluded.unit_measure, direction = excluded.direction, sdg = excluded.sdg,
        component = excluded.component, agenda = excluded.agenda, source_schema = excluded.source_schema, source_name = excluded.source_name,
        level = excluded.level, method_version = excluded.method_version, frequency = excluded.frequency, stale_after = excluded.stale_after,
        weight_indicator = excluded.weight_indicator, statistic = excluded.statistic, withdraw = excluded.withdraw, definition = excluded.definition,
        note = excluded.note, dimensions = excluded.dimensions
    RETURNING i.id INTO number;
    RETURN number;
END
$$;
COMMENT ON FUNCTION register_indicator(text, text, text, regclass, text, integer, text, text, text, text, text, text, text, text, text, interval, boolean, text[])
IS 'Registers an indicator, or renews the entry of that code; checks the columns of the source; returns the id';


-- ---- 81-refresh ----

DROP FUNCTION run_start(text);
DROP FUNCTION merge_statement(regclass, boolean, text);
DROP FUNCTION state_merge_statement(regclass, boolean);
DROP FUNCTION raise_duplicate(regclass);

-- refresh: from a source to observations; only what changed is written
CREATE FUNCTION run_start(code text, strict boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    number bigint;
BEGIN
    INSERT INTO terrbal.run (indicator_id, code, extension_version, method_version, source, is_strict)
    SELECT i.id, i.code, (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'terrbal'), i.method_version,
        format('%I.%I', i.source_schema, i.source_name), coalesce(run_start.strict, false)
    FROM terrbal.indicator i WHERE i.code = run_start.code
    RETURNING id INTO number;
    IF number IS NULL THEN
        RAISE EXCEPTION 'indicator "%" is not registered', code
            USING ERRCODE = 'invalid_parameter_value', HINT = 'See terrbal.indicator_catalogue, or register it with terrbal.register_indicator.';
    END IF;
    RETURN number;
END
$$;
COMMENT ON FUNCTION run_start(text, boolean) IS 'Opens the line of the run log for one refresh, status running; returns its number';

-- Month ends, quarter ends and any other day within a period stand for the period.
CREATE FUNCTION period_start(day date, frequency text) RETURNS date
    AS 'MODULE_PATHNAME', 'terrbal_period_start' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION period_start(date, text) IS 'First day of the period of that frequency (A, S, Q, M, W; D and I: the day itself); NULL outside the years 0001 to 9999';

CREATE FUNCTION period_expression(source regclass, frequency text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'period' AND NOT a.attisdropped AND a.atttypid = 'date'::regtype)
    THEN format('terrbal_support.period_start(s.period, %L)', frequency)
    ELSE 'CASE WHEN s.period BETWEEN 1 AND 9999 THEN make_date(s.period::integer, 1, 1) END' END;
COMMENT ON FUNCTION period_expression(regclass, text) IS 'SQL expression for the first day of the period of a row s of a source, whose column period is a date or a year';

-- One pass: compares the source with what is published, writes the difference, says what it saw. Duplicates are raised by the caller after the pass, which its
-- block then undoes. A clock that was set back does not turn the order of two versions: the later one is a microsecond younger.
CREATE FUNCTION merge_statement(source regclass, i indicator) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    paired boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = source AND attname = 'counterpart' AND NOT attisdropped);
    -- most sources have neither counterpart nor breakdown: what would be the same in every row is not carried along
    plain boolean := NOT paired AND i.dimensions = '{}';
BEGIN
    RETURN format($merge$
WITH keyed AS MATERIALIZED (
    SELECT u.id AS unit_id, u.level IS NULL AS free, s.unit, s.counterpart, s.breakdown, s.period, s.given_period, s.reason, s.weight + 0.0::float8 AS weight,
        s.reason IS NULL AND s.unit IS NOT NULL AND s.period IS NOT NULL AS good, %3$s AS counterpart_id,
        CASE WHEN s.value > '-Infinity' AND s.value < 'Infinity' THEN s.value + 0.0::float8 END AS value,
        CASE WHEN s.value = 'NaN' OR s.value = 'Infinity' OR s.value = '-Infinity' THEN 'not computable'
             ELSE coalesce(s.status, CASE WHEN s.value IS NULL THEN 'missing' ELSE 'ok' END) END AS status
    FROM (%1$s OFFSET 0) s LEFT JOIN terrbal.unit u ON u.code = s.unit AND ($4 IS NULL OR u.id = ANY ($4))%4$s
), seen AS MATERIALIZED (
    SELECT count(*) AS rows_read, count(*) FILTER (WHERE NOT good AND reason IS NULL) AS skipped, count(reason) AS refused,
        count(*) FILTER (WHERE good AND unit_id IS NOT NULL AND counterpart_id IS NOT NULL) AS usable, min(reason) AS reason,
        -- a sum does not depend on the order of the rows
        coalesce(sum(hashtextextended(coalesce(unit, ''), hashtextextended(status, hashfloat8extended(coalesce(weight, -1),
            hashfloat8extended(coalesce(value, 'NaN'), hashint4extended(period - DATE '2000-01-01', %6$s)))))), 0) AS fingerprint,
        array_agg(DISTINCT unit) FILTER (WHERE unit_id IS NULL AND good) AS unknown,
        array_agg(DISTINCT counterpart) FILTER (WHERE counterpart_id IS NULL AND good) AS unknown_counterpart,
        array_agg(DISTINCT unit_id) FILTER (WHERE free AND unit_id IS NOT NULL AND good) AS adopted
    FROM keyed
%5$s), difference AS MATERIALIZED (
    SELECT k.unit_id, k.counterpart_id, k.breakdown, k.period, k.value, k.status, k.weight, o.id AS old_id, o.ctid AS old_place, o.unit_id AS old_unit_id, o.counterpart_id AS old_counterpart_id,
        o.breakdown AS old_breakdown, o.period AS old_period, o.value AS old_value, o.status AS old_status, o.weight AS old_weight, o.run_id AS old_run_id, o.published AS old_published
    FROM (SELECT * FROM keyed WHERE good AND unit_id IS NOT NULL AND counterpart_id IS NOT NULL) k
    FULL JOIN (SELECT ctid, * FROM terrbal.observation WHERE indicator_id = $1) o
        ON o.unit_id = k.unit_id AND o.period = k.period AND %7$s
    WHERE k.unit_id IS NULL OR o.id IS NULL
        OR k.value IS DISTINCT FROM o.value OR k.status IS DISTINCT FROM o.status OR k.weight IS DISTINCT FROM o.weight
), ended AS MATERIALIZED (
    -- a row that is refused leaves what was published before
    SELECT d.old_id FROM difference d
    WHERE d.unit_id IS NULL AND %2$s AND ((SELECT refused = 0 FROM seen) OR NOT EXISTS (
        SELECT FROM keyed k WHERE k.reason IS NOT NULL AND k.unit_id = d.old_unit_id AND k.period = d.old_period AND k.counterpart_id = d.old_counterpart_id AND k.breakdown = d.old_breakdown))
), kept AS (
    INSERT INTO terrbal.revision (indicator_id, unit_id, counterpart_id, breakdown, period, value, status, weight, run_id, published, superseded, superseded_by)
    SELECT $1, old_unit_id, old_counterpart_id, old_breakdown, old_period, old_value, old_status, old_weight, old_run_id, old_published,
        greatest($3, old_published + interval '1 microsecond'), $2
    FROM difference d WHERE old_id IS NOT NULL AND (unit_id IS NOT NULL OR old_id IN (SELECT e.old_id FROM ended e))
), changed AS (
    UPDATE terrbal.observation o SET value = d.value, status = d.status, weight = d.weight, run_id = $2,
        published = greatest($3, d.old_published + interval '1 microsecond')
    -- by the place where the comparison met them: how few they are the planner cannot know, and would read all rows again
    FROM difference d
    WHERE o.ctid = ANY (ARRAY(SELECT x.old_place FROM difference x WHERE x.unit_id IS NOT NULL AND x.old_id IS NOT NULL)) AND o.id = d.old_id AND o.indicator_id = $1
    RETURNING 1
), gone AS (
    DELETE FROM terrbal.observation o USING ended e WHERE o.id = e.old_id AND o.indicator_id = $1 RETURNING 1
), fresh AS (
    INSERT INTO terrbal.observation (indicator_id, unit_id, counterpart_id, breakdown, period, value, status, weight, run_id, published)
    SELECT $1, d.unit_id, d.counterpart_id, d.breakdown, d.period, d.value, d.status, d.weight, $2,
        greatest($3, (SELECT max(v.superseded) FROM terrbal.revision v WHERE v.indicator_id = $1 AND v.unit_id = d.unit_id AND v.counterpart_id = d.counterpart_id
                          AND v.breakdown = d.breakdown AND v.period = d.period))
    FROM difference d WHERE d.old_id IS NULL ORDER BY d.period, d.unit_id
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT seen.*, (SELECT count(*) FROM terrbal.observation WHERE indicator_id = $1) AS before,
    (SELECT count(*) FROM fresh) AS inserted, (SELECT count(*) FROM changed) AS updated, (SELECT count(*) FROM gone) AS withdrawn,
    (SELECT count(*) FROM difference WHERE old_id IS NULL) AS missing_before, (SELECT count(*) FROM difference WHERE unit_id IS NULL) AS missing_now
FROM seen$merge$,
        terrbal_support.protected_statement(source, i),
        -- an empty source is more often an accident than the end of a series
        CASE WHEN i.withdraw THEN '(SELECT usable > 0 FROM seen)' ELSE 'false' END,
        CASE WHEN paired THEN 'CASE WHEN s.counterpart IS NULL THEN 0 ELSE c.id END' ELSE '0' END,
        CASE WHEN paired THEN ' LEFT JOIN terrbal.unit c ON c.code = s.counterpart AND ($4 IS NULL OR c.id = ANY ($4))' ELSE '' END,
        -- a publisher of 1.0 may not have been granted the list
        CASE WHEN has_table_privilege('terrbal.run_issue', 'INSERT') THEN $issue$), issue AS (
    INSERT INTO terrbal.run_issue (run_id, indicator_id, unit, counterpart, breakdown, period, reason)
    SELECT $2, $1, left(k.unit, 200), left(k.counterpart, 200), nullif(left(k.breakdown, 200), ''), k.given_period::pg_catalog.text, k.reason
    FROM keyed k WHERE k.reason IS NOT NULL AND (SELECT refused > 0 AND unknown IS NULL AND unknown_counterpart IS NULL FROM seen)
    ORDER BY k.reason, k.unit, k.given_period LIMIT 1000
$issue$ ELSE '' END,
        CASE WHEN plain THEN '0' ELSE 'CASE WHEN breakdown <> '''' OR counterpart IS NOT NULL THEN hashtextextended(breakdown, hashtextextended(coalesce(counterpart, ''''), 0)) ELSE 0 END' END,
        -- whole numbers are compared faster; the planner knows how many units there are, not how many values an expression has
        CASE WHEN plain THEN 'CASE WHEN o.breakdown = '''' THEN o.counterpart_id END = k.counterpart_id' ELSE 'o.counterpart_id = k.counterpart_id AND o.breakdown = k.breakdown' END);
END
$$;
COMMENT ON FUNCTION merge_statement(regclass, indicator) IS 'Statement by which refresh compares a source with the published values and writes the difference; parameters: indicator, run, time, units (indicator_units)';

-- Sums in double-double differ in the last bits of their low parts when rows come in another order: such a state is not written again.
CREATE FUNCTION state_alike(a bytea, b bytea) RETURNS boolean
    AS 'MODULE_PATHNAME', 'terrbal_state_alike' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION state_alike(bytea, bytea) IS 'Are two states, as canonical bytes, the same, but perhaps for the low parts of sums added in another order?';

CREATE FUNCTION state_merge_statement(source regclass, withdraw boolean, statistic text, frequency text, dimensions text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    paired boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = source AND attname = 'counterpart' AND NOT attisdropped);
BEGIN
    RETURN (SELECT format($merge$
WITH source AS MATERIALIZED (
    SELECT u.id AS unit_id, %4$s AS counterpart_id, s.breakdown, s.period, decode(s.state, 'hex') AS state
    FROM (%1$s) s JOIN terrbal.unit u ON u.code = s.unit AND ($3 IS NULL OR u.id = ANY ($3))%5$s
    WHERE s.period IS NOT NULL AND s.state IS NOT NULL AND s.reason IS NULL
), gone AS (
    DELETE FROM terrbal.observation_state o
    WHERE o.indicator_id = $1 AND %3$s AND EXISTS (SELECT FROM source)
        AND NOT EXISTS (SELECT FROM source s WHERE s.unit_id = o.unit_id AND s.period = o.period AND s.counterpart_id = o.counterpart_id AND s.breakdown = o.breakdown)
    RETURNING 1
), written AS (
    INSERT INTO terrbal.observation_state AS o (indicator_id, unit_id, counterpart_id, breakdown, period, state_type, state, run_id)
    SELECT $1, unit_id, counterpart_id, breakdown, period, %2$L, state, $2 FROM source
    ON CONFLICT (indicator_id, unit_id, counterpart_id, breakdown, period) DO UPDATE SET state_type = excluded.state_type, state = excluded.state, run_id = excluded.run_id
    WHERE NOT terrbal_support.state_alike(o.state, excluded.state) OR o.state_type <> excluded.state_type
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)$merge$,
        terrbal_support.source_statement(source, statistic, frequency, dimensions, ', s.state::pg_catalog.text AS state'),
        t.typname, CASE WHEN withdraw THEN 'true' ELSE 'false' END,
        CASE WHEN paired THEN 'coalesce(c.id, 0)' ELSE '0' END,
        CASE WHEN paired THEN ' LEFT JOIN terrbal.unit c ON c.code = s.counterpart AND ($3 IS NULL OR c.id = ANY ($3))' ELSE '' END)
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typnamespace = 'terrbal'::regnamespace AND t.typname LIKE '%\_state'
    WHERE a.attrelid = source AND a.attname = 'state' AND NOT a.attisdropped);
END
$$;
COMMENT ON FUNCTION state_merge_statement(regclass, boolean, text, text, text[]) IS 'Statement by which refresh stores the changed states of a source; NULL if it has no column state of a type of terrbal; parameters: indicator, run, units';

-- Units of the level, and those whose level nobody has said yet: neither named at this level as a child of it, nor known by indicators of another level.
CREATE FUNCTION indicator_units(level text) RETURNS integer[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    units integer[];
BEGIN
    IF level IS NULL THEN
        IF NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.level IS DISTINCT FROM (SELECT o.level FROM terrbal.unit o LIMIT 1)) THEN
            RETURN NULL;
        END IF;
        RETURN ARRAY(SELECT min(u.id) FROM terrbal.unit u GROUP BY u.code HAVING count(*) = 1
                     UNION ALL SELECT u.id FROM terrbal.unit u WHERE u.level IS NULL AND EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.id <> u.id));
    END IF;
    units := ARRAY(SELECT u.id FROM terrbal.unit u WHERE u.level = indicator_units.level);
    IF EXISTS (SELECT FROM terrbal.unit u WHERE u.level IS NULL) THEN
        units := units || ARRAY(
            SELECT u.id FROM terrbal.unit u
            WHERE u.level IS NULL
                AND NOT EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.level = indicator_units.level)
                AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.child = u.code AND coalesce(h.child_level, '') = '' AND h.level = indicator_units.level)
                AND u.id NOT IN (SELECT o.unit_id FROM terrbal.observation o JOIN terrbal.indicator i ON i.id = o.indicator_id WHERE i.level <> indicator_units.level));
    END IF;
    RETURN units;
END
$$;
COMMENT ON FUNCTION indicator_units(text) IS 'Keys of the units that a code of a source may mean: those of the level and those without one; level NULL: every unit whose code stands once; NULL if no code can stand twice';

CREATE FUNCTION add_units(codes text[], level text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    IF level IS NULL THEN
        SELECT u.code, string_agg(u.level, ' and ' ORDER BY u.level) AS levels INTO twice FROM terrbal.unit u WHERE u.code = ANY (codes) GROUP BY u.code HAVING count(*) > 1 ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', twice.code, twice.levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Register the indicator with the level of its units.';
        END IF;
    END IF;
    INSERT INTO terrbal.unit (code, level) SELECT c, add_units.level FROM unnest(codes) c ORDER BY c ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION add_units(text[], text) IS 'Registers units of a level that a source names for the first time';

-- The work of one refresh, under the lock of its indicator. Never raises for a fault of the indicator: the run line tells.
CREATE OR REPLACE FUNCTION run_refresh(number bigint) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
DECLARE
    r terrbal.run;
    i terrbal.indicator;
    source regclass;
    seen record;
    now_published timestamptz;
    statement text;
    context text;
    clock timestamptz := clock_timestamp();
BEGIN
    SELECT * INTO STRICT r FROM terrbal.run WHERE id = number;
    r.inserted := 0;
    r.updated := 0;
    r.withdrawn := 0;
    r.units_new := 0;
    PERFORM terrbal_support.guard_privileged();
    -- Only who may write the registry can hold this lock. It lasts to the end of the transaction.
    PERFORM FROM terrbal.indicator WHERE id = r.indicator_id FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        r.status := 'locked';
        r.message := CASE WHEN EXISTS (SELECT FROM terrbal.indicator WHERE id = r.indicator_id)
            THEN 'another session is refreshing or changing this indicator' ELSE 'the indicator was deleted meanwhile' END;
        RETURN terrbal_support.run_finish(r, clock);
    END IF;
    -- Under the lock nobody else works on this indicator: a line still running belongs to a session that died or was cancelled.
    UPDATE terrbal.run d SET status = 'interrupted', message = 'the session ended before the refresh; nothing was written'
    WHERE d.indicator_id = r.indicator_id AND d.status = 'running' AND d.id <> r.id
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.pid = d.pid AND a.pid <> pg_backend_pid() AND a.state IS DISTINCT FROM 'idle');
    BEGIN
        SELECT * INTO STRICT i FROM terrbal.indicator WHERE id = r.indicator_id;
        r.source := format('%I.%I', i.source_schema, i.source_name);
        -- While this lock is held a renamed table cannot be put in the place of the one that is judged.
        source := terrbal_support.lock_source(i.source_schema, i.source_name);
        IF source IS NULL THEN
            r.status := 'missing source';
            r.message := format('there is no relation %s', r.source);
            r.hint := 'Create it again under this name, or register the indicator with its new source.';
            RETURN terrbal_support.run_finish(r, clock);
        END IF;
        IF terrbal.privileged_role() THEN
            r.message := terrbal.untrusted_owner(source);
            IF r.message IS NOT NULL THEN
                r.status := 'untrusted owner';
                r.hint := 'Reading it would run its owner''s code with your rights: refresh as a publisher role that is not a superuser.';
                RETURN terrbal_support.run_finish(r, clock);
            END IF;
        END IF;
        r.message := terrbal_support.source_problem(source, i.statistic IS NOT NULL AND terrbal_support.state_merge_statement(source, true, i.statistic, i.frequency, i.dimensions) IS NOT NULL, i.frequency, i.dimensions);
        IF r.message IS NOT NULL THEN
            r.status := 'invalid source';
            r.hint := 'A source has the columns unit text, period date, value float8: cast them in a view.';
            RETURN terrbal_support.run_finish(r, clock);
        END IF;

        statement := terrbal_support.merge_statement(source, i);
        now_published := clock_timestamp();
        LOOP
            EXECUTE statement INTO STRICT seen USING i.id, r.id, now_published, terrbal_support.indicator_units(i.level);
            IF seen.refused > 0 AND r.is_strict THEN
                RAISE EXCEPTION '% rows are refused, the first: %', seen.refused, seen.reason USING ERRCODE = 'data_exception', HINT = 'Without strict they are listed in terrbal.run_issue and the others published.';
            END IF;
            -- every usable row of the source meets a published one of its own, or is new
            IF seen.inserted < seen.missing_before OR seen.usable - seen.missing_before > seen.before - seen.missing_now THEN
                PERFORM terrbal_support.raise_duplicate(terrbal_support.source_statement(source, i.statistic, i.frequency, i.dimensions), source, i.frequency);
            END IF;
            r.inserted := r.inserted + seen.inserted;
            r.updated := r.updated + seen.updated;
            r.withdrawn := r.withdrawn + seen.withdrawn;
            IF seen.adopted IS NOT NULL AND i.level IS NOT NULL THEN
                PERFORM terrbal_support.lock_writers('terrbal.unit');
                UPDATE terrbal.unit SET level = i.level WHERE id = ANY (seen.adopted) AND level IS NULL;
            END IF;
            EXIT WHEN seen.unknown IS NULL AND seen.unknown_counterpart IS NULL;
            IF r.units_new > 0 THEN
                RAISE EXCEPTION 'the source gave new units while it was read' USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Refresh again.';
            END IF;
            -- the other end of a flow may lie anywhere: its level is not said
            seen.unknown_counterpart := ARRAY(SELECT unnest(seen.unknown_counterpart) EXCEPT SELECT unnest(seen.unknown));
            PERFORM terrbal_support.add_units(coalesce(seen.unknown, '{}'), i.level), terrbal_support.add_units(seen.unknown_counterpart, NULL);
            r.units_new := cardinality(coalesce(seen.unknown, '{}')) + cardinality(seen.unknown_counterpart);
        END LOOP;
        IF i.level IS NOT NULL AND (r.units_new > 0 OR seen.adopted IS NOT NULL) THEN
            PERFORM terrbal_support.infer_levels();
        END IF;
        r.rows_read := seen.rows_read;
        r.skipped := seen.skipped;
        r.refused := seen.refused;
        r.unchanged := seen.usable - r.inserted - r.updated;
        r.fingerprint := lpad(to_hex(mod(seen.fingerprint, 9223372036854775783)::bigint), 16, '0');
        IF seen.usable = 0 AND (seen.before > 0 AND i.withdraw OR seen.refused > 0) THEN
            r.status := 'empty source';
            r.message := format('%s, %s observations stay published', CASE WHEN seen.refused > 0 THEN format('all %s rows of the source are refused', seen.refused)
                ELSE 'the source has no rows' END, seen.before);
            r.hint := CASE WHEN seen.refused > 0 THEN 'See terrbal.run_issue.' ELSE 'If the series has ended, set active = false in terrbal.indicator.' END;
            RETURN terrbal_support.run_finish(r, clock);
        END IF;
        statement := terrbal_support.state_merge_statement(source, i.withdraw, i.statistic, i.frequency, i.dimensions);
        IF statement IS NOT NULL THEN
            EXECUTE statement INTO STRICT r.states_written USING i.id, r.id, terrbal_support.indicator_units(i.level);
        END IF;
        r.status := 'ok';
        RETURN terrbal_support.run_finish(r, clock);
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS r.sqlstate := RETURNED_SQLSTATE, r.message := MESSAGE_TEXT, r.detail := PG_EXCEPTION_DETAIL, r.hint := PG_EXCEPTION_HINT,
            context := PG_EXCEPTION_CONTEXT;
        -- which function of the source it was; our own statement would tell nobody anything
        context := split_part(context, E'\n', 1);
        IF r.detail = '' AND context LIKE '% function %' AND context !~ ' terrbal(_support)?\.' THEN
            r.detail := context;
        END IF;
    END;
    r.status := 'failed';
    r.inserted := 0;
    r.updated := 0;
    r.withdrawn := 0;
    r.units_new := 0;
    RETURN terrbal_support.run_finish(r, clock);
END
$$;

CREATE OR REPLACE FUNCTION run_finish(r run, clock timestamptz) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE terrbal.run SET status = r.status, finished = clock_timestamp(), duration_ms = extract(epoch FROM clock_timestamp() - clock) * 1000,
        rows_read = r.rows_read, inserted = r.inserted, updated = r.updated, withdrawn = r.withdrawn, unchanged = r.unchanged, skipped = r.skipped,
        units_new = r.units_new, states_written = r.states_written, refused = r.refused, fingerprint = r.fingerprint, pid = pg_backend_pid(), sqlstate = r.sqlstate,
        message = r.message, detail = nullif(r.detail, ''), hint = nullif(r.hint, '')
    WHERE run.id = r.id RETURNING * INTO r;
    RETURN r;
END
$$;

CREATE FUNCTION raise_duplicate(statement text, source regclass, frequency text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    EXECUTE format('SELECT s.unit, s.counterpart, s.breakdown, s.period, count(*) AS n FROM (%s) s WHERE s.unit IS NOT NULL AND s.period IS NOT NULL AND s.reason IS NULL '
        'GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 ORDER BY 1, 4, 2, 3 LIMIT 1', statement) INTO twice;
    RAISE EXCEPTION 'unit "%"%, period % stands % times in %', twice.unit, coalesce(', counterpart "' || twice.counterpart || '"', '') || coalesce(', ' || nullif(twice.breakdown, ''), ''),
        twice.period, twice.n, source
        USING ERRCODE = 'cardinality_violation', HINT = format('A source has one row per unit and period: aggregate it in a view%s.', CASE frequency WHEN 'I' THEN '' WHEN 'D' THEN ''
            ELSE format(', or register a finer frequency than %s', frequency) END);
END
$$;
COMMENT ON FUNCTION raise_duplicate(text, regclass, text) IS 'Raises the error that names the first unit, counterpart, breakdown and period that a source gives twice';

CREATE OR REPLACE FUNCTION run_summary(r run) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN format('indicator "%s": %s', r.code, r.status)
        || CASE WHEN r.status = 'ok' THEN format(', %s rows read, %s new, %s changed, %s withdrawn, %s skipped', r.rows_read, r.inserted, r.updated,
            r.withdrawn, r.skipped) || CASE WHEN r.refused > 0 THEN format(', %s refused: see terrbal.run_issue', r.refused) ELSE '' END ELSE coalesce(': ' || r.message, '') || coalesce(' (' || r.detail || ')', '') END;
END
$$;

CREATE FUNCTION refresh(code text, strict boolean) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r terrbal.run;
BEGIN
    IF code IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.run', 'terrbal.observation');
    PERFORM terrbal_support.guard_privileged();
    PERFORM terrbal_support.register_units();
    r := terrbal_support.confined_refresh(terrbal_support.run_start(code, strict));
    IF r.status NOT IN ('ok', 'locked') OR r.refused > 0 THEN
        PERFORM terrbal_support.run_warning(r);
    END IF;
    RETURN r;
END
$$;
COMMENT ON FUNCTION refresh(text, boolean) IS 'Refreshes one indicator from its source in the transaction of the caller; strict: a row that cannot be published fails the run; returns the line of the run log';

CREATE OR REPLACE FUNCTION refresh(code text) RETURNS run
LANGUAGE sql
RETURN terrbal.refresh(code, false);
COMMENT ON FUNCTION refresh(text) IS 'Refreshes one indicator from its source in the transaction of the caller; rows that cannot be published are listed in run_issue; returns the line of the run log, also when it failed';

CREATE OR REPLACE PROCEDURE refresh_all(codes text[] DEFAULT NULL, strict boolean DEFAULT false)
LANGUAGE plpgsql AS $$
DECLARE
    todo text[];
    number bigint;
    r terrbal.run;
    ok bigint := 0;
    locked bigint := 0;
    bad bigint := 0;
    undone text[] := '{}';
    written bigint := 0;
    clock timestamptz := pg_catalog.clock_timestamp();
    place integer := 0;
    named record;
    absent bigint := 0;
BEGIN
    -- A procedure that commits cannot carry a SET clause: the path is set again in every transaction.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    IF terrbal_support.in_transaction_block() THEN
        RAISE EXCEPTION 'inside a transaction block nothing can be committed after each indicator' USING ERRCODE = 'invalid_transaction_termination',
            HINT = 'Call it on its own, in autocommit mode and not among other statements of one query; inside a transaction use SELECT terrbal.refresh(code).';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.run', 'terrbal.observation');
    PERFORM terrbal_support.guard_privileged();
    PERFORM terrbal_support.register_units();
    FOR named IN SELECT c.code, i.code AS known FROM unnest(refresh_all.codes) WITH ORDINALITY c (code, place) LEFT JOIN terrbal.indicator i ON i.code = c.code
                 WHERE i.active IS NOT TRUE ORDER BY c.place LOOP
        undone := undone || coalesce(named.code, 'NULL');
        absent := absent + 1;
        RAISE WARNING 'indicator "%" is not %', named.code, CASE WHEN named.known IS NULL THEN 'registered' ELSE 'active' END;
    END LOOP;
    -- The longest neglected first: a call that follows a broken one goes on where that stopped.
    todo := ARRAY(
        SELECT i.code FROM terrbal.indicator i
        WHERE i.active AND (refresh_all.codes IS NULL OR i.code = ANY (refresh_all.codes))
        ORDER BY (SELECT max(l.id) FROM terrbal.run l WHERE l.indicator_id = i.id AND l.status = 'ok') NULLS FIRST, i.id);
    FOR place IN 1 .. cardinality(todo) LOOP
        number := NULL;
        BEGIN
            number := terrbal_support.run_start(todo[place], strict);
        EXCEPTION WHEN invalid_parameter_value THEN
            undone := undone || todo[place];
            RAISE NOTICE '% of %: indicator "%" was deleted meanwhile', place, cardinality(todo), todo[place];
        END;
        COMMIT;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        IF number IS NOT NULL THEN
            -- seen in pg_stat_activity, until the transaction ends
            PERFORM pg_catalog.set_config('application_name', pg_catalog.left(pg_catalog.format('terrbal %s of %s: %s', place, cardinality(todo), todo[place]), 63), true);
            BEGIN
                r := terrbal_support.confined_refresh(number);
                IF r.status = 'ok' THEN
                    ok := ok + 1;
                    written := written + r.inserted + r.updated + r.withdrawn;
                    IF r.refused > 0 THEN
                        PERFORM terrbal_support.run_warning(r, format('%s of %s: ', place, cardinality(todo)));
                    ELSE
                        RAISE NOTICE '% of %: %', place, cardinality(todo), terrbal_support.run_summary(r);
                    END IF;
                ELSIF r.status = 'locked' THEN
                    locked := locked + 1;
                    undone := undone || todo[place];
                    RAISE NOTICE '% of %: %', place, cardinality(todo), terrbal_support.run_summary(r);
                ELSE
                    bad := bad + 1;
                    undone := undone || todo[place];
                    PERFORM terrbal_support.run_warning(r, format('%s of %s: ', place, cardinality(todo)));
                END IF;
            EXCEPTION WHEN OTHERS THEN
                bad := bad + 1;
                undone := undone || todo[place];
                RAISE WARNING '% of %: indicator "%": %', place, cardinality(todo), todo[place], SQLERRM;
            END;
            COMMIT;
            PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        END IF;
    END LOOP;
    bad := bad + absent;
    RAISE NOTICE 'refresh_all: % of % ok, % locked, % not refreshed, % rows written', ok, cardinality(todo) + absent, locked, bad, written;
    IF strict AND ok < cardinality(todo) + absent THEN
        RAISE EXCEPTION '% of % indicators were not refreshed: %', cardinality(todo) + absent - ok, cardinality(todo) + absent, array_to_string(undone, ', ')
            USING ERRCODE = 'triggered_action_exception', HINT = 'See terrbal.run; the others are refreshed and committed. A locked one was being refreshed or changed by another session.';
    END IF;
END
$$;
COMMENT ON PROCEDURE refresh_all(text[], boolean) IS 'Refreshes every active indicator, or those of codes, and commits after each; strict: raises an error at the end if one was not refreshed, locked and unknown ones included';

CREATE OR REPLACE FUNCTION run_warning(r run, place text DEFAULT '') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF r.hint IS NULL THEN
        RAISE WARNING '%', place || terrbal_support.run_summary(r);
    ELSE
        RAISE WARNING '%', place || terrbal_support.run_summary(r) USING HINT = r.hint;
    END IF;
END
$$;


-- ---- 82-breakdown ----

-- breakdown: observations by sex, age and other dimensions; rows of a source that are refused
CREATE TABLE dimension_member (
    dimension text COLLATE "C" NOT NULL CHECK (dimension <> ''),
    member text COLLATE "C" NOT NULL CHECK (member <> '' AND member !~ '[;=]'),
    label text,
    place integer NOT NULL DEFAULT 0,
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    UNIQUE (dimension, member)
);
COMMENT ON TABLE dimension_member IS 'Code lists of dimensions, after SDMX (CL_SEX, CL_AGE) or your own. Where a dimension has a list, rows with another member are refused';
COMMENT ON COLUMN dimension_member.dimension IS 'Dimension, for example sex';
COMMENT ON COLUMN dimension_member.member IS 'Code of the member, for example F; _T and the empty text are the total and stand in no list';
COMMENT ON COLUMN dimension_member.label IS 'Label for readers, for example women';
COMMENT ON COLUMN dimension_member.place IS 'Order of the members';
COMMENT ON COLUMN dimension_member.id IS 'Integer key';

CREATE TABLE run_issue (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL,
    indicator_id integer NOT NULL,
    unit text,
    counterpart text,
    breakdown text,
    period text,
    reason text NOT NULL
);
CREATE INDEX run_issue_run ON run_issue (run_id);
COMMENT ON TABLE run_issue IS 'Rows that a refresh refused, at most 1,000 a run; the others were published';
COMMENT ON COLUMN run_issue.id IS 'Integer key';
COMMENT ON COLUMN run_issue.run_id IS 'Run that refused it';
COMMENT ON COLUMN run_issue.indicator_id IS 'Indicator';
COMMENT ON COLUMN run_issue.unit IS 'Unit as the source gives it, at most 200 characters';
COMMENT ON COLUMN run_issue.counterpart IS 'Counterpart as the source gives it';
COMMENT ON COLUMN run_issue.breakdown IS 'Breakdown of the row';
COMMENT ON COLUMN run_issue.period IS 'Period as the source gives it';
COMMENT ON COLUMN run_issue.reason IS 'Why it cannot be published';

REVOKE ALL ON dimension_member, run_issue FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.dimension_member', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.dimension_member_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run_issue', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run_issue_id_seq', '');

CREATE FUNCTION dimension_problem(dimensions text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad text;
BEGIN
    SELECT d.name INTO bad FROM unnest(dimensions) d (name)
    WHERE d.name IS NULL OR d.name IN ('', 'unit', 'period', 'value', 'status', 'weight', 'state', 'counterpart') OR d.name ~ '[;=]' OR octet_length(d.name) > 63 LIMIT 1;
    IF FOUND THEN
        RETURN format('dimension "%s" is not a name for one', left(bad, 70));
    END IF;
    RETURN (SELECT format('dimension "%s" is named twice', d.name) FROM unnest(dimensions) d (name) GROUP BY d.name HAVING count(*) > 1 LIMIT 1);
END
$$;
COMMENT ON FUNCTION dimension_problem(text[]) IS 'Why these cannot be the dimensions of an indicator; NULL if they can';

-- The total of a dimension has no part in the text; a member is a code without ; and =
CREATE FUNCTION breakdown_member(breakdown text, dimension text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT substr(p, length(dimension) + 2) FROM string_to_table(breakdown, ';') p WHERE starts_with(p, dimension || '=') LIMIT 1);
COMMENT ON FUNCTION breakdown_member(text, text) IS 'Member of a dimension in the canonical text of a breakdown: breakdown_member(''sex=F;age=65+'', ''sex'') is F; NULL: the total';

-- Numbers as float8; what float8 does not hold is NaN, and the row is refused.
CREATE FUNCTION number_expression(source regclass, name text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN CASE (SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = source AND a.attname = name AND a.attnum > 0 AND NOT a.attisdropped)
    WHEN 'numeric'::regtype THEN format('CASE WHEN terrbal_support.fits_float8(s.%1$I) THEN s.%1$I::pg_catalog.float8 ELSE ''NaN'' END', name)
    ELSE format('s.%I::pg_catalog.float8', name) END;
COMMENT ON FUNCTION number_expression(regclass, text) IS 'SQL expression for a column of numbers of a source s as float8, NaN where float8 does not hold the number';

CREATE FUNCTION fits_float8(x numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN x IS NULL OR x IN (0, 'Infinity', '-Infinity') OR abs(x) BETWEEN 2.3e-308 AND 1.79e308;
COMMENT ON FUNCTION fits_float8(numeric) IS 'Can this number be read as float8? Also NULL and the infinities can';

CREATE FUNCTION breakdown_expression(dimensions text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN cardinality(dimensions) > 0 THEN 'concat_ws('';'', ' || (
    SELECT string_agg(format('%L || nullif(nullif(s.%I::pg_catalog.text, ''''), ''_T'')', d.name || '=', d.name), ', ' ORDER BY d.place) FROM unnest(dimensions) WITH ORDINALITY d (name, place))
    || ') COLLATE "C"' ELSE '''''::pg_catalog.text COLLATE "C"' END;
COMMENT ON FUNCTION breakdown_expression(text[]) IS 'SQL expression for the canonical text of the breakdown of a row s of a source: sex=F;age=65+, without the dimensions that are NULL, empty or _T';

-- Why a row cannot be published, first reason first
CREATE FUNCTION refusal_expression(source regclass, dimensions text[], frequency text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cases text := '';
    name text;
    listed text[];
    code text;
BEGIN
    FOREACH code IN ARRAY ARRAY['unit', 'counterpart'] LOOP
        IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = code AND NOT a.attisdropped) THEN
            cases := cases || CASE code WHEN 'unit' THEN format(' WHEN s.%I::pg_catalog.text = '''' THEN ''empty unit code''', code) ELSE '' END
                || format(' WHEN octet_length(s.%1$I::pg_catalog.text) > 200 THEN ''%1$s code of '' || octet_length(s.%1$I::pg_catalog.text) || '' bytes, more than 200''', code);
        END IF;
    END LOOP;
    cases := cases || format(' WHEN s.period IS NOT NULL AND %s IS NULL THEN ''period is not between the years 0001 and 9999''', terrbal_support.period_expression(source, frequency));
    FOREACH name IN ARRAY coalesce(dimensions, '{}') LOOP
        listed := ARRAY(SELECT m.member FROM terrbal.dimension_member m WHERE m.dimension = name ORDER BY m.member);
        cases := cases || format(' WHEN s.%1$I::pg_catalog.text ~ ''[;=]'' OR octet_length(s.%1$I::pg_catalog.text) > 200%2$s THEN left(s.%1$I::pg_catalog.text, 100) || '' is no member of %3$s''',
            name, CASE WHEN listed <> '{}' THEN format(' OR s.%I::pg_catalog.text <> ALL (%L::pg_catalog.text[])', name, listed || '{"",_T}'::text[]) ELSE '' END, replace(name, '''', ''''''));
    END LOOP;
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'value' AND a.atttypid = 'numeric'::regtype AND NOT a.attisdropped) THEN
        cases := cases || ' WHEN s.value <> ''NaN'' AND NOT terrbal_support.fits_float8(s.value) THEN ''value is beyond float8''';
    END IF;
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'weight' AND NOT a.attisdropped) THEN
        cases := cases || format(' WHEN NOT (%1$s >= 0 AND %1$s < ''Infinity''::pg_catalog.float8) THEN ''weight is negative or not finite''', terrbal_support.number_expression(source, 'weight'));
    END IF;
    RETURN 'CASE' || cases || ' END';
END
$$;
COMMENT ON FUNCTION refusal_expression(regclass, text[], text) IS 'SQL expression for the reason why a row s of a source cannot be published; NULL if it can';

CREATE FUNCTION source_statement(source regclass, statistic text, frequency text, dimensions text[], more text DEFAULT '') RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped);
BEGIN
    RETURN format('SELECT s.unit::pg_catalog.text COLLATE "C" AS unit, %2$s AS counterpart, %3$s AS breakdown, %4$s AS period, s.period AS given_period, '
        '%5$s AS value, %6$s AS status, %7$s AS weight, %8$s AS reason%9$s FROM %1$s s', source,
        CASE WHEN 'counterpart' = ANY (named) THEN 'nullif(s.counterpart::pg_catalog.text, '''')' ELSE 'NULL::pg_catalog.text' END || ' COLLATE "C"',
        terrbal_support.breakdown_expression(dimensions), terrbal_support.period_expression(source, frequency),
        CASE WHEN 'value' = ANY (named) THEN terrbal_support.number_expression(source, 'value') ELSE format('(%s)::pg_catalog.float8', terrbal_support.state_expression('s.state', statistic)) END,
        CASE WHEN 'status' = ANY (named) THEN 'nullif(s.status::pg_catalog.text, '''')' ELSE 'NULL::pg_catalog.text' END,
        CASE WHEN 'weight' = ANY (named) THEN terrbal_support.number_expression(source, 'weight') ELSE 'NULL::pg_catalog.float8' END,
        terrbal_support.refusal_expression(source, dimensions, frequency), more);
END
$$;
COMMENT ON FUNCTION source_statement(regclass, text, text, text[], text) IS 'Statement that reads a source as refresh sees it: codes, breakdown, first day of the period, numbers as float8, and why a row is refused; more: further columns of a row s, after a comma';



-- ---- 82-hierarchy ----

ALTER TABLE hierarchy ADD COLUMN child_level text DEFAULT '', DROP CONSTRAINT hierarchy_check,
    ADD CONSTRAINT hierarchy_check CHECK (child <> parent OR child_level <> level AND child_level <> '');
ALTER TABLE hierarchy ALTER COLUMN child_level DROP DEFAULT;
ALTER TABLE succession ADD COLUMN level text DEFAULT '', ADD COLUMN waived boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT succession_predecessor_successor_effective_key,
    ADD CONSTRAINT succession_line_key UNIQUE NULLS NOT DISTINCT (predecessor, successor, effective, level);
ALTER TABLE succession ALTER COLUMN level DROP DEFAULT;
COMMENT ON COLUMN hierarchy.child_level IS 'Level of the child, needed where its code stands at several levels; empty: the unit that had the code first, not one of the level of the parent';
COMMENT ON COLUMN succession.level IS 'Level of both units, needed where the code of the predecessor stands at several levels; empty: the unit that had the code first';
COMMENT ON COLUMN succession.waived IS 'true: the lines of this unit and day are kept although they break a rule (see broken_succession); set by the update from 1.0 for what was broken before';
DROP TRIGGER hierarchy_overlap_insert ON hierarchy;
DROP TRIGGER hierarchy_overlap_update ON hierarchy;
DROP FUNCTION unit_at_level(text);

-- What a code of hierarchy and succession stands for. A unit is its level and code; where no level is stated, the unit that had the code first: a later one
-- of the same code does not change what was written before it.
CREATE FUNCTION membership() RETURNS TABLE (id integer, child_id integer, parent_id integer, level text, valid daterange)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT h.id, c.id, p.id, h.level, h.valid
    FROM hierarchy h JOIN unit p ON p.code = h.parent AND p.level = h.level
    CROSS JOIN LATERAL (SELECT u.id FROM unit u
        WHERE u.code = h.child AND CASE WHEN coalesce(h.child_level, '') = '' THEN u.level IS DISTINCT FROM h.level ELSE u.level = h.child_level END
        ORDER BY u.id LIMIT 1) c;
END;
COMMENT ON FUNCTION membership() IS 'Lines of hierarchy with the keys of their units';

CREATE FUNCTION succession_line() RETURNS TABLE (id integer, predecessor_id integer, successor_id integer, effective date, share float8)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.id, p.id, n.id, s.effective, s.share
    FROM succession s
    CROSS JOIN LATERAL (SELECT u.id, u.level FROM unit u WHERE u.code = s.predecessor AND (coalesce(s.level, '') = '' OR u.level = s.level) ORDER BY u.id LIMIT 1) p
    CROSS JOIN LATERAL (SELECT u.id FROM unit u WHERE u.code = s.successor AND (coalesce(s.level, '') = '' OR u.level = s.level)
        ORDER BY u.level IS DISTINCT FROM p.level, u.id LIMIT 1) n;
END;
COMMENT ON FUNCTION succession_line() IS 'Lines of succession with the keys of their units';

CREATE OR REPLACE VIEW unregistered_unit WITH (security_invoker = true) AS
SELECT x.code, x.level, f.id
FROM (SELECT parent AS code, level FROM hierarchy
      UNION SELECT child, child_level FROM hierarchy WHERE child_level <> ''
      UNION SELECT predecessor, level FROM succession WHERE level <> ''
      UNION SELECT successor, level FROM succession WHERE level <> '') x
-- a unit whose level nobody has said may be this one, if it is not the child of such a one and no indicator of another level knows it
LEFT JOIN unit f ON f.code = x.code AND f.level IS NULL
    AND NOT EXISTS (SELECT FROM hierarchy h WHERE h.child = x.code AND coalesce(h.child_level, '') = '' AND h.level = x.level)
    AND NOT EXISTS (SELECT FROM observation o JOIN indicator i ON i.id = o.indicator_id WHERE o.unit_id = f.id AND i.level <> x.level)
WHERE NOT EXISTS (SELECT FROM unit u WHERE u.code = x.code AND u.level = x.level)
UNION
SELECT h.child, NULL, NULL FROM hierarchy h
WHERE coalesce(h.child_level, '') = '' AND NOT EXISTS (SELECT FROM unit u WHERE u.code = h.child AND u.level IS DISTINCT FROM h.level)
UNION
SELECT c.code, NULL, NULL FROM succession s CROSS JOIN LATERAL (VALUES (s.predecessor), (s.successor)) c (code)
WHERE coalesce(s.level, '') = '' AND NOT EXISTS (SELECT FROM unit u WHERE u.code = c.code);
COMMENT ON VIEW unregistered_unit IS 'Units of hierarchy and succession that unit does not know yet, or not with their level';
COMMENT ON COLUMN unregistered_unit.code IS 'Code of the unit';
COMMENT ON COLUMN unregistered_unit.level IS 'Level that it is given; NULL for a leaf';
COMMENT ON COLUMN unregistered_unit.id IS 'Key if it is registered without a level';

CREATE OR REPLACE FUNCTION register_units() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM terrbal.unregistered_unit) THEN
        RETURN;
    END IF;
    -- One at a time and in order: two sessions that register the same units in turn would wait for each other.
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    UPDATE terrbal.unit u SET level = x.level FROM (SELECT r.id, min(r.level) AS level FROM terrbal.unregistered_unit r GROUP BY r.id) x WHERE x.id = u.id;
    INSERT INTO terrbal.unit (code, level) SELECT x.code, x.level FROM terrbal.unregistered_unit x WHERE x.level IS NOT NULL ORDER BY x.code, x.level ON CONFLICT DO NOTHING;
    INSERT INTO terrbal.unit (code) SELECT x.code FROM terrbal.unregistered_unit x WHERE x.level IS NULL ORDER BY x.code ON CONFLICT DO NOTHING;
    PERFORM terrbal_support.infer_levels();
END
$$;
COMMENT ON FUNCTION register_units() IS 'Registers the units that hierarchy and succession name, and the level of parents';

CREATE FUNCTION infer_levels() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE terrbal.unit u SET level = x.level
    FROM (SELECT m.child_id, min(p.level) AS level
          FROM terrbal_support.membership() m JOIN terrbal.unit c ON c.id = m.child_id AND c.level IS NULL
          JOIN (SELECT k.parent_id, s.level, k.level AS parent_level FROM terrbal_support.membership() k JOIN terrbal.unit s ON s.id = k.child_id
                WHERE s.level IS NOT NULL GROUP BY 1, 2, 3) p ON p.parent_id = m.parent_id AND p.parent_level = m.level
          GROUP BY m.child_id HAVING count(DISTINCT p.level) = 1) x
    WHERE u.id = x.child_id AND u.level IS NULL AND NOT EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.level = x.level)
        AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.child = u.code AND coalesce(h.child_level, '') = '' AND h.level = x.level);
END
$$;
COMMENT ON FUNCTION infer_levels() IS 'Gives a unit without a level that of the other members of its parents, where they have one and the same';

-- A level that is not stated becomes empty: so a dump says that it was resolved when it was written, and is not judged again.
CREATE FUNCTION hierarchy_level() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    long text := CASE WHEN octet_length(NEW.child) > 200 THEN NEW.child WHEN octet_length(NEW.parent) > 200 THEN NEW.parent END;
    levels text;
BEGIN
    IF long IS NOT NULL THEN
        RAISE EXCEPTION 'unit %', terrbal_support.long_code(long) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF NEW.child_level IS NULL THEN
        SELECT string_agg(coalesce(u.level, 'no level'), ' and ' ORDER BY u.level) INTO levels FROM terrbal.unit u
        WHERE u.code = NEW.child AND u.level IS DISTINCT FROM NEW.level HAVING count(*) > 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', NEW.child, levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Say child_level in terrbal.hierarchy.';
        END IF;
        NEW.child_level := '';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION hierarchy_level() IS 'Trigger: refuses a child whose code stands at several levels if the line does not say which, and codes longer than 200 bytes';
CREATE TRIGGER hierarchy_level BEFORE INSERT OR UPDATE ON hierarchy FOR EACH ROW EXECUTE FUNCTION hierarchy_level();

CREATE FUNCTION succession_level() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    long text := CASE WHEN octet_length(NEW.predecessor) > 200 THEN NEW.predecessor WHEN octet_length(NEW.successor) > 200 THEN NEW.successor END;
    levels text;
BEGIN
    IF long IS NOT NULL THEN
        RAISE EXCEPTION 'unit %', terrbal_support.long_code(long) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF NEW.level IS NULL THEN
        SELECT string_agg(coalesce(u.level, 'no level'), ' and ' ORDER BY u.level) INTO levels FROM terrbal.unit u
        WHERE u.code = NEW.predecessor HAVING count(*) > 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', NEW.predecessor, levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Say level in terrbal.succession.';
        END IF;
        NEW.level := '';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION succession_level() IS 'Trigger: refuses a predecessor whose code stands at several levels if the line does not say which, and codes longer than 200 bytes';
CREATE TRIGGER succession_level BEFORE INSERT OR UPDATE ON succession FOR EACH ROW EXECUTE FUNCTION succession_level();

-- At commit: the end of one membership and the beginning of the next may be written in either order. Only this table is read, so that any order of a restore is right.
CREATE OR REPLACE FUNCTION hierarchy_overlap() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    SELECT n.child, n.level, n.parent AS one, h.parent AS two, n.valid * h.valid AS both_valid INTO twice
    FROM terrbal.hierarchy n JOIN terrbal.hierarchy h ON h.child = n.child AND h.level = n.level AND h.id <> n.id AND h.valid && n.valid
        AND coalesce(h.child_level, '') = coalesce(n.child_level, '')
    WHERE n.id = NEW.id LIMIT 1;
    IF twice.one = twice.two THEN
        RAISE EXCEPTION 'unit "%" belongs to "%" twice at level % during %', twice.child, twice.one, twice.level, twice.both_valid
            USING ERRCODE = 'exclusion_violation', HINT = 'The line is there already: leave one of them out, or end the earlier before the later begins.';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'unit "%" belongs to both "%" and "%" at level % during %', twice.child, least(twice.one, twice.two), greatest(twice.one, twice.two),
            twice.level, twice.both_valid USING ERRCODE = 'exclusion_violation', HINT = 'End the earlier membership: its values would count twice.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION hierarchy_overlap() IS 'Trigger at commit: refuses two parents of one unit at one level on one day';
CREATE CONSTRAINT TRIGGER hierarchy_overlap AFTER INSERT OR UPDATE ON hierarchy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hierarchy_overlap();

CREATE FUNCTION succession_problem(predecessor text, level text, effective date) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    total numeric;
    dead text;
BEGIN
    SELECT sum(s.share::text::numeric), min(s.successor) FILTER (WHERE s.successor <> s.predecessor
            AND EXISTS (SELECT FROM terrbal.succession d WHERE d.predecessor = s.successor AND coalesce(d.level, '') = coalesce(s.level, '') AND d.effective = s.effective)
            AND NOT EXISTS (SELECT FROM terrbal.succession d WHERE d.predecessor = s.successor AND d.successor = s.successor
                            AND coalesce(d.level, '') = coalesce(s.level, '') AND d.effective = s.effective))
    INTO total, dead
    FROM terrbal.succession s
    WHERE s.predecessor = succession_problem.predecessor AND coalesce(s.level, '') = coalesce(succession_problem.level, '') AND s.effective = succession_problem.effective;
    RETURN CASE WHEN abs(total - 1) > 0.000001 THEN format('the shares of unit "%s" on %s add up to %s, not 1', predecessor, effective, trim_scale(total))
                WHEN dead IS NOT NULL THEN format('unit "%s" goes into "%s" on %s, the day on which that one ends', predecessor, dead, effective) END;
END
$$;
COMMENT ON FUNCTION succession_problem(text, text, date) IS 'What is wrong with the lines of succession of a unit on a day: shares that do not add up to 1 within 0.000001, or a successor that ends on that day; NULL if nothing is';

CREATE FUNCTION succession_checked() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    -- the lines of the unit itself, and those that lead to it
    SELECT terrbal_support.succession_problem(g.predecessor, g.level, g.effective) AS wrong INTO problem
    FROM (SELECT s.predecessor, s.level, s.effective FROM terrbal.succession s
          WHERE (s.predecessor, s.effective) IN (SELECT c.predecessor, c.effective FROM (SELECT NEW.* UNION ALL SELECT OLD.*) c WHERE c.predecessor IS NOT NULL)
             OR (s.successor, s.effective) IN (SELECT c.predecessor, c.effective FROM (SELECT NEW.* UNION ALL SELECT OLD.*) c WHERE c.predecessor IS NOT NULL)
          GROUP BY 1, 2, 3 HAVING NOT bool_or(s.waived)) g
    WHERE terrbal_support.succession_problem(g.predecessor, g.level, g.effective) IS NOT NULL ORDER BY 1 LIMIT 1;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'One line per successor, in one transaction, the unit itself among them if it lives on; see terrbal.broken_succession.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION succession_checked() IS 'Trigger at commit: refuses lines whose shares do not add up to 1, and circles';
CREATE CONSTRAINT TRIGGER succession_checked AFTER INSERT OR UPDATE OR DELETE ON succession DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION succession_checked();

-- That a successor exists is only shown: a restore may load it after the line that names it.
CREATE VIEW broken_succession WITH (security_invoker = true) AS
SELECT min(s.id) AS id, s.predecessor, s.effective, p.problem, bool_or(s.waived) AS waived
FROM succession s CROSS JOIN LATERAL succession_problem(s.predecessor, s.level, s.effective) p (problem)
WHERE p.problem IS NOT NULL
GROUP BY s.predecessor, s.level, s.effective, p.problem
UNION ALL
SELECT s.id, s.predecessor, s.effective, format('successor "%s" is in no hierarchy from that day on and has no observation', s.successor), s.waived
FROM succession s LEFT JOIN succession_line() l ON l.id = s.id
WHERE NOT EXISTS (SELECT FROM membership() m WHERE l.successor_id IN (m.child_id, m.parent_id) AND m.valid && daterange(s.effective, NULL))
    AND NOT EXISTS (SELECT FROM observation o WHERE o.unit_id = l.successor_id)
    AND NOT EXISTS (SELECT FROM succession n WHERE n.predecessor = s.successor AND n.effective > s.effective);
COMMENT ON VIEW broken_succession IS 'What is wrong in succession: shares that do not add up to 1, successors that end on the same day (circles), successors that nobody knows';
COMMENT ON COLUMN broken_succession.id IS 'Key of the (first) line in succession';
COMMENT ON COLUMN broken_succession.predecessor IS 'Code of the unit before';
COMMENT ON COLUMN broken_succession.effective IS 'First day of the new boundaries';
COMMENT ON COLUMN broken_succession.problem IS 'What is wrong';
COMMENT ON COLUMN broken_succession.waived IS 'Was it accepted as it is?';

-- A unit reaches one unit of a level on a day: by the shortest chain, so that two roads to the nation do not count it twice.
-- Down from the level, and each line once: the number of chains can be 2 to the power of the number of rows.
CREATE FUNCTION unit_at_level(level text) RETURNS TABLE (unit text, ancestor text, valid daterange, depth integer, unit_id integer, ancestor_id integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE member AS MATERIALIZED (
        SELECT * FROM terrbal_support.membership()
    ), walk AS (
        SELECT m.child_id AS unit_id, m.parent_id AS ancestor_id, m.valid, 1 AS depth FROM member m WHERE m.level = unit_at_level.level
        UNION
        SELECT m.child_id, w.ancestor_id, m.valid * w.valid, w.depth + 1
        FROM walk w JOIN member m ON m.parent_id = w.unit_id AND m.valid && w.valid AND m.level <> unit_at_level.level
        WHERE w.depth < 32
    )
    SELECT u.code, a.code, w.valid, w.depth, w.unit_id, w.ancestor_id
    FROM walk w JOIN terrbal.unit u ON u.id = w.unit_id JOIN terrbal.unit a ON a.id = w.ancestor_id;
END
$$;
COMMENT ON FUNCTION unit_at_level(text) IS 'Which unit of a level every unit belongs to, on which days and over how many steps';

-- From the last change back to the first: where a unit goes is the sum of where its successors have gone, so that no path is walked twice.
CREATE FUNCTION carried_share(boundaries date)
    RETURNS TABLE (predecessor text, effective date, successor text, share numeric, predecessor_id integer, successor_id integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    day date;
    goes integer[] := '{}';
    into_unit integer[] := '{}';
    shares numeric[] := '{}';
    step record;
BEGIN
    FOR day IN SELECT DISTINCT s.effective FROM terrbal.succession s WHERE s.effective <= boundaries ORDER BY 1 DESC LOOP
        WITH known AS MATERIALIZED (
            SELECT * FROM unnest(goes, into_unit, shares) k (predecessor, successor, share)
        ), fresh AS MATERIALIZED (
            SELECT s.predecessor_id AS predecessor, coalesce(k.successor, s.successor_id) AS successor, sum(round(s.share::text::numeric * coalesce(k.share, 1), 60)) AS share
            FROM terrbal_support.succession_line() s LEFT JOIN known k ON k.predecessor = s.successor_id
            WHERE s.effective = day GROUP BY 1, 2)
        SELECT array_agg(x.predecessor) AS goes, array_agg(x.successor) AS into_unit, array_agg(x.share) AS shares, array_agg(x.today) AS today INTO step
        FROM (SELECT f.*, true AS today FROM fresh f
              UNION ALL
              SELECT k.*, false FROM known k WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.predecessor = k.predecessor)) x;
        goes := step.goes;
        into_unit := step.into_unit;
        shares := step.shares;
        RETURN QUERY SELECT p.code, day, s.code, x.w, x.p, x.s FROM unnest(goes, into_unit, shares, step.today) x (p, s, w, today)
            JOIN terrbal.unit p ON p.id = x.p JOIN terrbal.unit s ON s.id = x.s WHERE x.today;
    END LOOP;
END
$$;
COMMENT ON FUNCTION carried_share(date) IS 'Which share of a unit, as it was before it changed on the day effective, lies in which unit on the map of the day boundaries';

-- what was broken before stays as it is, and is told
UPDATE succession s SET waived = true WHERE succession_problem(s.predecessor, s.level, s.effective) IS NOT NULL;

-- What a boundary cannot be, then what it becomes: bound to PostGIS when they are created, wherever that stands.
CREATE FUNCTION boundary_problem(boundary geometry) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN ST_SRID(boundary) = 0 THEN 'has no reference system'
            WHEN ST_Dimension(boundary) < 2 AND NOT ST_IsEmpty(boundary) THEN 'is a ' || GeometryType(boundary) || ', not a polygon' END;
COMMENT ON FUNCTION boundary_problem(geometry) IS 'Why a geometry cannot be the boundary of a unit; NULL if it can';

CREATE FUNCTION unit_boundary(boundary geometry) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT ST_Multi(p.polygons) FROM (SELECT ST_CollectionExtract(ST_MakeValid(ST_Force2D(ST_Transform(ST_CurveToLine(boundary), 4326))), 3) AS polygons OFFSET 0) p
        WHERE NOT ST_IsEmpty(p.polygons));
COMMENT ON FUNCTION unit_boundary(geometry) IS 'Boundary as terrbal.unit keeps it: longitude and latitude, two dimensions, curves as lines, repaired where a line crosses itself, a MultiPolygon; NULL if it is empty';

CREATE FUNCTION lies_on_earth(boundary geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ST_XMin(boundary) >= -180.000001 AND ST_XMax(boundary) <= 180.000001 AND ST_YMin(boundary) >= -90.000001 AND ST_YMax(boundary) <= 90.000001;
COMMENT ON FUNCTION lies_on_earth(geometry) IS 'Does a boundary have longitudes within 180 and latitudes within 90 degrees? Others had another reference system than they said';

CREATE FUNCTION load_units(relation regclass, code text, name text DEFAULT NULL, geometry text DEFAULT NULL, level text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF relation IS NULL OR code IS NULL THEN
        RAISE EXCEPTION '% is NULL', CASE WHEN relation IS NULL THEN 'relation' ELSE 'code' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF level = '' THEN
        RAISE EXCEPTION 'level is empty' USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave it out where it is not known.';
    END IF;
    IF NOT (SELECT pg_has_role(CURRENT_USER, relowner, 'MEMBER') FROM pg_class WHERE oid = relation) THEN
        RAISE EXCEPTION 'role % is not a member of the owner of %', CURRENT_USER, relation
            USING ERRCODE = 'insufficient_privilege', HINT = 'Load it as its owner, or read it through a view of your own.';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.unit');
    PERFORM terrbal_support.guard_privileged();
    RETURN terrbal_support.confined_units(relation, code, name, geometry, level);
END
$$;
COMMENT ON FUNCTION load_units(regclass, text, text, text, text)
IS 'Registers the units of a table or view, or renews their names and boundaries: columns of the code, the name and the polygons (any reference system), and the level of them all; returns how many';

-- The work of load_units, confined.
CREATE FUNCTION run_units(relation regclass, code text, name text, geometry text, level text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
    seen record;
BEGIN
    SELECT terrbal_support.lock_source(n.nspname, c.relname) INTO relation FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation;
    problem := CASE WHEN terrbal.privileged_role() THEN terrbal.untrusted_owner(relation) END;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'insufficient_privilege',
            HINT = 'Reading it would run its owner''s code with your rights: load as a role that is not a superuser.';
    END IF;
    problem := terrbal_support.units_problem(relation, code, name, geometry);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '% cannot be read: %', relation, problem USING ERRCODE = 'invalid_parameter_value', HINT = 'Codes and names are text, boundaries geometry or geography: cast them in a view.';
    END IF;
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    EXECUTE terrbal_support.units_statement(relation, code, name, geometry) INTO STRICT seen USING terrbal_support.indicator_units(level), level;
    IF seen.wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', seen.wrong[1] USING ERRCODE = 'invalid_parameter_value', HINT = seen.wrong[2];
    END IF;
    IF seen.twice IS NOT NULL THEN
        RAISE EXCEPTION 'unit "%" stands twice in %', seen.twice, relation USING ERRCODE = 'cardinality_violation', HINT = 'One row a unit: join its parts in a view, ST_Union(geom) ... GROUP BY.';
    END IF;
    PERFORM terrbal_support.infer_levels();
    IF seen.refused > 0 THEN
        RAISE WARNING '% rows of % have no code: refused', seen.refused, relation;
    END IF;
    RAISE NOTICE 'units of %: % new, % changed, % unchanged', relation, seen.fresh, seen.changed, seen.units - seen.fresh - seen.changed;
    RETURN seen.units;
END
$$;
COMMENT ON FUNCTION run_units(regclass, text, text, text, text) IS 'Does what load_units asks for; called confined, by confined_units';

CREATE FUNCTION units_problem(relation regclass, code text, name text, geometry text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT string_agg(CASE WHEN a.atttypid IS NULL THEN format('no column %s', c.name)
                               ELSE format('column %s is %s, not %s', c.name, format_type(a.atttypid, a.atttypmod), c.wanted) END, '; ' ORDER BY c.place)
        FROM (VALUES (1, code, 'text'), (2, name, 'text'), (3, geometry, 'geometry')) c (place, name, wanted)
        LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attname = c.name AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_type t ON t.oid = a.atttypid
        CROSS JOIN (SELECT p.oid, p.typnamespace FROM pg_attribute b JOIN pg_type p ON p.oid = b.atttypid WHERE b.attrelid = 'terrbal.unit'::regclass AND b.attname = 'geom') g
        WHERE c.name IS NOT NULL AND CASE WHEN a.atttypid IS NULL THEN true WHEN c.wanted = 'text' THEN t.oid NOT IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
            ELSE t.oid <> g.oid AND NOT (t.typname = 'geography' AND t.typnamespace = g.typnamespace) END);
END
$$;
COMMENT ON FUNCTION units_problem(regclass, text, text, text) IS 'Why a relation cannot be read by load_units; NULL if it can';

CREATE FUNCTION units_statement(relation regclass, code text, name text, geometry text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN format($units$
WITH source AS MATERIALIZED (
    SELECT s.code, s.name, terrbal_support.boundary_problem(s.geom) AS problem, CASE WHEN terrbal_support.boundary_problem(s.geom) IS NULL THEN terrbal_support.unit_boundary(s.geom) END AS geom
    FROM (SELECT nullif(r.%2$I::pg_catalog.text, '') AS code, %3$s AS name, %4$s AS geom FROM %1$s r OFFSET 0) s
), keyed AS MATERIALIZED (
    SELECT s.*, u.id FROM source s LEFT JOIN terrbal.unit u ON u.code = s.code AND u.id = ANY ($1) WHERE s.code IS NOT NULL
), seen AS MATERIALIZED (
    SELECT (SELECT count(*) FROM source) - count(*) AS refused, count(*) AS units,
        (SELECT min(d.code) FROM (SELECT k.code FROM keyed k GROUP BY k.code HAVING count(*) > 1) d) AS twice,
        min(CASE WHEN octet_length(k.code) > 200 THEN ARRAY['unit ' || terrbal_support.long_code(k.code), 'Codes have at most 200 bytes.']
                 WHEN k.problem IS NOT NULL THEN ARRAY[format('the boundary of unit "%%s" %%s', k.code, k.problem),
                     'Boundaries are polygons that name their reference system: in a view, ST_SetSRID(geom, 25830) or what the file says; without polygons leave geometry out.']
                 WHEN NOT terrbal_support.lies_on_earth(k.geom) THEN ARRAY[format('the boundary of unit "%%s" lies beyond 180 or 90 degrees', k.code), 'Its reference system is not the one that it names.']
                 WHEN $2 IS NULL AND k.id IS NULL AND EXISTS (SELECT FROM terrbal.unit u WHERE u.code = k.code)
                     THEN ARRAY[format('unit "%%s" stands at more than one level', k.code), 'Say level.'] END) AS wrong
    FROM keyed k
), good AS MATERIALIZED (
    SELECT k.* FROM keyed k WHERE (SELECT s.twice IS NULL AND s.wrong IS NULL FROM seen s)
), changed AS (
    UPDATE terrbal.unit u SET name = coalesce(g.name, u.name), geom = coalesce(g.geom, u.geom), level = coalesce(u.level, $2) FROM good g
    WHERE u.id = g.id AND (g.name <> u.name OR g.name IS NOT NULL AND u.name IS NULL OR u.level IS NULL AND $2 IS NOT NULL
        OR g.geom IS NOT NULL AND g.geom::pg_catalog.bytea IS DISTINCT FROM u.geom::pg_catalog.bytea) RETURNING 1
), fresh AS (
    INSERT INTO terrbal.unit (code, name, level, geom) SELECT g.code, g.name, $2, g.geom FROM good g WHERE g.id IS NULL ORDER BY g.code RETURNING 1
)
SELECT seen.*, (SELECT count(*) FROM fresh) AS fresh, (SELECT count(*) FROM changed) AS changed FROM seen$units$,
        relation, code, CASE WHEN name IS NULL THEN 'NULL::pg_catalog.text' ELSE format('r.%I::pg_catalog.text', name) END,
        CASE WHEN geometry IS NULL THEN 'NULL' ELSE format('r.%I', geometry) END || (SELECT '::' || format('%I.%I', n.nspname, t.typname) FROM pg_attribute b JOIN pg_type t ON t.oid = b.atttypid
            JOIN pg_namespace n ON n.oid = t.typnamespace WHERE b.attrelid = 'terrbal.unit'::regclass AND b.attname = 'geom'));
END
$$;
COMMENT ON FUNCTION units_statement(regclass, text, text, text) IS 'Statement by which load_units compares a relation with the registered units and writes the difference; parameters: units that a code may mean (indicator_units), level';


-- ---- 82-plan ----

-- plan: targets and the way to them; what is kept of a series beside its last value
CREATE TABLE target (
    indicator text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL DEFAULT '',
    breakdown text COLLATE "C" NOT NULL DEFAULT '',
    baseline float8 CHECK (baseline > '-Infinity' AND baseline < 'Infinity'),
    baseline_date date NOT NULL CHECK (isfinite(baseline_date)),
    value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
    date date NOT NULL CHECK (isfinite(date)),
    shape text NOT NULL DEFAULT 'linear' CHECK (shape IN ('linear', 'geometric', 'steps')),
    steps integer CHECK (steps BETWEEN 1 AND 1000),
    note text,
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    CONSTRAINT target_key UNIQUE (indicator, unit, breakdown),
    CONSTRAINT target_order CHECK (date > baseline_date),
    CONSTRAINT target_geometric CHECK (shape <> 'geometric' OR value <> 0 AND (baseline IS NULL OR baseline <> 0 AND (baseline > 0) = (value > 0))),
    CONSTRAINT target_steps CHECK ((shape = 'steps') = (steps IS NOT NULL))
);
COMMENT ON TABLE target IS 'Where an indicator shall be, and when: per indicator, unit (or all of them) and breakdown';
COMMENT ON COLUMN target.indicator IS 'Code of the indicator';
COMMENT ON COLUMN target.unit IS 'Code of the unit; empty: every unit that has no target of its own';
COMMENT ON COLUMN target.breakdown IS 'Breakdown that it holds for, in canonical text: sex=F; empty: the total';
COMMENT ON COLUMN target.baseline IS 'Value from which the path starts, in the unit of the indicator; NULL: the last value of each unit up to the baseline date';
COMMENT ON COLUMN target.baseline_date IS 'Day on which the path starts';
COMMENT ON COLUMN target.value IS 'Value to be reached, in the unit of the indicator';
COMMENT ON COLUMN target.date IS 'Day by which it shall be reached';
COMMENT ON COLUMN target.shape IS 'linear: the same amount every day; geometric: the same rate; steps: equal steps at equal distances, each taken at the end of its stretch';
COMMENT ON COLUMN target.steps IS 'How many steps, with shape steps';
COMMENT ON COLUMN target.note IS 'Free note to readers, for example the plan that states it';
COMMENT ON COLUMN target.id IS 'Integer key';
REVOKE ALL ON target FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.target', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.target_id_seq', '');

CREATE FUNCTION plan_value(shape text, baseline float8, baseline_date date, value float8, date date, today date, steps integer DEFAULT NULL) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN baseline IS NULL OR value IS NULL OR today IS NULL OR NOT date > baseline_date THEN NULL
    WHEN today <= baseline_date THEN baseline
    WHEN today >= date THEN value
    WHEN shape = 'linear' THEN baseline * (date - today) / (date - baseline_date) + value * (today - baseline_date) / (date - baseline_date)
    WHEN shape = 'steps' THEN baseline * (1 - floor((today - baseline_date)::numeric * steps / (date - baseline_date)) / steps)::float8
        + value * (floor((today - baseline_date)::numeric * steps / (date - baseline_date)) / steps)::float8
    WHEN shape = 'geometric' AND baseline <> 0 AND value <> 0 AND (baseline > 0) = (value > 0)
        THEN sign(value) * exp((ln(abs(baseline)) * (date - today) + ln(abs(value)) * (today - baseline_date)) / (date - baseline_date)) END;
COMMENT ON FUNCTION plan_value(text, float8, date, float8, date, date, integer) IS 'Value of a plan path on a day: from baseline on baseline_date to value on date, in the unit of both; shape linear, geometric or steps; NULL where the path has none';

CREATE TYPE series_summary AS (level float8, slope float8, run integer, jump float8);
COMMENT ON TYPE series_summary IS 'A series at its last day: trimmed line through the last eight values (level on that day, slope per day), rises (negative: falls) running, last jump in median absolute deviations';

CREATE FUNCTION series_summary(days float8[], series float8[]) RETURNS series_summary
    AS 'MODULE_PATHNAME', 'terrbal_series_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_summary(float8[], float8[]) IS 'Where a series is heading: least squares on its last eight values without the one that fits worst (from four values on), rises or falls running, jump of the last change (from five earlier changes on)';

-- One plan for all calls: made for no row and kept for thousands it must not be quadratic, so every row is reached by an index.
CREATE FUNCTION renew_series(indicator integer, units integer[], counterparts integer[], breakdowns text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    WITH last AS MATERIALIZED (
        SELECT t.unit_id, t.counterpart_id, t.breakdown, h.ids[h.n] AS id, h.latest[h.n - 1] AS previous, h.periods[h.n - 1] AS previous_period, terrbal.series_summary(h.days, h.series) AS s
        FROM ROWS FROM (unnest(units), unnest(counterparts), unnest(breakdowns)) t (unit_id, counterpart_id, breakdown) CROSS JOIN LATERAL (
            SELECT count(*)::integer AS n, array_agg(x.id) AS ids, array_agg(x.value) AS latest, array_agg(x.period) AS periods,
                array_agg((x.period - DATE '2000-01-01')::float8) FILTER (WHERE x.value IS NOT NULL) AS days, array_agg(x.value) FILTER (WHERE x.value IS NOT NULL) AS series
            FROM (SELECT y.* FROM (
                SELECT o.id, o.period, o.value FROM terrbal.observation o
                WHERE o.indicator_id = indicator AND o.unit_id = t.unit_id AND o.counterpart_id = t.counterpart_id AND o.breakdown = t.breakdown COLLATE "C"
                -- in the order of observation_key, the index to take
                ORDER BY o.unit_id DESC, o.counterpart_id DESC, o.breakdown DESC, o.period DESC LIMIT 20) y ORDER BY y.period) x) h
    ), passed AS (
        UPDATE terrbal.observation o SET is_last = false, previous = NULL, previous_period = NULL, trend_level = NULL, trend_slope = NULL, run = NULL, jump = NULL
        FROM last l
        WHERE o.is_last AND o.id <> l.id AND o.indicator_id = indicator AND o.unit_id = l.unit_id AND o.counterpart_id = l.counterpart_id AND o.breakdown = l.breakdown COLLATE "C"
    )
    UPDATE terrbal.observation o SET is_last = true, previous = l.previous, previous_period = l.previous_period, trend_level = (l.s).level, trend_slope = (l.s).slope,
        run = (l.s).run, jump = (l.s).jump
    FROM last l
    WHERE o.id = l.id AND NOT (o.is_last AND o.previous IS NOT DISTINCT FROM l.previous AND o.previous_period IS NOT DISTINCT FROM l.previous_period
        AND o.trend_level IS NOT DISTINCT FROM (l.s).level AND o.trend_slope IS NOT DISTINCT FROM (l.s).slope AND o.run IS NOT DISTINCT FROM (l.s).run
        AND o.jump IS NOT DISTINCT FROM (l.s).jump);
    UPDATE terrbal.indicator i SET last_period = n.period FROM (SELECT max(o.period) AS period FROM terrbal.observation o WHERE o.indicator_id = indicator) n
    WHERE i.id = indicator AND i.last_period IS DISTINCT FROM n.period;
END
$$;
COMMENT ON FUNCTION renew_series(integer, integer[], integer[], text[]) IS 'Marks the last period of these series of an indicator, keeps beside it what is known of the series, and the last period of the indicator';

CREATE FUNCTION observation_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- not again for what it has written itself
        FOR one IN
            SELECT t.indicator_id, array_agg(t.unit_id) AS units, array_agg(t.counterpart_id) AS counterparts, array_agg(t.breakdown) AS breakdowns
            FROM (SELECT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM (
                      SELECT n.id, n.indicator_id, n.unit_id, n.counterpart_id, n.breakdown, n.period, n.value FROM changed n
                      EXCEPT SELECT b.id, b.indicator_id, b.unit_id, b.counterpart_id, b.breakdown, b.period, b.value FROM before b) c
                  UNION SELECT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM (
                      SELECT b.id, b.indicator_id, b.unit_id, b.counterpart_id, b.breakdown, b.period, b.value FROM before b
                      EXCEPT SELECT n.id, n.indicator_id, n.unit_id, n.counterpart_id, n.breakdown, n.period, n.value FROM changed n) c) t GROUP BY t.indicator_id LOOP
            PERFORM terrbal_support.renew_series(one.indicator_id, one.units, one.counterparts, one.breakdowns);
        END LOOP;
    ELSE
        FOR one IN
            SELECT t.indicator_id, array_agg(t.unit_id) AS units, array_agg(t.counterpart_id) AS counterparts, array_agg(t.breakdown) AS breakdowns
            FROM (SELECT DISTINCT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM changed c) t GROUP BY t.indicator_id LOOP
            PERFORM terrbal_support.renew_series(one.indicator_id, one.units, one.counterparts, one.breakdowns);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION observation_changed() IS 'Trigger: keeps the last period of each series, its previous value and its trend, and the last period of the indicator';
CREATE TRIGGER observation_inserted AFTER INSERT ON observation REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();
CREATE TRIGGER observation_updated AFTER UPDATE ON observation REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();
CREATE TRIGGER observation_deleted AFTER DELETE ON observation REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();

-- One row must not make a view fail for every reader: what float8 or the calendar does not hold is NULL. The limit is a little inside float8, for rounding.
CREATE FUNCTION difference_or_null(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x > 0 AND y < 0 AND x > 1.797e308::float8 + y OR x < 0 AND y > 0 AND x < -1.797e308::float8 + y THEN NULL ELSE x - y END;
COMMENT ON FUNCTION difference_or_null(float8, float8) IS 'x - y; NULL where float8 does not hold it';

CREATE FUNCTION ratio_or_null(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN y = 0 OR abs(y) < 1 AND abs(x) > 1.797e308::float8 * abs(y) THEN NULL
            WHEN abs(y) > 1 AND abs(x) < 2.3e-308::float8 * abs(y) THEN 0::float8
            ELSE x / y END;
COMMENT ON FUNCTION ratio_or_null(float8, float8) IS 'x / y, 0 where it is below the smallest number; NULL where y is 0 or float8 does not hold it';

CREATE FUNCTION line_value(level float8, slope float8, days integer) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN days = 0 THEN level WHEN abs(slope) < 1.797e308::float8 / abs(days::float8) THEN difference_or_null(level, - slope * days) END;
COMMENT ON FUNCTION line_value(float8, float8, integer) IS 'level + slope * days; NULL where float8 does not hold it';

CREATE FUNCTION arrival_date(value float8, period date, level float8, slope float8, baseline float8, target float8) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN target >= baseline AND value >= target OR target <= baseline AND value <= target THEN period
    WHEN ratio_or_null(difference_or_null(target, level), slope) BETWEEN 0 AND 3000000 AND period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'
        AND period + ceil(ratio_or_null(difference_or_null(target, level), slope))::integer <= DATE '9999-12-31'
        THEN period + ceil(ratio_or_null(difference_or_null(target, level), slope))::integer END;
COMMENT ON FUNCTION arrival_date(float8, date, float8, float8, float8, float8) IS 'Day on which a line (level on period, slope per day) reaches a target; the period itself if the value has reached it; NULL if it does not before the year 10000';

CREATE FUNCTION series_warning(direction integer, run integer, jump float8, value float8, expected float8, baseline float8, target float8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- of IMMUTABLE parts only, so that the planner puts the expression in the place of the call
RETURN nullif(substr(CASE WHEN direction * run <= -3 THEN '; worse ' || abs(run)::text || ' periods running' ELSE '' END
    || CASE WHEN abs(jump) >= 5 THEN '; jump of ' || CASE WHEN abs(jump) < 1000 THEN round(abs(jump)::numeric)::text ELSE 'more than 1000' END || ' deviations' ELSE '' END
    || CASE WHEN target > baseline AND value < expected OR target < baseline AND value > expected THEN '; behind the plan path' ELSE '' END, 3), '');
COMMENT ON FUNCTION series_warning(integer, integer, float8, float8, float8, float8, float8) IS 'What is unusual in a series: three periods worse, a jump of five median absolute deviations, a value on the wrong side of its plan path; NULL: nothing';

CREATE VIEW rank_change WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, x.period, x.breakdown, x.value, x.previous, x.rank, x.previous_rank, x.peers, (x.rank - x.previous_rank)::float8 / x.peers AS fall,
    CASE WHEN x.peers >= 10 AND x.rank - x.previous_rank >= 0.1 * x.peers THEN 'rank fell by ' || x.rank - x.previous_rank || ' of ' || x.peers END AS warning,
    u.name AS unit_name, i.title, x.previous_period, x.indicator_id, x.unit_id, x.id
FROM indicator i
-- one indicator at a time: a filter on its code reaches the index
CROSS JOIN LATERAL (
    SELECT o.id, o.indicator_id, o.unit_id, o.breakdown, o.period, o.previous_period, o.value, o.previous,
        rank() OVER (PARTITION BY o.breakdown, o.period, o.previous_period ORDER BY i.direction * o.value DESC) AS rank,
        rank() OVER (PARTITION BY o.breakdown, o.period, o.previous_period ORDER BY i.direction * o.previous DESC) AS previous_rank,
        count(*) OVER (PARTITION BY o.breakdown, o.period, o.previous_period) AS peers
    FROM observation o
    WHERE o.indicator_id = i.id AND i.direction <> 0 AND o.is_last AND o.counterpart_id = 0 AND o.value IS NOT NULL AND o.previous IS NOT NULL) x
JOIN unit u ON u.id = x.unit_id;
COMMENT ON VIEW rank_change IS 'Place of each unit among those with the same indicator, breakdown, last period and period before, and how it moved; 1 is best by the direction. Filter on code';
COMMENT ON COLUMN rank_change.code IS 'Indicator';
COMMENT ON COLUMN rank_change.unit IS 'Unit';
COMMENT ON COLUMN rank_change.period IS 'Last period';
COMMENT ON COLUMN rank_change.breakdown IS 'Members of the dimensions; empty: the total';
COMMENT ON COLUMN rank_change.value IS 'Value of the last period, in the unit of the indicator';
COMMENT ON COLUMN rank_change.previous IS 'Value of the period before';
COMMENT ON COLUMN rank_change.rank IS 'Place in the last period, 1 is best; equal values share the better place';
COMMENT ON COLUMN rank_change.previous_rank IS 'Place in the period before';
COMMENT ON COLUMN rank_change.peers IS 'Units compared, itself included';
COMMENT ON COLUMN rank_change.fall IS '(rank - previous_rank) / peers, a fraction; positive: it fell';
COMMENT ON COLUMN rank_change.warning IS 'Where it fell by a tenth of the units or more, with ten units at least';
COMMENT ON COLUMN rank_change.unit_name IS 'Name of the unit';
COMMENT ON COLUMN rank_change.title IS 'Title of the indicator';
COMMENT ON COLUMN rank_change.previous_period IS 'Period before';
COMMENT ON COLUMN rank_change.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN rank_change.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN rank_change.id IS 'Key of the observation';

CREATE VIEW peer_jump WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, o.period, o.breakdown, o.value, o.previous, x.change, m.median AS peer_change, d.deviation AS peer_deviation, g.peers, j.jump,
    CASE WHEN g.peers >= 10 AND abs(j.jump) >= 5
        THEN 'change of ' || CASE WHEN abs(j.jump) < 1000 THEN round(abs(j.jump)::numeric)::text ELSE 'more than 1000' END || ' deviations ' || CASE WHEN j.jump > 0 THEN 'above' ELSE 'below' END || ' that of its peers' END AS warning,
    u.name AS unit_name, i.title, o.previous_period, i.id AS indicator_id, u.id AS unit_id, o.id
FROM indicator i
CROSS JOIN LATERAL (SELECT count(*) AS peers, array_agg(l.id) AS ids, array_agg(l.change) AS changes
    FROM (SELECT o.id, o.breakdown, o.period, o.previous_period, difference_or_null(o.value, o.previous) AS change FROM observation o
          WHERE o.indicator_id = i.id AND o.is_last AND o.counterpart_id = 0) l
    WHERE l.change IS NOT NULL GROUP BY l.breakdown, l.period, l.previous_period) g
-- the halves of the two values in the middle: their sum may be more than float8 holds
CROSS JOIN LATERAL (SELECT ratio_or_null(q.two[1], 2) + ratio_or_null(q.two[2], 2) AS median
    FROM (SELECT percentile_disc(ARRAY[0.5, 0.500000001]) WITHIN GROUP (ORDER BY c) AS two FROM unnest(g.changes) c) q OFFSET 0) m
CROSS JOIN LATERAL (SELECT ratio_or_null(q.two[1], 2) + ratio_or_null(q.two[2], 2) AS deviation
    FROM (SELECT percentile_disc(ARRAY[0.5, 0.500000001]) WITHIN GROUP (ORDER BY abs(difference_or_null(c, m.median))) AS two FROM unnest(g.changes) c) q OFFSET 0) d
CROSS JOIN LATERAL unnest(g.ids, g.changes) x (id, change)
CROSS JOIN LATERAL (SELECT ratio_or_null(difference_or_null(x.change, m.median), d.deviation) AS jump OFFSET 0) j
JOIN observation o ON o.id = x.id JOIN unit u ON u.id = o.unit_id;
COMMENT ON VIEW peer_jump IS 'Last change of each unit against those of its peers: units with the same indicator, breakdown, last period and period before. Filter on code';
COMMENT ON COLUMN peer_jump.code IS 'Indicator';
COMMENT ON COLUMN peer_jump.unit IS 'Unit';
COMMENT ON COLUMN peer_jump.period IS 'Last period';
COMMENT ON COLUMN peer_jump.breakdown IS 'Members of the dimensions; empty: the total';
COMMENT ON COLUMN peer_jump.value IS 'Value of the last period, in the unit of the indicator';
COMMENT ON COLUMN peer_jump.previous IS 'Value of the period before';
COMMENT ON COLUMN peer_jump.change IS 'value - previous, in the unit of the indicator';
COMMENT ON COLUMN peer_jump.peer_change IS 'Median of the changes of the peers, itself included';
COMMENT ON COLUMN peer_jump.peer_deviation IS 'Median of the absolute deviations of their changes from it';
COMMENT ON COLUMN peer_jump.peers IS 'Units compared, itself included';
COMMENT ON COLUMN peer_jump.jump IS '(change - peer_change) / peer_deviation; NULL where more than half of the peers change alike';
COMMENT ON COLUMN peer_jump.warning IS 'Where the jump is five or more, either way, with ten units at least';
COMMENT ON COLUMN peer_jump.unit_name IS 'Name of the unit';
COMMENT ON COLUMN peer_jump.title IS 'Title of the indicator';
COMMENT ON COLUMN peer_jump.previous_period IS 'Period before';
COMMENT ON COLUMN peer_jump.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN peer_jump.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN peer_jump.id IS 'Key of the observation';

-- what is published already has a last period too
DO $$ BEGIN
    PERFORM terrbal.renew_series(t.indicator_id, array_agg(t.unit_id), array_agg(t.counterpart_id), array_agg(t.breakdown))
    FROM (SELECT DISTINCT o.indicator_id, o.unit_id, o.counterpart_id, o.breakdown FROM terrbal.observation o) t GROUP BY t.indicator_id;
END $$;


-- ---- 82-rollup ----

DROP FUNCTION rollup_rows(text, text, date);
DROP FUNCTION indicator_rollup(text, text, text, date);
DROP FUNCTION rollup_coverage(text, text, date);

CREATE FUNCTION rollup_rows(code text, level text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, member text, value float8, weight float8, share float8, state_type text, state bytea, counterpart text, breakdown text)
-- Tables that were never analysed lead the planner to nested loops, quadratic here: hash joins are right at every size.
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    i terrbal.indicator;
BEGIN
    SELECT * INTO i FROM terrbal.indicator r WHERE r.code = rollup_rows.code;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', rollup_rows.code USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF rollup_rows.level IS DISTINCT FROM i.level AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.level = rollup_rows.level) THEN
        RAISE EXCEPTION 'no hierarchy leads to level "%"', rollup_rows.level USING ERRCODE = 'invalid_parameter_value',
            HINT = coalesce('Levels are ' || (SELECT string_agg(l, ', ' ORDER BY l) FROM (SELECT DISTINCT h.level AS l FROM terrbal.hierarchy h) x) || '.',
                'Fill terrbal.hierarchy first.');
    END IF;
    IF i.level IS NOT NULL AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id)
        AND NOT EXISTS (SELECT FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
                        WHERE o.indicator_id = i.id AND coalesce(u.level, i.level) = i.level) THEN
        RAISE EXCEPTION 'indicator "%" is registered at level "%", but its units are not of that level', i.code, i.level
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Its units have the level '
                || (SELECT string_agg(DISTINCT u.level, ', ' ORDER BY u.level) FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id WHERE o.indicator_id = i.id)
                || ' in terrbal.unit: use the same name, and refresh.';
    END IF;
    IF i.level IS NOT NULL AND rollup_rows.level <> i.level AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id)
        AND NOT EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id
                        AND (o.unit_id IN (SELECT m.child_id FROM terrbal_support.membership() m) OR o.unit_id IN (SELECT c.predecessor_id FROM terrbal_support.succession_line() c))) THEN
        RAISE EXCEPTION 'indicator "%" is registered at level "%", but hierarchy places none of its units at that level', i.code, i.level
            USING ERRCODE = 'invalid_parameter_value', HINT = coalesce('Units of these codes have the level '
                || (SELECT string_agg(DISTINCT n.level, ', ' ORDER BY n.level) FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
                    JOIN terrbal.unit n ON n.code = u.code AND n.level <> i.level WHERE o.indicator_id = i.id)
                || ' too: register the indicator with the level that hierarchy names.', 'Fill terrbal.hierarchy for these units.');
    END IF;
    RETURN QUERY
    WITH base AS (
        -- the units of the indicator's own level; where none is stated, those without members of their own in the same period: nothing counts twice
        SELECT u.code AS member, o.period, o.value, o.unit_id, o.counterpart_id, o.breakdown,
            coalesce(o.weight, (SELECT w.value FROM terrbal.observation w JOIN terrbal.indicator wi ON wi.id = w.indicator_id
                                WHERE wi.code = i.weight_indicator AND w.unit_id = o.unit_id AND w.counterpart_id = o.counterpart_id AND w.breakdown = o.breakdown AND w.period = o.period)) AS weight
        FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
        WHERE o.indicator_id = i.id
            AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level
                     ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m JOIN terrbal.observation x ON x.unit_id = m.child_id AND x.indicator_id = i.id AND x.period = o.period
                                      WHERE m.parent_id = u.id AND m.valid @> o.period) END
    ), place AS (
        -- both ends of a flow are carried and rolled up alike
        SELECT unit_id, period FROM base UNION SELECT counterpart_id, period FROM base WHERE counterpart_id <> 0
    ), carried AS (
        SELECT * FROM terrbal_support.carried_share(boundaries)
    ), changed AS (
        SELECT x.unit_id, x.period, (SELECT min(s.effective) FROM carried s
                                     WHERE s.predecessor_id = x.unit_id AND s.effective > x.period) AS effective
        FROM (SELECT b.unit_id, b.period FROM place b WHERE b.unit_id IN (SELECT c.predecessor_id FROM carried c)) x
    ), placed AS (
        SELECT b.unit_id AS origin, coalesce(c.successor_id, b.unit_id) AS member, b.period, coalesce(c.share, 1) AS share
        FROM place b LEFT JOIN changed x ON x.unit_id = b.unit_id AND x.period = b.period
        LEFT JOIN carried c ON c.predecessor_id = b.unit_id AND c.effective = x.effective
    ), chain AS MATERIALIZED (
        SELECT * FROM terrbal_support.unit_at_level(rollup_rows.level) WHERE rollup_rows.level IS DISTINCT FROM i.level
    ), reached AS (
        SELECT DISTINCT ON (p.origin, p.member, p.period) p.origin, p.member, p.period, p.share, a.ancestor_id AS ancestor
        FROM placed p JOIN chain a ON a.unit_id = p.member AND a.valid @> coalesce(boundaries, p.period)
        ORDER BY p.origin, p.member, p.period, a.depth, a.ancestor
    ), target AS (
        SELECT origin, period, share, ancestor FROM reached
        UNION ALL
        SELECT origin, period, share, member FROM placed WHERE rollup_rows.level = i.level
    ), settled AS (
        SELECT origin, period, ancestor, sum(share)::float8 AS share FROM target GROUP BY origin, period, ancestor
    )
    -- a counterpart that no chain leads to the level, such as another country, stays itself
    SELECT u.code, t.period, b.member, b.value, b.weight, CASE WHEN c.share IS NULL THEN t.share ELSE t.share * c.share END, s.state_type, s.state, k.code, b.breakdown
    FROM settled t
    JOIN base b ON b.unit_id = t.origin AND b.period = t.period
    JOIN terrbal.unit u ON u.id = t.ancestor
    LEFT JOIN settled c ON c.origin = b.counterpart_id AND c.period = b.period
    LEFT JOIN terrbal.unit k ON k.id = coalesce(c.ancestor, b.counterpart_id)
    LEFT JOIN terrbal.observation_state s ON s.indicator_id = i.id AND s.unit_id = b.unit_id AND s.counterpart_id = b.counterpart_id AND s.breakdown = b.breakdown AND s.period = b.period;
END
$$;
COMMENT ON FUNCTION rollup_rows(text, text, date) IS 'Which observation counts where: one line per unit of a level, counterpart, breakdown, period and member, with weight, share and stored state; boundaries: on the map of that day';

CREATE FUNCTION indicator_rollup(code text, level text, method text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, value float8, breakdown text, counterpart text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    statistic text;
    kind text;
    kinds bigint;
    bad record;
BEGIN
    IF code IS NULL OR level IS NULL OR method IS NULL THEN
        RETURN;
    END IF;
    -- float8 as its shortest decimal form, then exact: the same to the last bit whatever the order of the rows
    IF method = 'sum' THEN
        RETURN QUERY SELECT r.unit, r.period, sum(r.value::text::numeric * r.share::text::numeric)::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSIF method = 'mean' THEN
        RETURN QUERY SELECT r.unit, r.period,
                ((sum(r.value::text::numeric * r.share::text::numeric) + round(0, 40)) / sum(r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL))::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSIF method = 'weighted_mean' THEN
        SELECT r.member, r.period, r.weight INTO bad FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.weight < 0 ORDER BY 1, 2 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'weight % of unit "%", period % is negative', bad.weight, bad.member, bad.period
                USING ERRCODE = 'numeric_value_out_of_range';
        END IF;
        IF NOT EXISTS (SELECT FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.weight IS NOT NULL)
            AND EXISTS (SELECT FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.value IS NOT NULL) THEN
            RAISE EXCEPTION 'indicator "%" has no weights', code USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give the source a column weight, or name a weight_indicator in terrbal.indicator, for example the population.';
        END IF;
        RETURN QUERY SELECT r.unit, r.period,
                ((sum(r.value::text::numeric * r.weight::text::numeric * r.share::text::numeric) + round(0, 40))
                    / nullif(sum(r.weight::text::numeric * r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL), 0))::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSE
        statistic := CASE WHEN method NOT IN ('state', 'states', 'merged') THEN method ELSE (SELECT i.statistic FROM terrbal.indicator i WHERE i.code = indicator_rollup.code) END;
        IF statistic IS NULL THEN
            RAISE EXCEPTION 'indicator "%" has no statistic for merged states', code USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Name it: indicator_rollup(code, level, ''gini''), or set statistic in terrbal.indicator.';
        END IF;
        PERFORM terrbal_support.state_expression('state', statistic);
        SELECT min(r.state_type), count(DISTINCT r.state_type) INTO kind, kinds FROM terrbal.rollup_rows(code, level, boundaries) r;
        IF kind IS NULL OR kinds > 1 THEN
            RAISE EXCEPTION 'indicator "%" has % stored states', code, CASE WHEN kind IS NULL THEN 'no' ELSE 'different' END
                USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give its source one column state, for example sample_state(income), and refresh. Other methods are sum, mean, weighted_mean.';
        END IF;
        SELECT r.member, r.share INTO bad FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.share <> 1 AND r.state IS NOT NULL ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'the state of unit "%" cannot be split', bad.member USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Roll up on the boundaries of each period (boundaries NULL), or to a level that holds all its parts.';
        END IF;
        RETURN QUERY EXECUTE format('SELECT unit, period, (%s)::pg_catalog.float8, breakdown, counterpart FROM (SELECT r.unit, r.period, r.breakdown, r.counterpart, '
            'terrbal.rollup(encode(r.state, ''hex'')::terrbal.%I) AS state FROM terrbal.rollup_rows($1, $2, $3) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart) m '
            'ORDER BY unit, period, breakdown, counterpart', terrbal_support.state_expression('state', statistic, kind), kind) USING code, level, boundaries;
    END IF;
END
$$;
COMMENT ON FUNCTION indicator_rollup(text, text, text, date) IS 'Indicator at a higher level, with its breakdowns and counterparts: method sum, mean, weighted_mean, state, or an index on merged states such as gini; in the unit of the indicator; boundaries: on the map of that day';

CREATE FUNCTION rollup_coverage(code text, level text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, members bigint, reporting bigint, missing bigint, breakdown text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (SELECT * FROM terrbal.rollup_rows(code, level, boundaries)),
    chain AS MATERIALIZED (
        -- of an indicator of provinces, provinces are expected, not the municipalities below them
        SELECT a.* FROM terrbal_support.unit_at_level(level) a JOIN terrbal.unit u ON u.id = a.unit_id JOIN terrbal.indicator i ON i.code = rollup_coverage.code
        WHERE CASE WHEN u.level IS NOT NULL AND i.level IS NOT NULL THEN u.level = i.level
                   ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m WHERE m.parent_id = a.unit_id) END
    ), line AS MATERIALIZED (
        SELECT * FROM terrbal_support.succession_line()
    ), carried AS MATERIALIZED (
        SELECT * FROM terrbal_support.carried_share(boundaries)
    ), made AS (
        SELECT s.successor_id AS unit_id, max(s.effective) AS effective FROM line s WHERE s.predecessor_id <> s.successor_id AND s.effective <= boundaries GROUP BY 1
    ), gone AS (
        -- carried on by others, until it is made again
        SELECT s.predecessor_id AS unit_id, daterange(s.effective, min(k.effective)) AS days
        FROM line s LEFT JOIN line k ON k.successor_id = s.predecessor_id AND k.predecessor_id <> k.successor_id AND k.effective > s.effective
        WHERE NOT EXISTS (SELECT FROM line o WHERE o.predecessor_id = s.predecessor_id AND o.successor_id = s.predecessor_id AND o.effective = s.effective)
        GROUP BY s.predecessor_id, s.effective
    ), moment AS (
        SELECT DISTINCT r.period FROM r
    ), known AS MATERIALIZED (
        SELECT DISTINCT p.period, a.unit_id FROM moment p JOIN chain a ON a.valid @> p.period
    ), candidate AS (
        -- members on the map of the period, and those on the map of boundaries that no change between the two has made
        SELECT k.period, k.unit_id FROM known k
        UNION
        SELECT p.period, a.unit_id
        FROM moment p JOIN chain a ON a.valid @> boundaries LEFT JOIN (SELECT DISTINCT k.period FROM known k) k ON k.period = p.period LEFT JOIN made n ON n.unit_id = a.unit_id
        WHERE k.period IS NULL OR n.effective IS NULL OR n.effective <= p.period
    ), member AS (
        SELECT c.period, c.unit_id FROM candidate c WHERE NOT EXISTS (SELECT FROM gone g WHERE g.unit_id = c.unit_id AND g.days @> c.period)
    ), change AS (
        SELECT m.period, m.unit_id, min(c.effective) AS effective FROM member m JOIN carried c ON c.predecessor_id = m.unit_id AND c.effective > m.period GROUP BY m.period, m.unit_id
    ), reached AS (
        SELECT DISTINCT ON (m.period, m.unit_id, a.unit_id) m.period, m.unit_id, a.ancestor
        FROM member m LEFT JOIN change x ON x.period = m.period AND x.unit_id = m.unit_id
        LEFT JOIN carried c ON c.predecessor_id = m.unit_id AND c.effective = x.effective
        JOIN chain a ON a.unit_id = coalesce(c.successor_id, m.unit_id) AND a.valid @> coalesce(boundaries, m.period)
        ORDER BY m.period, m.unit_id, a.unit_id, a.depth, a.ancestor_id
    ), part AS (
        SELECT x.unit, x.period, x.breakdown, x.member, bool_or(x.good) AS good
        FROM (SELECT r.unit, r.period, r.breakdown, r.member, r.value IS NOT NULL AS good FROM r
              UNION ALL
              SELECT e.ancestor, e.period, b.breakdown, u.code, false
              FROM reached e JOIN terrbal.unit u ON u.id = e.unit_id JOIN (SELECT DISTINCT r.period, r.breakdown FROM r) b ON b.period = e.period) x
        GROUP BY x.unit, x.period, x.breakdown, x.member)
    SELECT p.unit, p.period, count(*), count(*) FILTER (WHERE p.good), count(*) FILTER (WHERE NOT p.good), p.breakdown
    FROM part p GROUP BY p.unit, p.period, p.breakdown
    UNION ALL
    SELECT NULL, o.period, count(DISTINCT o.unit_id), count(DISTINCT o.unit_id), 0::bigint, o.breakdown
    FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id JOIN terrbal.indicator i ON i.id = o.indicator_id AND i.code = rollup_coverage.code
    WHERE o.value IS NOT NULL
        AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m WHERE m.parent_id = u.id) END
        AND NOT EXISTS (SELECT FROM r WHERE r.member = u.code AND r.period = o.period AND r.breakdown = o.breakdown)
    GROUP BY o.period, o.breakdown
    ORDER BY 1, 2, 6;
END
$$;
COMMENT ON FUNCTION rollup_coverage(text, text, date) IS 'How complete a roll-up is: members that belong to the unit, members with a value, members without (number of units); unit NULL: units with a value that no chain leads to the level';


-- ---- 83-signal ----

DROP FUNCTION signal_rollup(text, text, text, date);
ALTER TABLE threshold ADD COLUMN breakdown text COLLATE "C" NOT NULL DEFAULT '', DROP CONSTRAINT threshold_indicator_level_key, ADD CONSTRAINT threshold_key UNIQUE (indicator, level, breakdown);
COMMENT ON COLUMN threshold.breakdown IS 'Breakdown that it holds for, in canonical text: sex=F; empty: the total';
COMMENT ON TABLE threshold IS 'Traffic lights, per indicator, level and breakdown. red above amber: high values are bad; red below amber: low values are bad';

-- A light or a goal for a code that nobody registers stays dark without a word. It may be loaded before what it speaks of, so it is told, not refused;
-- and only to those who may read the codes.
CREATE FUNCTION code_unknown() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lost text;
    dark record;
BEGIN
    IF NOT (has_table_privilege('terrbal.indicator', 'SELECT') AND has_table_privilege('terrbal.unit', 'SELECT') AND has_table_privilege('terrbal.hierarchy', 'SELECT')) THEN
        RETURN NULL;
    END IF;
    SELECT min(c.indicator) INTO lost FROM changed c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c.indicator);
    IF lost IS NOT NULL THEN
        RAISE NOTICE 'no indicator "%" is registered: its % says nothing until it is', lost, TG_TABLE_NAME
            USING HINT = 'SELECT code FROM terrbal.indicator lists those that are.';
    END IF;
    IF TG_TABLE_NAME = 'threshold' THEN
        SELECT min(c.level COLLATE "C") INTO lost FROM changed c
        WHERE NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.level = c.level) AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.level = c.level)
            AND NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.level = c.level);
    ELSE
        SELECT min(c.unit) INTO lost FROM changed c WHERE c.unit <> '' AND NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.code = c.unit);
    END IF;
    IF lost IS NOT NULL THEN
        RAISE NOTICE 'no unit%"%" is registered: its % says nothing until one is', CASE TG_TABLE_NAME WHEN 'threshold' THEN ' of level ' ELSE ' ' END, lost, TG_TABLE_NAME
            USING HINT = 'SELECT level, code FROM terrbal.unit lists those that are.';
    END IF;
    IF NOT has_table_privilege('terrbal.observation', 'SELECT') THEN
        RETURN NULL;
    END IF;
    SELECT c.indicator, c.breakdown, array_to_string(i.dimensions, ', ') AS dimensions INTO dark FROM (SELECT DISTINCT x.indicator, x.breakdown FROM changed x WHERE x.breakdown <> '') c
    JOIN terrbal.indicator i ON i.code = c.indicator
    WHERE c.breakdown <> (SELECT coalesce(string_agg(d || '=' || terrbal.breakdown_member(c.breakdown, d), ';' ORDER BY place), '') FROM unnest(i.dimensions) WITH ORDINALITY u (d, place))
        OR EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id) AND NOT EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id AND o.breakdown = c.breakdown)
    ORDER BY 1, 2 LIMIT 1;
    IF FOUND THEN
        RAISE NOTICE 'indicator "%" has no breakdown "%": its % says nothing until it has', dark.indicator, dark.breakdown, TG_TABLE_NAME
            USING HINT = CASE dark.dimensions WHEN '' THEN 'It is registered without dimensions.' ELSE format('Its dimensions are %s, in this order; SELECT DISTINCT breakdown FROM terrbal.observation_latest WHERE code = %L lists what is published.',
                dark.dimensions, dark.indicator) END;
    END IF;
    IF TG_TABLE_NAME = 'target' THEN
        -- a path that begins before the series does, and one that leads away from what is better
        SELECT x.indicator, min(x.baseline_date) AS since, min(x.value) AS value, x.direction, count(x.baseline) AS units, bool_and((x.baseline - x.value) * x.direction > 0) AS surpassed INTO dark
        FROM (SELECT c.indicator, c.baseline_date, c.value, i.direction, b.value AS baseline
              FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator
              CROSS JOIN LATERAL (
                  SELECT DISTINCT ON (o.unit_id) o.value FROM terrbal.observation o
                  WHERE c.unit = '' AND c.baseline IS NULL AND o.indicator_id = i.id AND o.counterpart_id = 0 AND o.breakdown = c.breakdown AND o.period <= c.baseline_date AND o.value IS NOT NULL
                  ORDER BY o.unit_id, o.period DESC) b
              UNION ALL
              SELECT c.indicator, c.baseline_date, c.value, i.direction, coalesce(c.baseline, (
                  SELECT o.value FROM terrbal.observation o
                  WHERE o.indicator_id = i.id AND o.unit_id = u.id AND o.counterpart_id = 0 AND o.breakdown = c.breakdown AND o.period <= c.baseline_date AND o.value IS NOT NULL
                  ORDER BY o.unit_id DESC, o.counterpart_id DESC, o.breakdown DESC, o.period DESC LIMIT 1))
              FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator JOIN terrbal.unit u ON u.code = c.unit
              UNION ALL
              SELECT c.indicator, c.baseline_date, c.value, i.direction, c.baseline FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator
              WHERE c.baseline IS NOT NULL AND c.unit = '' OR c.baseline IS NULL AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id AND o.breakdown = c.breakdown AND o.value IS NOT NULL)) x
        GROUP BY x.indicator, x.direction
        HAVING count(x.baseline) = 0 OR bool_and((x.baseline - x.value) * x.direction > 0)
        ORDER BY 1 LIMIT 1;
        IF dark.units = 0 THEN
            RAISE NOTICE 'indicator "%" has no value to start from on % or before: its target says nothing', dark.indicator, dark.since
                USING HINT = 'The path starts at the last value up to baseline_date: move that date, or state a baseline.';
        ELSIF dark.surpassed THEN
            RAISE NOTICE 'target % of indicator "%" was surpassed when its path began, as % is better', dark.value, dark.indicator, CASE WHEN dark.direction > 0 THEN 'higher' ELSE 'lower' END
                USING HINT = 'If it is the other way, set direction in terrbal.indicator.';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION code_unknown() IS 'Trigger: tells of thresholds and targets for an indicator, a level, a unit or a breakdown that is not registered, and of paths that begin before the series or beyond their target';
CREATE TRIGGER threshold_inserted AFTER INSERT ON threshold REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER threshold_updated AFTER UPDATE ON threshold REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER target_inserted AFTER INSERT ON target REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER target_updated AFTER UPDATE ON target REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();

CREATE FUNCTION is_stale(period date, stale_after interval, today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN period >= today THEN false
            -- the fields one by one: the sum of an interval may be small while each is beyond the calendar
            WHEN abs(extract(year FROM stale_after)) < 10000 AND abs(extract(day FROM stale_after)) < 4000000
                AND abs(extract(hour FROM stale_after)) < 90000000 THEN period + stale_after < today
            WHEN stale_after IS NOT NULL THEN false END;
COMMENT ON FUNCTION is_stale(date, interval, date) IS 'Is a period older than stale_after? NULL without a limit';

CREATE FUNCTION series_id(indicator_id integer, unit_id integer, counterpart_id integer, breakdown text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN counterpart_id = 0 AND breakdown = '' THEN (indicator_id::bigint << 32) + unit_id
            ELSE hashtextextended(breakdown, hashint8extended((indicator_id::bigint << 32) + unit_id, counterpart_id)) | -9223372036854775808 END;
COMMENT ON FUNCTION series_id(integer, integer, integer, text) IS 'Integer key of a series, stable over time; of parts and flows a negative hash';

-- security_invoker: the views show what the reader may see of the tables, row level security included
CREATE VIEW signal_basis WITH (security_invoker = true) AS
SELECT i.code, s.unit, s.level, s.period, s.value, s.previous, difference_or_null(s.value, s.previous) AS change,
    traffic_light(s.value, s.amber, s.red, i.direction) AS light,
    CASE WHEN s.value IS NULL THEN CASE WHEN s.status = 'not computable' THEN s.status WHEN s.status LIKE 'suppressed%' THEN 'suppressed' ELSE 'missing' END
         WHEN s.period < i.last_period OR is_stale(s.period, i.stale_after, CURRENT_DATE) THEN 'stale'
         ELSE 'ok' END AS status,
    CASE WHEN s.id IS NULL THEN (i.id::bigint << 32) + s.unit_id ELSE series_id(i.id, s.unit_id, s.counterpart_id, s.breakdown) END AS id,
    CASE WHEN i.direction = 0 OR s.previous IS NULL OR s.value IS NULL THEN NULL
         WHEN s.value = s.previous THEN 'unchanged'
         WHEN (s.value > s.previous) = (i.direction > 0) THEN 'improving' ELSE 'worsening' END AS trend,
    CASE WHEN s.previous <> 0 THEN ratio_or_null(difference_or_null(s.value, s.previous), abs(s.previous)) END AS change_rate,
    s.previous_period, s.unit_name, i.title, i.unit_measure, s.amber, s.red, coalesce(s.status, 'missing') AS observation_status, s.published,
    i.id AS indicator_id, s.unit_id, s.breakdown, CASE WHEN s.counterpart_id <> 0 THEN (SELECT c.code FROM unit c WHERE c.id = s.counterpart_id) END AS counterpart,
    g.expected, difference_or_null(s.value, g.expected) AS path_distance,
    -- most series have no target and nothing to warn of: asked once, not within each expression
    CASE WHEN g.value IS NOT NULL THEN line_value(s.trend_level, s.trend_slope, g.date - s.period) END AS projected,
    CASE WHEN g.value IS NOT NULL THEN arrival_date(s.value, s.period, s.trend_level, s.trend_slope, g.origin, g.value) END AS projected_date,
    CASE WHEN g.value IS NOT NULL OR i.direction * s.run <= -3 OR abs(s.jump) >= 5
        THEN series_warning(i.direction, s.run, s.jump, s.value, g.expected, g.origin, g.value) END AS warning,
    g.value AS target, g.date AS target_date, CASE WHEN i.direction * s.run < 0 THEN abs(s.run) WHEN i.direction <> 0 AND s.run IS NOT NULL THEN 0 END AS worse_running, s.jump, s.geom
FROM indicator i
-- one indicator at a time: its last values in one walk of the index, not one probe a unit
CROSS JOIN LATERAL (
    SELECT u.id AS unit_id, u.code AS unit, u.name AS unit_name, u.geom, coalesce(u.level, i.level, (SELECT min(r.level) FROM threshold r WHERE r.indicator = i.code HAVING count(DISTINCT r.level) = 1)) AS level,
        o.id, o.period, o.value, o.status, o.published, o.counterpart_id, coalesce(o.breakdown, '') AS breakdown, o.previous, o.previous_period, o.trend_level, o.trend_slope, o.run, o.jump,
        t.amber, t.red,
        coalesce(one.id, every.id) AS target_id, coalesce(one.value, every.value) AS target, coalesce(one.date, every.date) AS target_date, coalesce(one.shape, every.shape) AS shape,
        CASE WHEN one.id IS NULL THEN every.steps ELSE one.steps END AS steps, CASE WHEN one.id IS NULL THEN every.baseline ELSE one.baseline END AS baseline, coalesce(one.baseline_date, every.baseline_date) AS baseline_date
    FROM unit u
    LEFT JOIN observation o ON o.indicator_id = i.id AND o.unit_id = u.id AND o.is_last
    LEFT JOIN threshold t ON t.indicator = i.code AND t.level = coalesce(u.level, i.level, (SELECT min(r.level) FROM threshold r WHERE r.indicator = i.code HAVING count(DISTINCT r.level) = 1))
        AND t.breakdown = coalesce(o.breakdown, '')
    -- the unit's own target or that of all units
    LEFT JOIN target one ON one.indicator = i.code AND one.unit = u.code AND one.breakdown = coalesce(o.breakdown, '') AND coalesce(o.counterpart_id, 0) = 0
    LEFT JOIN target every ON every.indicator = i.code AND every.unit = '' AND every.breakdown = coalesce(o.breakdown, '') AND coalesce(o.counterpart_id, 0) = 0
    -- units of the indicator's level that should report and never have: not those that the hierarchy has ended or that others carry on
    WHERE o.id IS NOT NULL OR i.active AND u.level = i.level
        AND (EXISTS (SELECT FROM hierarchy h WHERE h.child = u.code AND coalesce(nullif(h.child_level, ''), u.level) = u.level AND h.valid @> CURRENT_DATE)
            OR NOT EXISTS (SELECT FROM hierarchy h WHERE h.child = u.code AND coalesce(nullif(h.child_level, ''), u.level) = u.level))
        AND NOT EXISTS (SELECT FROM succession s WHERE s.predecessor = u.code AND coalesce(nullif(s.level, ''), u.level) = u.level AND s.effective <= CURRENT_DATE
            AND NOT EXISTS (SELECT FROM succession k WHERE k.successor = u.code AND (k.predecessor = u.code AND k.effective = s.effective
                OR k.predecessor <> u.code AND k.effective > s.effective AND k.effective <= CURRENT_DATE)))) s
-- without a baseline of the plan, the unit's own at that date; the worse side of the path is behind, also for a unit that was better than the target from the start
LEFT JOIN LATERAL (SELECT b.*, plan_value(b.shape, b.baseline, b.baseline_date, b.value, b.date, CURRENT_DATE, b.steps) AS expected,
        CASE WHEN b.baseline IS NOT NULL AND i.direction <> 0 THEN -1.7e308::float8 * i.direction ELSE b.baseline END AS origin
    FROM (SELECT s.target AS value, s.target_date AS date, s.shape, s.steps, s.baseline_date, coalesce(s.baseline, (SELECT h.value FROM observation h WHERE h.indicator_id = i.id AND h.unit_id = s.unit_id
            AND h.counterpart_id = 0 AND h.breakdown = s.breakdown AND h.period <= s.baseline_date AND h.value IS NOT NULL
            ORDER BY h.unit_id DESC, h.counterpart_id DESC, h.breakdown DESC, h.period DESC LIMIT 1)) AS baseline
        WHERE s.target_id IS NOT NULL OFFSET 0) b) g ON true;
COMMENT ON VIEW signal_basis IS 'What signal and signal_map are made of: signal with the boundary of the unit, so that a map reads the units of its window only';

CREATE OR REPLACE VIEW signal WITH (security_invoker = true) AS
SELECT code, unit, level, period, value, previous, change, light, status, id, trend, change_rate, previous_period, unit_name, title, unit_measure, amber, red, observation_status, published,
    indicator_id, unit_id, breakdown, counterpart, expected, path_distance, projected, projected_date, warning, target, target_date, worse_running, jump
FROM signal_basis;
COMMENT ON VIEW signal IS 'Early warning: one line per indicator, unit, counterpart and breakdown with its last period, change, traffic light and state of the data';
COMMENT ON COLUMN signal.id IS 'Integer key of indicator, unit, counterpart and breakdown, stable over time';
COMMENT ON COLUMN signal.breakdown IS 'Members of the dimensions in canonical text: sex=F;age=65+; empty: the total';
COMMENT ON COLUMN signal.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN signal.expected IS 'Value of the plan path today, in unit_measure; NULL without a target';
COMMENT ON COLUMN signal.path_distance IS 'value - expected, in unit_measure';
COMMENT ON COLUMN signal.projected IS 'Value on the target date if the line through the last eight periods goes on, in unit_measure; NULL with fewer than four';
COMMENT ON COLUMN signal.projected_date IS 'Day on which that line reaches the target; the last period if it is reached; NULL if it never does';
COMMENT ON COLUMN signal.warning IS 'What is unusual: worse three periods running, a jump of five deviations, behind the plan path; NULL: nothing';
COMMENT ON COLUMN signal.target IS 'Value of the target, in unit_measure';
COMMENT ON COLUMN signal.target_date IS 'Date of the target';
COMMENT ON COLUMN signal.worse_running IS 'Periods running up to the last in which the value got worse, by the direction of the indicator';
COMMENT ON COLUMN signal.jump IS 'Last change less the median of the changes before, in their median absolute deviations; NULL with fewer than five of them';
COMMENT ON COLUMN signal.change IS 'value - previous, in unit_measure; NULL where float8 does not hold it';
COMMENT ON COLUMN signal.status IS 'ok; stale: other units have a later period or it is older than stale_after; missing: no value; suppressed: not to be published; not computable';
COMMENT ON COLUMN signal.change_rate IS 'change / |previous|, a fraction; NULL if previous is 0 or float8 does not hold it';
-- each column means what it means in signal
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT a.attname AS name, pg_catalog.col_description(a.attrelid, a.attnum) AS text
             FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) 'terrbal.signal'::pg_catalog.regclass AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2 LOOP
        EXECUTE pg_catalog.format('COMMENT ON COLUMN terrbal.signal_basis.%I IS %L', c.name, c.text);
    END LOOP;
END
$$;
COMMENT ON COLUMN signal_basis.geom IS 'Boundary of the unit, EPSG:4326';

CREATE FUNCTION signal_rollup(code text, level text, method text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, value float8, previous float8, change float8, light text, status text, members bigint, missing bigint, breakdown text, counterpart text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH series AS (
        SELECT r.unit, r.breakdown, r.counterpart, r.period, r.value, lag(r.value) OVER w AS previous, lead(r.period) OVER w AS following, max(r.period) OVER () AS newest
        FROM terrbal.indicator_rollup(signal_rollup.code, signal_rollup.level, method, boundaries) r
        WINDOW w AS (PARTITION BY r.unit, r.breakdown, r.counterpart ORDER BY r.period))
    SELECT s.unit, s.period, s.value, s.previous, terrbal_support.difference_or_null(s.value, s.previous), terrbal.traffic_light(s.value, t.amber, t.red, i.direction),
        CASE WHEN s.value IS NULL THEN 'missing' WHEN s.period < s.newest OR terrbal_support.is_stale(s.period, i.stale_after, CURRENT_DATE) THEN 'stale'
             WHEN c.missing > 0 THEN 'incomplete' ELSE 'ok' END,
        c.members, c.missing, s.breakdown, s.counterpart
    FROM series s
    JOIN terrbal.indicator i ON i.code = signal_rollup.code
    LEFT JOIN terrbal.threshold t ON t.indicator = i.code AND t.level = signal_rollup.level AND t.breakdown = s.breakdown
    LEFT JOIN terrbal.rollup_coverage(signal_rollup.code, signal_rollup.level, boundaries) c ON c.unit = s.unit AND c.period = s.period AND c.breakdown = s.breakdown
    WHERE s.following IS NULL
    ORDER BY s.unit, s.breakdown, s.counterpart;
END
$$;
COMMENT ON FUNCTION signal_rollup(text, text, text, date) IS 'Signal of an indicator rolled up to a level: last value, change, light by the threshold of that level; status incomplete where members do not report';

CREATE OR REPLACE VIEW signal_map WITH (security_invoker = true) AS
SELECT s.id, s.code, s.unit, s.unit_name, s.level, s.period, s.value, s.previous, s.change, s.light, s.status, s.trend, s.unit_measure, s.geom, s.breakdown
FROM signal_basis s
WHERE s.geom IS NOT NULL AND s.counterpart IS NULL;
COMMENT ON COLUMN signal_map.id IS 'Integer key of indicator, unit and breakdown, stable over time';
COMMENT ON COLUMN signal_map.breakdown IS 'Members of the dimensions; empty: the total. Filter on it where an indicator has dimensions';

CREATE OR REPLACE VIEW urban_policy_scorecard WITH (security_invoker = true) AS
SELECT c.place AS id, c.component, c.question, count(DISTINCT s.code) AS indicators, count(DISTINCT s.code) FILTER (WHERE s.value IS NOT NULL) > 0 AS evidence,
    count(DISTINCT s.unit_id) FILTER (WHERE s.value IS NOT NULL) AS units,
    count(s.code) AS signals,
    count(*) FILTER (WHERE s.light = 'green') AS green, count(*) FILTER (WHERE s.light = 'amber') AS amber, count(*) FILTER (WHERE s.light = 'red') AS red,
    count(*) FILTER (WHERE s.status = 'stale') AS stale, count(*) FILTER (WHERE s.status IN ('missing', 'not computable')) AS missing,
    count(*) FILTER (WHERE s.trend = 'improving') AS improving, count(*) FILTER (WHERE s.trend = 'worsening') AS worsening,
    count(*) FILTER (WHERE s.light = 'green')::float8 / nullif(count(s.light), 0) AS green_share,
    count(*) FILTER (WHERE s.trend = 'improving')::float8 / nullif(count(s.trend), 0) AS improving_share,
    min(s.period) AS oldest_period, max(s.period) AS newest_period
FROM (VALUES (1, 'population_dynamics', '(a) Does the policy respond to population dynamics?'),
             (2, 'balanced_territorial_development', '(b) Does it ensure balanced territorial development?'),
             (3, 'local_fiscal_space', '(c) Does it increase local fiscal space?')) c (place, component, question)
LEFT JOIN (SELECT i.component, x.* FROM signal x JOIN indicator i ON i.id = x.indicator_id WHERE i.component IS NOT NULL AND x.breakdown = '' AND x.counterpart IS NULL) s ON s.component = c.component
GROUP BY c.place, c.component, c.question;

CREATE OR REPLACE VIEW local_review WITH (security_invoker = true) AS
SELECT s.id, s.unit, s.unit_name, s.level, split_part(i.sdg, '.', 1) AS goal, i.sdg, i.component, s.code, s.title, s.period, s.value, s.unit_measure,
    s.previous_period, s.previous, s.change, s.trend, s.light, s.status,
    p.units AS peers, p.median AS peer_median, p.better AS peers_better,
    i.method_version, i.definition, i.note, s.breakdown
FROM signal s
JOIN indicator i ON i.id = s.indicator_id
LEFT JOIN LATERAL (
    SELECT count(*) AS units,
        -- percentile_cont is infinite where the two values in the middle are further apart than float8 holds: then of different sign, and their sum is not
        CASE WHEN percentile_cont(0.5) WITHIN GROUP (ORDER BY o.value) < 'Infinity' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY o.value)
             ELSE (percentile_disc(0.5) WITHIN GROUP (ORDER BY o.value) + percentile_disc(0.500000001) WITHIN GROUP (ORDER BY o.value)) / 2 END AS median,
        CASE WHEN i.direction <> 0 THEN count(*) FILTER (WHERE CASE WHEN i.direction > 0 THEN o.value > s.value ELSE o.value < s.value END) END AS better
    FROM observation o JOIN unit u ON u.id = o.unit_id
    WHERE o.indicator_id = s.indicator_id AND o.period = s.period AND o.breakdown = s.breakdown AND o.counterpart_id = 0 AND o.value IS NOT NULL
        AND coalesce(u.level, i.level) IS NOT DISTINCT FROM coalesce(s.level, i.level)) p ON s.value IS NOT NULL
WHERE s.counterpart IS NULL;
COMMENT ON COLUMN local_review.id IS 'Integer key of indicator, unit and breakdown';
COMMENT ON COLUMN local_review.breakdown IS 'Members of the dimensions; empty: the total';


-- ---- 84-gap ----

-- gap: what separates two members of a dimension, and parts that do not add up
-- Each part of a breakdown with what stands beside it: sex=F;age=65+ is F of sex within age=65+ and 65+ of age within sex=F
CREATE VIEW breakdown_part WITH (security_invoker = true) AS
SELECT o.id, o.indicator_id, o.unit_id, o.counterpart_id, o.period, o.value, split_part(p.part, '=', 1) AS dimension, split_part(p.part, '=', 2) AS member,
    array_to_string(array_remove(string_to_array(o.breakdown, ';'), p.part), ';') AS within, o.breakdown
FROM observation o CROSS JOIN LATERAL string_to_table(o.breakdown, ';') p (part)
WHERE o.breakdown <> '';
COMMENT ON VIEW breakdown_part IS 'Observations of parts, one line for each dimension that has a member';
COMMENT ON COLUMN breakdown_part.id IS 'Key of the observation';
COMMENT ON COLUMN breakdown_part.indicator_id IS 'Indicator';
COMMENT ON COLUMN breakdown_part.unit_id IS 'Unit';
COMMENT ON COLUMN breakdown_part.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN breakdown_part.period IS 'First day of the period';
COMMENT ON COLUMN breakdown_part.value IS 'Value in the unit of the indicator';
COMMENT ON COLUMN breakdown_part.dimension IS 'Dimension';
COMMENT ON COLUMN breakdown_part.member IS 'Member';
COMMENT ON COLUMN breakdown_part.within IS 'The rest of the breakdown; empty: all';
COMMENT ON COLUMN breakdown_part.breakdown IS 'The whole of it';

CREATE FUNCTION parity_index(value float8, reference float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value < 0 OR reference < 0 OR value = 0 AND reference = 0 THEN NULL WHEN value <= reference THEN ratio_or_null(value, reference) ELSE 2 - ratio_or_null(reference, value) END;
COMMENT ON FUNCTION parity_index(float8, float8) IS 'Adjusted parity index (UNESCO): value / reference, above 1 as 2 - reference / value; 1 is parity, 0 to 2; NULL for negative values or two zeros';

CREATE VIEW gap WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, a.period, a.dimension, a.member, b.member AS reference_member, a.within, a.value, b.value AS reference,
    difference_or_null(a.value, b.value) AS difference, ratio_or_null(a.value, b.value) AS ratio, parity_index(a.value, b.value) AS parity_index,
    u.name AS unit_name, coalesce(u.level, i.level) AS level, i.title, i.unit_measure, c.code AS counterpart, a.indicator_id, a.unit_id, a.id, b.id AS reference_id
FROM breakdown_part a
JOIN breakdown_part b ON b.indicator_id = a.indicator_id AND b.unit_id = a.unit_id AND b.counterpart_id = a.counterpart_id AND b.period = a.period
    AND b.dimension = a.dimension AND b.within = a.within AND b.member <> a.member
JOIN indicator i ON i.id = a.indicator_id JOIN unit u ON u.id = a.unit_id LEFT JOIN unit c ON c.id = a.counterpart_id;
COMMENT ON VIEW gap IS 'What separates two members of a dimension, women from men or rural from urban: difference, ratio, parity index. Filter on dimension, member and reference_member';
COMMENT ON COLUMN gap.code IS 'Indicator';
COMMENT ON COLUMN gap.unit IS 'Unit';
COMMENT ON COLUMN gap.period IS 'First day of the period';
COMMENT ON COLUMN gap.dimension IS 'Dimension, for example sex';
COMMENT ON COLUMN gap.member IS 'Member, for example F';
COMMENT ON COLUMN gap.reference_member IS 'Member that it is compared with, for example M';
COMMENT ON COLUMN gap.within IS 'Members of the other dimensions, the same for both; empty: all';
COMMENT ON COLUMN gap.value IS 'Value of the member, in unit_measure';
COMMENT ON COLUMN gap.reference IS 'Value of the reference member, in unit_measure';
COMMENT ON COLUMN gap.difference IS 'value - reference, in unit_measure';
COMMENT ON COLUMN gap.ratio IS 'value / reference';
COMMENT ON COLUMN gap.parity_index IS 'Adjusted parity index: 1 is parity, below 1 the member has less, above 1 more; 0 to 2';
COMMENT ON COLUMN gap.unit_name IS 'Name of the unit';
COMMENT ON COLUMN gap.level IS 'Level of the unit';
COMMENT ON COLUMN gap.title IS 'Title of the indicator';
COMMENT ON COLUMN gap.unit_measure IS 'Unit of value, reference and difference';
COMMENT ON COLUMN gap.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN gap.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN gap.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN gap.id IS 'Key of the observation of the member';
COMMENT ON COLUMN gap.reference_id IS 'Key of the observation of the reference member';

CREATE VIEW breakdown_coverage WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, p.period, p.dimension, p.within, p.members, p.parts, t.value AS total, difference_or_null(t.value, p.parts) AS difference,
    i.unit_measure, c.code AS counterpart, p.indicator_id, p.unit_id, t.id
FROM (SELECT b.indicator_id, b.unit_id, b.counterpart_id, b.period, b.dimension, b.within, count(b.value) AS members,
          CASE WHEN fits_float8(sum(b.value::text::numeric)) THEN sum(b.value::text::numeric)::float8 END AS parts
      FROM breakdown_part b GROUP BY b.indicator_id, b.unit_id, b.counterpart_id, b.period, b.dimension, b.within) p
JOIN observation t ON t.indicator_id = p.indicator_id AND t.unit_id = p.unit_id AND t.counterpart_id = p.counterpart_id AND t.period = p.period AND t.breakdown = p.within
JOIN indicator i ON i.id = p.indicator_id JOIN unit u ON u.id = p.unit_id LEFT JOIN unit c ON c.id = p.counterpart_id;
COMMENT ON VIEW breakdown_coverage IS 'Do the parts of a dimension add up to the published total? Of indicators that are counts or sums; filter on difference <> 0';
COMMENT ON COLUMN breakdown_coverage.code IS 'Indicator';
COMMENT ON COLUMN breakdown_coverage.unit IS 'Unit';
COMMENT ON COLUMN breakdown_coverage.period IS 'First day of the period';
COMMENT ON COLUMN breakdown_coverage.dimension IS 'Dimension whose members are added up';
COMMENT ON COLUMN breakdown_coverage.within IS 'Members of the other dimensions; empty: all';
COMMENT ON COLUMN breakdown_coverage.members IS 'Members with a value';
COMMENT ON COLUMN breakdown_coverage.parts IS 'Sum of their values, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.total IS 'Published total, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.difference IS 'total - parts, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.unit_measure IS 'Unit of parts and total';
COMMENT ON COLUMN breakdown_coverage.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN breakdown_coverage.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN breakdown_coverage.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN breakdown_coverage.id IS 'Key of the observation of the total';



-- ---- 84-publication ----

DROP FUNCTION signal_tile(integer, integer, integer, text, text);
DROP FUNCTION signal_geojson(text, text);
DROP FUNCTION observation_asof(timestamptz);

-- publication: what readers and tools select from
CREATE OR REPLACE VIEW observation_latest WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, o.period, o.value, o.status, o.id, u.name AS unit_name, coalesce(u.level, i.level) AS level, i.title, i.unit_measure,
    o.published, o.run_id, o.indicator_id, o.unit_id, o.breakdown, c.code AS counterpart
FROM observation o JOIN indicator i ON i.id = o.indicator_id JOIN unit u ON u.id = o.unit_id LEFT JOIN unit c ON c.id = o.counterpart_id;
COMMENT ON VIEW observation_latest IS 'The latest published value of every indicator, unit, counterpart, breakdown and period, with codes and names';
COMMENT ON COLUMN observation_latest.breakdown IS 'Members of the dimensions in canonical text: sex=F;age=65+; empty: the total';
COMMENT ON COLUMN observation_latest.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';

CREATE FUNCTION observation_asof(moment timestamptz)
    RETURNS TABLE (code text, unit text, period date, value float8, status text, published timestamptz, superseded timestamptz, breakdown text, counterpart text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT i.code, u.code, x.period, x.value, x.status, x.published, x.superseded, x.breakdown, c.code
    FROM (SELECT o.indicator_id, o.unit_id, o.counterpart_id, o.breakdown, o.period, o.value, o.status, o.published, NULL::timestamptz AS superseded
          FROM observation o WHERE o.published <= moment
          UNION ALL
          SELECT r.indicator_id, r.unit_id, r.counterpart_id, r.breakdown, r.period, r.value, r.status, r.published, r.superseded
          FROM revision r WHERE r.published <= moment AND r.superseded > moment) x
    JOIN indicator i ON i.id = x.indicator_id JOIN unit u ON u.id = x.unit_id LEFT JOIN unit c ON c.id = x.counterpart_id;
END;
COMMENT ON FUNCTION observation_asof(timestamptz) IS 'What was published at that moment: every observation as a reader would have seen it then';

CREATE OR REPLACE VIEW indicator_catalogue WITH (security_invoker = true) AS
SELECT i.id, i.code, i.title, i.definition, i.unit_measure, i.direction, i.sdg, i.component, i.agenda, i.level, i.frequency, i.method_version, i.note,
    i.source_schema, i.source_name, i.active,
    -- each computed only where it is selected
    (SELECT count(*) FROM observation o WHERE o.indicator_id = i.id) AS observations,
    (SELECT count(DISTINCT o.unit_id) FROM observation o WHERE o.indicator_id = i.id) AS units,
    (SELECT min(o.period) FROM observation o WHERE o.indicator_id = i.id) AS first_period,
    (SELECT max(o.period) FROM observation o WHERE o.indicator_id = i.id) AS last_period,
    (SELECT max(o.published) FROM observation o WHERE o.indicator_id = i.id) AS last_published,
    last.status AS last_status, last.started AS last_started, last.duration_ms AS last_duration_ms, last.message AS last_message,
    good.finished AS last_ok, i.dimensions
FROM indicator i
LEFT JOIN LATERAL (SELECT r.* FROM run r WHERE r.indicator_id = i.id AND r.status <> 'locked' ORDER BY r.id DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (SELECT r.finished FROM run r WHERE r.indicator_id = i.id AND r.status = 'ok' ORDER BY r.id DESC LIMIT 1) good ON true;
COMMENT ON COLUMN indicator_catalogue.dimensions IS 'Dimensions of the breakdown';

CREATE OR REPLACE FUNCTION sdmx_status(value float8, status text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN status IN ('A', 'B', 'D', 'E', 'F', 'G', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'S', 'U', 'V', 'W') THEN status
    WHEN status = 'not computable' THEN 'M'
    WHEN status IN ('suppressed', 'suppressed secondary') THEN 'Q'
    WHEN value IS NULL THEN 'O'
    WHEN status = 'provisional' THEN 'P'
    WHEN status = 'estimated' THEN 'E'
    WHEN status = 'forecast' THEN 'F'
    WHEN status = 'imputed' THEN 'I'
    WHEN status = 'break' THEN 'B'
    WHEN status = 'draft' THEN 'V'
    ELSE 'A'
END;

CREATE OR REPLACE FUNCTION sdmx_period(period date, frequency text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CASE frequency
    WHEN 'A' THEN lpad(extract(year FROM period)::text, 4, '0')
    WHEN 'S' THEN lpad(extract(year FROM period)::text, 4, '0') || CASE WHEN extract(month FROM period) <= 6 THEN '-S1' ELSE '-S2' END
    WHEN 'Q' THEN lpad(extract(year FROM period)::text, 4, '0') || '-Q' || extract(quarter FROM period)::text
    WHEN 'M' THEN lpad(extract(year FROM period)::text, 4, '0') || '-' || lpad(extract(month FROM period)::text, 2, '0')
    WHEN 'W' THEN lpad(extract(isoyear FROM period)::text, 4, '0') || '-W' || lpad(extract(week FROM period)::text, 2, '0')
    ELSE lpad(extract(year FROM period)::text, 4, '0') || '-' || lpad(extract(month FROM period)::text, 2, '0') || '-' || lpad(extract(day FROM period)::text, 2, '0')
END END;
COMMENT ON FUNCTION sdmx_period(date, text) IS 'Period as SDMX TIME_PERIOD: 2024, 2024-S1, 2024-Q1, 2024-01, 2024-W01, 2024-01-31; NULL outside the years 0001 to 9999';

CREATE OR REPLACE VIEW observation_sdmx WITH (security_invoker = true) AS
SELECT o.id, i.frequency AS freq, i.code AS indicator, u.code AS ref_area, c.code COLLATE "default" AS counterpart_area, nullif(o.breakdown, '') COLLATE "default" AS breakdown,
    sdmx_period(o.period, i.frequency) AS time_period, CASE WHEN o.period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN o.period::timestamp AT TIME ZONE 'UTC' END AS "time", o.value AS obs_value, i.unit_measure,
    sdmx_status(o.value, o.status) AS obs_status,
    CASE o.status WHEN 'draft' THEN 'N' WHEN 'suppressed' THEN 'C' WHEN 'suppressed secondary' THEN 'D' ELSE 'F' END AS obs_conf, i.method_version, o.run_id
FROM observation o JOIN indicator i ON i.id = o.indicator_id JOIN unit u ON u.id = o.unit_id LEFT JOIN unit c ON c.id = o.counterpart_id;
COMMENT ON COLUMN observation_sdmx.counterpart_area IS 'COUNTERPART_AREA; NULL: none, or all';
COMMENT ON COLUMN observation_sdmx.breakdown IS 'Members of the dimensions, sex=F;age=65+; NULL: the total';
COMMENT ON COLUMN observation_sdmx.obs_conf IS 'CONF_STATUS: F free, N not for publication (drafts), C confidential, D suppressed to protect another';

-- Made in the caller's schema with the caller's rights: a wide table for spreadsheets and tools that want a column per indicator.
CREATE OR REPLACE FUNCTION wide_view(target_schema text, target_name text, codes text[] DEFAULT NULL, materialised boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
    storage text := target_name || '_data';
    one record;
    n bigint := 0;
BEGIN
    IF target_schema IS NULL OR target_name IS NULL THEN
        RETURN NULL;
    END IF;
    codes := coalesce(codes, ARRAY(SELECT i.code FROM terrbal.indicator i WHERE i.active ORDER BY i.id));
    SELECT c INTO one FROM unnest(codes) c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', one.c USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF cardinality(codes) = 0 THEN
        RAISE EXCEPTION 'no indicator to show' USING ERRCODE = 'invalid_parameter_value', HINT = 'Name at least one code; by default all active indicators are shown.';
    END IF;
    SELECT c INTO one FROM unnest(codes) c WHERE c IN ('id', 'unit', 'unit_name', 'period') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'code "%" is the name of another column of the view', one.c USING ERRCODE = 'duplicate_column',
            HINT = 'Leave it out of codes, or register the indicator under another code.';
    END IF;
    SELECT c INTO one FROM unnest(codes) c WHERE octet_length(c) > 63 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'code "%..." has % bytes, more than the 63 of a column name', left(one.c, 40), octet_length(one.c) USING ERRCODE = 'name_too_long',
            HINT = 'Leave it out of codes, or select from terrbal.observation_latest.';
    END IF;
    -- unit by unit, so that the first lines come at once
    SELECT format('SELECT ((u.id::bigint << 32) + (p.period - DATE ''0001-01-01'')) AS id, u.code AS unit, u.name AS unit_name, p.* FROM terrbal.unit u CROSS JOIN LATERAL ('
            'SELECT o.period%s FROM terrbal.observation o WHERE o.indicator_id = ANY (ARRAY(SELECT i.id FROM terrbal.indicator i WHERE i.code = ANY (%L::text[]))) '
            'AND o.unit_id = u.id AND o.counterpart_id = 0 AND o.breakdown = '''' GROUP BY o.period) p',
            string_agg(format(', max(o.value) FILTER (WHERE o.indicator_id = (SELECT i.id FROM terrbal.indicator i WHERE i.code = %L)) AS %I', c, c), '' ORDER BY place), codes)
        INTO body FROM unnest(codes) WITH ORDINALITY x (c, place);
    IF materialised THEN
        EXECUTE format('CREATE MATERIALIZED VIEW %I.%I AS %s', target_schema, storage, body);
        EXECUTE format('CREATE UNIQUE INDEX ON %I.%I (id)', target_schema, storage);
        EXECUTE format('COMMENT ON MATERIALIZED VIEW %I.%I IS %L', target_schema, storage, 'Storage of ' || target_name || ': REFRESH MATERIALIZED VIEW CONCURRENTLY after a refresh');
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS SELECT * FROM %I.%I', target_schema, target_name, target_schema, storage);
    ELSE
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true) AS %s', target_schema, target_name, body);
    END IF;
    EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, target_name, 'Published indicators, one line per unit and period, one column per indicator');
    FOR one IN
        SELECT * FROM (VALUES ('id', 'Integer key of unit and period, stable over time'), ('unit', 'Unit'), ('unit_name', 'Name of the unit'),
                ('period', 'First day of the period')) v (name, comment)
        UNION ALL SELECT i.code, format('%s (%s)', i.title, i.unit_measure) FROM terrbal.indicator i WHERE i.code = ANY (codes)
    LOOP
        EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', target_schema, target_name, one.name, one.comment);
        n := n + 1;
    END LOOP;
    RETURN n - 4;
END
$$;

CREATE FUNCTION signal_tile(z integer, x integer, y integer, code text, level text DEFAULT NULL, breakdown text DEFAULT '') RETURNS bytea
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH box AS MATERIALIZED (SELECT ST_TileEnvelope(z, x, y) AS envelope),
    feature AS (
        SELECT s.id, s.unit, s.unit_name, s.period, s.value, s.change, s.light, s.status, ST_AsMVTGeom(ST_Transform(s.geom, 3857), b.envelope) AS geom
        FROM box b JOIN signal_map s ON s.geom && ST_Transform(b.envelope, 4326)
        WHERE s.code = signal_tile.code AND s.breakdown = signal_tile.breakdown AND (signal_tile.level IS NULL OR s.level = signal_tile.level))
    SELECT ST_AsMVT(f, 'signal', 4096, 'geom') FROM feature f WHERE f.geom IS NOT NULL;
END;
COMMENT ON FUNCTION signal_tile(integer, integer, integer, text, text, text) IS 'Vector tile (MVT) of the signal of one indicator, for pg_tileserv, Martin or any web map';

CREATE FUNCTION signal_geojson(code text, level text DEFAULT NULL, breakdown text DEFAULT '') RETURNS json
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(f, 'geom', 6)::json ORDER BY f.id), '[]'::json))
    FROM (SELECT s.id, s.unit, s.unit_name, s.level, s.period, s.value, s.change, s.light, s.status, s.geom
          FROM signal_map s
          WHERE s.code = signal_geojson.code AND s.breakdown = signal_geojson.breakdown AND (signal_geojson.level IS NULL OR s.level = signal_geojson.level)) f;
END;
COMMENT ON FUNCTION signal_geojson(text, text, text) IS 'Signal of one indicator as a GeoJSON feature collection';


-- ---- 85-source ----

-- source: whose code a refresh would run, and how the source is held while that is judged and read
CREATE FUNCTION lock_source(source_schema text, source_name text) RETURNS regclass
    AS 'MODULE_PATHNAME', 'terrbal_lock_source' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_source(text, text) IS 'Takes the lock of a reader on the relation of that name, if the caller may read it, until the end of the transaction; NULL if there is none';

CREATE FUNCTION lock_writers(relation regclass) RETURNS void
    AS 'MODULE_PATHNAME', 'terrbal_lock_writers' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_writers(regclass) IS 'Waits until no other transaction that called it for this relation is open; needs the INSERT privilege; readers and writers go on';

CREATE FUNCTION lock_writable(tables regclass[]) RETURNS void
    AS 'MODULE_PATHNAME', 'terrbal_lock_writable' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_writable(regclass[]) IS 'Takes the lock of a writer on those of these tables that the caller may write, until the end of the transaction: nobody gives them a trigger or another owner meanwhile';

CREATE FUNCTION in_transaction_block() RETURNS boolean
    AS 'MODULE_PATHNAME', 'terrbal_in_transaction_block' LANGUAGE C STRICT;
COMMENT ON FUNCTION in_transaction_block() IS 'Was a transaction begun by the client, so that a procedure cannot commit?';

CREATE FUNCTION confined_refresh(number bigint) RETURNS run
    AS 'MODULE_PATHNAME', 'terrbal_confined_refresh' LANGUAGE C STRICT;
COMMENT ON FUNCTION confined_refresh(bigint) IS 'run_refresh in a security-restricted operation: what the source runs cannot change the role, keep a setting, make temporary objects or defer triggers';

CREATE FUNCTION confined_units(relation regclass, code text, name text, geometry text, level text) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_confined_refresh' LANGUAGE C;
COMMENT ON FUNCTION confined_units(regclass, text, text, text, text) IS 'run_units in a security-restricted operation, see confined_refresh';

-- As a set, so that a check of many objects looks once
CREATE FUNCTION superuser_owner() RETURNS SETOF oid LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolsuper
    UNION ALL
    SELECT o.oid FROM pg_catalog.pg_roles o
    JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
    JOIN pg_catalog.pg_roles r ON r.oid = d.datdba AND r.rolsuper
    WHERE o.rolname = 'pg_database_owner';
END;
COMMENT ON FUNCTION superuser_owner() IS 'The roles that are superusers, and pg_database_owner where the owner of the database is one';

CREATE OR REPLACE FUNCTION superuser_owned(owner oid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM terrbal.superuser_owner() s (role) WHERE s.role = owner);

-- What such a role may do ends at no schema: through it a stranger's code would reach the whole server, or every table of it.
CREATE FUNCTION privileged_role() RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM pg_catalog.pg_roles r
    WHERE (r.rolsuper OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls OR r.rolname IN ('pg_execute_server_program', 'pg_write_server_files',
            'pg_read_server_files', 'pg_write_all_data', 'pg_read_all_data'))
        AND pg_catalog.pg_has_role(r.oid, 'MEMBER'));
COMMENT ON FUNCTION privileged_role() IS 'Is the current role a superuser, or a member of a role that is as good as one: CREATEROLE, REPLICATION, BYPASSRLS, server files and programs, all data';

-- Its owner can change every one of these at any time, and planning or running a SELECT over the source may call it: planning folds IMMUTABLE functions of
-- index expressions, extended statistics, partition keys, constraints. If all belong to superusers, only a superuser can add to what is reached: an index,
-- a child, a policy needs the owner of the table. Hence no lock below the source is needed; one pass over one snapshot is enough.
CREATE FUNCTION reached_object(roots oid[]) RETURNS TABLE (classid oid, objid oid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE node (classid, objid) AS (
        SELECT 'pg_catalog.pg_class'::regclass::oid, o FROM unnest(roots) o
        UNION
        SELECT e.classid, e.objid
        FROM node n
        CROSS JOIN LATERAL (
            -- what it stands on; extensions own nothing that runs, and schemas are names
            SELECT d.refclassid, d.refobjid FROM pg_catalog.pg_depend d
            WHERE d.classid = n.classid AND d.objid = n.objid AND d.deptype NOT IN ('e', 'x')
                AND d.refclassid NOT IN ('pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_extension'::regclass)
            -- what hangs on a relation: the rule of a view, indexes, statistics, children, constraints but not foreign keys, expressions of columns, policies
            UNION ALL
            SELECT h.classid, h.objid FROM (
                SELECT 'pg_catalog.pg_rewrite'::regclass, r.oid, r.ev_class FROM pg_catalog.pg_rewrite r
                JOIN pg_catalog.pg_class c ON c.oid = r.ev_class WHERE r.ev_type = '1' AND c.relkind <> 'm'
                UNION ALL
                SELECT 'pg_catalog.pg_class'::regclass, i.indexrelid, i.indrelid FROM pg_catalog.pg_index i
                UNION ALL
                SELECT 'pg_catalog.pg_statistic_ext'::regclass, s.oid, s.stxrelid FROM pg_catalog.pg_statistic_ext s
                UNION ALL
                SELECT 'pg_catalog.pg_class'::regclass, i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i
                UNION ALL
                SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, k.conrelid FROM pg_catalog.pg_constraint k WHERE k.contype <> 'f'
                UNION ALL
                SELECT 'pg_catalog.pg_attrdef'::regclass, a.oid, a.adrelid FROM pg_catalog.pg_attrdef a
                UNION ALL
                SELECT 'pg_catalog.pg_policy'::regclass, p.oid, p.polrelid FROM pg_catalog.pg_policy p) h (classid, objid, relation)
            WHERE n.classid = 'pg_catalog.pg_class'::regclass AND h.relation = n.objid
            -- the constraints of a domain, the columns of a composite type
            UNION ALL
            SELECT 'pg_catalog.pg_constraint'::regclass, k.oid FROM pg_catalog.pg_constraint k
            WHERE n.classid = 'pg_catalog.pg_type'::regclass AND k.conrelid = 0 AND k.contypid = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_class'::regclass, t.typrelid FROM pg_catalog.pg_type t
            WHERE n.classid = 'pg_catalog.pg_type'::regclass AND t.oid = n.objid AND t.typrelid <> 0
            -- what the planner puts in the place of an operator, what an operator class calls
            UNION ALL
            SELECT 'pg_catalog.pg_operator'::regclass, unnest(ARRAY[o.oprcom, o.oprnegate]) FROM pg_catalog.pg_operator o
            WHERE n.classid = 'pg_catalog.pg_operator'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_operator'::regclass, a.amopopr FROM pg_catalog.pg_amop a
            WHERE n.classid = 'pg_catalog.pg_opfamily'::regclass AND a.amopfamily = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_proc'::regclass, a.amproc::oid FROM pg_catalog.pg_amproc a
            WHERE n.classid = 'pg_catalog.pg_opfamily'::regclass AND a.amprocfamily = n.objid) e (classid, objid))
    SELECT n.classid, n.objid FROM node n;
END;
COMMENT ON FUNCTION reached_object(oid[]) IS 'Everything that planning or running a SELECT over these relations may call or read, themselves included, as addresses of the catalogue';

-- Planning takes ten times as long as the pass itself: one plan serves all sources of a session.
CREATE FUNCTION stranger_object(roots oid[]) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = CURRENT_USER);
BEGIN
    RETURN (
        SELECT format('%s is owned by %s', pg_describe_object(x.classid, x.objid, 0), x.owner::regrole) AS what
        FROM terrbal_support.reached_object(roots) n
        CROSS JOIN LATERAL (
            -- the owner of an index or a row type is that of its table
            SELECT n.classid, n.objid, c.relowner AS owner FROM pg_class c
            WHERE n.classid = 'pg_class'::regclass AND c.oid = n.objid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL
            SELECT n.classid, n.objid, p.proowner FROM pg_proc p WHERE n.classid = 'pg_proc'::regclass AND p.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, t.typowner FROM pg_type t
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE n.classid = 'pg_type'::regclass AND t.oid = n.objid AND coalesce(c.relkind, 'c') = 'c' AND t.typcategory <> 'A'
            UNION ALL
            SELECT n.classid, n.objid, o.oprowner FROM pg_operator o WHERE n.classid = 'pg_operator'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, o.opcowner FROM pg_opclass o WHERE n.classid = 'pg_opclass'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, o.opfowner FROM pg_opfamily o WHERE n.classid = 'pg_opfamily'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, c.collowner FROM pg_collation c WHERE n.classid = 'pg_collation'::regclass AND c.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, l.lanowner FROM pg_language l WHERE n.classid = 'pg_language'::regclass AND l.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, s.stxowner FROM pg_statistic_ext s WHERE n.classid = 'pg_statistic_ext'::regclass AND s.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, s.srvowner FROM pg_foreign_server s WHERE n.classid = 'pg_foreign_server'::regclass AND s.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, f.fdwowner FROM pg_foreign_data_wrapper f WHERE n.classid = 'pg_foreign_data_wrapper'::regclass AND f.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, c.cfgowner FROM pg_ts_config c WHERE n.classid = 'pg_ts_config'::regclass AND c.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, d.dictowner FROM pg_ts_dict d WHERE n.classid = 'pg_ts_dict'::regclass AND d.oid = n.objid) x
        WHERE x.owner <> me AND x.owner <> ALL (ARRAY(SELECT s FROM terrbal_support.superuser_owner() s))
        ORDER BY x.classid <> 'pg_class'::regclass, 1 LIMIT 1);
END
$$;
COMMENT ON FUNCTION stranger_object(oid[]) IS 'What is reached from these relations and belongs neither to a superuser nor to the current role, as text; NULL if nothing';

CREATE OR REPLACE FUNCTION untrusted_owner(source regclass) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(terrbal_support.stranger_object(ARRAY[source::oid]), (
        SELECT format('schema %I is owned by %s', s.nspname, s.nspowner::regrole)
        FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
        WHERE c.oid = source AND s.nspowner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = CURRENT_USER) AND s.nspowner <> ALL (ARRAY(SELECT o FROM terrbal_support.superuser_owner() o))));
END
$$;

-- A privileged role also writes: triggers and rules on the tables of the monitor run as the writer. And what is judged must be what is read: in an older
-- snapshot the check would see what the owner has changed since, while the SELECT is planned over the catalogue of today.
CREATE FUNCTION guard_publisher(VARIADIC tables regclass[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed regclass := (SELECT name FROM unnest(tables) WITH ORDINALITY t (name, place) WHERE NOT has_table_privilege(name, 'INSERT') ORDER BY place LIMIT 1);
BEGIN
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'permission denied: role % may not write to %', CURRENT_USER, closed
            USING ERRCODE = 'insufficient_privilege', HINT = 'The page of the monitor lists what readers, publishers and administrators are granted.';
    END IF;
END
$$;
COMMENT ON FUNCTION guard_publisher(regclass[]) IS 'Refuses a role that may not write to one of these tables of the monitor, before anything is read or written';

CREATE FUNCTION guard_privileged() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- by name: a search of the catalogue takes longer the more tables and views a database has
    tables regclass[] := '{terrbal.unit,terrbal.indicator,terrbal.run,terrbal.run_issue,terrbal.observation,terrbal.revision,terrbal.observation_state,terrbal.hierarchy,terrbal.succession,terrbal.threshold,terrbal.target,terrbal.dimension_member}';
    stranger text;
BEGIN
    IF NOT terrbal.privileged_role() THEN
        RETURN;
    END IF;
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'role % cannot refresh in a % transaction', CURRENT_USER, current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use READ COMMITTED, or refresh as a publisher role that is not a superuser.';
    END IF;
    PERFORM terrbal_support.lock_writable(tables);
    SELECT x.what INTO stranger FROM (
        SELECT format('table %s is owned by %s', c.oid::regclass, c.relowner::regrole), c.relowner FROM pg_class c WHERE c.oid = ANY (tables)
        -- who holds the TRIGGER privilege needs not own the table
        UNION ALL
        SELECT format('trigger %s on %s calls %s, which is owned by %s', quote_ident(t.tgname), t.tgrelid::regclass, p.oid::regprocedure, p.proowner::regrole), p.proowner
        FROM pg_trigger t
        JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_proc'::regclass
        JOIN pg_proc p ON p.oid = d.refobjid
        WHERE t.tgrelid = ANY (tables) AND NOT t.tgisinternal) x (what, owner)
    WHERE x.owner <> ALL (ARRAY(SELECT s FROM terrbal_support.superuser_owner() s)) ORDER BY 1 LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION '%', stranger USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Writing the tables of the monitor would run its owner''s code: refresh as a publisher role that is not a superuser.';
    END IF;
END
$$;
COMMENT ON FUNCTION guard_privileged() IS 'Refuses a refresh by a superuser, or a role as good as one, outside READ COMMITTED, or while the tables of the monitor carry a stranger''s code';

-- ---- 86-disclosure ----

-- disclosure: counts that may be published
CREATE FUNCTION controlled_rounding(count bigint, base integer, seed bigint DEFAULT NULL) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_controlled_rounding' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION controlled_rounding(bigint, integer, bigint) IS 'Count rounded to an adjacent multiple of base so that the sum over the partition is rounded too (Cox 1987); with a seed at random and unbiased';

-- What the list leaves out counts as being as large as it can be: no larger than the least in it, and no more in all than is left of the total.
CREATE FUNCTION dominance_risk(total float8, largest float8[], n integer, k float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(sum(x.contribution), 0) + greatest(0, least(exact_decimal(total) - coalesce(sum(x.contribution), 0), (n - count(*)) * min(x.contribution)))
            FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value WHERE value IS NOT NULL
            ORDER BY contribution DESC LIMIT at_least(n, 'n', 1, 'It is the number of largest contributions.')) x) * 100
        > at_most(at_least(exact_decimal(k), 'k', 1, 'It is in percent: multiply a fraction by 100.'), 'k', 100) * nonnegative(exact_decimal(total), 'total');
COMMENT ON FUNCTION dominance_risk(float8, float8[], integer, float8) IS 'Does the (n, k) rule forbid a total? True where its n largest contributions are more than k percent of it (Hundepool and others 2010)';

CREATE FUNCTION p_percent_risk(total float8, largest float8[], p float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (nonnegative(exact_decimal(total), 'total') - coalesce(sum(x.contribution), 0)
                - greatest(0, least(exact_decimal(total) - coalesce(sum(x.contribution), 0), (2 - count(*)) * min(x.contribution)))) * 100
            < at_least(exact_decimal(p), 'p', 1, 'It is in percent: multiply a fraction by 100.') * coalesce(max(x.contribution), exact_decimal(total))
        FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value WHERE value IS NOT NULL
            ORDER BY contribution DESC LIMIT 2) x);
COMMENT ON FUNCTION p_percent_risk(float8, float8[], float8) IS 'Does the p-percent rule forbid a total? True where the second contributor could estimate the largest within p percent: total - x1 - x2 < p/100 x1 (Hundepool and others 2010)';

-- Where exactly one value of a group is hidden, or those hidden tell too much together, the smallest other one goes with them. Two groups for each value, its unit's
-- members and its parent's units, in turn.
CREATE FUNCTION complementary_statement(statement text, too_little text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grouping text;
BEGIN
    statement := format('SELECT p.*, h.parent, regexp_replace(p.breakdown, ''=[^;]*'', '''', ''g'') AS split, CASE WHEN p.at_risk THEN ''suppressed'' END AS hidden FROM (%s) p '
        'LEFT JOIN LATERAL (SELECT h.parent FROM terrbal.hierarchy h WHERE h.child = p.unit AND h.valid @> p.period ORDER BY h.level, h.parent LIMIT 1) h ON true', statement);
    FOREACH grouping IN ARRAY ARRAY['q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split'] LOOP
        statement := format('SELECT q.unit, q.counterpart, q.breakdown, q.period, q.given_period, q.value, q.status, q.weight, q.reason, q.contributed, q.parent, q.split, '
            'CASE WHEN q.hidden IS NULL AND %2$s AND (count(q.hidden) OVER beside = 1 OR q.value <> 0 AND (%4$s)) '
            'AND row_number() OVER (PARTITION BY q.counterpart, q.period, %1$s, q.hidden IS NULL ORDER BY q.value IS NULL, q.value = 0, q.value, q.unit, q.breakdown) = 1 '
            'THEN ''suppressed secondary'' ELSE q.hidden END AS hidden FROM (%3$s) q WINDOW beside AS (PARTITION BY q.counterpart, q.period, %1$s)',
            grouping, CASE WHEN grouping LIKE 'q.unit%' THEN 'q.split <> ''''' ELSE 'true' END, statement, too_little);
    END LOOP;
    RETURN statement;
END
$$;
COMMENT ON FUNCTION complementary_statement(text, text) IS 'Statement that hides a further value where one alone is at risk or the hidden ones together are too few, among the members of a unit and the units of a parent';

CREATE FUNCTION protected_statement(source regclass, rule indicator) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped);
    risk text;
    contributed text := terrbal_support.number_expression(source, CASE WHEN 'contributors' = ANY (named) THEN 'contributors' ELSE 'value' END);
    too_little text := 'false';
    no_count text := 'r.reason';
BEGIN
    IF num_nonnulls(rule.minimum_count, rule.dominance_n, rule.p_percent) = 0 THEN
        RETURN terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions);
    END IF;
    IF 'state' = ANY (named) OR (rule.dominance_n IS NOT NULL OR rule.p_percent IS NOT NULL) AND NOT 'largest' = ANY (named) THEN
        RAISE EXCEPTION 'source % cannot be protected: %', source, CASE WHEN 'state' = ANY (named) THEN 'a stored state tells every value' ELSE 'no column largest' END
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave the column state out; the rules of dominance read the contributions from a column largest float8[].';
    END IF;
    IF rule.minimum_count IS NOT NULL THEN
        too_little := format('sum(q.contributed) FILTER (WHERE q.hidden IS NOT NULL) OVER beside < %L::pg_catalog.float8', rule.minimum_count);
        -- counts from 1 to one below the minimum that add up to the least or to the most they can are known each
        IF NOT 'contributors' = ANY (named) THEN
            no_count := 'coalesce(r.reason, CASE WHEN r.contributed < 0 OR r.contributed <> trunc(r.contributed) THEN ''value is no count, as minimum_count needs where the source has no column contributors'' END)';
            too_little := too_little || format(' OR count(q.hidden) OVER beside = count(*) FILTER (WHERE q.hidden = ''suppressed'') OVER beside AND '
                'sum(q.contributed) FILTER (WHERE q.hidden IS NOT NULL) OVER beside IN (count(q.hidden) OVER beside, count(q.hidden) OVER beside * %L::pg_catalog.float8)', ceil(rule.minimum_count) - 1);
        END IF;
    END IF;
    risk := concat_ws(' OR ',
        CASE WHEN rule.minimum_count IS NOT NULL THEN format('%1$s > 0 AND %1$s < %2$L::pg_catalog.float8', contributed, rule.minimum_count) END,
        CASE WHEN rule.dominance_n IS NOT NULL THEN format('terrbal.dominance_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.int4, %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.dominance_n, rule.dominance_k) END,
        CASE WHEN rule.p_percent IS NOT NULL THEN format('terrbal.p_percent_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.p_percent) END);
    RETURN format('SELECT r.unit, r.counterpart, r.breakdown, r.period, r.given_period, CASE WHEN r.hidden IS NULL THEN r.value END AS value, coalesce(r.hidden, r.status) AS status, '
        'CASE WHEN r.hidden IS NULL THEN r.weight END AS weight, %s AS reason FROM (%s) r', no_count, terrbal_support.complementary_statement(
        terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions,
            format(', coalesce(%s, %s IS NOT NULL) AS at_risk, %s AS contributed', risk, terrbal_support.number_expression(source, 'value'), contributed)), too_little));
END
$$;
COMMENT ON FUNCTION protected_statement(regclass, indicator) IS 'Statement that reads a source as refresh sees it, with the values hidden that the rule of the indicator forbids';



-- ---- 88-publish ----

-- publish: plain views in a schema of the user's own, for generators of APIs and for tools that look for keys and comments
-- What stands in the schema under which name, from which relation, and the keys that a tool is told.
CREATE FUNCTION published_view() RETURNS TABLE (place integer, name text, relation text, keys text, condition text)
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    SELECT v.place, v.name, v.relation, v.keys, v.condition FROM (VALUES
        (1, 'unit', 'unit', '@primaryKey gid', NULL),
        (2, 'catalogue', 'indicator_catalogue', '@primaryKey gid', NULL),
        (3, 'signal', 'signal', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (4, 'latest', 'observation_latest', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)',
            'EXISTS (SELECT FROM terrbal.observation o WHERE o.id = v.id AND o.is_last)'),
        (5, 'series', 'observation_latest', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (6, 'gap', 'gap', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (7, 'scorecard', 'urban_policy_scorecard', '@primaryKey gid', NULL),
        (8, 'map', 'signal_map', '@primaryKey gid', NULL)) v (place, name, relation, keys, condition);
END;
COMMENT ON FUNCTION published_view() IS 'Views that publish makes: name, relation of terrbal behind it, smart comment of PostGraphile, condition on its rows';

-- gid first; composites field by field, arrays as one text
CREATE FUNCTION published_columns(relation regclass) RETURNS TABLE (name text, expression text, comment text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE WHEN a.attname = 'id' THEN CASE WHEN relation = 'terrbal.gap'::regclass THEN 'member_id' ELSE 'gid' END ELSE concat_ws('_', a.attname, f.attname) END,
        CASE WHEN f.attname IS NOT NULL THEN format('(v.%I).%I', a.attname, f.attname) WHEN t.typcategory = 'A' THEN format('array_to_string(v.%I, '','')', a.attname) ELSE format('v.%I', a.attname) END,
        concat_ws(': ', col_description(relation, a.attnum), f.attname)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attribute f ON t.typtype = 'c' AND f.attrelid = t.typrelid AND f.attnum > 0 AND NOT f.attisdropped
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND (relation <> 'terrbal.unit'::regclass OR a.attname <> 'geom')
    ORDER BY a.attname <> 'id' OR relation = 'terrbal.gap'::regclass, a.attnum, f.attnum;
END;
COMMENT ON FUNCTION published_columns(regclass) IS 'Columns of a view that publish makes of a relation: name, expression, comment';

CREATE FUNCTION publish(schema name, security_invoker boolean DEFAULT true) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v record;
    c record;
    body text;
    relation regclass;
    n bigint := 0;
BEGIN
    IF publish.schema IS NULL THEN
        RETURN NULL;
    END IF;
    FOR v IN SELECT * FROM terrbal_support.published_view() p ORDER BY p.place LOOP
        relation := format('terrbal.%I', v.relation)::regclass;
        IF EXISTS (SELECT FROM pg_class k JOIN pg_namespace s ON s.oid = k.relnamespace WHERE s.nspname = publish.schema AND k.relname = v.name
                AND coalesce(obj_description(k.oid, 'pg_class'), '') NOT LIKE '@primaryKey gid%Published by terrbal%') THEN
            RAISE EXCEPTION 'relation %.% is not one that publish has made', quote_ident(publish.schema), quote_ident(v.name)
                USING ERRCODE = 'duplicate_table', HINT = 'Rename it, or publish into another schema.';
        END IF;
        SELECT string_agg(format('%s AS %I', p.expression, p.name), ', ') INTO body FROM terrbal_support.published_columns(relation) p;
        IF v.name = 'gap' THEN
            body := 'hashint8extended(v.reference_id, v.id) AS gid, ' || body;
        END IF;
        body := format('VIEW %I.%I WITH (security_invoker = %s) AS SELECT %s FROM %s v%s', publish.schema, v.name, coalesce(publish.security_invoker, true), body, relation,
            coalesce(' WHERE ' || v.condition, ''));
        BEGIN
            EXECUTE format('CREATE OR REPLACE %s', body);
        EXCEPTION WHEN invalid_table_definition THEN
            -- columns have moved since an earlier version: what stands on the view must be made again
            EXECUTE format('DROP VIEW %I.%I', publish.schema, v.name);
            EXECUTE format('CREATE %s', body);
        END;
        EXECUTE format('COMMENT ON VIEW %I.%I IS %L', publish.schema, v.name, v.keys || E'\n' || obj_description(relation, 'pg_class') || '. Published by terrbal');
        FOR c IN SELECT p.name, p.comment FROM terrbal_support.published_columns(relation) p WHERE p.comment <> ''
                 UNION ALL SELECT 'gid', 'Integer key of the pair' WHERE v.name = 'gap' LOOP
            EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', publish.schema, v.name, c.name, c.comment);
        END LOOP;
        n := n + 1;
    END LOOP;
    RETURN n;
END
$$;
COMMENT ON FUNCTION publish(name, boolean) IS 'Makes or renews plain views over what is published in a schema of the caller: unit, catalogue, signal, latest, series, gap, scorecard, map; with comments, a key gid and smart comments; returns how many';

-- ---- 89-atlas ----

-- atlas: one self-contained page from what is published
-- The map is drawn on a grid: a vertex that two neighbours share snaps to the same point, so no gap opens between them, and the number of steps bounds the size.
CREATE FUNCTION atlas_shape(units integer[], detail integer DEFAULT 2000)
    RETURNS TABLE (unit_id integer, x integer, y integer, width integer, height integer, path text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH place AS MATERIALIZED (
        SELECT u.id, u.geom, ST_Centroid(u.geom) AS centre FROM unit u WHERE u.id = ANY (units) AND NOT ST_IsEmpty(u.geom)),
    middle AS (
        -- the mean direction, so that a country on both sides of the date line stays in one piece
        SELECT format('+proj=laea +lat_0=%s +lon_0=%s +datum=WGS84 +units=m', round(avg(ST_Y(centre))::numeric, 4),
            round(degrees(atan2(avg(sind(ST_X(centre))), avg(cosd(ST_X(centre)))))::numeric, 4)) AS projection FROM place),
    -- the function under ST_Transform, which itself finds its tables only where PostGIS is on the path; once for all, because each call sets the projection up anew
    flat AS MATERIALIZED (
        SELECT i.ids[(d.part).path[1]] AS id, ST_Collect((d.part).geom) AS geom
        FROM (SELECT array_agg(p.id ORDER BY p.id) AS ids, ST_Collect(p.geom ORDER BY p.id) AS together FROM place p) i, middle m,
            LATERAL (SELECT ST_Dump(postgis_transform_geometry(i.together, '+proj=longlat +datum=WGS84 +no_defs', m.projection, 0)) AS part) d
        GROUP BY 1),
    frame AS (
        SELECT ST_XMin(e.box) AS west, ST_YMax(e.box) AS north, detail / nullif(greatest(ST_XMax(e.box) - ST_XMin(e.box), ST_YMax(e.box) - ST_YMin(e.box)), 0) AS k,
            ST_XMax(e.box) - ST_XMin(e.box) AS wide, ST_YMax(e.box) - ST_YMin(e.box) AS high FROM (SELECT ST_Extent(geom) AS box FROM flat) e),
    drawn AS (
        SELECT p.id, p.geom, f.wide * f.k AS wide, f.high * f.k AS high, ST_Affine(p.geom, f.k, 0, 0, f.k, -f.west * f.k, -f.north * f.k) AS large FROM flat p, frame f),
    snapped AS (SELECT d.*, ST_PointOnSurface(ST_MakeValid(large)) AS centre, ST_Simplify(ST_SnapToGrid(large, 1), 0) AS small FROM drawn d)
    SELECT s.id, round(ST_X(s.centre))::integer, round(-ST_Y(s.centre))::integer, ceil(s.wide)::integer, ceil(s.high)::integer,
        -- a unit smaller than a step of the grid is still there
        CASE WHEN s.small IS NULL OR ST_IsEmpty(s.small) THEN format('M%s %sh1v1h-1z', floor(ST_X(s.centre)), floor(-ST_Y(s.centre)))
             ELSE replace(replace(replace(replace(ST_AsSVG(s.small, 1, 0), 'M ', 'M'), ' l ', 'l'), ' z', 'z'), ' -', '-') END
    FROM snapped s;
END;
COMMENT ON FUNCTION atlas_shape(integer[], integer) IS 'Units drawn for a page: equal-area projection about their middle, on a grid of so many steps, as SVG paths with a point inside; neighbours keep their common border';

CREATE FUNCTION atlas_series(codes text[], level text, units integer[]) RETURNS TABLE (place bigint, series json)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH wanted AS (
        SELECT w.place, i.* FROM unnest(codes) WITH ORDINALITY w (code, place) JOIN indicator i ON i.code = w.code),
    asked AS MATERIALIZED (SELECT a.id, a.n, u.code FROM unnest(units) WITH ORDINALITY a (id, n) JOIN unit u ON u.id = a.id),
    seen AS MATERIALIZED (
        SELECT w.place, o.breakdown, a.n, o.period, o.value, o.status
        FROM wanted w JOIN observation o ON o.indicator_id = w.id AND o.counterpart_id = 0 JOIN asked a ON a.id = o.unit_id),
    period AS MATERIALIZED (
        SELECT s.place, s.breakdown, s.period, row_number() OVER (PARTITION BY s.place, s.breakdown ORDER BY s.period) - 1 AS p FROM (SELECT DISTINCT place, breakdown, period FROM seen) s),
    line AS (
        SELECT p.place, p.breakdown, p.p, p.period,
            '[' || string_agg(coalesce((to_char(s.value, '9.99999EEEE'))::float8::text, 'null'), ',' ORDER BY u.n) || ']' AS numbers
        FROM period p CROSS JOIN asked u LEFT JOIN seen s ON s.place = p.place AND s.breakdown = p.breakdown AND s.period = p.period AND s.n = u.n
        GROUP BY p.place, p.breakdown, p.p, p.period),
    reason AS (
        SELECT s.place, s.breakdown, json_object_agg(p.p || ',' || (s.n - 1), s.status ORDER BY p.p, s.n) AS reasons
        FROM seen s JOIN period p USING (place, breakdown, period) WHERE s.status <> 'ok' GROUP BY s.place, s.breakdown),
    -- the path of a plan as the signal has it: a unit's own target first, its own last value where the plan has no baseline
    path AS MATERIALIZED (
        SELECT k.place, k.breakdown, t.id, a.n, array_agg(d.day ORDER BY d.day) AS days, json_agg(to_char(v.value, '9.99999EEEE')::float8 ORDER BY d.day) AS numbers
        FROM (SELECT p.place, p.breakdown, array_agg(p.period) AS periods FROM period p GROUP BY p.place, p.breakdown) k JOIN wanted w ON w.place = k.place CROSS JOIN asked a
        JOIN LATERAL (SELECT t.* FROM target t WHERE t.indicator = w.code AND t.unit IN (a.code, '') AND t.breakdown = k.breakdown ORDER BY t.unit DESC LIMIT 1) t ON true
        JOIN LATERAL (SELECT coalesce(t.baseline, (SELECT o.value FROM observation o WHERE o.indicator_id = w.id AND o.unit_id = a.id AND o.counterpart_id = 0
                AND o.breakdown = k.breakdown AND o.period <= t.baseline_date AND o.value IS NOT NULL ORDER BY o.period DESC LIMIT 1)) AS value) b ON b.value IS NOT NULL
        CROSS JOIN LATERAL (SELECT CASE t.shape WHEN 'linear' THEN 1 WHEN 'steps' THEN t.steps ELSE 8 END AS parts) m
        -- ends, corners of the steps, points of a curve, and each period on the way, where the page compares
        CROSS JOIN LATERAL (SELECT t.baseline_date + ceil((t.date - t.baseline_date)::numeric * g / m.parts)::integer - before AS day
            FROM generate_series(0, m.parts) g, generate_series(0, CASE WHEN t.shape = 'steps' AND g > 0 THEN 1 ELSE 0 END) before
            UNION SELECT x.day FROM unnest(k.periods) x (day) WHERE x.day > t.baseline_date AND x.day < t.date) d
        CROSS JOIN LATERAL (SELECT plan_value(t.shape, b.value, t.baseline_date, t.value, t.date, d.day, t.steps) AS value) v
        GROUP BY k.place, k.breakdown, t.id, a.n HAVING bool_and(v.value IS NOT NULL)),
    plan AS (
        SELECT x.place, x.breakdown, json_agg(json_build_object('days', x.days, 'units', x.units) ORDER BY x.id) AS plans
        FROM (SELECT p.place, p.breakdown, p.id, p.days, json_object_agg(p.n - 1, p.numbers ORDER BY p.n) AS units FROM path p GROUP BY p.place, p.breakdown, p.id, p.days) x GROUP BY x.place, x.breakdown)
    SELECT row_number() OVER (ORDER BY w.place, l.breakdown), json_build_object('code', w.code, 'title', w.title, 'measure', w.unit_measure, 'direction', w.direction,
        'definition', w.definition, 'note', w.note, 'breakdown', nullif(l.breakdown, ''),
        'label', (SELECT string_agg(coalesce(m.label, split_part(x.part, '=', 2)), ', ' ORDER BY x.n) FROM string_to_table(nullif(l.breakdown, ''), ';') WITH ORDINALITY x (part, n)
            LEFT JOIN dimension_member m ON m.dimension = split_part(x.part, '=', 1) AND m.member = split_part(x.part, '=', 2)),
        'amber', t.amber, 'red', t.red, 'periods', json_agg(coalesce(sdmx_period(l.period, w.frequency), l.period::text) ORDER BY l.p), 'starts', json_agg(l.period ORDER BY l.p),
        'values', json_agg(l.numbers::json ORDER BY l.p),
        'reasons', coalesce((SELECT r.reasons FROM reason r WHERE r.place = w.place AND r.breakdown = l.breakdown), '{}'),
        'plans', coalesce((SELECT p.plans FROM plan p WHERE p.place = w.place AND p.breakdown = l.breakdown), '[]'))
    FROM wanted w
    JOIN line l ON l.place = w.place
    LEFT JOIN threshold t ON t.indicator = w.code AND t.level = coalesce(atlas_series.level, w.level) AND t.breakdown = l.breakdown
    GROUP BY w.place, l.breakdown, w.code, w.title, w.unit_measure, w.direction, w.definition, w.note, w.frequency, t.amber, t.red;
END;
COMMENT ON FUNCTION atlas_series(text[], text, integer[]) IS 'Published values of indicators and their breakdowns as the page of an atlas reads them: a line a period, a number a unit in the order of units, six significant digits; paths of plans';

CREATE FUNCTION atlas_words() RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $json${
"en": {"name": "English", "language": "Language", "indicator": "Indicator", "breakdown": "Breakdown", "total": "Total", "find": "Find a place", "period": "Period", "play": "Play through the periods", "pause": "Pause", "map": "Map. Arrow keys go from place to place, plus and minus zoom", "zoomin": "Zoom in", "zoomout": "Zoom out", "whole": "Whole map", "nodata": "No figure", "places": "places: {0}", "chosen": "Chosen place", "ranking": "Ranking", "rank": "Rank", "of": "of {0}", "since": "Since {0}", "green": "green", "amber": "amber", "red": "red", "median": "median of all places", "quartiles": "middle half of all places", "target": "Target", "path": "path of the plan", "distance": "distance", "table": "Figures", "sources": "Definitions, sources and licences", "made": "Published figures as of {0}. They are shown and downloaded with six significant digits.", "save": "Download as CSV", "print": "Print", "status_missing": "no figure", "status_not computable": "not computable", "status_suppressed": "suppressed", "status_provisional": "provisional"},
"es": {"name": "Español", "language": "Idioma", "indicator": "Indicador", "breakdown": "Desglose", "total": "Total", "find": "Buscar un territorio", "period": "Periodo", "play": "Recorrer los periodos", "pause": "Pausa", "map": "Mapa. Las flechas llevan de un territorio a otro; más y menos acercan y alejan", "zoomin": "Acercar", "zoomout": "Alejar", "whole": "Mapa completo", "nodata": "Sin dato", "places": "territorios: {0}", "chosen": "Territorio elegido", "ranking": "Clasificación", "rank": "Puesto", "of": "de {0}", "since": "Desde {0}", "green": "verde", "amber": "ámbar", "red": "rojo", "median": "mediana de todos", "quartiles": "mitad central de todos", "target": "Meta", "path": "senda del plan", "distance": "distancia", "table": "Cifras", "sources": "Definiciones, fuentes y licencias", "made": "Cifras publicadas a {0}. Se muestran y descargan con seis cifras significativas.", "save": "Descargar en CSV", "print": "Imprimir", "status_missing": "sin dato", "status_not computable": "no calculable", "status_suppressed": "secreto estadístico", "status_provisional": "provisional"},
"fr": {"name": "Français", "language": "Langue", "indicator": "Indicateur", "breakdown": "Ventilation", "total": "Ensemble", "find": "Chercher un territoire", "period": "Période", "play": "Parcourir les périodes", "pause": "Pause", "map": "Carte. Les flèches mènent d’un territoire à l’autre, plus et moins changent l’échelle", "zoomin": "Agrandir", "zoomout": "Réduire", "whole": "Carte entière", "nodata": "Pas de donnée", "places": "territoires : {0}", "chosen": "Territoire choisi", "ranking": "Classement", "rank": "Rang", "of": "sur {0}", "since": "Depuis {0}", "green": "vert", "amber": "orange", "red": "rouge", "median": "médiane de l’ensemble", "quartiles": "moitié centrale de l’ensemble", "target": "Cible", "path": "trajectoire du plan", "distance": "écart", "table": "Chiffres", "sources": "Définitions, sources et licences", "made": "Chiffres publiés au {0}. Affichés et téléchargés avec six chiffres significatifs.", "save": "Télécharger en CSV", "print": "Imprimer", "status_missing": "pas de donnée", "status_not computable": "non calculable", "status_suppressed": "secret statistique", "status_provisional": "provisoire"},
"pt": {"name": "Português", "language": "Idioma", "indicator": "Indicador", "breakdown": "Desagregação", "total": "Total", "find": "Procurar um território", "period": "Período", "play": "Percorrer os períodos", "pause": "Pausa", "map": "Mapa. As setas levam de um território a outro; mais e menos aproximam e afastam", "zoomin": "Aproximar", "zoomout": "Afastar", "whole": "Mapa inteiro", "nodata": "Sem dado", "places": "territórios: {0}", "chosen": "Território escolhido", "ranking": "Classificação", "rank": "Posição", "of": "de {0}", "since": "Desde {0}", "green": "verde", "amber": "amarelo", "red": "vermelho", "median": "mediana de todos", "quartiles": "metade central de todos", "target": "Meta", "path": "trajetória do plano", "distance": "distância", "table": "Valores", "sources": "Definições, fontes e licenças", "made": "Valores publicados em {0}. Mostrados e descarregados com seis algarismos significativos.", "save": "Descarregar em CSV", "print": "Imprimir", "status_missing": "sem dado", "status_not computable": "não calculável", "status_suppressed": "segredo estatístico", "status_provisional": "provisório"},
"zh": {"name": "中文", "language": "语言", "indicator": "指标", "breakdown": "分组", "total": "合计", "find": "查找地区", "period": "时期", "play": "按时期播放", "pause": "暂停", "map": "地图。方向键在地区之间移动，加号和减号缩放", "zoomin": "放大", "zoomout": "缩小", "whole": "全图", "nodata": "无数据", "places": "{0} 个地区", "chosen": "所选地区", "ranking": "排名", "rank": "第", "of": "名，共 {0} 个", "since": "自 {0}", "green": "绿灯", "amber": "黄灯", "red": "红灯", "median": "所有地区的中位数", "quartiles": "所有地区的中间一半", "target": "目标", "path": "规划路径", "distance": "差距", "table": "数据", "sources": "定义、来源和许可", "made": "截至{0}公布的数据，显示和下载均保留六位有效数字。", "save": "下载 CSV", "print": "打印", "status_missing": "无数据", "status_not computable": "无法计算", "status_suppressed": "保密", "status_provisional": "初步数据"}
}$json$::json;
COMMENT ON FUNCTION atlas_words() IS 'Labels of an atlas in English, Spanish, French, Portuguese and Chinese';

CREATE FUNCTION atlas_style() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $css$:root{--ink:#1d2a2e;--soft:#5d6b6f;--line:#d7dedc;--paper:#fff;--wash:#f4f7f6;--accent:#0b5d67;color-scheme:light}*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--wash);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans","Noto Sans CJK SC",sans-serif}
h1{font:600 1.75rem/1.15 Georgia,"Noto Serif","DejaVu Serif",serif;margin:0}h2{font-size:.78rem;letter-spacing:.04em;text-transform:uppercase;color:var(--soft);margin:0 0 .5rem;font-weight:600}
header,main,footer{max-width:1320px;margin:0 auto;padding:0 1.4rem}header{padding-top:1.3rem;display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;flex-wrap:wrap}header p{margin:.3rem 0 0;color:var(--soft)}
label{display:block;font-size:.78rem;color:var(--soft)}select,input[type=text],button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid #b9c5c3;border-radius:6px;padding:.38rem .6rem;max-width:100%}
button{cursor:pointer}button:hover{border-color:var(--accent)}:focus-visible{outline:3px solid #e0a022;outline-offset:2px}
#controls{max-width:1320px;margin:1rem auto 0;padding:0 1.4rem;display:flex;gap:1rem 1.2rem;flex-wrap:wrap;align-items:flex-end}#controls .wide{flex:1 1 20rem}
#controls select{display:block;width:100%;margin-top:.15rem}#controls input[type=text]{display:block;width:15rem;margin-top:.15rem}#time{display:flex;gap:.7rem;align-items:center;margin-top:.15rem}
#time input{flex:1;min-width:8rem;accent-color:var(--accent);height:2.1rem;margin:0}#when{font:600 1.35rem/1 Georgia,"Noto Serif","DejaVu Serif",serif;min-width:5.2rem;text-align:right;font-variant-numeric:tabular-nums}
main{display:grid;grid-template-columns:minmax(0,1.75fr) minmax(20rem,1fr);gap:1.1rem;margin-top:1rem;align-items:stretch;height:max(43rem,calc(100vh - 12.5rem))}
.box{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem}#map{position:relative;display:flex;flex-direction:column;margin:0}
#frame{flex:1;min-height:20rem;border-radius:6px;position:relative;touch-action:pan-y}#frame svg{position:absolute;inset:0;width:100%;height:100%;display:block;overflow:hidden}
#frame .land path{stroke:#fff;vector-effect:non-scaling-stroke;cursor:pointer}#chosen,#under{fill:none;vector-effect:non-scaling-stroke;pointer-events:none;stroke-linejoin:round}
#chosen{stroke:#111;stroke-width:2.4}#under{stroke:#111;stroke-width:1.3}#zoom{position:absolute;right:1rem;top:1rem;display:flex;flex-direction:column;gap:.3rem}
#zoom button{width:2.1rem;height:2.1rem;padding:0;font-size:1.1rem;line-height:1}
#tip{position:absolute;pointer-events:none;background:rgba(20,30,33,.94);color:#fff;border-radius:6px;padding:.4rem .6rem;font-size:.86rem;max-width:17rem;z-index:3}#tip b{display:block}
#legend{display:flex;flex-wrap:wrap;gap:.2rem .15rem;margin:.8rem 0 0;padding:0;list-style:none;font-size:.8rem;font-variant-numeric:tabular-nums}
#legend li{min-width:5.4rem;flex:1}#legend svg{display:block;width:100%;height:12px;margin-bottom:.2rem}#legend small{color:var(--soft);display:block;font-size:.92em}
aside{display:flex;flex-direction:column;gap:1.1rem;min-width:0;min-height:0}aside .list{flex:1;display:flex;flex-direction:column;min-height:11rem}#card{overflow-y:auto;flex:none;max-height:75%}
#name{font:600 1.3rem/1.2 Georgia,"Noto Serif","DejaVu Serif",serif;margin:0}#value{font-size:1.9rem;font-weight:600;line-height:1.15;font-variant-numeric:tabular-nums;margin:.25rem 0 0}
#value small{font-size:.85rem;color:var(--soft);font-weight:400}#facts{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.3rem 0 .5rem;padding:0;list-style:none;color:var(--soft);font-size:.9rem}#facts b{color:var(--ink)}
.light{font-weight:600}.red{color:#a3261b}.amber{color:#8a5a00}.green{color:#1d6b45}#line{width:100%;height:auto;display:block}#line text{font-size:11px;fill:var(--soft);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.78rem;color:var(--soft);margin:.3rem 0 0}.key svg{width:22px;height:10px;margin-right:.3rem;vertical-align:middle}
details{margin-top:.5rem;font-size:.86rem}summary{cursor:pointer;color:var(--accent)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}td,th{text-align:left;padding:.15rem .4rem;border-bottom:1px solid var(--line);font-weight:400}td:last-child,th:last-child{text-align:right}
#rank{position:relative;overflow-y:auto;flex:1;min-height:0;border:1px solid var(--line);border-radius:6px}#rank>div{position:relative}
.row{position:absolute;left:0;right:0;height:26px;display:grid;grid-template-columns:3rem minmax(0,1fr) 6.2rem;gap:.5rem;align-items:center;padding:0 .6rem;cursor:pointer;font-size:.88rem;font-variant-numeric:tabular-nums}
.row:hover{background:#eef4f3}.row[aria-selected=true]{background:#dcebe9;font-weight:600}
.row span:first-child{color:var(--soft);text-align:right}.row span:nth-child(2){white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.row span:nth-child(3){text-align:right}
.row i{position:absolute;left:0;bottom:0;height:2px;background:#7fb5b5;opacity:.8}
footer{margin-top:1.1rem;padding-bottom:2.2rem;font-size:.86rem}footer .box{display:grid;grid-template-columns:minmax(0,2fr) auto;gap:1rem 2rem}footer p{margin:.15rem 0;max-width:60rem;white-space:pre-line}
footer nav{display:flex;gap:.6rem;align-items:flex-start;flex-wrap:wrap}.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media screen and (max-width:900px){main{grid-template-columns:minmax(0,1fr);height:auto}#card{max-height:none}#rank{flex:none;height:19rem}#value small{display:block;line-height:1.4}#frame{min-height:24rem}footer .box{grid-template-columns:1fr}}
@media print{@page{size:A4 landscape;margin:10mm}body{background:#fff;font-size:10px}#controls,#zoom,#tip,footer nav,header label,details{display:none!important}h1{font-size:1.5rem}header,main,footer{max-width:none;padding:0}
main{grid-template-columns:1.5fr 1fr;margin-top:.4rem;gap:.6rem;height:140mm}.box{padding:.4rem .6rem;break-inside:avoid;border-radius:4px}#frame{min-height:0}#card{max-height:none;overflow:visible}#line{height:27mm}#rank{overflow:hidden;border:0}aside{gap:.6rem}
.row{height:17px;font-size:10px}footer{margin-top:.4rem;padding:0;font-size:8.5px}footer .box{display:block}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}$css$;
COMMENT ON FUNCTION atlas_style() IS 'Style sheet of an atlas';

CREATE FUNCTION atlas_script() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $js$(function () {
'use strict'; const D = JSON.parse(document.getElementById('data').textContent), N = D.units.length;
for (const s of D.series) { s.targets = {}; for (const p of s.plans) for (const u in p.units) s.targets[u] = p.units[u].map((v, i) => [p.days[i], v]); }
const $ = (id) => document.getElementById(id); const S = { s: 0, p: 0, u: -1, lang: D.lang }; // series, period, unit
let W = D.words[S.lang], timer = 0;
const SEQUENCE = ['#e4f0ec', '#b5d8d1', '#77b6b3', '#358d93', '#0b5563'], BELOW = ['#a3481f', '#d78d5d', '#f3d6bd'], ABOVE = ['#d3e8e4', '#7cb8b5', '#17717a'];
function el(name, attributes, ...children) {
  const e = ['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'title', 'defs', 'pattern'].includes(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const k in attributes || {}) e.setAttribute(k, attributes[k]);
  e.append(...children);
  return e;
}
const say = (key, ...args) => args.reduce((t, a, i) => t.replace('{' + i + '}', a), W[key] || key);
function number(v) {
  if (v === null || v === undefined) return '–';
  const a = Math.abs(v), digits = a >= 1000 || Number.isInteger(v) ? 0 : a >= 100 ? 1 : a >= 1 ? 2 : 0;
  const options = a >= 1e15 || a > 0 && a < 1e-4 ? { notation: 'scientific', maximumSignificantDigits: 3 }
    : a < 1 && a > 0 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: digits };
  return new Intl.NumberFormat(S.lang, options).format(v);
}
const series = () => D.series[S.s];
const value = (u, p = S.p) => { const row = series().values[p]; return row ? row[u] : null; };
const label = (u) => D.units[u][1] || D.units[u][0]; const reason = (u, p = S.p) => series().reasons[p + ',' + u];
const why = (u) => say('status_' + (reason(u) || 'missing')).replace(/^status_/, '');

// ---- classes: quantiles over all periods, so that a colour means the same in every year
function classes(s) {
  if (s.classes) return s.classes;
  const all = s.values.flat().filter((v) => v !== null).sort((a, b) => a - b), low = all[0], high = all[all.length - 1];
  const at = (list, q) => Number(list[Math.min(list.length - 1, Math.floor(q * list.length))].toPrecision(2));
  let breaks = [], colours = [];
  if (low < 0 && high > 0) {
    const neg = all.filter((v) => v < 0), pos = all.filter((v) => v >= 0);
    const b = [...new Set([at(neg, 1 / 3), at(neg, 2 / 3)])].filter((v) => v < 0 && v > low), a = [...new Set([at(pos, 1 / 3), at(pos, 2 / 3)])].filter((v) => v > 0 && v <= high);
    breaks = [...b, 0, ...a]; colours = [...BELOW.slice(2 - b.length), ...ABOVE.slice(0, a.length + 1)];
  } else if (all.length) {
    breaks = [...new Set([0.2, 0.4, 0.6, 0.8].map((q) => at(all, q)))].filter((v) => v > low && v <= high);
    colours = Array.from({ length: breaks.length + 1 }, (_, i) => SEQUENCE[breaks.length ? Math.round(4 * i / breaks.length) : 2]);
  }
  const hist = (p) => { const n = colours.map(() => 0); for (const v of s.values[p] || []) if (v !== null) n[place(v)]++; return n; };
  const place = (v) => { let i = 0; while (i < breaks.length && v >= breaks[i]) i++; return i; };
  return (s.classes = { breaks, colours, place, hist, low, high });
}
// the rule of terrbal.traffic_light
function light(u, p = S.p) {
  const s = series(), v = value(u, p), a = s.amber, r = s.red;
  if (v === null || v === undefined || a === null && r === null) return null;
  const has = a !== null && r !== null, high = has && r > a || (!has || r === a) && s.direction < 0;
  if (high) return r !== null && v >= r ? 'red' : a !== null && v >= a ? 'amber' : 'green';
  return r !== null && v <= r ? 'red' : a !== null && v <= a ? 'amber' : 'green';
}
const MARK = { red: '▼', amber: '◆', green: '●' };

// ---- ranking: best first where the indicator has a direction, highest first elsewhere
function ranking(p = S.p) {
  const s = series(); s.order = s.order || {};
  if (!s.order[p]) {
    const row = s.values[p] || [], sign = s.direction < 0 ? 1 : -1, list = [];
    for (let u = 0; u < N; u++) if (row[u] !== null && row[u] !== undefined) list.push(u);
    list.sort((x, y) => sign * (row[x] - row[y]) || (label(x) < label(y) ? -1 : 1)); const rank = new Map();
    list.forEach((u, i) => rank.set(u, i && row[list[i - 1]] === row[u] ? rank.get(list[i - 1]) : i + 1));
    s.order[p] = { list, rank, top: Math.max(...list.slice(0, 1).concat(list.slice(-1)).map((u) => Math.abs(row[u])), 0) };
  }
  return s.order[p];
}

// ---- map
const svg = el('svg', { 'aria-hidden': 'true', viewBox: '0 0 ' + D.box.join(' '), preserveAspectRatio: 'xMidYMid meet' });
svg.append(el('defs', {}, el('pattern', { id: 'none', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45) scale(' + D.box[0] / 900 + ')' },
  el('rect', { width: 6, height: 6, fill: '#f1f1ee' }), el('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: '#b6b9b4', 'stroke-width': 2.4 }))));
const land = el('g', { class: 'land', 'fill-rule': 'evenodd', 'stroke-width': N > 2000 ? 0.15 : N > 300 ? 0.35 : 0.7 });
const shapes = D.units.map((unit, u) => { if (!unit[4]) return null; const path = el('path', { d: unit[4] }); path.u = u; land.append(path); return path; });
const under = el('path', { id: 'under' }), chosen = el('path', { id: 'chosen' }); svg.append(land, under, chosen);
let view = [0, 0, ...D.box];
function look(x, y, w) {
  const h = w * D.box[1] / D.box[0];
  view = [Math.max(0, Math.min(D.box[0] - w, x)), Math.max(0, Math.min(D.box[1] - h, y)), w, h];
  svg.setAttribute('viewBox', view.join(' '));
}
function zoom(factor) {
  const at = S.u >= 0 && D.units[S.u][4] ? [D.units[S.u][2], D.units[S.u][3]] : [view[0] + view[2] / 2, view[1] + view[3] / 2];
  const w = factor ? Math.max(D.box[0] / 40, Math.min(D.box[0], view[2] * factor)) : D.box[0];
  look(at[0] - w / 2, at[1] - w * D.box[1] / D.box[0] / 2, w);
}
function paint() {
  const s = series(), c = classes(s), row = s.values[S.p] || [];
  for (let u = 0; u < N; u++) {
    const fill = row[u] === null || row[u] === undefined ? 'url(#none)' : c.colours[c.place(row[u])];
    if (shapes[u] && shapes[u].fill !== fill) { shapes[u].fill = fill; shapes[u].setAttribute('fill', fill); }
  }
}
function legend() {
  const s = series(), c = classes(s), counts = c.hist(S.p), b = c.breaks;
  const text = (i) => !b.length ? number(c.low) + (c.high > c.low ? ' … ' + number(c.high) : '') : i === 0 ? '< ' + number(b[0]) : i === b.length ? '≥ ' + number(b[i - 1]) : number(b[i - 1]) + ' … ' + number(b[i]);
  const item = (fill, words, n) => el('li', {}, el('svg', { viewBox: '0 0 100 12', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, el('rect', { width: 100, height: 12, fill, stroke: '#9aa5a3', 'stroke-width': 0.5 })), words, el('small', {}, say('places', number(n))));
  const known = counts.reduce((x, y) => x + y, 0);
  $('legend').replaceChildren(...(known || b.length ? c.colours.map((fill, i) => item(fill, text(i), counts[i])) : []), ...(N > known ? [item('url(#none)', say('nodata'), N - known)] : []));
}
function tip(u, x, y) {
  const t = $('tip'); t.hidden = u < 0; under.setAttribute('d', u >= 0 && D.units[u][4] || '');
  if (u < 0) return;
  const v = value(u), l = light(u);
  t.replaceChildren(el('b', {}, label(u)), v === null || v === undefined ? why(u) : number(v) + ' ' + series().measure + (l ? ' · ' + MARK[l] + ' ' + say(l) : ''));
  const box = $('frame').getBoundingClientRect();
  t.style.left = Math.max(0, Math.min(x - box.left + 14, box.width - t.offsetWidth - 4)) + 'px';
  t.style.top = Math.max(0, y - box.top + (y - box.top > box.height - 90 ? -60 : 16)) + 'px';
}

// ---- the chosen unit
function quartiles() {
  const s = series();
  return (s.quartiles = s.quartiles || s.values.map((row) => {
    const list = row.filter((v) => v !== null).sort((a, b) => a - b), at = (q) => { const i = q * (list.length - 1), f = Math.floor(i); return list[f] + (i - f) * ((list[f + 1] ?? list[f]) - list[f]); };
    return list.length ? [at(0.25), at(0.5), at(0.75)] : null;
  }));
}
function chart(u) {
  const s = series(), q = quartiles(), w = 380, h = 150, left = 8, right = 8, top = 10, bottom = 20, target = s.targets[u];
  const time = (p) => Date.parse(s.starts[p]), first = time(0), last = Math.max(time(s.periods.length - 1), target ? Date.parse(target[target.length - 1][0]) : -Infinity);
  const all = [...s.values.map((r) => r[u]), ...q.flat(), ...(target || []).map((t) => t[1])].filter((v) => v !== null && v !== undefined);
  if (!all.length) return $('line').replaceChildren();
  let low = Math.min(...all), high = Math.max(...all);
  if (low === high) { low -= Math.abs(low) / 10 || 1; high += Math.abs(high) / 10 || 1; }
  const X = (t) => last === first ? w / 2 : left + (t - first) / (last - first) * (w - left - right), Y = (v) => top + (high - v) / (high - low) * (h - top - bottom);
  const line = (list) => list.map((t, i) => (i && list[i - 1] ? 'L' : 'M') + (t ? X(t[0]).toFixed(1) + ' ' + Y(t[1]).toFixed(1) : '')).filter((t) => t.length > 1).join('');
  const pairs = (get) => s.periods.map((_, p) => { const v = get(p); return v === null || v === undefined ? null : [time(p), v]; });
  const up = pairs((p) => q[p] && q[p][2]).filter(Boolean), down = pairs((p) => q[p] && q[p][0]).filter(Boolean).reverse(), own = pairs((p) => s.values[p][u]);
  const parts = [el('title', {}, label(u) + ': ' + s.title)];
  for (const v of low < 0 && high > 0 ? [high, 0, low] : [high, low]) parts.push(el('line', { x1: left, x2: w - right, y1: Y(v), y2: Y(v), stroke: v === 0 ? '#9aa5a3' : '#e6ebea', 'stroke-width': 1 }));
  if (up.length > 1) parts.push(el('path', { d: line([...up, ...down]) + 'Z', fill: '#dfe9e8' }));
  parts.push(el('path', { d: line(pairs((p) => q[p] && q[p][1])), fill: 'none', stroke: '#8b9a9c', 'stroke-width': 1.4, 'stroke-dasharray': '2 3' }));
  if (target) parts.push(el('path', { d: line(target.map((t) => [Date.parse(t[0]), t[1]])), fill: 'none', stroke: '#b5482a', 'stroke-width': 1.6, 'stroke-dasharray': '6 4' }),
    el('circle', { cx: X(Date.parse(target[target.length - 1][0])), cy: Y(target[target.length - 1][1]), r: 4, fill: '#fff', stroke: '#b5482a', 'stroke-width': 2 }));
  parts.push(el('path', { d: line(own), fill: 'none', stroke: '#0b5d67', 'stroke-width': 2.4, 'stroke-linejoin': 'round' }));
  own.forEach((t, p) => { if (t && (own.length < 30 || p === S.p)) parts.push(el('circle', { cx: X(t[0]), cy: Y(t[1]), r: p === S.p ? 5 : 2.4, fill: p === S.p ? '#e0a022' : '#0b5d67', stroke: '#0b5d67' })); });
  parts.push(el('text', { x: left + 2, y: Y(high) + 11 }, number(high)), el('text', { x: left + 2, y: Y(low) - 3 }, number(low)), el('text', { x: left, y: h - 4 }, s.periods[0]));
  if (last > first) parts.push(el('text', { x: w - right, y: h - 4, 'text-anchor': 'end' }, target && Date.parse(target[target.length - 1][0]) > time(s.periods.length - 1) ? target[target.length - 1][0].slice(0, 4) : s.periods[s.periods.length - 1]));
  $('line').setAttribute('viewBox', '0 0 ' + w + ' ' + h); $('line').replaceChildren(...parts);
  const sample = (attributes) => el('svg', { viewBox: '0 0 22 10', 'aria-hidden': 'true' }, el('line', { x1: 0, y1: 5, x2: 22, y2: 5, ...attributes }));
  const keys = [[{ stroke: '#0b5d67', 'stroke-width': 2.4 }, label(u)], [{ stroke: '#8b9a9c', 'stroke-width': 1.4, 'stroke-dasharray': '2 3' }, say('median')], [{ stroke: '#dfe9e8', 'stroke-width': 9 }, say('quartiles')]];
  if (target) keys.push([{ stroke: '#b5482a', 'stroke-width': 1.6, 'stroke-dasharray': '6 4' }, say('path')]);
  $('key').replaceChildren(...keys.map(([a, t]) => el('span', {}, sample(a), t)));
}
function card(speak) {
  const u = S.u, s = series(), order = ranking(), v = u < 0 ? null : value(u), l = u < 0 ? null : light(u);
  $('card').hidden = u < 0; chosen.setAttribute('d', u >= 0 && D.units[u][4] || '');
  if (u < 0) return;
  $('name').textContent = label(u);
  $('value').replaceChildren(v === null || v === undefined ? why(u) : number(v), ' ', el('small', {}, (v === null || v === undefined ? '' : s.measure + ', ') + s.periods[S.p]));
  const facts = [];
  if (l) facts.push(el('li', { class: 'light ' + l }, MARK[l] + ' ' + say(l)));
  if (order.rank.has(u)) facts.push(el('li', {}, say('rank'), ' ', el('b', {}, number(order.rank.get(u))), ' ' + say('of', number(order.list.length))));
  const before = S.p > 0 ? value(u, S.p - 1) : null;
  if (before !== null && before !== undefined && v !== null && v !== undefined) facts.push(el('li', {}, say('since', s.periods[S.p - 1]), ' ', el('b', {}, (v > before ? '+' : '') + number(v - before))));
  const target = s.targets[u], end = target && target[target.length - 1], due = target && target.find((t) => t[0] === s.starts[S.p]);
  if (target) facts.push(el('li', {}, say('target') + ' ' + end[0].slice(0, 4) + ': ', el('b', {}, number(end[1]))));
  if (due && v !== null && v !== undefined) facts.push(el('li', {}, say('path') + ' ' + number(due[1]) + ', ' + say('distance') + ' ', el('b', {}, (v > due[1] ? '+' : '') + number(v - due[1]))));
  $('facts').replaceChildren(...facts); chart(u);
  $('figures').replaceChildren(el('tr', {}, el('th', { scope: 'col' }, say('period')), el('th', { scope: 'col' }, s.measure)),
    ...s.periods.map((t, p) => el('tr', {}, el('th', { scope: 'row' }, t), el('td', {}, value(u, p) === null ? say('status_' + (reason(u, p) || 'missing')).replace(/^status_/, '') : number(value(u, p))))));
  if (speak) $('live').textContent = $('name').textContent + ', ' + $('value').textContent + '. ' + facts.map((f) => f.textContent).join('. ');
}

// ---- the list: only rows in sight exist, so 8,000 places are as quick as eight
const ROW = 26; let printing = 0;
function rows() {
  const o = ranking(), box = $('rank'), inner = box.firstElementChild, height = printing ? 17 : ROW;
  const from = printing ? 0 : Math.max(0, Math.floor(box.scrollTop / ROW) - 5), to = printing ? Math.min(printing, o.list.length) : Math.min(o.list.length, from + Math.ceil(box.clientHeight / ROW) + 12);
  inner.style.height = (printing ? to : o.list.length) * height + 'px'; const made = [];
  for (let i = from; i < to; i++) {
    const u = o.list[i], v = value(u), l = light(u);
    const row = el('div', { class: 'row', role: 'option', id: 'row' + u, 'aria-selected': u === S.u, 'aria-setsize': o.list.length, 'aria-posinset': i + 1 },
      el('span', {}, o.rank.get(u)), el('span', {}, label(u)), el('span', {}, (l ? MARK[l] + ' ' : '') + number(v)), el('i', {}));
    if (l) row.querySelector('span:last-of-type').className = l;
    row.lastElementChild.style.width = o.top ? Math.abs(v) / o.top * 100 + '%' : '0'; row.style.top = i * height + 'px';
    row.u = u; made.push(row);
  }
  inner.replaceChildren(...made);
  if (S.u >= 0 && o.rank.has(S.u)) box.setAttribute('aria-activedescendant', 'row' + S.u); else box.removeAttribute('aria-activedescendant');
}
function reveal() {
  const i = ranking().list.indexOf(S.u), box = $('rank');
  if (i >= 0 && (i * ROW < box.scrollTop || (i + 1) * ROW > box.scrollTop + box.clientHeight)) box.scrollTop = i * ROW - box.clientHeight / 2;
}

// ---- what is shown
function show(speak) {
  const s = series(); $('slider').max = Math.max(0, s.periods.length - 1); $('slider').value = S.p;
  $('slider').setAttribute('aria-valuetext', s.periods[S.p] || ''); $('when').textContent = s.periods[S.p] || '';
  $('play').hidden = s.periods.length < 2;
  $('lead').textContent = s.title + (s.label ? ' – ' + s.label : '') + ' · ' + s.measure;
  paint(); legend(); card(speak); reveal(); rows();
  try { history.replaceState(null, '', '#' + [s.code, s.breakdown || '', s.periods[S.p] || '', S.u >= 0 ? D.units[S.u][0] : '', S.lang].map(encodeURIComponent).join('/')); } catch (e) { /* some viewers forbid it */ }
}
function choose(u, speak) { S.u = u; show(speak); }
function move(dx, dy) {
  if (S.u < 0) return choose(ranking().list[0] ?? 0, true);
  const [, , x, y] = D.units[S.u]; let best = -1, least = Infinity;
  for (let u = 0; u < N; u++) {
    if (u === S.u || !D.units[u][4]) continue;
    const ax = D.units[u][2] - x, ay = D.units[u][3] - y, along = ax * dx + ay * dy, off = Math.abs(ax * dy) + Math.abs(ay * dx);
    if (along > 0 && along >= off / 2 && along + 2 * off < least) { least = along + 2 * off; best = u; }
  }
  if (best >= 0) {
    choose(best, true); const [, , bx, by] = D.units[best];
    if (view[2] < D.box[0] && (bx < view[0] || by < view[1] || bx > view[0] + view[2] || by > view[1] + view[3])) look(bx - view[2] / 2, by - view[3] / 2, view[2]);
  }
}
function pick(s) {
  const old = series(), day = old.starts[S.p]; S.s = s; const starts = series().starts, at = starts.indexOf(day);
  S.p = at >= 0 ? at : Math.max(0, starts.length - 1); show(true);
}
function breakdowns() {
  const code = series().code, list = D.series.map((s, i) => [s, i]).filter(([s]) => s.code === code);
  $('breakdownbox').hidden = list.length < 2;
  $('breakdown').replaceChildren(...list.map(([s, i]) => el('option', { value: i }, s.label || say('total'))));
  $('breakdown').value = S.s;
}
function speakLanguage() {
  W = D.words[S.lang]; document.documentElement.lang = S.lang;
  document.querySelectorAll('[data-say]').forEach((e) => { e.textContent = say(e.dataset.say); });
  document.querySelectorAll('[data-label]').forEach((e) => { e.setAttribute('aria-label', say(e.dataset.label)); if (e.tagName === 'BUTTON') e.title = say(e.dataset.label); });
  $('notes').replaceChildren(...D.series.filter((s, i) => D.series.findIndex((t) => t.code === s.code) === i).map((s) =>
    el('p', {}, el('b', {}, s.title), ' (' + s.measure + ')' + (s.definition ? ': ' + s.definition : '') + (s.note ? ' ' + s.note : ''))));
  $('made').textContent = say('made', new Date(D.made).toLocaleDateString(S.lang, { year: 'numeric', month: 'long', day: 'numeric' }));
  breakdowns();
}
function csv() {
  const quote = (t) => /[",\n\r]/.test(t) ? '"' + t.replace(/"/g, '""') + '"' : t, out = ['unit,name,indicator,breakdown,period,value,status,unit_measure'];
  for (const s of D.series) s.values.forEach((row, p) => row.forEach((v, u) => {
    const status = s.reasons[p + ',' + u];
    if (v !== null || status) out.push([D.units[u][0], D.units[u][1] || '', s.code, s.breakdown || '', s.periods[p], v === null ? '' : String(v), status || 'ok', s.measure].map(quote).join(','));
  }));
  return '\ufeff' + out.join('\r\n') + '\r\n';
}
function play(on) {
  clearInterval(timer);
  timer = on ? setInterval(() => { if (S.p >= series().periods.length - 1) return play(false); S.p++; show(false); }, 900) : 0;
  $('play').textContent = on ? '❚❚' : '▶'; $('play').setAttribute('aria-label', say(on ? 'pause' : 'play'));
}

$('frame').prepend(svg); const first = D.series.filter((s, i) => D.series.findIndex((t) => t.code === s.code) === i);
$('indicator').append(...first.map((s) => el('option', { value: D.series.indexOf(s) }, s.title)));
$('places').append(...D.units.map((_, u) => el('option', { value: label(u) })));
$('lang').append(...Object.keys(D.words).map((l) => el('option', { value: l, lang: l }, D.words[l].name)));
$('lang').onchange = (e) => { S.lang = e.target.value; speakLanguage(); show(false); };
$('indicator').onchange = (e) => { pick(Number(e.target.value)); breakdowns(); };
$('breakdown').onchange = (e) => pick(Number(e.target.value));
$('slider').oninput = (e) => { play(false); S.p = Number(e.target.value); show(false); };
$('play').onclick = () => { if (timer) return play(false); if (S.p >= series().periods.length - 1) S.p = 0; show(false); play(true); };
$('find').onchange = $('find').oninput = (e) => { const t = e.target.value.trim().toLowerCase(), u = D.units.findIndex((x, i) => label(i).toLowerCase() === t || x[0].toLowerCase() === t); if (t && u >= 0) choose(u, true); };
let drag = null;
$('frame').addEventListener('pointermove', (e) => {
  if (drag && view[2] < D.box[0]) { const k = view[2] / svg.clientWidth; look(drag[2] - (e.clientX - drag[0]) * k, drag[3] - (e.clientY - drag[1]) * k, view[2]); drag[4] = true; return tip(-1); }
  tip(e.target.u ?? -1, e.clientX, e.clientY);
}); $('frame').addEventListener('pointerdown', (e) => { drag = [e.clientX, e.clientY, view[0], view[1], false]; });
window.addEventListener('pointerup', () => { setTimeout(() => { drag = null; }, 0); });
$('frame').addEventListener('pointerleave', () => tip(-1));
$('frame').addEventListener('click', (e) => { if (!(drag && drag[4]) && e.target.u !== undefined) choose(e.target.u, true); });
$('frame').addEventListener('keydown', (e) => {
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key], scale = { '+': 0.6, '=': 0.6, '-': 1 / 0.6, 0: null, Escape: null };
  if (arrow) move(...arrow); else if (e.key in scale) zoom(scale[e.key]); else return;
  e.preventDefault();
}); $('in').onclick = () => zoom(0.6); $('out').onclick = () => zoom(1 / 0.6); $('whole').onclick = () => zoom(null);
$('rank').addEventListener('scroll', rows);
$('rank').addEventListener('click', (e) => { const row = e.target.closest('.row'); if (row) choose(row.u, true); });
$('rank').addEventListener('keydown', (e) => {
  const list = ranking().list, i = list.indexOf(S.u), to = { ArrowDown: i + 1, ArrowUp: i - 1, PageDown: i + 10, PageUp: i - 10, Home: 0, End: list.length - 1 }[e.key];
  if (to === undefined || !list.length) return;
  e.preventDefault(); choose(list[Math.max(0, Math.min(list.length - 1, to))], true);
});
$('save').onclick = () => { const a = el('a', { href: URL.createObjectURL(new Blob([csv()], { type: 'text/csv;charset=utf-8' })), download: (D.file || 'atlas') + '.csv' }); document.body.append(a); a.click(); a.remove(); setTimeout(() => URL.revokeObjectURL(a.href), 10000); };
$('print').onclick = () => window.print(); window.addEventListener('beforeprint', () => { printing = 12; rows(); });
window.addEventListener('afterprint', () => { printing = 0; rows(); }); window.addEventListener('resize', rows);

// a link keeps what was looked at
const asked = location.hash.slice(1).split('/').map((t) => { try { return decodeURIComponent(t); } catch (e) { return ''; } });
const wanted = D.series.findIndex((s) => s.code === asked[0] && (s.breakdown || '') === (asked[1] || ''));
if (wanted >= 0) S.s = wanted;
const then = series().periods.indexOf(asked[2]); S.p = then >= 0 ? then : Math.max(0, series().periods.length - 1);
S.u = D.units.findIndex((u) => u[0] === asked[3]);
if (D.words[asked[4]]) S.lang = asked[4];
$('lang').value = S.lang; $('indicator').value = D.series.findIndex((s) => s.code === series().code);
if (S.u < 0) S.u = ranking().list[0] ?? 0;
if (!shapes.some(Boolean)) $('map').hidden = true;
speakLanguage(); show(false); window.atlas = { data: D, state: S, csv, light, show, choose };
})();$js$;
COMMENT ON FUNCTION atlas_script() IS 'Program of an atlas: plain JavaScript that loads nothing';

CREATE FUNCTION atlas_page(title text, codes text[] DEFAULT NULL, level text DEFAULT NULL, lang text DEFAULT 'en', credits text DEFAULT NULL, detail integer DEFAULT 2000) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    units integer[];
    missing text;
    data text;
    head text := replace(replace(replace(title, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');
BEGIN
    IF title IS NULL THEN
        RETURN NULL;
    END IF;
    codes := coalesce(codes, ARRAY(SELECT i.code FROM terrbal.indicator i WHERE i.active ORDER BY i.id));
    SELECT c INTO missing FROM unnest(codes) c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', missing USING ERRCODE = 'invalid_parameter_value', HINT = 'terrbal.indicator_catalogue lists the codes.';
    END IF;
    IF cardinality(codes) = 0 THEN
        RAISE EXCEPTION 'no indicator to show' USING ERRCODE = 'invalid_parameter_value', HINT = 'Register one, or name at least one code.';
    END IF;
    IF terrbal_support.atlas_words() -> lang IS NULL THEN
        RAISE EXCEPTION 'no labels in language "%"', lang USING ERRCODE = 'invalid_parameter_value', HINT = 'Languages are en, es, fr, pt and zh.';
    END IF;
    IF detail IS NULL OR detail NOT BETWEEN 100 AND 20000 THEN
        RAISE EXCEPTION 'detail is %, not a number of steps from 100 to 20000', coalesce(detail::text, 'NULL') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- one level on one map: that of the first indicator unless it is named
    level := coalesce(level, (SELECT i.level FROM terrbal.indicator i WHERE i.code = codes[1]));
    units := ARRAY(SELECT DISTINCT o.unit_id FROM terrbal.observation_latest o WHERE o.code = ANY (codes) AND o.counterpart IS NULL AND (atlas_page.level IS NULL OR o.level = atlas_page.level) ORDER BY 1);
    IF cardinality(units) = 0 THEN
        RAISE EXCEPTION 'nothing is published for these indicators at level %', coalesce(level, 'of any name') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Refresh them first; terrbal.observation_latest shows code and level of what is published.';
    END IF;
    SELECT json_build_object('title', atlas_page.title, 'lang', atlas_page.lang, 'made', max(o.published), 'words', terrbal_support.atlas_words())::text
        INTO data FROM terrbal.observation_latest o WHERE o.code = ANY (codes);
    SELECT left(data, -1) || ',"box":' || coalesce(min(format('[%s,%s]', s.width, s.height)) FILTER (WHERE s.width IS NOT NULL), '[1,1]') || ',"units":['
            || string_agg(json_build_array(u.code, u.name, s.x, s.y, s.path)::text, ',' ORDER BY u.id) || ']'
        INTO data FROM terrbal.unit u LEFT JOIN terrbal.atlas_shape(units, detail) s ON s.unit_id = u.id WHERE u.id = ANY (units);
    SELECT data || ',"series":[' || string_agg(s.series::text, ',' ORDER BY s.place) || ']}' INTO data FROM terrbal.atlas_series(codes, level, units) s;
    RETURN format($html$<!DOCTYPE html>
<html lang="%1$s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>%2$s</title><style>%3$s</style></head><body>
<header><div><h1>%2$s</h1><p id="lead"></p></div><label><span data-say="language"></span> <select id="lang"></select></label></header>
<section id="controls">
<label class="wide"><span data-say="indicator"></span><select id="indicator"></select></label>
<label id="breakdownbox"><span data-say="breakdown"></span><select id="breakdown"></select></label>
<label><span data-say="find"></span><input type="text" id="find" list="places" autocomplete="off"><datalist id="places"></datalist></label>
<div class="wide"><label for="slider" data-say="period"></label><div id="time"><button id="play" type="button" data-label="play">▶</button><input type="range" id="slider" min="0" max="0" step="1"><output id="when" for="slider"></output></div></div>
</section>
<main>
<figure id="map" class="box"><div id="frame" tabindex="0" role="application" data-label="map"><div id="tip" hidden></div></div>
<div id="zoom"><button id="in" type="button" data-label="zoomin">+</button><button id="out" type="button" data-label="zoomout">−</button><button id="whole" type="button" data-label="whole">⤢</button></div>
<ul id="legend"></ul></figure>
<aside>
<section id="card" class="box"><h2 data-say="chosen"></h2><p id="name"></p><p id="value"></p><ul id="facts"></ul><svg id="line" role="img"></svg><div class="key" id="key"></div>
<details><summary data-say="table"></summary><table><tbody id="figures"></tbody></table></details></section>
<section class="box list"><h2 data-say="ranking"></h2><div id="rank" tabindex="0" role="listbox" data-label="ranking"><div role="presentation"></div></div></section>
</aside></main>
<footer><div class="box"><div><h2 data-say="sources"></h2><div id="notes"></div><p>%4$s</p><p id="made"></p></div>
<nav><button id="save" type="button" data-say="save"></button><button id="print" type="button" data-say="print"></button></nav></div></footer>
<p id="live" class="sr" aria-live="polite"></p>
<script type="application/json" id="data">%5$s</script>
<script>%6$s</script></body></html>
$html$, lang, head, terrbal_support.atlas_style(), replace(replace(replace(coalesce(credits, ''), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
        replace(data, '<', '\u003c'), terrbal_support.atlas_script());
END
$$;
COMMENT ON FUNCTION atlas_page(text, text[], text, text, text, integer) IS 'One HTML file with a map, periods, ranking, curve and light of a place, sources and download: from published indicators of one level; needs no server and no network';

-- ---- 90-budget_choice ----

-- budget_choice: the projects, variants and years that bring most under a budget
CREATE TYPE budget_choice AS (chosen boolean, total float8, bound float8, price float8);
COMMENT ON TYPE budget_choice IS
    'Result of budget_choice: is the row chosen; what all that is chosen brings; a bound above which no choice brings anything; what one unit more of the period''s budget would bring if projects could be divided';

CREATE FUNCTION budget_choice(project text, cost numeric, benefit float8, budget numeric, needs text[] DEFAULT NULL, period int DEFAULT 1, carry boolean DEFAULT false,
                              programs int DEFAULT 10000) RETURNS budget_choice
    AS 'MODULE_PATHNAME', 'terrbal_budget_choice' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION budget_choice(text, numeric, float8, numeric, text[], int, boolean, int) IS
    'The rows that bring most under a budget for each period, at most one of each project, each with the projects it needs; exact by branch and bound (Land and Doig 1960)';

-- ---- 90-discontinuity ----

-- discontinuity: what changes at a border

CREATE TYPE discontinuity_state;

CREATE FUNCTION discontinuity_state_in(cstring) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_state_in(cstring) IS 'Input of discontinuity_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION discontinuity_state_out(discontinuity_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_state_out(discontinuity_state) IS 'Output of discontinuity_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION discontinuity_state_recv(internal) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_state_recv(internal) IS 'Binary input of discontinuity_state, fully checked';

CREATE FUNCTION discontinuity_state_send(discontinuity_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_state_send(discontinuity_state) IS 'Binary output of discontinuity_state: canonical bytes, big-endian';

CREATE TYPE discontinuity_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = discontinuity_state_in, OUTPUT = discontinuity_state_out, RECEIVE = discontinuity_state_recv, SEND = discontinuity_state_send
);
COMMENT ON TYPE discontinuity_state IS 'y and the running variable by row, cutoff, bandwidth and kernel: state of regression_discontinuity';

CREATE FUNCTION discontinuity_combine(discontinuity_state, discontinuity_state) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_combine(discontinuity_state, discontinuity_state) IS 'Joins the rows of two states';

CREATE FUNCTION discontinuity_final(discontinuity_state) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_final(discontinuity_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(discontinuity_state) (
    SFUNC = discontinuity_combine, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = discontinuity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(discontinuity_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE regression_discontinuity AS (
    estimate float8, se float8, n_left bigint, n_right bigint, mean_left float8, mean_right float8, bandwidth float8, bias_bandwidth float8,
    corrected float8, corrected_se float8, low float8, high float8, p float8, se_hc3 float8, se_nearest float8
);
COMMENT ON TYPE regression_discontinuity IS 'Jump at a cutoff in the unit of y, means at it on both sides, bandwidths in the unit of running; low, high (0.95) and p less bias';

CREATE FUNCTION regression_discontinuity(state discontinuity_state) RETURNS regression_discontinuity
    AS 'MODULE_PATHNAME', 'terrbal_regression_discontinuity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_discontinuity(discontinuity_state) IS 'Of stored rows. Jump of y where running passes the cutoff';

CREATE FUNCTION regression_discontinuity(state discontinuity_state, bandwidth float8) RETURNS regression_discontinuity
    AS 'MODULE_PATHNAME', 'terrbal_regression_discontinuity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_discontinuity(discontinuity_state, float8) IS 'Of stored rows at another bandwidth than theirs; NULL: by rule';

CREATE FUNCTION discontinuity_transition(state discontinuity_state, y float8, running float8, cutoff float8) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_transition(discontinuity_state, float8, float8, float8) IS 'Adds a row: transition of regression_discontinuity';

CREATE AGGREGATE discontinuity_state(y float8, running float8, cutoff float8) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = discontinuity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE discontinuity_state(float8, float8, float8) IS 'Rows of y by a running variable as one value to store and roll up';

CREATE AGGREGATE regression_discontinuity(y float8, running float8, cutoff float8) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = regression_discontinuity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE regression_discontinuity(float8, float8, float8) IS 'Jump of y where running passes the cutoff, by local lines; bandwidth by rule, triangular kernel';

CREATE FUNCTION discontinuity_transition(state discontinuity_state, y float8, running float8, cutoff float8, bandwidth float8) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_transition(discontinuity_state, float8, float8, float8, float8) IS 'Adds a row: transition of regression_discontinuity';

CREATE AGGREGATE discontinuity_state(y float8, running float8, cutoff float8, bandwidth float8) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = discontinuity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE discontinuity_state(float8, float8, float8, float8) IS 'Rows of y by a running variable as one value to store and roll up';

CREATE AGGREGATE regression_discontinuity(y float8, running float8, cutoff float8, bandwidth float8) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = regression_discontinuity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE regression_discontinuity(float8, float8, float8, float8) IS 'Jump of y where running passes the cutoff, by local lines; bandwidth NULL: by rule (Calonico, Cattaneo and Titiunik 2014)';

CREATE FUNCTION discontinuity_transition(state discontinuity_state, y float8, running float8, cutoff float8, bandwidth float8, kernel text) RETURNS discontinuity_state
    AS 'MODULE_PATHNAME', 'terrbal_discontinuity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION discontinuity_transition(discontinuity_state, float8, float8, float8, float8, text) IS 'Adds a row: transition of regression_discontinuity';

CREATE AGGREGATE discontinuity_state(y float8, running float8, cutoff float8, bandwidth float8, kernel text) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = discontinuity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE discontinuity_state(float8, float8, float8, float8, text) IS 'Rows of y by a running variable as one value to store and roll up';

CREATE AGGREGATE regression_discontinuity(y float8, running float8, cutoff float8, bandwidth float8, kernel text) (
    SFUNC = discontinuity_transition, STYPE = discontinuity_state, SSPACE = 4096, COMBINEFUNC = discontinuity_combine, FINALFUNC = regression_discontinuity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE regression_discontinuity(float8, float8, float8, float8, text) IS 'Jump of y where running passes the cutoff, by local lines; kernel triangular, uniform or epanechnikov';

CREATE FUNCTION confidence_interval(jump regression_discontinuity, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(regression_discontinuity, float8) IS 'Limits of the jump less its bias (corrected, corrected_se), normal; level as a fraction';

-- ---- 90-facility ----
-- facility: where services should stand when sites are limited

CREATE TYPE facility_state;

CREATE FUNCTION facility_state_in(cstring) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_in(cstring) IS 'Input of facility_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION facility_state_out(facility_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_out(facility_state) IS 'Output of facility_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION facility_state_recv(internal) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_recv(internal) IS 'Binary input of facility_state, fully checked';

CREATE FUNCTION facility_state_send(facility_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_send(facility_state) IS 'Binary output of facility_state: canonical bytes, big-endian';

CREATE TYPE facility_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = facility_state_in, OUTPUT = facility_state_out, RECEIVE = facility_state_recv, SEND = facility_state_send
);
COMMENT ON TYPE facility_state IS 'Demands, sites, weights and costs with what limits each site: state of facility';

CREATE FUNCTION facility_combine(facility_state, facility_state) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_combine(facility_state, facility_state) IS 'Joins the rows of two states';

CREATE FUNCTION facility_final(facility_state) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_final(facility_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION facility_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, text, text, float8, float8, boolean, float8) IS 'Adds what a demand pays to reach a limited site: transition of facility_state';

CREATE FUNCTION facility_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, bigint, bigint, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION facility_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, text, text, float8, float8, boolean, float8, float8, float8) IS 'The same with minimum and cost of the site: transition of facility_state';

CREATE FUNCTION facility_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, bigint, bigint, float8, float8, boolean, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE facility_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(text, text, float8, float8, boolean, float8) IS 'Costs between demands and sites, with sites that must be open and the weight that each takes in, as one value to store, roll up and ask';

CREATE AGGREGATE facility_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. Costs between demands and sites, with sites that must be open and the weight that each takes in, as one value to store, roll up and ask';

CREATE AGGREGATE facility_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(text, text, float8, float8, boolean, float8, float8, float8) IS 'The same with the least weight of a site that opens and what opening costs';

CREATE AGGREGATE facility_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(bigint, bigint, float8, float8, boolean, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same with the least weight of a site that opens and what opening costs';

CREATE AGGREGATE rollup(facility_state) (
    SFUNC = facility_combine, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(facility_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION p_median(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state) IS 'Of stored costs, by the parameters that the state has. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median(state facility_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state, int) IS 'Of stored costs. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median(state facility_state, p int, budget float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state, int, float8) IS 'Of stored costs, with a budget for opening sites. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a limited site: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, boolean, float8) IS 'The same with sites that must be open: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same with minimum and cost of the site and the budget: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, float8) IS 'p sites with the least sum of weight times cost where no site takes in more than its capacity; each demand goes whole to one site';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites with the least sum of weight times cost where no site takes in more than its capacity; each demand goes whole to one site';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE FUNCTION maximal_cover(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state) IS 'Of stored costs, by the parameters that the state has. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover(state facility_state, p int, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state, int, float8) IS 'Of stored costs. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover(state facility_state, p int, threshold float8, budget float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state, int, float8, float8) IS 'Of stored costs, with a budget for opening sites. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, float8) IS 'Adds what a demand pays to reach a limited site: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, boolean, float8) IS 'The same with sites that must be open: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same with minimum and cost of the site and the budget: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, float8) IS 'p sites that serve the largest weight within threshold where no site takes in more than its capacity';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, float8) IS 'With integer ids: the same as with their decimal text. p sites that serve the largest weight within threshold where no site takes in more than its capacity';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE FUNCTION set_cover(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(facility_state) IS 'Of stored costs, by the parameters that the state has. Fewest sites of limited capacity that serve all within threshold';

CREATE FUNCTION set_cover(state facility_state, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(facility_state, float8) IS 'Of stored costs. Fewest sites of limited capacity that serve all within threshold';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, text, text, float8, float8, float8, float8) IS 'Adds what a demand pays to reach a limited site: transition of set_cover';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, bigint, bigint, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, text, text, float8, float8, float8, boolean, float8) IS 'The same with sites that must be open: transition of set_cover';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, bigint, bigint, float8, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE AGGREGATE set_cover(demand_id text, site_id text, weight float8, cost float8, threshold float8, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, float8, float8) IS 'Fewest sites that serve all within threshold where no site takes in more than its capacity';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Fewest sites that serve all within threshold where no site takes in more than its capacity';

CREATE AGGREGATE set_cover(demand_id text, site_id text, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, float8, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE FUNCTION p_centre(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(facility_state) IS 'Of stored costs, by the parameters that the state has. Worst cost of any demand, least with p sites of limited capacity';

CREATE FUNCTION p_centre(state facility_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(facility_state, int) IS 'Of stored costs. Worst cost of any demand, least with p sites of limited capacity';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a limited site: transition of p_centre';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, text, text, float8, float8, int, boolean, float8) IS 'The same with sites that must be open: transition of p_centre';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8) IS 'The same for integer ids';

CREATE AGGREGATE p_centre(demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, float8, int, float8) IS 'p sites with the least worst cost where no site takes in more than its capacity';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites with the least worst cost where no site takes in more than its capacity';

CREATE AGGREGATE p_centre(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, float8, int, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, float8, int, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

-- ---- 91-synthetic_control ----

-- synthetic_control: what one treated unit would have been

CREATE TYPE synthetic_control_state;

CREATE FUNCTION synthetic_control_state_in(cstring) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_in(cstring) IS 'Input of synthetic_control_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION synthetic_control_state_out(synthetic_control_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_out(synthetic_control_state) IS 'Output of synthetic_control_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION synthetic_control_state_recv(internal) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_recv(internal) IS 'Binary input of synthetic_control_state, fully checked';

CREATE FUNCTION synthetic_control_state_send(synthetic_control_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_send(synthetic_control_state) IS 'Binary output of synthetic_control_state: canonical bytes, big-endian';

CREATE TYPE synthetic_control_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = synthetic_control_state_in, OUTPUT = synthetic_control_state_out, RECEIVE = synthetic_control_state_recv, SEND = synthetic_control_state_send
);
COMMENT ON TYPE synthetic_control_state IS 'Unit, period and outcome by row, the treated unit and its first treated period: state of synthetic_control';

CREATE FUNCTION synthetic_control_combine(synthetic_control_state, synthetic_control_state) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_combine(synthetic_control_state, synthetic_control_state) IS 'Joins the rows of two states';

CREATE FUNCTION synthetic_control_final(synthetic_control_state) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_final(synthetic_control_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(synthetic_control_state) (
    SFUNC = synthetic_control_combine, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(synthetic_control_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION synthetic_control_transition(state synthetic_control_state, unit text, period int, outcome float8, treated text, first_treated int) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_transition(synthetic_control_state, text, int, float8, text, int) IS 'Adds a unit in a period: transition of synthetic_control';

CREATE FUNCTION synthetic_control_transition(state synthetic_control_state, unit bigint, period int, outcome float8, treated bigint, first_treated int) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_transition(synthetic_control_state, bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE synthetic_control_state(unit text, period int, outcome float8, treated text, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control_state(text, int, float8, text, int) IS 'Rows of a panel with one treated unit as one value to store and roll up';

CREATE AGGREGATE synthetic_control_state(unit bigint, period int, outcome float8, treated bigint, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control_state(bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';

CREATE TYPE synthetic_weight AS (unit text, weight float8);
COMMENT ON TYPE synthetic_weight IS 'A donor and its share in the synthetic control, 0 to 1';

CREATE TYPE synthetic_gap AS (period int, gap float8, observed float8, synthetic float8);
COMMENT ON TYPE synthetic_gap IS 'Observed less synthetic outcome of the treated unit in a period, in the unit of the outcome';

CREATE TYPE synthetic_placebo AS (unit text, rmspe_before float8, rmspe_after float8, ratio float8);
COMMENT ON TYPE synthetic_placebo IS 'A donor as if it were treated, against the other donors; ratio NULL where it fits perfectly before';

CREATE TYPE synthetic_control AS (
    weights synthetic_weight[], gaps synthetic_gap[], rmspe_before float8, rmspe_after float8, rank int, p float8, placebos synthetic_placebo[], donors int, incomplete int
);
COMMENT ON TYPE synthetic_control IS 'The mix of donors nearest to the treated unit before the treatment, the gaps to it, and the rank of rmspe after / before among placebos';

CREATE FUNCTION synthetic_control(state synthetic_control_state) RETURNS synthetic_control
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control(synthetic_control_state) IS 'Of stored rows. The mix of other units nearest to the treated one before its treatment, and the gaps to it';

CREATE AGGREGATE synthetic_control(unit text, period int, outcome float8, treated text, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control(text, int, float8, text, int) IS 'What one treated unit would have been: the mix of other units nearest to it before the treatment (Abadie, Diamond and Hainmueller 2010, outcomes alone)';

CREATE AGGREGATE synthetic_control(unit bigint, period int, outcome float8, treated bigint, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control(bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';


-- ---- 99-state_operator ----

-- state_operator: every type of state compares by its canonical bytes: DISTINCT, GROUP BY, UNION, IS DISTINCT FROM, MERGE, replica identity
-- One block for all types, since the functions are the same C function each: all base types of the extension are states. The last fragment, so that none comes after it.
DO $$
DECLARE
    state text;
    f record;
BEGIN
    FOR state IN SELECT t.typname FROM pg_catalog.pg_type t WHERE t.typnamespace = 'terrbal'::regnamespace AND t.typtype = 'b' AND t.typelem = 0 ORDER BY 1 LOOP
        FOR f IN SELECT * FROM (VALUES ('eq', '=', '=', '<>', 'eqsel', 'Equal canonical bytes'), ('ne', '<>', '<>', '=', 'neqsel', 'Different canonical bytes'),
                ('lt', '<', '>', '>=', 'scalarltsel', 'Before in the order of canonical bytes'), ('le', '<=', '>=', '>', 'scalarlesel', 'Not after in the order of canonical bytes'),
                ('gt', '>', '<', '<=', 'scalargtsel', 'After in the order of canonical bytes'), ('ge', '>=', '<=', '<', 'scalargesel', 'Not before in the order of canonical bytes'))
                v (name, sign, commutator, negator, selectivity, comment) LOOP
            EXECUTE format('CREATE FUNCTION terrbal.state_%1$s(a terrbal.%2$I, b terrbal.%2$I) RETURNS boolean AS ''MODULE_PATHNAME'', ''terrbal_state_%1$s'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE',
                f.name, state);
            EXECUTE format('COMMENT ON FUNCTION terrbal.state_%s(terrbal.%2$I, terrbal.%2$I) IS %3$L', f.name, state, f.comment);
            EXECUTE format('CREATE OPERATOR terrbal.%1$s (FUNCTION = terrbal.state_%2$s, LEFTARG = terrbal.%3$I, RIGHTARG = terrbal.%3$I, COMMUTATOR = OPERATOR(terrbal.%4$s), NEGATOR = OPERATOR(terrbal.%5$s), RESTRICT = %6$s, JOIN = %7$s%8$s)',
                f.sign, f.name, state, f.commutator, f.negator, f.selectivity, replace(f.selectivity, 'sel', 'joinsel'), CASE f.name WHEN 'eq' THEN ', HASHES, MERGES' ELSE '' END);
            EXECUTE format('COMMENT ON OPERATOR terrbal.%s (terrbal.%2$I, terrbal.%2$I) IS %3$L', f.sign, state, f.comment);
        END LOOP;
        EXECUTE format('CREATE FUNCTION terrbal.state_cmp(a terrbal.%1$I, b terrbal.%1$I) RETURNS integer AS ''MODULE_PATHNAME'', ''terrbal_state_cmp'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_cmp(terrbal.%1$I, terrbal.%1$I) IS ''-1, 0 or 1 in the order of canonical bytes''', state);
        EXECUTE format('CREATE FUNCTION terrbal.state_hash(state terrbal.%1$I) RETURNS integer AS ''MODULE_PATHNAME'', ''terrbal_state_hash'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_hash(terrbal.%1$I) IS ''Hash of the contents''', state);
        EXECUTE format('CREATE FUNCTION terrbal.state_hash_extended(state terrbal.%1$I, seed bigint) RETURNS bigint AS ''MODULE_PATHNAME'', ''terrbal_state_hash_extended'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_hash_extended(terrbal.%1$I, bigint) IS ''Hash of the contents with a seed''', state);
        EXECUTE format('CREATE OPERATOR CLASS terrbal.%2$I DEFAULT FOR TYPE terrbal.%1$I USING btree AS OPERATOR 1 terrbal.<, OPERATOR 2 terrbal.<=, OPERATOR 3 terrbal.=, OPERATOR 4 terrbal.>=, OPERATOR 5 terrbal.>, FUNCTION 1 terrbal.state_cmp(terrbal.%1$I, terrbal.%1$I)',
            state, state || '_ops');
        EXECUTE format('CREATE OPERATOR CLASS terrbal.%2$I DEFAULT FOR TYPE terrbal.%1$I USING hash AS OPERATOR 1 terrbal.=, FUNCTION 1 terrbal.state_hash(terrbal.%1$I), FUNCTION 2 terrbal.state_hash_extended(terrbal.%1$I, bigint)',
            state, state || '_ops');
        EXECUTE format('COMMENT ON OPERATOR CLASS terrbal.%I USING btree IS ''States in the order of their canonical bytes''', state || '_ops');
        EXECUTE format('COMMENT ON OPERATOR CLASS terrbal.%I USING hash IS ''States by a hash of their contents''', state || '_ops');
    END LOOP;
END
$$;


-- ---- 99-support ----

-- of 82-hierarchy, but only now: sections above write to hierarchy, while what this calls has not moved yet
CREATE OR REPLACE FUNCTION hierarchy_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM terrbal.unit) THEN
        PERFORM terrbal_support.register_units();
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    block CONSTANT name[] := ARRAY[
        'add_units', 'arrival_date', 'at_least', 'at_most', 'atlas_script', 'atlas_style', 'atlas_words', 'boundary_problem', 'breakdown_expression',
        'carried_share', 'complementary_statement', 'confined_refresh', 'confined_units', 'difference_or_null', 'dimension_problem', 'finite',
        'fits_float8', 'fraction', 'guard_privileged', 'guard_publisher', 'in_transaction_block', 'indicator_units', 'infer_levels', 'is_stale', 'lesser',
        'lies_on_earth', 'line_value', 'lock_source', 'lock_writable', 'lock_writers', 'long_code', 'membership', 'merge_statement', 'nonnegative',
        'number_expression', 'one_of', 'period_expression', 'period_start', 'projected_area', 'protected_statement', 'published_columns',
        'published_view', 'raise_duplicate', 'ratio_or_null', 'reached_object', 'refusal_expression', 'register_units', 'renew_series',
        'run_finish', 'run_refresh', 'run_start', 'run_summary', 'run_units', 'run_warning', 'sdmx_period', 'sdmx_status', 'series_id',
        'series_warning', 'source_problem', 'source_statement', 'state_alike', 'state_expression', 'state_merge_statement', 'stranger_object',
        'strip_cuts', 'succession_line', 'succession_problem', 'sums_of', 'superuser_owned', 'superuser_owner', 'told_rate', 'unit_at_level', 'unit_boundary',
        'units_problem', 'units_statement'];
    f regprocedure;
BEGIN
    FOR f IN
        WITH member AS MATERIALIZED (
            SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
            WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'terrbal'
        ), machinery (id) AS MATERIALIZED (
            SELECT unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze, t.typsubscript]::oid[])
            FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
            UNION ALL
            SELECT unnest(ARRAY[o.oprcode, o.oprrest, o.oprjoin]::oid[]) FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
            UNION ALL
            SELECT a.amproc::oid FROM pg_amproc a JOIN member m ON m.classid = 'pg_opfamily'::regclass AND m.objid = a.amprocfamily
            UNION ALL
            SELECT c.castfunc FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
            UNION ALL
            SELECT unnest(ARRAY[a.aggtransfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn]::oid[])
            FROM pg_aggregate a JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid::oid
            UNION ALL
            -- a final that answers something else than a state is the accessor of stored states
            SELECT p.oid FROM pg_aggregate a JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid::oid
                CROSS JOIN unnest(ARRAY[a.aggfinalfn, a.aggmfinalfn]::oid[]) final (id) JOIN pg_proc p ON p.oid = final.id
            WHERE p.prorettype = a.aggtranstype OR p.proname ~ '_final$'
        )
        SELECT p.oid FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
        WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind <> 'a'
            AND (p.oid = ANY (ARRAY(SELECT id FROM machinery)) OR p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) OR p.proname = ANY (block))
    LOOP
        EXECUTE format('ALTER ROUTINE %s SET SCHEMA terrbal_support', f);
    END LOOP;
END
$$;
