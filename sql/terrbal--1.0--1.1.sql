-- 1.0 to 1.1. One section per fragment of the install script, in its order: what a fragment gained, changed or lost since 1.0 stands under its name.
\echo Use "ALTER EXTENSION terrbal UPDATE" to load this file. \quit


-- ---- 00-preamble ----




-- ---- 10-sample_state ----




-- ---- 12-flow_state ----




-- ---- 14-moment_state ----




-- ---- 20-pool ----




-- ---- 22-tariff ----




-- ---- 24-equalisation ----




-- ---- 30-inequality ----




-- ---- 32-decomposition ----




-- ---- 34-progressivity ----




-- ---- 36-convergence ----




-- ---- 38-poverty ----

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


-- ---- 40-flow ----




-- ---- 42-linkage ----




-- ---- 44-migration ----




-- ---- 46-functional_area ----
ALTER TYPE area_member ADD ATTRIBUTE status text;
COMMENT ON TYPE area_member IS 'A zone, its labour market area (smallest member id), totals and self-containment of that area, and why it is in one or in none';




-- ---- 47-interaction ----




-- ---- 48-accessibility ----




-- ---- 50-geometry ----

CREATE FUNCTION neighbour_transition(neighbour_state, id text, geom geometry, tolerance float8) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, text, geometry, float8) IS 'Adds a unit or a part of one and the tolerance: transition of neighbour_pairs';

CREATE FUNCTION neighbour_pairs(neighbour_state, tolerance float8) RETURNS neighbour_pair[]
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_pairs' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_pairs(neighbour_state, float8) IS 'Pairs of stored units no more than tolerance apart, in units of the coordinates, whatever tolerance they came with';

