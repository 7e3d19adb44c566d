-- accessibility: Hansen sums, floating catchments, spatial availability, Huff shares over user tables of cost

CREATE TYPE access_score AS (demand_id text, score float8);
COMMENT ON TYPE access_score IS 'Supply per unit of demand that a place can reach; for spatial availability the supply itself';

CREATE TYPE accessibility_state;

CREATE FUNCTION accessibility_state_in(cstring) RETURNS accessibility_state
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_state_in(cstring) IS 'Input of accessibility_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION accessibility_state_out(accessibility_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_state_out(accessibility_state) IS 'Output of accessibility_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION accessibility_state_recv(internal) RETURNS accessibility_state
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_state_recv(internal) IS 'Binary input of accessibility_state, fully checked';

CREATE FUNCTION accessibility_state_send(accessibility_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_state_send(accessibility_state) IS 'Binary output of accessibility_state: canonical bytes, big-endian';

CREATE TYPE accessibility_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = accessibility_state_in, OUTPUT = accessibility_state_out, RECEIVE = accessibility_state_recv, SEND = accessibility_state_send
);
COMMENT ON TYPE accessibility_state IS 'Sum of opportunities weighted by a decay of cost: state of accessibility';

CREATE FUNCTION accessibility_combine(accessibility_state, accessibility_state) RETURNS accessibility_state
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_combine(accessibility_state, accessibility_state) IS 'Joins two states with the same parameters';

CREATE FUNCTION accessibility_transition(state accessibility_state, opportunity float8, cost float8, decay text, parameters float8[]) RETURNS accessibility_state
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_transition(accessibility_state, float8, float8, text, float8[]) IS 'Adds one opportunity: transition of accessibility';

CREATE FUNCTION accessibility(accessibility_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_accessibility' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION accessibility(accessibility_state) IS 'Hansen accessibility of a stored state';

CREATE AGGREGATE accessibility(opportunity float8, cost float8, decay text, parameters float8[]) (
    SFUNC = accessibility_transition, STYPE = accessibility_state, SSPACE = 64, COMBINEFUNC = accessibility_combine, FINALFUNC = accessibility, PARALLEL = SAFE
);
COMMENT ON AGGREGATE accessibility(float8, float8, text, float8[]) IS 'Hansen accessibility: opportunities weighted by a decay of cost, unit of the opportunities; decay exponential, power, gaussian, step, linear or none (Hansen 1959)';

CREATE FUNCTION accessibility_final(accessibility_state) RETURNS accessibility_state
    AS 'MODULE_PATHNAME', 'terrbal_accessibility_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION accessibility_final(accessibility_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE accessibility_state(opportunity float8, cost float8, decay text, parameters float8[]) (
    SFUNC = accessibility_transition, STYPE = accessibility_state, SSPACE = 64, COMBINEFUNC = accessibility_combine, FINALFUNC = accessibility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE accessibility_state(float8, float8, text, float8[]) IS 'A running sum of opportunities of a group as one value to store and roll up';

CREATE AGGREGATE rollup(accessibility_state) (
    SFUNC = accessibility_combine, STYPE = accessibility_state, SSPACE = 64, COMBINEFUNC = accessibility_combine, FINALFUNC = accessibility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(accessibility_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE catchment_state;

CREATE FUNCTION catchment_state_in(cstring) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION catchment_state_in(cstring) IS 'Input of catchment_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION catchment_state_out(catchment_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_catchment_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION catchment_state_out(catchment_state) IS 'Output of catchment_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION catchment_state_recv(internal) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION catchment_state_recv(internal) IS 'Binary input of catchment_state, fully checked';

CREATE FUNCTION catchment_state_send(catchment_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_catchment_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION catchment_state_send(catchment_state) IS 'Binary output of catchment_state: canonical bytes, big-endian';

CREATE TYPE catchment_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = catchment_state_in, OUTPUT = catchment_state_out, RECEIVE = catchment_state_recv, SEND = catchment_state_send
);
COMMENT ON TYPE catchment_state IS 'Demand, supply and cost of pairs: state of catchment_access';

CREATE FUNCTION catchment_combine(catchment_state, catchment_state) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_combine(catchment_state, catchment_state) IS 'Joins two states with the same parameters';

CREATE FUNCTION catchment_transition(state catchment_state, demand_id text, supply_id text, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_transition(catchment_state, text, text, float8, float8, float8, text, text, float8[], float8) IS 'Adds one pair of demand and supply: transition of catchment_access';

CREATE FUNCTION catchment_transition(state catchment_state, demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_transition(catchment_state, bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'The same for integer ids';

CREATE FUNCTION catchment_access(catchment_state) RETURNS access_score[]
    AS 'MODULE_PATHNAME', 'terrbal_catchment_access' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_access(catchment_state) IS 'Access scores of the pairs in a state';

CREATE AGGREGATE catchment_access(demand_id text, supply_id text, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_access, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_access(text, text, float8, float8, float8, text, text, float8[], float8) IS 'Floating catchment access, supply per demand: 2sfca, 3sfca, bfca (Luo and Wang 2003, Wan 2012, Paez 2019) or spatial_availability, in supply (Soukhov 2023); cutoff inclusive';

CREATE AGGREGATE catchment_access(demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_access, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_access(bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'With integer ids: the same as with their decimal text. Floating catchment access, supply per demand: 2sfca, 3sfca, bfca (Luo and Wang 2003, Wan 2012, Paez 2019) or spatial_availability, in supply (Soukhov 2023); cutoff inclusive';

CREATE FUNCTION catchment_final(catchment_state) RETURNS catchment_state
    AS 'MODULE_PATHNAME', 'terrbal_catchment_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION catchment_final(catchment_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE catchment_state(demand_id text, supply_id text, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_state(text, text, float8, float8, float8, text, text, float8[], float8) IS 'Pairs of demand and supply of a group as one value to store and roll up';

CREATE AGGREGATE catchment_state(demand_id bigint, supply_id bigint, demand float8, supply float8, cost float8, method text, decay text, parameters float8[], cutoff float8) (
    SFUNC = catchment_transition, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catchment_state(bigint, bigint, float8, float8, float8, text, text, float8[], float8) IS 'With integer ids: the same as with their decimal text. Pairs of demand and supply of a group as one value to store and roll up';

CREATE AGGREGATE rollup(catchment_state) (
    SFUNC = catchment_combine, STYPE = catchment_state, SSPACE = 4096, COMBINEFUNC = catchment_combine, FINALFUNC = catchment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(catchment_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION huff_share(attraction float8, distance float8, alpha float8, lambda float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_huff_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION huff_share(float8, float8, float8, float8) IS 'Share of an origin (PARTITION BY origin) that a destination attracts, attraction^alpha / distance^lambda over their sum, 0 to 1 (Huff 1964)';
