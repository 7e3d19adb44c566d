-- poverty: measures below a line, and polarisation, over sample states

CREATE TYPE poverty AS (headcount float8, gap float8, severity float8, sen_shorrocks_thon float8, watts float8, poor float8, population float8, n bigint);
COMMENT ON TYPE poverty IS 'Poverty below a line: shares of the population (Foster, Greer and Thorbecke 1984; Shorrocks 1995; Watts 1968), the weight of the poor and of all, rows';

CREATE FUNCTION poverty(state sample_state, line float8) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty(sample_state, float8) IS 'Of a stored sample. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line';

CREATE FUNCTION poverty_final(state sample_state) RETURNS poverty
    AS 'MODULE_PATHNAME', 'terrbal_poverty' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION poverty_final(sample_state) IS 'Final of the aggregates poverty: the line is in the state';

CREATE AGGREGATE poverty(value float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8) IS 'Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line';

CREATE AGGREGATE poverty(value float8, weight float8, line float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = poverty_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poverty(float8, float8, float8) IS 'Weighted. Poverty below line, in the unit of value: headcount, gap and severity (FGT 0, 1, 2), Sen-Shorrocks-Thon, Watts; poor are below the line';

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