CREATE AGGREGATE neighbour_pairs(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(text, geometry, float8) IS
    'All pairs of units no more than tolerance apart, in units of the coordinates: gaps and overlaps of digitising do not cut neighbours';

CREATE AGGREGATE neighbour_state(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(text, geometry, float8) IS 'Units, geometries and the tolerance of neighbours as one value to store and roll up';




-- ---- 52-settlement ----




-- ---- 54-demography ----

CREATE FUNCTION oecd_rural_region(rural_share float8, city_population float8, city_share float8, intermediate_limit float8 DEFAULT 0.15, rural_limit float8 DEFAULT 0.5,
                                  small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000, city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_rural_region_city' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'The same with the third step: a city of more than small_city people that is at least city_share_limit of the region lifts a rural region to intermediate, one of more than large_city an intermediate region to urban (OECD regional typology)';
CREATE FUNCTION eurostat_rural_region(rural_share float8, city_population float8 DEFAULT 0, city_share float8 DEFAULT 0, intermediate_limit float8 DEFAULT 0.2,
                                      rural_limit float8 DEFAULT 0.5, small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000,
                                      city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_eurostat_rural_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION eurostat_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'Region by the share of its population outside urban clusters: predominantly rural from 0.5, intermediate above 0.2, else predominantly urban, with the third step for cities (Eurostat urban-rural typology)';




-- ---- 55-polycentricity ----




-- ---- 56-composite ----




-- ---- 57-sdg ----




-- ---- 58-segregation ----

CREATE TYPE segregation_state;

CREATE FUNCTION segregation_state_in(cstring) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_in(cstring) IS 'Input of segregation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION segregation_state_out(segregation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_out(segregation_state) IS 'Output of segregation_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION segregation_state_recv(internal) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_recv(internal) IS 'Binary input of segregation_state, fully checked';

CREATE FUNCTION segregation_state_send(segregation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_send(segregation_state) IS 'Binary output of segregation_state: canonical bytes, big-endian';

CREATE TYPE segregation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = segregation_state_in, OUTPUT = segregation_state_out, RECEIVE = segregation_state_recv, SEND = segregation_state_send
);
COMMENT ON TYPE segregation_state IS 'Counts by unit, group and perhaps parent: state of segregation';

CREATE FUNCTION segregation_combine(segregation_state, segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_combine(segregation_state, segregation_state) IS 'Joins the rows of two states';

CREATE FUNCTION segregation_final(segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_final(segregation_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8) IS 'Adds people of a group in a unit: transition of segregation';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8, parent text) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8, text) IS 'Adds people of a group in a unit of a parent: transition of segregation_decomposition';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8) IS 'Counts by unit and group as one value to store and roll up';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8, text) IS 'The same with the larger unit of each, for segregation_decomposition';

CREATE AGGREGATE rollup(segregation_state) (
    SFUNC = segregation_combine, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(segregation_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE segregation AS (
    units int, groups int, total float8, dissimilarity float8, gini float8, isolation float8[], entropy_index float8, mutual_information float8,
    relative_diversity float8, exposure float8[], grp text[], entropy float8
);
COMMENT ON TYPE segregation IS 'Indices of segregation of two or more groups, 0 where all units are alike; isolation and exposure in the order of grp; information in nats';

CREATE FUNCTION segregation(state segregation_state) RETURNS segregation
    AS 'MODULE_PATHNAME', 'terrbal_segregation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation(segregation_state) IS 'Of stored counts. Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure';

CREATE AGGREGATE segregation(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(text, text, float8) IS 'Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure of groups over units; rows of one cell add up';

CREATE TYPE segregation_decomposition AS (
    mutual_information float8, "between" float8, within float8, entropy_index float8, entropy_between float8, entropy_within float8
);
COMMENT ON TYPE segregation_decomposition IS 'Segregation between larger units and within them; the parts add up to the whole';

CREATE FUNCTION segregation_decomposition(state segregation_state) RETURNS segregation_decomposition
    AS 'MODULE_PATHNAME', 'terrbal_segregation_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_decomposition(segregation_state) IS 'Of stored counts with parents. Mutual information and H between the parents and within them';

CREATE AGGREGATE segregation_decomposition(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(text, text, float8, text) IS 'Mutual information and H between larger units and within them, exactly';

CREATE TYPE segregation_unit AS (unit text, total float8, share float8, score float8);
COMMENT ON TYPE segregation_unit IS 'Local segregation: how far a unit''s mix is from that of all; sum(share * score) is the mutual information';

CREATE FUNCTION segregation_local(state segregation_state) RETURNS segregation_unit[]
    AS 'MODULE_PATHNAME', 'terrbal_segregation_local' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_local(segregation_state) IS 'Of stored counts. Score of every unit, ordered by id';

CREATE AGGREGATE segregation_local(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_local, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_local(text, text, float8) IS 'Score of every unit: how far its mix of groups is from that of all, in nats';

CREATE FUNCTION dissimilarity_transition(state paired_state, count_a float8, count_b float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity_transition(paired_state, float8, float8) IS 'Adds one unit with its two counts: transition of dissimilarity';

CREATE FUNCTION dissimilarity(state paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity(paired_state) IS 'Of stored units, paired_state(count_a, count_b). Dissimilarity of two groups';

CREATE AGGREGATE dissimilarity(count_a float8, count_b float8) (
    SFUNC = dissimilarity_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = dissimilarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dissimilarity(float8, float8) IS 'Share of either group that would have to move for all units to be alike (Duncan and Duncan 1955); one row a unit';


-- ---- 60-regression ----

CREATE TYPE interval_bounds AS (low float8[], high float8[]);
COMMENT ON TYPE interval_bounds IS 'Confidence limits, one a coefficient in the order of the regression; NULL where the error is unknown';

CREATE FUNCTION confidence_interval(fit regression, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(regression, float8) IS 'Limits of every coefficient: coefficient -/+ t quantile at df times standard error; level as a fraction';




-- ---- 61-difference ----




-- ---- 62-assessment ----




-- ---- 63-probability ----

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


-- ---- 64-price_index ----




-- ---- 66-price_surface ----




-- ---- 69-money ----




-- ---- 70-levy ----




-- ---- 72-increment ----




-- ---- 74-obligation ----




-- ---- 75-development_rights ----




-- ---- 76-readjustment ----




-- ---- 77-land_bank ----
COMMENT ON AGGREGATE internal_rate_of_return(numeric, numeric) IS 'Yearly rate at which the present value of signed cash flows is 0, a fraction above -1; of several the smallest not negative, else the largest below 0; NULL where there is none';




-- ---- 78-land_tax ----




-- ---- 79-valuation ----




-- ---- 80-monitor ----




-- ---- 81-refresh ----




-- ---- 82-rollup ----




-- ---- 83-signal ----




-- ---- 84-publication ----


