-- moment_state: cross moments of y and x[] in double-double, the state under every least-squares fit

CREATE TYPE moment_state;

CREATE FUNCTION moment_state_in(cstring) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION moment_state_in(cstring) IS 'Input of moment_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION moment_state_out(moment_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_moment_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION moment_state_out(moment_state) IS 'Output of moment_state: hexadecimal canonical bytes';

CREATE FUNCTION moment_state_recv(internal) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION moment_state_recv(internal) IS 'Binary input of moment_state, fully checked';

CREATE FUNCTION moment_state_send(moment_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_moment_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION moment_state_send(moment_state) IS 'Binary output of moment_state: canonical bytes, big-endian';

CREATE TYPE moment_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = moment_state_in, OUTPUT = moment_state_out, RECEIVE = moment_state_recv, SEND = moment_state_send
);
COMMENT ON TYPE moment_state IS 'Weighted cross moments of y and x[]: what a least-squares fit needs of its rows; 16 bytes a moment, 336 kB with 200 regressors';

CREATE FUNCTION moment_transition(state moment_state, y float8, x float8[]) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moment_transition(moment_state, float8, float8[]) IS 'Adds one row to cross moments: transition of ols';

CREATE FUNCTION moment_transition(state moment_state, y float8, x float8[], weight float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moment_transition(moment_state, float8, float8[], float8) IS 'Adds one weighted row to cross moments: transition of weighted ols';

CREATE FUNCTION moment_combine(moment_state, moment_state) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moment_combine(moment_state, moment_state) IS 'Adds the moments of two states: combine of ols';

CREATE FUNCTION moment_final(moment_state) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_moment_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moment_final(moment_state) IS 'Stored form of cross moments';

CREATE AGGREGATE moment_state(y float8, x float8[]) (
    SFUNC = moment_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moment_state(float8, float8[]) IS 'Cross moments of a group as one value to store, roll up and fit later';

CREATE AGGREGATE moment_state(y float8, x float8[], weight float8) (
    SFUNC = moment_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moment_state(float8, float8[], float8) IS 'Weighted cross moments of a group as one value to store, roll up and fit later';

CREATE AGGREGATE rollup(moment_state) (
    SFUNC = moment_combine, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(moment_state) IS 'Sum of stored cross moments: what one pass over all their rows gives';
