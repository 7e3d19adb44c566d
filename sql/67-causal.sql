-- causal: what a measure did, where it comes in waves

CREATE TYPE group_time_state;

CREATE FUNCTION group_time_state_in(cstring) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_in(cstring) IS 'Input of group_time_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION group_time_state_out(group_time_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_out(group_time_state) IS 'Output of group_time_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION group_time_state_recv(internal) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_recv(internal) IS 'Binary input of group_time_state, fully checked';

CREATE FUNCTION group_time_state_send(group_time_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_group_time_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_state_send(group_time_state) IS 'Binary output of group_time_state: canonical bytes, big-endian';

CREATE TYPE group_time_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = group_time_state_in, OUTPUT = group_time_state_out, RECEIVE = group_time_state_recv, SEND = group_time_state_send
);
COMMENT ON TYPE group_time_state IS 'Unit, period, outcome and first treated period by row: state of group_time_effects';

CREATE FUNCTION group_time_combine(group_time_state, group_time_state) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_combine(group_time_state, group_time_state) IS 'Joins the rows of two states';

CREATE FUNCTION group_time_final(group_time_state) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_final(group_time_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(group_time_state) (
    SFUNC = group_time_combine, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(group_time_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION group_time_transition(state group_time_state, unit text, period int, outcome float8, first_treated int, controls text) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_transition(group_time_state, text, int, float8, int, text) IS 'Adds a unit in a period: transition of group_time_effects';

CREATE FUNCTION group_time_transition(state group_time_state, unit bigint, period int, outcome float8, first_treated int, controls text) RETURNS group_time_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_transition(group_time_state, bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_state(unit text, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_state(text, int, float8, int, text) IS 'Rows of a panel with waves of treatment as one value to store and roll up';

CREATE AGGREGATE group_time_state(unit bigint, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_state(bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE TYPE group_time_effect AS (first_treated int, period int, effect float8, se float8);
COMMENT ON TYPE group_time_effect IS 'Effect on the units first treated in one period, in one period; before the treatment a placebo; NULL without controls';

CREATE TYPE effect_point AS (value int, effect float8, se float8);
COMMENT ON TYPE effect_point IS 'Average effect at a length of exposure, for a group or in a period, with its standard error';

CREATE TYPE group_time_summary AS (
    effects group_time_effect[], exposure effect_point[], groups effect_point[], overall_exposure float8, overall_exposure_se float8, overall_group float8,
    overall_group_se float8, simple float8, simple_se float8, calendar effect_point[], overall_calendar float8, overall_calendar_se float8,
    pretest float8, pretest_df int, pretest_p float8, units int, incomplete int, always_treated int, never_treated int
);
COMMENT ON TYPE group_time_summary IS 'Effects of a treatment in waves by group and period and their averages, in the unit of the outcome; pretest: chi-square of all effects before treatment';

CREATE FUNCTION group_time_effects(state group_time_state) RETURNS group_time_summary
    AS 'MODULE_PATHNAME', 'terrbal_group_time_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_effects(group_time_state) IS 'Of stored rows. Effects by group and period, by exposure, by group, overall (Callaway and Sant''Anna 2021)';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text) IS 'Effects of a treatment that comes in waves, against units never or not yet treated (Callaway and Sant''Anna 2021); first_treated NULL: never';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text) (
    SFUNC = group_time_transition, STYPE = group_time_state, SSPACE = 4096, COMBINEFUNC = group_time_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION confidence_interval(effect group_time_effect, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(group_time_effect, float8) IS 'Limits of the effect of a wave in a period, normal; level as a fraction, of this effect alone';

CREATE FUNCTION confidence_interval(effect effect_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(effect_point, float8) IS 'Limits of an average effect, normal; level as a fraction, of this effect alone';

-- the same with covariates: one transition, with a method or without

CREATE TYPE group_time_covariate_state;

CREATE FUNCTION group_time_covariate_state_in(cstring) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_in(cstring) IS 'Input of group_time_covariate_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION group_time_covariate_state_out(group_time_covariate_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_out(group_time_covariate_state) IS 'Output of group_time_covariate_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION group_time_covariate_state_recv(internal) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_recv(internal) IS 'Binary input of group_time_covariate_state, fully checked';

CREATE FUNCTION group_time_covariate_state_send(group_time_covariate_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_state_send(group_time_covariate_state) IS 'Binary output of group_time_covariate_state: canonical bytes, big-endian';

CREATE TYPE group_time_covariate_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = group_time_covariate_state_in, OUTPUT = group_time_covariate_state_out, RECEIVE = group_time_covariate_state_recv, SEND = group_time_covariate_state_send
);
COMMENT ON TYPE group_time_covariate_state IS 'Unit, period, outcome, first treated period and covariates by row: state of group_time_effects with covariates';

CREATE FUNCTION group_time_covariate_combine(group_time_covariate_state, group_time_covariate_state) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_combine(group_time_covariate_state, group_time_covariate_state) IS 'Joins the rows of two states';

CREATE FUNCTION group_time_covariate_final(group_time_covariate_state) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_final(group_time_covariate_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(group_time_covariate_state) (
    SFUNC = group_time_covariate_combine, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(group_time_covariate_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, text, int, float8, int, text, float8[]) IS 'Adds a unit in a period with its covariates; doubly robust';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, text, int, float8, int, text, float8[], text) IS 'Adds a unit in a period with its covariates';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION group_time_covariate_transition(state group_time_covariate_state, unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) RETURNS group_time_covariate_state
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_covariate_transition(group_time_covariate_state, bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_covariate_state(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(text, int, float8, int, text, float8[]) IS 'Rows of a panel with waves of treatment and covariates as one value to store and roll up; doubly robust';

CREATE AGGREGATE group_time_covariate_state(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(text, int, float8, int, text, float8[], text) IS 'Rows of a panel with waves of treatment and covariates as one value to store and roll up';

CREATE AGGREGATE group_time_covariate_state(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_covariate_state(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_covariate_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_covariate_state(bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';

CREATE FUNCTION group_time_effects(state group_time_covariate_state) RETURNS group_time_summary
    AS 'MODULE_PATHNAME', 'terrbal_group_time_covariate_effects' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_time_effects(group_time_covariate_state) IS 'Of stored rows with covariates';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text, float8[]) IS 'Effects of a treatment in waves against controls alike in covariates of the period before, doubly robust (Sant''Anna and Zhao 2020)';

CREATE AGGREGATE group_time_effects(unit text, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(text, int, float8, int, text, float8[], text) IS 'Effects of a treatment in waves against controls alike in covariates of the period before, by method: regression, weighting, doubly_robust';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[]) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text, float8[]) IS 'With integer units: the same as with their decimal text';

CREATE AGGREGATE group_time_effects(unit bigint, period int, outcome float8, first_treated int, controls text, covariates float8[], method text) (
    SFUNC = group_time_covariate_transition, STYPE = group_time_covariate_state, SSPACE = 4096, COMBINEFUNC = group_time_covariate_combine, FINALFUNC = group_time_effects, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_time_effects(bigint, int, float8, int, text, float8[], text) IS 'With integer units: the same as with their decimal text';
