-- inequality: documented examples, then NULL, zero, negative, then errors
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA test_inequality;
SET search_path = test_inequality, public;

CREATE TABLE municipality (name text, region text, class text, population int, income float8);
INSERT INTO municipality VALUES ('Alba', 'north', 'urban', 52000, 14800), ('Brea', 'north', 'peri_urban', 18500, 16300), ('Cala', 'north', 'rural', 4200, 11900),
    ('Deva', 'north', 'rural', 950, 10400), ('Elda', 'south', 'urban', 87000, 13100), ('Faro', 'south', 'peri_urban', 9800, 12700), ('Gata', 'south', 'rural', 3100, 9600),
    ('Haro', 'south', 'rural', 640, 9100), ('Isla', 'south', 'rural', 1500, 10900);
SELECT region, round(terrbal.gini(income, population)::numeric, 4) AS gini, round(terrbal.theil_t(income, population)::numeric, 5) AS theil_t,
       round(terrbal.coefficient_of_variation(income, population)::numeric, 4) AS williamson
FROM municipality GROUP BY region ORDER BY region;

SELECT n, weight, round(mean::numeric, 1) AS mean, median, round(gini::numeric, 4) AS gini, round(gini_corrected::numeric, 4) AS corrected,
       round(atkinson_1::numeric, 5) AS atkinson_1, round(hoover::numeric, 4) AS hoover, round(palma_ratio::numeric, 3) AS palma, round(p90_p10::numeric, 3) AS p90_p10
FROM (SELECT (terrbal.inequality(income, population)).* FROM municipality) AS s;

CREATE TABLE regional AS
SELECT region, terrbal.sample_state(income, population) AS sample FROM municipality GROUP BY region;
SELECT region, round(terrbal.gini(sample)::numeric, 4) AS gini, round(terrbal.atkinson(sample, 0.5)::numeric, 5) AS atkinson_05 FROM regional
UNION ALL
SELECT 'both', round(terrbal.gini(terrbal.rollup(sample))::numeric, 4), round(terrbal.atkinson(terrbal.rollup(sample), 0.5)::numeric, 5) FROM regional
ORDER BY region;

SELECT name, income, round(terrbal.gini(income) OVER (ORDER BY income ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING)::numeric, 4) AS among_neighbours
FROM municipality ORDER BY income LIMIT 4;

SELECT round(p::numeric, 4) AS population_share, round(l::numeric, 4) AS income_share
FROM (SELECT terrbal.lorenz_curve(income, population) AS curve FROM municipality WHERE region = 'north') AS s, unnest(curve);

SELECT round(terrbal.gini(income)::numeric, 4) AS gini, round(terrbal.gini_standard_error(income)::numeric, 4) AS jackknife,
       round(terrbal.bootstrap_gini(income, 500, 42)::numeric, 4) AS bootstrap,
       round(terrbal.bootstrap_quantile(terrbal.sample_state(income), 'gini', 0.025, 500, 42)::numeric, 4) AS low,
       round(terrbal.bootstrap_quantile(terrbal.sample_state(income), 'gini', 0.975, 500, 42)::numeric, 4) AS high
FROM municipality;

SELECT round(terrbal.generalised_entropy(income, population, -1)::numeric, 6) AS ge_minus1, round(terrbal.atkinson(income, population, 2)::numeric, 5) AS atkinson_2,
       round(terrbal.extended_gini(income, population, 4)::numeric, 4) AS s_gini_4, terrbal.weighted_quantile(income, population, 0.1) AS first_decile
FROM municipality;

SELECT round(terrbal.theil_t_from_sums(sum(population), sum(population * income), sum(population * income * ln(income)))::numeric, 6) AS from_sums,
       round(terrbal.theil_t(income, population)::numeric, 6) AS theil_t
FROM municipality;

-- without weights, and every index on its own
SELECT round(terrbal.gini(v)::numeric, 6), round(terrbal.gini_corrected(v)::numeric, 6), round(terrbal.theil_t(v)::numeric, 6), round(terrbal.theil_l(v)::numeric, 6), round(terrbal.hoover(v)::numeric, 6),
       round(terrbal.coefficient_of_variation(v)::numeric, 6), round(terrbal.palma_ratio(v)::numeric, 6), round(terrbal.generalised_entropy(v, 0.5)::numeric, 6), round(terrbal.atkinson(v, 1)::numeric, 6),
       round(terrbal.extended_gini(v, 3)::numeric, 6), round(terrbal.wolfson_polarisation(v)::numeric, 6), terrbal.weighted_quantile(v, 0.5), round(terrbal.gini_standard_error(v)::numeric, 6)
