-- flow_state: origin-destination flows as one value, stored per territory and period and rolled up to any larger one

CREATE TYPE flow_state;

CREATE FUNCTION flow_state_in(cstring) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_state_in(cstring) IS 'Input of flow_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION flow_state_out(flow_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_flow_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_state_out(flow_state) IS 'Output of flow_state: hexadecimal canonical bytes, equal for equal flows';

CREATE FUNCTION flow_state_recv(internal) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_state_recv(internal) IS 'Binary input of flow_state, fully checked';

CREATE FUNCTION flow_state_send(flow_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_flow_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION flow_state_send(flow_state) IS 'Binary output of flow_state: canonical bytes, big-endian';

CREATE TYPE flow_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = flow_state_in, OUTPUT = flow_state_out, RECEIVE = flow_state_recv, SEND = flow_state_send
);
COMMENT ON TYPE flow_state IS 'Summed flows between zones, zones without flows included: the state under every flow index';

CREATE FUNCTION flow_transition(state flow_state, origin text, destination text, flow float8) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_transition(flow_state, text, text, float8) IS 'Adds one flow to a state: transition of all flow aggregates';

CREATE FUNCTION flow_transition(state flow_state, origin bigint, destination bigint, flow float8) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_transition(flow_state, bigint, bigint, float8) IS 'The same for integer zone ids';

CREATE FUNCTION flow_combine(flow_state, flow_state) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_combine(flow_state, flow_state) IS 'Adds the flows of two states: combine of all flow aggregates';

CREATE FUNCTION flow_final(flow_state) RETURNS flow_state
    AS 'MODULE_PATHNAME', 'terrbal_flow_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_final(flow_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE flow_state(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_state(text, text, float8) IS 'Flows of a group as one value to store and roll up; a flow of 0 registers its zones';

CREATE AGGREGATE flow_state(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Flows of a group as one value to store and roll up; a flow of 0 registers its zones';

CREATE AGGREGATE rollup(flow_state) (
    SFUNC = flow_combine, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = flow_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(flow_state) IS 'Sum of stored flows: what one pass over all their rows gives';
