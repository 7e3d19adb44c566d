-- small_area: survey estimates of small areas that lean on a regression over all

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
