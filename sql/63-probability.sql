-- probability: distribution functions, quantiles, confidence limits

CREATE FUNCTION normal_probability(z float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normal_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION normal_probability(float8) IS 'P(Z <= z) of the standard normal distribution';

CREATE FUNCTION normal_quantile(p float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normal_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION normal_quantile(float8) IS 'z with P(Z <= z) = p; 0 < p < 1. normal_quantile(0.975) = 1.96';

CREATE FUNCTION student_probability(t float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_student_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION student_probability(float8, float8) IS 'P(T <= t) of the t distribution; df > 0, fractions allowed';

CREATE FUNCTION student_quantile(p float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_student_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION student_quantile(float8, float8) IS 't with P(T <= t) = p; 0 < p < 1. Half-width of a 95 percent interval: standard error times student_quantile(0.975, df)';

CREATE FUNCTION chi_square_probability(x float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_chi_square_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chi_square_probability(float8, float8) IS 'P(X <= x) of the chi-square distribution; df > 0';

CREATE FUNCTION chi_square_quantile(p float8, df float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_chi_square_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chi_square_quantile(float8, float8) IS 'x with P(X <= x) = p of the chi-square distribution; 0 < p < 1';

CREATE FUNCTION f_probability(f float8, df1 float8, df2 float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_f_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION f_probability(float8, float8, float8) IS 'P(F <= f) of the F distribution; df1, df2 > 0';

CREATE FUNCTION f_quantile(p float8, df1 float8, df2 float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_f_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION f_quantile(float8, float8, float8) IS 'f with P(F <= f) = p of the F distribution; 0 < p < 1';
