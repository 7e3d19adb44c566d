-- Convergence between territories: beta (do the poorer grow faster), sigma (does the spread shrink)

CREATE FUNCTION convergence_transition(state paired_state, initial float8, final float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_convergence_pair' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION convergence_transition(paired_state, float8, float8) IS 'Adds an initial and a final value, both positive, to a sample';

CREATE FUNCTION convergence_transition(state paired_state, initial float8, final float8, years float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_convergence_years' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION convergence_transition(paired_state, float8, float8, float8) IS 'Adds an initial and a final value, both positive, to a sample that carries the years between them';

CREATE TYPE beta_convergence AS (
    beta float8,
    se float8,
    r2 float8,
    speed float8,
    half_life float8,
    intercept float8,
    intercept_se float8,
    n bigint
);
COMMENT ON TYPE beta_convergence IS 'Regression of growth on the initial level';
COMMENT ON COLUMN beta_convergence.beta IS 'Slope per year: < 0 converges';
COMMENT ON COLUMN beta_convergence.se IS 'Standard error of beta';
COMMENT ON COLUMN beta_convergence.r2 IS 'Share of the variance of growth explained';
COMMENT ON COLUMN beta_convergence.speed IS '-ln(1 + beta*years)/years, per year; NULL where 1 + beta*years <= 0';
COMMENT ON COLUMN beta_convergence.half_life IS 'Years until half the gap is closed; NULL where gaps do not close';
COMMENT ON COLUMN beta_convergence.intercept IS 'Constant of the regression';
COMMENT ON COLUMN beta_convergence.intercept_se IS 'Standard error of the constant';
COMMENT ON COLUMN beta_convergence.n IS 'Rows';

CREATE FUNCTION beta_convergence(state paired_state, years float8) RETURNS beta_convergence
    AS 'MODULE_PATHNAME', 'terrbal_beta_convergence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION beta_convergence(paired_state, float8) IS 'Beta convergence of a stored sample of (initial, final)';

CREATE FUNCTION beta_convergence_final(state paired_state) RETURNS beta_convergence
    AS 'MODULE_PATHNAME', 'terrbal_beta_convergence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION beta_convergence_final(paired_state) IS 'Final of the aggregate beta_convergence: the years are in the state';

CREATE AGGREGATE beta_convergence(initial float8, final float8, years float8) (
    SFUNC = convergence_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = beta_convergence_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE beta_convergence(float8, float8, float8) IS 'Regression of mean annual log growth on the log of the initial value, with speed and half-life (Barro and Sala-i-Martin 1992)';

CREATE TYPE sigma_convergence AS (
    sigma_initial float8,
    sigma_final float8,
    cv_initial float8,
    cv_final float8,
    n bigint
);
COMMENT ON TYPE sigma_convergence IS 'Spread at the start and at the end';
COMMENT ON COLUMN sigma_convergence.sigma_initial IS 'Standard deviation of ln(initial), over n';
COMMENT ON COLUMN sigma_convergence.sigma_final IS 'Standard deviation of ln(final), over n';
COMMENT ON COLUMN sigma_convergence.cv_initial IS 'Coefficient of variation of initial';
COMMENT ON COLUMN sigma_convergence.cv_final IS 'Coefficient of variation of final';
COMMENT ON COLUMN sigma_convergence.n IS 'Rows';

CREATE FUNCTION sigma_convergence(state paired_state) RETURNS sigma_convergence
    AS 'MODULE_PATHNAME', 'terrbal_sigma_convergence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sigma_convergence(paired_state) IS 'Sigma convergence of a stored sample of (initial, final)';

CREATE AGGREGATE sigma_convergence(initial float8, final float8) (
    SFUNC = convergence_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = sigma_convergence, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sigma_convergence(float8, float8) IS 'Spread of the logarithms at the start and at the end: falling is convergence (Barro and Sala-i-Martin 1992)';
