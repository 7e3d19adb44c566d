-- Inequality of a quantity among units: indices, curves, standard errors; values and weights, or stored samples

CREATE FUNCTION gini(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_gini' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gini(sample_state) IS 'Of a stored sample. Gini index, 0 to 1 - 1/n (Gini 1912; weighted: Lerman and Yitzhaki 1989)';

CREATE AGGREGATE gini(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(float8) IS 'Gini index, 0 to 1 - 1/n (Gini 1912; weighted: Lerman and Yitzhaki 1989)';

CREATE AGGREGATE gini(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(float8, float8) IS 'Weighted. Gini index, 0 to 1 - 1/n (Gini 1912; weighted: Lerman and Yitzhaki 1989)';

CREATE FUNCTION gini_corrected(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_gini_corrected' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gini_corrected(sample_state) IS 'Of a stored sample. Gini index times n/(n-1), weighted 1/(1 - sum of squared shares): 1 where one unit has all (Deltas 2003)';

CREATE AGGREGATE gini_corrected(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini_corrected, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini_corrected(float8) IS 'Gini index times n/(n-1), weighted 1/(1 - sum of squared shares): 1 where one unit has all (Deltas 2003)';

CREATE AGGREGATE gini_corrected(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini_corrected, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini_corrected(float8, float8) IS 'Weighted. Gini index times n/(n-1), weighted 1/(1 - sum of squared shares): 1 where one unit has all (Deltas 2003)';

CREATE FUNCTION theil_t(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_theil_t' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION theil_t(sample_state) IS 'Of a stored sample. Theil T, GE(1): 0 to ln n, most sensitive to the top, zeros count (Theil 1967)';

CREATE AGGREGATE theil_t(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = theil_t, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(float8) IS 'Theil T, GE(1): 0 to ln n, most sensitive to the top, zeros count (Theil 1967)';

CREATE AGGREGATE theil_t(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = theil_t, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(float8, float8) IS 'Weighted. Theil T, GE(1): 0 to ln n, most sensitive to the top, zeros count (Theil 1967)';

CREATE FUNCTION theil_l(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_theil_l' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION theil_l(sample_state) IS 'Of a stored sample. Theil L or mean log deviation, GE(0): most sensitive to the bottom, NULL with a zero (Theil 1967)';

CREATE AGGREGATE theil_l(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = theil_l, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(float8) IS 'Theil L or mean log deviation, GE(0): most sensitive to the bottom, NULL with a zero (Theil 1967)';

CREATE AGGREGATE theil_l(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = theil_l, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(float8, float8) IS 'Weighted. Theil L or mean log deviation, GE(0): most sensitive to the bottom, NULL with a zero (Theil 1967)';

CREATE FUNCTION hoover(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_hoover' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hoover(sample_state) IS 'Of a stored sample. Hoover or Robin Hood index: the share of the total that would have to move for equality (Hoover 1936)';

CREATE AGGREGATE hoover(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = hoover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hoover(float8) IS 'Hoover or Robin Hood index: the share of the total that would have to move for equality (Hoover 1936)';

CREATE AGGREGATE hoover(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = hoover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hoover(float8, float8) IS 'Weighted. Hoover or Robin Hood index: the share of the total that would have to move for equality (Hoover 1936)';

CREATE FUNCTION coefficient_of_variation(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_coefficient_of_variation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coefficient_of_variation(sample_state) IS 'Of a stored sample. Standard deviation over n, divided by the mean; weighted: Williamson coefficient (Williamson 1965)';

CREATE AGGREGATE coefficient_of_variation(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = coefficient_of_variation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(float8) IS 'Standard deviation over n, divided by the mean; weighted: Williamson coefficient (Williamson 1965)';

CREATE AGGREGATE coefficient_of_variation(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = coefficient_of_variation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE coefficient_of_variation(float8, float8) IS 'Weighted. Standard deviation over n, divided by the mean; weighted: Williamson coefficient (Williamson 1965)';

CREATE FUNCTION palma_ratio(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_palma_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION palma_ratio(sample_state) IS 'Of a stored sample. Share of the top 10 % over the share of the bottom 40 % (Palma 2011)';

CREATE AGGREGATE palma_ratio(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = palma_ratio, PARALLEL = SAFE
);
COMMENT ON AGGREGATE palma_ratio(float8) IS 'Share of the top 10 % over the share of the bottom 40 % (Palma 2011)';

CREATE AGGREGATE palma_ratio(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = palma_ratio, PARALLEL = SAFE
);
COMMENT ON AGGREGATE palma_ratio(float8, float8) IS 'Weighted. Share of the top 10 % over the share of the bottom 40 % (Palma 2011)';

CREATE FUNCTION wolfson_polarisation(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_wolfson_polarisation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wolfson_polarisation(sample_state) IS 'Of a stored sample. Wolfson polarisation: how far the two halves around the median have drifted apart (Wolfson 1994)';

CREATE AGGREGATE wolfson_polarisation(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = wolfson_polarisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE wolfson_polarisation(float8) IS 'Wolfson polarisation: how far the two halves around the median have drifted apart (Wolfson 1994)';

CREATE AGGREGATE wolfson_polarisation(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = wolfson_polarisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE wolfson_polarisation(float8, float8) IS 'Weighted. Wolfson polarisation: how far the two halves around the median have drifted apart (Wolfson 1994)';

CREATE FUNCTION gini_standard_error(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_gini_standard_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gini_standard_error(sample_state) IS 'Of a stored sample. Standard error of the Gini, jackknife over rows (Yitzhaki 1991)';

CREATE AGGREGATE gini_standard_error(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini_standard_error, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini_standard_error(float8) IS 'Standard error of the Gini, jackknife over rows (Yitzhaki 1991)';

CREATE AGGREGATE gini_standard_error(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = gini_standard_error, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini_standard_error(float8, float8) IS 'Weighted. Standard error of the Gini, jackknife over rows (Yitzhaki 1991)';

CREATE FUNCTION sample_parameter_transition(state sample_state, value float8, parameter float8) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_value_parameter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_parameter_transition(sample_state, float8, float8) IS 'Adds a value to a sample that carries a parameter, constant over rows';

CREATE FUNCTION sample_parameter_transition(state sample_state, value float8, weight float8, parameter float8) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_weighted_parameter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_parameter_transition(sample_state, float8, float8, float8) IS 'Adds a value and its weight to a sample that carries a parameter';

CREATE FUNCTION generalised_entropy(state sample_state, alpha float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_generalised_entropy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION generalised_entropy(sample_state, float8) IS 'Of a stored sample. Generalised entropy GE(alpha): larger alpha is more sensitive to the top (Shorrocks 1980)';

CREATE FUNCTION generalised_entropy_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_generalised_entropy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION generalised_entropy_final(sample_state) IS 'Final of the aggregates generalised_entropy: the parameter is in the state';

CREATE AGGREGATE generalised_entropy(value float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = generalised_entropy_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE generalised_entropy(float8, float8) IS 'Generalised entropy GE(alpha): larger alpha is more sensitive to the top (Shorrocks 1980)';

CREATE AGGREGATE generalised_entropy(value float8, weight float8, alpha float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = generalised_entropy_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE generalised_entropy(float8, float8, float8) IS 'Weighted. Generalised entropy GE(alpha): larger alpha is more sensitive to the top (Shorrocks 1980)';

CREATE FUNCTION atkinson(state sample_state, epsilon float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_atkinson' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION atkinson(sample_state, float8) IS 'Of a stored sample. Atkinson index: share of the total that equality would spare, at inequality aversion epsilon >= 0 (Atkinson 1970)';

CREATE FUNCTION atkinson_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_atkinson' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_final(sample_state) IS 'Final of the aggregates atkinson: the parameter is in the state';

CREATE AGGREGATE atkinson(value float8, epsilon float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = atkinson_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson(float8, float8) IS 'Atkinson index: share of the total that equality would spare, at inequality aversion epsilon >= 0 (Atkinson 1970)';

CREATE AGGREGATE atkinson(value float8, weight float8, epsilon float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = atkinson_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson(float8, float8, float8) IS 'Weighted. Atkinson index: share of the total that equality would spare, at inequality aversion epsilon >= 0 (Atkinson 1970)';

CREATE FUNCTION extended_gini(state sample_state, nu float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_extended_gini' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extended_gini(sample_state, float8) IS 'Of a stored sample. S-Gini at nu >= 1; 2 is the Gini, larger weighs the bottom more (Donaldson and Weymark 1980)';

CREATE FUNCTION extended_gini_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_extended_gini' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extended_gini_final(sample_state) IS 'Final of the aggregates extended_gini: the parameter is in the state';

CREATE AGGREGATE extended_gini(value float8, nu float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = extended_gini_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE extended_gini(float8, float8) IS 'S-Gini at nu >= 1; 2 is the Gini, larger weighs the bottom more (Donaldson and Weymark 1980)';

CREATE AGGREGATE extended_gini(value float8, weight float8, nu float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = extended_gini_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE extended_gini(float8, float8, float8) IS 'Weighted. S-Gini at nu >= 1; 2 is the Gini, larger weighs the bottom more (Donaldson and Weymark 1980)';

CREATE FUNCTION weighted_quantile(state sample_state, p float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_weighted_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile(sample_state, float8) IS 'Of a stored sample. Inverse weighted distribution function at p from 0 to 1, mean of two values at an exact hit, unit of value';

CREATE FUNCTION weighted_quantile_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_weighted_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_final(sample_state) IS 'Final of the aggregates weighted_quantile: the parameter is in the state';

CREATE AGGREGATE weighted_quantile(value float8, p float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = weighted_quantile_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_quantile(float8, float8) IS 'Inverse weighted distribution function at p from 0 to 1, mean of two values at an exact hit, unit of value';

CREATE AGGREGATE weighted_quantile(value float8, weight float8, p float8) (
    SFUNC = sample_parameter_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = weighted_quantile_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_quantile(float8, float8, float8) IS 'Weighted. Inverse weighted distribution function at p from 0 to 1, mean of two values at an exact hit, unit of value';

CREATE TYPE inequality AS (
    n bigint,
    weight float8,
    mean float8,
    median float8,
    gini float8,
    gini_corrected float8,
    theil_t float8,
    theil_l float8,
    ge_minus1 float8,
    ge_2 float8,
    atkinson_05 float8,
    atkinson_1 float8,
    atkinson_2 float8,
    hoover float8,
    coefficient_of_variation float8,
    palma_ratio float8,
    p90_p10 float8
);
COMMENT ON TYPE inequality IS 'All inequality indices of one sample';
COMMENT ON COLUMN inequality.n IS 'Rows with a weight';
COMMENT ON COLUMN inequality.weight IS 'Sum of weights';
COMMENT ON COLUMN inequality.mean IS 'Weighted mean, unit of value';
COMMENT ON COLUMN inequality.median IS 'Weighted median, unit of value';
COMMENT ON COLUMN inequality.gini IS 'Gini index';
COMMENT ON COLUMN inequality.gini_corrected IS 'Gini, small-sample corrected';
COMMENT ON COLUMN inequality.theil_t IS 'Theil T, GE(1)';
COMMENT ON COLUMN inequality.theil_l IS 'Theil L, GE(0)';
COMMENT ON COLUMN inequality.ge_minus1 IS 'GE(-1)';
COMMENT ON COLUMN inequality.ge_2 IS 'GE(2), half the squared coefficient of variation';
COMMENT ON COLUMN inequality.atkinson_05 IS 'Atkinson, epsilon 0.5';
COMMENT ON COLUMN inequality.atkinson_1 IS 'Atkinson, epsilon 1';
COMMENT ON COLUMN inequality.atkinson_2 IS 'Atkinson, epsilon 2';
COMMENT ON COLUMN inequality.hoover IS 'Hoover index';
COMMENT ON COLUMN inequality.coefficient_of_variation IS 'Coefficient of variation';
COMMENT ON COLUMN inequality.palma_ratio IS 'Top 10 % share over bottom 40 % share';
COMMENT ON COLUMN inequality.p90_p10 IS 'Ninth decile over the first';

CREATE FUNCTION inequality(state sample_state) RETURNS inequality
    AS 'MODULE_PATHNAME', 'terrbal_inequality' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality(sample_state) IS 'All inequality indices of a stored sample in one row';

CREATE AGGREGATE inequality(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = inequality, PARALLEL = SAFE
);
COMMENT ON AGGREGATE inequality(float8) IS 'All inequality indices in one pass';

CREATE AGGREGATE inequality(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = inequality, PARALLEL = SAFE
);
COMMENT ON AGGREGATE inequality(float8, float8) IS 'All weighted inequality indices in one pass';

CREATE TYPE curve_point AS (
    p float8,
    l float8
);
COMMENT ON TYPE curve_point IS 'Point of a Lorenz or concentration curve';
COMMENT ON COLUMN curve_point.p IS 'Cumulated share of weight';
COMMENT ON COLUMN curve_point.l IS 'Cumulated share of value';

CREATE FUNCTION lorenz_curve(state sample_state) RETURNS curve_point[]
    AS 'MODULE_PATHNAME', 'terrbal_lorenz_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lorenz_curve(sample_state) IS 'Lorenz curve of a stored sample, from (0, 0), one point for each distinct value (Lorenz 1905)';

CREATE AGGREGATE lorenz_curve(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = lorenz_curve, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lorenz_curve(float8) IS 'Lorenz curve, from (0, 0), one point for each distinct value (Lorenz 1905)';

CREATE AGGREGATE lorenz_curve(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = lorenz_curve, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lorenz_curve(float8, float8) IS 'Weighted Lorenz curve, from (0, 0), one point for each distinct value (Lorenz 1905)';

CREATE FUNCTION sample_bootstrap_transition(state sample_state, value float8, replications integer, seed bigint) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_value_seed' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_bootstrap_transition(sample_state, float8, integer, bigint) IS 'Adds a value to a sample that carries replications and seed';

CREATE FUNCTION sample_bootstrap_transition(state sample_state, value float8, weight float8, replications integer, seed bigint) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_weighted_seed' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_bootstrap_transition(sample_state, float8, float8, integer, bigint) IS 'Adds a value and its weight to a sample that carries replications and seed';

CREATE FUNCTION bootstrap_standard_error(state sample_state, index text, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_bootstrap_standard_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_standard_error(sample_state, text, integer, bigint) IS 'Bootstrap standard error of gini, gini_corrected, theil_t, theil_l, hoover, coefficient_of_variation, palma_ratio or wolfson_polarisation; same seed, same answer (Efron 1979)';

CREATE FUNCTION bootstrap_quantile(state sample_state, index text, p float8, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_bootstrap_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_quantile(sample_state, text, float8, integer, bigint) IS 'Quantile p of the bootstrap distribution of an index: 0.025 and 0.975 bound a 95 % percentile interval (Efron 1979)';

CREATE FUNCTION bootstrap_gini_final(state sample_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_bootstrap_gini' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_gini_final(sample_state) IS 'Final of the aggregates bootstrap_gini: replications and seed are in the state';

CREATE AGGREGATE bootstrap_gini(value float8, replications integer, seed bigint) (
    SFUNC = sample_bootstrap_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = bootstrap_gini_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bootstrap_gini(float8, integer, bigint) IS 'Bootstrap standard error of the Gini; same seed, same answer whatever the row order (Efron 1979)';

CREATE AGGREGATE bootstrap_gini(value float8, weight float8, replications integer, seed bigint) (
    SFUNC = sample_bootstrap_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = bootstrap_gini_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bootstrap_gini(float8, float8, integer, bigint) IS 'Bootstrap standard error of the weighted Gini; same seed, same answer whatever the row order (Efron 1979)';

CREATE FUNCTION theil_t_from_sums(sum_weight float8, sum_value float8, sum_value_log float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_theil_t_from_sums' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_from_sums(float8, float8, float8) IS 'Theil T from sum(w), sum(w*x), sum(w*x*ln(x)) of an engine that only keeps sums';

CREATE FUNCTION theil_l_from_sums(sum_weight float8, sum_value float8, sum_log float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_theil_l_from_sums' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_from_sums(float8, float8, float8) IS 'Theil L from sum(w), sum(w*x), sum(w*ln(x)) of an engine that only keeps sums';

CREATE FUNCTION cv_from_sums(sum_weight float8, sum_value float8, sum_square float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_cv_from_sums' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cv_from_sums(float8, float8, float8) IS 'Coefficient of variation from sum(w), sum(w*x), sum(w*x^2) of an engine that only keeps sums';
