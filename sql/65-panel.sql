-- panel: many effects, two kinds of clusters, instruments, flows between places

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
