-- convergence: documented examples, then NULL, degenerate, errors
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA test_convergence;
SET search_path = test_convergence, public;

CREATE TABLE region (name text, gdp_2000 float8, gdp_2020 float8);
INSERT INTO region VALUES ('A', 12100, 25300), ('B', 15400, 27100), ('C', 19800, 36200), ('D', 24500, 38900), ('E', 31000, 50100), ('F', 9800, 22900);
SELECT round(beta::numeric, 5) AS beta, round(se::numeric, 5) AS se, round(r2::numeric, 3) AS r2, round(speed::numeric, 5) AS speed, round(half_life::numeric, 1) AS half_life_years, n
FROM (SELECT (terrbal.beta_convergence(gdp_2000, gdp_2020, 20)).* FROM region) AS s;

SELECT round(sigma_initial::numeric, 4) AS sigma_2000, round(sigma_final::numeric, 4) AS sigma_2020, round(cv_initial::numeric, 4) AS cv_2000, round(cv_final::numeric, 4) AS cv_2020
FROM (SELECT (terrbal.sigma_convergence(gdp_2000, gdp_2020)).* FROM region) AS s;

SELECT round((terrbal.beta_convergence(terrbal.paired_state(gdp_2000, gdp_2020), 20)).beta::numeric, 5) AS beta, round((terrbal.sigma_convergence(terrbal.paired_state(gdp_2000, gdp_2020))).sigma_final::numeric, 4) AS sigma FROM region;

-- NULL and degenerate
SELECT (terrbal.beta_convergence(a, b, 10)).n, (terrbal.sigma_convergence(a, b)).n FROM unnest('{1,2,NULL,4}'::float8[], '{2,3,4,NULL}'::float8[]) AS u(a, b);
SELECT terrbal.beta_convergence(5, b, 10) IS NULL AS equal_starts, terrbal.beta_convergence(b, b, NULL) IS NULL AS no_years FROM unnest('{1,2}'::float8[]) AS b;
SELECT se, speed IS NULL AS overtaking, half_life FROM (SELECT (terrbal.beta_convergence(a, b, 10)).* FROM unnest('{1,2}'::float8[], '{2,1}'::float8[]) AS u(a, b)) AS s;
SELECT (terrbal.sigma_convergence(3, 3)).sigma_initial;

-- a calendar year is told
SET client_min_messages = notice;
SELECT round((terrbal.beta_convergence(a, b, 2020)).speed::numeric, 6) AS speed FROM unnest('{1,1.5,2}'::float8[], '{2,4,4}'::float8[]) AS u(a, b);
SET client_min_messages = warning;

-- errors
SELECT terrbal.beta_convergence(0, 1, 10);
SELECT terrbal.sigma_convergence(1, -1);
SELECT terrbal.beta_convergence(1, 2, 0);
SELECT terrbal.beta_convergence(1, 2, y) FROM generate_series(1, 2) AS y;
SELECT terrbal.sigma_convergence(terrbal.paired_state(-1, 1));
SELECT terrbal.beta_convergence(terrbal.paired_state(1, 1), -5);
DROP SCHEMA test_convergence CASCADE;