FROM unnest('{541,1463,2445,3438,4437,5401,6392,8304,11904,22261}'::float8[]) AS v;
SELECT terrbal.gini(v), terrbal.gini_corrected(v), terrbal.theil_t(v), terrbal.hoover(v) FROM unnest('{7}'::float8[]) AS v;

-- why there is no index
SET client_min_messages = notice;
\pset null NULL
SELECT terrbal.gini(v) FROM unnest('{-3,3}'::float8[]) AS v;
SELECT terrbal.theil_t(v) FROM unnest('{-1,3}'::float8[]) AS v;
SELECT terrbal.theil_l(v) FROM unnest('{0,3}'::float8[]) AS v;
SELECT terrbal.generalised_entropy(v, -1) FROM unnest('{0,3}'::float8[]) AS v;
SELECT terrbal.gini_corrected(v) FROM unnest('{7}'::float8[]) AS v;
SELECT terrbal.palma_ratio(v) FROM unnest('{0,0,4}'::float8[]) AS v;
SELECT terrbal.wolfson_polarisation(v) FROM unnest('{0,0,4}'::float8[]) AS v;
SELECT i.n, i.mean, i.gini, i.hoover FROM (SELECT terrbal.sample_state(v) AS s FROM unnest('{-3,3}'::float8[]) AS v) x, terrbal.inequality(s) i;
SELECT terrbal.bootstrap_gini(v, 100, 1), terrbal.bootstrap_quantile(terrbal.sample_state(v), 'gini', 0.975, 100, 1) FROM unnest('{7}'::float8[]) AS v;
SELECT terrbal.bootstrap_gini(v, 100, 1) FROM unnest('{0,7}'::float8[]) AS v;
SELECT terrbal.bootstrap_gini(v, 100, 1) AS alike FROM unnest('{7,7}'::float8[]) AS v;
SELECT terrbal.cv_from_sums(0, 0, 0);
\pset null ''
SET client_min_messages = warning;
-- sums of no sample
SELECT terrbal.cv_from_sums(10, 100, 3);
SELECT terrbal.theil_l_from_sums(10, 5, 3);
SELECT terrbal.theil_t_from_sums(2, 6, 3);
SELECT terrbal.cv_from_sums(3, 9, 27) AS alike, terrbal.cv_from_sums(3, 0.3, 0.03 - 1e-17) AS rounded;

-- NULL: the row is skipped
SELECT terrbal.gini(v), (terrbal.inequality(v)).n, terrbal.weighted_quantile(v, 0.5) FROM unnest('{1,NULL,3}'::float8[]) AS v;
SELECT terrbal.gini(v, w), (terrbal.inequality(v, w)).n FROM unnest('{1,2,3,9}'::float8[], '{1,NULL,1,0}'::float8[]) AS u(v, w);
SELECT terrbal.gini(v) IS NULL AS no_rows, terrbal.inequality(v) IS NULL AS no_row, terrbal.lorenz_curve(v) IS NULL AS no_curve, terrbal.sample_state(v) IS NULL AS no_state FROM unnest('{}'::float8[]) AS v;
SELECT terrbal.gini(NULL::terrbal.sample_state) IS NULL AS strict, terrbal.theil_t_from_sums(NULL, 1, 1) IS NULL AS strict_too;

-- zeros
SELECT terrbal.theil_t(v) = ln(2::float8) AS theil_t_keeps_zeros, terrbal.theil_l(v) AS theil_l, terrbal.generalised_entropy(v, -1) AS ge_minus1, terrbal.atkinson(v, 0.5) AS a05, terrbal.atkinson(v, 1) AS a1, terrbal.atkinson(v, 2) AS a2
FROM unnest('{0,0,0,10,10,10}'::float8[]) AS v;
SELECT terrbal.gini(v), terrbal.theil_t(v), terrbal.hoover(v), terrbal.atkinson(v, 1), terrbal.lorenz_curve(v), (terrbal.inequality(v)).mean FROM unnest('{0,0}'::float8[]) AS v;
SELECT terrbal.weighted_quantile(v, 0.5) AS median, terrbal.gini(v) FROM unnest('{-0,0}'::float8[]) AS v;

-- negative values: Gini, Hoover, CV where the mean is positive
SELECT terrbal.gini(v), round(terrbal.hoover(v)::numeric, 6) AS hoover, round(terrbal.coefficient_of_variation(v)::numeric, 6) AS cv, terrbal.theil_t(v), terrbal.theil_l(v), terrbal.generalised_entropy(v, 2) AS ge, terrbal.atkinson(v, 0.5)
FROM unnest('{-10,5,20,40}'::float8[]) AS v;
SELECT terrbal.gini(v), terrbal.hoover(v), terrbal.coefficient_of_variation(v), (terrbal.inequality(v)).mean FROM unnest('{-10,5}'::float8[]) AS v;

