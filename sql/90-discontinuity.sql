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
