-- local_regression: the bandwidth of local (geographically weighted) regression

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
