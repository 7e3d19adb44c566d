-- poverty: measures below a line, and polarisation, over sample states

CREATE TYPE poverty AS (headcount float8, gap float8, severity float8, sen_shorrocks_thon float8, watts float8, poor float8, population float8, n bigint);
COMMENT ON TYPE poverty IS 'Poverty below a line: shares of the population (Foster, Greer and Thorbecke 1984; Shorrocks 1995; Watts 1968), the weight of the poor and of all, rows';

CREATE FUNCTION poverty(state sample_state, line float8) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty(sample_state, float8) IS 'Of a stored sample. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE FUNCTION poverty_final(state sample_state) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty_final(sample_state) IS 'Final of the aggregates poverty: the line is in the state';

CREATE AGGREGATE poverty(value float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8) IS 'Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE AGGREGATE poverty(value float8, weight float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8, float8) IS 'Weighted. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line (Foster, Greer and Thorbecke 1984)';

CREATE FUNCTION esteban_ray(state sample_state, alpha float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_esteban_ray' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION esteban_ray(sample_state, float8) IS 'Of a stored sample. Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE FUNCTION esteban_ray_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_esteban_ray' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION esteban_ray_final(sample_state) IS 'Final of the aggregates esteban_ray: the alpha is in the state';

CREATE AGGREGATE esteban_ray(value float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = esteban_ray_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE esteban_ray(float8, float8) IS 'Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE AGGREGATE esteban_ray(value float8, weight float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = esteban_ray_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE esteban_ray(float8, float8, float8) IS 'Weighted. Polarisation into poles: sum of p_i^(1 + alpha) p_j |y_i - y_j|, in the unit of value; 0 <= alpha <= 1.6 (Esteban and Ray 1994)';

CREATE TYPE deprivation_state;

CREATE FUNCTION deprivation_state_in(cstring) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_in(cstring) IS 'Input of deprivation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION deprivation_state_out(deprivation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_out(deprivation_state) IS 'Output of deprivation_state: hexadecimal canonical bytes';

CREATE FUNCTION deprivation_state_recv(internal) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_recv(internal) IS 'Binary input of deprivation_state, fully checked';

CREATE FUNCTION deprivation_state_send(deprivation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_state_send(deprivation_state) IS 'Binary output of deprivation_state: canonical bytes, big-endian';

CREATE TYPE deprivation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = deprivation_state_in, OUTPUT = deprivation_state_out, RECEIVE = deprivation_state_recv, SEND = deprivation_state_send
);
COMMENT ON TYPE deprivation_state IS 'Totals of the deprived and the poor by dimension, with the rule: state of multidimensional_poverty';

CREATE FUNCTION deprivation_combine(deprivation_state, deprivation_state) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_combine(deprivation_state, deprivation_state) IS 'Adds two states of the same rule';

CREATE FUNCTION deprivation_final(deprivation_state) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_final(deprivation_state) IS 'State as it is stored';

CREATE FUNCTION deprivation_transition(state deprivation_state, deprivations float8[], weights float8[], cutoff float8) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_transition(deprivation_state, float8[], float8[], float8) IS 'Adds one person: transition of multidimensional_poverty';

CREATE FUNCTION deprivation_transition(state deprivation_state, deprivations float8[], weights float8[], cutoff float8, weight float8) RETURNS deprivation_state
    AS 'MODULE_PATHNAME', 'terrbal_deprivation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION deprivation_transition(deprivation_state, float8[], float8[], float8, float8) IS 'Adds a household with its weight: transition of multidimensional_poverty';

CREATE TYPE multidimensional_poverty AS (
    headcount float8, intensity float8, index float8, censored float8[], contribution float8[], uncensored float8[], poor float8, population float8, n bigint
);
COMMENT ON TYPE multidimensional_poverty IS 'Poverty by counting (Alkire and Foster 2011): share of the poor, their mean share of deprivations, the product of both; by dimension: share poor and deprived, part in the index, share deprived; weight of the poor and of all, rows';

CREATE FUNCTION multidimensional_poverty(state deprivation_state) RETURNS multidimensional_poverty
    AS 'MODULE_PATHNAME', 'terrbal_multidimensional_poverty' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION multidimensional_poverty(deprivation_state) IS 'Of stored totals. Poverty in several dimensions, fractions';

CREATE AGGREGATE multidimensional_poverty(deprivations float8[], weights float8[], cutoff float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = multidimensional_poverty, PARALLEL = SAFE
);
COMMENT ON AGGREGATE multidimensional_poverty(float8[], float8[], float8) IS 'Poverty in several dimensions, fractions: deprivations are 0 or 1, poor are those whose weights of deprivations add up to cutoff or more (Alkire and Foster 2011)';

CREATE AGGREGATE deprivation_state(deprivations float8[], weights float8[], cutoff float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE deprivation_state(float8[], float8[], float8) IS 'Totals of the deprived and the poor of a group as one value to store and roll up';

CREATE AGGREGATE multidimensional_poverty(deprivations float8[], weights float8[], cutoff float8, weight float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = multidimensional_poverty, PARALLEL = SAFE
);
COMMENT ON AGGREGATE multidimensional_poverty(float8[], float8[], float8, float8) IS 'Weighted. Poverty in several dimensions, fractions: deprivations are 0 or 1, poor are those whose weights of deprivations add up to cutoff or more (Alkire and Foster 2011)';

CREATE AGGREGATE deprivation_state(deprivations float8[], weights float8[], cutoff float8, weight float8) (
    SFUNC = deprivation_transition, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE deprivation_state(float8[], float8[], float8, float8) IS 'Weighted. Totals of the deprived and the poor of a group as one value to store and roll up';

CREATE AGGREGATE rollup(deprivation_state) (
    SFUNC = deprivation_combine, STYPE = deprivation_state, SSPACE = 512, COMBINEFUNC = deprivation_combine, FINALFUNC = deprivation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(deprivation_state) IS 'Stored states together: what one pass over all their rows gives';