-- a perfectly split society
SELECT terrbal.wolfson_polarisation(v) AS split FROM unnest('{0,0,2,2}'::float8[]) AS v;

-- the ends of float8
SELECT terrbal.gini(v) AS huge, round(terrbal.coefficient_of_variation(v)::numeric, 6) AS cv, (terrbal.inequality(v)).ge_minus1 FROM unnest('{1e308,1e308,5e307}'::float8[]) AS v;
SELECT round(terrbal.theil_l(v)::numeric, 6) AS far_apart, round(terrbal.generalised_entropy(v, 0.001)::numeric, 6) AS ge, terrbal.atkinson(v, 0.5) AS a05, (terrbal.inequality(v)).atkinson_2 FROM unnest('{1e-170,1e170}'::float8[]) AS v;
SELECT round(terrbal.atkinson(v, 10000)::numeric, 12) AS a10000 FROM unnest('{1,2,3}'::float8[]) AS v;

-- weight 0: whatever the value
SELECT terrbal.gini(v, w) AS gini, round(terrbal.atkinson(v, w, 0.5)::numeric, 9) AS atkinson FROM unnest('{1,3,NaN,-Infinity}'::float8[], '{1,1,0,0}'::float8[]) AS u(v, w);

-- errors
SELECT terrbal.gini(v) FROM unnest('{1,NaN}'::float8[]) AS v;
SELECT terrbal.gini(v) FROM unnest('{1,-Infinity}'::float8[]) AS v;
SELECT terrbal.gini(v, w) FROM unnest('{1,2}'::float8[], '{1,-0.5}'::float8[]) AS u(v, w);
SELECT terrbal.gini(v, w) FROM unnest('{1,2}'::float8[], '{1,Infinity}'::float8[]) AS u(v, w);
SELECT terrbal.atkinson(v, -1) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.atkinson(v, v) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.generalised_entropy(v, 'NaN') FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.generalised_entropy(v, -400) FROM unnest('{1e-3,1}'::float8[]) AS v;
SELECT terrbal.extended_gini(v, 0.5) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.weighted_quantile(v, 50) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.bootstrap_gini(v, 1, 1) FROM unnest('{1,2}'::float8[]) AS v;
-- the parameter that differs is named
SELECT terrbal.bootstrap_gini(v, 100, v::bigint) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.bootstrap_gini(v, 100 * v::int, 1) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.atkinson(v, v) OVER () FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.bootstrap_standard_error(terrbal.sample_state(v), 'ginni', 100, 1) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal_support.atkinson_final(terrbal.sample_state(v)) FROM unnest('{1,2}'::float8[]) AS v;

-- forged states
SELECT 'x'::terrbal.sample_state;
SELECT '7462010100000000'::terrbal.sample_state;
SELECT terrbal.gini(('7462010100000000' || lpad(to_hex(2), 16, '0') || lpad('0', 16, '0') || repeat('ff', 16))::terrbal.sample_state);
SELECT terrbal.gini(('7462010100000000' || lpad(to_hex(2), 16, '0') || lpad('0', 16, '0') || 'bff0000000000000' || 'c000000000000000')::terrbal.sample_state);
SELECT terrbal.gini(('7462010100000000' || lpad(to_hex(2), 16, '0') || lpad('0', 16, '0') || 'c000000000000000' || 'bff0000000000000')::terrbal.sample_state);
SELECT terrbal.gini(('7462010100000002' || lpad(to_hex(2), 16, '0') || lpad('0', 16, '0') || 'c000000000000000' || '0000000000000000')::terrbal.sample_state);
SELECT terrbal.gini(('7462020100000000' || repeat('0', 32))::terrbal.sample_state);
SELECT terrbal.gini(terrbal.paired_state(1, 2)::text::terrbal.sample_state);
-- replications that no aggregate writes: 1e300, NaN, -2
SELECT terrbal_support.bootstrap_gini_final(('7462010100000008' || lpad('4', 16, '0') || lpad('0', 16, '0') || '7e37e43c8800759c' || lpad('1', 16, '0') || 'bff0000000000000' || 'c000000000000000')::terrbal.sample_state);
SELECT terrbal_support.bootstrap_gini_final(('7462010100000008' || lpad('4', 16, '0') || lpad('0', 16, '0') || '7ff8000000000000' || lpad('1', 16, '0') || 'bff0000000000000' || 'c000000000000000')::terrbal.sample_state);
SELECT terrbal_support.bootstrap_gini_final(('7462010100000008' || lpad('4', 16, '0') || lpad('0', 16, '0') || 'c000000000000000' || lpad('1', 16, '0') || 'bff0000000000000' || 'c000000000000000')::terrbal.sample_state);
DROP SCHEMA test_inequality CASCADE;
