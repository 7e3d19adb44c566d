-- spatial_model: regression where neighbours matter: tests, spatial lag, spatial error

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
