-- sdg: the computable indicators of Sustainable Development Goal 11. Metadata of the United Nations Statistics Division.

CREATE FUNCTION land_consumption_rate(area_start float8, area_end float8, years float8, method text DEFAULT 'linear') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_land_consumption_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_consumption_rate(float8, float8, float8, text) IS
    'Growth of built-up land a year as a fraction: linear (V2 - V1)/(V1 n) or log ln(V2/V1)/n (SDG 11.3.1)';
CREATE FUNCTION population_growth_rate(population_start float8, population_end float8, years float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_population_growth_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION population_growth_rate(float8, float8, float8) IS 'Growth of the population a year as a fraction: ln(P2/P1)/n (SDG 11.3.1)';

CREATE TYPE land_use_efficiency_result AS (
    lcrpgr float8, land_consumption_rate float8, population_growth_rate float8, built_up_per_head_start float8, built_up_per_head_end float8, built_up_change float8
);
COMMENT ON TYPE land_use_efficiency_result IS 'SDG 11.3.1 with its parts: ratio, rates a year as fractions, built-up area per head, total change of built-up area in per cent';
CREATE FUNCTION land_use_efficiency(area_start float8, area_end float8, area_years float8, population_start float8, population_end float8, population_years float8,
                                    land_rate text DEFAULT 'linear') RETURNS land_use_efficiency_result
    AS 'MODULE_PATHNAME', 'terrbal_land_use_efficiency' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_efficiency(float8, float8, float8, float8, float8, float8, text) IS 'SDG 11.3.1 with its secondary indicators; land and population may cover different years';
CREATE FUNCTION lcrpgr(area_start float8, area_end float8, area_years float8, population_start float8, population_end float8, population_years float8,
                       land_rate text DEFAULT 'linear') RETURNS float8
    LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
    RETURN (land_use_efficiency(area_start, area_end, area_years, population_start, population_end, population_years, land_rate)).lcrpgr;
COMMENT ON FUNCTION lcrpgr(float8, float8, float8, float8, float8, float8, text) IS
    'Ratio of land consumption rate to population growth rate (SDG 11.3.1): above 1 land grows faster than people';

CREATE FUNCTION open_space_share(open_space float8, streets float8, built_up float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_open_space_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION open_space_share(float8, float8, float8) IS 'Open public space and streets in per cent of the built-up area (SDG 11.7.1)';

CREATE FUNCTION inadequate_housing_share(people float8, population float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_inadequate_housing_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inadequate_housing_share(float8, float8) IS 'People in slums, informal settlements or inadequate housing in per cent of the urban population (SDG 11.1.1)';
CREATE FUNCTION inadequate_housing_share(slum float8, informal float8, inadequate float8, population float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_inadequate_housing_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inadequate_housing_share(float8, float8, float8, float8) IS 'The same from its three components, each person counted once (SDG 11.1.1)';
CREATE FUNCTION slum_household(improved_water boolean, improved_sanitation boolean, sufficient_space boolean, durable_housing boolean, secure_tenure boolean) RETURNS boolean
    AS 'MODULE_PATHNAME', 'terrbal_slum_household' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION slum_household(boolean, boolean, boolean, boolean, boolean) IS 'Does a household lack one or more of the five (UN-Habitat; SDG 11.1.1)?';

CREATE TYPE coverage_state;

CREATE FUNCTION coverage_state_in(cstring) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_state_in(cstring) IS 'Input of coverage_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION coverage_state_out(coverage_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_coverage_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_state_out(coverage_state) IS 'Output of coverage_state: hexadecimal canonical bytes, equal for equal sums';

CREATE FUNCTION coverage_state_recv(internal) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_state_recv(internal) IS 'Binary input of coverage_state, fully checked';

CREATE FUNCTION coverage_state_send(coverage_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_coverage_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_state_send(coverage_state) IS 'Binary output of coverage_state: canonical bytes, big-endian';

CREATE TYPE coverage_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = coverage_state_in, OUTPUT = coverage_state_out, RECEIVE = coverage_state_recv, SEND = coverage_state_send
);
COMMENT ON TYPE coverage_state IS 'Population reached and in all: the state under the access indicators';

CREATE FUNCTION coverage_combine(coverage_state, coverage_state) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_combine(coverage_state, coverage_state) IS 'Adds two coverage_state: combine of their aggregates';

CREATE FUNCTION coverage_final(coverage_state) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_final(coverage_state) IS 'Canonical form of a state, as it is stored';

CREATE AGGREGATE rollup(coverage_state) (
    SFUNC = coverage_combine, STYPE = coverage_state, SSPACE = 1024, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(coverage_state) IS 'Sum of stored coverage_state: what one pass over all their rows gives';

CREATE FUNCTION coverage_percent(coverage_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_coverage_percent' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_percent(coverage_state) IS 'Population reached in per cent of all, from a stored state';

CREATE FUNCTION transport_transition(coverage_state, population float8, low_capacity_distance float8, high_capacity_distance float8) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_distances' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transport_transition(coverage_state, float8, float8, float8) IS 'Transition of transport_access with limits of 500 and 1,000 m';
CREATE FUNCTION transport_transition(coverage_state, population float8, low_capacity_distance float8, high_capacity_distance float8, low_limit float8, high_limit float8) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_distances' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transport_transition(coverage_state, float8, float8, float8, float8, float8) IS 'Transition of transport_access with limits of choice';
CREATE AGGREGATE transport_access(population float8, low_capacity_distance float8, high_capacity_distance float8) (
    SFUNC = transport_transition, STYPE = coverage_state, SSPACE = 128, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_percent, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transport_access(float8, float8, float8) IS 'Per cent of the population within 500 m of a low-capacity or 1,000 m of a high-capacity stop, along the streets (SDG 11.2.1)';
CREATE AGGREGATE transport_access(population float8, low_capacity_distance float8, high_capacity_distance float8, low_limit float8, high_limit float8) (
    SFUNC = transport_transition, STYPE = coverage_state, SSPACE = 128, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_percent, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transport_access(float8, float8, float8, float8, float8) IS 'The same with limits of choice, in the unit of the distances, equal in all rows';
CREATE AGGREGATE transport_state(population float8, low_capacity_distance float8, high_capacity_distance float8) (
    SFUNC = transport_transition, STYPE = coverage_state, SSPACE = 128, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transport_state(float8, float8, float8) IS 'Population with and without access to transport as one value to store and roll up; read it with coverage_percent';

CREATE FUNCTION open_space_transition(coverage_state, population float8, distance float8) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_distances' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION open_space_transition(coverage_state, float8, float8) IS 'Transition of open_space_access with a limit of 400 m';
CREATE AGGREGATE open_space_access(population float8, distance float8) (
    SFUNC = open_space_transition, STYPE = coverage_state, SSPACE = 128, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_percent, PARALLEL = SAFE
);
COMMENT ON AGGREGATE open_space_access(float8, float8) IS 'Per cent of the population within 400 m walking distance of open public space (SDG 11.7.1)';
CREATE FUNCTION plan_transition(coverage_state, population float8, adopted boolean) RETURNS coverage_state
    AS 'MODULE_PATHNAME', 'terrbal_coverage_flag' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION plan_transition(coverage_state, float8, boolean) IS 'Transition of plan_coverage';
CREATE AGGREGATE plan_coverage(population float8, adopted boolean) (
    SFUNC = plan_transition, STYPE = coverage_state, SSPACE = 128, COMBINEFUNC = coverage_combine, FINALFUNC = coverage_percent, PARALLEL = SAFE
);
COMMENT ON AGGREGATE plan_coverage(float8, boolean) IS 'Per cent of the population in municipalities with an adopted plan (computable part of SDG 11.a.1); not known counts as none';
